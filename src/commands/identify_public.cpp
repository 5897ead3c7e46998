// SPDX-License-Identifier: MIT
#include "commands/identify_public.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "commands/audience.hpp"
#include "commands/cells.hpp"
#include "commands/identify_view.hpp"
#include "commands/identify_words.hpp"

namespace help {
namespace {

/// A part of the school: how many students are in it, and how many of them are identified.
struct PublicPart {
  std::int64_t students = 0;
  std::int64_t identified = 0;

  /// Whether the number says nothing about fewer than five students: neither those identified nor the others.
  [[nodiscard]] bool is_safe() const {
    return identified == 0 || (identified >= smallest_public_group && students - identified >= smallest_public_group);
  }
};

using PublicParts = std::map<std::string_view, PublicPart>;

bool all_safe(const auto& parts) {
  return std::ranges::all_of(parts, [](const auto& part) { return part.second.is_safe(); });
}

class PublicView {
 public:
  PublicView(const Context& context, const Identified& answer) : data_(context.data), format_(context.format), answer_(answer) {
    for (const auto& item : answer.items) {
      const bool active = item.state == CaseState::none || item.state == CaseState::confirmed;
      if (active && item.outcome == Outcome::identified) identified_.insert(item.student);
    }
    count_parts();
  }

  Document document() const {
    Document document;
    document.schema = "help.identify-public/1";
    add_head(document);
    add_facts(document);
    if (format_ == Format::csv) {
      document.tables = {csv_table()};
    } else {
      document.tables = {grades_table(), classes_table(), rules_table()};
    }
    return document;
  }

 private:
  void count_parts() {
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const auto in = data_.class_of(student, answer_.today);
      const bool identified = identified_.contains(student);
      if (!in && !identified) continue;
      const auto count = [&](PublicPart& part) {
        ++part.students;
        part.identified += identified ? 1 : 0;
      };
      count(school_);
      if (!in) {
        count(no_class_);
        continue;
      }
      const int grade = data_.grade_of(*in, answer_.today);
      count(grades_[grade]);
      count(classes_[grade][data_.classes[*in].id]);
    }
  }

  [[nodiscard]] bool shows_grades() const { return school_.is_safe() && no_class_.is_safe() && all_safe(grades_); }
  [[nodiscard]] bool shows_classes(int grade) const { return shows_grades() && all_safe(classes_.at(grade)); }

  [[nodiscard]] bool is_for_people() const { return help::is_for_people(format_); }

  [[nodiscard]] Cell number(const PublicPart& part, bool is_shown) const {
    if (is_shown) return part.identified;
    return is_for_people() ? Cell(say("not shown")) : Cell();
  }

  void add_head(Document& document) const {
    document.head.push_back(say("{0}: {1} on {2}", data_.school.name, label_of(data_.policy), to_string(answer_.today)));
    document.head.push_back(say("Policy: {0}.", data_.policy.name.empty() ? data_.policy.id : data_.policy.name));
    document.head.push_back(school_.is_safe() ? counted(school_.identified, "{0} student is identified.", "{0} students are identified.")
                            : school_.identified < smallest_public_group
                                ? say("Fewer than {0} students are identified.", smallest_public_group)
                                : say("How many students are identified is not shown: all are, or nearly all."));
    if (!shows_everything()) {
      document.foot.push_back(
          say("Not shown: what would say, alone or by subtraction, something about fewer than {0} students.", smallest_public_group));
    }
  }

  [[nodiscard]] bool shows_everything() const {
    return std::ranges::all_of(classes_, [&](const auto& grade) { return shows_classes(grade.first); });
  }

  void add_facts(Document& document) const {
    document.facts.fields = {{"today", Cell(answer_.today)},    {"school", Cell(data_.school.name)},
                             {"policy", Cell(data_.policy.id)}, {"label", Cell(label_of(data_.policy))},
                             {"audience", Cell("public")},      {"students", school_.is_safe() ? Cell(school_.identified) : Cell()}};
  }

