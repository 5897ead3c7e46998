// SPDX-License-Identifier: MIT
#include <array>

#include "model/archive.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

Field subject_field() { return {"subject", optional, name(), later("only for this subject")}; }
Field staff_field(std::string_view key, const char* meaning) { return {key, optional, identifier(), meaning}; }

Shape mark_line() { return either({percent(0, 10'000), decimal(0, max_full_hundredths)}); }

Shape measure_shape() {
  return record({{"what", required, text(), later("what is done")},
                 {"category", optional, code(), later("the category that it is meant for, one of the policy's")},
                 {"cause", optional, code(), later("the cause that it is meant for, one of the policy's")},
                 subject_field(),
                 {"part", optional, word({"study", "life", "psychology"}), later("the part of the student's life that it helps")},
                 {"place", optional, word({"classroom", "home", "holiday"}), later("where or when it is done")},
                 staff_field("who", later("id of who does it")),
                 {"from", optional, date(), later("the first day; without it: always")},
                 {"until", optional, date(), later("the last day, included; without it: still")},
                 {"review", optional, date(), later("the day on which it is looked at again")}});
}

Shape goal_shape() {
  Shape goal =
      record({{"id", required, code(), later("the goal's id in this archive: g1")},
              {"horizon", optional, word({"short", "long", "stage"}), later("a near goal (default), a far one, or one of a stage")},
              {"text", optional, text(), later("the goal in words")},
              subject_field(),
              {"at-least", optional, mark_line(), later("the mark, or the share of the full mark, that is to be reached")},
              {"raise", optional, decimal(1, max_full_hundredths), later("so many marks above the mark at the start")},
              {"exam", optional, either({word({"final", "midterm", "monthly", "unit", "quiz", "mock", "diagnostic", "other"}), code()}),
               later("the exam that decides: its id, or a kind, of which the first from the goal's day on; any exam if not given")},
              {"set-by", optional, word({"teacher", "student", "both"}), later("who set the goal")},
              {"from", optional, date(), later("the day on which the goal was set")},
              {"by", optional, date(), later("the last day on which it can be met")},
              {"met", optional, yes_no(), later("whether it was met, where no mark says it")},
              {"on", optional, date(), later("the day on which that was decided")}});
  goal.at_least_one = {"text", "at-least", "raise"};
  return goal;
}

}  // namespace

Shape archive_shape() {
  const Shape texts = list(text());
  const Shape by_heading = table(code(), text());
  return record({
      {"opened", optional, date(), later("the day on which the archive was opened")},
      staff_field("keeper", later("id of who keeps the archive")),
      {"profile", optional,
       record({{"study-base", optional, text(), later("what the student has learnt so far")},
               {"attitude", optional, text(), later("how the student takes learning")},
               {"character", optional, text(), later("the student's character")},
               {"discipline", optional, text(), later("how the student keeps rules")},
               {"life", optional, text(), later("habits and everyday life")}}),
       later("what the student is like")},
      {"categories", optional, list(code()), later("codes of the policy's categories")},
      {"causes", optional,
       list(record({{"cause", required, code(), later("one of the policy's causes")},
                    subject_field(),
                    {"note", optional, text(), later("how it shows")}})),
       later("why the student struggles; several are usual")},
      {"hobbies", optional, texts, later("what the student likes")},
      {"strengths", optional, texts, later("what the student is good at")},
      {"baseline", optional,
       record({{"exam", required, code(), later("id of the exam that the marks are from")},
               {"marks", required, table(name(), mark_cell()), later("the marks by subject, as they were then")}}),
       later("the marks at the start, with which later ones are compared")},
      {"measures", optional, list(measure_shape()), later("the plan: what is done, by whom, until when")},
      {"goals", optional, list(goal_shape()), later("what is to be reached")},
      {"reviews", optional,
       list(record({{"date", required, date(), later("the day of the review")},
                    staff_field("by", later("id of who made it")),
                    subject_field(),
                    {"analysis", optional, by_heading, later("what was found, by the policy's headings")},
                    {"countermeasures", optional, by_heading, later("what is done about it, by the policy's headings")},
                    {"next", optional, text(), later("the next goal")}})),
       later("what was found at each stage")},
      {"problems", optional,
       list(record({{"raised", required, date(), later("the day on which it was raised")},
                    {"what", required, text(), later("what was raised")},
                    {"by", optional, name(), later("who raised it: the student, the mother …")},
                    staff_field("owner", later("id of who sees to it")),
                    {"contacted", optional, date(), later("the day on which those concerned were spoken with")},
                    {"closed", optional, date(), later("the day on which it was settled")},
                    {"result", optional, text(), later("how it was settled")}})),
       later("what the student or the family raised, until it is settled")},
      {"tracking", optional,
       list(record({{"date", required, date(), later("the day on which it was seen")},
                    {"field", required, word({"family", "society", "school"}), later("where: in the family, outside, at school")},
                    staff_field("by", later("id of who saw it")),
                    {"note", required, text(), later("what was seen")}})),
       later("what was seen at home, outside and at school")},
  });
}

Shape private_archive_shape() {
  std::vector<Field> fields{
      {"address", optional, text(), later("where the student lives")},
      {"family", optional, text(), later("who lives in the family")},
      {"economy", optional, text(), later("how the family lives")},
      {"parents-work", optional, text(), later("where the parents work")},
      {"parenting", optional, text(), later("how the parents bring the child up")},
      {"health", optional, text(), later("what must be known about health")},
      {"psychology", optional, text(), later("what must be known about how the child feels")},
      {"note", optional, text(), later("anything else that few may read")},
  };
  for (Field& field : fields) {
    field.sensitive = true;
  }
  return record(std::move(fields));
}

Field archive_rules_field() {
  std::vector<std::string_view> parts;
  for (int i = 0; i <= static_cast<int>(ArchivePart::tracking); ++i) parts.push_back(word_of(static_cast<ArchivePart>(i)));
  return {
      "archive", optional,
      record(
          {{"categories", optional, named_list(later("what people call the category")), later("the categories that archives use")},
           {"causes", optional, named_list(later("what people call the cause")), later("the causes that archives use")},
           {"analysis", optional, named_list(later("what people call the heading")), later("the headings of what a stage review finds")},
           {"countermeasures", optional, named_list(later("what people call the heading")), later("the headings of what is done about it")},
           {"requires", optional, list(word(std::move(parts)), 1), later("the parts that every archive must have")},
           {"within", optional, day_count(), later("so soon after the case began; at once if not given")},
           {"who", optional, code(), later("the role that keeps the archives; class-teacher if not given")},
           {"source", optional, text(), later("where the rule comes from: its number in the school's plan")}}),
      later("what stands in the archive of each case")};
}

}  // namespace help
