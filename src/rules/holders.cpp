// SPDX-License-Identifier: MIT
#include "rules/holders.hpp"

#include <algorithm>
#include <chrono>

#include "model/school_days.hpp"

namespace help {
namespace {

bool any_days(const Period& days) { return days.from <= days.until; }

std::vector<Period> overlaps(const std::vector<Period>& parts, const Period& with) {
  std::vector<Period> all;
  for (const Period& part : parts) {
    const Period both = overlap(part, with);
    if (any_days(both)) all.push_back(both);
  }
  return all;
}

Party staff_party(StaffIndex index) { return {Party::Kind::staff, index}; }

const Leave* leave_on(const std::vector<Leave>& leaves, Date day) {
  const auto found = std::ranges::find_if(leaves, [day](const Leave& leave) { return leave.days.contains(day); });
  return found == leaves.end() ? nullptr : &*found;
}

}  // namespace

Holders::Holders(const Dataset& data) : data_(data), pairs_of_(data.students.size()), teaching_in_(data.classes.size()) {
  for (StaffIndex staff = 0; staff < data.staff.size(); ++staff) {
    for (const Role& role : data.staff[staff].roles) roles_[role.role].emplace_back(staff, &role);
  }
  for (std::uint32_t pair = 0; pair < data.pairs.size(); ++pair) {
    pairs_of_[data.pairs[pair].student].push_back(pair);
    pair_roles_.insert(data.pairs[pair].role);
  }
  for (std::uint32_t row = 0; row < data.teaching.size(); ++row) teaching_in_[data.teaching[row].in].push_back(row);
}

void Holders::add(std::vector<Holding>& found, Party party, Period days, std::uint32_t part, bool of_pair) const {
  const auto end = party.kind == Party::Kind::staff     ? data_.staff[party.index].left
                   : party.kind == Party::Kind::student ? data_.students[party.index].left
                                                        : std::nullopt;
  if (end) days.until = std::min(days.until, *end);
  if (any_days(days)) found.push_back({party, days, part, of_pair});
}

Period Holders::pair_days(const Pair& pair) const {
  Period days = pair.days;
  if (const auto left = data_.students[pair.student].left) days.until = std::min(days.until, *left);
  const Party other = pair.carer();
  if (other.kind == Party::Kind::staff && data_.staff[other.index].left) days.until = std::min(days.until, *data_.staff[other.index].left);
  if (other.kind == Party::Kind::student && data_.students[other.index].left) {
    days.until = std::min(days.until, *data_.students[other.index].left);
  }
  return days;
}

std::vector<Period> Holders::days_here(StudentIndex student) const {
  const Student& who = data_.students[student];
  std::vector<Period> days;
  for (const Membership& membership : who.classes) days.push_back(overlap(membership.days, {Date::min(), who.left.value_or(Date::max())}));
  return joined(std::move(days));
}

Period Holders::in_grade(ClassIndex in, int grade) const {
  const SchoolClass& which = data_.classes[in];
  return days_of_year(data_.calendar, which.cohort + grade - which.entry_grade);
}

/// The classes that a target touches, each with the days on which it does; of the school, of staff: all. A body touches none.
std::vector<Membership> Holders::classes_of(const Target& target) const {
  if (target.kind == Target::Kind::school_class) return {{target.index, {}}};
  if (const auto student = student_of(data_, target)) return data_.students[*student].classes;
  std::vector<Membership> classes;
  if (target.kind == Target::Kind::body) return classes;
  for (ClassIndex in = 0; in < data_.classes.size(); ++in) {
    classes.push_back({in, target.kind == Target::Kind::grade ? in_grade(in, static_cast<int>(target.index)) : Period{}});
  }
  return classes;
}

void Holders::class_teachers(const Target& target, std::uint32_t part, std::vector<Holding>& found) const {
  for (const auto& [in, within] : classes_of(target)) {
    for (const Leader& leader : data_.classes[in].leaders) add(found, staff_party(leader.staff), overlap(leader.days, within), part, false);
  }
}

/// Those of the target's subject, else of the duty's subjects, else all.
void Holders::subject_teachers(const Duty& duty, const Target& target, std::uint32_t part, std::vector<Holding>& found) const {
  for (const auto& [in, within] : classes_of(target)) {
    for (const auto row : teaching_in_[in]) {
      const Teaching& teaching = data_.teaching[row];
      const bool of_target = !target.subject || teaching.subject == *target.subject;
      const bool of_duty =
          duty.subjects.empty() || std::ranges::find(duty.subjects, data_.subjects[teaching.subject]) != duty.subjects.end();
      if (!of_target || !of_duty) continue;
      add(found, staff_party(teaching.staff), overlap(teaching.days, within), part, false);
    }
  }
}

/// The days on which a role's limits fit the target. Targets without classes and grades are not limited by them.
std::vector<Period> Holders::matching_days(const Role& role, const Target& target) const {
  std::vector<Period> days{role.days};
  const auto limit = [&](const std::vector<Period>& parts) {
    std::vector<Period> all;
    for (const Period& part : parts) {
      const auto both = overlaps(days, part);
      all.insert(all.end(), both.begin(), both.end());
    }
    days = std::move(all);
  };
  if (!role.subject.empty() && target.subject && data_.subjects[*target.subject] != role.subject) return {};
  const auto student = student_of(data_, target);
  std::vector<Membership> classes;
  if (student) classes = data_.students[*student].classes;
  if (target.kind == Target::Kind::school_class) classes = {{target.index, {}}};
  const bool has_classes = student || target.kind == Target::Kind::school_class;
  if (role.in_class && has_classes) {
    std::vector<Period> parts;
    for (const Membership& one : classes) {
      if (one.in == *role.in_class) parts.push_back(one.days);
    }
    limit(parts);
  }
  if (role.grade && has_classes) {
    std::vector<Period> parts;
    for (const Membership& one : classes) {
      const Period both = overlap(one.days, in_grade(one.in, *role.grade));
      if (any_days(both)) parts.push_back(both);
    }
    limit(parts);
  }
  if (role.grade && target.kind == Target::Kind::grade && *role.grade != static_cast<int>(target.index)) return {};
  if (role.in_class && target.kind == Target::Kind::grade) limit({in_grade(*role.in_class, static_cast<int>(target.index))});
  if (role.body && target.kind == Target::Kind::body && *role.body != target.index) return {};
  if (role.body && student) {
    std::vector<Period> parts;
    for (const BodyMember& member : data_.bodies[*role.body].members) {
      if (member.member == data_.students[*student].id) parts.push_back(member.days);
    }
    limit(parts);
  }
  return days;
}

void Holders::by_role(std::string_view word, const Target& target, std::uint32_t part, std::vector<Holding>& found) const {
  const auto known = roles_.find(word);
  if (known == roles_.end()) return;
  for (const auto& [staff, role] : known->second) {
    for (const Period& days : matching_days(*role, target)) add(found, staff_party(staff), days, part, false);
  }
}

void Holders::by_pair(std::string_view word, const Target& target, std::uint32_t part, std::vector<Holding>& found) const {
  const auto of_pair = [&](const Pair& pair) {
    const bool other_subject = target.subject && pair.subject && *pair.subject != *target.subject;
    if (pair.role == word && !other_subject) add(found, pair.carer(), pair_days(pair), part, true);
  };
  if (target.kind == Target::Kind::pair) return of_pair(data_.pairs[target.index]);
  if (target.kind == Target::Kind::student) {
    for (const auto pair : pairs_of_[target.index]) of_pair(data_.pairs[pair]);
    return;
  }
  if (target.kind == Target::Kind::school_class) {
    // A mentor belongs to the classes of the students.
    for (const Pair& pair : data_.pairs) {
      if (pair.role != word) continue;
      for (const Membership& membership : data_.students[pair.student].classes) {
        if (membership.in == target.index) add(found, pair.carer(), overlap(pair_days(pair), membership.days), part, true);
      }
    }
  } else if (target.kind == Target::Kind::school) {
    for (const Pair& pair : data_.pairs) of_pair(pair);
  }
}

void Holders::bodies(std::string_view kind, const Target& target, std::uint32_t part, std::vector<Holding>& found) const {
  // Where pairs say which body takes care of which student, the others do not.
  if (student_of(data_, target) && pair_roles_.contains(kind)) return;
  for (BodyIndex body = 0; body < data_.bodies.size(); ++body) {
    if (data_.bodies[body].kind != kind) continue;
    // A body that is itself the target owes its own duty only.
    const bool same_kind = target.kind == Target::Kind::body && data_.bodies[target.index].kind == kind;
    if (same_kind && target.index != body) continue;
    add(found, {Party::Kind::body, body}, {}, part, false);
  }
}

std::vector<Holding> Holders::of(const Duty& duty, const Target& target) const {
  std::vector<Holding> found;
  for (std::uint32_t part = 0; part < duty.who.size(); ++part) {
    const DutyHolder& who = duty.who[part];
    const std::size_t before = found.size();
    switch (who.kind) {
      case DutyHolder::Kind::class_teacher:
        class_teachers(target, part, found);
        break;
      case DutyHolder::Kind::subject_teacher:
        subject_teachers(duty, target, part, found);
        break;
      case DutyHolder::Kind::role:
        by_role(who.role, target, part, found);
        by_pair(who.role, target, part, found);
        break;
      case DutyHolder::Kind::body_kind:
        bodies(who.role, target, part, found);
        by_pair(who.role, target, part, found);
        break;
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(),
              [](const Holding& a, const Holding& b) { return std::pair(a.days.from, a.party) < std::pair(b.days.from, b.party); });
  }
  return found;
}

std::vector<Holding> Holders::of_anybody(const Duty& duty) const {
  std::vector<Holding> found = of(duty, {Target::Kind::staff, 0, std::nullopt});
  for (std::uint32_t part = 0; part < duty.who.size(); ++part) {
    if (duty.who[part].kind == DutyHolder::Kind::role || duty.who[part].kind == DutyHolder::Kind::body_kind) {
      by_pair(duty.who[part].role, {Target::Kind::school, 0, std::nullopt}, part, found);
    }
  }
  std::ranges::sort(found, [](const Holding& a, const Holding& b) {
    return std::tuple(a.party, a.part, a.days.from, a.days.until) < std::tuple(b.party, b.part, b.days.from, b.days.until);
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool Holders::on_leave(Party party, Date day) const {
  switch (party.kind) {
    case Party::Kind::staff:
      return leave_on(data_.staff[party.index].leave, day) != nullptr;
    case Party::Kind::student:
      return leave_on(data_.students[party.index].leave, day) != nullptr;
    case Party::Kind::body:
      return false;
  }
  return false;
}

std::optional<StaffIndex> Holders::substitute_of(StaffIndex staff, Date day) const {
  // A substitute who is away, too, may have one; a ring of substitutes has nobody.
  for (std::size_t step = 0; step <= data_.staff.size(); ++step) {
    const Leave* leave = leave_on(data_.staff[staff].leave, day);
    if (leave == nullptr) return step == 0 ? std::nullopt : std::optional(staff);
    if (!leave->substitute) return std::nullopt;
    staff = *leave->substitute;
    const auto& left = data_.staff[staff].left;
    if (left && day > *left) return std::nullopt;
  }
  return std::nullopt;
}

bool Holders::speaks_for(BodyIndex body, Party party, Date day, bool member) const {
  if (party == Party{Party::Kind::body, body}) return true;
  const Body& which = data_.bodies[body];
  if (party.kind == Party::Kind::staff) {
    const bool responsible = std::ranges::any_of(
        which.responsible, [&](const Leader& leader) { return leader.staff == party.index && leader.days.contains(day); });
    if (responsible) return true;
  }
  if (!member || party.kind == Party::Kind::body) return false;
  const std::string& id = data_.id_of(party);
  return std::ranges::any_of(which.members, [&](const BodyMember& one) { return one.member == id && one.days.contains(day); });
}

}  // namespace help
