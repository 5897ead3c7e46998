// SPDX-License-Identifier: MIT
#include "store/import_plan.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "rules/kinds.hpp"
#include "store/load.hpp"
#include "store/table_form.hpp"
#include "support/memory_files.hpp"

using namespace help;

namespace {

const std::string help_yaml =
    "school: {name: 春晖}\n"
    "terms:\n"
    "  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"
    "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n";
const std::string policy_yaml =
    "policy: {id: test, name: Test}\n"
    "identify:\n"
    "  - {id: unit-below-pass, kind: mark-below, exam: latest, basis: any-subject, below: pass}\n";
const std::string students_yaml =
    "- {id: \"1\", name: 张三}\n"
    "- {id: \"2\", name: 李四}\n"
    "- {id: \"3\", name: 王五}\n";

const std::string wide_map =
    "import: {id: unit}\n"
    "student: {id: {column: 学号}, name: {column: 姓名}}\n"
    "marks:\n"
    "  subjects: {语文: {full: 150, pass: 90}, 数学: {full: 150, pass: 90}}\n"
    "  exams: [{id: 2026-05-15-unit, name: 五月, kind: unit, term: 2026-spring, date: 2026-05-15, columns: {语文: 语, 数学: 数}}]\n"
    "  states: {absent: [缺考], exempt: [免考], deferred: [缓考], void: [作弊], no-entry: [\"\", \"-\"]}\n";

const std::string long_map =
    "import: {id: unit}\n"
    "student: {id: {column: 学号}}\n"
    "marks:\n"
    "  subjects: {语文: {full: 150, pass: 90}, 数学: {full: 150, pass: 90}}\n"
    "  long: {exam: 考试, subject: 科目, mark: 成绩}\n"
    "  subject-names: {Chinese: 语文}\n"
    "  exams:\n"
    "    - {id: 2026-05-15-unit, kind: unit, term: 2026-spring, date: 2026-05-15, label: 五月}\n"
    "    - {id: 2026-06-12-unit, kind: unit, term: 2026-spring, date: 2026-06-12, label: 六月}\n"
    "  states: {absent: [缺考]}\n";

const std::string roster_map =
    "import: {id: roster}\n"
    "student: {id: {column: 学号}}\n"
    "roster:\n"
    "  classes: [{id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7}, {id: 2025-2, name: 七（2）班, cohort: 2025, entry-grade: "
    "7}]\n"
    "  class: {column: 班级, names: {一班: 2025-1}}\n"
    "  name: {column: 姓名}\n"
    "  from: 2025-09-01\n"
    "  transferred: {column: 转入}\n";

/// A folder into which tables are imported.
struct Folder {
  MemoryFiles files{{{"help.yaml", help_yaml}, {"policy.yaml", policy_yaml}, {"roster/students.yaml", students_yaml}}};
  Diagnostics problems;

  Loaded loaded() const { return load(files, rule_shapes(), {}); }

  ImportPlan plan(const std::string& map, const std::string& table) {
    problems.clear();
    const Loaded now = loaded();
    CAPTURE(now.problems.empty() ? std::string_view{} : now.problems[0].code);
    REQUIRE_FALSE(has_error(now.problems));
    Mapping mapping;
    Sheet sheet;
    TableForm form;
    REQUIRE(read_mapping("map.yaml", map, mapping, problems));
    REQUIRE(read_table("table.csv", table, mapping, sheet, form, problems));
    std::map<std::string, std::string> existing;
    for (const std::string& path : files_of_import(mapping)) {
      if (const auto found = files.files().find(path); found != files.files().end()) {
        existing.emplace(path, found->second);
      }
    }
    return plan_import(now.data, mapping, sheet, existing, problems);
  }

  /// Carries a plan out; what it leaves must load without an error, and the same table again must change nothing.
  ImportPlan import(const std::string& map, const std::string& table) {
    ImportPlan made = plan(map, table);
    REQUIRE(problems.empty());
    for (const PlannedFile& file : made.files) {
      if (file.differs) {
        (void)files.replace(file.path, file.bytes);
      }
    }
    CHECK_FALSE(has_error(loaded().problems));
    const ImportPlan again = plan(map, table);
    CHECK(problems.empty());
    for (const PlannedFile& file : again.files) {
      CHECK_FALSE(file.differs);
    }
    CHECK(again.changes.empty());
    return made;
  }

