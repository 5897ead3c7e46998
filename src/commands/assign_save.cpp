// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>
#include <map>

#include "commands/assign_view.hpp"
#include "commands/assign_words.hpp"
#include "store/canonical.hpp"

namespace help {
namespace {

/// Files to which lines are added.
class Additions {
 public:
  Additions(const Context& context, Answer& answer) : context_(context), answer_(answer) {}

  /// Adds a record with an id made of its fields. Where the file has that id already (a pair that ended is made again on the day on which
  /// it began), of the fields and a number.
  bool add(const std::string& path, const std::function<void(RecordLine&)>& fields) {
    FileChange* const change = open(path);
    if (change == nullptr) return false;
    RecordLine contents;
    fields(contents);
    std::string id = make_record_id(contents.line());
    for (int again = 1; change->bytes.find("id: " + id) != std::string::npos; ++again)
      id = make_record_id(contents.line() + std::to_string(again));
    RecordLine line;
    line.word("id", id);
    fields(line);
    change->bytes += line.line();
    return true;
  }

  void finish(Date today) {
    std::string paths;
    for (auto& [path, change] : changes_) {
      paths += " " + path;
      answer_.changes.push_back(std::move(change));
    }
    if (paths.empty()) return;
    answer_.after_writing = {say("Keep it with git:"), as_data("  git add" + paths),
                             as_data("  git commit -m \"assign " + to_string(today) + "\"")};
  }

 private:
  FileChange* open(const std::string& path) {
    const auto found = changes_.find(path);
    if (found != changes_.end()) return &found->second;
    FileChange change{.path = path};
    const FileResult result = context_.folder->read(path, change.bytes, max_file_bytes);
    if (result == FileResult::missing) {
      change.is_new = true;
      change.bytes = schema_comment("pairs");
    } else if (result != FileResult::done) {
      answer_.refusals.push_back(say("{0} could not be read.", path));
      return nullptr;
    }
    if (!change.bytes.empty() && !change.bytes.ends_with('\n')) change.bytes += '\n';
    return &changes_.emplace(path, std::move(change)).first->second;
  }

  const Context& context_;
  Answer& answer_;
  std::map<std::string, FileChange> changes_;
};

/// What speaks for the pair, in words that are the same in every language: the entry's id, then the facts.
std::string reason_of(const Dataset& data, const AssignRule& rule, const ProposedPair& pair) {
  std::string text = rule.id;
  const char* before = ": ";
  for (const ScorePart& part : pair.score.parts) {
    text += before + std::string(word_of(part.fact));
    if (part.subject) text += " " + data.subjects[*part.subject];
    if (part.place > 0) text += " " + std::to_string(part.place);
    before = ", ";
  }
  if (pair.origin != PairOrigin::appointed) text += before + std::string(word_of(pair.origin));
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
  Additions additions(context, answer);
  std::int64_t made = 0;
  std::int64_t ended = 0;
  for (const Assignment& one : assignments) {
    for (const EndedPair& each : one.ended) {
      if (!additions.add(data.pairs[each.pair].file, [&](RecordLine& line) { add_end(line, data, each, because, context.today); })) return;
      ++ended;
    }
    for (const ProposedPair& pair : one.pairs) {
      if (pair.stands) continue;
      if (!additions.add(path, [&](RecordLine& line) { add_pair(line, data, one, pair); })) return;
      ++made;
    }
  }
  additions.finish(context.today);
  answer.document.foot.push_back(made + ended == 0 ? say("Everything stands as it is: nothing is written.")
                                                   : say("{0} new pairs and {1} ends are kept in pairs/.", made, ended));
}

}  // namespace help
