// SPDX-License-Identifier: MIT
#include "store/log_entry.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/log_lines.hpp"
#include "support/log_text.hpp"

namespace help::tests {
namespace {

std::vector<std::string> hostile_words() {
  return {"x",    "true", "null",  "~",    "12",    "1e3",        "0x1f", "- a",    "a: b",
          "a #b", "[x]",  "{y}",   "it's", "\"q\"", "a\\b",       "，",   "数学：", "　",
          "&a",   "*a",   "!t",    "@",    "%",     "2026-03-02", "<<",   "=",      "第一行\n第二行",
          "a\tb", "🙂", "é・ー", "T012", "yes",   "-",          "a,b",  "a}b",    "a]b",
          "#",    "?",    ": ",    "｛｝", "“引”"};
}

LogEntry random_entry(std::mt19937& random) {
  const std::vector<std::string> words = hostile_words();
  const auto word = [&] { return words[random() % words.size()]; };
  const auto some = [&](std::vector<std::string>& list) {
    for (std::size_t i = 0, count = random() % 3; i < count; ++i) list.push_back(word());
  };
  const auto maybe = [&] { return random() % 2 == 0; };
  LogEntry entry{.id = record_id_of((std::uint64_t{random()} << 18U) ^ random()), .date = *parse_date("2025-11-18"), .kind = "seminar"};
  if (maybe()) entry.by = "T013";
  if (maybe()) entry.with = {"T012", "0x3", "B-math"};
  if (maybe()) entry.students = {"20250101"};
  if (maybe()) entry.students = {"20250101", "S2", "0x3"};
  if (maybe()) entry.in_class = "2025-1";
  if (maybe()) entry.grade = 7;
  if (maybe()) entry.body = "B-math";
  if (maybe()) entry.subject = word();
  some(entry.to);
  if (maybe()) entry.channel = "in-person";
  if (maybe()) entry.place = word();
  some(entry.present);
  if (maybe()) entry.student_present = maybe();
  if (maybe()) entry.minutes = 40;
  some(entry.tags);
  some(entry.checklist);
  if (maybe()) entry.exam = "2025-11-12-midterm";
  if (maybe()) entry.follow_up = *parse_date("2026-02-28");
  if (maybe()) entry.note = word() + word();
  return entry;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\n") == std::string::npos; }

}  // namespace

TEST_CASE("what is written into the log is what is read from it, whatever it says") {
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    const LogEntry entry = random_entry(random);
    const std::string line = log_line(entry);
    CAPTURE(line);
    CHECK(line.find('\n') == line.size() - 1);
    Tree tree;
    Diagnostics problems;
    REQUIRE(check_bytes("f", line, problems));
    REQUIRE(read_yaml("f", line, tree, problems, false));
    REQUIRE(check_shape("f", Value(tree, 0), log_shape(), problems));
    CHECK(problems.empty());
    CHECK(log_line(log_entry_of(Value(tree, 0).first())) == line);
    MemoryFiles files = log_school();
    files.files()["log/2025-11/T012.yaml"] = line;
    const auto shapes = rule_shapes();
    const Loaded loaded = load(files, shapes, {});
    REQUIRE(loaded.data.log.entries.size() == 1);
    CHECK(!has_error(loaded.problems));
    const Interaction& read = loaded.data.log.entries.front();
    if (!is_blank(entry.subject) && !is_blank(entry.place)) CHECK(read.given == entry.given());
    CHECK(record_id_of(read.id) == entry.id);
    CHECK(read_log_text(files, true) == read_log_text(files, false));
  }
}

TEST_CASE("a void is a line of its own") {
  CHECK(void_line("q5r2aa7nk8", *parse_date("2025-11-21"), "p2c9xw4tn1", "记了\"两次\"") ==
        "- {id: q5r2aa7nk8, at: 2025-11-21, voids: p2c9xw4tn1, because: \"记了\\\"两次\\\"\"}\n");
}

}  // namespace help::tests