  std::string& text(const std::string& path) { return files.files()[path]; }
  std::string& may() { return text("grades/2026-05-15-unit.yaml"); }
};

const std::string head =
    "# yaml-language-server: $schema=../schemas/grades.schema.json\n"
    "exam: {id: 2026-05-15-unit, name: 五月, kind: unit, term: 2026-spring, date: 2026-05-15}\n"
    "subjects:\n"
    "  语文: {full: 150, pass: 90}\n"
    "  数学: {full: 150, pass: 90}\n"
    "columns: [语文, 数学]\n"
    "scores:\n";

}  // namespace

TEST_CASE("a new exam is written whole, by id, whatever the order of the rows") {
  Folder folder;
  const ImportPlan plan = folder.import(wide_map, "学号,姓名,语,数\n3,王五,100,\n1,张三,87.5,缺考\n2,李四,免考,作弊\n");
  CHECK(folder.may() == head + "  \"1\": [87.5, absent]\n  \"2\": [exempt, void]\n  \"3\": [100, ~]\n");
  REQUIRE(plan.files.size() == 1);
  CHECK(plan.files[0].is_new);
  CHECK(plan.files[0].added == 3);
  CHECK(plan.not_in_table == 0);
}

TEST_CASE("the same table again is nothing new") {
  Folder folder;
  const std::string table = "学号,姓名,语,数\n1,张三,87,90\n";
  (void)folder.import(wide_map, table);
  const ImportPlan again = folder.plan(wide_map, table);
  CHECK(again.nothing_new());
  CHECK(again.files[0].same == 1);
  CHECK(again.files[0].added + again.files[0].changed + again.files[0].refused == 0);
}

TEST_CASE("a changed mark replaces its own line and is shown old and new") {
  Folder folder;
  folder.may() = head + "  # by hand\n  \"1\": [87, 90]  # looked through twice\n  \"2\": [50, ~]\n";
  const ImportPlan plan = folder.import(wide_map, "学号,姓名,语,数\n1,张三,88,90\n2,李四,50,60\n3,王五,70,70\n");
  CHECK(folder.may() == head + "  # by hand\n  \"1\": [88, 90]  # looked through twice\n  \"2\": [50, 60]\n  \"3\": [70, 70]\n");
  REQUIRE(plan.changes.size() == 2);
  CHECK(plan.changes[0].student == "1");
  CHECK(plan.changes[0].name == "张三");
  CHECK(plan.changes[0].what.data == "语文");
  CHECK(plan.changes[0].before == "87");
  CHECK(plan.changes[0].after == "88");
  CHECK(plan.changes[0].overwrites);
  CHECK(plan.changes[0].line == 2);
  // A mark that came late overwrites nothing.
  CHECK_FALSE(plan.changes[1].overwrites);
  CHECK(plan.files[0].changed == 2);
  CHECK(plan.files[0].added == 1);
}

TEST_CASE("rows of the folder that are not in the table stay") {
  Folder folder;
  folder.may() = head + "  \"1\": [87, 90]\n  \"2\": [50, ~]\n";
  (void)folder.import(wide_map, "学号,姓名,语,数\n1,张三,88,90\n");
  CHECK(folder.may() == head + "  \"1\": [88, 90]\n  \"2\": [50, ~]\n");
}

TEST_CASE("a second subject becomes a column of the same exam") {
  Folder folder;
  const std::string one =
      "import: {id: u}\nstudent: {id: {column: 学号}}\nmarks:\n  subjects: {SUBJECT: {full: 150, pass: 90}}\n"
      "  exams: [{id: 2026-05-15-unit, name: 五月, kind: unit, term: 2026-spring, date: 2026-05-15, columns: {SUBJECT: 分}}]\n";
  const auto of = [&](const std::string& subject) {
    std::string map = one;
    for (std::size_t at = map.find("SUBJECT"); at != std::string::npos; at = map.find("SUBJECT")) {
      map.replace(at, 7, subject);
    }
    return map;
  };
  (void)folder.import(of("语文"), "学号,分\n1,87\n2,50\n");
  const ImportPlan plan = folder.import(of("数学"), "学号,分\n1,90\n3,70\n");
  CHECK(folder.may() == head + "  \"1\": [87, 90]\n  \"2\": [50, ~]\n  \"3\": [~, 70]\n");
  CHECK(plan.not_in_table == 2);
  CHECK_FALSE(plan.overwrites());
}

