// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "store/yaml.hpp"

namespace help {

struct Field;
struct Variant;

/// A list that never changes and that copies share: shapes are put together by value from smaller ones, thousands of them at every start.
template <typename Part>
class SharedList {
 public:
  SharedList() = default;
  // Not explicit: a shape is written with its list in braces or made by a function.
  SharedList(std::vector<Part> parts)  // NOLINT(google-explicit-constructor)
      : parts_(std::make_shared<const std::vector<Part>>(std::move(parts))) {}
  SharedList(std::initializer_list<Part> parts) : SharedList(std::vector<Part>(parts)) {}

  [[nodiscard]] const Part* begin() const { return parts_ ? parts_->data() : nullptr; }
  [[nodiscard]] const Part* end() const { return begin() + size(); }
  [[nodiscard]] std::size_t size() const { return parts_ ? parts_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const Part& operator[](std::size_t place) const { return (*parts_)[place]; }
  [[nodiscard]] const Part& front() const { return parts_->front(); }
  /// A copy of its own, to be changed.
  [[nodiscard]] std::vector<Part> to_vector() const { return parts_ ? *parts_ : std::vector<Part>{}; }

 private:
  std::shared_ptr<const std::vector<Part>> parts_;
};

/// What a value of a file must look like. The strict readers check by it and the JSON Schemas are printed from it, so that the two cannot
/// differ.
struct Shape {
  enum class Kind : std::uint8_t {
    text,         ///< free text: a reason, a note; not empty if `min` is 1
    name,         ///< a person's or thing's name: text in which a comment cannot hide either
    identifier,   ///< id of a student, member of staff, class, body
    code,         ///< lower-case word: kind, rule id, group …
    record_id,    ///< 10 characters of base 32
    date,         ///< YYYY-MM-DD
    whole,        ///< whole number from `min` to `max`
    decimal,      ///< number with at most two places; `min`, `max` in hundredths
    percent,      ///< `60%`; `min`, `max` in hundredths of a percent
    word,         ///< one of `words`
    yes_no,       ///< true or false
    cell,         ///< of a grade table: a decimal, a state word or `~`
    count_cell,   ///< of a count table: a whole number or `~`
    days,         ///< `30 days`
    yearly_date,  ///< MM-DD, or YYYY-MM-DD
    list,         ///< a sequence of `items[0]`, at least `min` of them
    record,       ///< a mapping with `fields`
    table,        ///< a mapping from a key of shape `items[0]` to a value of shape `items[1]`
    either,       ///< one of `items`: the first whose YAML kind (and, for scalars, form) fits
    variants,     ///< a record whose fields depend on which key it has, or on the word under a key
  };

  Kind kind = Kind::text;
  std::int64_t min = 0;
  std::int64_t max = 0;
  SharedList<std::string_view> words = {};
  SharedList<Shape> items = {};
  SharedList<Field> fields = {};
  SharedList<std::string_view> exactly_one = {};   ///< record: exactly one of these keys must stand
  SharedList<std::string_view> at_least_one = {};  ///< record: at least one of these keys must stand
  SharedList<Variant> variants = {};
  bool open = false;  ///< record: other keys are not judged
};

inline constexpr bool required = true;   ///< of a Field
inline constexpr bool optional = false;  ///< of a Field

/// A key of a record.
struct Field {
  std::string_view key;
  bool required = false;
  Shape shape;
  const char* meaning = "";  ///< a message of the catalogue: shown when the key is missing, and in the schema in both languages
  bool sensitive = false;    ///< for few eyes: `x-sensitive` in the schema. What shows it to whom is decided where it is shown
};

/// One of several forms of a record. It applies where `key` stands and, if `value` is not empty, has that value; the last, without a key,
/// is the rest.
struct Variant {
  std::string_view key = {};
  std::string_view value = {};
  Shape shape;
};

// Builders, so that a format reads as a list of its keys.
[[nodiscard]] Shape text();
[[nodiscard]] Shape text_or_empty();
[[nodiscard]] Shape name();
[[nodiscard]] Shape identifier();
[[nodiscard]] Shape code();
[[nodiscard]] Shape record_id();
[[nodiscard]] Shape date();
[[nodiscard]] Shape whole(std::int64_t min, std::int64_t max);
[[nodiscard]] Shape decimal(std::int64_t min_hundredths, std::int64_t max_hundredths);
[[nodiscard]] Shape percent(std::int64_t min_hundredths, std::int64_t max_hundredths);
[[nodiscard]] Shape word(std::vector<std::string_view> words);
[[nodiscard]] Shape yes_no();
[[nodiscard]] Shape mark_cell();
[[nodiscard]] Shape count_cell();
[[nodiscard]] Shape day_count();
[[nodiscard]] Shape yearly_date();
[[nodiscard]] Shape list(Shape item, std::int64_t at_least = 0);
/// The item alone, or a list of at least one.
[[nodiscard]] Shape one_or_more(Shape item);
[[nodiscard]] Shape record(std::vector<Field> fields);
[[nodiscard]] Shape table(Shape key, Shape value);
[[nodiscard]] Shape either(std::vector<Shape> shapes);
[[nodiscard]] Shape variants(std::vector<Variant> variants);

/// Checks `value` against `shape`: every problem below it is reported, located. True if there was no error.
bool check_shape(std::string_view path, const Value& value, const Shape& shape, Diagnostics& problems);

/// Whether tools other than ours would read this plain text as a number, a boolean or null, by YAML 1.2 or by YAML 1.1 (`no`, `2023_01`,
/// `12:30`). The single letters y and n, which hardly any reader takes for booleans, and days are text.
[[nodiscard]] bool reads_as_other_type(std::string_view plain);

}  // namespace help
