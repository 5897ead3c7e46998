// SPDX-License-Identifier: MIT
#include "store/guess_mapping.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "diag/nearest.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/derived_total.hpp"
#include "store/full_marks.hpp"
#include "store/title_words.hpp"

namespace help {
namespace {

constexpr std::size_t rows_sampled = 2000;

/// What a title says, and for marks of which subject or exam.
struct TitleSays {
  std::optional<TitleMeaning> is = {};
  std::string subject = {};
  std::string exam = {};  ///< id
};

struct GuessedColumn {
  std::size_t place = 0;
  std::string title;
  std::string key;
  TitleSays meaning = {};
  bool left_out = false;
};

/// Knows the subjects and exams of the folder, and what was said on the command line.
class Vocabulary {
 public:
  Vocabulary(const Dataset& data, const GuessRequest& request) : request_(request) {
    const auto add = [this](const std::string& subject) {
      if (!subject.empty()) subjects_.emplace(title_key(subject), subject);
    };
    std::ranges::for_each(data.subjects, add);
    add(request.subject);
    for (const MappedSubject& subject : request.subjects) add(subject.name);
    for (const Exam& exam : data.exams) {
      add_exam(exam.id, exam.id);
      add_exam(exam.name, exam.id);
    }
    for (const auto& [title, id] : request.exams) {
      exams_[title_key(title)] = {id};
    }
  }

  /// What a title means by itself.
  [[nodiscard]] TitleSays meaning_of(std::string_view title) const {
    const std::string key = title_key(title);
    if (const auto said = std::ranges::find(request_.columns, key, [](const auto& column) { return title_key(column.first); });
        said != request_.columns.end()) {
      return said->second == "-" ? TitleSays{.is = TitleMeaning::other} : meaning_of_word(said->second);
    }
    if (const auto said = std::ranges::find(request_.exams, key, [](const auto& exam) { return title_key(exam.first); });
        said != request_.exams.end()) {
      return {.is = TitleMeaning::exam_name, .exam = said->second};
    }
    return meaning_of_word(title);
  }

  /// The exams that a text may mean.
  [[nodiscard]] std::set<std::string> exams_of(std::string_view text) const {
    const auto found = exams_.find(title_key(text));
    return found == exams_.end() ? std::set<std::string>{} : found->second;
  }

  /// The subject as the folder calls it; `as_written` where the folder has none of these words. Nothing: no subject, or not one alone.
  [[nodiscard]] std::optional<std::string> subject_of(std::string_view key, std::string_view as_written) const {
    if (const auto found = subjects_.find(std::string(key)); found != subjects_.end()) {
      return found->second;
    }
    for (const auto& group : usual_subjects()) {
      if (std::ranges::find(group, key) == group.end()) {
        continue;
      }
      std::set<std::string> known;
      for (const std::string_view word : group) {
        if (const auto found = subjects_.find(std::string(word)); found != subjects_.end()) known.insert(found->second);
      }
      if (known.empty()) return std::string(is_one_character(key) ? group.front() : as_written);
      return known.size() > 1 ? std::nullopt : std::optional(*known.begin());
    }
    return std::nullopt;
  }

  /// The known word that `key` is nearly, if there is one.
  [[nodiscard]] std::optional<std::string_view> near(std::string_view key) const {
    std::vector<std::string_view> all;
    for (const TitleWord& word : title_words()) {
      if (word.meaning != TitleMeaning::other) all.push_back(word.word);
    }
    // Every word of two characters is near a word of one.
    for (const auto& group : usual_subjects()) {
      std::ranges::copy_if(group, std::back_inserter(all), [](std::string_view word) { return !is_one_character(word); });
    }
    for (const auto& [subject_key, name] : subjects_) all.push_back(subject_key);
    std::optional<std::string_view> inside;
    for (const std::string_view word : all) {
      const bool is_long_enough = word.size() >= (is_ascii(word) ? 4U : 6U);
      if (is_long_enough && key.find(word) != std::string_view::npos && (!inside || word.size() > inside->size())) inside = word;
    }
    // Words of three letters are all near each other.
    const bool is_short = is_ascii(key) && key.size() <= 3;
    return inside ? inside : is_short ? std::nullopt : nearest(key, all);
  }