TEST_CASE("a text that is neither a mark nor a state is refused and never zero") {
  Folder folder;
  const ImportPlan plan = folder.import(wide_map, "学号,姓名,语,数\n1,张三,病假,90\n2,李四,150.5,90\n3,王五,70,70\n");
  CHECK(folder.may() == head + "  \"3\": [70, 70]\n");
  REQUIRE(plan.refused.size() == 2);
  CHECK(plan.refused[0].code == "import/not-a-mark");
  CHECK(plan.refused[0].line == 2);
  CHECK(plan.refused[0].column == "语");
  CHECK(plan.refused[0].student == "1");
  CHECK(plan.refused[0].path == "grades/2026-05-15-unit.yaml");
  CHECK(plan.refused[1].code == "import/above-full");
  CHECK(plan.files[0].refused == 2);
  CHECK_FALSE(plan.nothing_new());
}

TEST_CASE("the full mark itself is a mark") {
  Folder folder;
  (void)folder.import(wide_map, "学号,姓名,语,数\n1,张三,150,0\n");
  CHECK(folder.may() == head + "  \"1\": [150, 0]\n");
}

TEST_CASE("an empty cell is refused where the mapping gives it no meaning") {
  Folder folder;
  std::string map = wide_map;
  map.replace(map.find("\"\", "), 4, "");
  const ImportPlan plan = folder.plan(map, "学号,姓名,语,数\n1,张三,,90\n2,李四,-,90\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/empty-cell");
}

TEST_CASE("a number that the mapping calls a state is that state, however it is written") {
  Folder folder;
  std::string map = wide_map;
  map.replace(map.find("\"-\""), 3, "\"0\"");
  (void)folder.import(map, "学号,姓名,语,数\n1,张三,0,00\n2,李四,0.0,10\n");
  CHECK(folder.may() == head + "  \"1\": [~, ~]\n  \"2\": [~, 10]\n");
}

TEST_CASE("unknown students are refused with the nearest id") {
  Folder folder;
  folder.text("roster/students.yaml") = "- {id: \"20230104\", name: 张三}\n";
  const ImportPlan plan = folder.plan(wide_map, "学号,姓名,语,数\n20230140,张三,87,90\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/unknown-student");
  CHECK(plan.refused[0].column == "学号");
  CHECK(plan.refused[0].hint.arguments.at(0).data == "20230104");
  CHECK_FALSE(plan.files[0].differs);
  CHECK(plan.files[0].refused == 1);
}

TEST_CASE("an id that belongs to another name is refused") {
  Folder folder;
  const ImportPlan plan = folder.import(wide_map, "学号,姓名,语,数\n1,李四,87,90\n2,李　四,88,90\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/other-name");
  CHECK(folder.may() == head + "  \"2\": [88, 90]\n");
}

TEST_CASE("a student on two rows is refused, with both rows") {
  Folder folder;
  const ImportPlan plan = folder.plan(wide_map, "学号,姓名,语,数\n1,张三,87,90\n2,李四,1,2\n1,张三,87,90\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/student-twice");
  CHECK(plan.refused[0].reason.arguments.at(1).data == "2");
  CHECK(plan.refused[0].reason.arguments.at(2).data == "4");
  CHECK(plan.files[0].added == 1);
}

TEST_CASE("ids that are no ids are refused, each with its reason") {
  Folder folder;
  const ImportPlan plan = folder.plan(wide_map, "学号,姓名,语,数\n3.20583E+17,张三,1,1\n,李四,1,1\n平均分,,80,80\n2023.0,王五,1,1\n,,,\n");
  REQUIRE(plan.refused.size() == 3);
  CHECK(plan.refused[0].code == "import/shortened-id");
  CHECK(plan.refused[1].code == "import/no-id");
  CHECK(plan.refused[2].code == "import/not-an-id");
  CHECK(plan.rows == 3);
  REQUIRE(plan.others.size() == 1);
  CHECK(plan.others[0].text == "平均分");
}

TEST_CASE("full-width digits and spaces in ids and marks are read as meant") {
  Folder folder;
  (void)folder.import(wide_map, "学号,姓名,语,数\n　１,张三,８７．５, 90 \n");
  CHECK(folder.may() == head + "  \"1\": [87.5, 90]\n");
}

