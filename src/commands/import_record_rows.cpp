// SPDX-License-Identifier: MIT
#include "commands/import_record_rows.hpp"

#include <algorithm>
#include <array>

#include "commands/note.hpp"
#include "diag/nearest.hpp"
#include "model/class_words.hpp"
#include "model/people.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/formats.hpp"
#include "store/student_by_name.hpp"
#include "store/text_lines.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

/// `王芳 T012` as its name and its id, where the last word is an id.
std::pair<std::string, std::string> name_and_id(const std::string& text) {
  const std::size_t space = text.find_last_of(' ');
  const std::string last = narrow(space == std::string::npos ? text : text.substr(space + 1));
  return {space == std::string::npos ? std::string() : cell_text(text.substr(0, space)), last};
}

std::string list_of_ids(const std::vector<std::string>& ids) {
  std::string all;
  for (const std::string& id : ids) all += (all.empty() ? "" : ", ") + id;
  return all;
}

/// By id, by name and id, or by a name that nobody else has; else why not.
template <typename People>
std::optional<std::uint32_t> person_called(const People& people, const std::string& text, const std::string& shown, Message& why,
                                           Message& hint) {
  const auto [name, id] = name_and_id(text);
  for (std::uint32_t at = 0; at < people.size(); ++at) {
    if (people[at].id != id) continue;
    if (name.empty() || name_key(name) == name_key(people[at].name)) return at;
    why = say("{0} is {1} in the roster, but {2} in the table", id, people[at].name, shown == text ? name : shown);
    hint = say("is the id right? is the row?");
    return std::nullopt;
  }
  std::vector<std::string> same_name;
  std::optional<std::uint32_t> called;
  for (std::uint32_t at = 0; at < people.size(); ++at) {
    if (name_key(people[at].name) != name_key(text)) continue;
    same_name.push_back(people[at].id);
    called = at;
  }
  if (same_name.size() == 1) return called;
  if (same_name.size() > 1) {
    why = say("several are called '{0}': {1}", shown, list_of_ids(same_name));
    hint = say("write the id");
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const auto& one : people) {
    known.push_back(one.id);
    known.push_back(one.name);
  }
  const auto near = nearest(text, known);
  why = say("the roster has nobody called '{0}'", shown);
  if (near) hint = say("did you mean '{0}'?", *near);
  return std::nullopt;
}

}  // namespace

namespace {

/// Whether what stands in a field is for few eyes, so that no refusal may repeat it. Of archives that is all: cells may have slipped.
bool is_for_few_eyes(FormKind kind, std::string_view key) {
  return kind == FormKind::archives || key == "note" || key == "because" || key == "leave-because";
}

/// What may stand once for several rows: when, where and of whom. What was said, counted or wished belongs to one.
bool may_stand_for_several_rows(FormKind kind, std::string_view key, bool is_id_spread) {
  constexpr std::array<std::string_view, 15> shared{"period", "from",      "until", "date",    "staff",   "student", "kind", "class",
                                                    "role",   "indicator", "by",    "subject", "channel", "place",   "pair"};
  if (kind == FormKind::roster) return key == "class" || key == "since";
  if (kind == FormKind::classes) return key == "since";
  // Who has several roles stands on several rows, by id and name.
  if (kind == FormKind::staff) return is_id_spread && (key == "staff" || key == "name");
  return std::ranges::find(shared, key) != shared.end();
}

}  // namespace

RecordRows::RecordRows(const Context& context, const RecordTable& table, const Sheet& sheet, ImportPlan& plan)
    : context_(context), table_(table), sheet_(sheet), plan_(plan), titles_(sheet, table.header), rows_(sheet, titles_) {
  for (const auto& [key, source] : table.fields) {
    if (source.column) asked_.push_back(*source.column);
    if (source.column && is_for_few_eyes(table.kind, key)) rows_.hide(*source.column);
  }
  for (const auto& [count, column] : table.counts) asked_.push_back(column);
}

bool RecordRows::next() {
  while (next_of_all()) {
    if (refused_ || is_as_written() || is_foreseen()) continue;
    keep_said();
    return true;
  }
  return false;
}

bool RecordRows::next_of_all() {
  if (!rows_.next(asked_)) return false;
  refused_ = false;
  whom_.clear();
  path_.clear();
  if (is_as_written()) return true;
  ++plan_.rows;
  if (const auto known = context_.data.find_student(name_and_id(text("student")).second)) whom_ = context_.data.students[*known].id;
  refuse_faults();
  return true;
}

