// SPDX-License-Identifier: MIT
#include "commands/roster_lines.hpp"

#include <utility>

#include "store/canonical.hpp"

namespace help {

bool read_roster_file(const Context& context, std::string_view schema, PlannedFile& file, Answer& answer) {
  const FileResult result = context.folder->read(file.path, file.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    file.is_new = true;
    file.bytes = schema_comment(schema);
  } else if (result != FileResult::done) {
    answer.refusals.push_back(say("{0} could not be read.", file.path));
    return false;
  }
  return true;
}

bool RosterLines::read(const Context& context, std::string_view schema, Answer& answer) {
  if (!read_roster_file(context, schema, file_, answer)) return false;
  is_readable_ = text_.read(file_.bytes);
  return true;
}

void RosterLines::add(std::string_view id, std::string_view line) {
  text_.add(id, line);
  ++file_.added;
}

void RosterLines::change(RecordRows& rows, std::string_view id, std::string_view before, std::string_view after,
                         std::vector<ChangedValue> changes, ImportPlan& plan) {
  if (text_.replace(before, after)) {
    ++file_.changed;
    plan.changes.insert(plan.changes.end(), changes.begin(), changes.end());
    return;
  }
  rows.refuse({}, "import/line-by-hand",
              say("the line of {0} in {1} is not as the program writes it, so it is not replaced", id, file_.path),
              say("change the line by hand: {0}", changes.front().what + " " + changes.front().after));
}

void RosterLines::finish(Message how_to_write, Answer& answer, ImportPlan& plan) {
  file_.differs = file_.added + file_.changed > 0;
  if (file_.differs && !is_readable_) {
    answer.problems.push_back({.code = "import/other-form",
                               .where = {.path = file_.path, .line = text_.bad_line()},
                               .message = say("this is not in the form that the program writes, so it will not change the file"),
                               .hint = std::move(how_to_write)});
  }
  file_.bytes = file_.differs ? text_.bytes() : std::string();
  plan.files.push_back(std::move(file_));
}

}  // namespace help
