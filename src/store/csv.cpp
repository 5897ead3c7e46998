// SPDX-License-Identifier: MIT
#include "store/csv.hpp"

#include <algorithm>
#include <utility>

#include "diag/characters.hpp"

namespace help {
namespace {

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string_view excerpt;
  std::uint32_t in_excerpt = 0;
};

std::uint32_t characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

// Lines as an editor counts them: LF, CRLF and CR each end one.
Position position_of(std::string_view bytes, std::size_t offset) {
  Position found;
  std::size_t start = 0;
  for (std::size_t at = 0; at < offset; ++at) {
    if (bytes[at] == '\n' || (bytes[at] == '\r' && !(at + 1 < bytes.size() && bytes[at + 1] == '\n'))) {
      ++found.line;
      start = at + 1;
    }
  }
  start = std::min(start, offset);
  found.column = characters(bytes.substr(start, offset - start)) + 1;
  const std::string_view rest = bytes.substr(start);
  found.excerpt = rest.substr(0, rest.find_first_of("\r\n"));
  found.in_excerpt = static_cast<std::uint32_t>(offset - start);
  return found;
}

constexpr std::size_t longest_excerpt = 400;

Diagnostic problem(std::string_view name, std::string_view bytes, std::size_t offset, std::string_view code, Message message,
                   Message hint) {
  const Position position = position_of(bytes, offset);
  Diagnostic made{.code = code,
                  .where = {.path = std::string(name), .line = position.line, .column = position.column},
                  .message = std::move(message),
                  .hint = std::move(hint)};
  const bool shown = position.excerpt.size() <= longest_excerpt && position.in_excerpt < position.excerpt.size();
  if (shown) {
    made.excerpt = std::string(position.excerpt);
    made.from = position.in_excerpt;
    made.until = position.in_excerpt + character_at(made.excerpt, position.in_excerpt).bytes;
  }
  return made;
}

/// One pass over the bytes; every member function leaves `at_` behind what it has read.
class CsvReader {
 public:
  CsvReader(Sheet& sheet, char separator, Diagnostics& problems)
      : sheet_(sheet), bytes_(sheet.bytes()), stops_{separator, '\r', '\n'}, separator_(separator), problems_(problems) {}

  bool read() {
    while (at_ < bytes_.size()) {
      if (!read_row()) {
        return false;
      }
    }
    return true;
  }

 private:
  bool read_row() {
    sheet_.begin_row(line_);
    bool has_text = false;
    for (std::uint32_t column = 0;; ++column) {
      if (column == SheetLimits::columns) {
        return fail(at_, "csv/too-wide", say("a row has more than {0} columns", SheetLimits::columns), separator_hint());
      }
      const std::size_t before = sheet_.cell_count();
      if (!(at_ < bytes_.size() && bytes_[at_] == '"' ? read_quoted_cell() : read_plain_cell())) {
        return false;
      }
      if (before >= SheetLimits::cells) {
        return fail(at_, "csv/too-many-cells", say("the file has more than {0} cells", SheetLimits::cells),
                    say("split it into several files"));
      }
      has_text = has_text || last_has_text_;
      if (at_ < bytes_.size() && bytes_[at_] == separator_) {
        ++at_;
        continue;
      }
      break;
    }
    if (!has_text) {
      sheet_.drop_row();
    }
    pass_line_end();
    return true;
  }

  bool read_plain_cell() {
    const std::size_t from = at_;
    at_ = std::min(bytes_.find_first_of(std::string_view(stops_, 3), at_), bytes_.size());
    sheet_.add_plain_cell(from, at_ - from);
    last_has_text_ = bytes_.substr(from, at_ - from).find_first_not_of(" \t") != std::string_view::npos;
    return at_ - from <= SheetLimits::cell_bytes || too_long(from);
  }

  bool read_quoted_cell() {
    const std::size_t opened = at_++;
    std::size_t copied = at_;  // what stands before is in `decoded_`
    decoded_.clear();
    for (;;) {
      const std::size_t from = at_;
      at_ = bytes_.find('"', at_);
      if (at_ == std::string_view::npos) {
        return fail(opened, "csv/open-quote", say("a quote is opened here and never closed"), quote_hint());
      }
      count_lines(from, at_);
      if (at_ - opened > SheetLimits::cell_bytes) {
        return too_long(opened);
      }
      if (++at_ == bytes_.size() || bytes_[at_] != '"') {
        break;
      }
      decoded_.append(bytes_.substr(copied, at_ - copied));
      copied = ++at_;
    }
    if (at_ < bytes_.size() && bytes_[at_] != separator_ && bytes_[at_] != '\r' && bytes_[at_] != '\n') {
      return fail(at_, "csv/after-quote", say("text follows the closing quote of a cell"), quote_hint());
    }
    const std::string_view inside = bytes_.substr(opened + 1, at_ - 1 - (opened + 1));
    last_has_text_ = inside.find_first_not_of(" \t\r\n") != std::string_view::npos;
    if (decoded_.empty()) {
      sheet_.add_plain_cell(opened + 1, inside.size());
    } else {
      sheet_.add_decoded_cell(decoded_.append(bytes_.substr(copied, at_ - 1 - copied)));
    }
    return true;
  }

  bool too_long(std::size_t from) {
    return fail(from, "csv/long-cell", say("a cell is longer than {0} bytes", SheetLimits::cell_bytes),
                say("look for a quote that is not closed"));
  }

  void pass_line_end() {
    if (at_ >= bytes_.size()) {
      return;
    }
    at_ += bytes_.substr(at_, 2) == "\r\n" ? 2U : 1U;
    ++line_;
  }

  void count_lines(std::size_t from, std::size_t until) {
    for (std::size_t at = from; at < until; ++at) {
      if (bytes_[at] == '\n' || (bytes_[at] == '\r' && bytes_[at + 1] != '\n')) {
        ++line_;
      }
    }
  }

  static Message quote_hint() { return say("write a quote inside a cell twice: \"\""); }
  static Message separator_hint() { return say("is the separator of the mapping the one of the file?"); }

  bool fail(std::size_t offset, std::string_view code, Message message, Message hint) {
    problems_.push_back(problem(sheet_.name(), bytes_, offset, code, std::move(message), std::move(hint)));
    return false;
  }

  Sheet& sheet_;
  std::string_view bytes_;
  char stops_[3];
  char separator_;
  Diagnostics& problems_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool last_has_text_ = false;
  std::string decoded_;
};

}  // namespace

bool read_csv(std::string name, std::string text, char separator, Sheet& sheet, Diagnostics& problems) {
  sheet = Sheet(std::move(name), std::move(text));
  return CsvReader(sheet, separator, problems).read();
}

}  // namespace help
