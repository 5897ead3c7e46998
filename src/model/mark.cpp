// SPDX-License-Identifier: MIT
#include "model/mark.hpp"

#include <cstddef>

namespace help {
namespace {

// Seven digits before the point: every value fits 32 bits as hundredths.
constexpr std::size_t max_whole_digits = 7;

bool all_digits(std::string_view text) {
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return false;
  }
  return !text.empty();
}

}  // namespace

std::optional<std::int32_t> parse_hundredths(std::string_view text) {
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  if (!all_digits(whole) || whole.size() > max_whole_digits) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  std::int32_t hundredths = 0;
  for (const char letter : whole) hundredths = hundredths * 10 + (letter - '0');
  hundredths *= 100;
  if (point == std::string_view::npos) return hundredths;
  const auto places = text.substr(point + 1);
  if (!all_digits(places) || places.size() > 2) return std::nullopt;
  hundredths += (places[0] - '0') * 10;
  if (places.size() == 2) hundredths += places[1] - '0';
  return hundredths;
}

std::string hundredths_to_string(std::int64_t hundredths) {
  const bool negative = hundredths < 0;
  const auto size = negative ? 0 - static_cast<std::uint64_t>(hundredths) : static_cast<std::uint64_t>(hundredths);
  std::string text = negative ? "-" : "";
  text += std::to_string(size / 100);
  const auto places = size % 100;
  if (places == 0) return text;
  text += '.';
  text += static_cast<char>('0' + places / 10);
  if (places % 10 != 0) text += static_cast<char>('0' + places % 10);
  return text;
}

std::string_view word_of(Mark::State state) {
  switch (state) {
    case Mark::State::no_entry:
      return "~";
    case Mark::State::absent:
      return "absent";
    case Mark::State::exempt:
      return "exempt";
    case Mark::State::deferred:
      return "deferred";
    case Mark::State::voided:
      return "void";
    case Mark::State::present:
    case Mark::State::not_examined:
      break;
  }
  return {};
}

std::optional<Mark> parse_mark(std::string_view text) {
  for (const Mark::State state : {Mark::State::absent, Mark::State::exempt, Mark::State::deferred, Mark::State::voided}) {
    if (text == word_of(state)) return Mark(state);
  }
  const auto hundredths = parse_hundredths(text);
  return hundredths ? std::optional(Mark::of(*hundredths)) : std::nullopt;
}

std::string to_string(Mark mark) { return mark.present() ? hundredths_to_string(mark.hundredths()) : std::string(word_of(mark.state())); }

}  // namespace help
