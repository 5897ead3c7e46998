// SPDX-License-Identifier: MIT
#include "commands/policy_words.hpp"

#include <algorithm>
#include <utility>

#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

Message roles_of(const std::vector<std::string>& codes) {
  std::vector<Message> names;
  for (const std::string& code : codes) {
    names.push_back(code == "students" ? say("fellow students") : code == "staff" ? say("all of the staff") : name_of_role(code));
  }
  return joined(names);
}

Cell codes_of(const std::vector<std::string>& codes) {
  Cell::List list;
  for (const std::string& code : codes) list.emplace_back(code);
  return list;
}

Cell who_cell(const std::vector<std::string>& codes, Format format) {
  return is_for_people(format) ? Cell(roles_of(codes)) : codes_of(codes);
}

std::vector<std::string> codes_of(const std::vector<DutyHolder>& who) {
  std::vector<std::string> codes;
  for (const DutyHolder& one : who) codes.push_back(one.role);
  return codes;
}

Message words_of(PairNeeds needs) {
  switch (needs) {
    case PairNeeds::same_class:
      return say("of the student's class");
    case PairNeeds::other_class:
      return say("of another class");
    case PairNeeds::same_grade:
      return say("of the student's grade");
    case PairNeeds::subject:
      return say("for a weak subject");
    case PairNeeds::same_body:
      return say("of the same body");
  }
  return {};
}

Message words_of(AssignFor target) {
  switch (target) {
    case AssignFor::subject:
      return say("for each subject of a case");
    case AssignFor::student:
      return say("for each student");
    case AssignFor::student_case:
      break;
  }
  return say("for each case");
}

Message words_of(AssignMode mode) {
  switch (mode) {
    case AssignMode::two_way:
      return say("both sides choose");
    case AssignMode::both:
      return say("both sides choose, then the school places who is left");
    case AssignMode::appointed:
      break;
  }
  return say("the school appoints");
}

Message words_of(const PairSpan& span) {
  switch (span.kind) {
    case PairSpan::Kind::term:
      return say("to the end of the term");
    case PairSpan::Kind::school_year:
      return say("to the end of the school year");
    case PairSpan::Kind::days:
      return counted(span.days, "{0} day", "{0} days");
    case PairSpan::Kind::open:
      break;
  }
  return say("open");
}

Message weights_of(const PairWeights& weights) {
  const std::vector<std::pair<Message, int>> parts{
      {say("a weak subject"), weights.subject},       {say("teaches it in the own class"), weights.own_teacher},
      {say("same class"), weights.same_class},        {say("same grade"), weights.same_grade},
      {say("a pair already"), weights.kept},          {say("wish of the student"), weights.student_wish},
      {say("wish of the carer"), weights.carer_wish}, {say("right for a category or cause"), weights.fit}};
  std::vector<Message> words;
  for (const auto& [what, points] : parts) words.push_back(say("{0} {1}", what, points));
  return say("points: {0}", joined(words));
}

std::vector<Message> lines_of_entry(const Policy& policy, const AssignRule& rule) {
  std::vector<Message> lines;
  lines.push_back(words_of(rule.target));
  if (!rule.except.empty()) lines.push_back(say("but not: {0}", roles_of(rule.except)));
  for (const Condition& one : rule.only) lines.push_back(say("only: {0}", words_of(policy, one)));
  for (const Condition& one : rule.unless) lines.push_back(say("but not: {0}", words_of(policy, one)));
  for (const PairNeeds needs : rule.must) lines.push_back(words_of(needs));
  lines.push_back(rule.at_least ? counted(rule.need, "at least {0} for each", "at least {0} for each")
                                : counted(rule.need, "{0} for each", "{0} for each"));
  lines.push_back(rule.load_least > 0 ? say("each has {0} to {1}", rule.load_least, rule.load_most)
                                      : say("each has at most {0}", rule.load_most));
  lines.push_back(words_of(rule.mode));
  if (rule.mode != AssignMode::appointed) {
    lines.push_back(rule.proposing == ProposingSide::carers ? say("the wishes of the carers come first")
                                                            : say("the wishes of the students come first"));
    lines.push_back(rule.unlisted_last ? say("who is on no list comes last") : say("who is on no list is refused"));
  }
  if (std::ranges::find(rule.who, "students") != rule.who.end()) {
    lines.push_back(say("strong from {0}% on", hundredths_to_string(rule.strong)));
    for (const Condition& one : rule.peers) lines.push_back(say("fellow students: {0}", words_of(policy, one)));
    if (rule.cases_help) lines.push_back(say("students with a case may help, too"));
  }
  lines.push_back(say("a pair lasts: {0}", words_of(rule.lasts)));
  if (rule.holds.kind != PairSpan::Kind::open) lines.push_back(say("and is not taken apart: {0}", words_of(rule.holds)));
  for (const PairFit& one : rule.fits) {
    std::vector<Message> what;
    if (!one.categories.empty()) what.push_back(names_of(policy.archive.categories, one.categories));
    if (!one.causes.empty()) what.push_back(names_of(policy.archive.causes, one.causes));
    lines.push_back(say("right for {0}: {1}", joined(what), roles_of(one.who)));
  }
  lines.push_back(weights_of(rule.weights));
  if (!rule.because.empty()) lines.push_back(as_data(rule.because));
  return lines;
}

