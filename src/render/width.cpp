// SPDX-License-Identifier: MIT
#include "render/width.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "diag/characters.hpp"

namespace help {
namespace {

/// What a reader sees as one character: a base with its marks, or emoji joined into one.
struct Cluster {
  std::size_t bytes = 0;
  std::size_t width = 0;
  utf8proc_int32_t first = 0;
};

/// The commonest characters, without asking utf8proc: printable ASCII, Chinese characters and full-width signs before another of these are
/// one character each. No bytes: it takes a closer look.
Cluster plain_cluster_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t place) { return place < text.size() ? static_cast<unsigned char>(text[place]) : 0U; };
  const auto is_printable = [](unsigned lead) { return 0x20 <= lead && lead < 0x7f; };
  // U+4000 to U+9FFF, and U+FF00 to U+FF3F: nothing there joins what stands before it.
  const auto is_wide = [&](std::size_t place) {
    const auto lead = byte(place);
    return (0xe4 <= lead && lead <= 0xe9) || (lead == 0xef && byte(place + 1) == 0xbc);
  };
  const auto stands_alone = [&](std::size_t next) { return next == text.size() || is_printable(byte(next)) || is_wide(next); };
  const auto lead = byte(at);
  if (is_printable(lead)) return stands_alone(at + 1) ? Cluster{1, 1, static_cast<utf8proc_int32_t>(lead)} : Cluster{};
  const auto continues = [&](std::size_t place) { return (byte(place) & 0xc0U) == 0x80; };
  if (!is_wide(at) || !continues(at + 1) || !continues(at + 2) || !stands_alone(at + 3)) return {};
  const auto code = static_cast<utf8proc_int32_t>((lead & 0x0fU) << 12U | (byte(at + 1) & 0x3fU) << 6U | (byte(at + 2) & 0x3fU));
  const bool is_ideograph = 0x4e00 <= code && code <= 0x9fff;
  const bool is_full_width_sign = 0xff01 <= code && code <= 0xff3f;
  return is_ideograph || is_full_width_sign ? Cluster{3, 2, code} : Cluster{};
}

Cluster cluster_at(std::string_view text, std::size_t at) {
  if (const auto plain = plain_cluster_at(text, at); plain.bytes > 0) return plain;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  Cluster cluster;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before = -1;
  while (at + cluster.bytes < text.size()) {
    utf8proc_int32_t code = -1;
    const std::size_t here = at + cluster.bytes;
    const auto length = utf8proc_iterate(bytes + here, static_cast<utf8proc_ssize_t>(text.size() - here), &code);
    if (length <= 0) return cluster.bytes > 0 ? cluster : Cluster{1, 1, -1};
    if (before >= 0 && utf8proc_grapheme_break_stateful(before, code, &state)) break;
    if (before < 0) cluster.first = code;
    cluster.width = std::max(cluster.width, static_cast<std::size_t>(utf8proc_charwidth(code)));
    if (code == 0xfe0f) cluster.width = 2;  // asks for the picture form
    cluster.bytes += static_cast<std::size_t>(length);
    before = code;
  }
  return cluster;
}

/// Signs that may not begin a line.
bool closes(utf8proc_int32_t code) {
  static constexpr std::array<utf8proc_int32_t, 24> signs{0x3001, 0x3002, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff01, 0xff1f,
                                                          0xff09, 0x300b, 0x300d, 0x300f, 0x3011, 0x201d, 0x2019, 0x2026,
                                                          ',',    '.',    ';',    ':',    ')',    ']',    '!',    '?'};
  return std::ranges::find(signs, code) != signs.end();
}

/// Signs that may not end a line.
bool opens(utf8proc_int32_t code) {
  static constexpr std::array<utf8proc_int32_t, 8> signs{0xff08, 0x300a, 0x300c, 0x300e, 0x3010, 0x201c, '(', '['};
  return std::ranges::find(signs, code) != signs.end();
}

}  // namespace

std::size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Cluster cluster = cluster_at(text, at);
    width += cluster.width;
    at += cluster.bytes;
  }
  return width;
}

std::size_t bytes_within(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  std::size_t width = 0;
  while (at < text.size()) {
    const Cluster cluster = cluster_at(text, at);
    if (width + cluster.width > columns) break;
    width += cluster.width;
    at += cluster.bytes;
  }
  return at;
}

std::string pad_right(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(width < columns ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(width < columns ? columns - width : 0, ' ') + std::string(text);
}

namespace {

std::vector<std::string> wrap_line(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::size_t begin = 0;      // of the line
  std::size_t width = 0;      // of the line so far
  std::size_t break_at = 0;   // where the line may end; begin = nowhere yet
  std::size_t resume_at = 0;  // where the next line begins then
  utf8proc_int32_t before = ' ';
  std::size_t before_width = 1;
  for (std::size_t at = 0; at < text.size();) {
    const Cluster here = cluster_at(text, at);
    if (here.first == ' ') {
      if (before != ' ') break_at = at;
      resume_at = at + 1;
    } else if (at > begin && before != ' ' && (here.width == 2 || before_width == 2) && !closes(here.first) && !opens(before)) {
      break_at = resume_at = at;
    }
    if (here.first != ' ' && width + here.width > columns && at > begin) {
      if (break_at <= begin) break_at = resume_at = at;
      lines.emplace_back(text.substr(begin, break_at - begin));
      begin = break_at = resume_at;
      width = display_width(text.substr(begin, at - begin));
    }
    width += here.width;
    before = here.first;
    before_width = here.width;
    at += here.bytes;
  }
  std::string_view last = text.substr(begin);
  while (!lines.empty() && last.ends_with(' ')) last.remove_suffix(1);
  if (lines.empty() || !last.empty()) lines.emplace_back(last);
  return lines;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    auto pieces = wrap_line(text.substr(begin, end - begin), columns);
    std::ranges::move(pieces, std::back_inserter(lines));
    begin = end + 1;
  }
  return lines;
}

std::size_t widest_line(std::string_view text) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, display_width(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return widest;
}

}  // namespace help
