// SPDX-License-Identifier: MIT
#include "support/golden.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/disk.hpp"
#include "cli/overlay.hpp"
#include "cli/run.hpp"
#include "support/lent_files.hpp"
#include "support/memory_files.hpp"
#include "support/workbook.hpp"

namespace help {
namespace {

namespace fs = std::filesystem;
using Contents = std::map<std::string, std::string, std::less<>>;

std::string visible(std::string text) {
  const auto replace_all = [&](std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  };
  replace_all("\r", "␍");
  replace_all("\x1b", "␛");
  replace_all("\xef\xbb\xbf", "<BOM>");
  if (!text.empty() && !text.ends_with('\n')) text += "\n(no line end)\n";
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins_something(std::string_view line) {
  constexpr std::array<std::string_view, 11> beginnings{
      "$ ", "# ", "data:", "file:", "bytes:", "stdin:", "fails:", "outside:", "outside-bytes:", "outside-workbook:", "example-policy:"};
  return std::ranges::any_of(beginnings, [line](std::string_view one) { return line.starts_with(one); });
}

/// Text with the escapes of `bytes:`; `at` moves to the end, or to the bracket that closes a repetition.
std::string unescaped(std::string_view text, std::size_t& at, bool repeated) {
  std::string bytes;
  while (at < text.size() && !(repeated && text[at] == ')')) {
    const char letter = text[at++];
    if (letter != '\\' || at >= text.size()) {
      bytes += letter;
      continue;
    }
    const char sign = text[at++];
    if (sign == 'x') {
      bytes += static_cast<char>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16));
      at += 2;
    } else if (sign == '(') {
      const std::size_t space = text.find(' ', at);
      const int times = std::stoi(std::string(text.substr(at, space - at)));
      at = space + 1;
      const std::string once = unescaped(text, at, true);
      ++at;
      for (int i = 0; i < times; ++i) bytes += once;
    } else if (sign != '\n') {  // a line that goes on
      bytes += sign;
    }
  }
  return bytes;
}

std::string unescaped(std::string_view text) {
  std::size_t at = 0;
  return unescaped(text, at, false);
}

FileResult result_of(std::string_view word) {
  if (word == "denied") return FileResult::denied;
  if (word == "not-regular") return FileResult::not_regular;
  return word == "outside" ? FileResult::outside : FileResult::failed;
}

std::string after_colon(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(' ', line.find(':') + 1);
  return begin == std::string::npos ? std::string() : line.substr(begin);
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char letter = line[i];
    if (letter == '\\' && quote != '\'' && i + 1 < line.size()) {
      word += line[++i];
      in_word = true;
    } else if (quote != '\0') {
      if (letter == quote) {
        quote = '\0';
      } else {
        word += letter;
      }
    } else if (letter == '\'' || letter == '"') {
      quote = letter;
      in_word = true;
    } else if (letter == ' ') {
      if (in_word) words.push_back(std::exchange(word, {}));
      in_word = false;
    } else {
      word += letter;
      in_word = true;
    }
  }
  if (in_word) words.push_back(word);
  for (std::string& each : words) {
    for (std::size_t at = each.find("␛"); at != std::string::npos; at = each.find("␛"))
      each.replace(at, std::string_view("␛").size(), "\x1b");
  }
  return words;
}

/// What a case gave, in the form of the file.
struct Actual {
  std::string out;
  std::string err;
  int status = 0;

  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> all;
    const std::vector<std::string> printed = lines_of(visible(out));
    for (std::size_t i = 0; i < printed.size(); ++i) {
      const std::string& line = printed[i];
      const bool ambiguous = begins_something(line) || line.starts_with("1> ") || line.starts_with("2> ") || line.starts_with('?');
      const bool empty_at_end = line.empty() && std::all_of(printed.begin() + static_cast<std::ptrdiff_t>(i), printed.end(),
                                                            [](const auto& rest) { return rest.empty(); });
      all.push_back(ambiguous || empty_at_end ? "1> " + line : line);
    }
    for (const std::string& line : lines_of(visible(err))) all.push_back("2> " + line);
    if (status != 0) all.push_back("?" + std::to_string(status));
    return all;
  }
};

