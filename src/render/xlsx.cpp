// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diag/characters.hpp"
#include "model/form_sheets.hpp"
#include "model/mark.hpp"
#include "render/escape.hpp"
#include "render/render.hpp"
#include "render/width.hpp"
#include "render/zip_writer.hpp"

namespace help {
namespace {

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006";

// Limits of Excel.
constexpr std::size_t longest_sheet_name = 31;
constexpr std::size_t longest_cell = 32767;

constexpr std::size_t narrowest_column = 8;
constexpr std::size_t widest_column = 60;
constexpr std::size_t spare_rows = 500;  // of a form, below what stands in it

/// Places in the `cellXfs` of `styles_part`.
enum class Style : std::uint8_t { usual, title, text, text_with_lines, day };

/// How many UTF-16 units a text takes: what Excel counts.
std::size_t units_of(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character here = character_at(text, at);
    units += here.code > 0xFFFF ? 2 : 1;
    at += here.bytes;
  }
  return units;
}

/// The beginning of a text, of at most `units` UTF-16 units.
std::string_view first_units(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  while (at < text.size()) {
    const Character here = character_at(text, at);
    const std::size_t size = here.code > 0xFFFF ? 2 : 1;
    if (size > units) break;
    units -= size;
    at += here.bytes;
  }
  return text.substr(0, at);
}

/// Text inside XML. The texts are visible already: no control characters but line ends.
std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += text[at];
    }
  }
  return out;
}

/// A text that looks like one of the escapes of this format (`_x000D_`) is itself escaped.
std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_escape = text.substr(at).starts_with("_x") && text.size() - at >= 7 && text[at + 6] == '_' &&
                           text.substr(at + 2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    out += is_escape ? "_x005F_" : text.substr(at, 1);
  }
  return out;
}

/// What a cell holds as a text. A text that looks like one made harmless (`'=1`) gets one more quote, since importing takes one away; and
/// one that looks like an error of the spreadsheet gets one, since only so it is known as a text.
std::string text_of(const Cell& cell, const Catalogue& catalogue) {
  std::string text;
  if (const auto* given = std::get_if<std::string>(&cell.value)) {
    text = shown_lines(*given);
  } else if (const auto* message = std::get_if<Message>(&cell.value)) {
    text = shown_lines(catalogue.text(*message));
  } else {
    text = cell_as_text(cell, catalogue);
  }
  if (is_error_value(text) || (text.starts_with('\'') && is_formula_text(text))) text.insert(0, 1, '\'');
  return units_of(text) <= longest_cell ? text : std::string(first_units(text, longest_cell - 1)) + "…";
}

/// A day as a spreadsheet counts it; it does so rightly from March 1900 on.
std::optional<std::int64_t> serial_of(Date day) {
  constexpr std::int64_t of_1970 = 25569;
  constexpr std::int64_t first_right = 61;
  const std::int64_t serial = day.time_since_epoch().count() + of_1970;
  return serial >= first_right ? std::optional(serial) : std::nullopt;
}

/// The texts of a workbook, each once.
class SharedTexts {
 public:
  std::size_t place_of(const std::string& text) {
    ++uses_;
    const auto [found, is_new] = places_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    return found->second;
  }

  [[nodiscard]] std::string part() const {
    std::string out = fmt::format("{}<sst xmlns=\"{}\" count=\"{}\" uniqueCount=\"{}\">", xml_head, spreadsheet, uses_, texts_.size());
    for (const std::string& text : texts_) out += "<si><t xml:space=\"preserve\">" + xml_text(without_escapes(text)) + "</t></si>";
    return out + "</sst>";
  }

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::string> texts_;
  std::size_t uses_ = 0;
};

/// One sheet, as it is filled row after row.
class SheetPart {
 public:
  SheetPart(const Catalogue& catalogue, SharedTexts& texts, bool has_titles)
      : catalogue_(catalogue), texts_(texts), has_titles_(has_titles) {}

  void add_titles(const std::vector<std::string>& titles) {
    begin_row();
    for (std::size_t column = 0; column < titles.size(); ++column) put_text(column, titles[column], Style::title);
    end_row();
  }

  void add_row(const std::vector<Cell>& cells) {
    begin_row();
    for (std::size_t column = 0; column < cells.size(); ++column) put(column, cells[column]);
    end_row();
  }

