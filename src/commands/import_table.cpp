// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "commands/import.hpp"
#include "commands/import_options.hpp"
#include "diag/nearest.hpp"
#include "model/class_finder.hpp"
#include "store/aliases.hpp"
#include "store/cell_text.hpp"
#include "store/full_marks.hpp"
#include "store/guess_mapping.hpp"
#include "store/student_by_name.hpp"

namespace help {
namespace {

constexpr std::string_view imports_folder = "imports";
constexpr std::string_view aliases_path = "imports/aliases.yaml";

std::pair<std::string, std::string> halves(const std::string& typed) {
  const std::size_t sign = typed.rfind('=');
  return {cell_text(std::string_view(typed).substr(0, sign)), cell_text(std::string_view(typed).substr(sign + 1))};
}

bool is_pair(const std::string& typed) { return typed.find('=') != std::string::npos; }

std::vector<std::string> parts_of(const std::vector<std::string>& typed) {
  std::vector<std::string> parts;
  for (const std::string& list : typed) {
    for (std::size_t from = 0; from <= list.size();) {
      const std::size_t comma = std::min(list.find(',', from), list.size());
      parts.push_back(list.substr(from, comma - from));
      from = comma + 1;
    }
  }
  return parts;
}

/// What was typed, understood: a word that is not is a refusal.
class Typed {
 public:
  Typed(const Context& context, const ImportOptions& options, Answer& answer) : context_(context), options_(options), answer_(answer) {
    read_exams();
    read_full();
    read_classes();
    read_columns();
    read_states();
    request.subject = cell_text(options.subject);
    from = day("--from", options.from);
    date = day("--date", options.date);
    if (!options.kind.empty() && !(kind = parse_exam_kind(options.kind))) {
      refuse("--kind", say("one of {0}", "final, midterm, monthly, unit, quiz, mock, diagnostic, entry, other"), options.kind);
    }
    request.kind = kind;
  }

  /// Something was said that a mapping cannot be asked for: it is guessed anew.
  [[nodiscard]] bool asks_for_guess() const {
    return !request.exams.empty() || !request.subject.empty() || !request.classes.empty() || !request.columns.empty() ||
           !request.states.empty();
  }

  GuessRequest request;
  std::string class_id;  ///< of the whole table
  std::optional<Date> from;
  std::optional<Date> date;
  std::optional<ExamKind> kind;

 private:
  void refuse(std::string_view option, Message expected, std::string_view typed) {
    answer_.refusals.push_back(say("{0}: expected {1}, not '{2}'", option, std::move(expected), typed));
  }

  std::optional<Date> day(std::string_view option, const std::string& typed) {
    if (typed.empty()) return std::nullopt;
    const auto read = date_of_text(typed);
    if (!read) refuse(option, say("a day like 2026-03-01"), typed);
    return read;
  }

  void read_exams() {
    for (const std::string& typed : options_.exams) {
      if (!is_pair(typed)) {
        if (!is_code_text(typed)) {
          refuse("--exam", say("an id like 2026-05-15-unit"), typed);
        } else if (!std::exchange(request.exam, typed).empty()) {
          answer_.refusals.push_back(say("one table, one exam: --exam is given twice"));
        }
        continue;
      }
      auto [text, id] = halves(typed);
      if (!context_.data.find_exam(id)) {
        answer_.refusals.push_back(say("there is no exam '{0}'", id));
      }
      request.exams.emplace_back(std::move(text), std::move(id));
    }
  }

  void read_full() {
    for (const std::string& typed : parts_of(options_.full)) {
      const auto [subject, limits] = halves(typed);
      const std::size_t slash = limits.find('/');
      const auto full = mark_of_text(limits.substr(0, slash));
      const auto pass = slash == std::string::npos ? std::nullopt : mark_of_text(limits.substr(slash + 1));
      if (!is_pair(typed) || subject.empty() || !full || *full == 0 || *full > highest_full_mark ||
          (slash != std::string::npos && (!pass || *pass > *full))) {
        refuse("--full", say("SUBJECT=FULL or SUBJECT=FULL/PASS"), typed);
      } else {
        request.subjects.push_back({.name = subject, .full = *full, .pass = pass});
      }
    }
  }

