// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>

#include "commands/appended_files.hpp"
#include "commands/assign_view.hpp"
#include "commands/assign_words.hpp"
#include "store/canonical.hpp"

namespace help {
namespace {

/// Adds a record with an id made of its fields.
bool add_record(AppendedFiles& files, const std::string& path, const std::function<void(RecordLine&)>& fields) {
  const std::string* const bytes = files.bytes(path);
  if (bytes == nullptr) return false;
  RecordLine contents;
  fields(contents);
  RecordLine line;
  line.word("id", new_record_id_in(*bytes, contents.line()));
  fields(line);
  files.append(path, line.line());
  return true;
}

/// What speaks for the pair, in words that are the same in every language: the entry's id, then the facts.
std::string reason_of(const Dataset& data, const AssignRule& rule, const ProposedPair& pair) {
  std::string text = rule.id;
  const char* before = ": ";
  for (const std::string& code : reason_codes(data, pair)) {
    text += before + code;
    before = ", ";
  }
  return text;
}

void add_pair(RecordLine& line, const Dataset& data, const Assignment& one, const ProposedPair& pair) {
  const AssignRule& rule = data.policy.assigning.rules[one.question.rule];
  const CareUnit& unit = one.units[pair.unit];
  const Party& carer = one.candidates[pair.candidate].party;
  line.quoted_id("student", data.students[unit.student].id);
  if (carer.kind == Party::Kind::staff) line.word("staff", data.id_of(carer));
  if (carer.kind == Party::Kind::student) line.quoted_id("peer", data.id_of(carer));
  if (carer.kind == Party::Kind::body) line.word("body", data.id_of(carer));
  line.word("role", rule.role);
  if (unit.subject) line.word("subject", data.subjects[*unit.subject]);
  line.date("from", one.question.today);
  if (const auto until = end_of(data.calendar, rule.lasts, one.question.today)) line.date("until", *until);
  line.text("because", reason_of(data, rule, pair));
}

/// The end of a pair: yesterday, but no day before it began.
void add_end(RecordLine& line, const Dataset& data, const EndedPair& one, const std::string& because, Date today) {
  const Pair& pair = data.pairs[one.pair];
  line.date("at", today).word("ends", pair.id).date("until", std::max(pair.days.from, today - Days(1)));
  line.text("because", because.empty() ? code_of(one) : because);
}

}  // namespace

void save_assignments(const Context& context, std::span<const Assignment> assignments, const std::string& because, Answer& answer) {
  const Dataset& data = context.data;
  const auto term = data.calendar.term_of(context.today);
  const std::string path = "pairs/" + (term ? data.calendar.terms[*term].id : to_string(context.today)) + ".yaml";
  AppendedFiles files(context, answer, schema_comment("pairs"));
  std::int64_t made = 0;
  std::int64_t ended = 0;
  for (const Assignment& one : assignments) {
    for (const EndedPair& each : one.ended) {
      if (!add_record(files, data.pairs[each.pair].file, [&](RecordLine& line) { add_end(line, data, each, because, context.today); }))
        return;
      ++ended;
    }
    for (const ProposedPair& pair : one.pairs) {
      if (pair.stands) continue;
      if (!add_record(files, path, [&](RecordLine& line) { add_pair(line, data, one, pair); })) return;
      ++made;
    }
  }
  files.say_git_lines("assign " + to_string(context.today));
  answer.document.foot.push_back(made + ended == 0 ? say("Everything stands as it is: nothing is written.")
                                                   : say("{0} new pairs and {1} ends are kept in pairs/.", made, ended));
}

}  // namespace help
