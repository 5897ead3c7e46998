// SPDX-License-Identifier: MIT
// help decide --history: all that was decided about a student.
#include <algorithm>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/identify_words.hpp"
#include "commands/lookup.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

/// One line of a history: an event, or that a list named the student.
struct Happened {
  Date date = {};
  bool is_list = false;
  std::vector<Cell> cells;
};

class History {
 public:
  History(const Context& context, StudentIndex student)
      : context_(context), data_(context.data), student_(student), steps_(context.data, context.today) {}

  Document document() {
    const Student& who = data_.students[student_];
    entries_ = event_entries(*context_.folder, events_path(who.id));
    Document document{.schema = "help.decide-history/1"};
    document.head.push_back(case_name(data_, {student_, std::nullopt}, context_.today));
    Cell::List states;
    for (const CaseKey& about : cases()) {
      const Decision decision = steps_.decision(about);
      const ListItem* item = item_of(about);
      const Message words = standing_words(data_, decision, item);
      document.head.push_back(about.subject ? say("{0}: {1}", data_.subjects[*about.subject], words) : say("state: {0}", words));
      states.emplace_back(Record{.fields = {{"subject", subject_or_null(data_, about.subject)},
                                            {"state", Cell(standing_code(decision, item))},
                                            {"since", decision.event != nullptr ? Cell(decision.event->date) : Cell()}}});
    }
    document.facts.fields = {
        {"today", Cell(context_.today)}, {"student", Cell(who.id)}, {"name", Cell(who.name)}, {"states", Cell(std::move(states))}};
    document.tables.push_back(table());
    return document;
  }

 private:
  /// The whole student, then every subject that was decided about or is on the last list, by name. Where nothing is said of the whole
  /// student, only those.
  [[nodiscard]] std::vector<CaseKey> cases() const {
    std::vector<CaseKey> subjects;
    const auto add = [&](std::optional<SubjectIndex> subject) {
      const CaseKey about{student_, subject};
      if (subject && std::ranges::find(subjects, about) == subjects.end()) subjects.push_back(about);
    };
    for (const auto event : steps_.cases().events(student_)) {
      if (is_decision(data_.events[event].kind)) add(data_.events[event].subject);
    }
    if (const SavedList* list = steps_.last_list()) {
      for (const ListItem& item : list->items) {
        if (item.student == student_) add(item.subject);
      }
    }
    std::ranges::sort(subjects, {}, [this](const CaseKey& about) -> const std::string& { return data_.subjects[*about.subject]; });
    const CaseKey whole{student_, std::nullopt};
    const bool says_something = steps_.decision(whole).event != nullptr || item_of(whole) != nullptr;
    if (says_something || subjects.empty()) subjects.insert(subjects.begin(), whole);
    return subjects;
  }

  [[nodiscard]] const ListItem* item_of(const CaseKey& about) const {
    const SavedList* list = steps_.last_list();
    if (list == nullptr) return nullptr;
    const auto found = std::ranges::find_if(
        list->items, [&](const ListItem& item) { return item.student == about.student && item.subject == about.subject; });
    return found == list->items.end() ? nullptr : &*found;
  }

  [[nodiscard]] Table table() const {
    Table table{.key = "events", .title = {}, .columns = {}, .rows = {}, .when_empty = say("Nothing was decided about this student.")};
    table.columns = {
        {.key = "date", .title = say("Day")},       {.key = "kind", .title = say("What")}, {.key = "subject", .title = say("Subject")},
        {.key = "by", .title = say("Who")},         {.key = "role", .title = say("Role")}, {.key = "evidence", .title = say("Evidence")},
        {.key = "because", .title = say("Reason")}, {.key = "id", .title = say("Id")},     {.key = "standing", .title = say("State")}};
    std::vector<Happened> all;
    for (const EventEntry& entry : entries_) {
      if (entry.voids.empty() && entry.date <= context_.today) all.push_back(row_of(entry));
    }
    for (const SavedList& list : data_.lists) {
      for (const ListItem& item : list.items) {
        if (item.student == student_ && list.at <= context_.today) all.push_back(row_of(list, item));
      }
    }
    std::ranges::stable_sort(
        all, [](const Happened& a, const Happened& b) { return std::pair(a.date, !a.is_list) < std::pair(b.date, !b.is_list); });
    for (Happened& one : all) table.rows.push_back(std::move(one.cells));
    return table;
  }

  [[nodiscard]] Happened row_of(const EventEntry& entry) const {
    const bool for_people = is_for_people(context_.format);
    const auto kind = parse_event_kind(entry.kind).value_or(EventKind::note);
    std::vector<std::string> evidence;
    const auto add = [&evidence](const std::string& word) {
      if (!word.empty()) evidence.push_back(word);
    };
    add(entry.basis);
    add(entry.indicator);
    add(entry.goal);
    add(entry.list);
    evidence.insert(evidence.end(), entry.rules.begin(), entry.rules.end());
    evidence.insert(evidence.end(), entry.exams.begin(), entry.exams.end());
    add(entry.until);
    const auto by = data_.find_staff(entry.by);
    return {.date = entry.date,
            .is_list = false,
            .cells = {Cell(entry.date), for_people ? Cell(name_of(kind)) : Cell(entry.kind), text_or_null(entry.subject),
                      for_people && by ? Cell(data_.staff[*by].name) : text_or_null(entry.by),
                      for_people && !entry.role.empty() ? Cell(name_of_role(entry.role)) : text_or_null(entry.role), list_of(evidence),
                      text_or_null(entry.because), Cell(entry.id), standing_of(entry)}};
  }

  [[nodiscard]] Happened row_of(const SavedList& list, const ListItem& item) const {
    const bool for_people = is_for_people(context_.format);
    std::vector<std::string> evidence{list.id};
    evidence.insert(evidence.end(), item.rules.begin(), item.rules.end());
    Cell kind = for_people ? Cell(say("suggested ({0})", outcome_words(item.outcome))) : Cell("suggested");
    return {.date = list.at,
            .is_list = true,
            .cells = {Cell(list.at), std::move(kind), subject_or_null(data_, item.subject), Cell(), Cell(), list_of(evidence), Cell(),
                      Cell(), Cell()}};
  }

  static Cell list_of(const std::vector<std::string>& words) {
    Cell::List cells;
    for (const std::string& word : words) cells.emplace_back(word);
    return Cell(std::move(cells));
  }

  /// Whether a line is in force; who withdrew or replaced it, if it is not.
  [[nodiscard]] Cell standing_of(const EventEntry& entry) const {
    const auto links = links_of(entries_);
    const auto versions = versions_of(links, entry.id);
    const bool for_people = is_for_people(context_.format);
    if (const RecordLinks* by = withdrawal_of(links, versions)) {
      const auto line = std::ranges::find(entries_, by->id, &EventEntry::id);
      return for_people ? Cell(say("withdrawn: {0} ({1})", line->because, by->id)) : Cell("withdrawn");
    }
    const auto latest = latest_of(links, versions);
    if (std::ranges::find(latest, entry.id) == latest.end()) {
      return for_people ? Cell(say("replaced by {0}", latest.empty() ? std::string() : latest.front())) : Cell("replaced");
    }
    return for_people ? Cell() : Cell("in-force");
  }

  const Context& context_;
  const Dataset& data_;
  StudentIndex student_;
  DecisionSteps steps_;
  std::vector<EventEntry> entries_;
};

}  // namespace

void show_history(const Context& context, const DecideOptions& options, Answer& answer) {
  const auto student = Lookup(context, answer.refusals).student(options.history);
  if (student) answer.document = History(context, *student).document();
}

}  // namespace help