  /// What the cells below the last row look like, and what they offer: the cells of a column of the sheet with the choices.
  void leave_room(std::size_t column, FormEntry entry) {
    if (column >= room_.size()) room_.resize(column + 1, Style::text);
    room_[column] = entry == FormEntry::date ? Style::day : entry == FormEntry::number ? Style::usual : Style::text;
  }
  void offer(std::size_t column, const std::string& cells) {
    offers_ += fmt::format(
        "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"0\" "
        "sqref=\"{0}2:{0}{1}\"><formula1>{2}</formula1></dataValidation>",
        column_letters(column), rows_ + spare_rows, xml_text(cells));
    ++offer_count_;
  }

  [[nodiscard]] std::string part() const {
    std::string out = fmt::format("{}<worksheet xmlns=\"{}\">", xml_head, spreadsheet);
    out += "<sheetViews><sheetView workbookViewId=\"0\">";
    if (has_titles_) out += R"(<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>)";
    out += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>";
    if (!widths_.empty()) {
      out += "<cols>";
      for (std::size_t column = 0; column < widths_.size(); ++column) {
        const Style style = column < room_.size() ? room_[column] : Style::usual;
        out += fmt::format(R"(<col min="{0}" max="{0}" width="{1}" style="{2}" customWidth="1"/>)", column + 1,
                           std::clamp(widths_[column], narrowest_column, widest_column) + 2, static_cast<int>(style));
      }
      out += "</cols>";
    }
    out += "<sheetData>" + cells_ + "</sheetData>";
    if (offer_count_ > 0) out += fmt::format("<dataValidations count=\"{}\">{}</dataValidations>", offer_count_, offers_);
    return out + "</worksheet>";
  }

 private:
  void begin_row() { cells_ += fmt::format("<row r=\"{}\">", ++rows_); }
  void end_row() { cells_ += "</row>"; }

  void measure(std::size_t column, std::size_t width) {
    if (column >= widths_.size()) widths_.resize(column + 1, 0);
    widths_[column] = std::max(widths_[column], width);
  }

  void put_text(std::size_t column, const std::string& text, Style style) {
    if (text.empty()) {
      measure(column, 0);
      return;
    }
    const std::size_t width = widest_line(text);
    measure(column, width);
    const bool has_lines = width > widest_column || text.find('\n') != std::string::npos;
    const Style drawn = style == Style::text && has_lines ? Style::text_with_lines : style;
    cells_ += fmt::format(R"(<c r="{}{}" s="{}" t="s"><v>{}</v></c>)", column_letters(column), rows_, static_cast<int>(drawn),
                          texts_.place_of(text));
  }

  void put_number(std::size_t column, const std::string& number, std::size_t width, Style style) {
    measure(column, width);
    cells_ += fmt::format(R"(<c r="{}{}" s="{}"><v>{}</v></c>)", column_letters(column), rows_, static_cast<int>(style), number);
  }

  void put(std::size_t column, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell.value)) {
      const std::string text = std::to_string(*number);
      put_number(column, text, text.size(), Style::usual);
    } else if (const auto* decimal = std::get_if<Decimal>(&cell.value)) {
      const std::string text = hundredths_to_string(decimal->hundredths);
      put_number(column, text, text.size(), Style::usual);
    } else if (const auto* day = std::get_if<Date>(&cell.value); day != nullptr && serial_of(*day)) {
      put_number(column, std::to_string(*serial_of(*day)), to_string(*day).size(), Style::day);
    } else {
      put_text(column, text_of(cell, catalogue_), Style::text);
    }
  }

  const Catalogue& catalogue_;
  SharedTexts& texts_;
  bool has_titles_;
  std::string cells_;
  std::string offers_;
  std::size_t offer_count_ = 0;
  std::size_t rows_ = 0;
  std::vector<std::size_t> widths_;
  std::vector<Style> room_;
};

constexpr std::string_view styles_part =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>)"
    R"(<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>)"
    R"(<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/></patternFill></fill></fills>)"
    R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">)"
    R"(<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
    R"(<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>)"
    R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>)"
    R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>)";

/// The workbook as it grows sheet by sheet.
class WorkbookParts {
 public:
  explicit WorkbookParts(const Catalogue& catalogue) : catalogue_(catalogue) {}

  SheetPart& add_sheet(const std::string& wanted, bool has_titles, bool is_hidden = false) {
    sheets_.push_back({name_like(wanted), is_hidden, SheetPart(catalogue_, texts_, has_titles)});
    return sheets_.back().part;
  }

  /// Where the choices of a column stand.
  std::string place_for(const std::vector<std::string>& choices) {
    const auto known = std::ranges::find(choices_, choices);
    const auto column = static_cast<std::size_t>(known - choices_.begin());
    if (known == choices_.end()) choices_.push_back(choices);
    const std::string letters = column_letters(column);
    return fmt::format("{}!${}$1:${}${}", sheet_of_choices, letters, letters, choices.size());
  }

