// SPDX-License-Identifier: MIT
#include "store/roster_lines.hpp"

#include <utility>

#include "store/canonical.hpp"
#include "store/files.hpp"

namespace help {

void RosterLines::read(const std::string* bytes, std::string_view schema) {
  file_.is_new = bytes == nullptr;
  is_readable_ = text_.read(bytes != nullptr ? *bytes : schema_comment(schema));
}

void RosterLines::add(std::string_view id, std::string_view line, std::uint32_t row) {
  text_.add(id, line);
  ++file_.added;
  if (row > 0) added_.push_back({file_.path, row, std::string(id)});
}

void RosterLines::extend(std::string_view id, std::string_view before, std::string_view after, std::uint32_t row) {
  (void)text_.replace(before, after);
  ++file_.added;
  added_.push_back({file_.path, row, std::string(id)});
}

std::optional<RefusedRow> RosterLines::change(std::string_view id, std::string_view before, std::string_view after,
                                              const RowChanges& changes, ImportPlan& plan) {
  if (is_readable_ && !text_.replace(before, after)) {
    const ChangedValue& first = changes.all().front();
    return RefusedRow{.line = first.line,
                      .student = first.student,
                      .code = "import/line-by-hand",
                      .reason = say("the line of {0} in {1} is not as the program writes it, so it is not replaced", id, file_.path),
                      .hint = say("change the line by hand: {0} {1}", first.what, first.after)};
  }
  ++file_.changed;
  plan.changes.insert(plan.changes.end(), changes.all().begin(), changes.all().end());
  return std::nullopt;
}

void RosterLines::finish(Message how_to_write, Diagnostics& problems, ImportPlan& plan) {
  file_.differs = file_.added + file_.changed > 0;
  plan.added.insert(plan.added.end(), added_.begin(), added_.end());
  if (file_.differs && !is_readable_) {
    problems.push_back({.code = "import/other-form",
                        .where = {.path = file_.path, .line = text_.bad_line()},
                        .message = say("this is not in the form that the program writes, so it will not change the file"),
                        .hint = std::move(how_to_write)});
  }
  file_.bytes = file_.differs ? text_.bytes() : std::string();
  if (file_.bytes.size() > max_file_bytes) {
    problems.push_back({.code = "file/too-large",
                        .where = {.path = file_.path},
                        .message = say("the file would be larger than {0} MiB", max_file_bytes >> 20U)});
  }
  plan.files.push_back(std::move(file_));
}

}  // namespace help
