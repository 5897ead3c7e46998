// SPDX-License-Identifier: MIT
#include "model/assigning.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

Shape span_shape() { return either({word({"term", "school-year"}), day_count()}); }

Shape points() { return whole(0, 1000); }

Shape weights_shape() {
  return record({
      {"subject", optional, points(), later("teaches a weak subject, or is strong in it as a fellow student; 40 if not given")},
      {"own-teacher", optional, points(), later("teaches it in the student's own class, besides; 20 if not given")},
      {"same-class", optional, points(), later("teaches, leads or is in the student's class; 25 if not given")},
      {"same-grade", optional, points(), later("the same of another class of the grade; 10 if not given")},
      {"kept", optional, points(), later("the two are a pair already; 15 if not given")},
      {"student-wish", optional, points(), later("the first on the student's list, the second half of it …; 12 if not given")},
      {"carer-wish", optional, points(), later("the first on the list of who takes care, the second half of it …; 6 if not given")},
      {"fit", optional, points(), later("is the right one for a category or cause of the student, as `fits` says; 15 if not given")},
  });
}

Shape fit_shape() {
  Shape fit = record({
      {"category", optional, one_or_more(code()), later("categories of the student's archive, the policy's archive.categories")},
      {"cause", optional, one_or_more(code()), later("causes of the student's archive, the policy's archive.causes")},
      {"who", required, one_or_more(code()), later("who is the right one for them, in the words of `who`")},
  });
  fit.at_least_one = {"category", "cause"};
  return fit;
}

Shape rule_shape() {
  Shape rule = record({
      {"id", required, code(), later("the entry's id, unique in the policy")},
      {"name", optional, name(), later("what people call it")},
      {"source", optional, text(), later("where the rule comes from: its number in the school's plan")},
      {"because", optional, text(), later("the reason, in the school's own words")},
      {"from", optional, date(), later("the entry holds from this day on")},
      {"until", optional, date(), later("the entry holds until this day")},
      {"role", required, code(), later("the role of the pairs: mentor, subject-tutor, peer, agency …")},
      {"for", optional, word({"each case", "each subject", "each student"}),
       later("who is given somebody: each case (default), each subject of a case, or each student")},
      {"only", optional, list(condition_shape(), 1), later("all of these must hold")},
      {"unless", optional, list(condition_shape(), 1), later("none of these may hold")},
      {"who", required, one_or_more(code()), later("who may: subject-teacher, class-teacher, staff, students, a role, or a kind of body")},
      {"not", optional, one_or_more(code()), later("who may not, in the same words")},
      {"peers", optional, list(condition_shape(), 1), later("all of these must hold for a fellow student who may: student cadres …")},
      {"must", optional, one_or_more(word({"same-class", "other-class", "same-grade", "subject", "same-body"})),
       later("what a pair must have in common")},
      {"exactly", optional, whole(1, 20), later("so many for each; 1 if not given")},
      {"at-least", optional, whole(1, 20), later("so many for each, and more where somebody would else have too few to take care of")},
      {"load", required,
       record({{"least", optional, whole(0, 10000), later("everybody should have so many; 0 if not given")},
               {"most", required, whole(1, 10000), later("nobody has more than so many")}}),
       later("how many one may have")},
      {"mode", optional, word({"appointed", "two-way", "both"}),
       later("the school decides (appointed, the default), both sides choose (two-way), or both sides and then the school (both)")},
      {"proposing", optional, word({"students", "carers"}), later("with two-way: whose wishes come first; students if not given")},
      {"unlisted", optional, word({"refused", "last"}), later("with two-way: who is on no list is refused (default) or comes last")},
      {"cases-help", optional, yes_no(), later("students with a case may take care of others, too")},
      {"strong", optional, percent(1, 100'00),
       later("a fellow student is strong in a subject from this share of the full mark; 80% if not given")},
      {"lasts", optional, span_shape(), later("how long a pair lasts; without it: until it is ended")},
      {"holds", optional, span_shape(), later("how long a pair is not taken apart")},
      {"weights", optional, weights_shape(), later("the points of a pair")},
      {"fits", optional, list(fit_shape(), 1), later("who is the right one for which category or cause")},
  });
  return rule;
}

Shape chain_shape() {
  return record({
      {"level", required, word({"school", "grade", "class", "student"}), later("whom one answers for")},
      {"who", required, one_or_more(code()), later("the roles, any of which will do; for students the roles of pairs")},
      {"source", optional, text(), later("where the rule comes from: its number in the school's plan")},
      {"because", optional, text(), later("the reason, in the school's own words")},
  });
}

}  // namespace

std::vector<Field> assign_fields() {
  return {
      {"assign", optional, list(rule_shape()), later("who takes care of whom")},
      {"chain", optional, list(chain_shape()), later("who answers for the school, each grade, each class, each student")},
  };
}

}  // namespace help
