// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

// What people call the codes of the records; in files the codes stay as they are.

struct CodeName {
  std::string_view code;
  const char* name;  ///< a message of the catalogue
};
/// What a code is called; one that is not of the list stands as it is.
[[nodiscard]] Message name_in(std::span<const CodeName> names, std::string_view code);

/// The same of words of the policy; one without a name stands as it is, too.
[[nodiscard]] Message name_in(std::span<const Named> names, std::string_view id);

[[nodiscard]] Message name_of(ExamKind kind);
[[nodiscard]] Message name_of(EventKind kind);
/// Of a column of counts: absences, homework-missing …; a word that the catalogue does not know stands as it is.
[[nodiscard]] Message name_of_count(std::string_view code);
/// The codes that `name_of_count` has a name for.
[[nodiscard]] std::vector<std::string_view> usual_counts();
/// Of a basis of exclusion: physiological …; a word that the catalogue does not know stands as it is.
[[nodiscard]] Message name_of_basis(std::string_view code);

}  // namespace help
