// SPDX-License-Identifier: MIT
#include "render/table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "render/escape.hpp"
#include "render/width.hpp"

namespace help {
namespace {

constexpr std::size_t column_gap = 2;
constexpr std::size_t narrowest_wrapped = 20;  // a column of free text that is narrower is harder to read than lines of its own
constexpr std::string_view value_indent = "    ";

struct Layout {
  std::size_t source = 0;  ///< index into Table::columns
  std::string title;
  Align align = Align::left;
  std::size_t width = 0;
  bool gives_way = false;
  bool below = false;  ///< stands on lines of its own below the row
  std::vector<std::string> cells;
};

bool holds_numbers(const Table& table, std::size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    if (column >= row.size() || std::holds_alternative<std::monostate>(row[column].value)) continue;
    if (!std::holds_alternative<std::int64_t>(row[column].value) && !std::holds_alternative<Decimal>(row[column].value)) return false;
    any = true;
  }
  return any;
}

std::vector<Layout> lay_out(const Table& table, const Catalogue& catalogue) {
  std::vector<Layout> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].in_text) continue;
    Layout column{.source = i,
                  .title = catalogue.shown_text(table.columns[i].title),
                  .align = table.columns[i].align,
                  .gives_way = table.columns[i].gives_way,
                  .cells = {}};
    if (holds_numbers(table, i)) column.align = Align::right;
    column.width = display_width(column.title);
    for (const auto& row : table.rows) {
      column.cells.push_back(i < row.size() ? cell_as_text(row[i], catalogue) : std::string());
      column.width = std::max(column.width, widest_line(column.cells.back()));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

std::size_t total_width(const std::vector<Layout>& columns) {
  std::size_t total = 0;
  for (const Layout& column : columns) {
    if (!column.below) total += column.width + column_gap;
  }
  return total > 0 ? total - column_gap : 0;
}

/// Makes the columns that give way, then the widest, narrower, or moves them below, until the rest fits. The first column always stays.
void fit(std::vector<Layout>& columns, std::size_t width) {
  while (total_width(columns) > width) {
    Layout* widest = nullptr;
    for (std::size_t i = 1; i < columns.size(); ++i) {
      Layout& column = columns[i];
      if (column.below || column.align == Align::right) continue;
      const auto rank = [](const Layout& one) { return std::pair(one.gives_way && one.width > narrowest_wrapped, one.width); };
      if (widest == nullptr || rank(column) >= rank(*widest)) widest = &column;
    }
    if (widest == nullptr) {
      if (columns.front().align == Align::left) columns.front().width = std::min(columns.front().width, width);
      return;
    }
    const std::size_t others = total_width(columns) - widest->width;
    if (others + narrowest_wrapped <= width && widest->width > narrowest_wrapped) {
      widest->width = width - others;
      return;
    }
    widest->below = true;
  }
}

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

/// One row of cells, each perhaps several lines high.
void append_row(std::string& out, const std::vector<const Layout*>& columns, const std::vector<std::vector<std::string>>& cells) {
  std::size_t height = 1;
  for (const auto& lines : cells) height = std::max(height, lines.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) row.append(column_gap, ' ');
      const std::string_view text = line < cells[i].size() ? std::string_view(cells[i][line]) : std::string_view();
      row += columns[i]->align == Align::right ? pad_left(text, columns[i]->width) : pad_right(text, columns[i]->width);
    }
    end_line(row);
    out += row;
  }
}

void append_below(std::string& out, const Layout& column, std::size_t row, std::size_t width, const Catalogue& words) {
  const std::string& cell = column.cells[row];
  if (cell.empty()) return;
  for (const std::string& line :
       wrap(column.title.empty() ? cell : words.text(say("{0}: {1}", column.title, cell)), width - value_indent.size())) {
    out += value_indent;
    out += line;
    end_line(out);
  }
}

}  // namespace

std::string table_as_text(const Table& table, const Look& look) {
  const std::size_t width = std::max<std::size_t>(look.width, 40);
  std::vector<Layout> columns = lay_out(table, look.catalogue);
  if (columns.empty()) return {};
  fit(columns, width);
  std::vector<const Layout*> beside;
  for (const Layout& column : columns) {
    if (!column.below) beside.push_back(&column);
  }
  std::string out;
  std::vector<std::vector<std::string>> cells;
  for (const Layout* column : beside) cells.push_back(wrap(column->title, std::max<std::size_t>(column->width, 2)));
  append_row(out, beside, cells);
  cells.clear();
  for (const Layout* column : beside) cells.push_back({std::string(column->width, '-')});
  append_row(out, beside, cells);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    cells.clear();
    for (const Layout* column : beside) cells.push_back(wrap(column->cells[row], std::max<std::size_t>(column->width, 2)));
    const bool only_below =
        beside.size() < columns.size() && std::ranges::all_of(beside, [&](const Layout* column) { return column->cells[row].empty(); });
    if (!only_below) append_row(out, beside, cells);
    for (const Layout& column : columns) {
      if (column.below) append_below(out, column, row, width, look.catalogue);
    }
  }
  return out;
}

}  // namespace help