 private:
  static bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char one) { return static_cast<unsigned char>(one) < 0x80U; });
  }

  static bool is_one_character(std::string_view key) {
    return !is_ascii(key) && std::ranges::count_if(key, [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; }) == 1;
  }

  void add_exam(const std::string& text, const std::string& id) {
    if (!text.empty()) exams_[title_key(text)].insert(id);
  }

  [[nodiscard]] TitleSays meaning_of_word(std::string_view title) const {
    const std::string key = title_key(title);
    if (const auto subject = subject_of(key, cell_text(title))) {
      return {.is = TitleMeaning::subject, .subject = *subject};
    }
    if (const auto word = meaning_of_title(key)) {
      return {.is = word};
    }
    for (const TitleParts& parts : parts_of_title(key)) {
      if (const auto subject = subject_of(parts.first, parts.first)) {
        return parts.second == TitleMeaning::mark ? TitleSays{.is = TitleMeaning::subject, .subject = *subject}
                                                  : TitleSays{.is = parts.second};
      }
    }
    if (const auto exams = exams_of(title); exams.size() == 1) {
      return {.is = TitleMeaning::exam_name, .exam = *exams.begin()};
    }
    if (const auto full = full_in_title(key)) {
      TitleSays says = meaning_of_word(full->title);
      if (says.is == TitleMeaning::subject || says.is == TitleMeaning::mark) return says;
    }
    return {};
  }

  const GuessRequest& request_;
  std::map<std::string, std::string> subjects_;         ///< key -> name
  std::map<std::string, std::set<std::string>> exams_;  ///< key of id or name -> ids
};

enum class GuessedKind { wide, by_exam, one_a_row, roster };

class Guesser {
 public:
  Guesser(const Dataset& data, const Sheet& sheet, const TableForm& form, const GuessRequest& request, Diagnostics& problems)
      : data_(data), sheet_(sheet), form_(form), request_(request), words_(data, request), problems_(problems) {}

  bool guess(GuessedMapping& made) {
    const std::size_t before = problems_.size();
    read_titles();
    choose_id();
    check_unknown_marks();
    for (const TitleMeaning single :
         {TitleMeaning::name, TitleMeaning::class_name, TitleMeaning::subject_name, TitleMeaning::mark, TitleMeaning::transferred}) {
      require_one(single);
    }
    if (problems_.size() == before) choose_kind();
    if (problems_.size() == before) collect_subjects();
    if (problems_.size() != before) return false;
    made.name = request_.name.empty() ? free_name() : request_.name;
    made.text = text(made.name);
    made.asks_subject = names_no_subject();
    made.is_for_this_table_only = !is_for_others();
    return true;
  }

 private:
  using Columns = std::vector<GuessedColumn*>;

  void problem(std::string_view code, Message message, Message hint) {
    problems_.push_back({.code = code,
                         .where = {.path = sheet_.name(), .line = form_.transposed ? 0 : form_.header},
                         .message = std::move(message),
                         .hint = std::move(hint)});
  }

  void read_titles() {
    const auto row = row_of_line(sheet_, form_.header);
    first_row_ = row.value_or(0) + 1;
    for (std::size_t place = 0; row && place < sheet_.width(*row); ++place) {
      GuessedColumn column{.place = place, .title = cell_text(sheet_.cell(*row, place)), .key = title_key(sheet_.cell(*row, place))};
      if (column.key.empty()) continue;
      column.meaning = words_.meaning_of(column.title);
      if (!column.meaning.is) check_unclear(column);
      column.left_out = !column.meaning.is || *column.meaning.is == TitleMeaning::other || is_derived(*column.meaning.is);
      columns_.push_back(std::move(column));
    }
  }

  static bool is_derived(TitleMeaning meaning) {
    return meaning == TitleMeaning::total || meaning == TitleMeaning::average || meaning == TitleMeaning::rank;
  }

  void check_unclear(const GuessedColumn& column) {
    if (const auto exams = words_.exams_of(column.title); exams.size() > 1) {
      std::string ids;
      for (const std::string& id : exams) ids += (ids.empty() ? "" : ", ") + id;
      problem("import/unclear-title", say("the title '{0}' means several exams: {1}", column.title, ids),
              say("say which: --exam '{0}=ID'", column.title));
    } else if (const auto near = words_.near(column.key)) {
      problem("import/unclear-title", say("the title '{0}' is no word that is known here", column.title),
              say("did you mean '{0}'? then --column '{1}={0}'; to leave the column out: --column '{1}=-'", *near, column.title));
    }
  }

