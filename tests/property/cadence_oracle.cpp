// SPDX-License-Identifier: MIT
#include "property/cadence_oracle.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace help::test {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr days one{1};

struct Oracle {
  const Dataset& data;
  Date today;
  Date begin;  // no day before or after these is looked at
  Date end;

  [[nodiscard]] const std::vector<Term>& terms() const { return data.calendar.terms; }

  // --- days ---

  [[nodiscard]] int term_holding(Date day) const {
    for (std::size_t term = 0; term < terms().size(); ++term) {
      if (terms()[term].days.from <= day && day <= terms()[term].days.until) return static_cast<int>(term);
    }
    return -1;
  }
  /// A day between two terms belongs to the coming one.
  [[nodiscard]] int term_of(Date day) const {
    for (std::size_t term = 0; term < terms().size(); ++term) {
      if (day <= terms()[term].days.until) return static_cast<int>(term);
    }
    return static_cast<int>(terms().size()) - 1;
  }
  [[nodiscard]] static int weekday(Date day) { return static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1; }
  [[nodiscard]] static int month(Date day) { return static_cast<int>(static_cast<unsigned>(year_month_day{day}.month())); }
  [[nodiscard]] static int day_of_month(Date day) { return static_cast<int>(static_cast<unsigned>(year_month_day{day}.day())); }
  [[nodiscard]] static int year(Date day) { return static_cast<int>(year_month_day{day}.year()); }
  [[nodiscard]] static Date monday(Date day) {
    while (weekday(day) != 0) day -= one;
    return day;
  }
  [[nodiscard]] bool in_break(Date day) const {
    for (const auto& each : data.calendar.breaks) {
      if (each.days.contains(day)) return true;
    }
    return false;
  }
  /// By the calendar, closures left out of account.
  [[nodiscard]] bool planned_school(Date day) const {
    if (term_holding(day) < 0) return false;
    for (const auto& each : data.calendar.make_up_days) {
      if (each.date == day) return true;
    }
    return !in_break(day) && (data.calendar.week.days >> weekday(day) & 1) != 0;
  }
  [[nodiscard]] bool closed(Date day, std::optional<ClassIndex> in) const {
    for (const auto& each : data.calendar.closures) {
      if (!each.days.contains(day)) continue;
      if (each.classes.empty() && each.grades.empty()) return true;
      if (in && std::ranges::find(each.classes, data.classes[*in].id) != each.classes.end()) return true;
      if (in && std::ranges::find(each.grades, data.grade_of(*in, day)) != each.grades.end()) return true;
    }
    return false;
  }

  // --- one duty ---

