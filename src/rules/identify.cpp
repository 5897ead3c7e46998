// SPDX-License-Identifier: MIT
#include "rules/identify.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "rules/decisions.hpp"
#include "rules/evidence.hpp"
#include "rules/exact.hpp"
#include "rules/judge.hpp"

namespace help {
namespace {

constexpr std::size_t shown_outside = 5;

Share shortfall_of(const IdentifiedItem& item) { return {item.shortfall_numerator, item.shortfall_denominator}; }

void take_shortfall(IdentifiedItem& item, const Judgement& hit) {
  if (compare({hit.shortfall_numerator, hit.shortfall_denominator}, shortfall_of(item)) <= 0) return;
  item.shortfall_numerator = hit.shortfall_numerator;
  item.shortfall_denominator = hit.shortfall_denominator;
}

void add_subject(IdentifiedItem& item, SubjectIndex subject) {
  const auto place = std::ranges::lower_bound(item.subjects, subject);
  if (place == item.subjects.end() || *place != subject) item.subjects.insert(place, subject);
}

bool is_hit(const Judgement& judgement) { return judgement.state == Judgement::State::hit || judgement.state == Judgement::State::waiting; }

IdentifiedItem new_item(const Judge& judge, StudentIndex student, std::optional<SubjectIndex> subject) {
  IdentifiedItem item;
  item.student = student;
  item.subject = subject;
  item.in_class = judge.class_today(student);
  item.grade = judge.grade_today(student);
  return item;
}

/// Identified beats pending beats watch; all hits stay.
void add_hit(IdentifiedItem& item, Judgement&& hit) {
  item.outcome = item.hits.empty() ? hit.outcome : std::min(item.outcome, hit.outcome);
  take_shortfall(item, hit);
  if (hit.subject) add_subject(item, *hit.subject);
  for (const auto& evidence : hit.evidence) {
    if (evidence.subject && evidence.below) add_subject(item, *evidence.subject);
  }
  item.hits.push_back(std::move(hit));
}

/// How needy an item is, without the ids that only break ties. Negative: `a` comes first.
int compare_need(const IdentifiedItem& a, const IdentifiedItem& b) {
  if (a.outcome != b.outcome) return a.outcome < b.outcome ? -1 : 1;
  if (a.subjects.size() != b.subjects.size()) return a.subjects.size() > b.subjects.size() ? -1 : 1;
  return compare(shortfall_of(b), shortfall_of(a));
}

bool comes_first(const Dataset& data, const IdentifiedItem& a, const IdentifiedItem& b) {
  const bool excluded_a = a.state == CaseState::excluded;
  const bool excluded_b = b.state == CaseState::excluded;
  if (excluded_a != excluded_b) return excluded_b;
  if (const auto need = compare_need(a, b); need != 0) return need < 0;
  if (a.student != b.student) return data.students[a.student].id < data.students[b.student].id;
  if (!a.subject || !b.subject) return !a.subject && b.subject;
  return data.subjects[*a.subject] < data.subjects[*b.subject];
}

void sort_items(const Dataset& data, std::vector<IdentifiedItem>& items) {
  std::vector<std::uint32_t> order(items.size());
  for (std::size_t place = 0; place < order.size(); ++place) order[place] = static_cast<std::uint32_t>(place);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return comes_first(data, items[a], items[b]); });
  std::vector<IdentifiedItem> sorted;
  sorted.reserve(items.size());
  for (const auto place : order) sorted.push_back(std::move(items[place]));
  items = std::move(sorted);
}

bool class_took_part(const Judge& judge, const Sitting& sitting, StudentIndex student) {
  const auto in = judge.data().class_of(student, sitting.exam().date);
  return in && sitting.took_part(*in);
}

/// Who joined from elsewhere, or whose class sat the exam, ought to have a mark; a grade that did not sit it ought not.
bool ought_to_have_mark(const Judge& judge, const PreparedRule& rule, StudentIndex student) {
  if (judge.transferred(student, rule.day)) return true;
  const auto& sitting = rule.takes == PreparedRule::Takes::run ? *rule.run.back().sitting : *rule.sitting;
  return class_took_part(judge, sitting, student) && (rule.since == nullptr || class_took_part(judge, *rule.since, student));
}

