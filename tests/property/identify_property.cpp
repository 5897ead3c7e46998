// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>

#include "property/oracle.hpp"
#include "rules/identify.hpp"
#include "rules/kinds.hpp"
#include "support/random_school.hpp"

namespace help::test {
namespace {

std::string subject_name(const Dataset& data, std::optional<SubjectIndex> subject) { return subject ? data.subjects[*subject] : ""; }

Fraction shortfall(std::int64_t top, std::int64_t bottom) { return {top, bottom}; }

using FactKey = std::pair<std::string, std::string>;

/// Figures are rounded down and thresholds up, for showing.
std::string compare_fact(const Dataset& data, const Evidence& evidence, const OracleFact& fact) {
  const bool is_figure = evidence.measure == Evidence::Measure::average || evidence.measure == Evidence::Measure::total;
  const bool is_mark = evidence.measure == Evidence::Measure::mark;
  if (evidence.subject && fact.retest != (evidence.retest ? data.exams[*evidence.retest].id : "")) return "another retest";
  if (evidence.mark.present() && fact.value && *fact.value != Fraction(evidence.mark.hundredths(), 100)) return "another mark";
  if (is_figure && evidence.figure && fact.value) {
    const Fraction rest = *fact.value * Fraction(100) - Fraction(*evidence.figure);
    if (rest < Fraction(0) || rest >= Fraction(1)) return "another figure";
  }
  if ((is_mark || is_figure) && evidence.threshold && fact.limit) {
    const Fraction rest = Fraction(*evidence.threshold) - *fact.limit * Fraction(100);
    if (rest < Fraction(0) || rest >= Fraction(1)) return "another threshold";
  }
  return {};
}

/// Lists hold what speaks for a hit and nothing else; explanations may hold more.
enum class Wanted { evidence_for, evidence_at_least };

/// What differs between a judgement and the oracle's verdict; empty: nothing.
std::string compare(const Dataset& data, const Judgement& judgement, const OracleVerdict& verdict, Wanted wanted = Wanted::evidence_for) {
  const std::string& rule = data.policy.identify[judgement.rule].id;
  if (rule != verdict.rule) return fmt::format("rule {}, oracle {}", rule, verdict.rule);
  if (subject_name(data, judgement.subject) != verdict.subject) return rule + ": another subject";
  if (judgement.state != verdict.state) {
    return fmt::format("{}: state {}, oracle {}", rule, static_cast<int>(judgement.state), static_cast<int>(verdict.state));
  }
  if (judgement.state != Judgement::State::hit && judgement.state != Judgement::State::waiting) return {};
  if (judgement.outcome != verdict.outcome) {
    return fmt::format("{}: outcome {}, oracle {}", rule, word_of(judgement.outcome), word_of(verdict.outcome));
  }
  const auto lack = shortfall(judgement.shortfall_numerator, judgement.shortfall_denominator);
  if (wanted == Wanted::evidence_for && lack != verdict.shortfall) {
    return fmt::format("{}: shortfall {}/{}, oracle {}/{}", rule, judgement.shortfall_numerator, judgement.shortfall_denominator,
                       static_cast<std::int64_t>(verdict.shortfall.top()), static_cast<std::int64_t>(verdict.shortfall.bottom()));
  }
  std::map<FactKey, OracleFact> expected;
  for (const auto& fact : verdict.facts) expected[{fact.exam, fact.subject}] = fact;
  std::set<FactKey> seen;
  for (const auto& evidence : judgement.evidence) {
    if (!evidence.exam) continue;
    const FactKey key{data.exams[*evidence.exam].id, subject_name(data, evidence.subject)};
    const auto found = expected.find(key);
    if (found == expected.end() && wanted == Wanted::evidence_at_least) continue;
    if (found == expected.end()) return fmt::format("{}: evidence {} {} is not the oracle's", rule, key.first, key.second);
    if (const auto difference = compare_fact(data, evidence, found->second); !difference.empty()) {
      return fmt::format("{}: {} in {} {}", rule, difference, key.first, key.second);
    }
    seen.insert(key);
  }
  for (const auto& [key, fact] : expected) {
    if (!seen.contains(key)) return fmt::format("{}: evidence {} {} is lacking", rule, key.first, key.second);
  }
  return {};
}

std::string compare(const Dataset& data, const IdentifiedItem& item, const OracleItem& expected) {
  const std::string name = fmt::format("item {} {}", data.students[item.student].id, subject_name(data, item.subject));
  if (data.students[item.student].id != expected.student || subject_name(data, item.subject) != expected.subject) {
    return fmt::format("{}, oracle {} {}", name, expected.student, expected.subject);
  }
  if (item.outcome != expected.outcome)
    return fmt::format("{}: outcome {}, oracle {}", name, word_of(item.outcome), word_of(expected.outcome));
  if (item.state != expected.state) {
    return fmt::format("{}: case state {}, oracle {}", name, static_cast<int>(item.state), static_cast<int>(expected.state));
  }
  if (item.exclusion_basis != expected.exclusion_basis) return name + ": another basis of exclusion";
  if (item.change != expected.change) return name + ": another change";
  if (item.for_minimum != expected.for_minimum) return name + ": for_minimum differs";
  std::set<std::string> subjects;
  for (const auto subject : item.subjects) subjects.insert(data.subjects[subject]);
  if (subjects != expected.subjects) {
    return fmt::format("{}: subjects [{}], oracle [{}]", name, fmt::join(subjects, " "), fmt::join(expected.subjects, " "));
  }
  if (shortfall(item.shortfall_numerator, item.shortfall_denominator) != expected.shortfall) return name + ": another shortfall";
  if (item.hits.size() != expected.hits.size()) return fmt::format("{}: {} hits, oracle {}", name, item.hits.size(), expected.hits.size());
  for (std::size_t hit = 0; hit < item.hits.size(); ++hit) {
    if (const auto difference = compare(data, item.hits[hit], expected.hits[hit]); !difference.empty()) return name + ": " + difference;
  }
  return {};
}

std::string names_of(const Dataset& data, const std::vector<IdentifiedItem>& items) {
  std::string names;
  for (const auto& item : items) names += fmt::format(" {}/{}", data.students[item.student].id, subject_name(data, item.subject));
  return names;
}

std::string names_of(const std::vector<OracleItem>& items) {
  std::string names;
  for (const auto& item : items) names += fmt::format(" {}/{}", item.student, item.subject);
  return names;
}

std::string compare(const Dataset& data, const std::vector<IdentifiedItem>& items, const std::vector<OracleItem>& expected) {
  for (std::size_t place = 0; place < std::min(items.size(), expected.size()); ++place) {
    if (const auto difference = compare(data, items[place], expected[place]); !difference.empty()) {
      return fmt::format("{}\n  items:{}\n  oracle:{}", difference, names_of(data, items), names_of(expected));
    }
  }
  if (items.size() == expected.size()) return {};
  return fmt::format("{} items, oracle {}\n  items:{}\n  oracle:{}", items.size(), expected.size(), names_of(data, items),
                     names_of(expected));
}

template <typename Set>
std::string missing_from(const Set& one, const Set& other) {
  std::string text;
  for (const auto& entry : one) {
    if (other.contains(entry)) continue;
    if constexpr (std::is_same_v<typename Set::value_type, std::string>) {
      text += " " + entry;
    } else {
      text += " " + entry.first + "/" + entry.second;
    }
  }
  return text;
}

template <typename Set>
std::string compare_sets(std::string_view name, const Set& ours, const Set& expected) {
  if (ours == expected) return {};
  return fmt::format("{}: too many{}; lacking{}", name, missing_from(ours, expected), missing_from(expected, ours));
}

std::string compare_rest(const Dataset& data, const Identified& ours, const OracleAnswer& expected) {
  std::set<std::pair<std::string, std::string>> gone;
  for (const auto& item : ours.gone) gone.insert({data.students[item.student].id, subject_name(data, item.subject)});
  if (const auto difference = compare_sets("gone", gone, expected.gone); !difference.empty()) return difference;
  std::set<std::pair<std::string, std::string>> no_mark;
  for (const auto& judgement : ours.no_mark) {
    no_mark.insert({data.policy.identify[judgement.rule].id, data.students[judgement.student].id});
  }
  if (const auto difference = compare_sets("no mark", no_mark, expected.no_mark); !difference.empty()) return difference;
  const std::set<std::string> without(ours.rules_without_exam.begin(), ours.rules_without_exam.end());
  if (const auto difference = compare_sets("rules without exam", without, expected.rules_without_exam); !difference.empty())
    return difference;
  std::set<OracleShort> shorts;
  for (const auto& teacher : ours.short_of_minimum) {
    shorts.insert({data.staff[teacher.staff].id, data.subjects[teacher.subject], teacher.has});
  }
  if (shorts != expected.short_of_minimum) return "teachers short of the minimum differ";
  return {};
}

/// What differs between the engine and the oracle; empty: nothing.
std::string disagreement(const Dataset& data, const Question& question) {
  const auto ours = identify(data, question);
  const auto expected = ask_oracle(data, question);
  if (const auto difference = compare(data, ours.items, expected.items); !difference.empty()) return difference;
  if (const auto difference = compare(data, ours.just_outside, expected.just_outside); !difference.empty())
    return "just outside: " + difference;
  return compare_rest(data, ours, expected);
}

bool has_come_to_something(Judgement::State state) {
  return state == Judgement::State::hit || state == Judgement::State::waiting || state == Judgement::State::cleared;
}

std::string disagreement_in_explanations(const Dataset& data, const Question& question) {
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    std::map<std::pair<std::string, std::string>, Judgement> ours;
    for (const auto& judgement : explain(data, question, student)) {
      if (has_come_to_something(judgement.state)) {
        ours[{data.policy.identify[judgement.rule].id, subject_name(data, judgement.subject)}] = judgement;
      }
    }
    const std::string name = "why " + data.students[student].id + ": ";
    for (const auto& verdict : ask_oracle_why(data, question, student)) {
      if (!has_come_to_something(verdict.state)) continue;
      const auto found = ours.find({verdict.rule, verdict.subject});
      if (found == ours.end()) return name + verdict.rule + " is lacking";
      const auto difference = compare(data, found->second, verdict, Wanted::evidence_at_least);
      if (!difference.empty()) return name + difference;
      ours.erase(found);
    }
    if (!ours.empty()) return name + ours.begin()->first.first + " is too much";
  }
  return {};
}

using Check = std::function<std::string(const Dataset&, const Question&)>;

/// Leaves out of a school whatever is not needed for `check` to find something, so that a person can read what is left.
void make_smaller(RandomSchool& school, const Check& check) {
  const auto keep_if_still_wrong = [&](Dataset data, Question question) {
    if (data.exams.empty() || data.students.empty()) return false;
    put_in_order(data);
    if (check(data, question).empty()) return false;
    school.data = std::move(data);
    school.question = question;
    return true;
  };
  const auto without_one_each = [&](auto list_of) {
    for (std::size_t place = list_of(school.data).size(); place-- > 0;) {
      Dataset smaller = school.data;
      list_of(smaller).erase(list_of(smaller).begin() + static_cast<std::ptrdiff_t>(place));
      keep_if_still_wrong(std::move(smaller), school.question);
    }
  };
  for (int round = 0; round < 3; ++round) {
    without_one_each([](Dataset & data) -> auto& { return data.policy.identify; });
    without_one_each([](Dataset & data) -> auto& { return data.events; });
    without_one_each([](Dataset & data) -> auto& { return data.lists; });
    without_one_each([](Dataset & data) -> auto& { return data.counts; });
    without_one_each([](Dataset & data) -> auto& { return data.teaching; });
    without_one_each([](Dataset & data) -> auto& { return data.exams; });
    for (std::size_t student = school.data.students.size(); student-- > 0;) {
      keep_if_still_wrong(without_student(school.data, static_cast<StudentIndex>(student)), school.question);
    }
    for (std::size_t rule = 0; rule < school.data.policy.identify.size(); ++rule) {
      without_one_each([rule](Dataset & data) -> auto& { return data.policy.identify[rule].only; });
      without_one_each([rule](Dataset & data) -> auto& { return data.policy.identify[rule].unless; });
    }
    Dataset plain = school.data;
    plain.policy.places.reset();
    keep_if_still_wrong(plain, school.question);
    plain = school.data;
    plain.policy.minimum.reset();
    keep_if_still_wrong(plain, school.question);
    Question question = school.question;
    question.exam.reset();
    keep_if_still_wrong(school.data, question);
    question = school.question;
    question.term.reset();
    keep_if_still_wrong(school.data, question);
  }
}

/// Runs `check` on many schools; at the first that it finds fault with, prints the seed and a smaller school with the same fault.
void check_schools(std::uint64_t count, const Check& check) {
  const std::uint64_t first = first_seed();
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    auto school = random_school(seed);
    if (check(school.data, school.question).empty()) continue;
    make_smaller(school, check);
    FAIL("seed ", seed, ": ", check(school.data, school.question), "\n", describe(school.data, school.question));
  }
}

