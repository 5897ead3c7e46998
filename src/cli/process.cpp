// SPDX-License-Identifier: MIT
#include "cli/process.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
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
  return day_of(std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday);
}

std::size_t terminal_width() {
  winsize size = {};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 || ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col >= 40 ? size.ws_col : 80;
}

/// Reads lines from stdin, as far as they are asked for.
class LineReader {
 public:
  std::optional<std::string> next() {
    while (true) {
      const std::size_t end = bytes_.find('\n', at_);
      if (end != std::string::npos || (ended_ && at_ < bytes_.size())) {
        std::string line = bytes_.substr(at_, std::min(end, bytes_.size()) - at_);
        at_ = std::min(end, bytes_.size() - 1) + 1;
        if (line.ends_with('\r')) line.pop_back();
        return line;
      }
      if (ended_ || bytes_.size() - at_ > most_bytes) return std::nullopt;
      bytes_.erase(0, std::exchange(at_, 0));
      char piece[4096];
      const ssize_t got = ::read(STDIN_FILENO, piece, sizeof piece);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) ended_ = true;
      if (got > 0) bytes_.append(piece, static_cast<std::size_t>(got));
    }
  }

 private:
  static constexpr std::size_t most_bytes = 8U << 20U;
  std::string bytes_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  // As long as the machine has just been switched on it may wait, but it gives.
  while (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) {
  }
  return bits;
}

std::string read_file_of(int descriptor) {
  std::string text;
  char piece[4096];
  ::lseek(descriptor, 0, SEEK_SET);
  for (ssize_t got = 1; got > 0;) {
    got = ::read(descriptor, piece, sizeof piece);
    if (got < 0 && errno == EINTR)
      got = 1;
    else if (got > 0)
      text.append(piece, static_cast<std::size_t>(got));
  }
  return text;
}

/// The editor as people set it may have arguments of its own, so a shell takes it apart; the text is in no argument list.
bool run_editor(const std::string& editor, const std::string& path) {
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    (void)std::signal(SIGPIPE, SIG_DFL);
    (void)std::signal(SIGXFSZ, SIG_DFL);
    const std::string command = editor + " \"$1\"";
    ::execl("/bin/sh", "sh", "-c", command.c_str(), "sh", path.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::optional<std::string> edit_text(const std::string& before) {
  const char* editor = std::getenv("VISUAL");
  if (editor == nullptr || *editor == '\0') editor = std::getenv("EDITOR");
  if (editor == nullptr || *editor == '\0') return std::nullopt;
  const char* folder = std::getenv("XDG_RUNTIME_DIR");  // in memory, and nobody else's
  std::string path = std::string(folder != nullptr && *folder == '/' ? folder : "/tmp") + "/help-note-XXXXXX";
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::optional<std::string> text;
  if (print_to(descriptor, before) == Printed::done && run_editor(editor, path)) {
    const int again = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);  // editors replace the file
    if (again >= 0) text = read_file_of(again);
    if (again >= 0) ::close(again);
  }
  ::close(descriptor);
  ::unlink(path.c_str());
  return text;
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
// records get pages of 2 MiB, where the system has them: the heap goes on at the next large page that nothing has touched, and a piece of
// it from there on is marked for such pages and given back to malloc.
void prefer_large_pages() {
  constexpr std::size_t page = 2U << 20U;
  constexpr std::size_t heap = 64 * page;
  constexpr std::size_t small = page / 8;
  constexpr std::size_t header = 2 * sizeof(std::size_t);  // malloc writes it before each piece
  if (::mallopt(M_MMAP_THRESHOLD, heap) == 0 || ::mallopt(M_TRIM_THRESHOLD, 2 * heap) == 0) return;
  void* const probe = std::malloc(small);
  const auto from = reinterpret_cast<std::uintptr_t>(probe);
  std::free(probe);
  const std::uintptr_t first = ((from + small + header) / page + 1) * page;
  static const void* const skipped = std::malloc(first - from - header);
  void* const piece = std::malloc(heap - page);
  if (skipped != nullptr && reinterpret_cast<std::uintptr_t>(piece) == first) (void)::madvise(piece, heap - 2 * page, MADV_HUGEPAGE);
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
  world.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
  world.read_line = [lines = LineReader()]() mutable { return lines.next(); };
  world.edit = edit_text;
  world.random = random_bits;
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
