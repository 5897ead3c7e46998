// SPDX-License-Identifier: MIT
// Texts that were made to break programs ($HELP_TEST_DATA/naughty-strings): what comes out orders no terminal and misleads no reader.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "diag/characters.hpp"
#include "render/render.hpp"
#include "support/english.hpp"

using namespace help;
using namespace std::literals;

namespace {

/// Bytes and characters that are in no list of naughty strings, but in files after an accident or an attack.
const std::vector<std::string> our_own = {"\x1b[2J\x1b]0;title\x07"s,
                                          "a\0b"s,
                                          "\x7f"s,
                                          "\xc2\x9b"
                                          "31m"s,
                                          "\xe2\x80\xae"
                                          "evil"s,
                                          "\xe2\x81\xa6"
                                          "x"s,
                                          "\xd8\x9c"
                                          "x"s,
                                          "\xe2\x80\x8b"s,
                                          "\xef\xbb\xbf"s,
                                          "\xc2\x85"s,
                                          "\xe2\x80\xa8"s,
                                          "\xe2\x80\xa9"s,
                                          "a\rb"s,
                                          "a\r\nb"s,
                                          "\xff\xfe"s,
                                          "\xe8\x8a"s,
                                          "\xed\xa0\x80"s,
                                          "\xc0\xaf"s,
                                          "::error file=x::y\n::set-env name=x::y"s,
                                          "| a | b |\n| --- |"s,
                                          "<script>alert(1)</script>"s,
                                          "=cmd|' /C calc'!A0"s,
                                          "%0A::error::x"s};

std::vector<std::string> hostile_texts() {
  std::vector<std::string> texts = our_own;
  const char* const folder = std::getenv("HELP_TEST_DATA");
  const auto path = std::filesystem::path(folder == nullptr ? "" : folder) / "naughty-strings" / "blns.json";
  std::ifstream file(path, std::ios::binary);
  if (folder == nullptr || !file) {
    MESSAGE("skipped: HELP_TEST_DATA has no naughty-strings/blns.json; only the few texts of the test itself");
    return texts;
  }
  for (const auto& each : nlohmann::json::parse(file)) texts.push_back(each.get<std::string>());
  return texts;
}

/// What may never reach a reader as it is: C0, DEL, C1, direction marks, characters without width, foreign line ends, broken bytes.
bool is_hostile(const Character& found) {
  const char32_t code = found.code;
  const auto in = [code](char32_t first, char32_t last) { return code >= first && code <= last; };
  return !found.valid || in(0, 0x1F) || in(0x7F, 0x9F) || code == 0x061C || in(0x200B, 0x200B) || in(0x200E, 0x200F) ||
         in(0x2028, 0x202E) || in(0x2066, 0x2069) || code == 0xFEFF;
}

/// The first hostile character but LF, by its place; CR may stand before LF where `crlf`.
std::string hostile_part(const std::string& text, bool crlf = false) {
  for (std::size_t at = 0; at < text.size();) {
    const Character found = character_at(text, at);
    const bool line_end = text[at] == '\n' || (crlf && text[at] == '\r' && text.substr(at, 2) == "\r\n");
    if (is_hostile(found) && !line_end) return "U+" + std::to_string(found.code) + " at byte " + std::to_string(at);
    at += found.bytes;
  }
  return {};
}

Document document_with(const std::string& text) {
  return {.schema = "help.test/1",
          .head = {as_data(text), say("about {0}", text)},
          .facts = {{{"text", Cell(text)}, {"message", Cell(as_data(text))}}},
          .tables = {{.key = "rows",
                      .title = as_data(text),
                      .columns = {{"name", say("name")}, {"list", as_data(text)}, {"record", say("record"), Align::right}},
                      .rows = {{Cell(text), Cell(Cell::List{Cell(text), Cell(1)}), Cell(Record{{{"inner", Cell(text)}}})}},
                      .when_empty = {}}},
          .foot = {say("'{0}' is what it was", text)}};
}

Diagnostics problems_with(const std::string& text) {
  return {{.severity = Severity::error,
           .code = "field/unknown-key",
           .where = {.path = "events/" + text + ".yaml", .line = 1, .column = 3},
           .message = say("the key '{0}' is not known here", text),
           .hint = say("did you mean '{0}'?", text),
           .excerpt = text.substr(0, text.find('\n')),
           .from = 0,
           .until = static_cast<std::uint32_t>(std::min(text.size(), text.find('\n'))),
           .related = {.path = text, .line = 2, .column = 1},
           .related_note = as_data(text)}};
}

bool is_utf8(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character found = character_at(text, at);
    if (!found.valid) return false;
    at += found.bytes;
  }
  return true;
}

std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

TEST_CASE("no text that a file can hold orders a terminal or hides from a reader, in any form of a document") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    const Document document = document_with(text);
    for (const std::size_t width : {40U, 80U, 200U})
      CHECK(hostile_part(document_as_text(document, {.catalogue = english, .width = width})).empty());
    CHECK(hostile_part(document_as_markdown(document, english)).empty());
    CHECK(hostile_part(document_as_csv(document, {.catalogue = english}), true).empty());
    CHECK(hostile_part(document_as_json(document, english)).empty());
  }
}

TEST_CASE("no text that a file can hold orders a terminal or hides from a reader, in any form of a problem") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    const Diagnostics problems = problems_with(text);
    CHECK(hostile_part(problems_as_text(problems, {.catalogue = english})).empty());
    CHECK(hostile_part(problems_as_short_lines(problems, english)).empty());
    CHECK(hostile_part(problems_as_github(problems, english)).empty());
    CHECK(hostile_part(problems_as_json(problems, document_with(text), english)).empty());
  }
}

TEST_CASE("one problem is one line of the short form and one command of GitHub, whatever its text holds") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    CHECK(lines_of(problems_as_short_lines(problems_with(text), english)) == 1);
    const std::string commands = problems_as_github(problems_with(text), english);
    CHECK(lines_of(commands) == 1);
    CHECK(commands.starts_with("::error file="));
  }
}

TEST_CASE("JSON gives back every text as it was") {
  for (const std::string& text : hostile_texts()) {
    if (!is_utf8(text)) continue;  // JSON cannot say such bytes: they come as \xff
    CAPTURE(text);
    const auto back = nlohmann::json::parse(document_as_json(document_with(text), english));
    CHECK(back["text"] == text);
    CHECK(back["message"] == text);
    CHECK(back["rows"][0]["name"] == text);
    CHECK(back["rows"][0]["list"][0] == text);
    CHECK(back["rows"][0]["record"]["inner"] == text);
    const auto problem = nlohmann::json::parse(problems_as_json(problems_with(text), document_with(text), english))["problems"][0];
    CHECK(problem["path"] == "events/" + text + ".yaml");
    CHECK(problem["message"] == "the key '" + text + "' is not known here");
  }
}
