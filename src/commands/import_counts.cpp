// SPDX-License-Identifier: MIT
// Counted facts of a period: absences, homework not handed in …
#include <algorithm>
#include <map>
#include <set>

#include "commands/import_record_rows.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

constexpr std::int32_t no_entry = -1;
constexpr std::int32_t most_counted = 100'000;

/// A file of counts with its rows by id.
struct CountFile {
  std::string id;
  std::string name;
  Period days;
  std::vector<std::string> columns;
  std::map<std::string, std::vector<std::int32_t>> rows;

  [[nodiscard]] std::string bytes() const {
    RecordLine head;
    head.word("id", id).given_word("name", name).period(days);
    RecordLine names;
    names.words("columns", columns);
    std::string line = names.flow();
    std::string made = schema_comment("counts") + "counts: " + head.flow() + "\n" + line.substr(1, line.size() - 2) + "\nrows:\n";
    for (const auto& [student, counts] : rows) {
      made += "  " + double_quoted(student) + ": [";
      for (std::size_t at = 0; at < counts.size(); ++at)
        made += (at == 0 ? "" : ", ") + (counts[at] == no_entry ? std::string("~") : std::to_string(counts[at]));
      made += "]\n";
    }
    return made;
  }
};

CountFile file_of(const Dataset& data, const CountTable& table) {
  CountFile file{.id = table.id, .name = table.name, .days = table.days, .columns = table.columns, .rows = {}};
  for (std::size_t row = 0; row < table.students.size(); ++row) {
    auto& counts = file.rows[data.students[table.students[row]].id];
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      counts.push_back(table.counts[row * table.columns.size() + column]);
  }
  return file;
}

std::optional<std::int32_t> count_of_text(const std::string& text) {
  if (text == "~") return no_entry;
  const auto hundredths = parse_hundredths(narrow(text));
  if (!hundredths || *hundredths % 100 != 0 || *hundredths / 100 > most_counted || *hundredths < 0) return std::nullopt;
  return *hundredths / 100;
}

class CountPlanner {
 public:
  CountPlanner(const Context& context, const RecordTable& table, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), table_(table), rows_(rows), plan_(plan) {}

  void plan(Answer& answer) {
    while (rows_.next_as_written()) note_row();
    while (rows_.next()) plan_row(answer);
    std::set<std::uint32_t> refused;
    for (const RefusedRow& row : plan_.refused) refused.insert(row.line);
    for (const Counted& one : taken_) {
      if (!refused.contains(one.line)) take(one);
    }
    for (auto& [id, one] : periods_) {
      one.planned.differs = one.planned.added + one.planned.changed > 0;
      if (one.planned.differs && !one.is_our_form) {
        answer.problems.push_back({.code = "import/other-form",
                                   .where = {.path = one.planned.path, .line = 1},
                                   .message = say("this is not in the form that the program writes, so it will not change the file"),
                                   .hint = say("write one student a line, in the order of ids, and no comments")});
      }
      if (one.planned.differs) one.planned.bytes = one.file.bytes();
      plan_.files.push_back(std::move(one.planned));
    }
  }

 private:
  struct OnePeriod {
    CountFile file;
    PlannedFile planned;
    bool is_our_form = true;
  };
  using Counts = std::vector<std::pair<std::string, std::int32_t>>;
  /// What a row says.
  struct Counted {
    std::uint32_t line = 0;
    StudentIndex student = 0;
    std::string period;
    Counts counts;
  };

  OnePeriod* period_of_row(Answer& answer) {
    const std::string id = narrow(rows_.needed("period"));
    const auto from = rows_.date("from");
    const auto until = rows_.date("until");
    if (rows_.is_refused()) return nullptr;
    const bool is_known = std::ranges::find(data_.counts, id, &CountTable::id) != data_.counts.end();
    if (!is_known && is_id_made_a_date(id)) {
      rows_.refuse_date_for_id("period", id, "2026-01");
      return nullptr;
    }
    if (!is_code_text(id)) {
      rows_.refuse("period", "import/not-an-id", say("'{0}' is no id of a period", id), say("small letters, digits and -, like 2026-03"));
      return nullptr;
    }
    if (const auto known = periods_.find(id); known != periods_.end()) return same_days(known->second, from, until);
    const auto there = std::ranges::find(data_.counts, id, &CountTable::id);
    OnePeriod made;
    made.planned.path = "counts/" + id + ".yaml";
    if (there != data_.counts.end()) {
      made.file = file_of(data_, *there);
      std::string bytes;
      if (context_.folder->read(made.planned.path, bytes, max_file_bytes) != FileResult::done) {
        answer.refusals.push_back(say("{0} could not be read.", made.planned.path));
      }
      made.is_our_form = bytes == made.file.bytes();
    } else if (!from || !until) {
      rows_.refuse(from ? "until" : "from", "import/nothing-there", say("the period {0} is new: its first and last day are needed", id));
      return nullptr;
    } else {
      made.planned.is_new = true;
      made.file = {.id = id, .name = {}, .days = {.from = *from, .until = *until}, .columns = {}, .rows = {}};
    }
    if (made.file.days.from > context_.today) {
      rows_.refuse("period", "import/record",
                   say("{0} lies in the future: what has not taken place yet is not written down.", to_string(made.file.days.from)));
      return nullptr;
    }
    return same_days(periods_.emplace(id, std::move(made)).first->second, from, until);
  }

