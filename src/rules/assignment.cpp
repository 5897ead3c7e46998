// SPDX-License-Identifier: MIT
#include "rules/assignment.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "rules/two_way.hpp"

namespace help {
namespace {

constexpr std::array<std::string_view, 4> origin_words{"appointed", "chosen", "fixed", "held"};
constexpr std::array<std::string_view, 6> answer_words{"proposed", "possible", "not-in-question", "no-candidate", "obstacles", "full"};
constexpr std::array<std::string_view, 6> why_words{"no-candidate", "all-taken", "full", "no-weak-subject", "no-wishes", "turned-down"};

bool has(std::uint16_t obstacles, Obstacle one) { return (obstacles >> static_cast<unsigned>(one) & 1U) != 0; }

/// A pair that may be made.
struct Option {
  std::uint32_t unit = 0;
  std::uint32_t candidate = 0;
  PairScore score;
  std::optional<std::uint32_t> stands;  // the pair of today
  PairOrigin origin = PairOrigin::appointed;
  bool must = false;  // fixed or held
};

class Assigner {
 public:
  Assigner(const Dataset& data, const AssignQuestion& question, std::span<const Assignment> earlier)
      : data_(data), rule_(data.policy.assigning.rules[question.rule]), facts_(data, rule_, question.today), earlier_(earlier) {
    result_.question = question;
  }

  std::optional<Assignment> run() {
    prepare();
    return solve();
  }

  /// With the best assignment `before`, what it is with a pair more.
  std::optional<Forcing> force(const WantedPair& wanted, Assignment before) {
    prepare();
    Forcing forcing{.before = std::move(before), .after = {}};
    const auto is_wanted = [&](const CareUnit& unit) {
      return unit.student == wanted.student && (!wanted.subject || unit.subject == wanted.subject);
    };
    const auto unit = std::ranges::find_if(result_.units, is_wanted);
    if (std::ranges::count_if(result_.units, is_wanted) != 1) return forcing;
    const auto candidate = std::ranges::find(result_.candidates, wanted.carer, &CareCandidate::party);
    forcing.answer = Forcing::Answer::no_candidate;
    if (candidate == result_.candidates.end() || !facts_.reaches(*candidate, *unit)) return forcing;
    const auto unit_place = static_cast<std::uint32_t>(unit - result_.units.begin());
    const auto candidate_place = static_cast<std::uint32_t>(candidate - result_.candidates.begin());
    const auto is_pair = [&](const auto& one) { return one.unit == unit_place && one.candidate == candidate_place; };
    const auto option = std::ranges::find_if(options_, is_pair);
    forcing.answer = Forcing::Answer::obstacles;
    if (option == options_.end()) {
      forcing.obstacles = facts_.obstacles(*candidate, *unit);
      return forcing;
    }
    forcing.answer = Forcing::Answer::proposed;
    if (std::ranges::any_of(forcing.before.pairs, is_pair)) return forcing;
    forced_ = static_cast<std::size_t>(option - options_.begin());
    auto after = solve();
    if (!after) return std::nullopt;
    const bool is_possible = price_ || blocking_;
    forcing.answer = is_possible ? Forcing::Answer::possible : Forcing::Answer::full;
    forcing.price = price_;
    forcing.blocking = blocking_;
    if (is_possible) forcing.after = std::move(*after);
    return forcing;
  }

 private:
  void prepare() {
    result_.units = facts_.units();
    find_candidates();
    result_.loads.resize(result_.candidates.size());
    most_.assign(result_.candidates.size(), rule_.load_most);
    find_standing();
    find_options();
    fix_by_subject();
  }

  std::optional<Assignment> solve() {
    if (rule_.mode != AssignMode::appointed) choose();
    if (rule_.mode != AssignMode::two_way) {
      if (!appoint_rest()) return std::nullopt;
    }
    finish();
    return std::move(result_);
  }

  [[nodiscard]] Date today() const { return result_.question.today; }

