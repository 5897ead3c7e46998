// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "assets/assets.hpp"
#include "commands/command.hpp"
#include "diag/codes.hpp"
#include "diag/nearest.hpp"
#include "store/check_folder.hpp"

namespace help {
namespace {

struct CheckOptions {
  std::string explain;
  bool strict = false;
};

std::optional<std::string_view> current_schema(std::string_view name) {
  const auto found = std::ranges::find(schemas(), name, &Asset::name);
  return found == schemas().end() ? std::nullopt : std::optional(found->bytes);
}

Answer explain(const std::string& code) {
  Answer answer;
  const CodeInfo* info = find_code(code);
  if (info == nullptr) {
    std::vector<std::string_view> known;
    for (const CodeInfo& one : all_codes()) {
      known.push_back(one.code);
    }
    // People leave out the part before the stroke.
    const auto same_end = std::ranges::find_if(known, [&](std::string_view one) { return one.ends_with("/" + code); });
    const auto near = same_end != known.end() ? std::optional(*same_end) : nearest(code, known);
    answer.refusals.push_back(near ? say("There is no code '{0}'; did you mean '{1}'?", code, *near)
                                   : say("There is no code '{0}'.", code));
    return answer;
  }
  Document& document = answer.document;
  document.schema = "help.explain/1";
  document.facts.fields = {{"code", Cell(info->code)},
                           {"meaning", Cell(say(info->meaning))},
                           {"wrong", *info->wrong == '\0' ? Cell() : Cell(info->wrong)},
                           {"right", *info->right == '\0' ? Cell() : Cell(info->right)}};
  document.head.push_back(as_data(std::string(info->code)));
  document.head.push_back(say(info->meaning));
  if (*info->wrong != '\0') {
    document.head.push_back(say("wrong:  {0}", info->wrong));
  }
  if (*info->right != '\0') {
    document.head.push_back(say("right:  {0}", info->right));
  }
  return answer;
}

Answer check(const Context& context, bool strict) {
  Answer answer;
  if (context.folder == nullptr) {
    answer.refusals.push_back(context.why_no_folder);
    return answer;
  }
  answer.problems = context.problems;
  answer.problems_are_result = true;
  Diagnostics more = check_folder(*context.folder, context.data, context.today, current_schema);
  answer.problems.insert(answer.problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  sort_diagnostics(answer.problems);

  const auto errors = std::ranges::count(answer.problems, Severity::error, &Diagnostic::severity);
  const auto warnings = std::ssize(answer.problems) - errors;
  answer.findings = errors > 0 || (strict && warnings > 0);

  const Dataset& data = context.data;
  Document& document = answer.document;
  document.schema = "help.check/1";
  document.facts.fields = {{"today", Cell(context.today)}, {"errors", Cell(errors)}, {"warnings", Cell(warnings)}};
  if (errors == 0 && warnings == 0) {
    document.foot.push_back(say("No problem: {0}, {1}, {2}.", counted(std::ssize(data.students), "{0} student", "{0} students"),
                                counted(std::ssize(data.classes), "{0} class", "{0} classes"),
                                counted(std::ssize(data.exams), "{0} exam", "{0} exams")));
  } else {
    document.foot.push_back(say("{0}, {1}.", counted(errors, "{0} error", "{0} errors"), counted(warnings, "{0} warning", "{0} warnings")));
    document.foot.push_back(say("What a code means: helpctl check --explain CODE"));
  }
  return answer;
}

Action bind_check(CLI::App& app) {
  const auto options = std::make_shared<CheckOptions>();
  app.add_option("--explain", options->explain, later("Say what a code means, with an example"))->type_name(later("CODE"));
  app.add_flag("--strict", options->strict, later("Warnings count as errors for the exit status"));
  return
      [options](const Context& context) { return options->explain.empty() ? check(context, options->strict) : explain(options->explain); };
}

constexpr std::array<std::string_view, 4> check_formats{"text", "short", "json", "github"};

}  // namespace

extern const Command check_command;  // declared in list.cpp
const Command check_command{.name = "check",
                            .summary = later("Show every problem of every file"),
                            .moment = later("Data and settings"),
                            .needs = Needs::data_if_any,  // --explain needs none
                            .parts = Parts::checked(),
                            .formats = check_formats,
                            .bind = bind_check};

}  // namespace help
