// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <map>
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

constexpr InteractionKindIndex talk = 0;
constexpr InteractionKindIndex visit = 1;
constexpr InteractionKindIndex call = 2;

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
  Date any_day() { return start_ + Days{random_.below(length_)}; }
  Period any_days(int longest) {
    const Date from = any_day();
    return {from, from + Days{random_.below(longest)}};
  }

  /// The last days of the first term, whence the holidays are crossed.
  Date near_term_end() { return data_.calendar.terms.front().days.until - Days{random_.below(5)}; }

  void calendar() {
    start_ = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + Days{random_.below(330)};
    Date from = start_;
    const int terms = random_.between(1, 2);
    for (int term = 0; term < terms; ++term) {
      const int length = random_.between(12, 40);
      Term made{.id = "t" + std::to_string(term),
                .name = {},
                .year = 2026 + (random_.chance(30) ? term : 0),
                .days = {from, from + Days{length - 1}}};
      if (term > 0) made.year = std::max(made.year, data_.calendar.terms.back().year);
      made.midterm = from + Days{length / 2};
      data_.calendar.terms.push_back(made);
      from = made.days.until + Days{random_.between(1, 20)};
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
    if (random_.chance(15)) data_.calendar.week.by_grade = {{8, std::uint8_t{0b1010110}}};
    today_ = random_.chance(15) ? near_term_end() : start_ + Days{random_.below(length_ + 4)};
  }

  void people() {
    data_.subjects = {"语文", "数学"};
    const int staff = random_.between(2, 4);
    for (int index = 0; index < staff; ++index) {
      Staff made{.id = "T" + std::to_string(index), .name = {}, .roles = {}, .left = {}, .leave = {}};
      if (index == 0 || random_.chance(30)) {
        Role role{"dean", random_.chance(50) ? Period{} : any_days(60), {}, {}, {}, {}};
        if (random_.chance(15)) role.in_class = static_cast<ClassIndex>(random_.below(2));
        if (random_.chance(15)) role.grade = random_.between(7, 8);
        made.roles.push_back(role);
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
        made.leaders = {{teacher(), {Date::min(), change}}, {teacher(), {change + Days{1}, Date::max()}}};
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
        made.classes = {{0, {Date::min(), change}}, {1, {change + Days{1}, Date::max()}}};
      }
      if (random_.chance(10)) made.classes.front().days.from = any_day();
      if (random_.chance(10)) made.left = any_day();
      if (random_.chance(30)) made.leave.push_back({any_days(10), {}, {}});
      if (random_.chance(30)) made.groups.push_back({"left-behind", random_.chance(50) ? Period{} : any_days(40)});
      if (random_.chance(20)) made.transferred = any_day();
      data_.students.push_back(made);
    }
    teaching();
    bodies();
  }

  void teaching() {
    const int rows = random_.below(5);
    for (int row = 0; row < rows; ++row) {
      data_.teaching.push_back({teacher(), static_cast<SubjectIndex>(random_.below(2)), static_cast<ClassIndex>(random_.below(2)),
                                random_.chance(60) ? Period{} : any_days(60)});
    }
  }

  void bodies() {
    const int bodies = random_.below(4);
    for (int index = 0; index < bodies; ++index) {
      Body body{.id = "B" + std::to_string(index),
                .name = {},
                .kind = random_.chance(60) ? "agency" : "office",
                .parent = {},
                .members = {},
                .responsible = {}};
      if (random_.chance(70)) body.responsible.push_back({teacher(), random_.chance(60) ? Period{} : any_days(60)});
      if (random_.chance(60)) body.members.push_back({data_.staff[teacher()].id, random_.chance(60) ? Period{} : any_days(60)});
      if (random_.chance(30)) body.members.push_back({"S0", Period{}});
      if (index > 0 && random_.chance(30)) data_.staff[0].roles.push_back({"dean", {}, {}, {}, static_cast<BodyIndex>(index), {}});
      data_.bodies.push_back(body);
    }
  }

  StaffIndex teacher() { return static_cast<StaffIndex>(random_.below(static_cast<int>(data_.staff.size()))); }

  void cases() {
    data_.policy.exclude = {"physiological"};
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const int events = random_.between(1, 3);
      for (int index = 0; index < events; ++index) {
        Event event;
        event.date = index == 0 && random_.chance(60) ? start_ - Days{3} : any_day();
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
        pair_up(pair);
        pair.days = {random_.chance(40) ? start_ - Days{3} : any_day(), Date::max()};
        if (random_.chance(50)) pair.days.until = pair.days.from + Days{random_.below(40)};
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
      exam.date = random_.chance(25) ? near_term_end() : any_day();
      exam.students = {static_cast<StudentIndex>(random_.below(static_cast<int>(data_.students.size())))};
      exam.subjects = {{static_cast<SubjectIndex>(random_.below(2)), 100'00, 60'00}};
      exam.marks.resize(1);
      if (random_.chance(10)) exam.retests = "e0";
      data_.exams.push_back(exam);
    }
    std::ranges::stable_sort(data_.exams, {}, &Exam::date);
  }

  void pair_up(Pair& pair) {
    if (data_.students.size() > 1 && random_.chance(20)) {
      pair.peer = static_cast<StudentIndex>(1 - pair.student);
      pair.role = "peer";
    } else if (!data_.bodies.empty() && random_.chance(20)) {
      pair.body = static_cast<BodyIndex>(random_.below(static_cast<int>(data_.bodies.size())));
      pair.role = "agency";
    } else {
      pair.staff = teacher();
      pair.role = "mentor";
    }
  }

  Party anybody() {
    if (random_.chance(15))
      return {Party::Kind::student, static_cast<std::uint32_t>(random_.below(static_cast<int>(data_.students.size())))};
    if (!data_.bodies.empty() && random_.chance(20)) {
      return {Party::Kind::body, static_cast<std::uint32_t>(random_.below(static_cast<int>(data_.bodies.size())))};
    }
    return {Party::Kind::staff, teacher()};
  }

  PolicyDate any_date() {
    const std::chrono::year_month_day day{any_day()};
    return {random_.chance(30) ? std::optional(static_cast<int>(day.year())) : std::nullopt, static_cast<unsigned>(day.month()),
            static_cast<unsigned>(day.day())};
  }

  void phases() {
    const int count = random_.below(3);
    for (int index = 0; index < count; ++index) {
      Phase phase{.id = "ph" + std::to_string(index), .name = {}, .from = any_date(), .until = any_date(), .who = {}, .source = {}};
      phase.from.year.reset();
      phase.until.year.reset();
      if (random_.chance(40)) {
        const Period stretch = any_days(50);
        const auto as_date = [](Date day) {
          const std::chrono::year_month_day named{day};
          return PolicyDate{static_cast<int>(named.year()), static_cast<unsigned>(named.month()), static_cast<unsigned>(named.day())};
        };
        phase.from = as_date(stretch.from);
        phase.until = as_date(stretch.until);
      }
      data_.policy.cadence.phases.push_back(phase);
    }
  }

  Condition condition() {
    Condition made;
    static const std::vector<Condition::Kind> kinds{Condition::Kind::transferred, Condition::Kind::grade, Condition::Kind::in_class,
                                                    Condition::Kind::group, Condition::Kind::cohort};
    made.kind = random_.pick(kinds);
    made.grades = {random_.between(7, 8)};
    made.names = {made.kind == Condition::Kind::group ? "left-behind" : "c0"};
    made.cohorts = {{random_.between(2026, 2027), {random_.between(7, 8)}}};
    return made;
  }

  void policy() {
    phases();
    data_.policy.transferred_terms = random_.between(1, 2);
    data_.policy.kinds = {
        {.id = "talk", .name = {}, .source = {}}, {.id = "visit", .name = {}, .source = {}}, {.id = "call", .name = {}, .source = {}}};
    const int duties = random_.between(1, 2);
    for (int index = 0; index < duties; ++index) data_.policy.cadence.duties.push_back(duty("d" + std::to_string(index)));
    data_.policy.cadence.due_soon = random_.between(0, 3);
  }

  Duty duty(std::string id) {
    Duty made;
    made.id = std::move(id);
    static const std::vector<DutyFor> targets{DutyFor::student_case, DutyFor::student_case, DutyFor::student_case, DutyFor::student_case,
                                              DutyFor::pair,         DutyFor::pair,         DutyFor::pair,         DutyFor::school_class,
                                              DutyFor::school_class, DutyFor::school,       DutyFor::student,      DutyFor::body,
                                              DutyFor::self,         DutyFor::grade,        DutyFor::teacher,      DutyFor::mentor};
    made.target = random_.pick(targets);
    who(made);
    if (random_.chance(15)) made.only = {condition()};
    if (random_.chance(10)) made.unless = {condition()};
    if (random_.chance(10)) made.channels = {"phone"};
    if (random_.chance(10)) made.student_present = random_.chance(50);
    if (random_.chance(10)) made.subjects = {random_.chance(50) ? "语文" : "数学"};
    if (random_.chance(15)) made.at_most = random_.between(1, 2);
    made.satisfied = random_.chance(50) ? std::vector<InteractionKindIndex>{talk} : std::vector<InteractionKindIndex>{talk, visit};
    made.substitutes = random_.chance(30);
    if (random_.chance(15)) made.to = random_.chance(50) ? std::vector<std::string>{"parents", "office"} : std::vector<std::string>{"dean"};
    if (random_.chance(5)) made.to = {"class-teacher"};
    if (random_.chance(15)) made.needs = bit_of(InteractionField::note);
    if (random_.chance(10)) made.needs |= bit_of(InteractionField::student_present);
    if (random_.chance(10)) made.in_force.from = any_day();
    made.make_up = std::vector{MakeUp::none, MakeUp::window, MakeUp::window, MakeUp::term}[static_cast<std::size_t>(random_.below(4))];
    const int form = random_.below(10);
    if (form < 7) {
      every(made);
    } else if (form < 9) {
      made.timing = Timing::after;
      made.within_days = random_.between(0, 9);
      static const std::vector<Trigger::Kind> triggers{Trigger::Kind::exam,     Trigger::Kind::exam,       Trigger::Kind::event,
                                                       Trigger::Kind::event,    Trigger::Kind::record,     Trigger::Kind::assigned,
                                                       Trigger::Kind::enrolled, Trigger::Kind::post_change};
      made.after.kind = random_.pick(triggers);
      made.after.exams = {ExamKind::unit};
      made.after.records = {random_.chance(50) ? call : talk};
      static const std::vector<std::vector<EventKind>> events{{EventKind::confirmed, EventKind::reopened},
                                                              {EventKind::confirmed},
                                                              {EventKind::released},
                                                              {EventKind::released, EventKind::excluded},
                                                              {EventKind::pending, EventKind::included}};
      made.after.events = random_.pick(events);
    } else {
      made.timing = Timing::once;
      made.at_least = random_.between(1, 2);
      static const std::vector<DueDay::Kind> kinds{DueDay::Kind::term_start, DueDay::Kind::term_middle, DueDay::Kind::term_end,
                                                   DueDay::Kind::before_term};
      made.due = {{.kind = random_.pick(kinds), .weekday = 0, .date = {}}};
      if (random_.chance(30)) made.due = {{.kind = DueDay::Kind::date, .weekday = 0, .date = any_date()}};
      if (random_.chance(30)) made.due.push_back({.kind = DueDay::Kind::date, .weekday = 0, .date = any_date()});
      if (random_.chance(20)) {
        made.once_from = any_date();
        made.once_from->year.reset();
      }
    }
    return made;
  }

  void who(Duty& made) {
    const DutyHolder dean{DutyHolder::Kind::role, "dean"};
    const DutyHolder mentor{DutyHolder::Kind::role, "mentor"};
    const DutyHolder peer{DutyHolder::Kind::role, "peer"};
    const DutyHolder agency{DutyHolder::Kind::body_kind, "agency"};
    const DutyHolder leader{DutyHolder::Kind::class_teacher, "class-teacher"};
    const DutyHolder subject_teacher{DutyHolder::Kind::subject_teacher, "subject-teacher"};
    switch (made.target) {
      case DutyFor::pair:
        made.who = {random_.pick(std::vector<DutyHolder>{mentor, mentor, peer, agency})};
        if (random_.chance(20)) made.who.push_back(leader);
        if (random_.chance(15)) made.pair_roles = {"mentor"};
        break;
      case DutyFor::body:
        made.who = {random_.pick(std::vector<DutyHolder>{agency, agency, dean})};
        if (random_.chance(40)) made.body_kinds = {"agency"};
        break;
      case DutyFor::teacher:
      case DutyFor::mentor:
      case DutyFor::school:
        made.who = {random_.pick(std::vector<DutyHolder>{dean, dean, agency})};
        break;
      case DutyFor::self:
        made.who = {random_.pick(std::vector<DutyHolder>{dean, leader, subject_teacher, mentor, peer, agency})};
        break;
      default:
        made.who = {
            random_.pick(std::vector<DutyHolder>{leader, leader, subject_teacher, subject_teacher, mentor, mentor, dean, peer, agency})};
        if (random_.chance(25)) made.who.push_back(random_.pick(std::vector<DutyHolder>{dean, leader, subject_teacher}));
    }
    made.together = made.who.size() > 1 && random_.chance(50);
    made.each = !made.together && random_.chance(25);
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
    static const std::vector<During::Kind> during{During::Kind::term,   During::Kind::term,   During::Kind::term,  During::Kind::holidays,
                                                  During::Kind::always, During::Kind::months, During::Kind::phases};
    made.during.kind = random_.pick(during);
    made.during.months = static_cast<std::uint16_t>(random_.below(4096));
    for (std::size_t phase = 0; phase < data_.policy.cadence.phases.size(); ++phase) made.during.in.push_back(phase);
    made.average = random_.chance(15);
    if (made.average) {
      made.make_up = MakeUp::window;
      made.to.clear();
      made.at_most.reset();
      return;
    }
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
      entry.owner = anybody();
      entry.by = random_.chance(85) ? Party(entry.owner) : anybody();
      if (random_.chance(40)) entry.subject = static_cast<std::uint32_t>(random_.below(2));
      if (random_.chance(20)) entry.grade = random_.between(7, 8);
      InteractionWords words;
      if (!data_.bodies.empty() && random_.chance(30))
        words.body = static_cast<BodyIndex>(random_.below(static_cast<int>(data_.bodies.size())));
      if (random_.chance(60)) {
        entry.given |= bit_of(InteractionField::student_present);
        entry.student_was_present = random_.chance(60);
      }
      if (random_.chance(80)) entry.given |= bit_of(InteractionField::note);
      entry.first_student = static_cast<std::uint32_t>(data_.log.students.size());
      for (StudentIndex student = 0; student < data_.students.size(); ++student) {
        if (!random_.chance(75)) continue;
        data_.log.students.push_back(student);
        ++entry.student_count;
      }
      if (random_.chance(70)) entry.in_class = static_cast<std::uint32_t>(random_.below(2));
      if (random_.chance(60)) {
        if (random_.chance(40)) words.with.push_back(anybody());
        if (random_.chance(20)) words.with.push_back(anybody());
        if (random_.chance(40)) words.to.push_back(data_.staff[teacher()].id);
        if (random_.chance(60)) words.channel = random_.chance(60) ? "phone" : "letter";
        if (random_.chance(70)) words.to.emplace_back("parents");
        if (random_.chance(50)) words.to.emplace_back("office");
      }
      entry.words = static_cast<std::uint32_t>(data_.log.words.size());
      data_.log.words.push_back(words);
      data_.log.entries.push_back(entry);
    }
  }

  Random random_;
  Dataset data_;
  Date start_;
  Date today_;
  int length_ = 0;
};

