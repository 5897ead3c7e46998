// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// What another class from a day on means beside what the roster knows of a student.
enum class MoveFate : std::uint8_t {
  possible,   ///< the class of before ends on the day before
  same_day,   ///< a class began on this very day: one of the two is a mistake
  later,      ///< the student changes class, or ends a class, on a later day
  came_back,  ///< the student has left before: between the two are days at another school
};

[[nodiscard]] inline MoveFate fate_of_move(const Student& student, Date from) {
  const auto is_later = [from](const Membership& one) {
    return one.days.from > from || (one.days.contains(from) && one.days.until != Date::max());
  };
  if (student.left && *student.left < from) return MoveFate::came_back;
  if (std::ranges::any_of(student.classes, is_later)) return MoveFate::later;
  const auto begins = [from](const Membership& one) { return one.days.from == from; };
  return std::ranges::any_of(student.classes, begins) ? MoveFate::same_day : MoveFate::possible;
}

/// Puts the student into another class from a day on; one that began on this very day is corrected. The move must be `possible` or of the
/// `same_day`.
inline void move_class(Student& student, ClassIndex in, Date from) {
  for (Membership& membership : student.classes) {
    if (membership.days.from == from) {
      membership.in = in;
      return;
    }
    if (membership.days.contains(from)) membership.days.until = from - Days(1);
  }
  student.classes.push_back({in, {.from = from}});
}

/// Why a move that is `later` or `came_back` is refused.
[[nodiscard]] inline Message why_not_moved(const Student& student, MoveFate fate, Date from) {
  return fate == MoveFate::came_back ? say("{0} has left on {1}, before {2}", student.id, to_string(*student.left), to_string(from))
                                     : say("{0} changes class, or leaves one, on a later day than {1}", student.id, to_string(from));
}

/// How a person mends it.
[[nodiscard]] inline Message how_to_move(const Student& student, MoveFate fate) {
  return fate == MoveFate::came_back
             ? say("if {0} has come back: end the old class in roster/students.yaml with until: {1}, take left away, then import once more",
                   student.id, to_string(*student.left))
             : say("correct roster/students.yaml by hand");
}

}  // namespace help
