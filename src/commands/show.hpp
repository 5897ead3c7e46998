// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace help {

/// Who reads what `show` says of a student.
enum class Reader : std::uint8_t {
  internal,  ///< those who lead the work: everything
  teacher,   ///< a teacher of the student: no private part, of reviews, problems and tracking only their own
  family,    ///< the student's own family: no label, list, rank, cause or decision
};

/// How an archive is read.
struct ArchiveReading {
  Reader reader = Reader::internal;
  std::optional<StaffIndex> me = {};  ///< the teacher who reads
  bool full = false;                  ///< every contact, with the texts that the reader may see, for print; else the last ones
  bool with_private = true;           ///< what is only for those who must know, where the reader may see it
};

/// One student's archive: marks, case, plan, goals, contacts.
[[nodiscard]] Document student_document(const Context& context, StudentIndex student, const ArchiveReading& reading);
/// The archives of all open cases of a class, or of the school, in full, one after the other, by class and student, without private parts.
[[nodiscard]] Document full_archives_document(const Context& context, std::optional<ClassIndex> in);
/// What keeps the archive from the student's own family: a text that names another student or the policy's label, with the file and the
/// place where it stands. Nothing: it may be read.
[[nodiscard]] std::vector<Message> family_refusals(const Context& context, StudentIndex student);
/// Whether a member of staff teaches, leads or takes care of the student on the day of the question, also in the place of a colleague
/// who is on leave.
[[nodiscard]] bool is_own_student(const Dataset& data, StaffIndex staff, StudentIndex student, Date today);
/// The ledger of a class (学情台账): its open cases, with who cares, the last contact, goals, what is owed.
[[nodiscard]] Document class_document(const Context& context, ClassIndex in);
/// What a member of staff is, teaches, and has taken on: students, duties, what is owed.
[[nodiscard]] Document staff_document(const Context& context, StaffIndex staff);
/// An exam by subject and class.
[[nodiscard]] Document exam_document(const Context& context, ExamIndex exam);
/// The policy in plain words, or (`rule`) one of its entries, each number with its source.
[[nodiscard]] Document policy_document(const Context& context, const std::string& rule);
/// The archives of open cases that lack what the policy asks for; the longest overdue first.
[[nodiscard]] Document archives_document(const Context& context);
/// Who was found and nobody has acted: not decided, without anybody who takes care, or without a contact since; the longest first.
[[nodiscard]] Document waiting_document(const Context& context);

}  // namespace help
