// SPDX-License-Identifier: MIT
#include "commands/import_record_rows.hpp"

#include <algorithm>

#include "commands/note.hpp"
#include "diag/nearest.hpp"
#include "model/class_finder.hpp"
#include "model/people.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/formats.hpp"
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
std::optional<std::uint32_t> person_called(const People& people, const std::string& text, Message& why, Message& hint) {
  const auto [name, id] = name_and_id(text);
  for (std::uint32_t at = 0; at < people.size(); ++at) {
    if (people[at].id != id) continue;
    if (name.empty() || name_key(name) == name_key(people[at].name)) return at;
    why = say("{0} is {1} in the roster, but {2} in the table", id, people[at].name, name);
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
    why = say("several are called '{0}': {1}", text, list_of_ids(same_name));
    hint = say("write the id");
    return std::nullopt;
  }
  std::vector<std::string_view> known;
  for (const auto& one : people) {
    known.push_back(one.id);
    known.push_back(one.name);
  }
  const auto near = nearest(text, known);
  why = say("the roster has nobody called '{0}'", text);
  if (near) hint = say("did you mean '{0}'?", *near);
  return std::nullopt;
}

}  // namespace

bool RecordRows::next() {
  refused_ = false;
  student_id.clear();
  for (++row_; row_ < sheet_.row_count(); ++row_) {
    if (sheet_.line(row_) <= table_.header) continue;
    const auto has_text = [this](const auto& field) { return field.second.column && !cell(*field.second.column).empty(); };
    if (!std::ranges::any_of(table_.fields, has_text)) continue;
    ++plan_.rows;
    return true;
  }
  return false;
}

std::string RecordRows::cell(std::size_t column) const { return cell_text(sheet_.cell(row_, column)); }

std::string RecordRows::title(std::size_t column) const {
  for (std::size_t row = 0; row < sheet_.row_count(); ++row) {
    if (sheet_.line(row) == table_.header) return cell_text(sheet_.cell(row, column));
  }
  return std::to_string(column + 1);
}

std::string RecordRows::text(std::string_view key) const {
  const auto field = table_.fields.find(key);
  if (field == table_.fields.end()) return {};
  if (!field->second.column) return field->second.fixed;
  std::string typed = cell(*field->second.column);
  const auto word = std::ranges::find(field->second.words, typed, &std::pair<std::string, std::string>::first);
  return word == field->second.words.end() ? typed : word->second;
}

void RecordRows::refuse(std::string_view key, std::string_view code, Message reason, Message hint) {
  const auto field = table_.fields.find(key);
  refuse_column(field == table_.fields.end() || !field->second.column ? std::string() : field->second.title, code, std::move(reason),
                std::move(hint));
}

void RecordRows::refuse_column(std::string column, std::string_view code, Message reason, Message hint) {
  refused_ = true;
  plan_.refused.push_back({.line = line(),
                           .column = std::move(column),
                           .student = student_id,
                           .code = code,
                           .reason = std::move(reason),
                           .hint = std::move(hint)});
}