bool RecordRows::next_as_written() {
  while (!table_.as_written.empty() && rows_.next(asked_)) {
    refused_ = false;
    whom_.clear();
    path_.clear();
    if (is_as_written()) return true;
  }
  rows_.begin_again();
  return false;
}

void RecordRows::keep_said() {
  constexpr std::array<FormKind, 5> of_roster{FormKind::roster, FormKind::classes, FormKind::staff, FormKind::groups, FormKind::teaching};
  if (std::ranges::find(of_roster, table_.kind) == of_roster.end()) return;
  // Whom it is about is shown beside, and why somebody is away is for few eyes.
  const std::string_view about = table_.kind == FormKind::classes                                      ? "class"
                                 : table_.kind == FormKind::staff || table_.kind == FormKind::teaching ? "staff"
                                                                                                       : "student";
  constexpr std::array<std::string_view, 6> clear_alone{"name", "class", "group", "role", "subject", "body"};
  std::vector<Message> all;
  for (const FormField& field : fields_of(table_.kind)) {
    std::string said = text(field.key);
    if (said.empty() || field.key == about || field.key == "leave-because") continue;
    const bool is_clear = std::ranges::find(clear_alone, field.key) != clear_alone.end();
    all.push_back(is_clear ? as_data(std::move(said)) : say("{0} {1}", field.title, std::move(said)));
  }
  said_.emplace(line(), joined(all));
}

void RecordRows::refuse_faults() {
  const auto is_fault = [this](const std::optional<RowFault>& fault) {
    if (fault) refuse_column(fault->column ? title(*fault->column) : std::string(), fault->code, fault->reason, fault->hint);
    return fault.has_value();
  };
  if (is_fault(rows_.width_fault())) return;
  const auto id = table_.fields.find(std::string_view(table_.kind == FormKind::staff ? "staff" : "student"));
  const bool is_id_spread = id != table_.fields.end() && id->second.column && rows_.is_spread(*id->second.column);
  for (const auto& [key, source] : table_.fields) {
    if (!source.column) continue;
    if (!is_fault(rows_.value_fault(*source.column, table_.in_workbook)))
      (void)is_fault(rows_.spread_fault(*source.column, may_stand_for_several_rows(table_.kind, key, is_id_spread)));
  }
  for (const auto& [count, column] : table_.counts) {
    if (!is_fault(rows_.value_fault(column, table_.in_workbook))) (void)is_fault(rows_.spread_fault(column, false));
  }
}

void RecordRows::refuse_as_in(const ImportPlan& other) {
  for (const RefusedRow& row : other.refused) foreseen_[row.line].push_back(row);
}

bool RecordRows::is_foreseen() {
  const auto found = foreseen_.find(line());
  if (found == foreseen_.end()) return false;
  refused_ = true;
  plan_.refused.insert(plan_.refused.end(), found->second.begin(), found->second.end());
  return true;
}

void RecordRows::refuse_date_for_id(std::string_view key, const std::string& id, std::string_view like) {
  refuse(key, "import/not-an-id", say("the spreadsheet has made a date of this id: {0}", id),
         say("make the column one of texts and type the id anew, like {0}", like));
}

void RecordRows::goes_to(const std::string& path) {
  path_ = path;
  for (auto row = plan_.refused.rbegin(); row != plan_.refused.rend() && row->line == line(); ++row) {
    if (row->path.empty()) row->path = path;
  }
}

std::string RecordRows::cell(std::size_t column) const { return rows_.cell(column); }

std::string RecordRows::shown(std::string_view key, const std::string& typed) const {
  return is_for_few_eyes(table_.kind, key) ? "…" : typed;
}

std::string RecordRows::text(std::string_view key) const {
  const auto field = table_.fields.find(key);
  if (field == table_.fields.end()) return {};
  if (!field->second.column) return field->second.fixed;
  return meaning_of(key, cell(*field->second.column));
}

std::string RecordRows::meaning_of(std::string_view key, const std::string& typed) const {
  const auto& words = table_.fields.find(key)->second.words;
  const auto word = std::ranges::find(words, typed, &std::pair<std::string, std::string>::first);
  return word == words.end() ? typed : word->second;
}

std::vector<std::string> RecordRows::several(std::string_view key) const {
  std::vector<std::string> parts = parts_of_list(text(key));
  if (!parts.empty()) {
    for (std::string& part : parts) part = meaning_of(key, part);
  }
  return parts;
}