/// Judges every student by every rule.
class Round {
 public:
  Round(const Judge& judge, Identified& answer) : judge_(judge), answer_(answer), has_mark_(judge.policy().identify.size()) {}

  void judge_all() {
    for (StudentIndex student = 0; student < judge_.data().students.size(); ++student) {
      if (judge_.here(student)) judge_student(student);
    }
    for (const auto& [key, students] : not_judged_) answer_.not_judged.push_back({key.first, key.second, students});
  }

 private:
  void judge_student(StudentIndex student) {
    found_.clear();
    bool some_exam_judged = false;
    for (const auto& rule : judge_.rules_for(student)) {
      const auto first = found_.size();
      if (!judge_.judge(rule, student, found_)) continue;
      const std::span found(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end());
      const auto unjudged = [](const Judgement& judgement) { return judgement.state == Judgement::State::not_judged; };
      const bool judged = found.empty() || !std::ranges::all_of(found, unjudged);
      some_exam_judged = some_exam_judged || (judged && rule.takes != PreparedRule::Takes::day);
      has_mark_[rule.index] = !std::ranges::all_of(found, lacks_mark);
      count_unjudged(rule, student, found);
    }
    const auto first_item = answer_.items.size();
    for (auto& judgement : found_) {
      if (is_hit(judgement)) {
        add_hit(item_of(first_item, judgement), std::move(judgement));
      } else if (!some_exam_judged && lacks_mark(judgement) && !has_mark_[judgement.rule]) {
        answer_.no_mark.push_back(std::move(judgement));
      }
    }
  }

  /// Drops what a rule could not judge because it had no business to: the student's class did not sit the exam.
  void count_unjudged(const PreparedRule& rule, StudentIndex student, std::span<Judgement> found) {
    std::set<Reason> reasons;
    for (auto& judgement : found) {
      if (judgement.state != Judgement::State::not_judged) continue;
      if (lacks_mark(judgement) && !ought_to_have_mark(judge_, rule, student)) {
        judgement.state = Judgement::State::not_applicable;
      } else if (reasons.insert(judgement.reason).second) {
        ++not_judged_[{rule.index, judgement.reason}];
      }
    }
  }

  static bool lacks_mark(const Judgement& judgement) {
    return judgement.state == Judgement::State::not_judged &&
           (judgement.reason == Reason::no_mark || judgement.reason == Reason::missing_marks);
  }

  IdentifiedItem& item_of(std::size_t first, const Judgement& judgement) {
    auto& items = answer_.items;
    for (auto place = first; place < items.size(); ++place) {
      if (items[place].subject == judgement.subject) return items[place];
    }
    return items.emplace_back(new_item(judge_, judgement.student, judgement.subject));
  }

  const Judge& judge_;
  Identified& answer_;
  std::vector<Judgement> found_;
  std::vector<bool> has_mark_;  // by rule: of the student in hand
  std::map<std::pair<std::size_t, Reason>, int> not_judged_;
};

std::vector<SubjectIndex> confirmed_subjects(const Judge& judge, StudentIndex student) {
  std::set<SubjectIndex> confirmed;
  for (const auto index : judge.events(student)) {
    const Event& event = judge.data().events[index];
    if (event.subject && decision_of(judge, student, event.subject).state == CaseState::confirmed) confirmed.insert(*event.subject);
  }
  return {confirmed.begin(), confirmed.end()};
}

void apply_decisions(const Judge& judge, std::vector<IdentifiedItem>& items) {
  for (auto& item : items) {
    const auto decision = state_of(judge, item);
    item.state = decision.state;
    if (decision.state == CaseState::excluded) item.exclusion_basis = decision.event->basis;
    if (!item.subject && decision.state == CaseState::none) item.confirmed_subjects = confirmed_subjects(judge, item.student);
  }
}