  /// A pair of the rule's role that is not over.
  [[nodiscard]] bool is_ours(const Pair& pair) const {
    return pair.role == rule_.role && !pair.is_over(today()) && facts_.is_here(pair.student);
  }

  /// Whoever may, and whoever will take care by a pair that is written ahead: the post may be taken up on that day only.
  void find_candidates() {
    result_.candidates = facts_.candidates();
    std::set<Party> known;
    for (const CareCandidate& one : result_.candidates) known.insert(one.party);
    for (const Pair& pair : data_.pairs) {
      if (is_ours(pair) && pair.days.from > today() && known.insert(pair.carer()).second)
        result_.candidates.push_back({.party = pair.carer()});
    }
    std::ranges::stable_sort(result_.candidates, {},
                             [&](const CareCandidate& one) -> const std::string& { return data_.id_of(one.party); });
    for (std::uint32_t one = 0; one < result_.candidates.size(); ++one) candidate_of_[result_.candidates[one].party] = one;
  }

  /// The pairs in the rule's role that stand, or begin later; those of students who are not in question are a load of whoever has them.
  void find_standing() {
    for (std::uint32_t unit = 0; unit < result_.units.size(); ++unit) {
      const CareUnit& who = result_.units[unit];
      if (rule_.target != AssignFor::subject || who.subject) unit_of_[{who.student, who.subject}] = unit;
    }
    const std::set<std::uint32_t> settled = count_earlier();
    std::vector<std::uint32_t> ahead;
    for (std::uint32_t index = 0; index < data_.pairs.size(); ++index) {
      const Pair& pair = data_.pairs[index];
      if (!is_ours(pair) || settled.contains(index)) continue;
      const auto candidate = candidate_of_.find(pair.carer());
      const auto unit = unit_of(pair);
      if (!unit) {
        if (candidate != candidate_of_.end()) ++result_.loads[candidate->second].already;
      } else if (pair.days.from > today()) {
        ahead.push_back(index);
      } else if (candidate == candidate_of_.end()) {
        result_.ended.push_back({.pair = index, .no_candidate = true});
      } else {
        standing_[{*unit, candidate->second}] = index;
      }
    }
    for (const std::uint32_t index : ahead) add_ahead(index);
  }

  // Where students are not looked after subject by subject, the subject of a pair is a note.
  [[nodiscard]] std::optional<std::uint32_t> unit_of(const Pair& pair) const {
    const auto found = unit_of_.find({pair.student, rule_.target == AssignFor::subject ? pair.subject : std::nullopt});
    return found == unit_of_.end() ? std::nullopt : std::optional(found->second);
  }

  /// Counts what the entries before this one propose, and names the pairs that they end.
  std::set<std::uint32_t> count_earlier() {
    std::set<std::uint32_t> ended;
    for (const Assignment& one : earlier_) {
      if (data_.policy.assigning.rules[one.question.rule].role != rule_.role) continue;
      for (const EndedPair& pair : one.ended) ended.insert(pair.pair);
      for (const ProposedPair& pair : one.pairs) {
        const auto candidate = candidate_of_.find(one.candidates[pair.candidate].party);
        if (candidate == candidate_of_.end()) continue;
        if (!pair.stands) ++result_.loads[candidate->second].already;
        // That entry counts all pairs of the role: with more than it allows it would give its own up when it is asked again.
        int& most = most_[candidate->second];
        most = std::min(most, data_.policy.assigning.rules[one.question.rule].load_most);
      }
    }
    return ended;
  }

