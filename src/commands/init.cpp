// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "assets/assets.hpp"
#include "commands/command.hpp"
#include "diag/nearest.hpp"
#include "model/date.hpp"

namespace help {
namespace {

struct InitOptions {
  std::string folder = ".";
  std::string policy = "start";
  bool example = false;
  bool update_schemas = false;
};

// Lines that git may merge by keeping both sides; everything else merges by git's own rules.
constexpr std::string_view git_attributes =
    "# One record is one line in these folders, so that git may keep the lines of both sides.\n"
    "*.yaml text eol=lf\n"
    "log/**/*.yaml text eol=lf merge=union\n"
    "pairs/*.yaml text eol=lf merge=union\n"
    "prefs/*.yaml text eol=lf merge=union\n"
    "lists/*.yaml text eol=lf merge=union\n"
    "events/*.yaml text eol=lf merge=union\n";

// What is made from the records, or brought in, does not belong into their history.
constexpr std::string_view git_ignore = ".help.lock\n.*.tmp-*\n*.csv\n*.xlsx\n*.html\n*.ics\nreports/\n";

constexpr std::array<std::string_view, 5> roster_files{"students", "staff", "classes", "teaching", "bodies"};

/// The school year that a day lies in: schools begin in autumn, but plan the year in August.
int school_year_of(Date today) {
  const std::chrono::year_month_day day{today};
  return static_cast<int>(day.year()) - (day.month() < std::chrono::August ? 1 : 0);
}

std::string help_yaml(Date today, std::string_view language) {
  const int year = school_year_of(today);
  const bool chinese = language == "zh";
  const std::string_view name = chinese ? "我的学校" : "My school";
  const std::string_view note = chinese ? "# 请改成本校的校名和校历。说明见 schemas/help.schema.json。"
                                        : "# Put in your school's name and calendar; schemas/help.schema.json explains every key.";
  const auto term_name = [&](int half) {
    return chinese ? fmt::format("{}学年第{}学期", year, half == 1 ? "一" : "二")
                   : fmt::format("{} {}", half == 1 ? "Autumn" : "Spring", year + half - 1);
  };
  return fmt::format(
      "# yaml-language-server: $schema=schemas/help.schema.json\n"
      "{}\n"
      "school: {{name: {}}}\n"
      "language: {}\n"
      "policy: policy.yaml\n"
      "terms:\n"
      "  - {{id: {}-fall, name: {}, year: {}, from: {}-09-01, until: {}-01-20}}\n"
      "  - {{id: {}-spring, name: {}, year: {}, from: {}-02-25, until: {}-07-05}}\n"
      "breaks:\n"
      "  - {{name: {}, from: {}-10-01, until: {}-10-07}}\n",
      note, name, language, year, term_name(1), year, year, year + 1, year + 1, term_name(2), year, year + 1, year + 1,
      chinese ? "国庆节" : "National day", year, year);
}

std::string_view asset(std::span<const Asset> assets, std::string_view name) {
  const auto found = std::ranges::find(assets, name, &Asset::name);
  return found == assets.end() ? std::string_view() : found->bytes;
}

/// The schemas that `folder` lacks or has in another form; null: all of them.
void add_schemas(Answer& answer, const Files* folder) {
  for (const Asset& schema : schemas()) {
    if (schema.name.starts_with("help.")) {
      continue;  // of the program's output, not of a file that people edit
    }
    const std::string path = "schemas/" + std::string(schema.name) + ".schema.json";
    std::string present;
    const bool there = folder != nullptr && folder->read(path, present, max_file_bytes) == FileResult::done;
    if (!there || present != schema.bytes) {
      answer.changes.push_back({.path = path, .bytes = std::string(schema.bytes), .is_new = !there});
    }
  }
}

void add_file(Answer& answer, std::string path, std::string_view bytes) {
  answer.changes.push_back({.path = std::move(path), .bytes = std::string(bytes), .is_new = true});
}

/// For programs; people are told by the shell what was written.
void list_files(const Context& context, Answer& answer) {
  if (context.format != Format::json) {
    return;
  }
  Table files{.key = "files", .columns = {{.key = "file"}, {.key = "new"}}};
  for (const FileChange& change : answer.changes) {
    files.rows.push_back({change.path, change.is_new});
  }
  answer.document.tables.push_back(std::move(files));
}

Answer update_schemas(const Context& context) {
  Answer answer;
  answer.document.schema = "help.init/1";
  answer.document.facts.fields = {{"folder", Cell()}};
  if (context.folder == nullptr) {
    answer.document = {};
    answer.refusals.push_back(context.why_no_folder);
    return answer;
  }
  add_schemas(answer, context.folder);
  list_files(context, answer);
  answer.document.head.push_back(answer.changes.empty() ? say("The schemas are those of this program.")
                                                        : counted(static_cast<std::int64_t>(answer.changes.size()),
                                                                  "{0} schema is written anew.", "{0} schemas are written anew."));
  return answer;
}

Answer make_folder(const Context& context, const InitOptions& options) {
  Answer answer;
  answer.new_folder = options.folder;
  const std::string path = options.folder + "/help.yaml";
  if (context.outside != nullptr) {
    std::string present;
    if (context.outside->read(path, present, max_file_bytes) != FileResult::missing) {
      answer.refusals.push_back(say("{0} is there already: nothing was written.", path));
      answer.protects_records = true;
      return answer;
    }
  }
  if (options.example) {
    for (const Asset& file : example_school()) {
      add_file(answer, std::string(file.name), file.bytes);
    }
  } else {
    const std::string_view policy = asset(policies(), options.policy);
    if (policy.empty()) {
      std::vector<std::string_view> known;
      for (const Asset& one : policies()) {
        known.push_back(one.name);
      }
      const auto near = nearest(options.policy, known);
      std::string names;
      for (const std::string_view name : known) {
        names += (names.empty() ? "" : ", ") + std::string(name);
      }
      answer.refusals.push_back(near ? say("There is no policy '{0}'; did you mean '{1}'?", options.policy, *near)
                                     : say("There is no policy '{0}'.", options.policy));
      answer.refusals.push_back(say("policies: {0}", names));
      return answer;
    }
    add_file(answer, "help.yaml", help_yaml(context.today, context.language));
    add_file(answer, "policy.yaml", policy);
    for (const std::string_view name : roster_files) {
      add_file(answer, fmt::format("roster/{}.yaml", name),
               fmt::format("# yaml-language-server: $schema=../schemas/{}.schema.json\n", name));
    }
  }
  add_file(answer, ".gitattributes", git_attributes);
  add_file(answer, ".gitignore", git_ignore);
  add_schemas(answer, nullptr);
  answer.document.schema = "help.init/1";
  answer.document.facts.fields = {{"folder", Cell(options.folder)}};
  list_files(context, answer);
  answer.document.head.push_back(options.example ? say("The invented example school is in {0}.", options.folder)
                                                 : say("A records folder is in {0}.", options.folder));
  answer.after_writing = {say("Next:"), say("  cd {0}", options.folder), say("  git init && git add . && git commit -m \"records folder\""),
                          say("  helpctl check")};
  return answer;
}

Action bind_init(CLI::App& app) {
  const auto options = std::make_shared<InitOptions>();
  app.add_option("DIR", options->folder, later("The new folder; this one if not given"));
  app.add_flag("--example", options->example, later("A whole invented school instead of an empty folder"));
  app.add_option("--policy", options->policy, later("Which example policy to begin with"))->type_name(later("NAME"));
  app.add_flag("--update-schemas", options->update_schemas,
               later("Only write the schemas of this program into the present records folder"));
  return [options](const Context& context) { return options->update_schemas ? update_schemas(context) : make_folder(context, *options); };
}

constexpr std::array<std::string_view, 2> init_formats{"text", "json"};

}  // namespace

extern const Command init_command;  // declared in list.cpp
const Command init_command{.name = "init",
                           .summary = later("Make a records folder, ready for git"),
                           .moment = later("Data and settings"),
                           .writes = true,
                           .needs = Needs::data_if_any,  // --update-schemas needs one
                           .formats = init_formats,
                           .bind = bind_init};

}  // namespace help
