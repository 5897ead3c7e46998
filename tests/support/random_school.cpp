// SPDX-License-Identifier: MIT
#include "support/random_school.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/kinds.hpp"

namespace help::test {
namespace {

Date day(int year, unsigned month, unsigned of_month) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
}

Date day_between(Random& random, Date from, Date until) { return from + Days{random.between(0, static_cast<int>((until - from).count()))}; }

/// Up to `most` of the words, in their order; at least one.
std::vector<std::string> some_of(Random& random, std::vector<std::string> words, int most) {
  random.shuffle(words);
  const auto count = static_cast<std::size_t>(random.between(1, std::min(most, static_cast<int>(words.size()))));
  words.resize(count);
  return words;
}

constexpr std::array all_kinds{ExamKind::final_exam, ExamKind::midterm,    ExamKind::monthly, ExamKind::unit, ExamKind::quiz,
                               ExamKind::mock,       ExamKind::diagnostic, ExamKind::entry,   ExamKind::other};

/// The kinds that this school has: few, so that the exams which rules choose are often there.
std::vector<ExamKind> kinds_here(Random& random) {
  std::vector<ExamKind> kinds{ExamKind::final_exam, ExamKind::midterm};
  if (random.chance(60)) kinds.push_back(random.pick(all_kinds));
  if (random.chance(30)) kinds.push_back(random.pick(all_kinds));
  return kinds;
}

/// What a school is made from, beside the school itself.
struct SchoolMaker {
  Random& random;
  Dataset& data;
  Date today = {};
  Date first_day = {};
  Date last_day = {};
  std::vector<ExamKind> kinds = {};

  Date any_day() { return day_between(random, first_day, last_day); }
  Date recent_day() { return random.chance(70) ? day_between(random, first_day, std::max(first_day, today)) : any_day(); }
};

void make_calendar(SchoolMaker& maker) {
  const int count = maker.random.between(1, 4);
  const int year = 2024;
  const bool begins_in_spring = maker.random.chance(30);
  for (int number = 0; number < count; ++number) {
    const int half = number + (begins_in_spring ? 1 : 0);
    const int school_year = year + half / 2;
    Term term;
    term.year = school_year;
    term.id = fmt::format("{}-{}", half % 2 == 0 ? school_year : school_year + 1, half % 2 == 0 ? "fall" : "spring");
    term.name = term.id;
    term.days = half % 2 == 0 ? Period{day(school_year, 9, 1), day(school_year + 1, 1, 20)}
                              : Period{day(school_year + 1, 2, 20), day(school_year + 1, 7, 5)};
    term.midterm = term.days.from + (term.days.until - term.days.from) / 2;
    maker.data.calendar.terms.push_back(term);
  }
  maker.first_day = maker.data.calendar.terms.front().days.from - Days{20};
  maker.last_day = maker.data.calendar.terms.back().days.until + Days{40};
  const Date late = maker.first_day + (maker.last_day - maker.first_day) / 2;
  maker.today = maker.random.chance(75) ? day_between(maker.random, late, maker.last_day) : maker.any_day();
}

void make_classes(SchoolMaker& maker) {
  const int grades = maker.random.between(1, 3);
  const int count = maker.random.between(1, 4);
  for (int number = 0; number < count; ++number) {
    SchoolClass made;
    const int older = maker.random.below(grades);
    made.cohort = 2024 - older;
    made.entry_grade = 7;
    made.id = fmt::format("{}-{}", made.cohort, number + 1);
    made.name = made.id;
    maker.data.classes.push_back(made);
  }
}

std::vector<Membership> make_memberships(SchoolMaker& maker, const Student& student) {
  auto& random = maker.random;
  const auto in = [&] { return static_cast<ClassIndex>(random.below(static_cast<int>(maker.data.classes.size()))); };
  std::vector<Membership> memberships;
  if (random.chance(3)) return memberships;
  Membership first{in(), {}};
  if (random.chance(60)) first.days.from = maker.first_day + Days{20};
  if (student.transferred && random.chance(60)) first.days.from = *student.transferred;
  if (random.chance(15)) {
    const Date change = maker.any_day();
    if (first.days.from < change) {
      first.days.until = change - Days{1};
      memberships.push_back(first);
      if (random.chance(90)) memberships.push_back({in(), {random.chance(80) ? change : change + Days{10}, Date::max()}});
      return memberships;
    }
  }
  memberships.push_back(first);
  return memberships;
}

void make_students(SchoolMaker& maker) {
  auto& random = maker.random;
  const int count = random.chance(70) ? random.between(3, 12) : random.between(12, 25);
  std::vector<int> numbers(99);
  std::iota(numbers.begin(), numbers.end(), 1);
  random.shuffle(numbers);
  for (int place = 0; place < count; ++place) {
    Student student;
    student.id = fmt::format("S{:02}", numbers[static_cast<std::size_t>(place)]);
    student.name = student.id;
    if (random.chance(25)) student.transferred = maker.recent_day();
    if (random.chance(10)) student.left = maker.any_day();
    student.classes = make_memberships(maker, student);
    for (const char* group : {"left-behind", "new-here"}) {
      if (!random.chance(20)) continue;
      GroupMembership membership{group, {}};
      if (random.chance(50)) membership.days.from = maker.any_day();
      if (random.chance(30)) membership.days.until = std::max(membership.days.from, maker.any_day());
      student.groups.push_back(membership);
    }
    maker.data.students.push_back(student);
  }
}

Mark make_mark(Random& random, const ExamSubject& subject) {
  const int kind = random.below(100);
  if (kind < 4) return Mark(Mark::State::absent);
  if (kind < 6) return Mark(Mark::State::exempt);
  if (kind < 8) return Mark(Mark::State::deferred);
  if (kind < 10) return Mark(Mark::State::voided);
  if (kind < 12) return Mark(Mark::State::no_entry);
  const int full = subject.full;
  const std::array near{subject.pass, subject.pass - 1, subject.pass + 50, full / 2, full / 2 - 1, full * 3 / 10, full, 0, full * 8 / 10};
  const int value = kind < 60 ? random.pick(near) : random.below(full / 100 + 1) * 100;
  return Mark::of(std::clamp(value, 0, full));
}

/// Many exams are held for some years of entry only.
void fill_marks(Random& random, const Dataset& data, Exam& exam, int share) {
  const bool for_all = data.classes.empty() || random.chance(60);
  const int cohort = for_all ? 0 : random.pick(data.classes).cohort;
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    if (!random.chance(share)) continue;
    const auto& classes = data.students[student].classes;
    if (!for_all && !classes.empty() && data.classes[classes.back().in].cohort != cohort) continue;
    exam.students.push_back(student);
    for (const auto& subject : exam.subjects) exam.marks.push_back(make_mark(random, subject));
  }
}

