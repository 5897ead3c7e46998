// SPDX-License-Identifier: MIT
// Adding decisions to the files of events, and withdrawing them.
#include <algorithm>

#include "commands/appended_files.hpp"
#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/lookup.hpp"
#include "commands/note.hpp"
#include "model/code_name.hpp"
#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/id_table.hpp"
#include "store/text_lines.hpp"

namespace help {
namespace {

Record record_of(const Dataset& data, const NewDecision& decision) {
  const EventEntry& entry = decision.entry;
  const auto list = [](const std::vector<std::string>& words) {
    Cell::List cells;
    for (const std::string& word : words) cells.emplace_back(word);
    return Cell(std::move(cells));
  };
  return {.fields = {{"id", Cell(entry.id)},
                     {"file", Cell(decision.path)},
                     {"line", Cell(without_end(decision.line))},
                     {"student", Cell(data.students[decision.about.student].id)},
                     {"name", Cell(data.students[decision.about.student].name)},
                     {"subject", text_or_null(entry.subject)},
                     {"date", Cell(entry.date)},
                     {"kind", Cell(entry.kind)},
                     {"by", Cell(entry.by)},
                     {"role", text_or_null(entry.role)},
                     {"list", text_or_null(entry.list)},
                     {"rules", list(entry.rules)},
                     {"exams", list(entry.exams)},
                     {"before", Cell(decision.before_state)},
                     {"next_step", text_or_null(decision.next_step)}}};
}

/// What people call a key of a record.
Message title_of_key(std::string_view key) {
  static const std::vector<std::pair<std::string_view, Message>> titles{
      {"id", say("record")},     {"file", say("file")},       {"line", say("line")},           {"student", say("student")},
      {"name", say("name")},     {"subject", say("subject")}, {"date", say("date")},           {"kind", say("decision")},
      {"by", say("decided by")}, {"role", say("role")},       {"list", say("list")},           {"rules", say("rules")},
      {"exams", say("exams")},   {"before", say("before")},   {"next_step", say("next step")}, {"withdraws", say("withdraws")}};
  const auto found = std::ranges::find(titles, key, &std::pair<std::string_view, Message>::first);
  return found == titles.end() ? as_data(std::string(key)) : found->second;
}

/// The records: one value in JSON, a row each in tables.
void add_records(const Context& context, std::vector<Record> records, Document& document) {
  document.facts.fields = {{"today", Cell(context.today)}};
  if (context.format != Format::csv && context.format != Format::xlsx) {
    Cell::List cells;
    for (Record& record : records) cells.emplace_back(std::move(record));
    document.facts.fields.emplace_back("decisions", Cell(std::move(cells)));
    return;
  }
  Table table{.key = "decisions", .title = {}, .columns = {}, .rows = {}, .when_empty = {}};
  for (Record& record : records) {
    std::vector<Cell>& row = table.rows.emplace_back();
    for (auto& [key, value] : record.fields) {
      if (table.rows.size() == 1) table.columns.push_back({.key = key, .title = title_of_key(key)});
      row.push_back(std::move(value));
    }
  }
  document.tables.push_back(std::move(table));
}

}  // namespace

void write_decisions(const Context& context, std::vector<NewDecision>& decisions, Answer& answer) {
  const Dataset& data = context.data;
  AppendedFiles files(context, answer, schema_comment("events"));
  Document& document = answer.document;
  document.schema = "help.decide/1";
  std::vector<Record> records;
  for (NewDecision& one : decisions) {
    const std::string* const bytes = files.bytes(one.path);
    if (bytes == nullptr) return;
    one.entry.id = new_record_id_in(*bytes, one.path + "\n" + event_line(one.entry));
    one.line = event_line(one.entry);
    if (one.line.size() > YamlLimits::line_bytes / 2) {
      answer.refusals.push_back(say("The text is too long: a record has one line of at most {0} bytes.", YamlLimits::line_bytes / 2));
      return;
    }
    files.append(one.path, one.line);
    const auto kind = parse_event_kind(one.entry.kind).value_or(EventKind::note);
    document.head.push_back(as_data(one.path));
    document.head.push_back(say("  {0}: {1} (before: {2})", case_name(data, one.about, one.entry.date), name_of(kind), one.before));
    if (!one.next.empty()) document.head.push_back(say("  next: {0}", one.next));
    document.head.push_back(as_data("  " + std::string(without_end(one.line))));
    records.push_back(record_of(data, one));
  }
  add_records(context, std::move(records), document);
  if (decisions.empty()) return;
  answer.after_writing.push_back(decisions.size() == 1 ? say("To take it back: help decide --void {0} REASON", decisions.front().entry.id)
                                                       : say("To take one back: help decide --void ID REASON"));
  files.say_git_lines("decide " + decisions.front().entry.id);
}

namespace {

/// The file of events that has a record, with its lines.
struct FoundEvents {
  std::string path;
  std::string student;  ///< id
  std::vector<EventEntry> entries;
  std::size_t place = 0;
};

std::optional<FoundEvents> find_event(const Context& context, const std::string& id) {
  for (const std::string& name : context.folder->list("events")) {
    if (!name.ends_with(".yaml")) continue;
    FoundEvents found{.path = "events/" + name, .student = name.substr(0, name.size() - 5), .entries = {}, .place = 0};
    found.entries = event_entries(*context.folder, found.path);
    const auto entry = std::ranges::find(found.entries, id, &EventEntry::id);
    if (entry == found.entries.end()) continue;
    found.place = static_cast<std::size_t>(entry - found.entries.begin());
    return found;
  }
  return std::nullopt;
}

/// What of the command line a withdrawal has no use for.
bool has_more(const DecideOptions& options) {
  const std::initializer_list<const std::string*> others{&options.basis, &options.staff,    &options.subject,
                                                         &options.until, &options.as_role,  &options.date,
                                                         &options.list,  &options.in_class, &options.grade};
  return options.force || std::ranges::any_of(others, [](const std::string* one) { return !one->empty(); });
}

/// What was decided since may rest on the decision that is withdrawn; it stays, and somebody should look at it.
void warn_of_later(const Dataset& data, StudentIndex student, const EventEntry& entry, Document& document) {
  std::vector<Message> later;
  const auto place = std::ranges::find(data.events, entry.id, &Event::id);
  for (auto event = place; event < data.events.end(); ++event) {
    const bool is_same_case =
        event->student == student && (event->subject ? data.subjects[*event->subject] : std::string()) == entry.subject;
    if (event != place && is_same_case && is_decision(event->kind))
      later.push_back(say("{0} on {1} ({2})", name_of(event->kind), to_string(event->date), event->id));
  }
  if (!later.empty()) document.foot.push_back(say("What was decided later stays: {0}. Look whether it still holds.", joined(later)));
}

}  // namespace

void write_void(const Context& context, const DecideOptions& options, Answer& answer) {
  const std::string& id = options.voids;
  const auto refuse = [&](Message message) { answer.refusals.push_back(std::move(message)); };
  if (record_number(id) == no_record_id) refuse(say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", id));
  if (has_more(options)) refuse(say("--void takes the record's id and a reason, nothing else."));
  std::string reason = options.because;
  for (const std::string& word : options.words) reason += (reason.empty() ? "" : " ") + word;
  reason = text_for_file(reason);
  if (const auto character = find_refused_character(reason))
    refuse(say("{0} holds a character that no file may hold: {1}", "REASON", code_point_name(character->code)));
  if (reason.empty()) refuse(say("Why is it withdrawn? help decide --void {0} REASON", id));
  if (!answer.refusals.empty()) return;
  const auto found = find_event(context, id);
  if (!found) return refuse(say("No student's events have the record {0}.", id));
  const EventEntry& entry = found->entries[found->place];
  if (!entry.voids.empty()) return refuse(say("The record {0} withdraws another; it cannot be withdrawn. Decide anew.", id));
  const auto links = links_of(found->entries);
  const auto versions = versions_of(links, id);
  if (const RecordLinks* by = withdrawal_of(links, versions)) {
    // The same once more: what the disk did not confirm can be written again.
    const auto same = std::ranges::find(found->entries, by->id, &EventEntry::id);
    if (same->because != reason || same->at != context.today) return refuse(say("The record {0} is withdrawn already.", id));
    answer.document.schema = "help.decide/1";
    add_records(context, {}, answer.document);
    answer.document.foot.push_back(say("The record {0} stands in {1} already.", by->id, found->path));
    return;
  }
  AppendedFiles files(context, answer, schema_comment("events"));
  const std::string* const bytes = files.bytes(found->path);
  if (bytes == nullptr) return;
  const std::string void_id = new_record_id_in(*bytes, found->path + "\n" + id + "\n" + to_string(context.today) + reason);
  const std::string line = void_line(void_id, context.today, id, reason);
  files.append(found->path, line);
  const auto student = context.data.find_student(found->student);
  const auto subject = context.data.find_subject(entry.subject);
  const auto kind = parse_event_kind(entry.kind).value_or(EventKind::note);
  Document& document = answer.document;
  document.schema = "help.decide/1";
  document.head = {as_data(found->path)};
  if (student) {
    const CaseKey about{*student, entry.subject.empty() ? std::nullopt : subject};
    document.head.push_back(
        say("  withdraws: {0}, {1}, {2}", case_name(context.data, about, entry.date), name_of(kind), to_string(entry.date)));
  }
  document.head.push_back(as_data("  " + std::string(without_end(line))));
  Record withdrawn{.fields = {{"id", Cell(entry.id)},
                              {"date", Cell(entry.date)},
                              {"kind", Cell(entry.kind)},
                              {"subject", text_or_null(entry.subject)},
                              {"versions", Cell(static_cast<std::int64_t>(versions.size()))}}};
  Record record{.fields = {{"id", Cell(void_id)},
                           {"file", Cell(found->path)},
                           {"line", Cell(without_end(line))},
                           {"student", Cell(found->student)},
                           {"withdraws", Cell(std::move(withdrawn))}}};
  add_records(context, {std::move(record)}, document);
  if (student) warn_of_later(context.data, *student, entry, document);
  files.say_git_lines("decide " + void_id);
}

}  // namespace help
