// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

constexpr std::string_view help_path = "help.yaml";

std::uint8_t week_days(const Value& list) {
  static constexpr std::array<std::string_view, 7> words{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  std::uint8_t days = 0;
  for (const Value day : items_of(list)) {
    const auto place = std::ranges::find(words, day.text()) - words.begin();
    if (place < 7) {
      days = static_cast<std::uint8_t>(days | 1U << place);
    }
  }
  return days;
}

void read_terms(Reading& reading, const Value& list) {
  std::vector<Term>& terms = reading.data.calendar.terms;
  for (const Value item : items_of(list)) {
    const auto from = date_at(item, "from");
    const auto until = date_at(item, "until");
    const auto year = whole_at(item, "year");
    Term term{.id = text_at(item, "id"), .name = text_at(item, "name")};
    if (!from || !until || !year || term.id.empty()) {
      continue;  // reported by its shape
    }
    term.days = reading.period(help_path, item);
    term.year = static_cast<int>(*year);
    if (term.name.empty()) {
      term.name = term.id;
    }
    term.midterm = date_at(item, "midterm").value_or(*from + (*until - *from) / 2);
    // A middle that is not written lies outside only where the term ends before it begins, which is reported already.
    const auto midterm = find(item, "midterm");
    if (midterm && !term.days.contains(term.midterm)) {
      reading.error(help_path, *midterm, "calendar/midterm-outside-term",
                    say("the middle {0} lies outside the term", to_string(term.midterm)));
    }
    if (reading.data.calendar.find_term(term.id)) {
      reading.error(help_path, *find(item, "id"), "calendar/term-twice", say("the term '{0}' stands here a second time", term.id));
    } else if (!terms.empty() && terms.back().days.until != Date::max() && terms.back().days.until >= term.days.from) {
      reading.error(help_path, *find(item, "from"), "calendar/terms-overlap",
                    say("the term begins on {0}, before the term '{1}' has ended", to_string(*from), terms.back().id),
                    say("write the terms in order, without a day in two of them"));
    } else if (!terms.empty() && terms.back().year > term.year) {
      reading.error(help_path, *find(item, "year"), "calendar/year-runs-back",
                    say("the school year {0} lies before that of the term before", term.year));
    }
    terms.push_back(std::move(term));
  }
}

void read_closures(Reading& reading, const Value& list) {
  for (const Value item : items_of(list)) {
    Closure closure{.days = reading.period(help_path, item), .because = text_at(item, "because"), .classes = texts_at(item, "classes")};
    if (const auto classes = find(item, "classes")) {
      for (const Value id : items_of(*classes)) {
        reading.named_classes.emplace_back(help_path, id);
      }
    }
    if (const auto grades = find(item, "grades")) {
      for (const Value grade : items_of(*grades)) {
        closure.grades.push_back(static_cast<int>(whole_of(grade).value_or(0)));
      }
    }
    reading.data.calendar.closures.push_back(std::move(closure));
  }
}

void read_week(Reading& reading, const Value& week) {
  SchoolWeek& school_week = reading.data.calendar.week;
  if (const auto days = find(week, "days")) {
    school_week.days = week_days(*days);
  }
  if (const auto grades = find(week, "grades")) {
    for (const Value item : items_of(*grades)) {
      const auto grade = whole_at(item, "grade");
      const auto days = find(item, "days");
      if (grade && days) {
        school_week.by_grade.emplace_back(static_cast<int>(*grade), week_days(*days));
      }
    }
  }
}

}  // namespace

void read_help(Reading& reading) {
  auto file = reading.open(std::string(help_path), help_shape());
  if (!file || !file->root()) {
    if (reading.problems.empty()) {
      reading.report_file(help_path, Severity::error, "file/missing", say("the file is missing"),
                          say("helpctl init makes a records folder"));
    }
    return;
  }
  reading.knows_terms = true;
  const Value root = *file->root();
  School& school = reading.data.school;
  if (const auto about = find(root, "school")) {
    school.name = text_at(*about, "name");
  }
  school.language = text_at(root, "language");
  school.policy_path = text_at(root, "policy");
  if (school.policy_path.empty()) {
    school.policy_path = "policy.yaml";
  }
  school.allowed_hosts = texts_at(root, "allowed-hosts");
  Calendar& calendar = reading.data.calendar;
  if (const auto terms = find(root, "terms")) {
    read_terms(reading, *terms);
  }
  if (const auto breaks = find(root, "breaks")) {
    for (const Value item : items_of(*breaks)) {
      calendar.breaks.push_back({text_at(item, "name"), reading.period(help_path, item)});
    }
  }
  if (const auto days = find(root, "make-up-days")) {
    for (const Value item : items_of(*days)) {
      if (const auto date = date_at(item, "date")) {
        calendar.make_up_days.push_back({*date, text_at(item, "because")});
      }
    }
  }
  if (const auto closures = find(root, "closures")) {
    read_closures(reading, *closures);
  }
  if (const auto week = find(root, "school-week")) {
    read_week(reading, *week);
  }
  if (!file->sound) {
    reading.named_classes.clear();  // what is no id need not be looked up
  }
  reading.kept.push_back(std::move(file));
}

}  // namespace help
