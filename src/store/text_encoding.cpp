// SPDX-License-Identifier: MIT
#include "store/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "diag/characters.hpp"
#include "store/bytes.hpp"
#include "store/gb18030_table.hpp"

namespace help {
namespace {

using namespace std::string_view_literals;

struct Name {
  Encoding encoding;
  std::string_view word;
  std::string_view shown;
  std::string_view mark;  ///< the byte order mark
};

constexpr std::array<Name, 4> names{{{Encoding::utf8, "utf-8", "UTF-8", "\xEF\xBB\xBF"},
                                     {Encoding::utf16_le, "utf-16le", "UTF-16LE", "\xFF\xFE"},
                                     {Encoding::utf16_be, "utf-16be", "UTF-16BE", "\xFE\xFF"},
                                     {Encoding::gb18030, "gb18030", "GB18030", "\x84\x31\x95\x33"}}};

void append(std::string& text, std::uint32_t point) {
  if (point < 0x80) {
    text += static_cast<char>(point);
    return;
  }
  const auto tail = [point](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x800) {
    text += static_cast<char>(0xC0U | (point >> 6U));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0U | (point >> 12U));
    text += tail(6);
  } else {
    text += static_cast<char>(0xF0U | (point >> 18U));
    text += tail(12);
    text += tail(6);
  }
  text += tail(0);
}

std::optional<std::size_t> first_not_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Character found = character_at(bytes, at);
    if (!found.valid) {
      return at;
    }
    at += found.bytes;
  }
  return std::nullopt;
}

std::optional<std::size_t> decode_utf16(std::string_view bytes, bool big_end_first, std::string& text) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_end_first ? std::uint32_t{first} << 8U | second : std::uint32_t{second} << 8U | first;
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    if (bytes.size() - at < 2) {
      return at;
    }
    std::uint32_t point = unit(at);
    if (point >= 0xD800 && point < 0xE000) {
      if (point >= 0xDC00 || bytes.size() - at < 4 || unit(at + 2) < 0xDC00 || unit(at + 2) > 0xDFFF) {
        return at;
      }
      point = 0x10000 + ((point - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append(text, point);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> point_of_pair(unsigned lead, unsigned trail) {
  const std::uint32_t found = gb18030_table::pairs[(lead - 0x81) * 190 + trail - (trail < 0x7F ? 0x40 : 0x41)];
  if (found >= 0xD800 && found < 0xE000) {
    return gb18030_table::beyond[found - 0xD800];
  }
  return found == 0 ? std::nullopt : std::optional(found);
}

/// `number`: of a code of four bytes, from 0 for 81 30 81 30.
std::optional<std::uint32_t> point_of_four(std::uint32_t number) {
  constexpr std::uint32_t first_beyond = (0x90 - 0x81) * 12600;  // 90 30 81 30 is U+10000, and so on without a gap
  if (number >= first_beyond) {
    const std::uint32_t point = 0x10000 + number - first_beyond;
    return point <= 0x10FFFF ? std::optional(point) : std::nullopt;
  }
  const auto* const after = std::ranges::upper_bound(gb18030_table::runs, number, {}, &gb18030_table::Run::first);
  if (after == std::begin(gb18030_table::runs)) {
    return std::nullopt;
  }
  const gb18030_table::Run& run = *std::prev(after);
  return number - run.first < run.count ? std::optional(run.point + number - run.first) : std::nullopt;
}

std::optional<std::size_t> decode_gb18030(std::string_view bytes, std::string& text) {
  const auto at_is = [&](std::size_t at, unsigned first, unsigned last) {
    return at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= first && static_cast<unsigned char>(bytes[at]) <= last;
  };
  const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(bytes[at])}; };
  for (std::size_t at = 0; at < bytes.size();) {
    if (byte(at) < 0x80) {
      text += bytes[at++];
      continue;
    }
    std::optional<std::uint32_t> point;
    std::size_t size = 2;
    if (at_is(at, 0x81, 0xFE) && (at_is(at + 1, 0x40, 0x7E) || at_is(at + 1, 0x80, 0xFE))) {
      point = point_of_pair(byte(at), byte(at + 1));
    } else if (at_is(at, 0x81, 0xFE) && at_is(at + 1, '0', '9') && at_is(at + 2, 0x81, 0xFE) && at_is(at + 3, '0', '9')) {
      size = 4;
      point = point_of_four((((byte(at) - 0x81) * 10 + byte(at + 1) - '0') * 126 + byte(at + 2) - 0x81) * 10 + byte(at + 3) - '0');
    }
    if (!point) {
      return at;
    }
    append(text, *point);
    at += size;
  }
  return std::nullopt;
}

/// Whether most of what is not ASCII has the form of UTF-8's Chinese characters. Of GB18030 text little has it by chance.
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t others = 0;
  std::size_t in_form = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const Character found = character_at(bytes, at);
    others += found.code >= 0x80 ? found.bytes : 0U;
    in_form += found.valid && found.bytes >= 3 ? found.bytes : 0U;
    at += found.bytes;
  }
  return in_form * 2 >= others;
}

