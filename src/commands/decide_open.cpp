// SPDX-License-Identifier: MIT
// help decide --open: who has not answered the last list yet.
#include <algorithm>
#include <map>
#include <tuple>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/identify_words.hpp"
#include "commands/lookup.hpp"
#include "diag/nearest.hpp"
#include "rules/duty_days.hpp"

namespace help {
namespace {

/// A suggestion that somebody is to answer.
struct OpenSuggestion {
  Suggestion suggestion;
  SuggestionStanding standing;
  std::vector<StepHolder> holders;
  std::optional<ClassIndex> in_class;
  Date since = {};
};

/// What one person, or several who share an office, have not answered in one class.
struct Owed {
  const DecisionStep* step = nullptr;
  std::vector<StepHolder> holders;
  std::optional<ClassIndex> in_class;
  std::optional<SubjectIndex> subject;
  std::int64_t students = 0;
  Date since = {};
  std::int64_t school_days = 0;
};

struct OpenFilter {
  std::optional<ClassIndex> in_class;
  std::optional<int> grade;
  std::optional<SubjectIndex> subject;
  std::optional<Party> who;
};

class OpenView {
 public:
  OpenView(const Context& context, const SavedList& list, const OpenFilter& filter)
      : context_(context), data_(context.data), list_(list), filter_(filter), steps_(context.data, context.today) {
    for (const Suggestion& one : steps_.suggestions(list)) add(one);
    group();
  }

  Document document() {
    Document document{.schema = "help.decide-open/1"};
    document.head.push_back(
        say("{0}: the list of {1}, answered until {2}", data_.school.name, to_string(list_.at), to_string(context_.today)));
    document.head.push_back(say("Open {0}, answered {1}, waiting for an exam {2}; only for watching {3}.",
                                static_cast<std::int64_t>(open_.size()), answered_, waiting_, watched_));
    document.facts.fields = {{"today", Cell(context_.today)}, {"list", Cell(list_.id)},
                             {"list_at", Cell(list_.at)},     {"open", Cell(static_cast<std::int64_t>(open_.size()))},
                             {"answered", Cell(answered_)},   {"waiting", Cell(waiting_)},
                             {"watched", Cell(watched_)}};
    document.tables.push_back(teachers());
    document.tables.push_back(students());
    return document;
  }

 private:
  void add(const Suggestion& one) {
    const auto in = data_.class_of(one.about.student, context_.today);
    const auto& left = data_.students[one.about.student].left;
    if (left && *left < context_.today) return;
    if (filter_.in_class && in != filter_.in_class) return;
    if (filter_.grade && (!in || data_.grade_of(*in, context_.today) != *filter_.grade)) return;
    if (filter_.subject && one.about.subject != filter_.subject) return;
    OpenSuggestion open{.suggestion = one, .standing = steps_.standing(one, list_), .holders = {}, .in_class = in, .since = list_.at};
    if (open.standing.state == SuggestionStanding::State::open) {
      open.holders = steps_.holders(steps_.step(one.about, *open.standing.next), one.about);
      const auto is_mine = [this](const StepHolder& holder) { return holder.party == filter_.who; };
      if (filter_.who && std::ranges::none_of(open.holders, is_mine)) return;
      if (open.standing.held) open.since = std::max(open.since, data_.exams[*open.standing.held].date);
      if (open.standing.decision.state == CaseState::confirmed) open.since = std::max(open.since, open.standing.decision.event->date);
      open_.push_back(std::move(open));
    } else if (filter_.who) {
      return;  // whose it was is not asked any more
    } else if (open.standing.state == SuggestionStanding::State::waiting) {
      ++waiting_;
    } else if (open.standing.decision.event == nullptr) {
      ++watched_;
    } else {
      ++answered_;
    }
  }

  void group() {
    using Key = std::tuple<std::vector<std::string>, std::size_t, std::string, std::string>;
    std::map<Key, Owed> groups;
    for (const OpenSuggestion& one : open_) {
      const std::vector<std::string> ids = unique_ids(one.holders);
      const CaseKey& about = one.suggestion.about;
      const std::size_t step = *one.standing.next;
      const std::string in = one.in_class ? data_.classes[*one.in_class].id : std::string();
      const std::string subject = about.subject ? data_.subjects[*about.subject] : std::string();
      auto& owed = groups
                       .try_emplace(Key{ids, step, in, subject}, Owed{.step = &steps_.step(about, step),
                                                                      .holders = one.holders,
                                                                      .in_class = one.in_class,
                                                                      .subject = about.subject,
                                                                      .students = 0,
                                                                      .since = one.since,
                                                                      .school_days = 0})
                       .first->second;
      ++owed.students;
      owed.since = std::min(owed.since, one.since);
    }
    SchoolDayBook book(data_, {first_known_day(data_.calendar, context_.today), context_.today});
    for (auto& [key, owed] : groups) {
      owed.school_days = book.school_days({.in_class = owed.in_class, .grade = std::nullopt}, owed.since + Days(1), context_.today);
      owed_.push_back(std::move(owed));
    }
    std::ranges::stable_sort(owed_, std::ranges::greater{}, &Owed::school_days);
  }

