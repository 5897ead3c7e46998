// SPDX-License-Identifier: MIT
#include "store/bytes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>

#include "diag/characters.hpp"
#include "store/problem_list.hpp"
#include "store/yaml.hpp"
#include "store/yaml_text.hpp"

namespace help {
namespace {

constexpr std::uint64_t every_byte = 0x0101010101010101;
constexpr std::uint64_t high_bits = every_byte * 0x80;

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Exact: the high bit of each byte that is zero.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return ~(((word & ~high_bits) + ~high_bits) | word) & high_bits; }

// True if none of the eight bytes is below 0x20 or above 0x7E, line feeds aside.
bool is_plain_ascii(std::uint64_t word) {
  if ((word & high_bits) != 0) return false;
  const std::uint64_t below_space = ~(word + every_byte * 0x60) & high_bits;
  const std::uint64_t deleted = (word + every_byte) & high_bits;
  return (below_space & ~zero_bytes(word ^ (every_byte * '\n'))) == 0 && deleted == 0;
}

// U+3000 to U+9FFF and the full-width forms from U+FF00 to U+FF7F: nearly all Chinese text, and nothing in it is refused.
bool is_common_chinese(const char* at) {
  const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
  if ((byte(1) & 0xC0U) != 0x80U || (byte(2) & 0xC0U) != 0x80U) return false;
  return byte(0) - 0xE3U <= 6U || (byte(0) == 0xEF && (byte(1) & 0xFEU) == 0xBC);
}

// Skips what is certainly allowed, as far as that can be told cheaply.
const char* skip_common(const char* at, const char* end) {
  for (;;) {
    while (end - at >= 8 && is_plain_ascii(eight_bytes(at))) at += 8;
    while (at < end && ((*at >= 0x20 && *at < 0x7F) || *at == '\n')) ++at;
    if (end - at < 3 || !is_common_chinese(at)) return at;
    while (end - at >= 3 && is_common_chinese(at)) at += 3;
  }
}

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 4> direction_controls{{{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}}};

// Scripts that write with joiners (Arabic, the scripts of India …) and emoji. Latin and Chinese do without: there a joiner
// only makes two names differ that look the same.
constexpr std::array<Range, 6> written_with_joiners{
    {{0x0300, 0x1FFF}, {0x2190, 0x2BFF}, {0xA000, 0xABFF}, {0xFB50, 0xFEFC}, {0x1F000, 0x1FAFF}, {0xE0020, 0xE007F}}};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t code) {
  return std::ranges::any_of(ranges, [code](const Range& range) { return code >= range.first && code <= range.last; });
}

char32_t character_before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t from = at - 1;
  while (from > 0 && at - from < 4 && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) --from;
  const Character found = character_at(text, from);
  return found.valid && from + found.bytes == at ? found.code : 0;
}

bool joins_two(std::string_view text, std::size_t at, std::size_t bytes) {
  const bool before = is_in(written_with_joiners, character_before(text, at));
  return before && at + bytes < text.size() && is_in(written_with_joiners, character_at(text, at + bytes).code);
}

std::optional<RefusedKind> refusal(std::string_view text, std::size_t at, const Character& found) {
  if (!found.valid) return RefusedKind::broken;
  const char32_t code = found.code;
  if (code == '\t' || code == '\n') return std::nullopt;
  if (code == '\r') {
    if (at + 1 < text.size() && text[at + 1] == '\n') return std::nullopt;
    return RefusedKind::line_end;
  }
  if (code == 0x85 || code == 0x2028 || code == 0x2029) return RefusedKind::line_end;
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return RefusedKind::control;
  if (code < 0x061C) return std::nullopt;
  if (is_in(direction_controls, code)) return RefusedKind::direction;
  if (code == 0x200B || code == 0xFEFF) return RefusedKind::invisible;
  if ((code == 0x200C || code == 0x200D) && !joins_two(text, at, found.bytes)) return RefusedKind::invisible;
  return std::nullopt;
}

}  // namespace

