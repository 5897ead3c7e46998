// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "cli/overlay.hpp"
#include "cli/writing.hpp"
#include "support/lent_files.hpp"
#include "support/memory_files.hpp"

using namespace help;
using namespace std::literals;

namespace {

std::function<Answer(const Context&)> act;  // what the commands below do in the running test
int grade = 0;

Action bind(CLI::App& app) {
  grade = -1;
  app.add_option("--grade", grade, "")->check(CLI::Range(0, 13));
  const auto all = app.add_flag("--all");
  app.add_flag("--some")->excludes(all);
  app.add_flag("--part")->needs(all);
  return [](const Context& context) { return act(context); };
}

constexpr std::array<std::string_view, 3> formats{"text", "json", "csv"};
const Command free_command{.name = "free", .summary = "s", .moment = "m", .needs = Needs::nothing, .formats = formats, .bind = bind};
const Command look_command{.name = "look", .summary = "s", .moment = "m", .needs = Needs::data, .formats = formats, .bind = bind};
const Command sound_command{.name = "sound",
                            .summary = "s",
                            .moment = "m",
                            .writes = true,
                            .needs = Needs::sound_data,
                            .parts = Parts::all(),
                            .formats = formats,
                            .bind = bind};
const Command make_command{.name = "init", .summary = "s", .moment = "m", .writes = true, .needs = Needs::nothing, .bind = bind};
const std::array<const Command*, 4> commands{&free_command, &look_command, &sound_command, &make_command};

const std::string policy = "policy: {id: p, name: 办法, label: 需要帮助的学生}\nidentify: []\n";
const std::string smallest_help_yaml =
    "school: {name: 学校}\nlanguage: en\npolicy: policy.yaml\n"
    "terms:\n  - {id: 2025-fall, name: 第一学期, year: 2025, from: 2025-09-01, until: 2026-01-23}\n";

/// One call of the program in a world of its own.
struct Call {
  std::map<std::string, MemoryFiles> folders;
  MemoryFiles outside;
  std::map<std::string, std::string> environment;
  std::string out;
  std::string err;
  Printed out_result = Printed::done;
  std::function<void()> while_opening;
  int status = -1;

  Call() { folders["/school"] = MemoryFiles({{"help.yaml", smallest_help_yaml}, {"policy.yaml", policy}}); }

  MemoryFiles& school() { return folders.at("/school"); }

  Call& run(std::vector<std::string> words, std::string current = "/school") {
    World world;
    world.arguments = {"/usr/bin/help"};
    world.arguments.insert(world.arguments.end(), words.begin(), words.end());
    world.environment = [this](const char* name) { return environment.contains(name) ? environment.at(name) : std::string(); };
    world.out = [this](std::string_view text) {
      out += text;
      return out_result;
    };
    world.err = [this](std::string_view text) {
      err += text;
      return Printed::done;
    };
    world.current_folder = std::move(current);
    world.today = [] { return *parse_date("2026-03-02"); };
    world.open_folder = [this](const std::string& path, bool make, FileResult& result) -> std::unique_ptr<Files> {
      if (make) folders.try_emplace(path);
      result = folders.contains(path) ? FileResult::done : FileResult::missing;
      return folders.contains(path) ? std::make_unique<LentFiles>(folders.at(path)) : nullptr;
    };
    world.outside = std::make_unique<LentFiles>(outside);
    status = help::run(world, commands);
    return *this;
  }
};

Answer table_answer() {
  Answer answer;
  answer.document.schema = "help.x/1";
  answer.document.tables.push_back({.key = "items", .title = {}, .columns = {{"a", as_data("A")}}, .rows = {{"=1"}}, .when_empty = {}});
  return answer;
}

Answer write_answer(std::string path, std::string bytes, bool is_new = false) {
  Answer answer;
  answer.document.head.push_back(as_data("result"));
  answer.changes.push_back({std::move(path), std::move(bytes), is_new});
  answer.after_writing.push_back(as_data("git add"));
  return answer;
}

}  // namespace

