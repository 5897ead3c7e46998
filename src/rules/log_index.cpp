// SPDX-License-Identifier: MIT
#include "rules/log_index.hpp"

#include <algorithm>

namespace help {
namespace {

std::span<const std::uint32_t> list_at(const std::vector<std::vector<std::uint32_t>>& lists, std::uint32_t place) {
  return place < lists.size() ? std::span<const std::uint32_t>(lists[place]) : std::span<const std::uint32_t>{};
}

/// The lists may give an entry twice in a row, and never more often apart.
void add_once(std::vector<std::uint32_t>& list, std::uint32_t entry) {
  if (list.empty() || list.back() != entry) list.push_back(entry);
}

void sort_unique(std::vector<std::uint32_t>& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

LogIndex::Use LogIndex::use_of(const Dataset& data, const ObligationQuestion& question) {
  Use use;
  use.kinds.assign(data.policy.kinds.size(), question.with_entries);
  const auto& duties = data.policy.cadence.duties;
  for (std::uint32_t index = 0; index < duties.size(); ++index) {
    if (question.duty && *question.duty != index) continue;
    for (const auto kind : duties[index].satisfied) use.kinds[kind] = true;
    for (const auto kind : duties[index].after.records) use.kinds[kind] = true;
    switch (duties[index].target) {
      case DutyFor::student_case:
      case DutyFor::pair:
      case DutyFor::student:
        use.students = true;
        break;
      case DutyFor::school_class:
        use.classes = true;
        break;
      case DutyFor::grade:
        use.grades = true;
        break;
      case DutyFor::teacher:
      case DutyFor::mentor:
        use.mentions = true;
        break;
      case DutyFor::body:
      case DutyFor::self:
        use.doers = true;
        break;
      case DutyFor::school:
        use.school = true;
        break;
    }
  }
  return use;
}

LogIndex::LogIndex(const Dataset& data, const ObligationQuestion& question)
    : data_(data),
      by_class_(data.classes.size()),
      by_body_(data.bodies.size()),
      by_staff_mentioned_(data.staff.size()),
      by_staff_(data.staff.size()),
      by_kind_(data.policy.kinds.size()) {
  const auto& entries = data.log.entries;
  count_ = static_cast<std::uint32_t>(std::ranges::upper_bound(entries, question.today, {}, &Interaction::date) - entries.begin());
  const Use use = use_of(data, question);
  std::vector<bool> wanted(count_, false);
  for (std::uint32_t index = 0; index < count_; ++index) {
    const Interaction& entry = entries[index];
    wanted[index] = use.kinds[entry.kind];
    if (!wanted[index]) continue;
    if (use.classes && entry.in_class) by_class_[*entry.in_class].push_back(index);
    if (use.grades && entry.grade) by_grade_[*entry.grade].push_back(index);
    if (use.school) by_kind_[entry.kind].push_back(index);
    if (use.doers) add_doers(index);
    if (use.mentions) add_mentions(index);
  }
  if (use.students) index_students(wanted);
}

void LogIndex::add_doers(std::uint32_t index) {
  const Interaction& entry = data_.log.entries[index];
  if (const auto body = data_.log.words_of(entry).body) by_body_[*body].push_back(index);
  for (const Party party : {entry.by, entry.owner}) {
    add_once(party.kind == Party::Kind::staff ? by_staff_[party.index] : by_other_[party], index);
  }
}

void LogIndex::add_mentions(std::uint32_t entry) {
  const InteractionWords& words = data_.log.words_of(data_.log.entries[entry]);
  for (const Party& party : words.with) {
    if (party.kind == Party::Kind::staff) add_once(by_staff_mentioned_[party.index], entry);
  }
  for (const std::string& to : words.to) {
    if (const auto staff = data_.find_staff(to)) add_once(by_staff_mentioned_[*staff], entry);
  }
}

void LogIndex::index_students(const std::vector<bool>& wanted) {
  const auto& log = data_.log;
  student_start_.assign(data_.students.size() + 1, 0);
  const auto each = [&](auto&& use) {
    for (std::uint32_t index = 0; index < count_; ++index) {
      if (!wanted[index]) continue;
      const Interaction& entry = log.entries[index];
      for (std::uint32_t place = 0; place < entry.student_count; ++place) use(log.students[entry.first_student + place], index);
    }
  };
  each([&](std::uint32_t student, std::uint32_t) { ++student_start_[student + 1]; });
  for (std::size_t student = 1; student < student_start_.size(); ++student) student_start_[student] += student_start_[student - 1];
  student_entries_.resize(student_start_.back());
  auto next = student_start_;
  each([&](std::uint32_t student, std::uint32_t index) { student_entries_[next[student]++] = index; });
}

std::span<const std::uint32_t> LogIndex::of(const Target& target) const {
  switch (target.kind) {
    case Target::Kind::student:
      if (student_start_.empty()) return {};
      return std::span(student_entries_)
          .subspan(student_start_[target.index], student_start_[target.index + 1] - student_start_[target.index]);
    case Target::Kind::pair:
      return of({Target::Kind::student, data_.pairs[target.index].student, std::nullopt});
    case Target::Kind::school_class:
      return list_at(by_class_, target.index);
    case Target::Kind::body:
      return list_at(by_body_, target.index);
    case Target::Kind::staff:
      return list_at(by_staff_mentioned_, target.index);
    case Target::Kind::grade: {
      const auto found = by_grade_.find(static_cast<int>(target.index));
      return found == by_grade_.end() ? std::span<const std::uint32_t>{} : std::span<const std::uint32_t>(found->second);
    }
    case Target::Kind::school:
      break;
  }
  return {};
}

std::vector<std::uint32_t> LogIndex::by(Party party) const {
  std::vector<std::uint32_t> found;
  const auto add = [&](Party one) {
    const auto known = by_other_.find(one);
    const auto list = one.kind == Party::Kind::staff ? list_at(by_staff_, one.index)
                      : known == by_other_.end()     ? std::span<const std::uint32_t>{}
                                                     : std::span<const std::uint32_t>(known->second);
    found.insert(found.end(), list.begin(), list.end());
  };
  add(party);
  if (party.kind == Party::Kind::body) {
    found.insert(found.end(), by_body_[party.index].begin(), by_body_[party.index].end());
    for (const Leader& leader : data_.bodies[party.index].responsible) add({Party::Kind::staff, leader.staff});
    sort_unique(found);
  }
  return found;
}

std::vector<std::uint32_t> LogIndex::of_kinds(std::span<const InteractionKindIndex> kinds) const {
  std::vector<std::uint32_t> found;
  for (const InteractionKindIndex kind : kinds) {
    const auto list = list_at(by_kind_, kind);
    found.insert(found.end(), list.begin(), list.end());
  }
  sort_unique(found);
  return found;
}

}  // namespace help
