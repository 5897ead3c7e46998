// SPDX-License-Identifier: MIT
#include "store/xlsx_parts.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/xlsx.hpp"

namespace help {
namespace {

/// The targets of a part's relationships, by id and by kind (the last word of the type).
struct Relations {
  std::map<std::string, std::string, std::less<>> by_id;  ///< of worksheets only
  std::map<std::string, std::string, std::less<>> by_kind;
};

std::string_view last_word(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

/// `target` as seen from the part `from`; names that go up are not resolved, so that they are not found.
std::string resolved(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) {
    return std::string(target.substr(1));
  }
  std::string_view folder = folder_of(from);
  while (target.starts_with("../") && !folder.empty()) {
    target.remove_prefix(3);
    folder = folder_of(folder.substr(0, folder.size() - 1));
  }
  while (target.starts_with("./")) {
    target.remove_prefix(2);
  }
  return std::string(folder).append(target);
}

std::string relations_of(std::string_view part) { return std::string(folder_of(part)).append("_rels/").append(last_word(part)) + ".rels"; }

XmlHandler only_begin(std::function<void(std::string_view, std::string_view, const XmlAttributes&)> begin) {
  return {.begin = std::move(begin), .end = [](auto, auto) {}, .text = [](auto) {}};
}

std::optional<WorkbookProblem> read_relations(Zip& zip, std::string_view part, Relations& relations) {
  PartReading reading;
  return read_part(zip, relations_of(part), reading,
                   only_begin([&](std::string_view, std::string_view element, const XmlAttributes& attributes) {
                     const auto id = attributes.find("Id");
                     const auto type = attributes.find("Type");
                     const auto target = attributes.find("Target");
                     if (element != "Relationship" || !id || !type || !target || attributes.find("TargetMode") == "External") {
                       return;
                     }
                     const std::string_view kind = last_word(*type);
                     relations.by_kind.emplace(kind, resolved(part, *target));
                     if (kind == "worksheet") {
                       relations.by_id.emplace(*id, resolved(part, *target));
                     }
                   }));
}

std::optional<WorkbookProblem> read_sheet_list(Zip& zip, std::string_view part, const Relations& relations, Workbook& workbook) {
  PartReading reading;
  return read_part(zip, part, reading,
                   only_begin([&](std::string_view name_space, std::string_view element, const XmlAttributes& attributes) {
                     if (!is_spreadsheet_element(name_space)) {
                       return;
                     }
                     if (element == "workbookPr") {
                       const auto value = attributes.find("date1904");
                       workbook.from_1904 = value == "1" || value == "true";
                     } else if (element == "sheet") {
                       const auto found = relations.by_id.find(attributes.find("/relationships", "id").value_or(std::string_view()));
                       const auto state = attributes.find("state");
                       workbook.sheets.push_back({.name = unescaped_text(attributes.find("name").value_or(std::string_view())),
                                                  .path = found == relations.by_id.end() ? std::string() : found->second,
                                                  .hidden = state && *state != "visible"});
                     }
                   }));
}

/// The number formats of the cell styles.
class StyleReader {
 public:
  explicit StyleReader(Workbook& workbook) : workbook_(workbook) { workbook.formats.emplace_back(); }

  std::optional<WorkbookProblem> read(Zip& zip, std::string_view part) {
    return read_part(
        zip, part, reading_,
        {.begin = [this](std::string_view space, std::string_view name, const XmlAttributes& given) { begin(space, name, given); },
         .end = [this](std::string_view, std::string_view name) { in_cell_styles_ = in_cell_styles_ && name != "cellXfs"; },
         .text = [](auto) {}});
  }

 private:
  static std::uint32_t number_of(std::optional<std::string_view> text) {
    std::uint32_t number = 0;
    if (text) {
      (void)std::from_chars(text->data(), text->data() + text->size(), number);
    }
    return number;
  }