void make_exam_subjects(Random& random, Exam& exam, std::size_t subjects) {
  std::vector<SubjectIndex> columns(subjects);
  std::iota(columns.begin(), columns.end(), SubjectIndex{0});
  random.shuffle(columns);
  if (random.chance(25)) columns.resize(static_cast<std::size_t>(random.between(1, static_cast<int>(columns.size()))));
  for (const auto column : columns) {
    ExamSubject subject;
    subject.subject = column;
    subject.full = random.pick(std::array{1000, 2000, 10000, 10000, 15000});
    subject.pass = random.chance(80) ? subject.full * 6 / 10 : random.below(subject.full / 100 + 1) * 100;
    exam.subjects.push_back(subject);
  }
}

Exam make_retest(SchoolMaker& maker, const Exam& original) {
  auto& random = maker.random;
  Exam exam;
  exam.kind = random.chance(80) ? original.kind : random.pick(maker.kinds);
  exam.retests = original.id;
  exam.date = original.date + Days{random.between(0, 40)};
  exam.term = maker.data.calendar.term_of(exam.date).value_or(original.term);
  exam.subjects = original.subjects;
  random.shuffle(exam.subjects);
  if (random.chance(40)) exam.subjects.resize(1);
  return exam;
}

void make_exams(SchoolMaker& maker) {
  auto& random = maker.random;
  auto& data = maker.data;
  maker.kinds = kinds_here(random);
  const int count = random.between(1, 7);
  for (int number = 0; number < count; ++number) {
    Exam exam;
    if (!data.exams.empty() && random.chance(12)) {
      exam = make_retest(maker, random.pick(data.exams));
    } else {
      exam.term = static_cast<std::size_t>(random.below(static_cast<int>(data.calendar.terms.size())));
      const auto& term = data.calendar.terms[exam.term];
      exam.date = random.chance(90) ? day_between(random, term.days.from, term.days.until) : term.days.until + Days{random.between(1, 15)};
      if (random.chance(8)) {
        exam.date = maker.today + Days{random.between(-1, 1)};
        exam.term = data.calendar.term_of(exam.date).value_or(0);
      }
      exam.kind = random.pick(maker.kinds);
      make_exam_subjects(random, exam, data.subjects.size());
    }
    exam.id = fmt::format("{}-{}-{}", to_string(exam.date), word_of(exam.kind), number);
    exam.name = exam.id;
    fill_marks(random, data, exam, exam.retests.empty() ? (exam.kind == ExamKind::entry ? 30 : 90) : 35);
    data.exams.push_back(exam);
  }
}

void make_counts(SchoolMaker& maker) {
  auto& random = maker.random;
  const int tables = random.chance(70) ? random.between(1, 4) : 0;
  for (int number = 0; number < tables; ++number) {
    CountTable table;
    const Date from = maker.recent_day();
    table.days = {from, from + Days{random.pick(std::array{0, 6, 29})}};
    table.id = fmt::format("c{}", number);
    table.name = table.id;
    table.columns = {"absences"};
    if (random.chance(50)) table.columns.emplace_back("homework-missing");
    for (StudentIndex student = 0; student < maker.data.students.size(); ++student) {
      if (!random.chance(80)) continue;
      table.students.push_back(student);
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        table.counts.push_back(random.chance(15) ? -1 : random.below(5));
      }
    }
    maker.data.counts.push_back(table);
  }
}

