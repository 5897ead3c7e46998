// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/school_days.hpp"
#include "property/cadence_oracle.hpp"
#include "rules/obligations.hpp"
#include "support/random_school.hpp"

namespace help::test {
namespace {

using std::chrono::days;

constexpr InteractionKindIndex talk = 0;
constexpr InteractionKindIndex visit = 1;
constexpr InteractionKindIndex call = 2;

std::uint64_t schools_to_try(std::uint64_t usual) {
  const char* asked = std::getenv("HELP_PROPERTY_SCHOOLS");
  return asked == nullptr ? usual : std::strtoull(asked, nullptr, 10);
}

std::uint64_t first_seed() {
  const char* asked = std::getenv("HELP_PROPERTY_SEED");
  return asked == nullptr ? 1 : std::strtoull(asked, nullptr, 10);
}

/// A tiny school with everything that cadence looks at.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Dataset make() {
    calendar();
    people();
    cases();
    policy();
    log();
    data_.index();
    return std::move(data_);
  }
  [[nodiscard]] Date today() const { return today_; }

 private:
  Date any_day() { return start_ + days{random_.below(length_)}; }
  Period any_days(int longest) {
    const Date from = any_day();
    return {from, from + days{random_.below(longest)}};
  }

  void calendar() {
    start_ = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + days{random_.below(330)};
    Date from = start_;
    const int terms = random_.between(1, 2);
    for (int term = 0; term < terms; ++term) {
      const int length = random_.between(12, 40);
      Term made{.id = "t" + std::to_string(term),
                .name = {},
                .year = 2026 + (random_.chance(30) ? term : 0),
                .days = {from, from + days{length - 1}}};
      if (term > 0) made.year = std::max(made.year, data_.calendar.terms.back().year);
      made.midterm = from + days{length / 2};
      data_.calendar.terms.push_back(made);
      from = made.days.until + days{random_.between(1, 20)};
    }
    length_ = static_cast<int>((data_.calendar.terms.back().days.until - start_).count()) + 8;
    if (random_.chance(40)) data_.calendar.breaks.push_back({"b", any_days(9)});
    if (random_.chance(40)) data_.calendar.make_up_days.push_back({any_day(), ""});
    if (random_.chance(30)) {
      Closure closure{.days = any_days(6), .because = {}, .classes = {}, .grades = {}};
      if (random_.chance(50)) closure.classes = {"c0"};
      if (random_.chance(20)) closure.grades = {7};
      data_.calendar.closures.push_back(closure);
    }
    if (random_.chance(20)) data_.calendar.week.days = 0b0111111;
    today_ = start_ + days{random_.below(length_ + 4)};
  }

  void people() {
    data_.subjects = {"语文", "数学"};
    const int staff = random_.between(2, 4);
    for (int index = 0; index < staff; ++index) {
      Staff made{.id = "T" + std::to_string(index), .name = {}, .roles = {}, .left = {}, .leave = {}};
      if (index == 0 || random_.chance(30)) {
        made.roles.push_back({"dean", random_.chance(50) ? Period{} : any_days(60), {}, {}, {}, {}});
      }
      if (random_.chance(10)) made.left = any_day();
      if (random_.chance(35)) {
        Leave leave{any_days(10), {}, {}};
        if (random_.chance(50)) leave.substitute = static_cast<StaffIndex>(random_.below(staff));
        if (leave.substitute == static_cast<StaffIndex>(index)) leave.substitute.reset();
        made.leave.push_back(leave);
      }
      data_.staff.push_back(made);
    }
    for (int index = 0; index < 2; ++index) {
      SchoolClass made{.id = "c" + std::to_string(index), .name = {}, .cohort = 2026, .entry_grade = 7 + index, .leaders = {}};
      if (random_.chance(30)) {
        const Date change = any_day();
        made.leaders = {{teacher(), {Date::min(), change}}, {teacher(), {change + days{1}, Date::max()}}};
      } else {
        made.leaders = {{teacher(), {}}};
      }
      data_.classes.push_back(made);
    }
    const int students = random_.between(1, 2);
    for (int index = 0; index < students; ++index) {
      Student made;
      made.id = "S" + std::to_string(index);
      made.classes = {{static_cast<ClassIndex>(random_.below(2)), {}}};
      if (random_.chance(15)) {
        const Date change = any_day();
        made.classes = {{0, {Date::min(), change}}, {1, {change + days{1}, Date::max()}}};
      }
      if (random_.chance(10)) made.left = any_day();
      if (random_.chance(30)) made.leave.push_back({any_days(10), {}, {}});
      data_.students.push_back(made);
    }
  }