  [[nodiscard]] static bool by_calendar(const Duty& duty) {
    return duty.during.kind == During::Kind::holidays || duty.during.kind == During::Kind::always;
  }
  [[nodiscard]] bool alive(const Duty& duty, Date day) const {
    switch (duty.during.kind) {
      case During::Kind::term:
        return term_holding(day) >= 0;
      case During::Kind::holidays:
        return term_holding(day) < 0 || in_break(day);
      case During::Kind::always:
        return true;
      case During::Kind::months:
        return term_holding(day) >= 0 && (duty.during.months >> (month(day) - 1) & 1) != 0;
      case During::Kind::phases:
        return false;
    }
    return false;
  }
  [[nodiscard]] bool planned(const Duty& duty, Date day) const { return alive(duty, day) && (by_calendar(duty) || planned_school(day)); }
  [[nodiscard]] bool active(const Duty& duty, Date day, std::optional<ClassIndex> in) const {
    return planned(duty, day) && (by_calendar(duty) || !closed(day, in));
  }
  [[nodiscard]] int floor(const Duty& duty) const {
    if (duty.floor) return *duty.floor;
    if (duty.timing != Timing::every) return 1;
    switch (duty.every) {
      case Every::day:
      case Every::school_day:
        return 1;
      case Every::week:
        return 2;
      case Every::two_weeks:
      case Every::half_month:
        return 3;
      case Every::month:
        return 5;
      default:
        return 10;
    }
  }
  /// Days with the same key lie in one window.
  [[nodiscard]] std::vector<int> window_key(const Duty& duty, Date day) const {
    std::vector<int> key;
    const int term = term_of(day);
    switch (duty.every) {
      case Every::day:
      case Every::school_day:
        key = {static_cast<int>(day.time_since_epoch().count())};
        break;
      case Every::week:
        key = {static_cast<int>(monday(day).time_since_epoch().count())};
        break;
      case Every::two_weeks: {
        const auto apart = (monday(day) - monday(terms()[static_cast<std::size_t>(term)].days.from)).count() / 7;
        key = {term, static_cast<int>(apart >= 0 ? apart / 2 : -((1 - apart) / 2))};
        break;
      }
      case Every::half_month:
        key = {year(day), month(day), day_of_month(day) <= 15 ? 1 : 2};
        break;
      case Every::month:
        key = {year(day), month(day)};
        break;
      case Every::term:
        key = {term};
        break;
      case Every::year:
        key = {terms()[static_cast<std::size_t>(term)].year};
        break;
    }
    if (duty.during.kind == During::Kind::holidays) {
      Date first = day;
      while (first > begin && alive(duty, first - one)) first -= one;
      key.push_back(static_cast<int>(first.time_since_epoch().count()));
    } else if (duty.during.kind != During::Kind::always && duty.every != Every::year) {
      key.push_back(term);
    }
    return key;
  }
  /// After this day nothing can be made up for.
  [[nodiscard]] Date closing(const Duty& duty, Date last) const {
    Date day = last;
    const bool of_year = duty.timing == Timing::every && duty.every == Every::year;
    const auto same_book = [&](Date other) {
      if (duty.during.kind == During::Kind::holidays) return alive(duty, other);
      if (duty.during.kind == During::Kind::always && !of_year) return term_of(other) == term_of(last);
      const int held = term_holding(other);  // the next term has not begun
      if (held <= term_of(last)) return true;
      return of_year && terms()[static_cast<std::size_t>(held)].year == terms()[static_cast<std::size_t>(term_of(last))].year;
    };
    while (day < end && same_book(day + one)) day += one;
    return day == end ? Date::max() : day;
  }

  // --- people ---

