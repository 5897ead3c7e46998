// SPDX-License-Identifier: MIT
#include "store/exam_heading.hpp"

#include <doctest/doctest.h>

namespace help::tests {
namespace {

Date heading_day(std::string_view text) { return parse_date(text).value(); }

Calendar two_terms() {
  Calendar calendar;
  calendar.terms.push_back({.id = "2025-fall", .name = "秋", .year = 2025, .days = {heading_day("2025-09-01"), heading_day("2026-01-23")}});
  calendar.terms.push_back(
      {.id = "2026-spring", .name = "春", .year = 2025, .days = {heading_day("2026-02-25"), heading_day("2026-07-03")}});
  return calendar;
}

bool is_other(std::string_view heading, ExamKind kind, std::string_view day = "2026-03-20", std::string_view name = "") {
  const Calendar calendar = two_terms();
  const Date date = heading_day(day);
  return is_of_another_exam(heading, {.name = name, .kind = kind, .date = date, .term = calendar.terms[*calendar.term_of(date)].id},
                            calendar);
}

}  // namespace

TEST_CASE("a heading of another kind of exam is another exam's") {
  CHECK(is_other("期末考试成绩表", ExamKind::midterm));
  CHECK(is_other("七年级期中考试成绩", ExamKind::final_exam));
  CHECK(is_other("第一次月考", ExamKind::unit));
  CHECK(is_other("Midterm exam", ExamKind::final_exam));
  CHECK_FALSE(is_other("期末考试成绩表", ExamKind::final_exam));
  CHECK_FALSE(is_other("本学期末成绩", ExamKind::final_exam));
  CHECK_FALSE(is_other("单元检测", ExamKind::quiz));
}

TEST_CASE("a heading that may mean something else, too, says nothing") {
  CHECK_FALSE(is_other("第二学期中段成绩", ExamKind::unit));
  CHECK_FALSE(is_other("期末复习测试（一）", ExamKind::quiz));
  CHECK_FALSE(is_other("期中、期末成绩汇总", ExamKind::final_exam));
  CHECK_FALSE(is_other("期末模拟考试", ExamKind::mock));
  CHECK_FALSE(is_other("期中后两周检测", ExamKind::unit));
  CHECK_FALSE(is_other("七年级成绩表", ExamKind::unit));
  CHECK_FALSE(is_other("期末考试", ExamKind::other));
  CHECK_FALSE(is_other("期末考试", ExamKind::unit, "2026-03-20", "期末考试"));
}

TEST_CASE("a heading of a month that is more than ten days away is another exam's") {
  CHECK(is_other("五月月考", ExamKind::monthly));
  CHECK(is_other("2026年5月月考", ExamKind::monthly));
  CHECK(is_other("2025年3月月考", ExamKind::monthly));
  CHECK(is_other("三月月考", ExamKind::monthly, "2026-04-11"));
  CHECK_FALSE(is_other("三月月考", ExamKind::monthly, "2026-04-10"));
  CHECK_FALSE(is_other("三月月考", ExamKind::monthly));
  CHECK_FALSE(is_other("2026年3月月考", ExamKind::monthly));
  CHECK_FALSE(is_other("４月月考", ExamKind::monthly, "2026-03-22"));
}

TEST_CASE("what looks like a month and is none says nothing") {
  CHECK_FALSE(is_other("高一月考成绩", ExamKind::monthly));
  CHECK_FALSE(is_other("初二月考", ExamKind::monthly));
  CHECK_FALSE(is_other("第二月考", ExamKind::monthly));
  CHECK_FALSE(is_other("制表时间：2026年5月", ExamKind::monthly));
  CHECK_FALSE(is_other("2026年5月6日", ExamKind::monthly));
  CHECK_FALSE(is_other("1月、2月、5月月考对照", ExamKind::monthly));
}

TEST_CASE("a heading of another term is another exam's") {
  CHECK(is_other("2024-2025学年第二学期", ExamKind::unit));
  CHECK(is_other("2025-2026学年第一学期", ExamKind::unit));
  CHECK(is_other("2025—2026学年度上学期", ExamKind::unit));
  CHECK(is_other("七年级下学期单元检测", ExamKind::unit, "2025-10-10"));
  CHECK_FALSE(is_other("2025-2026学年第二学期", ExamKind::unit));
  CHECK_FALSE(is_other("2025-26学年下学期", ExamKind::unit));
  CHECK_FALSE(is_other("2025学年第二学期", ExamKind::unit));
  CHECK_FALSE(is_other("2026学年第二学期", ExamKind::unit));
  CHECK_FALSE(is_other("第一学期与第二学期对照", ExamKind::unit));
}

}  // namespace help::tests
