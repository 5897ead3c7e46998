// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

// What people call the codes of the records; in files the codes stay as they are.

[[nodiscard]] Message name_of(ExamKind kind);
[[nodiscard]] Message name_of(EventKind kind);
/// Of a column of counts: absences, homework-missing …; a word that the catalogue does not know stands as it is.
[[nodiscard]] Message name_of_count(std::string_view code);
/// Of a basis of exclusion: physiological …; a word that the catalogue does not know stands as it is.
[[nodiscard]] Message name_of_basis(std::string_view code);

}  // namespace help
