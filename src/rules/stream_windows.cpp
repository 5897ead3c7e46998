// SPDX-License-Identifier: MIT
#include "rules/stream_windows.hpp"

#include <algorithm>
#include <chrono>

#include "rules/owing.hpp"
#include "rules/triggers.hpp"

namespace help {
namespace {

class WindowFinder {
 public:
  WindowFinder(const StreamView& view, std::vector<StreamWindow>& found)
      : view_(view),
        data_(view.world.data),
        calendar_(data_.calendar),
        duty_(view.duty),
        stream_(view.stream),
        days_(view.days),
        owing_(view),
        found_(found) {}

  void every() {
    const auto& windows = days_.windows();
    const Period presence = stream_.presence;
    for (std::size_t index = 0; index < windows.size(); ++index) {
      const WindowSpan& span = windows[index];
      if (presence.until < span.days.from || presence.from > span.days.until || !span.book.overlaps(view_.wanted)) continue;
      if (duty_.in_force.contains(span.days.from)) every_window(index, span);
    }
  }

  void after(Triggers& triggers) {
    for (const Happening& event : triggers.of(view_)) {
      if (event.day > view_.world.question.today || !duty_.in_force.contains(event.day) || !may_ask_on(event.day)) continue;
      const Date nominal = event.day + Days{duty_.within_days};
      const GroupDays& group = group_days(std::min(nominal, stream_.presence.until));
      const Date due = group.open.has(nominal) ? nominal : group.open.first_between(nominal, nominal + Days{366}).value_or(nominal);
      const Date closing = days_.closing(due);
      StreamWindow made{.window = {event.day, due, due, duty_.make_up == MakeUp::none ? due : std::max(closing, due), {}},
                        .group = &group,
                        .event = event.day,
                        .exam = event.exam};
      if (event.outlasts || fits_presence(made)) dated(std::move(made));
    }
  }

  void once() {
    Date previous_due = Date::min();
    for (const auto& [nominal, by] : due_days()) {
      once_by(nominal, *by, previous_due);
      previous_due = nominal;
    }
  }

 private:
  // ---- days

  /// For whom school days are counted on a day.
  [[nodiscard]] DayGroup group_on(Date day) const {
    if (stream_.student) {
      const auto in = data_.class_of(*stream_.student, day);
      return {.in_class = in, .grade = std::nullopt};
    }
    if (stream_.target.kind == Target::Kind::school_class) return {.in_class = stream_.target.index, .grade = std::nullopt};
    if (stream_.target.kind == Target::Kind::grade) return {.in_class = std::nullopt, .grade = static_cast<int>(stream_.target.index)};
    return {};
  }

  const GroupDays& group_days(Date day) {
    const DayGroup group = group_on(day);
    if (last_group_ == nullptr || last_group_key_ != group) {
      last_group_ = &days_.group(group);
      last_group_key_ = group;
    }
    return *last_group_;
  }

  [[nodiscard]] std::size_t term_of(Date day) const { return calendar_.term_of(day).value_or(0); }

  /// Whether `after` and `once` ask anything on a day: where a duty is limited to some days, only on those.
  [[nodiscard]] bool may_ask_on(Date day) const {
    const bool is_limited = duty_.during.kind != During::Kind::term && duty_.during.kind != During::Kind::always;
    return !is_limited || days_.alive(day);
  }

  // ---- every

  void every_window(std::size_t index, const WindowSpan& span) {
    const Period presence = stream_.presence;
    const GroupDays& group = group_days(std::min(span.days.until, presence.until));
    const GroupWindow& whole = group.windows[index];
    StreamWindow made{.window = {span.days.from, span.days.until, whole.due, whole.until, {}}, .group = &group, .owed = duty_.at_least};
    bool asks = whole.asks;
    if (presence.from > span.days.from) {
      made.window.first = presence.from;
      const int left = group.planned.between(presence.from, span.days.until);
      if (left < whole.days) {
        if (duty_.start == LateStart::next_window) return;
        if (duty_.start == LateStart::share) made.owed = std::max(1, duty_.at_least * left / whole.days);
        asks = left >= days_.floor();
        made.window.due = days_.due_day(due_or_none(), span.unit, {presence.from, span.days.until}, group.open);
      }
    }
    if (!asks || !fits_presence(made)) return;
    made.term = span.term;
    made.overdue_until = made.window.until;
    finish(std::move(made));
  }

  [[nodiscard]] DueDay due_or_none() const { return duty_.due.empty() ? DueDay{} : duty_.due.front(); }

  /// The duty ends with the case or pair: what falls due later is not owed, unless no active day is lost.
  bool fits_presence(StreamWindow& made) const {
    const Date end = stream_.presence.until;
    if (made.window.due > end) {
      if (made.group->planned.between(end + one_day, made.window.due) > 0 || end < made.window.first) return false;
      made.window.due = end;
    }
    made.window.last = std::min(made.window.last, end);
    made.window.until = std::min(made.window.until, end);
    return true;
  }

  // ---- once

