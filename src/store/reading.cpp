// SPDX-License-Identifier: MIT
#include "store/reading.hpp"

#include <algorithm>

#include "diag/nearest.hpp"
#include "store/fields.hpp"

namespace help {
namespace {

// Looking for the nearest of thousands of ids is slow: a file full of unknown ids gets a hint for the first few.
constexpr int hints_for_a_code = 20;
// One wrong roster makes every row of every table unknown: the first of a file show what is wrong, the rest are counted.
constexpr std::int64_t unknown_ids_for_a_file = 10;

template <typename Things>
std::vector<std::string_view> ids_of(const Things& things) {
  std::vector<std::string_view> ids;
  for (const auto& thing : things) {
    ids.push_back(thing.id);
  }
  return ids;
}

}  // namespace

Diagnostic* Reading::report(std::string_view path, const Value& at, Severity severity, std::string_view code, Message message,
                            Message hint) {
  return repeated.add(path, at, severity, code, std::move(message), std::move(hint));
}

void Reading::report_file(std::string_view path, Severity severity, std::string_view code, Message message, Message hint) {
  problems.push_back(Diagnostic{
      .severity = severity, .code = code, .where = {.path = std::string(path)}, .message = std::move(message), .hint = std::move(hint)});
}

bool Reading::read_bytes(const std::string& path, std::string& bytes) {
  switch (files.read(path, bytes, max_file_bytes)) {
    case FileResult::done:
      return true;
    case FileResult::missing:
      return false;
    case FileResult::not_regular:
      report_file(path, Severity::error, "file/not-regular", say("this is a folder, a link or a device, not a file"),
                  say("put the file itself here: links are not followed"));
      return false;
    case FileResult::outside:
      report_file(path, Severity::error, "file/outside", say("the path leaves the records folder"));
      return false;
    case FileResult::too_large:
      report_file(path, Severity::error, "file/too-large", say("the file is larger than {0} MiB", max_file_bytes >> 20U));
      return false;
    case FileResult::denied:
      report_file(path, Severity::error, "file/denied", say("the file may not be read by you"));
      return false;
    default:
      report_file(path, Severity::error, "file/unreadable", say("the file could not be read"));
      return false;
  }
}

std::unique_ptr<SourceFile> Reading::open(const std::string& path, const Shape& shape) {
  auto file = std::make_unique<SourceFile>();
  file->path = path;
  if (!read_bytes(path, file->bytes) || !check_bytes(path, file->bytes, problems) ||
      !read_yaml(path, file->bytes, file->tree, problems, options.use_fast_path)) {
    return nullptr;
  }
  if (const auto root = file->root(); root && !root->is_null()) {
    file->sound = check_shape(path, *root, shape, problems);
  } else if (shape.kind == Shape::Kind::list) {
    file->tree.nodes.clear();  // a list file that holds only comments is an empty list
    file->sound = true;
  } else {
    report_file(path, Severity::error, "file/empty", say("the file is empty"), say("see schemas/README.md for what belongs here"));
  }
  return file;
}

void Reading::unknown(std::string_view path, const Value& id, std::string_view code, Message message,
                      const std::vector<std::string_view>& known, Severity severity) {
  Diagnostic* const added = repeated.add(path, id, severity, code, std::move(message), {}, unknown_ids_for_a_file);
  const auto near = added != nullptr && hints_given[code]++ < hints_for_a_code ? nearest(id.text(), known) : std::nullopt;
  if (near) {
    added->hint = say("did you mean '{0}'?", *near);
  }
}

void Reading::check_known(std::string_view path, const Value& item, std::string_view key, const std::vector<Named>& known,
                          std::string_view code, const char* message) {
  const auto value = find(item, key);
  if (!value) return;
  const auto ids = ids_of(known);
  const auto check_one = [&](const Value& word) {
    if (std::ranges::find(ids, word.text()) == ids.end()) unknown(path, word, code, say(message, word.text()), ids);
  };
  if (value->is_scalar()) return check_one(*value);
  for (const Value word : items_of(*value)) check_one(word);
}

void Reading::not_in_policy(std::string_view path, const Value& code_at, std::string_view code, Message message,
                            const std::vector<Named>& known) {
  if (knows_policy && std::ranges::find(known, code_at.text(), &Named::id) == known.end()) {
    unknown(path, code_at, code, std::move(message), ids_of(known), Severity::warning);
  }
}

bool Reading::explains_unknown(std::string_view roster_path, std::string_view named_in) {
  if (unreadable.contains(roster_path)) return true;
  std::string bytes;
  if (files.read(roster_path, bytes, max_file_bytes) != FileResult::missing) return false;
  unreadable.emplace(roster_path);
  report_file(roster_path, Severity::error, "file/missing", say("the file is missing"), say("{0} names what should stand in it", named_in));
  return true;
}

std::optional<StudentIndex> Reading::student(std::string_view path, const Value& id) {
  const auto index = data.find_student(id.text());
  if (!index && id.is_scalar() && !explains_unknown("roster/students.yaml", path)) {
    // The neighbour of a number is another child, and as likely wrong: no guess is made.
    const bool is_number = std::ranges::all_of(id.text(), [](char c) { return c >= '0' && c <= '9'; });
    unknown(path, id, "reference/unknown-student", say("no student has the id '{0}'", id.text()),
            is_number ? std::vector<std::string_view>{} : ids_of(data.students));
  }
  return index;
}

std::optional<StaffIndex> Reading::staff(std::string_view path, const Value& id) {
  const auto index = data.find_staff(id.text());
  if (!index && id.is_scalar() && !explains_unknown("roster/staff.yaml", path)) {
    unknown(path, id, "reference/unknown-staff", say("no member of staff has the id '{0}'", id.text()), ids_of(data.staff));
  }
  return index;
}

std::optional<ClassIndex> Reading::school_class(std::string_view path, const Value& id) {
  const auto index = data.find_class(id.text());
  if (!index && id.is_scalar() && !explains_unknown("roster/classes.yaml", path)) {
    unknown(path, id, "reference/unknown-class", say("no class has the id '{0}'", id.text()), ids_of(data.classes));
  }
  return index;
}

std::optional<BodyIndex> Reading::body(std::string_view path, const Value& id) {
  const auto index = data.find_body(id.text());
  if (!index && id.is_scalar() && !explains_unknown("roster/bodies.yaml", path)) {
    unknown(path, id, "reference/unknown-body", say("no body has the id '{0}'", id.text()), ids_of(data.bodies));
  }
  return index;
}

std::optional<SubjectIndex> Reading::subject_at(const Value& item) {
  const auto name = find(item, "subject");
  return name && !name->text().empty() ? std::optional(subject(name->text())) : std::nullopt;
}

SubjectIndex Reading::subject(std::string_view name) {
  const auto [place, added] = data.subject_by_name.try_emplace(std::string(name), static_cast<SubjectIndex>(data.subjects.size()));
  if (added) {
    data.subjects.emplace_back(name);
  }
  return place->second;
}

Period Reading::period(std::string_view path, const Value& record) {
  Period days = period_at(record);
  if (days.until < days.from) {
    error(path, *find(record, "until"), "field/ends-before-it-begins",
          say("the last day {0} lies before the first day {1}", to_string(days.until), to_string(days.from)));
    days.until = Date::max();
  }
  return days;
}

void check_listable(Reading& reading, std::string_view folder) {
  switch (reading.files.state_of_folder(folder)) {
    case FileResult::done:
    case FileResult::missing:
      return;
    case FileResult::not_regular:
      reading.report_file(folder, Severity::error, "file/not-regular", say("this is a link or a file, where a folder should be"),
                          say("put the folder itself here: links are not followed"));
      return;
    case FileResult::denied:
      reading.report_file(folder, Severity::error, "file/denied", say("the folder may not be read by you"));
      return;
    default:
      reading.report_file(folder, Severity::error, "file/unreadable", say("the folder could not be read"));
  }
}

std::vector<std::string> yaml_names(Reading& reading, std::string_view folder) {
  std::vector<std::string> names;
  check_listable(reading, folder);
  const auto not_read = [&](const std::string& name) {
    reading.report_file(std::string(folder) + "/" + name, Severity::warning, "file/unexpected",
                        say("this is not read: only files that end in .yaml are"));
  };
  // Who sorts tables into folders of their own must hear that they are not read.
  std::ranges::for_each(reading.files.folders(folder), not_read);
  for (std::string& name : reading.files.list(folder)) {
    if (name.ends_with(".yaml")) {
      name.resize(name.size() - 5);
      names.push_back(std::move(name));
    } else {
      not_read(name);
    }
  }
  return names;
}

}  // namespace help
