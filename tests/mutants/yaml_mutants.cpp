// SPDX-License-Identifier: MIT
// Files with one slip each, of every kind that a hand or a disk makes: whatever our reader accepts must mean the same to libyaml,
// another parser by other people; and what it refuses must be reported where the slip is.
#include <yaml.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "support/tree_text.hpp"

namespace {

constexpr std::string_view record_lines = R"(# yaml-language-server: $schema=../schemas/students.schema.json
- {id: "20250104", name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01}], transferred: 2026-02-25, groups: [{group: left-behind}]}
- {id: "20250105", name: "Anna \"Nan\" Li", classes: [{class: 2025-2, from: 2025-09-01, until: 2026-01-23}], left: 2026-05-01}

# moved from another school
- {id: "20250106", name: 张　三, leave: [{from: 2026-03-02, until: 2026-03-06, because: "住院：两周"}]}
- {id: k7f3q2w9xc, date: 2026-11-18, kind: confirmed, subject: 数学, by: T012, role: subject-teacher, because: "作业拖拉, 约定每天来问一题"}
- {id: p2c9xw4tn1, date: 2026-11-19, kind: dismissed, by: T012, rules: [final-below-60], exams: [2026-01-20-final], because: ~}
- {id: m1d8ze0bh4, at: 2026-12-01, ends: k7f3q2w9xc, until: 2026-12-01, because: 'it''s done'} # by hand
)";

constexpr std::string_view block_style = R"(school: {name: 春晖实验学校}
language: zh                       # zh | en
terms:
  - {id: 2025-fall, name: 第一学期, from: 2025-09-01, until: 2026-01-23}
  - id: 2026-spring
    name: "2025学年第二学期"
    from: 2026-02-25
breaks:
  - {name: 国庆节, from: 2025-10-01, until: 2025-10-08}
identify:
  - id: transfer-50-to-59
    kind: mark-below
    exam: {kind: final, term: previous}
    below: 60%
    only: [transferred]
    confirm:
      exam: {kind: midterm, term: current}
      below: 60%
    because: |
      转学生看期中
        两行
    source: >-
      BF-29,
      BF-30
)";

constexpr std::string_view grade_table = R"(exam: {id: 2026-11-12-midterm, name: 期中考试, kind: midterm, term: 2026-fall, date: 2026-11-12}
subjects:
  语文: {full: 150, pass: 90}
  数学: {full: 150, pass: 90}
columns: [语文, 数学]
scores:
  "20230104": [112.5, 87]
  "20230105": [absent, 120]        # ill
  "20230106": [~, 99.5]
  '20230107': [exempt, 0]
)";

struct Mutant {
  std::string bytes;
  std::size_t line = 0;  ///< on which the slip is, from 1
  std::string what;
};

constexpr std::array<std::string_view, 24> insertions{":",
                                                      "-",
                                                      ",",
                                                      "{",
                                                      "}",
                                                      "[",
                                                      "]",
                                                      "\"",
                                                      "'",
                                                      "#",
                                                      "&",
                                                      "*",
                                                      "!",
                                                      "|",
                                                      "%",
                                                      "?",
                                                      " ",
                                                      "  ",
                                                      "\t",
                                                      "\n",
                                                      "\r",
                                                      "：",
                                                      std::string_view("\0", 1),
                                                      "\x80"};

std::size_t line_of(std::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < bytes.size();) {
    const std::size_t until = bytes.find('\n', from) + 1;
    lines.emplace_back(bytes.substr(from, until - from));
    from = until;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line;
  return bytes;
}

void add_byte_mutants(std::string_view sample, std::vector<Mutant>& mutants) {
  for (std::size_t at = 0; at < sample.size(); ++at) {
    const std::string before(sample.substr(0, at));
    const std::size_t line = line_of(sample, at);
    const std::string place = " at byte " + std::to_string(at);
    mutants.push_back({before + std::string(sample.substr(at + 1)), line, "deleted" + place});
    mutants.push_back({before, line, "cut" + place});
    for (const std::string_view inserted : insertions) {
      const std::string sign(inserted);
      mutants.push_back({before + sign + std::string(sample.substr(at)), line, "inserted '" + sign + "'" + place});
    }
  }
}

void add_line_mutants(std::string_view sample, std::vector<Mutant>& mutants) {
  const std::vector<std::string> lines = lines_of(sample);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const std::string place = " line " + std::to_string(at + 1);
    const auto add = [&](auto change, const std::string& what) {
      std::vector<std::string> changed = lines;
      change(changed);
      mutants.push_back({joined(changed), at + 1, what + place});
    };
    const auto here = static_cast<std::ptrdiff_t>(at);
    add([&](auto& changed) { changed.erase(changed.begin() + here); }, "deleted");
    add([&](auto& changed) { changed.insert(changed.begin() + here, lines[at]); }, "doubled");
    for (std::size_t to = 0; to < lines.size(); ++to) {
      if (to == at) continue;
      std::vector<std::string> changed = lines;
      changed.erase(changed.begin() + here);
      changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(to), lines[at]);
      mutants.push_back({joined(changed), to + 1, "moved to " + std::to_string(to + 1) + place});
    }
    for (const std::string_view indent : {" ", "  ", "    ", "\t", "　"}) {
      add([&](auto& changed) { changed[at] = std::string(indent) + lines[at]; }, "indented by '" + std::string(indent) + "'");
    }
    for (std::size_t less = 1; less <= 4 && lines[at][less - 1] == ' '; ++less) {
      add([&](auto& changed) { changed[at] = lines[at].substr(less); }, "dedented by " + std::to_string(less));
    }
  }
}