  std::string class_called(const std::string& typed) {
    const auto found = find_classes(context_.data, typed);
    if (const auto one = found.one()) return context_.data.classes[*one].id;
    for (Message& line : not_one_class(context_.data, typed, found)) answer_.refusals.push_back(std::move(line));
    return {};
  }

  void read_classes() {
    for (const std::string& typed : options_.classes) {
      if (is_pair(typed)) {
        auto [text, id] = halves(typed);
        request.classes.emplace_back(std::move(text), class_called(id));
      } else if (class_id.empty()) {
        class_id = class_called(typed);
      } else {
        answer_.refusals.push_back(say("one table, one class: --class is given twice; with a column of classes write --class TEXT=CLASS"));
      }
    }
  }

  void read_columns() {
    for (const std::string& typed : options_.columns) {
      if (!is_pair(typed)) {
        refuse("--column", say("TITLE=WORD, or TITLE=- to leave the column out"), typed);
      } else {
        request.columns.push_back(halves(typed));
      }
    }
  }

  void read_states() {
    constexpr std::array<std::pair<std::string_view, Mark::State>, 11> words{{{"absent", Mark::State::absent},
                                                                              {"缺考", Mark::State::absent},
                                                                              {"exempt", Mark::State::exempt},
                                                                              {"免考", Mark::State::exempt},
                                                                              {"deferred", Mark::State::deferred},
                                                                              {"缓考", Mark::State::deferred},
                                                                              {"void", Mark::State::voided},
                                                                              {"作弊", Mark::State::voided},
                                                                              {"no-entry", Mark::State::no_entry},
                                                                              {"空", Mark::State::no_entry},
                                                                              {"~", Mark::State::no_entry}}};
    for (const std::string& typed : options_.states) {
      auto [text, word] = halves(typed);
      const auto known = std::ranges::find(words, word, &std::pair<std::string_view, Mark::State>::first);
      if (!is_pair(typed) || known == words.end()) {
        refuse("--state", say("TEXT=STATE, with one of {0}", "absent, exempt, deferred, void, no-entry"), typed);
      } else if (std::ranges::find(request.states, text, &std::pair<std::string, Mark::State>::first) != request.states.end()) {
        answer_.refusals.push_back(say("--state says twice what '{0}' means", text));
      } else {
        request.states.emplace_back(std::move(text), known->second);
      }
    }
  }

  const Context& context_;
  const ImportOptions& options_;
  Answer& answer_;
};

/// Fills in what a mapping asks for.
class Asked {
 public:
  Asked(const Context& context, const ImportOptions& options, const Typed& typed, ReadTable& table, Answer& answer)
      : context_(context), options_(options), typed_(typed), table_(table), mapping_(table.mapping), answer_(answer) {}

  void fill() {
    for (const UnusedOption& one : unused_options(options_, traits_of_table(table_, options_))) {
      answer_.refusals.push_back(say("{0} has no use here: {1}", one.option, one.why));
    }
    if (!answer_.refusals.empty()) return;
    fill_exam();
    fill_class();
    fill_full();
    fill_from();
    if (answer_.refusals.empty() && !has_error(answer_.problems)) {
      check_left_out(context_.data, table_, typed_.request.columns, answer_.problems);
    }
    if (answer_.refusals.empty() && !has_error(answer_.problems)) fill_aliases();
    if (answer_.refusals.empty() && !has_error(answer_.problems)) {
      check_what_was_said(context_.data, typed_.request, table_, answer_.refusals);
    }
  }

 private:
  void not_said(Message message, Message hint) {
    answer_.problems.push_back(
        {.code = "import/not-said", .where = {.path = options_.file}, .message = std::move(message), .hint = std::move(hint)});
  }

