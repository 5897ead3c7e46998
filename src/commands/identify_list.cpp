// SPDX-License-Identifier: MIT
#include "commands/identify_list.hpp"

#include <algorithm>

#include "rules/clause.hpp"
#include "store/canonical.hpp"

namespace help {
namespace {

/// What the school has set aside (excluded, dismissed, released) is no suggestion.
bool is_suggestion(const IdentifiedItem& item) { return item.state == CaseState::none || item.state == CaseState::confirmed; }

RecordLine& add_item(RecordLine& line, const Dataset& data, const IdentifiedItem& item) {
  line.quoted_id("student", data.students[item.student].id);
  if (item.subject) line.word("subject", data.subjects[*item.subject]);
  line.word("outcome", word_of(item.outcome));
  std::vector<std::string> rules;
  std::string evidence;
  const auto add = [&](const std::string& clause) {
    if (!evidence.empty()) evidence += "; ";
    evidence += clause;
  };
  for (const auto& hit : item.hits) {
    rules.push_back(data.policy.identify[hit.rule].id);
    add(plain_line_of(data, hit));
  }
  for (const auto& nearest : item.nearest) add(plain_clause_of(data, nearest));
  line.words("rules", rules);
  std::vector<std::string> subjects;
  for (const auto subject : item.subjects) subjects.push_back(data.subjects[subject]);
  line.words("subjects", subjects);
  return line.text("evidence", evidence);
}

RecordLine& add_run(RecordLine& line, const Dataset& data, const Identified& answer, std::int64_t students) {
  const auto day = to_string(answer.today);
  line.word("list", day).date("at", answer.today);
  if (answer.term) line.word("term", data.calendar.terms[*answer.term].id);
  line.word("policy", data.policy.id);
  std::vector<std::string> exams;
  for (const auto exam : answer.exams) exams.push_back(data.exams[exam].id);
  return line.words("exams", exams).number("students", students);
}

}  // namespace

ListLines list_lines(const Dataset& data, const Identified& answer) {
  std::vector<const IdentifiedItem*> items;
  for (const auto& item : answer.items) {
    if (is_suggestion(item)) items.push_back(&item);
  }
  const auto count = static_cast<std::int64_t>(items.size());
  RecordLine bare_run;
  std::string contents = add_run(bare_run, data, answer, count).line();
  std::vector<std::string> bare_items;
  for (const auto* item : items) {
    RecordLine bare;
    bare_items.push_back(add_item(bare, data, *item).line());
    contents += bare_items.back();
  }
  ListLines lines{.run_id = make_record_id(contents), .text = {}};
  RecordLine run;
  run.word("id", lines.run_id);
  lines.text = add_run(run, data, answer, count).line();
  for (std::size_t place = 0; place < items.size(); ++place) {
    RecordLine line;
    line.word("id", make_record_id(lines.run_id + bare_items[place])).word("of", lines.run_id);
    lines.text += add_item(line, data, *items[place]).line();
  }
  return lines;
}

void save_list(const Context& context, const Identified& identified, Answer& answer) {
  const auto lines = list_lines(context.data, identified);
  const auto path = "lists/" + to_string(identified.today) + ".yaml";
  if (std::ranges::any_of(context.data.lists, [&](const SavedList& list) { return list.id == lines.run_id; })) {
    answer.document.foot.push_back(say("This list is already saved in {0}.", path));
    return;
  }
  FileChange change{.path = path, .bytes = {}, .is_new = false};
  const auto result = context.folder->read(path, change.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    change.is_new = true;
    change.bytes = schema_comment("lists");
  } else if (result != FileResult::done) {
    answer.refusals.push_back(say("{0} could not be read.", path));
    return;
  }
  if (!change.bytes.empty() && !change.bytes.ends_with('\n')) change.bytes += '\n';
  change.bytes += lines.text;
  answer.changes.push_back(std::move(change));
  answer.document.foot.push_back(say("The list is kept in {0}.", path));
  answer.after_writing = {say("Keep it with git:"), as_data("  git add " + path),
                          as_data("  git commit -m \"identify " + to_string(identified.today) + "\"")};
}

}  // namespace help
