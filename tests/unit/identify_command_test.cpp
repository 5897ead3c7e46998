// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "commands/identify_list.hpp"
#include "commands/identify_view.hpp"
#include "render/catalogue.hpp"
#include "rules/clause.hpp"
#include "support/build.hpp"
#include "support/memory_files.hpp"

namespace help::test {
namespace {

struct One {
  School school;
  MemoryFiles files;
  Diagnostics problems;
  One() {
    school.student();
    school.student();
    school.of(0).name = "欧阳娜娜";
    school.policy().id = "p";
    school.final_exam().row(0, {"90", "52"}).row(1, {"90", "52"});
    auto& rule = school.final_below_60();
    rule.source = "BF-28";
    school.event(EventKind::dismissed, 1, "2026-02-01").because = "secret";
  }
  Context context(Format format = Format::text) {
    return {.data = school.data(),
            .problems = problems,
            .folder = &files,
            .outside = nullptr,
            .today = school.question().today,
            .language = "en",
            .format = format};
  }
};

TEST_CASE("a reason names subject, mark, line, exam and full mark") {
  One one;
  const auto item = one.school.answer().items.at(0);
  const Catalogue english("en");
  CHECK(english.text(clause_of(one.school.data(), item.hits[0].evidence[0])) == "数学 52, below 60 (2026-01-15 final, full mark 100)");
  CHECK(plain_line_of(one.school.data(), item.hits[0]) == "数学 52 < 60 final");
}

TEST_CASE("a saved list keeps suggestions, not what the school has set aside, and is the same each time") {
  One one;
  const auto answer = one.school.answer();
  const auto lines = list_lines(one.school.data(), answer);
  CHECK(lines.text == list_lines(one.school.data(), answer).text);
  CHECK(lines.text.find("list: 2026-03-01") != std::string::npos);
  CHECK(lines.text.find("students: 1}") != std::string::npos);
  CHECK(lines.text.find("student: \"S0\"") != std::string::npos);
  CHECK(lines.text.find("student: \"S1\"") == std::string::npos);
  CHECK(std::ranges::count(lines.text, '\n') == 2);
}

TEST_CASE("saving appends to the day's file, and the second time changes nothing") {
  One one;
  const auto answer = one.school.answer();
  Answer first;
  save_list(one.context(), answer, first);
  REQUIRE(first.changes.size() == 1);
  CHECK(first.changes[0].path == "lists/2026-03-01.yaml");
  CHECK(first.changes[0].is_new);
  one.files.files()["lists/2026-03-01.yaml"] = "# ours\n- {id: 0000000000}";
  Answer second;
  save_list(one.context(), answer, second);
  CHECK(!second.changes.at(0).is_new);
  CHECK(second.changes[0].bytes.starts_with("# ours\n- {id: 0000000000}\n- {id: "));
  one.school.data().lists.push_back({list_lines(one.school.data(), answer).run_id, "", answer.today, {}});
  Answer third;
  save_list(one.context(), answer, third);
  CHECK(third.changes.empty());
}

std::string text_of(const Cell& cell, const Catalogue& catalogue);

std::string text_of(const Document& document, const Catalogue& catalogue) {
  std::string text;
  for (const auto& line : document.head) text += catalogue.text(line) + "\n";
  for (const auto& table : document.tables) {
    for (const auto& row : table.rows) {
      for (const auto& cell : row) text += text_of(cell, catalogue) + "|";
      text += "\n";
    }
  }
  return text;
}

std::string text_of(const Cell& cell, const Catalogue& catalogue) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* message = std::get_if<Message>(&cell.value)) return catalogue.text(*message);
  return {};
}

TEST_CASE("the document names the students with their reasons and sources, and never the text of a note") {
  One one;
  const auto answer = one.school.answer();
  const Catalogue english("en");
  const auto text = text_of(identify_document(one.context(), one.school.question(), answer, {}), english);
  CHECK(text.find("欧阳娜娜") != std::string::npos);
  CHECK(text.find("52, below 60") != std::string::npos);
  CHECK(text.find("[BF-28]") != std::string::npos);
  CHECK(text.find("dismissed") != std::string::npos);
  CHECK(text.find("secret") == std::string::npos);
  CHECK(text.find("Identified 1, pending 0, watch 0; new 1; set aside 1.") != std::string::npos);
}

TEST_CASE("a filter narrows what is shown, not the list, and the head says so") {
  One one;
  const auto answer = one.school.answer();
  const Catalogue english("en");
  IdentifyFilter filter;
  filter.subject = School::chinese;
  const auto text = text_of(identify_document(one.context(), one.school.question(), answer, filter), english);
  CHECK(text.find("欧阳娜娜") == std::string::npos);
  CHECK(text.find("Only subject 语文 is shown.") != std::string::npos);
}

TEST_CASE("an explanation shows every rule, hit or not") {
  One one;
  one.school.rule("by-hand", "listed").parameters.students = {"S9"};
  one.school.ready();
  const Catalogue english("en");
  const auto document = why_document(one.context(), one.school.question(), 0);
  CHECK(document.tables.at(0).rows.size() == 2);
  const auto text = text_of(document, english);
  CHECK(text.find("语文 90, not below 60") != std::string::npos);
  CHECK(text.find("On the list: identified, new.") != std::string::npos);
}

}  // namespace
}  // namespace help::test