  void fill_exam() {
    const bool asked = mapping_.asked("exam") != nullptr && mapping_.marks;
    if (!asked) return;
    MappedExam& exam = mapping_.marks->exams.front();
    const MappedText& place = *mapping_.asked("exam");
    const std::string& id = typed_.request.exam;
    const auto known = context_.data.find_exam(id);
    if (id.empty() || (!known && (!typed_.kind || !typed_.date))) {
      which_exam(id);
      return;
    }
    exam.id = {.text = id, .from = place.from, .until = place.until};
    const Calendar& calendar = context_.data.calendar;
    if (known) {
      const Exam& there = context_.data.exams[*known];
      exam.name = there.name;
      exam.kind = there.kind;
      exam.date = there.date;
      exam.retests = there.retests;
      exam.term = {.text = calendar.terms[there.term].id, .from = place.from, .until = place.until};
    }
    exam.name = options_.name.empty() ? exam.name : options_.name;
    exam.kind = typed_.kind.value_or(exam.kind);
    exam.date = typed_.date.value_or(exam.date);
    const auto term = calendar.term_of(exam.date);
    if (!options_.term.empty() || !known) {
      exam.term = {.text = !options_.term.empty() ? options_.term
                           : term                 ? calendar.terms[*term].id
                                                  : std::string{},
                   .from = place.from,
                   .until = place.until};
    }
  }

  void which_exam(const std::string& id) {
    std::vector<std::string_view> ids;
    std::string_view latest;
    Date day = Date::min();
    for (const Exam& exam : context_.data.exams) {
      ids.emplace_back(exam.id);
      if (exam.date >= day) {
        day = exam.date;
        latest = exam.id;
      }
    }
    const std::string today = to_string(context_.today);
    if (const auto near = id.empty() ? std::nullopt : nearest(id, ids)) {
      not_said(say("there is no exam '{0}'", id), say("did you mean '{0}'? a new one needs --kind and --date", *near));
    } else if (!id.empty()) {
      not_said(say("there is no exam '{0}'", id), say("a new one needs its kind and day: --exam {0} --kind unit --date {1}", id, today));
    } else if (latest.empty()) {
      not_said(say("the table does not say which exam it is"),
               say("add --exam {0}-unit --kind unit --date {0}, with the right day", today));
    } else {
      not_said(say("the table does not say which exam it is"),
               say("add --exam and its id (the latest is {0}); for a new one --exam {1}-unit --kind unit --date {1}", latest, today));
    }
  }

  // The full marks of a kept mapping are those of its first exam, and no others are taken from there.
  void fill_full() {
    const bool asked = mapping_.asked("exam") != nullptr && mapping_.marks;
    if (!asked) {
      for (const MappedSubject& said : typed_.request.subjects) table_.full_is.emplace_back(said.name, "said");
      return;
    }
    const MappedExam& exam = mapping_.marks->exams.front();
    if (!exam.id.given()) return;  // which exam it is, is asked first
    const std::set<int> grades = grades_in(context_.data, table_);
    std::string missing;
    for (std::size_t index = 0; index < mapping_.marks->subjects.size(); ++index) {
      MappedSubject& subject = mapping_.marks->subjects[index];
      if (fill_full(index, grades)) continue;
      const auto latest = latest_limits(context_.data, subject.name);
      const auto pass = latest ? std::optional(latest->pass) : subject.pass;
      missing += (missing.empty() ? "" : ",") + subject.name + "=" + hundredths_to_string(latest ? latest->full : subject.full) +
                 (pass ? "/" + hundredths_to_string(*pass) : std::string{});
    }
    if (!missing.empty()) {
      not_said(say("the full marks of exam {0} are not known: no exam of this kind and grade has them, or they differ", exam.id.text),
               say("add --full {0}, with the right numbers (full mark/pass mark)", missing));
    }
  }