  /// Marks that nobody takes over must not be passed over.
  void check_unknown_marks() {
    if (the(TitleMeaning::id) == nullptr && the(TitleMeaning::name) == nullptr) return;
    for (const GuessedColumn& column : columns_) {
      if (column.meaning.is || words_.near(column.key) || words_.exams_of(column.title).size() > 1 || !holds_marks(column)) continue;
      problem("import/unclear-title", say("the title '{0}' is no word that is known here, and marks seem to stand below it", column.title),
              say("say what it is: --column '{0}=语文' (a subject), --exam '{0}=ID' (an exam); to leave it out: --column '{0}=-'",
                  column.title));
    }
  }

  /// More than half of what stands in the column could be marks, or words instead of marks.
  [[nodiscard]] bool holds_marks(const GuessedColumn& column) const {
    constexpr std::int32_t highest = 1000'00;  // room numbers and telephones are higher
    constexpr std::array<std::string_view, 6> instead{"缺考", "免考", "缓考", "作弊", "absent", "exempt"};
    std::size_t texts = 0;
    std::size_t marks = 0;
    for (std::size_t row = first_row_; row < std::min(sheet_.row_count(), first_row_ + rows_sampled); ++row) {
      const std::string text = cell_text(sheet_.cell(row, column.place));
      const auto mark = mark_of_text(text);
      texts += text.empty() ? 0U : 1U;
      marks += (mark && *mark <= highest) || std::ranges::find(instead, text) != instead.end() ? 1U : 0U;
    }
    return 2 * marks > texts;
  }

  Columns with(TitleMeaning meaning) {
    Columns found;
    for (GuessedColumn& column : columns_) {
      if (column.meaning.is == meaning && !column.left_out) found.push_back(&column);
    }
    return found;
  }

  GuessedColumn* the(TitleMeaning meaning) {
    const Columns found = with(meaning);
    return found.empty() ? nullptr : found.front();
  }

  void same_meaning(const GuessedColumn& first, const GuessedColumn& second) {
    if (first.key == second.key) {
      problem("import/same-meaning", say("columns {0} and {1} are both called '{2}'", first.place + 1, second.place + 1, first.title),
              say("give one of them another title"));
    } else {
      problem("import/same-meaning", say("'{0}' and '{1}' say the same", first.title, second.title),
              say("leave one of them out: --column '{0}=-'", second.title));
    }
  }

  void require_one(TitleMeaning meaning) {
    if (const Columns found = with(meaning); found.size() > 1) same_meaning(*found[0], *found[1]);
  }

  /// Every number is the id of a student whose name stands beside it.
  [[nodiscard]] bool holds_ids_by_name(const GuessedColumn& column) {
    const GuessedColumn* name = the(TitleMeaning::name);
    std::size_t numbers = 0;
    for (std::size_t row = first_row_; name != nullptr && row < sheet_.row_count(); ++row) {
      const std::string text = narrow(cell_text(sheet_.cell(row, column.place)));
      if (text.empty()) continue;
      const auto student = data_.find_student(text);
      if (!student || name_key(data_.students[*student].name) != name_key(cell_text(sheet_.cell(row, name->place)))) return false;
      ++numbers;
    }
    return numbers > 0;
  }

  /// More than half of what stands in the column are ids of students.
  [[nodiscard]] bool holds_ids(const GuessedColumn& column) const {
    std::size_t texts = 0;
    std::size_t ids = 0;
    for (std::size_t row = first_row_; row < std::min(sheet_.row_count(), first_row_ + rows_sampled); ++row) {
      const std::string text = narrow(cell_text(sheet_.cell(row, column.place)));
      texts += text.empty() ? 0U : 1U;
      ids += data_.find_student(text) ? 1U : 0U;
    }
    return 2 * ids > texts;
  }

  // A number that is made for one exam must never be taken for a student's id.
  void choose_id() {
    Columns ids = with(TitleMeaning::id);
    for (GuessedColumn* column : with(TitleMeaning::number)) {
      if (ids.empty() && holds_ids_by_name(*column)) {
        column->meaning.is = TitleMeaning::id;
        ids.push_back(column);
      } else {
        column->left_out = true;
      }
    }
    if (ids.size() > 1) {
      Columns known;
      std::ranges::copy_if(ids, std::back_inserter(known), [this](const GuessedColumn* column) { return holds_ids(*column); });
      if (known.size() == 1) {
        for (GuessedColumn* column : ids) column->left_out = column != known.front();
      }
    }
    require_one(TitleMeaning::id);
  }