  /// Keeps lists of texts that nobody is to see, each in a column.
  void hide(std::string_view name, const std::vector<std::vector<std::string>>& lists) {
    std::size_t rows = 0;
    for (const auto& list : lists) rows = std::max(rows, list.size());
    if (rows == 0) return;
    SheetPart& sheet = add_sheet(std::string(name), false, true);
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<Cell> cells;
      for (const auto& list : lists) cells.push_back(row < list.size() ? Cell(list[row]) : Cell());
      sheet.add_row(cells);
    }
  }

  [[nodiscard]] std::string bytes() {
    hide(sheet_of_choices, choices_);
    std::vector<ZipPart> parts;
    parts.push_back({"[Content_Types].xml", content_types()});
    parts.push_back({"_rels/.rels", fmt::format("{}<Relationships xmlns=\"{}/relationships\"><Relationship Id=\"rId1\" "
                                                "Type=\"{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                                                xml_head, package, office)});
    parts.push_back({"xl/workbook.xml", workbook()});
    parts.push_back({"xl/_rels/workbook.xml.rels", relations()});
    parts.push_back({"xl/styles.xml", std::string(xml_head) + std::string(styles_part)});
    std::vector<std::string> names;
    for (std::size_t at = 0; at < sheets_.size(); ++at) names.push_back(fmt::format("xl/worksheets/sheet{}.xml", at + 1));
    for (std::size_t at = 0; at < sheets_.size(); ++at) parts.push_back({names[at], sheets_[at].part.part()});
    parts.push_back({"xl/sharedStrings.xml", texts_.part()});
    return zip_archive(parts);
  }

 private:
  struct Sheet {
    std::string name;
    bool is_hidden = false;
    SheetPart part;
  };

  /// A name that Excel takes and that no other sheet has, without regard to case.
  [[nodiscard]] std::string name_like(const std::string& wanted) const {
    std::string name;
    for (const char letter : wanted) name += std::string_view("[]:*?/\\\n").find(letter) == std::string_view::npos ? letter : ' ';
    while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.erase(0, 1);
    name = first_units(name, longest_sheet_name);
    while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.pop_back();
    if (name.empty() || small_letters(name) == "history") name += "_";
    std::string free = name;
    for (int number = 2; is_taken(free); ++number) {
      const std::string tail = fmt::format(" ({})", number);
      free = std::string(first_units(name, longest_sheet_name - tail.size())) + tail;
    }
    return free;
  }

  [[nodiscard]] bool is_taken(const std::string& name) const {
    return std::ranges::any_of(sheets_, [&](const Sheet& sheet) { return small_letters(sheet.name) == small_letters(name); });
  }

  [[nodiscard]] std::string content_types() const {
    constexpr std::string_view kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    std::string out = fmt::format("{}<Types xmlns=\"{}/content-types\">", xml_head, package);
    out += R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)";
    out += R"(<Default Extension="xml" ContentType="application/xml"/>)";
    const auto add = [&](std::string_view name, std::string_view what) {
      out += fmt::format(R"(<Override PartName="/xl/{}" ContentType="{}.{}+xml"/>)", name, kind, what);
    };
    add("workbook.xml", "sheet.main");
    for (std::size_t at = 0; at < sheets_.size(); ++at) add(fmt::format("worksheets/sheet{}.xml", at + 1), "worksheet");
    add("styles.xml", "styles");
    add("sharedStrings.xml", "sharedStrings");
    return out + "</Types>";
  }

  [[nodiscard]] std::string workbook() const {
    std::string out = fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><bookViews><workbookView/></bookViews><sheets>", xml_head,
                                  spreadsheet, office);
    for (std::size_t at = 0; at < sheets_.size(); ++at) {
      out += fmt::format(R"(<sheet name="{0}" sheetId="{1}"{2} r:id="rId{1}"/>)", xml_text(sheets_[at].name), at + 1,
                         sheets_[at].is_hidden ? R"( state="hidden")" : "");
    }
    return out + "</sheets></workbook>";
  }

  [[nodiscard]] std::string relations() const {
    std::string out = fmt::format("{}<Relationships xmlns=\"{}/relationships\">", xml_head, package);
    std::size_t id = 0;
    const auto add = [&](std::string_view kind, const std::string& target) {
      out += fmt::format(R"(<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>)", ++id, office, kind, target);
    };
    for (std::size_t at = 0; at < sheets_.size(); ++at) add("worksheet", fmt::format("worksheets/sheet{}.xml", at + 1));
    add("styles", "styles.xml");
    add("sharedStrings", "sharedStrings.xml");
    return out + "</Relationships>";
  }

  const Catalogue& catalogue_;
  SharedTexts texts_;
  std::vector<Sheet> sheets_;
  std::vector<std::vector<std::string>> choices_;
};