TEST_CASE("the status is 0, or 1 for findings, or 2 for a refusal or an error of the command") {
  Call call;
  act = [](const Context&) { return table_answer(); };
  CHECK(call.run({"free"}).status == 0);
  CHECK(call.err.empty());
  act = [](const Context&) {
    Answer answer = table_answer();
    answer.findings = true;
    return answer;
  };
  CHECK(call.run({"free"}).status == 1);
  act = [](const Context&) {
    Answer answer = table_answer();
    answer.refusals.push_back(as_data("no\x1b"));
    return answer;
  };
  call.out.clear();
  CHECK(call.run({"free"}).status == 2);
  CHECK(call.err == "help: no\\x1b\n");
  CHECK(call.out == "A\n--\n=1\n");  // what the refusal rests on
  act = [](const Context&) {
    Answer answer = write_answer("grades/x.yaml", "");
    answer.problems.push_back({.code = "x/y", .where = {"roster.csv", 3, 0}, .message = as_data("wrong")});
    return answer;
  };
  call.err.clear();
  CHECK(call.run({"sound"}).status == 2);
  CHECK(call.err == "roster.csv:3: error: wrong [x/y]\n");
  CHECK(call.school().written().empty());
}

TEST_CASE("the form of the result follows -O, else the ending of -o") {
  act = [](const Context&) { return table_answer(); };
  CHECK(Call().run({"free", "-O", "csv"}).out == "a\r\n'=1\r\n");
  Call call;
  CHECK(call.run({"free", "-o", "x.csv"}).status == 0);
  CHECK(call.out.empty());
  CHECK(call.outside.files().at("x.csv") ==
        "\xef\xbb\xbf"
        "a\r\n'=1\r\n");
  CHECK(call.run({"free", "-o", "x.csv", "-O", "json"}).status == 0);
  CHECK(call.outside.files().at("x.csv").starts_with("{"));
  CHECK(call.run({"free", "-o", "x.yaml"}).status == 2);
  call.outside.fail(1, FileResult::full);
  CHECK(call.run({"free", "-o", "x.csv"}).status == 2);
  call.outside.fail(1, FileResult::unconfirmed);
  CHECK(call.run({"free", "-o", "x.csv"}).status == 4);
}

TEST_CASE("a command gets the day, the language, the form and only the folders that it asked for") {
  act = [](const Context& context) {
    CHECK(to_string(context.today) == "2026-01-05");
    CHECK(context.language == "zh");
    CHECK(context.format == Format::json);
    CHECK(context.folder == nullptr);
    CHECK(context.outside != nullptr);
    return table_answer();
  };
  CHECK(Call().run({"--today", "2026-01-05", "free", "--lang=zh", "-Ojson"}).status == 0);
  act = [](const Context& context) {
    CHECK(to_string(context.today) == "2026-03-02");
    CHECK(context.language == "en");
    CHECK(context.folder != nullptr);
    CHECK(context.data.calendar.terms.size() == 1);
    return table_answer();
  };
  CHECK(Call().run({"look"}).status == 0);
  CHECK(Call().run({"look"}, "/school/roster/deep").status == 0);
}

TEST_CASE("a folder that is named must be a records folder itself") {
  act = [](const Context&) { return table_answer(); };
  Call call;
  call.folders["/school/sub"];
  call.environment["HELP_LANG"] = "en";
  CHECK(call.run({"-C", "/school/sub", "look"}).status == 2);
  CHECK(call.err == "help: '/school/sub' is no records folder: it has no help.yaml\n  'help init' makes one\n");
  CHECK(call.run({"look", "-C/school"}, "/").status == 0);
  CHECK(call.run({"look"}, "/").status == 2);
  CHECK(call.run({"look"}, "/school/sub").status == 0);
  call.environment["HELP_DIR"] = "/school";
  CHECK(call.run({"look"}, "/").status == 0);
  CHECK(call.run({"-C", "/nowhere", "look"}, "/").status == 2);
}

