// SPDX-License-Identifier: MIT
#include "store/yaml_trap.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "diag/characters.hpp"

namespace help {
namespace {

struct TrapText {
  Trap trap;
  std::string_view code;
  const char* message;
  const char* hint;
};

constexpr std::array<TrapText, 42> texts{{
    {Trap::after_bracket, "yaml/after-bracket", later("After the closing bracket there is more on the line"),
     later("a text that begins with a bracket is written in double quotes; each record has a line of its own")},
    {Trap::after_quote, "yaml/after-quote", later("After the closing quote there is more text"),
     later("inside double quotes write \\\" for a quote, or use “ ” or 「 」")},
    {Trap::alias, "yaml/alias", later("“{0}” would be an alias, which this format does not have"),
     later("if it is text, put it in double quotes")},
    {Trap::anchor, "yaml/anchor", later("“{0}” would be an anchor, which this format does not have"),
     later("if it is text, put it in double quotes")},
    {Trap::bracket_in_text, "yaml/bracket-in-text", later("A text without quotes cannot hold “{0}” here"),
     later("put the whole text in double quotes")},
    {Trap::colon_in_text, "yaml/colon-in-text", later("There is a second “: ” in this line; a text without quotes cannot hold it"),
     later("put the whole text in double quotes")},
    {Trap::colon_without_space, "yaml/colon-without-space", later("A space is missing after the colon of “{0}”"),
     later("write “: ”, a colon and a space; if it is all one text, put it in double quotes")},
    {Trap::comment_without_space, "yaml/comment-without-space", later("A comment begins directly behind a value"),
     later("write a space before “#”")},
    {Trap::complex_key, "yaml/complex-key", later("A key must be a single word or a text in quotes"),
     later("write “key: value”; a text that begins with a sign is written in double quotes")},
    {Trap::cut_by_comment, "field/cut-by-comment", later("the text ends at ' #': what follows is taken for a comment"),
     later("put the whole text in quotes: \"…\"")},
    {Trap::dash_without_space, "yaml/dash-without-space", later("A space is missing after the dash"),
     later("write “- ”, a dash and a space; if it is a text, put it in double quotes")},
    {Trap::depth, "yaml/depth", later("More than {0} levels are nested here"), later("close the brackets that are no longer needed")},
    {Trap::directive, "yaml/directive", later("A line that begins with “%” is a directive, which this format does not have"),
     later("delete the line; if it is text, put it in double quotes")},
    {Trap::disabled_record, "yaml/disabled-record", later("This comment looks like a record that was switched off"),
     later("git keeps what was deleted: delete the line, or take away the “#”")},
    {Trap::document, "yaml/document", later("“{0}” marks the border of a document; what follows would be ignored"),
     later("delete this line: a file holds one document, without markers")},
    {Trap::empty_entry, "yaml/empty-entry", later("There is nothing between the commas here"),
     later("delete the comma; for “no entry” write ~")},
    {Trap::escape, "yaml/escape", later("“{0}” is no escape that YAML knows"), later("inside double quotes write \\\\ for a backslash")},
    {Trap::full_width_colon, "yaml/full-width-colon", later("A Chinese colon “：” does not separate “{0}” from its value"),
     later("write “: ”, an ASCII colon and a space; if it is all one text, put it in double quotes")},
    {Trap::full_width_comma, "yaml/full-width-comma", later("A Chinese comma “{0}” does not separate two entries"),
     later("write an ASCII comma “, ”; if it is all one text, put it in double quotes")},
    {Trap::full_width_space, "yaml/full-width-space", later("There is a full-width or no-break space at the edge of “{0}”"),
     later("use ordinary spaces; if the space belongs to the text, put it in double quotes")},
    {Trap::indentation, "yaml/indentation", later("The indentation of this line fits no line above it"),
     later("entries of one level begin in the same column; indent with two spaces for each level")},
    {Trap::key_without_value, "yaml/key-without-value", later("“{0}” has no value"), later("write “key: value”; for “no entry” write ~")},
    {Trap::leftover, "yaml/leftover", later("What begins here belongs to nothing before it and would be ignored"),
     later("check the indentation of this line and of the lines above it")},
    {Trap::long_brackets, "yaml/long-brackets", later("More than {0} bytes follow here without a single complete value"),
     later("close the brackets and quotes; write one record a line")},
    {Trap::long_key, "yaml/long-key", later("This key is longer than {0} bytes"),
     later("shorten it; if it is a text, put it in double quotes")},
    {Trap::long_value, "yaml/long-value", later("This value is longer than {0} bytes"), later("shorten it")},
    {Trap::merge_key, "yaml/merge-key", later("“<<” (a merge key) is not part of this format"), later("write out the keys themselves")},
    {Trap::missing_colon, "yaml/missing-colon",
     later("“{0}” stands alone on its line; a key with “: ” or an entry with “- ” is expected here"),
     later("write “key: value” or “- value”")},
    {Trap::missing_comma, "yaml/missing-comma", later("A comma is missing before “{0}”"),
     later("write “, ” between two entries; if it is all one text, put it in double quotes")},
    {Trap::missing_key, "yaml/complex-key", later("There is no key before the colon"),
     later("write “key: value”; a text that begins with a sign is written in double quotes")},
    {Trap::multi_line_text, "yaml/multi-line-text", later("This text without quotes goes on in the next line"),
     later("write it in one line, or as a block after “|”; otherwise the next line is indented too far or lacks a key")},
    {Trap::pair_without_braces, "yaml/pair-without-braces", later("A pair “key: value” in square brackets needs braces of its own"),
     later("write [{key: value}]; if it is text, put it in double quotes")},
    {Trap::question_mark, "yaml/question-mark", later("A text without quotes cannot hold “?” here"),
     later("put the whole text in double quotes")},
    {Trap::refused_character, "yaml/refused-character", later("In this value stands an escape for a character that is not allowed ({0})"),
     later("delete the escape")},
    {Trap::sign, "yaml/sign", later("A text without quotes cannot begin with “{0}”"), later("put the whole text in double quotes")},
    {Trap::syntax, "yaml/syntax", later("This is not valid YAML here"),
     later("compare with a line above that is in order; texts with signs are written in double quotes")},
    {Trap::tab, "yaml/tab", later("There is a tab between the parts of this line"),
     later("use spaces; a tab may only stand inside quotes")},
    {Trap::tag, "yaml/tag", later("“{0}” would be a tag, which this format does not have"),
     later("if it is text, put it in double quotes")},
    {Trap::too_many_values, "yaml/too-many-values", later("The file holds more than {0} values"), later("split it into several files")},
    {Trap::unclosed_bracket, "yaml/unclosed-bracket", later("The bracket that opens here is never closed"),
     later("add “{0}” at the end of the record")},
    {Trap::unclosed_quote, "yaml/unclosed-quote", later("The quote that opens here is not closed where its text ends"),
     later("add {0} at the end of the text; inside double quotes write \\\" for a quote")},
    {Trap::wrong_bracket, "yaml/wrong-bracket", later("This bracket does not match the one that is open"),
     later("count the brackets of the record; brackets in a text need double quotes around it")},
}};

constexpr std::size_t longest_quotation = 40;

// What the message quotes: short, on one line.
std::string clipped(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest_quotation; ++count) at += character_at(text, at).bytes;
  return std::string(text.substr(0, at)) + (at < text.size() ? "…" : "");
}

}  // namespace

Diagnostic* report(ProblemList& problems, Trap trap, std::size_t from, std::size_t until, std::string_view text) {
  const TrapText& row = *std::ranges::find(texts, trap, &TrapText::trap);
  Message message = say(row.message, clipped(text));
  Message hint = say(row.hint, clipped(text));
  if (trap == Trap::disabled_record) return problems.warn(from, until, row.code, std::move(message), std::move(hint));
  return problems.add(from, until, row.code, std::move(message), std::move(hint));
}

}  // namespace help