  bool fill_full(std::size_t index, const std::set<int>& grades) {
    MappedSubject& subject = mapping_.marks->subjects[index];
    const auto said = std::ranges::find(typed_.request.subjects, subject.name, &MappedSubject::name);
    if (said != typed_.request.subjects.end()) {
      subject = *said;
      table_.full_is.emplace_back(subject.name, "said");
      return true;
    }
    const auto in_table = full_in_table(index);
    const auto take = [&](const ExamSubject& limits) {
      subject.full = limits.full;
      subject.pass = limits.pass;
    };
    const auto usual = usual_limits(context_.data, subject.name, mapping_.marks->exams.front().kind, grades);
    if (const auto there = limits_there(subject.name)) {
      take(*there);
      table_.full_is.emplace_back(subject.name, "exam");
    } else if (usual && in_table.value_or(usual->limits.full) == usual->limits.full) {
      take(usual->limits);
      table_.full_from.emplace_back(subject.name, usual->exam);
    } else if (!in_table) {
      return false;
    } else {
      table_.full_is.emplace_back(subject.name, "table");
    }
    // Where the exam is there with another full mark, the plan says that they differ.
    if (in_table && *in_table != subject.full) {
      subject.full = *in_table;
      subject.pass.reset();
    }
    return true;
  }

  [[nodiscard]] std::optional<ExamSubject> limits_there(const std::string& subject) const {
    const auto known = context_.data.find_exam(typed_.request.exam);
    const auto place = context_.data.find_subject(subject);
    const auto column = known && place ? context_.data.exams[*known].column_of(*place) : std::nullopt;
    return column ? std::optional(context_.data.exams[*known].subjects[*column]) : std::nullopt;
  }

  /// The full mark that the table itself says: in the title, or in a row of full marks.
  [[nodiscard]] std::optional<std::int32_t> full_in_table(std::size_t index) const {
    for (const auto& [subject, title] : mapping_.marks->exams.front().columns) {
      if (subject != index) continue;
      if (const auto in_title = full_in_title(title.text)) return in_title->full;
      const auto column = column_of(table_.sheet, table_.form.header, title.text);
      return column ? full_in_row(table_.sheet, *column) : std::nullopt;
    }
    return std::nullopt;
  }

  void fill_class() {
    const MappedText* place = mapping_.asked("class");
    if (place == nullptr && options_.add_students && mapping_.marks && !mapping_.student.in.column.given()) {
      if (typed_.class_id.empty()) {
        not_said(say("which class are new students in?"), say("add --class CLASS"));
      } else {
        newcomers().in.fixed = {.text = typed_.class_id, .from = 0, .until = 1};
      }
    } else if (place == nullptr) {
      return;
    } else if (typed_.class_id.empty()) {
      not_said(say("the table has names, but does not say of which class"), say("add --class CLASS"));
    } else {
      const MappedText fixed{.text = typed_.class_id, .from = place->from, .until = place->until};
      (mapping_.student.by_name() ? mapping_.student.in.fixed : mapping_.roster->in.fixed) = fixed;
    }
  }

  void fill_from() {
    if (options_.add_students && mapping_.student.by_name()) {
      answer_.refusals.push_back(say("a new student needs an id, and the table has none: import a list of students"));
    } else if (options_.add_students && mapping_.asked("from") == nullptr) {
      if (!typed_.from) {
        not_said(say("since when are the students in their classes?"), say("add --from DATE, the first day in the class"));
        return;
      }
      newcomers().from = *typed_.from;
      if (!newcomers().in.fixed.given()) newcomers().in = mapping_.student.in;
    } else if (mapping_.asked("from") == nullptr) {
      return;
    } else if (!typed_.from) {
      not_said(say("since when are the students in their classes?"), say("add --from DATE, the first day in the class"));
    } else if (mapping_.roster) {
      mapping_.roster->from = *typed_.from;
    }
  }