TEST_CASE("a column that is not there is an error with the nearest title") {
  Folder folder;
  (void)folder.plan(wide_map, "学号,姓名,语,！数\n1,张三,87,90\n");
  REQUIRE(folder.problems.size() == 1);
  CHECK(folder.problems[0].code == "import/unknown-column");
  CHECK(folder.problems[0].where.path == "map.yaml");
  CHECK(folder.problems[0].where.line == 5);
  (void)folder.plan(wide_map, "学号,姓名,语,数,数\n1,张三,87,90,91\n");
  CHECK(folder.problems.at(0).code == "import/column-twice");
  (void)folder.plan("table: {separator: \",\"}\n" + wide_map, "学号;姓名;语;数\n1;张三;87;90\n");
  REQUIRE(folder.problems.size() == 1);
  CHECK(folder.problems[0].code == "import/one-column");
  (void)folder.plan("table: {header: 4}\n" + wide_map, "学号,姓名,语,数\n1,张三,87,90\n");
  CHECK(folder.problems.at(0).code == "import/no-header");
}

TEST_CASE("the header may stand below a title, and columns may have numbers instead") {
  Folder folder;
  (void)folder.import("table: {header: 3}\n" + wide_map, "五月成绩,,,\n\n学号,姓名,语,数\n1,张三,87,90\n");
  CHECK(folder.may() == head + "  \"1\": [87, 90]\n");
  Folder other;
  std::string map = "table: {header: 0}\n" + wide_map;
  for (const auto& [title, number] : {std::pair("column: 学号", "column: \"1\""),
                                      {"column: 姓名", "column: \"2\""},
                                      {"语文: 语", "语文: \"3\""},
                                      {"数学: 数", "数学: \"4\""}}) {
    map.replace(map.find(title), std::string_view(title).size(), number);
  }
  (void)other.import(map, "1,张三,87,90\n2,李四,50,60\n");
  CHECK(other.may() == head + "  \"1\": [87, 90]\n  \"2\": [50, 60]\n");
}

TEST_CASE("a row with a text behind the last title is refused") {
  Folder folder;
  const ImportPlan plan = folder.plan(wide_map, "学号,姓名,语,数\n1,张三,87,90,\n2,李四,87,5,90\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/too-many-cells");
  CHECK(plan.refused[0].line == 3);
}

TEST_CASE("a long table gives a row a mark, and what it does not say is no entry") {
  Folder folder;
  const ImportPlan plan =
      folder.import(long_map, "学号,考试,科目,成绩\n1,五月,语文,87\n2,五月,Chinese,缺考\n1,五月,数学,90\n1,六月,数学,91\n2,六月,数学,92\n");
  REQUIRE(plan.files.size() == 2);
  CHECK(folder.may().find("  \"1\": [87, 90]\n  \"2\": [absent, ~]\n") != std::string::npos);
  // A subject in which nobody has a mark gets no column.
  CHECK(folder.text("grades/2026-06-12-unit.yaml").find("columns: [数学]\nscores:\n  \"1\": [91]\n  \"2\": [92]\n") != std::string::npos);
  CHECK(plan.not_in_table == 1);
}

TEST_CASE("two marks for the same student, exam and subject are refused, with both rows") {
  Folder folder;
  const ImportPlan plan =
      folder.import(long_map, "学号,考试,科目,成绩\n1,五月,语文,87\n2,五月,语文,60\n1,五月,Chinese,87\n1,六月,语文,88\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/mark-twice");
  CHECK(plan.refused[0].line == 4);
  CHECK(plan.refused[0].reason.arguments.at(0).data == "2");
  CHECK(folder.may().find("\"1\"") == std::string::npos);
  CHECK(folder.may().find("\"2\": [60]") != std::string::npos);
  CHECK(folder.text("grades/2026-06-12-unit.yaml").find("\"1\": [88]") != std::string::npos);
}

TEST_CASE("an unknown exam or subject of a long table taints what it may have been about") {
  Folder folder;
  const ImportPlan plan =
      folder.import(long_map, "学号,考试,科目,成绩\n1,五月,语文,87\n1,五月,数字,90\n2,五月,语文,50\n2,七月,语文,51\n3,五月,语文,70\n");
  REQUIRE(plan.refused.size() == 2);
  CHECK(plan.refused[0].code == "import/unknown-subject");
  CHECK(plan.refused[1].code == "import/unknown-exam");
  CHECK(folder.may().find("scores:\n  \"3\": [70]\n") != std::string::npos);
}

