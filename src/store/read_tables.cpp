// SPDX-License-Identifier: MIT
#include <algorithm>

#include "store/fields.hpp"
#include "store/reading.hpp"
#include "store/table_rows.hpp"

namespace help {
namespace {

/// The line of the rows' key, split off; nothing if the file is not in the program's own form.
std::optional<std::pair<std::string_view, std::string_view>> split_at_rows(std::string_view bytes, std::string_view key) {
  const std::string line = "\n" + std::string(key) + ":\n";
  const std::size_t at = bytes.find(line);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  return std::pair(bytes.substr(0, at + 1), bytes.substr(at + line.size()));
}

Shape without(Shape shape, std::string_view key) {
  std::vector<Field> fields = shape.fields.to_vector();
  std::erase_if(fields, [&](const Field& field) { return field.key == key; });
  shape.fields = std::move(fields);
  return shape;
}

/// Reads a folder of tables: what differs between grades and counts is given by `Kind`.
template <typename Kind>
class TableFolder {
 public:
  explicit TableFolder(Reading& reading)
      : reading_(reading), whole_shape_(Kind::shape()), head_shape_(without(whole_shape_, Kind::rows_key)) {}

  void read() {
    std::string bytes;
    for (const std::string& name : yaml_names(reading_, Kind::folder)) {
      const std::string path = std::string(Kind::folder) + "/" + name + ".yaml";
      if (!reading_.read_bytes(path, bytes)) {
        reading_.unreadable.insert(path);
      } else if (!reading_.options.use_fast_path || !read_fast(path, name, bytes)) {
        read_whole(path, name, bytes);
      }
    }
  }

 private:
  /// The strict form, without a single doubt; otherwise nothing has happened.
  bool read_fast(const std::string& path, const std::string& name, std::string_view bytes) {
    const auto parts = split_at_rows(bytes, Kind::rows_key);
    if (!parts) {
      return false;
    }
    Diagnostics doubts;
    Reading trial{.files = reading_.files, .options = reading_.options, .data = reading_.data, .problems = doubts};
    trial.knows_terms = true;
    Tree tree;
    if (!check_bytes(path, parts->first, doubts) || !read_yaml(path, parts->first, tree, doubts) || tree.nodes.empty() ||
        !check_shape(path, Value(tree, 0), head_shape_, doubts)) {
      return false;
    }
    typename Kind::Table table;
    RowsForm form = Kind::read_head(trial, path, name, Value(tree, 0), table);
    if (!doubts.empty()) {
      return false;
    }
    auto rows = read_rows(reading_.data, parts->second, form);
    if (!rows) {
      return false;
    }
    sort_rows(*rows, form.largest.size());
    Kind::take_rows(table, std::move(*rows));
    Kind::keep(reading_.data, std::move(table));
    return true;
  }

  void read_whole(const std::string& path, const std::string& name, std::string_view bytes) {
    Tree tree;
    if (!check_bytes(path, bytes, reading_.problems) || !read_yaml(path, bytes, tree, reading_.problems, reading_.options.use_fast_path)) {
      reading_.unreadable.insert(path);
      return;
    }
    if (tree.nodes.empty()) {
      reading_.unreadable.insert(path);
      reading_.report_file(path, Severity::error, "file/empty", say("the file is empty"),
                           say("see schemas/README.md for what belongs here"));
      return;
    }
    const Value root(tree, 0);
    check_shape(path, root, whole_shape_, reading_.problems);
    if (!root.is_mapping()) {
      return;
    }
    typename Kind::Table table;
    const RowsForm form = Kind::read_head(reading_, path, name, root, table);
    TableRows rows;
    std::vector<bool> seen(reading_.data.students.size(), false);
    if (const auto list = find(root, Kind::rows_key)) {
      for (const auto [id, cells] : entries_of(*list)) {
        const auto student = reading_.student(path, id);
        if (student && !seen[*student] && read_row(path, cells, form, rows)) {
          seen[*student] = true;
          rows.students.push_back(*student);
        }
      }
    }
    sort_rows(rows, form.largest.size());
    Kind::take_rows(table, std::move(rows));
    Kind::keep(reading_.data, std::move(table));
  }

  bool read_row(const std::string& path, const Value& cells, const RowsForm& form, TableRows& rows) {
    if (!cells.is_sequence()) {
      return false;  // reported by its shape
    }
    std::vector<std::int32_t> row;
    for (const Value cell : items_of(cells)) {
      const std::int64_t largest = row.size() < form.largest.size() ? form.largest[row.size()] : INT32_MAX;
      std::int64_t value = Kind::cell(cell);
      if (value > largest) {
        Kind::report_above(reading_, path, cell, largest);
        value = Kind::nothing;
      }
      row.push_back(static_cast<std::int32_t>(value));
    }
    if (row.size() != form.largest.size()) {
      reading_.error(path, cells, "table/row-length",
                     say("the row has {0}, the table has {1}", counted(std::ssize(row), "{0} cell", "{0} cells"),
                         counted(std::ssize(form.largest), "{0} column", "{0} columns")),
                     say("write ~ where there is no entry"));
      return false;
    }
    rows.cells.insert(rows.cells.end(), row.begin(), row.end());
    return true;
  }

