// SPDX-License-Identifier: MIT
#include "store/import_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <unordered_map>

#include "diag/nearest.hpp"
#include "store/bytes.hpp"
#include "store/cell_text.hpp"
#include "store/csv.hpp"
#include "store/derived_total.hpp"
#include "store/sheet_rows.hpp"
#include "store/student_by_name.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

using ColumnPlace = std::size_t;  // of a column, from 0

struct LongPlaces {
  std::optional<ColumnPlace> exam;
  std::optional<ColumnPlace> subject;
  ColumnPlace mark = 0;
};

/// Where the columns of a mapping stand in a table.
struct ColumnPlaces {
  std::optional<ColumnPlace> id;
  std::optional<ColumnPlace> checked_name;
  std::optional<ColumnPlace> student_class;  // who is meant, where there is no id
  std::optional<ColumnPlace> roster_name;
  std::optional<ColumnPlace> roster_class;
  std::optional<ColumnPlace> transferred;
  std::vector<std::vector<std::pair<std::uint32_t, ColumnPlace>>> exams;  // (subject, column) of each exam of a wide table
  std::vector<std::vector<ColumnPlace>> totals;                           // of each exam
  std::optional<LongPlaces> one_a_row;
  std::vector<ColumnPlace> all;
};

/// Finds the titles of a mapping in the header of a table.
class Binder {
 public:
  Binder(const Mapping& mapping, const Sheet& sheet, Diagnostics& problems)
      : mapping_(mapping), sheet_(sheet), header_(header_of(mapping, sheet)), titles_(sheet, header_), problems_(problems) {}

  /// False if there is no header where the mapping says.
  bool find_header() {
    if (titles_.are_there()) {
      return !titles_.are_expected() || check_separator();
    }
    problems_.push_back({.code = "import/no-header",
                         .where = {.path = sheet_.name(), .line = header_},
                         .message = say("no column titles begin on line {0}", header_),
                         .hint = say("write the line of the titles in the mapping: table: {{header: N}}")});
    return false;
  }

  // One problem instead of one for each column.
  bool check_separator() {
    const auto& titles = titles_.texts();
    const auto is_other = [&](char sign) { return sign != *mapping_.separator && titles[0].find(sign) != std::string::npos; };
    const auto* const other = mapping_.separator && titles.size() == 1 ? std::ranges::find_if(separators, is_other) : separators.end();
    if (other == separators.end()) {
      return true;
    }
    problems_.push_back({.code = "import/one-column",
                         .where = {.path = sheet_.name(), .line = header_},
                         .message = say("with the separator of the mapping the table has one column only: '{0}'", titles[0]),
                         .hint = say("write in the mapping: table: {{separator: {0}}}",
                                     *other == '\t' ? std::string("tab") : '"' + std::string(1, *other) + '"')});
    return false;
  }

  ColumnPlaces bind() {
    ColumnPlaces places;
    places.id = place_of(mapping_.student.id);
    places.checked_name = place_of(mapping_.student.name);
    places.student_class = place_of(mapping_.student.in.column);
    if (mapping_.roster) {
      places.roster_name = place_of(mapping_.roster->name);
      places.roster_class = place_of(mapping_.roster->in.column);
      places.transferred = place_of(mapping_.roster->transferred);
    }
    if (mapping_.marks) {
      bind_marks(*mapping_.marks, places);
    }
    places.all = std::move(used_);
    return places;
  }

  [[nodiscard]] const SheetTitles& titles() const { return titles_; }

 private:
  void bind_marks(const MarkColumns& marks, ColumnPlaces& places) {
    if (marks.one_a_row) {
      LongPlaces& one = places.one_a_row.emplace();
      one.exam = place_of(marks.one_a_row->exam);
      one.subject = place_of(marks.one_a_row->subject);
      one.mark = place_of(marks.one_a_row->mark).value_or(0);
      return;
    }
    for (const MappedExam& exam : marks.exams) {
      auto& columns = places.exams.emplace_back();
      for (const auto& [subject, title] : exam.columns) {
        columns.emplace_back(static_cast<std::uint32_t>(subject), place_of(title).value_or(0));
      }
      auto& totals = places.totals.emplace_back();
      for (const MappedTotal& total : exam.totals) {
        totals.push_back(place_of(total.column).value_or(0));
      }
    }
  }

