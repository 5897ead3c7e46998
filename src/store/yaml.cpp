// SPDX-License-Identifier: MIT
#include "store/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <limits>
#include <streambuf>
#include <utility>
#include <vector>

#include "store/duplicate_keys.hpp"
#include "store/record_line.hpp"
#include "store/tree_builder.hpp"
#include "store/yaml_cause.hpp"
#include "store/yaml_document.hpp"
#include "store/yaml_trap.hpp"

namespace help {
namespace {

// yaml-cpp keeps every token of an open bracket in memory, some hundred bytes for each of the file. So it gets the bytes in
// windows, and no more of them once it is this far ahead of the last value that it gave.
constexpr std::size_t longest_wait = 512U << 10U;
constexpr std::size_t window_bytes = 4096;

class Source final : public std::streambuf {
 public:
  Source(std::string_view bytes, const TreeBuilder& builder) : bytes_(bytes), builder_(&builder), position_(builder.position()) {
    // Spaces at the very end would be taken for a part of a block scalar: end their line.
    const std::size_t last = bytes.find_last_not_of(' ');
    if (bytes.ends_with(' ') && last != std::string_view::npos && bytes[last] == '\n') line_end_ = "\n";
  }

  [[nodiscard]] bool held_back() const { return waiting_bytes_ > longest_wait; }

 private:
  int_type underflow() override {
    if (builder_->stopped() || held_back()) return traits_type::eof();
    std::string_view window = bytes_.substr(given_, window_bytes);
    given_ += window.size();
    count(window);
    if (window.empty()) window = std::exchange(line_end_, {});
    if (window.empty()) return traits_type::eof();
    // The interface of streambuf has no read-only area; nothing is written to it.
    char* const first = const_cast<char*>(window.data());
    setg(first, first, first + window.size());
    return traits_type::to_int_type(*first);
  }

  // Comments and blanks become no tokens; they do not count.
  void count(std::string_view window) {
    if (builder_->position() != position_) {
      position_ = builder_->position();
      waiting_bytes_ = 0;
    }
    for (const char one : window) {
      if (one == '\n') {
        begins_line_ = true;
        in_comment_ = false;
      } else if (one != ' ' && one != '\r') {
        in_comment_ = in_comment_ || (begins_line_ && one == '#');
        begins_line_ = false;
        waiting_bytes_ += in_comment_ ? 0 : 1;
      }
    }
  }

  std::string_view bytes_;
  const TreeBuilder* builder_;
  std::size_t position_;           ///< up to where the builder was when the window before was given
  std::size_t waiting_bytes_ = 0;  ///< given since then
  bool begins_line_ = true;
  bool in_comment_ = false;
  std::string_view line_end_ = {};  ///< what follows the bytes
  std::size_t given_ = 0;
};

// Places come as line and column in bytes; `Mark::pos` is wrong after a byte order mark and is not used.
class Lines {
 public:
  Lines(std::string_view source, std::size_t from, std::size_t until) : end_(until) {
    starts_.push_back(from);
    for (std::size_t at = source.find('\n', from); at < until; at = source.find('\n', at + 1)) starts_.push_back(at + 1);
  }

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    if (mark.line < 0 || mark.column < 0) return 0;
    const auto line = static_cast<std::size_t>(mark.line);
    if (line >= starts_.size()) return end_;
    return std::min(starts_[line] + static_cast<std::size_t>(mark.column), end_);
  }