  /// A pair that begins later is somebody's plan. Whoever takes care until then goes on; where nobody does, the student waits for it.
  void add_ahead(std::uint32_t index) {
    const Pair& pair = data_.pairs[index];
    const std::uint32_t unit = *unit_of(pair);
    const std::uint32_t carer = candidate_of_.at(pair.carer());
    const PairOrder* const order = facts_.order(pair.carer(), result_.units[unit]);
    if ((order != nullptr && !order->fixed) || has_left(pair)) {
      result_.ended.push_back({.pair = index,
                               .obstacles = static_cast<std::uint16_t>(
                                   1U << static_cast<unsigned>(order != nullptr && !order->fixed ? Obstacle::banned : Obstacle::away))});
      return;
    }
    int in_place = 0;
    for (auto one = standing_.lower_bound({unit, 0}); one != standing_.end() && one->first.first == unit; ++one) {
      if (ahead_.contains(one->second) || goes_on(unit, one->first.second)) ++in_place;
    }
    if (standing_.contains({unit, carer})) {
      handed_over_.insert(unit);
    } else if (in_place < rule_.need) {
      standing_[{unit, carer}] = index;
      ahead_.insert(index);
    } else {
      ++result_.loads[carer].already;
      handed_over_.insert(unit);
    }
  }

  [[nodiscard]] bool has_left(const Pair& pair) const {
    if (pair.staff) return data_.staff[*pair.staff].left.value_or(Date::max()) < pair.days.from;
    return pair.peer && data_.students[*pair.peer].left.value_or(Date::max()) < pair.days.from;
  }

  /// What keeps the two of a pair of today apart. Leave passes, and somebody stands in meanwhile: it takes no pair apart.
  [[nodiscard]] std::uint16_t obstacles_of_standing(std::uint32_t unit, std::uint32_t one) const {
    const CareCandidate& candidate = result_.candidates[one];
    const std::uint16_t obstacles = facts_.obstacles(candidate, result_.units[unit]);
    constexpr auto away = static_cast<std::uint16_t>(1U << static_cast<unsigned>(Obstacle::away));
    return is_only_on_leave(candidate) ? static_cast<std::uint16_t>(obstacles & ~away) : obstacles;
  }
  [[nodiscard]] bool goes_on(std::uint32_t unit, std::uint32_t one) const {
    return facts_.reaches(result_.candidates[one], result_.units[unit]) && obstacles_of_standing(unit, one) == 0;
  }

  [[nodiscard]] bool is_held(std::uint32_t pair) const {
    if (rule_.holds.kind == PairSpan::Kind::open) return false;
    const auto until = end_of(data_.calendar, rule_.holds, data_.pairs[pair].days.from);
    return until && today() <= *until;
  }

  [[nodiscard]] PairScore score_of(const CareUnit& unit, const CareCandidate& candidate, bool stands) const {
    PairScore score;
    const auto add = [&](ScorePart part) {
      if (part.points == 0) return;
      score.points += part.points;
      score.parts.push_back(part);
    };
    const PairWeights& weights = rule_.weights;
    const auto match = facts_.subject_match(candidate.party, unit);
    if (match.subject) add({PairFact::subject, weights.subject, match.subject});
    if (match.own_class) add({PairFact::own_teacher, weights.own_teacher, match.subject});
    if (facts_.same_class(candidate.party, unit)) {
      add({PairFact::same_class, weights.same_class});
    } else if (facts_.same_grade(candidate.party, unit)) {
      add({PairFact::same_grade, weights.same_grade});
    }
    if (stands) add({PairFact::kept, weights.kept});
    const Party student{Party::Kind::student, unit.student};
    if (const auto place = facts_.place_on_list(student, candidate.party))
      add({.fact = PairFact::student_wish, .points = weights.student_wish / (*place + 1), .place = *place + 1});
    if (const auto place = facts_.place_on_list(candidate.party, student))
      add({.fact = PairFact::carer_wish, .points = weights.carer_wish / (*place + 1), .place = *place + 1});
    if (const auto code = facts_.fit(candidate, unit); !code.empty()) add({.fact = PairFact::fit, .points = weights.fit, .code = code});
    return score;
  }

  void find_options() {
    for (std::uint32_t unit = 0; unit < result_.units.size(); ++unit) {
      if (rule_.target == AssignFor::subject && !result_.units[unit].subject) continue;
      for (std::uint32_t one = 0; one < result_.candidates.size(); ++one) add_option(unit, one);
    }
    std::set<std::uint32_t> available;
    for (const Option& option : options_) available.insert(option.candidate);
    result_.available.assign(available.begin(), available.end());
  }