std::string name_of(const Dataset& data, Party party) {
  if (party.kind == Party::Kind::staff) return data.staff[party.index].id;
  return party.kind == Party::Kind::student ? data.students[party.index].id : data.bodies[party.index].id;
}

std::string name_of(const Dataset& data, const Obligation& item) {
  static const std::map<Target::Kind, std::string> words{{Target::Kind::student, "student"},    {Target::Kind::pair, "pair"},
                                                         {Target::Kind::school_class, "class"}, {Target::Kind::school, "school"},
                                                         {Target::Kind::body, "body"},          {Target::Kind::staff, "staff"},
                                                         {Target::Kind::grade, "grade"}};
  std::string name = words.at(item.target.kind) + std::to_string(item.target.index);
  if (data.policy.cadence.duties[item.duty].target == DutyFor::self) {
    const auto kind = item.target.kind == Target::Kind::staff     ? Party::Kind::staff
                      : item.target.kind == Target::Kind::student ? Party::Kind::student
                                                                  : Party::Kind::body;
    name = "self-" + name_of(data, Party{kind, item.target.index});
  }
  return item.target.subject ? name + "-" + data.subjects[*item.target.subject] : name;
}

std::vector<Obligation> without_entries(Obligations all) {
  for (Obligation& item : all.items) item.first_entry = item.entry_count = 0;
  return all.items;
}

