// SPDX-License-Identifier: MIT
#include "cli/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <optional>
#include <thread>
#include <utility>

#include "cli/git_config.hpp"

namespace help {
namespace {

constexpr const char* lock_name = ".help.lock";
constexpr std::string_view temporary_begin = ".help.tmp-";

FileResult result_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return FileResult::missing;
    case ELOOP:
    case EISDIR:
    case ENXIO:
    case ENODEV:
      return FileResult::not_regular;
    case EXDEV:
      return FileResult::outside;
    case EACCES:
    case EPERM:
    case EROFS:
      return FileResult::denied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return FileResult::full;
    default:
      return FileResult::failed;
  }
}

/// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  /// Closes and tells whether that failed: some file systems report a lost write only here.
  [[nodiscard]] bool close() { return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR; }

 private:
  int number_ = -1;
};

/// The call again for as long as a signal interrupts it.
template <typename Call>
auto uninterrupted(Call call) {
  auto answer = call();
  while (answer < 0 && errno == EINTR) answer = call();
  return answer;
}

/// Whether a path is relative and names something below: no empty part, no `.` or `..`, no NUL.
bool stays_below(std::string_view path) {
  if (path.empty() || path.find('\0') != std::string_view::npos) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

/// `a/b/c` -> `a/b` and `c`.
std::pair<std::string, std::string> split_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {"", std::string(path)};
  return {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

int open_by_component(int root, const std::string& path, int flags) {
  Descriptor folder(uninterrupted([&] { return ::openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC); }));
  const auto parts = split_path(path);
  const auto& above = parts.first;
  const auto& name = parts.second;
  for (std::size_t at = 0; folder.open() && at < above.size();) {
    const std::size_t end = std::min(above.find('/', at), above.size());
    const std::string part = above.substr(at, end - at);
    const int next = uninterrupted([&] { return ::openat(folder.number(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); });
    if (next < 0) {
      struct stat found = {};
      const bool is_link = ::fstatat(folder.number(), part.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode);
      errno = is_link ? ELOOP : errno;
      return -1;
    }
    folder = Descriptor(next);
    at = end + 1;
  }
  if (!folder.open()) return -1;
  const int opened = uninterrupted([&] { return ::openat(folder.number(), name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC); });
  struct stat found = {};
  if (opened < 0 && errno == ENOTDIR && ::fstatat(folder.number(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISLNK(found.st_mode)) {
    errno = ELOOP;  // O_DIRECTORY on a link
  }
  return opened;
}

/// Reads a regular file to its end. Its size is a hint only: it may grow, and files of /proc have none.
FileResult read_regular(const Descriptor& file, std::string& bytes, std::uint64_t limit) {
  struct stat found = {};
  if (::fstat(file.number(), &found) != 0) return result_of(errno);
  if (!S_ISREG(found.st_mode)) return FileResult::not_regular;
  if (static_cast<std::uint64_t>(found.st_size) > limit) return FileResult::too_large;
  bytes.resize(static_cast<std::size_t>(found.st_size) + 1);
  std::size_t length = 0;
  while (true) {
    const ssize_t got = uninterrupted([&] { return ::read(file.number(), bytes.data() + length, bytes.size() - length); });
    if (got < 0) return result_of(errno);
    length += static_cast<std::size_t>(got);
    if (length > limit) return FileResult::too_large;
    // A file gives less than was asked for only at its end; where that is the end that it had, there is no need to ask again.
    if (got == 0 || (length < bytes.size() && length == static_cast<std::size_t>(found.st_size))) break;
    if (length == bytes.size()) bytes.resize(length + std::min<std::size_t>(length, 1U << 20U) + 1);
  }
  bytes.resize(length);
  return FileResult::done;
}

FileResult write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = uninterrupted([&] { return ::write(file.number(), bytes.data(), bytes.size()); });
    if (written < 0) return result_of(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return FileResult::done;
}

bool is_temporary(std::string_view name) { return name.starts_with(temporary_begin); }

/// Names in a folder that `wanted` takes, in byte order; false if it could not be read to its end.
template <typename Wanted>
bool names_in(Descriptor folder, std::vector<std::string>& names, Wanted wanted) {
  DIR* stream = ::fdopendir(folder.number());
  if (stream == nullptr) return false;
  const int number = folder.release();  // closedir closes it
  errno = 0;
  while (const dirent* entry = ::readdir(stream)) {
    unsigned char kind = entry->d_type;
    struct stat found = {};
    if (kind == DT_UNKNOWN && ::fstatat(number, entry->d_name, &found, AT_SYMLINK_NOFOLLOW) == 0) {
      kind = S_ISREG(found.st_mode) ? DT_REG : S_ISLNK(found.st_mode) ? DT_LNK : DT_DIR;
    }
    if (wanted(std::string_view(entry->d_name), kind)) names.emplace_back(entry->d_name);
    errno = 0;
  }
  const bool whole = errno == 0;
  ::closedir(stream);
  std::ranges::sort(names);
  return whole;
}

/// Makes an own file beside the target, under a name that nobody has.
Descriptor make_temporary(const Descriptor& folder, std::string& name) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::uint64_t random = 0;
    if (::getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) break;
    name = fmt::format("{}{:016x}", temporary_begin, random);
    const int number =
        uninterrupted([&] { return ::openat(folder.number(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600); });
    if (number >= 0 || errno != EEXIST) return Descriptor(number);
  }
  return {};
}

/// Owner, group and mode of the file that is replaced. What may not be given back (the owner: only root may) stays the writer's; a group
/// that is another one now gets no rights, as these were meant for the old one.
FileResult keep_owner_and_mode(const Descriptor& file, const struct stat& old) {
  struct stat made = {};
  if (::fstat(file.number(), &made) != 0) return result_of(errno);
  mode_t mode = old.st_mode & 07777U;
  const bool same = made.st_uid == old.st_uid && made.st_gid == old.st_gid;
  if (!same && ::fchown(file.number(), old.st_uid, old.st_gid) != 0 && made.st_gid != old.st_gid &&
      ::fchown(file.number(), static_cast<uid_t>(-1), old.st_gid) != 0)
    mode &= ~static_cast<mode_t>(S_IRWXG | S_ISGID);
  return ::fchmod(file.number(), mode) == 0 ? FileResult::done : result_of(errno);
}

/// A new file that a group shares. Where the group may not be given, it stays the writer's alone.
FileResult give_to_group(int number, gid_t group, mode_t mode) {
  struct stat made = {};
  if (::fstat(number, &made) != 0) return result_of(errno);
  if (made.st_gid != group && ::fchown(number, static_cast<uid_t>(-1), group) != 0) return FileResult::done;
  return ::fchmod(number, mode) == 0 ? FileResult::done : result_of(errno);
}

/// Old or whole: the name refers to the old bytes until the new ones lie on the disk. A new file is given to the group, if there is one.
FileResult replace_in(const Descriptor& folder, const std::string& name, std::string_view bytes, std::optional<gid_t> group) {
  struct stat old = {};
  const bool exists = ::fstatat(folder.number(), name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
  if (!exists && errno != ENOENT) return result_of(errno);
  if (exists && (!S_ISREG(old.st_mode) || old.st_nlink != 1)) return FileResult::not_regular;
  if (exists && ::faccessat(folder.number(), name.c_str(), W_OK, 0) != 0) return result_of(errno);

  std::string temporary;
  Descriptor file = make_temporary(folder, temporary);
  if (!file.open()) return result_of(errno);
  FileResult result = exists ? keep_owner_and_mode(file, old) : group ? give_to_group(file.number(), *group, 0660) : FileResult::done;
  if (result == FileResult::done) result = write_all(file, bytes);
  if (result == FileResult::done && uninterrupted([&] { return ::fsync(file.number()); }) != 0) result = result_of(errno);
  if (!file.close() && result == FileResult::done) result = result_of(errno);
  if (result == FileResult::done && ::renameat(folder.number(), temporary.c_str(), folder.number(), name.c_str()) != 0)
    result = result_of(errno);
  if (result != FileResult::done) {
    ::unlinkat(folder.number(), temporary.c_str(), 0);
    return result;
  }
  return uninterrupted([&] { return ::fsync(folder.number()); }) == 0 ? FileResult::done : FileResult::unconfirmed;
}

class DiskFolder final : public Files {
 public:
  DiskFolder(Descriptor root, const DiskOptions& options) : root_(std::move(root)), options_(options) {}

  [[nodiscard]] FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override {
    FileResult result = FileResult::outside;
    if (stays_below(path)) {
      const Descriptor file = open_below(std::string(path), O_RDONLY | O_NONBLOCK | O_NOCTTY);  // a pipe must not make us wait
      result = file.open() ? read_regular(file, bytes, limit) : result_of(errno);
    }
    // Only now: what stood there before is written over, which costs less than clearing its memory for every file.
    if (result != FileResult::done) bytes.clear();
    return result;
  }

  [[nodiscard]] std::vector<std::string> list(std::string_view folder) const override {
    std::vector<std::string> names;
    Descriptor opened = folder_at(folder);
    if (!opened.open()) return names;
    (void)names_in(std::move(opened), names,
                   [](std::string_view name, unsigned char kind) { return !name.starts_with('.') && (kind == DT_REG || kind == DT_LNK); });
    return names;
  }

  [[nodiscard]] std::vector<std::string> folders(std::string_view folder) const override {
    std::vector<std::string> names;
    Descriptor opened = folder_at(folder);
    if (!opened.open()) return names;
    (void)names_in(std::move(opened), names,
                   [](std::string_view name, unsigned char kind) { return !name.starts_with('.') && kind == DT_DIR; });
    return names;
  }

  [[nodiscard]] FileResult state_of_folder(std::string_view folder) const override {
    if (!folder.empty() && !stays_below(folder)) return FileResult::outside;
    Descriptor opened = folder_at(folder);
    if (opened.open()) {
      std::vector<std::string> none;
      return names_in(std::move(opened), none, [](std::string_view, unsigned char) { return false; }) ? FileResult::done
                                                                                                      : FileResult::failed;
    }
    if (errno != ENOTDIR) return result_of(errno);
    return Descriptor(open_below(std::string(folder), O_PATH)).open() ? FileResult::not_regular : FileResult::missing;
  }

  [[nodiscard]] FileResult lock() override {
    if (lock_.open()) return FileResult::done;
    const auto deadline = std::chrono::steady_clock::now() + options_.lock_wait;
    while (true) {
      FileResult result = try_lock();
      if (result != FileResult::busy || std::chrono::steady_clock::now() >= deadline) return result;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  [[nodiscard]] std::string lock_holder() const override { return holder_; }

  [[nodiscard]] FileResult replace(std::string_view path, std::string_view bytes) override {
    if (!stays_below(path) || path == lock_name) return FileResult::outside;
    const bool locked_before = lock_.open();
    FileResult result = lock();
    if (result == FileResult::done) result = replace_locked(std::string(path), bytes);
    if (!locked_before) lock_ = Descriptor();
    return result;
  }

 private:
  [[nodiscard]] Descriptor open_below(const std::string& path, int flags) const {
    if (options_.use_openat2) {
      open_how how = {};
      how.flags = static_cast<__u64>(flags | O_CLOEXEC);
      how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
      for (int attempt = 0; attempt < 1000; ++attempt) {
        const long number = ::syscall(SYS_openat2, root_.number(), path.c_str(), &how, sizeof how);
        if (number >= 0) return Descriptor(static_cast<int>(number));
        if (errno != EINTR && errno != EAGAIN) break;  // EAGAIN: something above was renamed meanwhile
      }
      if (errno != ENOSYS && errno != EPERM && errno != E2BIG) return {};  // EPERM: a sandbox that does not know the call
    }
    return Descriptor(open_by_component(root_.number(), path, flags));
  }

  [[nodiscard]] Descriptor folder_at(std::string_view folder) const {
    if (folder.empty()) return Descriptor(uninterrupted([&] { return ::openat(root_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!stays_below(folder)) {
      errno = EXDEV;
      return {};
    }
    return open_below(std::string(folder), O_RDONLY | O_DIRECTORY);
  }

  FileResult try_lock() {
    Descriptor file(
        uninterrupted([&] { return ::openat(root_.number(), lock_name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600); }));
    if (!file.open()) return result_of(errno);
    struct stat mine = {};
    if (::fstat(file.number(), &mine) != 0) return result_of(errno);
    if (!S_ISREG(mine.st_mode)) return FileResult::not_regular;
    const auto group = sharing_group();
    if (group && mine.st_uid == ::geteuid() && (mine.st_mode & 0060U) != 0060U) (void)give_to_group(file.number(), *group, 0660);
    std::array<char, 32> text = {};
    if (uninterrupted([&] { return ::flock(file.number(), LOCK_EX | LOCK_NB); }) != 0) {
      if (errno != EWOULDBLOCK) return result_of(errno);
      const ssize_t length = ::pread(file.number(), text.data(), text.size(), 0);
      holder_.assign(text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
      std::erase_if(holder_, [](char letter) { return letter < '0' || letter > '9'; });
      return FileResult::busy;
    }
    struct stat now = {};
    const bool same =
        ::fstatat(root_.number(), lock_name, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.st_ino == mine.st_ino && now.st_dev == mine.st_dev;
    if (!same) return FileResult::busy;  // somebody removed the file meanwhile: the lock of a nameless file keeps nobody out
    const auto end = std::to_chars(text.data(), text.data() + text.size(), ::getpid()).ptr;
    // Only a courtesy for who waits: a full disk must not stop us here.
    if (::ftruncate(file.number(), 0) == 0) (void)!::pwrite(file.number(), text.data(), static_cast<std::size_t>(end - text.data()), 0);
    lock_ = std::move(file);
    return FileResult::done;
  }

  FileResult replace_locked(const std::string& path, std::string_view bytes) {
    const auto [above, name] = split_path(path);
    FileResult result = make_folders(above);
    if (result != FileResult::done) return result;
    const Descriptor folder = folder_at(above);
    if (!folder.open()) return errno == ENOTDIR ? FileResult::not_regular : result_of(errno);
    sweep(folder);
    return replace_in(folder, name, bytes, name.ends_with(".private.yaml") ? std::nullopt : sharing_group());
  }

  /// The group that shares the folder, if one does.
  [[nodiscard]] std::optional<gid_t> sharing_group() const {
    if (sharing_group_) return *sharing_group_;
    sharing_group_.emplace();
    struct stat found = {};
    if (::fstat(root_.number(), &found) != 0) return std::nullopt;
    std::string config;
    constexpr std::uint64_t most = 1U << 20U;
    const bool gives_on = (found.st_mode & S_ISGID) != 0 && (found.st_mode & S_IWGRP) != 0;
    if (gives_on || (read(".git/config", config, most) == FileResult::done && shares_repository(config))) *sharing_group_ = found.st_gid;
    return *sharing_group_;
  }

  FileResult make_folders(const std::string& path) const {
    for (std::size_t at = 0; at < path.size();) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      const auto [above, name] = split_path(std::string_view(path).substr(0, end));
      const Descriptor folder = folder_at(above);
      if (!folder.open()) return result_of(errno);
      if (::mkdirat(folder.number(), name.c_str(), 0700) == 0) {
        if (const auto group = sharing_group()) {
          const Descriptor made(uninterrupted(
              [&, &own = name] { return ::openat(folder.number(), own.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }));
          if (made.open()) (void)give_to_group(made.number(), *group, 02770);
        }
        if (uninterrupted([&] { return ::fsync(folder.number()); }) != 0) return result_of(errno);
      } else if (errno != EEXIST) {
        return result_of(errno);
      }
      at = end + 1;
    }
    return FileResult::done;
  }

  /// Temporary files of writers that were killed: we hold the lock, so nobody is using them.
  static void sweep(const Descriptor& folder) {
    Descriptor again(uninterrupted([&] { return ::openat(folder.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    std::vector<std::string> left;
    if (!again.open()) return;
    (void)names_in(std::move(again), left, [](std::string_view name, unsigned char kind) { return kind == DT_REG && is_temporary(name); });
    for (const std::string& name : left) ::unlinkat(folder.number(), name.c_str(), 0);
  }

  Descriptor root_;
  DiskOptions options_;
  Descriptor lock_;
  std::string holder_;
  mutable std::optional<std::optional<gid_t>> sharing_group_;  ///< once it was asked for
};

class OutsideFiles final : public Files {
 public:
  [[nodiscard]] FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override {
    bytes.clear();
    const std::string name(path);
    if (name.empty() || name.find('\0') != std::string::npos) return FileResult::missing;
    const Descriptor file(uninterrupted([&] { return ::open(name.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
    const FileResult result = file.open() ? read_regular(file, bytes, limit) : result_of(errno);
    if (result != FileResult::done) bytes.clear();
    return result;
  }

  [[nodiscard]] std::vector<std::string> list(std::string_view /*folder*/) const override { return {}; }
  [[nodiscard]] std::vector<std::string> folders(std::string_view /*folder*/) const override { return {}; }

  [[nodiscard]] FileResult replace(std::string_view path, std::string_view bytes) override {
    std::string name(path);
    if (name.empty() || name.find('\0') != std::string::npos || name.ends_with('/')) return FileResult::missing;
    if (char* real = ::realpath(name.c_str(), nullptr)) {  // a link stays a link: its target is replaced
      name = real;
      ::free(real);  // NOLINT: realpath allocates with malloc
    } else if (errno != ENOENT) {
      return result_of(errno);
    }
    const std::size_t slash = name.rfind('/');
    const std::string above = slash == std::string::npos ? "." : name.substr(0, slash + 1);
    const Descriptor folder(uninterrupted([&] { return ::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!folder.open()) return result_of(errno);
    return replace_in(folder, slash == std::string::npos ? name : name.substr(slash + 1), bytes, std::nullopt);
  }
};

}  // namespace

std::unique_ptr<Files> open_folder(const std::string& path, const DiskOptions& options, FileResult& result) {
  if (options.make) {
    for (std::size_t end = path.find('/', 1); !path.empty(); end = path.find('/', end + 1)) {
      if (::mkdir(path.substr(0, end).c_str(), 0700) != 0 && errno != EEXIST) break;
      if (end == std::string::npos) break;
    }
  }
  Descriptor root(uninterrupted([&] { return ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC); }));
  result = root.open() ? FileResult::done : errno == ENOTDIR ? FileResult::not_regular : result_of(errno);
  if (!root.open()) return nullptr;
  return std::make_unique<DiskFolder>(std::move(root), options);
}

std::unique_ptr<Files> open_outside() { return std::make_unique<OutsideFiles>(); }

}  // namespace help