void make_staff_and_teaching(SchoolMaker& maker) {
  auto& random = maker.random;
  const int count = random.between(1, 3);
  for (int number = 0; number < count; ++number) {
    Staff person;
    person.id = fmt::format("T{:02}", random.between(1, 30) * 3 + number);
    person.name = person.id;
    maker.data.staff.push_back(person);
  }
  const int lines = random.between(0, 5);
  for (int number = 0; number < lines; ++number) {
    Teaching line;
    line.staff = static_cast<StaffIndex>(random.below(count));
    line.subject = static_cast<SubjectIndex>(random.below(static_cast<int>(maker.data.subjects.size())));
    line.in = static_cast<ClassIndex>(random.below(static_cast<int>(maker.data.classes.size())));
    if (random.chance(20)) line.days.from = maker.any_day();
    if (random.chance(15)) line.days.until = std::max(line.days.from, maker.any_day());
    maker.data.teaching.push_back(line);
  }
}

std::string record_id(Random& random) {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id;
  for (int place = 0; place < 10; ++place) id += letters[static_cast<std::size_t>(random.below(32))];
  return id;
}

/// After the policy, because dismissals name its rules and observations its indicators.
void make_events(SchoolMaker& maker) {
  auto& random = maker.random;
  auto& data = maker.data;
  constexpr std::array decisions{EventKind::confirmed, EventKind::dismissed, EventKind::dismissed, EventKind::excluded,
                                 EventKind::included,  EventKind::pending,   EventKind::released,  EventKind::reopened};
  constexpr std::array facts{EventKind::goal_met, EventKind::goal_missed, EventKind::praise,
                             EventKind::progress, EventKind::regress,     EventKind::note};
  const int count = random.chance(70) ? random.between(0, 5 + 2 * static_cast<int>(data.students.size())) : 0;
  for (int number = 0; number < count; ++number) {
    Event event;
    event.id = record_id(random);
    event.date = maker.recent_day();
    event.student = static_cast<StudentIndex>(random.below(static_cast<int>(data.students.size())));
    event.by = random.pick(data.staff).id;
    const int kind = random.below(100);
    if (kind < 45) {
      event.kind = random.chance(60) ? EventKind::observed : EventKind::cleared;
      event.indicator = random.pick(data.policy.indicators).id;
    } else if (kind < 92) {
      event.kind = random.pick(decisions);
      if (event.kind == EventKind::excluded && data.policy.exclude.empty()) continue;
      if (event.kind == EventKind::excluded) event.basis = random.pick(data.policy.exclude);
      if (random.chance(30)) event.subject = static_cast<SubjectIndex>(random.below(static_cast<int>(data.subjects.size())));
      if (event.kind == EventKind::dismissed) {
        std::vector<std::string> rules;
        std::vector<std::string> exams;
        for (const auto& rule : data.policy.identify) rules.push_back(rule.id);
        for (const auto& exam : data.exams) exams.push_back(exam.id);
        if (random.chance(80)) event.rules = some_of(random, rules, 4);
        if (random.chance(80)) event.exams = some_of(random, exams, 7);
      }
    } else {
      event.kind = random.pick(facts);
    }
    data.events.push_back(event);
  }
}

void make_lists(SchoolMaker& maker) {
  auto& random = maker.random;
  auto& data = maker.data;
  const int count = random.chance(50) ? random.between(1, 3) : 0;
  std::set<Date> used;
  for (int number = 0; number < count; ++number) {
    SavedList list;
    list.id = record_id(random);
    list.at = maker.recent_day();
    if (!used.insert(list.at).second) continue;
    list.name = to_string(list.at);
    std::set<std::pair<StudentIndex, int>> keys;
    for (StudentIndex student = 0; student < data.students.size(); ++student) {
      const auto& person = data.students[student];
      const auto begins_later = [&](const Membership& membership) { return membership.days.from > list.at; };
      if (person.transferred && *person.transferred > list.at) continue;
      if (!person.classes.empty() && std::ranges::all_of(person.classes, begins_later)) continue;
      if (!random.chance(40)) continue;
      const int subject = random.chance(70) ? -1 : random.below(static_cast<int>(data.subjects.size()));
      ListItem item;
      item.student = student;
      if (subject >= 0) item.subject = static_cast<SubjectIndex>(subject);
      item.outcome = random.pick(std::array{Outcome::identified, Outcome::pending, Outcome::watch});
      list.items.push_back(item);
    }
    data.lists.push_back(list);
  }
}