  [[nodiscard]] Cell class_cell(std::optional<ClassIndex> in) const {
    if (!in) return {};
    return is_for_people(context_.format) ? Cell(class_name(data_, in)) : Cell(data_.classes[*in].id);
  }

  /// Somebody may hold a step in two roles.
  [[nodiscard]] std::vector<std::string> unique_ids(const std::vector<StepHolder>& holders) const {
    std::vector<std::string> ids;
    for (const StepHolder& holder : holders) {
      const std::string& id = data_.id_of(holder.party);
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    return ids;
  }

  [[nodiscard]] Cell ids_of(const std::vector<StepHolder>& holders) const {
    Cell::List ids;
    for (const std::string& id : unique_ids(holders)) ids.emplace_back(id);
    return Cell(std::move(ids));
  }

  [[nodiscard]] Cell names_cell(const std::vector<StepHolder>& holders) const {
    const auto names = holder_names(data_, holders);
    if (is_for_people(context_.format)) return names.empty() ? Cell(say("nobody")) : Cell(joined(names));
    Cell::List cells;
    for (const std::string& name : names) cells.emplace_back(name);
    return Cell(std::move(cells));
  }

  [[nodiscard]] Table teachers() const {
    const bool for_people = is_for_people(context_.format);
    Table table{.key = "teachers",
                .title = say("Who has not answered yet"),
                .columns = {},
                .rows = {},
                .when_empty = say("Everybody has answered.")};
    table.columns = {
        {.key = "staff", .title = say("Id")},        {.key = "names", .title = say("Who")},
        {.key = "step", .title = say("Step")},       {.key = "class", .title = say("Class")},
        {.key = "subject", .title = say("Subject")}, {.key = "students", .title = say("Students"), .align = Align::right},
        {.key = "since", .title = say("Since")},     {.key = "school_days", .title = say("School days"), .align = Align::right}};
    for (const Owed& owed : owed_) {
      table.rows.push_back({ids_of(owed.holders), names_cell(owed.holders), for_people ? Cell(name_of(*owed.step)) : Cell(owed.step->id),
                            class_cell(owed.in_class), subject_or_null(data_, owed.subject), Cell(owed.students), Cell(owed.since),
                            Cell(owed.school_days)});
    }
    return table;
  }

  [[nodiscard]] Table students() const {
    const bool for_people = is_for_people(context_.format);
    Table table{.key = "students", .title = say("About whom"), .columns = {}, .rows = {}, .when_empty = {}};
    table.columns = {{.key = "student", .title = say("Id")},     {.key = "name", .title = say("Name")},
                     {.key = "class", .title = say("Class")},    {.key = "subject", .title = say("Subject")},
                     {.key = "outcome", .title = say("List")},   {.key = "state", .title = say("State")},
                     {.key = "next_step", .title = say("Next")}, {.key = "names", .title = say("Who")}};
    for (const OpenSuggestion& one : open_) {
      const CaseKey& about = one.suggestion.about;
      const Student& student = data_.students[about.student];
      const DecisionStep& step = steps_.step(about, *one.standing.next);
      const Outcome outcome = one.suggestion.item->outcome;
      table.rows.push_back({Cell(student.id), Cell(student.name), class_cell(one.in_class), subject_or_null(data_, about.subject),
                            for_people ? Cell(outcome_words(outcome)) : Cell(word_of(outcome)), state_cell(one),
                            for_people ? Cell(name_of(step)) : Cell(step.id), names_cell(one.holders)});
    }
    return table;
  }

  [[nodiscard]] Cell state_cell(const OpenSuggestion& one) const {
    if (!is_for_people(context_.format)) {
      const bool is_pending = one.standing.decision.event != nullptr && one.standing.decision.state == CaseState::none;
      return is_pending ? Cell("pending") : Cell(code_of(one.standing.decision.state));
    }
    Message words = standing_words(data_, one.standing.decision, one.suggestion.item);
    if (!one.standing.held) return Cell(std::move(words));
    return Cell(say("{0}; it was held on {1}", std::move(words), to_string(data_.exams[*one.standing.held].date)));
  }

  const Context& context_;
  const Dataset& data_;
  const SavedList& list_;
  OpenFilter filter_;
  DecisionSteps steps_;
  std::vector<OpenSuggestion> open_;  ///< in the order of the list
  std::vector<Owed> owed_;            ///< longest open first, then by who
  std::int64_t answered_ = 0;
  std::int64_t waiting_ = 0;
  std::int64_t watched_ = 0;
};

}  // namespace

void show_open(const Context& context, const DecideOptions& options, Answer& answer) {
  Lookup lookup(context, answer.refusals);
  const OpenFilter filter{.in_class = lookup.school_class(options.in_class),
                          .grade = lookup.grade(options.grade),
                          .subject = lookup.subject(options.subject),
                          .who = options.staff.empty() ? std::nullopt : lookup.me(options.staff)};
  const SavedList* list = find_list(context, options.list, context.today, answer.refusals);
  if (answer.refusals.empty() && list == nullptr) answer.refusals.push_back(say("No list is saved yet: help identify --save"));
  if (answer.refusals.empty()) answer.document = OpenView(context, *list, filter).document();
}

}  // namespace help
