// SPDX-License-Identifier: MIT
#include "rules/obligations.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

#include "rules/duty_days.hpp"
#include "rules/duty_entries.hpp"
#include "rules/duty_streams.hpp"
#include "rules/matching.hpp"

namespace help {
namespace {

using Days = std::chrono::days;

constexpr Days one_day{1};

/// A window that a stream owes, before its entries are looked at.
struct Pending {
  OwedWindow window;
  const GroupDays* group = nullptr;
  int owed = 1;
  Waiver waiver = Waiver::none;
  Date overdue_until = Date::max();  ///< afterwards it is missed
  std::optional<Date> event;
  std::optional<ExamIndex> exam;
  std::size_t term = 0;  ///< whose book it is in
  // What its entries say:
  int served = 0;
  int above = 0;
  bool late = false;
  std::vector<std::uint32_t> counted;
};

/// Something that a duty of `after` follows.
struct Happening {
  Date day = {};
  std::optional<ExamIndex> exam;
  bool outlasts = false;  ///< the duty goes on after the case or pair has ended
};

bool contains_kind(const std::vector<ExamKind>& kinds, ExamKind kind) {
  return kinds.empty() ? kind != ExamKind::entry : std::ranges::find(kinds, kind) != kinds.end();
}

/// The days about which anything may be asked: all terms and what lies around them.
Period span_of(const Dataset& data, const ObligationQuestion& question) {
  const auto& terms = data.calendar.terms;
  Date from = terms.empty() ? question.today : std::min(question.today, terms.front().days.from);
  Date until = terms.empty() ? question.today : std::max(question.today, terms.back().days.until);
  if (question.windows && question.windows->from != Date::min()) from = std::min(from, question.windows->from);
  if (question.windows && question.windows->until != Date::max()) until = std::max(until, question.windows->until);
  return {from - Days{terms.empty() ? 400 : 150}, until + Days{400}};
}

Period wanted_windows(const Dataset& data, const ObligationQuestion& question) {
  if (question.windows) return *question.windows;
  const auto& terms = data.calendar.terms;
  if (terms.empty()) return {question.today - Days{365}, question.today + Days{30}};
  Period book = book_of(data.calendar, *data.calendar.term_of(question.today));
  if (book.until == Date::max()) book.until = std::max(terms.back().days.until, question.today);  // the last term known
  return book;
}

/// Works out one duty after the other.
class Engine {
 public:
  Engine(const Dataset& data, const ObligationQuestion& question)
      : data_(data),
        question_(question),
        today_(question.today),
        wanted_(wanted_windows(data, question)),
        book_(data, span_of(data, question)),
        world_{data, question, Cases(data, question.today), Holders(data),
               LogIndex(data, question.today, asked_kinds(data.policy), question.with_others)} {
    answer_.today = today_;
  }

  Obligations run() {
    const auto& duties = data_.policy.cadence.duties;
    for (std::uint32_t duty = 0; duty < duties.size(); ++duty) {
      if (question_.duty && *question_.duty != duty) continue;
      if (duties[duty].timing != Timing::unchecked) one_duty(duty);
    }
    return std::move(answer_);
  }

 private:
  static std::vector<bool> asked_kinds(const Policy& policy) {
    std::vector<bool> asked(policy.kinds.size(), false);
    for (const Duty& duty : policy.cadence.duties) {
      for (const auto kind : duty.satisfied) asked[kind] = true;
      for (const auto kind : duty.after.records) asked[kind] = true;
    }
    return asked;
  }

  void one_duty(std::uint32_t index) {
    duty_index_ = index;
    duty_ = &data_.policy.cadence.duties[index];
    DutyDays duty_days(data_, *duty_, book_);
    days_ = &duty_days;
    std::vector<std::uint32_t> of_school;
    if (duty_->target == DutyFor::school) of_school = world_.log.of_kinds(duty_->satisfied);
    for (const DutyStream& stream : streams_of(world_, *duty_)) {
      stream_ = &stream;
      std::vector<std::uint32_t> own;
      entries_ = world_.log.of(stream.target);
      if (duty_->target == DutyFor::school) {
        entries_ = of_school;
      } else if (duty_->target == DutyFor::self) {
        own = world_.log.by(party_of(stream.target));
        entries_ = own;
      } else if (stream.target.kind == Target::Kind::body) {
        own = world_.log.by({Party::Kind::body, stream.target.index});
        std::erase_if(own, [&](std::uint32_t entry) {
          const Interaction& one = data_.log.entries[entry];
          const Party body{Party::Kind::body, stream.target.index};
          return one.body != stream.target.index && one.owner != body && one.by != body;
        });
        entries_ = own;
      }
      one_stream();
    }
  }

