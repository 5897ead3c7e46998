// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/run.hpp"
#include "support/lent_files.hpp"
#include "support/log_text.hpp"
#include "support/memory_files.hpp"

namespace help::tests {
namespace {

struct NoteCall {
  MemoryFiles school = log_school();
  std::string out;
  std::string err;

  int run(std::vector<std::string> words) {
    MemoryFiles outside;
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
      return std::make_unique<LentFiles>(school);
    };
    world.outside = std::make_unique<LentFiles>(outside);
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
    call.school.fail_writing(failure);
    CHECK(call.run({"S2", "talk", "好"}) == 3);
    CHECK(call.err.find("was not written") != std::string::npos);
    CHECK(!call.school.files().contains(path));
  }
}

TEST_CASE("a note that was written and not confirmed has its own status, and the same once more changes nothing") {
  NoteCall call;
  call.school.fail_writing(FileResult::unconfirmed);
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 4);
  CHECK(call.out.find("aaaaaaaaaa") != std::string::npos);
  const std::string bytes = call.school.files().at(path);
  call.school.fail_writing(FileResult::done);
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 0);
  CHECK(call.school.files().at(path) == bytes);
  CHECK(call.school.written().size() == 1);
}

TEST_CASE("a note that was not confirmed says by which id it can be repeated, so that it stays one record") {
  NoteCall call;
  call.school.fail_writing(FileResult::unconfirmed);
  CHECK(call.run({"S2", "talk", "好"}) == 4);
  const std::size_t at = call.err.find("--id ");
  REQUIRE(at != std::string::npos);
  const std::string id = call.err.substr(at + 5, 10);
  const std::string bytes = call.school.files().at(path);
  CHECK(bytes.find("{id: " + id + ",") != std::string::npos);
  call.school.fail_writing(FileResult::done);
  CHECK(call.run({"S2", "talk", "好", "--id", id}) == 0);
  CHECK(call.school.files().at(path) == bytes);
}

TEST_CASE("outside the days of the assignment a note is refused, unless the colleague teaches the class or leads it or its grade") {
  const std::string pair = "- {id: aaaaaaaaaa, student: S2, staff: T012, role: mentor, from: 2025-11-15}\n";
  const std::string students = "- {id: S2, name: 王小明, classes: [{class: 2025-1, from: 2025-09-01}]}\n";
  const std::string teaching = "- {staff: T012, subject: 数学, class: 2025-1, from: 2025-09-01, until: 2025-11-10}\n";
  const std::string leads =
      "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7, leaders: [{staff: T012, from: 2025-09-01, until: 2025-11-10}]}\n";
  const std::string grade =
      "- {id: T012, name: 王芳, roles: [{role: grade-leader, grade: 7, from: 2025-09-01, until: 2025-11-10}]}\n- {id: T013, name: 李强}\n";
  const auto run = [&](const std::string& file, const std::string& bytes, const std::string& day) {
    NoteCall call;
    call.school.files()["pairs/2025-fall.yaml"] = pair;
    call.school.files()["roster/students.yaml"] = students;
    if (!file.empty()) call.school.files()[file] = bytes;
    const int status = call.run({"S2", "talk", "好", "--date", day});
    CAPTURE(call.err);
    CHECK((status == 0) == (call.err.find("only from") == std::string::npos));
    return status;
  };
  CHECK(run("", "", "2025-11-15") == 0);
  CHECK(run("", "", "2025-11-14") == 2);
  for (const auto& link : {std::pair{std::string("roster/teaching.yaml"), teaching}, std::pair{std::string("roster/classes.yaml"), leads},
                           std::pair{std::string("roster/staff.yaml"), grade}}) {
    CAPTURE(link.first);
    CHECK(run(link.first, link.second, "2025-11-10") == 0);
    CHECK(run(link.first, link.second, "2025-11-11") == 2);
  }
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
  for (const std::string& read : call.school.reads()) {
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
