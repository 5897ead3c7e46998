// SPDX-License-Identifier: MIT
#include "cli/process.hpp"

#include <malloc.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "cli/disk.hpp"

namespace help {
namespace {

Printed print_to(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno == EPIPE ? Printed::closed : Printed::failed;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return Printed::done;
}

Date system_day() {
  const std::time_t now = std::time(nullptr);
  std::tm local = {};
  if (::localtime_r(&now, &local) == nullptr) return {};
  return std::chrono::sys_days(std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday);
}

std::size_t terminal_width() {
  winsize size = {};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 || ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col >= 40 ? size.ws_col : 80;
}

std::string current_folder() {
  char path[PATH_MAX] = {};
  return ::getcwd(path, sizeof path) != nullptr ? std::string(path) : std::string();
}

void make_private() {
  ::umask(077);
  const rlimit none{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &none);
  (void)std::signal(SIGPIPE, SIG_IGN);
  (void)std::signal(SIGXFSZ, SIG_IGN);
}

// The first touch of each page asks the kernel for it: with pages of 4 KiB that is a third of the time that a school's records take. So the
// records get pages of 2 MiB, where the system has them: a piece of the heap is marked for such pages and given back to malloc.
void prefer_large_pages() {
  constexpr std::size_t page = 2U << 20U;
  constexpr std::size_t heap = 16 * page;
  if (::mallopt(M_MMAP_THRESHOLD, heap) == 0 || ::mallopt(M_TRIM_THRESHOLD, 2 * heap) == 0) return;
  void* const piece = std::malloc(heap - page);
  if (piece == nullptr) return;
  const std::uintptr_t before = page - reinterpret_cast<std::uintptr_t>(piece) % page;
  (void)::madvise(static_cast<char*>(piece) + before, heap - 2 * page, MADV_HUGEPAGE);
  std::free(piece);
}

}  // namespace

World real_world(int count, char** arguments) {
  make_private();
  World world;
  world.arguments.assign(arguments, arguments + count);
  world.environment = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? std::string(value) : std::string();
  };
  world.out = [](std::string_view text) { return print_to(STDOUT_FILENO, text); };
  world.err = [](std::string_view text) { return print_to(STDERR_FILENO, text); };
  world.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  world.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  if (world.out_is_terminal || world.err_is_terminal) world.width = terminal_width();
  world.current_folder = current_folder();
  world.today = system_day;
  world.open_folder = [prepared = false](const std::string& path, bool make, FileResult& result) mutable {
    if (!std::exchange(prepared, true)) prefer_large_pages();
    return open_folder(path, {.make = make}, result);
  };
  world.outside = open_outside();
  return world;
}

}  // namespace help