  struct Holder {
    Party party;
    bool of_pair = false;
    friend auto operator<=>(const Holder&, const Holder&) = default;
  };
  [[nodiscard]] bool here(const Staff& staff, Date day) const { return !staff.left || day <= *staff.left; }
  [[nodiscard]] bool pair_alive(const Pair& pair, Date day) const {
    const auto& student = data.students[pair.student];
    return pair.days.contains(day) && (!student.left || day <= *student.left) && (!pair.staff || here(data.staff[*pair.staff], day));
  }
  [[nodiscard]] std::set<Holder> holders(const Duty& duty, const std::string& kind, std::uint32_t index, Date day) const {
    std::set<Holder> found;
    for (const auto& who : duty.who) {
      if (who.kind == DutyHolder::Kind::class_teacher) {
        std::set<ClassIndex> classes;
        if (kind == "class") classes.insert(index);
        if (kind == "student" || kind == "pair") {
          const StudentIndex student = kind == "pair" ? data.pairs[index].student : index;
          for (const auto& membership : data.students[student].classes) {
            if (membership.days.contains(day)) classes.insert(membership.in);
          }
        }
        for (const auto in : classes) {
          for (const auto& leader : data.classes[in].leaders) {
            if (leader.days.contains(day) && here(data.staff[leader.staff], day)) found.insert({{Party::Kind::staff, leader.staff}, false});
          }
        }
        continue;
      }
      for (StaffIndex staff = 0; staff < data.staff.size(); ++staff) {
        for (const auto& role : data.staff[staff].roles) {
          if (role.role == who.role && role.days.contains(day) && here(data.staff[staff], day)) {
            found.insert({{Party::Kind::staff, staff}, false});
          }
        }
      }
      for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
        const auto& which = data.pairs[pair];
        const bool concerned = (kind == "pair" && pair == index) || (kind == "student" && which.student == index) || kind == "school";
        if (concerned && which.role == who.role && pair_alive(which, day)) found.insert({{Party::Kind::staff, *which.staff}, true});
      }
    }
    return found;
  }
  [[nodiscard]] const Leave* leave(const std::vector<Leave>& leaves, Date day) const {
    for (const auto& each : leaves) {
      if (each.days.contains(day)) return &each;
    }
    return nullptr;
  }
  /// Who acts for a member of staff: the same where there is no leave, nobody where nobody stands in.
  [[nodiscard]] std::optional<StaffIndex> acting(StaffIndex staff, Date day) const {
    std::set<StaffIndex> seen;
    while (const Leave* away = leave(data.staff[staff].leave, day)) {
      if (!away->substitute || !seen.insert(staff).second) return std::nullopt;
      staff = *away->substitute;
      if (!here(data.staff[staff], day)) return std::nullopt;
    }
    return staff;
  }

  // --- cases ---

  [[nodiscard]] bool case_open(StudentIndex student, Date day) const {
    if (data.students[student].left && day > *data.students[student].left) return false;
    std::set<std::optional<SubjectIndex>> keys{std::nullopt};
    for (const auto& event : data.events) {
      if (event.student == student && event.date <= today) keys.insert(event.subject);
    }
    for (const auto& key : keys) {
      bool confirmed = false;
      bool excluded = false;
      bool on_day = false;
      for (const auto& event : data.events) {
        if (event.student != student || event.date > day || event.date > today) continue;
        if (event.subject && event.subject != key) continue;
        if (event.date == day && (confirmed || excluded)) on_day = true;
        if (event.kind == EventKind::confirmed || event.kind == EventKind::reopened) confirmed = true;
        if (event.kind == EventKind::excluded && std::ranges::find(data.policy.exclude, event.basis) != data.policy.exclude.end()) {
          excluded = true;
        }
        if (event.kind == EventKind::included) excluded = false;
        if (event.kind == EventKind::dismissed || event.kind == EventKind::released || event.kind == EventKind::pending) {
          confirmed = excluded = false;
        }
        if (event.date == day && (confirmed || excluded)) on_day = true;
      }
      if (confirmed || excluded || on_day) return true;
    }
    return false;
  }

  // --- obligations ---

  struct Window {
    Date first = {};
    Date last = {};
    Date due = {};
    Date until = {};
    Date overdue_until = {};
    std::optional<ClassIndex> in;  // whose school days count: the class on the last day
    int owed = 1;
    bool waived = false;
    std::string waiver = "none";
    std::set<Party> owers;
    std::set<std::string> owers_named;
    std::vector<std::size_t> counted;
    int served = 0;
    bool late = false;
  };
  struct Stream {
    std::string kind;
    std::uint32_t index = 0;
    std::optional<StudentIndex> student;
    Date from = {};
    Date until = {};
  };

  [[nodiscard]] std::optional<ClassIndex> class_on(const Stream& stream, Date day) const {
    if (stream.kind == "class") return stream.index;
    if (!stream.student) return std::nullopt;
    for (const auto& membership : data.students[*stream.student].classes) {
      if (membership.days.contains(day)) return membership.in;
    }
    return std::nullopt;
  }

  [[nodiscard]] Date move_due(const Duty& duty, Date due, Date first, Date last, std::optional<ClassIndex> in) const {
    due = std::clamp(due, first, last);
    if (active(duty, due, in)) return due;
    for (Date day = due; day >= first; day -= one) {
      if (active(duty, day, in)) return day;
    }
    for (Date day = due; day <= last; day += one) {
      if (active(duty, day, in)) return day;
    }
    return due;
  }

  [[nodiscard]] Date due_of(const Duty& duty, Date first, Date last, std::optional<ClassIndex> in) const {
    if (duty.due.empty() || duty.due.front().kind == DueDay::Kind::window_end) return last;
    const DueDay& by = duty.due.front();
    Date nominal = last;
    if (by.kind == DueDay::Kind::weekday) {
      Date week = monday(last);
      if (duty.every == Every::two_weeks) {
        const Date start = monday(terms()[static_cast<std::size_t>(term_of(last))].days.from);
        if ((week - start).count() / 7 % 2 == 0) week += days{7};
      }
      nominal = week + days{static_cast<int>(by.weekday)};
    }
    if (by.kind == DueDay::Kind::month_end) {
      while (month(nominal + one) == month(nominal) && !(duty.every == Every::half_month && day_of_month(nominal) == 15)) nominal += one;
    }
    if (by.kind == DueDay::Kind::term_start) nominal = monday(terms()[static_cast<std::size_t>(term_of(first))].days.from) + days{6};
    if (by.kind == DueDay::Kind::term_middle) nominal = terms()[static_cast<std::size_t>(term_of(first))].midterm;
    return move_due(duty, nominal, first, last, in);
  }

  [[nodiscard]] int count(Date first, Date last, const std::function<bool(Date)>& is) const {
    int found = 0;
    for (Date day = first; day <= last; day += one) found += is(day) ? 1 : 0;
    return found;
  }

  void complete(const Duty& duty, const Stream& stream, Window window, std::vector<Window>& windows) const {
    const Date day = std::min(window.due, stream.until);
    const auto in = window.in;
    for (const auto& holder : holders(duty, stream.kind, stream.index, day)) {
      Party party = holder.party;
      std::string acts_for;
      const auto actor = acting(party.index, day);
      if (actor && *actor != party.index) {
        acts_for = "(" + data.staff[party.index].id + ")";
        party.index = *actor;
      }
      const std::string own = " " + data.staff[party.index].id;
      if (acts_for.empty()) {
        std::erase_if(window.owers_named, [&](const std::string& named) { return named.starts_with(own + "("); });
        window.owers_named.insert(own);
      } else if (!window.owers.contains(party)) {
        window.owers_named.insert(own + acts_for);
      }
      window.owers.insert(party);
    }
    const int least = floor(duty);
    const auto is_planned = [&](Date each) { return planned(duty, each); };
    const auto is_active = [&](Date each) { return active(duty, each, in); };
    const auto with_student = [&](Date each) {
      return is_active(each) && !(stream.student && leave(data.students[*stream.student].leave, each) != nullptr);
    };
    const auto attended = [&](Date each) {
      if (!with_student(each)) return false;
      const auto all = holders(duty, stream.kind, stream.index, each);
      return all.empty() || std::ranges::any_of(all, [&](const Holder& one_of) { return acting(one_of.party.index, each).has_value(); });
    };
    if (count(window.first, window.last, is_planned) >= least) {
      if (count(window.first, window.last, is_active) < least) {
        window.waiver = "closure";
      } else if (count(window.first, window.last, with_student) < least) {
        window.waiver = "student-leave";
      } else if (count(window.first, window.last, attended) < least) {
        window.waiver = "staff-leave";
      }
    }
    window.waived = window.waiver != "none";
    windows.push_back(window);
  }

  /// The case or pair must still be there on the due day, or no active day may be lost.
  [[nodiscard]] bool cut_to_presence(const Duty& duty, const Stream& stream, Window& window) const {
    if (window.due > stream.until) {
      for (Date day = stream.until + one; day <= window.due; day += one) {
        if (planned(duty, day)) return false;
      }
      if (stream.until < window.first) return false;
      window.due = stream.until;
    }
    window.last = std::min(window.last, stream.until);
    window.until = std::min(window.until, stream.until);
    return true;
  }

  [[nodiscard]] std::vector<Window> every(const Duty& duty, const Stream& stream) const {
    std::map<std::vector<int>, std::vector<Date>> all;
    for (Date day = begin; day <= end; day += one) {
      const bool of_terms = duty.every == Every::term || duty.every == Every::year;
      if (of_terms && day > terms().back().days.until) continue;  // nothing is known of the next term
      if (alive(duty, day)) all[window_key(duty, day)].push_back(day);
    }
    std::vector<std::vector<Date>> in_order;
    for (const auto& [key, each] : all) in_order.push_back(each);
    std::ranges::sort(in_order);
    std::vector<Window> windows;
    for (std::size_t index = 0; index < in_order.size(); ++index) {
      const Date whole_first = in_order[index].front();
      const Date last = in_order[index].back();
      if (stream.until < whole_first || stream.from > last || !duty.in_force.contains(whole_first)) continue;
      if (duty.every == Every::year
              ? terms()[static_cast<std::size_t>(term_of(last))].year != terms()[static_cast<std::size_t>(term_of(today))].year
              : term_of(last) != term_of(today)) {
        continue;
      }
      const auto in = class_on(stream, std::min(last, stream.until));
      const auto is_planned = [&](Date day) { return planned(duty, day); };
      const int whole = count(whole_first, last, is_planned);
      const Date first = std::max(whole_first, stream.from);
      const int left = count(first, last, is_planned);
      if (left < floor(duty)) continue;
      Window window{.first = first, .last = last};
      window.in = in;
      window.owed = duty.at_least;
      window.due = due_of(duty, whole_first, last, in);
      if (left < whole) {
        if (duty.start == LateStart::next_window) continue;
        if (duty.start == LateStart::share) window.owed = std::max(1, duty.at_least * left / whole);
        window.due = due_of(duty, first, last, in);
      }
      const Date close = closing(duty, last);
      window.until = duty.make_up == MakeUp::none ? last : close;
      if (duty.make_up == MakeUp::window) {
        for (std::size_t next = index + 1; next < in_order.size(); ++next) {
          if (count(in_order[next].front(), in_order[next].back(), is_planned) < floor(duty)) continue;
          if (closing(duty, in_order[next].back()) == close) window.until = std::min(close, in_order[next].back());
          break;
        }
      }
      if (!cut_to_presence(duty, stream, window)) continue;
      window.overdue_until = window.until;
      complete(duty, stream, window, windows);
    }
    return windows;
  }

  void add_dated(const Duty& duty, const Stream& stream, Window window, std::vector<Window>& windows) const {
    const int term = term_of(window.due);
    if (term != term_of(today)) return;
    window.overdue_until = window.until;
    if (window.due <= terms()[static_cast<std::size_t>(term)].days.until) {
      window.overdue_until = std::min(window.until, terms()[static_cast<std::size_t>(term)].days.until);
    }
    complete(duty, stream, window, windows);
  }

  [[nodiscard]] std::vector<Window> after(const Duty& duty, const Stream& stream) const {
    std::vector<Date> events;
    if (duty.after.kind == Trigger::Kind::exam) {
      for (const auto& exam : data.exams) {
        if (!exam.retests.empty() || exam.date > today) continue;
        if (duty.after.exams.empty() ? exam.kind == ExamKind::entry
                                     : std::ranges::find(duty.after.exams, exam.kind) == duty.after.exams.end()) {
          continue;
        }
        const auto in = class_on(stream, exam.date);
        const bool sat =
            std::ranges::any_of(exam.students, [&](StudentIndex student) { return in && data.class_of(student, exam.date) == in; });
        if (sat || stream.kind == "school") events.push_back(exam.date);
      }
    } else if (stream.kind == "student") {
      events.push_back(stream.from);
    }
    std::vector<Window> windows;
    for (const Date event : events) {
      if (event > today || event < stream.from || event > stream.until || !duty.in_force.contains(event)) continue;
      const bool bound = duty.during.kind != During::Kind::term && duty.during.kind != During::Kind::always;
      if (bound && !alive(duty, event)) continue;
      const Date nominal = event + days{duty.within_days};
      const auto in = class_on(stream, std::min(nominal, stream.until));
      Date due = nominal;
      while (due <= end && !active(duty, due, in)) due += one;
      if (due > end) due = nominal;
      Window window{.first = event, .last = due, .due = due, .until = duty.make_up == MakeUp::none ? due : closing(duty, due)};
      window.in = in;
      window.until = std::max(window.until, due);
      if (cut_to_presence(duty, stream, window)) add_dated(duty, stream, window, windows);
    }
    return windows;
  }

  [[nodiscard]] std::vector<Window> once(const Duty& duty, const Stream& stream) const {
    std::vector<Window> windows;
    for (const Term& term : terms()) {
      const DueDay& by = duty.due.front();
      Date nominal = term.days.until;
      if (by.kind == DueDay::Kind::term_start) nominal = std::min(monday(term.days.from) + days{6}, term.days.until);
      if (by.kind == DueDay::Kind::term_middle) nominal = term.midterm;
      if (by.kind == DueDay::Kind::before_term) nominal = term.days.from - one;
      if (nominal < stream.from || nominal > stream.until) continue;
      Date first = term.days.from;
      if (by.kind == DueDay::Kind::before_term) {
        first = begin;
        for (const Term& earlier : terms()) {
          if (earlier.days.until < nominal) first = earlier.days.until + one;
        }
      }
      const auto in = class_on(stream, nominal);
      Date due = nominal;
      if (by.kind != DueDay::Kind::before_term) {
        while (due >= first && !active(duty, due, in)) due -= one;
        if (due < first) due = nominal;
      }
      if (!duty.in_force.contains(due)) continue;
      const bool bound = duty.during.kind != During::Kind::term && duty.during.kind != During::Kind::always;
      if (bound && !alive(duty, nominal)) continue;
      Window window{.first = std::max(first, stream.from)};
      window.in = in;
      window.owed = duty.at_least;
      window.due = std::max(due, window.first);
      window.last = window.due;
      window.until = std::min(duty.make_up == MakeUp::none ? due : std::max(closing(duty, due), window.due), stream.until);
      add_dated(duty, stream, window, windows);
    }
    return windows;
  }

  // --- entries ---

  [[nodiscard]] bool about(const Interaction& entry, const Stream& stream) const {
    if (stream.kind == "school") return true;
    if (stream.kind == "class") return entry.in_class == stream.index;
    for (std::uint32_t place = 0; place < entry.student_count; ++place) {
      if (data.log.students[entry.first_student + place] == *stream.student) return true;
    }
    return false;
  }
  [[nodiscard]] bool person_counts(const Duty& duty, const Stream& stream, const Interaction& entry, const Window& window) const {
    if (window.owers.contains(entry.by)) return true;
    for (const auto& holder : holders(duty, stream.kind, stream.index, entry.date)) {
      if (holder.party == entry.by && (!holder.of_pair || duty.substitutes || (window.first <= entry.date && entry.date <= window.last))) {
        return true;
      }
      const auto actor = acting(holder.party.index, entry.date);
      const bool away = leave(data.staff[holder.party.index].leave, entry.date) != nullptr;
      if (duty.substitutes && away && actor && entry.by == Party{Party::Kind::staff, *actor}) return true;
    }
    return duty.substitutes && window.owers.contains(entry.owner);
  }
  [[nodiscard]] bool right_entry(const Duty& duty, const Stream& stream, const Interaction& entry, const std::string& recipient) const {
    if (entry.date > today || entry.date < stream.from || !about(entry, stream)) return false;
    if (std::ranges::find(duty.satisfied, entry.kind) == duty.satisfied.end()) return false;
    if ((entry.given & duty.needs) != duty.needs) return false;
    const auto& to = data.log.words[entry.words].to;
    return recipient.empty() || std::ranges::find(to, recipient) != to.end();
  }

  using Worth = std::tuple<int, int, int, int, std::vector<std::pair<int, int>>, std::vector<std::vector<std::size_t>>>;

  struct Trial {
    std::vector<std::size_t> windows;
    std::vector<std::vector<bool>> fits;  // by entry, then window
    std::vector<Date> dates;
    std::vector<std::size_t> entries;
    std::vector<int> choice;  // by entry: the window, -1 for none
  };

  [[nodiscard]] Worth worth(const Trial& trial, const std::vector<Window>& windows) const {
    int full = 0;
    int late = 0;
    int contacts = 0;
    int late_contacts = 0;
    std::vector<std::pair<int, int>> ranks;
    std::vector<std::vector<std::size_t>> serving(trial.windows.size());
    for (std::size_t entry = 0; entry < trial.choice.size(); ++entry) {
      if (trial.choice[entry] >= 0) serving[static_cast<std::size_t>(trial.choice[entry])].push_back(entry);
    }
    for (std::size_t place = 0; place < serving.size(); ++place) {
      const Window& window = windows[trial.windows[place]];
      const int got = static_cast<int>(serving[place].size());
      const int is_late =
          static_cast<int>(std::ranges::count_if(serving[place], [&](std::size_t entry) { return trial.dates[entry] > window.due; }));
      full += got == window.owed ? 1 : 0;
      late += got == window.owed && is_late > 0 ? 1 : 0;
      late_contacts += is_late;
      contacts += got;
      ranks.emplace_back(got < window.owed ? 2 + window.owed - got : is_late > 0 ? 1 : 0, is_late);
    }
    return {-full, late, -contacts, late_contacts, ranks, serving};
  }

  void try_all(Trial& trial, const std::vector<Window>& windows, std::vector<int>& left, std::size_t entry,
               std::optional<Worth>& best) const {
    if (entry == trial.entries.size()) {
      Worth found = worth(trial, windows);
      if (!best || found < *best) best = std::move(found);
      return;
    }
    trial.choice[entry] = -1;
    try_all(trial, windows, left, entry + 1, best);
    for (std::size_t place = 0; place < trial.windows.size(); ++place) {
      if (!trial.fits[entry][place] || left[place] == 0) continue;
      --left[place];
      trial.choice[entry] = static_cast<int>(place);
      try_all(trial, windows, left, entry + 1, best);
      ++left[place];
    }
    trial.choice[entry] = -1;
  }

  void match(const Duty& duty, const Stream& stream, const std::string& recipient, std::vector<Window>& windows) const {
    Trial trial;
    for (std::size_t window = 0; window < windows.size(); ++window) {
      if (!windows[window].waived && windows[window].first <= today) trial.windows.push_back(window);
    }
    std::vector<std::size_t> right;
    for (std::size_t entry = 0; entry < data.log.entries.size(); ++entry) {
      if (right_entry(duty, stream, data.log.entries[entry], recipient)) right.push_back(entry);
    }
    for (const std::size_t index : right) {
      const auto& entry = data.log.entries[index];
      std::vector<bool> fits;
      for (const std::size_t window : trial.windows) {
        const Window& which = windows[window];
        fits.push_back(which.first <= entry.date && entry.date <= which.until && person_counts(duty, stream, entry, which));
      }
      if (std::ranges::find(fits, true) == fits.end()) continue;
      trial.entries.push_back(index);
      trial.dates.push_back(entry.date);
      trial.fits.push_back(std::move(fits));
    }
    trial.choice.assign(trial.entries.size(), -1);
    std::vector<int> left;
    for (const std::size_t window : trial.windows) left.push_back(windows[window].owed);
    std::optional<Worth> best;
    try_all(trial, windows, left, 0, best);
    std::set<std::size_t> used;
    const auto serve = [&](Window& window, std::size_t entry) {
      ++window.served;
      window.counted.push_back(entry);
      window.late = window.late || data.log.entries[entry].date > window.due;
      used.insert(entry);
    };
    const auto& serving = std::get<5>(*best);
    for (std::size_t place = 0; place < serving.size(); ++place) {
      for (const std::size_t entry : serving[place]) serve(windows[trial.windows[place]], trial.entries[entry]);
    }
    for (Window& window : windows) {
      if (!window.waived) continue;
      int got = 0;
      for (const std::size_t index : right) {
        const auto& entry = data.log.entries[index];
        const bool in_days = window.first <= entry.date && entry.date <= window.last;
        if (got < window.owed && in_days && !used.contains(index) && person_counts(duty, stream, entry, window)) {
          serve(window, index);
          ++got;
        }
      }
    }
  }

  // --- answers ---

  [[nodiscard]] std::string line(const Duty& duty, const Stream& stream, const Window& window, int recipients) const {
    const auto in = window.in;
    const int owed = window.owed * recipients;
    std::string state;
    int overdue = 0;
    const auto is_active = [&](Date day) { return active(duty, day, in); };
    if (window.served >= owed) {
      state = window.late ? "done-late" : "done";
    } else if (today < window.first) {
      state = "not-yet";
    } else if (window.waived) {
      state = "waived";
    } else if (today <= window.due) {
      state = count(today + one, window.due, is_active) <= data.policy.cadence.due_soon ? "due-soon" : "due";
    } else if (today > window.overdue_until) {
      state = "missed";
    } else {
      overdue = count(window.due + one, today, is_active);
      state = overdue == 0 ? "due-soon" : "overdue";
    }
    std::string owers;
    for (const auto& named : window.owers_named) owers += named;
    std::string entries;
    auto counted = window.counted;
    std::ranges::sort(counted);
    counted.erase(std::unique(counted.begin(), counted.end()), counted.end());
    for (const auto entry : counted) entries += " " + std::to_string(entry);
    return duty.id + " " + stream.kind + std::to_string(stream.index) + " by" + owers + " " + to_string(window.first) + ".." +
           to_string(window.last) + " due " + to_string(window.due) + " " + state + " " + (window.served >= owed ? "none" : window.waiver) +
           " " + std::to_string(window.served) + "/" + std::to_string(owed) + " overdue " + std::to_string(overdue) + " entries" + entries;
  }

  void judge(const Duty& duty, const Stream& stream, std::vector<std::string>& lines) const {
    auto windows = duty.timing == Timing::every   ? every(duty, stream)
                   : duty.timing == Timing::after ? after(duty, stream)
                                                  : once(duty, stream);
    if (windows.empty()) return;
    std::ranges::stable_sort(windows, {}, [](const Window& window) { return std::pair(window.first, window.due); });
    if (duty.to.empty()) match(duty, stream, "", windows);
    for (const auto& recipient : duty.to) match(duty, stream, recipient, windows);
    for (const auto& window : windows) {
      if (window.first > std::max(today, terms().back().days.until)) continue;                       // in no term that is known
      if (term_of(window.first) > term_of(today) || term_of(window.due) < term_of(today)) continue;  // of the year, in another term
      lines.push_back(line(duty, stream, window, static_cast<int>(std::max<std::size_t>(duty.to.size(), 1))));
    }
  }

  void add_runs(const Duty& duty, Stream stream, const std::function<bool(Date)>& present, std::vector<std::string>& lines) const {
    for (Date day = begin; day <= end; day += one) {
      if (!present(day)) continue;
      stream.from = day == begin ? Date::min() : day;
      while (day < end && present(day + one)) day += one;
      stream.until = day == end ? Date::max() : day;
      judge(duty, stream, lines);
    }
  }

  [[nodiscard]] std::vector<std::string> ask() const {
    std::vector<std::string> lines;
    for (const Duty& duty : data.policy.cadence.duties) {
      if (duty.target == DutyFor::student_case) {
        for (StudentIndex student = 0; student < data.students.size(); ++student) {
          add_runs(
              duty, {"student", student, student}, [&](Date day) { return case_open(student, day); }, lines);
        }
      } else if (duty.target == DutyFor::pair) {
        for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
          if (std::ranges::none_of(duty.who, [&](const DutyHolder& who) { return who.role == data.pairs[pair].role; })) continue;
          add_runs(
              duty, {"pair", pair, data.pairs[pair].student}, [&](Date day) { return pair_alive(data.pairs[pair], day); }, lines);
        }
      } else if (duty.target == DutyFor::school_class) {
        for (ClassIndex in = 0; in < data.classes.size(); ++in) {
          const auto present = [&](Date day) {
            return std::ranges::any_of(data.students, [&](const Student& student) {
              return (!student.left || day <= *student.left) && std::ranges::any_of(student.classes, [&](const Membership& membership) {
                       return membership.in == in && membership.days.contains(day);
                     });
            });
          };
          add_runs(duty, {"class", in, std::nullopt}, present, lines);
        }
      } else {
        add_runs(
            duty, {"school", 0, std::nullopt}, [](Date) { return true; }, lines);
      }
    }
    std::ranges::sort(lines);
    return lines;
  }
};

}  // namespace

std::vector<std::string> ask_cadence_oracle(const Dataset& data, Date today) {
  const Date begin = std::min(today, data.calendar.terms.front().days.from) - days{150};
  const Date end = std::max(today, data.calendar.terms.back().days.until) + days{60};
  return Oracle{data, today, begin, end}.ask();
}

}  // namespace help::test
