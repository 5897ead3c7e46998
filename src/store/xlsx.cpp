// SPDX-License-Identifier: MIT
#include "store/xlsx.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "diag/nearest.hpp"
#include "model/form_sheets.hpp"
#include "store/cell_text.hpp"
#include "store/xlsx_parts.hpp"

namespace help {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t last_row = 1'048'576;
constexpr std::uint32_t last_column = 16'384;

struct CellPlace {
  std::uint32_t row = 0;     ///< from 1
  std::uint32_t column = 0;  ///< from 0

  friend auto operator<=>(const CellPlace&, const CellPlace&) = default;
};

/// `C4`; nothing if it is no cell of a sheet.
std::optional<CellPlace> place_of(std::string_view reference) {
  CellPlace place;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at) {
    place.column = place.column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
  }
  const char* end = reference.data() + reference.size();
  const auto [stop, error] = std::from_chars(reference.data() + at, end, place.row);
  const bool sound = at > 0 && error == std::errc{} && stop == end && place.row > 0 && place.row <= last_row && place.column <= last_column;
  --place.column;
  return sound ? std::optional(place) : std::nullopt;
}

struct Area {
  CellPlace first;
  CellPlace last;
};

struct SheetCell {
  CellPlace place;
  Sheet::Text text;
  bool is_spread = false;
};

WorkbookProblem too_many_cells() {
  return {"xlsx/too-large", say("the sheet has more than {0} cells", WorkbookLimits::cells),
          say("copy the table into a new workbook, as values, and save that")};
}

WorkbookProblem too_wide(CellPlace place) {
  return {"xlsx/too-large", say("row {0} has a text behind column {1}", place.row, SheetLimits::columns),
          say("delete what stands there, or copy the table into a new workbook")};
}

/// Reads the cells of one worksheet.
class SheetReader {
 public:
  SheetReader(const Workbook& workbook, Sheet& sheet) : workbook_(workbook), sheet_(sheet) {}

  std::optional<WorkbookProblem> read(Zip& zip, std::string_view part) {
    auto problem = read_part(
        zip, part, reading_,
        {.begin = [this](std::string_view space, std::string_view name, const XmlAttributes& given) { begin(space, name, given); },
         .end = [this](std::string_view space, std::string_view name) { end(space, name); },
         .text = [this](std::string_view text) { add_text(text); }});
    if (!problem) {
      problem = spread_merged_cells();
    }
    if (!problem && count_places() > WorkbookLimits::places) {
      problem = too_many_cells();
    }
    if (!problem) {
      fill_sheet();
    }
    return problem;
  }

  /// What is said of the sheet beside its texts.
  [[nodiscard]] WorkbookFacts facts(std::string name) const {
    WorkbookFacts facts{.sheet = std::move(name), .formulas = formulas_};
    std::uint32_t row = 0;
    std::vector<bool> is_seen(SheetLimits::columns, false);
    for (const SheetCell& cell : cells_) {
      if (cell.place.row != std::exchange(row, cell.place.row) && std::ranges::binary_search(hidden_rows_, cell.place.row)) {
        ++facts.hidden_rows;
      }
      const auto is_in = [&cell](const auto& columns) { return columns.first <= cell.place.column && cell.place.column <= columns.second; };
      if (is_seen[cell.place.column] || std::ranges::none_of(hidden_columns_, is_in)) continue;
      is_seen[cell.place.column] = true;
      ++facts.hidden_columns;
    }
    return facts;
  }

 private:
  enum class Inside : std::uint8_t { nothing, value, text, formula };

  void begin(std::string_view name_space, std::string_view element, const XmlAttributes& attributes) {
    if (!is_spreadsheet_element(name_space)) {
      return;
    }
    if (element == "row") {
      begin_row(attributes);
    } else if (element == "c") {
      begin_cell(attributes);
    } else if (element == "v") {
      inside_ = in_cell_ ? Inside::value : Inside::nothing;
    } else if (element == "t") {
      inside_ = in_cell_ && !in_pronunciation_ ? Inside::text : Inside::nothing;
    } else if (element == "f") {
      inside_ = in_cell_ ? Inside::formula : Inside::nothing;
      has_formula_ = has_formula_ || in_cell_;
    } else if (element == "col") {
      begin_columns(attributes);
    } else if (element == "rPh") {
      in_pronunciation_ = true;
    } else if (element == "sheetView") {
      const auto shown = attributes.find("showZeros");
      zeros_hidden_ = zeros_hidden_ || shown == "0" || shown == "false";
    } else if (element == "mergeCell") {
      begin_area(attributes.find("ref").value_or(std::string_view()));
    }
  }

