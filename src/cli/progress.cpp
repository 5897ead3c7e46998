// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <utility>

namespace help {

Progress::Progress(Show show, std::string what, std::chrono::milliseconds patience)
    : show_(std::move(show)), what_(std::move(what)), waiting_([this, patience] { wait(patience); }) {}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    is_done_ = true;
  }
  done_.notify_one();
  waiting_.join();
}

void Progress::wait(std::chrono::milliseconds patience) {
  constexpr std::string_view clear_line = "\r\x1B[K";
  std::unique_lock lock(mutex_);
  if (done_.wait_for(lock, patience, [this] { return is_done_; })) {
    return;
  }
  show_(what_);
  done_.wait(lock, [this] { return is_done_; });
  show_(clear_line);
}

}  // namespace help
