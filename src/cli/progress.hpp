// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace help {

/// Shows on a terminal what is being done, if it takes longer than somebody likes to wait without a word; takes the line away again when
/// it is done. Nobody else may write to the terminal while it lives.
class Progress {
 public:
  using Show = std::function<void(std::string_view)>;
  Progress(Show show, std::string what, std::chrono::milliseconds patience = std::chrono::seconds(1));
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;

 private:
  void wait(std::chrono::milliseconds patience);

  Show show_;
  std::string what_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  std::thread waiting_;
};

}  // namespace help