void RecordRows::refuse(std::string_view key, std::string_view code, Message reason, Message hint) {
  refuse_column(title_of(key), code, std::move(reason), std::move(hint));
}

std::string RecordRows::title_of(std::string_view key) const {
  const auto field = table_.fields.find(key);
  return field == table_.fields.end() || !field->second.column ? std::string() : field->second.title;
}

void RecordRows::refuse_column(std::string column, std::string_view code, Message reason, Message hint) {
  refused_ = true;
  if (is_as_written()) return;
  plan_.refused.push_back({.line = line(),
                           .column = std::move(column),
                           .student = whom_,
                           .path = path_,
                           .code = code,
                           .reason = std::move(reason),
                           .hint = std::move(hint)});
}

void RecordRows::refuse_row(RefusedRow row) {
  refused_ = true;
  if (is_as_written()) return;
  row.line = line();
  plan_.refused.push_back(std::move(row));
}

void RecordRows::refuse_both(std::uint32_t line_before, std::string_view key, std::string_view code, const Message& reason,
                             const Message& hint) {
  refuse(key, code, reason, hint);
  // Of a row that says nothing there is nothing to refuse.
  if (is_as_written() || table_.as_written.contains(line_before)) return;
  RefusedRow before = plan_.refused.back();
  before.line = line_before;
  const auto is_it = [&](const RefusedRow& row) { return row.line == line_before && row.code == code; };
  if (std::ranges::none_of(plan_.refused, is_it)) plan_.refused.push_back(std::move(before));
}

std::string RecordRows::needed(std::string_view key) {
  std::string found = text(key);
  if (found.empty()) {
    const auto field = table_.fields.find(key);
    const std::string title = field == table_.fields.end()  ? std::string(key)
                              : field->second.title.empty() ? std::string(key)
                                                            : field->second.title;
    refuse(key, "import/nothing-there", say("the row has nothing under '{0}'", title));
  }
  return found;
}

bool RecordRows::is_period(std::string_view key, const Period& days) {
  if (days.from <= days.until) return true;
  refuse(key, "field/ends-before-it-begins",
         say("the last day {0} lies before the first day {1}", to_string(days.until), to_string(days.from)));
  return false;
}

namespace {

/// What is wrong with a line, by the shape of its file; the key at which it stands is given in `key`.
std::optional<Diagnostic> problem_of_line(const std::string& line, const Shape& shape, std::string& key) {
  Diagnostics problems;
  Tree tree;
  const bool is_read =
      check_bytes("", line, problems) && read_yaml("", line, tree, problems) && check_shape("", Value(tree, 0), shape, problems);
  if (is_read || problems.empty()) return std::nullopt;
  const Diagnostic& first = problems.front();
  // The key in front of what is marked.
  const std::string before = first.excerpt.substr(0, std::min<std::size_t>(first.from, first.excerpt.size()));
  if (const std::size_t colon = before.rfind(": "); colon != std::string::npos) {
    const std::size_t begin = before.find_last_of(" {", colon - 1);
    key = before.substr(begin == std::string::npos ? 0 : begin + 1, colon - (begin == std::string::npos ? 0 : begin + 1));
  }
  return first;
}

}  // namespace

bool RecordRows::is_sound(const std::string& line, const Shape& shape,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string key;
  const auto problem = problem_of_line(line, shape, key);
  if (!problem) return true;
  const auto* const other = std::ranges::find(fields, key, [](const auto& field) { return field.first; });
  refuse(other == fields.end() ? std::string_view(key) : other->second, problem->code, problem->message, problem->hint);
  return false;
}

std::optional<Date> RecordRows::date(std::string_view key) {
  const std::string typed = text(key);
  if (typed.empty()) return std::nullopt;
  const auto day = date_of_text(typed);
  if (!day)
    refuse(key, "import/not-a-date", say("'{0}' is no date", shown(key, typed)), say("write the date as YYYY-MM-DD, like 2026-03-02"));
  return day;
}

namespace {

Message days_as_text(const Period& days) {
  return as_data(to_string(days.from) + (days.from == days.until ? std::string() : " – " + to_string(days.until)));
}

}  // namespace

std::optional<StudentIndex> RecordRows::student(std::string_view key, const std::string& typed) {
  const Date day = date_of_text(text("date")).value_or(context_.today);
  return student(key, typed, {.from = day, .until = day});
}