  void add_option(std::uint32_t unit, std::uint32_t one) {
    const CareUnit& who = result_.units[unit];
    const CareCandidate& candidate = result_.candidates[one];
    const auto standing = standing_.find({unit, one});
    const auto stands = standing == standing_.end() ? std::nullopt : std::optional(standing->second);
    const bool is_ahead = stands && ahead_.contains(*stands);
    const bool reached = facts_.reaches(candidate, who);
    const std::uint16_t obstacles = stands ? obstacles_of_standing(unit, one) : facts_.obstacles(candidate, who);
    const PairOrder* const order = facts_.order(candidate.party, who);
    // An order that names no subject is about those in which the two could be a pair anyway.
    const bool by_subject = order != nullptr && rule_.target == AssignFor::subject && !order->subject;
    const bool ordered = order != nullptr && order->fixed && !by_subject && !has(facts_.obstacles(candidate, who), Obstacle::away);
    if (ordered) {
      met_.insert(order);
    } else if (!is_ahead && (!reached || obstacles != 0)) {
      if (stands) result_.ended.push_back({.pair = *stands, .obstacles = obstacles, .no_candidate = !reached});
      return;
    }
    const bool held = stands && (is_ahead || is_held(*stands) || handed_over_.contains(unit));
    options_.push_back({.unit = unit,
                        .candidate = one,
                        .score = score_of(who, candidate, stands.has_value()),
                        .stands = stands,
                        .origin = ordered ? PairOrigin::fixed
                                  : held  ? PairOrigin::held
                                          : PairOrigin::appointed,
                        .must = ordered || held});
  }

  /// Orders that name no subject, where each subject is looked after for itself: the best subject of the two, and others as far as the
  /// load allows.
  void fix_by_subject() {
    std::map<const PairOrder*, std::vector<Option*>> by_order;
    std::vector<int> used(result_.candidates.size(), 0);
    for (Option& option : options_) {
      if (option.must) ++used[option.candidate];
      const PairOrder* const order = facts_.order(result_.candidates[option.candidate].party, result_.units[option.unit]);
      if (rule_.target == AssignFor::subject && order != nullptr && order->fixed && !order->subject) by_order[order].push_back(&option);
    }
    const auto fix = [&](Option& option) {
      if (!option.must) ++used[option.candidate];
      option.must = true;
      option.origin = PairOrigin::fixed;
    };
    // By the order of orders, so that nothing depends on where they lie in memory.
    for (const bool first : {true, false}) {
      for (const PairOrder& order : data_.pair_orders) {
        const auto found = by_order.find(&order);
        if (found == by_order.end()) continue;
        auto& options = found->second;
        std::ranges::stable_sort(options, std::ranges::greater{}, [](const Option* option) { return option->score.points; });
        if (first) {
          fix(*options.front());
          met_.insert(&order);
          continue;
        }
        for (Option* const option : options) {
          const auto has = result_.loads[option->candidate].already + used[option->candidate];
          if (!option->must && has < most_[option->candidate]) fix(*option);
        }
      }
    }
    find_unmet_orders();
  }

  void find_unmet_orders() {
    for (const PairOrder& order : data_.pair_orders) {
      if (order.role != rule_.role || !order.fixed || met_.contains(&order)) continue;
      const auto is_asked = [&](const CareUnit& unit) { return unit.student == order.student && facts_.order(order.with, unit) == &order; };
      if (std::ranges::any_of(result_.units, is_asked)) result_.unmet_orders.push_back(&order);
    }
  }

  /// The option of two; options stand by unit, then candidate.
  [[nodiscard]] Option& option_of(std::uint32_t unit, std::uint32_t candidate) {
    return *std::ranges::lower_bound(options_, std::pair(unit, candidate), {},
                                     [](const Option& one) { return std::pair(one.unit, one.candidate); });
  }

