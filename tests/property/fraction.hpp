// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdlib>
#include <numeric>

namespace help::test {

__extension__ using Wide = __int128;

/// An exact rational number, always in lowest terms with a positive denominator. Ends the program if a number does not fit: a test
/// must not go on with a wrong one.
class Fraction {
 public:
  Fraction() = default;
  Fraction(Wide whole) : top_(whole) {}  // NOLINT(google-explicit-constructor)
  Fraction(Wide top, Wide bottom) : top_(top), bottom_(bottom) { reduce(); }

  [[nodiscard]] Wide top() const { return top_; }
  [[nodiscard]] Wide bottom() const { return bottom_; }
  [[nodiscard]] int sign() const { return (top_ > 0) - (top_ < 0); }

  friend Fraction operator+(const Fraction& a, const Fraction& b) {
    return {add(times(a.top_, b.bottom_), times(b.top_, a.bottom_)), times(a.bottom_, b.bottom_)};
  }
  friend Fraction operator-(const Fraction& a, const Fraction& b) { return a + Fraction(-b.top_, b.bottom_); }
  friend Fraction operator*(const Fraction& a, const Fraction& b) {
    const Fraction left(a.top_, b.bottom_);
    const Fraction right(b.top_, a.bottom_);
    return {times(left.top_, right.top_), times(left.bottom_, right.bottom_)};
  }
  friend Fraction operator/(const Fraction& a, const Fraction& b) { return a * Fraction(b.bottom_, b.top_); }
  friend bool operator==(const Fraction& a, const Fraction& b) { return a.top_ == b.top_ && a.bottom_ == b.bottom_; }
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
    return times(a.top_, b.bottom_) <=> times(b.top_, a.bottom_);
  }

 private:
  static Wide times(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_mul_overflow(a, b, &result)) std::abort();
    return result;
  }
  static Wide add(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_add_overflow(a, b, &result)) std::abort();
    return result;
  }
  void reduce() {
    Wide a = top_ < 0 ? -top_ : top_;
    Wide b = bottom_ < 0 ? -bottom_ : bottom_;
    if (b == 0) std::abort();
    while (b != 0) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    if (bottom_ < 0) a = -a;
    top_ /= a;
    bottom_ /= a;
  }

  Wide top_ = 0;
  Wide bottom_ = 1;
};

}  // namespace help::test