TEST_CASE("records with an error stop a command that needs sound ones, not one that looks at problems") {
  int calls = 0;
  act = [&](const Context&) {
    ++calls;
    return table_answer();
  };
  Call call;
  call.school().files()["help.yaml"] += "no-such-key: 1\n";
  CHECK(call.run({"sound"}).status == 2);
  CHECK(call.err.find("help.yaml:6") != std::string::npos);
  CHECK(call.err.find("'sound' was not run") != std::string::npos);
  CHECK(calls == 0);
  CHECK(call.run({"look"}).status == 0);
  CHECK(calls == 1);
}

TEST_CASE("many errors are counted, the first are shown") {
  act = [](const Context&) { return table_answer(); };
  Call call;
  std::string keys;
  for (int i = 0; i < 30; ++i) keys += "no-such-key-" + std::to_string(i) + ": 1\n";
  call.school().files()["help.yaml"] += keys;
  CHECK(call.run({"sound"}).status == 2);
  CHECK(call.err.find("30 errors") != std::string::npos);
  CHECK(call.err.find("no-such-key-19") != std::string::npos);
  CHECK(call.err.find("no-such-key-20") == std::string::npos);
}

TEST_CASE("changes are written after the result is shown, and the files are named") {
  act = [](const Context&) { return write_answer("counts.txt", "x"); };
  Call call;
  CHECK(call.run({"sound"}).status == 0);
  CHECK(call.school().files().at("counts.txt") == "x");
  CHECK(call.out == "result\n1 file was written:\n  counts.txt\ngit add\n");
  Call json;
  CHECK(json.run({"sound", "-O", "json"}).status == 0);
  CHECK(json.out.ends_with("}\n"));
  CHECK(json.err.find("git add") != std::string::npos);
}

TEST_CASE("a dry run shows the same and writes nothing") {
  act = [](const Context&) { return write_answer("counts.txt", "x"); };
  Call call;
  CHECK(call.run({"sound", "--dry-run"}).status == 0);
  CHECK(call.school().written().empty());
  CHECK(call.out == "result\n1 file would be written; nothing was (--dry-run):\n  counts.txt\n");
  CHECK(call.run({"look", "--dry-run"}).status == 2);
}

TEST_CASE("under the lock the answer is given anew from the records as they are then") {
  Call call;
  int calls = 0;
  act = [&](const Context& context) {
    std::string seen;
    (void)context.folder->read("log.txt", seen, 1000);
    // Another writer adds a line between the first look and the lock.
    if (++calls == 1) call.school().files()["log.txt"] = "theirs\n";
    return write_answer("log.txt", seen + "ours\n");
  };
  CHECK(call.run({"sound"}).status == 0);
  CHECK(calls == 2);
  CHECK(call.school().files().at("log.txt") == "theirs\nours\n");
}

TEST_CASE("a folder that another process writes to is left alone, and the process is named") {
  act = [](const Context&) { return write_answer("a.txt", "x"); };
  Call call;
  call.school().be_locked_by("4711");
  CHECK(call.run({"sound"}).status == 3);
  CHECK(call.err.find("process 4711") != std::string::npos);
  CHECK(call.school().written().empty());
  CHECK(call.out.empty());
}

TEST_CASE("a change that would break the records is refused, with its errors") {
  act = [](const Context&) { return write_answer("roster/students.yaml", "- {id: \"1\", name: 张三, colour: red}\n"); };
  for (const char* option : {"--dry-run", "--today=2026-03-02"}) {
    Call call;
    CHECK(call.run({"sound", option}).status == 3);
    CHECK(call.school().written().empty());
    CHECK(call.err.find("roster/students.yaml:1") != std::string::npos);
    CHECK(call.err.find("nothing was written") != std::string::npos);
    CHECK(call.out.empty());
  }
}

