// SPDX-License-Identifier: MIT
#include "commands/form_stamps.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "diag/characters.hpp"
#include "model/mark.hpp"
#include "render/escape.hpp"
#include "store/cell_text.hpp"
#include "store/record_id.hpp"
#include "store/sheet_rows.hpp"

namespace help {
namespace {

/// A text in the form in which it is hashed.
std::string text_to_hash(FormEntry entry, const std::string& text) {
  if (entry == FormEntry::date) {
    if (const auto day = date_of_text(text)) return to_string(*day);
  }
  if (entry == FormEntry::number) {
    if (const auto number = mark_of_text(text)) return hundredths_to_string(*number);
  }
  return text_for_file(text);
}

/// What a cell of a form says once a spreadsheet has it; nothing for what forms do not have.
std::optional<std::string> text_read_back(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell.value)) return std::string();
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return std::to_string(*number);
  if (const auto* decimal = std::get_if<Decimal>(&cell.value)) return hundredths_to_string(decimal->hundredths);
  if (const auto* day = std::get_if<Date>(&cell.value)) return to_string(*day);
  const auto* given = std::get_if<std::string>(&cell.value);
  if (given == nullptr) return std::nullopt;
  std::string text = shown_lines(*given);
  // The writer of workbooks adds a quote to such a text, and `cell_text` takes it away.
  if (text.starts_with('\'') && is_formula_text(text)) text.insert(0, 1, '\'');
  return cell_text(text);
}

}  // namespace

std::string stamp_of_row(FormKind kind, std::vector<StampedCell> cells) {
  std::erase_if(cells, [](const StampedCell& cell) { return cell.text.empty(); });
  if (cells.empty()) return {};
  for (StampedCell& cell : cells) cell.text = text_to_hash(cell.entry, cell.text);
  std::ranges::sort(cells, {}, [](const StampedCell& cell) { return std::tie(cell.column, cell.text); });
  std::string said(word_of(kind));
  // No cell of a workbook holds a zero byte: no text runs over into the next.
  for (const StampedCell& cell : cells) said.append(1, '\0').append(cell.column).append(1, '\0').append(cell.text);
  // Any fixed key would do; it may never change, or forms that are being filled in now would be read like those of before.
  std::uint64_t hash = sip_hash(said, 0x68656c7020726f77U, 0x6173207772697474U);
  std::string stamp(16, '0');
  for (char& digit : stamp) {
    digit = "0123456789abcdef"[hash >> 60U];
    hash <<= 4U;
  }
  return stamp;
}

FormStamps stamps_of_form(const Context& context, FormKind kind, const Table& form) {
  FormStamps stamps;
  const auto& fields = fields_of(kind);
  std::vector<std::string> columns;
  for (const Column& column : form.columns) {
    columns.emplace_back(column.key);
    if (std::ranges::find(fields, column.key, &FormField::key) != fields.end()) continue;
    stamps.titles.push_back(title_key(in_language(context, column.title, context.language)));
    columns.back() = "=" + stamps.titles.back();
  }
  for (const auto& row : form.rows) {
    std::vector<StampedCell> cells;
    bool is_known = true;
    for (std::size_t column = 0; column < std::min(row.size(), columns.size()); ++column) {
      auto text = text_read_back(row[column]);
      is_known = is_known && text.has_value();
      if (text) cells.push_back({columns[column], form.columns[column].entry, std::move(*text)});
    }
    if (std::string stamp = stamp_of_row(kind, std::move(cells)); is_known && !stamp.empty()) stamps.rows.push_back(std::move(stamp));
  }
  std::ranges::sort(stamps.rows);
  stamps.rows.erase(std::unique(stamps.rows.begin(), stamps.rows.end()), stamps.rows.end());
  return stamps;
}

std::set<std::uint32_t> lines_as_written(const FoundForm& form, const Sheet& sheet, const StampsRead& stamps) {
  std::set<std::uint32_t> lines;
  if (stamps.rows.empty()) return lines;
  struct StampedColumn {
    std::string key;
    FormEntry entry;
    std::size_t at;
  };
  std::vector<StampedColumn> places;
  for (const FormField& field : fields_of(form.kind)) {
    if (const auto found = form.columns.find(field.key); found != form.columns.end())
      places.push_back({std::string(field.key), field.entry, found->second});
  }
  for (const auto& [title, column] : form.others) {
    if (std::ranges::find(stamps.titles, title) != stamps.titles.end()) places.push_back({"=" + title, FormEntry::number, column});
  }
  for (std::size_t row = SheetTitles(sheet, form.header).first_row(); row < sheet.row_count(); ++row) {
    std::vector<StampedCell> cells;
    for (const StampedColumn& place : places) cells.push_back({place.key, place.entry, cell_text(sheet.cell(row, place.at))});
    const std::string stamp = stamp_of_row(form.kind, std::move(cells));
    if (!stamp.empty() && stamps.rows.contains(stamp)) lines.insert(sheet.line(row));
  }
  return lines;
}

}  // namespace help
