// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/command_call.hpp"
#include "support/log_text.hpp"

namespace help::tests {
namespace {

test::CommandCall note_call() { return {.command = "note", .me = "T012", .today = "2025-11-20", .files = log_school()}; }

const std::string log_path = "log/2025-11/T012.yaml";

}  // namespace

TEST_CASE("a note that cannot be written says so and leaves everything as it was") {
  for (const FileResult failure : {FileResult::full, FileResult::denied, FileResult::failed, FileResult::not_regular}) {
    test::CommandCall call = note_call();
    call.files.fail_writing(failure);
    CHECK(call.run({"S2", "talk", "好"}) == 3);
    CHECK(call.err.find("was not written") != std::string::npos);
    CHECK(!call.files.files().contains(log_path));
  }
}

TEST_CASE("a note that was written and not confirmed has its own status, and the same once more changes nothing") {
  test::CommandCall call = note_call();
  call.files.fail_writing(FileResult::unconfirmed);
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 4);
  CHECK(call.out.find("aaaaaaaaaa") != std::string::npos);
  const std::string bytes = call.files.files().at(log_path);
  call.files.fail_writing(FileResult::done);
  CHECK(call.run({"S2", "talk", "好", "--id", "aaaaaaaaaa"}) == 0);
  CHECK(call.files.files().at(log_path) == bytes);
  CHECK(call.files.written().size() == 1);
}

TEST_CASE("a note that was not confirmed says by which id it can be repeated, so that it stays one record") {
  test::CommandCall call = note_call();
  call.files.fail_writing(FileResult::unconfirmed);
  CHECK(call.run({"S2", "talk", "好"}) == 4);
  const std::size_t at = call.err.find("--id ");
  REQUIRE(at != std::string::npos);
  const std::string id = call.err.substr(at + 5, 10);
  const std::string bytes = call.files.files().at(log_path);
  CHECK(bytes.find("{id: " + id + ",") != std::string::npos);
  call.files.fail_writing(FileResult::done);
  CHECK(call.run({"S2", "talk", "好", "--id", id}) == 0);
  CHECK(call.files.files().at(log_path) == bytes);
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
    test::CommandCall call = note_call();
    call.files.files()["pairs/2025-fall.yaml"] = pair;
    call.files.files()["roster/students.yaml"] = students;
    if (!file.empty()) call.files.files()[file] = bytes;
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
  test::CommandCall call = note_call();
  call.files.be_locked_by("4711");
  CHECK(call.run({"S2", "talk", "好"}) == 3);
  CHECK(call.err.find("4711") != std::string::npos);
  CHECK(call.files.written().empty());
}

TEST_CASE("a note reads the roster, the policy, the pairs and its own file, and nothing else") {
  test::CommandCall call = note_call();
  call.files.files()["grades/2025-11-12-midterm.yaml"] = "broken: [";
  call.files.files()["log/2025-11/T013.yaml"] = "broken: [";
  call.files.files()["log/2025-10/T012.yaml"] = "broken: [";
  call.files.files()["events/S2.yaml"] = "broken: [";
  CHECK(call.run({"S2", "talk", "好"}) == 0);
  for (const std::string& read : call.files.reads()) {
    CAPTURE(read);
    CHECK((read == "help.yaml" || read == "policy.yaml" || read.starts_with("roster/") || read.starts_with("pairs/") || read == log_path));
  }
}

TEST_CASE("a note goes where its month and its owner say, and other files stay as they are") {
  test::CommandCall call = note_call();
  const auto before = call.files.files();
  CHECK(call.run({"S2", "talk", "好", "--date", "2025-10-31", "--for", "T013"}) == 0);
  auto after = call.files.files();
  CHECK(after.erase("log/2025-10/T013.yaml") == 1);
  CHECK(after == before);
}