/// Who waits for an exam, is excluded, or was judged by the school not to need a place (any more) takes none.
bool takes_place(const IdentifiedItem& item) {
  return item.outcome != Outcome::pending && (item.state == CaseState::none || item.state == CaseState::confirmed);
}

int unit_of(const IdentifiedItem& item, PlacesPer per) {
  switch (per) {
    case PlacesPer::grade:
      return item.grade;
    case PlacesPer::school_class:
      return item.in_class ? static_cast<int>(*item.in_class) + 1 : 0;
    case PlacesPer::school:
      break;
  }
  return 0;
}

/// How many of the items in one unit, neediest first, get a place.
std::size_t end_of_places(const std::vector<IdentifiedItem>& items, const std::vector<std::size_t>& unit, const Places& places) {
  const auto count = static_cast<std::size_t>(std::max(0, places.count));
  if (unit.size() <= count || count == 0) return std::min(unit.size(), count);
  const auto tie = [&](std::size_t a, std::size_t b) { return compare_need(items[unit[a]], items[unit[b]]) == 0; };
  auto end = count;
  if (!tie(count - 1, count)) return end;
  if (places.ties) {
    while (end < unit.size() && tie(count - 1, end)) ++end;
  } else {
    while (end > 0 && tie(end - 1, count)) --end;
  }
  return end;
}

/// `items` are sorted. Those without a place leave; the next ones of each unit stand just outside.
void cut_to_places(const Places& places, Identified& answer) {
  auto& items = answer.items;
  std::map<int, std::vector<std::size_t>> units;
  for (std::size_t place = 0; place < items.size(); ++place) {
    if (takes_place(items[place])) units[unit_of(items[place], places.per)].push_back(place);
  }
  enum class Fate : std::uint8_t { stays, just_outside, leaves };
  std::vector<Fate> fates(items.size(), Fate::stays);
  for (const auto& [unit, members] : units) {
    const auto end = end_of_places(items, members, places);
    for (auto place = end; place < members.size(); ++place)
      fates[members[place]] = place < end + shown_outside ? Fate::just_outside : Fate::leaves;
  }
  std::vector<IdentifiedItem> stay;
  for (std::size_t place = 0; place < items.size(); ++place) {
    if (fates[place] == Fate::stays) stay.push_back(std::move(items[place]));
    if (fates[place] == Fate::just_outside) answer.just_outside.push_back(std::move(items[place]));
  }
  items = std::move(stay);
}

/// Adds the nearest students until each teacher has the minimum of a subject.
class MinimumFiller {
 public:
  MinimumFiller(const Judge& judge, const MinimumPerTeacher& minimum, Identified& answer)
      : judge_(judge), minimum_(minimum), answer_(answer) {
    const auto& data = judge.data();
    in_class_.resize(data.classes.size());
    for (StudentIndex student = 0; student < data.students.size(); ++student) {
      if (judge.here(student) && judge.class_today(student)) in_class_[*judge.class_today(student)].push_back(student);
    }
    for (const auto& item : answer.items) {
      const bool is_case = item.state == CaseState::none || item.state == CaseState::confirmed;
      for (const auto subject : item.subjects) {
        auto& counts = listed_[{subject, item.student}];
        counts = counts || is_case;
      }
    }
  }

  void fill_all() {
    const auto& data = judge_.data();
    // By id and name: who is filled up first must not depend on the order of files.
    std::map<std::pair<std::string_view, std::string_view>, std::pair<const Teaching*, std::set<ClassIndex>>> posts;
    for (const auto& post : data.teaching) {
      const auto& left = data.staff[post.staff].left;
      if (!post.days.contains(judge_.today()) || (left && *left < judge_.today())) continue;
      if (!counts(data.subjects[post.subject])) continue;
      auto& known = posts[{data.staff[post.staff].id, data.subjects[post.subject]}];
      known.first = &post;
      known.second.insert(post.in);
    }
    for (const auto& [key, post] : posts) fill(post.first->staff, post.first->subject, post.second);
  }