  OnePeriod* same_days(OnePeriod& one, const std::optional<Date>& from, const std::optional<Date>& until) {
    const Period& days = one.file.days;
    if ((!from || *from == days.from) && (!until || *until == days.until)) return &one;
    rows_.refuse("from", "import/record-differs",
                 say("the period {0} is from {1} to {2}", one.file.id, to_string(days.from), to_string(days.until)));
    return nullptr;
  }

  /// The counts of a row; an empty cell says nothing.
  Counts counts_of_row() {
    Counts counts;
    for (const auto& [column, place] : table_.counts) {
      const std::string text = rows_.cell(place);
      if (text.empty()) continue;
      if (const auto count = count_of_text(text)) {
        counts.emplace_back(column, *count);
      } else {
        rows_.refuse_column(rows_.title(place), "import/not-a-number", say("'{0}' is no whole number from 0 to {1}", text, most_counted));
      }
    }
    return counts;
  }

  /// Whom a row counts for that stands as the form was written; one without counts is nobody's.
  void note_row() {
    const Counts counts = counts_of_row();
    const auto student = data_.find_student(narrow(rows_.text("student")));
    if (student && !counts.empty()) lines_.emplace(std::pair(narrow(rows_.text("period")), data_.students[*student].id), rows_.line());
  }

  void plan_row(Answer& answer) {
    const std::string who = rows_.needed("student");
    Counts counts = counts_of_row();
    // Of a student of the form nothing was counted.
    if (rows_.is_refused() || counts.empty()) return;
    OnePeriod* one = period_of_row(answer);
    if (one == nullptr) return;
    rows_.goes_to(one->planned.path);
    const Period& days = one->file.days;
    const auto student = rows_.student("student", who, days);
    if (!student || !is_named(*student) || !rows_.is_here("student", *student, days)) return;
    rows_.is_about(data_.students[*student].id);
    if (const auto [line, is_first] = lines_.emplace(std::pair(one->file.id, rows_.whom()), rows_.line()); !is_first) {
      return rows_.refuse_both(line->second, "student", "import/student-twice",
                               say("{0} stands on lines {1} and {2}", rows_.whom(), line->second, rows_.line()),
                               say("which of the two is right? nothing is taken over for {0}", rows_.whom()));
    }
    taken_.push_back({.line = rows_.line(), .student = *student, .period = one->file.id, .counts = std::move(counts)});
  }

  /// Whether the name beside the id is that of the student.
  bool is_named(StudentIndex student) {
    const Student& who = data_.students[student];
    const std::string name = rows_.text("name");
    if (name.empty() || name_key(name) == name_key(who.name)) return true;
    rows_.refuse("name", "import/other-name", say("{0} is {1} in the roster, but {2} in the table", who.id, who.name, name),
                 say("is the id right? is the row?"));
    return false;
  }

  void take(const Counted& row) {
    OnePeriod& one = periods_.at(row.period);
    const Student& student = data_.students[row.student];
    for (const auto& [column, count] : row.counts) {
      if (std::ranges::find(one.file.columns, column) != one.file.columns.end()) continue;
      one.file.columns.push_back(column);
      for (auto& [other, counts] : one.file.rows) counts.push_back(no_entry);
    }
    const bool is_new = !one.file.rows.contains(student.id);
    auto& counts = one.file.rows[student.id];
    counts.resize(one.file.columns.size(), no_entry);
    bool is_changed = false;
    for (const auto& [column, count] : row.counts) {
      const auto at = static_cast<std::size_t>(std::ranges::find(one.file.columns, column) - one.file.columns.begin());
      if (counts[at] == count) continue;
      is_changed = true;
      const auto text = [](std::int32_t number) { return number == no_entry ? std::string("~") : std::to_string(number); };
      if (!is_new) {
        plan_.changes.push_back({.path = one.planned.path,
                                 .line = row.line,
                                 .student = student.id,
                                 .name = student.name,
                                 .what = as_data(column),
                                 .before = text(counts[at]),
                                 .after = text(count),
                                 .overwrites = counts[at] != no_entry});
      }
      counts[at] = count;
    }
    if (is_new) plan_.added.push_back({.path = one.planned.path, .line = row.line, .student = student.id, .what = what_of(row)});
    ++(is_new ? one.planned.added : is_changed ? one.planned.changed : one.planned.same);
  }

  static Message what_of(const Counted& row) {
    std::string all;
    for (const auto& [column, count] : row.counts) {
      if (count != no_entry) all += (all.empty() ? "" : ", ") + column + " " + std::to_string(count);
    }
    return as_data(row.period + ": " + all);
  }

  const Context& context_;
  const Dataset& data_;
  const RecordTable& table_;
  RecordRows& rows_;
  ImportPlan& plan_;
  std::map<std::string, OnePeriod> periods_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> lines_;  ///< of the table, by period and student
  std::vector<Counted> taken_;
};

}  // namespace

void plan_counts(const Context& context, const RecordTable& table, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  CountPlanner(context, table, rows, plan).plan(answer);
}

}  // namespace help