  static Party party_of(const Target& target) {
    const auto kind = target.kind == Target::Kind::staff     ? Party::Kind::staff
                      : target.kind == Target::Kind::student ? Party::Kind::student
                                                             : Party::Kind::body;
    return {kind, target.index};
  }

  void one_stream() {
    pending_.clear();
    switch (duty_->timing) {
      case Timing::every:
        every();
        break;
      case Timing::after:
        after();
        break;
      case Timing::once:
        once();
        break;
      case Timing::unchecked:
        return;
    }
    if (pending_.empty()) return;
    std::ranges::stable_sort(pending_, {}, [](const Pending& one) { return std::pair(one.window.first, one.window.due); });
    judge();
  }

  // --- windows ---

  /// For whom school days are counted on a day.
  [[nodiscard]] DayGroup group_on(Date day) const {
    if (stream_->student) {
      const auto found = std::ranges::find_if(data_.students[*stream_->student].classes,
                                              [day](const Membership& membership) { return membership.days.contains(day); });
      if (found == data_.students[*stream_->student].classes.end()) return {};
      return {.in_class = found->in, .grade = std::nullopt};
    }
    if (stream_->target.kind == Target::Kind::school_class) return {.in_class = stream_->target.index, .grade = std::nullopt};
    if (stream_->target.kind == Target::Kind::grade) return {.in_class = std::nullopt, .grade = static_cast<int>(stream_->target.index)};
    return {};
  }

  const GroupDays& group_days(Date day) {
    const DayGroup group = group_on(day);
    if (last_duty_ != duty_index_ || last_group_ == nullptr || last_group_key_ != group) {
      last_group_ = &days_->group(group);
      last_group_key_ = group;
      last_duty_ = duty_index_;
    }
    return *last_group_;
  }

  [[nodiscard]] std::size_t term_of(Date day) const { return data_.calendar.term_of(day).value_or(0); }

  /// Whether a window with these days is worked out at all: everything that shares a book with what is wanted is.
  [[nodiscard]] bool in_wanted_book(const WindowSpan& span) const {
    if (duty_->every == Every::year || data_.calendar.terms.empty()) return span.unit.overlaps(wanted_);
    return book_of(data_.calendar, term_of(span.days.until)).overlaps(wanted_);
  }

  void every() {
    const auto& windows = days_->windows();
    const Period presence = stream_->presence;
    for (std::size_t index = 0; index < windows.size(); ++index) {
      const WindowSpan& span = windows[index];
      if (presence.until < span.days.from || presence.from > span.days.until || !in_wanted_book(span)) continue;
      if (duty_->in_force.contains(span.days.from)) every_window(index, span);
    }
  }

  void every_window(std::size_t index, const WindowSpan& span) {
    const Period presence = stream_->presence;
    const GroupDays& group = group_days(std::min(span.days.until, presence.until));
    const GroupWindow& whole = group.windows[index];
    Pending made{.window = {span.days.from, span.days.until, whole.due, whole.until, {}}, .group = &group, .owed = duty_->at_least};
    bool asks = whole.asks;
    if (presence.from > span.days.from) {
      made.window.first = presence.from;
      const int left = group.planned.between(presence.from, span.days.until);
      if (left < whole.days) {
        if (duty_->start == LateStart::next_window) return;
        if (duty_->start == LateStart::share) made.owed = std::max(1, duty_->at_least * left / whole.days);
        asks = left >= days_->floor();
        made.window.due = days_->due_day(due_or_none(), span.unit, {presence.from, span.days.until}, group.open);
      }
    }
    if (!asks || !fits_presence(made)) return;
    made.term = term_of(span.days.until);
    made.overdue_until = made.window.until;
    finish(std::move(made), days_->floor());
  }

  [[nodiscard]] DueDay due_or_none() const { return duty_->due.empty() ? DueDay{} : duty_->due.front(); }

  /// The duty ends with the case or pair: what falls due later is not owed, unless no active day is lost.
  bool fits_presence(Pending& made) const {
    const Date end = stream_->presence.until;
    if (made.window.due > end) {
      if (made.group->planned.between(end + one_day, made.window.due) > 0 || end < made.window.first) return false;
      made.window.due = end;
    }
    made.window.last = std::min(made.window.last, end);
    made.window.until = std::min(made.window.until, end);
    return true;
  }

  void after() {
    for (const Happening& event : happenings()) {
      if (event.day > today_ || !duty_->in_force.contains(event.day)) continue;
      const bool bound = duty_->during.kind != During::Kind::term && duty_->during.kind != During::Kind::always;
      if (bound && !days_->alive(event.day)) continue;
      const Date nominal = event.day + Days{duty_->within_days};
      const GroupDays& group = group_days(std::min(nominal, stream_->presence.until));
      const Date due = group.open.has(nominal) ? nominal : group.open.first_between(nominal, nominal + Days{366}).value_or(nominal);
      const Date closing = days_->closing(due);
      Pending made{.window = {event.day, due, due, duty_->make_up == MakeUp::none ? due : std::max(closing, due), {}},
                   .group = &group,
                   .event = event.day,
                   .exam = event.exam};
      if (!event.outlasts && !fits_presence(made)) continue;
      dated(std::move(made));
    }
  }