std::vector<std::string> lines_of(const Dataset& data, const Obligations& all) {
  std::vector<std::string> lines;
  for (const Obligation& item : all.items) {
    std::string owers;
    std::set<std::string> named;
    for (const Ower& ower : all.owers_of(item)) {
      named.insert(" " + name_of(data, ower.party) + (ower.acts_for ? "(" + name_of(data, *ower.acts_for) + ")" : ""));
    }
    for (const auto& one : named) owers += one;
    std::string entries;
    for (const JudgedEntry& entry : all.entries_of(item)) {
      const bool counts = entry.verdict == EntryVerdict::counted || entry.verdict == EntryVerdict::counted_late;
      if (counts) entries += " " + std::to_string(entry.entry);
    }
    lines.push_back(data.policy.cadence.duties[item.duty].id + " " + name_of(data, item) + " by" + owers + " " + to_string(item.first) +
                    ".." + to_string(item.last) + " due " + to_string(item.due) + " " + std::string(word_of(item.state)) + " " +
                    std::string(word_of(item.waiver)) + " " + std::to_string(item.served) + "/" + std::to_string(item.owed) + " overdue " +
                    std::to_string(item.overdue_days) + " above " + std::to_string(item.above) + (item.never_met ? " never" : "") +
                    " entries" + entries);
  }
  std::ranges::sort(lines);
  return lines;
}

