// SPDX-License-Identifier: MIT
#pragma once

#include "commands/command.hpp"

namespace help {

/// What `help import` was asked to do.
struct ImportOptions {
  std::string file;           ///< the table, as typed
  std::string map;            ///< the mapping file, as typed
  bool skip_refused = false;  ///< write what can be written
  bool yes = false;           ///< entries that are there already may change
};

/// Compares a table with the records folder and gives the files to be written. Nothing is written while a row is refused (unless
/// `skip_refused`), or while an entry of the folder would become another one (unless `yes`).
[[nodiscard]] Answer answer_import(const Context& context, const ImportOptions& options);

extern const Command import_command;

}  // namespace help