TEST_CASE("where the input ends before the text does, nothing is written") {
  for (const std::vector<std::string>& lines : {std::vector<std::string>{}, {"约定每天一题"}, {"约定每天一题", "周三再谈"}}) {
    test::CommandCall call = note_call();
    CHECK(call.type({"S2", "talk"}, lines) == 2);
    CHECK(call.err.find("The input ended; nothing was written.") != std::string::npos);
    CHECK(call.files.written().empty());
  }
  test::CommandCall asked = note_call();
  CHECK(asked.type({}, {"S2", "talk", "", "约定每天一题"}) == 2);
  CHECK(asked.files.written().empty());
}

TEST_CASE("an empty line alone says that there is no text") {
  test::CommandCall call = note_call();
  CHECK(call.type({"S2", "talk"}, {""}) == 0);
  CHECK(call.files.files().at(log_path).find("kind: talk, student: \"S2\"}") != std::string::npos);
}

TEST_CASE("< goes back from the text as its first line, and is a part of it on a later one") {
  test::CommandCall back = note_call();
  CHECK(back.type({"S2", "talk"}, {"<", "2025-11-19", "好", ""}) == 0);
  CHECK(back.files.files().at(log_path).find("date: 2025-11-19, kind: talk, student: \"S2\", note: \"好\"}") != std::string::npos);
  test::CommandCall text = note_call();
  CHECK(text.type({"S2", "talk"}, {"分数", "<", "60", ""}) == 0);
  CHECK(text.files.files().at(log_path).find("note: \"分数\\n<\\n60\"}") != std::string::npos);
}

TEST_CASE("what the kind needs is asked for where only the text was missing") {
  test::CommandCall call = note_call();
  CHECK(call.type({"S2", "club"}, {"操场", "下棋", ""}) == 0);
  CHECK(call.files.files().at(log_path).find("place: \"操场\", note: \"下棋\"}") != std::string::npos);
}

TEST_CASE("an editor that leaves no text is followed by the question for it") {
  test::CommandCall call = note_call();
  call.edited = {" \n"};
  CHECK(call.type({"S2", "talk"}, {}) == 2);
  CHECK(call.err.find("The editor gave no text.") != std::string::npos);
  CHECK(call.files.written().empty());
}

TEST_CASE("a text with a character that no file may hold is not lost: the editor gets it once more, unless it changes nothing") {
  test::CommandCall call = note_call();
  call.edited = {"好了", "好\u202E了"};
  CHECK(call.type({"S2", "talk"}, {}) == 0);
  CHECK(call.edited_before == std::vector<std::string>{"", "好\u202E了"});
  CHECK(call.files.files().at(log_path).find("note: \"好了\"}") != std::string::npos);
  test::CommandCall stubborn = note_call();
  stubborn.edited = {"好\u202E了", "好\u202E了", "好\u202E了"};
  CHECK(stubborn.type({"S2", "talk"}, {}) == 2);
  CHECK(stubborn.files.written().empty());
  test::CommandCall typed = note_call();
  CHECK(typed.type({"S2", "talk"}, {"好\u202E了", "", "好了", ""}) == 0);
  CHECK(typed.files.files().at(log_path).find("note: \"好了\"}") != std::string::npos);
}

TEST_CASE("line and page breaks of word processors become spaces, and it is said") {
  for (const std::string mark : {"\v", "\f", "\r", "\u0085", "\u2028", "\u2029"}) {
    CAPTURE(mark);
    test::CommandCall call = note_call();
    CHECK(call.run({"S2", "talk", "作业" + mark + "约定" + mark, "--place", "操" + mark + "场"}) == 0);
    CHECK(call.files.files().at(log_path).find("place: \"操 场\", note: \"作业 约定\"}") != std::string::npos);
    CHECK(call.err.find("TEXT: a line or page break of a word processor (U+") != std::string::npos);
    CHECK(call.err.find("--place: a line or page break") != std::string::npos);
  }
  test::CommandCall lines = note_call();
  CHECK(lines.type({"S2", "talk"}, {"好\u2028了", "再谈\r", ""}) == 0);
  CHECK(lines.files.files().at(log_path).find("note: \"好 了\\n再谈\"}") != std::string::npos);
}

}  // namespace help::tests