std::optional<StudentIndex> RecordRows::student(std::string_view key, const std::string& typed, const Period& days) {
  // A name is enough where the class says whose it is.
  if (const std::string in_text = text("class"); !in_text.empty() && !context_.data.find_student(name_and_id(typed).second)) {
    const auto in = school_class("class", in_text, days.from);
    return in ? student_in_class(key, typed, *in, days) : std::nullopt;
  }
  Message why;
  Message hint;
  const auto found = person_called(context_.data.students, typed, shown(key, typed), why, hint);
  if (!found) {
    refuse(key, "import/unknown-student", std::move(why), std::move(hint));
    return std::nullopt;
  }
  return is_in_class_of_row(*found, days) ? found : std::nullopt;
}

std::optional<StudentIndex> RecordRows::student_in_class(std::string_view key, const std::string& typed, ClassIndex in,
                                                         const Period& days) {
  const Dataset& data = context_.data;
  if (const Alias* alias = find_alias(table_.aliases, typed, data.classes[in].id)) {
    const auto meant = data.find_student(alias->student);
    if (meant && is_here_during(data.students[*meant], days)) return meant;
    refuse(key, "import/alias",
           say("imports/aliases.yaml says that {0} of class {1} is {2}, who is in no class: {3}", typed, data.classes[in].name,
               alias->student, days_as_text(days)),
           say("correct the line there"));
    return std::nullopt;
  }
  std::vector<std::string> ids;
  std::optional<StudentIndex> found;
  std::vector<std::string_view> known;
  for (StudentIndex at = 0; at < data.students.size(); ++at) {
    if (!is_in_during(data.students[at], in, days)) continue;
    known.push_back(data.students[at].name);
    if (name_key(data.students[at].name) != name_key(typed)) continue;
    ids.push_back(data.students[at].id);
    found = at;
  }
  if (ids.size() == 1) return found;
  if (ids.size() > 1) {
    refuse(key, "import/same-name",
           say("several students of class {0} are called {1}: {2}", data.classes[in].name, shown(key, typed), list_of_ids(ids)),
           table_.is_mapped
               ? say("nobody is chosen among them: add a column with the ids; or say it: --as '{0}/{1}=ID'", typed, data.classes[in].id)
               : say("write the id"));
    return std::nullopt;
  }
  const auto near = nearest(typed, known);
  refuse(key, "import/unknown-student",
         say("nobody in {0} is called '{1}': {2}", data.classes[in].id, shown(key, typed), days_as_text(days)),
         near ? say("did you mean '{0}'?", *near)
         : table_.is_mapped
             ? say("a new student? add a line to the roster first; else say who is meant: --as '{0}/{1}=ID'", typed, data.classes[in].id)
             : Message{});
  return std::nullopt;
}

/// The class beside an id must be that of the student, as in a table of marks: the row may have slipped.
bool RecordRows::is_in_class_of_row(StudentIndex student, const Period& days) {
  const std::string typed = text("class");
  if (typed.empty() || table_.kind == FormKind::roster) return true;
  const auto in = school_class("class", typed, days.from);
  if (!in) return false;
  const Dataset& data = context_.data;
  const Student& who = data.students[student];
  // Rows without a day may be of any: the class tells only whether the row has slipped.
  const bool is_without_day = table_.kind == FormKind::groups || table_.kind == FormKind::archives;
  if (is_in_during(who, *in, is_without_day ? Period{} : days)) return true;
  std::vector<std::string> classes;
  for (const Membership& one : who.classes) {
    if (is_in_during(who, one.in, days)) classes.push_back(data.classes[one.in].name);
  }
  refuse("class", "import/other-class",
         classes.empty() ? say("{0} is in no class ({1}), but in {2} in the table", who.id, days_as_text(days), data.classes[*in].name)
                         : say("{0} is in {1} ({2}), but in {3} in the table", who.id, list_of_ids(classes), days_as_text(days),
                               data.classes[*in].name),
         say("is the id right? did the student change class? correct the table or the roster"));
  return false;
}

bool RecordRows::is_here(std::string_view key, StudentIndex student, const Period& days) {
  const Student& who = context_.data.students[student];
  if (is_here_during(who, days)) return true;
  refuse(key, "import/not-here", say("{0} {1} is in no class: {2}", who.id, who.name, days_as_text(days)),
         say("is the id right? is the day? else correct the student's classes in roster/students.yaml"));
  return false;
}

