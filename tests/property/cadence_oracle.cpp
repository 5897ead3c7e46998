// SPDX-License-Identifier: MIT
#include "property/cadence_oracle.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace help::test {
namespace {

using std::chrono::year_month_day;

struct CadenceOracle {
  const Dataset& data;
  Date today;
  Date begin;  // no day before or after these is looked at
  Date end;

  /// Whose school days count: of a class, of a grade, or of the school.
  struct Whose {
    std::optional<ClassIndex> in = {};
    std::optional<int> grade = {};
  };

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
    while (weekday(day) != 0) day -= one_day;
    return day;
  }
  [[nodiscard]] bool in_break(Date day) const {
    for (const auto& each : data.calendar.breaks) {
      if (each.days.contains(day)) return true;
    }
    return false;
  }
  /// By the calendar, closures left out of account.
  [[nodiscard]] bool planned_school(Date day, const Whose& whose) const {
    if (term_holding(day) < 0) return false;
    for (const auto& each : data.calendar.make_up_days) {
      if (each.date == day) return true;
    }
    auto week = data.calendar.week.days;
    for (const auto& [grade, own] : data.calendar.week.by_grade) {
      if (grade_on(whose, day) == grade) week = own;
    }
    return !in_break(day) && (week >> weekday(day) & 1) != 0;
  }
  [[nodiscard]] std::optional<int> grade_on(const Whose& whose, Date day) const {
    if (whose.grade) return whose.grade;
    return whose.in ? std::optional(data.grade_of(*whose.in, day)) : std::nullopt;
  }
  [[nodiscard]] bool closed(Date day, const Whose& whose) const {
    for (const auto& each : data.calendar.closures) {
      if (!each.days.contains(day)) continue;
      if (each.classes.empty() && each.grades.empty()) return true;
      if (whose.in && std::ranges::find(each.classes, data.classes[*whose.in].id) != each.classes.end()) return true;
      const auto grade = grade_on(whose, day);
      if (grade && std::ranges::find(each.grades, *grade) != each.grades.end()) return true;
    }
    return false;
  }

