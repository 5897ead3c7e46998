// SPDX-License-Identifier: MIT
#include "store/text_encoding.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace help;
using namespace std::string_literals;

namespace {

struct Decoded {
  bool done = false;
  DecodedText text;
  Diagnostics problems;

  [[nodiscard]] std::string code() const { return problems.empty() ? "" : std::string(problems[0].code); }
  [[nodiscard]] std::string argument(std::size_t n) const { return problems.at(0).message.arguments.at(n).data; }
};

Decoded decoded(std::string bytes, std::optional<Encoding> stated = std::nullopt) {
  Decoded result;
  result.done = decode_table("marks.csv", std::move(bytes), stated, result.text, result.problems);
  return result;
}

std::string utf8_of(std::string_view bytes, Encoding encoding) {
  std::string text;
  const auto bad = decode(bytes, encoding, text);
  return bad ? "bad byte " + std::to_string(*bad) + " after " + text : text;
}

}  // namespace

TEST_CASE("a byte order mark decides, and is no part of the text") {
  const Decoded utf8 = decoded("\xEF\xBB\xBF学号,姓名\n");
  CHECK(utf8.text.text == "学号,姓名\n");
  CHECK(utf8.text.marked);
  CHECK(utf8.text.encoding == Encoding::utf8);
  const Decoded little = decoded("\xFF\xFE\x66\x5B,\0"s);
  CHECK(little.text.text == "学,");
  CHECK(little.text.encoding == Encoding::utf16_le);
  const Decoded big = decoded("\xFE\xFF\x5B\x66\0,"s);
  CHECK(big.text.text == "学,");
  CHECK(big.text.encoding == Encoding::utf16_be);
  const Decoded gb18030 = decoded("\x84\x31\x95\x33\xD1\xA7");
  CHECK(gb18030.text.text == "学");
  CHECK(gb18030.text.encoding == Encoding::gb18030);
  CHECK(decoded("\xFF\xFE\x66\x5B"s, Encoding::gb18030).text.text == "学");  // the mark is the file's own word
}

TEST_CASE("strict UTF-8 is UTF-8") {
  CHECK(decoded("学号,姓名").text.encoding == Encoding::utf8);
  CHECK(decoded("").done);
  CHECK(decoded("plain").text.encoding == Encoding::utf8);
  CHECK_FALSE(decoded("plain").text.marked);
}

TEST_CASE("Chinese text in GB18030 is known by rule") {
  const Decoded names = decoded("\xD1\xA7\xBA\xC5,\xD0\xD5\xC3\xFB\n1,\xC5\xB7\xD1\xF4\n");
  REQUIRE(names.done);
  CHECK(names.text.encoding == Encoding::gb18030);
  CHECK(names.text.text == "学号,姓名\n1,欧阳\n");
}

TEST_CASE("what is neither is refused with its bytes, in its line") {
  const Decoded broken = decoded("a\nb\xFF,c\n");
  CHECK(broken.code() == "csv/encoding");
  CHECK(broken.argument(0) == "4");
  CHECK(broken.argument(1) == "4");
  CHECK(broken.problems[0].where.line == 2);
  CHECK(broken.problems[0].where.column == 2);
  CHECK(decoded("/\xC0\xAF,\xFF").code() == "csv/encoding");    // overlong
  CHECK(decoded("\xED\xA0\x80").code() == "csv/encoding");      // a surrogate
  CHECK(decoded("\xF4\x90\x80\x80").code() == "csv/encoding");  // behind the last code point
  CHECK(decoded("学\xE5\xAD").code() == "csv/encoding");        // cut off
}

TEST_CASE("damaged UTF-8 is not taken for GB18030") {
  std::string text = "学号,姓名,语文,数学\n1,张三,90,80\n2,李四,70,60\n";
  text.erase(text.find("三") + 2, 1);
  const Decoded damaged = decoded(text);
  CHECK(damaged.code() == "csv/encoding");
  CHECK(damaged.problems[0].where.line == 2);
}

TEST_CASE("accents of Latin-1 are not taken for Chinese, unless the mapping says so") {
  CHECK(decoded("Number,Name\nS1,Ren\xE9"
                "e\n")
            .code() == "csv/encoding");
  const Decoded stated = decoded("\x81\x40\x82\x41", Encoding::gb18030);
  CHECK(stated.done);
  CHECK(stated.text.text == "丂侫");
  CHECK(decoded("\x81\x40\x82\x41").code() == "csv/encoding");
}