/// A character that stands in the tables of schools: of ASCII and Latin-1, Chinese ones, their punctuation and full-width forms.
bool is_usual_in_tables(char32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F) || (code >= 0xA0 && code <= 0xFF) ||
         (code >= 0x2010 && code <= 0x206F) || (code >= 0x2100 && code <= 0x24FF) || (code >= 0x3000 && code <= 0x301F) ||
         (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0xFF01 && code <= 0xFF5E);
}

/// UTF-16 without a mark, beyond doubt: its zero bytes all on one side, before ASCII characters (big end first) or behind them; decoded
/// strictly it is lines of usual characters, of which many are ASCII (separators, digits). A damaged file of another kind has not all of
/// that.
std::optional<Encoding> utf16_beyond_doubt(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    zeros[at % 2] += bytes[at] == '\0' ? 1U : 0U;
  }
  if (bytes.size() % 2 != 0 || (zeros[0] != 0) == (zeros[1] != 0) || (zeros[0] + zeros[1]) * 16 < bytes.size()) {
    return std::nullopt;
  }
  const bool big_end_first = zeros[0] != 0;
  std::string text;
  if (decode_utf16(bytes, big_end_first, text)) return std::nullopt;
  bool has_lines = false;
  for (std::size_t at = 0; at < text.size();) {
    const Character found = character_at(text, at);
    if (!is_usual_in_tables(found.code)) return std::nullopt;
    has_lines = has_lines || found.code == '\n' || found.code == '\r';
    at += found.bytes;
  }
  return has_lines ? std::optional(big_end_first ? Encoding::utf16_be : Encoding::utf16_le) : std::nullopt;
}

Message save_as_utf8() { return say("open it in the spreadsheet and save it as “CSV UTF-8”"); }

Message state_encoding(Encoding encoding) {
  return say("if it is {0}, write in the mapping: table: {{encoding: {1}}}; otherwise save it as “CSV UTF-8”", name_of(encoding),
             names[static_cast<std::size_t>(encoding)].word);
}

/// `read` is what could be decoded before the problem: its line ends tell the line.
Diagnostic problem(std::string_view name, std::string_view read, std::string_view code, Message message, Message hint) {
  std::uint32_t line = 1;
  std::size_t start = 0;
  for (std::size_t at = 0; at < read.size(); ++at) {
    if (read[at] == '\n' || (read[at] == '\r' && !(at + 1 < read.size() && read[at + 1] == '\n'))) {
      ++line;
      start = at + 1;
    }
  }
  const auto column = static_cast<std::uint32_t>(count_characters(read.substr(start))) + 1;
  return {.code = code,
          .where = {.path = std::string(name), .line = line, .column = column},
          .message = std::move(message),
          .hint = std::move(hint)};
}