  StaffIndex teacher() { return static_cast<StaffIndex>(random_.below(static_cast<int>(data_.staff.size()))); }

  void cases() {
    data_.policy.exclude = {"physiological"};
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const int events = random_.between(1, 3);
      for (int index = 0; index < events; ++index) {
        Event event;
        event.date = index == 0 && random_.chance(60) ? start_ - days{3} : any_day();
        event.student = student;
        static const std::vector<EventKind> kinds{EventKind::confirmed, EventKind::released, EventKind::reopened,
                                                  EventKind::excluded,  EventKind::included, EventKind::pending};
        event.kind = index == 0 ? EventKind::confirmed : random_.pick(kinds);
        if (event.kind == EventKind::excluded) event.basis = random_.chance(70) ? "physiological" : "unknown";
        if (random_.chance(30)) event.subject = static_cast<SubjectIndex>(random_.below(2));
        data_.events.push_back(event);
      }
      const int pairs = random_.below(3);
      for (int index = 0; index < pairs; ++index) {
        Pair pair;
        pair.id = "p" + std::to_string(data_.pairs.size());
        pair.student = student;
        pair.staff = teacher();
        pair.role = "mentor";
        pair.days = {random_.chance(40) ? start_ - days{3} : any_day(), Date::max()};
        if (random_.chance(50)) pair.days.until = pair.days.from + days{random_.below(40)};
        data_.pairs.push_back(pair);
      }
    }
    std::ranges::stable_sort(data_.events, {}, &Event::date);
    std::ranges::stable_sort(data_.pairs, {}, [](const Pair& pair) { return pair.days.from; });
    const int exams = random_.below(4);
    for (int index = 0; index < exams; ++index) {
      Exam exam;
      exam.id = "e" + std::to_string(index);
      exam.kind = random_.chance(70) ? ExamKind::unit : ExamKind::monthly;
      exam.date = any_day();
      exam.students = {static_cast<StudentIndex>(random_.below(static_cast<int>(data_.students.size())))};
      if (random_.chance(10)) exam.retests = "e0";
      data_.exams.push_back(exam);
    }
    std::ranges::stable_sort(data_.exams, {}, &Exam::date);
  }

  void policy() {
    data_.policy.kinds = {
        {.id = "talk", .name = {}, .source = {}}, {.id = "visit", .name = {}, .source = {}}, {.id = "call", .name = {}, .source = {}}};
    const int duties = random_.between(1, 2);
    for (int index = 0; index < duties; ++index) data_.policy.cadence.duties.push_back(duty("d" + std::to_string(index)));
    data_.policy.cadence.due_soon = random_.between(0, 3);
  }

  Duty duty(std::string id) {
    Duty made;
    made.id = std::move(id);
    static const std::vector<DutyFor> targets{DutyFor::student_case, DutyFor::student_case, DutyFor::pair, DutyFor::school_class,
                                              DutyFor::school};
    made.target = random_.pick(targets);
    if (made.target == DutyFor::pair || (made.target == DutyFor::student_case && random_.chance(40))) {
      made.who = {{DutyHolder::Kind::role, "mentor"}};
    } else if (made.target == DutyFor::school || random_.chance(30)) {
      made.who = {{DutyHolder::Kind::role, "dean"}};
    } else {
      made.who = {{DutyHolder::Kind::class_teacher, "class-teacher"}};
      if (random_.chance(20)) made.who.push_back({DutyHolder::Kind::role, "dean"});
    }
    made.satisfied = random_.chance(50) ? std::vector<InteractionKindIndex>{talk} : std::vector<InteractionKindIndex>{talk, visit};
    made.substitutes = random_.chance(30);
    if (random_.chance(15)) made.to = {"parents", "office"};
    if (random_.chance(15)) made.needs = bit_of(InteractionField::note);
    if (random_.chance(10)) made.in_force.from = any_day();
    made.make_up = std::vector{MakeUp::none, MakeUp::window, MakeUp::window, MakeUp::term}[static_cast<std::size_t>(random_.below(4))];
    const int form = random_.below(10);
    if (form < 7) {
      every(made);
    } else if (form < 9) {
      made.timing = Timing::after;
      made.within_days = random_.between(0, 9);
      made.after.kind = Trigger::Kind::exam;
      made.after.exams = {ExamKind::unit};
      if (made.target == DutyFor::student_case && random_.chance(30)) {
        made.after.kind = Trigger::Kind::event;
        made.after.events = {EventKind::confirmed, EventKind::reopened};
      }
    } else {
      made.timing = Timing::once;
      made.at_least = random_.between(1, 2);
      static const std::vector<DueDay::Kind> kinds{DueDay::Kind::term_start, DueDay::Kind::term_middle, DueDay::Kind::term_end,
                                                   DueDay::Kind::before_term};
      made.due = {{.kind = random_.pick(kinds), .weekday = 0, .date = {}}};
    }
    return made;
  }

  void every(Duty& made) {
    static const std::vector<Every> units{Every::week,  Every::week,       Every::week, Every::two_weeks, Every::half_month,
                                          Every::month, Every::school_day, Every::day,  Every::term,      Every::year};
    made.every = random_.pick(units);
    const bool daily = made.every == Every::day || made.every == Every::school_day;
    if (daily && made.make_up == MakeUp::term) made.make_up = MakeUp::window;
    made.at_least = random_.chance(60) ? 1 : random_.between(1, 3);
    static const std::vector<LateStart> starts{LateStart::next_window, LateStart::at_once, LateStart::share};
    made.start = random_.pick(starts);
    if (random_.chance(25)) made.floor = random_.below(4);
    static const std::vector<During::Kind> during{During::Kind::term,     During::Kind::term,   During::Kind::term,
                                                  During::Kind::holidays, During::Kind::always, During::Kind::months};
    made.during.kind = random_.pick(during);
    made.during.months = static_cast<std::uint16_t>(random_.below(4096));
    const bool weekly = made.every == Every::week || made.every == Every::two_weeks;
    const bool monthly = made.every == Every::month || made.every == Every::half_month;
    if (weekly && random_.chance(50))
      made.due = {{.kind = DueDay::Kind::weekday, .weekday = static_cast<unsigned>(random_.below(7)), .date = {}}};
    if (monthly && random_.chance(50)) made.due = {{.kind = DueDay::Kind::month_end, .weekday = 0, .date = {}}};
    if (made.every == Every::term && random_.chance(50)) {
      made.due = {{.kind = random_.chance(50) ? DueDay::Kind::term_start : DueDay::Kind::term_middle, .weekday = 0, .date = {}}};
    }
  }

  void log() {
    const int entries = random_.below(8);
    std::vector<Date> dates;
    for (int index = 0; index < entries; ++index) dates.push_back(any_day());
    std::ranges::sort(dates);
    for (const Date date : dates) {
      Interaction entry;
      entry.id = data_.log.entries.size();
      entry.date = date;
      entry.kind = static_cast<InteractionKindIndex>(random_.chance(80) ? talk : random_.between(visit, call));
      entry.owner = {Party::Kind::staff, teacher()};
      entry.by = random_.chance(85) ? entry.owner : Party{Party::Kind::staff, teacher()};
      if (random_.chance(80)) entry.given |= bit_of(InteractionField::note);
      entry.first_student = static_cast<std::uint32_t>(data_.log.students.size());
      for (StudentIndex student = 0; student < data_.students.size(); ++student) {
        if (!random_.chance(75)) continue;
        data_.log.students.push_back(student);
        ++entry.student_count;
      }
      if (random_.chance(70)) entry.in_class = static_cast<std::uint32_t>(random_.below(2));
      if (random_.chance(40)) {
        InteractionWords words;
        if (random_.chance(70)) words.to.emplace_back("parents");
        if (random_.chance(50)) words.to.emplace_back("office");
        entry.words = static_cast<std::uint32_t>(data_.log.words.size());
        data_.log.words.push_back(words);
      }
      data_.log.entries.push_back(entry);
    }
  }

  Random random_;
  Dataset data_;
  Date start_;
  Date today_;
  int length_ = 0;
};