  void end(std::string_view name_space, std::string_view element) {
    if (!is_spreadsheet_element(name_space)) {
      return;
    }
    if (element == "v" || element == "t" || element == "f") {
      inside_ = Inside::nothing;
    } else if (element == "rPh") {
      in_pronunciation_ = false;
    } else if (element == "c" && in_cell_) {
      in_cell_ = false;
      end_cell();
    }
  }

  void begin_row(const XmlAttributes& attributes) {
    ++place_.row;
    place_.column = 0;
    is_first_cell_ = true;
    if (const auto number = attributes.find("r")) {
      std::uint32_t row = 0;
      const auto [stop, error] = std::from_chars(number->data(), number->data() + number->size(), row);
      if (error != std::errc{} || stop != number->data() + number->size() || row < place_.row) {
        reading_.fail(damaged_workbook());
        return;
      }
      place_.row = row;
    }
    if (place_.row > last_row) {
      reading_.fail(damaged_workbook());
    } else if (is_set(attributes, "hidden")) {
      hidden_rows_.push_back(place_.row);
    }
  }

  static bool is_set(const XmlAttributes& attributes, std::string_view name) {
    const auto value = attributes.find(name);
    return value == "1" || value == "true";
  }

  void begin_columns(const XmlAttributes& attributes) {
    const auto number = [&](std::string_view name) {
      std::uint32_t found = 0;
      const std::string_view text = attributes.find(name).value_or(std::string_view());
      (void)std::from_chars(text.data(), text.data() + text.size(), found);
      return found;
    };
    const std::uint32_t first = number("min");
    const std::uint32_t last = number("max");
    if (is_set(attributes, "hidden") && first > 0 && first <= last && hidden_columns_.size() < SheetLimits::columns) {
      hidden_columns_.emplace_back(first - 1, last - 1);
    }
  }

  void begin_cell(const XmlAttributes& attributes) {
    const std::uint32_t next = is_first_cell_ ? 0 : place_.column + 1;
    place_.column = next;
    if (const auto reference = attributes.find("r")) {
      const auto place = place_of(*reference);
      if (!place || place->row != place_.row || place->column < next) {
        reading_.fail(damaged_workbook());
        return;
      }
      place_ = *place;
    }
    if (place_.row == 0) {
      reading_.fail(damaged_workbook());
      return;
    }
    is_first_cell_ = false;
    in_cell_ = true;
    has_formula_ = false;
    type_ = attributes.find("t").value_or("n"sv);
    style_ = 0;
    if (const auto style = attributes.find("s")) {
      (void)std::from_chars(style->data(), style->data() + style->size(), style_);
    }
    value_.clear();
    text_.clear();
    formula_.clear();
  }

  void begin_area(std::string_view reference) {
    const std::size_t colon = reference.find(':');
    const auto first = place_of(reference.substr(0, colon));
    const auto last = colon == std::string_view::npos ? first : place_of(reference.substr(colon + 1));
    constexpr std::size_t most_areas = 100'000;
    if (!first || !last || last->row < first->row || last->column < first->column || areas_.size() == most_areas) {
      reading_.fail(damaged_workbook());
      return;
    }
    areas_.push_back({*first, *last});
  }

  void add_text(std::string_view piece) {
    std::string* into = inside_ == Inside::value     ? &value_
                        : inside_ == Inside::text    ? &text_
                        : inside_ == Inside::formula ? &formula_
                                                     : nullptr;
    if (into == nullptr) {
      return;
    }
    into->append(piece);
    if (into->size() > SheetLimits::cell_bytes) {
      reading_.fail(too_much_text());
    }
  }

  void end_cell() {
    formulas_ += has_formula_ ? 1U : 0U;
    if (type_ == "s") {
      std::uint32_t number = 0;
      const auto [stop, error] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
      const auto text = error == std::errc{} && stop == value_.data() + value_.size() ? workbook_.shared_text(number) : std::nullopt;
      if (text) {
        add_shared(number, *text);
      } else if (!value_.empty()) {
        reading_.fail(damaged_workbook());
      }
    } else {
      add_own(own_text());
    }
  }

