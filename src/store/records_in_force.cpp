// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "store/corrections.hpp"
#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// One line of an append-only file.
struct Line {
  Value value;
  std::string_view bytes;  ///< the source of the record, from `{` to the end of its line
};

/// The text of a record up to the end of its line; empty if it does not stand on one line.
std::string_view line_bytes(const Value& record) {
  const Tree& tree = record.tree();
  const std::size_t begin = record.node().offset;
  const std::size_t end = std::min(tree.source.find_first_of("\r\n", begin), tree.source.size());
  const Node& last = tree.nodes[record.node().next - 1];
  if (!record.node().flow || last.offset > end || tree.source.substr(begin, end - begin).find('}') == std::string_view::npos) {
    return {};
  }
  std::string_view bytes = tree.source.substr(begin, end - begin);
  while (bytes.ends_with(' ')) {
    bytes.remove_suffix(1);
  }
  return bytes;
}

class AppendedFile {
 public:
  AppendedFile(Reading& reading, const SourceFile& file) : reading_(reading), file_(file) {}

  std::vector<Value> in_force() {
    if (const auto root = file_.root()) {
      for (const Value item : items_of(*root)) {
        add(item);
      }
    }
    link();
    corrections_.settle(static_cast<std::uint32_t>(lines_.size()));
    report_conflicts();
    report_circles();
    return heads();
  }

 private:
  void add(const Value& item) {
    const auto id = find(item, "id");
    if (!id || !id->is_scalar()) {
      return;  // reported by its shape
    }
    const std::string_view bytes = line_bytes(item);
    if (bytes.empty()) {
      reading_.error(file_.path, item, "record/not-one-line", say("a record stands on one line: git merges such files line by line"),
                     say("write it as - {id: …, …} on one line"));
    }
    const auto [place, added] = by_id_.try_emplace(id->text(), static_cast<std::uint32_t>(lines_.size()));
    if (!added) {
      if (bytes.empty() || lines_[place->second].bytes != bytes) {
        Diagnostic* const problem = reading_.report(file_.path, *id, Severity::error, "record/id-reused",
                                                    say("the record id '{0}' stands here a second time, with other contents", id->text()),
                                                    say("a correction gets its own id and names this one: fixes: {0}", id->text()));
        if (problem != nullptr) {
          problem->related = problem_at(file_.path, *find(lines_[place->second].value, "id"), Severity::error, "", {}).where;
          problem->related_note = say("first used here");
        }
      }
      return;  // a merge may double a line: it is one record
    }
    first_version_.push_back(static_cast<std::uint32_t>(lines_.size()));
    lines_.push_back({.value = item, .bytes = bytes});
  }

  void link() {
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      for (const std::string_view key : {"fixes", "voids"}) {
        const auto target = find(lines_[i].value, key);
        if (target && target->is_sequence()) {
          for (const Value one : items_of(*target)) {
            link_one(i, one, key == "voids");
          }
        } else if (target && target->is_scalar()) {
          link_one(i, *target, key == "voids");
        }
      }
    }
  }

  void link_one(std::uint32_t from, const Value& target, bool voids) {
    const auto place = by_id_.find(target.text());
    if (place == by_id_.end() || place->second == from) {
      std::vector<std::string_view> known;
      for (const auto& [id, index] : by_id_) {
        known.push_back(id);
      }
      reading_.unknown(file_.path, target, "record/unknown-target", say("this file has no record '{0}'", target.text()), known);
      return;
    }
    if (voids) {
      corrections_.withdraw(from, place->second);
    } else {
      corrections_.fix(from, place->second);
      const std::uint32_t one = first_version(from);
      const std::uint32_t other = first_version(place->second);
      first_version_[std::max(one, other)] = std::min(one, other);
    }
  }

  /// The first line of all versions of a line's record.
  std::uint32_t first_version(std::uint32_t line) {
    while (first_version_[line] != line) {
      first_version_[line] = first_version_[first_version_[line]];
      line = first_version_[line];
    }
    return line;
  }

  void report_conflicts() {
    for (const auto& [record, first, second, end_of_first, end_of_second] : corrections_.conflicts()) {
      const bool is_log = file_.path.starts_with("log/");
      reading_.error(file_.path, *find(lines_[second].value, "fixes"), "record/two-fixes",
                     say("the record '{0}' is replaced twice", id_of(record)),
                     is_log ? say("settle it: help note --fix {0},{1} keeps the contents of {0}, but for what is given with it",
                                  id_of(end_of_first), id_of(end_of_second))
                            : say("add a record that names both: fixes: [{0}, {1}]", id_of(first), id_of(second)));
    }
  }

  void report_circles() {
    for (const std::uint32_t line : corrections_.circles()) {
      reading_.error(file_.path, *find(lines_[line].value, "id"), "record/circle",
                     say("the record '{0}' is replaced by one that it replaces itself: nothing would be left of it", id_of(line)),
                     say("take `at` and `fixes` out of the record that came first"));
    }
  }

  [[nodiscard]] std::string_view id_of(std::uint32_t line) const { return find(lines_[line].value, "id")->text(); }

  /// In the order in which the records were first written: a fix takes the place of what it replaces.
  /// Of two fixes of one record only the first holds until a third settles them: what took place once must not count twice.
  std::vector<Value> heads() {
    std::vector<bool> is_rival(lines_.size(), false);
    for (const auto& conflict : corrections_.conflicts()) is_rival[conflict.end_of_second] = true;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> in_force;
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      if (corrections_.in_force(line) && !is_rival[line] && !find(lines_[line].value, "voids")) {
        in_force.emplace_back(first_version(line), line);
      }
    }
    std::ranges::sort(in_force);
    std::vector<Value> result;
    for (const auto& [first, line] : in_force) {
      result.push_back(lines_[line].value);
    }
    return result;
  }

  Reading& reading_;
  const SourceFile& file_;
  std::vector<Line> lines_;
  Corrections corrections_;
  std::vector<std::uint32_t> first_version_;  // by line: an earlier version, to the first, which names itself
  std::map<std::string_view, std::uint32_t> by_id_;
};

}  // namespace

std::vector<Value> records_in_force(Reading& reading, const SourceFile& file) { return AppendedFile(reading, file).in_force(); }

}  // namespace help