  RosterColumns& newcomers() { return mapping_.newcomers ? *mapping_.newcomers : mapping_.newcomers.emplace(); }

  void fill_aliases() {
    std::string& bytes = table_.kept_answers;
    if (context_.folder->read(aliases_path, bytes, max_file_bytes) == FileResult::done) {
      (void)read_aliases(std::string(aliases_path), bytes, mapping_.aliases, answer_.problems);
    } else {
      bytes.clear();
    }
    for (const std::string& typed : options_.answers) answer(typed);
  }

  /// NAME=ID or NAME/CLASS=ID. Without a class it is that of the student on the day of the exam.
  void answer(const std::string& typed) {
    auto [text, id] = halves(typed);
    const auto student = context_.data.find_student(id);
    if (!is_pair(typed) || text.empty() || !student) {
      answer_.refusals.push_back(
          say("{0}: expected {1}, not '{2}'", "--as", say("NAME=ID or NAME/CLASS=ID, with the id of a student"), typed));
      return;
    }
    std::optional<ClassIndex> in;
    if (const std::size_t slash = text.rfind('/'); slash != std::string::npos) {
      in = find_classes(context_.data, text.substr(slash + 1)).one();
      text.resize(slash);
    } else {
      in = class_of_answer(context_.data.students[*student]);
    }
    if (!in) {
      answer_.refusals.push_back(say("--as {0}: which class is that? say it: --as NAME/CLASS=ID", typed));
      return;
    }
    Alias alias{.name = cell_text(text), .in = context_.data.classes[*in].id, .student = id};
    const auto same = std::ranges::find_if(
        mapping_.aliases, [&](const Alias& other) { return other.in == alias.in && name_key(other.name) == name_key(alias.name); });
    if (same == mapping_.aliases.end()) {
      mapping_.aliases.push_back(alias);
      table_.answered.push_back(std::move(alias));
    } else if (same->student != id) {
      answer_.refusals.push_back(say("--as {0}: imports/aliases.yaml says {1}; correct the line there", typed, same->student));
    }
  }

  /// Records are of any day: only who was always in one class needs no word of it.
  [[nodiscard]] std::optional<ClassIndex> class_of_answer(const Student& student) const {
    std::optional<ClassIndex> in;
    for (const Membership& one : student.classes) {
      if (mapping_.marks && !is_in_on_any(student, one.in, mapping_.marks->exams)) continue;
      if (!mapping_.marks && in && *in != one.in) return std::nullopt;
      in = one.in;
    }
    return in;
  }

  const Context& context_;
  const ImportOptions& options_;
  const Typed& typed_;
  ReadTable& table_;
  Mapping& mapping_;
  Answer& answer_;
};

/// Chooses the mapping of a table that is named without one.
class Chooser {
 public:
  Chooser(const Context& context, const ImportOptions& options, Typed& typed, ReadTable& table, Answer& answer)
      : context_(context), options_(options), typed_(typed), table_(table), answer_(answer) {}

  bool choose(std::string bytes) {
    std::vector<Mapping> kept = read_kept();
    TableHints hints = hints_for_guess(context_.data, typed_.request);
    hints.sheet = options_.sheet;
    Diagnostics problems;
    const bool is_read = read_table(options_.file, bytes, hints, table_.sheet, table_.form, problems);
    // A mapping may say itself how its table is read.
    std::vector<std::pair<Sheet, TableForm>> own_ways(kept.size());
    std::vector<std::size_t> fitting;
    for (std::size_t at = 0; at < kept.size(); ++at) {
      auto& [sheet, form] = own_ways[at];
      if ((is_read && fits(kept[at], table_.sheet, table_.form)) || fits_its_own_way(kept[at], bytes, is_read, sheet, form)) {
        fitting.push_back(at);
      }
    }
    if (is_read) check_titles_said(typed_.request, table_.sheet, table_.form, answer_.refusals);
    if (!answer_.refusals.empty()) return false;
    if (typed_.asks_for_guess()) {
      choose_name(kept, fitting);
    } else if (fitting.size() > 1) {
      answer_.refusals.push_back(
          say("the titles fit several mappings, {0} and {1}; say which: --map FILE", kept[fitting[0]].path, kept[fitting[1]].path));
      return false;
    } else if (fitting.size() == 1) {
      auto& [sheet, form] = own_ways[fitting.front()];
      if (sheet.row_count() > 0) {
        table_.sheet = std::move(sheet);
        table_.form = std::move(form);
      }
      table_.mapping = std::move(kept[fitting.front()]);
      table_.origin = MappingOrigin::kept;
      return true;
    }
    answer_.problems.insert(answer_.problems.end(), problems.begin(), problems.end());
    return is_read && guess();
  }