std::vector<std::string> lines_of(const Dataset& data, const Obligations& all) {
  std::vector<std::string> lines;
  for (const Obligation& item : all.items) {
    std::string owers;
    std::set<std::string> named;
    for (const Ower& ower : all.owers_of(item)) {
      named.insert(" " + data.staff[ower.party.index].id + (ower.acts_for ? "(" + data.staff[ower.acts_for->index].id + ")" : ""));
    }
    for (const auto& one : named) owers += one;
    std::string entries;
    for (const JudgedEntry& entry : all.entries_of(item)) entries += " " + std::to_string(entry.entry);
    const std::string kind = item.target.kind == Target::Kind::student        ? "student"
                             : item.target.kind == Target::Kind::pair         ? "pair"
                             : item.target.kind == Target::Kind::school_class ? "class"
                                                                              : "school";
    lines.push_back(data.policy.cadence.duties[item.duty].id + " " + kind + std::to_string(item.target.index) + " by" + owers + " " +
                    to_string(item.first) + ".." + to_string(item.last) + " due " + to_string(item.due) + " " +
                    std::string(word_of(item.state)) + " " + std::string(word_of(item.waiver)) + " " + std::to_string(item.served) + "/" +
                    std::to_string(item.owed) + " overdue " + std::to_string(item.overdue_days) + " entries" + entries);
  }
  std::ranges::sort(lines);
  return lines;
}

