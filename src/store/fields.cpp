// SPDX-License-Identifier: MIT
#include "store/fields.hpp"

#include <algorithm>
#include <charconv>

#include "model/mark.hpp"

namespace help {

std::optional<Value> find(Value mapping, std::string_view key) {
  for (const auto [name, value] : entries_of(mapping)) {
    if (name.text() == key) {
      return value;
    }
  }
  return std::nullopt;
}

std::string text_at(Value mapping, std::string_view key) {
  const auto value = find(mapping, key);
  return value && value->is_scalar() ? std::string(value->text()) : std::string();
}

std::optional<Date> date_of(Value value) { return value.is_scalar() ? parse_date(value.text()) : std::nullopt; }

std::optional<Date> date_at(Value mapping, std::string_view key) {
  const auto value = find(mapping, key);
  return value ? date_of(*value) : std::nullopt;
}

std::optional<std::int64_t> whole_of(Value value) {
  if (!value.is_scalar()) {
    return std::nullopt;
  }
  const auto hundredths = decimal_of(value.text());
  return hundredths && *hundredths % 100 == 0 ? std::optional(*hundredths / 100) : std::nullopt;
}

std::optional<std::int64_t> whole_at(Value mapping, std::string_view key) {
  const auto value = find(mapping, key);
  return value ? whole_of(*value) : std::nullopt;
}

std::optional<std::int64_t> decimal_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto hundredths = parse_hundredths(negative ? text.substr(1) : text);
  if (!hundredths) {
    return std::nullopt;
  }
  return negative ? -std::int64_t{*hundredths} : std::int64_t{*hundredths};
}

std::optional<std::int64_t> percent_of(std::string_view text) {
  if (!text.ends_with('%')) {
    return std::nullopt;
  }
  const auto hundredths = parse_hundredths(text.substr(0, text.size() - 1));
  return hundredths ? std::optional<std::int64_t>(*hundredths) : std::nullopt;
}

std::optional<int> days_of(Value value) {
  const std::string_view text = value.text();
  if (!value.is_scalar() || !text.ends_with(" days")) {
    return std::nullopt;
  }
  const auto hundredths = parse_hundredths(text.substr(0, text.size() - 5));
  return hundredths ? std::optional(std::min(*hundredths / 100, 9999)) : std::nullopt;
}

std::vector<std::string> texts_at(Value mapping, std::string_view key) {
  std::vector<std::string> texts;
  if (const auto value = find(mapping, key)) {
    for (const Value item : items_of(*value)) {
      if (item.is_scalar()) {
        texts.emplace_back(item.text());
      }
    }
  }
  return texts;
}

std::vector<std::string> one_or_more_at(Value mapping, std::string_view key) {
  const auto found = find(mapping, key);
  return found && found->is_scalar() ? std::vector<std::string>{std::string(found->text())} : texts_at(mapping, key);
}

Period period_at(Value mapping) {
  Period period;
  if (const auto from = date_at(mapping, "from")) {
    period.from = *from;
  }
  if (const auto until = date_at(mapping, "until")) {
    period.until = *until;
  }
  return period;
}

}  // namespace help