  /// The exams that somebody was nearest in, and those that were looked at for it.
  [[nodiscard]] const std::set<ExamIndex>& exams() const { return exams_; }

 private:
  [[nodiscard]] bool counts(const std::string& subject) const {
    return minimum_.subjects.empty() || std::ranges::find(minimum_.subjects, subject) != minimum_.subjects.end();
  }

  void fill(StaffIndex staff, SubjectIndex subject, const std::set<ClassIndex>& classes) {
    int has = 0;
    std::vector<StudentIndex> others;
    for (const auto in : classes) {
      for (const auto student : in_class_[in]) {
        const auto known = listed_.find({subject, student});
        if (known == listed_.end()) {
          others.push_back(student);
        } else if (known->second) {
          ++has;
        }
      }
    }
    if (has < minimum_.students) has += add_nearest(subject, others, minimum_.students - has);
    if (has < minimum_.students) answer_.short_of_minimum.push_back({staff, subject, has, minimum_.students});
  }

  /// A mark that may make a student one of the nearest.
  struct Candidate {
    StudentIndex student = 0;
    const Sitting* sitting = nullptr;
    std::uint32_t row = 0;
    std::size_t column = 0;
    MarkCell cell;
  };

  /// The student's mark in the latest exam that was held for the student.
  [[nodiscard]] std::optional<Candidate> candidate(StudentIndex student, SubjectIndex subject) {
    const auto exam = judge_.latest(minimum_.nearest, student);
    if (!exam) return std::nullopt;
    exams_.insert(*exam);
    const auto& sitting = judge_.sitting(*exam);
    const auto column = sitting.exam().column_of(subject);
    const auto row = sitting.row_of(student);
    if (!column || row == Sitting::no_row || set_aside(student, subject)) return std::nullopt;
    const auto cell = sitting.cell(row, *column);
    if (!cell.mark.present()) return std::nullopt;
    return Candidate{student, &sitting, row, *column, cell};
  }

  int add_nearest(SubjectIndex subject, const std::vector<StudentIndex>& students, int wanted) {
    std::vector<Candidate> candidates;
    for (const auto student : students) {
      if (const auto one = candidate(student, subject)) candidates.push_back(*one);
    }
    std::ranges::sort(candidates, [&](const Candidate& a, const Candidate& b) {
      const auto order = compare({a.cell.mark.hundredths(), a.cell.full}, {b.cell.mark.hundredths(), b.cell.full});
      return order != 0 ? order < 0 : judge_.data().students[a.student].id < judge_.data().students[b.student].id;
    });
    if (candidates.size() > static_cast<std::size_t>(wanted)) candidates.resize(static_cast<std::size_t>(wanted));
    for (const auto& one : candidates) add(one, subject);
    return static_cast<int>(candidates.size());
  }

  /// The school has excluded, dismissed or released the student.
  [[nodiscard]] bool set_aside(StudentIndex student, SubjectIndex subject) const {
    const auto state = decision_of(judge_, student, subject).state;
    return state != CaseState::none && state != CaseState::confirmed;
  }

  void add(const Candidate& one, SubjectIndex subject) {
    auto item = new_item(judge_, one.student, subject);
    item.outcome = Outcome::watch;
    item.subjects = {subject};
    item.for_minimum = true;
    item.state = decision_of(judge_, one.student, subject).state;
    auto evidence = mark_evidence(*one.sitting, one.cell, subject, Line{});
    add_standing(evidence, judge_.policy(), *one.sitting, one.sitting->standings(one.column, Compared::grade), one.row, Compared::grade);
    Judgement nearness;
    count_shortfall(nearness, mark_shortfall(one.cell, Line{}));
    take_shortfall(item, nearness);
    item.nearest.push_back(std::move(evidence));
    answer_.items.push_back(std::move(item));
    listed_[{subject, one.student}] = true;
  }

  const Judge& judge_;
  const MinimumPerTeacher& minimum_;
  Identified& answer_;
  std::vector<std::vector<StudentIndex>> in_class_;
  std::map<std::pair<SubjectIndex, StudentIndex>, bool> listed_;  // false: on the list, but not as a case
  std::set<ExamIndex> exams_;
};

