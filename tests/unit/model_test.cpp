// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <limits>

#include "model/dataset.hpp"
#include "support/build.hpp"

namespace help {
namespace {

using test::day;

TEST_CASE("a date is a day of the Gregorian calendar, written in full") {
  CHECK(to_string(day("2026-01-20")) == "2026-01-20");
  CHECK(to_string(day("1900-01-01")) == "1900-01-01");
  CHECK(to_string(day("2199-12-31")) == "2199-12-31");
  for (const auto* wrong : {"", "2026-1-20", "2026-01-20 ", "2026/01/20", "20260120", "2026-13-01", "2026-00-01", "2026-01-00",
                            "2026-04-31", "1899-12-31", "2200-01-01", "+026-01-20", "2026-01-2x", "２０２６-01-20"}) {
    CHECK_MESSAGE(!parse_date(wrong), wrong);
  }
}

TEST_CASE("29 February is a day in leap years only") {
  CHECK(parse_date("2024-02-29"));
  CHECK(parse_date("2000-02-29"));
  CHECK(!parse_date("2025-02-29"));
  CHECK(!parse_date("1900-02-29"));
  CHECK(!parse_date("2100-02-29"));
}

TEST_CASE("a mark is an exact decimal with at most two places") {
  CHECK(parse_hundredths("0") == 0);
  CHECK(parse_hundredths("59.5") == 5950);
  CHECK(parse_hundredths("59.05") == 5905);
  CHECK(parse_hundredths("112.50") == 11250);
  CHECK(parse_hundredths("9999999.99") == 999999999);
  for (const auto* wrong : {"",       ".",     "5.", ".5", "-1",  "+1",  "01",  "00",       "1e2",
                            "59.555", "1,5",   " 1", "1 ", "0x1", "inf", "nan", "10000000", "99999999999999999999",
                            "~",      "absent"}) {
    CHECK_MESSAGE(!parse_hundredths(wrong), wrong);
  }
}

TEST_CASE("hundredths are written without needless zeros") {
  CHECK(hundredths_to_string(5950) == "59.5");
  CHECK(hundredths_to_string(6000) == "60");
  CHECK(hundredths_to_string(5) == "0.05");
  CHECK(hundredths_to_string(0) == "0");
  CHECK(hundredths_to_string(-150) == "-1.5");
  CHECK(hundredths_to_string(-5) == "-0.05");
  CHECK(hundredths_to_string(std::numeric_limits<std::int64_t>::min()) == "-92233720368547758.08");
}

TEST_CASE("a mark is written as it stands in a file") {
  CHECK(to_string(Mark::of(8750)) == "87.5");
  CHECK(to_string(Mark(Mark::State::absent)) == "absent");
  CHECK(to_string(Mark(Mark::State::voided)) == "void");
  CHECK(to_string(Mark(Mark::State::no_entry)) == "~");
  CHECK(to_string(Mark{}).empty());
}

TEST_CASE("absent, deferred, void and no entry are missing; exempt and not examined are not") {
  CHECK(Mark(Mark::State::absent).missing());
  CHECK(Mark(Mark::State::deferred).missing());
  CHECK(Mark(Mark::State::voided).missing());
  CHECK(Mark(Mark::State::no_entry).missing());
  CHECK(!Mark(Mark::State::exempt).missing());
  CHECK(!Mark{}.missing());
  CHECK(!Mark::of(0).missing());
  CHECK(Mark::of(0).present());
}

Calendar two_terms() {
  Calendar calendar;
  calendar.terms.push_back({"2025-fall", "", 2025, {day("2025-09-01"), day("2026-01-23")}, day("2025-11-10")});
  calendar.terms.push_back({"2026-spring", "", 2025, {day("2026-02-25"), day("2026-07-03")}, day("2026-05-01")});
  return calendar;
}

TEST_CASE("a day between two terms belongs to the coming one, after the last to the last") {
  const auto calendar = two_terms();
  CHECK(calendar.term_of(day("2025-08-01")) == 0);
  CHECK(calendar.term_of(day("2025-09-01")) == 0);
  CHECK(calendar.term_of(day("2026-01-23")) == 0);
  CHECK(calendar.term_of(day("2026-01-24")) == 1);
  CHECK(calendar.term_of(day("2026-07-03")) == 1);
  CHECK(calendar.term_of(day("2026-09-01")) == 1);
  CHECK(!Calendar{}.term_of(day("2026-01-01")));
  CHECK(calendar.find_term("2026-spring") == 1);
  CHECK(!calendar.find_term("2026"));
}

TEST_CASE("the school year is that of the term; without terms it begins on 1 September") {
  CHECK(two_terms().school_year(day("2026-03-01")) == 2025);
  CHECK(Calendar{}.school_year(day("2026-08-31")) == 2025);
  CHECK(Calendar{}.school_year(day("2026-09-01")) == 2026);
}

TEST_CASE("every word of a kind is read back") {
  for (int kind = 0; kind < 9; ++kind) CHECK(parse_exam_kind(word_of(static_cast<ExamKind>(kind))) == static_cast<ExamKind>(kind));
  for (int kind = 0; kind < 15; ++kind) CHECK(parse_event_kind(word_of(static_cast<EventKind>(kind))) == static_cast<EventKind>(kind));
  for (int kind = 0; kind < 3; ++kind) CHECK(parse_outcome(word_of(static_cast<Outcome>(kind))) == static_cast<Outcome>(kind));
  CHECK(word_of(ExamKind::final_exam) == "final");
  CHECK(word_of(EventKind::goal_met) == "goal-met");
  CHECK(word_of(EventKind::note) == "note");
  CHECK(!parse_exam_kind("finals"));
  CHECK(!parse_event_kind("goal_met"));
  CHECK(!parse_outcome(""));
}

TEST_CASE("an exam gives the mark of a student in a subject, or says that there is none") {
  Exam exam;
  exam.subjects = {{4, 10000, 6000}, {1, 15000, 9000}};
  exam.students = {2, 7, 9};
  exam.marks = {Mark::of(100), Mark::of(200), Mark::of(300), Mark(Mark::State::absent), Mark::of(500), Mark::of(600)};
  CHECK(exam.mark(7, 4) == Mark::of(300));
  CHECK(exam.mark(7, 1) == Mark(Mark::State::absent));
  CHECK(exam.mark(9, 1) == Mark::of(600));
  CHECK(exam.mark(8, 1) == Mark{});
  CHECK(exam.mark(10, 1) == Mark{});
  CHECK(exam.mark(2, 0) == Mark{});
  CHECK(exam.row_of(2) == 0);
  CHECK(!exam.row_of(0));
}

TEST_CASE("a student's class is that of the day, and none after the last day here") {
  Dataset data;
  data.calendar = two_terms();
  data.classes.push_back({"2025-1", "", 2025, 7, {}});
  data.classes.push_back({"2025-2", "", 2025, 7, {}});
  Student student;
  student.id = "S1";
  student.classes = {{0, {day("2025-09-01"), day("2025-12-31")}}, {1, {day("2026-01-01"), Date::max()}}};
  student.left = day("2026-05-01");
  data.students.push_back(student);
  data.index();
  CHECK(!data.class_of(0, day("2025-08-31")));
  CHECK(data.class_of(0, day("2025-12-31")) == 0U);
  CHECK(data.class_of(0, day("2026-01-01")) == 1U);
  CHECK(data.class_of(0, day("2026-05-01")) == 1U);
  CHECK(!data.class_of(0, day("2026-05-02")));
  CHECK(data.find_student("S1") == 0U);
  CHECK(!data.find_student("s1"));
  CHECK(data.find_class("2025-2") == 1U);
}

TEST_CASE("the grade of a class rises with the school year") {
  Dataset data;
  data.classes.push_back({"2024-6", "", 2024, 7, {}});
  CHECK(data.grade_of(0, day("2024-09-01")) == 7);
  CHECK(data.grade_of(0, day("2025-08-31")) == 7);
  CHECK(data.grade_of(0, day("2025-09-01")) == 8);
}

}  // namespace
}  // namespace help
