// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/yaml.hpp"

namespace help {

/// A YAML file that people wrote, in whatever style, while single values of it are replaced and added: every other byte stays.
///
/// Values are given in flow style, on one line. What cannot be done without losing a comment, or in a file of another style, is not done:
/// then the file is as it was.
class EditedYaml {
 public:
  EditedYaml() = default;
  EditedYaml(const EditedYaml&) = delete;
  EditedYaml& operator=(const EditedYaml&) = delete;

  /// False where the file cannot be read, or is no mapping with a line for each key. One that holds nothing is an empty mapping.
  bool read(std::string bytes);
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// The mapping; nothing where the file is empty.
  [[nodiscard]] std::optional<Value> root() const;

  /// Puts a value under a key. A new key is put behind those that stand before it in `order`.
  bool set(std::string_view key, std::string_view value, std::span<const std::string_view> order);
  /// Puts a value under a key of the mapping under `outer`. Where that is not there, or stands in brackets, `whole` takes its place: the
  /// mapping with the new value.
  bool set_inner(std::string_view outer, std::string_view key, std::string_view value, std::string_view whole,
                 std::span<const std::string_view> order);
  /// Puts an item behind those of the list under a key; a new list has this one.
  bool append(std::string_view key, std::string_view item, std::span<const std::string_view> order);

 private:
  /// One key of a mapping, with the bytes that belong to it.
  struct Place {
    Value key;
    Value value;
    std::size_t begin;  ///< of its line
    std::size_t end;    ///< one past its last line; comments and blank lines behind the value are no longer its
  };
  [[nodiscard]] std::optional<Place> find_place(const Value& mapping, std::size_t until, std::string_view key) const;
  [[nodiscard]] std::size_t end_without_comments(std::size_t begin, std::size_t end) const;
  bool replace_value(const Place& place, std::string_view value, std::string_view outer, std::string_view inner);
  /// Where the line of a new key stands in a mapping.
  [[nodiscard]] std::size_t place_of_key(const Value& mapping, std::size_t until, std::string_view key,
                                         std::span<const std::string_view> order) const;
  /// The file with lines more before byte `at`.
  [[nodiscard]] std::string with_lines(std::size_t at, std::string_view lines) const;
  /// Takes the bytes, unless they say something else than before beside what stands under `outer` and `inner` (empty: all under it).
  bool take(std::string bytes, std::string_view outer, std::string_view inner);
  bool parse();

  std::string bytes_;
  Tree tree_;
  std::string line_end_ = "\n";
};

}  // namespace help