  /// A text that begins like a formula, so that it is none: see `cell_text`.
  [[nodiscard]] static std::string marked_text(std::string_view text) { return (text.starts_with('=') ? "'" : "") + std::string(text); }

  /// What a cell says that does not share its text.
  [[nodiscard]] std::string own_text() const {
    if (type_ == "inlineStr") {
      return marked_text(unescaped_text(text_));
    }
    if (value_.empty() && has_formula_ && type_ != "str") {
      return "=" + formula_;  // never calculated: nobody knows its result
    }
    if (type_ == "str") {
      return marked_text(unescaped_text(value_));
    }
    if (type_ == "b") {
      return value_ == "1" ? "TRUE" : value_ == "0" ? "FALSE" : value_;
    }
    constexpr std::string_view midnight = "T00:00:00";
    if (type_ == "d" && value_.ends_with(midnight)) {
      return value_.substr(0, value_.size() - midnight.size());
    }
    const auto number = type_ == "n" ? parse_sheet_number(trimmed_value()) : std::nullopt;
    return number ? format().shown(*number, workbook_.from_1904, zeros_hidden_) : value_;
  }

  // Some programs indent their XML.
  [[nodiscard]] std::string_view trimmed_value() const {
    const std::string_view text = value_;
    const std::size_t from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    return text.substr(from, text.find_last_not_of(" \t\r\n") + 1 - from);
  }

  [[nodiscard]] const NumberFormat& format() const {
    static const NumberFormat general;
    return style_ < workbook_.format_of_style.size() ? workbook_.formats[workbook_.format_of_style[style_]] : general;
  }

  void add_shared(std::uint32_t number, std::string_view text) {
    if (is_blank(text)) {
      return;
    }
    if (kept_.size() <= number) {
      kept_.resize(workbook_.text_ends.size());
    }
    std::optional<Sheet::Text>& kept = kept_[number];
    if (!kept) {
      kept = keep(marked_text(text));
    }
    add(*kept);
  }

  void add_own(const std::string& text) {
    if (!is_blank(text)) {
      add(keep(text));
    }
  }

  Sheet::Text keep(std::string_view text) {
    kept_bytes_ += text.size();
    if (kept_bytes_ > WorkbookLimits::text_bytes) {
      reading_.fail(too_much_text());
      return {};
    }
    return sheet_.keep(text);
  }

  static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

  void add(Sheet::Text text) {
    repeated_bytes_ += text.size;
    if (place_.column >= SheetLimits::columns) {
      reading_.fail(too_wide(place_));
    } else if (repeated_bytes_ > WorkbookLimits::repeated_text_bytes) {
      reading_.fail(too_much_text());
    } else if (cells_.size() == WorkbookLimits::cells) {
      reading_.fail(too_many_cells());
    } else {
      cells_.push_back({place_, text});
    }
  }

  /// Gives the text of an area of merged cells to each cell of it, in rows that have a text of their own.
  std::optional<WorkbookProblem> spread_merged_cells() {
    std::vector<SheetCell> spread;
    for (const Area& area : areas_) {
      const auto corner = std::ranges::lower_bound(cells_, area.first, {}, &SheetCell::place);
      if (corner == cells_.end() || corner->place != area.first) {
        continue;
      }
      corner->is_spread = area.last.row > area.first.row;
      const std::uint32_t last_filled = std::min(area.last.column, SheetLimits::columns - 1);
      std::uint32_t row = 0;
      for (auto at = corner; at != cells_.end() && at->place.row <= area.last.row; ++at) {
        if (at->place.row == row) {
          continue;
        }
        row = at->place.row;
        for (std::uint32_t column = area.first.column; column <= last_filled; ++column) {
          if (CellPlace{row, column} != area.first) {
            spread.push_back({{row, column}, corner->text, true});
            repeated_bytes_ += corner->text.size;
          }
        }
        if (cells_.size() + spread.size() > WorkbookLimits::cells) {
          return too_many_cells();
        }
        if (repeated_bytes_ > WorkbookLimits::repeated_text_bytes) {
          return too_much_text();
        }
      }
    }
    // A text that stands under a merged area stays what it is.
    cells_.insert(cells_.end(), spread.begin(), spread.end());
    std::ranges::stable_sort(cells_, {}, &SheetCell::place);
    const auto same = [](const SheetCell& a, const SheetCell& b) { return a.place == b.place; };
    cells_.erase(std::unique(cells_.begin(), cells_.end(), same), cells_.end());
    return std::nullopt;
  }

