// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include "commands/audience.hpp"
#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "commands/overdue_words.hpp"
#include "commands/show.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "rules/archives.hpp"
#include "rules/cases.hpp"
#include "rules/judge.hpp"
#include "store/id_table.hpp"

namespace help {
namespace {

constexpr std::size_t contacts_shown = 10;

const Archive* archive_of(const Dataset& data, StudentIndex student) {
  const auto found = std::ranges::find(data.archives, student, &Archive::student);
  return found == data.archives.end() ? nullptr : &*found;
}

/// A student's marks in one subject, by date; retests are shown where they count, in the exam that they repeat.
struct MarkSeries {
  SubjectIndex subject = 0;
  struct Point {
    ExamIndex exam = 0;
    Cell_ mark;
  };
};

}  // namespace
}  // namespace help