  // --- one_day duty ---

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
        return term_holding(day) >= 0 &&
               std::ranges::any_of(duty.during.in, [&](std::size_t phase) { return in_phase(data.policy.cadence.phases[phase], day); });
    }
    return false;
  }
  [[nodiscard]] static bool in_phase(const Phase& phase, Date day) {
    const auto place = [](int month_of_year, int day_of_it) { return month_of_year * 100 + day_of_it; };
    const int from = place(static_cast<int>(phase.from.month), static_cast<int>(phase.from.day));
    const int until = place(static_cast<int>(phase.until.month), static_cast<int>(phase.until.day));
    const int now = place(month(day), day_of_month(day));
    if (phase.from.year) {
      const int whole = year(day) * 10'000 + now;
      return *phase.from.year * 10'000 + from <= whole && whole <= *phase.until.year * 10'000 + until;
    }
    return from <= until ? from <= now && now <= until : from <= now || now <= until;
  }
  [[nodiscard]] bool planned(const Duty& duty, Date day, const Whose& whose) const {
    return alive(duty, day) && (by_calendar(duty) || planned_school(day, whose));
  }
  [[nodiscard]] bool active(const Duty& duty, Date day, const Whose& whose) const {
    return planned(duty, day, whose) && (by_calendar(duty) || !closed(day, whose));
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
      while (first > begin && alive(duty, first - one_day)) first -= one_day;
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
    while (day < end && same_book(day + one_day)) day += one_day;
    return day == end ? Date::max() : day;
  }

  // --- people ---

  /// One target for as long as it lasts.
  struct Stream {
    std::string kind;
    std::uint32_t index = 0;
    std::optional<StudentIndex> student = {};
    std::optional<SubjectIndex> subject = {};
    std::optional<Party> only = {};
    Date from = {};
    Date until = {};
  };
  struct Holder {
    Party party;
    bool of_pair = false;
    std::size_t part = 0;
    friend auto operator<=>(const Holder&, const Holder&) = default;
  };
  [[nodiscard]] static Party teacher(StaffIndex staff) { return {Party::Kind::staff, staff}; }
  [[nodiscard]] bool here(Party party, Date day) const {
    if (party.kind == Party::Kind::staff) return !data.staff[party.index].left || day <= *data.staff[party.index].left;
    if (party.kind == Party::Kind::student) return !data.students[party.index].left || day <= *data.students[party.index].left;
    return true;
  }
  [[nodiscard]] static Party partner(const Pair& pair) {
    if (pair.staff) return teacher(*pair.staff);
    return pair.peer ? Party{Party::Kind::student, *pair.peer} : Party{Party::Kind::body, *pair.body};
  }
  [[nodiscard]] bool pair_alive(const Pair& pair, Date day) const {
    return pair.days.contains(day) && here({Party::Kind::student, pair.student}, day) && here(partner(pair), day);
  }
  [[nodiscard]] std::optional<ClassIndex> class_of_student(StudentIndex student, Date day) const {
    if (!here({Party::Kind::student, student}, day)) return std::nullopt;
    for (const auto& membership : data.students[student].classes) {
      if (membership.days.contains(day)) return membership.in;
    }
    return std::nullopt;
  }
  /// The classes that the target touches on a day.
  [[nodiscard]] std::set<ClassIndex> classes_on(const Stream& stream, Date day) const {
    std::set<ClassIndex> classes;
    for (ClassIndex in = 0; in < data.classes.size(); ++in) {
      const bool all = stream.kind == "school" || stream.kind == "self" || stream.kind == "staff";
      const bool of_grade = stream.kind == "grade" && data.grade_of(in, day) == static_cast<int>(stream.index);
      const bool own = stream.kind == "class" && in == stream.index;
      const bool of_student = stream.student && class_of_student(*stream.student, day) == in;
      if (all || of_grade || own || of_student) classes.insert(in);
    }
    return classes;
  }
  [[nodiscard]] bool is_member(const Body& body, const std::string& id, Date day) const {
    return std::ranges::any_of(body.members, [&](const BodyMember& one_of) { return one_of.member == id && one_of.days.contains(day); });
  }
  [[nodiscard]] bool role_fits(const Role& role, const Stream& stream, Date day) const {
    if (!role.days.contains(day)) return false;
    const auto classes = classes_on(stream, day);
    if (stream.student || stream.kind == "class" || stream.kind == "grade") {
      if (role.in_class && !classes.contains(*role.in_class)) {
        // Of a grade it is enough that the class is in it.
        return false;
      }
      if (role.grade && stream.kind == "grade" && *role.grade != static_cast<int>(stream.index)) return false;
      if (role.grade && stream.kind != "grade") {
        const bool in_grade = std::ranges::any_of(classes, [&](ClassIndex in) { return data.grade_of(in, day) == *role.grade; });
        if (!in_grade) return false;
      }
    }
    if (role.body && stream.kind == "body" && *role.body != stream.index) return false;
    if (role.body && stream.student) return is_member(data.bodies[*role.body], data.students[*stream.student].id, day);
    return true;
  }
  [[nodiscard]] bool pair_touches(std::uint32_t pair, const Stream& stream, Date day) const {
    const Pair& which = data.pairs[pair];
    if (stream.kind == "pair") return pair == stream.index;
    if (stream.kind == "student") return which.student == stream.index;
    if (stream.kind == "class") return class_of_student(which.student, day) == stream.index;
    return stream.kind == "school" || stream.kind == "self";
  }
  [[nodiscard]] std::set<Holder> holders(const Duty& duty, const Stream& stream, Date day) const {
    std::set<Holder> found;
    const auto add = [&](Party party, bool of_pair, std::size_t part) {
      if (here(party, day)) found.insert({party, of_pair, part});
    };
    for (std::size_t part = 0; part < duty.who.size(); ++part) {
      const auto& who = duty.who[part];
      const auto classes = classes_on(stream, day);
      if (who.kind == DutyHolder::Kind::class_teacher) {
        for (const auto in : classes) {
          for (const auto& leader : data.classes[in].leaders) {
            if (leader.days.contains(day)) add(teacher(leader.staff), false, part);
          }
        }
        continue;
      }
      if (who.kind == DutyHolder::Kind::subject_teacher) {
        for (const auto& row : data.teaching) {
          const bool of_duty = duty.subjects.empty() || std::ranges::find(duty.subjects, data.subjects[row.subject]) != duty.subjects.end();
          const bool of_target = !stream.subject || *stream.subject == row.subject;
          if (of_duty && of_target && row.days.contains(day) && classes.contains(row.in)) add(teacher(row.staff), false, part);
        }
        continue;
      }
      if (who.kind == DutyHolder::Kind::role) {
        for (StaffIndex staff = 0; staff < data.staff.size(); ++staff) {
          for (const auto& role : data.staff[staff].roles) {
            if (role.role == who.role && role_fits(role, stream, day)) add(teacher(staff), false, part);
          }
        }
      } else {
        // Where pairs say which body takes care of whom, the others do not.
        const bool paired = stream.student && std::ranges::any_of(data.pairs, [&](const Pair& pair) { return pair.role == who.role; });
        const bool is_one = stream.kind == "body" && data.bodies[stream.index].kind == who.role;
        for (BodyIndex body = 0; body < data.bodies.size(); ++body) {
          if (data.bodies[body].kind == who.role && !paired && (!is_one || body == stream.index))
            add({Party::Kind::body, body}, false, part);
        }
      }
      for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
        if (data.pairs[pair].role == who.role && pair_alive(data.pairs[pair], day) && pair_touches(pair, stream, day)) {
          add(partner(data.pairs[pair]), true, part);
        }
      }
    }
    // Who owes it for oneself has nothing to do with the others.
    if (stream.kind == "self" && stream.only) std::erase_if(found, [&](const Holder& holder) { return holder.party != *stream.only; });
    return found;
  }
  /// The holders on a day whose duty the stream is.
  [[nodiscard]] std::set<Holder> own_holders(const Duty& duty, const Stream& stream, Date day) const {
    auto found = holders(duty, stream, day);
    std::erase_if(found, [&](const Holder& holder) { return stream.only && holder.party != *stream.only; });
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
      if (!here(teacher(staff), day)) return std::nullopt;
    }
    return staff;
  }

  /// Whether somebody who holds a duty is there, or somebody who stands in.
  [[nodiscard]] bool attends(Party party, Date day) const {
    if (party.kind == Party::Kind::staff) return acting(party.index, day).has_value();
    return party.kind == Party::Kind::body || leave(data.students[party.index].leave, day) == nullptr;
  }
  /// Whether what somebody did is what the party did: a body is spoken for.
  [[nodiscard]] bool speaks(Party party, Party who, const Interaction& entry) const {
    if (party == who) return true;
    if (party.kind != Party::Kind::body) return false;
    const Body& body = data.bodies[party.index];
    for (const auto& leader : body.responsible) {
      if (who == teacher(leader.staff) && leader.days.contains(entry.date)) return true;
    }
    if (data.log.words_of(entry).body != party.index || who.kind == Party::Kind::body) return false;
    return is_member(body, who.kind == Party::Kind::staff ? data.staff[who.index].id : data.students[who.index].id, entry.date);
  }
  [[nodiscard]] std::string name(Party party) const {
    if (party.kind == Party::Kind::staff) return data.staff[party.index].id;
    return party.kind == Party::Kind::student ? data.students[party.index].id : data.bodies[party.index].id;
  }

  // --- cases ---

  /// Of one subject, or of the student as a whole and in any subject.
  [[nodiscard]] bool case_open(StudentIndex student, std::optional<SubjectIndex> only, Date day) const {
    if (data.students[student].left && day > *data.students[student].left) return false;
    std::set<std::optional<SubjectIndex>> keys{std::nullopt};
    for (const auto& event : data.events) {
      if (event.student == student && event.date <= today) keys.insert(event.subject);
    }
    if (only) keys = {only};
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
    Whose in = {};  // on the last day
    int owed = 1;
    bool waived = false;
    std::string waiver = "none";
    std::set<Party> owers = {};
    std::set<std::string> owers_named = {};
    std::vector<std::size_t> counted = {};
    int served = 0;
    int above = 0;
    bool late = false;
    bool never_met = false;
  };
  [[nodiscard]] Whose whose_days(const Stream& stream, Date day) const {
    if (stream.kind == "class") return {.in = stream.index};
    if (stream.kind == "grade") return {.grade = static_cast<int>(stream.index)};
    return {.in = stream.student ? class_of_student(*stream.student, day) : std::nullopt};
  }

  [[nodiscard]] Date move_due(const Duty& duty, Date due, Date first, Date last, const Whose& in) const {
    due = std::clamp(due, first, last);
    if (active(duty, due, in)) return due;
    for (Date day = due; day >= first; day -= one_day) {
      if (active(duty, day, in)) return day;
    }
    for (Date day = due; day <= last; day += one_day) {
      if (active(duty, day, in)) return day;
    }
    return due;
  }

  [[nodiscard]] Date due_of(const Duty& duty, Date first, Date last, const Whose& in) const {
    if (duty.due.empty() || duty.due.front().kind == DueDay::Kind::window_end) return last;
    const DueDay& by = duty.due.front();
    Date nominal = last;
    if (by.kind == DueDay::Kind::weekday) {
      Date week = monday(last);
      if (duty.every == Every::two_weeks) {
        const Date start = monday(terms()[static_cast<std::size_t>(term_of(last))].days.from);
        if ((week - start).count() / 7 % 2 == 0) week += Days{7};
      }
      nominal = week + Days{static_cast<int>(by.weekday)};
    }
    if (by.kind == DueDay::Kind::month_end) {
      while (month(nominal + one_day) == month(nominal) && !(duty.every == Every::half_month && day_of_month(nominal) == 15))
        nominal += one_day;
    }
    if (by.kind == DueDay::Kind::term_start) nominal = monday(terms()[static_cast<std::size_t>(term_of(first))].days.from) + Days{6};
    if (by.kind == DueDay::Kind::term_middle) nominal = terms()[static_cast<std::size_t>(term_of(first))].midterm;
    return move_due(duty, nominal, first, last, in);
  }

  [[nodiscard]] int count(Date first, Date last, const std::function<bool(Date)>& is) const {
    int found = 0;
    for (Date day = first; day <= last; day += one_day) found += is(day) ? 1 : 0;
    return found;
  }

  [[nodiscard]] bool holds(const Condition& condition, const Stream& stream, Date day) const {
    std::optional<ClassIndex> in = whose_days(stream, day).in;
    std::optional<int> grade = whose_days(stream, day).grade;
    if (in) grade = data.grade_of(*in, day);
    const Student* student = stream.student ? &data.students[*stream.student] : nullptr;
    const auto listed = [](const auto& list, const auto& what) { return std::ranges::find(list, what) != list.end(); };
    switch (condition.kind) {
      case Condition::Kind::transferred: {
        if (student == nullptr || !student->transferred || *student->transferred > today) return false;
        // On every day before, and in the first terms here.
        return day < *student->transferred || term_of(day) - term_of(*student->transferred) < data.policy.transferred_terms;
      }
      case Condition::Kind::grade:
        return grade && listed(condition.grades, *grade);
      case Condition::Kind::in_class:
        return in && listed(condition.names, data.classes[*in].id);
      case Condition::Kind::group:
        for (const auto& each : student == nullptr ? std::vector<GroupMembership>{} : student->groups) {
          if (each.days.contains(day) && listed(condition.names, each.group)) return true;
        }
        return false;
      case Condition::Kind::cohort:
        for (const auto& [year_of, grades] : condition.cohorts) {
          if (year_of == terms()[static_cast<std::size_t>(term_of(day))].year && grade && listed(grades, *grade)) return true;
        }
        return false;
    }
    return false;
  }
  [[nodiscard]] bool conditions_hold(const Duty& duty, const Stream& stream, Date day) const {
    for (const auto& each : duty.only) {
      if (!holds(each, stream, day)) return false;
    }
    for (const auto& each : duty.unless) {
      if (holds(each, stream, day)) return false;
    }
    return true;
  }

  void complete(const Duty& duty, const Stream& stream, Window window, std::vector<Window>& windows) const {
    const Date day = std::min(window.due, stream.until);
    const auto in = window.in;
    if (!conditions_hold(duty, stream, day)) return;
    for (const auto& holder : own_holders(duty, stream, day)) {
      Party party = holder.party;
      std::string acts_for;
      const auto actor = party.kind == Party::Kind::staff ? acting(party.index, day) : std::nullopt;
      if (actor && *actor != party.index) {
        acts_for = "(" + name(party) + ")";
        party.index = *actor;
      }
      const std::string own = " " + name(party);
      if (acts_for.empty()) {
        std::erase_if(window.owers_named, [&](const std::string& named) { return named.starts_with(own + "("); });
        window.owers_named.insert(own);
      } else if (!window.owers.contains(party)) {
        window.owers_named.insert(own + acts_for);
      }
      window.owers.insert(party);
    }
    if (stream.only && window.owers.empty()) return;
    const auto is_planned = [&](Date each) { return planned(duty, each, in); };
    const int whole = count(window.first, window.last, is_planned);
    const int least = std::min(floor(duty), whole);
    const auto is_active = [&](Date each) { return active(duty, each, in); };
    const auto with_student = [&](Date each) {
      return is_active(each) && !(stream.student && leave(data.students[*stream.student].leave, each) != nullptr);
    };
    const auto attended = [&](Date each) {
      if (!with_student(each)) return false;
      const auto all = own_holders(duty, stream, each);
      const auto is_there = [&](const Holder& holder) { return attends(holder.party, each); };
      if (!duty.together) return all.empty() || std::ranges::any_of(all, is_there);
      // They can only meet where there is somebody of each part.
      for (std::size_t part = 0; part < duty.who.size(); ++part) {
        auto of_part = all;
        std::erase_if(of_part, [&](const Holder& holder) { return holder.part != part; });
        if (!of_part.empty() && std::ranges::none_of(of_part, is_there)) return false;
      }
      return true;
    };
    if (whole > 0) {
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
      for (Date day = stream.until + one_day; day <= window.due; day += one_day) {
        if (planned(duty, day, window.in)) return false;
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
    for (Date day = begin; day <= end; day += one_day) {
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
      const auto in = whose_days(stream, std::min(last, stream.until));
      const auto is_planned = [&](Date day) { return planned(duty, day, in); };
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
    // What was set off stands from then on, even if it is due in a later term.
    if (duty.timing == Timing::after ? term < term_of(today) : term != term_of(today)) return;
    window.overdue_until = window.until;
    if (window.due <= terms()[static_cast<std::size_t>(term)].days.until) {
      window.overdue_until = std::min(window.until, terms()[static_cast<std::size_t>(term)].days.until);
    }
    complete(duty, stream, window, windows);
  }

  /// Something that sets a duty off; what it asks for may outlast the case or pair.
  struct Happening {
    Date day = {};
    bool outlasts = false;
  };

  /// Whether a pair that has begun on a day gives the target somebody who holds the duty.
  [[nodiscard]] bool was_assigned(const Duty& duty, const Stream& stream, Date day) const {
    for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
      const Pair& which = data.pairs[pair];
      const bool asked = std::ranges::any_of(duty.who, [&](const DutyHolder& who) {
        const bool of_pairs = who.kind == DutyHolder::Kind::role || who.kind == DutyHolder::Kind::body_kind;
        return of_pairs && who.role == which.role;
      });
      if (!asked || (stream.only && partner(which) != *stream.only)) continue;
      const auto there = [&](Date each) { return pair_alive(which, each) && pair_touches(pair, stream, each); };
      if (there(day) && !there(day - one_day)) return true;
    }
    return false;
  }

  [[nodiscard]] bool post_was_taken(StaffIndex staff, Date last) const {
    const auto* const term = term_holding(last) < 0 ? nullptr : &terms()[static_cast<std::size_t>(term_holding(last))];
    if (term == nullptr || last == term->days.until) return false;
    const Staff& who = data.staff[staff];
    bool ends = who.left == last;
    for (const auto& role : who.roles) ends = ends || role.days.until == last;
    for (const auto& row : data.teaching) ends = ends || (row.staff == staff && row.days.until == last);
    for (const auto& which : data.classes) {
      for (const auto& leader : which.leaders) ends = ends || (leader.staff == staff && leader.days.until == last);
    }
    return ends;
  }

  [[nodiscard]] bool event_concerns(const Event& event, const Stream& stream) const {
    if (stream.subject && event.subject && *event.subject != *stream.subject) return false;
    if (stream.student) return event.student == *stream.student;
    const auto in = class_of_student(event.student, event.date);
    if (stream.kind == "class") return in == stream.index;
    if (stream.kind == "grade") return in && data.grade_of(*in, event.date) == static_cast<int>(stream.index);
    return stream.kind == "school";
  }

  /// One a student and day: the first of that day.
  [[nodiscard]] std::vector<Happening> happenings_of_cases(const Duty& duty, const Stream& stream) const {
    std::vector<Happening> found;
    const auto asked = [&](EventKind kind) { return std::ranges::find(duty.after.events, kind) != duty.after.events.end(); };
    const bool of_case = duty.target == DutyFor::student_case;
    if (of_case && asked(EventKind::confirmed)) found.push_back({stream.from, false});
    std::set<std::pair<StudentIndex, Date>> seen;
    for (const auto& event : data.events) {
      const bool opens = event.kind == EventKind::confirmed || event.kind == EventKind::reopened;
      if (!asked(event.kind) || (of_case && opens) || !event_concerns(event, stream)) continue;
      if (seen.insert({event.student, event.date}).second) found.push_back({event.date, event.kind == EventKind::released});
    }
    return found;
  }

  /// By day; those on which the target is not there are left out.
  [[nodiscard]] std::vector<Happening> happenings(const Duty& duty, const Stream& stream) const {
    std::vector<Happening> found;
    const auto there = [&](Date day) { return stream.from <= day && day <= stream.until; };
    std::optional<StaffIndex> staff;
    if (stream.kind == "staff") staff = stream.index;
    if (stream.kind == "pair") staff = data.pairs[stream.index].staff;
    if (stream.kind == "self" && stream.only->kind == Party::Kind::staff) staff = stream.only->index;
    switch (duty.after.kind) {
      case Trigger::Kind::exam:
      case Trigger::Kind::record:
        for (const Date day : days_of_exams_and_records(duty, stream)) found.push_back({day, false});
        break;
      case Trigger::Kind::event:
        found = happenings_of_cases(duty, stream);
        break;
      case Trigger::Kind::assigned:
        for (Date day = begin + one_day; day <= end; day += one_day) {
          if (stream.kind == "pair" ? day == stream.from : was_assigned(duty, stream, day)) found.push_back({day, false});
        }
        break;
      case Trigger::Kind::enrolled:
        if (stream.student) {
          const Student& who = data.students[*stream.student];
          Date first = Date::max();
          for (const auto& membership : who.classes) first = std::min(first, membership.days.from);
          first = who.transferred.value_or(first);
          if (first >= begin) found.push_back({first, false});  // else it is not known
        }
        break;
      case Trigger::Kind::post_change:
        for (Date day = begin; staff && day <= end; day += one_day) {
          if (there(day) && post_was_taken(*staff, day)) found.push_back({day + one_day, true});
        }
        return found;
    }
    std::erase_if(found, [&](const Happening& each) { return !there(each.day); });
    return found;
  }

  [[nodiscard]] std::vector<Date> days_of_exams_and_records(const Duty& duty, const Stream& stream) const {
    std::vector<Date> events;
    if (duty.after.kind == Trigger::Kind::exam) {
      for (const auto& exam : data.exams) {
        if (!exam.retests.empty() || exam.date > today) continue;
        if (duty.after.exams.empty() ? exam.kind == ExamKind::entry
                                     : std::ranges::find(duty.after.exams, exam.kind) == duty.after.exams.end()) {
          continue;
        }
        if (stream.subject && !exam.column_of(*stream.subject)) continue;
        const auto touched = classes_on(stream, exam.date);
        const bool sat = std::ranges::any_of(exam.students, [&](StudentIndex student) {
          const auto in = class_of_student(student, exam.date);
          return in && touched.contains(*in);
        });
        const bool of_classes = stream.student || stream.kind == "class" || stream.kind == "grade";
        if (sat || !of_classes) events.push_back(exam.date);
      }
    } else if (duty.after.kind == Trigger::Kind::record) {
      for (const auto& entry : data.log.entries) {
        const bool other = stream.subject && entry.subject && entry.subject != stream.subject;
        const bool asked = std::ranges::find(duty.after.records, entry.kind) != duty.after.records.end();
        if (entry.date <= today && asked && !other && about(entry, stream)) events.push_back(entry.date);
      }
    }
    std::ranges::sort(events);
    return events;
  }

  [[nodiscard]] std::vector<Window> after(const Duty& duty, const Stream& stream) const {
    std::vector<Window> windows;
    for (const auto& [event, outlasts] : happenings(duty, stream)) {
      if (event > today || !duty.in_force.contains(event)) continue;
      const bool bound = duty.during.kind != During::Kind::term && duty.during.kind != During::Kind::always;
      if (bound && !alive(duty, event)) continue;
      const Date nominal = event + Days{duty.within_days};
      const auto in = whose_days(stream, std::min(nominal, stream.until));
      Date due = nominal;
      while (due <= end && !active(duty, due, in)) due += one_day;
      if (due > end) due = nominal;
      Window window{.first = event, .last = due, .due = due, .until = duty.make_up == MakeUp::none ? due : closing(duty, due)};
      window.in = in;
      window.until = std::max(window.until, due);
      if (outlasts || cut_to_presence(duty, stream, window)) add_dated(duty, stream, window, windows);
    }
    return windows;
  }

  /// The days by which `once` is due, as they are written, with whether they are the eve of a term.
  [[nodiscard]] std::vector<std::pair<Date, bool>> once_days(const Duty& duty) const {
    std::vector<std::pair<Date, bool>> found;
    for (const DueDay& by : duty.due) {
      if (by.kind == DueDay::Kind::date) {
        for (Date day = begin; day <= end; day += one_day) {
          const bool same = month(day) == static_cast<int>(by.date.month) && day_of_month(day) == static_cast<int>(by.date.day);
          if (!by.date.year && day < terms().front().days.from) continue;  // before anything is known
          if (same && (!by.date.year || *by.date.year == year(day))) found.emplace_back(day, false);
        }
        continue;
      }
      for (const Term& term : terms()) {
        if (by.kind == DueDay::Kind::term_start) found.emplace_back(std::min(monday(term.days.from) + Days{6}, term.days.until), false);
        if (by.kind == DueDay::Kind::term_middle) found.emplace_back(term.midterm, false);
        if (by.kind == DueDay::Kind::term_end) found.emplace_back(term.days.until, false);
        if (by.kind == DueDay::Kind::before_term) found.emplace_back(term.days.from - one_day, true);
      }
    }
    std::ranges::stable_sort(found, {}, &std::pair<Date, bool>::first);
    return found;
  }

  [[nodiscard]] std::vector<Window> once(const Duty& duty, const Stream& stream) const {
    std::vector<Window> windows;
    std::optional<Date> before;
    for (const auto& [nominal, is_eve] : once_days(duty)) {
      const auto previous = std::exchange(before, nominal);
      if (nominal < stream.from || nominal > stream.until) continue;
      if (!by_calendar(duty) && nominal > terms().back().days.until) continue;  // of a term that is not known
      const std::size_t term = static_cast<std::size_t>(term_of(nominal));
      Date first = terms()[term].days.from;
      if (is_eve || nominal < first) first = term == 0 ? begin : terms()[term - 1].days.until + one_day;
      if (duty.due.size() > 1 && previous && *previous >= first) first = *previous + one_day;
      if (duty.once_from) {
        first = nominal;
        while (month(first) != static_cast<int>(duty.once_from->month) || day_of_month(first) != static_cast<int>(duty.once_from->day)) {
          first -= one_day;
        }
      }
      const auto in = whose_days(stream, nominal);
      Date due = nominal;
      if (!is_eve) {
        while (due >= first && !active(duty, due, in)) due -= one_day;
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
    if (stream.kind == "grade") return entry.grade == static_cast<int>(stream.index);
    if (stream.kind == "body") {
      const Party body{Party::Kind::body, stream.index};
      return data.log.words_of(entry).body == stream.index || entry.owner == body || entry.by == body;
    }
    if (stream.kind == "staff") {
      const InteractionWords& words = data.log.words_of(entry);
      return std::ranges::find(words.with, teacher(stream.index)) != words.with.end() ||
             std::ranges::find(words.to, data.staff[stream.index].id) != words.to.end();
    }
    if (stream.kind == "self") {
      const Party who = *stream.only;
      if (entry.by == who || entry.owner == who) return true;
      if (who.kind != Party::Kind::body) return false;
      const auto did = [&](const Leader& leader) { return entry.by == teacher(leader.staff) || entry.owner == teacher(leader.staff); };
      return data.log.words_of(entry).body == who.index || std::ranges::any_of(data.bodies[who.index].responsible, did);
    }
    for (std::uint32_t place = 0; place < entry.student_count; ++place) {
      if (data.log.students[entry.first_student + place] == *stream.student) return true;
    }
    return false;
  }
  [[nodiscard]] static bool within(const Window& window, Date day) { return window.first <= day && day <= window.last; }
  [[nodiscard]] bool stands_in(Party holder, Party who, Date day) const {
    if (holder.kind != Party::Kind::staff || leave(data.staff[holder.index].leave, day) == nullptr) return false;
    const auto actor = acting(holder.index, day);
    return actor && who == teacher(*actor);
  }
  [[nodiscard]] bool person_counts(const Duty& duty, const Stream& stream, const Interaction& entry, const Window& window) const {
    if (duty.together) return true;
    // Who stands in on the due day owes it, and it stays the duty of the holder, who may do it, too.
    const auto of_due_day = own_holders(duty, stream, std::min(window.due, stream.until));
    const auto owes = [&](Party who) {
      return std::ranges::any_of(window.owers, [&](Party ower) { return speaks(ower, who, entry); }) ||
             std::ranges::any_of(of_due_day, [&](const Holder& holder) { return holder.party == who; });
    };
    if (owes(entry.by)) return true;
    const auto then = holders(duty, stream, entry.date);
    for (const auto& holder : then) {
      if (duty.substitutes && stands_in(holder.party, entry.by, entry.date)) return true;
      if (!speaks(holder.party, entry.by, entry)) continue;
      if (duty.substitutes) return true;
      if (!stream.only) {
        if (!holder.of_pair || within(window, entry.date)) return true;
        continue;
      }
      // Each owes it: what a predecessor did in the window is handed on to whoever had nothing to do with it then.
      const auto later = holders(duty, stream, window.due);
      const bool gone = std::ranges::none_of(later, [&](const Holder& one_of) { return one_of.party == holder.party; });
      const bool had = std::ranges::any_of(then, [&](const Holder& one_of) { return owes(one_of.party); });
      if (within(window, entry.date) && gone && !had) return true;
    }
    return duty.substitutes && owes(entry.owner);
  }
  [[nodiscard]] bool received(const Interaction& entry, const std::string& recipient) const {
    for (const std::string& to : data.log.words_of(entry).to) {
      if (to == recipient) return true;
      for (StaffIndex staff = 0; staff < data.staff.size(); ++staff) {
        if (data.staff[staff].id != to) continue;
        for (const auto& role : data.staff[staff].roles) {
          if (role.role == recipient && role.days.contains(entry.date)) return true;
        }
        for (const auto& which : data.classes) {
          for (const auto& leader : which.leaders) {
            if (recipient == "class-teacher" && leader.staff == staff && leader.days.contains(entry.date)) return true;
          }
        }
      }
      for (const auto& body : data.bodies) {
        if (body.id == to && body.kind == recipient) return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool all_met(const Duty& duty, const Stream& stream, const Interaction& entry) const {
    auto present = data.log.words_of(entry).with;
    present.push_back(entry.by);
    for (std::size_t part = 0; part < duty.who.size(); ++part) {
      bool met = false;
      for (const auto& holder : holders(duty, stream, entry.date)) {
        for (const Party& who : present) {
          met = met || (holder.part == part && (speaks(holder.party, who, entry) || stands_in(holder.party, who, entry.date)));
        }
      }
      if (!met) return false;
    }
    return true;
  }
  [[nodiscard]] bool right_entry(const Duty& duty, const Stream& stream, const Interaction& entry, const std::string& recipient) const {
    if (entry.date > today || entry.date < stream.from || !about(entry, stream)) return false;
    if (std::ranges::find(duty.satisfied, entry.kind) == duty.satisfied.end()) return false;
    if (entry.subject) {
      if (stream.subject && *stream.subject != *entry.subject) return false;
      if (!duty.subjects.empty() && std::ranges::find(duty.subjects, data.subjects[*entry.subject]) == duty.subjects.end()) return false;
    }
    for (unsigned field = 0; field < 32; ++field) {
      if ((duty.needs >> field & 1) != 0 && (entry.given >> field & 1) == 0) return false;
    }
    const auto& channel = data.log.words_of(entry).channel;
    if (!duty.channels.empty() && std::ranges::find(duty.channels, channel) == duty.channels.end()) return false;
    if (duty.student_present) {
      if ((entry.given & bit_of(InteractionField::student_present)) == 0) return false;  // left out is neither yes nor no
      if (*duty.student_present != entry.student_was_present) return false;
    }
    if (duty.together && !all_met(duty, stream, entry)) return false;
    return recipient.empty() || received(entry, recipient);
  }
  /// Whoever speaks for an office speaks for it in every window.
  [[nodiscard]] bool of_office(const Duty& duty, const Stream& stream, const Interaction& entry) const {
    if (duty.together) return true;
    const auto all = holders(duty, stream, entry.date);
    return !stream.only &&
           std::ranges::any_of(all, [&](const Holder& holder) { return !holder.of_pair && speaks(holder.party, entry.by, entry); });
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
    for (Window& window : windows) {
      int all = 0;
      for (const std::size_t index : right) {
        const auto& entry = data.log.entries[index];
        all += within(window, entry.date) && person_counts(duty, stream, entry, window) ? 1 : 0;
      }
      if (duty.at_most && (duty.to.empty() || duty.to.front() == recipient)) window.above = std::max(0, all - *duty.at_most);
    }
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

  // --- averages ---

  /// One line a term: as many contacts as the windows that are over ask for, whenever they were made.
  void average(const Duty& duty, const Stream& stream, std::vector<Window>& windows) const {
    std::map<int, std::vector<Window>> by_term;
    for (const Window& window : windows) by_term[term_of(window.last)].push_back(window);
    windows.clear();
    for (const auto& [term, all] : by_term) {
      std::vector<Window> asked;
      for (const Window& window : all) {
        if (!window.waived) asked.push_back(window);
      }
      if (asked.empty()) {
        windows.push_back(all.front());
        continue;
      }
      int over = 0;
      std::optional<Window> open;
      for (const Window& window : asked) {
        if (window.last < today) over += window.owed;
        if (window.last >= today && !open) open = window;
      }
      Window sum = open ? *open : asked.back();
      sum.first = asked.front().first;
      for (std::size_t index = 0; index < data.log.entries.size(); ++index) {
        const auto& entry = data.log.entries[index];
        if (!right_entry(duty, stream, entry, "") || entry.date < sum.first || entry.date > all.back().last) continue;
        bool counts = of_office(duty, stream, entry);
        for (const Window& window : all) {
          if (!person_counts(duty, stream, entry, window)) continue;
          counts = counts || within(window, entry.date);
          const bool could_serve = window.first <= entry.date && entry.date <= window.until;
          counts = counts || (could_serve && person_counts(duty, stream, entry, sum));
        }
        if (counts) sum.counted.push_back(index);
      }
      sum.served = static_cast<int>(sum.counted.size());
      sum.owed = over;
      if (sum.served >= over) {
        sum.owed += open ? open->owed : 0;
      } else {
        int owed = 0;
        for (auto window = asked.rbegin(); window != asked.rend(); ++window) owed += window->owed;
        for (auto window = asked.rbegin(); window != asked.rend() && owed > sum.served; ++window) {
          sum.due = window->due;
          owed -= window->owed;
        }
        sum.overdue_until = open ? Date::max() : asked.back().last;
      }
      windows.push_back(sum);
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
      const int soon = data.policy.cadence.due_soon;
      const int weeks_of_soon = (soon + 4) / 5;
      const bool in_one_term = term_holding(today) >= 0 && term_holding(today) == term_holding(window.due);
      const bool is_near = in_one_term || window.due - today <= std::chrono::weeks{weeks_of_soon};
      state = is_near && count(today + one_day, window.due, is_active) <= soon ? "due-soon" : "due";
    } else if (today > window.overdue_until) {
      state = "missed";
    } else {
      overdue = count(window.due + one_day, today, is_active);
      state = overdue == 0 ? "due-soon" : "overdue";
    }
    std::string owers;
    for (const auto& named : window.owers_named) owers += named;
    std::string entries;
    auto counted = window.counted;
    std::ranges::sort(counted);
    counted.erase(std::unique(counted.begin(), counted.end()), counted.end());
    for (const auto entry : counted) entries += " " + std::to_string(entry);
    std::string target = stream.kind + std::to_string(stream.index);
    if (stream.kind == "self") target = "self-" + name(*stream.only);
    if (stream.subject) target += "-" + data.subjects[*stream.subject];
    return duty.id + " " + target + " by" + owers + " " + to_string(window.first) + ".." + to_string(window.last) + " due " +
           to_string(window.due) + " " + state + " " + (window.served >= owed ? "none" : window.waiver) + " " +
           std::to_string(window.served) + "/" + std::to_string(owed) + " overdue " + std::to_string(overdue) + " above " +
           std::to_string(window.above) + (window.never_met ? " never" : "") + " entries" + entries;
  }

  /// No entry could ever serve any of the windows.
  [[nodiscard]] bool never_met(const Duty& duty, const Stream& stream, const std::vector<Window>& windows) const {
    Date first = Date::max();
    Date until = Date::min();
    for (const Window& window : windows) {
      first = std::min(first, window.first);
      until = std::max(until, window.until);
    }
    for (const auto& entry : data.log.entries) {
      bool right = duty.to.empty() && right_entry(duty, stream, entry, "");
      for (const auto& recipient : duty.to) right = right || right_entry(duty, stream, entry, recipient);
      if (!right || entry.date < first || entry.date > until) continue;
      if (of_office(duty, stream, entry)) return false;
      for (const Window& window : windows) {
        if (window.first <= entry.date && entry.date <= window.until && person_counts(duty, stream, entry, window)) return false;
      }
    }
    return true;
  }

  void judge(const Duty& duty, const Stream& stream, std::vector<std::string>& lines) const {
    auto windows = duty.timing == Timing::every   ? every(duty, stream)
                   : duty.timing == Timing::after ? after(duty, stream)
                                                  : once(duty, stream);
    if (windows.empty()) return;
    std::ranges::stable_sort(windows, {}, [](const Window& window) { return std::pair(window.first, window.due); });
    const bool never = never_met(duty, stream, windows);
    for (Window& window : windows) window.never_met = never;
    if (duty.average) {
      average(duty, stream, windows);
    } else {
      if (duty.to.empty()) match(duty, stream, "", windows);
      for (const auto& recipient : duty.to) match(duty, stream, recipient, windows);
    }
    for (const auto& window : windows) {
      if (window.first > std::max(today, terms().back().days.until)) continue;                       // in no term that is known
      if (term_of(window.first) > term_of(today) || term_of(window.due) < term_of(today)) continue;  // of the year, in another term
      const int recipients = static_cast<int>(std::max<std::size_t>(duty.to.size(), 1));
      // Done before its own term: it is counted there.
      const bool is_ahead = duty.timing == Timing::after && term_of(window.due) > term_of(today);
      if (is_ahead && window.served >= window.owed * recipients) continue;
      lines.push_back(line(duty, stream, window, recipients));
    }
  }

  void add_runs(const Duty& duty, Stream stream, const std::function<bool(Date)>& present, std::vector<std::string>& lines) const {
    for (Date day = begin; day <= end; day += one_day) {
      if (!present(day)) continue;
      stream.from = day == begin ? Date::min() : day;
      while (day < end && present(day + one_day)) day += one_day;
      stream.until = day == end ? Date::max() : day;
      add_each(duty, stream, lines);
    }
  }

  /// Everybody who ever holds a part of the duty, in turn.
  void add_each(const Duty& duty, Stream stream, std::vector<std::string>& lines) const {
    if (!duty.each || stream.only) return judge(duty, stream, lines);
    std::set<Party> parties;
    for (Date day = begin; day <= end; day += one_day) {
      for (const auto& holder : holders(duty, stream, day)) parties.insert(holder.party);
    }
    for (const Party& party : parties) {
      stream.only = party;
      judge(duty, stream, lines);
    }
  }

  /// Teachers of subjects owe their duty for each subject that was ever taught there.
  [[nodiscard]] std::set<std::optional<SubjectIndex>> subjects_of(const Duty& duty, const std::set<ClassIndex>& classes) const {
    if (duty.who.size() != 1 || duty.who.front().kind != DutyHolder::Kind::subject_teacher) return {std::nullopt};
    std::set<std::optional<SubjectIndex>> found;
    for (const auto& row : data.teaching) {
      const bool wanted = duty.subjects.empty() || std::ranges::find(duty.subjects, data.subjects[row.subject]) != duty.subjects.end();
      if (wanted && classes.contains(row.in)) found.insert(row.subject);
    }
    return found;
  }

  [[nodiscard]] bool has_members(ClassIndex in, Date day) const {
    for (StudentIndex student = 0; student < data.students.size(); ++student) {
      if (here({Party::Kind::student, student}, day) && class_of_student(student, day) == in) return true;
    }
    return false;
  }

  void ask_students(const Duty& duty, std::vector<std::string>& lines) const {
    for (StudentIndex student = 0; student < data.students.size(); ++student) {
      std::set<ClassIndex> classes;
      for (const auto& membership : data.students[student].classes) classes.insert(membership.in);
      for (const auto& subject : subjects_of(duty, classes)) {
        const auto present = [&](Date day) {
          if (duty.target == DutyFor::student_case) return case_open(student, subject, day);
          return here({Party::Kind::student, student}, day) && class_of_student(student, day).has_value();
        };
        add_runs(duty, {"student", student, student, subject}, present, lines);
      }
    }
  }

  void ask_classes(const Duty& duty, std::vector<std::string>& lines) const {
    for (ClassIndex in = 0; in < data.classes.size(); ++in) {
      for (const auto& subject : subjects_of(duty, {in})) {
        add_runs(
            duty, {"class", in, std::nullopt, subject}, [&](Date day) { return has_members(in, day); }, lines);
      }
    }
  }

  void ask_grades(const Duty& duty, std::vector<std::string>& lines) const {
    for (int grade = 0; grade <= 13; ++grade) {
      const auto present = [&](Date day) {
        for (ClassIndex in = 0; in < data.classes.size(); ++in) {
          if (data.grade_of(in, day) == grade && has_members(in, day)) return true;
        }
        return false;
      };
      add_runs(duty, {"grade", static_cast<std::uint32_t>(grade)}, present, lines);
    }
  }

  void ask_pairs(const Duty& duty, std::vector<std::string>& lines) const {
    for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
      bool wanted = std::ranges::find(duty.pair_roles, data.pairs[pair].role) != duty.pair_roles.end();
      for (const auto& who : duty.who) wanted = wanted || (duty.pair_roles.empty() && who.role == data.pairs[pair].role);
      if (!wanted) continue;
      add_runs(
          duty, {"pair", pair, data.pairs[pair].student}, [&](Date day) { return pair_alive(data.pairs[pair], day); }, lines);
    }
  }

  void ask_staff(const Duty& duty, std::vector<std::string>& lines) const {
    for (StaffIndex staff = 0; staff < data.staff.size(); ++staff) {
      const auto present = [&](Date day) {
        if (!here(teacher(staff), day)) return false;
        if (duty.target == DutyFor::mentor) {
          return std::ranges::any_of(data.pairs, [&](const Pair& pair) {
            const bool wanted = duty.pair_roles.empty() || std::ranges::find(duty.pair_roles, pair.role) != duty.pair_roles.end();
            return wanted && pair.staff == staff && pair_alive(pair, day);
          });
        }
        for (const auto& row : data.teaching) {
          if (row.staff == staff && row.days.contains(day)) return true;
        }
        for (const auto& which : data.classes) {
          for (const auto& leader : which.leaders) {
            if (leader.staff == staff && leader.days.contains(day)) return true;
          }
        }
        return false;
      };
      add_runs(duty, {"staff", staff}, present, lines);
    }
  }

  void ask_selves(const Duty& duty, std::vector<std::string>& lines) const {
    std::set<Party> parties;
    for (Date day = begin; day <= end; day += one_day) {
      for (const auto& holder : holders(duty, {"self"}, day)) parties.insert(holder.party);
    }
    for (const Party& party : parties) {
      Stream stream{"self"};
      stream.only = party;
      add_runs(
          duty, stream, [&](Date day) { return !own_holders(duty, stream, day).empty(); }, lines);
    }
  }

  void ask_bodies(const Duty& duty, std::vector<std::string>& lines) const {
    for (BodyIndex body = 0; body < data.bodies.size(); ++body) {
      const bool wanted = duty.body_kinds.empty() || std::ranges::find(duty.body_kinds, data.bodies[body].kind) != duty.body_kinds.end();
      if (wanted)
        add_runs(
            duty, {"body", body}, [](Date) { return true; }, lines);
    }
  }

  [[nodiscard]] std::vector<std::string> ask() const {
    std::vector<std::string> lines;
    for (const Duty& duty : data.policy.cadence.duties) {
      switch (duty.target) {
        case DutyFor::student_case:
        case DutyFor::student:
          ask_students(duty, lines);
          break;
        case DutyFor::pair:
          ask_pairs(duty, lines);
          break;
        case DutyFor::school_class:
          ask_classes(duty, lines);
          break;
        case DutyFor::grade:
          ask_grades(duty, lines);
          break;
        case DutyFor::body:
          ask_bodies(duty, lines);
          break;
        case DutyFor::teacher:
        case DutyFor::mentor:
          ask_staff(duty, lines);
          break;
        case DutyFor::school:
          add_runs(
              duty, {"school"}, [](Date) { return true; }, lines);
          break;
        case DutyFor::self:
          ask_selves(duty, lines);
          break;
      }
    }
    std::ranges::sort(lines);
    return lines;
  }
};

}  // namespace

std::vector<std::string> ask_cadence_oracle(const Dataset& data, Date today) {
  const Date begin = std::min(today, data.calendar.terms.front().days.from) - Days{92};
  const Date end = std::max(today, data.calendar.terms.back().days.until) + Days{60};
  return CadenceOracle{data, today, begin, end}.ask();
}

}  // namespace help::test