/// All that an answer says of items, by ids, in order.
std::string told(const Dataset& data, const Identified& answer) {
  std::string text;
  const auto tell = [&](const IdentifiedItem& item) {
    const auto common = std::gcd(item.shortfall_numerator, item.shortfall_denominator);
    text += fmt::format("{} {} {} {} {} {} {}/{}", data.students[item.student].id, subject_name(data, item.subject), word_of(item.outcome),
                        static_cast<int>(item.state), static_cast<int>(item.change), item.grade, item.shortfall_numerator / common,
                        item.shortfall_denominator / common);
    std::set<std::string> subjects;
    for (const auto subject : item.subjects) subjects.insert(data.subjects[subject]);
    text += fmt::format(" [{}]", fmt::join(subjects, " "));
    for (const auto& hit : item.hits) text += " " + data.policy.identify[hit.rule].id;
    text += "\n";
  };
  for (const auto& item : answer.items) tell(item);
  text += "outside\n";
  for (const auto& item : answer.just_outside) tell(item);
  std::set<std::string> rest;
  for (const auto& item : answer.gone) rest.insert("gone " + data.students[item.student].id + subject_name(data, item.subject));
  for (const auto& teacher : answer.short_of_minimum) {
    rest.insert(fmt::format("short {} {} {}", data.staff[teacher.staff].id, data.subjects[teacher.subject], teacher.has));
  }
  for (const auto& judgement : answer.no_mark) {
    rest.insert("no mark " + data.policy.identify[judgement.rule].id + data.students[judgement.student].id);
  }
  for (const auto& exam : answer.exams) rest.insert("exam " + data.exams[exam].id);
  for (const auto& entry : rest) text += entry + "\n";
  return text;
}

