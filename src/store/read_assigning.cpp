// SPDX-License-Identifier: MIT
#include "store/read_assigning.hpp"

#include <algorithm>
#include <utility>

#include "store/fields.hpp"

namespace help {
namespace {

PairSpan span_at(const Value& item, std::string_view key) {
  const std::string text = text_at(item, key);
  if (text.empty()) return {};
  if (text == "term") return {.kind = PairSpan::Kind::term};
  if (text == "school-year") return {.kind = PairSpan::Kind::school_year};
  const auto days = decimal_of(text.substr(0, text.find(' '))).value_or(0) / 100;
  return {.kind = PairSpan::Kind::days, .days = static_cast<int>(days)};
}

class AssigningReader {
 public:
  AssigningReader(Reading& reading, std::string path, const ReadConditions& read_conditions)
      : reading_(reading), assigning_(reading.data.policy.assigning), path_(std::move(path)), read_conditions_(read_conditions) {}

  void read(const Value& root) {
    if (const auto rules = find(root, "assign")) {
      for (const Value item : items_of(*rules)) read_rule(item);
    }
    if (const auto chain = find(root, "chain")) {
      for (const Value item : items_of(*chain)) read_link(item);
    }
  }

 private:
  void read_rule(const Value& item) {
    AssignRule rule{.id = text_at(item, "id"),
                    .name = text_at(item, "name"),
                    .source = text_at(item, "source"),
                    .because = text_at(item, "because"),
                    .in_force = reading_.period(path_, item),
                    .role = text_at(item, "role"),
                    .only = read_conditions_(item, "only"),
                    .unless = read_conditions_(item, "unless"),
                    .who = one_or_more_at(item, "who"),
                    .except = one_or_more_at(item, "not"),
                    .peers = read_conditions_(item, "peers"),
                    .lasts = span_at(item, "lasts"),
                    .holds = span_at(item, "holds")};
    if (rule.name.empty()) rule.name = rule.id;
    if (const auto id = find(item, "id"); id && std::ranges::find(assigning_.rules, rule.id, &AssignRule::id) != assigning_.rules.end())
      reading_.error(path_, *id, "policy/id-twice", say("the id '{0}' stands here a second time", rule.id));
    const std::string target = text_at(item, "for");
    rule.target = target == "each subject" ? AssignFor::subject : target == "each student" ? AssignFor::student : AssignFor::student_case;
    for (const std::string& word : one_or_more_at(item, "must")) {
      if (const auto needs = parse_pair_needs(word)) rule.must.push_back(*needs);
    }
    read_numbers(item, rule);
    read_mode(item, rule);
    read_weights(item, rule.weights);
    read_fits(item, rule.fits);
    check(item, rule);
    assigning_.rules.push_back(std::move(rule));
  }

  static void read_numbers(const Value& item, AssignRule& rule) {
    rule.at_least = find(item, "at-least").has_value();
    rule.need = static_cast<int>(whole_at(item, rule.at_least ? "at-least" : "exactly").value_or(1));
    if (const auto load = find(item, "load")) {
      rule.load_least = static_cast<int>(whole_at(*load, "least").value_or(0));
      rule.load_most = static_cast<int>(whole_at(*load, "most").value_or(1));
    }
    if (const auto strong = percent_of(text_at(item, "strong"))) rule.strong = *strong;
  }

  static void read_mode(const Value& item, AssignRule& rule) {
    const std::string mode = text_at(item, "mode");
    rule.mode = mode == "two-way" ? AssignMode::two_way : mode == "both" ? AssignMode::both : AssignMode::appointed;
    rule.proposing = text_at(item, "proposing") == "carers" ? ProposingSide::carers : ProposingSide::students;
    rule.unlisted_last = text_at(item, "unlisted") == "last";
    rule.cases_help = text_at(item, "cases-help") == "true";
  }

  static void read_weights(const Value& item, PairWeights& weights) {
    const auto own = find(item, "weights");
    if (!own) return;
    const auto read = [&](std::string_view key, int& points) { points = static_cast<int>(whole_at(*own, key).value_or(points)); };
    read("subject", weights.subject);
    read("own-teacher", weights.own_teacher);
    read("same-class", weights.same_class);
    read("same-grade", weights.same_grade);
    read("kept", weights.kept);
    read("student-wish", weights.student_wish);
    read("carer-wish", weights.carer_wish);
    read("fit", weights.fit);
  }

  void read_fits(const Value& item, std::vector<PairFit>& fits) {
    const auto own = find(item, "fits");
    if (!own) return;
    const ArchiveRules& archive = reading_.data.policy.archive;
    for (const Value one : items_of(*own)) {
      fits.push_back(
          {.categories = one_or_more_at(one, "category"), .causes = one_or_more_at(one, "cause"), .who = one_or_more_at(one, "who")});
      reading_.check_known(path_, one, "category", archive.categories, "reference/unknown-category",
                           later("the policy has no category '{0}'"));
      reading_.check_known(path_, one, "cause", archive.causes, "reference/unknown-cause", later("the policy has no cause '{0}'"));
    }
  }

  void check(const Value& item, const AssignRule& rule) {
    const auto refuse = [&](std::string_view key, std::string_view other) {
      if (const auto value = find(item, key))
        reading_.error(path_, *value, "policy/keys-apart", say("'{0}' says nothing beside '{1}'", key, other),
                       say("leave '{0}' out, or choose another form of the entry", key));
    };
    if (rule.at_least) refuse("exactly", "at-least");
    if (rule.mode == AssignMode::appointed) {
      refuse("proposing", "mode: appointed");
      refuse("unlisted", "mode: appointed");
    }
    if (rule.at_least && rule.mode != AssignMode::appointed) refuse("at-least", "mode");
    if (rule.load_least > rule.load_most) {
      const Value load = *find(item, "load");
      reading_.error(path_, *find(load, "least"), "policy/keys-apart",
                     say("nobody can have {0} who has at most {1}", rule.load_least, rule.load_most),
                     say("'least' is no larger than 'most'"));
    }
    if (std::ranges::find(rule.must, PairNeeds::same_class) != rule.must.end() &&
        std::ranges::find(rule.must, PairNeeds::other_class) != rule.must.end())
      refuse("must", "other-class");
    if (std::ranges::find(rule.who, "students") == rule.who.end()) {
      refuse("strong", "who");
      refuse("cases-help", "who");
      refuse("peers", "who");
    }
  }

  void read_link(const Value& item) {
    const std::string level = text_at(item, "level");
    ChainLink link{.who = one_or_more_at(item, "who"), .source = text_at(item, "source"), .because = text_at(item, "because")};
    for (int one = 0; one <= static_cast<int>(ChainLink::Level::student); ++one) {
      if (word_of(static_cast<ChainLink::Level>(one)) == level) link.level = static_cast<ChainLink::Level>(one);
    }
    assigning_.chain.push_back(std::move(link));
  }

  Reading& reading_;
  Assigning& assigning_;
  std::string path_;
  const ReadConditions& read_conditions_;
};

}  // namespace

void read_assigning(Reading& reading, const std::string& path, const Value& root, const ReadConditions& read_conditions) {
  AssigningReader(reading, path, read_conditions).read(root);
}

}  // namespace help
