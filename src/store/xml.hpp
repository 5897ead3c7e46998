// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace help {

/// The attributes of an XML element; valid while it is told of.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}

  /// The value of an attribute without a namespace.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// The value of an attribute of a namespace that ends in `name_space`.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name_space, std::string_view name) const;

 private:
  const char* const* pairs_;
};

/// What is done with an XML text. Elements are told by their names without the namespace; `name_space` is the whole of it.
struct XmlHandler {
  std::function<void(std::string_view name_space, std::string_view name, const XmlAttributes& attributes)> begin;
  std::function<void(std::string_view name_space, std::string_view name)> end;
  std::function<void(std::string_view text)> text;
};

enum class XmlFault : std::uint8_t {
  none,
  damaged,   ///< not well-formed, or not in an encoding that is known
  doctype,   ///< it declares a document type: the door to entities that grow without end and to other files
  too_deep,  ///< more than `XmlReader::max_depth` elements in each other, or a tag of more than `max_tag_bytes`
};

/// Reads an XML text piece by piece in bounded memory.
class XmlReader {
 public:
  static constexpr int max_depth = 64;
  static constexpr std::uint64_t max_tag_bytes = 1U << 20U;

  explicit XmlReader(XmlHandler handler);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  ~XmlReader();

  /// Reads on; false after a fault, or after `stop`.
  bool feed(std::string_view piece);
  /// Says that all was fed.
  bool finish();
  /// For the handler: nothing more is wanted.
  void stop();
  [[nodiscard]] XmlFault fault() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace help
