// SPDX-License-Identifier: MIT
#include "store/sheet_rows.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "diag/characters.hpp"
#include "store/cell_text.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

bool is_no_value(std::string_view text) { return text.starts_with('=') || is_error_value(text); }

struct RowWord {
  std::string text;
  bool is_total = false;  ///< else a remark
};

/// A quick look, for tables with very many rows: whether `text` may be a word of `row_word`.
bool may_be_row_word(std::string_view text) {
  constexpr auto firsts = std::to_array<std::string_view>({"合", "总", "共", "小", "平", "均", "班", "年", "最", "及", "优", "参",
                                                           "应", "实", "缺", "人", "备", "说", "注", "签", "低", "中", "标", "良"});
  while (text.starts_with(' ') || text.starts_with("\u3000")) text.remove_prefix(text.front() == ' ' ? 1 : 3);
  if (text.empty()) return false;
  if (text.find(':') != std::string_view::npos || text.find("：") != std::string_view::npos) return true;
  if (static_cast<unsigned char>(text.front()) < 0x80U) return std::string_view("tTaAnNrR").find(text.front()) != std::string_view::npos;
  return std::ranges::any_of(firsts, [&](std::string_view first) { return text.starts_with(first); });
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) { return std::ranges::find(words, text) != words.end(); }

/// What the text of a cell calls a row that is about nobody.
std::optional<RowWord> row_word(std::string_view cell) {
  constexpr auto totals = std::to_array<std::string_view>(
      {"合计",     "总计",     "共计",       "小计",       "总分",     "平均分",   "平均",   "均分",     "平均值",   "班平均",   "班级平均",
       "年级平均", "班平均分", "年级平均分", "班级平均分", "最高分",   "最低分",   "最高",   "最低",     "及格率",   "优秀率",   "优良率",
       "低分率",   "良好率",   "及格人数",   "优秀人数",   "低分人数", "人数",     "总人数", "参考人数", "应考人数", "实考人数", "缺考人数",
       "应到人数", "实到人数", "中位数",     "标准差",     "average",  "averages", "total",  "totals"});
  constexpr auto remarks = std::to_array<std::string_view>({"备注", "说明", "附注", "注明", "remark", "remarks", "notes"});
  constexpr auto with_colon = std::to_array<std::string_view>(
      {"注", "note", "制表", "制表人", "填表人", "制表日期", "填表日期", "打印日期", "制表时间", "日期", "时间", "signature"});
  constexpr auto ends_with_colon = std::to_array<std::string_view>({"签字", "签名", "盖章", "审核"});
  constexpr auto before_number = std::to_array<std::string_view>({"合计", "总计", "共计", "小计", "共"});
  if (!may_be_row_word(cell)) return std::nullopt;
  const std::string key = title_key(cell);
  const std::size_t colon = key.find(':');
  std::string head = key.substr(0, colon);
  if (is_one_of(head, totals)) return RowWord{std::move(head), true};
  for (const std::string_view word : before_number) {
    if (!head.starts_with(word) || head.size() == word.size() || !is_digit(head[word.size()])) continue;
    // 共45人, but no names that may stand behind it.
    const std::size_t number = std::min(head.find_first_not_of("0123456789", word.size()), head.size());
    constexpr std::size_t longest_unit = 6;
    return RowWord{head.size() <= number + longest_unit ? head : head.substr(0, number), true};
  }
  if (is_one_of(head, remarks) || (colon != std::string::npos && is_one_of(head, with_colon))) return RowWord{std::move(head), false};
  const auto* const end = std::ranges::find_if(ends_with_colon, [&](std::string_view one) { return head.ends_with(one); });
  // Who is to sign may be a child's family: the name is not told.
  return colon != std::string::npos && end != ends_with_colon.end() ? std::optional(RowWord{std::string(*end), false}) : std::nullopt;
}

}  // namespace

namespace {

/// What the first text of a row calls it.
std::optional<RowWord> word_of_first(const Sheet& sheet, std::size_t row) {
  for (std::size_t column = 0; column < sheet.width(row); ++column) {
    if (!cell_text(sheet.cell(row, column)).empty()) return row_word(sheet.cell(row, column));
  }
  return std::nullopt;
}

/// 合计 | 45: how many there are, in the column of the names or the ids.
bool is_small_number(std::string_view text) {
  for (const std::string_view unit : {"人", "名", "个", "次", "条", "班"}) {
    if (text.ends_with(unit)) text.remove_suffix(unit.size());
  }
  return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, is_digit);
}

}  // namespace