TEST_CASE("only errors that are new count against a change") {
  MemoryFiles files({{"help.yaml", smallest_help_yaml + "no-such-key: 1\n"}, {"policy.yaml", policy}});
  Dataset data;
  CHECK(new_errors(&files, std::array{FileChange{"help.yaml", "# a comment moves the lines\n" + smallest_help_yaml + "no-such-key: 1\n"}},
                   {}, data)
            .empty());
  CHECK(new_errors(&files, std::array{FileChange{"help.yaml", smallest_help_yaml + "no-such-key: 1\nother-key: 1\n"}}, {}, data).size() ==
        1);
  CHECK(new_errors(nullptr, std::array{FileChange{"help.yaml", smallest_help_yaml}, FileChange{"policy.yaml", policy}}, {}, data).empty());
  CHECK(new_errors(nullptr, std::array{FileChange{"help.yaml", smallest_help_yaml}}, {}, data).size() == 1);
  CHECK(new_errors(nullptr, std::array{FileChange{"notes.txt", "x"}}, {}, data).empty());
}

TEST_CASE("a file that should be new is never replaced") {
  act = [](const Context&) { return write_answer("policy.yaml", policy, true); };
  Call call;
  CHECK(call.run({"sound"}).status == 3);
  CHECK(call.err.find("policy.yaml is there already") != std::string::npos);
  CHECK(call.school().written().empty());
}

TEST_CASE("a write that fails says which files were written before it") {
  act = [](const Context&) {
    Answer answer = write_answer("a.txt", "a");
    answer.changes.push_back({"b.txt", "b", false});
    return answer;
  };
  const auto fail_writing_b = [](FileResult result) {
    // Reads and writes are counted together: find the call that writes b.
    for (int nth = 1; nth < 200; ++nth) {
      Call call;
      call.school().fail(nth, result);
      call.run({"sound"});
      if (call.school().files().contains("a.txt") && !call.school().files().contains("b.txt")) return call;
    }
    FAIL("b.txt was never refused");
    return Call();
  };
  const Call call = fail_writing_b(FileResult::full);
  CHECK(call.status == 3);
  CHECK(call.err == "help: b.txt was not written: there is no space left; its old contents are whole\nhelp: written before that: a.txt\n");
}

TEST_CASE("no failing call to the disk is ever reported as success, and none leaves half of the changes unsaid") {
  act = [](const Context&) { return write_answer("a.txt", "a"); };
  for (const FileResult result :
       {FileResult::full, FileResult::denied, FileResult::failed, FileResult::not_regular, FileResult::unconfirmed}) {
    for (int nth = 1; nth < 60; ++nth) {
      CAPTURE(nth);
      Call call;
      call.school().fail(nth, result);
      call.run({"sound"});
      const bool written = call.school().files().contains("a.txt");
      if (!written) CHECK(call.status >= 2);
      if (call.status == 3) CHECK(!written);
      if (call.status == 4) CHECK(written);
    }
  }
}

TEST_CASE("written but not confirmed is a status of its own") {
  act = [](const Context&) { return write_answer("a.txt", "a"); };
  int seen = 0;
  for (int nth = 1; nth < 60; ++nth) {
    Call call;
    call.school().fail(nth, FileResult::unconfirmed);
    seen += call.run({"sound"}).status == 4 ? 1 : 0;
  }
  CHECK(seen == 1);
}

TEST_CASE("if the result cannot be shown nothing is written; if nobody reads it, the work is done") {
  act = [](const Context&) { return write_answer("a.txt", "a"); };
  Call full;
  full.out_result = Printed::failed;
  CHECK(full.run({"sound"}).status == 2);
  CHECK(full.school().written().empty());
  CHECK(full.err.find("could not be written") != std::string::npos);
  Call closed;
  closed.out_result = Printed::closed;
  CHECK(closed.run({"sound"}).status == 0);
  CHECK(closed.err.empty());
  CHECK(closed.school().written() == std::vector{"a.txt"s});
}