ExamChoice make_choice(SchoolMaker& maker, bool may_name_one) {
  auto& random = maker.random;
  ExamChoice choice;
  if (may_name_one && random.chance(8)) {
    choice.id = random.pick(maker.data.exams).id;
    return choice;
  }
  const int kind = random.below(10);
  if (kind < 5) {
    choice.kinds = {random.pick(maker.kinds)};
  } else if (kind < 7) {
    choice.kinds = {ExamKind::final_exam, ExamKind::midterm, ExamKind::monthly, ExamKind::unit};
  } else if (kind < 8) {
    choice.kinds = {random.pick(maker.kinds), random.pick(all_kinds)};
  }
  const int term = random.below(10);
  if (term < 2) choice.term = ExamChoice::TermChoice::current;
  if (term == 2 || term == 3) choice.term = ExamChoice::TermChoice::previous;
  if (term == 4) {
    choice.term = ExamChoice::TermChoice::named;
    choice.term_id = random.pick(maker.data.calendar.terms).id;
  }
  return choice;
}

Line make_line(Random& random) {
  const int kind = random.below(3);
  if (kind == 0) return {Line::Kind::pass, 0};
  if (kind == 1) return {Line::Kind::percent, random.pick(std::array{4000, 5000, 6000, 6000, 3333, 8050})};
  return {Line::Kind::mark, random.pick(std::array{600, 5000, 6000, 6050, 900})};
}

Basis make_basis(SchoolMaker& maker, bool with_missing) {
  auto& random = maker.random;
  Basis basis;
  basis.kind = random.pick(
      std::array{Basis::Kind::any_subject, Basis::Kind::any_subject, Basis::Kind::per_subject, Basis::Kind::average, Basis::Kind::total});
  const bool single = basis.kind == Basis::Kind::any_subject || basis.kind == Basis::Kind::per_subject;
  if (random.chance(single ? 30 : 15)) basis.subjects = some_of(random, maker.data.subjects, 2);
  if (!single && with_missing) {
    basis.missing = random.pick(std::array{MissingMarks::not_judged, MissingMarks::present_only, MissingMarks::zero});
  }
  return basis;
}

Condition make_condition(SchoolMaker& maker) {
  auto& random = maker.random;
  Condition condition;
  condition.kind = random.pick(std::array{Condition::Kind::transferred, Condition::Kind::transferred, Condition::Kind::grade,
                                          Condition::Kind::in_class, Condition::Kind::group, Condition::Kind::cohort});
  if (condition.kind == Condition::Kind::grade) condition.grades = {random.between(6, 10), 8};
  if (condition.kind == Condition::Kind::in_class) condition.names = {random.pick(maker.data.classes).id};
  if (condition.kind == Condition::Kind::group) condition.names = {random.chance(50) ? "left-behind" : "new-here"};
  if (condition.kind == Condition::Kind::cohort) condition.cohorts = {{2024, {7, 8}}, {2025, {random.between(7, 9)}}};
  return condition;
}

void make_run(SchoolMaker& maker, Parameters& parameters) {
  parameters.exam = make_choice(maker, false);
  if (maker.random.chance(60)) parameters.exam = {};
  if (maker.random.chance(30)) parameters.exam.last = maker.random.between(1, 4);
  parameters.times = maker.random.between(1, 3);
}

void make_parameters(SchoolMaker& maker, std::string_view kind, Parameters& parameters) {
  auto& random = maker.random;
  parameters.of = random.chance(50) ? Compared::school_class : Compared::grade;
  if (kind == "mark-below") {
    parameters.exam = make_choice(maker, true);
    parameters.basis = make_basis(maker, true);
    parameters.below = make_line(random);
  } else if (kind == "percentile-below") {
    parameters.exam = make_choice(maker, true);
    parameters.basis = make_basis(maker, true);
    parameters.share = random.pick(std::array{1000, 2000, 2500, 3333, 5000});
  } else if (kind == "standard-score-below") {
    parameters.exam = make_choice(maker, true);
    parameters.basis = make_basis(maker, true);
    parameters.score = random.pick(std::array{-150, -100, -50, 0, 50, -75});
  } else if (kind == "failed-in-a-row") {
    make_run(maker, parameters);
    parameters.basis = make_basis(maker, false);
    parameters.below = make_line(random);
    parameters.ending = random.chance(50) ? RunEnding::latest : RunEnding::any;
    parameters.missing = random.chance(50) ? RunMissing::skip : RunMissing::break_run;
    parameters.within_term = random.chance(30);
  } else if (kind == "failed-of-last") {
    make_run(maker, parameters);
    parameters.exam.last.reset();
    parameters.basis = make_basis(maker, false);
    parameters.below = make_line(random);
    parameters.last = random.between(parameters.times, 5);
  } else if (kind == "failed-subjects") {
    parameters.exam = make_choice(maker, true);
    parameters.times = random.between(1, 3);
    parameters.below = make_line(random);
  } else if (kind == "fall") {
    parameters.exam = make_choice(maker, true);
    parameters.since = make_choice(maker, true);
    if (random.chance(60)) parameters.exam = {};
    if (random.chance(60)) parameters.since.id = random.pick(maker.data.exams).id;
    parameters.basis = make_basis(maker, true);
    parameters.by = random.chance(50) ? FallBy::rank : FallBy::standard_score;
    parameters.score = parameters.by == FallBy::rank ? random.between(1, 4) * 100 : random.pick(std::array{50, 100, 25, 10, 1});
  } else if (kind == "missed-exams") {
    make_run(maker, parameters);
  } else if (kind == "count-at-least") {
    parameters.count = random.chance(70) ? "absences" : "homework-missing";
    parameters.times = random.between(1, 5);
    parameters.window.kind = random.pick(std::array{CountWindow::Kind::term, CountWindow::Kind::year, CountWindow::Kind::days});
    if (parameters.window.kind == CountWindow::Kind::days) parameters.window.days = random.pick(std::array{1, 7, 30, 90, 200});
  } else if (kind == "flagged") {
    std::vector<std::string> indicators;
    for (const auto& indicator : maker.data.policy.indicators) indicators.push_back(indicator.id);
    if (random.chance(70)) parameters.indicators = some_of(random, indicators, 3);
    if (random.chance(40)) parameters.groups = some_of(random, {"left-behind", "new-here"}, 2);
    parameters.times = random.between(1, 2);
  } else if (kind == "listed") {
    std::vector<std::string> students;
    for (const auto& student : maker.data.students) students.push_back(student.id);
    parameters.students = some_of(random, students, 3);
  }
}

