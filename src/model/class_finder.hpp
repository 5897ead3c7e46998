// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// Which class or body is meant by what was typed, each by id.
template <typename Index>
struct Found {
  std::vector<Index> matches;      ///< one: found; several: nobody may choose among them; none: not found
  std::vector<Index> suggestions;  ///< only without a match: at most five that are nearly that, nearest first
  bool exact = false;              ///< the matches have exactly that id or name

  /// The one that is meant, where exactly one is.
  [[nodiscard]] std::optional<Index> one() const { return matches.size() == 1 ? std::optional(matches.front()) : std::nullopt; }
};

/// By `find_called` (model/name_finder.hpp). Brackets do not matter: 七1班 is 七（1）班.
[[nodiscard]] Found<ClassIndex> find_classes(const Dataset& data, std::string_view typed);
[[nodiscard]] Found<BodyIndex> find_bodies(const Dataset& data, std::string_view typed);

/// What to say where `found` is not one class or body: that none or several fit, then a line for each that could be meant (at most ten).
[[nodiscard]] std::vector<Message> not_one_class(const Dataset& data, std::string_view typed, const Found<ClassIndex>& found);
[[nodiscard]] std::vector<Message> not_one_body(const Dataset& data, std::string_view typed, const Found<BodyIndex>& found);

/// The grade that is meant by 7, 七, 7年级, 七年级 or "grade 7": from 0 to 13; nothing for other words. 初一 and 高一 are none: which grade
/// they are depends on the place.
[[nodiscard]] std::optional<int> grade_of_words(std::string_view typed);

}  // namespace help
