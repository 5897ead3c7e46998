// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/message.hpp"
#include "model/date.hpp"

namespace help {

struct Cell;
/// Named values in a fixed order: a JSON object, or an indented list of "name: value" lines.
struct Record {
  std::vector<std::pair<std::string_view, Cell>> fields;
};

/// A decimal that is exact in JSON: `hundredths` / 100.
struct Decimal {
  std::int64_t hundredths = 0;
};

/// One value of a result.
struct Cell {
  using List = std::vector<Cell>;
  std::variant<std::monostate, std::string, std::int64_t, bool, Decimal, Date, Message, List, Record> value = {};

  Cell() = default;
  template <typename T>
  // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload): a table row reads as a list of values
  requires(!std::is_same_v<std::remove_cvref_t<T>, Cell>) Cell(T&& given) : value(convert(std::forward<T>(given))) {}

 private:
  template <typename T>
  static auto convert(T&& given) {
    using Plain = std::remove_cvref_t<T>;
    if constexpr (std::is_same_v<Plain, bool>) {
      return given;
    } else if constexpr (std::is_integral_v<Plain>) {
      return static_cast<std::int64_t>(given);
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
      return std::string(std::string_view(given));
    } else {
      return std::forward<T>(given);
    }
  }
};

enum class Align : std::uint8_t { left, right };

/// What is typed into a cell of a form.
enum class FormEntry : std::uint8_t { text, number, date };

struct Column {
  std::string_view key;  ///< stable, for JSON and CSV: a rename is a breaking change
  Message title;         ///< for people
  Align align = Align::left;
  bool in_text = true;     ///< false: only in JSON and CSV
  bool gives_way = false;  ///< where a line has no room for all, it is the first to stand below the row (a hint below the reason)

  // Of a form, in a workbook.
  std::vector<std::string> choices = {};  ///< offered in a drop-down
  FormEntry entry = FormEntry::text;      ///< what is typed into the cells that are empty
};

/// What a form remembers of its rows (`commands/form_stamps.hpp`): never their texts.
struct FormStamps {
  std::vector<std::string> rows;    ///< hashes
  std::vector<std::string> titles;  ///< of the columns that are no fields of every such form: subjects, kinds of count
};

/// A typed table. JSON: an array of objects under `key`; CSV: the document's first table; text and Markdown: aligned columns; XLSX: a
/// sheet, which the tables of one key and the same columns share.
struct Table {
  std::string_view key;
  Message title;  ///< heading in text; may be empty
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  Message when_empty;      ///< said instead of an empty table; may be empty: the table is left out
  bool is_form = false;    ///< to be filled in and imported: CSV has the titles, not the keys, above it; a workbook has room below the rows
  FormStamps stamps = {};  ///< of a form: a workbook keeps them in a hidden sheet
};

/// A day to keep in a calendar.
struct CalendarDay {
  std::string id;  ///< stable: the same day of the same thing has it every time
  Date day = {};
  Message title;
  Message text;
};

/// What a command has to say, before it is text or JSON or CSV or Markdown or a calendar.
struct Document {
  std::string_view schema;    ///< "help.identify/1"
  std::vector<Message> head;  ///< lines before the tables (text, Markdown)
  Record facts;               ///< JSON members before the tables ("today", "policy" …); not in text
  std::vector<Table> tables;
  std::vector<Message> foot;           ///< lines after the tables (text, Markdown)
  std::vector<CalendarDay> days = {};  ///< for iCalendar, which shows nothing else
  std::vector<Document> parts = {};    ///< shown behind it, one after the other (text, Markdown)
  bool is_message = false;             ///< to be pasted into a chat: its lines are never broken (text)
};

/// `short_lines` and `github` (workflow commands) are for problems only.
enum class Format : std::uint8_t { text, json, csv, xlsx, markdown, ics, short_lines, github };

}  // namespace help