std::optional<RefusedCharacter> find_refused_character(std::string_view text, std::size_t from) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* at = skip_common(begin + std::min(from, text.size()), end); at < end; at = skip_common(at, end)) {
    const auto offset = static_cast<std::size_t>(at - begin);
    const Character found = character_at(text, offset);
    if (const auto kind = refusal(text, offset, found)) {
      const char32_t code = found.valid ? found.code : static_cast<unsigned char>(*at);
      return RefusedCharacter{.kind = *kind, .at = offset, .bytes = found.bytes, .code = code};
    }
    at += found.bytes;
  }
  return std::nullopt;
}

std::string code_point_name(char32_t code) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string name;
  for (char32_t rest = code; rest != 0 || name.size() < 4; rest /= 16) name.insert(name.begin(), digits[rest % 16]);
  return "U+" + name;
}

bool reads_as_chinese_gb18030(std::string_view bytes) {
  const auto in = [&](std::size_t at, unsigned first, unsigned last) {
    return at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= first && static_cast<unsigned char>(bytes[at]) <= last;
  };
  std::size_t characters = 0;
  std::size_t everyday = 0;  // GB2312: its signs, its two levels of ideographs
  for (std::size_t at = 0; at < bytes.size();) {
    if (in(at, 0, 0x7F)) {
      ++at;
      continue;
    }
    ++characters;
    if (!in(at, 0x81, 0xFE)) return false;
    if (in(at + 1, 0x40, 0x7E) || in(at + 1, 0x80, 0xFE)) {
      everyday += (in(at, 0xA1, 0xA9) || in(at, 0xB0, 0xF7)) && in(at + 1, 0xA1, 0xFE) ? 1U : 0U;
      at += 2;
    } else if (in(at + 1, '0', '9') && in(at + 2, 0x81, 0xFE) && in(at + 3, '0', '9')) {
      at += 4;
    } else {
      return false;
    }
  }
  // Letters of Latin-1 before ASCII pass for rare ideographs; of Chinese text nearly all is everyday.
  return characters > 0 && everyday * 4 >= characters * 3;
}