bool is_null_word(std::string_view text) { return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL"; }

std::string event_of_node(const help::Node& node) {
  switch (node.kind) {
    case help::NodeKind::null:
      return "null\n";
    case help::NodeKind::plain:
      return "plain " + std::string(node.text) + "\n";
    case help::NodeKind::quoted:
      return "quoted " + std::string(node.text) + "\n";
    case help::NodeKind::sequence:
      return "[\n";
    case help::NodeKind::mapping:
      return "{\n";
  }
  return {};
}

std::string our_events(const help::Tree& tree) {
  std::string events;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t index = 0; index < tree.nodes.size(); ++index) {
    for (; !ends.empty() && ends.back() == index; ends.pop_back()) events += "end\n";
    events += event_of_node(tree.nodes[index]);
    const bool collection = tree.nodes[index].kind == help::NodeKind::sequence || tree.nodes[index].kind == help::NodeKind::mapping;
    if (collection) ends.push_back(tree.nodes[index].next);
  }
  for (; !ends.empty(); ends.pop_back()) events += "end\n";
  return events;
}

// One event of libyaml as text; false where the format has no such thing.
bool add_their_event(const yaml_event_t& event, std::string& events, int& documents) {
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return ++documents == 1 && event.data.document_start.implicit != 0;
    case YAML_SEQUENCE_START_EVENT:
      events += "[\n";
      return event.data.sequence_start.anchor == nullptr && event.data.sequence_start.tag == nullptr;
    case YAML_MAPPING_START_EVENT:
      events += "{\n";
      return event.data.mapping_start.anchor == nullptr && event.data.mapping_start.tag == nullptr;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      events += "end\n";
      return true;
    case YAML_ALIAS_EVENT:
      return false;
    case YAML_SCALAR_EVENT: {
      const auto& scalar = event.data.scalar;
      const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
      const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
      events += plain && is_null_word(text) ? "null\n" : (plain ? "plain " : "quoted ") + std::string(text) + "\n";
      return scalar.anchor == nullptr && scalar.tag == nullptr;
    }
    default:
      return true;
  }
}

// The events of libyaml in the same words; "refused" where it gives an error or something that the format does not have.
std::string their_events(std::string_view bytes) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string events;
  int documents = 0;
  for (bool more = true; more;) {
    yaml_event_t event;
    const bool sound = yaml_parser_parse(&parser, &event) != 0;
    if (!sound) {
      events = "refused\n";
      break;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    const bool known = add_their_event(event, events, documents);
    yaml_event_delete(&event);
    if (!known) {
      events = "refused\n";
      break;
    }
  }
  yaml_parser_delete(&parser);
  return events;
}

struct Figures {
  std::size_t mutants = 0;
  std::size_t accepted = 0;
  std::size_t disagreements = 0;
  std::size_t near = 0;
};

void judge(const Mutant& mutant, Figures& figures) {
  ++figures.mutants;
  const auto reading = help::tests::read_whole(mutant.bytes, true);
  if (reading.read && !help::has_error(reading.problems)) {
    ++figures.accepted;
    if (our_events(reading.tree) == their_events(mutant.bytes)) return;
    ++figures.disagreements;
    std::printf("libyaml reads otherwise: %s (line %zu)\n", mutant.what.c_str(), mutant.line);
    return;
  }
  help::Diagnostics problems = reading.problems;
  std::erase_if(problems, [](const help::Diagnostic& one) { return one.severity != help::Severity::error; });
  help::sort_diagnostics(problems);
  const std::size_t line = problems.front().where.line;
  if (line == mutant.line || line == mutant.line + 1) ++figures.near;
}

Figures judge_sample(const char* name, std::string_view sample) {
  std::vector<Mutant> mutants;
  add_byte_mutants(sample, mutants);
  add_line_mutants(sample, mutants);
  Figures figures;
  for (const Mutant& mutant : mutants) judge(mutant, figures);
  const std::size_t refused = figures.mutants - figures.accepted;
  std::printf(
      "%s: %zu mutants, %zu accepted, %zu of them read otherwise by libyaml; %zu refused, %zu of them on the line of the slip or the next "
      "(%.1f %%)\n",
      name, figures.mutants, figures.accepted, figures.disagreements, refused, figures.near,
      100.0 * static_cast<double>(figures.near) / static_cast<double>(refused));
  return figures;
}

}  // namespace

int main() {
  constexpr std::size_t allowed_disagreements = 15;
  Figures all;
  for (const auto& [name, sample] :
       {std::pair("record lines", record_lines), std::pair("block style", block_style), std::pair("grade table", grade_table)}) {
    if (our_events(help::tests::read_whole(sample, true).tree) != their_events(sample)) {
      std::printf("the sample itself is read otherwise: %s\n", name);
      return 1;
    }
    const Figures figures = judge_sample(name, sample);
    all.mutants += figures.mutants;
    all.accepted += figures.accepted;
    all.disagreements += figures.disagreements;
    all.near += figures.near;
  }
  const std::size_t refused = all.mutants - all.accepted;
  std::printf(
      "together: %zu mutants, %zu disagreements (at most %zu allowed), %.1f %% of %zu refused are reported on the line of the slip or the "
      "next (at least 85 %%)\n",
      all.mutants, all.disagreements, allowed_disagreements, 100.0 * static_cast<double>(all.near) / static_cast<double>(refused), refused);
  return all.disagreements <= allowed_disagreements && all.near * 100 >= refused * 85 ? 0 : 1;
}