  void choose_kind() {
    const Columns subjects = with(TitleMeaning::subject);
    Columns exams = with(TitleMeaning::exam_name);
    // The column "exam" of a long table, and a column that has the name of an exam, are told apart by the exam.
    const auto rest = std::partition(exams.begin(), exams.end(), [](const GuessedColumn* column) { return !column->meaning.exam.empty(); });
    const auto exam_columns = rest - exams.begin();
    const bool has_marks = the(TitleMeaning::mark) != nullptr;
    const bool is_long = has_marks && the(TitleMeaning::subject_name) != nullptr;
    const bool no_one = the(TitleMeaning::id) == nullptr && the(TitleMeaning::name) == nullptr;
    const auto number =
        std::ranges::find(columns_, std::optional(TitleMeaning::number), [](const auto& column) { return column.meaning.is; });
    if (no_one && number != columns_.end()) {
      problem("import/unclear-title", say("'{0}' may be a number of this exam only, and no name shows whom it means", number->title),
              say("if these are the ids of the students: --column '{0}=学号'", number->title));
    } else if (no_one) {
      problem("import/no-titles",
              columns_.empty() ? say("no row of the table has titles") : say("no column says who is meant: '{0}'", titles()),
              say("titles like 学号 or 姓名 are known; --column 'TITLE=学号' says what another one means, --map FILE gives a mapping"));
    } else if ((subjects.empty() ? 0 : 1) + (exam_columns > 0 ? 1 : 0) + (has_marks ? 1 : 0) > 1) {
      problem("import/unclear-title", say("some titles are subjects, others are of a table with one mark a row, or exams: '{0}'", titles()),
              say("leave out what is not meant: --column 'TITLE=-'"));
    } else if (is_long) {
      kind_ = GuessedKind::one_a_row;
    } else if (exam_columns > 0) {
      kind_ = GuessedKind::by_exam;
    } else if (!subjects.empty() || has_marks) {
      kind_ = GuessedKind::wide;
    } else {
      kind_ = GuessedKind::roster;
      check_roster();
    }
    check_subject_twice();
  }

  void check_roster() {
    if (the(TitleMeaning::id) == nullptr) {
      problem("import/no-titles", say("no column holds marks, and for a list of students the ids are missing: '{0}'", titles()),
              say("which column is what? --column 'TITLE=WORD', for instance --column 'TITLE=学号', or =语文"));
    } else if (const auto derived =
                   std::ranges::find_if(columns_, [](const auto& column) { return column.meaning.is && is_derived(*column.meaning.is); });
               derived != columns_.end()) {
      problem("import/unclear-title", say("'{0}' is for a table of marks, and no column is known to hold marks", derived->title),
              say("which column is what? --column 'TITLE=语文'; for a list of students leave it out: --column '{0}=-'", derived->title));
    }
  }

  void check_subject_twice() {
    std::map<std::string, const GuessedColumn*> seen;
    for (const GuessedColumn* column : with(TitleMeaning::subject)) {
      if (const auto [found, is_first] = seen.emplace(column->meaning.subject, column); !is_first) same_meaning(*found->second, *column);
    }
    seen.clear();
    for (const GuessedColumn* column : with(TitleMeaning::exam_name)) {
      if (const auto [found, is_first] = seen.emplace(column->meaning.exam, column); !is_first) same_meaning(*found->second, *column);
    }
  }

  [[nodiscard]] std::string titles() const {
    std::string all;
    constexpr std::size_t most = 12;
    for (std::size_t at = 0; at < std::min(columns_.size(), most); ++at) all += (all.empty() ? "" : ", ") + columns_[at].title;
    return columns_.size() > most ? all + " …" : all;
  }

  // ---- subjects and full marks ----

