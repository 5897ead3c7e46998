// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// One line of an append-only file and what became of it.
struct Line {
  Value value;
  std::string_view bytes;             ///< the source of the record, from `{` to the end of its line
  std::vector<std::size_t> fixed_by;  ///< lines that replace this one
  std::vector<std::size_t> fixes;     ///< lines that this one replaces
  bool voids = false;
  bool withdrawn = false;
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
    spread_voids();
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
    const auto [place, added] = by_id_.try_emplace(id->text(), lines_.size());
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
    lines_.push_back({.value = item, .bytes = bytes, .voids = find(item, "voids").has_value()});
  }

  void link() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
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

  void link_one(std::size_t from, const Value& target, bool voids) {
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
      lines_[place->second].withdrawn = true;
    } else {
      lines_[place->second].fixed_by.push_back(from);
      lines_[from].fixes.push_back(place->second);
    }
  }

  /// Withdrawing one version of a record withdraws all of them.
  void spread_voids() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].withdrawn) {
        open.push_back(i);
      }
    }
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const auto& versions : {lines_[at].fixed_by, lines_[at].fixes}) {
        for (const std::size_t version : versions) {
          if (!lines_[version].withdrawn) {
            lines_[version].withdrawn = true;
            open.push_back(version);
          }
        }
      }
    }
  }

  [[nodiscard]] bool both_fixed(std::size_t one, std::size_t other) const {
    return std::ranges::any_of(lines_[one].fixed_by, [&](std::size_t fix) {
      return std::ranges::find(lines_[other].fixed_by, fix) != lines_[other].fixed_by.end();
    });
  }

  std::vector<Value> heads() {
    std::vector<Value> result;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.voids || line.withdrawn) {
        continue;
      }
      if (line.fixed_by.empty()) {
        result.push_back(line.value);
      }
      for (std::size_t second = 1; second < line.fixed_by.size(); ++second) {
        if (!both_fixed(line.fixed_by[0], line.fixed_by[second])) {
          reading_.error(file_.path, *find(lines_[line.fixed_by[second]].value, "fixes"), "record/two-fixes",
                         say("the record '{0}' is replaced twice", find(line.value, "id")->text()),
                         say("add a record that names both: fixes: [{0}, {1}]", find(lines_[line.fixed_by[0]].value, "id")->text(),
                             find(lines_[line.fixed_by[second]].value, "id")->text()));
        }
      }
    }
    return result;
  }

  Reading& reading_;
  const SourceFile& file_;
  std::vector<Line> lines_;
  std::map<std::string_view, std::size_t> by_id_;
};

}  // namespace

std::vector<Value> records_in_force(Reading& reading, const SourceFile& file) { return AppendedFile(reading, file).in_force(); }

}  // namespace help