/// Neither marked nor stated, and not UTF-8 from byte `bad` on.
bool try_gb18030(std::string_view name, std::string_view bytes, std::size_t bad, DecodedText& decoded, Diagnostics& problems) {
  decoded.encoding = Encoding::gb18030;
  decoded.text.reserve(bytes.size() + bytes.size() / 2);
  const auto not_gb18030 = decode_gb18030(bytes, decoded.text);
  if (not_gb18030) {
    problems.push_back(problem(name, bytes.substr(0, bad), "csv/encoding",
                               say("byte {0} is not UTF-8, and byte {1} is not GB18030", bad + 1, *not_gb18030 + 1), save_as_utf8()));
    return false;
  }
  if (is_mostly_utf8(bytes)) {
    problems.push_back(problem(name, bytes.substr(0, bad), "csv/encoding",
                               say("byte {0} is not UTF-8, though most of the file is: it is damaged", bad + 1),
                               state_encoding(Encoding::gb18030)));
    return false;
  }
  if (!reads_as_chinese_gb18030(bytes)) {
    problems.push_back(problem(name, bytes.substr(0, bad), "csv/encoding",
                               say("byte {0} is not UTF-8, and as GB18030 the text would be of characters that nobody uses", bad + 1),
                               state_encoding(Encoding::gb18030)));
    return false;
  }
  return true;
}

bool check_no_nul(std::string_view name, const DecodedText& decoded, Diagnostics& problems) {
  const std::size_t nul = decoded.text.find('\0');
  if (nul == std::string::npos) {
    return true;
  }
  problems.push_back(problem(
      name, std::string_view(decoded.text).substr(0, nul), "csv/nul",
      say("character {0} is NUL: this is no text", count_characters(std::string_view(decoded.text).substr(0, nul)) + 1), save_as_utf8()));
  return false;
}

/// Decodes what stands behind `mark` bytes as what it is said to be.
bool decode_as(std::string_view name, std::string bytes, std::size_t mark, DecodedText& decoded, Diagnostics& problems) {
  const std::string_view rest = std::string_view(bytes).substr(mark);
  if (const auto bad = decode(rest, decoded.encoding, decoded.text)) {
    problems.push_back(problem(name, decoded.text, "csv/encoding", say("byte {0} is not {1}", mark + *bad + 1, name_of(decoded.encoding)),
                               save_as_utf8()));
    return false;
  }
  return check_no_nul(name, decoded, problems);
}

}  // namespace

std::string_view name_of(Encoding encoding) { return names[static_cast<std::size_t>(encoding)].shown; }

std::optional<Encoding> parse_encoding(std::string_view word) {
  const auto* const found = std::ranges::find(names, word, &Name::word);
  return found == names.end() ? std::nullopt : std::optional(found->encoding);
}

std::optional<std::size_t> decode(std::string_view bytes, Encoding encoding, std::string& text) {
  text.clear();
  switch (encoding) {
    case Encoding::utf16_le:
    case Encoding::utf16_be:
      return decode_utf16(bytes, encoding == Encoding::utf16_be, text);
    case Encoding::gb18030:
      return decode_gb18030(bytes, text);
    case Encoding::utf8:
      break;
  }
  const auto bad = first_not_utf8(bytes);
  text = bytes.substr(0, bad.value_or(bytes.size()));
  return bad;
}

bool decode_table(std::string_view name, std::string bytes, std::optional<Encoding> stated, DecodedText& decoded, Diagnostics& problems) {
  decoded = {};
  const auto* const marked = std::ranges::find_if(names, [&](const Name& one) { return bytes.starts_with(one.mark); });
  if (marked != names.end() || stated) {
    decoded.marked = marked != names.end();
    decoded.encoding = decoded.marked ? marked->encoding : *stated;
    const std::size_t mark = decoded.marked ? marked->mark.size() : 0;
    return decode_as(name, std::move(bytes), mark, decoded, problems);
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    if (const auto utf16 = utf16_beyond_doubt(bytes)) {
      decoded.encoding = *utf16;
      return decode_as(name, std::move(bytes), 0, decoded, problems);
    }
    problems.push_back(
        problem(name, std::string_view(bytes).substr(0, nul), "csv/nul", say("byte {0} is NUL: this is no text", nul + 1), save_as_utf8()));
    return false;
  }
  if (const auto bad = first_not_utf8(bytes)) {
    return try_gb18030(name, bytes, *bad, decoded, problems);
  }
  decoded.text = std::move(bytes);
  return true;
}

}  // namespace help
