// SPDX-License-Identifier: MIT
#include "commands/import.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

namespace help {
namespace {

constexpr std::array<std::string_view, 5> formats{"text", "json", "csv", "xlsx", "markdown"};

Action bind(CLI::App& app) {
  const auto options = std::make_shared<ImportOptions>();
  app.add_option("FILE", options->file, later("the table: a workbook (.xlsx), or a CSV file (UTF-8, UTF-16 or GB18030)"))->required();
  app.add_option("--map", options->map, later("the mapping: which column means what (YAML)"))->type_name(later("FILE"))->required();
  app.add_flag("--skip-refused", options->skip_refused, later("leave out the rows that are refused and write the others"));
  app.add_flag("--yes", options->yes, later("entries that are in the folder already may change"));
  return [options](const Context& context) { return answer_import(context, *options); };
}

}  // namespace

const Command import_command{.name = "import",
                             .summary = later("Take over students and marks from a table"),
                             .moment = later("After each exam"),
                             .writes = true,
                             .needs = Needs::sound_data,
                             .parts = {.grades = GradeUse::all},
                             .formats = formats,
                             .bind = bind};

}  // namespace help
