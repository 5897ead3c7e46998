// SPDX-License-Identifier: MIT
#include "store/formats.hpp"

#include <algorithm>
#include <array>

#include "model/dataset.hpp"

namespace help {
namespace {

Field from_field() { return {"from", optional, date(), later("the first day; without it: always")}; }
Field until_field() { return {"until", optional, date(), later("the last day, included; without it: still")}; }
Field because_field() { return {"because", optional, text(), later("the reason, in the school's own words")}; }

Shape leave_shape(bool with_substitute) {
  std::vector<Field> fields{{"from", required, date(), later("the first day of the leave")},
                            {"until", optional, date(), later("the last day of the leave, included")},
                            because_field()};
  if (with_substitute) {
    fields.push_back({"substitute", optional, identifier(), later("id of the colleague who acts meanwhile")});
  }
  return list(record(std::move(fields)));
}

Shape exam_kind() { return word({"final", "midterm", "monthly", "unit", "quiz", "mock", "diagnostic", "entry", "other"}); }

std::vector<Field> member_fields(std::string_view key, const char* meaning) {
  return {{key, required, identifier(), meaning}, from_field(), until_field()};
}

}  // namespace

Shape help_shape() {
  const auto week = [] { return list(word({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), 1); };
  return record({
      {"school", required, record({{"name", required, name(), later("the school's name")}}), later("the school")},
      {"language", optional, word({"zh", "en"}), later("the language of the program's messages: zh or en")},
      {"policy", optional, text(), later("the file with the school's rules; policy.yaml if not given")},
      {"terms", required,
       list(record({{"id", required, code(), later("the term's id, like 2025-fall")},
                    {"name", optional, name(), later("what people call the term")},
                    {"year", required, whole(1900, 2199), later("the year in which its school year begins")},
                    {"from", required, date(), later("the first day of the term")},
                    {"until", required, date(), later("the last day of the term")},
                    {"midterm", optional, date(),
                     later("the day from which the term counts as past its middle; the middle day if not given")}}),
            1),
       later("the school's terms, in order")},
      {"breaks", optional,
       list(record({{"name", required, name(), later("the name of the holiday")},
                    {"from", required, date(), later("the first day without school")},
                    {"until", required, date(), later("the last day without school")}})),
       later("holidays inside terms")},
      {"make-up-days", optional,
       list(record({{"date", required, date(), later("a day with school that would have none")}, because_field()})),
       later("days on which lessons are made up")},
      {"closures", optional,
       list(record({{"from", required, date(), later("the first day of the closure")},
                    {"until", required, date(), later("the last day of the closure")},
                    because_field(),
                    {"classes", optional, list(identifier()), later("only these classes")},
                    {"grades", optional, list(whole(0, 13)), later("only these grades")}})),
       later("days on which the school, some grades or some classes were closed")},
      {"school-week", optional,
       record({{"days", optional, week(), later("the days with school; Monday to Friday if not given")},
               {"grades", optional,
                list(record(
                    {{"grade", required, whole(0, 13), later("the grade")}, {"days", required, week(), later("its days with school")}})),
                later("grades with other school days")}}),
       later("the days of the week with school")},
      {"reporting", optional,
       list(record({{"from", required, code(), later("the role that reports")}, {"to", required, code(), later("the role that is told")}})),
       later("who reports to whom")},
      {"allowed-hosts", optional, list(text()), later("hosts to which the folder may be pushed")},
  });
}

Shape students_shape() {
  return list(record({
      {"id", required, identifier(), later("the student's number, as the school writes it, in quotes")},
      {"name", required, name(), later("the student's name")},
      {"classes", optional, list(record(member_fields("class", later("id of the class")))), later("the classes, each with its days")},
      {"transferred", optional, date(), later("the day on which the student came from another school")},
      {"left", optional, date(), later("the last day at this school")},
      {"groups", optional, list(record({{"group", required, code(), later("a special group of the policy")}, from_field(), until_field()})),
       later("special groups, such as left-behind")},
      {"leave", optional, leave_shape(false), later("days on which the student was away with leave")},
  }));
}

Shape staff_shape() {
  return list(record({
      {"id", required, identifier(), later("the number of the member of staff")},
      {"name", required, name(), later("the name")},
      {"roles", optional,
       list(record({{"role", required, code(), later("the role, such as principal, dean, grade-leader, counsellor")},
                    {"class", optional, identifier(), later("only for this class")},
                    {"grade", optional, whole(0, 13), later("only for this grade")},
                    {"body", optional, identifier(), later("only for this body")},
                    {"subject", optional, name(), later("only for this subject")},
                    from_field(),
                    until_field()})),
       later("the roles, each with its days")},
      {"left", optional, date(), later("the last day at this school")},
      {"leave", optional, leave_shape(true), later("days of leave, with the substitute")},
  }));
}

Shape classes_shape() {
  return list(record({
      {"id", required, identifier(), later("the id of the class, a cohort: 2025-1")},
      {"name", optional, name(), later("what people call the class")},
      {"cohort", required, whole(1900, 2199), later("the school year in which the class entered")},
      {"entry-grade", required, whole(0, 13), later("the grade in which the class entered")},
      {"leaders", optional, list(record(member_fields("staff", later("id of the class teacher")))),
       later("the class teachers, each with the days")},
  }));
}

Shape teaching_shape() {
  return list(record({
      {"staff", required, identifier(), later("id of the teacher")},
      {"subject", required, name(), later("the subject, as in the grade tables")},
      {"class", required, identifier(), later("id of the class")},
      from_field(),
      until_field(),
  }));
}

Shape bodies_shape() {
  return list(record({
      {"id", required, identifier(), later("the id of the body")},
      {"name", required, name(), later("the name of the body")},
      {"kind", required,
       word({"department", "major", "subject-group", "research-group", "leading-group", "office", "agency", "family", "partner-school",
             "other"}),
       later("what kind of body it is")},
      {"parent", optional, identifier(), later("id of the body that it belongs to")},
      {"members", optional, list(record(member_fields("member", later("id of a student or member of staff")))), later("the members")},
      {"responsible", optional, list(record(member_fields("staff", later("id of the responsible person")))), later("who is responsible")},
  }));
}

Shape grades_shape() {
  return record({
      {"exam", required,
       record({{"id", required, code(), later("the exam's id, the name of its file: 2026-01-20-final")},
               {"name", optional, name(), later("what people call the exam")},
               {"kind", required, exam_kind(), later("the kind of exam")},
               {"term", required, code(), later("id of the term that the exam belongs to")},
               {"date", required, date(), later("the day of the exam")},
               {"retests", optional, code(), later("id of the exam that this one repeats for some students")}}),
       later("the exam")},
      {"subjects", required,
       [] {
         Shape subjects = table(
             name(), record({{"full", required, decimal(1, max_full_hundredths), later("the full mark")},
                             {"pass", optional, decimal(0, max_full_hundredths), later("the pass mark; 60 % of full if not given")}}));
         subjects.min = 1;
         return subjects;
       }(),
       later("the subjects with their full and pass marks")},
      {"columns", required, list(name(), 1), later("the subjects, in the order of the marks in each row")},
      {"scores", required, table(identifier(), list(mark_cell())), later("one row a student: the id and the marks")},
  });
}

Shape counts_shape() {
  return record({
      {"counts", required,
       record({{"id", required, code(), later("the id of the table, the name of its file")},
               {"name", optional, name(), later("what people call the period")},
               {"from", required, date(), later("the first day that was counted")},
               {"until", required, date(), later("the last day that was counted")}}),
       later("the counted period")},
      {"columns", required, list(code(), 1), later("what was counted, in the order of the numbers in each row")},
      {"rows", required, table(identifier(), list(count_cell())), later("one row a student: the id and the counts")},
  });
}

namespace {

Field record_id_field() { return {"id", required, record_id(), later("the record's own id, 10 characters")}; }

/// The three forms of a line in an append-only file: a record, one that replaces another, one that withdraws another.
Shape appended(std::vector<Variant> own_forms) {
  std::vector<Variant> forms;
  forms.push_back({.key = "voids",
                   .shape = record({record_id_field(),
                                    {"at", required, date(), later("the day of the correction")},
                                    {"voids", required, record_id(), later("id of the record that is withdrawn")},
                                    {"because", required, text(), later("why it is withdrawn")}})});
  for (Variant& form : own_forms) {
    Variant fixing = form;
    std::vector<Field> fields = form.shape.fields.to_vector();
    fields.insert(fields.begin() + 1,
                  {{"at", required, date(), later("the day of the correction")},
                   {"fixes", required, either({list(record_id(), 1), record_id()}), later("id of the record that this one replaces")}});
    fixing.shape.fields = std::move(fields);
    if (form.key.empty()) {
      fixing.key = "fixes";
      forms.push_back(std::move(fixing));
    }
    forms.push_back(std::move(form));
  }
  return list(variants(std::move(forms)));
}

Shape outcome_word() { return word({"identified", "pending", "watch"}); }

}  // namespace

Shape lists_shape() {
  const Shape run = record({record_id_field(),
                            {"list", required, code(), later("the name of the list, that of its file")},
                            {"at", required, date(), later("the day of the run")},
                            {"term", optional, code(), later("id of the term that was judged in")},
                            {"policy", optional, code(), later("id of the policy")},
                            {"exams", optional, list(code()), later("ids of the exams that were used")},
                            {"students", required, whole(0, 2'000'000), later("how many lines the list has")}});
  const Shape item = record({record_id_field(),
                             {"of", required, record_id(), later("id of the run that this line belongs to")},
                             {"student", required, identifier(), later("id of the student")},
                             {"subject", optional, name(), later("the subject, where the rule judges subjects one by one")},
                             {"outcome", required, outcome_word(), later("identified, pending or watch")},
                             {"rules", optional, list(code()), later("ids of the rules that spoke")},
                             {"subjects", optional, list(name()), later("the subjects that were below the line")},
                             {"evidence", optional, text(), later("the evidence in one sentence")}});
  return list(variants({{.key = "list", .shape = run}, {.shape = item}}));
}

Shape events_shape() {
  std::vector<std::string_view> kinds;
  for (int i = 0; i <= static_cast<int>(EventKind::note); ++i) {
    kinds.push_back(word_of(static_cast<EventKind>(i)));
  }
  const Shape event = record({record_id_field(),
                              {"date", required, date(), later("the day on which it happened or was decided")},
                              {"kind", required, word(std::move(kinds)), later("what happened")},
                              {"subject", optional, name(), later("only for this subject")},
                              {"by", optional, identifier(), later("id of the person who decided or observed")},
                              {"role", optional, code(), later("the role in which it was decided")},
                              {"basis", optional, code(), later("the basis of an exclusion, one of the policy's")},
                              {"indicator", optional, code(), later("the observed sign, one of the policy's indicators")},
                              {"goal", optional, code(), later("id of the goal, of the student's archive, that was met or missed")},
                              {"list", optional, record_id(), later("id of the run of identify that it answers")},
                              {"rules", optional, list(code()), later("ids of the rules that the decision rests on")},
                              {"exams", optional, list(code()), later("ids of the exams that the decision rests on")},
                              {"until", optional, code(), later("pending: the exam that decides, by its id or its kind")},
                              because_field()});
  return appended({{.shape = event}});
}

Shape log_shape() {
  const Shape names = list(name());
  const Shape entry =
      record({record_id_field(),
              {"date", required, date(), later("the day on which it took place; its month is that of the folder")},
              {"kind", required, code(), later("what it was: talk, home-visit … or one of the policy's kinds")},
              {"by", optional, identifier(), later("id of who did it, where that is not whose file this is")},
              {"with", optional, list(identifier()), later("ids of who did it together with them")},
              {"student", optional, identifier(), later("id of the student it was about")},
              {"students", optional, list(identifier(), 1), later("ids of the students it was about, where there are several")},
              {"class", optional, identifier(), later("id of the class it was about")},
              {"grade", optional, whole(0, 13), later("the grade it was about")},
              {"body", optional, identifier(), later("id of the body it was about")},
              {"subject", optional, name(), later("the subject it was about")},
              {"to", optional, names, later("who received it: ids, roles, or words such as parents")},
              {"channel", optional, code(), later("by which way: phone, in-person, message, letter …")},
              {"place", optional, text(), later("where it took place")},
              {"present", optional, names, later("who else was there: mother, father …")},
              {"student-present", optional, yes_no(), later("whether the student was there")},
              {"minutes", optional, whole(1, 1440), later("how long it took, in minutes")},
              {"tags", optional, names, later("what it was about, in the school's words")},
              {"checklist", optional, names, later("the points that were gone through")},
              {"exam", optional, code(), later("id of the exam that it answers")},
              {"follow-up", optional, date(), later("the day on which something is due next")},
              {"note", optional, text_or_empty(), later("what was said and agreed")}});
  return appended({{.shape = entry}});
}

Shape pairs_shape() {
  Shape pair = record({record_id_field(),
                       {"student", required, identifier(), later("id of the student who is cared for")},
                       {"staff", optional, identifier(), later("id of the member of staff who takes care")},
                       {"peer", optional, identifier(), later("id of the fellow student who helps")},
                       {"body", optional, identifier(), later("id of the body that takes care")},
                       {"role", required, code(), later("in which role: mentor, subject-tutor, peer, agency …")},
                       {"subject", optional, name(), later("only for this subject")},
                       {"from", required, date(), later("the first day")},
                       {"until", optional, date(), later("the last day, included")},
                       because_field()});
  pair.exactly_one = {"staff", "peer", "body"};
  const Shape end = record({record_id_field(),
                            {"at", required, date(), later("the day on which this was written down")},
                            {"ends", required, record_id(), later("id of the pair that ends")},
                            {"until", required, date(), later("its last day, included")},
                            because_field()});
  return appended({{.key = "ends", .shape = end}, {.shape = pair}});
}

Shape prefs_shape() {
  const Shape tier = either({identifier(), list(identifier(), 1)});
  const Shape wish =
      record({record_id_field(),
              {"date", required, date(), later("the day of the choice; a later one of the same person and role takes its place")},
              {"of", required, identifier(), later("id of who chooses: a student, or whoever takes care")},
              {"role", required, code(), later("in which role: mentor, subject-tutor, peer, agency …")},
              {"prefers", required, list(tier), later("ids, the dearest first; those in a list of their own equally")}});
  const Shape order = record({record_id_field(),
                              {"date", required, date(), later("the first day on which it holds")},
                              {"pair", required, word({"fixed", "banned"}), later("fixed: this pair is made; banned: it is not")},
                              {"role", required, code(), later("in which role: mentor, subject-tutor, peer, agency …")},
                              {"student", required, identifier(), later("id of the student who is cared for")},
                              {"with", required, identifier(), later("id of who takes care, or must not")},
                              {"subject", optional, name(), later("only for this subject")},
                              until_field(),
                              because_field()});
  return appended({{.key = "pair", .shape = order}, {.shape = wish}});
}

Shape aliases_shape() {
  return list(record({{"name", required, name(), later("the name as tables have it")},
                      {"class", required, identifier(), later("id of the class that the table says")},
                      {"student", required, identifier(), later("id of the student who is meant")}}));
}

namespace {

/// How the rows of a table are records.
Shape records_of_table() {
  Shape field = record({{"column", optional, text(), later("title of the column")},
                        {"fixed", optional, text(), later("the same for all rows")},
                        {"words", optional, table(text(), text()), later("which text in the column means what")}});
  field.exactly_one = {"column", "fixed"};
  const Shape part = word({"date",        "staff",         "student",    "class",      "kind",    "note",      "subject",    "channel",
                           "place",       "minutes",       "present",    "to",         "with",    "follow-up", "tags",       "pair",
                           "of",          "role",          "first",      "second",     "third",   "indicator", "by",         "because",
                           "from",        "until",         "period",     "name",       "grade",   "body",      "left",       "leave-from",
                           "leave-until", "leave-because", "substitute", "group",      "opened",  "keeper",    "study-base", "attitude",
                           "character",   "discipline",    "life",       "categories", "causes",  "hobbies",   "strengths",  "measure",
                           "measure-who", "measure-until", "goal",       "goal-by",    "address", "family",    "economy",    "parents-work",
                           "parenting",   "health",        "psychology"});
  return record(
      {{"kind", required, word({"talks", "preferences", "observations", "counts", "teaching", "staff", "groups", "archives"}),
        later("what a row is")},
       {"fields", required, table(part, field), later("where each part of a record comes from; schemas/README.md lists the parts")},
       {"counts", optional, table(code(), text()), later("of counts: for each kind of count the title of its column")}});
}

}  // namespace

Shape mapping_shape() {
  const auto column = [](const char* meaning) { return record({{"column", required, text(), meaning}}); };
  Shape student_id = record({{"column", optional, text(), later("title of the column with the student's id")},
                             {"row-number", optional, yes_no(), later("true: the id is made of the row number")},
                             {"prefix", optional, text(), later("what stands before the row number")},
                             {"width", optional, whole(1, 12), later("digits of the row number, filled up with zeros")}});
  student_id.exactly_one = {"column", "row-number"};
  Shape of_class = record({{"column", optional, text(), later("title of the column with the class")},
                           {"fixed", optional, identifier(), later("id of the one class of all rows")},
                           {"names", optional, table(text(), identifier()), later("which text in the column means which class")}});
  of_class.exactly_one = {"column", "fixed"};
  Shape student = record(
      {{"id", optional, std::move(student_id), later("where the id comes from; without it a student is known by name and class")},
       {"name", optional, column(later("title of the column with the name")), later("where the name comes from")},
       {"class", optional, of_class, later("where the class comes from: who is meant if there is no id, else compared with the roster")}});
  student.at_least_one = {"id", "name"};
  const Shape exam =
      record({{"id", optional, code(), later("the exam's id, the name of its file: 2026-01-20-final; may be missing with asks: [exam]")},
              {"name", optional, name(), later("what people call the exam")},
              {"kind", optional, exam_kind(), later("the kind of exam; goes with the id")},
              {"term", optional, code(), later("id of the term that the exam belongs to; goes with the id")},
              {"date", optional, date(), later("the day of the exam; goes with the id")},
              {"retests", optional, code(), later("id of the exam that this one repeats for some students")},
              {"columns", optional, table(name(), text()), later("for each subject the title of its column")},
              {"totals", optional,
               list(record({{"column", required, text(), later("title of the column")},
                            {"is", optional, word({"total", "average"}), later("what it shows; a total if not given")},
                            {"of", optional, list(name(), 1), later("of which subjects; of all columns if not given")}})),
               later("columns that follow from the marks and are checked against them")},
              {"label", optional, text(), later("in a long table: the text in the exam column")}});
  Shape marks = record({
      {"subjects", required,
       table(name(), record({{"full", required, decimal(1, max_full_hundredths), later("the full mark")},
                             {"pass", optional, decimal(0, max_full_hundredths), later("the pass mark; 60 % of full if not given")}})),
       later("the subjects with their full and pass marks")},
      {"exams", required, list(exam, 1), later("the exams in the file")},
      {"long", optional,
       record({{"exam", optional, text(), later("title of the column that names the exam")},
               {"subject", optional, text(), later("title of the column that names the subject")},
               {"mark", required, text(), later("title of the column with the mark")}}),
       later("a long table: one row a mark")},
      {"subject-names", optional, table(text(), name()), later("in a long table: which text means which subject")},
      {"states", optional,
       record({{"absent", optional, list(text_or_empty()), later("texts that mean absent")},
               {"exempt", optional, list(text_or_empty()), later("texts that mean exempt")},
               {"deferred", optional, list(text_or_empty()), later("texts that mean deferred")},
               {"void", optional, list(text_or_empty()), later("texts that mean void")},
               {"left", optional, list(text()), later("texts that say that the student has left the school")},
               {"no-entry", optional, list(text_or_empty()), later("texts that mean examined, but no mark entered")}}),
       later("which text in a cell means which state; anything else must be a number")},
  });
  const Field import{
      "import", required,
      record({{"id", required, code(), later("the id of this mapping")}, {"name", optional, name(), later("what people call it")}}),
      later("this mapping")};
  const Field table_form{
      "table", optional,
      record({{"separator", optional, text(), later("what separates the columns: , or ; or | or tab; found by rule if not given")},
              {"sheet", optional, text(), later("name of the sheet of a workbook; the only one with a text if not given")},
              {"encoding", optional, word({"utf-8", "utf-16le", "utf-16be", "gb18030"}),
               later("the encoding of a file without a byte order mark; found by rule if not given")},
              {"header", optional, whole(0, 1000),
               later("the line of the column titles, from 1; 0: there is none, columns are called 1, 2, 3; if not given, the row with most "
                     "of the titles")},
              {"transposed", optional, yes_no(), later("true: the students stand side by side, the titles one below the other")}}),
      later("the form of the file")};
  const Field left_out{"left-out", optional, list(text()), later("titles of columns that are known and not read: ranks, remarks …")};
  Shape people = record({
      import,
      table_form,
      {"asks", optional, list(word({"exam", "class", "from"}), 1),
       later("what the table does not say and is asked each time: --exam, --class, --from")},
      {"student", required, std::move(student), later("how a row names its student")},
      {"roster", optional,
       record({{"classes", optional, classes_shape(), later("classes that are added if they are missing")},
               {"class", optional, std::move(of_class), later("where the class comes from")},
               {"name", optional, column(later("title of the column with the name")),
                later("where the name comes from; without it the id is the name")},
               {"from", optional, date(), later("the first day in the class")},
               {"transferred", optional, column(later("title of the column with the day of transfer")),
                later("where the day of transfer comes from")}}),
       later("the file also makes students")},
      {"marks", optional, std::move(marks), later("the file holds marks")},
      left_out,
  });
  people.at_least_one = {"roster", "marks"};
  Shape records = record(
      {import, table_form, {"records", required, records_of_table(), later("the rows are records: talks, wishes, counts …")}, left_out});
  return variants({{.key = "records", .shape = std::move(records)}, {.shape = std::move(people)}});
}

namespace {

std::vector<FileFormat> make_formats() {
  return {
      {"help", later("the school, its calendar and where its rules are"), "help.yaml", [](auto) { return help_shape(); }},
      {"policy", later("the school's rules"), "policy.yaml", [](auto kinds) { return policy_shape(kinds); }},
      {"students", later("the students, one a line"), "roster/students.yaml", [](auto) { return students_shape(); }},
      {"staff", later("the staff, one a line"), "roster/staff.yaml", [](auto) { return staff_shape(); }},
      {"classes", later("the classes, one a line"), "roster/classes.yaml", [](auto) { return classes_shape(); }},
      {"teaching", later("who teaches what in which class, one a line"), "roster/teaching.yaml", [](auto) { return teaching_shape(); }},
      {"bodies", later("departments, subject groups, agencies, families"), "roster/bodies.yaml", [](auto) { return bodies_shape(); }},
      {"grades", later("the marks of one exam"), "grades/EXAM.yaml", [](auto) { return grades_shape(); }},
      {"counts", later("counted facts of a period"), "counts/ID.yaml", [](auto) { return counts_shape(); }},
      {"lists", later("saved lists of identify"), "lists/DATE.yaml", [](auto) { return lists_shape(); }},
      {"events", later("what happened to a student's case"), "events/STUDENT.yaml", [](auto) { return events_shape(); }},
      {"archive", later("the archive of a student's case"), "cases/STUDENT.yaml", [](auto) { return archive_shape(); }},
      {"archive-private", later("the part of an archive that few may read"), "cases/STUDENT.private.yaml",
       [](auto) { return private_archive_shape(); }},
      {"pairs", later("who takes care of whom"), "pairs/NAME.yaml", [](auto) { return pairs_shape(); }},
      {"prefs", later("who wishes for whom, and which pairs are fixed or banned"), "prefs/NAME.yaml", [](auto) { return prefs_shape(); }},
      {"log", later("what was done: talks, visits, meetings, reports, one a line"), "log/MONTH/ID.yaml", [](auto) { return log_shape(); }},
      {"aliases", later("whom a name in tables means, one answer a line"), "imports/aliases.yaml", [](auto) { return aliases_shape(); }},
      {"mapping", later("how a table is imported"), "", [](auto) { return mapping_shape(); }},
  };
}

}  // namespace

std::span<const FileFormat> file_formats() {
  static const std::vector<FileFormat> formats = make_formats();
  return formats;
}

const FileFormat* find_format(std::string_view name) {
  const auto formats = file_formats();
  const auto found = std::ranges::find(formats, name, &FileFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace help