  void begin(std::string_view name_space, std::string_view element, const XmlAttributes& attributes) {
    if (!is_spreadsheet_element(name_space)) {
      return;
    }
    constexpr std::size_t most_styles = 65'536;
    if (element == "numFmt") {
      codes_.emplace(number_of(attributes.find("numFmtId")), attributes.find("formatCode").value_or(std::string_view()));
    } else if (element == "cellXfs") {
      in_cell_styles_ = true;
    } else if (element == "xf" && in_cell_styles_) {
      workbook_.format_of_style.push_back(place_of(number_of(attributes.find("numFmtId"))));
    }
    if (codes_.size() > most_styles || workbook_.format_of_style.size() > most_styles) {
      reading_.fail(damaged_workbook());
    }
  }

  std::uint32_t place_of(std::uint32_t id) {
    const auto [found, is_new] = places_.try_emplace(id, static_cast<std::uint32_t>(workbook_.formats.size()));
    if (is_new) {
      const auto code = codes_.find(id);
      workbook_.formats.emplace_back(code == codes_.end() ? built_in_format(id) : std::string_view(code->second));
    }
    return found->second;
  }

  Workbook& workbook_;
  PartReading reading_;
  std::map<std::uint32_t, std::string> codes_;
  std::map<std::uint32_t, std::uint32_t> places_;
  bool in_cell_styles_ = false;
};

/// The texts that cells share. Marks for the pronunciation are no part of them.
class SharedTextReader {
 public:
  explicit SharedTextReader(Workbook& workbook) : workbook_(workbook) {}

  std::optional<WorkbookProblem> read(Zip& zip, std::string_view part) {
    return read_part(zip, part, reading_,
                     {.begin = [this](std::string_view space, std::string_view name, const XmlAttributes&) { begin(space, name); },
                      .end = [this](std::string_view space, std::string_view name) { end(space, name); },
                      .text =
                          [this](std::string_view text) {
                            if (in_text_ && !in_pronunciation_) {
                              add(text);
                            }
                          }});
  }

 private:
  void begin(std::string_view name_space, std::string_view element) {
    if (!is_spreadsheet_element(name_space)) {
      return;
    }
    if (element == "si") {
      text_.clear();
    }
    in_pronunciation_ = in_pronunciation_ || element == "rPh";
    in_text_ = element == "t";
  }

  void end(std::string_view name_space, std::string_view element) {
    if (!is_spreadsheet_element(name_space)) {
      return;
    }
    in_text_ = in_text_ && element != "t";
    in_pronunciation_ = in_pronunciation_ && element != "rPh";
    if (element == "si") {
      workbook_.texts += unescaped_text(text_);
      workbook_.text_ends.push_back(static_cast<std::uint32_t>(workbook_.texts.size()));
      if (workbook_.texts.size() > WorkbookLimits::text_bytes || workbook_.text_ends.size() > WorkbookLimits::cells) {
        reading_.fail(too_much_text());
      }
    }
  }

  void add(std::string_view text) {
    text_ += text;
    if (text_.size() > SheetLimits::cell_bytes) {
      reading_.fail(too_much_text());
    }
  }