  [[nodiscard]] Table grades_table() const {
    Table table{.key = "grades", .title = say("By grade"), .when_empty = {}};
    table.columns = {{.key = "grade", .title = say("Grade")}, {.key = "students", .title = say("Students"), .align = Align::right}};
    for (const auto& [grade, part] : grades_) table.rows.push_back({grade, number(part, shows_grades())});
    if (no_class_.identified > 0 && shows_grades()) {
      table.rows.push_back({is_for_people() ? Cell(say("In no class")) : Cell(), number(no_class_, true)});
    }
    return table;
  }

  [[nodiscard]] Table classes_table() const {
    Table table{.key = "classes", .title = say("By class")};
    table.columns = {{.key = "grade", .title = say("Grade")},
                     {.key = "class", .title = say("Class")},
                     {.key = "students", .title = say("Students"), .align = Align::right}};
    for (const auto& [grade, parts] : classes_) {
      for (const auto& [id, part] : parts) {
        const auto& name = data_.classes[*data_.find_class(id)].name;
        table.rows.push_back({grade, is_for_people() && !name.empty() ? name : std::string(id), number(part, shows_classes(grade))});
      }
    }
    return table;
  }

  /// All of it in one table: what is not shown has no numbers.
  [[nodiscard]] Table csv_table() const {
    Table table{.key = "counts", .columns = {{.key = "part"}, {.key = "id"}, {.key = "at_least"}, {.key = "at_most"}}};
    const auto add = [&](std::string_view part, const Cell& id, const Cell& students) {
      table.rows.push_back({part, id, students, students});
    };
    add("school", Cell(), school_.is_safe() ? Cell(school_.identified) : Cell());
    for (const auto& row : grades_table().rows) add("grade", row[0], row[1]);
    for (const auto& row : classes_table().rows) add("class", row[1], row[2]);
    for (const auto& row : rules_table().rows) table.rows.push_back({"rule", row[0], row[1], row[2]});
    return table;
  }

  /// For how many of the identified students each rule speaks, at least: a multiple of five.
  [[nodiscard]] std::vector<std::int64_t> steps_of_rules() const {
    std::vector<std::set<StudentIndex>> students(data_.policy.identify.size());
    for (const auto& item : answer_.items) {
      if (!identified_.contains(item.student)) continue;
      for (const auto& hit : item.hits) {
        if (hit.state == Judgement::State::hit) students[hit.rule].insert(item.student);
      }
    }
    std::vector<std::int64_t> steps;
    for (const auto& each : students) steps.push_back(std::ssize(each) / smallest_public_group * smallest_public_group);
    return steps;
  }

  [[nodiscard]] Table rules_table() const {
    Table table{.key = "rules", .title = say("By rule; a student may be named by several")};
    table.columns = {{.key = "rule", .title = say("Rule")}};
    if (is_for_people()) {
      table.columns.push_back({.key = "students", .title = say("Students"), .align = Align::right});
    } else {
      table.columns.push_back({.key = "at_least"});
      table.columns.push_back({.key = "at_most"});
    }
    const auto steps = steps_of_rules();
    // Every student is named by some rule. Where the rules together can hardly reach so many, each of them must be near its highest.
    std::int64_t slack = -school_.identified;
    for (const auto step : steps) slack += step + smallest_public_group - 1;
    if (!school_.is_safe() || slack < smallest_public_group - 1) return table;
    for (std::size_t rule = 0; rule < steps.size(); ++rule) {
      const auto& one = data_.policy.identify[rule];
      const auto most = steps[rule] + smallest_public_group - 1;
      if (!is_for_people()) {
        table.rows.push_back({one.id, steps[rule], most});
      } else {
        table.rows.push_back({one.name.empty() ? one.id : one.name,
                              steps[rule] == 0 ? say("fewer than {0}", smallest_public_group) : say("{0} to {1}", steps[rule], most)});
      }
    }
    return table;
  }

  const Dataset& data_;
  Format format_;
  const Identified& answer_;
  std::set<StudentIndex> identified_;
  PublicPart school_;
  PublicPart no_class_;
  std::map<int, PublicPart> grades_;
  std::map<int, PublicParts> classes_;
};

}  // namespace

Document public_document(const Context& context, const Identified& answer) { return PublicView(context, answer).document(); }

}  // namespace help