 private:
  std::vector<std::size_t> starts_;
  std::size_t end_;
};

class Events final : public YAML::EventHandler {
 public:
  Events(TreeBuilder& builder, const Lines& lines) : builder_(&builder), lines_(&lines) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { builder_->null(lines_->offset(mark)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { builder_->alias(lines_->offset(mark)); }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/, const std::string& value) override {
    builder_->scalar(lines_->offset(mark), value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value style) override {
    builder_->open(NodeKind::sequence, style == YAML::EmitterStyle::Flow, lines_->offset(mark));
  }
  void OnSequenceEnd() override { builder_->close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value style) override {
    builder_->open(NodeKind::mapping, style == YAML::EmitterStyle::Flow, lines_->offset(mark));
  }
  void OnMapEnd() override { builder_->close(); }

 private:
  TreeBuilder* builder_;
  const Lines* lines_;
};

struct Parsed {
  bool whole = false;  ///< the parser came to its end
  std::size_t at = 0;  ///< else where it stopped
};

Parsed parse(std::istream& input, Events& events, const Lines& lines) {
  try {
    YAML::Parser parser(input);
    parser.HandleNextDocument(events);
    return {.whole = true};
  } catch (const YAML::Exception& problem) {
    return {.at = lines.offset(problem.mark)};
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

bool read_document(Tree& tree, std::size_t from, std::size_t until, ProblemList& problems) {
  const std::size_t nodes_before = tree.nodes.size();
  const std::size_t decoded_before = tree.decoded.size();
  const std::size_t errors_before = problems.errors();
  const std::string_view document = tree.source.substr(0, until);
  TreeBuilder builder(tree, from, until, problems);
  const Lines lines(tree.source, from, until);
  Source source(document.substr(from), builder);
  std::istream input(&source);
  Events events(builder, lines);
  const Parsed parsed = parse(input, events, lines);
  if (parsed.whole && !source.held_back()) builder.finish();
  if (source.held_back()) {
    if (problems.errors() == errors_before) {
      report(problems, Trap::long_brackets, builder.position(), builder.position() + 1, std::to_string(longest_wait));
    }
  } else if (builder.unexplained()) {
    report_cause(document, builder.stop(), problems);
  } else if (!parsed.whole && !builder.stopped()) {
    report_cause(document, builder.stop_at(std::max(parsed.at, builder.position())), problems);
  }
  if (problems.errors() == errors_before) return true;
  tree.nodes.resize(nodes_before);
  while (tree.decoded.size() > decoded_before) tree.decoded.pop_back();
  return false;
}

namespace {

// Where a list has one record on each line, a mistake in one says nothing about the others: those behind it are still read,
// each by itself, so that all mistakes are shown at once. `line` is the last line, from 1, on which a problem was found.
constexpr std::size_t enough = 100;

void report_later_records(Tree& tree, std::uint32_t line, ProblemList& problems) {
  const std::string_view source = tree.source;
  std::uint32_t number = 1;
  for (std::size_t from = 0; from < source.size() && problems.errors() < enough; ++number) {
    const std::size_t until = std::min(source.find('\n', from), source.size());
    const std::size_t next = std::min(until + 1, source.size());
    const std::string_view after = source.substr(next, 2);
    const bool ends_here = after.empty() || after == "- " || after.front() == '#' || after.front() == '\n';
    if (number > line && ends_here && source.substr(from).starts_with("- {")) read_document(tree, from, until, problems);
    from = next;
  }
  tree.nodes.clear();
  tree.decoded.clear();
}

std::uint32_t last_line_of(const Diagnostics& problems, std::size_t first) {
  std::uint32_t line = 0;
  for (std::size_t i = first; i < problems.size(); ++i) line = std::max(line, problems[i].where.line);
  return line;
}

}  // namespace

bool read_yaml(std::string_view path, std::string_view bytes, Tree& tree, Diagnostics& problems, bool use_fast_path) {
  tree.clear();
  tree.source = bytes;
  const std::size_t problems_before = problems.size();
  ProblemList list(path, bytes, "yaml/more", problems);
  const bool fast = use_fast_path && (read_record_lines(tree, list) || read_head_lines(tree));
  const bool read = fast || read_document(tree, 0, bytes.size(), list);
  if (read) report_duplicate_keys(tree, list);
  if (!read) report_later_records(tree, last_line_of(problems, problems_before), list);
  list.finish();
  return read;
}

bool comment_follows(const Value& value) {
  if (value.kind() != NodeKind::plain) return false;
  const std::string_view source = value.tree().source;
  const std::size_t end = value.node().offset + value.text().size();
  const std::size_t next = source.find_first_not_of(" \t", end);
  return next != std::string_view::npos && next > end && source[next] == '#';
}

}  // namespace help
