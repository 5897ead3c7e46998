// SPDX-License-Identifier: MIT
#include "store/table_form.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "store/cell_text.hpp"
#include "store/csv.hpp"

namespace help {
namespace {

constexpr std::size_t rows_looked_at = 30;
constexpr std::size_t bytes_looked_at = 64U << 10U;

/// How well a row, or a table, answers to the mapping: more titles first, then more cells.
using Score = std::pair<std::size_t, std::size_t>;

Score score_of(const Sheet& sheet, std::size_t row, const std::vector<std::string>& titles) {
  std::vector<bool> found(titles.size(), false);
  for (std::size_t column = 0; column < sheet.width(row); ++column) {
    const auto at = std::ranges::lower_bound(titles, title_key(sheet.cell(row, column)));
    if (at != titles.end() && *at == title_key(sheet.cell(row, column))) {
      found[static_cast<std::size_t>(at - titles.begin())] = true;
    }
  }
  return {static_cast<std::size_t>(std::ranges::count(found, true)), sheet.width(row)};
}

std::optional<std::size_t> row_of_line(const Sheet& sheet, std::uint32_t line) {
  for (std::size_t row = 0; row < sheet.row_count() && sheet.line(row) <= line; ++row) {
    if (sheet.line(row) == line) {
      return row;
    }
  }
  return std::nullopt;
}

std::size_t least_width(const Sheet& sheet) {
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    least = std::min(least, sheet.width(row));
  }
  return least;
}

bool is_named_like_workbook(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; });
  return name.ends_with(".xlsx") || name.ends_with(".xlsm");
}

// Many programs call a page of the web a workbook.
bool is_web_page(std::string_view text) {
  std::string beginning(text.substr(0, std::min<std::size_t>(text.size(), 1000)));
  std::ranges::transform(beginning, beginning.begin(),
                         [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; });
  const std::size_t first = beginning.find_first_not_of(" \t\r\n");
  return first != std::string::npos && beginning[first] == '<' &&
         (beginning.find("<html") != std::string::npos || beginning.find("<table") != std::string::npos ||
          beginning.find("<?xml") != std::string::npos);
}

}  // namespace

std::vector<std::string> titles_of(const Mapping& mapping) {
  std::vector<std::string> titles;
  const auto add = [&](const MappedText& title) {
    if (title.given()) {
      titles.push_back(title_key(title.text));
    }
  };
  add(mapping.student.id);
  add(mapping.student.name);
  add(mapping.student.in.column);
  if (mapping.roster) {
    add(mapping.roster->in.column);
    add(mapping.roster->name);
    add(mapping.roster->transferred);
  }
  if (mapping.marks) {
    for (const MappedExam& exam : mapping.marks->exams) {
      for (const auto& [subject, title] : exam.columns) {
        add(title);
      }
    }
    if (mapping.marks->one_a_row) {
      add(mapping.marks->one_a_row->exam);
      add(mapping.marks->one_a_row->subject);
      add(mapping.marks->one_a_row->mark);
    }
  }
  std::ranges::sort(titles);
  titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
  return titles;
}

std::uint32_t header_of(const Mapping& mapping, const Sheet& sheet) {
  if (mapping.header) {
    return *mapping.header;
  }
  if (sheet.row_count() == 0) {
    return 1;
  }
  const auto titles = titles_of(mapping);
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    if (const std::size_t found = score_of(sheet, row, titles).first; found > most) {
      best = row;
      most = found;
    }
  }
  return sheet.line(best);
}

std::optional<std::size_t> column_of(const Sheet& sheet, std::uint32_t header, std::string_view title) {
  if (header == 0) {
    std::size_t number = 0;
    const char* end = title.data() + title.size();
    const auto [stop, error] = std::from_chars(title.data(), end, number);
    return error == std::errc{} && stop == end && number > 0 ? std::optional(number - 1) : std::nullopt;
  }
  const auto row = row_of_line(sheet, header);
  for (std::size_t column = 0; row && column < sheet.width(*row); ++column) {
    if (title_key(sheet.cell(*row, column)) == title_key(title)) {
      return column;
    }
  }
  return std::nullopt;
}

char separator_of(const Mapping& mapping, std::string_view text) {
  if (mapping.separator) {
    return *mapping.separator;
  }
  const auto titles = titles_of(mapping);
  const std::string beginning(text.substr(0, bytes_looked_at));
  char best = ',';
  Score most;
  for (const char separator : separators) {
    Sheet sheet;
    Diagnostics ignored;  // what does not fit is another separator, or is told when the whole file is read
    (void)read_csv({}, beginning, separator, sheet, ignored);
    if (sheet.row_count() == 0) {
      continue;
    }
    Score score{0, least_width(sheet)};
    if (mapping.header != 0) {
      const auto row = row_of_line(sheet, header_of(mapping, sheet));
      score = row ? score_of(sheet, *row, titles) : Score{};
    }
    if (score > most) {
      best = separator;
      most = score;
    }
  }
  return best;
}

bool read_table(std::string name, std::string bytes, const Mapping& mapping, Sheet& sheet, TableForm& form, Diagnostics& problems) {
  if (begins_like_ole(bytes)) {
    problems.push_back(ole_problem(name, bytes));
    return false;
  }
  if (begins_like_xlsx(bytes) || is_named_like_workbook(name)) {
    form.workbook.emplace();
    if (!read_xlsx(std::move(name), bytes, mapping.sheet, sheet, *form.workbook, problems)) {
      return false;
    }
    form.header = header_of(mapping, sheet);
    return true;
  }
  DecodedText decoded;
  if (!decode_table(name, std::move(bytes), mapping.encoding, decoded, problems)) {
    return false;
  }
  if (is_web_page(decoded.text)) {
    problems.push_back({.code = "xlsx/other-kind",
                        .where = {.path = std::move(name)},
                        .message = say("this is a web page (HTML) or XML, not a table"),
                        .hint = say("open it in the spreadsheet and save it as .xlsx")});
    return false;
  }
  form.encoding = decoded.encoding;
  form.separator = separator_of(mapping, decoded.text);
  if (!read_csv(std::move(name), std::move(decoded.text), form.separator, sheet, problems)) {
    return false;
  }
  form.header = header_of(mapping, sheet);
  return true;
}

}  // namespace help
