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

constexpr InteractionFields nothing = 0;
constexpr InteractionFields student = bits_of({InteractionField::student});
constexpr InteractionFields receiver = bits_of({InteractionField::to});

// What the plans of schools ask for. A duty may ask for more (its `needs`); what every duty would need stands here.
constexpr auto standard = std::to_array<Standard>({
    // with a student
    {"talk", later("talk"), student},
    {"one-on-one", later("one-on-one talk"), student},
    {"help-session", later("help session"), student},
    {"tutoring", later("tutoring"), student},
    {"pair-help", later("help in pairs"), nothing},
    {"relay", later("needs passed on"), student},
    {"psychological-support", later("psychological support"), student},
    {"safety-education", later("safety education"), nothing},
    {"activity", later("activity"), nothing},
    {"contest", later("contest"), nothing},
    {"praise", later("praise"), student},
    {"aid", later("aid"), nothing},
    {"visit", later("visit"), nothing},
    // with the family
    {"home-visit", later("home visit"), student},
    {"phone-call", later("phone call"), nothing},
    {"message", later("message"), nothing},
    {"letter", later("letter"), nothing},
    {"parent-talk", later("talk with parents at school"), student},
    {"parent-contact", later("contact with parents"), bits_of({InteractionField::student, InteractionField::channel})},
    {"parents-meeting", later("parents' meeting"), nothing},
    {"notice", later("notice"), receiver},
    {"good-news", later("letter of good news"), student},
    // the student's work
    {"spot-check", later("spot check of work"), student},
    {"paper-review", later("review of a paper"), student},
    {"retest", later("retest"), student},
    {"test", later("test"), nothing},
    {"record-form", later("record form"), nothing},
    {"goal-check", later("check of goals"), student},
    {"evaluation", later("evaluation"), nothing},
    {"nomination", later("nomination"), student},
    {"sharing", later("experience shared"), nothing},
    // meetings
    {"study-meeting", later("meeting on students' learning"), nothing},
    {"review-meeting", later("review meeting"), nothing},
    {"exchange-meeting", later("exchange meeting"), nothing},
    {"office-meeting", later("office meeting"), nothing},
    {"work-meeting", later("work meeting"), nothing},
    {"group-meeting", later("meeting of the leading group"), nothing},
    {"special-meeting", later("special meeting"), nothing},
    {"research-meeting", later("meeting of the teaching-research group"), nothing},
    {"class-meeting", later("class meeting"), nothing},
    {"symposium", later("symposium with students"), nothing},
    {"seminar", later("seminar"), nothing},
    {"consultation", later("consultation"), nothing},
    {"coordination", later("coordination with a partner"), nothing},
    {"training", later("training"), nothing},
    // papers
    {"survey", later("survey"), nothing},
    {"list", later("list handed in"), nothing},
    {"plan", later("plan"), nothing},
    {"archive", later("student's archive"), nothing},
    {"analysis", later("analysis of learning"), nothing},
    {"report", later("report"), receiver},
    {"score-report", later("report of marks"), receiver},
    {"summary", later("summary"), nothing},
    {"talk-summary", later("summary of talks"), nothing},
    // supervision, and what happened
    {"supervision", later("supervision"), nothing},
    {"inspection", later("inspection"), nothing},
    {"audit", later("audit of archives"), nothing},
    {"lesson-observed", later("lesson observed"), nothing},
    {"two-way-choice", later("two-way choice"), nothing},
    {"reassignment", later("new assignment"), nothing},
    {"criticism", later("criticism before colleagues"), nothing},
    {"rectification", later("rectification"), nothing},
    {"problem-raised", later("problem raised by the student"), student},
    {"need-seen", later("need for contact seen"), student},
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