  std::optional<ColumnPlace> place_of(const MappedText& title) {
    if (!title.given()) {
      return std::nullopt;
    }
    const auto place = header_ == 0 ? place_by_number(title) : place_by_title(title);
    if (place) {
      used_.push_back(*place);
    }
    return place;
  }

  std::optional<ColumnPlace> place_by_number(const MappedText& title) {
    std::uint32_t number = 0;
    const char* end = title.text.data() + title.text.size();
    const auto [stop, error] = std::from_chars(title.text.data(), end, number);
    if (error != std::errc{} || stop != end || number == 0 || number > SheetLimits::columns) {
      problems_.push_back(
          mapping_.problem(title, "import/unknown-column", say("the table has no titles: '{0}' is no column number", title.text),
                           say("columns are called \"1\", \"2\", \"3\" …, or write the line of the titles: table: {{header: N}}")));
      return std::nullopt;
    }
    return number - 1;
  }

  std::optional<ColumnPlace> place_by_title(const MappedText& title) {
    const SheetTitles::Found found = titles_.find(title.text);
    if (!found.column) {
      problems_.push_back(mapping_.problem(title, "import/unknown-column", say("{0} has no column '{1}'", sheet_.name(), title.text),
                                           title_hint(cell_text(title.text))));
    } else if (found.again) {
      problems_.push_back(mapping_.problem(
          title, "import/column-twice",
          say("columns {0} and {1} of {2} are both called '{3}'", *found.column + 1, *found.again + 1, sheet_.name(), title.text),
          say("give one of them another title")));
      return std::nullopt;
    }
    return found.column;
  }

  [[nodiscard]] Message title_hint(std::string_view wanted) const {
    const std::vector<std::string_view> known(titles_.texts().begin(), titles_.texts().end());
    // One that holds the wanted title, and a sign or a remark besides, is nearer than one with another character in it.
    const auto holds = [&](std::string_view title) { return title.find(wanted) != std::string_view::npos; };
    if (const auto longer = std::ranges::find_if(known, holds); longer != known.end() && !wanted.empty()) {
      return say("did you mean '{0}'?", *longer);
    }
    if (const auto near = nearest(wanted, known)) {
      return say("did you mean '{0}'?", *near);
    }
    std::string list;
    for (const std::string_view title : known) {
      list.append(list.empty() ? "" : ", ").append(title);
    }
    return say("its columns: {0}", list);
  }

  const Mapping& mapping_;
  const Sheet& sheet_;
  std::uint32_t header_;
  SheetTitles titles_;
  Diagnostics& problems_;
  std::vector<ColumnPlace> used_;
};

// Looking for the nearest of many words is slow: a table full of unknown ones gets a hint for the first few.

/// Reads row after row; what a row says goes into `result_`.
class ImportRowReader {
  static constexpr std::string_view full_word = "满分";

 public:
  ImportRowReader(const Dataset& data, const Mapping& mapping, const Sheet& sheet, const ColumnPlaces& places, const SheetTitles& titles)
      : data_(data), mapping_(mapping), sheet_(sheet), by_name_(data, mapping), places_(places), titles_(titles), rows_(sheet, titles) {
    for (const std::optional<ColumnPlace>& column : {places.id, places.checked_name, places.roster_name}) {
      if (column) whose_.who.push_back(*column);
    }
    whose_.asked = places.all;
    whose_.is_somebody = [this](const std::string& text) { return is_somebody(text); };
    if (mapping.marks) {
      for (const auto& [text, state] : mapping.marks->states) {
        state_numbers_.push_back(mark_of_text(text));
      }
      for (const MappedExam& exam : mapping.marks->exams) {
        labels_.push_back(cell_text(exam.label.text));
      }
    }
  }