std::optional<std::string> word_of_nobody(const Sheet& sheet, std::size_t row, const WhoseRow& whose) {
  const std::optional<RowWord> first = word_of_first(sheet, row);
  std::optional<RowWord> found;
  for (const std::size_t column : whose.who) {
    const std::string text = cell_text(sheet.cell(row, column));
    if (text.empty()) continue;
    const auto word = row_word(text);
    const bool is_count = first && first->is_total && is_small_number(text);
    if ((!word && !is_count) || whose.is_somebody(text)) return std::nullopt;
    if (!found) found = word ? word : first;
  }
  if (!found) found = first;
  if (!found) return std::nullopt;
  const auto is_read = [&](std::size_t column) {
    return !cell_text(sheet.cell(row, column)).empty() && !row_word(sheet.cell(row, column));
  };
  if (!found->is_total && std::ranges::any_of(whose.asked, is_read)) return std::nullopt;
  return std::move(found->text);
}

SheetTitles::SheetTitles(const Sheet& sheet, std::uint32_t header) : are_expected_(header != 0) {
  if (!are_expected_) return;
  const auto row = row_of_line(sheet, header);
  are_there_ = row.has_value();
  first_row_ = are_there_ ? *row + 1 : sheet.row_count();
  for (std::size_t column = 0; are_there_ && column < sheet.width(*row); ++column) texts_.push_back(cell_text(sheet.cell(*row, column)));
}

std::string SheetTitles::of(std::size_t column) const { return column < texts_.size() ? texts_[column] : std::to_string(column + 1); }

SheetTitles::Found SheetTitles::find(std::string_view title) const {
  const std::string wanted = title_key(title);
  const auto first = std::ranges::find(texts_, wanted, title_key);
  if (first == texts_.end()) return {};
  const auto again = std::ranges::find(first + 1, texts_.end(), wanted, title_key);
  Found found{.column = static_cast<std::size_t>(first - texts_.begin()), .again = {}};
  if (again != texts_.end()) found.again = static_cast<std::size_t>(again - texts_.begin());
  return found;
}

bool SheetRows::next(const std::vector<std::size_t>& asked) {
  for (++row_; row_ < sheet_.row_count(); ++row_) {
    if (says_something(asked)) return true;
  }
  return false;
}

std::string SheetRows::cell(std::size_t column) const { return cell_text(sheet_.cell(row_, column)); }

bool SheetRows::says_something(const std::vector<std::size_t>& asked) const {
  if (asked.empty()) return true;
  std::optional<std::string_view> remark;
  return !std::ranges::all_of(asked, [&](std::size_t column) {
    if (cell(column).empty()) return true;
    const std::string_view text = sheet_.cell(row_, column);
    const bool is_remark = is_spread(column) && (!remark || *remark == text);
    remark = text;
    return is_remark;
  });
}

std::optional<RowFault> SheetRows::width_fault() const {
  // A separator behind the last title, as behind every row, makes no column.
  const auto& texts = titles_.texts();
  const auto last = std::ranges::find_if(texts.rbegin(), texts.rend(), [](const std::string& title) { return !title.empty(); });
  const auto count = static_cast<std::size_t>(texts.rend() - last);
  for (std::size_t column = count; titles_.are_expected() && column < sheet_.width(row_); ++column) {
    if (cell(column).empty()) continue;
    return RowFault{.column = {},
                    .code = "import/too-many-cells",
                    .reason = say("the row has more cells than there are titles ({0})", count),
                    .hint = say("put a text that holds the separator in quotes")};
  }
  return std::nullopt;
}

std::optional<RowFault> SheetRows::value_fault(std::size_t column, bool may_be_formulas) const {
  // As it stands in the file: a text behind a ' is meant as it is.
  std::string_view text = sheet_.cell(row_, column);
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.empty() || (text.front() != '=' && text.front() != '#') || !is_no_value(cell(column))) return std::nullopt;
  if (text.front() == '=' && !may_be_formulas) return std::nullopt;
  return RowFault{
      .column = column,
      .code = "import/error-value",
      .reason = say("'{0}' is an error or an uncalculated formula of the spreadsheet", text.front() == '#' ? cell(column) : shown(column)),
      .hint = say("mend the cell in the spreadsheet and save once more")};
}

std::optional<RowFault> SheetRows::spread_fault(std::size_t column, bool may_stand_for_several) const {
  if (!is_spread(column) || cell(column).empty()) return std::nullopt;
  const bool is_of_cell_beside = column > 0 && sheet_.cell(row_, column - 1) == sheet_.cell(row_, column);
  if (may_stand_for_several && !is_of_cell_beside) return std::nullopt;
  return RowFault{.column = column,
                  .code = "import/merged-cell",
                  .reason = say("'{0}' stands in a cell that is merged with others: which of them is meant?", shown(column)),
                  .hint = say("unmerge the cells and write into each what belongs there")};
}

}  // namespace help
