// SPDX-License-Identifier: MIT
#include "rules/pair_facts.hpp"

#include <algorithm>
#include <array>

#include "rules/archives.hpp"
#include "rules/conditions.hpp"

namespace help {
namespace {

constexpr std::array<std::string_view, 8> fact_words{"subject", "own-teacher",  "same-class", "same-grade",
                                                     "kept",    "student-wish", "carer-wish", "fit"};
constexpr std::array<std::string_view, 10> obstacle_codes{"away",        "excluded",   "has-case", "banned",    "same-class",
                                                          "other-class", "same-grade", "subject",  "same-body", "unlisted"};

constexpr std::uint16_t bit_of(Obstacle obstacle) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(obstacle)); }

bool holds_role(const Staff& staff, std::string_view word, Date day) {
  return std::ranges::any_of(staff.roles, [&](const Role& role) { return role.role == word && role.days.contains(day); });
}

bool is_limited(const Role& role) { return role.in_class || role.grade || role.body || !role.subject.empty(); }

}  // namespace

std::string_view word_of(PairFact fact) { return fact_words[static_cast<std::size_t>(fact)]; }
std::string_view word_of(Obstacle obstacle) { return obstacle_codes[static_cast<std::size_t>(obstacle)]; }

PairFacts::PairFacts(const Dataset& data, const AssignRule& rule, Date today)
    : data_(data), rule_(rule), today_(today), cases_(data, today) {
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    class_of_.push_back(data.class_of(student, today));
    const auto days = cases_.of_student(student);
    has_case_.push_back(std::ranges::any_of(days, [&](const Period& period) { return period.contains(today); }));
  }
  read_classes();
  read_marks();
  read_prefs();
}

void PairFacts::read_classes() {
  classes_of_staff_.resize(data_.staff.size());
  leads_.resize(data_.staff.size(), false);
  teaches_.resize(data_.staff.size());
  for (ClassIndex in = 0; in < data_.classes.size(); ++in) {
    for (const Leader& leader : data_.classes[in].leaders) {
      if (!leader.days.contains(today_)) continue;
      classes_of_staff_[leader.staff].insert(in);
      leads_[leader.staff] = true;
    }
  }
  for (const Teaching& one : data_.teaching) {
    if (!one.days.contains(today_)) continue;
    classes_of_staff_[one.staff].insert(one.in);
    teaches_[one.staff][one.subject].insert(one.in);
  }
  for (BodyIndex body = 0; body < data_.bodies.size(); ++body) {
    for (const BodyMember& member : data_.bodies[body].members) {
      if (member.days.contains(today_)) bodies_of_[member.member].push_back(body);
    }
    for (const Leader& leader : data_.bodies[body].responsible) {
      if (leader.days.contains(today_)) bodies_of_[data_.staff[leader.staff].id].push_back(body);
    }
  }
}

void PairFacts::read_marks() {
  standing_.resize(data_.students.size());
  for (const Exam& exam : data_.exams) {
    if (exam.date > today_) continue;
    for (std::size_t row = 0; row < exam.students.size(); ++row) {
      for (std::size_t column = 0; column < exam.subjects.size(); ++column) {
        const Mark mark = exam.at(row, column);
        if (!mark.present()) continue;
        const ExamSubject& subject = exam.subjects[column];
        standing_[exam.students[row]][subject.subject] = {mark.hundredths(), subject.full, subject.pass};
      }
    }
  }
}

void PairFacts::read_prefs() {
  for (const PairOrder& order : data_.pair_orders) {
    if (order.role == rule_.role && order.date <= today_ && today_ <= order.until) orders_[{order.student, order.with}].push_back(&order);
  }
  for (const Wish& wish : data_.wishes) {
    if (wish.role != rule_.role || wish.date > today_) continue;
    auto& list = lists_[wish.of];
    list.clear();
    int place = 0;
    for (const auto& tier : wish.tiers) {
      for (const Party& other : tier) list[other] = place;
      place += static_cast<int>(tier.size());
    }
  }
}