  [[nodiscard]] bool is_only_on_leave(const CareCandidate& candidate) const {
    if (candidate.party.kind != Party::Kind::staff) return false;
    const auto& left = data_.staff[candidate.party.index].left;
    return !left || today() <= *left;
  }

  [[nodiscard]] std::string id_of(const CareUnit& unit) const {
    return data_.students[unit.student].id + (unit.subject ? "/" + data_.subjects[*unit.subject] : "");
  }

  /// Both sides choose.
  void choose() {
    TwoWayProblem problem;
    problem.proposing = rule_.proposing == ProposingSide::carers ? Proposing::carers : Proposing::students;
    problem.unlisted = rule_.unlisted_last ? Unlisted::last : Unlisted::refused;
    for (const CareUnit& unit : result_.units) problem.students.push_back({id_of(unit), rule_.need});
    for (std::uint32_t one = 0; one < result_.candidates.size(); ++one)
      problem.carers.push_back({data_.id_of(result_.candidates[one].party), most_[one] - result_.loads[one].already});
    for (const Option& option : options_) {
      const Party student{Party::Kind::student, result_.units[option.unit].student};
      const Party& carer = result_.candidates[option.candidate].party;
      // Pairs of today stand first where as little as possible is to change.
      const bool keeps = result_.question.keep && option.stands;
      const auto place = [&](const Party& of, const Party& other) { return keeps ? std::optional(-1) : facts_.place_on_list(of, other); };
      problem.edges.push_back({option.unit, option.candidate, place(student, carer), place(carer, student), option.must});
    }
    TwoWayProblem with_forced = problem;
    if (forced_) with_forced.edges[*forced_].fixed = true;
    const TwoWayMatching matching = match_two_way(with_forced);
    if (forced_) blocking_ = static_cast<std::int64_t>(blocking_pairs(problem, matching.pairs).size());
    const auto overrides = overrides_of(with_forced, matching);
    for (std::size_t i = 0; i < matching.pairs.size(); ++i) {
      const std::uint32_t unit = matching.pairs[i].first;
      const std::uint32_t candidate = matching.pairs[i].second;
      Option& option = option_of(unit, candidate);
      ProposedPair pair = proposed(option);
      if (!option.must) pair.origin = PairOrigin::chosen;
      if (overrides[i]) {
        pair.runner_up = overrides[i]->runner_up;
        pair.blocking = static_cast<std::int64_t>(overrides[i]->blocking.size());
      }
      result_.pairs.push_back(std::move(pair));
      option.must = true;
      option.origin = PairOrigin::chosen;
    }
    if (rule_.mode == AssignMode::two_way) {
      std::vector<int> got(result_.units.size(), 0);
      for (const ProposedPair& pair : result_.pairs) ++got[pair.unit];
      for (const std::uint32_t unit : matching.unplaced) result_.unplaced.push_back(unplaced_by_choice(unit, got[unit]));
    }
  }

  [[nodiscard]] UnplacedUnit unplaced_by_choice(std::uint32_t unit, int got) const {
    UnplacedUnit one{.unit = unit, .missing = rule_.need - got};
    const Party student{Party::Kind::student, result_.units[unit].student};
    if (!std::ranges::binary_search(options_, unit, {}, &Option::unit)) {
      explain_no_candidate(one);
    } else {
      one.why = !rule_.unlisted_last && !facts_.has_wishes(student) ? UnplacedUnit::Why::no_wishes : UnplacedUnit::Why::turned_down;
    }
    return one;
  }

  [[nodiscard]] static ProposedPair proposed(const Option& option) {
    return {.unit = option.unit, .candidate = option.candidate, .score = option.score, .origin = option.origin, .stands = option.stands};
  }