  void once_by(Date nominal, const DueDay& by, Date previous_due) {
    if (!stream_.presence.contains(nominal) || !is_of_known_term(nominal, by)) return;
    const Date first = once_from(nominal, by, previous_due);
    const GroupDays& group = group_days(nominal);
    Date due = nominal;
    if (by.kind != DueDay::Kind::before_term && !group.open.has(due)) due = group.open.last_between(first, due).value_or(due);
    if (!duty_.in_force.contains(due) || !may_ask_on(nominal)) return;
    StreamWindow made{.window = {std::max(first, stream_.presence.from), due, due, due, {}}, .group = &group, .owed = duty_.at_least};
    made.window.due = std::max(made.window.due, made.window.first);
    made.window.last = made.window.due;
    if (duty_.make_up != MakeUp::none) made.window.until = std::max(days_.closing(due), made.window.due);
    made.window.until = std::min(made.window.until, stream_.presence.until);
    dated(std::move(made));
  }

  /// The due days of `once`, by day.
  [[nodiscard]] std::vector<std::pair<Date, const DueDay*>> due_days() const {
    std::vector<std::pair<Date, const DueDay*>> found;
    for (const DueDay& by : duty_.due) {
      if (by.kind == DueDay::Kind::date) {
        add_date(by, found);
        continue;
      }
      for (const Term& term : calendar_.terms) {
        Date day = term.days.until;
        if (by.kind == DueDay::Kind::term_start) day = std::min(term.days.until, unit_of(calendar_, Every::week, term.days.from).until);
        if (by.kind == DueDay::Kind::term_middle) day = term.midterm;
        if (by.kind == DueDay::Kind::before_term) day = term.days.from - one_day;
        found.emplace_back(day, &by);
      }
    }
    std::ranges::stable_sort(found, {}, &std::pair<Date, const DueDay*>::first);
    return found;
  }

  /// Days after the last term of help.yaml belong to a term that is not known yet; dates that return were not asked for before the first.
  [[nodiscard]] bool is_of_known_term(Date nominal, const DueDay& by) const {
    const auto& terms = calendar_.terms;
    if (terms.empty() || days_.by_calendar()) return true;
    const bool returns = by.kind == DueDay::Kind::date && !by.date.year;
    return nominal <= terms.back().days.until && (!returns || nominal >= terms.front().days.from);
  }

  /// Each year's day of a date, or the one day of a date with a year.
  void add_date(const DueDay& by, std::vector<std::pair<Date, const DueDay*>>& found) const {
    const auto year = [](Date day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); };
    const Period span = days_.span();
    for (int one = year(span.from); one <= year(span.until); ++one) {
      const Date day = in_year(by.date, one);
      const bool again = !found.empty() && found.back() == std::pair(day, &by);
      if (!again) found.emplace_back(day, &by);
    }
  }

  /// The first day on which an entry counts for a due day of `once`.
  [[nodiscard]] Date once_from(Date due, const DueDay& by, Date previous_due) const {
    if (duty_.once_from) {
      const int year = static_cast<int>(std::chrono::year_month_day{due}.year());
      const Date from = in_year(*duty_.once_from, year);
      return from <= due ? from : in_year(*duty_.once_from, year - 1);
    }
    if (calendar_.terms.empty()) return due - Days{365};
    const std::size_t index = term_of(due);
    const Period term = calendar_.terms[index].days;
    const Date holidays = std::max(book_of(calendar_, index).from, days_.span().from);
    const Date start = by.kind == DueDay::Kind::before_term || due < term.from ? holidays : term.from;
    return duty_.due.size() > 1 && previous_due >= start ? previous_due + one_day : start;
  }

  // ---- all

  /// What was set off stands from then on, even if it is due in a later term than the running one.
  [[nodiscard]] bool in_wanted_term(const StreamWindow& made) const {
    const Period book = book_of(calendar_, made.term);
    return book.overlaps(view_.wanted) || (made.event && !view_.world.question.windows && book.from > view_.wanted.until);
  }

  /// The rest of a window of `after` or `once`: it stays overdue until its term ends.
  void dated(StreamWindow made) {
    made.term = term_of(made.window.due);
    const auto& terms = calendar_.terms;
    if (!terms.empty() && !in_wanted_term(made)) return;
    const bool has_end = !terms.empty() && made.term < terms.size() && made.window.due <= terms[made.term].days.until;
    made.overdue_until = has_end ? std::min(terms[made.term].days.until, made.window.until) : made.window.until;
    finish(std::move(made));
  }

  void finish(StreamWindow made) {
    if (owing_.settle(made)) found_.push_back(std::move(made));
  }

  const StreamView& view_;
  const Dataset& data_;
  const Calendar& calendar_;
  const Duty& duty_;
  const DutyStream& stream_;
  DutyDays& days_;
  Owing owing_;
  std::vector<StreamWindow>& found_;
  const GroupDays* last_group_ = nullptr;
  DayGroup last_group_key_;
};

}  // namespace

void find_windows(const StreamView& view, Triggers& triggers, std::vector<StreamWindow>& found) {
  found.clear();
  WindowFinder finder(view, found);
  switch (view.duty.timing) {
    case Timing::every:
      finder.every();
      break;
    case Timing::after:
      finder.after(triggers);
      break;
    case Timing::once:
      finder.once();
      break;
    case Timing::unchecked:
      return;
  }
  std::ranges::stable_sort(found, {}, [](const StreamWindow& one) { return std::pair(one.window.first, one.window.due); });
}

}  // namespace help