  void once() {
    Date previous_due = Date::min();
    for (const auto& [nominal, by] : due_days()) {
      const bool before_term = by->kind == DueDay::Kind::before_term;
      if (!stream_->presence.contains(nominal)) {
        previous_due = nominal;
        continue;
      }
      const Date first = once_from(nominal, *by, previous_due);
      previous_due = nominal;
      const GroupDays& group = group_days(nominal);
      Date due = nominal;
      if (!before_term && !group.open.has(due)) {
        due = group.open.last_between(first, due).value_or(due);
      }
      if (!duty_->in_force.contains(due)) continue;
      const bool bound = duty_->during.kind != During::Kind::term && duty_->during.kind != During::Kind::always;
      if (bound && !days_->alive(nominal)) continue;
      Pending made{.window = {std::max(first, stream_->presence.from), due, due, due, {}}, .group = &group, .owed = duty_->at_least};
      made.window.due = std::max(made.window.due, made.window.first);
      made.window.last = made.window.due;
      if (duty_->make_up != MakeUp::none) made.window.until = std::max(days_->closing(due), made.window.due);
      made.window.until = std::min(made.window.until, stream_->presence.until);
      dated(std::move(made));
    }
  }

  /// The rest of a window of `after` or `once`: it stays overdue until its term ends.
  void dated(Pending made) {
    made.term = term_of(made.window.due);
    const auto& terms = data_.calendar.terms;
    if (!terms.empty() && !book_of(data_.calendar, made.term).overlaps(wanted_)) return;
    const bool has_end = !terms.empty() && made.term < terms.size() && made.window.due <= terms[made.term].days.until;
    made.overdue_until = has_end ? std::min(terms[made.term].days.until, made.window.until) : made.window.until;
    finish(std::move(made), days_->floor());
  }

  /// The due days of `once`, by day.
  [[nodiscard]] std::vector<std::pair<Date, const DueDay*>> due_days() const {
    std::vector<std::pair<Date, const DueDay*>> found;
    const Period span = book_.span();
    for (const DueDay& by : duty_->due) {
      if (by.kind == DueDay::Kind::date) {
        const auto year = [](Date day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); };
        for (int one = year(span.from); one <= year(span.until); ++one) {
          const Date day = in_year(by.date, one);
          const bool again = !found.empty() && found.back() == std::pair(day, &by);
          if (!again) found.emplace_back(day, &by);
        }
        continue;
      }
      for (const Term& term : data_.calendar.terms) {
        Date day = term.days.until;
        if (by.kind == DueDay::Kind::term_start)
          day = std::min(term.days.until, unit_of(data_.calendar, Every::week, term.days.from).until);
        if (by.kind == DueDay::Kind::term_middle) day = term.midterm;
        if (by.kind == DueDay::Kind::before_term) day = term.days.from - one_day;
        found.emplace_back(day, &by);
      }
    }
    std::ranges::stable_sort(found, {}, &std::pair<Date, const DueDay*>::first);
    return found;
  }

  /// The first day on which an entry counts for a due day of `once`.
  [[nodiscard]] Date once_from(Date due, const DueDay& by, Date previous_due) const {
    if (duty_->once_from) {
      const int year = static_cast<int>(std::chrono::year_month_day{due}.year());
      const Date from = in_year(*duty_->once_from, year);
      return from <= due ? from : in_year(*duty_->once_from, year - 1);
    }
    if (data_.calendar.terms.empty()) return due - Days{365};
    const std::size_t index = term_of(due);
    const Period term = data_.calendar.terms[index].days;
    const Date holidays = std::max(book_of(data_.calendar, index).from, book_.span().from);
    const Date start = by.kind == DueDay::Kind::before_term || due < term.from ? holidays : term.from;
    return duty_->due.size() > 1 && previous_due >= start ? previous_due + one_day : start;
  }

  // --- what sets a duty off ---

  std::vector<Happening> happenings() {
    std::vector<Happening> found;
    switch (duty_->after.kind) {
      case Trigger::Kind::exam:
        exams(found);
        break;
      case Trigger::Kind::event:
        events(found);
        break;
      case Trigger::Kind::assigned:
        assigned(found);
        break;
      case Trigger::Kind::enrolled:
        enrolled(found);
        break;
      case Trigger::Kind::post_change:
        post_changes(found);
        break;
      case Trigger::Kind::record:
        records(found);
        break;
    }
    std::ranges::stable_sort(found, {}, &Happening::day);
    return found;
  }