  /// The school decides about all who have not got enough yet.
  bool appoint_rest() {
    AppointmentProblem problem;
    for (const CareUnit& unit : result_.units)
      problem.students.push_back(
          {id_of(unit), rule_.need, rule_.at_least ? std::max(rule_.need, static_cast<int>(result_.candidates.size())) : rule_.need});
    const std::set<std::uint32_t> available(result_.available.begin(), result_.available.end());
    for (std::uint32_t one = 0; one < result_.candidates.size(); ++one)
      problem.carers.push_back({data_.id_of(result_.candidates[one].party),
                                available.contains(one) ? std::min(rule_.load_least, most_[one]) : 0, most_[one],
                                result_.loads[one].already});
    const int most = rule_.weights.sum();
    for (const Option& option : options_)
      problem.edges.push_back(
          {option.unit, option.candidate, most - option.score.points, result_.question.keep && option.stands.has_value(), option.must});
    if (forced_ && rule_.mode == AssignMode::appointed && !price_forced(problem)) return false;
    const auto best = appoint(problem);
    if (!best) return false;
    result_.value = best->value;
    for (const AppointmentPair& made : best->pairs) {
      const Option& option = options_[made.edge];
      if (option.origin == PairOrigin::chosen) continue;
      ProposedPair pair = proposed(option);
      if (made.override_price) {
        pair.runner_up = made.override_price->runner_up;
        pair.price = made.override_price->price;
      }
      result_.pairs.push_back(std::move(pair));
    }
    for (const AppointmentGap& gap : best->gaps) result_.unplaced.push_back(unplaced_by_school(gap));
    return true;
  }

  /// The price of the pair that is asked for, which is then fixed. False: a sum of costs might not fit.
  bool price_forced(AppointmentProblem& problem) {
    const auto best = appoint(problem, AppointmentPrices::none);
    if (!best) return false;
    price_ = price_of_forcing(problem, *best, static_cast<std::uint32_t>(*forced_));
    problem.edges[*forced_].fixed = price_.has_value();
    return true;
  }

  [[nodiscard]] UnplacedUnit unplaced_by_school(const AppointmentGap& gap) const {
    UnplacedUnit one{.unit = gap.student, .missing = gap.missing};
    switch (gap.why) {
      case AppointmentGap::Why::no_candidate:
        explain_no_candidate(one);
        break;
      case AppointmentGap::Why::all_taken:
        explain_no_candidate(one);
        one.why = UnplacedUnit::Why::all_taken;
        break;
      case AppointmentGap::Why::full:
        one.why = UnplacedUnit::Why::full;
        one.full = gap.full_carers;
        one.relief = gap.relief;
        break;
    }
    return one;
  }

  /// Counts what keeps everybody out, and looks for the one with whom a single thing would have to be given up: leave and bans last.
  void explain_no_candidate(UnplacedUnit& unit) const {
    const CareUnit& who = result_.units[unit.unit];
    const bool needs_subject = rule_.target == AssignFor::subject || std::ranges::find(rule_.must, PairNeeds::subject) != rule_.must.end();
    unit.why = UnplacedUnit::Why::no_candidate;
    if (needs_subject && who.weak.empty()) {
      unit.why = UnplacedUnit::Why::no_weak_subject;
      return;
    }
    std::optional<std::tuple<bool, int, std::uint32_t>> best;  // full, points, candidate
    for (std::uint32_t one = 0; one < result_.candidates.size(); ++one) {
      const CareCandidate& candidate = result_.candidates[one];
      if (!facts_.reaches(candidate, who)) continue;
      const std::uint16_t obstacles = facts_.obstacles(candidate, who);
      int count = 0;
      std::optional<Obstacle> last;
      for (int i = 0; i <= static_cast<int>(Obstacle::unlisted); ++i) {
        if (!has(obstacles, static_cast<Obstacle>(i))) continue;
        last = static_cast<Obstacle>(i);
        ++unit.obstacles[*last];
        ++count;
      }
      if (count != 1 || last == Obstacle::away || last == Obstacle::banned) continue;
      const std::tuple rank(result_.loads[one].already >= most_[one], -score_of(who, candidate, false).points, one);
      if (best && *best <= rank) continue;
      best = rank;
      unit.relief = one;
      unit.relief_obstacle = last;
    }
  }

