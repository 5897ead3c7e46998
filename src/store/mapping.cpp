// SPDX-License-Identifier: MIT
#include "store/mapping.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "diag/nearest.hpp"
#include "store/cell_text.hpp"
#include "store/csv.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

MappedText mapped(const Value& value) {
  const Node& node = value.node();
  const auto size = static_cast<std::uint32_t>(node.text.size() + (node.kind == NodeKind::quoted ? 2 : 0));
  return {.text = std::string(node.text), .from = node.offset, .until = node.offset + size};
}

MappedText mapped_at(Value mapping, std::string_view key) {
  const auto value = find(mapping, key);
  return value ? mapped(*value) : MappedText{};
}

/// `{column: TITLE}` under a key.
MappedText column_at(Value mapping, std::string_view key) {
  const auto value = find(mapping, key);
  return value ? mapped_at(*value, "column") : MappedText{};
}

/// Decodes a tree that fits the shape; what the shape cannot say is judged here.
class Decoder {
 public:
  Decoder(Mapping& mapping, Diagnostics& problems) : mapping_(mapping), problems_(problems) {}

  void decode(Value root) {
    const Value import = *find(root, "import");
    mapping_.id = text_at(import, "id");
    mapping_.name = text_at(import, "name");
    if (const auto table = find(root, "table")) {
      decode_table(*table);
    }
    for (const auto& [key, texts] : {std::pair("asks", &mapping_.asks), std::pair("left-out", &mapping_.left_out)}) {
      if (const auto list = find(root, key)) {
        for (const Value item : items_of(*list)) {
          texts->push_back(mapped(item));
        }
      }
    }
    if (const auto records = find(root, "records")) {
      return decode_records(*records);
    }
    has_roster_ = find(root, "roster").has_value();
    decode_student(*find(root, "student"));
    if (const auto roster = find(root, "roster")) {
      decode_roster(*roster);
    }
    if (const auto marks = find(root, "marks")) {
      decode_marks(*marks);
    }
    check_asked(root);
  }

 private:
  void error(const Value& at, std::string_view code, Message message, Message hint = {}) {
    problems_.push_back(problem_at(mapping_.path, at, Severity::error, code, std::move(message), std::move(hint)));
  }

  /// What is asked for must have a place that takes the answer.
  void check_asked(Value root) {
    const auto list = find(root, "asks");
    if (!list) return;
    for (const Value item : items_of(*list)) {
      const bool has_place = item.text() == "exam" || has_roster_ || (item.text() == "class" && mapping_.student.by_name());
      if (!has_place) {
        error(item, "mapping/asked-in-vain", say("nothing in this mapping takes the answer to '{0}'", item.text()),
              say("leave it out of asks"));
      }
    }
  }

  void decode_table(Value table) {
    if (const auto separator = find(table, "separator")) {
      if (separator->text() == "tab" || separator->text() == "\t") {
        mapping_.separator = '\t';
      } else if (separator->text().size() == 1 && separators.find(separator->text().front()) != std::string_view::npos) {
        mapping_.separator = separator->text().front();
      } else {
        error(*separator, "mapping/separator", say("'{0}' is no separator that is known here", separator->text()),
              say("write \",\" or \";\" or \"|\" or tab"));
      }
    }
    mapping_.sheet = text_at(table, "sheet");
    mapping_.transposed = text_at(table, "transposed") == "true";
    mapping_.encoding = parse_encoding(text_at(table, "encoding"));
    if (const auto header = whole_at(table, "header")) {
      mapping_.header = static_cast<std::uint32_t>(*header);
    }
  }

  void decode_records(Value records) {
    RecordColumns& made = mapping_.records.emplace();
    made.kind = mapped_at(records, "kind");
    for (const Entry entry : entries_of(*find(records, "fields"))) {
      MappedField field{
          .key = mapped(entry.key), .column = mapped_at(entry.value, "column"), .fixed = mapped_at(entry.value, "fixed"), .words = {}};
      if (const auto words = find(entry.value, "words")) {
        for (const Entry word : entries_of(*words)) {
          field.words.emplace_back(cell_text(word.key.text()), std::string(word.value.text()));
        }
      }
      made.fields.push_back(std::move(field));
    }
    if (const auto counts = find(records, "counts")) {
      for (const Entry entry : entries_of(*counts)) {
        made.counts.emplace_back(std::string(entry.key.text()), mapped(entry.value));
      }
    }
  }