/// The nth of a fixed row of numbers that look random (splitmix64).
std::uint64_t make_random(std::uint64_t n) {
  std::uint64_t bits = n * 0x9E3779B97F4A7C15U;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return bits ^ (bits >> 31U);
}

class Runner {
 public:
  Runner(std::string_view text, std::string repository) : lines_(lines_of(text)), repository_(std::move(repository)), outside_(nullptr) {
    FileResult result = FileResult::failed;
    disk_ = open_folder(repository_, {}, result);
    outside_ = Overlay(disk_.get());
  }

  GoldenResult run();

 private:
  void use_data(const std::string& path);
  std::string indented_lines();
  Actual run_case(const std::string& line);
  Actual run_help(std::vector<std::string> words, const Contents& environment);
  Actual cat(const std::string& path);
  [[nodiscard]] std::unique_ptr<Files> open(const std::string& path, bool make, FileResult& result);

  std::vector<std::string> lines_;
  std::size_t at_ = 0;
  std::string repository_;
  std::unique_ptr<Files> disk_;
  Overlay outside_;
  std::map<std::string, MemoryFiles> folders_;
  std::vector<std::string> input_;  ///< of the next case
  std::uint64_t ids_made_ = 0;
};

constexpr const char* here = "/records";

void Runner::use_data(const std::string& path) {
  folders_.clear();
  Contents contents;
  if (path != "none") {
    const fs::path root = fs::path(repository_) / path;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      contents[entry.path().lexically_relative(root).generic_string()] = bytes.str();
    }
  }
  folders_.emplace(here, MemoryFiles(std::move(contents)));
}

std::string Runner::indented_lines() {
  std::string text;
  while (at_ < lines_.size() && lines_[at_].starts_with("  ")) text += lines_[at_++].substr(2) + "\n";
  return text;
}

std::unique_ptr<Files> Runner::open(const std::string& path, bool make, FileResult& result) {
  std::string whole = path.starts_with('/') ? path : path == "." ? here : std::string(here) + "/" + path;
  while (whole.size() > 1 && whole.ends_with('/')) whole.pop_back();
  auto found = folders_.find(whole);
  if (found == folders_.end() && make) found = folders_.emplace(whole, MemoryFiles()).first;
  result = found == folders_.end() ? FileResult::missing : FileResult::done;
  return found == folders_.end() ? nullptr : std::make_unique<LentFiles>(found->second);
}

Actual Runner::cat(const std::string& path) {
  const std::string whole = std::string(here) + "/" + path;
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
    if (!whole.starts_with(folder->first + "/")) continue;
    const auto found = folder->second.files().find(whole.substr(folder->first.size() + 1));
    if (found != folder->second.files().end()) return {.out = found->second};
  }
  std::string bytes;
  if (outside_.read(path, bytes, max_file_bytes) == FileResult::done) return {.out = bytes};
  return {.err = "no such file\n", .status = 1};
}

Actual Runner::run_help(std::vector<std::string> words, const Contents& environment) {
  Actual actual;
  World world;
  world.arguments = std::move(words);
  world.environment = [&](const char* name) {
    const auto found = environment.find(std::string_view(name));
    return found == environment.end() ? std::string() : found->second;
  };
  world.out = [&](std::string_view text) {
    actual.out += text;
    return Printed::done;
  };
  world.err = [&](std::string_view text) {
    actual.err += text;
    return Printed::done;
  };
  world.current_folder = here;
  world.in_is_terminal = environment.contains("TERMINAL");
  world.err_is_terminal = world.in_is_terminal;
  world.read_line = [this, next = std::size_t{0}]() mutable { return next < input_.size() ? std::optional(input_[next++]) : std::nullopt; };
  // Every id of a case is another one, and the same in every run.
  world.random = [this] { return make_random(++ids_made_); };
  world.today = [] { return *parse_date("2026-03-02"); };
  world.open_folder = [this](const std::string& path, bool make, FileResult& result) { return open(path, make, result); };
  world.outside = std::make_unique<LentFiles>(outside_);
  actual.status = help::run(world);
  return actual;
}