std::optional<StaffIndex> RecordRows::staff(std::string_view key, const std::string& typed, std::optional<Date> on) {
  Message why;
  Message hint;
  const auto found = person_called(context_.data.staff, typed, shown(key, typed), why, hint);
  if (!found) refuse(key, "import/unknown-person", std::move(why), std::move(hint));
  if (found && on && !is_still_here(key, context_.data.staff[*found], *on)) return std::nullopt;
  return found;
}

bool RecordRows::is_still_here(std::string_view key, const Staff& who, Date on) {
  if (!who.left || *who.left >= on) return true;
  refuse(key, "import/not-here", say("{0} left on {1}, before {2}.", who.name, to_string(*who.left), to_string(on)));
  return false;
}

std::optional<Party> RecordRows::party(std::string_view key, const std::string& typed, std::optional<Date> on) {
  struct Listed {
    std::string id;
    std::string name;
  };
  // All who may be meant are looked through at once: one name of a teacher and a student is nobody's.
  std::vector<Listed> all;
  const Dataset& data = context_.data;
  for (const Staff& one : data.staff) all.push_back({one.id, one.name});
  for (const Student& one : data.students) all.push_back({one.id, one.name});
  for (const Body& one : data.bodies) all.push_back({one.id, one.name});
  Message why;
  Message hint;
  const auto found = person_called(all, typed, shown(key, typed), why, hint);
  if (!found) {
    refuse(key, "import/unknown-person", std::move(why), std::move(hint));
    return std::nullopt;
  }
  const auto staff_count = static_cast<std::uint32_t>(data.staff.size());
  const auto people_count = staff_count + static_cast<std::uint32_t>(data.students.size());
  if (*found < staff_count) {
    if (on && !is_still_here(key, data.staff[*found], *on)) return std::nullopt;
    return Party{Party::Kind::staff, *found};
  }
  if (*found < people_count) {
    const StudentIndex student = *found - staff_count;
    if (on && !is_here(key, student, {.from = *on, .until = *on})) return std::nullopt;
    return Party{Party::Kind::student, student};
  }
  return Party{Party::Kind::body, *found - people_count};
}

/// When a row was written, as far as it says: names of classes change from year to year.
Date RecordRows::day_of_row() const {
  for (const std::string_view key : {"date", "since", "from"}) {
    if (const auto day = date_of_text(text(key))) return *day;
  }
  return context_.today;
}

std::optional<ClassIndex> RecordRows::school_class(std::string_view key, const std::string& typed, std::optional<Date> on) {
  const Dataset& data = context_.data;
  if (const auto in = data.find_class(narrow(typed))) return in;
  const ClassWritten found = class_written(data.classes, typed, data.calendar.school_year(on.value_or(day_of_row())));
  if (found.one) return found.one;
  Message reason = why_no_class(data.classes, shown(key, typed), found);
  if (!found.several.empty()) {
    refuse(key, "import/unknown-class", std::move(reason), say("write the id"));
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const SchoolClass& one : data.classes) known.insert(known.end(), {one.id, one.name});
  const auto near = nearest(typed, known);
  refuse(key, "import/unknown-class", std::move(reason), near ? say("did you mean '{0}'?", *near) : hint_of_word(key, typed));
  return std::nullopt;
}

Message RecordRows::hint_of_word(std::string_view key, const std::string& typed) const {
  const auto field = table_.fields.find(key);
  if (!table_.is_mapped || field == table_.fields.end() || !field->second.column) return {};
  return say("say in the mapping what it means: {0}: {{column: {1}, words: {{{2}: …}}}}", key, field->second.title, typed);
}

namespace {

Message followed_by(const Message& first, Message hint) { return first.empty() ? hint : say("{0}; {1}", first, std::move(hint)); }

}  // namespace