  void add(std::vector<Happening>& found, Happening event) const {
    const bool here = event.outlasts || stream_->presence.contains(event.day);
    if (here) found.push_back(event);
  }

  const std::vector<bool>& classes_of(ExamIndex exam) {
    if (exam_classes_.empty()) exam_classes_.resize(data_.exams.size());
    auto& classes = exam_classes_[exam];
    if (classes.empty()) {
      classes.assign(data_.classes.size() + 1, false);
      for (const StudentIndex student : data_.exams[exam].students) {
        if (const auto in = data_.class_of(student, data_.exams[exam].date)) classes[*in] = true;
      }
    }
    return classes;
  }

  void exams(std::vector<Happening>& found) {
    for (ExamIndex index = 0; index < data_.exams.size(); ++index) {
      const Exam& exam = data_.exams[index];
      if (exam.date > today_ || !exam.retests.empty() || !contains_kind(duty_->after.exams, exam.kind)) continue;
      if (stream_->target.subject && !exam.column_of(*stream_->target.subject)) continue;
      if (sat(index)) add(found, {exam.date, index, false});
    }
  }

  bool sat(ExamIndex index) {
    const Date day = data_.exams[index].date;
    const auto& classes = classes_of(index);
    if (stream_->student) {
      const auto in = data_.class_of(*stream_->student, day);
      return in && classes[*in];
    }
    if (stream_->target.kind == Target::Kind::school_class) return classes[stream_->target.index];
    if (stream_->target.kind != Target::Kind::grade) return true;
    for (ClassIndex in = 0; in < data_.classes.size(); ++in) {
      if (classes[in] && data_.grade_of(in, day) == static_cast<int>(stream_->target.index)) return true;
    }
    return false;
  }

  void events(std::vector<Happening>& found) {
    const auto& kinds = duty_->after.events;
    // A case is identified when it opens, be it by an exclusion; a second subject of an open case opens nothing.
    const bool opens = std::ranges::find(kinds, EventKind::confirmed) != kinds.end();
    if (opens && duty_->target == DutyFor::student_case) add(found, {stream_->presence.from, std::nullopt, false});
    const auto add_events = [&](StudentIndex student) {
      Date last = Date::min();
      for (const auto index : world_.cases.events(student)) {
        const Event& event = data_.events[index];
        if (std::ranges::find(kinds, event.kind) == kinds.end() || event.date == last) continue;
        if (stream_->target.subject && event.subject && *event.subject != *stream_->target.subject) continue;
        const bool opening = event.kind == EventKind::confirmed || event.kind == EventKind::reopened;
        if (opening && duty_->target == DutyFor::student_case) continue;
        last = event.date;
        if (stream_->presence.contains(event.date)) add(found, {event.date, std::nullopt, event.kind == EventKind::released});
      }
    };
    if (stream_->student) return add_events(*stream_->student);
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const std::size_t before = found.size();
      add_events(student);
      if (stream_->target.kind == Target::Kind::school) continue;
      std::erase_if(found, [&, place = std::size_t{0}](const Happening& event) mutable {
        if (place++ < before) return false;
        const auto in = data_.class_of(student, event.day);
        if (stream_->target.kind == Target::Kind::school_class) return in != stream_->target.index;
        if (stream_->target.kind == Target::Kind::grade) {
          return !in || data_.grade_of(*in, event.day) != static_cast<int>(stream_->target.index);
        }
        return true;
      });
    }
  }

  void assigned(std::vector<Happening>& found) const {
    if (stream_->target.kind == Target::Kind::pair) return add(found, {stream_->presence.from, std::nullopt, false});
    Date last = Date::min();
    for (const Holding& holding : stream_->holdings) {
      if (!holding.of_pair || holding.days.from == last) continue;
      last = holding.days.from;
      add(found, {holding.days.from, std::nullopt, false});
    }
  }

  void enrolled(std::vector<Happening>& found) const {
    if (!stream_->student) return;
    const Student& student = data_.students[*stream_->student];
    Date first = Date::max();
    for (const Membership& membership : student.classes) first = std::min(first, membership.days.from);
    if (student.transferred) first = *student.transferred;
    if (first != Date::min() && first != Date::max()) add(found, {first, std::nullopt, false});
  }

  /// Posts that end with a term or between terms are no change.
  [[nodiscard]] bool ends_in_mid_term(Date last) const {
    return std::ranges::any_of(data_.calendar.terms, [last](const Term& term) { return term.days.from <= last && last < term.days.until; });
  }

