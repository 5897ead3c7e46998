// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "rules/kinds.hpp"
#include "store/id_table.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"

namespace help::tests {

/// A school of three students, two colleagues and a body.
inline MemoryFiles log_school() {
  return MemoryFiles(
      {{"help.yaml",
        "school: {name: 春晖实验学校}\npolicy: policy.yaml\nterms:\n"
        "  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"
        "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n"},
       {"policy.yaml", "policy: {id: base, name: 底本}\nkinds: [{id: club, name: 社团, needs: [place, note]}, {id: 1e3-club}]\n"},
       {"roster/students.yaml", "- {id: \"20250101\", name: 欧阳娜娜}\n- {id: S2, name: 王小明}\n- {id: \"0x3\", name: 阿依古丽}\n"},
       {"roster/staff.yaml", "- {id: T012, name: 王芳}\n- {id: T013, name: 李强}\n"},
       {"roster/classes.yaml", "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7}\n"},
       {"roster/bodies.yaml", "- {id: B-math, name: 数学组, kind: subject-group}\n"}});
}

inline std::string party_text(const Dataset& data, const Party& party) {
  switch (party.kind) {
    case Party::Kind::staff:
      return data.staff[party.index].id;
    case Party::Kind::student:
      return data.students[party.index].id;
    case Party::Kind::body:
      return data.bodies[party.index].id;
  }
  return "?";
}

/// Everything that an interaction says, on one line.
inline std::string entry_text(const Dataset& data, const Interaction& entry) {
  const InteractionLog& log = data.log;
  std::string text = record_id_of(entry.id) + " " + to_string(entry.date) + " " + data.policy.kinds[entry.kind].id +
                     " given=" + std::to_string(entry.given);
  text += " owner=" + party_text(data, entry.owner) + " by=" + party_text(data, entry.by) + " students=";
  for (std::uint32_t i = 0; i < entry.student_count; ++i) text += data.students[log.students[entry.first_student + i]].id + ",";
  if (entry.student_was_present) text += " present";
  if (entry.in_class) text += " class=" + data.classes[*entry.in_class].id;
  if (entry.grade) text += " grade=" + std::to_string(*entry.grade);
  if (entry.subject) text += " subject=" + data.subjects[*entry.subject];
  const InteractionWords& words = log.words_of(entry);
  if (words.body) text += " body=" + data.bodies[*words.body].id;
  for (const Party& party : words.with) text += " with=" + party_text(data, party);
  for (const std::string& to : words.to) text += " to=" + to;
  if (!words.channel.empty()) text += " channel=" + words.channel;
  if (!words.exam.empty()) text += " exam=" + words.exam;
  if (words.follow_up) text += " follow-up=" + to_string(*words.follow_up);
  return text + " " + log.files[entry.file] + ":" + std::to_string(entry.line) + "\n";
}

inline std::string log_text(const Loaded& loaded) {
  std::string text;
  for (const Interaction& entry : loaded.data.log.entries) text += entry_text(loaded.data, entry);
  for (const Diagnostic& one : loaded.problems) {
    text += one.where.path + ":" + std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + std::string(one.code) +
            " " + one.excerpt + "\n";
  }
  return text;
}

inline std::string read_log_text(const MemoryFiles& files, bool fast) {
  const auto shapes = rule_shapes();
  return log_text(load(files, shapes, {.use_fast_path = fast}));
}

}  // namespace help::tests
