// SPDX-License-Identifier: MIT
#include "store/xml.hpp"

#include <expat.h>

#include <utility>

namespace help {
namespace {

constexpr char between_namespace_and_name = '\n';

std::pair<std::string_view, std::string_view> split_name(std::string_view whole) {
  const std::size_t at = whole.rfind(between_namespace_and_name);
  return at == std::string_view::npos ? std::pair(std::string_view(), whole) : std::pair(whole.substr(0, at), whole.substr(at + 1));
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (name == *pair) {
      return pair[1];
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlAttributes::find(std::string_view name_space, std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    const auto [space, local] = split_name(*pair);
    if (space.ends_with(name_space) && local == name && !space.empty()) {
      return pair[1];
    }
  }
  return std::nullopt;
}

struct XmlReader::Parser {
  explicit Parser(XmlHandler given) : handler(std::move(given)), expat(XML_ParserCreateNS(nullptr, between_namespace_and_name)) {
    XML_SetUserData(expat, this);
    XML_SetElementHandler(expat, &Parser::on_begin, &Parser::on_end);
    XML_SetCharacterDataHandler(expat, &Parser::on_text);
    XML_SetStartDoctypeDeclHandler(expat, &Parser::on_doctype);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { XML_ParserFree(expat); }

  static Parser& of(void* self) { return *static_cast<Parser*>(self); }

  static void on_begin(void* self, const XML_Char* name, const XML_Char** attributes) {
    Parser& parser = of(self);
    if (++parser.depth > max_depth) {
      parser.stop(XmlFault::too_deep);
      return;
    }
    const auto [name_space, local] = split_name(name);
    parser.handler.begin(name_space, local, XmlAttributes(attributes));
  }

  static void on_end(void* self, const XML_Char* name) {
    Parser& parser = of(self);
    --parser.depth;
    // What was stopped is over: expat still tells of the end of an empty element.
    if (!parser.stopped) {
      const auto [name_space, local] = split_name(name);
      parser.handler.end(name_space, local);
    }
  }

  static void on_text(void* self, const XML_Char* text, int size) {
    of(self).handler.text(std::string_view(text, static_cast<std::size_t>(size)));
  }

  static void on_doctype(void* self, const XML_Char* /*name*/, const XML_Char* /*system*/, const XML_Char* /*open*/, int /*has_subset*/) {
    of(self).stop(XmlFault::doctype);
  }

  void stop(XmlFault why) {
    fault = why;
    stopped = true;
    XML_StopParser(expat, XML_FALSE);
  }

  bool parse(std::string_view piece, bool is_last) {
    if (stopped) {
      return false;
    }
    const bool done = XML_Parse(expat, piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0) == XML_STATUS_OK;
    fed += piece.size();
    if (stopped) {
      return false;
    }
    if (!done) {
      fault = XmlFault::damaged;
      stopped = true;
      return false;
    }
    // A tag that does not end is kept whole by the parser, and read again with each piece.
    const auto reached = XML_GetCurrentByteIndex(expat);
    if (!is_last && reached >= 0 && fed - static_cast<std::uint64_t>(reached) > max_tag_bytes) {
      fault = XmlFault::too_deep;
      stopped = true;
      return false;
    }
    return true;
  }

  XmlHandler handler;
  XML_Parser expat;
  XmlFault fault = XmlFault::none;
  bool stopped = false;
  int depth = 0;
  std::uint64_t fed = 0;
};

XmlReader::XmlReader(XmlHandler handler) : parser_(std::make_unique<Parser>(std::move(handler))) {}
XmlReader::~XmlReader() = default;

bool XmlReader::feed(std::string_view piece) { return parser_->parse(piece, false); }
bool XmlReader::finish() { return parser_->parse({}, true); }
void XmlReader::stop() { parser_->stop(XmlFault::none); }
XmlFault XmlReader::fault() const { return parser_->fault; }

}  // namespace help