/// A document's tables and lines in the order of its sheets.
struct Contents {
  std::vector<std::vector<const Table*>> sheets;  ///< the tables of each
  std::vector<const Message*> lines;              ///< what stands around them
};

bool same_columns(const Table& a, const Table& b) {
  const auto alike = [](const Column& one, const Column& other) { return one.key == other.key && one.in_text == other.in_text; };
  return a.key == b.key && std::ranges::equal(a.columns, b.columns, alike);
}

void collect(const Document& document, Contents& contents) {
  for (const Message& line : document.head) contents.lines.push_back(&line);
  for (const Table& table : document.tables) {
    if (table.rows.empty() && !table.is_form) {
      if (!table.when_empty.empty()) contents.lines.push_back(&table.when_empty);
      continue;
    }
    const auto like = std::ranges::find_if(contents.sheets, [&](const auto& tables) { return same_columns(*tables.front(), table); });
    if (like == contents.sheets.end()) {
      contents.sheets.push_back({&table});
    } else {
      like->push_back(&table);
    }
  }
  for (const Message& line : document.foot) contents.lines.push_back(&line);
  for (const Document& part : document.parts) collect(part, contents);
}

/// The sheet of a table without a title: what the answer is.
Message name_of_answer(std::string_view schema) {
  static const std::vector<std::pair<std::string_view, Message>> names{
      {"help.assign", say("Assignments")}, {"help.check", say("Problems")},  {"help.decide", say("Decisions")},
      {"help.identify", say("Students")},  {"help.import", say("Import")},   {"help.note", say("Records")},
      {"help.overdue", say("Due")},        {"help.schemas", say("Schemas")}, {"help.show", say("Overview")},
      {"help.tasks", say("Tasks")}};
  const auto found = std::ranges::find_if(names, [schema](const auto& name) { return schema.starts_with(name.first); });
  return found == names.end() ? say("Table") : found->second;
}

void add_tables(WorkbookParts& workbook, const std::vector<const Table*>& tables, const Message& usual_name, const Catalogue& catalogue) {
  const Table& first = *tables.front();
  const bool is_grouped = tables.size() > 1;  // what the groups are called stands in a column of its own, so that the rows can be sorted
  const Message& named = is_grouped || first.title.empty() ? usual_name : first.title;
  SheetPart& sheet = workbook.add_sheet(shown(catalogue.text(named)), true);
  // A column without a title is a picture for the terminal; a table that has none at all is a list of keys and values.
  const bool has_titles = std::ranges::any_of(first.columns, [](const Column& column) { return !column.title.empty(); });
  const auto is_shown = [&](const Column& column) { return column.in_text && (!column.title.empty() || !has_titles); };
  std::vector<std::string> titles;
  if (is_grouped) titles.push_back(catalogue.text(say("Part")));
  for (const Column& column : first.columns) {
    if (!is_shown(column)) continue;
    const std::string title = shown(catalogue.text(column.title));
    titles.push_back(title.empty() ? std::string(column.key) : title);
  }
  sheet.add_titles(titles);
  for (const Table* table : tables) {
    for (const auto& row : table->rows) {
      std::vector<Cell> cells;
      if (is_grouped) cells.emplace_back(table->title);
      for (std::size_t column = 0; column < std::min(row.size(), first.columns.size()); ++column) {
        if (is_shown(first.columns[column])) cells.push_back(row[column]);
      }
      sheet.add_row(cells);
    }
  }
  for (std::size_t column = 0; first.is_form && column < first.columns.size(); ++column) {
    const Column& about = first.columns[column];
    sheet.leave_room(column, about.entry);
    if (!about.choices.empty()) sheet.offer(column, workbook.place_for(about.choices));
  }
  if (!first.stamps.rows.empty()) workbook.hide(sheet_of_stamps, {first.stamps.rows, first.stamps.titles});
}

}  // namespace

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

std::string document_as_xlsx(const Document& document, const Catalogue& catalogue) {
  Contents contents;
  collect(document, contents);
  WorkbookParts workbook(catalogue);
  for (const auto& tables : contents.sheets) add_tables(workbook, tables, name_of_answer(document.schema), catalogue);
  if (!contents.lines.empty() || contents.sheets.empty()) {
    SheetPart& sheet = workbook.add_sheet(catalogue.text(say("Notes")), false);
    for (const Message* line : contents.lines) sheet.add_row({Cell(*line)});
  }
  return workbook.bytes();
}

}  // namespace help