TEST_CASE("a new folder is made only once its records are found sound, and not in a dry run") {
  act = [](const Context&) {
    Answer answer = write_answer("help.yaml", smallest_help_yaml, true);
    answer.changes.push_back({"policy.yaml", policy, true});
    answer.new_folder = "/new";
    return answer;
  };
  Call call;
  CHECK(call.run({"init", "--dry-run"}).status == 0);
  CHECK(!call.folders.contains("/new"));
  CHECK(call.run({"init"}).status == 0);
  CHECK(call.folders.at("/new").files().at("policy.yaml") == policy);
  CHECK(call.run({"init"}).status == 3);
  act = [](const Context&) {
    Answer answer = write_answer("help.yaml", "school: {}\n", true);
    answer.new_folder = "/broken";
    return answer;
  };
  CHECK(call.run({"init"}).status == 3);
  CHECK(!call.folders.contains("/broken"));
}

TEST_CASE("problems that were asked for stand on stdout in the form that was asked for") {
  act = [](const Context&) {
    Answer answer;
    answer.problems.push_back({.code = "x/y", .where = {"a.yaml", 3, 2}, .message = as_data("wrong")});
    answer.problems_are_result = true;
    answer.findings = true;
    answer.document.schema = "help.check/1";
    answer.document.foot.push_back(as_data("1 error"));
    return answer;
  };
  Call call;
  CHECK(call.run({"look"}).status == 1);
  CHECK(call.out == "a.yaml:3:2: error: wrong [x/y]\n\n1 error\n");
  CHECK(call.err.empty());
  CHECK(Call().run({"look", "-O", "json"}).out.find("\"problems\": [") != std::string::npos);
}

TEST_CASE("values, conflicts and needs of a command's own options are explained") {
  act = [](const Context&) { return table_answer(); };
  const auto said = [](std::vector<std::string> words) {
    Call call;
    call.environment["HELP_LANG"] = "en";
    CHECK(call.run(std::move(words)).status == 2);
    return call.err.substr(0, call.err.find('\n'));
  };
  CHECK(said({"free", "--grade", "eleven"}) == "help: --grade: expected a whole number (0-13), not 'eleven'");
  CHECK(said({"free", "--grade", "14"}) == "help: --grade: expected a whole number (0-13), not '14'");
  CHECK(said({"free", "--all", "--some"}) == "help: --all and --some cannot stand together");
  CHECK(said({"free", "--part"}) == "help: --part needs --all too");
  CHECK(said({"free", "--grad", "3"}) == "help: there is no option '--grad'");
  CHECK(Call().run({"free", "--grade", "7"}).status == 0);
  CHECK(grade == 7);
}

TEST_CASE("colour: --color, then NO_COLOR; a pipe has none") {
  act = [](const Context&) {
    Answer answer = table_answer();
    answer.document.tables[0].title = as_data("T");
    return answer;
  };
  CHECK(Call().run({"free"}).out.find('\x1b') == std::string::npos);
  CHECK(Call().run({"free", "--color", "always"}).out.find('\x1b') != std::string::npos);
  Call call;
  call.environment["NO_COLOR"] = "1";
  CHECK(call.run({"free", "--color=always"}).out.find('\x1b') != std::string::npos);
}

TEST_CASE("an overlay shows a folder as it would be") {
  MemoryFiles base({{"a/1", "one"}, {"a/2", "two"}});
  Overlay overlay(&base);
  CHECK(overlay.replace("a/2", "zwei") == FileResult::done);
  CHECK(overlay.replace("b/3", "three") == FileResult::done);
  std::string bytes;
  CHECK(overlay.read("a/2", bytes, 4) == FileResult::done);
  CHECK(bytes == "zwei");
  CHECK(overlay.read("a/2", bytes, 3) == FileResult::too_large);
  CHECK(overlay.read("a/1", bytes, 9) == FileResult::done);
  CHECK(overlay.list("a") == std::vector{"1"s, "2"s});
  CHECK(overlay.list("b") == std::vector{"3"s});
  CHECK(base.files().at("a/2") == "two");
}
