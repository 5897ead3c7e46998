// SPDX-License-Identifier: MIT
#include "cli/disk.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace help;
using namespace std::literals;
namespace fs = std::filesystem;

namespace {

/// A folder that is gone after the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "help-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }

  [[nodiscard]] std::string path(std::string_view below = "") const { return below.empty() ? path_ : path_ + "/" + std::string(below); }
  void put(std::string_view below, std::string_view bytes) const { std::ofstream(path(below), std::ios::binary) << bytes; }
  [[nodiscard]] std::string get(std::string_view below) const {
    std::ostringstream text;
    text << std::ifstream(path(below), std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::unique_ptr<Files> open(DiskOptions options = {}) const {
    FileResult result = FileResult::failed;
    auto files = open_folder(path(), options, result);
    REQUIRE(result == FileResult::done);
    return files;
  }
  [[nodiscard]] unsigned mode(std::string_view below) const {
    struct stat found = {};
    REQUIRE(::stat(path(below).c_str(), &found) == 0);
    return found.st_mode & 07777U;
  }
  [[nodiscard]] std::size_t count_temporary() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(path_))
      count += entry.path().filename().string().starts_with(".help.tmp-") ? 1 : 0;
    return count;
  }

 private:
  std::string path_;
};

constexpr std::uint64_t limit = 100;

}  // namespace

