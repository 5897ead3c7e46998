// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.hpp"
#include "diag/codes.hpp"
#include "support/lent_files.hpp"
#include "support/memory_files.hpp"
#include "support/schema.hpp"
#include "support/source_file.hpp"

namespace help::test {
namespace {

namespace filesystem = std::filesystem;
using Json = nlohmann::json;

/// Outputs may gain keys, so their schemas are open; here every key must stand in the schema.
void close(Json& schema) {
  if (schema.is_object() && schema.contains("properties") && !schema.contains("additionalProperties"))
    schema["additionalProperties"] = false;
  for (auto& part : schema) {
    if (part.is_structured()) close(part);
  }
}

/// "help.identify/1" -> schemas/output/help.identify-1.schema.json
filesystem::path schema_path(std::string name) {
  name[name.find('/')] = '-';
  return sources / "schemas/output" / (name + ".schema.json");
}

/// What the schema that an output names says against it; empty: nothing.
std::string complaint_about(const std::string& output) {
  static std::map<std::string, std::unique_ptr<JsonSchema>> schemas;
  const auto json = Json::parse(output, nullptr, false);
  if (json.is_discarded() || !json.contains("schema")) return "no JSON with a schema";
  const std::string name = json["schema"];
  if (name.find('/') == std::string::npos || !filesystem::exists(schema_path(name))) return name + " has no file in schemas/output";
  auto& schema = schemas[name];
  if (!schema) {
    auto text = Json::parse(bytes_of(schema_path(name)));
    close(text);
    schema = std::make_unique<JsonSchema>(text.dump());
  }
  return schema->complaint(json);
}

/// The JSON documents in a golden file: from a line `{` to a line `}`.
std::vector<std::string> documents_in(const std::string& text) {
  std::vector<std::string> documents;
  std::string document;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string_view line(text.data() + at, end - at);
    at = end + 1;
    inside = inside || line == "{";
    if (!inside) continue;
    document += std::string(line) + "\n";
    if (line != "}") continue;
    documents.push_back(std::move(document));
    document.clear();
    inside = false;
  }
  return documents;
}

MemoryFiles example_school() {
  MemoryFiles files;
  const auto root = sources / "examples/school";
  for (const auto& entry : filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) files.files()[filesystem::relative(entry.path(), root).generic_string()] = bytes_of(entry.path());
  }
  return files;
}

/// What the program prints on stdout for a command line, in the example school.
std::string printed(MemoryFiles& school, std::vector<std::string> words) {
  std::string out;
  std::string errors;
  MemoryFiles outside;
  World world;
  words.insert(words.begin(), "helpctl");
  world.arguments = std::move(words);
  world.environment = [](const char*) { return std::string(); };
  world.out = [&](std::string_view text) {
    out += text;
    return Printed::done;
  };
  world.err = [&](std::string_view text) {
    errors += text;
    return Printed::done;
  };
  world.current_folder = "/school";
  world.today = [] { return *parse_date("2026-03-02"); };
  world.open_folder = [&](const std::string& path, bool, FileResult& result) -> std::unique_ptr<Files> {
    result = path == "/school" || path == "." ? FileResult::done : FileResult::missing;
    return result == FileResult::done ? std::make_unique<LentFiles>(school) : nullptr;
  };
  world.outside = std::make_unique<LentFiles>(outside);
  static_cast<void>(run(world));
  INFO(errors);
  CHECK(!out.empty());
  return out;
}

TEST_CASE("a view reads all that it shows") {
  MemoryFiles school = example_school();
  const std::vector<std::vector<std::string>> views{
      {"identify"},
      {"identify", "--why", "20250104"},
      {"identify", "--audience", "public"},
      {"overdue"},
      {"overdue", "--all-years"},
      {"overdue", "--why", "--student", "20250104"},
      {"overdue", "--rate"},
      {"overdue", "--tasks"},
      {"overdue", "--paste"},
      {"decide", "--open"},
      {"decide", "--open", "--staff", "T005"},
      {"decide", "--due"},
      {"decide", "--history", "20250104"},
      {"decide", "--class", "2025-1", "confirm", "--staff", "T005", "--dry-run"},
      {"assign"},
      {"assign", "--keep"},
      {"show", "20250104"},
      {"show", "20250104", "--full"},
      {"show", "20250104", "--audience", "teacher", "--staff", "T016"},
      {"show", "20250104", "--audience", "family"},
      {"show", "--class", "2025-1"},
      {"show", "--class", "2025-1", "--full", "-O", "markdown"},
      {"show", "--staff", "T005"},
      {"show", "--staff", "T016"},
      {"show", "--exam", "2026-04-22-midterm"},
      {"show", "--rule", "office"},
      {"show", "--policy"},
      {"show", "--waiting"},
      {"show", "--archives"},
      {"show", "--archives", "--full", "-O", "markdown"},
  };
  for (std::vector<std::string> words : views) {
    std::string line;
    for (const std::string& word : words) line += " " + word;
    INFO(line);
    words.insert(words.end(), {"--today", "2026-05-12"});
    if (std::ranges::find(words, "-O") == words.end()) words.insert(words.end(), {"-O", "json"});
    const std::string narrow = printed(school, words);
    words.emplace_back("--read-all");
    CHECK(narrow == printed(school, words));
  }
}