std::set<std::pair<std::string, std::string>> keys_of(const Dataset& data, const std::vector<IdentifiedItem>& items) {
  std::set<std::pair<std::string, std::string>> keys;
  for (const auto& item : items) keys.insert({data.students[item.student].id, subject_name(data, item.subject)});
  return keys;
}

TEST_CASE("identify agrees with the oracle on random schools") { check_schools(schools_to_try(20'000), disagreement); }

TEST_CASE("an explanation agrees with the oracle on random schools") { check_schools(schools_to_try(3'000), disagreement_in_explanations); }

TEST_CASE("the order of files and rows never matters") {
  check_schools(schools_to_try(3'000), [](const Dataset& data, const Question& question) -> std::string {
    Random random(data.students.size() * 1000 + data.exams.size());
    const Dataset other = shuffled(data, random);
    const auto first = told(data, identify(data, question));
    const auto second = told(other, identify(other, question));
    return first == second ? "" : "in order:\n" + first + "in another order:\n" + second;
  });
}

TEST_CASE("nothing dated after today is seen") {
  check_schools(schools_to_try(3'000), [](const Dataset& data, const Question& question) -> std::string {
    const Dataset present = without_late_arrivals(data, question.today);
    const Dataset past = without_future(present, question.today);
    const auto first = told(present, identify(present, question));
    const auto second = told(past, identify(past, question));
    return first == second ? "" : "with the future:\n" + first + "without:\n" + second;
  });
}

TEST_CASE("a lower threshold never adds anyone") {
  check_schools(schools_to_try(3'000), [](const Dataset& data, const Question& question) -> std::string {
    Dataset wide = data;
    wide.policy.places.reset();
    wide.policy.minimum.reset();
    std::erase_if(wide.policy.identify, [](const Rule& rule) { return rule.kind != "mark-below" && rule.kind != "failed-of-last"; });
    Dataset narrow = wide;
    for (auto& rule : narrow.policy.identify) {
      auto& line = rule.parameters.below;
      if (line.kind == Line::Kind::pass) continue;
      line.value = line.value * 9 / 10;
    }
    const auto many = keys_of(wide, identify(wide, question).items);
    for (const auto& key : keys_of(narrow, identify(narrow, question).items)) {
      if (!many.contains(key)) return "added: " + key.first + " " + key.second;
    }
    return {};
  });
}

TEST_CASE("an explanation names the hits of the list and no others") {
  check_schools(schools_to_try(3'000), [](const Dataset& data, const Question& question) -> std::string {
    Dataset open = data;
    open.policy.places.reset();
    open.policy.minimum.reset();
    std::set<std::tuple<std::string, std::string, std::size_t>> listed;
    for (const auto& item : identify(open, question).items) {
      for (const auto& hit : item.hits) listed.insert({open.students[item.student].id, subject_name(open, item.subject), hit.rule});
    }
    std::set<std::tuple<std::string, std::string, std::size_t>> explained;
    for (StudentIndex student = 0; student < open.students.size(); ++student) {
      const auto& left = open.students[student].left;
      if (left && *left < question.today) continue;
      for (const auto& judgement : explain(open, question, student)) {
        if (judgement.state != Judgement::State::hit && judgement.state != Judgement::State::waiting) continue;
        explained.insert({open.students[student].id, subject_name(open, judgement.subject), judgement.rule});
      }
    }
    return listed == explained ? "" : fmt::format("{} listed, {} explained", listed.size(), explained.size());
  });
}

TEST_CASE("places are never exceeded except by equals") {
  check_schools(schools_to_try(3'000), [](const Dataset& data, const Question& question) -> std::string {
    if (!data.policy.places) return {};
    std::map<std::string, std::vector<IdentifiedItem>> taken;
    const auto answer = identify(data, question);
    for (const auto& item : answer.items) {
      const bool cared_for = item.state == CaseState::none || item.state == CaseState::confirmed;
      if (item.outcome == Outcome::pending || !cared_for || item.for_minimum) continue;
      const auto per = data.policy.places->per;
      std::string group;
      if (per == PlacesPer::grade) group = std::to_string(item.grade);
      if (per == PlacesPer::school_class && item.in_class) group = data.classes[*item.in_class].id;
      taken[group].push_back(item);
    }
    const auto count = static_cast<std::size_t>(data.policy.places->count);
    for (const auto& [group, items] : taken) {
      if (items.size() <= count) continue;
      if (!data.policy.places->ties) return "too many in group " + group;
      for (std::size_t place = count; place < items.size(); ++place) {
        const auto& last = items[count - 1];
        const auto& more = items[place];
        const bool equal = more.outcome == last.outcome && more.subjects.size() == last.subjects.size() &&
                           shortfall(more.shortfall_numerator, more.shortfall_denominator) ==
                               shortfall(last.shortfall_numerator, last.shortfall_denominator);
        if (!equal) return "no equals in group " + group;
      }
    }
    return {};
  });
}

TEST_CASE("random schools meet every kind of rule, outcome and state often enough to mean something") {
  std::map<std::string, int> met;
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
    const auto school = random_school(seed);
    const auto answer = ask_oracle(school.data, school.question);
    for (const auto& item : answer.items) {
      for (const auto& hit : item.hits) {
        const auto rule = std::ranges::find(school.data.policy.identify, hit.rule, &Rule::id);
        ++met["hit " + rule->kind];
        if (rule->outcome == Outcome::pending) ++met[hit.state == Judgement::State::waiting ? "waiting" : "confirmed"];
      }
      ++met["outcome " + std::string(word_of(item.outcome))];
      ++met["state " + std::to_string(static_cast<int>(item.state))];
      if (item.for_minimum) ++met["for minimum"];
      if (item.change == Change::continuing) ++met["continuing"];
    }
    met["just outside"] += static_cast<int>(answer.just_outside.size());
    met["gone"] += static_cast<int>(answer.gone.size());
    met["short"] += static_cast<int>(answer.short_of_minimum.size());
    met["no mark"] += static_cast<int>(answer.no_mark.size());
    met["without exam"] += static_cast<int>(answer.rules_without_exam.size());
  }
  for (const auto& kind : rule_kinds()) {
    INFO(kind.name);
    CHECK(met["hit " + std::string(kind.name)] >= 100);
  }
  for (const char* thing :
       {"waiting", "confirmed", "outcome identified", "outcome pending", "outcome watch", "state 0", "state 1", "state 2", "state 3",
        "state 4", "for minimum", "continuing", "just outside", "gone", "short", "no mark", "without exam"}) {
    INFO(thing);
    CHECK(met[thing] >= 50);
  }
}

}  // namespace
}  // namespace help::test