  Reading& reading_;
  Shape whole_shape_;
  Shape head_shape_;
};

/// Whether the name of a file could be the id of what it holds; "…-final (副本)" could not.
bool may_be_id(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// Reports a file whose id is not its name.
void check_name(Reading& reading, const std::string& path, const std::string& name, const Value& about) {
  if (const auto id = find(about, "id"); id && id->is_scalar() && id->text() != name) {
    reading.error(path, *id, "table/other-name", say("the id '{0}' is not the name of the file", id->text()),
                  may_be_id(name) ? say("rename the file to {0}.yaml, or write the id {1}", id->text(), name)
                                  : say("rename the file to {0}.yaml; if it is a copy, delete it", id->text()));
  }
}

/// The titles of the columns; a title that stands twice is reported.
std::vector<Value> read_columns(Reading& reading, const std::string& path, const Value& root) {
  std::vector<Value> columns;
  if (const auto list = find(root, "columns")) {
    for (const Value column : items_of(*list)) {
      if (std::ranges::find(columns, column.text(), [](const Value& one) { return one.text(); }) != columns.end()) {
        reading.error(path, column, "table/column-twice", say("the column '{0}' stands here a second time", column.text()));
      }
      columns.push_back(column);
    }
  }
  return columns;
}

struct Grades {
  using Table = Exam;
  static constexpr std::string_view folder = "grades";
  static constexpr std::string_view rows_key = "scores";
  static constexpr std::int64_t nothing = static_cast<std::int64_t>(Mark::State::no_entry);
  static Shape shape() { return grades_shape(); }
  static void report_above(Reading& reading, const std::string& path, const Value& cell, std::int64_t largest) {
    reading.error(path, cell, "grades/above-full",
                  say("the mark {0} is above the full mark {1}", cell.text(), hundredths_to_string(largest)));
  }

  static std::int64_t cell(const Value& cell) {
    const auto mark = cell.is_scalar() ? parse_mark(cell.text()) : std::nullopt;
    if (!mark) return nothing;
    return mark->present() ? mark->hundredths() : static_cast<std::int64_t>(mark->state());
  }

  static void read_term(Reading& reading, const std::string& path, const Value& about, const Value& id, Exam& exam) {
    const Calendar& calendar = reading.data.calendar;
    const auto found = calendar.find_term(id.text());
    if (!found && !reading.knows_terms) {
      return;
    }
    if (!found) {
      std::vector<std::string_view> known;
      for (const Term& one : calendar.terms) {
        known.push_back(one.id);
      }
      reading.unknown(path, id, "reference/unknown-term", say("help.yaml has no term '{0}'", id.text()), known);
      return;
    }
    exam.term = *found;
    // The old school's mark is older than the term; a retest may stand at the start of the next one.
    const bool in_term = exam.kind != ExamKind::entry && exam.retests.empty();
    const Term& term = calendar.terms[*found];
    const auto date = find(about, "date");
    // A term that ends before it begins has no last day.
    if (in_term && date && date_of(*date) && term.days.until != Date::max() && !term.days.contains(exam.date)) {
      reading.error(path, *date, "grades/outside-term",
                    say("the exam lies outside its term {0} ({1} to {2})", term.id, to_string(term.days.from), to_string(term.days.until)));
    }
  }

  static void read_about(Reading& reading, const std::string& path, const Value& about, Exam& exam) {
    exam.id = text_at(about, "id");
    exam.name = text_at(about, "name");
    if (exam.name.empty()) {
      exam.name = exam.id;
    }
    exam.kind = parse_exam_kind(text_at(about, "kind")).value_or(ExamKind::other);
    exam.retests = text_at(about, "retests");
    exam.date = date_at(about, "date").value_or(Date{});
    if (const auto term = find(about, "term")) {
      read_term(reading, path, about, *term, exam);
    }
    if (exam.date != Date{} && !exam.id.starts_with(to_string(exam.date))) {
      if (const auto id = find(about, "id")) {
        reading.warn(path, *id, "grades/id-without-date", say("the id does not begin with the exam's day {0}", to_string(exam.date)),
                     say("ids that begin with the day keep a listing in order"));
      }
    }
  }

  static RowsForm read_head(Reading& reading, const std::string& path, const std::string& name, const Value& root, Exam& exam) {
    RowsForm form{.rows_key = rows_key};
    if (const auto about = find(root, "exam")) {
      check_name(reading, path, name, *about);
      read_about(reading, path, *about, exam);
    }
    const auto subjects = find(root, "subjects");
    const std::vector<Value> columns = read_columns(reading, path, root);
    for (const Value& column : columns) {
      const auto entry = subjects ? find(*subjects, column.text()) : std::nullopt;
      if (!entry) {
        std::vector<std::string_view> known;
        if (subjects) {
          for (const auto [subject, ignored] : entries_of(*subjects)) {
            known.push_back(subject.text());
          }
        }
        reading.unknown(path, column, "grades/column-without-full",
                        say("the column '{0}' has no full mark under `subjects`", column.text()), known);
      }
      const auto number = [&](std::string_view key) {
        const auto value = entry ? find(*entry, key) : std::nullopt;
        return value && value->is_scalar() ? parse_hundredths(value->text()) : std::nullopt;
      };
      const std::int32_t full = number("full").value_or(max_full_hundredths);
      // 60 % of a full mark in hundredths is a whole number of hundredths rounded up: nothing below it passes.
      const std::int32_t pass = number("pass").value_or((full * 3 + 4) / 5);
      if (pass > full && full > 0) {
        reading.error(path, *find(*entry, "pass"), "grades/pass-above-full",
                      say("the pass mark is above the full mark {0}", hundredths_to_string(full)));
      }
      exam.subjects.push_back({reading.subject(column.text()), full, pass});
      form.largest.push_back(full);
    }
    if (subjects) {
      for (const auto [subject, ignored] : entries_of(*subjects)) {
        if (std::ranges::find(columns, subject.text(), [](const Value& one) { return one.text(); }) == columns.end()) {
          reading.warn(path, subject, "grades/subject-without-column", say("the subject '{0}' has no column", subject.text()));
        }
      }
    }
    return form;
  }

  static void take_rows(Exam& exam, TableRows rows) {
    exam.students = std::move(rows.students);
    exam.marks.reserve(rows.cells.size());
    for (const std::int32_t cell : rows.cells) {
      exam.marks.push_back(cell >= 0 ? Mark::of(cell) : Mark(static_cast<Mark::State>(cell)));
    }
  }
  static void keep(Dataset& data, Exam exam) { data.exams.push_back(std::move(exam)); }
};

struct Counts {
  using Table = CountTable;
  static constexpr std::string_view folder = "counts";
  static constexpr std::string_view rows_key = "rows";
  static constexpr std::int64_t nothing = -1;
  static constexpr std::int32_t largest = 100'000;
  static Shape shape() { return counts_shape(); }
  static void report_above(Reading& /*reading*/, const std::string& /*path*/, const Value& /*cell*/, std::int64_t /*most*/) {
  }  // its shape has
  static std::int64_t cell(const Value& cell) { return whole_of(cell).value_or(nothing); }

  static RowsForm read_head(Reading& reading, const std::string& path, const std::string& name, const Value& root, CountTable& table) {
    RowsForm form{.rows_key = rows_key, .counts = true};
    if (const auto about = find(root, "counts")) {
      check_name(reading, path, name, *about);
      table.id = text_at(*about, "id");
      table.name = text_at(*about, "name");
      table.days = reading.period(path, *about);
    }
    for (const Value& column : read_columns(reading, path, root)) {
      table.columns.emplace_back(column.text());
      form.largest.push_back(largest);
    }
    return form;
  }
  static void take_rows(CountTable& table, TableRows rows) {
    table.students = std::move(rows.students);
    table.counts = std::move(rows.cells);
  }
  static void keep(Dataset& data, CountTable table) { data.counts.push_back(std::move(table)); }
};

/// The file was let go of when it was read: this happens too rarely to keep them all.
void report_unknown_exam(Reading& reading, const Exam& exam) {
  SourceFile file{.path = "grades/" + exam.id + ".yaml"};
  Diagnostics ignored;  // already reported
  const bool is_tree = reading.files.read(file.path, file.bytes, max_file_bytes) == FileResult::done &&
                       check_bytes(file.path, file.bytes, ignored) && read_yaml(file.path, file.bytes, file.tree, ignored);
  const auto about = is_tree && file.root() ? find(*file.root(), "exam") : std::nullopt;
  const auto at = about ? find(*about, "retests") : std::nullopt;
  if (!at) {
    return;  // the file has another name than its exam, which is reported
  }
  std::vector<std::string_view> known;
  for (const Exam& other : reading.data.exams) {
    if (other.id != exam.id) {
      known.push_back(other.id);
    }
  }
  reading.unknown(file.path, *at, "reference/unknown-exam", say("there is no exam '{0}'", exam.retests), known);
}

}  // namespace

void read_grades(Reading& reading) {
  TableFolder<Grades>(reading).read();
  auto& exams = reading.data.exams;
  std::ranges::sort(exams, [](const Exam& a, const Exam& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
  for (const Exam& exam : exams) {
    if (!exam.retests.empty() && !reading.data.find_exam(exam.retests) &&
        !reading.unreadable.contains("grades/" + exam.retests + ".yaml")) {
      report_unknown_exam(reading, exam);
    }
  }
}

void read_counts(Reading& reading) {
  TableFolder<Counts>(reading).read();
  std::ranges::sort(reading.data.counts,
                    [](const CountTable& a, const CountTable& b) { return std::tie(a.days.from, a.id) < std::tie(b.days.from, b.id); });
}

}  // namespace help
