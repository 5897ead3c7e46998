// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/run.hpp"
#include "support/log_text.hpp"
#include "support/memory_files.hpp"

namespace help::tests {
namespace {

class Lent final : public Files {
 public:
  explicit Lent(MemoryFiles& files, std::vector<std::string>& reads) : files_(files), reads_(reads) {}
  FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override {
    reads_.emplace_back(path);
    return files_.read(path, bytes, limit);
  }
  std::vector<std::string> list(std::string_view folder) const override { return files_.list(folder); }
  std::vector<std::string> folders(std::string_view folder) const override { return files_.folders(folder); }
  FileResult replace(std::string_view path, std::string_view bytes) override {
    if (fail != FileResult::done) {
      if (fail == FileResult::unconfirmed) (void)files_.replace(path, bytes);
      return fail;
    }
    return files_.replace(path, bytes);
  }
  FileResult lock() override { return files_.lock(); }
  std::string lock_holder() const override { return files_.lock_holder(); }
  FileResult fail = FileResult::done;

 private:
  MemoryFiles& files_;
  std::vector<std::string>& reads_;
};

struct NoteCall {
  MemoryFiles school = log_school();
  std::vector<std::string> reads;
  FileResult fail = FileResult::done;
  std::string out;
  std::string err;

  int run(std::vector<std::string> words) {
    MemoryFiles outside;
    std::vector<std::string> ignored;
    World world;
    world.arguments = {"help", "note"};
    world.arguments.insert(world.arguments.end(), words.begin(), words.end());
    world.environment = [](const char* name) {
      return std::string(name) == "HELP_STAFF" ? "T012" : std::string(name) == "HELP_LANG" ? "en" : "";
    };
    world.out = [this](std::string_view text) {
      out += text;
      return Printed::done;
    };
    world.err = [this](std::string_view text) {
      err += text;
      return Printed::done;
    };
    world.current_folder = "/school";
    world.today = [] { return *parse_date("2025-11-20"); };
    world.random = [] { return std::uint64_t{0x123456789ABCDEF0}; };
    world.open_folder = [this](const std::string&, bool, FileResult& result) {
      result = FileResult::done;
      auto files = std::make_unique<Lent>(school, reads);
      files->fail = fail;
      return files;
    };
    world.outside = std::make_unique<Lent>(outside, ignored);
    out.clear();
    err.clear();
    return help::run(world);
  }
};

const std::string path = "log/2025-11/T012.yaml";

}  // namespace

TEST_CASE("a note that cannot be written says so and leaves everything as it was") {
  for (const FileResult failure : {FileResult::full, FileResult::denied, FileResult::failed, FileResult::not_regular}) {
    NoteCall call;
    call.fail = failure;
    CHECK(call.run({"S2", "talk", "好"}) == 3);
    CHECK(call.err.find("was not written") != std::string::npos);
    CHECK(!call.school.files().contains(path));
  }
}

TEST_CASE("a note that was written and not confirmed has its own status, and the same once more changes nothing") {
  NoteCall call;
  call.fail = FileResult::unconfirmed;
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 4);
  CHECK(call.out.find("aaaaaaaaaa") != std::string::npos);
  const std::string bytes = call.school.files().at(path);
  call.fail = FileResult::done;
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 0);
  CHECK(call.school.files().at(path) == bytes);
  CHECK(call.school.written().size() == 1);
}

TEST_CASE("while another process writes, a note is refused") {
  NoteCall call;
  call.school.be_locked_by("4711");
  CHECK(call.run({"S2", "talk", "好"}) == 3);
  CHECK(call.err.find("4711") != std::string::npos);
  CHECK(call.school.written().empty());
}

TEST_CASE("a note reads the roster, the policy, the pairs and its own file, and nothing else") {
  NoteCall call;
  call.school.files()["grades/2025-11-12-midterm.yaml"] = "broken: [";
  call.school.files()["log/2025-11/T013.yaml"] = "broken: [";
  call.school.files()["log/2025-10/T012.yaml"] = "broken: [";
  call.school.files()["events/S2.yaml"] = "broken: [";
  CHECK(call.run({"S2", "talk", "好"}) == 0);
  for (const std::string& read : call.reads) {
    CAPTURE(read);
    CHECK((read == "help.yaml" || read == "policy.yaml" || read.starts_with("roster/") || read.starts_with("pairs/") || read == path));
  }
}

TEST_CASE("a note goes where its month and its owner say, and other files stay as they are") {
  NoteCall call;
  const auto before = call.school.files();
  CHECK(call.run({"S2", "talk", "好", "--date", "2025-10-31", "--for", "T013"}) == 0);
  auto after = call.school.files();
  CHECK(after.erase("log/2025-10/T013.yaml") == 1);
  CHECK(after == before);
}

}  // namespace help::tests
