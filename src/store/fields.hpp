// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "store/yaml.hpp"

namespace help {

/// Walks over the children of a sequence: `for (const Value item : items_of(list))`. Anything that is not a sequence has none.
class Items {
 public:
  class Iterator {
   public:
    explicit Iterator(Value at) : at_(at) {}
    Value operator*() const { return at_; }
    Iterator& operator++() {
      at_ = at_.after();
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    Value at_;
  };

  explicit Items(Value list) : list_(list) {}
  [[nodiscard]] Iterator begin() const { return Iterator(list_.is_sequence() ? list_.first() : list_.end()); }
  [[nodiscard]] Iterator end() const { return Iterator(list_.end()); }

 private:
  Value list_;
};
[[nodiscard]] inline Items items_of(Value list) { return Items(list); }

/// A key and its value.
struct Entry {
  Value key;
  Value value;
};

/// Walks over the entries of a mapping; anything else has none.
class Entries {
 public:
  class Iterator {
   public:
    explicit Iterator(Value at) : at_(at) {}
    Entry operator*() const { return {at_, at_.after()}; }
    Iterator& operator++() {
      at_ = at_.after().after();
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    Value at_;
  };

  explicit Entries(Value mapping) : mapping_(mapping) {}
  [[nodiscard]] Iterator begin() const { return Iterator(mapping_.is_mapping() ? mapping_.first() : mapping_.end()); }
  [[nodiscard]] Iterator end() const { return Iterator(mapping_.end()); }

 private:
  Value mapping_;
};
[[nodiscard]] inline Entries entries_of(Value mapping) { return Entries(mapping); }

/// The value under a key of a mapping.
[[nodiscard]] std::optional<Value> find(Value mapping, std::string_view key);

// What a value says, once `check_shape` has judged it; nothing (or empty) where it is missing or was found wrong.
[[nodiscard]] std::string text_at(Value mapping, std::string_view key);
[[nodiscard]] std::optional<Date> date_at(Value mapping, std::string_view key);
[[nodiscard]] std::optional<std::int64_t> whole_at(Value mapping, std::string_view key);
[[nodiscard]] std::optional<Date> date_of(Value value);
[[nodiscard]] std::optional<std::int64_t> whole_of(Value value);
/// A decimal in hundredths, with an optional minus sign.
[[nodiscard]] std::optional<std::int64_t> decimal_of(std::string_view text);
/// `12.5%` in hundredths of a percent.
[[nodiscard]] std::optional<std::int64_t> percent_of(std::string_view text);
/// `30 days`, up to 9,999.
[[nodiscard]] std::optional<int> days_of(Value value);
/// The texts of a list of scalars.
[[nodiscard]] std::vector<std::string> texts_at(Value mapping, std::string_view key);
/// The same, where one may also stand alone: `fixes: a` or `fixes: [a, b]`.
[[nodiscard]] std::vector<std::string> one_or_more_at(Value mapping, std::string_view key);
/// `from` and `until` of a record; missing ends are open.
[[nodiscard]] Period period_at(Value mapping);

}  // namespace help
