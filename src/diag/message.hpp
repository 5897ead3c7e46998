// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace help {

/// A text for people that is not yet in any language: a pattern of the message catalogue with its arguments, or plain
/// data (a name, a number, a file name) that is never translated.
///
/// `id` is the English pattern, with `{0}`, `{1}` … for the arguments; empty: the message is `data` as it stands.
/// `plural` is the English plural pattern and `count` its number, where the pattern has two forms; the count is also `{0}`.
struct Message {
  std::string_view id = {};
  std::string_view plural = {};
  std::int64_t count = 0;
  std::string data = {};
  std::vector<Message> arguments = {};

  [[nodiscard]] bool empty() const { return id.empty() && data.empty(); }
  friend bool operator==(const Message&, const Message&) = default;
};

/// Data as a message: it is shown as it stands in every language.
[[nodiscard]] inline Message as_data(std::string text) { return Message{.data = std::move(text)}; }

namespace detail {
inline Message argument(Message message) { return message; }
inline Message argument(std::string text) { return as_data(std::move(text)); }
inline Message argument(std::string_view text) { return as_data(std::string(text)); }
inline Message argument(const char* text) { return as_data(text); }
inline Message argument(std::integral auto number) { return as_data(std::to_string(number)); }
}  // namespace detail

/// A translatable text. `id` must be a literal: xgettext collects it (keyword `say:1`).
template <typename... Arguments>
[[nodiscard]] Message say(std::string_view id, Arguments&&... arguments) {
  Message message{.id = id};
  (message.arguments.push_back(detail::argument(std::forward<Arguments>(arguments))), ...);
  return message;
}

/// A translatable text with a number: `counted(n, "{0} student", "{0} students")`; `{1}` … are the other arguments (keyword `counted:2,3`).
template <typename... Arguments>
[[nodiscard]] Message counted(std::int64_t count, std::string_view one, std::string_view many, Arguments&&... arguments) {
  Message message{.id = one, .plural = many, .count = count};
  message.arguments.push_back(detail::argument(count));
  (message.arguments.push_back(detail::argument(std::forward<Arguments>(arguments))), ...);
  return message;
}

/// "a, b, c"; empty without parts.
[[nodiscard]] inline Message joined(const std::vector<Message>& parts) {
  Message whole;
  for (const Message& part : parts) whole = whole.empty() ? part : say("{0}, {1}", std::move(whole), part);
  return whole;
}

/// Marks a literal for the catalogue where no Message can stand (tables of constants); gives it back unchanged (keyword `later:1`).
[[nodiscard]] consteval const char* later(const char* id) { return id; }

}  // namespace help
