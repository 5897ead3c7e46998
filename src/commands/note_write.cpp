// SPDX-License-Identifier: MIT
#include <algorithm>

#include "commands/appended_files.hpp"
#include "commands/cells.hpp"
#include "commands/note.hpp"
#include "store/text_lines.hpp"

namespace help {
namespace {

/// Whether the line stands in the file, whatever its end.
bool has_line(std::string_view bytes, std::string_view line) {
  return std::ranges::any_of(lines_of(bytes), [wanted = without_end(line)](std::string_view one) { return without_end(one) == wanted; });
}

}  // namespace

void write_lines(const Context& context, const std::vector<NewLine>& lines, Answer& answer) {
  AppendedFiles files(context, answer, log_comment);
  std::string last;
  for (const NewLine& one : lines) {
    const std::string* const bytes = files.bytes(one.path);
    if (bytes == nullptr) return;
    if (has_line(*bytes, one.line)) {
      const std::string by = withdrawn_by(context, one.path, one.id);
      answer.document.foot.push_back(
          by.empty()
              ? say("The record {0} stands in {1} already.", one.id, one.path)
              : say("The record {0} was withdrawn, by {1}, and is not written again. If it is right after all: help note WHO KIND TEXT "
                    "without --lines and --id, which gives it a new id.",
                    one.id, by));
      continue;
    }
    files.append(one.path, one.line);
    last = one.id;
  }
  if (answer.changes.empty()) return;
  const bool is_record = lines.back().entry.has_value();
  const bool is_fix = is_record && !lines.back().entry->fixes.empty();
  if (is_fix) {
    answer.after_writing.push_back(
        say("To correct it once more: help note --fix {0} … (--void would withdraw the record with all its versions)", last));
  } else if (is_record && lines.size() == 1) {
    answer.after_writing.push_back(say("To take it back: help note --void {0} REASON", last));
  }
  if (is_record && lines.size() > 1) answer.after_writing.push_back(say("To take one back: help note --void ID REASON"));
  files.say_git_lines("note " + lines.front().id);
}

namespace {

std::string student_with_class(const Dataset& data, const std::string& id, Date day) {
  const auto index = data.find_student(id);
  if (!index) return id;
  const std::string& name = data.students[*index].name;
  const bool is_shared = std::ranges::count(data.students, name, &Student::name) > 1;
  const std::string in = class_name(data, data.class_of(*index, day));
  return name + (is_shared ? " " + id : "") + (in.empty() ? "" : " " + in);
}

Cell names_of(const Dataset& data, const LogEntry& entry) {
  Cell::List names;
  for (const std::string& name : whom_of(data, entry)) names.emplace_back(name);
  return Cell(std::move(names));
}

Record withdrawn_record(const Dataset& data, const NewLine& line) {
  const LogEntry& entry = *line.withdrawn;
  return {.fields = {{"id", Cell(entry.id)},
                     {"date", Cell(entry.date)},
                     {"kind", Cell(entry.kind)},
                     {"whom", names_of(data, entry)},
                     {"versions", Cell(line.versions)}}};
}

/// What a line that withdraws takes out of force.
void show_withdrawn(const Context& context, const NewLine& line, Document& document) {
  const LogEntry& entry = *line.withdrawn;
  const auto& kinds = context.data.policy.kinds;
  const auto found = std::ranges::find(kinds, entry.kind, &InteractionKind::id);
  const Message kind = found == kinds.end() ? as_data(entry.kind) : name_of(*found);
  const Message whom = joined(whom_of(context.data, entry));
  document.head.push_back(whom.empty() ? say("  withdraws: {0}, {1}", kind, to_string(entry.date))
                                       : say("  withdraws: {0}, {1}, {2}", whom, kind, to_string(entry.date)));
  if (line.versions > 1) {
    document.head.push_back(counted(line.versions, "  The record has {0} version; it is withdrawn.",
                                    "  The record has {0} versions; all of them are withdrawn."));
  }
}

}  // namespace

std::vector<std::string> whom_of(const Dataset& data, const LogEntry& entry) {
  std::vector<std::string> names;
  for (const std::string& id : entry.students) names.push_back(student_with_class(data, id, entry.date));
  if (const auto in = data.find_class(entry.in_class)) names.push_back(class_name(data, *in));
  if (const auto body = data.find_body(entry.body)) names.push_back(data.bodies[*body].name);
  return names;
}

Document note_document(const Context& context, const std::vector<NewLine>& lines) {
  Document document{.schema = "help.note/1"};
  std::string shown_path;
  Cell::List records;
  for (const NewLine& one : lines) {
    const std::string line(without_end(one.line));
    Record record{.fields = {{"id", Cell(one.id)}, {"owner", Cell(one.owner)}, {"file", Cell(one.path)}, {"line", Cell(line)}}};
    if (one.entry) {
      Cell::List students;
      for (const std::string& student : one.entry->students) students.emplace_back(student);
      record.fields.emplace_back("date", Cell(one.entry->date));
      record.fields.emplace_back("kind", Cell(one.entry->kind));
      record.fields.emplace_back("students", Cell(std::move(students)));
      record.fields.emplace_back("whom", names_of(context.data, *one.entry));
    }
    if (one.withdrawn) record.fields.emplace_back("withdraws", withdrawn_record(context.data, one));
    records.emplace_back(std::move(record));
    if (document.head.empty() || one.path != shown_path) document.head.push_back(as_data(one.path));
    shown_path = one.path;
    const Message whom = one.entry ? joined(whom_of(context.data, *one.entry)) : Message{};
    if (!whom.empty()) document.head.push_back(say("  {0}", whom));
    if (one.withdrawn) show_withdrawn(context, one, document);
    document.head.push_back(as_data("  " + line));
  }
  document.facts.fields = {{"today", Cell(context.today)}, {"records", Cell(std::move(records))}};
  return document;
}

}  // namespace help