Message words_of(ChainLink::Level level) {
  switch (level) {
    case ChainLink::Level::school:
      return say("the school");
    case ChainLink::Level::grade:
      return say("each grade");
    case ChainLink::Level::school_class:
      return say("each class");
    case ChainLink::Level::student:
      break;
  }
  return say("each student with a case");
}

Message words_of(const Places& places) {
  switch (places.per) {
    case PlacesPer::grade:
      return say("{0} in each grade", places.count);
    case PlacesPer::school_class:
      return say("{0} in each class", places.count);
    case PlacesPer::school:
      break;
  }
  return say("{0} in the school", places.count);
}

}  // namespace

Message names_of(const std::vector<Named>& known, const std::vector<std::string>& ids) {
  std::vector<Message> names;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(known, id, &Named::id);
    names.push_back(as_data(found == known.end() ? id : found->name));
  }
  return joined(names);
}

Message words_of(const ExamChoice& choice) {
  if (!choice.id.empty()) return as_data(choice.id);
  std::vector<Message> kinds;
  for (const ExamKind kind : choice.kinds) kinds.push_back(name_of(kind));
  Message what = kinds.empty() ? say("any exam") : joined(kinds);
  switch (choice.term) {
    case ExamChoice::TermChoice::current:
      what = say("{0} of this term", std::move(what));
      break;
    case ExamChoice::TermChoice::previous:
      what = say("{0} of the term before", std::move(what));
      break;
    case ExamChoice::TermChoice::named:
      what = say("{0} of {1}", std::move(what), choice.term_id);
      break;
    case ExamChoice::TermChoice::any:
      break;
  }
  return choice.last ? say("{0}, the last {1}", std::move(what), *choice.last) : what;
}

Message words_of(const Line& line) {
  switch (line.kind) {
    case Line::Kind::percent:
      return say("{0}% of the full mark", hundredths_to_string(line.value));
    case Line::Kind::mark:
      return as_data(hundredths_to_string(line.value));
    case Line::Kind::pass:
      break;
  }
  return say("the pass mark");
}

Message words_of(const Policy& policy, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return say("came from another school");
    case Condition::Kind::grade: {
      std::vector<std::string> grades;
      for (const int grade : condition.grades) grades.push_back(std::to_string(grade));
      return say("grade {0}", joined(grades));
    }
    case Condition::Kind::in_class:
      return say("class {0}", joined(condition.names));
    case Condition::Kind::group:
      return names_of(policy.groups, condition.names);
    case Condition::Kind::cohort: {
      std::vector<std::string> years;
      for (const auto& [year, grades] : condition.cohorts) years.push_back(std::to_string(year));
      return say("school years {0}", joined(years));
    }
  }
  return {};
}

std::string words_of(const PolicyDate& date) {
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return (date.year ? std::to_string(*date.year) + "-" : std::string()) + two(date.month) + "-" + two(date.day);
}

Table assign_table(const Policy& policy, const std::string& wanted, Format format) {
  Table table{.key = "assign", .title = say("Who takes care of whom")};
  table.columns = {{.key = "rule", .title = say("Rule"), .in_text = false},
                   {.key = "name", .title = say("Entry")},
                   {.key = "role", .title = say("Role")},
                   {.key = "who", .title = say("Who may")},
                   {.key = "says", .title = say("Says")},
                   {.key = "source", .title = say("Source")}};
  for (const AssignRule& rule : policy.assigning.rules) {
    if (!wanted.empty() && rule.id != wanted) continue;
    table.rows.push_back({rule.id, rule.name, is_for_people(format) ? Cell(name_of_role(rule.role)) : Cell(rule.role),
                          who_cell(rule.who, format), lines_in_cell(lines_of_entry(policy, rule), format), text_or_null(rule.source)});
  }
  return table;
}