// The subjects in which the case was itself opened; of a case as a whole also those in which the last mark is below the pass mark, and
// where there are none those for which it was listed. What was praised or observed in a subject decides nothing.
std::vector<SubjectIndex> PairFacts::weak_subjects(StudentIndex student) const {
  const auto is_open = [&](const std::vector<Period>& open) {
    return std::ranges::any_of(open, [&](const Period& period) { return period.contains(today_); });
  };
  std::map<SubjectIndex, bool> opened;  // whether the last decision about the subject itself opens it
  for (const std::uint32_t index : cases_.events(student)) {
    const Event& event = data_.events[index];
    if (event.subject && is_decision(event.kind))
      opened[*event.subject] = event.kind == EventKind::confirmed || event.kind == EventKind::reopened || event.kind == EventKind::excluded;
  }
  const bool is_whole = is_open(cases_.of_whole_student(student));
  std::set<SubjectIndex> weak;
  std::set<SubjectIndex> closed;
  for (const auto& [subject, opens] : opened) {
    if (!is_open(cases_.of_subject(student, subject))) {
      closed.insert(subject);
    } else if (opens || !is_whole) {
      weak.insert(subject);
    }
  }
  const auto add = [&](SubjectIndex subject) {
    if (!closed.contains(subject)) weak.insert(subject);
  };
  if (is_whole || weak.empty()) {
    for (const auto& [subject, standing] : standing_[student]) {
      if (standing.mark < standing.pass) add(subject);
    }
  }
  if (is_whole && weak.empty()) {
    for (const SubjectIndex subject : listed_subjects(student)) add(subject);
  }
  return {weak.begin(), weak.end()};
}

/// By the last list on which the student stands.
std::vector<SubjectIndex> PairFacts::listed_subjects(StudentIndex student) const {
  for (auto list = data_.lists.rbegin(); list != data_.lists.rend(); ++list) {
    if (list->at > today_) continue;
    std::vector<SubjectIndex> found;
    for (const ListItem& item : list->items) {
      if (item.student != student) continue;
      found.insert(found.end(), item.subjects.begin(), item.subjects.end());
      if (item.subject) found.push_back(*item.subject);
    }
    if (!found.empty()) return found;
  }
  return {};
}

std::vector<CareUnit> PairFacts::units() const {
  std::vector<CareUnit> units;
  for (StudentIndex student = 0; student < data_.students.size(); ++student) {
    if (!is_here(student)) continue;
    if (rule_.target != AssignFor::student && !has_case_[student]) continue;
    const auto is_true = [&](const Condition& condition) { return is_true_of(data_, student, condition, today_, today_); };
    if (!std::ranges::all_of(rule_.only, is_true) || std::ranges::any_of(rule_.unless, is_true)) continue;
    const auto weak = weak_subjects(student);
    // A case without any weak subject is said to be without one, and not passed over.
    if (rule_.target != AssignFor::subject || weak.empty()) units.push_back({student, std::nullopt, weak});
    for (const SubjectIndex subject : weak) {
      if (rule_.target == AssignFor::subject) units.push_back({student, subject, {subject}});
    }
  }
  std::ranges::sort(units, [&](const CareUnit& a, const CareUnit& b) {
    const auto key = [&](const CareUnit& unit) {
      return std::pair<const std::string&, std::string>(data_.students[unit.student].id,
                                                        unit.subject ? data_.subjects[*unit.subject] : std::string());
    };
    return key(a) < key(b);
  });
  return units;
}

bool PairFacts::is_away(StaffIndex staff) const {
  const Staff& one = data_.staff[staff];
  return (one.left && *one.left < today_) ||
         std::ranges::any_of(one.leave, [&](const Leave& leave) { return leave.days.contains(today_); });
}