TEST_CASE("every JSON output in a golden case is what its schema says") {
  std::set<std::string> names;
  for (const auto& entry : filesystem::recursive_directory_iterator(sources / "tests/golden")) {
    if (entry.path().extension() != ".test") continue;
    for (const auto& document : documents_in(bytes_of(entry.path()))) {
      const auto json = Json::parse(document, nullptr, false);
      if (json.is_discarded() || !json.contains("schema")) continue;
      INFO(entry.path().filename().string());
      CHECK(complaint_about(document) == "");
      names.insert(json["schema"]);
    }
  }
  for (const auto& entry : filesystem::directory_iterator(sources / "schemas/output")) {
    const auto name = entry.path().filename().string();
    INFO(name, " is met in no golden case");
    CHECK(std::ranges::any_of(names, [&](const std::string& met) { return schema_path(met).filename() == name; }));
  }
}

TEST_CASE("the JSON of the example school is what its schemas say, on many days") {
  auto school = example_school();
  for (const char* today : {"2025-09-01", "2025-12-20", "2026-02-27", "2026-03-02", "2026-06-30", "2027-01-01"}) {
    for (const char* language : {"zh", "en"}) {
      INFO(today);
      CHECK(complaint_about(printed(school, {"identify", "-O", "json", "--today", today, "--lang", language})) == "");
      CHECK(complaint_about(printed(school, {"check", "-O", "json", "--today", today, "--lang", language})) == "");
    }
  }
}

TEST_CASE("the reasons for every student of the example school are what their schema says") {
  auto school = example_school();
  const auto listed = Json::parse(printed(school, {"identify", "-O", "json"}));
  for (const auto& item : listed["items"]) {
    const std::string student = item["student"];
    INFO(student);
    CHECK(complaint_about(printed(school, {"identify", "--why", student, "-O", "json"})) == "");
  }
}

TEST_CASE("what is public names no student, in any form, on any day") {
  auto school = example_school();
  std::vector<std::string> words;
  const std::string& roster = school.files()["roster/students.yaml"];
  for (std::size_t at = roster.find("{id: \""); at != std::string::npos; at = roster.find("{id: \"", at + 1)) {
    words.push_back(roster.substr(at + 6, roster.find('"', at + 6) - at - 6));
    const auto name = roster.find("name: ", at) + 6;
    words.push_back(roster.substr(name, roster.find_first_of(",}", name) - name));
  }
  REQUIRE(words.size() > 800);
  for (const char* today : {"2025-12-20", "2026-02-27", "2026-03-02", "2026-06-30"}) {
    for (const char* form : {"text", "json", "csv", "markdown"}) {
      const auto text = printed(school, {"identify", "--audience", "public", "-O", form, "--today", today, "--lang", "en"});
      if (form == std::string_view("json")) CHECK(complaint_about(text) == "");
      for (const auto& word : words) CHECK_MESSAGE(text.find(word) == std::string::npos, word, " stands in what is public");
    }
  }
}

TEST_CASE("every code is explained in JSON as its schema says") {
  auto school = example_school();
  for (const auto& info : all_codes()) {
    INFO(info.code);
    CHECK(complaint_about(printed(school, {"check", "--explain", std::string(info.code), "-O", "json"})) == "");
  }
}

TEST_CASE("a schema of outputs refuses what is not as it says") {
  CHECK(complaint_about(R"({"schema": "help.schemas/1", "schemas": []})") == "");
  CHECK(complaint_about(R"({"schema": "help.schemas/1"})") != "");
  CHECK(complaint_about(R"({"schema": "help.schemas/1", "schemas": [], "more": 1})") != "");
  CHECK(complaint_about(R"({"schema": "help.schemas/1", "schemas": [{"name": "a"}]})") != "");
  CHECK(complaint_about(R"({"schema": "help.unheard/1"})") != "");
}

}  // namespace
}  // namespace help::test
