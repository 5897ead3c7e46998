// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace help {

/// One cell of a grade table: an exact mark in hundredths, or the reason why there is none.
class Mark {
 public:
  enum class State : std::int32_t {
    present = 0,
    no_entry = -1,      ///< `~`: examined, no mark entered
    absent = -2,        ///< 缺考
    exempt = -3,        ///< 免考
    deferred = -4,      ///< 缓考
    voided = -5,        ///< 作弊、取消
    not_examined = -6,  ///< the student has no row, or the exam has no such column
  };

  constexpr Mark() = default;
  constexpr explicit Mark(State state) : value_(static_cast<std::int32_t>(state)) {}
  /// `hundredths` >= 0.
  static constexpr Mark of(std::int32_t hundredths) {
    Mark mark;
    mark.value_ = hundredths;
    return mark;
  }

  [[nodiscard]] constexpr bool present() const { return value_ >= 0; }
  [[nodiscard]] constexpr State state() const { return value_ >= 0 ? State::present : static_cast<State>(value_); }
  /// Only where `present()`.
  [[nodiscard]] constexpr std::int32_t hundredths() const { return value_; }
  /// absent, deferred, void and `~`: there should be a mark and there is none. Exempt and not examined are neither missing nor present.
  [[nodiscard]] constexpr bool missing() const {
    return state() == State::no_entry || state() == State::absent || state() == State::deferred || state() == State::voided;
  }
  friend constexpr bool operator==(Mark, Mark) = default;

 private:
  std::int32_t value_ = static_cast<std::int32_t>(State::not_examined);
};

/// The greatest full mark that a table may have.
inline constexpr std::int32_t max_full_hundredths = 10'000 * 100;

/// A decimal with at most two places, digits first, no sign, no exponent, no leading zero before a digit: hundredths. Nothing for other
/// text.
[[nodiscard]] std::optional<std::int32_t> parse_hundredths(std::string_view text);

/// 5950 -> "59.5", 6000 -> "60", -150 -> "-1.5".
[[nodiscard]] std::string hundredths_to_string(std::int64_t hundredths);

/// A cell of a grade table: a mark, or the word of a state but `~`. Nothing for other text.
[[nodiscard]] std::optional<Mark> parse_mark(std::string_view text);

/// The word of a state in files: absent, exempt, deferred, void, `~`; empty for present and not examined.
[[nodiscard]] std::string_view word_of(Mark::State state);

/// As written in a file: a number, a word or `~`.
[[nodiscard]] std::string to_string(Mark mark);

}  // namespace help
