// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/message.hpp"
#include "model/date.hpp"
#include "model/indices.hpp"
#include "model/mark.hpp"
#include "model/policy.hpp"

namespace help {

// The archive of a student's case (一生一册): what people write down beside marks, events and the log. Codes are the policy's.

/// The parts that a policy can ask an archive to have.
enum class ArchivePart : std::uint8_t {
  keeper,
  profile,
  categories,
  causes,
  hobbies,
  strengths,
  baseline,
  measures,
  goals,
  reviews,
  tracking
};
/// The key in files: keeper, profile …
[[nodiscard]] std::string_view word_of(ArchivePart part);
[[nodiscard]] std::optional<ArchivePart> parse_archive_part(std::string_view word);
[[nodiscard]] Message name_of(ArchivePart part);

/// The student as teachers know him: texts by heading, in the order of the file.
struct ProfileText {
  std::string key;  ///< of the shape: study-base, attitude …
  std::string text;
};

struct ArchiveCause {
  std::string cause;                    ///< one of the policy's causes
  std::optional<SubjectIndex> subject;  ///< only in this subject
  std::string note;
};

/// The marks that everything later is compared with: a copy, which stays though the exam's file be corrected.
struct Baseline {
  std::string exam;                                  ///< its id
  std::vector<std::pair<SubjectIndex, Mark>> marks;  ///< in the order of the file
};

struct PlannedMeasure {
  std::string what;
  std::string category;  ///< the category that it is meant for; may be empty
  std::string cause;     ///< the cause that it is meant for; may be empty
  std::optional<SubjectIndex> subject;
  std::string part;   ///< study, life, psychology; may be empty
  std::string place;  ///< classroom, home, holiday; may be empty
  std::optional<StaffIndex> who;
  Period days;
  std::optional<Date> review;
};

struct Goal {
  enum class Horizon : std::uint8_t { short_term, long_term, stage } horizon = Horizon::short_term;
  enum class SetBy : std::uint8_t { unsaid, teacher, student, both } set_by = SetBy::unsaid;
  std::string id;
  std::string text;                     ///< may be empty where there is a metric
  std::optional<SubjectIndex> subject;  ///< a metric is of this subject
  std::optional<Line> at_least;         ///< a mark that is to be reached …
  std::optional<std::int32_t> raise;    ///< … or hundredths of a mark above the baseline …
  std::string exam;                     ///< … in this exam (its id) …
  std::optional<ExamKind> exam_kind;    ///< … or in the first of this kind from `from` on; neither: in any exam
  std::optional<Date> from;             ///< the day on which it was set
  std::optional<Date> by;               ///< the last day on which it can be met
  std::optional<bool> met;              ///< what somebody decided, where no metric says it
  std::optional<Date> on;               ///< the day of that decision
};

/// What was found at a stage, and what is done next.
struct StageReview {
  Date date = {};
  std::optional<StaffIndex> by;
  std::optional<SubjectIndex> subject;
  std::vector<std::pair<std::string, std::string>> analysis;         ///< code of the policy's heading, text
  std::vector<std::pair<std::string, std::string>> countermeasures;  ///< the same
  std::string next;
};

/// Something that the student or family raised, until it is closed.
struct RaisedProblem {
  Date raised = {};
  std::string what;
  std::string by;  ///< who raised it, in words
  std::optional<StaffIndex> owner;
  std::optional<Date> contacted;
  std::optional<Date> closed;
  std::string result;
};

/// What was seen in one of the three fields.
struct Tracking {
  enum class Field : std::uint8_t { family, society, school } field = Field::school;
  Date date = {};
  std::optional<StaffIndex> by;
  std::string note;
};

/// One student's archive.
struct Archive {
  StudentIndex student = 0;
  std::optional<Date> opened;
  std::optional<StaffIndex> keeper;
  std::vector<ProfileText> profile;
  std::vector<std::string> categories;
  std::vector<ArchiveCause> causes;
  std::vector<std::string> hobbies;
  std::vector<std::string> strengths;
  std::optional<Baseline> baseline;
  std::vector<PlannedMeasure> measures;
  std::vector<Goal> goals;
  std::vector<StageReview> reviews;
  std::vector<RaisedProblem> problems;
  std::vector<Tracking> tracking;
  std::vector<ProfileText> sensitive;  ///< of the private file: address, family, economy, health …; empty where it is kept elsewhere

  /// Whether the part holds anything.
  [[nodiscard]] bool has(ArchivePart part) const;
};

}  // namespace help
