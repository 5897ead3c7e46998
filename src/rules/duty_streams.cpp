// SPDX-License-Identifier: MIT
#include "rules/duty_streams.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "model/school_days.hpp"

namespace help {
namespace {

class StreamFinder {
 public:
  StreamFinder(const DutyWorld& world, const Duty& duty) : world_(world), data_(world.data), duty_(duty) {}

  std::vector<DutyStream> find() {
    switch (duty_.target) {
      case DutyFor::student_case:
      case DutyFor::student:
        for (StudentIndex student = 0; student < data_.students.size(); ++student) {
          if (asked_for(student)) of_student(student);
        }
        break;
      case DutyFor::pair:
        pairs();
        break;
      case DutyFor::school_class:
        classes();
        break;
      case DutyFor::grade:
        grades();
        break;
      case DutyFor::body:
        bodies();
        break;
      case DutyFor::teacher:
      case DutyFor::mentor:
        staff();
        break;
      case DutyFor::school:
        if (!world_.question.student) add({Target::Kind::school, 0, std::nullopt}, std::nullopt, {Period{}});
        break;
      case DutyFor::self:
        if (!world_.question.student) selves();
        break;
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool asked_for(StudentIndex student) const { return !world_.question.student || *world_.question.student == student; }

  /// Teachers of a subject owe their duty for each subject apart.
  [[nodiscard]] bool by_subject() const { return duty_.who.size() == 1 && duty_.who.front().kind == DutyHolder::Kind::subject_teacher; }

  [[nodiscard]] std::set<SubjectIndex> subjects_taught(const std::vector<Membership>& classes) const {
    std::set<SubjectIndex> subjects;
    for (const Membership& membership : classes) {
      for (const auto row : world_.holders.teaching_in(membership.in)) {
        const SubjectIndex subject = data_.teaching[row].subject;
        const bool wanted = duty_.subjects.empty() || std::ranges::find(duty_.subjects, data_.subjects[subject]) != duty_.subjects.end();
        if (wanted) subjects.insert(subject);
      }
    }
    return subjects;
  }

  void of_student(StudentIndex student) {
    const bool of_case = duty_.target == DutyFor::student_case;
    if (of_case && world_.cases.events(student).empty()) return;
    if (!by_subject()) {
      add({Target::Kind::student, student, std::nullopt}, student,
          of_case ? world_.cases.of_student(student) : world_.holders.days_here(student));
      return;
    }
    for (const SubjectIndex subject : subjects_taught(data_.students[student].classes)) {
      add({Target::Kind::student, student, subject}, student,
          of_case ? world_.cases.of_subject(student, subject) : world_.holders.days_here(student));
    }
  }

  void pairs() {
    std::vector<std::string> roles = duty_.pair_roles;
    if (roles.empty()) {
      for (const DutyHolder& who : duty_.who) roles.push_back(who.role);
    }
    for (std::uint32_t index = 0; index < data_.pairs.size(); ++index) {
      const Pair& pair = data_.pairs[index];
      if (!asked_for(pair.student) || std::ranges::find(roles, pair.role) == roles.end()) continue;
      add({Target::Kind::pair, index, std::nullopt}, pair.student, {world_.holders.pair_days(pair)});
    }
  }

  /// Days on which each class has members.
  [[nodiscard]] std::vector<std::vector<Period>> class_days() const {
    std::vector<std::vector<Period>> days(data_.classes.size());
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const Student& who = data_.students[student];
      for (const Membership& membership : who.classes) {
        days[membership.in].push_back({membership.days.from, std::min(membership.days.until, who.left.value_or(Date::max()))});
      }
    }
    for (auto& own : days) own = joined(std::move(own));
    return days;
  }

  void classes() {
    if (world_.question.student) return;
    const auto days = class_days();
    for (ClassIndex in = 0; in < days.size(); ++in) {
      if (!by_subject()) {
        add({Target::Kind::school_class, in, std::nullopt}, std::nullopt, days[in]);
        continue;
      }
      for (const SubjectIndex subject : subjects_taught({{in, {}}})) {
        add({Target::Kind::school_class, in, subject}, std::nullopt, days[in]);
      }
    }
  }

  void grades() {
    if (world_.question.student) return;
    const auto days = class_days();
    for (std::uint32_t grade = 0; grade <= 13; ++grade) {
      std::vector<Period> parts;
      for (ClassIndex in = 0; in < days.size(); ++in) {
        const Period year = world_.holders.in_grade(in, static_cast<int>(grade));
        for (const Period& part : days[in]) parts.push_back({std::max(part.from, year.from), std::min(part.until, year.until)});
      }
      add({Target::Kind::grade, grade, std::nullopt}, std::nullopt, joined(std::move(parts)));
    }
  }

  void bodies() {
    if (world_.question.student) return;
    for (BodyIndex body = 0; body < data_.bodies.size(); ++body) {
      const bool wanted =
          duty_.body_kinds.empty() || std::ranges::find(duty_.body_kinds, data_.bodies[body].kind) != duty_.body_kinds.end();
      if (wanted) add({Target::Kind::body, body, std::nullopt}, std::nullopt, {Period{}});
    }
  }

  void staff() {
    if (world_.question.student) return;
    std::vector<std::vector<Period>> days(data_.staff.size());
    if (duty_.target == DutyFor::mentor) {
      for (const Pair& pair : data_.pairs) {
        const bool wanted = duty_.pair_roles.empty() || std::ranges::find(duty_.pair_roles, pair.role) != duty_.pair_roles.end();
        if (pair.staff && wanted) days[*pair.staff].push_back(world_.holders.pair_days(pair));
      }
    } else {
      for (const Teaching& teaching : data_.teaching) days[teaching.staff].push_back(teaching.days);
      for (const SchoolClass& which : data_.classes) {
        for (const Leader& leader : which.leaders) days[leader.staff].push_back(leader.days);
      }
    }
    for (StaffIndex index = 0; index < days.size(); ++index) {
      for (Period& part : days[index]) part.until = std::min(part.until, data_.staff[index].left.value_or(Date::max()));
      add({Target::Kind::staff, index, std::nullopt}, std::nullopt, joined(std::move(days[index])));
    }
  }

  /// Whoever holds the role owes the duty for himself.
  void selves() {
    const std::vector<Holding> all = world_.holders.of_anybody(duty_);
    for (std::size_t start = 0; start < all.size();) {
      const Party party = all[start].party;
      std::vector<Holding> own;
      std::vector<Period> days;
      for (; start < all.size() && all[start].party == party; ++start) {
        own.push_back(all[start]);
        days.push_back(all[start].days);
      }
      const auto kind = party.kind == Party::Kind::staff     ? Target::Kind::staff
                        : party.kind == Party::Kind::student ? Target::Kind::student
                                                             : Target::Kind::body;
      for (const Period& presence : joined(std::move(days))) {
        found_.push_back({{kind, party.index, std::nullopt}, std::nullopt, presence, own, party});
      }
    }
  }

  void add(const Target& target, std::optional<StudentIndex> student, const std::vector<Period>& presences) {
    if (presences.empty()) return;
    const std::vector<Holding> holdings = world_.holders.of(duty_, target);
    std::vector<std::optional<Party>> owers{std::nullopt};
    if (duty_.each) {
      std::set<Party> parties;
      for (const Holding& one : holdings) parties.insert(one.party);
      owers.clear();
      for (const Party& party : parties) owers.emplace_back(party);
    }
    for (const Period& presence : presences) {
      for (const auto& only : owers) found_.push_back({target, student, presence, holdings, only});
    }
  }

  const DutyWorld& world_;
  const Dataset& data_;
  const Duty& duty_;
  std::vector<DutyStream> found_;
};

}  // namespace

std::vector<DutyStream> streams_of(const DutyWorld& world, const Duty& duty) { return StreamFinder(world, duty).find(); }

}  // namespace help
