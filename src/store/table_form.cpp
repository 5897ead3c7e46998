// SPDX-License-Identifier: MIT
#include "store/table_form.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "diag/characters.hpp"
#include "store/cell_text.hpp"
#include "store/csv.hpp"

namespace help {
namespace {

constexpr std::size_t title_rows_tried = 30;
constexpr std::size_t columns_looked_at = 5;
constexpr std::size_t bytes_sniffed = 64U << 10U;

/// How well a row, or a table, answers to the mapping: more titles first, then more cells.
using FormScore = std::pair<std::size_t, std::size_t>;

/// The different titles among the cells that `cell_at` gives for 0 … count - 1.
template <typename CellAt>
std::size_t titles_among(const TableHints& hints, std::size_t count, CellAt cell_at) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < count; ++at) {
    std::string key = title_key(cell_at(at));
    if (hints.is_title(key) && std::ranges::find(found, key) == found.end()) {
      found.push_back(std::move(key));
    }
  }
  return found.size();
}

std::size_t titles_in_row(const TableHints& hints, const Sheet& sheet, std::size_t row) {
  return titles_among(hints, sheet.width(row), [&](std::size_t column) { return sheet.cell(row, column); });
}

/// The most titles that one row has, among the first; `best` is the first such row.
std::size_t most_titles_in_row(const TableHints& hints, const Sheet& sheet, std::size_t& best) {
  std::size_t most = 0;
  for (std::size_t row = 0; row < std::min(sheet.row_count(), title_rows_tried); ++row) {
    if (const std::size_t found = titles_in_row(hints, sheet, row); found > most) {
      best = row;
      most = found;
    }
  }
  return most;
}

std::size_t most_titles_in_column(const TableHints& hints, const Sheet& sheet) {
  std::size_t most = 0;
  const std::size_t rows = std::min<std::size_t>(sheet.row_count(), SheetLimits::columns);
  for (std::size_t column = 0; column < columns_looked_at; ++column) {
    // In a long table the column of the subjects is full of words that could be titles.
    const auto says_who = [&](std::size_t at) { return !hints.says_who || hints.says_who(title_key(sheet.cell(at, column))); };
    std::size_t first = 0;
    while (first < rows && !says_who(first)) ++first;
    if (first == rows) continue;
    most = std::max(most, titles_among(hints, rows, [&](std::size_t row) { return sheet.cell(row, column); }));
  }
  return most;
}

std::size_t least_width(const Sheet& sheet) {
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (std::size_t row = 0; row < std::min(sheet.row_count(), title_rows_tried); ++row) {
    least = std::min(least, sheet.width(row));
  }
  return least;
}

bool is_named_like_workbook(std::string_view path) {
  const std::string name = small_letters(path);
  return name.ends_with(".xlsx") || name.ends_with(".xlsm");
}

// Many programs call a page of the web a workbook.
bool is_web_page(std::string_view text) {
  const std::string beginning = small_letters(text.substr(0, 1000));
  const std::size_t first = beginning.find_first_not_of(" \t\r\n");
  return first != std::string::npos && beginning[first] == '<' &&
         (beginning.find("<html") != std::string::npos || beginning.find("<table") != std::string::npos ||
          beginning.find("<?xml") != std::string::npos);
}

/// Whether a row holds at least two titles, one of them of an id or a name. Cells that begin like a number are none.
bool is_row_of_titles(const TableHints& hints, const Sheet& sheet, std::size_t row) {
  bool says_who = false;
  std::size_t titles = 0;
  for (std::size_t column = 0; column < sheet.width(row); ++column) {
    const std::string_view cell = sheet.cell(row, column);
    if (cell.empty() || (cell.front() >= '0' && cell.front() <= '9')) continue;
    const std::string key = title_key(cell);
    says_who = says_who || hints.says_who(key);
    titles += hints.is_title(key) ? 1U : 0U;
  }
  return says_who && titles >= 2;
}

bool are_same_titles(const Sheet& sheet, std::size_t first, std::size_t second) {
  for (std::size_t column = 0; column < std::max(sheet.width(first), sheet.width(second)); ++column) {
    if (title_key(sheet.cell(first, column)) != title_key(sheet.cell(second, column))) return false;
  }
  return true;
}

