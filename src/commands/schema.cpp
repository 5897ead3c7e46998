// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "assets/assets.hpp"
#include "commands/command.hpp"

namespace help {
namespace {

Answer list_of_schemas() {
  Answer answer;
  Table names{
      .key = "schemas", .title = {}, .columns = {{"name", say("kind of file")}, {"file", say("file")}}, .rows = {}, .when_empty = {}};
  for (const Asset& schema : schemas()) names.rows.push_back({schema.name, "schemas/" + std::string(schema.name) + ".schema.json"});
  answer.document = {.schema = "help.schemas/1", .head = {}, .facts = {}, .tables = {std::move(names)}, .foot = {}};
  return answer;
}

Action bind_schema(CLI::App& app) {
  const auto name = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Asset& schema : schemas()) names.emplace_back(schema.name);
  app.add_option(later("NAME"), *name, later("Print this one; without a name they are listed"))->check(CLI::IsMember(names));
  return [name](const Context& context) {
    Answer answer;
    if (!name->empty() && context.format != Format::text && context.format != Format::json) {
      answer.refusals.push_back(say("a schema is JSON and has no other form"));
      return answer;
    }
    for (const Asset& schema : schemas()) {
      if (schema.name == *name) answer.raw = schema.bytes;
    }
    return name->empty() ? list_of_schemas() : answer;
  };
}

}  // namespace

extern const Command schema_command;
const Command schema_command{.name = "schema",
                             .summary = later("Print the JSON schema of a kind of file, for editors"),
                             .moment = later("Data and settings"),
                             .needs = Needs::nothing,
                             .formats = table_formats,
                             .bind = bind_schema};

}  // namespace help