namespace {

// UTF-16 without a byte order mark: the zero bytes of its ASCII characters all stand on the same side.
bool looks_like_utf16(std::string_view bytes, std::size_t first_nul) {
  std::size_t count = 0;
  for (std::size_t at = first_nul; at != std::string_view::npos; at = bytes.find('\0', at + 1), ++count) {
    if (at % 2 != first_nul % 2) return false;
  }
  return count >= 2 && bytes.size() % 2 == 0;
}

bool report_utf16(std::string_view bytes, ProblemList& list) {
  const bool marked =
      bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
  const std::size_t nul = bytes.find('\0');
  if (!marked && (nul == std::string_view::npos || !looks_like_utf16(bytes, nul))) return false;
  list.add(0, 0, "bytes/utf16", say("The file is in UTF-16 (“Unicode”), not UTF-8"),
           say("open it in your editor and save it again with the encoding UTF-8, without a byte order mark"));
  return true;
}

// True if there is nothing more to say about this file: its bytes are no text.
bool report_encoding(std::string_view bytes, ProblemList& list) {
  if (report_utf16(bytes, list)) return true;
  const std::size_t nul = bytes.find('\0');
  if (nul == std::string_view::npos) return false;
  if (bytes.find_first_not_of('\0', nul) == std::string_view::npos) {
    list.add(
        nul, nul + 1, "bytes/nul", say("The file ends with {0} zero bytes, as after a power cut", bytes.size() - nul),
        say("what stood there is lost; take the file from git again (git checkout) or delete the zero bytes and add the last line anew"));
  } else {
    list.add(nul, nul + 1, "bytes/nul", say("There is a zero byte in the file; this is not text"),
             say("take the file from git again, or save it anew as UTF-8 text"));
  }
  return true;
}

void report_not_utf8(std::string_view bytes, const RefusedCharacter& found, ProblemList& list) {
  if (reads_as_chinese_gb18030(bytes)) {
    list.add(found.at, found.at + 1, "bytes/not-utf8", say("The file is not UTF-8; perhaps it is GB18030 (GBK)"),
             say("open it in your editor as GB18030 or GBK and save it as UTF-8 (WPS and Excel: “CSV UTF-8”)"));
  } else {
    list.add(found.at, found.at + 1, "bytes/not-utf8", say("The file is not UTF-8: this byte belongs to no character"),
             say("save the file again as UTF-8; if a character is damaged, write it anew"));
  }
}

void report_character(const RefusedCharacter& found, ProblemList& list) {
  const std::string name = code_point_name(found.code);
  const auto add = [&](std::string_view code, Message message, Message hint) {
    list.add(found.at, found.at + found.bytes, code, std::move(message), std::move(hint));
  };
  switch (found.kind) {
    case RefusedKind::broken:
      break;
    case RefusedKind::control:
      add("bytes/control-character", say("There is a control character ({0}) here, which nobody can see", name), say("delete it"));
      break;
    case RefusedKind::line_end:
      add("bytes/line-end", say("There is a line end here ({0}) that programs read differently", name),
          say("save the file with the line ends of Unix (LF) or Windows (CRLF)"));
      break;
    case RefusedKind::direction:
      add("bytes/direction-control",
          say("There is a character here ({0}) that turns the direction of writing, so that people read something else than what stands in "
              "the file",
              name),
          say("delete it"));
      break;
    case RefusedKind::invisible:
      add("bytes/invisible-character", say("There is an invisible character ({0}) here; two names that look the same would differ", name),
          say("delete it"));
      break;
  }
}

void check_characters(std::string_view bytes, std::size_t from, ProblemList& list) {
  bool not_utf8 = false;
  while (const auto found = find_refused_character(bytes, from)) {
    from = found->at + found->bytes;
    if (found->kind != RefusedKind::broken) {
      report_character(*found, list);
    } else if (!std::exchange(not_utf8, true)) {
      report_not_utf8(bytes, *found, list);
    }
  }
}

// The characters `[` and `{` differ in one bit, which no other character shares with them.
std::size_t count_open_brackets(std::string_view line) {
  std::size_t count = 0;
  const char* at = line.data();
  const char* const end = at + line.size();
  for (; end - at >= 8; at += 8) {
    const std::uint64_t same = zero_bytes((eight_bytes(at) | (every_byte * 0x20)) ^ (every_byte * '{'));
    count += static_cast<std::size_t>(std::popcount(same));
  }
  for (; at < end; ++at) count += *at == '[' || *at == '{' ? 1U : 0U;
  return count;
}

// Where the bracket stands that is one too many, if the line nests deeper than is allowed.
std::size_t find_bracket_too_many(std::string_view line) {
  std::size_t open = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '[' || line[at] == '{') ++open;
    if ((line[at] == ']' || line[at] == '}') && open > 0) --open;
    if (open > YamlLimits::open_brackets_on_a_line) return at;
  }
  return std::string_view::npos;
}

bool is_conflict_marker(std::string_view line) {
  const auto is = [line](std::string_view marker) {
    return line.starts_with(marker) && (line.size() == marker.size() || line[marker.size()] == ' ' || line[marker.size()] == '\r');
  };
  return is("<<<<<<<") || is(">>>>>>>") || is("|||||||") || line == "=======" || line == "=======\r";
}

bool looks_like_structure(std::string_view text) {
  if (text.starts_with("- ") || text == "-") return true;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const bool ends_key = colon + 1 == text.size() || text[colon + 1] == ' ' || text[colon + 1] == '\r';
  return ends_key && text.find(' ') > colon;
}