std::string described(const Dataset& data, const Duty& duty) {
  std::string all = duty.id + " who";
  for (const auto& who : duty.who) all += " " + who.role;
  all += std::string(duty.together ? " together" : "") + (duty.each ? " each" : "") + (duty.average ? " average" : "") +
         (duty.substitutes ? " substitutes" : "");
  for (const auto& subject : duty.subjects) all += " " + subject;
  for (const auto& one : duty.only) all += " only " + std::to_string(static_cast<int>(one.kind));
  for (const auto& one : duty.unless) all += " unless " + std::to_string(static_cast<int>(one.kind));
  for (const auto& one : duty.to) all += " to " + one;
  all += " for " + std::to_string(static_cast<int>(duty.target)) + " timing " + std::to_string(static_cast<int>(duty.timing)) + " every " +
         std::string(word_of(duty.every)) + " n " + std::to_string(duty.at_least) + " during " +
         std::to_string(static_cast<int>(duty.during.kind)) + " months " + std::to_string(duty.during.months) + " make-up " +
         std::to_string(static_cast<int>(duty.make_up)) + " start " + std::to_string(static_cast<int>(duty.start)) + " floor " +
         std::to_string(duty.floor.value_or(-1)) + " within " + std::to_string(duty.within_days) + " soon " +
         std::to_string(data.policy.cadence.due_soon);
  for (const auto& by : duty.due)
    all += " by " + std::to_string(static_cast<int>(by.kind)) + " " + std::to_string(by.date.month) + "-" + std::to_string(by.date.day);
  if (duty.once_from) all += " from " + std::to_string(duty.once_from->month) + "-" + std::to_string(duty.once_from->day);
  return all + "\n";
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
  for (const auto& duty : data.policy.cadence.duties) all += described(data, duty);
  for (const auto& phase : data.policy.cadence.phases) {
    all += "phase " + std::to_string(phase.from.month) + "-" + std::to_string(phase.from.day) + ".." + std::to_string(phase.until.month) +
           "-" + std::to_string(phase.until.day) + "\n";
  }
  for (const auto& pair : data.pairs) {
    const Party other = pair.staff  ? Party{Party::Kind::staff, *pair.staff}
                        : pair.peer ? Party{Party::Kind::student, *pair.peer}
                                    : Party{Party::Kind::body, *pair.body};
    all += "pair S" + std::to_string(pair.student) + " " + name_of(data, other) + " " + pair.role + " " + days_of(pair.days) + "\n";
  }
  for (const auto& staff : data.staff) {
    all += staff.id + (staff.left ? " left " + to_string(*staff.left) : "");
    for (const auto& role : staff.roles)
      all += " " + role.role + " " + days_of(role.days) + (role.in_class ? " in class" : "") + (role.grade ? " of grade" : "") +
             (role.body ? " of body" : "");
    for (const auto& leave : staff.leave) {
      all += " leave " + days_of(leave.days) + (leave.substitute ? " T" + std::to_string(*leave.substitute) : "");
    }
    all += "\n";
  }
  for (const auto& which : data.classes) {
    for (const auto& leader : which.leaders) all += which.id + " T" + std::to_string(leader.staff) + " " + days_of(leader.days) + "\n";
  }
  for (const auto& row : data.teaching) {
    all += "T" + std::to_string(row.staff) + " teaches " + data.subjects[row.subject] + " in c" + std::to_string(row.in) + " " +
           days_of(row.days) + "\n";
  }
  for (const auto& student : data.students) {
    all += student.id + (student.left ? " left " + to_string(*student.left) : "") +
           (student.transferred ? " transferred " + to_string(*student.transferred) : "");
    for (const auto& one : student.classes) all += " c" + std::to_string(one.in) + " " + days_of(one.days);
    for (const auto& one : student.leave) all += " leave " + days_of(one.days);
    all += "\n";
  }
  for (const auto& body : data.bodies) {
    all += body.id + " " + body.kind;
    for (const auto& one : body.responsible) all += " T" + std::to_string(one.staff) + " " + days_of(one.days);
    for (const auto& one : body.members) all += " member " + one.member + " " + days_of(one.days);
    all += "\n";
  }
  for (const auto& exam : data.exams)
    all += "exam " + to_string(exam.date) + " " + std::string(word_of(exam.kind)) + " S" + std::to_string(exam.students[0]) + " " +
           data.subjects[exam.subjects[0].subject] + (exam.retests.empty() ? "" : " again") + "\n";
  for (const auto& event : data.events)
    all += "event S" + std::to_string(event.student) + " " + std::string(word_of(event.kind)) + " " + to_string(event.date) +
           (event.subject ? " " + data.subjects[*event.subject] : "") + "\n";
  for (std::size_t index = 0; index < data.log.entries.size(); ++index) {
    const auto& entry = data.log.entries[index];
    const auto& words = data.log.words_of(entry);
    all += "entry " + std::to_string(index) + " " + to_string(entry.date) + " kind " + std::to_string(entry.kind) + " " +
           name_of(data, entry.by) + " of " + name_of(data, entry.owner) + " students " + std::to_string(entry.student_count) +
           (entry.subject ? " " + data.subjects[*entry.subject] : "") + (words.body ? " B" + std::to_string(*words.body) : "");
    for (const auto& who : words.with) all += " with " + name_of(data, who);
    for (const auto& to : words.to) all += " to " + to;
    all += "\n";
  }
  return all;
}

/// Both in order.
std::vector<std::string> without(const std::vector<std::string>& lines, const std::vector<std::string>& others) {
  std::vector<std::string> rest;
  std::ranges::set_difference(lines, others, std::back_inserter(rest));
  return rest;
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
    const Obligations answer = obligations(data, {.today = today, .with_entries = true});
    const auto found = lines_of(data, answer);
    const auto expected = ask_cadence_oracle(data, today);
    CHECK(without_entries(obligations(data, {.today = today})) == without_entries(answer));
    obligations_seen += found.size();
    if (found == expected) continue;
    ++shown;
    FAIL_CHECK("seed " << seed << ", today " << to_string(today) << "\n"
                       << described(data) << "only the engine:\n"
                       << joined(without(found, expected)) << "only the oracle:\n"
                       << joined(without(expected, found)));
  }
  MESSAGE("obligations compared: " << obligations_seen);
}

}  // namespace help::test