Actual Runner::run_case(const std::string& line) {
  std::vector<std::string> words = words_of(line.substr(2));
  Contents environment;
  while (!words.empty() && words.front().find('=') != std::string::npos && !words.front().starts_with('-')) {
    const std::size_t equals = words.front().find('=');
    environment[words.front().substr(0, equals)] = words.front().substr(equals + 1);
    words.erase(words.begin());
  }
  if (words.empty()) return {.err = "golden: no command\n", .status = 99};
  if (words.front() == "cat" && words.size() == 2) return cat(words[1]);
  if (words.front() == "ls") {
    Actual actual;
    for (const auto& [folder, files] : folders_) {
      for (const auto& [path, bytes] : files.files()) actual.out += (folder + "/" + path).substr(std::string_view(here).size() + 1) + "\n";
    }
    return actual;
  }
  if (words.front() != "help" && words.front() != "helpctl") return {.err = "golden: neither help, helpctl, cat nor ls\n", .status = 99};
  return run_help(std::move(words), environment);
}

GoldenResult Runner::run() {
  GoldenResult result;
  use_data("none");
  while (at_ < lines_.size()) {
    const std::string line = lines_[at_++];
    result.rewritten += line + "\n";
    if (line.starts_with("data:")) use_data(after_colon(line));
    if (line.starts_with("example-policy:")) {
      std::string bytes;
      const std::string path = "examples/policies/" + after_colon(line) + ".yaml";
      if (outside_.read(path, bytes, max_file_bytes) != FileResult::done) result.problems += path + " cannot be read\n";
      (void)folders_.at(here).replace("policy.yaml", bytes);
    }
    if (line.starts_with("fails:")) {
      const std::vector<std::string> words = words_of(after_colon(line));
      folders_.at(here).refuse(words.front(), result_of(words.back()));
    }
    if (line.starts_with("file:") || line.starts_with("bytes:") || line.starts_with("outside")) {
      const std::size_t begin = at_;
      const std::string text = indented_lines();
      const bool is_escaped = line.starts_with("bytes:") || line.starts_with("outside-bytes:");
      const std::string bytes = is_escaped ? unescaped(text) : line.starts_with("outside-workbook:") ? workbook_of(text) : text;
      (void)(line.starts_with("outside") ? outside_.replace(after_colon(line), bytes)
                                         : folders_.at(here).replace(after_colon(line), bytes));
      for (std::size_t i = begin; i < at_; ++i) result.rewritten += lines_[i] + "\n";
    }
    if (line.starts_with("stdin:")) {
      const std::size_t begin = at_;
      input_ = lines_of(indented_lines());
      for (std::size_t i = begin; i < at_; ++i) result.rewritten += lines_[i] + "\n";
    }
    if (!line.starts_with("$ ")) continue;
    ++result.cases;
    const std::size_t number = at_;
    std::vector<std::string> expected;
    while (at_ < lines_.size() && !begins_something(lines_[at_])) expected.push_back(lines_[at_++]);
    while (!expected.empty() && expected.back().empty()) expected.pop_back();
    const std::vector<std::string> actual = run_case(line).lines();
    input_.clear();
    for (const std::string& each : actual) result.rewritten += each + "\n";
    if (at_ < lines_.size()) result.rewritten += "\n";
    if (actual == expected) continue;
    result.problems += "line " + std::to_string(number) + ": " + line + "\n--- expected\n";
    for (const std::string& each : expected) result.problems += each + "\n";
    result.problems += "--- actual\n";
    for (const std::string& each : actual) result.problems += each + "\n";
    result.problems += "---\n";
  }
  return result;
}

}  // namespace

GoldenResult run_golden(std::string_view text, const std::string& repository) { return Runner(text, repository).run(); }

}  // namespace help