void RecordRows::refuse_row(RefusedRow row) {
  refused_ = true;
  row.line = line();
  plan_.refused.push_back(std::move(row));
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

std::optional<Date> RecordRows::date(std::string_view key) {
  const std::string typed = text(key);
  if (typed.empty()) return std::nullopt;
  const auto day = date_of_text(typed);
  if (!day) refuse(key, "import/not-a-date", say("'{0}' is no date", typed), say("write the date as YYYY-MM-DD, like 2026-03-02"));
  return day;
}

std::optional<StudentIndex> RecordRows::student(std::string_view key, const std::string& typed) {
  // A name is enough where the class says whose it is.
  if (const std::string in_text = text("class"); !in_text.empty() && !context_.data.find_student(name_and_id(typed).second)) {
    const auto in = school_class("class", in_text);
    if (!in) return std::nullopt;
    const Date day = date_of_text(text("date")).value_or(context_.today);
    std::vector<StudentIndex> found;
    for (StudentIndex at = 0; at < context_.data.students.size(); ++at) {
      const bool is_called = name_key(context_.data.students[at].name) == name_key(typed);
      if (is_called && context_.data.class_of(at, day) == in) found.push_back(at);
    }
    if (found.size() == 1) return found.front();
    std::vector<std::string> ids;
    for (const StudentIndex at : found) ids.push_back(context_.data.students[at].id);
    refuse(key, "import/unknown-student",
           found.empty() ? say("nobody in {0} is called '{1}' on {2}", context_.data.classes[*in].id, typed, to_string(day))
                         : say("several are called '{0}': {1}", typed, list_of_ids(ids)),
           found.empty() ? Message{} : say("write the id"));
    return std::nullopt;
  }
  Message why;
  Message hint;
  const auto found = person_called(context_.data.students, typed, why, hint);
  if (!found) refuse(key, "import/unknown-student", std::move(why), std::move(hint));
  return found;
}

std::optional<StaffIndex> RecordRows::staff(std::string_view key, const std::string& typed) {
  Message why;
  Message hint;
  const auto found = person_called(context_.data.staff, typed, why, hint);
  if (!found) refuse(key, "import/unknown-person", std::move(why), std::move(hint));
  return found;
}

std::optional<Party> RecordRows::party(std::string_view key, const std::string& typed) {
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
  const auto found = person_called(all, typed, why, hint);
  if (!found) {
    refuse(key, "import/unknown-person", std::move(why), std::move(hint));
    return std::nullopt;
  }
  const auto staff_count = static_cast<std::uint32_t>(data.staff.size());
  const auto people_count = staff_count + static_cast<std::uint32_t>(data.students.size());
  if (*found < staff_count) return Party{Party::Kind::staff, *found};
  if (*found < people_count) return Party{Party::Kind::student, *found - staff_count};
  return Party{Party::Kind::body, *found - people_count};
}

std::optional<ClassIndex> RecordRows::school_class(std::string_view key, const std::string& typed) {
  const Found<ClassIndex> found = find_classes(context_.data, typed);
  if (found.exact && found.one()) return found.one();
  std::vector<std::string_view> known;
  for (const SchoolClass& one : context_.data.classes) known.insert(known.end(), {one.id, one.name});
  const auto near = nearest(typed, known);
  refuse(key, "import/unknown-class", say("no class is called '{0}', or more than one", typed),
         near ? say("did you mean '{0}'?", *near) : Message{});
  return std::nullopt;
}

std::optional<std::string> RecordRows::word(std::string_view key, const std::string& typed,
                                            const std::vector<std::pair<std::string, Message>>& known) {
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
  refuse(key, "import/unknown-word", say("'{0}' is not one of the words that are known here", typed),
         near ? say("did you mean '{0}'?", *near) : say("known are: {0}", codes));
  return std::nullopt;
}

std::vector<std::string> RecordRows::several(const std::string& text) { return parts_of_list(text); }

// ---- files that are changed and added to ----

std::map<std::string, std::vector<std::uint32_t>> lines_by_text(const RecordRows& rows, std::string_view key) {
  std::map<std::string, std::vector<std::uint32_t>> lines;
  ImportPlan unused;
  RecordRows ahead = rows.once_more(unused);
  while (ahead.next()) {
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

bool read_roster_lines(const Context& context, std::string_view schema, RosterLines& lines, Answer& answer) {
  std::string bytes;
  const FileResult result = context.folder->read(lines.path(), bytes, max_file_bytes);
  if (result != FileResult::done && result != FileResult::missing) {
    answer.refusals.push_back(say("{0} could not be read.", lines.path()));
    return false;
  }
  lines.read(result == FileResult::done ? &bytes : nullptr, schema);
  return true;
}

PlannedFile* AddedLines::file(const std::string& path) {
  const auto known = std::ranges::find(files_, path, &PlannedFile::path);
  if (known != files_.end()) return &*known;
  PlannedFile made{.path = path};
  const FileResult result = context_.folder->read(path, made.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    made.is_new = true;
    made.bytes = first_line_;
  } else if (result != FileResult::done) {
    answer_.refusals.push_back(say("{0} could not be read.", path));
    return nullptr;
  }
  files_.push_back(std::move(made));
  return &files_.back();
}

const std::string* AddedLines::bytes(const std::string& path) {
  const PlannedFile* found = file(path);
  return found == nullptr ? nullptr : &found->bytes;
}

void AddedLines::add(const std::string& path, const std::string& line) {
  PlannedFile* found = file(path);
  if (found == nullptr) return;
  const bool is_there = std::ranges::any_of(lines_of(found->bytes),
                                            [wanted = without_end(line)](std::string_view one) { return without_end(one) == wanted; });
  if (is_there) {
    ++found->same;
    return;
  }
  append_line(found->bytes, line);
  ++found->added;
  rows_.count_new(path);
  found->differs = true;
}

void AddedLines::count_same(const std::string& path) {
  if (PlannedFile* found = file(path)) ++found->same;
}

void AddedLines::correct(const std::string& path, const std::string& line) {
  PlannedFile* found = file(path);
  if (found == nullptr) return;
  append_line(found->bytes, line);
  ++found->changed;
  found->differs = true;
}

void AddedLines::finish() {
  std::ranges::sort(files_, {}, &PlannedFile::path);
  for (PlannedFile& one : files_) {
    if (one.added + one.changed + one.same + one.refused == 0) continue;
    if (!one.differs) one.bytes.clear();
    plan_.files.push_back(std::move(one));
  }
}

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

}  // namespace help