Table chain_table(const Policy& policy, Format format) {
  Table table{.key = "chain", .title = say("Who answers for whom")};
  table.columns = {{.key = "level", .title = say("For")},
                   {.key = "who", .title = say("Responsible")},
                   {.key = "because", .title = say("Remark")},
                   {.key = "source", .title = say("Source")}};
  for (const ChainLink& link : policy.assigning.chain) {
    table.rows.push_back({is_for_people(format) ? Cell(words_of(link.level)) : Cell(word_of(link.level)), who_cell(link.who, format),
                          text_or_null(link.because), text_or_null(link.source)});
  }
  return table;
}

Table steps_table(const Policy& policy, const std::string& wanted, Format format) {
  Table table{.key = "decide", .title = say("Who decides, in this order")};
  table.columns = {{.key = "rule", .title = say("Rule"), .in_text = false},
                   {.key = "name", .title = say("Step")},
                   {.key = "who", .title = say("Who")},
                   {.key = "decides", .title = say("Decides")},
                   {.key = "because", .title = say("Remark")},
                   {.key = "source", .title = say("Source")}};
  for (const DecisionStep& step : policy.decide.steps) {
    if (!wanted.empty() && step.id != wanted) continue;
    std::vector<Message> names;
    Cell::List codes;
    for (const EventKind kind : step.decides) {
      names.push_back(name_of(kind));
      codes.emplace_back(word_of(kind));
    }
    table.rows.push_back({step.id, step.name == step.id ? Cell(name_of_role(step.id)) : Cell(step.name),
                          who_cell(codes_of(step.who), format), is_for_people(format) ? Cell(joined(names)) : Cell(std::move(codes)),
                          text_or_null(step.because), text_or_null(step.source)});
  }
  return table;
}

Table release_table(const Policy& policy, const std::string& wanted, Format format) {
  Table table{.key = "release", .title = say("When a case is over")};
  table.columns = {{.key = "rule", .title = say("Rule"), .in_text = false},
                   {.key = "name", .title = say("Rule")},
                   {.key = "says", .title = say("Says")},
                   {.key = "source", .title = say("Source")}};
  for (const ReleaseCriterion& one : policy.decide.release) {
    if (!wanted.empty() && one.id != wanted) continue;
    std::vector<Message> lines{say("exam: {0}", words_of(one.exams)), counted(one.times, "{0} time in a row", "{0} times in a row"),
                               say("at least {0}", words_of(one.at_least))};
    if (!one.because.empty()) lines.push_back(as_data(one.because));
    table.rows.push_back({one.id, one.name, lines_in_cell(std::move(lines), format), text_or_null(one.source)});
  }
  return table;
}

Table numbers_table(const Policy& policy) {
  Table table{.key = "numbers", .title = say("Other numbers")};
  table.columns = {{.key = "key", .title = say("Key")}, {.key = "says", .title = say("Says")}, {.key = "source", .title = say("Source")}};
  const auto add = [&](std::string_view key, Message says, const std::string& source = {}) {
    table.rows.push_back({key, std::move(says), text_or_null(source)});
  };
  std::vector<Message> kinds;
  for (const ExamKind kind : policy.routine) kinds.push_back(name_of(kind));
  if (!kinds.empty()) add("routine", say("exams that count as routine: {0}", joined(kinds)));
  add("transferred", counted(policy.transferred_terms, "a transferred student counts as such for {0} term",
                             "a transferred student counts as such for {0} terms"));
  std::vector<Message> bases;
  for (const std::string& basis : policy.exclude) bases.push_back(name_of_basis(basis));
  if (!bases.empty()) add("exclude", say("bases of exclusion: {0}", joined(bases)));
  add("small-group", say("in groups under {0} nobody is compared, under {1} only tentatively", policy.none_below, policy.tentative_below));
  add("retest", policy.best_of_retests ? say("the best mark counts") : say("the latest mark counts"));
  if (policy.places)
    add("places", policy.places->ties ? say("{0}; all who tie with the last get in", words_of(*policy.places))
                                      : say("{0}; none who tie with the last get in", words_of(*policy.places)));
  if (policy.minimum) {
    const MinimumPerTeacher& minimum = *policy.minimum;
    add("minimum-per-teacher",
        minimum.subjects.empty() ? say("each teacher has at least {0}", minimum.students)
                                 : say("each teacher of {1} has at least {0}", minimum.students, joined(minimum.subjects)),
        minimum.source);
  }
  const Floors& floors = policy.cadence.floors;
  add("floors", say("nothing is asked with fewer school days than: day {0}, week {1}, half month {2}, month {3}, term {4}", floors.day,
                    floors.week, floors.half_month, floors.month, floors.term));
  add("due-soon", counted(policy.cadence.due_soon, "soon means within {0} school day", "soon means within {0} school days"));
  return table;
}

}  // namespace help
