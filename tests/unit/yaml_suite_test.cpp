// SPDX-License-Identifier: MIT
// Real data that was not made for this project: $HELP_TEST_DATA/yaml-test-suite and naughty-strings. Skipped where it is absent.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/canonical.hpp"
#include "support/tree_text.hpp"

namespace help::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::optional<fs::path> test_data(const char* part) {
  const char* const folder = std::getenv("HELP_TEST_DATA");
  if (folder != nullptr && fs::exists(fs::path(folder) / part)) return fs::path(folder) / part;
  MESSAGE("skipped: HELP_TEST_DATA has no ", std::string(part));
  return std::nullopt;
}

std::string contents(const fs::path& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>()};
}

// A folder of its own below the system's, gone at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "help-yaml-suite-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool same_number(const json& wanted, std::string_view text) {
  const json found = json::parse(text, nullptr, false);
  return found.is_number() && found == wanted;
}

bool same(const json& wanted, const Value& found);

bool same_members(const json& wanted, const Value& found) {
  std::size_t count = 0;
  for (Value key = found.first(); key != found.end();) {
    const Value value = key.after();
    const auto member = wanted.find(std::string(key.text()));
    if (member == wanted.end() || !same(*member, value)) return false;
    ++count;
    key = value.after();
  }
  return count == wanted.size();
}

bool same_items(const json& wanted, const Value& found) {
  std::size_t count = 0;
  for (Value item = found.first(); item != found.end(); item = item.after(), ++count) {
    if (count >= wanted.size() || !same(wanted[count], item)) return false;
  }
  return count == wanted.size();
}

bool same(const json& wanted, const Value& found) {
  if (wanted.is_object()) return found.is_mapping() && same_members(wanted, found);
  if (wanted.is_array()) return found.is_sequence() && same_items(wanted, found);
  if (wanted.is_null()) return found.is_null();
  if (wanted.is_string()) return found.is_scalar() && found.text() == wanted.get<std::string>();
  if (wanted.is_boolean()) return found.kind() == NodeKind::plain && found.text() == (wanted.get<bool>() ? "true" : "false");
  return found.kind() == NodeKind::plain && same_number(wanted, found.text());
}

struct Case {
  std::string name;
  std::string yaml;
  bool must_refuse = false;
  std::optional<std::string> json_text;
};

std::vector<Case> suite_cases(const fs::path& folder) {
  std::vector<Case> cases;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename() != "in.yaml") continue;
    const fs::path home = entry.path().parent_path();
    Case one{.name = fs::relative(home, folder / "data-form").string(), .yaml = contents(entry.path())};
    one.must_refuse = fs::exists(home / "error");
    if (fs::exists(home / "in.json")) one.json_text = contents(home / "in.json");
    cases.push_back(std::move(one));
  }
  std::ranges::sort(cases, {}, &Case::name);
  return cases;
}

std::string first_error(const Reading& reading) {
  const auto error = std::ranges::find(reading.problems, Severity::error, &Diagnostic::severity);
  return error == reading.problems.end() ? "" : std::string(error->code);
}

// Must be refused by the suite, and is accepted: a block text that holds nothing but spaces is empty, whatever their number.
constexpr std::array<std::string_view, 1> accepted_against_the_suite{"S98Z"};

TEST_CASE("the YAML test suite is read as it says, or refused in words") {
  const auto data = test_data("yaml-test-suite");
  if (!data) return;
  const Folder folder;
  const std::string command = "tar -xzf '" + (*data / "data-form.tar.gz").string() + "' -C '" + folder.path().string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  const std::vector<Case> cases = suite_cases(folder.path());
  CHECK(cases.size() == 402);
  std::size_t equal = 0;
  std::size_t refused_as_due = 0;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Reading reading = read_whole(one.yaml, true);
    CHECK(reading.text() == read_whole(one.yaml, false).text());
    const bool accepted = reading.read && !has_error(reading.problems);
    if (one.must_refuse) {
      const bool known = std::ranges::find(accepted_against_the_suite, one.name) != accepted_against_the_suite.end();
      CHECK(accepted == known);
      refused_as_due += accepted ? 0 : 1;
    } else if (!accepted) {
      // Valid YAML that the format leaves out: the problem has a name of its own.
      CHECK(first_error(reading) != "");
      CHECK(first_error(reading) != "yaml/syntax");
    } else if (one.json_text) {
      const json wanted = json::parse(*one.json_text, nullptr, false);
      CHECK((reading.tree.nodes.empty() ? one.json_text->empty() || wanted.is_null() : same(wanted, Value(reading.tree, 0))));
      ++equal;
    }
  }
  MESSAGE("yaml-test-suite: ", equal, " cases read as in.json says, ", refused_as_due, " of 94 refused that must be");
  CHECK(refused_as_due == 93);
  CHECK(equal >= 85);
}

// Control, direction, line-end and stray invisible characters. Three more strings hold joiners where they belong, and are read:
// 152 and 157 (emoji) and 511 (Telugu).
constexpr std::array<std::size_t, 16> naughty_and_refused{93, 94, 95, 96, 97, 146, 171, 172, 173, 174, 175, 176, 177, 506, 507, 508};

TEST_CASE("naughty strings in quotes are read back byte for byte, or refused by their code point") {
  const auto data = test_data("naughty-strings");
  if (!data) return;
  const json strings = json::parse(contents(*data / "blns.json"));
  REQUIRE(strings.size() == 515);
  for (std::size_t i = 0; i < strings.size(); ++i) {
    CAPTURE(i);
    const std::string text = strings[i];
    const std::string line = "- {id: a, name: " + help::double_quoted(text) + "}\n";
    const bool to_refuse = std::ranges::find(naughty_and_refused, i) != naughty_and_refused.end();
    for (const bool fast : {true, false}) {
      const Reading reading = read_whole(line, fast);
      CHECK(reading.read == !to_refuse);
      CHECK(reading.problems.empty() == !to_refuse);
      if (reading.read) CHECK(reading.tree.nodes.back().text == text);
      if (to_refuse) CHECK(reading.problems.front().message.arguments.front().data.starts_with("U+"));
    }
  }
}

}  // namespace
}  // namespace help::tests