  void finish() {
    std::ranges::sort(result_.pairs, {}, [](const ProposedPair& pair) { return std::pair(pair.unit, pair.candidate); });
    std::set<std::uint32_t> made;
    for (ProposedPair& pair : result_.pairs) {
      ++result_.loads[pair.candidate].load;
      if (pair.stands) made.insert(*pair.stands);
      if (!pair.runner_up) continue;
      pair.runner_up_points = option_of(pair.unit, *pair.runner_up).score.points;
    }
    for (const Option& option : options_) {
      if (option.stands && !made.contains(*option.stands)) result_.ended.push_back({.pair = *option.stands});
    }
    for (EndedPair& one : result_.ended) one.early = is_held(one.pair);
    std::ranges::sort(result_.ended, {}, [&](const EndedPair& one) {
      const Pair& pair = data_.pairs[one.pair];
      return std::pair<const std::string&, const std::string&>(data_.students[pair.student].id, pair.id);
    });
    for (std::uint32_t one = 0; one < result_.loads.size(); ++one) result_.loads[one].load += result_.loads[one].already;
    for (const std::uint32_t one : result_.available) {
      if (result_.loads[one].load < rule_.load_least) result_.short_of_least.push_back(one);
    }
    std::ranges::sort(result_.unplaced, {}, &UnplacedUnit::unit);
  }

