// SPDX-License-Identifier: MIT
#include "store/exam_heading.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>

#include "diag/characters.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Whether `word` stands in the text and not behind `not_behind`.
bool has_word(std::string_view text, std::string_view word, std::string_view not_behind) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (not_behind.empty() || !text.substr(0, at).ends_with(not_behind)) return true;
  }
  return false;
}

std::vector<ExamKind> kinds_named(std::string_view text) {
  using enum ExamKind;
  struct KindWord {
    std::string_view word;
    std::vector<ExamKind> kinds;
    std::string_view not_behind = {};
  };
  // A test before or after an exam, and a table that compares several, is no such exam.
  constexpr auto of_others =
      std::to_array<std::string_view>({"复习", "前", "后", "对比", "比较", "分析", "冲刺", "备考", "目标", "进步", "依据", "折算"});
  static const std::vector<KindWord> words{{"期中", {midterm}, "学"},
                                           {"期末", {final_exam}},
                                           {"月考", {monthly}},
                                           {"单元", {unit, quiz}},
                                           {"小测", {quiz, unit}},
                                           {"周测", {quiz, unit}},
                                           {"周考", {quiz, unit}},
                                           {"周练", {quiz, unit}},
                                           {"模拟", {mock}},
                                           {"模考", {mock}},
                                           {"一模", {mock}},
                                           {"二模", {mock}},
                                           {"三模", {mock}},
                                           {"摸底", {diagnostic, entry}},
                                           {"诊断", {diagnostic, mock}},
                                           {"midterm", {midterm}},
                                           {"finalexam", {final_exam}},
                                           {"monthlyexam", {monthly}},
                                           {"monthlytest", {monthly}},
                                           {"unittest", {unit, quiz}},
                                           {"mockexam", {mock}}};
  std::vector<ExamKind> found;
  if (has_any(text, of_others)) return found;
  for (const KindWord& word : words) {
    if (has_word(text, word.word, word.not_behind)) found.insert(found.end(), word.kinds.begin(), word.kinds.end());
  }
  return found;
}

