// SPDX-License-Identifier: MIT
#include "store/sheet_rows.hpp"

#include <algorithm>
#include <array>

#include "store/cell_text.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

bool is_no_value(std::string_view text) {
  constexpr std::array<std::string_view, 9> errors{"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"};
  return text.starts_with('=') || std::ranges::find(errors, text) != errors.end();
}

}  // namespace

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
  return RowFault{.column = column,
                  .code = "import/error-value",
                  .reason = say("'{0}' is an error or an uncalculated formula of the spreadsheet", shown(column)),
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