std::optional<std::size_t> last_list(const Dataset& data, Date today) {
  std::optional<std::size_t> last;
  for (std::size_t index = 0; index < data.lists.size(); ++index) {
    if (data.lists[index].at <= today && (!last || data.lists[index].at >= data.lists[*last].at)) last = index;
  }
  return last;
}

void compare_with_last_list(const Dataset& data, Identified& answer) {
  answer.last_list = last_list(data, answer.today);
  if (!answer.last_list) return;
  using Key = std::pair<StudentIndex, std::optional<SubjectIndex>>;
  std::set<Key> before;
  std::set<Key> now;
  for (const auto& item : data.lists[*answer.last_list].items) before.emplace(item.student, item.subject);
  const auto mark = [&](IdentifiedItem& item) {
    if (before.contains({item.student, item.subject})) item.change = Change::continuing;
  };
  std::ranges::for_each(answer.just_outside, mark);
  for (auto& item : answer.items) {
    mark(item);
    now.emplace(item.student, item.subject);
  }
  for (const auto& item : data.lists[*answer.last_list].items) {
    if (!now.contains({item.student, item.subject})) answer.gone.push_back(item);
  }
  const auto& students = data.students;
  std::ranges::sort(answer.gone, [&](const ListItem& a, const ListItem& b) {
    return std::tie(students[a.student].id, a.subject) < std::tie(students[b.student].id, b.subject);
  });
}

bool reads_groups(const Rule& rule) {
  const auto group = [](const Condition& condition) { return condition.kind == Condition::Kind::group; };
  return !rule.parameters.groups.empty() || std::ranges::any_of(rule.only, group) || std::ranges::any_of(rule.unless, group);
}

void add_exams_of(const PreparedRule& rule, std::set<ExamIndex>& exams) {
  if (rule.blocked != Reason::none) return;
  for (const auto* sitting : {rule.sitting, rule.since, rule.confirm}) {
    if (sitting != nullptr) exams.insert(sitting->index());
  }
  for (const auto& each : rule.run) exams.insert(each.sitting->index());
}

/// What the head of the answer says about the rules.
void describe_rules(const Judge& judge, Identified& answer) {
  std::set<ExamIndex> exams;
  const auto units = judge.rules_of_units();
  for (std::size_t index = 0; index < judge.policy().identify.size(); ++index) {
    const auto& asked = judge.policy().identify[index];
    const auto lacks_exam = [&](const std::vector<PreparedRule>& rules) { return rules[index].blocked == Reason::no_exam; };
    if (std::ranges::all_of(units, lacks_exam)) answer.rules_without_exam.push_back(asked.id);
    if (reads_groups(asked)) answer.rules_reading_groups.push_back(asked.id);
    for (const auto& rules : units) add_exams_of(rules[index], exams);
  }
  answer.exams.assign(exams.begin(), exams.end());
}

}  // namespace

Identified identify(const Dataset& data, const Question& question) {
  const Judge judge(data, question, false);
  Identified answer;
  answer.today = question.today;
  answer.term = judge.term();
  describe_rules(judge, answer);
  Round(judge, answer).judge_all();
  apply_decisions(judge, answer.items);
  sort_items(data, answer.items);
  if (data.policy.places) cut_to_places(*data.policy.places, answer);
  if (data.policy.minimum) {
    MinimumFiller filler(judge, *data.policy.minimum, answer);
    filler.fill_all();
    sort_items(data, answer.items);
    std::set<ExamIndex> exams = filler.exams();
    exams.insert(answer.exams.begin(), answer.exams.end());
    answer.exams.assign(exams.begin(), exams.end());
  }
  compare_with_last_list(data, answer);
  return answer;
}

std::vector<Judgement> explain(const Dataset& data, const Question& question, StudentIndex student) {
  const Judge judge(data, question, true);
  std::vector<Judgement> found;
  for (const auto& rule : judge.rules_for(student)) judge.judge(rule, student, found);
  return found;
}

}  // namespace help