/// The digits right before `end`, at most `most`.
std::string_view digits_before(std::string_view text, std::size_t end, std::size_t most) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < most && is_digit(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

struct NamedMonth {
  int month = 0;
  std::optional<int> year;
  friend auto operator<=>(const NamedMonth&, const NamedMonth&) = default;
};

/// The month that ends where 月 begins.
std::optional<NamedMonth> month_before(std::string_view text, std::size_t end) {
  constexpr auto numerals = std::to_array<std::string_view>({"十二", "十一", "十", "一", "二", "三", "四", "五", "六", "七", "八", "九"});
  constexpr auto values = std::to_array({12, 11, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  // 高三月考 and 第三月考 are no March.
  constexpr auto of_others = std::to_array<std::string_view>({"高", "初", "第", "周", "星期", "级"});
  constexpr std::string_view behind = "月";
  const std::string_view digits = digits_before(text, end, 4);
  NamedMonth named;
  std::size_t begin = end - digits.size();
  if (!digits.empty()) {
    if (digits.size() > 2) return std::nullopt;
    named.month = std::stoi(std::string(digits));
  } else {
    const auto found = std::ranges::find_if(numerals, [&](std::string_view word) { return text.substr(0, end).ends_with(word); });
    const bool is_certain = text.substr(end + behind.size()).starts_with(behind);  // 三月月考
    if (found == numerals.end() || !is_certain) return std::nullopt;
    named.month = values[static_cast<std::size_t>(found - numerals.begin())];
    begin -= found->size();
  }
  const std::string_view before = text.substr(0, begin);
  const bool is_of_other = std::ranges::any_of(of_others, [&](std::string_view word) { return before.ends_with(word); });
  if (named.month < 1 || named.month > 12 || is_of_other) return std::nullopt;
  constexpr std::string_view of_year = "年";
  if (before.ends_with(of_year)) {
    const std::string_view year = digits_before(before, before.size() - of_year.size(), 5);
    if (year.size() == 4) named.year = std::stoi(std::string(year));
  }
  return named;
}

void read_month(std::string_view text, ExamHeading& heading) {
  constexpr auto of_others = std::to_array<std::string_view>({"制表", "打印", "填表", "公布", "时间", "日期", "截止", "家长会"});
  constexpr std::string_view word = "月";
  if (has_any(text, of_others)) return;
  std::set<NamedMonth> months;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::string_view rest = text.substr(at + word.size());
    if (!rest.empty() && is_digit(rest.front())) return;  // a day, of whatever
    if (const auto month = month_before(text, at)) months.insert(*month);
  }
  if (months.size() != 1) return;
  heading.month = months.begin()->month;
  heading.year = months.begin()->year;
}

/// 2025-2026学年, 2025学年.
void read_school_year(std::string_view text, ExamHeading& heading) {
  const std::size_t at = text.find("学年");
  if (at == std::string_view::npos) return;
  const std::string_view last = digits_before(text, at, 5);
  std::size_t end = at - last.size();
  std::size_t between = 0;
  while (end > 0 && !is_digit(text[end - 1]) && between < 6) {
    --end;
    ++between;
  }
  const std::string_view first = between > 0 ? digits_before(text, end, 5) : std::string_view();
  if (first.size() == 4 && (last.size() == 4 || last.size() == 2)) {
    const int year = std::stoi(std::string(first));
    if ((year + 1) % 100 == std::stoi(std::string(last)) % 100) heading.school_year = year;
  } else if (last.size() == 4) {
    heading.school_year = std::stoi(std::string(last));
    heading.is_single_year = true;
  }
}

void read_half(std::string_view text, ExamHeading& heading) {
  constexpr auto first = std::to_array<std::string_view>({"第一学期", "第1学期", "上学期", "秋季学期"});
  constexpr auto second = std::to_array<std::string_view>({"第二学期", "第2学期", "下学期", "春季学期"});
  const bool is_first = has_any(text, first);
  if (is_first != has_any(text, second)) heading.half = is_first ? 0U : 1U;
}

bool is_other_month(const ExamHeading& heading, Date date) {
  constexpr Days near{10};
  if (!heading.month) return false;
  return std::ranges::none_of(std::to_array({date - near, date, date + near}), [&](Date day) {
    const std::chrono::year_month_day named{std::chrono::sys_days(day)};
    return static_cast<unsigned>(named.month()) == static_cast<unsigned>(*heading.month) &&
           (!heading.year || static_cast<int>(named.year()) == *heading.year);
  });
}

bool is_other_term(const ExamHeading& heading, std::string_view id, const Calendar& calendar) {
  const auto index = calendar.find_term(id);
  if (!index) return false;
  const Term& term = calendar.terms[*index];
  if (heading.school_year && *heading.school_year != term.year && !(heading.is_single_year && *heading.school_year == term.year + 1)) {
    return true;
  }
  std::vector<std::string_view> of_year;
  for (const Term& one : calendar.terms) {
    if (one.year == term.year) of_year.push_back(one.id);
  }
  return heading.half && of_year.size() == 2 && of_year[*heading.half] != term.id;
}

}  // namespace

ExamHeading read_exam_heading(std::string_view text) {
  const std::string key = title_key(text);
  ExamHeading heading{.kinds = kinds_named(key)};
  read_month(key, heading);
  read_school_year(key, heading);
  read_half(key, heading);
  return heading;
}

bool is_of_another_exam(std::string_view text, const HeadedExam& exam, const Calendar& calendar) {
  const ExamHeading heading = read_exam_heading(text);
  const ExamHeading own = read_exam_heading(exam.name);
  const auto is_own = [&](ExamKind kind) { return kind == exam.kind || std::ranges::find(own.kinds, kind) != own.kinds.end(); };
  const bool is_other_kind = exam.kind != ExamKind::other && !heading.kinds.empty() && std::ranges::none_of(heading.kinds, is_own);
  const bool is_own_month = heading.month && heading.month == own.month;
  return is_other_kind || (!is_own_month && is_other_month(heading, exam.date)) || is_other_term(heading, exam.term, calendar);
}

}  // namespace help