TEST_CASE("wide by exam: one column an exam") {
  Folder folder;
  const std::string map =
      "import: {id: u}\nstudent: {id: {column: 学号}}\nmarks:\n  subjects: {数学: {full: 20, pass: 10}}\n  exams:\n"
      "    - {id: 2025-11-20-g1, kind: monthly, term: 2025-fall, date: 2025-11-20, columns: {数学: G1}}\n"
      "    - {id: 2026-04-16-g2, kind: midterm, term: 2026-spring, date: 2026-04-16, columns: {数学: G2}}\n";
  const ImportPlan plan = folder.import(map, "学号,G1,G2\n1,5,6\n2,x,8\n");
  CHECK(plan.refused.size() == 1);
  CHECK(folder.text("grades/2025-11-20-g1.yaml").ends_with("scores:\n  \"1\": [5]\n"));
  CHECK(folder.text("grades/2026-04-16-g2.yaml").ends_with("scores:\n  \"1\": [6]\n  \"2\": [8]\n"));
}

TEST_CASE("ids may come from the row number; blank rows do not count") {
  Folder folder;
  folder.files.files().erase("roster/students.yaml");
  const std::string map =
      "import: {id: u}\ntable: {separator: \";\"}\nstudent: {id: {row-number: true, prefix: m, width: 3}}\n"
      "roster: {classes: [{id: mat, name: Mathematics, cohort: 2014, entry-grade: 10}], class: {fixed: mat}, from: 2014-09-01}\n"
      "marks:\n  subjects: {数学: {full: 20, pass: 10}}\n"
      "  exams: [{id: 2025-11-20-g1, kind: monthly, term: 2025-fall, date: 2025-11-20, columns: {数学: G1}}]\n";
  const ImportPlan plan = folder.import(map, "sex;G1\n\"F\";\"5\"\n\n;\n\"M\";11\n");
  CHECK(folder.text("roster/classes.yaml") ==
        "# yaml-language-server: $schema=../schemas/classes.schema.json\n- {id: mat, name: Mathematics, cohort: 2014, entry-grade: 10}\n");
  CHECK(folder.text("roster/students.yaml") ==
        "# yaml-language-server: $schema=../schemas/students.schema.json\n"
        "- {id: \"m001\", name: m001, classes: [{class: mat, from: 2014-09-01}]}\n- {id: \"m002\", name: m002, classes: [{class: mat, "
        "from: 2014-09-01}]}\n");
  CHECK(folder.text("grades/2025-11-20-g1.yaml").ends_with("scores:\n  \"m001\": [5]\n  \"m002\": [11]\n"));
  // Classes before students before marks: stopped half way, the folder is sound and a repeat completes it.
  REQUIRE(plan.files.size() == 3);
  CHECK(plan.files[0].path == "roster/classes.yaml");
  CHECK(plan.files[1].path == "roster/students.yaml");
}

TEST_CASE("a roster makes students and classes; a class is named by mapping, id or name") {
  Folder folder;
  const ImportPlan plan =
      folder.import(roster_map, "学号,姓名,班级,转入\n5,赵六,一班,\n4,孙七,2025-2,2025/10/8\n6,周八,七（1）班,\n7,吴九,三班,\n");
  CHECK(folder.text("roster/students.yaml") ==
        students_yaml +
            "- {id: \"4\", name: 孙七, classes: [{class: 2025-2, from: 2025-09-01}], transferred: 2025-10-08}\n"
            "- {id: \"5\", name: 赵六, classes: [{class: 2025-1, from: 2025-09-01}]}\n"
            "- {id: \"6\", name: 周八, classes: [{class: 2025-1, from: 2025-09-01}]}\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/unknown-class");
  CHECK(plan.refused[0].column == "班级");
}