TEST_CASE("the disk reads regular files below its folder and nothing else") {
  for (const bool use_openat2 : {true, false}) {
    CAPTURE(use_openat2);
    const Scratch scratch;
    fs::create_directory(scratch.path("sub"));
    fs::create_directory(scratch.path("outer"));
    scratch.put("a.yaml", "hello");
    scratch.put("sub/b.yaml", "");
    scratch.put("big", std::string(limit + 1, 'x'));
    scratch.put("just", std::string(limit, 'x'));
    fs::create_symlink(scratch.path("a.yaml"), scratch.path("link"));
    fs::create_symlink("a.yaml", scratch.path("near-link"));
    fs::create_directory_symlink(scratch.path("sub"), scratch.path("folder-link"));
    fs::create_directory_symlink("sub", scratch.path("near-folder-link"));
    REQUIRE(::mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
    const auto files = scratch.open({.use_openat2 = use_openat2});
    std::string bytes = "old";
    CHECK(files->read("a.yaml", bytes, limit) == FileResult::done);
    CHECK(bytes == "hello");
    CHECK(files->read("sub/b.yaml", bytes, limit) == FileResult::done);
    CHECK(bytes.empty());
    CHECK(files->read("just", bytes, limit) == FileResult::done);
    CHECK(files->read("big", bytes, limit) == FileResult::too_large);
    CHECK(bytes.empty());
    CHECK(files->read("none", bytes, limit) == FileResult::missing);
    CHECK(files->read("a.yaml/x", bytes, limit) == FileResult::missing);
    CHECK(files->read("sub", bytes, limit) == FileResult::not_regular);
    CHECK(files->read("pipe", bytes, limit) == FileResult::not_regular);
    CHECK(files->read("link", bytes, limit) == FileResult::not_regular);
    CHECK(files->read("near-link", bytes, limit) == FileResult::not_regular);
    CHECK(files->read("folder-link/b.yaml", bytes, limit) == FileResult::not_regular);
    CHECK(files->read("near-folder-link/b.yaml", bytes, limit) == FileResult::not_regular);
    for (const std::string& path : {"/etc/hostname"s, "../x"s, "sub/../a.yaml"s, "sub//b.yaml"s, "./a.yaml"s, ""s, "sub/"s, "a\0b"s}) {
      CAPTURE(path);
      CHECK(files->read(path, bytes, limit) == FileResult::outside);
    }
    CHECK(files->list("") == std::vector{"a.yaml"s, "big"s, "folder-link"s, "just"s, "link"s, "near-folder-link"s, "near-link"s});
    CHECK(files->list("sub") == std::vector{"b.yaml"s});
    CHECK(files->list("folder-link").empty());
    CHECK(files->list("..").empty());
    CHECK(files->state_of_folder("") == FileResult::done);
    CHECK(files->state_of_folder("sub") == FileResult::done);
    CHECK(files->state_of_folder("none") == FileResult::missing);
    CHECK(files->state_of_folder("a.yaml") == FileResult::not_regular);
    CHECK(files->state_of_folder("folder-link") == FileResult::not_regular);
    CHECK(files->state_of_folder("../x") == FileResult::outside);
  }
}

TEST_CASE("a file of /proc is read to its end although it says that it is empty") {
  std::string bytes;
  CHECK(open_outside()->read("/proc/self/status", bytes, 1U << 20U) == FileResult::done);
  CHECK(bytes.starts_with("Name:"));
  CHECK(open_outside()->read("/proc/self/status", bytes, 3) == FileResult::too_large);
}

TEST_CASE("replacing makes missing folders, private files, and keeps the mode of old ones") {
  for (const bool use_openat2 : {true, false}) {
    const Scratch scratch;
    const auto files = scratch.open({.use_openat2 = use_openat2});
    ::umask(0);
    CHECK(files->replace("lists/deep/a.yaml", "one") == FileResult::done);
    ::umask(022);
    CHECK(scratch.get("lists/deep/a.yaml") == "one");
    CHECK(scratch.mode("lists/deep/a.yaml") == 0600);
    CHECK(scratch.mode("lists/deep") == 0700);
    ::chmod(scratch.path("lists/deep/a.yaml").c_str(), 0644);
    CHECK(files->replace("lists/deep/a.yaml", "two") == FileResult::done);
    CHECK(scratch.get("lists/deep/a.yaml") == "two");
    CHECK(scratch.mode("lists/deep/a.yaml") == 0644);
    CHECK(scratch.count_temporary() == 0);
    CHECK(scratch.mode(".help.lock") == 0600);
  }
}

TEST_CASE("where a group shares the folder, new files and folders are the group's, too, but for private ones") {
  const auto modes = [](const Scratch& scratch) {
    const auto files = scratch.open();
    const mode_t before = ::umask(077);
    CHECK(files->replace("log/2025-11/T012.yaml", "one") == FileResult::done);
    CHECK(files->replace("cases/S1.private.yaml", "one") == FileResult::done);
    ::umask(before);
    CHECK(scratch.mode("cases/S1.private.yaml") == 0600);
    return std::vector{scratch.mode(".help.lock"), scratch.mode("log"), scratch.mode("log/2025-11"), scratch.mode("log/2025-11/T012.yaml")};
  };
  const std::vector<unsigned> shared{0660, 02770, 02770, 0660};
  const std::vector<unsigned> alone{0600, 0700, 0700, 0600};
  for (const auto& each : {std::pair{"", alone},
                           {"[core]\n\tbare = false\n", alone},
                           {"[core]\n\tsharedRepository = group\n", shared},
                           {"[Core]\r\n\tSharedRepository = 1 ; ours\r\n", shared},
                           {"[core] sharedrepository\n", shared},
                           {"[core]\n\tsharedRepository = \"0660\"\n", shared},
                           {"[core]\n\tsharedRepository = 0640\n", alone},
                           {"[core]\n\tsharedRepository = umask\n", alone},
                           {"[core]\n\tsharedRepository = group\n\tsharedRepository = false\n", alone},
                           {"[core]\n# sharedRepository = group\n[remote \"a\"]\n\tsharedRepository = group\n", alone}}) {
    const std::string_view config = each.first;
    CAPTURE(config);
    const Scratch scratch;
    fs::create_directory(scratch.path(".git"));
    scratch.put(".git/config", config);
    CHECK(modes(scratch) == each.second);
  }
  const Scratch folder;
  REQUIRE(::chmod(folder.path().c_str(), 02770) == 0);
  CHECK(modes(folder) == shared);
  const Scratch writable;
  REQUIRE(::chmod(writable.path().c_str(), 0770) == 0);
  CHECK(modes(writable) == alone);
  const Scratch before;
  before.put(".help.lock", "");
  REQUIRE(::chmod(before.path(".help.lock").c_str(), 0600) == 0);
  REQUIRE(::chmod(before.path().c_str(), 02770) == 0);
  CHECK(modes(before) == shared);
}

TEST_CASE("nothing is written through links, onto folders, pipes or outside") {
  for (const bool use_openat2 : {true, false}) {
    const Scratch scratch;
    const Scratch victim;
    victim.put("secret", "old");
    fs::create_symlink(victim.path("secret"), scratch.path("link"));
    fs::create_directory_symlink(victim.path(), scratch.path("folder-link"));
    fs::create_directory(scratch.path("sub"));
    REQUIRE(::mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
    scratch.put("twice", "old");
    fs::create_hard_link(scratch.path("twice"), scratch.path("other-name"));
    scratch.put("plain", "old");
    const auto files = scratch.open({.use_openat2 = use_openat2});
    for (const std::string path : {"link", "folder-link/new", "folder-link/secret", "sub", "pipe", "twice", "plain/x"}) {
      CAPTURE(path);
      CHECK(files->replace(path, "new") == FileResult::not_regular);
    }
    CHECK(files->replace("../x", "new") == FileResult::outside);
    CHECK(files->replace("/tmp/x", "new") == FileResult::outside);
    CHECK(files->replace(".help.lock", "new") == FileResult::outside);
    CHECK(victim.get("secret") == "old");
    CHECK(scratch.get("twice") == "old");
    CHECK(fs::directory_iterator(victim.path()) != fs::directory_iterator());
    CHECK(scratch.count_temporary() == 0);
    CHECK(victim.count_temporary() == 0);
  }
}

TEST_CASE("what a killed writer left is swept by the next one, and nothing else") {
  const Scratch scratch;
  fs::create_directory(scratch.path("log"));
  scratch.put("log/.help.tmp-0123456789abcdef", "half");
  scratch.put("log/mine.tmp", "keep");
  scratch.put("log/.help-notes", "keep");
  CHECK(scratch.open()->replace("log/a.yaml", "x") == FileResult::done);
  CHECK(!fs::exists(scratch.path("log/.help.tmp-0123456789abcdef")));
  CHECK(scratch.get("log/mine.tmp") == "keep");
  CHECK(scratch.get("log/.help-notes") == "keep");
}

TEST_CASE("writers keep each other out, and who waits in vain learns who holds the lock") {
  const Scratch scratch;
  const auto first = scratch.open();
  const auto second = scratch.open({.lock_wait = std::chrono::milliseconds(50)});
  CHECK(first->lock() == FileResult::done);
  CHECK(first->lock() == FileResult::done);
  CHECK(first->replace("a", "1") == FileResult::done);
  CHECK(second->lock() == FileResult::busy);
  CHECK(second->lock_holder() == std::to_string(::getpid()));
  CHECK(second->replace("a", "2") == FileResult::busy);
  CHECK(scratch.get("a") == "1");
}

TEST_CASE("a lock ends with its holder, and a lock file that was removed locks nobody out") {
  const Scratch scratch;
  const auto second = scratch.open({.lock_wait = std::chrono::milliseconds(50)});
  {
    const auto first = scratch.open();
    CHECK(first->lock() == FileResult::done);
  }
  CHECK(second->lock() == FileResult::done);
  fs::remove(scratch.path(".help.lock"));
  CHECK(scratch.open()->lock() == FileResult::done);
}

TEST_CASE("a lock file that is a link or a pipe is refused") {
  const Scratch scratch;
  fs::create_symlink("/tmp/somewhere-else", scratch.path(".help.lock"));
  CHECK(scratch.open()->replace("a", "x") == FileResult::not_regular);
  fs::remove(scratch.path(".help.lock"));
  REQUIRE(::mkfifo(scratch.path(".help.lock").c_str(), 0600) == 0);
  CHECK(scratch.open()->replace("a", "x") == FileResult::not_regular);
}

TEST_CASE("a disk that is full at any byte leaves the old file whole") {
  const Scratch scratch;
  scratch.put("a.yaml", "old bytes\n");
  const std::string wanted(40, 'n');
  for (rlim_t room = 0; room <= wanted.size(); ++room) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      (void)std::signal(SIGXFSZ, SIG_IGN);
      const rlimit bound{room, room};
      FileResult result = FileResult::failed;
      const auto files = open_folder(scratch.path(), {}, result);
      const bool bounded = ::setrlimit(RLIMIT_FSIZE, &bound) == 0;
      ::_exit(bounded && files ? static_cast<int>(files->replace("a.yaml", wanted)) : 99);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CAPTURE(room);
    REQUIRE(WIFEXITED(status));
    const auto result = static_cast<FileResult>(WEXITSTATUS(status));
    CHECK(result == (room < wanted.size() ? FileResult::full : FileResult::done));
    CHECK(scratch.get("a.yaml") == (result == FileResult::done ? wanted : "old bytes\n"));
    CHECK(scratch.count_temporary() == 0);
  }
}

TEST_CASE("sixteen writers who each read, add a line and write lose no line") {
  const Scratch scratch;
  constexpr int writers = 16;
  constexpr int lines = 10;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (int line = 0; line < lines; ++line) {
        FileResult result = FileResult::failed;
        const auto files = open_folder(scratch.path(), {.lock_wait = 60s}, result);
        std::string bytes;
        if (!files || files->lock() != FileResult::done) ::_exit(1);
        (void)files->read("log", bytes, 1U << 20U);
        bytes += std::to_string(writer) + "." + std::to_string(line) + "\n";
        if (files->replace("log", bytes) != FileResult::done) ::_exit(2);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  const std::string bytes = scratch.get("log");
  CHECK(std::count(bytes.begin(), bytes.end(), '\n') == writers * lines);
  for (int writer = 0; writer < writers; ++writer)
    CHECK(bytes.find(std::to_string(writer) + "." + std::to_string(lines - 1) + "\n") != std::string::npos);
}

TEST_CASE("folders that are not there, or no folders, give the reason") {
  const Scratch scratch;
  scratch.put("file", "x");
  FileResult result = FileResult::done;
  CHECK(open_folder(scratch.path("none"), {}, result) == nullptr);
  CHECK(result == FileResult::missing);
  CHECK(open_folder(scratch.path("file"), {}, result) == nullptr);
  CHECK(result == FileResult::not_regular);
  CHECK(open_folder(scratch.path("new/deep"), {.make = true}, result) != nullptr);
  CHECK(scratch.mode("new/deep") == 0700);
}

TEST_CASE("files outside are replaced whole, a link keeps being a link") {
  const Scratch scratch;
  scratch.put("target", "old");
  fs::create_symlink("target", scratch.path("link"));
  const auto files = open_outside();
  CHECK(files->replace(scratch.path("link"), "new") == FileResult::done);
  CHECK(scratch.get("target") == "new");
  CHECK(fs::is_symlink(scratch.path("link")));
  CHECK(files->replace(scratch.path("fresh.csv"), "x") == FileResult::done);
  CHECK(scratch.mode("fresh.csv") == 0600);
  CHECK(files->replace(scratch.path("none/x"), "x") == FileResult::missing);
  CHECK(files->replace("/dev/null", "x") == FileResult::not_regular);
  CHECK(files->replace(scratch.path(), "x") == FileResult::not_regular);
  std::string bytes;
  CHECK(files->read(scratch.path("link"), bytes, limit) == FileResult::done);
  CHECK(files->read(scratch.path(), bytes, limit) == FileResult::not_regular);
  CHECK(files->read("/dev/zero", bytes, limit) == FileResult::not_regular);
}