Rule make_rule(SchoolMaker& maker, int number) {
  auto& random = maker.random;
  const auto kinds = rule_kinds();
  Rule rule;
  rule.kind_index = random.chance(15) ? 0 : static_cast<std::size_t>(random.below(static_cast<int>(kinds.size())));
  rule.kind = kinds[rule.kind_index].name;
  rule.id = fmt::format("rule-{}", number);
  rule.name = rule.id;
  if (random.chance(10)) rule.in_force.from = maker.any_day();
  if (random.chance(10)) rule.in_force.until = std::max(rule.in_force.from, maker.any_day());
  rule.outcome = random.pick(std::array{Outcome::identified, Outcome::identified, Outcome::pending, Outcome::watch});
  while (random.chance(20)) rule.only.push_back(make_condition(maker));
  while (random.chance(20)) rule.unless.push_back(make_condition(maker));
  if (rule.outcome == Outcome::pending) rule.confirm = Confirm{make_choice(maker, true), make_line(random)};
  make_parameters(maker, rule.kind, rule.parameters);
  return rule;
}

void make_policy(SchoolMaker& maker) {
  auto& random = maker.random;
  auto& policy = maker.data.policy;
  policy.id = "random";
  policy.routine = {ExamKind::final_exam, ExamKind::midterm, ExamKind::monthly, ExamKind::unit};
  policy.transferred_terms = random.between(1, 2);
  if (random.chance(70)) policy.exclude = {"physiological", "other"};
  policy.none_below = random.pick(std::array{1, 2, 3, 5, 10});
  policy.tentative_below = policy.none_below + random.below(6);
  policy.best_of_retests = random.chance(50);
  policy.indicators = {{"inferiority", "自卑", "psychology"}, {"late", "迟到", ""}, {"shy", "内向", "psychology"}};
  policy.groups = {{"left-behind", "留守儿童", ""}, {"new-here", "新来", ""}};
  const int rules = random.between(1, 4);
  for (int number = 0; number < rules; ++number) policy.identify.push_back(make_rule(maker, number));
  if (random.chance(35)) {
    policy.places = Places{random.between(1, 6), random.pick(std::array{PlacesPer::school, PlacesPer::grade, PlacesPer::school_class}),
                           random.chance(50)};
  }
  if (random.chance(30)) {
    MinimumPerTeacher minimum;
    minimum.students = random.between(1, 5);
    if (random.chance(50)) minimum.subjects = some_of(random, maker.data.subjects, 2);
    minimum.nearest = make_choice(maker, true);
    policy.minimum = minimum;
  }
}

Question make_question(SchoolMaker& maker) {
  Question question;
  question.today = maker.today;
  if (maker.random.chance(10)) {
    question.term = static_cast<std::size_t>(maker.random.below(static_cast<int>(maker.data.calendar.terms.size())));
  }
  if (maker.random.chance(10)) question.exam = maker.random.pick(maker.data.exams).id;
  return question;
}

void sort_rows(Exam& exam) {
  const std::size_t width = exam.subjects.size();
  std::vector<std::size_t> order(exam.students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return exam.students[row]; });
  Exam sorted = exam;
  for (std::size_t row = 0; row < order.size(); ++row) {
    sorted.students[row] = exam.students[order[row]];
    for (std::size_t column = 0; column < width; ++column) sorted.marks[row * width + column] = exam.at(order[row], column);
  }
  exam = std::move(sorted);
}

void sort_rows(CountTable& table) {
  const std::size_t width = table.columns.size();
  std::vector<std::size_t> order(table.students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return table.students[row]; });
  CountTable sorted = table;
  for (std::size_t row = 0; row < order.size(); ++row) {
    sorted.students[row] = table.students[order[row]];
    for (std::size_t column = 0; column < width; ++column) sorted.counts[row * width + column] = table.counts[order[row] * width + column];
  }
  table = std::move(sorted);
}