  void post_changes(std::vector<Happening>& found) const {
    std::optional<StaffIndex> staff;
    if (stream_->target.kind == Target::Kind::pair) staff = data_.pairs[stream_->target.index].staff;
    if (stream_->target.kind == Target::Kind::staff) staff = stream_->target.index;
    if (!staff) return;
    std::vector<Date> lasts;
    for (const Role& role : data_.staff[*staff].roles) lasts.push_back(role.days.until);
    for (const Teaching& teaching : data_.teaching) {
      if (teaching.staff == *staff) lasts.push_back(teaching.days.until);
    }
    for (const SchoolClass& which : data_.classes) {
      for (const Leader& leader : which.leaders) {
        if (leader.staff == *staff) lasts.push_back(leader.days.until);
      }
    }
    if (data_.staff[*staff].left) lasts.push_back(*data_.staff[*staff].left);
    std::ranges::sort(lasts);
    lasts.erase(std::unique(lasts.begin(), lasts.end()), lasts.end());
    for (const Date last : lasts) {
      if (ends_in_mid_term(last) && stream_->presence.contains(last)) found.push_back({last + one_day, std::nullopt, true});
    }
  }

  void records(std::vector<Happening>& found) const {
    const auto& kinds = duty_->after.records;
    std::vector<std::uint32_t> of_school;
    auto entries = entries_;
    if (duty_->target == DutyFor::school) {
      of_school = world_.log.of_kinds(kinds);
      entries = of_school;
    }
    for (const auto index : entries) {
      const Interaction& entry = data_.log.entries[index];
      if (std::ranges::find(kinds, entry.kind) == kinds.end()) continue;
      const bool other_subject = stream_->target.subject && entry.subject && *entry.subject != *stream_->target.subject;
      if (!other_subject) add(found, {entry.date, std::nullopt, false});
    }
  }

  // --- who owes it, and what left too few days ---

  [[nodiscard]] std::vector<Ower> owers_on(Date day) const {
    std::vector<Ower> owers;
    for (const Holding& holding : stream_->holdings) {
      if (!holding.days.contains(day) || (stream_->only && holding.party != *stream_->only)) continue;
      Ower ower{holding.party, std::nullopt};
      if (holding.party.kind == Party::Kind::staff) {
        if (const auto substitute = world_.holders.substitute_of(holding.party.index, day)) {
          ower = {{Party::Kind::staff, *substitute}, holding.party};
        }
      }
      const auto known = std::ranges::find(owers, ower.party, &Ower::party);
      if (known == owers.end()) {
        owers.push_back(ower);
      } else if (!ower.acts_for) {
        known->acts_for.reset();  // in one's own right before in another's
      } else if (known->acts_for) {
        known->acts_for = std::min(*known->acts_for, *ower.acts_for);
      }
    }
    return owers;
  }

  [[nodiscard]] bool unattended(Date day) const {
    bool anybody = false;
    for (const Holding& holding : stream_->holdings) {
      if (!holding.days.contains(day) || (stream_->only && holding.party != *stream_->only)) continue;
      anybody = true;
      const bool away = world_.holders.on_leave(holding.party, day) &&
                        !(holding.party.kind == Party::Kind::staff && world_.holders.substitute_of(holding.party.index, day));
      if (!away) return false;
    }
    return anybody;
  }

  [[nodiscard]] bool has_leave(const Period& days) const {
    const auto touches = [&](const std::vector<Leave>& leaves) {
      return std::ranges::any_of(leaves, [&](const Leave& leave) { return leave.days.overlaps(days); });
    };
    if (stream_->student && touches(data_.students[*stream_->student].leave)) return true;
    return std::ranges::any_of(stream_->holdings, [&](const Holding& holding) {
      if (holding.party.kind == Party::Kind::body) return false;
      return touches(holding.party.kind == Party::Kind::staff ? data_.staff[holding.party.index].leave
                                                              : data_.students[holding.party.index].leave);
    });
  }

  [[nodiscard]] Waiver waiver_of(const Pending& made, int floor) const {
    const Period days{made.window.first, made.window.last};
    if (made.group->planned.between(days.from, days.until) < floor) return Waiver::none;  // no school days at all: a day between terms
    const int open = made.group->open.between(days.from, days.until);
    if (open < floor) return Waiver::closure;
    if (!has_leave(days)) return Waiver::none;
    int with_student = 0;
    int attended = 0;
    for (Date day = days.from; day <= days.until; day += one_day) {
      if (!made.group->open.has(day)) continue;
      if (stream_->student && world_.holders.on_leave({Party::Kind::student, *stream_->student}, day)) continue;
      ++with_student;
      if (!unattended(day)) ++attended;
    }
    if (with_student < floor) return Waiver::student_leave;
    return attended < floor ? Waiver::staff_leave : Waiver::none;
  }

  [[nodiscard]] bool transferred(const Student& student, Date day) const {
    if (!student.transferred || *student.transferred > day || data_.calendar.terms.empty()) return false;
    return term_of(day) < term_of(*student.transferred) + static_cast<std::size_t>(data_.policy.transferred_terms);
  }