  ReadRows read() {
    std::size_t seen = titles_.first_row();
    while (rows_.next(places_.all)) {
      tell_passed_over(seen, rows_.row());
      seen = rows_.row() + 1;
      line_ = rows_.line();
      if (is_of_nobody()) {
        continue;
      }
      ++result_.rows;
      read_row();
    }
    tell_passed_over(seen, sheet_.row_count());
    refuse_doubled_marks();
    std::ranges::sort(result_.tainted);
    result_.tainted.erase(std::unique(result_.tainted.begin(), result_.tainted.end()), result_.tainted.end());
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string cell(ColumnPlace column) const { return rows_.cell(column); }
  [[nodiscard]] std::string cell(const std::optional<ColumnPlace>& column) const { return column ? cell(*column) : std::string{}; }
  [[nodiscard]] std::string title_of(ColumnPlace column) const { return titles_.of(column); }

  /// Of rows that say nothing in a column that is read: remarks and the like below the table.
  void tell_passed_over(std::size_t from, std::size_t until) {
    for (std::size_t row = from; titles_.are_expected() && row < until; ++row) {
      if (auto word = word_of_nobody(sheet_, row, whose_)) {
        result_.others.push_back({sheet_.line(row), std::move(*word)});
      }
    }
  }

  [[nodiscard]] bool is_somebody(const std::string& text) const {
    return data_.find_student(narrow(text)) ||
           std::ranges::any_of(data_.students, [&](const Student& student) { return name_key(student.name) == name_key(text); });
  }

  /// The titles once more, as on every page that was printed; the full marks; an average or the like: these are passed over, and told.
  bool is_of_nobody() {
    const std::optional<ColumnPlace>& who = places_.id ? places_.id : places_.checked_name;
    if (!who || !titles_.are_expected()) {
      return false;
    }
    const std::string_view raw = sheet_.cell(rows_.row(), *who);
    if (raw == title_of(*who) && repeats_titles()) {
      result_.others.push_back({line_, std::string(raw)});
      return true;
    }
    const bool may_be_id = places_.id && !raw.empty() && static_cast<unsigned char>(raw.front()) < 0x80U;
    std::string word = places_.exams.empty() || may_be_id ? std::string() : word_of_row();
    if (word == full_word && !agrees_with_full_marks()) {
      return false;
    }
    if (word.empty()) {
      word = word_of_nobody(sheet_, rows_.row(), whose_).value_or("");
    }
    if (!word.empty()) {
      result_.others.push_back({line_, word});
    }
    return !word.empty();
  }

  [[nodiscard]] bool repeats_titles() const {
    for (ColumnPlace column = 0; column < titles_.texts().size(); ++column) {
      if (cell(column) != titles_.texts()[column]) {
        return false;
      }
    }
    return true;
  }

  /// What a row is called that has neither an id nor a name but such a word, in one of the first columns.
  [[nodiscard]] std::string word_of_row() const {
    constexpr std::array<std::string_view, 16> words{full_word,    "平均分",     "平均",     "均分",   "班平均", "年级平均",
                                                     "年级平均分", "班级平均分", "最高分",   "最低分", "合计",   "及格率",
                                                     "优秀率",     "及格人数",   "优秀人数", "average"};
    constexpr ColumnPlace columns_looked_at = 5;
    const auto is_word = [&](const std::string& text) { return std::ranges::find(words, text) != words.end(); };
    for (const std::optional<ColumnPlace>& column : {places_.id, places_.checked_name}) {
      const std::string text = title_key(cell(column));
      if (!text.empty() && !is_word(text)) {
        return {};
      }
    }
    for (ColumnPlace column = 0; column < std::min(sheet_.width(rows_.row()), columns_looked_at); ++column) {
      if (std::string text = title_key(cell(column)); is_word(text)) {
        return text;
      }
    }
    return {};
  }

  /// The full marks that the row says are those by which the marks are judged.
  [[nodiscard]] bool agrees_with_full_marks() const {
    for (const auto& exam : places_.exams) {
      for (const auto& [subject, column] : exam) {
        const std::string text = cell(column);
        if (!text.empty() && mark_of_text(text) != mapping_.marks->subjects[subject].full) {
          return false;
        }
      }
    }
    return true;
  }

  void refuse(std::string_view student, const std::optional<ColumnPlace>& column, std::string_view code, Message reason, Message hint = {},
              std::string path = {}) {
    result_.refused.push_back({.line = line_,
                               .column = column ? title_of(*column) : std::string{},
                               .student = std::string(student),
                               .path = std::move(path),
                               .code = code,
                               .reason = std::move(reason),
                               .hint = std::move(hint)});
  }

  /// Whether nothing was wrong; else it is refused.
  bool is_sound(std::string_view student, const std::optional<RowFault>& fault) {
    if (fault) {
      refuse(student, fault->column, fault->code, fault->reason, fault->hint);
    }
    return !fault;
  }

  // The row of full marks, where they are others than those of the mapping or of --full.
  bool refuse_other_full_marks() {
    if (places_.exams.empty() || word_of_row() != full_word) {
      return false;
    }
    for (const auto& exam : places_.exams) {
      for (const auto& [subject, column] : exam) {
        const std::int32_t full = mapping_.marks->subjects[subject].full;
        if (cell(column).empty() || mark_of_text(cell(column)) == full) {
          continue;
        }
        refuse({}, column, "import/exam-differs",
               say("the row says that the full mark of {0} is {1}, but it is {2} for this exam", mapping_.marks->subjects[subject].name,
                   cell(column), hundredths_to_string(full)),
               say("which of the two is right?"));
      }
    }
    return true;
  }

  void read_row() {
    const bool has_who = places_.id.has_value() || places_.checked_name.has_value();
    if (has_who && titles_.are_expected() &&
        cell(places_.id ? places_.id : places_.checked_name).find_first_of("0123456789") == std::string::npos &&
        refuse_other_full_marks()) {
      return;
    }
    const auto id = read_id();
    if (!id || !is_sound(*id, rows_.width_fault())) {
      return;
    }
    const auto [person, is_first] = claim(*id);
    if (is_first) {
      result_.people[person].refused = !read_person(result_.people[person]);
    } else if (!agrees(person)) {
      result_.people[person].refused = true;
    }
    if (mapping_.marks && places_.one_a_row) {
      read_long_mark(person, *places_.one_a_row);
    } else if (mapping_.marks) {
      read_wide_marks(person);
    }
  }

  std::optional<std::string> read_id() {
    if (mapping_.student.by_row_number) {
      std::string digits = std::to_string(rows_.row() + 1 - titles_.first_row());
      digits.insert(0, static_cast<std::size_t>(std::max(0, mapping_.student.width - static_cast<int>(digits.size()))), '0');
      return mapping_.student.prefix + digits;
    }
    if (mapping_.student.by_name()) {
      return read_name();
    }
    std::string id = narrow(cell(*places_.id));
    if (id.empty()) {
      refuse(id, places_.id, "import/no-id", say("the row has no id"));
    } else if (is_shortened_number(id)) {
      refuse(id, places_.id, "import/shortened-id", say("'{0}' is what a spreadsheet made of a long number; its last digits are lost", id),
             say("format the column as text, enter the ids again and save once more"));
    } else if (!is_id_text(id)) {
      refuse(id, places_.id, "import/not-an-id", say("'{0}' is no id", id),
             say("an id has 1 to 32 letters, digits, - or _, and begins with a letter or digit"));
    } else {
      return id;
    }
    return std::nullopt;
  }

  std::optional<std::string> read_name() {
    const std::string name = cell(places_.checked_name);
    const std::string class_text = cell(places_.student_class);
    if (name.empty()) {
      refuse({}, places_.checked_name, "import/no-name", say("the row has no name"));
      return std::nullopt;
    }
    if (!is_sound({}, rows_.value_fault(*places_.checked_name))) {
      return std::nullopt;
    }
    if (places_.student_class && class_text.empty()) {
      refuse({}, places_.student_class, "import/no-class", say("the row has no class"));
      return std::nullopt;
    }
    StudentByName::Found found = by_name_.find(name, class_text, row_says_left());
    if (found.id.empty()) {
      refuse({}, found.by_class ? places_.student_class : places_.checked_name, found.code, std::move(found.reason), std::move(found.hint));
      return std::nullopt;
    }
    return std::move(found.id);
  }

  std::pair<std::uint32_t, bool> claim(const std::string& id) {
    const auto [found, is_first] = person_by_id_.try_emplace(id, static_cast<std::uint32_t>(result_.people.size()));
    if (is_first) {
      result_.people.push_back({.id = id, .line = line_});
    }
    return {found->second, is_first};
  }

  bool read_person(ReadPerson& person) {
    const std::optional<ColumnPlace>& name_column = mapping_.roster && places_.roster_name ? places_.roster_name : places_.checked_name;
    person.name = cell(name_column);
    person.class_text = cell(mapping_.roster ? places_.roster_class : places_.student_class);
    if (mapping_.roster && places_.roster_name && person.name.empty()) {
      refuse(person.id, name_column, "import/no-name", say("the row has no name"));
      return false;
    }
    // One cell for several ids: a long table may repeat the student in both, else it is the name of one of them.
    const bool is_of_id = !places_.id || rows_.is_spread(*places_.id);
    if (name_column &&
        (!is_sound(person.id, rows_.value_fault(*name_column)) || !is_sound(person.id, rows_.spread_fault(*name_column, is_of_id)))) {
      return false;
    }
    if (const auto bad = find_refused_character(person.name)) {
      refuse(person.id, name_column, "import/character",
             say("the name holds a character that may not stand in a file: {0}", code_point_name(bad->code)), say("type the name again"));
      return false;
    }
    if (mapping_.roster && places_.roster_class && person.class_text.empty()) {
      refuse(person.id, places_.roster_class, "import/no-class", say("the row has no class"));
      return false;
    }
    if (const std::string day = cell(places_.transferred); !day.empty()) {
      person.transferred = date_of_text(day);
      if (!person.transferred) {
        refuse(person.id, places_.transferred, "import/not-a-date", say("'{0}' is no date", day),
               say("write the date as YYYY-MM-DD, like 2026-03-02"));
        return false;
      }
    }
    return true;
  }

  /// Another row of somebody who was there before: allowed in long tables, if it says the same of the person.
  bool agrees(std::uint32_t person) {
    const ReadPerson& first = result_.people[person];
    if (!places_.one_a_row) {
      refuse(first.id, std::nullopt, "import/student-twice", say("{0} stands on lines {1} and {2}", first.id, first.line, line_),
             say("which of the two is right? nothing is taken over for {0}", first.id));
      return false;
    }
    if (first.refused) {
      return false;
    }
    const std::string name = cell(mapping_.roster && places_.roster_name ? places_.roster_name : places_.checked_name);
    const std::string class_text = cell(mapping_.roster ? places_.roster_class : places_.student_class);
    const auto transferred = places_.transferred ? date_of_text(cell(places_.transferred)) : std::nullopt;
    const bool is_same_name = name == first.name || name_key(name) == name_key(first.name);
    if (is_same_name && class_text == first.class_text && transferred == first.transferred) {
      return true;
    }
    refuse(first.id, std::nullopt, "import/student-differs",
           say("lines {0} and {1} say different things of {2}", first.line, line_, first.id),
           say("which of the two is right? nothing is taken over for {0}", first.id));
    return false;
  }

  /// A row with fewer cells than a column of marks needs: what is missing was forgotten, or slipped into another row.
  void count_short_row() {
    const auto ends_before = [this](const auto& column) { return column.second >= sheet_.width(rows_.row()); };
    result_.short_rows +=
        std::ranges::any_of(places_.exams, [&](const auto& columns) { return std::ranges::any_of(columns, ends_before); });
  }

  void read_wide_marks(std::uint32_t person) {
    count_short_row();
    for (std::uint32_t exam = 0; exam < places_.exams.size(); ++exam) {
      if (says_left(exam)) {
        read_left(exam, person);
        continue;
      }
      const std::size_t first = result_.marks.size();
      const std::size_t refused = result_.refused.size();
      for (const auto& [subject, column] : places_.exams[exam]) {
        read_mark({.exam = exam, .person = person, .subject = subject, .line = line_}, column);
      }
      if (result_.refused.size() == refused) {
        check_totals(exam, person, first);
      }
    }
  }

  void check_totals(std::uint32_t exam, std::uint32_t person, std::size_t first) {
    const auto& totals = mapping_.marks->exams[exam].totals;
    for (std::size_t total = 0; total < totals.size(); ++total) {
      MarkSum sum{.all = totals[total].of.size()};
      for (std::size_t at = first; at < result_.marks.size(); ++at) {
        const ReadMark& mark = result_.marks[at];
        if (mark.mark.present() && std::ranges::find(totals[total].of, mark.subject) != totals[total].of.end()) {
          sum.hundredths += mark.mark.hundredths();
          ++sum.present;
        }
      }
      const ColumnPlace column = places_.totals[exam][total];
      if (agrees_with(sheet_.cell(rows_.row(), column), sum, totals[total].is_average) == false) {
        refuse_in_exam(
            exam, person, column, "import/total-differs",
            say("the marks come to {0}, in {1} subjects, but {2} says {3}", hundredths_to_string(sum.hundredths), sum.present,
                title_of(column), cell(column)),
            mapping_.told_at.empty()
                ? say("which of them is wrong? to leave the column out: --column '{0}=-', or left-out in the mapping", title_of(column))
                : say("which of them is wrong? to leave the column out: --column '{0}=-'", title_of(column)));
        return;
      }
    }
  }

  [[nodiscard]] bool is_left_text(std::string_view text) const {
    return std::ranges::find(mapping_.marks->left, text) != mapping_.marks->left.end();
  }

  [[nodiscard]] bool says_left(std::uint32_t exam) const {
    return !mapping_.marks->left.empty() &&
           std::ranges::any_of(places_.exams[exam], [this](const auto& column) { return is_left_text(cell(column.second)); });
  }

  [[nodiscard]] bool row_says_left() const {
    if (!mapping_.marks || mapping_.marks->left.empty()) {
      return false;
    }
    if (places_.one_a_row) {
      return is_left_text(cell(places_.one_a_row->mark));
    }
    for (std::uint32_t exam = 0; exam < places_.exams.size(); ++exam) {
      if (says_left(exam)) {
        return true;
      }
    }
    return false;
  }

  // 转出 is no mark: it says something of the student, which stands in the roster with its day, and is not guessed from a table.
  void read_left(std::uint32_t exam, std::uint32_t person) {
    const auto is_mark = [this](const auto& column) { return mark_of_text(cell(column.second)).has_value(); };
    if (const auto mark = std::ranges::find_if(places_.exams[exam], is_mark); mark != places_.exams[exam].end()) {
      refuse_in_exam(exam, person, mark->second, "import/left-with-marks", say("the row has a mark, and says that the student has left"),
                     say("which of the two is right?"));
      return;
    }
    const auto column = std::ranges::find_if(places_.exams[exam], [this](const auto& one) { return is_left_text(cell(one.second)); });
    read_left_at(exam, person, column->second);
  }

  void read_left_at(std::uint32_t exam, std::uint32_t person, ColumnPlace column) {
    const auto known = data_.find_student(result_.people[person].id);
    const auto left = known ? data_.students[*known].left : std::nullopt;
    if (left && *left < mapping_.marks->exams[exam].date) {
      ++result_.left;
      return;
    }
    refuse_in_exam(exam, person, column, "import/left",
                   say("'{0}': the table says that the student has left, the roster does not", cell(column)),
                   say("add to the student's line in roster/students.yaml: left: YYYY-MM-DD, the last day here; nobody guesses it"));
  }

  void read_long_mark(std::uint32_t person, const LongPlaces& places) {
    const MarkColumns& marks = *mapping_.marks;
    const auto exam = places.exam ? exam_of(cell(*places.exam), person, *places.exam) : std::optional(0U);
    const auto subject = places.subject ? subject_of(cell(*places.subject), person, *places.subject) : std::optional(0U);
    if (exam && subject) {
      read_mark({.exam = *exam, .person = person, .subject = *subject, .line = line_}, places.mark);
    } else if (exam) {
      result_.tainted.emplace_back(*exam, person);
    } else {
      for (std::uint32_t any = 0; any < marks.exams.size(); ++any) {
        result_.tainted.emplace_back(any, person);
      }
    }
  }

  std::optional<std::uint32_t> exam_of(const std::string& text, std::uint32_t person, ColumnPlace column) {
    const auto& exams = mapping_.marks->exams;
    const auto found = std::ranges::find(labels_, text);
    if (found != labels_.end()) {
      return static_cast<std::uint32_t>(found - labels_.begin());
    }
    std::vector<std::string_view> known;
    std::ranges::transform(exams, std::back_inserter(known), [](const MappedExam& exam) { return std::string_view(exam.label.text); });
    const auto hint = near_hint(text, known);
    refuse(result_.people[person].id, column, "import/unknown-exam",
           mapping_.told_at.empty() ? say("the mapping has no exam with the label '{0}'", text) : say("no exam is called '{0}'", text),
           hint.empty() && !mapping_.told_at.empty() ? say("say which exam it is: --exam '{0}=ID'", text) : hint);
    return std::nullopt;
  }

  std::optional<std::uint32_t> subject_of(const std::string& text, std::uint32_t person, ColumnPlace column) {
    const MarkColumns& marks = *mapping_.marks;
    if (const auto named = std::ranges::find(marks.subject_names, text, &std::pair<std::string, std::size_t>::first);
        named != marks.subject_names.end()) {
      return static_cast<std::uint32_t>(named->second);
    }
    if (const auto found = std::ranges::find(marks.subjects, text, &MappedSubject::name); found != marks.subjects.end()) {
      return static_cast<std::uint32_t>(found - marks.subjects.begin());
    }
    std::vector<std::string_view> known;
    std::ranges::transform(marks.subjects, std::back_inserter(known),
                           [](const MappedSubject& subject) { return std::string_view(subject.name); });
    refuse(result_.people[person].id, column, "import/unknown-subject",
           mapping_.told_at.empty() ? say("the mapping has no subject '{0}'", text) : say("no subject is called '{0}'", text),
           near_hint(text, known));
    return std::nullopt;
  }

  Message near_hint(std::string_view text, const std::vector<std::string_view>& known) {
    const auto near = hints_++ < most_hints ? nearest(text, known) : std::nullopt;
    return near ? say("did you mean '{0}'?", *near) : Message{};
  }

  void read_mark(ReadMark read, ColumnPlace column) {
    const MarkColumns& marks = *mapping_.marks;
    const std::string text = cell(column);
    if (rows_.is_spread(column) && mark_of_text(text)) {
      refuse_mark(read, column, "import/merged-mark", say("the mark {0} stands in a cell that is merged with others: whose is it?", text),
                  say("unmerge the cells and write each mark in its own"));
      return;
    }
    if (is_left_text(text)) {
      read_left_at(read.exam, read.person, column);
      return;
    }
    if (const auto mark = mark_of(text)) {
      const std::int32_t full = marks.subjects[read.subject].full;
      if (!mark->present() || mark->hundredths() <= full) {
        read.mark = *mark;
        result_.marks.push_back(read);
        return;
      }
      refuse_mark(read, column, "import/above-full", say("{0} is more than the full mark {1}", text, hundredths_to_string(full)));
    } else if (text.empty()) {
      refuse_mark(read, column, "import/empty-cell", say("the cell is empty, and the mapping does not say what that means"),
                  say("if it means “no entry”, write in the mapping: states: {{no-entry: [\"\"]}}"));
    } else {
      // Nobody is to take what was meant as a number, or an error of the spreadsheet (#N/A), for a word; and nobody is to make a grade (优)
      // an absence by copying a line.
      const bool may_be_number = text.find_first_of("0123456789=#") != std::string::npos;
      const bool is_of_form = mapping_.source.empty();
      refuse_mark(read, column, "import/not-a-mark",
                  is_of_form ? say("'{0}' is neither a mark nor a word that stands for none", text)
                             : say("'{0}' is neither a mark nor one of the mapping's states", text),
                  may_be_number ? say("a mark is a number with at most two decimals, without a unit: correct it in the table")
                                : hint_of_word(text, is_of_form));
    }
  }

  [[nodiscard]] Message hint_of_word(const std::string& text, bool is_of_form) const {
    if (is_of_form) {
      return say("write the mark, or absent, exempt, deferred or void; leave the cell empty where there is no entry");
    }
    if (!mapping_.told_at.empty()) {
      return say(
          "a mark is a number with at most two decimals; if the word stands for none: --state '{0}=STATE' (absent, exempt, deferred, "
          "void or no-entry)",
          text);
    }
    return say(
        "a mark is a number with at most two decimals; a word like 缺考 gets its meaning in the mapping: "
        "states: {{absent: [缺考]}}, or by --state '{0}=STATE' (absent, exempt, deferred, void or no-entry)",
        text);
  }

  // A text that the mapping gives a meaning has this meaning, even if it is a number (0, -1).
  [[nodiscard]] std::optional<Mark> mark_of(const std::string& text) const {
    const auto& states = mapping_.marks->states;
    if (const auto state = std::ranges::find(states, text, &std::pair<std::string, Mark::State>::first); state != states.end()) {
      return Mark(state->second);
    }
    const auto number = mark_of_text(text);
    if (!number) {
      return std::nullopt;
    }
    const auto same = std::ranges::find(state_numbers_, number);
    return same == state_numbers_.end() ? Mark::of(*number) : Mark(states[static_cast<std::size_t>(same - state_numbers_.begin())].second);
  }

  void refuse_mark(const ReadMark& read, ColumnPlace column, std::string_view code, Message reason, Message hint = {}) {
    refuse_in_exam(read.exam, read.person, column, code, std::move(reason), std::move(hint));
  }

  void refuse_in_exam(std::uint32_t exam, std::uint32_t person, ColumnPlace column, std::string_view code, Message reason, Message hint) {
    const std::string path = "grades/" + mapping_.marks->exams[exam].id.text + ".yaml";
    refuse(result_.people[person].id, column, code, std::move(reason), std::move(hint), path);
    result_.tainted.emplace_back(exam, person);
  }

  void refuse_doubled_marks() {
    const auto key = [](const ReadMark& mark) { return std::tuple(mark.exam, mark.person, mark.subject); };
    std::ranges::stable_sort(result_.marks, {}, key);
    std::vector<ReadMark> single;
    for (const ReadMark& mark : result_.marks) {
      // In a wide table the row itself is there twice and has been refused as such.
      if (single.empty() || key(single.back()) != key(mark)) {
        single.push_back(mark);
      } else if (places_.one_a_row) {
        line_ = mark.line;
        refuse_mark(mark, places_.one_a_row->mark, "import/mark-twice",
                    say("lines {0} and {1} both give {2} a mark in {3}", single.back().line, mark.line, result_.people[mark.person].id,
                        mapping_.marks->subjects[mark.subject].name),
                    say("which of the two is right? none is taken over"));
      }
    }
    result_.marks = std::move(single);
  }

  const Dataset& data_;
  const Mapping& mapping_;
  const Sheet& sheet_;
  StudentByName by_name_;
  const ColumnPlaces& places_;
  const SheetTitles& titles_;
  SheetRows rows_;
  WhoseRow whose_;
  std::vector<std::optional<std::int32_t>> state_numbers_;
  std::vector<std::string> labels_;  ///< of the exams, as cells have them
  std::unordered_map<std::string, std::uint32_t> person_by_id_;
  ReadRows result_;
  std::uint32_t line_ = 0;
  int hints_ = 0;
};

}  // namespace

ReadRows read_import_rows(const Dataset& data, const Mapping& mapping, const Sheet& sheet, Diagnostics& problems) {
  Binder binder(mapping, sheet, problems);
  if (!binder.find_header()) {
    return {};
  }
  const std::size_t before = problems.size();
  const ColumnPlaces places = binder.bind();
  if (problems.size() != before) {
    return {};
  }
  return ImportRowReader(data, mapping, sheet, places, binder.titles()).read();
}

}  // namespace help