std::optional<std::string> RecordRows::word(std::string_view key, const std::string& typed,
                                            const std::vector<std::pair<std::string, Message>>& known, const Message& else_write) {
  std::vector<std::string> words;
  for (const auto& [code, name] : known) {
    words.push_back(code);
    if (typed == code) return code;
    for (const std::string_view language : {"zh", "en"}) {
      words.push_back(in_language(context_, name, language));
      if (typed == words.back()) return code;
    }
  }
  const std::vector<std::string_view> views(words.begin(), words.end());
  const auto near = nearest(typed, views);
  std::string codes;
  for (const auto& [code, name] : known) codes += (codes.empty() ? "" : ", ") + in_language(context_, name, context_.language);
  const auto field = table_.fields.find(key);
  const bool has_column = field != table_.fields.end() && field->second.column;
  const std::vector<std::string> in_table = parts_of_list(has_column ? cell(*field->second.column) : std::string());
  const auto mapped =
      std::ranges::find_if(in_table, [&](const std::string& part) { return part != typed && meaning_of(key, part) == typed; });
  refuse(key, "import/unknown-word",
         mapped != in_table.end()
             ? say("the mapping gives '{0}' for '{1}', which is not one of the words that are known here", typed, shown(key, *mapped))
             : say("'{0}' is not one of the words that are known here", shown(key, typed)),
         followed_by(else_write, near ? say("did you mean '{0}'?", *near) : say("known are: {0}", codes)));
  return std::nullopt;
}

std::vector<std::string> RecordRows::people(std::string text) {
  constexpr std::array<std::string_view, 6> signs{";", "；", "/", "／", "\n", "\r"};
  for (const std::string_view sign : signs) {
    for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) text.replace(at, sign.size(), ",");
  }
  return parts_of_list(text);
}

std::vector<std::string> RecordRows::parts_of(const std::string& text) { return parts_of_list(text); }

// ---- files that are changed and added to ----

std::map<std::string, std::vector<std::uint32_t>> lines_by_text(const RecordRows& rows, std::string_view key) {
  std::map<std::string, std::vector<std::uint32_t>> lines;
  ImportPlan unused;
  RecordRows ahead = rows.once_more(unused);
  // Those that are refused, too: the other row of such a pair is as doubtful.
  while (ahead.next_of_all()) {
    if (std::string typed = narrow(ahead.text(key)); !typed.empty()) lines[std::move(typed)].push_back(ahead.line());
  }
  return lines;
}

void refuse_twice(RecordRows& rows, const std::map<std::string, std::vector<std::uint32_t>>& lines, std::string_view key,
                  const std::string& id) {
  const auto found = lines.find(id);
  if (found == lines.end() || found->second.size() < 2) return;
  rows.refuse(key, "import/student-twice", say("{0} stands on lines {1} and {2}", id, found->second[0], found->second[1]),
              say("which of the two is right? nothing is taken over for {0}", id));
}

std::optional<PlannedFile> begin_file(const Context& context, std::string path, std::string first_line, Answer& answer) {
  PlannedFile file{.path = std::move(path)};
  const FileResult result = context.folder->read(file.path, file.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    file.is_new = true;
    file.bytes = std::move(first_line);
  } else if (result != FileResult::done) {
    answer.refusals.push_back(say("{0} could not be read.", file.path));
    return std::nullopt;
  }
  return file;
}

bool read_roster_lines(const Context& context, std::string_view schema, RosterLines& lines, Answer& answer) {
  const auto file = begin_file(context, lines.path(), {}, answer);
  if (file) lines.read(file->is_new ? nullptr : &file->bytes, schema);
  return file.has_value();
}

AddedLines::Text* AddedLines::text_of(const std::string& path) {
  if (const auto known = files_.find(path); known != files_.end()) return &known->second;
  auto file = begin_file(context_, path, first_line_, answer_);
  if (!file) return nullptr;
  Text made{.file = std::move(*file), .lines = {}};
  for (const std::string_view line : lines_of(made.file.bytes)) made.lines.emplace(without_end(line));
  return &files_.emplace(path, std::move(made)).first->second;
}

void AddedLines::take(const RowRecord& record, Text& text) {
  if (record.text.empty() || !text.lines.emplace(without_end(record.text)).second) {
    ++text.file.same;
    return;
  }
  append_line(text.file.bytes, record.text);
  text.file.differs = true;
  ++(record.corrects ? text.file.changed : text.file.added);
  if (record.corrects) return;
  for (const std::string& id : record.whom) {
    plan_.added.push_back({.path = record.path, .line = record.line, .student = id, .what = record.what});
  }
}

void AddedLines::finish() {
  std::set<std::uint32_t> refused;
  for (const RefusedRow& row : plan_.refused) refused.insert(row.line);
  for (const RowRecord& record : records_) {
    Text* text = text_of(record.path);
    if (text != nullptr && !refused.contains(record.line)) take(record, *text);
  }
  for (auto& [path, text] : files_) {
    if (!text.file.differs) text.file.bytes.clear();
    plan_.files.push_back(std::move(text.file));
  }
}

}  // namespace help