  [[nodiscard]] bool holds(const Condition& condition, Date day) const {
    std::optional<ClassIndex> in;
    if (stream_->student) in = data_.class_of(*stream_->student, day);
    if (stream_->target.kind == Target::Kind::school_class) in = stream_->target.index;
    std::optional<int> grade;
    if (in) grade = data_.grade_of(*in, day);
    if (stream_->target.kind == Target::Kind::grade) grade = static_cast<int>(stream_->target.index);
    const auto has_grade = [&](const std::vector<int>& grades) { return grade && std::ranges::find(grades, *grade) != grades.end(); };
    switch (condition.kind) {
      case Condition::Kind::transferred:
        return stream_->student && transferred(data_.students[*stream_->student], day);
      case Condition::Kind::grade:
        return has_grade(condition.grades);
      case Condition::Kind::in_class:
        return in && std::ranges::find(condition.names, data_.classes[*in].id) != condition.names.end();
      case Condition::Kind::group:
        return stream_->student && std::ranges::any_of(data_.students[*stream_->student].groups, [&](const GroupMembership& one) {
                 return one.days.contains(day) && std::ranges::find(condition.names, one.group) != condition.names.end();
               });
      case Condition::Kind::cohort:
        return std::ranges::any_of(condition.cohorts, [&](const auto& cohort) {
          return cohort.first == data_.calendar.school_year(day) && has_grade(cohort.second);
        });
    }
    return false;
  }

  void finish(Pending made, int floor) {
    const Date day = std::min(made.window.due, stream_->presence.until);
    const auto all = [&](const Condition& one) { return holds(one, day); };
    if (!std::ranges::all_of(duty_->only, all) || std::ranges::any_of(duty_->unless, all)) return;
    made.window.owers = owers_on(day);
    if (made.window.owers.empty() && stream_->only) return;
    made.waiver = waiver_of(made, floor);
    pending_.push_back(std::move(made));
  }

  // --- entries ---

  struct Candidate {
    std::uint32_t entry = 0;
    bool everywhere = false;
  };

  void judge() {
    const EntryJudge judge(world_, *duty_, *stream_);
    find_candidates(judge);
    if (duty_->average) {
      averages(judge);
    } else {
      const std::size_t recipients = std::max<std::size_t>(duty_->to.size(), 1);
      for (std::size_t recipient = 0; recipient < recipients; ++recipient) match(judge, recipient);
      for (Pending& one : pending_) one.owed *= static_cast<int>(recipients);
      for (Pending& one : pending_) report(judge, one);
    }
  }

  void find_candidates(const EntryJudge& judge) {
    candidates_.clear();
    Date first = Date::max();
    Date until = Date::min();
    for (const Pending& one : pending_) {
      first = std::min(first, one.window.first);
      until = std::max(until, one.window.until);
    }
    const auto by_date = [&](std::uint32_t entry, Date day) { return data_.log.entries[entry].date < day; };
    auto entry = std::lower_bound(entries_.begin(), entries_.end(), first, by_date);
    for (; entry != entries_.end(); ++entry) {
      const Interaction& one = data_.log.entries[*entry];
      if (one.date > until || one.date > today_) break;
      if (judge.refused(one) || (!candidates_.empty() && candidates_.back().entry == *entry)) continue;
      const Candidate candidate{*entry, judge.speaks_for_office(one)};
      const bool anywhere =
          candidate.everywhere || std::ranges::any_of(pending_, [&](const Pending& each) {
            return each.window.first <= one.date && one.date <= each.window.until && judge.by_right_person(one, each.window);
          });
      if (anywhere) candidates_.push_back(candidate);
    }
  }

  /// Windows without a waiver come first; what is left over may serve a waived one in its own days.
  void match(const EntryJudge& judge, std::size_t recipient) {
    problem_.windows.clear();
    problem_.entries.clear();
    problem_.allowed.clear();
    std::vector<std::size_t> asked;
    for (std::size_t index = 0; index < pending_.size(); ++index) {
      const Pending& one = pending_[index];
      if (one.waiver != Waiver::none || one.window.first > today_) continue;
      asked.push_back(index);
      problem_.windows.push_back({one.window.first, one.window.due, one.window.until, one.owed});
    }
    std::vector<std::uint32_t> entries;
    bool all_everywhere = true;
    for (const Candidate& candidate : candidates_) {
      const Interaction& entry = data_.log.entries[candidate.entry];
      if (!duty_->to.empty() && !judge.reached(entry, duty_->to[recipient])) continue;
      entries.push_back(candidate.entry);
      problem_.entries.push_back(entry.date);
      all_everywhere = all_everywhere && candidate.everywhere;
    }
    if (!all_everywhere && !one_ower_does_all(judge, entries)) {
      problem_.allowed.assign(entries.size() * asked.size(), 0);
      for (std::size_t place = 0; place < entries.size(); ++place) {
        for (std::size_t window = 0; window < asked.size(); ++window) {
          problem_.allowed[place * asked.size() + window] =
              judge.by_right_person(data_.log.entries[entries[place]], pending_[asked[window]].window) ? 1 : 0;
        }
      }
    }
    const auto& window_of = matcher_.match(problem_);
    for (std::size_t place = 0; place < entries.size(); ++place) {
      if (window_of[place] != no_window) serve(pending_[asked[window_of[place]]], entries[place]);
    }
    std::vector<bool> used;
    for (const auto window : window_of) used.push_back(window != no_window);
    for (Pending& one : pending_) {
      if (one.waiver != Waiver::none) serve_waived(judge, one, entries, used);
      if (duty_->at_most && recipient == 0) count_above(judge, one, entries);
    }
  }