  void decode_student(Value student) {
    StudentColumns& columns = mapping_.student;
    if (const auto id = find(student, "id")) {
      decode_id(*id);
    } else if (!find(student, "name")) {
      error(student, "mapping/student-name", say("without an id a student is known by name and class"), say("add name: {{column: TITLE}}"));
    } else if (has_roster_) {
      error(student, "mapping/student-name", say("a roster needs the ids of its students"), say("write id: {{column: TITLE}}"));
    }
    columns.name = column_at(student, "name");
    if (const auto in = find(student, "class")) {
      columns.in = class_column(*in);
    } else if (columns.by_name() && mapping_.asked("class") == nullptr) {
      error(student, "mapping/student-name", say("without an id a student is known by name and class"),
            say("add class: {{column: TITLE}}, or asks: [class]"));
    }
  }

  static ClassColumn class_column(Value of_class) {
    ClassColumn column{.fixed = mapped_at(of_class, "fixed"), .column = mapped_at(of_class, "column")};
    if (const auto names = find(of_class, "names")) {
      for (const Entry entry : entries_of(*names)) {
        column.names.emplace_back(cell_text(entry.key.text()), std::string(entry.value.text()));
      }
    }
    return column;
  }

  void decode_id(Value id) {
    StudentColumns& columns = mapping_.student;
    columns.id = mapped_at(id, "column");
    columns.by_row_number = text_at(id, "row-number") == "true";
    columns.prefix = text_at(id, "prefix");
    columns.width = static_cast<int>(whole_at(id, "width").value_or(1));
    const auto prefix = find(id, "prefix");
    if (columns.id.given() == columns.by_row_number) {
      error(id, "mapping/student-id", say("an id comes from a column or from the row number"),
            say("write {column: TITLE} or {row-number: true}"));
    } else if (columns.id.given() && (prefix || find(id, "width"))) {
      error(prefix ? *prefix : *find(id, "width"), "mapping/student-id",
            say("prefix and width belong to row-number; ids of a column are taken as they stand"));
    } else if (prefix && !is_id_text(columns.prefix + std::string(static_cast<std::size_t>(columns.width), '0'))) {
      error(*prefix, "mapping/student-id", say("no id can begin with '{0}'", columns.prefix),
            say("letters, digits, - and _, not more than 32 in all"));
    }
  }

  void decode_roster(Value roster) {
    RosterColumns& columns = mapping_.roster.emplace();
    if (const auto classes = find(roster, "classes")) {
      for (const Value item : items_of(*classes)) {
        decode_class(item);
      }
    }
    if (const auto of_class = find(roster, "class")) {
      columns.in = class_column(*of_class);
      if (!find(roster, "from") && mapping_.asked("from") == nullptr) {
        error(*of_class, "mapping/class-without-day", say("a class needs the first day that the students are in it"),
              say("add from: YYYY-MM-DD to the roster"));
      }
    }
    columns.name = column_at(roster, "name");
    columns.from = date_at(roster, "from").value_or(Date{});
    columns.transferred = column_at(roster, "transferred");
  }

  void decode_class(Value item) {
    if (const auto leaders = find(item, "leaders")) {
      error(*leaders, "mapping/leaders", say("an import makes classes without leaders"), say("add the leaders in roster/classes.yaml"));
    }
    mapping_.roster->classes.push_back({.id = text_at(item, "id"),
                                        .name = text_at(item, "name"),
                                        .cohort = static_cast<int>(whole_at(item, "cohort").value_or(0)),
                                        .entry_grade = static_cast<int>(whole_at(item, "entry-grade").value_or(0))});
  }

  void decode_marks(Value marks) {
    MarkColumns& columns = mapping_.marks.emplace();
    for (const Entry entry : entries_of(*find(marks, "subjects"))) {
      MappedSubject subject{.name = std::string(entry.key.text()), .full = hundredths_at(entry.value, "full").value_or(0)};
      subject.pass = hundredths_at(entry.value, "pass");
      if (subject.pass && *subject.pass > subject.full) {
        error(*find(entry.value, "pass"), "mapping/pass-above-full", say("the pass mark lies above the full mark"));
      }
      columns.subjects.push_back(std::move(subject));
    }
    if (const auto one_a_row = find(marks, "long")) {
      columns.one_a_row = LongColumns{mapped_at(*one_a_row, "exam"), mapped_at(*one_a_row, "subject"), mapped_at(*one_a_row, "mark")};
    }
    const Value exams = *find(marks, "exams");
    for (const Value exam : items_of(exams)) {
      decode_exam(exam);
    }
    check_long(marks, exams);
    decode_subject_names(marks);
    decode_states(marks);
  }