  void collect_subjects() {
    if (kind_ == GuessedKind::roster) return;
    if (kind_ == GuessedKind::one_a_row) {
      for (const std::string& text : texts_of(*the(TitleMeaning::subject_name))) {
        if (const auto subject = words_.subject_of(title_key(text), text)) {
          add_subject(*subject);
          if (text != *subject) subject_names_.emplace_back(text, *subject);
        }
      }
      if (subjects_.empty()) {
        problem("import/not-said", say("no subject of the column '{0}' is known here", the(TitleMeaning::subject_name)->title),
                say("say them with their full marks: --full 'SUBJECT=100,SUBJECT=150'"));
      }
    } else if (with(TitleMeaning::subject).empty()) {
      if (one_subject().empty()) {
        problem("import/not-said", say("the table does not say which subject the marks are of"), say("add --subject SUBJECT"));
      } else {
        add_subject(one_subject());
      }
    } else {
      for (const GuessedColumn* column : with(TitleMeaning::subject)) add_subject(column->meaning.subject);
    }
    // Those of one exam that is said are settled when it is known: a kept mapping needs them, too.
    std::string missing;
    for (MappedSubject& subject : subjects_) {
      if (asks_exam() && subject.full == 0) subject = likely_limits(subject.name);
      if (subject.full == 0) missing += (missing.empty() ? "" : ",") + subject.name + "=100";
    }
    if (!missing.empty()) {
      problem("import/not-said", say("the full marks are not known, and the folder's exams do not say them or differ"),
              say("add --full {0}, with the right numbers (with the pass mark: 150/90)", missing));
    }
  }

  /// The subject of a table that names none.
  [[nodiscard]] std::string one_subject() const {
    if (!request_.subject.empty()) return request_.subject;
    return request_.subjects.size() == 1 ? request_.subjects.front().name : std::string{};
  }

  void add_subject(const std::string& name) {
    if (std::ranges::find(subjects_, name, &MappedSubject::name) == subjects_.end()) subjects_.push_back(limits_of(name));
  }

  /// Full and pass mark: what was said; else of the exam itself; else of the exams that the table names, if they agree.
  [[nodiscard]] MappedSubject limits_of(const std::string& name) {
    const auto said = std::ranges::find(request_.subjects, name, &MappedSubject::name);
    if (said != request_.subjects.end() && said->full != 0) return *said;
    MappedSubject found{.name = name, .full = 0, .pass = {}};
    const auto place = data_.find_subject(name);
    const std::set<std::string> meant = exams_meant();
    for (const Exam& exam : data_.exams) {
      if (!meant.contains(exam.id)) continue;
      const auto column = place ? exam.column_of(*place) : std::nullopt;
      if (!column) return {.name = name, .full = 0, .pass = {}};
      const ExamSubject& limits = exam.subjects[*column];
      if (found.full != 0 && (found.full != limits.full || found.pass != limits.pass)) return {.name = name, .full = 0, .pass = {}};
      found.full = limits.full;
      found.pass = limits.pass;
    }
    return found;
  }