  /// The usual case: one and the same person owes every window and did every entry.
  [[nodiscard]] bool one_ower_does_all(const EntryJudge& judge, const std::vector<std::uint32_t>& entries) const {
    static_cast<void>(judge);
    const auto& first = pending_.front().window.owers;
    if (first.size() != 1 || first.front().party.kind == Party::Kind::body) return false;
    const bool same = std::ranges::all_of(pending_, [&](const Pending& one) {
      return one.window.owers.size() == 1 && one.window.owers.front().party == first.front().party;
    });
    return same && std::ranges::all_of(entries, [&](std::uint32_t entry) { return data_.log.entries[entry].by == first.front().party; });
  }

  void serve(Pending& one, std::uint32_t entry) const {
    ++one.served;
    one.late = one.late || data_.log.entries[entry].date > one.window.due;
    one.counted.push_back(entry);
  }

  void serve_waived(const EntryJudge& judge, Pending& one, const std::vector<std::uint32_t>& entries, std::vector<bool>& used) const {
    int missing = one.owed;
    for (std::size_t place = 0; place < entries.size() && missing > 0; ++place) {
      const Interaction& entry = data_.log.entries[entries[place]];
      if (used[place] || entry.date < one.window.first || entry.date > one.window.last || !judge.by_right_person(entry, one.window))
        continue;
      serve(one, entries[place]);
      used[place] = true;
      --missing;
    }
  }

  void count_above(const EntryJudge& judge, Pending& one, const std::vector<std::uint32_t>& entries) const {
    int in_window = 0;
    for (const auto index : entries) {
      const Interaction& entry = data_.log.entries[index];
      if (one.window.first <= entry.date && entry.date <= one.window.last && judge.by_right_person(entry, one.window)) ++in_window;
    }
    one.above = std::max(0, in_window - *duty_->at_most);
  }

  // --- averages ---

  void averages(const EntryJudge& judge) {
    for (std::size_t start = 0; start < pending_.size();) {
      std::size_t end = start;
      while (end < pending_.size() && pending_[end].term == pending_[start].term) ++end;
      average_of_term(judge, std::span(pending_).subspan(start, end - start));
      start = end;
    }
  }

  void average_of_term(const EntryJudge& judge, std::span<Pending> windows) {
    std::vector<Pending*> asked;
    for (Pending& one : windows) {
      if (one.waiver == Waiver::none) asked.push_back(&one);
    }
    if (asked.empty()) return report(judge, windows.front());
    int ended = 0;
    std::size_t open = 0;
    while (open < asked.size() && asked[open]->window.last < today_) ended += asked[open++]->owed;
    Pending sum = *(open < asked.size() ? asked[open] : asked.back());
    sum.window.first = asked.front()->window.first;
    sum.counted.clear();
    for (const Candidate& candidate : candidates_) {
      const Interaction& entry = data_.log.entries[candidate.entry];
      if (entry.date < sum.window.first || entry.date > windows.back().window.last) continue;
      const bool right = candidate.everywhere ||
                         std::ranges::any_of(windows,
                                             [&](const Pending& one) {
                                               return one.window.first <= entry.date && entry.date <= one.window.last &&
                                                      judge.by_right_person(entry, one.window);
                                             }) ||
                         judge.by_right_person(entry, sum.window);
      if (right) sum.counted.push_back(candidate.entry);
    }
    sum.served = static_cast<int>(sum.counted.size());
    sum.late = false;
    const bool short_of = sum.served < ended;
    if (open < asked.size() && !short_of) {
      sum.owed = ended + asked[open]->owed;
    } else {
      sum.owed = ended;
    }
    if (short_of) {
      // The first contact that is missing was due with its window.
      int owed = 0;
      for (const Pending* one : asked) {
        owed += one->owed;
        if (owed <= sum.served) continue;
        sum.window.due = one->window.due;
        break;
      }
      sum.overdue_until = open < asked.size() ? Date::max() : asked.back()->window.last;
      sum.window.until = windows.back().window.last;
    }
    report(judge, sum);
  }