/// Where each old place goes: `moved[old] == new`.
std::vector<std::uint32_t> random_places(Random& random, std::size_t count) {
  std::vector<std::uint32_t> moved(count);
  std::iota(moved.begin(), moved.end(), 0U);
  random.shuffle(moved);
  return moved;
}

template <typename Element>
void move_all(std::vector<Element>& list, const std::vector<std::uint32_t>& moved) {
  std::vector<Element> result(list.size());
  for (std::size_t old = 0; old < list.size(); ++old) result[moved[old]] = std::move(list[old]);
  list = std::move(result);
}

void shuffle_columns(Random& random, Exam& exam) {
  const auto moved = random_places(random, exam.subjects.size());
  const Exam before = exam;
  for (std::size_t column = 0; column < moved.size(); ++column) {
    exam.subjects[moved[column]] = before.subjects[column];
    for (std::size_t row = 0; row < exam.students.size(); ++row) exam.marks[row * moved.size() + moved[column]] = before.at(row, column);
  }
}

void renumber_students(Dataset& data, const std::vector<std::uint32_t>& moved) {
  for (auto& exam : data.exams) {
    for (auto& student : exam.students) student = moved[student];
  }
  for (auto& table : data.counts) {
    for (auto& student : table.students) student = moved[student];
  }
  for (auto& event : data.events) event.student = moved[event.student];
  for (auto& list : data.lists) {
    for (auto& item : list.items) item.student = moved[item.student];
  }
}

void renumber_subjects(Dataset& data, const std::vector<std::uint32_t>& moved) {
  for (auto& exam : data.exams) {
    for (auto& subject : exam.subjects) subject.subject = moved[subject.subject];
  }
  for (auto& line : data.teaching) line.subject = moved[line.subject];
  for (auto& event : data.events) {
    if (event.subject) event.subject = moved[*event.subject];
  }
  for (auto& list : data.lists) {
    for (auto& item : list.items) {
      if (item.subject) item.subject = moved[*item.subject];
    }
  }
}

}  // namespace

std::uint64_t schools_to_try(std::uint64_t usual) {
  const char* asked = std::getenv("HELP_PROPERTY_SCHOOLS");
  return asked == nullptr ? usual : std::strtoull(asked, nullptr, 10);
}

std::uint64_t first_seed() {
  const char* asked = std::getenv("HELP_PROPERTY_SEED");
  return asked == nullptr ? 1 : std::strtoull(asked, nullptr, 10);
}

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

int Random::below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }

RandomSchool random_school(std::uint64_t seed) {
  RandomSchool school;
  school.seed = seed;
  Random random(seed);
  SchoolMaker maker{random, school.data};
  school.data.school.name = "random";
  make_calendar(maker);
  school.data.subjects = some_of(random, {"语文", "数学", "英语", "科学"}, 4);
  make_classes(maker);
  make_students(maker);
  make_staff_and_teaching(maker);
  make_exams(maker);
  make_counts(maker);
  make_policy(maker);
  make_events(maker);
  make_lists(maker);
  school.question = make_question(maker);
  put_in_order(school.data);
  return school;
}

