// SPDX-License-Identifier: MIT
#include "model/dataset.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

Field term_field() {
  return {"term", optional, either({word({"current", "previous", "any"}), code()}),
          later("the term: current, previous, any, or a term's id")};
}

/// `exam:` names one exam; `exams:` a run of them.
Shape exam_shape() {
  Shape chosen = record({{"kind", optional, exam_kinds_shape(), later("the kind of exam, a list of kinds, routine or any")},
                         term_field(),
                         {"id", optional, code(), later("the id of one exam")}});
  chosen.exactly_one = {"kind", "id"};
  return either({word({"latest"}), std::move(chosen)});
}

Shape exams_shape() {
  return record({{"kind", required, exam_kinds_shape(), later("the kind of exam, a list of kinds, routine or any")},
                 term_field(),
                 {"last", optional, whole(1, 1000), later("only the last so many exams")}});
}

Shape below_shape() { return either({percent(0, 100'00), decimal(0, max_full_hundredths), word({"pass"})}); }

Shape basis_shape() {
  return either(
      {word({"any-subject", "per-subject", "average", "total"}),
       record({{"subjects", required, list(name(), 1), later("only these subjects")},
               {"per", optional, word({"subject", "any-subject", "average", "total"}),
                later("subject: each of them is judged for itself; average or total: one figure of them; without it: any of them")}})});
}

Field field_of(const ParameterUse& use) {
  const bool due = use.required;
  switch (use.parameter) {
    case Parameter::exam:
      return {"exam", due, exam_shape(), later("the exam that is judged")};
    case Parameter::exams:
      return {"exams", due, exams_shape(), later("the exams that are judged, in order")};
    case Parameter::since:
      return {"since", due, exam_shape(), later("the exam that the fall is measured from")};
    case Parameter::basis:
      return {"basis", due, basis_shape(), later("what is judged: any subject, each subject, the average or the total")};
    case Parameter::below:
      return {"below", due, below_shape(), later("the line: a mark, a share of full such as 60%, or pass; the number itself is not below")};
    case Parameter::share_below:
      return {"below", due, percent(1, 100'00), later("the line: a share of the group such as 20%")};
    case Parameter::score_below:
      return {"below", due, decimal(-10'00, 10'00), later("the line: a standard score such as -1.5")};
    case Parameter::times:
      return {"times", due, whole(1, 1000), later("how many times")};
    case Parameter::last:
      return {"last", due, whole(1, 1000), later("among the last so many exams")};
    case Parameter::ending:
      return {"ending", due, word({"latest", "any"}), later("the run must end with the latest exam, or may stand anywhere")};
    case Parameter::missing_in_run:
      return {"missing", due, word({"skip", "break"}), later("a missing mark is passed over, or ends the run")};
    case Parameter::missing_marks:
      return {"missing", due, word({"not-judged", "present-only", "zero"}),
              later("a missing mark: not judged, only those present, or counted as zero")};
    case Parameter::within_term:
      return {"within", due, word({"term", "all"}), later("whether a run may cross the end of a term")};
    case Parameter::of:
      return {"of", due, word({"class", "grade"}), later("the group that is compared with")};
    case Parameter::by:
      return {"by", due, word({"rank", "standard-score"}), later("what the fall is measured in")};
    case Parameter::at_least_fall:
      return {"at-least", due, decimal(1, max_full_hundredths), later("the least fall that counts")};
    case Parameter::count:
      return {"count", due, code(), later("the column of the count tables")};
    case Parameter::at_least_count:
      return {"at-least", due, whole(1, 100'000), later("the least number that counts")};
    case Parameter::count_window:
      return {"within", due, either({word({"term", "year"}), day_count()}),
              later("what is added up: this term, this school year, or so many days")};
    case Parameter::indicators:
      return {"indicators", due, list(code(), 1), later("ids of observed signs")};
    case Parameter::groups:
      return {"groups", due, list(code(), 1), later("special groups")};
    case Parameter::students:
      return {"students", due, list(identifier(), 1), later("ids of students, named by hand")};
  }
  return {};
}

/// The keys of every rule.
std::vector<Field> both(std::vector<Field> first, std::vector<Field> second) {
  first.insert(first.end(), std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
  return first;
}

std::vector<Field> common_fields() {
  return {
      {"id", required, code(), later("the rule's id, unique in the policy")},
      {"kind", required, code(), later("the kind of rule")},
      {"name", optional, name(), later("what people call the rule")},
      {"source", optional, text(), later("where the rule comes from: its number in the school's plan")},
      {"because", optional, text(), later("the reason, in the school's own words")},
      {"from", optional, date(), later("the rule judges exams from this day on")},
      {"until", optional, date(), later("the rule judges exams until this day")},
      {"outcome", optional, word({"identified", "pending", "watch"}),
       later("what a student becomes: identified (default), pending or watch")},
      {"only", optional, list(condition_shape(), 1), later("all of these must hold")},
      {"unless", optional, list(condition_shape(), 1), later("none of these may hold")},
      {"confirm", optional,
       record({{"exam", required, exam_shape(), later("the exam that decides")},
               {"below", required, below_shape(), later("the line in that exam")}}),
       later("with outcome pending: what decides later")},
  };
}

Shape interaction_kinds_shape() {
  std::vector<std::string_view> fields;
  for (int i = 0; i <= static_cast<int>(InteractionField::note); ++i) fields.push_back(word_of(static_cast<InteractionField>(i)));
  return list(record({{"id", required, code(), later("the code that the log uses")},
                      {"name", optional, name(), later("what people call this kind of contact, meeting or paper")},
                      {"needs", optional, list(word(std::move(fields))), later("without these fields no record of the kind is written")},
                      {"source", optional, text(), later("where the rule comes from: its number in the school's plan")}}));
}

Shape decide_shape() {
  const Shape kinds = list(word({"confirmed", "dismissed", "excluded", "included", "pending", "released", "reopened"}), 1);
  const auto because = [] { return Field{"because", optional, text(), later("the reason, in the school's own words")}; };
  const auto source = [] { return Field{"source", optional, text(), later("where the rule comes from: its number in the school's plan")}; };
  const Shape step = record(
      {{"id", required, code(), later("the step's id, unique in the policy")},
       {"name", optional, name(), later("what people call the step")},
       {"who", required, who_shape(), later("who decides: class-teacher, subject-teacher, a role, the role of a pair, or a kind of body")},
       {"decides", optional, kinds, later("what they may decide; confirmed, dismissed and pending if not given")},
       source(),
       because()});
  const Shape release = record(
      {{"id", required, code(), later("the criterion's id, unique in the policy")},
       {"name", optional, name(), later("what people call the criterion")},
       {"exams", required, exams_shape(), later("the exams that are judged, in order")},
       {"times", required, whole(1, 100), later("in so many of these exams in a row, to the latest")},
       {"at-least", optional, below_shape(), later("the mark must reach this: a mark, a share of full such as 60%, or pass (default)")},
       source(),
       because()});
  return record({{"steps", optional, list(step, 1), later("the steps in which a suggestion is decided, in their order")},
                 {"release", optional, list(release, 1), later("when a student needs no support any more; any of them is enough")}});
}

}  // namespace

Shape exam_kinds_shape() {
  return one_or_more(word({"final", "midterm", "monthly", "unit", "quiz", "mock", "diagnostic", "entry", "other", "routine", "any"}));
}

Shape named_list(const char* meaning) {
  return list(record({{"id", required, code(), later("the code that files use")},
                      {"name", required, name(), meaning},
                      {"group", optional, code(), later("the heading that it stands under")}}));
}

Shape condition_shape() {
  Shape mapping = record({
      {"grade", optional, list(whole(0, 13), 1), later("the grades, on the day of the question")},
      {"class", optional, list(identifier(), 1), later("ids of classes, on the day of the exam")},
      {"group", optional, list(code(), 1), later("special groups, on the day of the exam")},
      {"cohort", optional,
       list(record({{"year", required, whole(1900, 2199), later("the school year")},
                    {"grades", required, list(whole(0, 13), 1), later("the grades that are covered in that year")}}),
            1),
       later("which grades are covered in which school year")},
  });
  mapping.exactly_one = {"grade", "class", "group", "cohort"};
  return either({word({"transferred"}), std::move(mapping)});
}

std::vector<Field> rule_fields(const RuleShape& kind) {
  std::vector<Field> fields;
  for (const ParameterUse& use : kind.parameters) {
    fields.push_back(field_of(use));
  }
  return fields;
}

Shape policy_shape(std::span<const RuleShape> kinds) {
  std::vector<Variant> rules;
  std::vector<std::string_view> words;
  for (const RuleShape& kind : kinds) {
    Shape rule = record(both(common_fields(), rule_fields(kind)));
    std::vector<std::string_view> alternatives;
    for (const ParameterUse& use : kind.parameters) {
      if (use.or_another) {
        alternatives.push_back(field_of(use).key);
      }
    }
    rule.at_least_one = std::move(alternatives);
    rules.push_back({.key = "kind", .value = kind.kind, .shape = std::move(rule)});
    words.push_back(kind.kind);
  }
  // A rule of no known kind: its keys cannot be judged, its kind is what is wrong.
  std::vector<Field> common = common_fields();
  common[1].shape = word(std::move(words));
  Shape unknown = record(std::move(common));
  unknown.open = true;
  rules.push_back({.shape = std::move(unknown)});

  std::vector<Field> fields{
      {"policy", required,
       record({{"id", required, code(), later("the id of the policy")},
               {"name", required, name(), later("the name of the policy")},
               {"label", optional, name(), later("the school's word for the students who are cared for; a neutral word if not given")},
               {"source", optional, text(), later("the plan that the policy comes from")}}),
       later("the policy")},
      {"routine", optional, list(word({"final", "midterm", "monthly", "unit", "quiz", "mock", "diagnostic", "other"}), 1),
       later("the kinds of exam that count as routine; final, midterm, monthly and unit if not given")},
      {"transferred", optional, record({{"for", required, whole(0, 20), later("so many terms")}}),
       later("how long a student who came from another school counts as transferred; one term if not given")},
      {"exclude", optional, list(code()), later("the bases on which students are excluded from the targets (they are still cared for)")},
      {"small-group", optional,
       record({{"none-below", optional, whole(1, 1000), later("no rank or percentile in smaller groups; 10 if not given")},
               {"tentative-below", optional, whole(1, 1000), later("marked as tentative in smaller groups; 20 if not given")}}),
       later("how large a group must be for ranks, percentiles and standard scores")},
      {"retest", optional, word({"latest", "best"}), later("which mark counts after a retest: the latest (default) or the best")},
      {"places", optional,
       record({{"count", required, whole(1, 1'000'000), later("how many students can be cared for")},
               {"per", optional, word({"school", "grade", "class"}), later("per school (default), grade or class")},
               {"ties", optional, word({"all", "none"}), later("students equal to the last place: all (default) or none of them")}}),
       later("the capacity")},
      {"minimum-per-teacher", optional,
       record({{"students", required, whole(1, 1000), later("the least number of students for each teacher and subject")},
               {"subjects", optional, list(name(), 1), later("only these subjects")},
               {"nearest", optional, record({{"exam", required, exam_shape(), later("the exam whose marks say who is nearest")}}),
                later("how the nearest students are found")},
               {"source", optional, text(), later("where the rule comes from: its number in the school's plan")}}),
       later("the least number of students that each subject teacher takes")},
      {"indicators", optional, named_list(later("what people call the sign")), later("the signs that can be observed")},
      {"groups", optional, named_list(later("what people call the group")), later("the special groups")},
      {"kinds", optional, interaction_kinds_shape(),
       later("kinds of interaction that the school adds, or sets in place of the usual ones")},
      {"identify", optional, list(variants(std::move(rules))), later("the rules that find students who need support")},
      archive_rules_field(),
      {"decide", optional, decide_shape(), later("who decides about the students that the rules find, and when a case is over")},
  };
  return record(both(both(std::move(fields), cadence_fields()), assign_fields()));
}

}  // namespace help
