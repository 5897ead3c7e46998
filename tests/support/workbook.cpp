// SPDX-License-Identifier: MIT
#include "support/workbook.hpp"

#include <cstdint>

namespace help {
namespace {

const std::string xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const std::string main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string office_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const std::string package_space = "http://schemas.openxmlformats.org/package/2006/relationships";

std::uint32_t checksum_of(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFF;
  for (const char byte : bytes) {
    sum ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~sum;
}

void append_number(std::string& bytes, std::size_t number, int size) {
  for (int at = 0; at < size; ++at) bytes += static_cast<char>((number >> (8 * static_cast<unsigned>(at))) & 0xFFU);
}

std::string escaped(std::string_view text) {
  std::string made;
  for (const char letter : text) {
    made += letter == '&' ? "&amp;" : letter == '<' ? "&lt;" : letter == '"' ? "&quot;" : std::string(1, letter);
  }
  return made;
}

std::string column_name(std::size_t column) {
  std::string name;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return name;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-+eE") == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos && text.find_first_of("+eE") != 0;
}

std::string cell_of(std::string_view text, const std::string& place) {
  std::string style;
  if (text.starts_with('{')) {
    const std::size_t close = text.find('}');
    style = " s=\"" + std::string(text.substr(1, close - 1)) + "\"";
    text.remove_prefix(close + 1);
  }
  const std::string start = "<c r=\"" + place + "\"" + style;
  if (text.empty()) return start + "/>";
  if (text.starts_with('=')) {
    const std::string_view result = text.substr(1);
    const std::string type = is_number(result) || result.empty() ? "" : " t=\"str\"";
    return start + type + "><f>A1</f>" + (result.empty() ? "" : "<v>" + escaped(result) + "</v>") + "</c>";
  }
  if (is_number(text)) return start + "><v>" + std::string(text) + "</v></c>";
  if (text.starts_with('\'')) text.remove_prefix(1);
  return start + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(text) + "</t></is></c>";
}

std::string row_of(std::string_view line, std::size_t number) {
  std::string row = "<row r=\"" + std::to_string(number) + "\">";
  constexpr std::string_view between = " | ";
  for (std::size_t column = 0;; ++column) {
    const std::size_t end = line.find(between);
    row += cell_of(line.substr(0, end), column_name(column) + std::to_string(number));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + between.size());
  }
  return row + "</row>";
}

struct SheetText {
  std::string name;
  bool hidden = false;
  std::string rows;
  std::string after;
  std::size_t count = 0;
};

std::string relation(std::size_t id, std::string_view kind, std::string_view target) {
  return "<Relationship Id=\"r" + std::to_string(id) + "\" Type=\"" + office_space + "/" + std::string(kind) + "\" Target=\"" +
         std::string(target) + "\"/>";
}

std::string relations(const std::string& all) {
  return xml_head + "<Relationships xmlns=\"" + package_space + "\">" + all + "</Relationships>";
}

std::string styles_of(const std::vector<std::string>& formats) {
  std::string codes;
  std::string styles = "<xf numFmtId=\"0\"/>";
  for (std::size_t at = 0; at < formats.size(); ++at) {
    const std::string id = std::to_string(164 + at);
    codes.append("<numFmt numFmtId=\"").append(id).append("\" formatCode=\"").append(escaped(formats[at])).append("\"/>");
    styles.append("<xf numFmtId=\"").append(id).append("\"/>");
  }
  return xml_head + "<styleSheet xmlns=\"" + main_space + "\"><numFmts>" + codes +
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" + "<cellXfs>" + styles + "</cellXfs></styleSheet>";
}

}  // namespace

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string bytes;
  std::string directory;
  for (const auto& [name, content] : entries) {
    std::string head;
    for (const std::size_t number : {20U, 0U, 0U, 0U, 0U}) append_number(head, number, 2);
    for (const std::size_t number : {std::size_t{checksum_of(content)}, content.size(), content.size()}) append_number(head, number, 4);
    append_number(head, name.size(), 2);
    append_number(head, 0, 2);
    directory += "PK\x01\x02";
    append_number(directory, 20, 2);
    directory += head;
    for (int zero = 0; zero < 3; ++zero) append_number(directory, 0, 2);
    append_number(directory, 0, 4);
    append_number(directory, bytes.size(), 4);
    directory += name;
    bytes.append("PK\x03\x04").append(head).append(name).append(content);
  }
  std::string end = "PK\x05\x06";
  append_number(end, 0, 4);
  append_number(end, entries.size(), 2);
  append_number(end, entries.size(), 2);
  append_number(end, directory.size(), 4);
  append_number(end, bytes.size(), 4);
  append_number(end, 0, 2);
  return bytes + directory + end;
}

std::vector<std::pair<std::string, std::string>> workbook_parts(std::string_view lines) {
  std::vector<SheetText> sheets;
  std::vector<std::string> formats;
  bool from_1904 = false;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.starts_with("sheet ") || line.starts_with("hidden ")) {
      sheets.push_back({.name = std::string(line.substr(line.find(' ') + 1)), .hidden = line.starts_with("hidden")});
    } else if (line.starts_with("format ")) {
      formats.emplace_back(line.substr(7));
    } else if (line == "1904") {
      from_1904 = true;
    } else if (line.starts_with("<row")) {
      sheets.back().rows += line;
    } else if (line.starts_with('<')) {
      sheets.back().after += line;
    } else {
      ++sheets.back().count;
      sheets.back().rows += line == "-" ? "" : row_of(line, sheets.back().count);
    }
  }
  std::vector<std::pair<std::string, std::string>> parts{
      {"[Content_Types].xml", xml_head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
      {"_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))}};
  std::string list;
  std::string all = relation(0, "styles", "styles.xml");
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    const std::string id = std::to_string(at + 1);
    list += "<sheet name=\"" + escaped(sheets[at].name) + "\" sheetId=\"" + id + "\"" + (sheets[at].hidden ? " state=\"hidden\"" : "") +
            " r:id=\"r" + id + "\"/>";
    all += relation(at + 1, "worksheet", "worksheets/sheet" + id + ".xml");
  }
  parts.emplace_back("xl/workbook.xml", xml_head + "<workbook xmlns=\"" + main_space + "\" xmlns:r=\"" + office_space + "\"><workbookPr" +
                                            (from_1904 ? " date1904=\"1\"" : "") + "/><sheets>" + list + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", relations(all));
  parts.emplace_back("xl/styles.xml", styles_of(formats));
  for (std::size_t at = 0; at < sheets.size(); ++at) {
    parts.emplace_back("xl/worksheets/sheet" + std::to_string(at + 1) + ".xml", xml_head + "<worksheet xmlns=\"" + main_space +
                                                                                    "\"><sheetData>" + sheets[at].rows + "</sheetData>" +
                                                                                    sheets[at].after + "</worksheet>");
  }
  return parts;
}

std::string workbook_of(std::string_view lines) { return zip_of(workbook_parts(lines)); }

}  // namespace help
