// SPDX-License-Identifier: MIT
// Any bytes as a workbook: read within the limits, or refused with one error. The bytes are an archive as it stands; or, where they begin
// with `<`, the XML of a sheet in a sound archive, so that the sheet's reader is reached without a checksum to guess.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "store/cell_text.hpp"
#include "store/number_format.hpp"
#include "store/xlsx.hpp"
#include "support/workbook.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

std::string archive_of(const std::string& bytes) {
  if (!bytes.starts_with('<')) return bytes;
  auto parts = help::workbook_parts("format yyyy-mm-dd\nformat 0;-0;\"x\"\nsheet S\n");
  parts.back().second = bytes;
  return help::zip_of(parts);
}

void check_numbers(const std::string& bytes) {
  const std::size_t end = bytes.find('\n');
  const auto number = help::parse_sheet_number(bytes.substr(0, end));
  if (!number) return;
  const std::string text = help::to_string(*number);
  const auto again = help::parse_sheet_number(text);
  require(again && help::to_string(*again) == text, "a number that was written out is read back");
  const help::NumberFormat format(end == std::string::npos ? std::string() : bytes.substr(end + 1));
  (void)format.shown(*number, false, false);
  (void)format.shown(*number, true, true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check_numbers(bytes);
  help::Sheet sheet;
  help::WorkbookFacts facts;
  help::Diagnostics problems;
  if (!help::read_xlsx("a.xlsx", archive_of(bytes), {}, sheet, facts, problems)) {
    require(problems.size() == 1 && help::has_error(problems), "what is refused has one error");
    require(sheet.row_count() == 0, "what is refused gives no rows");
    return 0;
  }
  require(problems.empty(), "what is read has no error");
  std::uint32_t line = 0;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    require(sheet.line(row) > line && sheet.line(row) <= 1'048'576, "every row is behind the one before");
    line = sheet.line(row);
    require(sheet.width(row) > 0 && sheet.width(row) <= help::SheetLimits::columns, "a row has 1 to 1000 cells");
    for (std::size_t column = 0; column < sheet.width(row); ++column) {
      (void)help::cell_text(sheet.cell(row, column));
    }
    require(!sheet.cell(row, sheet.width(row) - 1).empty(), "the last cell of a row holds something");
  }
  return 0;
}