  Workbook& workbook_;
  PartReading reading_;
  std::string text_;
  bool in_text_ = false;
  bool in_pronunciation_ = false;
};

}  // namespace

std::optional<std::string_view> Workbook::shared_text(std::size_t number) const {
  if (number >= text_ends.size()) {
    return std::nullopt;
  }
  const std::uint32_t from = number == 0 ? 0 : text_ends[number - 1];
  return std::string_view(texts).substr(from, text_ends[number] - from);
}

void PartReading::fail(WorkbookProblem found) {
  if (!problem) {
    problem = std::move(found);
    reader->stop();
  }
}

std::optional<WorkbookProblem> read_part(Zip& zip, std::string_view path, PartReading& reading, XmlHandler handler) {
  if (!zip.contains(path)) {
    return damaged_workbook();
  }
  XmlReader reader(std::move(handler));
  reading.reader = &reader;
  const ZipFault fault = zip.read(path, [&](std::string_view piece) { return reader.feed(piece); });
  if (fault == ZipFault::none) {
    (void)reader.finish();
  }
  reading.reader = nullptr;
  if (reading.problem) {
    return reading.problem;
  }
  if (fault != ZipFault::none) {
    return problem_of(fault);
  }
  switch (reader.fault()) {
    case XmlFault::none:
      return std::nullopt;
    case XmlFault::doctype:
      return problem_of(ZipFault::unsafe);
    case XmlFault::damaged:
    case XmlFault::too_deep:
      break;
  }
  return damaged_workbook();
}

bool is_spreadsheet_element(std::string_view name_space) {
  return name_space == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" ||
         name_space == "http://purl.oclc.org/ooxml/spreadsheetml/main";
}

std::string unescaped_text(std::string_view text) {
  std::string made;
  constexpr std::size_t escape_bytes = 7;  // _xHHHH_
  for (std::size_t at = 0; at < text.size();) {
    unsigned code = 0;
    const char* digits = text.data() + at + 2;
    const bool is_escape = text.size() - at >= escape_bytes && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_' &&
                           std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4;
    // Only control characters, and the _ with which an escape is escaped, are ever written so.
    if (is_escape && code > 0 && code < 0x80) {
      made += static_cast<char>(code);
      at += escape_bytes;
    } else {
      made += text[at++];
    }
  }
  return made;
}

WorkbookProblem damaged_workbook() {
  return {"xlsx/damaged", say("the workbook is damaged, or is no .xlsx at all"),
          say("open it in the spreadsheet and save it as .xlsx once more; or send it again")};
}

WorkbookProblem too_much_text() {
  return {"xlsx/too-large", say("the workbook holds more text than a table can have"),
          say("copy the table into a new workbook, as values, and save that")};
}

std::optional<WorkbookProblem> problem_of(ZipFault fault) {
  switch (fault) {
    case ZipFault::none:
      return std::nullopt;
    case ZipFault::damaged:
      return damaged_workbook();
    case ZipFault::encrypted:
      return WorkbookProblem{"xlsx/encrypted", say("the workbook is protected by a password"),
                             say("open it in the spreadsheet, take the password off and save it as .xlsx")};
    case ZipFault::unsafe:
      return WorkbookProblem{"xlsx/unsafe", say("this file was made to harm the programs that open it; nothing of it is read"),
                             say("who sent it? ask for another one")};
    case ZipFault::too_large:
      return WorkbookProblem{
          "xlsx/too-large",
          say("the workbook has more than {0} parts, or more than {1} MiB when unpacked", Zip::max_entries, Zip::max_inflated >> 20U),
          say("copy the table into a new workbook, as values, and save that")};
  }
  return damaged_workbook();
}

std::optional<WorkbookProblem> read_workbook(Zip& zip, Workbook& workbook) {
  Relations package;
  if (auto problem = read_relations(zip, {}, package)) {
    return problem;
  }
  const auto part = package.by_kind.find("officeDocument");
  if (part == package.by_kind.end()) {
    return damaged_workbook();
  }
  Relations relations;
  if (auto problem = read_relations(zip, part->second, relations)) {
    return problem;
  }
  if (auto problem = read_sheet_list(zip, part->second, relations, workbook)) {
    return problem;
  }
  if (const auto styles = relations.by_kind.find("styles"); styles != relations.by_kind.end()) {
    if (auto problem = StyleReader(workbook).read(zip, styles->second)) {
      return problem;
    }
  }
  if (const auto texts = relations.by_kind.find("sharedStrings"); texts != relations.by_kind.end()) {
    return SharedTextReader(workbook).read(zip, texts->second);
  }
  return std::nullopt;
}

}  // namespace help
