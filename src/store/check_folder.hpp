// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "store/files.hpp"

namespace help {

/// What is allowed but doubtful in a folder as a whole, and what no single file can show: names twice in a class, classes without
/// leader, rows of students who were not there, subjects that no exam has, old schemas. Located where a record can be pointed at.
///
/// `current_schema` gives the program's own copy of a schema, nothing for an unknown name. `data` is what `load` made of the same files.
[[nodiscard]] Diagnostics check_folder(const Files& files, const Dataset& data, Date today,
                                       const std::function<std::optional<std::string_view>(std::string_view)>& current_schema);

}  // namespace help