TEST_CASE("UTF-16 without a mark is read where it is beyond doubt: lines of usual characters, all zero bytes on one side") {
  const Decoded little = decoded("a\0,\0b\0\n\0"s);
  CHECK(little.problems.empty());
  CHECK(little.text.text == "a,b\n");
  CHECK(little.text.encoding == Encoding::utf16_le);
  const Decoded big = decoded(
      "\x5B\x66\x53\xF7\0,\x59\xD3\0\n\0"
      "1\0,\x5F\x20\0\n"s);
  CHECK(big.problems.empty());
  CHECK(big.text.text == "学号,姓\n1,张\n");
  CHECK(big.text.encoding == Encoding::utf16_be);
}

TEST_CASE("a zero byte in another text makes it no UTF-16") {
  CHECK(decoded("a\0b"s).code() == "csv/nul");               // half a character at the end
  CHECK(decoded("a\0,\0"s).code() == "csv/nul");             // no line
  CHECK(decoded("id,name\n1,a\0b\n"s).code() == "csv/nul");  // one zero byte among many
  CHECK(decoded("id,name\n1,a\0b\n"s).argument(0) == "12");
  CHECK(decoded("a\0\0b\n\0"s).code() == "csv/nul");       // on both sides
  CHECK(decoded("a\0\n\0\x01\0"s).code() == "csv/nul");    // a control character
  CHECK(decoded("a\0\n\0\x34\xD8"s).code() == "csv/nul");  // half a pair
  CHECK(decoded("a\0,\0"s, Encoding::utf16_le).text.text == "a,");
}

TEST_CASE("UTF-16 is strict") {
  CHECK(utf8_of("\x34\xD8\x1E\xDD"s, Encoding::utf16_le) == "\U0001D11E");
  CHECK(utf8_of("\xD8\x34\xDD\x1E"s, Encoding::utf16_be) == "\U0001D11E");
  CHECK(utf8_of("a\0\x34\xD8"s, Encoding::utf16_le) == "bad byte 2 after a");  // half a pair at the end
  CHECK(utf8_of("a\0\x34\xD8"
                "b\0"s,
                Encoding::utf16_le) == "bad byte 2 after a");                  // half a pair before a letter
  CHECK(utf8_of("a\0\x1E\xDD"s, Encoding::utf16_le) == "bad byte 2 after a");  // the second half alone
  CHECK(utf8_of("a\0b"s, Encoding::utf16_le) == "bad byte 2 after a");         // half a character
  CHECK(decoded("\xFF\xFE"
                "a\0b"s)
            .argument(0) == "5");
  CHECK(decoded("\xFF\xFE"
                "a\0\0\0"s)
            .code() == "csv/nul");
}

TEST_CASE("GB18030 is strict") {
  CHECK(utf8_of("\x80", Encoding::gb18030) == "bad byte 0 after ");
  CHECK(utf8_of("a\xFF\x41", Encoding::gb18030) == "bad byte 1 after a");
  CHECK(utf8_of("a\xD1", Encoding::gb18030) == "bad byte 1 after a");
  CHECK(utf8_of("a\xD1\x7F", Encoding::gb18030) == "bad byte 1 after a");
  CHECK(utf8_of("a\x81\x30\x81", Encoding::gb18030) == "bad byte 1 after a");
  CHECK(utf8_of("a\x81\x30\x81\x2F", Encoding::gb18030) == "bad byte 1 after a");
  CHECK(utf8_of("\x84\x31\xA5\x30", Encoding::gb18030) == "bad byte 0 after ");  // behind the last of the basic plane
  CHECK(utf8_of("\x8F\x39\xFE\x39", Encoding::gb18030) == "bad byte 0 after ");  // before the first above it
  CHECK(utf8_of("\xE3\x32\x9A\x36", Encoding::gb18030) == "bad byte 0 after ");  // behind U+10FFFF
}

TEST_CASE("GB18030 has codes of one, two and four bytes, to the ends of its ranges") {
  CHECK(utf8_of("\x81\x40\xFE\x4F", Encoding::gb18030) == "丂﨩");
  CHECK(utf8_of("\x81\x30\x81\x30", Encoding::gb18030) == "\u0080");
  CHECK(utf8_of("\x81\x35\xF4\x36", Encoding::gb18030) == "\u1E3E");
  CHECK(utf8_of("\x84\x31\xA4\x39", Encoding::gb18030) == "\uFFFF");
  CHECK(utf8_of("\x90\x30\x81\x30", Encoding::gb18030) == "\U00010000");
  CHECK(utf8_of("\xE3\x32\x9A\x35", Encoding::gb18030) == "\U0010FFFF");
  CHECK(utf8_of("\xA2\xE3\xA8\xBF", Encoding::gb18030) == "€ǹ");
  CHECK(utf8_of("\xFE\x51\xFE\x59", Encoding::gb18030) == "\U00020087龴");  // real characters, not private ones
}
