// SPDX-License-Identifier: MIT
#include "model/dataset.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

Shape due_shape() {
  return either({word({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "month-end", "term-start",
                       "term-middle", "term-end", "before-term"}),
                 yearly_date()});
}

Shape after_shape() {
  Shape mapping = record({
      {"exam", optional, exam_kinds_shape(), later("an exam of this kind, of one of these kinds, routine or any; retests are none")},
      {"event", optional,
       one_or_more(word({"confirmed", "dismissed", "excluded", "included", "pending", "released", "reopened", "observed", "cleared",
                         "goal-met", "goal-missed", "praise", "progress", "regress", "note"})),
       later("an event of the student's case")},
      {"record", optional, one_or_more(code()), later("a record of this kind about the same student, class …")},
  });
  mapping.exactly_one = {"exam", "event", "record"};
  return either({word({"identified", "released", "assigned", "enrolled", "post-change"}), std::move(mapping)});
}

Shape during_shape() {
  Shape mapping = record({{"months", optional, list(whole(1, 12), 1), later("in the school days of these months")},
                          {"phases", optional, list(code(), 1), later("in the school days of these phases")}});
  mapping.exactly_one = {"months", "phases"};
  return either({word({"term", "holidays", "always"}), std::move(mapping)});
}

Shape needs_shape() {
  std::vector<std::string_view> fields;
  for (int field = 0; field <= static_cast<int>(InteractionField::note); ++field) {
    fields.push_back(word_of(static_cast<InteractionField>(field)));
  }
  return list(word(std::move(fields)), 1);
}

Shape duty_shape() {
  Shape duty = record({
      {"id", required, code(), later("the duty's id, unique in the policy")},
      {"name", optional, name(), later("what people call the duty")},
      {"source", optional, text(), later("where the rule comes from: its number in the school's plan")},
      {"because", optional, text(), later("the reason, in the school's own words")},
      {"from", optional, date(), later("the duty holds for windows that begin on this day or later")},
      {"until", optional, date(), later("the duty holds for windows that begin until this day")},
      {"who", required, one_or_more(code()),
       later("who owes it: class-teacher, subject-teacher, a role, the role of a pair, or a kind of body")},
      {"together", optional, yes_no(), later("one entry with all of them present; without it, any of them does it")},
      {"share", optional, word({"any", "each"}), later("of several holders any one does it for all (any, the default), or each owes it")},
      {"substitutes", optional, yes_no(), later("what a substitute or another holder did counts, too")},
      {"does", required, one_or_more(code()), later("the kinds of interaction, any of which counts")},
      {"for", required,
       word({"each case", "each pair", "each student", "each class", "each grade", "each teacher", "each mentor", "each body",
             "each department", "each major", "each group", "each leading-group", "each office", "each agency", "each family",
             "each partnership", "school", "self"}),
       later("for whom: each case, each class … the school, or oneself (self)")},
      {"pairs", optional, list(code(), 1), later("for each pair or mentor: only pairs of these roles")},
      {"subjects", optional, list(name(), 1), later("only these subjects")},
      {"only", optional, list(condition_shape(), 1), later("all of these must hold")},
      {"unless", optional, list(condition_shape(), 1), later("none of these may hold")},
      {"every", optional, word({"day", "school-day", "week", "two-weeks", "half-month", "month", "term", "year"}),
       later("the calendar unit in which it is due again and again")},
      {"after", optional, after_shape(), later("what it follows")},
      {"once", optional,
       record({{"by", required, one_or_more(due_shape()), later("the day, or days, by which it is due")},
               {"from", optional, yearly_date(), later("the first day on which it counts")}}),
       later("due by a day, in each school year or term, or once and for all")},
      {"unchecked", optional, yes_no(), later("stands in the task table; nobody is held to it")},
      {"within", optional, day_count(), later("with after: so many calendar days")},
      {"by", optional, due_shape(), later("with every: the due day; without it the last day of the window")},
      {"at-least", optional, whole(1, 366), later("how many in a window; 1 if not given")},
      {"at-most", optional, whole(1, 366), later("more than so many in a window are pointed out")},
      {"mode", optional, word({"each", "average"}), later("in each window (default), or on average over the term")},
      {"make-up", optional, word({"none", "window", "term"}),
       later("until when it can be made up for: the end of the next window (default) or of the term, or not at all")},
      {"start", optional, word({"next-window", "at-once", "share"}),
       later("a case or pair that begins within a window: owed from the next one (default), at once, or in part")},
      {"floor", optional, whole(0, 366), later("windows with fewer active days ask nothing")},
      {"during", optional, during_shape(), later("when it is alive: in the terms (default), in the holidays, always, in months or phases")},
      {"to", optional, one_or_more(code()), later("whom it must reach; all of them, in one entry or several")},
      {"needs", optional, needs_shape(), later("without these fields an entry does not count")},
      {"channels", optional, list(name(), 1), later("only entries with one of these channels count")},
      {"student-present", optional, yes_no(), later("the student must have been there, or must not")},
  });
  duty.exactly_one = {"every", "after", "once", "unchecked"};
  return duty;
}

}  // namespace

Shape who_shape() { return one_or_more(code()); }

std::vector<Field> cadence_fields() {
  return {
      {"phases", optional,
       list(record({{"id", required, code(), later("the code that files use")},
                    {"name", required, name(), later("what people call the phase")},
                    {"from", required, yearly_date(), later("the first day")},
                    {"until", required, yearly_date(), later("the last day, included")},
                    {"who", optional, code(), later("the role that answers for the phase")},
                    {"source", optional, text(), later("where the rule comes from: its number in the school's plan")}})),
       later("the phases of the work")},
      {"cadence", optional, list(duty_shape()), later("who does what for whom, and how often")},
      {"evidence", optional, table(code(), list(code(), 1)), later("which kinds of interaction count as another kind, too")},
      {"floors", optional,
       record({{"day", optional, whole(0, 1), later("1 if not given")},
               {"week", optional, whole(0, 7), later("2 if not given")},
               {"half-month", optional, whole(0, 16), later("also for two weeks; 3 if not given")},
               {"month", optional, whole(0, 31), later("5 if not given")},
               {"term", optional, whole(0, 366), later("also for a year; 10 if not given")}}),
       later("windows with fewer active days ask nothing")},
      {"due-soon", optional, whole(0, 366), later("so many active days before its due day something is due soon; 3 if not given")},
  };
}

}  // namespace help