void put_in_order(Dataset& data) {
  std::ranges::sort(data.exams, [](const Exam& a, const Exam& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
  std::ranges::sort(data.events, [](const Event& a, const Event& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
  std::ranges::sort(data.counts,
                    [](const CountTable& a, const CountTable& b) { return std::tie(a.days.from, a.id) < std::tie(b.days.from, b.id); });
  std::ranges::stable_sort(data.lists, {}, &SavedList::at);
  for (auto& exam : data.exams) sort_rows(exam);
  for (auto& table : data.counts) sort_rows(table);
  data.index();
}

Dataset shuffled(const Dataset& data, Random& random) {
  Dataset result = data;
  const auto students = random_places(random, data.students.size());
  move_all(result.students, students);
  renumber_students(result, students);
  const auto subjects = random_places(random, data.subjects.size());
  move_all(result.subjects, subjects);
  renumber_subjects(result, subjects);
  const auto classes = random_places(random, data.classes.size());
  move_all(result.classes, classes);
  for (auto& student : result.students) {
    for (auto& membership : student.classes) membership.in = classes[membership.in];
    random.shuffle(student.classes);
    random.shuffle(student.groups);
  }
  const auto staff = random_places(random, data.staff.size());
  move_all(result.staff, staff);
  for (auto& line : result.teaching) {
    line.in = classes[line.in];
    line.staff = staff[line.staff];
  }
  random.shuffle(result.teaching);
  for (auto& exam : result.exams) shuffle_columns(random, exam);
  for (auto& list : result.lists) random.shuffle(list.items);
  put_in_order(result);
  return result;
}

Dataset without_late_arrivals(const Dataset& data, Date today) {
  Dataset result = data;
  for (auto student = static_cast<StudentIndex>(data.students.size()); student-- > 0;) {
    const auto& person = data.students[student];
    const auto begins_later = [&](const Membership& membership) { return membership.days.from > today; };
    const bool arrives_later =
        person.classes.empty() ? person.transferred && *person.transferred > today : std::ranges::all_of(person.classes, begins_later);
    if (arrives_later) result = without_student(result, student);
  }
  return result;
}

Dataset without_future(const Dataset& data, Date today) {
  Dataset result = data;
  std::erase_if(result.exams, [&](const Exam& exam) { return exam.date > today; });
  std::erase_if(result.events, [&](const Event& event) { return event.date > today; });
  std::erase_if(result.lists, [&](const SavedList& list) { return list.at > today; });
  std::erase_if(result.counts, [&](const CountTable& table) { return table.days.until > today; });
  for (auto& student : result.students) {
    if (student.transferred && *student.transferred > today) student.transferred.reset();
    if (student.left && *student.left > today) student.left.reset();
    std::erase_if(student.classes, [&](const Membership& membership) { return membership.days.from > today; });
    std::erase_if(student.groups, [&](const GroupMembership& membership) { return membership.days.from > today; });
  }
  std::erase_if(result.teaching, [&](const Teaching& line) { return line.days.from > today; });
  put_in_order(result);
  return result;
}

Dataset without_student(const Dataset& data, StudentIndex student) {
  Dataset result = data;
  result.students.erase(result.students.begin() + student);
  std::vector<std::uint32_t> moved(data.students.size());
  for (std::uint32_t old = 0; old < moved.size(); ++old) moved[old] = old > student ? old - 1 : old;
  for (auto& exam : result.exams) {
    if (const auto row = exam.row_of(student)) {
      const auto width = static_cast<std::ptrdiff_t>(exam.subjects.size());
      const auto at = static_cast<std::ptrdiff_t>(*row);
      exam.students.erase(exam.students.begin() + at);
      exam.marks.erase(exam.marks.begin() + at * width, exam.marks.begin() + (at + 1) * width);
    }
  }
  for (auto& table : result.counts) {
    const auto found = std::ranges::find(table.students, student);
    if (found == table.students.end()) continue;
    const auto width = static_cast<std::ptrdiff_t>(table.columns.size());
    const auto at = found - table.students.begin();
    table.students.erase(found);
    table.counts.erase(table.counts.begin() + at * width, table.counts.begin() + (at + 1) * width);
  }
  std::erase_if(result.events, [&](const Event& event) { return event.student == student; });
  for (auto& list : result.lists) std::erase_if(list.items, [&](const ListItem& item) { return item.student == student; });
  renumber_students(result, moved);
  put_in_order(result);
  return result;
}

namespace {

std::string text_of(const Period& period) {
  return fmt::format("{}..{}", period.from == Date::min() ? "" : to_string(period.from),
                     period.until == Date::max() ? "" : to_string(period.until));
}

std::string text_of(const ExamChoice& choice) {
  std::string text = "{";
  for (const auto kind : choice.kinds) text += fmt::format("{} ", word_of(kind));
  constexpr std::array terms{"any", "current", "previous", "named"};
  text += fmt::format("term={} {}", terms[static_cast<std::size_t>(choice.term)], choice.term_id);
  if (!choice.id.empty()) text += " id=" + choice.id;
  if (choice.last) text += fmt::format(" last={}", *choice.last);
  return text + "}";
}

std::string text_of(const Line& line) {
  if (line.kind == Line::Kind::pass) return "pass";
  return hundredths_to_string(line.value) + (line.kind == Line::Kind::percent ? "%" : "");
}

std::string text_of(const Basis& basis) {
  constexpr std::array kinds{"any-subject", "per-subject", "average", "total"};
  constexpr std::array missing{"not-judged", "present-only", "zero"};
  return fmt::format("{}[{}] missing={}", kinds[static_cast<std::size_t>(basis.kind)], fmt::join(basis.subjects, " "),
                     missing[static_cast<std::size_t>(basis.missing)]);
}

std::string text_of(const Condition& condition) {
  constexpr std::array kinds{"transferred", "grade", "class", "group", "cohort"};
  std::string text = fmt::format("{}({} {}", kinds[static_cast<std::size_t>(condition.kind)], fmt::join(condition.grades, ","),
                                 fmt::join(condition.names, ","));
  for (const auto& [year, grades] : condition.cohorts) text += fmt::format(" {}:{}", year, fmt::join(grades, ","));
  return text + ")";
}

std::string text_of(const Rule& rule) {
  const auto& with = rule.parameters;
  std::string text = fmt::format("rule {} {} in-force {} outcome {}\n", rule.id, rule.kind, text_of(rule.in_force), word_of(rule.outcome));
  for (const auto& condition : rule.only) text += "    only " + text_of(condition) + "\n";
  for (const auto& condition : rule.unless) text += "    unless " + text_of(condition) + "\n";
  if (rule.confirm) text += fmt::format("    confirm {} below {}\n", text_of(rule.confirm->exam), text_of(rule.confirm->below));
  text += fmt::format("    exam {} since {} basis {} below {} share {} score {} times {} last {} ending {} missing {} within-term {}\n",
                      text_of(with.exam), text_of(with.since), text_of(with.basis), text_of(with.below), with.share, with.score, with.times,
                      with.last, with.ending == RunEnding::any ? "any" : "latest", with.missing == RunMissing::skip ? "skip" : "break",
                      with.within_term);
  text += fmt::format("    of {} by {} count {} window {}/{} indicators {} groups {} students {}\n",
                      with.of == Compared::grade ? "grade" : "class", with.by == FallBy::rank ? "rank" : "score", with.count,
                      static_cast<int>(with.window.kind), with.window.days, fmt::join(with.indicators, ","), fmt::join(with.groups, ","),
                      fmt::join(with.students, ","));
  return text;
}

std::string text_of_policy(const Policy& policy) {
  std::string text =
      fmt::format("policy transferred-for {} exclude {} none-below {} tentative-below {} retest {}\n", policy.transferred_terms,
                  fmt::join(policy.exclude, ","), policy.none_below, policy.tentative_below, policy.best_of_retests ? "best" : "latest");
  if (policy.places) {
    constexpr std::array per{"school", "grade", "class"};
    text += fmt::format("places {} per {} ties {}\n", policy.places->count, per[static_cast<std::size_t>(policy.places->per)],
                        policy.places->ties ? "all" : "none");
  }
  if (policy.minimum) {
    text += fmt::format("minimum {} subjects {} nearest {}\n", policy.minimum->students, fmt::join(policy.minimum->subjects, ","),
                        text_of(policy.minimum->nearest));
  }
  for (const auto& rule : policy.identify) text += text_of(rule);
  return text;
}

}  // namespace

std::string describe(const Dataset& data, const Question& question) {
  std::string text = "today " + to_string(question.today);
  if (question.term) text += " --term " + data.calendar.terms[*question.term].id;
  if (question.exam) text += " --exam " + *question.exam;
  text += "\n" + text_of_policy(data.policy);
  for (const auto& term : data.calendar.terms) text += fmt::format("term {} year {} {}\n", term.id, term.year, text_of(term.days));
  for (const auto& made : data.classes) text += fmt::format("class {} cohort {} entry {}\n", made.id, made.cohort, made.entry_grade);
  for (const auto& student : data.students) {
    text += "student " + student.id;
    for (const auto& membership : student.classes) text += fmt::format(" {} {}", data.classes[membership.in].id, text_of(membership.days));
    if (student.transferred) text += " transferred " + to_string(*student.transferred);
    if (student.left) text += " left " + to_string(*student.left);
    for (const auto& group : student.groups) text += fmt::format(" {} {}", group.group, text_of(group.days));
    text += "\n";
  }
  for (const auto& line : data.teaching) {
    text += fmt::format("teaching {} {} {} {}\n", data.staff[line.staff].id, data.subjects[line.subject], data.classes[line.in].id,
                        text_of(line.days));
  }
  for (const auto& exam : data.exams) {
    text += fmt::format("exam {} {} term {} retests '{}'", exam.id, word_of(exam.kind), data.calendar.terms[exam.term].id, exam.retests);
    for (const auto& subject : exam.subjects) {
      text +=
          fmt::format(" {} {}/{}", data.subjects[subject.subject], hundredths_to_string(subject.pass), hundredths_to_string(subject.full));
    }
    text += "\n";
    for (std::size_t row = 0; row < exam.students.size(); ++row) {
      text += "   " + data.students[exam.students[row]].id;
      for (std::size_t column = 0; column < exam.subjects.size(); ++column) text += " " + to_string(exam.at(row, column));
      text += "\n";
    }
  }
  for (const auto& table : data.counts) {
    text += fmt::format("counts {} {} {}:", table.id, text_of(table.days), fmt::join(table.columns, " "));
    for (std::size_t row = 0; row < table.students.size(); ++row) {
      text += " " + data.students[table.students[row]].id;
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        text += fmt::format(" {}", table.counts[row * table.columns.size() + column]);
      }
    }
    text += "\n";
  }
  for (const auto& event : data.events) {
    text += fmt::format("event {} {} {} {} {} {} {} rules {} exams {}\n", event.id, to_string(event.date), word_of(event.kind),
                        data.students[event.student].id, event.subject ? data.subjects[*event.subject] : "-", event.basis, event.indicator,
                        fmt::join(event.rules, ","), fmt::join(event.exams, ","));
  }
  for (const auto& list : data.lists) {
    text += fmt::format("list {}:", to_string(list.at));
    for (const auto& item : list.items) {
      text += fmt::format(" {}/{}", data.students[item.student].id, item.subject ? data.subjects[*item.subject] : "-");
    }
    text += "\n";
  }
  return text;
}

}  // namespace help::test