void PairFacts::add_by_word(std::string_view word, std::map<Party, CareCandidate>& found) const {
  const auto add = [&](const Party& party, const Role* role = nullptr) {
    CareCandidate& one = found[party];
    one.party = party;
    if (role != nullptr && is_limited(*role)) {
      one.limited.push_back(role);
    } else {
      one.everywhere = true;
    }
  };
  if (word == "students") {
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const auto is_true = [&](const Condition& condition) { return is_true_of(data_, student, condition, today_, today_); };
      if (is_here(student) && std::ranges::all_of(rule_.peers, is_true)) add({Party::Kind::student, student});
    }
    return;
  }
  for (StaffIndex staff = 0; staff < data_.staff.size(); ++staff) {
    const Party party{Party::Kind::staff, staff};
    if (word == "staff" || (word == "class-teacher" && leads_[staff]) || (word == "subject-teacher" && !teaches_[staff].empty()))
      add(party);
    for (const Role& role : data_.staff[staff].roles) {
      if (role.role == word && role.days.contains(today_)) add(party, &role);
    }
  }
  for (BodyIndex body = 0; body < data_.bodies.size(); ++body) {
    if (data_.bodies[body].kind == word) add({Party::Kind::body, body});
  }
}

bool PairFacts::matches(const CareCandidate& candidate, std::string_view word) const {
  switch (candidate.party.kind) {
    case Party::Kind::student:
      return word == "students";
    case Party::Kind::body:
      return data_.bodies[candidate.party.index].kind == word;
    case Party::Kind::staff:
      break;
  }
  const StaffIndex staff = candidate.party.index;
  return word == "staff" || (word == "class-teacher" && leads_[staff]) || (word == "subject-teacher" && !teaches_[staff].empty()) ||
         holds_role(data_.staff[staff], word, today_);
}

std::vector<CareCandidate> PairFacts::candidates() const {
  std::map<Party, CareCandidate> found;
  for (const std::string& word : rule_.who) add_by_word(word, found);
  std::vector<CareCandidate> candidates;
  for (auto& entry : found) {
    CareCandidate& one = entry.second;
    one.away = one.party.kind == Party::Kind::staff && is_away(one.party.index);
    one.has_case = one.party.kind == Party::Kind::student && !rule_.cases_help && has_case_[one.party.index];
    one.excluded = std::ranges::any_of(rule_.except, [&](const std::string& word) { return matches(one, word); });
    candidates.push_back(std::move(one));
  }
  std::ranges::sort(candidates, {}, [&](const CareCandidate& one) -> const std::string& { return data_.id_of(one.party); });
  return candidates;
}

bool PairFacts::reaches(const CareCandidate& candidate, const CareUnit& unit) const {
  if (candidate.party == Party{Party::Kind::student, unit.student}) return false;
  if (candidate.everywhere) return true;
  const auto in = class_of_[unit.student];
  return std::ranges::any_of(candidate.limited, [&](const Role* role) {
    if (role->in_class && role->in_class != in) return false;
    if (role->grade && (!in || data_.grade_of(*in, today_) != *role->grade)) return false;
    if (role->body && !same_body({Party::Kind::body, *role->body}, unit.student)) return false;
    if (role->subject.empty()) return true;
    const auto subject = data_.find_subject(role->subject);
    return subject && std::ranges::binary_search(unit.weak, *subject);
  });
}