TEST_CASE("a student who changes class keeps the old one up to the day before") {
  Folder folder;
  (void)folder.import(roster_map, "学号,姓名,班级,转入\n1,张三,一班,\n2,李四,一班,\n");
  std::string later = roster_map;
  later.replace(later.find("from: 2025-09-01"), 16, "from: 2026-02-25");
  const ImportPlan plan = folder.import(later, "学号,姓名,班级,转入\n1,张三,2025-2,\n2,李四,2025-1,\n");
  CHECK(folder.text("roster/students.yaml") ==
        "- {id: \"1\", name: 张三, classes: [{class: 2025-1, from: 2025-09-01, until: 2026-02-24}, {class: 2025-2, from: 2026-02-25}]}\n"
        "- {id: \"2\", name: 李四, classes: [{class: 2025-1, from: 2025-09-01}]}\n"
        "- {id: \"3\", name: 王五}\n");
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].what.id == "Class");
  CHECK(plan.changes[0].before == "2025-1");
  CHECK(plan.overwrites());
  const ImportPlan backwards = folder.plan(roster_map, "学号,姓名,班级,转入\n1,张三,2025-2,\n");
  REQUIRE(backwards.refused.size() == 1);
  CHECK(backwards.refused[0].code == "import/class-in-the-past");
}

TEST_CASE("a line of the roster that people wrote is not replaced") {
  Folder folder;
  folder.text("roster/students.yaml") = "- {id: \"1\", name: 张三}  # ask the mother\n";
  const ImportPlan plan = folder.plan(roster_map, "学号,姓名,班级,转入\n1,张三,一班,\n2,李四,一班,\n");
  REQUIRE(plan.refused.size() == 1);
  CHECK(plan.refused[0].code == "import/line-by-hand");
  CHECK(plan.files[1].added == 1);
  CHECK(plan.files[1].refused == 1);
}

TEST_CASE("an id that differs from another by capital letters only is refused") {
  Folder folder;
  folder.text("roster/staff.yaml") = "- {id: T1, name: 王芳}\n";
  const ImportPlan plan = folder.plan(roster_map, "学号,姓名,班级,转入\nt1,张三,一班,\nX1,李四,一班,\nx1,王五,一班,\n");
  REQUIRE(plan.refused.size() == 2);
  CHECK(plan.refused[0].code == "import/id-taken");
  CHECK(plan.refused[1].student == "x1");
}

TEST_CASE("names with characters that no file may hold are refused") {
  Folder folder;
  const ImportPlan plan = folder.plan(roster_map,
                                      "学号,姓名,班级,转入\n4,a\xE2\x80\xAE"
                                      "b,一班,\n5,,一班,\n6,李,,\n7,王,一班,明天\n");
  REQUIRE(plan.refused.size() == 4);
  CHECK(plan.refused[0].code == "import/character");
  CHECK(plan.refused[1].code == "import/no-name");
  CHECK(plan.refused[2].code == "import/no-class");
  CHECK(plan.refused[3].code == "import/not-a-date");
}

TEST_CASE("a mapping that contradicts the folder is an error at its place") {
  Folder folder;
  folder.may() = head + "  \"1\": [87, 90]\n";
  const std::string table = "学号,姓名,语,数\n1,张三,87,90\n";
  const auto with = [](std::string what, std::string by) {
    std::string map = wide_map;
    map.replace(map.find(what), what.size(), by);
    return map;
  };
  for (const auto& [what, by] : {std::pair("kind: unit", "kind: final"),
                                 {"date: 2026-05-15", "date: 2026-05-16"},
                                 {"full: 150, pass: 90}, 数", "full: 120, pass: 90}, 数"},
                                 {"pass: 90}, 数", "pass: 80}, 数"},
                                 {"term: 2026-spring", "term: 2025-fall"}}) {
    CAPTURE(what);
    (void)folder.plan(with(what, by), table);
    REQUIRE(folder.problems.size() >= 1);
    CHECK(folder.problems[0].code == "import/exam-differs");
    CHECK(folder.problems[0].where.line == 5);
  }
  (void)folder.plan(with("term: 2026-spring", "term: 2026-sprung"), table);
  CHECK(folder.problems.at(0).code == "import/unknown-term");
}

TEST_CASE("a grade file in another form is refused rather than written anew") {
  Folder folder;
  folder.may() = head + "  \"1\": [87, 90]\n  \"2\":\n    - 50\n    - 60\n";
  const ImportPlan same = folder.plan(wide_map, "学号,姓名,语,数\n1,张三,87,90\n2,李四,50,60\n");
  CHECK(folder.problems.empty());
  CHECK(same.nothing_new());
  (void)folder.plan(wide_map, "学号,姓名,语,数\n1,张三,88,90\n");
  REQUIRE(folder.problems.size() == 1);
  CHECK(folder.problems[0].code == "import/other-form");
  CHECK(folder.problems[0].where.line == 9);
}
