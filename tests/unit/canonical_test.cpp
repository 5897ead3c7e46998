// SPDX-License-Identifier: MIT
#include "store/canonical.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "store/bytes.hpp"
#include "store/fields.hpp"
#include "store/yaml.hpp"

using namespace help;

namespace {

/// What our reader makes of a text.
std::optional<std::string> read_back(const std::string& line, std::string_view key) {
  Tree tree;
  Diagnostics problems;
  if (!check_bytes("a.yaml", line, problems) || !read_yaml("a.yaml", line, tree, problems) || !problems.empty()) {
    return std::nullopt;
  }
  return text_at(Value(tree, 0).first(), key);
}

}  // namespace

TEST_CASE("a word stands without quotes where every reader takes it for a text") {
  for (const char* text : {"T012", "2025-1", "张三", "七（1）班", "class-teacher", "Anna Maria", "阿依古丽·买买提", "张　三x", "k7f3q2w9xc",
                           "UCI (Math)", "a/b", "2026-11-20"}) {
    CAPTURE(text);
    const bool has_wide_space = std::string_view(text).find("　") != std::string_view::npos;
    CHECK((plain_or_quoted(text) == text) != has_wide_space);
  }
}

TEST_CASE("a word that another reader takes for a number, a boolean or null is quoted") {
  for (const char* text : {"20230104", "007", "1.5", "1e5", "1e-5", "1E+5", "0x1f", "0o17", "0b11", "1_000", "1:30", "true", "No", "off",
                           "Y", "n", "NULL", "null", "1."}) {
    CAPTURE(text);
    CHECK(plain_or_quoted(text) == "\"" + std::string(text) + "\"");
  }
}

TEST_CASE("a word with a sign that means something in YAML, or is not seen, is quoted") {
  for (const char* text :
       {"",   "~",  "-",  "- a", "a: b", "a #b", "#a", "a, b", "[a]", "{a}", "a]",  "&a",  "*a",         "!a",  "|",         ">",
        "%a", "@a", "`a", "'a'", "?",    "a:",   " a", "a ",   "=",   "<<",  "---", "...", "姓名：张三", "“a”", "a\xC2\xA0z"}) {
    CAPTURE(text);
    CHECK(plain_or_quoted(text).front() == '"');
  }
}

TEST_CASE("quotes and backslashes are escaped and a text stays on one line") {
  CHECK(double_quoted(R"(say "no" \ yes)") == R"("say \"no\" \\ yes")");
  CHECK(double_quoted("a\nb\tc\r") == R"("a\nb\tc\r")");
}

TEST_CASE("a record is one line with its keys in the order of the calls") {
  RecordLine line;
  const std::vector<std::string> rules{"final-below-60", "2"};
  line.word("id", "k7f3q2w9xc")
      .date("date", *parse_date("2026-11-18"))
      .quoted_id("student", "20230104")
      .number("students", 2)
      .truth("present", false);
  line.words("rules", rules).text("because", "住院: 三天");
  CHECK(line.line() ==
        "- {id: k7f3q2w9xc, date: 2026-11-18, student: \"20230104\", students: 2, present: false, rules: [final-below-60, \"2\"], because: "
        "\"住院: 三天\"}\n");
}

TEST_CASE("a student's line has everything that the roster knows, in the order of the schema") {
  const std::vector<SchoolClass> classes{{.id = "2025-1"}};
  Student student{.id = "20250104", .name = "欧阳娜娜"};
  CHECK(student_line(student, classes) == "- {id: \"20250104\", name: 欧阳娜娜}\n");
  student.classes = {{0, {.from = *parse_date("2025-09-01")}}};
  student.transferred = parse_date("2026-02-25");
  student.left = parse_date("2026-05-01");
  student.groups = {{"left-behind", {.from = *parse_date("2025-09-01")}}};
  student.leave = {{{*parse_date("2026-03-02"), *parse_date("2026-03-06")}, "住院", std::nullopt}};
  CHECK(student_line(student, classes) ==
        "- {id: \"20250104\", name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01}], transferred: 2026-02-25, left: 2026-05-01, "
        "groups: [{group: left-behind, from: 2025-09-01}], leave: [{from: 2026-03-02, until: 2026-03-06, because: \"住院\"}]}\n");
}

TEST_CASE("a class's line has its leaders") {
  const std::vector<Staff> staff{{.id = "T012"}};
  const SchoolClass one{
      .id = "2025-1", .name = "七（1）班", .cohort = 2025, .entry_grade = 7, .leaders = {{0, {.from = *parse_date("2025-09-01")}}}};
  CHECK(class_line(one, staff) ==
        "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7, leaders: [{staff: T012, from: 2025-09-01}]}\n");
}

TEST_CASE("a grade table is written in the form of the contract") {
  const GradeHeader header{"2026-11-12-midterm",
                           "期中考试",
                           ExamKind::midterm,
                           "2026-fall",
                           *parse_date("2026-11-12"),
                           "",
                           {{"语文", 15000, 9000}, {"数学", 15050, std::nullopt}}};
  const std::vector<Mark> marks{Mark::of(11250), Mark(Mark::State::no_entry)};
  const std::vector<Mark> states{Mark(Mark::State::absent), Mark(Mark::State::voided)};
  CHECK(grade_head(header) + grade_row("20230104", marks) + grade_row("20230105", states) ==
        "# yaml-language-server: $schema=../schemas/grades.schema.json\n"
        "exam: {id: 2026-11-12-midterm, name: 期中考试, kind: midterm, term: 2026-fall, date: 2026-11-12}\n"
        "subjects:\n"
        "  语文: {full: 150, pass: 90}\n"
        "  数学: {full: 150.5}\n"
        "columns: [语文, 数学]\n"
        "scores:\n"
        "  \"20230104\": [112.5, ~]\n"
        "  \"20230105\": [absent, void]\n");
}

TEST_CASE("awkward strings come back byte for byte, as names and as notes") {
  const char* folder = std::getenv("HELP_TEST_DATA");
  if (folder == nullptr) {
    MESSAGE("skipped: HELP_TEST_DATA is not set");
    return;
  }
  std::ifstream file(std::string(folder) + "/naughty-strings/blns.json");
  REQUIRE(file);
  std::size_t written = 0;
  std::size_t refused = 0;
  for (const auto& item : nlohmann::json::parse(file)) {
    const std::string text = item.get<std::string>();
    CAPTURE(text);
    if (find_refused_character(text)) {
      ++refused;
      continue;
    }
    ++written;
    RecordLine record;
    record.word("name", text).text("note", text);
    const std::string line = record.line();
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(read_back(line, "name") == text);
    CHECK(read_back(line, "note") == text);
  }
  MESSAGE("written ", written, ", refused ", refused);
  CHECK(written >= 496);
}