  static std::optional<std::int32_t> hundredths_at(Value mapping, std::string_view key) {
    const auto value = find(mapping, key);
    return value ? parse_hundredths(value->text()) : std::nullopt;
  }

  /// The place of a declared subject; another name is reported.
  std::optional<std::size_t> subject_of(const Value& name) {
    const auto& subjects = mapping_.marks->subjects;
    const auto found = std::ranges::find(subjects, name.text(), &MappedSubject::name);
    if (found != subjects.end()) {
      return static_cast<std::size_t>(found - subjects.begin());
    }
    std::vector<std::string_view> known;
    std::ranges::transform(subjects, std::back_inserter(known), &MappedSubject::name);
    const auto near = nearest(name.text(), known);
    error(name, "mapping/unknown-subject", say("the subject '{0}' is not among the mapping's subjects", name.text()),
          near ? say("did you mean '{0}'?", *near) : say("add it to subjects, with its full mark"));
    return std::nullopt;
  }

  void decode_exam(Value item) {
    auto& exams = mapping_.marks->exams;
    MappedExam exam{.id = mapped_at(item, "id"),
                    .name = text_at(item, "name"),
                    .kind = parse_exam_kind(text_at(item, "kind")).value_or(ExamKind::other),
                    .term = mapped_at(item, "term"),
                    .date = date_at(item, "date").value_or(Date{}),
                    .retests = text_at(item, "retests"),
                    .label = mapped_at(item, "label")};
    if (!exam.id.given() && (mapping_.asked("exam") == nullptr || !exams.empty())) {
      error(item, "mapping/exam-without-id", say("which exam is it?"),
            say("add id, kind, term and date; or asks: [exam], if there is only one"));
    }
    for (const std::string_view key : {"kind", "term", "date"}) {
      if (exam.id.given() && !find(item, key)) {
        error(item, "field/missing-key", say("the key '{0}' is missing", key));
      }
    }
    const bool is_long = mapping_.marks->one_a_row.has_value();
    const auto columns = find(item, "columns");
    if (columns && is_long) {
      error(*columns, "mapping/columns-in-long", say("a long table has no columns for subjects"),
            say("give the exam a label instead: the text in the exam column"));
    } else if (!is_long && (!columns || entries_of(*columns).begin() == entries_of(*columns).end())) {
      error(item, "mapping/exam-without-columns", say("no column is named for this exam"), say("write columns: {SUBJECT: TITLE}"));
    }
    if (exam.label.given() && !is_long) {
      error(*find(item, "label"), "mapping/label-without-long", say("a label belongs to a long table"),
            say("add long: {exam: …, subject: …, mark: …}, or remove the label"));
    }
    if (columns && !is_long) {
      for (const Entry entry : entries_of(*columns)) {
        if (const auto subject = subject_of(entry.key)) {
          exam.columns.emplace_back(*subject, mapped(entry.value));
        }
      }
    }
    if (const auto totals = find(item, "totals")) {
      decode_totals(*totals, exam);
    }
    if (exam.id.given() && std::ranges::any_of(exams, [&](const MappedExam& other) { return other.id.text == exam.id.text; })) {
      error(*find(item, "id"), "mapping/exam-twice", say("the exam '{0}' stands here twice", exam.id.text));
    }
    exams.push_back(std::move(exam));
  }

  void decode_totals(Value totals, MappedExam& exam) {
    for (const Value item : items_of(totals)) {
      MappedTotal total{.column = mapped_at(item, "column"), .of = {}, .is_average = text_at(item, "is") == "average"};
      if (const auto of = find(item, "of")) {
        for (const Value name : items_of(*of)) {
          const auto subject = subject_of(name);
          const auto is_it = [&](const auto& column) { return column.first == *subject; };
          if (subject && std::ranges::any_of(exam.columns, is_it)) {
            total.of.push_back(*subject);
          } else if (subject) {
            error(name, "mapping/total-of", say("the exam has no column for {0}, so the total cannot be checked", name.text()));
          }
        }
      } else {
        for (const auto& [subject, column] : exam.columns) {
          total.of.push_back(subject);
        }
      }
      exam.totals.push_back(std::move(total));
    }
  }