 private:
  std::vector<Mapping> read_kept() {
    std::vector<Mapping> kept;
    for (const std::string& name : context_.folder->list(imports_folder)) {
      if (!name.ends_with(".yaml") || name == "aliases.yaml") continue;
      typed_.request.taken.push_back(name.substr(0, name.size() - std::string_view(".yaml").size()));
      const std::string path = std::string(imports_folder) + "/" + name;
      std::string bytes;
      Mapping mapping;
      Diagnostics ignored;  // `help check` tells them; a mapping with errors is not found again
      if (context_.folder->read(path, bytes, max_file_bytes) == FileResult::done &&
          read_mapping(path, std::move(bytes), mapping, ignored)) {
        kept.push_back(std::move(mapping));
      }
    }
    return kept;
  }

  /// Whether the titles are those that the mapping knows: all of them, and no others.
  static bool fits(const Mapping& mapping, const Sheet& sheet, const TableForm& form) {
    const bool is_read_so = mapping.header.value_or(form.header) == form.header && mapping.transposed == form.transposed &&
                            (mapping.sheet.empty() || (form.workbook && form.workbook->sheet == mapping.sheet)) &&
                            (form.workbook || (mapping.encoding.value_or(form.encoding) == form.encoding &&
                                               mapping.separator.value_or(form.separator) == form.separator));
    if (!is_read_so) return false;
    std::vector<std::string> known = titles_of(mapping);
    std::vector<std::string> there;
    const auto row = row_of_line(sheet, form.header);
    for (std::size_t column = 0; row && column < sheet.width(*row); ++column) {
      std::string key = title_key(sheet.cell(*row, column));
      if (!key.empty()) there.push_back(std::move(key));
    }
    for (const MappedText& title : mapping.left_out) known.push_back(title_key(title.text));
    for (auto* titles : {&known, &there}) {
      std::ranges::sort(*titles);
      titles->erase(std::unique(titles->begin(), titles->end()), titles->end());
    }
    return known == there;
  }

  /// Whether the mapping fits when the table is read as it says; `sheet` is empty if not.
  bool fits_its_own_way(const Mapping& mapping, const std::string& bytes, bool is_read, Sheet& sheet, TableForm& form) const {
    const bool says_how = mapping.encoding || !mapping.sheet.empty() || mapping.separator || mapping.header;
    if (!says_how && is_read && mapping.transposed == table_.form.transposed) return false;
    if (!options_.sheet.empty() && !mapping.sheet.empty() && mapping.sheet != options_.sheet) return false;
    TableHints hints = hints_of(mapping);
    if (hints.sheet.empty()) hints.sheet = options_.sheet;
    Diagnostics ignored;  // if no mapping fits, those of the reading without one are told
    if (read_table(options_.file, bytes, hints, sheet, form, ignored) && fits(mapping, sheet, form)) return true;
    sheet = {};
    return false;
  }