/// One title of those in two rows, a group's above that of a column.
std::string joined_title(const std::string& group, const std::string& own) {
  const auto is_ascii_letter = [](char one) { return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z'); };
  const bool are_words = !group.empty() && !own.empty() && is_ascii_letter(group.back()) && is_ascii_letter(own.front());
  return group + (are_words ? " " : "") + own;
}

/// The titles of two rows, one under the other; `joined` counts those that a group gives its title to. Where cells are not merged, the
/// group's title stands above its first column only.
std::vector<std::string> titles_of_rows(const Sheet& sheet, std::size_t upper, std::size_t& joined) {
  std::vector<std::string> titles;
  std::string group;
  joined = 0;
  for (std::size_t column = 0; column < std::max(sheet.width(upper), sheet.width(upper + 1)); ++column) {
    const std::string above = cell_text(sheet.cell(upper, column));
    const std::string below = cell_text(sheet.cell(upper + 1, column));
    if (!above.empty()) group = below.empty() || below == above ? std::string() : above;
    if (below.empty()) {
      titles.push_back(above);
    } else if (group.empty()) {
      titles.push_back(below);
    } else {
      titles.push_back(joined_title(group, below));
      ++joined;
    }
  }
  return titles;
}

/// Two rows are one row of titles where more of them are known together than in any row alone; or as many, and all of them.
std::optional<std::size_t> upper_row_of_titles(const TableHints& hints, const Sheet& sheet) {
  std::size_t best = 0;
  std::size_t most = most_titles_in_row(hints, sheet, best);
  std::optional<std::size_t> found;
  for (std::size_t upper = 0; upper + 1 < std::min(sheet.row_count(), title_rows_tried); ++upper) {
    if (hints.header && *hints.header != sheet.line(upper) && *hints.header != sheet.line(upper + 1)) continue;
    std::size_t joined = 0;
    const std::vector<std::string> titles = titles_of_rows(sheet, upper, joined);
    if (joined == 0) continue;
    const std::size_t known = titles_among(hints, titles.size(), [&](std::size_t at) { return std::string_view(titles[at]); });
    const auto is_known = [&](const std::string& title) { return title.empty() || hints.is_title(title_key(title)); };
    if (known < 2 || known < most || (known == most && (found || !std::ranges::all_of(titles, is_known)))) continue;
    most = known;
    found = upper;
  }
  return found;
}

/// The rows under other titles would be read by the wrong ones, or not at all.
bool has_one_row_of_titles(const TableHints& hints, const Sheet& sheet, std::uint32_t header, std::uint32_t upper, Diagnostics& problems) {
  const auto titles = row_of_line(sheet, header);
  if (hints.header || !hints.says_who || !titles || !is_row_of_titles(hints, sheet, *titles)) return true;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    if (row == *titles || sheet.line(row) == upper || !is_row_of_titles(hints, sheet, row) ||
        (row > *titles && are_same_titles(sheet, *titles, row)))
      continue;
    const std::uint32_t first = std::min(sheet.line(row), header);
    const std::uint32_t second = std::max(sheet.line(row), header);
    problems.push_back({.code = "import/two-tables",
                        .where = {.path = sheet.name(), .line = sheet.is_transposed() ? 0 : second},
                        .message = sheet.is_transposed() ? say("columns {0} and {1} both hold titles: these are two tables", first, second)
                                                         : say("lines {0} and {1} both hold titles: these are two tables", first, second),
                        .hint = say("make a file, or a sheet, of each table")});
    return false;
  }
  return true;
}

/// Decides which way the table stands and where its titles are.
bool find_titles(const TableHints& hints, Sheet& sheet, TableForm& form, Diagnostics& problems) {
  std::size_t row = 0;
  form.transposed = hints.transposed
                        ? *hints.transposed
                        : most_titles_in_column(hints, sheet) > std::max<std::size_t>(1, most_titles_in_row(hints, sheet, row));
  if (form.transposed && sheet.row_count() > SheetLimits::columns) {
    problems.push_back({.code = "csv/too-wide",
                        .where = {.path = sheet.name()},
                        .message = say("a table whose students stand side by side has at most {0} rows", SheetLimits::columns),
                        .hint = say("let the students stand one below the other")});
    return false;
  }
  if (form.transposed) {
    sheet.transpose();
  }
  form.header = header_of(hints, sheet);
  form.upper_header = 0;
  if (const auto upper = hints.header == 0U ? std::nullopt : upper_row_of_titles(hints, sheet)) {
    std::size_t joined = 0;
    sheet.replace_row(*upper + 1, titles_of_rows(sheet, *upper, joined));
    form.upper_header = sheet.line(*upper);
    form.header = sheet.line(*upper + 1);
  }
  return has_one_row_of_titles(hints, sheet, form.header, form.upper_header, problems);
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
      for (const MappedTotal& total : exam.totals) {
        add(total.column);
      }
    }
    if (mapping.marks->one_a_row) {
      add(mapping.marks->one_a_row->exam);
      add(mapping.marks->one_a_row->subject);
      add(mapping.marks->one_a_row->mark);
    }
  }
  if (mapping.records) {
    for (const MappedField& field : mapping.records->fields) {
      add(field.column);
    }
    for (const auto& [count, title] : mapping.records->counts) {
      add(title);
    }
  }
  std::ranges::sort(titles);
  titles.erase(std::unique(titles.begin(), titles.end()), titles.end());
  return titles;
}