  // In a long table each row must say, by a column or because there is only one, which exam and which subject it is about.
  void check_long(Value marks, Value exams) {
    const MarkColumns& columns = *mapping_.marks;
    if (!columns.one_a_row) {
      return;
    }
    const Value one_a_row = *find(marks, "long");
    if (!columns.one_a_row->exam.given() && columns.exams.size() > 1) {
      error(one_a_row, "mapping/long-exam", say("there are several exams: which column says which one a row is about?"),
            say("add exam: TITLE"));
    }
    if (!columns.one_a_row->subject.given() && columns.subjects.size() > 1) {
      error(one_a_row, "mapping/long-subject", say("there are several subjects: which column says which one a row is about?"),
            say("add subject: TITLE"));
    }
    std::vector<std::string> labels;
    for (const Value item : items_of(exams)) {
      const auto label = find(item, "label");
      if (!label) {
        if (columns.one_a_row->exam.given()) {
          error(item, "mapping/exam-without-label", say("no label says which rows are of this exam"),
                say("add label: the text in the exam column"));
        }
      } else if (std::ranges::find(labels, cell_text(label->text())) != labels.end()) {
        error(*label, "mapping/label-twice", say("two exams have the label '{0}'", label->text()));
      } else {
        labels.push_back(cell_text(label->text()));
      }
    }
  }

  void decode_subject_names(Value marks) {
    MarkColumns& columns = *mapping_.marks;
    if (const auto names = find(marks, "subject-names")) {
      for (const Entry entry : entries_of(*names)) {
        if (const auto subject = subject_of(entry.value)) {
          columns.subject_names.emplace_back(cell_text(entry.key.text()), *subject);
        }
      }
    }
  }

  void decode_states(Value marks) {
    constexpr std::array<std::pair<std::string_view, Mark::State>, 5> words{{{"absent", Mark::State::absent},
                                                                             {"exempt", Mark::State::exempt},
                                                                             {"deferred", Mark::State::deferred},
                                                                             {"void", Mark::State::voided},
                                                                             {"no-entry", Mark::State::no_entry}}};
    auto& states = mapping_.marks->states;
    const auto found = find(marks, "states");
    for (const auto& [word, state] : words) {
      const auto list = found ? find(*found, word) : std::nullopt;
      if (!list) {
        continue;
      }
      for (const Value item : items_of(*list)) {
        std::string text = cell_text(item.text());
        check_text_once(item, text);
        states.emplace_back(std::move(text), state);
      }
    }
    if (const auto left = found ? find(*found, "left") : std::nullopt) {
      for (const Value item : items_of(*left)) {
        std::string text = cell_text(item.text());
        check_text_once(item, text);
        mapping_.marks->left.push_back(std::move(text));
      }
    }
  }

  // 0 and 0.0 are one text.
  void check_text_once(const Value& item, const std::string& text) {
    const MarkColumns& marks = *mapping_.marks;
    const auto is_same = [&](const std::string& other) {
      return other == text || (mark_of_text(text) && mark_of_text(other) == mark_of_text(text));
    };
    if (std::ranges::any_of(marks.states, [&](const auto& state) { return is_same(state.first); }) ||
        std::ranges::any_of(marks.left, is_same)) {
      error(item, "mapping/state-twice", say("'{0}' has a meaning already", text));
    }
  }

  Mapping& mapping_;
  Diagnostics& problems_;
  bool has_roster_ = false;
};

}  // namespace

const MappedText* Mapping::asked(std::string_view what) const {
  const auto found = std::ranges::find(asks, what, &MappedText::text);
  return found == asks.end() ? nullptr : &*found;
}

Diagnostic Mapping::problem(const MappedText& at, std::string_view code, Message message, Message hint) const {
  if (!told_at.empty()) {
    return {.code = code, .where = {.path = told_at, .line = told_line}, .message = std::move(message), .hint = std::move(hint)};
  }
  return problem_at(path, source, at.from, at.until, Severity::error, code, std::move(message), std::move(hint));
}

bool read_mapping(std::string path, std::string bytes, Mapping& mapping, Diagnostics& problems) {
  mapping = {};
  mapping.path = std::move(path);
  mapping.source = std::move(bytes);
  const std::size_t before = problems.size();
  Tree tree;
  if (!check_bytes(mapping.path, mapping.source, problems) || !read_yaml(mapping.path, mapping.source, tree, problems)) {
    return false;
  }
  if (tree.nodes.empty() || Value(tree, 0).is_null()) {
    problems.push_back({.code = "mapping/empty",
                        .where = {.path = mapping.path},
                        .message = say("the mapping file is empty"),
                        .hint = say("examples/import/ has mappings to start from")});
    return false;
  }
  const Value root(tree, 0);
  if (check_shape(mapping.path, root, mapping_shape(), problems)) {
    Decoder(mapping, problems).decode(root);
  }
  return !has_error(Diagnostics(problems.begin() + static_cast<std::ptrdiff_t>(before), problems.end()));
}

}  // namespace help