  /// What was guessed for these titles is guessed anew under its name; beside what somebody wrote for them nothing is kept, since two
  /// mappings for the same titles are none.
  void choose_name(const std::vector<Mapping>& kept, const std::vector<std::size_t>& fitting) {
    if (fitting.empty()) return;
    const Mapping& mapping = kept[fitting.front()];
    const std::string name = mapping.path.substr(imports_folder.size() + 1, mapping.path.rfind(".yaml") - imports_folder.size() - 1);
    is_named_ = fitting.size() == 1 && mapping.source.find("\n# help import: ") != std::string::npos && mapping.id == name;
    is_kept_ = is_named_;
    if (is_named_) typed_.request.name = name;
  }

  bool guess() {
    table_.origin = MappingOrigin::guessed;
    GuessedMapping guessed;
    if (!guess_mapping(context_.data, table_.sheet, table_.form, typed_.request, guessed, answer_.problems)) return false;
    const std::string path = std::string(imports_folder) + "/" + guessed.name + ".yaml";
    if (!read_mapping(path, guessed.text, table_.mapping, answer_.problems)) return false;
    table_.mapping.header = table_.form.header;
    table_.mapping.told_at = options_.file;
    table_.mapping.told_line = table_.form.transposed ? 0 : table_.form.header;
    table_.asks_subject = guessed.asks_subject;
    table_.keep_as = guessed.is_for_this_table_only || !is_kept_ ? std::string{} : path;
    table_.keeps_anew = is_named_;
    return true;
  }

  const Context& context_;
  const ImportOptions& options_;
  Typed& typed_;
  ReadTable& table_;
  Answer& answer_;
  bool is_named_ = false;  ///< the guess has the name of a mapping that is there
  bool is_kept_ = true;
};

}  // namespace

Message why_not_read(std::string_view path, FileResult result, std::uint64_t limit) {
  switch (result) {
    case FileResult::missing:
      return say("there is no file {0}", path);
    case FileResult::not_regular:
      return say("{0} is a folder, a link or a device, not a file", path);
    case FileResult::too_large:
      return say("{0} is larger than {1} MiB; split it into several files", path, limit >> 20U);
    case FileResult::denied:
      return say("you may not read {0}", path);
    default:
      return say("{0} could not be read", path);
  }
}

SaidExam exam_said(const Context& context, const ImportOptions& options, Answer& answer) {
  ImportOptions of_exam = options;
  of_exam.exams.clear();
  of_exam.classes.clear();
  const Typed typed(context, of_exam, answer);
  return {
      .name = cell_text(options.name), .kind = typed.kind, .date = typed.date, .term = options.term, .subjects = typed.request.subjects};
}

bool read_import_table(const Context& context, const ImportOptions& options, ReadTable& table, Answer& answer) {
  Typed typed(context, options, answer);
  if (!answer.refusals.empty()) return false;
  std::string bytes;
  if (!options.map.empty()) {
    if (typed.asks_for_guess()) {
      answer.refusals.push_back(say("--column, --state, --subject and pairs with = are for a guess; with --map, change the mapping file"));
      return false;
    }
    if (const FileResult result = context.outside->read(options.map, bytes, max_file_bytes); result != FileResult::done) {
      answer.refusals.push_back(why_not_read(options.map, result, max_file_bytes));
      return false;
    }
  }
  const bool is_usable = options.map.empty() || read_mapping(options.map, std::move(bytes), table.mapping, answer.problems);
  std::string content;
  if (const FileResult result = context.outside->read(options.file, content, SheetLimits::file_bytes); result != FileResult::done) {
    answer.refusals.push_back(why_not_read(options.file, result, SheetLimits::file_bytes));
    return false;
  }
  if (!is_usable) return false;
  if (!options.sheet.empty()) table.mapping.sheet = options.sheet;
  const bool is_read = options.map.empty()
                           ? Chooser(context, options, typed, table, answer).choose(std::move(content))
                           : read_table(options.file, std::move(content), table.mapping, table.sheet, table.form, answer.problems);
  if (!is_read) return false;
  table.mapping.header = table.form.header;
  Asked(context, options, typed, table, answer).fill();
  return answer.refusals.empty() && !has_error(answer.problems);
}

}  // namespace help