  const Dataset& data_;
  const AssignRule& rule_;
  PairFacts facts_;
  Assignment result_;
  std::span<const Assignment> earlier_;
  std::map<std::pair<StudentIndex, std::optional<SubjectIndex>>, std::uint32_t> unit_of_;
  std::map<Party, std::uint32_t> candidate_of_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> standing_;  // by unit and candidate: the pair of today
  std::set<std::uint32_t> ahead_;                                              // of these, the ones that begin later
  std::set<std::uint32_t> handed_over_;  // units whose pairs of today go on until one that begins later
  std::vector<Option> options_;          // by unit, then candidate
  std::set<const PairOrder*> met_;
  std::vector<int> most_;                  // by candidate
  std::optional<std::size_t> forced_;      // of the options: what is asked for
  std::optional<AppointmentValue> price_;  // of making it
  std::optional<std::int64_t> blocking_;   // and who would object
};

bool is_here(const Staff& staff, Date day) { return !staff.left || day <= *staff.left; }

/// Whether anybody holds a role that `fits` on a day.
template <typename Fits>
bool is_held_by_anybody(const Dataset& data, const std::vector<std::string>& words, Date day, Fits&& fits) {
  return std::ranges::any_of(data.staff, [&](const Staff& staff) {
    return is_here(staff, day) && std::ranges::any_of(staff.roles, [&](const Role& role) {
             return role.days.contains(day) && std::ranges::find(words, role.role) != words.end() && fits(role);
           });
  });
}

bool has_class_teacher(const Dataset& data, ClassIndex in, Date day) {
  return std::ranges::any_of(data.classes[in].leaders,
                             [&](const Leader& leader) { return leader.days.contains(day) && is_here(data.staff[leader.staff], day); });
}

bool is_cared_for(const Dataset& data, const ChainLink& link, StudentIndex student, Date day, std::span<const Assignment> proposed) {
  const auto is_meant = [&](const std::string& role) { return std::ranges::find(link.who, role) != link.who.end(); };
  std::set<std::uint32_t> ended;
  for (const Assignment& one : proposed) {
    for (const EndedPair& pair : one.ended) ended.insert(pair.pair);
    if (!is_meant(data.policy.assigning.rules[one.question.rule].role)) continue;
    if (std::ranges::any_of(one.pairs, [&](const ProposedPair& pair) { return one.units[pair.unit].student == student; })) return true;
  }
  for (std::uint32_t index = 0; index < data.pairs.size(); ++index) {
    const Pair& pair = data.pairs[index];
    if (pair.student == student && is_meant(pair.role) && pair.days.contains(day) && !ended.contains(index)) return true;
  }
  return false;
}

}  // namespace

std::string_view word_of(PairOrigin origin) { return origin_words[static_cast<std::size_t>(origin)]; }
std::string_view word_of(UnplacedUnit::Why why) { return why_words[static_cast<std::size_t>(why)]; }

std::string_view word_of(Forcing::Answer answer) { return answer_words[static_cast<std::size_t>(answer)]; }

std::optional<Assignment> assign(const Dataset& data, const AssignQuestion& question, std::span<const Assignment> earlier) {
  return Assigner(data, question, earlier).run();
}

std::optional<SharedStudent> shared_student(const Dataset& data, std::uint32_t rule, Date today) {
  const auto& rules = data.policy.assigning.rules;
  std::set<StudentIndex> students;
  for (std::uint32_t other = 0; other < rules.size(); ++other) {
    if (other == rule || rules[other].role != rules[rule].role || !rules[other].in_force.contains(today)) continue;
    if (students.empty()) {
      for (const CareUnit& unit : PairFacts(data, rules[rule], today).units()) students.insert(unit.student);
    }
    for (const CareUnit& unit : PairFacts(data, rules[other], today).units()) {
      if (students.contains(unit.student)) return SharedStudent{.rule = rule, .other = other, .student = unit.student};
    }
  }
  return std::nullopt;
}

std::optional<Forcing> force(const Dataset& data, const AssignQuestion& question, const WantedPair& wanted) {
  auto before = assign(data, question);
  return before ? Assigner(data, question, {}).force(wanted, std::move(*before)) : std::nullopt;
}

std::optional<Date> end_of(const Calendar& calendar, const PairSpan& span, Date from) {
  if (span.kind == PairSpan::Kind::open) return std::nullopt;
  if (span.kind == PairSpan::Kind::days) return from + Days(span.days - 1);
  const auto term = calendar.term_of(from);
  if (!term) return std::nullopt;
  std::size_t last = *term;
  while (span.kind == PairSpan::Kind::school_year && last + 1 < calendar.terms.size() &&
         calendar.terms[last + 1].year == calendar.terms[*term].year)
    ++last;
  const Date until = calendar.terms[last].days.until;
  return until < from ? std::nullopt : std::optional(until);
}

std::vector<ChainGap> chain_gaps(const Dataset& data, Date today, std::span<const Assignment> proposed) {
  std::vector<ChainGap> gaps;
  std::set<int> grades;
  std::set<ClassIndex> classes;
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    if (const auto in = data.class_of(student, today)) {
      classes.insert(*in);
      grades.insert(data.grade_of(*in, today));
    }
  }
  const Cases cases(data, today);
  for (std::uint32_t index = 0; index < data.policy.assigning.chain.size(); ++index) {
    const ChainLink& link = data.policy.assigning.chain[index];
    switch (link.level) {
      case ChainLink::Level::school:
        if (!is_held_by_anybody(data, link.who, today, [](const Role& role) { return !role.in_class && !role.grade; }))
          gaps.push_back({.link = index});
        break;
      case ChainLink::Level::grade:
        for (const int grade : grades) {
          if (!is_held_by_anybody(data, link.who, today, [&](const Role& role) { return role.grade == grade; }))
            gaps.push_back({.link = index, .grade = grade});
        }
        break;
      case ChainLink::Level::school_class:
        for (const ClassIndex in : classes) {
          const bool led = std::ranges::find(link.who, "class-teacher") != link.who.end() && has_class_teacher(data, in, today);
          if (!led && !is_held_by_anybody(data, link.who, today, [&](const Role& role) { return role.in_class == in; }))
            gaps.push_back({.link = index, .in_class = in});
        }
        break;
      case ChainLink::Level::student:
        for (StudentIndex student = 0; student < data.students.size(); ++student) {
          if (!data.class_of(student, today)) continue;
          const auto days = cases.of_student(student);
          const bool open = std::ranges::any_of(days, [&](const Period& period) { return period.contains(today); });
          if (open && !is_cared_for(data, link, student, today, proposed)) gaps.push_back({.link = index, .student = student});
        }
        break;
    }
  }
  return gaps;
}

}  // namespace help