std::optional<std::size_t> row_of_line(const Sheet& sheet, std::uint32_t line) {
  for (std::size_t row = 0; row < sheet.row_count() && sheet.line(row) <= line; ++row) {
    if (sheet.line(row) == line) {
      return row;
    }
  }
  return std::nullopt;
}

TableHints hints_of(const Mapping& mapping) {
  return {.encoding = mapping.encoding,
          .sheet = mapping.sheet,
          .separator = mapping.separator,
          .header = mapping.header,
          .transposed = mapping.transposed,
          .is_title = [titles = titles_of(mapping)](const std::string& key) { return std::ranges::binary_search(titles, key); },
          .says_who = {}};
}

std::uint32_t header_of(const TableHints& hints, const Sheet& sheet) {
  if (hints.header) {
    return *hints.header;
  }
  if (sheet.row_count() == 0) {
    return 1;
  }
  std::size_t best = 0;
  (void)most_titles_in_row(hints, sheet, best);
  return sheet.line(best);
}

std::uint32_t header_of(const Mapping& mapping, const Sheet& sheet) { return header_of(hints_of(mapping), sheet); }

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

char separator_of(const TableHints& hints, std::string_view text) {
  if (hints.separator) {
    return *hints.separator;
  }
  const std::string beginning(text.substr(0, bytes_sniffed));
  char best = ',';
  FormScore most;
  for (const char separator : separators) {
    Sheet sheet;
    Diagnostics ignored;  // what does not fit is another separator, or is told when the whole file is read
    (void)read_csv({}, beginning, separator, sheet, ignored);
    if (sheet.row_count() == 0) {
      continue;
    }
    FormScore score{0, least_width(sheet)};
    if (hints.header != 0) {
      const auto row = row_of_line(sheet, header_of(hints, sheet));
      score = row ? FormScore{titles_in_row(hints, sheet, *row), sheet.width(*row)} : FormScore{};
    }
    if (hints.transposed.value_or(true)) {
      score = std::max(score, FormScore{most_titles_in_column(hints, sheet), sheet.width(0)});
    }
    if (score > most) {
      best = separator;
      most = score;
    }
  }
  return best;
}

char separator_of(const Mapping& mapping, std::string_view text) { return separator_of(hints_of(mapping), text); }

bool read_table(std::string name, std::string bytes, const Mapping& mapping, Sheet& sheet, TableForm& form, Diagnostics& problems) {
  return read_table(std::move(name), std::move(bytes), hints_of(mapping), sheet, form, problems);
}

bool read_table(std::string name, std::string bytes, const TableHints& hints, Sheet& sheet, TableForm& form, Diagnostics& problems) {
  if (begins_like_ole(bytes)) {
    problems.push_back(ole_problem(name, bytes));
    return false;
  }
  if (begins_like_xlsx(bytes) || is_named_like_workbook(name)) {
    form.workbook.emplace();
    if (!read_xlsx(std::move(name), bytes, hints.sheet, sheet, *form.workbook, problems)) {
      return false;
    }
    return find_titles(hints, sheet, form, problems);
  }
  DecodedText decoded;
  if (!decode_table(name, std::move(bytes), hints.encoding, decoded, problems)) {
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
  form.separator = separator_of(hints, decoded.text);
  if (!read_csv(std::move(name), std::move(decoded.text), form.separator, sheet, problems)) {
    return false;
  }
  return find_titles(hints, sheet, form, problems);
}

}  // namespace help
