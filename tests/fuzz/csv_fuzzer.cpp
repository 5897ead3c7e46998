// SPDX-License-Identifier: MIT
// Any bytes as a table, in every encoding and by the rule that chooses one: read or refused with an error, within the limits; what was read
// comes back when it is written in quotes.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "store/cell_text.hpp"
#include "store/csv.hpp"
#include "store/table_form.hpp"
#include "store/text_encoding.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

std::string written(const help::Sheet& sheet, char separator) {
  std::string text;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (std::size_t column = 0; column < sheet.width(row); ++column) {
      if (column > 0) text += separator;
      text += '"';
      for (const char letter : sheet.cell(row, column)) {
        text.append(letter == '"' ? 2 : 1, letter);
      }
      text += '"';
    }
    text += "\r\n";
  }
  return text;
}

void check_rows(const help::Sheet& sheet) {
  std::uint32_t line = 0;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    require(sheet.line(row) > line, "every row begins on a later line");
    line = sheet.line(row);
    require(sheet.width(row) > 0 && sheet.width(row) <= help::SheetLimits::columns, "a row has 1 to 1000 cells");
    for (std::size_t column = 0; column < sheet.width(row); ++column) {
      const std::string text = help::cell_text(sheet.cell(row, column));
      require(help::cell_text(text) == text || text.starts_with('\''), "what is meant by a text is that text");
      const auto mark = help::mark_of_text(text);
      require(!mark || *mark >= 0, "no mark is negative");
      (void)help::date_of_text(text);
      (void)help::name_key(text);
    }
    require(sheet.cell(row, sheet.width(row)).empty(), "behind the last cell there is nothing");
  }
}

bool same_cells(const help::Sheet& a, const help::Sheet& b) {
  if (a.row_count() != b.row_count()) return false;
  for (std::size_t row = 0; row < a.row_count(); ++row) {
    if (a.width(row) != b.width(row)) return false;
    for (std::size_t column = 0; column < a.width(row); ++column) {
      if (a.cell(row, column) != b.cell(row, column)) return false;
    }
  }
  return true;
}

/// Whatever an encoding accepts is strict UTF-8 afterwards, and what stands before a refused byte is accepted alone.
void check_encodings(const std::string& bytes) {
  for (const help::Encoding encoding :
       {help::Encoding::utf8, help::Encoding::utf16_le, help::Encoding::utf16_be, help::Encoding::gb18030}) {
    std::string text;
    const auto bad = help::decode(bytes, encoding, text);
    std::string again;
    require(!help::decode(text, help::Encoding::utf8, again) && again == text, "what was decoded is UTF-8");
    if (bad) {
      require(*bad < bytes.size(), "the refused byte is one of the file's");
      require(!help::decode(std::string_view(bytes).substr(0, *bad), encoding, again) && again == text, "up to there it can be decoded");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check_encodings(bytes);
  help::DecodedText decoded;
  help::Diagnostics refused;
  if (!help::decode_table("a.csv", bytes, std::nullopt, decoded, refused)) {
    require(refused.size() == 1 && help::has_error(refused), "what cannot be decoded has one error");
    return 0;
  }
  require(refused.empty(), "what was decoded has no error");
  for (const char separator : help::separators) {
    help::Sheet sheet;
    help::Diagnostics problems;
    if (!help::read_csv("a.csv", decoded.text, separator, sheet, problems)) {
      require(problems.size() == 1 && help::has_error(problems), "what is refused has one error");
      require(problems[0].from <= problems[0].until && problems[0].until <= problems[0].excerpt.size(),
              "the marked part lies in the excerpt");
      continue;
    }
    require(problems.empty(), "what is read has no error");
    check_rows(sheet);
    help::Sheet again;
    require(help::read_csv("a.csv", written(sheet, separator), separator, again, problems) && same_cells(sheet, again),
            "quoted cells come back");
  }
  help::Mapping mapping;
  mapping.student.id = {.text = "a", .from = 0, .until = 1};
  help::Sheet sheet;
  help::TableForm form;
  if (help::read_table("a.csv", bytes, mapping, sheet, form, refused)) {
    require(form.encoding == decoded.encoding, "the encoding is the same whoever asks");
    require(help::separators.find(form.separator) != std::string_view::npos, "the separator is one of those that are tried");
    require(form.header == help::header_of(mapping, sheet), "the titles stand where they were found");
  }
  return 0;
}
