// SPDX-License-Identifier: MIT
#include "model/interaction.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "diag/message.hpp"

namespace help {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, 17> field_words{
    "student", "class",           "grade",   "body", "subject",   "with", "to",        "channel", "place",
    "present", "student-present", "minutes", "tags", "checklist", "exam", "follow-up", "note"};

constexpr InteractionFields bits_of(std::initializer_list<InteractionField> fields) {
  InteractionFields bits = 0;
  for (const InteractionField field : fields) bits |= bit_of(field);
  return bits;
}

struct Standard {
  std::string_view id;
  const char* name;
  InteractionFields needs;
};

constexpr InteractionFields no_field = 0;
constexpr InteractionFields student_field = bits_of({InteractionField::student});
constexpr InteractionFields receiver = bits_of({InteractionField::to});

// What the plans of schools ask for. A duty may ask for more (its `needs`); what every duty would need stands here.
constexpr auto standard = std::to_array<Standard>({
    // with a student
    {"talk", later("talk"), student_field},
    {"one-on-one", later("one-on-one talk"), student_field},
    {"help-session", later("help session"), student_field},
    {"tutoring", later("tutoring"), student_field},
    {"pair-help", later("help in pairs"), no_field},
    {"relay", later("needs passed on"), student_field},
    {"psychological-support", later("psychological support"), student_field},
    {"safety-education", later("safety education"), no_field},
    {"activity", later("activity"), no_field},
    {"contest", later("contest"), no_field},
    {"praise", later("praise"), student_field},
    {"aid", later("aid"), no_field},
    {"visit", later("visit"), no_field},
    // with the family
    {"home-visit", later("home visit"), student_field},
    {"phone-call", later("phone call"), no_field},
    {"message", later("message"), no_field},
    {"letter", later("letter"), no_field},
    {"parent-talk", later("talk with parents at school"), student_field},
    {"parent-contact", later("contact with parents"), bits_of({InteractionField::student, InteractionField::channel})},
    {"parents-meeting", later("parents' meeting"), no_field},
    {"notice", later("notice"), receiver},
    {"good-news", later("letter of good news"), student_field},
    // the student's work
    {"spot-check", later("spot check of work"), student_field},
    {"paper-review", later("review of a paper"), student_field},
    {"retest", later("retest"), student_field},
    {"test", later("test"), no_field},
    {"record-form", later("record form"), no_field},
    {"goal-check", later("check of goals"), student_field},
    {"evaluation", later("evaluation"), no_field},
    {"nomination", later("nomination"), student_field},
    {"sharing", later("experience shared"), no_field},
    // meetings
    {"study-meeting", later("meeting on students' learning"), no_field},
    {"review-meeting", later("review meeting"), no_field},
    {"exchange-meeting", later("exchange meeting"), no_field},
    {"office-meeting", later("office meeting"), no_field},
    {"work-meeting", later("work meeting"), no_field},
    {"group-meeting", later("meeting of the leading group"), no_field},
    {"special-meeting", later("special meeting"), no_field},
    {"research-meeting", later("meeting of the teaching-research group"), no_field},
    {"class-meeting", later("class meeting"), no_field},
    {"symposium", later("symposium with students"), no_field},
    {"seminar", later("seminar"), no_field},
    {"consultation", later("consultation"), no_field},
    {"coordination", later("coordination with a partner"), no_field},
    {"training", later("training"), no_field},
    // papers
    {"survey", later("survey"), no_field},
    {"list", later("list handed in"), no_field},
    {"plan", later("plan"), no_field},
    {"archive", later("student's archive"), no_field},
    {"analysis", later("analysis of learning"), no_field},
    {"report", later("report"), receiver},
    {"score-report", later("report of marks"), receiver},
    {"summary", later("summary"), no_field},
    {"talk-summary", later("summary of talks"), no_field},
    // supervision, and what happened
    {"supervision", later("supervision"), no_field},
    {"inspection", later("inspection"), no_field},
    {"audit", later("audit of archives"), no_field},
    {"lesson-observed", later("lesson observed"), no_field},
    {"two-way-choice", later("two-way choice"), no_field},
    {"reassignment", later("new assignment"), no_field},
    {"criticism", later("criticism before colleagues"), no_field},
    {"rectification", later("rectification"), no_field},
    {"problem-raised", later("problem raised by the student"), student_field},
    {"need-seen", later("need for contact seen"), student_field},
});

}  // namespace

std::string_view word_of(Party::Kind kind) {
  switch (kind) {
    case Party::Kind::staff:
      return "staff";
    case Party::Kind::student:
      return "student";
    case Party::Kind::body:
      break;
  }
  return "body";
}

std::string_view word_of(InteractionField field) { return field_words[static_cast<std::size_t>(field)]; }

std::optional<InteractionField> parse_interaction_field(std::string_view word) {
  const auto found = std::ranges::find(field_words, word);
  if (found == field_words.end()) return std::nullopt;
  return static_cast<InteractionField>(found - field_words.begin());
}

std::vector<InteractionKind> standard_kinds() {
  std::vector<InteractionKind> kinds;
  kinds.reserve(standard.size());
  for (const Standard& one : standard) kinds.push_back({.id = std::string(one.id), .name = {}, .needs = one.needs, .source = {}});
  return kinds;
}

Message name_of(const InteractionKind& kind) {
  if (!kind.name.empty()) return as_data(kind.name);
  const auto found = std::ranges::find(standard, kind.id, &Standard::id);
  return found == standard.end() ? as_data(kind.id) : say(found->name);
}

}  // namespace help