  // --- states ---

  void report(const EntryJudge& judge, Pending& one) {
    if (one.window.due < wanted_.from || one.window.first > wanted_.until) return;
    Obligation made{.duty = duty_index_,
                    .target = stream_->target,
                    .first_ower = static_cast<std::uint32_t>(answer_.owers.size()),
                    .ower_count = static_cast<std::uint32_t>(one.window.owers.size()),
                    .first = one.window.first,
                    .last = one.window.last,
                    .due = one.window.due,
                    .until = one.window.until,
                    .event = one.event,
                    .exam = one.exam,
                    .waiver = one.waiver,
                    .never_met = candidates_.empty(),
                    .owed = one.owed,
                    .served = one.served,
                    .above = one.above};
    answer_.owers.insert(answer_.owers.end(), one.window.owers.begin(), one.window.owers.end());
    set_state(made, one);
    add_entries(judge, made, one);
    answer_.items.push_back(made);
  }

  void set_state(Obligation& made, const Pending& one) const {
    const DayCount& open = one.group->open;
    if (made.served >= made.owed) {
      made.state = one.late ? ObligationState::done_late : ObligationState::done;
      made.waiver = Waiver::none;
    } else if (today_ < made.first) {
      made.state = ObligationState::not_yet;
    } else if (one.waiver != Waiver::none) {
      made.state = ObligationState::waived;
    } else if (today_ <= made.due) {
      const bool soon = open.between(today_ + one_day, made.due) <= data_.policy.cadence.due_soon;
      made.state = soon ? ObligationState::due_soon : ObligationState::due;
    } else if (today_ > one.overdue_until) {
      made.state = ObligationState::missed;
    } else {
      made.overdue_days = open.between(made.due + one_day, today_);
      made.state = made.overdue_days == 0 ? ObligationState::due_soon : ObligationState::overdue;
    }
  }

  void add_entries(const EntryJudge& judge, Obligation& made, Pending& one) {
    made.first_entry = static_cast<std::uint32_t>(answer_.entries.size());
    std::ranges::sort(one.counted);
    one.counted.erase(std::unique(one.counted.begin(), one.counted.end()), one.counted.end());  // one entry may reach several recipients
    const auto as_counted = [&](std::uint32_t entry) {
      const bool late = data_.log.entries[entry].date > made.due && !duty_->average;
      return JudgedEntry{entry, late ? EntryVerdict::counted_late : EntryVerdict::counted};
    };
    if (!question_.with_others) {
      for (const auto entry : one.counted) answer_.entries.push_back(as_counted(entry));
    } else {
      for (const auto entry : entries_) {
        const Interaction& each = data_.log.entries[entry];
        if (std::ranges::binary_search(one.counted, entry)) {
          answer_.entries.push_back(as_counted(entry));
        } else if (made.first <= each.date && each.date <= std::min(made.until, today_)) {
          answer_.entries.push_back({entry, why_not(judge, each, entry, one)});
        }
      }
    }
    made.entry_count = static_cast<std::uint32_t>(answer_.entries.size()) - made.first_entry;
  }

  [[nodiscard]] EntryVerdict why_not(const EntryJudge& judge, const Interaction& entry, std::uint32_t index, const Pending& one) const {
    if (const auto verdict = judge.refused(entry)) return *verdict;
    if (!judge.by_right_person(entry, one.window)) {
      return entry.date > stream_->presence.until ? EntryVerdict::after_end : EntryVerdict::somebody_else;
    }
    const bool elsewhere =
        std::ranges::any_of(pending_, [&](const Pending& other) { return std::ranges::find(other.counted, index) != other.counted.end(); });
    return elsewhere ? EntryVerdict::other_window : EntryVerdict::not_needed;
  }

  const Dataset& data_;
  const ObligationQuestion& question_;
  Date today_;
  Period wanted_;
  SchoolDayBook book_;
  DutyWorld world_;
  Obligations answer_;
  std::vector<std::vector<bool>> exam_classes_;

  std::uint32_t duty_index_ = 0;
  const Duty* duty_ = nullptr;
  DutyDays* days_ = nullptr;
  const DutyStream* stream_ = nullptr;
  std::span<const std::uint32_t> entries_;
  std::vector<Pending> pending_;
  std::vector<Candidate> candidates_;
  MatchProblem problem_;
  Matcher matcher_;
  const GroupDays* last_group_ = nullptr;
  DayGroup last_group_key_;
  std::uint32_t last_duty_ = 0;
};

}  // namespace

Obligations obligations(const Dataset& data, const ObligationQuestion& question) { return Engine(data, question).run(); }

}  // namespace help
