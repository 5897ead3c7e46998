// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "model/dataset.hpp"
#include "rules/identify.hpp"

namespace help::test {

/// A small generator of random numbers (splitmix64): the same numbers from the same seed on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next();
  /// From 0 to `count` - 1; `count` > 0.
  [[nodiscard]] int below(int count);
  /// From `least` to `most`, both included.
  [[nodiscard]] int between(int least, int most) { return least + below(most - least + 1); }
  [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
  template <typename List>
  [[nodiscard]] const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  template <typename List>
  void shuffle(List& list) {
    for (int count = static_cast<int>(list.size()); count > 1; --count) {
      std::swap(list[static_cast<std::size_t>(count - 1)], list[static_cast<std::size_t>(below(count))]);
    }
  }

 private:
  std::uint64_t state_;
};

/// How many schools a test looks at: `usual`, or HELP_PROPERTY_SCHOOLS for a longer search.
[[nodiscard]] std::uint64_t schools_to_try(std::uint64_t usual);
/// The first seed; HELP_PROPERTY_SEED repeats a failure.
[[nodiscard]] std::uint64_t first_seed();

/// A school, its policy and a question about it, made from a seed.
struct RandomSchool {
  std::uint64_t seed = 0;
  Dataset data;
  Question question;
};

/// A small school that keeps every promise of `Dataset`: 1-3 grades, 1-4 classes, 3-25 students, 1-4 subjects, 1-7 exams, every kind of
/// rule and of event. Some of it is dated after the day of the question.
[[nodiscard]] RandomSchool random_school(std::uint64_t seed);

/// Puts exams, events, counts, lists and rows in the order that `Dataset` promises and fills its look-up tables.
void put_in_order(Dataset& data);

/// The same school with students, classes, staff, subjects, exams, rows, columns, events, teaching and counts in another order.
[[nodiscard]] Dataset shuffled(const Dataset& data, Random& random);

/// The same school without the students who come to it after `today`.
[[nodiscard]] Dataset without_late_arrivals(const Dataset& data, Date today);

/// The same school without exams, events, lists, counts and arrivals that are dated after `today`.
[[nodiscard]] Dataset without_future(const Dataset& data, Date today);

/// Without one student; every index is moved.
[[nodiscard]] Dataset without_student(const Dataset& data, StudentIndex student);

/// All that `identify` reads of a school, as text: for the message of a test that failed.
[[nodiscard]] std::string describe(const Dataset& data, const Question& question);

}  // namespace help::test
