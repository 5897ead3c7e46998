// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kinds.hpp"
#include "store/formats.hpp"
#include "store/load.hpp"
#include "store/yaml.hpp"
#include "support/memory_files.hpp"
#include "support/schema.hpp"
#include "support/source_file.hpp"
#include "support/yaml_to_json.hpp"

namespace help::test {
namespace {

namespace filesystem = std::filesystem;

/// What the readers refuse and no JSON Schema can: the one table of differences. A row that ends in `/` stands for a family of codes.
struct BeyondSchemas {
  std::string_view code;
  std::string_view because;
};

constexpr std::array beyond_schemas{
    BeyondSchemas{"bytes/", "lexical: bytes before they are YAML"},
    BeyondSchemas{"calendar/midterm-outside-term", "calendar: two dates are compared"},
    BeyondSchemas{"calendar/term-twice", "cross-file: ids of a list are compared"},
    BeyondSchemas{"calendar/terms-overlap", "calendar: dates of two terms are compared"},
    BeyondSchemas{"calendar/year-runs-back", "calendar: years of two terms are compared"},
    BeyondSchemas{"events/basis-missing", "cross-field: a key is due for one word of another"},
    BeyondSchemas{"events/indicator-missing", "cross-field: a key is due for some words of another"},
    BeyondSchemas{"field/cut-by-comment", "lexical: comments are gone before a schema is asked"},
    BeyondSchemas{"field/ends-before-it-begins", "calendar: two dates are compared"},
    BeyondSchemas{"field/needs-quotes", "lexical: a key without quotes is text in JSON"},
    BeyondSchemas{"field/no-such-day", "calendar: a pattern does not count the days of a month"},
    BeyondSchemas{"field/not-a-mark", "lexical: a schema sees a number, not how it is written"},
    BeyondSchemas{"field/not-a-number", "lexical: a schema sees a number, not how it is written"},
    BeyondSchemas{"field/not-nfc", "lexical: a pattern knows no normal forms"},
    BeyondSchemas{"field/out-of-range", "lexical: a percentage is text to a schema"},
    BeyondSchemas{"field/reserved-id", "lexical: regular expressions here know no lookahead without case"},
    BeyondSchemas{"grades/above-full", "cross-field: a cell is compared with the full mark of its column"},
    BeyondSchemas{"grades/column-without-full", "cross-field: columns are compared with keys"},
    BeyondSchemas{"grades/outside-term", "cross-file: a date is compared with help.yaml"},
    BeyondSchemas{"grades/pass-above-full", "cross-field: two numbers are compared"},
    BeyondSchemas{"log/other-month", "cross-file: a date is compared with the name of its folder"},
    BeyondSchemas{"log/student-and-students", "cross-field: one key excludes another"},
    BeyondSchemas{"log/student-twice", "cross-field: ids of a list are compared"},
    BeyondSchemas{"log/unknown-kind", "cross-file: the policy may add kinds"},
    BeyondSchemas{"archive/goal-ends-before-it-begins", "calendar: two dates are compared"},
    BeyondSchemas{"archive/goal-twice", "cross-field: ids of a list are compared"},
    BeyondSchemas{"archive/goal-with-two-metrics", "cross-field: a key is refused beside another"},
    BeyondSchemas{"archive/goal-without-subject", "cross-field: a key is due beside another"},
    BeyondSchemas{"archive/problem-runs-back", "calendar: two dates are compared"},
    BeyondSchemas{"pairs/ends-before-it-begins", "calendar: dates of two records are compared"},
    BeyondSchemas{"pairs/own-peer", "cross-field: two ids are compared"},
    BeyondSchemas{"policy/confirm-without-pending", "cross-field: a key is refused for one word of another"},
    BeyondSchemas{"policy/id-twice", "cross-field: ids of a list are compared"},
    BeyondSchemas{"policy/keys-apart", "cross-field: a key is refused beside another"},
    BeyondSchemas{"policy/pending-without-confirm", "cross-field: a key is due for one word of another"},
    BeyondSchemas{"policy/unknown-interaction", "cross-field: a kind is looked up in a table of the program and another list"},
    BeyondSchemas{"policy/unknown-phase", "cross-field: a phase is looked up in another list"},
    BeyondSchemas{"prefs/named-twice", "cross-field: ids of a list are compared"},
    BeyondSchemas{"record/", "lexical and cross-line: lines of an append-only file are compared"},
    BeyondSchemas{"reference/", "cross-file: an id is looked up elsewhere"},
    BeyondSchemas{"roster/body-in-itself", "cross-field: parents are followed"},
    BeyondSchemas{"roster/class-teacher-here", "policy of the format: the word is a good code"},
    BeyondSchemas{"roster/id-twice", "cross-file: ids are compared, without regard to case"},
    BeyondSchemas{"roster/two-classes", "calendar: periods are compared"},
    BeyondSchemas{"table/column-twice", "cross-field: columns are compared"},
    BeyondSchemas{"table/other-name", "cross-file: an id is compared with the name of its file"},
    BeyondSchemas{"table/row-length", "cross-field: rows are compared with the columns"},
    BeyondSchemas{"yaml/", "lexical: what is left of YAML in JSON"},
};

bool stands_for(const BeyondSchemas& row, std::string_view code) {
  return row.code.ends_with('/') ? code.starts_with(row.code) : code == row.code;
}

bool is_beyond_schemas(std::string_view code) {
  return std::ranges::any_of(beyond_schemas, [&](const BeyondSchemas& row) { return stands_for(row, code); });
}

/// The place in a records folder at which the files of the corpus are read.
std::string place_of(const FileFormat& format) {
  static const std::map<std::string_view, std::string> places{{"grades", "grades/2025-11-12-midterm.yaml"},
                                                              {"counts", "counts/2025-11.yaml"},
                                                              {"lists", "lists/2025-11-20.yaml"},
                                                              {"events", "events/S1.yaml"},
                                                              {"archive", "cases/S1.yaml"},
                                                              {"archive-private", "cases/S1.private.yaml"},
                                                              {"pairs", "pairs/2025-fall.yaml"},
                                                              {"prefs", "prefs/2025-fall.yaml"},
                                                              {"log", "log/2025-11/T012.yaml"}};
  const auto found = places.find(format.name);
  return found == places.end() ? std::string(format.path) : found->second;
}

/// A sound records folder, in which nothing refers to anything.
const MemoryFiles& sound_folder() {
  static const MemoryFiles folder = [] {
    MemoryFiles files;
    const auto root = sources / "tests/corpus/folder";
    for (const auto& entry : filesystem::recursive_directory_iterator(root)) {
      if (entry.is_regular_file()) files.files()[filesystem::relative(entry.path(), root).generic_string()] = bytes_of(entry.path());
    }
    return files;
  }();
  return folder;
}

std::set<std::string> errors_in(const Diagnostics& problems) {
  std::set<std::string> codes;
  for (const auto& problem : problems) {
    if (problem.severity == Severity::error) codes.emplace(problem.code);
  }
  return codes;
}

/// The codes for which the readers refuse a file; empty: they take it.
std::set<std::string> codes_of_reader(const FileFormat& format, const std::string& bytes) {
  if (!format.path.empty()) {
    MemoryFiles files = sound_folder();
    files.files()[place_of(format)] = bytes;
    return errors_in(load(files, rule_shapes(), {}).problems);
  }
  Diagnostics problems;
  Tree tree;
  if (check_bytes("mapping.yaml", bytes, problems) && read_yaml("mapping.yaml", bytes, tree, problems)) {
    check_shape("mapping.yaml", Value(tree, 0), format.shape(rule_shapes()), problems);
  }
  return errors_in(problems);
}

struct CorpusFile {
  std::string name;
  std::string bytes;
  std::string expected;  ///< of a bad file: its code
};

std::vector<CorpusFile> corpus(const FileFormat& format, const char* verdict) {
  constexpr std::string_view mark = "# expect: ";
  std::vector<CorpusFile> files;
  for (const auto& entry : filesystem::directory_iterator(sources / "tests/corpus" / std::string(format.name) / verdict)) {
    CorpusFile file{filesystem::relative(entry.path(), sources).generic_string(), bytes_of(entry.path()), {}};
    if (file.bytes.starts_with(mark)) file.expected = file.bytes.substr(mark.size(), file.bytes.find('\n') - mark.size());
    files.push_back(std::move(file));
  }
  std::ranges::sort(files, {}, &CorpusFile::name);
  return files;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// Calls `use` for every file of the corpus with its codes and what the schema says: true, false, or not YAML at all.
template <typename Use>
void each_corpus_file(const char* verdict, Use&& use) {
  for (const auto& format : file_formats()) {
    const JsonSchema schema(bytes_of(sources / "schemas" / (std::string(format.name) + ".schema.json")));
    for (const auto& file : corpus(format, verdict)) {
      const auto json = yaml_to_json(file.bytes);
      use(file, codes_of_reader(format, file.bytes), json ? schema.complaint(*json) : std::string());
    }
  }
}

TEST_CASE("the folder around the corpus is sound") { CHECK(joined(errors_in(load(sound_folder(), rule_shapes(), {}).problems)) == ""); }

TEST_CASE("every format has at least a dozen files in the corpus, good and bad") {
  for (const auto& format : file_formats()) {
    INFO(format.name);
    CHECK(corpus(format, "good").size() >= 5);
    CHECK(corpus(format, "good").size() + corpus(format, "bad").size() >= 12);
  }
}

TEST_CASE("readers and schemas take every good file") {
  each_corpus_file("good", [](const CorpusFile& file, const std::set<std::string>& codes, const std::string& complaint) {
    INFO(file.name);
    CHECK(joined(codes) == "");
    CHECK(complaint == "");
  });
}

TEST_CASE("readers refuse every bad file for its reason alone, and so do schemas, but for what they cannot know") {
  each_corpus_file("bad", [](const CorpusFile& file, const std::set<std::string>& codes, const std::string& complaint) {
    INFO(file.name);
    CHECK(joined(codes) == file.expected);
    if (complaint.empty()) {
      INFO("the schema takes it");
      CHECK(std::ranges::all_of(codes, is_beyond_schemas));
    }
  });
}

TEST_CASE("the private part of an archive is sensitive in all its keys, and no other file has a key that is") {
  for (const auto& format : file_formats()) {
    INFO(format.name);
    const Shape shape = format.shape(rule_shapes());
    const auto is_sensitive = [](const Field& field) { return field.sensitive; };
    const bool is_private = format.name == "archive-private";
    CHECK(std::ranges::count_if(shape.fields, is_sensitive) == (is_private ? std::ssize(shape.fields) : 0));
    const std::string schema = bytes_of(sources / "schemas" / (std::string(format.name) + ".schema.json"));
    std::ptrdiff_t marks = 0;
    for (auto at = schema.find("\"x-sensitive\": true"); at != std::string::npos; at = schema.find("\"x-sensitive\": true", at + 1))
      ++marks;
    CHECK(marks == (is_private ? std::ssize(shape.fields) : 0));
  }
}

TEST_CASE("every row of the table of differences is met") {
  std::set<std::string_view> met;
  each_corpus_file("bad", [&](const CorpusFile&, const std::set<std::string>& codes, const std::string& complaint) {
    if (!complaint.empty()) return;
    for (const auto& row : beyond_schemas) {
      if (std::ranges::any_of(codes, [&](const std::string& code) { return stands_for(row, code); })) met.insert(row.code);
    }
  });
  for (const auto& row : beyond_schemas) {
    INFO(row.code, " (", row.because, ")");
    CHECK(met.contains(row.code));
  }
}

}  // namespace
}  // namespace help::test