  /// How many cells the rows have up to their last texts.
  [[nodiscard]] std::uint64_t count_places() const {
    std::uint64_t places = 0;
    for (std::size_t at = 0; at < cells_.size(); ++at) {
      if (at + 1 == cells_.size() || cells_[at + 1].place.row != cells_[at].place.row) {
        places += cells_[at].place.column + 1;
      }
    }
    return places;
  }

  void fill_sheet() {
    std::uint32_t row = 0;
    std::uint32_t next = 0;
    for (const SheetCell& cell : cells_) {
      if (cell.place.row != row) {
        row = cell.place.row;
        next = 0;
        sheet_.begin_row(row);
      }
      for (; next < cell.place.column; ++next) {
        sheet_.add_kept_cell({}, false);
      }
      sheet_.add_kept_cell(cell.text, cell.is_spread);
      ++next;
    }
  }

  const Workbook& workbook_;
  Sheet& sheet_;
  PartReading reading_;
  std::vector<std::optional<Sheet::Text>> kept_;  ///< by number of the shared text
  std::vector<SheetCell> cells_;                  ///< by place
  std::vector<Area> areas_;
  std::vector<std::uint32_t> hidden_rows_;                               ///< ascending
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hidden_columns_;  ///< first and last, from 0
  std::uint64_t kept_bytes_ = 0;
  std::uint64_t repeated_bytes_ = 0;
  std::size_t formulas_ = 0;
  bool zeros_hidden_ = false;
  // Of the cell that is being read.
  CellPlace place_;
  bool is_first_cell_ = true;
  bool in_cell_ = false;
  bool has_formula_ = false;
  bool in_pronunciation_ = false;
  Inside inside_ = Inside::nothing;
  std::uint32_t style_ = 0;
  std::string type_;
  std::string value_;
  std::string text_;
  std::string formula_;
};

std::string names_of(const Workbook& workbook) {
  std::string list;
  for (const Workbook::SheetPart& one : workbook.sheets) {
    if (!one.path.empty() && !one.hidden && !is_sheet_of_form(one.name)) {
      list.append(list.empty() ? "" : ", ").append(one.name);
    }
  }
  return list;
}

/// Reads a workbook and chooses the sheet.
class WorkbookReader {
 public:
  WorkbookReader(std::string name, std::string_view bytes) : name_(std::move(name)), bytes_(bytes) {}

  std::optional<WorkbookProblem> read(std::string_view wanted, Sheet& sheet, WorkbookFacts& facts) {
    if (const ZipFault fault = zip_.open(bytes_); fault != ZipFault::none) {
      return problem_of(fault);
    }
    if (zip_.contains("mimetype") || zip_.contains("content.xml")) {
      return WorkbookProblem{"xlsx/other-kind", say("this is an OpenDocument file (.ods), not .xlsx"), save_as_xlsx()};
    }
    if (zip_.contains("xl/workbook.bin")) {
      return WorkbookProblem{"xlsx/other-kind", say("this is a binary workbook (.xlsb), not .xlsx"), save_as_xlsx()};
    }
    if (auto problem = read_workbook(zip_, workbook_)) {
      return problem;
    }
    auto problem = wanted.empty() ? read_only_sheet(sheet, facts) : read_named(wanted, sheet, facts);
    if (!problem) read_stamps(facts.stamps);
    return problem;
  }

 private:
  static Message save_as_xlsx() { return say("open it in the spreadsheet and save it as .xlsx"); }

  std::optional<WorkbookProblem> read_sheet(const Workbook::SheetPart& part, Sheet& sheet, WorkbookFacts& facts) {
    sheet = Sheet(name_, {});
    SheetReader reader(workbook_, sheet);
    auto problem = reader.read(zip_, part.path);
    if (!problem) facts = reader.facts(part.name);
    return problem;
  }

  /// A sheet that a form hides stands behind that of its rows.
  [[nodiscard]] bool is_of_form(const Workbook::SheetPart& part) const {
    return is_sheet_of_form(part.name) && &part != &workbook_.sheets.front();
  }