  /// What a mapping holds until the exam says it.
  [[nodiscard]] MappedSubject likely_limits(const std::string& name) const {
    if (const auto usual = request_.kind ? usual_limits(data_, name, *request_.kind, {}) : std::nullopt) {
      return {.name = name, .full = usual->limits.full, .pass = usual->limits.pass};
    }
    const auto latest = latest_limits(data_, name);
    return latest ? MappedSubject{.name = name, .full = latest->full, .pass = latest->pass}
                  : MappedSubject{.name = name, .full = 100'00, .pass = {}};
  }

  /// The ids of the exams whose marks the table has.
  [[nodiscard]] std::set<std::string> exams_meant() {
    if (asks_exam()) return {request_.exam};
    std::set<std::string> meant;
    if (kind_ == GuessedKind::by_exam) {
      for (const GuessedColumn* column : with(TitleMeaning::exam_name)) meant.insert(column->meaning.exam);
    } else {
      for (const auto& [text, id] : long_exams()) meant.insert(id);
    }
    return meant;
  }

  /// What stands in a column, each text once, in the order of the table.
  [[nodiscard]] std::vector<std::string> texts_of(const GuessedColumn& column) const {
    std::vector<std::string> texts;
    std::set<std::string> seen;
    for (std::size_t row = first_row_; row < sheet_.row_count() && texts.size() < rows_sampled; ++row) {
      std::string text = cell_text(sheet_.cell(row, column.place));
      if (!text.empty() && seen.insert(text).second) texts.push_back(std::move(text));
    }
    return texts;
  }

  // ---- the text ----

  [[nodiscard]] std::string free_name() const {
    const std::string base = kind_ == GuessedKind::roster      ? "roster"
                             : kind_ == GuessedKind::by_exam   ? "marks-by-exam"
                             : kind_ == GuessedKind::one_a_row ? "marks-long"
                                                               : "marks";
    const auto is_taken = [this](const std::string& name) { return std::ranges::find(request_.taken, name) != request_.taken.end(); };
    std::string name = base;
    for (int number = 2; is_taken(name); ++number) name = base + "-" + std::to_string(number);
    return name;
  }

  std::string text(const std::string& name) {
    std::string made = schema_comment("mapping");
    made += "# help import: 按标题猜出，标题相同的表格会再用它。Guessed from the titles; used again for tables with the same titles.\n";
    made += "import: " + RecordLine().word("id", name).flow() + "\n";
    std::vector<std::string> asks;
    if (asks_exam()) asks.emplace_back("exam");
    if (asks_class()) asks.emplace_back("class");
    if (kind_ == GuessedKind::roster) asks.emplace_back("from");
    if (!asks.empty()) made += "asks: " + list_of(asks) + "\n";
    if (form_.transposed) made += "table: {transposed: true}\n";
    check_totals();
    made += "student: " + student().flow() + "\n";
    made += kind_ == GuessedKind::roster ? "roster: " + roster().flow() + "\n" : marks();
    std::vector<std::string> left_out;
    for (const GuessedColumn& column : columns_) {
      if (!is_read(column) && std::ranges::find(left_out, column.title) == left_out.end()) left_out.push_back(column.title);
    }
    if (!left_out.empty()) made += "left-out: " + list_of(left_out) + "\n";
    return made;
  }

  /// Totals that are those of the marks in most rows are checked in all; others may be of subjects that the table does not have.
  void check_totals() {
    if (kind_ != GuessedKind::wide || with(TitleMeaning::subject).empty()) return;
    for (GuessedColumn& column : columns_) {
      const bool is_average = column.meaning.is == TitleMeaning::average;
      if (!is_average && column.meaning.is != TitleMeaning::total) continue;
      std::size_t checked = 0;
      std::size_t agreeing = 0;
      for (std::size_t row = first_row_; row < std::min(sheet_.row_count(), first_row_ + rows_sampled); ++row) {
        const auto agrees = agrees_with(sheet_.cell(row, column.place), sum_of(row), is_average);
        checked += agrees ? 1U : 0U;
        agreeing += agrees == true ? 1U : 0U;
      }
      column.left_out = 2 * agreeing <= checked;
    }
  }

  MarkSum sum_of(std::size_t row) {
    MarkSum sum;
    for (const GuessedColumn* column : with(TitleMeaning::subject)) {
      const auto mark = mark_of_text(cell_text(sheet_.cell(row, column->place)));
      sum.hundredths += mark.value_or(0);
      sum.present += mark ? 1U : 0U;
      ++sum.all;
    }
    return sum;
  }

  std::vector<RecordLine> totals() {
    std::vector<RecordLine> lines;
    for (const GuessedColumn* column : with(TitleMeaning::total)) lines.push_back(of_column(*column));
    for (const GuessedColumn* column : with(TitleMeaning::average)) lines.push_back(of_column(*column).word("is", "average"));
    return lines;
  }

  bool names_no_subject() { return kind_ == GuessedKind::by_exam || (kind_ == GuessedKind::wide && with(TitleMeaning::subject).empty()); }

  // Next year 期中考试 is another exam, 1 another class, and 成绩 may be of another subject; 0 may be a mark.
  bool is_for_others() {
    const auto is_id = [](const auto& label) { return label.first == label.second; };
    const Columns exams = with(TitleMeaning::exam_name);
    const auto is_called_by_id = [](const GuessedColumn* column) { return column->key == column->meaning.exam; };
    const auto is_number = [](const auto& state) { return mark_of_text(state.first).has_value(); };
    return std::ranges::none_of(request_.states, is_number) && request_.classes.empty() && !names_no_subject() &&
           (kind_ != GuessedKind::by_exam || std::ranges::all_of(exams, is_called_by_id)) &&
           (kind_ != GuessedKind::one_a_row || std::ranges::all_of(long_exams(), is_id));
  }

  static std::string list_of(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + plain_or_quoted(text);
    return "[" + list + "]";
  }

  [[nodiscard]] bool asks_exam() { return kind_ == GuessedKind::wide || (kind_ == GuessedKind::one_a_row && long_exams().empty()); }
  // A child without a class is on nobody's list.
  bool asks_class() {
    return the(TitleMeaning::class_name) == nullptr && (kind_ == GuessedKind::roster || the(TitleMeaning::id) == nullptr);
  }

  /// The texts of the exam column with the exams that they mean; nothing where the whole table is of one exam that is said.
  std::vector<std::pair<std::string, std::string>> long_exams() {
    std::vector<std::pair<std::string, std::string>> labels;
    const GuessedColumn* column = the(TitleMeaning::exam_name);
    if (column == nullptr || !request_.exam.empty()) return labels;
    for (std::string& text : texts_of(*column)) {
      if (const auto exams = words_.exams_of(text); exams.size() == 1) labels.emplace_back(std::move(text), *exams.begin());
    }
    return labels;
  }

  /// Whether the mapping speaks of the column.
  bool is_read(const GuessedColumn& column) {
    if (column.left_out) return false;
    switch (*column.meaning.is) {
      case TitleMeaning::exam_name:
        return kind_ == GuessedKind::by_exam ? !column.meaning.exam.empty() : kind_ == GuessedKind::one_a_row && !long_exams().empty();
      case TitleMeaning::subject_name:
        return kind_ == GuessedKind::one_a_row;
      case TitleMeaning::mark:
        return kind_ == GuessedKind::one_a_row || (kind_ == GuessedKind::wide && with(TitleMeaning::subject).empty());
      case TitleMeaning::transferred:
        return kind_ == GuessedKind::roster;
      default:
        return true;
    }
  }

  static RecordLine of_column(const GuessedColumn& column) { return RecordLine().word("column", column.title); }

  RecordLine class_column() {
    RecordLine line = of_column(*the(TitleMeaning::class_name));
    RecordLine names;
    for (const auto& [said, id] : request_.classes) {
      const std::string text = plain_or_quoted(said);
      names.word(text, id);
    }
    return names.empty() ? line : line.record("names", names);
  }

  RecordLine student() {
    RecordLine line;
    const GuessedColumn* id = the(TitleMeaning::id);
    const GuessedColumn* name = the(TitleMeaning::name);
    if (id != nullptr) line.record("id", of_column(*id));
    if (name != nullptr && kind_ != GuessedKind::roster) line.record("name", of_column(*name));
    if (the(TitleMeaning::class_name) != nullptr && kind_ != GuessedKind::roster) line.record("class", class_column());
    return line;
  }

  RecordLine roster() {
    RecordLine line;
    if (the(TitleMeaning::class_name) != nullptr) line.record("class", class_column());
    if (const GuessedColumn* name = the(TitleMeaning::name)) line.record("name", of_column(*name));
    if (const GuessedColumn* day = the(TitleMeaning::transferred)) line.record("transferred", of_column(*day));
    return line;
  }

  std::string marks() {
    std::string made = "marks:\n  subjects:\n";
    for (const MappedSubject& subject : subjects_) {
      RecordLine limits;
      limits.mark("full", subject.full);
      if (subject.pass) limits.mark("pass", *subject.pass);
      made += "    " + plain_or_quoted(subject.name) + ": " + limits.flow() + "\n";
    }
    if (kind_ == GuessedKind::one_a_row) {
      RecordLine line;
      if (!long_exams().empty()) line.word("exam", the(TitleMeaning::exam_name)->title);
      line.word("subject", the(TitleMeaning::subject_name)->title).word("mark", the(TitleMeaning::mark)->title);
      made += "  long: " + line.flow() + "\n";
      RecordLine names;
      for (const auto& [text, subject] : subject_names_) {
        const std::string key = plain_or_quoted(text);
        names.word(key, subject);
      }
      if (!names.empty()) made += "  subject-names: " + names.flow() + "\n";
    }
    made += "  exams:\n";
    for (const RecordLine& exam : exams()) made += "    " + exam.line();
    return made + "  states: " + states().flow() + "\n";
  }

  std::vector<RecordLine> exams() {
    std::vector<RecordLine> lines;
    if (kind_ == GuessedKind::by_exam) {
      for (const GuessedColumn* column : with(TitleMeaning::exam_name)) {
        if (column->meaning.exam.empty()) continue;
        RecordLine columns;
        const std::string subject = plain_or_quoted(subjects_.front().name);
        columns.word(subject, column->title);
        lines.push_back(exam_head(column->meaning.exam).record("columns", columns));
      }
    } else if (kind_ == GuessedKind::one_a_row) {
      for (const auto& [text, id] : long_exams()) lines.push_back(exam_head(id).word("label", text));
    } else {
      RecordLine columns;
      for (const GuessedColumn* column : with(TitleMeaning::subject)) {
        const std::string subject = plain_or_quoted(column->meaning.subject);
        columns.word(subject, column->title);
      }
      if (columns.empty()) {
        const std::string subject = plain_or_quoted(subjects_.front().name);
        columns.word(subject, the(TitleMeaning::mark)->title);
      }
      lines.push_back(RecordLine().record("columns", columns));
      if (!totals().empty()) lines.back().records("totals", totals());
    }
    if (lines.empty()) lines.emplace_back();
    return lines;
  }

  [[nodiscard]] RecordLine exam_head(const std::string& id) const {
    RecordLine line;
    line.word("id", id);
    if (const auto known = data_.find_exam(id)) {
      const Exam& exam = data_.exams[*known];
      line.given_word("name", exam.name).word("kind", word_of(exam.kind)).word("term", data_.calendar.terms[exam.term].id);
      line.date("date", exam.date).given_word("retests", exam.retests);
    }
    return line;
  }

  /// The words that cannot be mistaken, but for what was said of a text.
  [[nodiscard]] RecordLine states() const {
    constexpr std::array<std::pair<std::string_view, Mark::State>, 5> keys{{{"absent", Mark::State::absent},
                                                                            {"exempt", Mark::State::exempt},
                                                                            {"deferred", Mark::State::deferred},
                                                                            {"void", Mark::State::voided},
                                                                            {"no-entry", Mark::State::no_entry}}};
    constexpr std::array<std::pair<std::string_view, Mark::State>, 9> usual{{{"缺考", Mark::State::absent},
                                                                             {"absent", Mark::State::absent},
                                                                             {"免考", Mark::State::exempt},
                                                                             {"exempt", Mark::State::exempt},
                                                                             {"缓考", Mark::State::deferred},
                                                                             {"deferred", Mark::State::deferred},
                                                                             {"作弊", Mark::State::voided},
                                                                             {"void", Mark::State::voided},
                                                                             {"", Mark::State::no_entry}}};
    RecordLine line;
    for (const auto& [key, state] : keys) {
      std::vector<std::string> texts;
      for (const auto& [text, is] : usual) {
        const auto said = std::ranges::find(request_.states, text, &std::pair<std::string, Mark::State>::first);
        if (is == state && said == request_.states.end()) texts.emplace_back(text);
      }
      for (const auto& [text, is] : request_.states) {
        if (is == state) texts.push_back(text);
      }
      line.given_words(key, texts);
    }
    std::vector<std::string> left;
    for (const std::string text : {"转出", "转学"}) {
      const auto said = std::ranges::find(request_.states, text, &std::pair<std::string, Mark::State>::first);
      if (said == request_.states.end()) left.push_back(text);
    }
    line.given_words("left", left);
    return line;
  }

  const Dataset& data_;
  const Sheet& sheet_;
  const TableForm& form_;
  const GuessRequest& request_;
  Vocabulary words_;
  Diagnostics& problems_;
  std::vector<GuessedColumn> columns_;
  std::size_t first_row_ = 0;
  GuessedKind kind_ = GuessedKind::wide;
  std::vector<MappedSubject> subjects_;
  std::vector<std::pair<std::string, std::string>> subject_names_;
};

}  // namespace

TableHints hints_for_guess(const Dataset& data, const GuessRequest& request) {
  TableHints hints;
  hints.is_title = [words = Vocabulary(data, request)](const std::string& key) { return words.meaning_of(key).is.has_value(); };
  hints.says_who = [words = Vocabulary(data, request)](const std::string& key) {
    const auto is = words.meaning_of(key).is;
    return is == TitleMeaning::id || is == TitleMeaning::number || is == TitleMeaning::name;
  };
  return hints;
}

bool guess_mapping(const Dataset& data, const Sheet& sheet, const TableForm& form, const GuessRequest& request, GuessedMapping& guess,
                   Diagnostics& problems) {
  return Guesser(data, sheet, form, request, problems).guess(guess);
}

}  // namespace help