/// Enough of the school to follow a failure.
std::string described(const Dataset& data) {
  const auto days_of = [](const Period& period) {
    return (period.from == Date::min() ? "" : to_string(period.from)) + ".." + (period.until == Date::max() ? "" : to_string(period.until));
  };
  std::string all;
  for (const auto& term : data.calendar.terms) all += "term " + std::to_string(term.year) + " " + days_of(term.days) + "\n";
  for (const auto& each : data.calendar.breaks) all += "break " + days_of(each.days) + "\n";
  for (const auto& each : data.calendar.make_up_days) all += "make-up " + to_string(each.date) + "\n";
  for (const auto& each : data.calendar.closures) all += "closure " + days_of(each.days) + (each.classes.empty() ? "" : " c0") + "\n";
  for (const auto& duty : data.policy.cadence.duties) {
    all += duty.id + " for " + std::to_string(static_cast<int>(duty.target)) + " timing " + std::to_string(static_cast<int>(duty.timing)) +
           " every " + std::string(word_of(duty.every)) + " n " + std::to_string(duty.at_least) + " during " +
           std::to_string(static_cast<int>(duty.during.kind)) + " months " + std::to_string(duty.during.months) + " make-up " +
           std::to_string(static_cast<int>(duty.make_up)) + " start " + std::to_string(static_cast<int>(duty.start)) + " floor " +
           std::to_string(duty.floor.value_or(-1)) + " within " + std::to_string(duty.within_days) + " by " +
           std::to_string(duty.due.empty() ? -1 : static_cast<int>(duty.due.front().kind)) + " substitutes " +
           std::to_string(duty.substitutes) + "\n";
  }
  for (const auto& pair : data.pairs)
    all += "pair S" + std::to_string(pair.student) + " T" + std::to_string(*pair.staff) + " " + days_of(pair.days) + "\n";
  for (const auto& staff : data.staff) {
    for (const auto& leave : staff.leave) {
      all += staff.id + " leave " + days_of(leave.days) + (leave.substitute ? " T" + std::to_string(*leave.substitute) : "") + "\n";
    }
  }
  for (const auto& event : data.events)
    all += "event S" + std::to_string(event.student) + " " + std::string(word_of(event.kind)) + " " + to_string(event.date) + "\n";
  for (const auto& entry : data.log.entries) {
    all += "entry " + to_string(entry.date) + " kind " + std::to_string(entry.kind) + " T" + std::to_string(entry.by.index) + " of T" +
           std::to_string(entry.owner.index) + " students " + std::to_string(entry.student_count) + "\n";
  }
  return all;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += line + "\n";
  return all;
}

}  // namespace

TEST_CASE("What is owed is what the oracle says") {
  const std::uint64_t first = first_seed();
  const std::uint64_t count = schools_to_try(10'000);
  int shown = 0;
  std::size_t obligations_seen = 0;
  for (std::uint64_t seed = first; seed < first + count && shown < 3; ++seed) {
    Maker maker(seed);
    const Dataset data = maker.make();
    const Date today = maker.today();
    const auto found = lines_of(data, obligations(data, {.today = today}));
    const auto expected = ask_cadence_oracle(data, today);
    obligations_seen += found.size();
    if (found == expected) continue;
    ++shown;
    FAIL_CHECK("seed " << seed << ", today " << to_string(today) << "\n"
                       << described(data) << "engine:\n"
                       << joined(found) << "oracle:\n"
                       << joined(expected));
  }
  MESSAGE("obligations compared: " << obligations_seen);
}

}  // namespace help::test