  /// Where they cannot be read the rows are read like those of any table.
  void read_stamps(StampsRead& stamps) {
    const auto part = std::ranges::find(workbook_.sheets, sheet_of_stamps, &Workbook::SheetPart::name);
    if (part == workbook_.sheets.end() || part->path.empty() || !is_of_form(*part)) return;
    Sheet sheet;
    WorkbookFacts unused;
    if (read_sheet(*part, sheet, unused)) return;
    constexpr std::size_t most = 100'000;  // rows of a form; what claims more is none
    for (std::size_t row = 0; row < std::min(sheet.row_count(), most); ++row) {
      if (!sheet.cell(row, 0).empty()) stamps.rows.emplace(sheet.cell(row, 0));
      if (!sheet.cell(row, 1).empty() && stamps.titles.size() < SheetLimits::columns) stamps.titles.emplace_back(sheet.cell(row, 1));
    }
  }

  std::optional<WorkbookProblem> read_named(std::string_view wanted, Sheet& sheet, WorkbookFacts& facts) {
    std::vector<std::string_view> known;
    for (const Workbook::SheetPart& part : workbook_.sheets) {
      if (!part.path.empty() && cell_text(part.name) == cell_text(wanted)) {
        return read_sheet(part, sheet, facts);
      }
      known.emplace_back(part.name);
    }
    const auto near = nearest(wanted, known);
    return WorkbookProblem{"xlsx/which-sheet", say("the workbook has no sheet '{0}'", wanted),
                           near ? say("did you mean '{0}'?", *near) : say("its sheets: {0}", names_of(workbook_))};
  }

  std::optional<WorkbookProblem> read_only_sheet(Sheet& sheet, WorkbookFacts& facts) {
    bool found = false;
    for (const Workbook::SheetPart& part : workbook_.sheets) {
      if (part.path.empty() || part.hidden || is_of_form(part)) {
        continue;
      }
      Sheet one;
      WorkbookFacts its_facts;
      if (auto problem = read_sheet(part, one, its_facts)) {
        return problem;
      }
      if (one.row_count() == 0) {
        continue;
      }
      if (found) {
        return WorkbookProblem{
            "xlsx/which-sheet", say("several sheets hold something: '{0}', '{1}' …", facts.sheet, its_facts.sheet),
            say("say which one: --sheet NAME, or in the mapping table: {{sheet: NAME}}; its sheets: {0}", names_of(workbook_))};
      }
      found = true;
      sheet = std::move(one);
      facts = its_facts;
    }
    for (const Workbook::SheetPart& part : workbook_.sheets) {
      if (part.hidden && !part.path.empty() && !is_of_form(part)) facts.hidden_sheets.push_back(part.name);
    }
    if (!found) {
      return WorkbookProblem{"xlsx/which-sheet", say("no sheet of the workbook holds anything"),
                             say("hidden sheets are read only where the mapping names them: table: {{sheet: NAME}}")};
    }
    return std::nullopt;
  }

  std::string name_;
  std::string_view bytes_;
  Zip zip_;
  Workbook workbook_;
};

}  // namespace

bool begins_like_xlsx(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv); }

bool begins_like_ole(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0"sv); }

Diagnostic ole_problem(std::string_view name, std::string_view bytes) {
  constexpr std::string_view encrypted = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  Diagnostic problem{.where = {.path = std::string(name)}};
  if (bytes.find(encrypted) != std::string_view::npos) {
    problem.code = "xlsx/encrypted";
    problem.message = say("the workbook is protected by a password");
    problem.hint = say("open it in the spreadsheet, take the password off and save it as .xlsx");
  } else {
    problem.code = "xlsx/other-kind";
    problem.message = say("this is an old workbook (.xls or .et), not .xlsx");
    problem.hint = say("open it in the spreadsheet and save it as .xlsx");
  }
  return problem;
}

bool read_xlsx(std::string name, std::string_view bytes, std::string_view wanted, Sheet& sheet, WorkbookFacts& facts,
               Diagnostics& problems) {
  std::optional<WorkbookProblem> problem;
  if (bytes.size() > WorkbookLimits::file_bytes) {
    problem = {"xlsx/too-large", say("the workbook is larger than {0} MiB", WorkbookLimits::file_bytes >> 20U),
               say("copy the table into a new workbook, as values, and save that")};
  } else {
    problem = WorkbookReader(name, bytes).read(wanted, sheet, facts);
  }
  if (problem) {
    sheet = {};
    problems.push_back({.code = problem->code,
                        .where = {.path = std::move(name)},
                        .message = std::move(problem->message),
                        .hint = std::move(problem->hint)});
  }
  return !problem;
}

}  // namespace help