void check_indent(std::string_view line, std::size_t offset, ProblemList& list) {
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string_view::npos) return;
  const std::string_view rest = line.substr(first);
  if (rest.front() == '\t') {
    const std::size_t end = line.find_first_not_of(" \t", first);
    if (end == std::string_view::npos || line[end] == '\r') return;
    list.add(offset + first, offset + end, "bytes/tab-indent", say("The line is indented with a tab"),
             say("indent with two spaces for each level"));
  } else if (rest.starts_with(wide_space)) {
    std::size_t end = first;
    while (line.substr(end).starts_with(wide_space)) end += wide_space.size();
    if (!looks_like_structure(line.substr(end))) return;
    list.add(offset + first, offset + end, "bytes/full-width-indent", say("The line is indented with full-width spaces"),
             say("indent with ordinary spaces, two for each level"));
  }
}

void check_line(std::string_view line, std::size_t offset, ProblemList& list) {
  if (line.empty()) return;
  const char first = line.front();
  if (first == ' ' || first == '\t' || first == wide_space.front()) check_indent(line, offset, list);
  if ((first == '<' || first == '=' || first == '>' || first == '|') && is_conflict_marker(line)) {
    list.add(offset, offset + line.size(), "bytes/conflict-marker", say("git has left a merge conflict unresolved here"),
             say("decide which lines hold, delete the lines that begin with <<<<<<<, ======= and >>>>>>>, then commit"));
  }
  if (line.size() > YamlLimits::line_bytes) {
    list.add(offset, offset + 1, "bytes/long-line",
             say("The line has {0} bytes; more than {1} are not read", line.size(), YamlLimits::line_bytes),
             say("write one record a line"));
  }
  if (line.size() <= YamlLimits::open_brackets_on_a_line || count_open_brackets(line) <= YamlLimits::open_brackets_on_a_line) return;
  const std::size_t bracket = find_bracket_too_many(line);
  if (bracket == std::string_view::npos) return;
  list.add(offset + bracket, offset + bracket + 1, "bytes/brackets",
           say("More than {0} brackets are open on this line", YamlLimits::open_brackets_on_a_line),
           say("close the brackets, or write the text in quotes and without them"));
}

void check_lines(std::string_view bytes, ProblemList& list) {
  for (std::size_t from = 0; from < bytes.size();) {
    const std::size_t until = std::min(bytes.find('\n', from), bytes.size());
    check_line(bytes.substr(from, until - from), from, list);
    from = until + 1;
  }
}

/// Whether the file holds more values than are read: told by the marks between them, before a parser spends seconds on a tree of them.
bool has_too_many_values(std::string_view bytes, ProblemList& list) {
  if (bytes.size() <= YamlLimits::nodes) return false;
  constexpr auto ends_value = [](char byte) { return byte == '\n' || byte == ',' || byte == ':' || byte == '[' || byte == '{'; };
  if (std::ranges::count_if(bytes, ends_value) <= static_cast<std::ptrdiff_t>(YamlLimits::nodes)) return false;
  std::uint32_t found = 0;
  const auto last = static_cast<std::size_t>(
      std::ranges::find_if(bytes, [&](char byte) { return ends_value(byte) && ++found > YamlLimits::nodes; }) - bytes.begin());
  list.add(last, last + 1, "yaml/too-many-values", say("The file holds more than {0} values", YamlLimits::nodes),
           say("split it into several files"));
  return true;
}

}  // namespace

bool check_bytes(std::string_view path, std::string_view bytes, Diagnostics& problems) {
  ProblemList list(path, bytes, "bytes/more", problems);
  if (report_encoding(bytes, list) || has_too_many_values(bytes, list)) return false;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::size_t from = 0;
  if (bytes.starts_with(byte_order_mark)) {
    from = byte_order_mark.size();
    list.add(0, from, "bytes/byte-order-mark", say("The file begins with a byte order mark"),
             say("save it as “UTF-8” without BOM; in Notepad choose “UTF-8”, not “UTF-8 with BOM”"));
  }
  check_characters(bytes, from, list);
  check_lines(bytes, list);
  return list.finish();
}

}  // namespace help