PairFacts::SubjectMatch PairFacts::subject_match(const Party& party, const CareUnit& unit) const {
  SubjectMatch match;
  if (party.kind == Party::Kind::student) {
    for (const SubjectIndex subject : unit.weak) {
      const auto standing = standing_[party.index].find(subject);
      if (standing == standing_[party.index].end()) continue;
      const auto& [mark, full, pass] = standing->second;
      if (std::int64_t{mark} * 100'00 >= std::int64_t{full} * rule_.strong) return {subject, false};
    }
  }
  if (party.kind != Party::Kind::staff) return match;
  const auto in = class_of_[unit.student];
  for (const SubjectIndex subject : unit.weak) {
    const auto taught = teaches_[party.index].find(subject);
    if (taught == teaches_[party.index].end()) continue;
    if (in && taught->second.contains(*in)) return {subject, true};
    if (!match.subject) match.subject = subject;
  }
  return match;
}

std::string_view PairFacts::fit(const CareCandidate& candidate, const CareUnit& unit) const {
  const Archive* const archive = rule_.fits.empty() ? nullptr : archive_of(data_, unit.student);
  if (archive == nullptr) return {};
  const auto is_in = [](const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::find(words, word) != words.end();
  };
  for (const PairFit& one : rule_.fits) {
    if (std::ranges::none_of(one.who, [&](const std::string& word) { return matches(candidate, word); })) continue;
    for (const std::string& category : archive->categories) {
      if (is_in(one.categories, category)) return category;
    }
    for (const ArchiveCause& cause : archive->causes) {
      const bool is_of_unit = !cause.subject || std::ranges::binary_search(unit.weak, *cause.subject);
      if (is_of_unit && is_in(one.causes, cause.cause)) return cause.cause;
    }
  }
  return {};
}

bool PairFacts::same_class(const Party& party, const CareUnit& unit) const {
  const auto in = class_of_[unit.student];
  if (!in || party.kind == Party::Kind::body) return false;
  return party.kind == Party::Kind::student ? class_of_[party.index] == in : classes_of_staff_[party.index].contains(*in);
}

bool PairFacts::same_grade(const Party& party, const CareUnit& unit) const {
  const auto in = class_of_[unit.student];
  if (!in || party.kind == Party::Kind::body) return false;
  const int grade = data_.grade_of(*in, today_);
  const auto is_of_grade = [&](ClassIndex other) { return data_.grade_of(other, today_) == grade; };
  if (party.kind == Party::Kind::student) return class_of_[party.index] && is_of_grade(*class_of_[party.index]);
  return std::ranges::any_of(classes_of_staff_[party.index], is_of_grade);
}

bool PairFacts::same_body(const Party& party, StudentIndex student) const {
  const auto own = bodies_of_.find(data_.students[student].id);
  if (own == bodies_of_.end()) return false;
  const auto has_student = [&](BodyIndex body) { return std::ranges::find(own->second, body) != own->second.end(); };
  if (party.kind == Party::Kind::body) {
    std::optional<BodyIndex> at = party.index;
    for (std::size_t steps = 0; at && steps <= data_.bodies.size(); ++steps) {
      if (has_student(*at)) return true;
      at = data_.bodies[*at].parent;
    }
    return false;
  }
  const auto theirs = bodies_of_.find(data_.id_of(party));
  return theirs != bodies_of_.end() && std::ranges::any_of(theirs->second, has_student);
}

std::uint16_t PairFacts::obstacles(const CareCandidate& candidate, const CareUnit& unit) const {
  std::uint16_t found = 0;
  const auto add = [&](Obstacle obstacle, bool stands) {
    if (stands) found = static_cast<std::uint16_t>(found | bit_of(obstacle));
  };
  add(Obstacle::away, candidate.away);
  add(Obstacle::excluded, candidate.excluded);
  add(Obstacle::has_case, candidate.has_case);
  const PairOrder* const by_hand = order(candidate.party, unit);
  add(Obstacle::banned, by_hand != nullptr && !by_hand->fixed);
  for (const PairNeeds needs : rule_.must) {
    switch (needs) {
      case PairNeeds::same_class:
        add(Obstacle::same_class, !same_class(candidate.party, unit));
        break;
      case PairNeeds::other_class:
        add(Obstacle::other_class, same_class(candidate.party, unit));
        break;
      case PairNeeds::same_grade:
        add(Obstacle::same_grade, !same_grade(candidate.party, unit));
        break;
      case PairNeeds::subject:
        add(Obstacle::subject, !subject_match(candidate.party, unit).subject);
        break;
      case PairNeeds::same_body:
        add(Obstacle::same_body, !same_body(candidate.party, unit.student));
        break;
    }
  }
  return found;
}

const PairOrder* PairFacts::order(const Party& party, const CareUnit& unit) const {
  const auto found = orders_.find({unit.student, party});
  if (found == orders_.end()) return nullptr;
  const auto is_meant = [&](const PairOrder* one) {
    return rule_.target != AssignFor::subject || !one->subject || one->subject == unit.subject;
  };
  const auto last = std::find_if(found->second.rbegin(), found->second.rend(), is_meant);
  return last == found->second.rend() ? nullptr : *last;
}

std::optional<int> PairFacts::place_on_list(const Party& of, const Party& other) const {
  const auto list = lists_.find(of);
  if (list == lists_.end()) return std::nullopt;
  const auto place = list->second.find(other);
  return place == list->second.end() ? std::nullopt : std::optional(place->second);
}

}  // namespace help
