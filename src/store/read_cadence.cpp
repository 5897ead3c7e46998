// SPDX-License-Identifier: MIT
#include "store/read_cadence.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/school_days.hpp"
#include "store/fields.hpp"

namespace help {
namespace {

constexpr int usual_days_after_event = 7;
constexpr std::array<std::string_view, 10> body_kinds{"department", "major",  "subject-group", "research-group", "leading-group",
                                                      "office",     "agency", "family",        "partner-school", "other"};

struct ForWord {
  std::string_view word;
  DutyFor target;
  std::vector<std::string> body_kinds;
};

const std::vector<ForWord>& for_words() {
  static const std::vector<ForWord> words{
      {"each case", DutyFor::student_case, {}},
      {"each pair", DutyFor::pair, {}},
      {"each student", DutyFor::student, {}},
      {"each class", DutyFor::school_class, {}},
      {"each grade", DutyFor::grade, {}},
      {"each teacher", DutyFor::teacher, {}},
      {"each mentor", DutyFor::mentor, {}},
      {"each body", DutyFor::body, {}},
      {"each department", DutyFor::body, {"department"}},
      {"each major", DutyFor::body, {"major"}},
      {"each group", DutyFor::body, {"subject-group", "research-group"}},
      {"each leading-group", DutyFor::body, {"leading-group"}},
      {"each office", DutyFor::body, {"office"}},
      {"each agency", DutyFor::body, {"agency"}},
      {"each family", DutyFor::body, {"family"}},
      {"each partnership", DutyFor::body, {"partner-school"}},
      {"school", DutyFor::school, {}},
      {"self", DutyFor::self, {}},
  };
  return words;
}

/// One text, or a list of them.
std::vector<Value> values_at(const Value& item, std::string_view key) {
  std::vector<Value> values;
  if (const auto value = find(item, key)) {
    if (value->is_scalar()) {
      values.push_back(*value);
    }
    for (const Value each : items_of(*value)) {
      values.push_back(each);
    }
  }
  return values;
}

PolicyDate policy_date(std::string_view text) {
  if (text.size() == 5) {
    const auto day = parse_date("2024-" + std::string(text)).value_or(Date{});
    const std::chrono::year_month_day named{day};
    return {.year = std::nullopt, .month = static_cast<unsigned>(named.month()), .day = static_cast<unsigned>(named.day())};
  }
  const std::chrono::year_month_day named{parse_date(text).value_or(Date{})};
  return {.year = static_cast<int>(named.year()), .month = static_cast<unsigned>(named.month()), .day = static_cast<unsigned>(named.day())};
}

DueDay due_day(std::string_view text) {
  using Kind = DueDay::Kind;
  static const std::map<std::string_view, Kind> kinds{{"month-end", Kind::month_end},
                                                      {"term-start", Kind::term_start},
                                                      {"term-middle", Kind::term_middle},
                                                      {"term-end", Kind::term_end},
                                                      {"before-term", Kind::before_term}};
  const auto weekday = std::ranges::find(weekday_words, text);
  if (weekday != weekday_words.end()) {
    return {.kind = Kind::weekday, .weekday = static_cast<unsigned>(weekday - weekday_words.begin()), .date = {}};
  }
  if (const auto kind = kinds.find(text); kind != kinds.end()) {
    return {.kind = kind->second, .weekday = 0, .date = {}};
  }
  return {.kind = Kind::date, .weekday = 0, .date = policy_date(text)};
}

class CadenceReader {
 public:
  CadenceReader(Reading& reading, std::string path, const ReadConditions& read_conditions)
      : reading_(reading), policy_(reading.data.policy), path_(std::move(path)), read_conditions_(read_conditions) {}

  void read(const Value& root) {
    read_phases(root);
    read_evidence(root);
    read_floors(root);
    policy_.cadence.due_soon = static_cast<int>(whole_at(root, "due-soon").value_or(policy_.cadence.due_soon));
    if (const auto duties = find(root, "cadence")) {
      for (const Value item : items_of(*duties)) {
        read_duty(item);
      }
    }
  }

 private:
  void twice(const Value& item, bool known) {
    const auto id = find(item, "id");
    if (known && id) {
      reading_.error(path_, *id, "policy/id-twice", say("the id '{0}' stands here a second time", id->text()));
    }
  }

  void read_phases(const Value& root) {
    const auto phases = find(root, "phases");
    if (!phases) {
      return;
    }
    for (const Value item : items_of(*phases)) {
      Phase phase{.id = text_at(item, "id"),
                  .name = text_at(item, "name"),
                  .from = policy_date(text_at(item, "from")),
                  .until = policy_date(text_at(item, "until")),
                  .who = text_at(item, "who"),
                  .source = text_at(item, "source")};
      twice(item, std::ranges::find(policy_.cadence.phases, phase.id, &Phase::id) != policy_.cadence.phases.end());
      const bool mixed = phase.from.year.has_value() != phase.until.year.has_value();
      const bool runs_back = phase.from.year && phase.until.year && in_year(phase.until, 0) < in_year(phase.from, 0);
      if (mixed || runs_back) {
        reading_.error(path_, find(item, "until").value_or(item), "field/ends-before-it-begins",
                       mixed ? say("one of the two dates has a year, the other has none")
                             : say("the period ends on {0}, before it begins on {1}", text_at(item, "until"), text_at(item, "from")));
      }
      policy_.cadence.phases.push_back(std::move(phase));
    }
  }

  std::optional<InteractionKindIndex> kind_of(const Value& id) {
    const auto known = std::ranges::find(policy_.kinds, id.text(), &InteractionKind::id);
    if (known != policy_.kinds.end()) {
      return static_cast<InteractionKindIndex>(known - policy_.kinds.begin());
    }
    std::vector<std::string_view> ids;
    for (const InteractionKind& one : policy_.kinds) {
      ids.push_back(one.id);
    }
    reading_.unknown(path_, id, "policy/unknown-interaction", say("there is no kind of interaction '{0}'", id.text()), ids);
    return std::nullopt;
  }

  std::vector<InteractionKindIndex> kinds_at(const Value& item, std::string_view key) {
    std::vector<InteractionKindIndex> kinds;
    for (const Value& id : values_at(item, key)) {
      if (const auto kind = kind_of(id)) {
        kinds.push_back(*kind);
      }
    }
    return kinds;
  }

  void read_evidence(const Value& root) {
    const auto evidence = find(root, "evidence");
    if (!evidence) {
      return;
    }
    for (const auto [key, list] : entries_of(*evidence)) {
      const auto kind = kind_of(key);
      for (const Value id : items_of(list)) {
        const auto satisfies = kind_of(id);
        if (kind && satisfies) {
          evidence_[*kind].push_back(*satisfies);
        }
      }
    }
  }

  void read_floors(const Value& root) {
    const auto floors = find(root, "floors");
    if (!floors) {
      return;
    }
    Floors& known = policy_.cadence.floors;
    const auto read = [&](std::string_view key, int& floor) { floor = static_cast<int>(whole_at(*floors, key).value_or(floor)); };
    read("day", known.day);
    read("week", known.week);
    read("half-month", known.half_month);
    read("month", known.month);
    read("term", known.term);
  }

  void read_who(const Value& item, Duty& duty) {
    duty.who = holders_at(item, "who");
    duty.together = text_at(item, "together") == "true";
    duty.each = text_at(item, "share") == "each";
    duty.substitutes = text_at(item, "substitutes") == "true";
  }

  void read_target(const Value& item, Duty& duty) {
    const std::string word = text_at(item, "for");
    const auto& words = for_words();
    const auto known = std::ranges::find(words, word, &ForWord::word);
    if (known != words.end()) {
      duty.target = known->target;
      duty.body_kinds = known->body_kinds;
    }
    duty.pair_roles = texts_at(item, "pairs");
    duty.subjects = texts_at(item, "subjects");
    for (const std::string& subject : duty.subjects) {
      reading_.subject(subject);
    }
    duty.only = read_conditions_(item, "only");
    duty.unless = read_conditions_(item, "unless");
  }

  void read_does(const Value& item, Duty& duty) {
    duty.does = kinds_at(item, "does");
    duty.satisfied = duty.does;
    for (const InteractionKindIndex kind : duty.does) {
      if (const auto also = evidence_.find(kind); also != evidence_.end()) {
        duty.satisfied.insert(duty.satisfied.end(), also->second.begin(), also->second.end());
      }
    }
    std::ranges::sort(duty.satisfied);
    duty.satisfied.erase(std::unique(duty.satisfied.begin(), duty.satisfied.end()), duty.satisfied.end());
    for (const std::string& word : texts_at(item, "needs")) {
      if (const auto field = parse_interaction_field(word)) {
        duty.needs |= bit_of(*field);
      }
    }
    duty.to = one_or_more_at(item, "to");
    duty.channels = texts_at(item, "channels");
    if (const std::string present = text_at(item, "student-present"); !present.empty()) {
      duty.student_present = present == "true";
    }
  }

  void read_after(const Value& after, Duty& duty) {
    duty.timing = Timing::after;
    Trigger& trigger = duty.after;
    if (after.is_scalar()) {
      static const std::map<std::string_view, Trigger> words{
          {"identified", {.kind = Trigger::Kind::event, .exams = {}, .events = {EventKind::confirmed, EventKind::reopened}, .records = {}}},
          {"released", {.kind = Trigger::Kind::event, .exams = {}, .events = {EventKind::released}, .records = {}}},
          {"assigned", {.kind = Trigger::Kind::assigned, .exams = {}, .events = {}, .records = {}}},
          {"enrolled", {.kind = Trigger::Kind::enrolled, .exams = {}, .events = {}, .records = {}}},
          {"post-change", {.kind = Trigger::Kind::post_change, .exams = {}, .events = {}, .records = {}}}};
      if (const auto known = words.find(after.text()); known != words.end()) {
        trigger = known->second;
      }
    } else if (find(after, "exam")) {
      for (const std::string& word : one_or_more_at(after, "exam")) {
        if (word == "routine") {
          trigger.exams.insert(trigger.exams.end(), policy_.routine.begin(), policy_.routine.end());
        } else if (const auto kind = parse_exam_kind(word)) {
          trigger.exams.push_back(*kind);
        }
      }
    } else if (find(after, "event")) {
      trigger.kind = Trigger::Kind::event;
      for (const std::string& word : one_or_more_at(after, "event")) {
        if (const auto kind = parse_event_kind(word)) {
          trigger.events.push_back(*kind);
        }
      }
    } else {
      trigger.kind = Trigger::Kind::record;
      trigger.records = kinds_at(after, "record");
    }
  }

  void read_timing(const Value& item, Duty& duty) {
    if (const auto every = find(item, "every")) {
      duty.every = parse_every(every->text()).value_or(Every::week);
      if (const auto by = find(item, "by")) {
        duty.due = {due_day(by->text())};
      }
    } else if (const auto after = find(item, "after")) {
      read_after(*after, duty);
      const auto within = find(item, "within");
      duty.within_days = within ? days_of(*within).value_or(0) : usual_days_after_event;
    } else if (const auto once = find(item, "once")) {
      duty.timing = Timing::once;
      for (const std::string& word : one_or_more_at(*once, "by")) {
        duty.due.push_back(due_day(word));
      }
      if (const auto from = find(*once, "from")) {
        duty.once_from = policy_date(from->text());
      }
    } else {
      duty.timing = Timing::unchecked;
    }
  }

  void read_rest(const Value& item, Duty& duty) {
    duty.at_least = static_cast<int>(std::clamp<std::int64_t>(whole_at(item, "at-least").value_or(1), 1, 366));
    if (const auto most = whole_at(item, "at-most")) {
      duty.at_most = static_cast<int>(*most);
    }
    if (const auto floor = whole_at(item, "floor")) {
      duty.floor = static_cast<int>(*floor);
    }
    duty.average = text_at(item, "mode") == "average";
    const std::string make_up = text_at(item, "make-up");
    duty.make_up = make_up == "none" ? MakeUp::none : make_up == "term" ? MakeUp::term : MakeUp::window;
    const std::string start = text_at(item, "start");
    duty.start = start == "at-once" ? LateStart::at_once : start == "share" ? LateStart::share : LateStart::next_window;
    if (const auto during = find(item, "during")) {
      read_during(*during, duty);
    }
  }

  void read_during(const Value& value, Duty& duty) {
    During& during = duty.during;
    if (value.is_scalar()) {
      during.kind = value.text() == "holidays" ? During::Kind::holidays
                    : value.text() == "always" ? During::Kind::always
                                               : During::Kind::term;
      return;
    }
    if (const auto months = find(value, "months")) {
      during.kind = During::Kind::months;
      for (const Value month : items_of(*months)) {
        const auto number = whole_of(month).value_or(1);
        during.months = static_cast<std::uint16_t>(during.months | 1U << static_cast<unsigned>(number - 1));
      }
      return;
    }
    during.kind = During::Kind::phases;
    const auto& phases = policy_.cadence.phases;
    for (const Value& id : values_at(value, "phases")) {
      const auto known = std::ranges::find(phases, id.text(), &Phase::id);
      if (known != phases.end()) {
        during.in.push_back(static_cast<std::size_t>(known - phases.begin()));
        continue;
      }
      std::vector<std::string_view> ids;
      for (const Phase& one : phases) {
        ids.push_back(one.id);
      }
      reading_.unknown(path_, id, "policy/unknown-phase", say("the policy has no phase '{0}'", id.text()), ids);
    }
  }

  /// Keys that the shape allows one by one and that say nothing together.
  void check_together(const Value& item, const Duty& duty) {
    const auto refuse = [&](std::string_view key, std::string_view other) {
      if (const auto value = find(item, key)) {
        reading_.error(path_, *value, "policy/keys-apart", say("'{0}' says nothing beside '{1}'", key, other),
                       say("leave '{0}' out, or choose another form of the duty", key));
      }
    };
    const auto timing = duty.timing == Timing::after ? "after" : duty.timing == Timing::once ? "once" : "unchecked";
    if (duty.timing != Timing::every) {
      for (const std::string_view key : {"by", "mode", "start"}) {
        refuse(key, timing);
      }
    }
    if (duty.timing == Timing::after) {
      refuse("at-least", "after");
    }
    if (duty.timing != Timing::after) {
      refuse("within", duty.timing == Timing::every ? "every" : timing);
    }
    if (duty.average) {
      refuse("by", "mode: average");
      refuse("make-up", "mode: average");
      refuse("to", "mode: average");
    }
    if (duty.together && duty.who.size() < 2) {
      refuse("together", "who");
    }
    if (duty.together && duty.target == DutyFor::self) {
      reading_.error(path_, *find(item, "together"), "policy/keys-apart",
                     say("what everybody owes for themselves cannot be done together: it would never be met"),
                     say("leave 'together' out, or say whom or what it is for: for: school, for: each class …"));
    }
    if (duty.together && duty.each) {
      refuse("share", "together");
    }
    if (duty.at_most && *duty.at_most < duty.at_least) {
      refuse("at-most", "at-least");
    }
    check_due(item, duty);
  }

  void check_due(const Value& item, const Duty& duty) {
    using Kind = DueDay::Kind;
    for (const DueDay& by : duty.due) {
      const bool month = duty.every == Every::month || duty.every == Every::half_month;
      const bool term = duty.every == Every::term || duty.every == Every::year;
      const bool fits = duty.timing == Timing::once
                            ? by.kind != Kind::weekday && by.kind != Kind::month_end
                            : (by.kind == Kind::weekday && (duty.every == Every::week || duty.every == Every::two_weeks)) ||
                                  (by.kind == Kind::month_end && month) ||
                                  (term && by.kind != Kind::weekday && by.kind != Kind::month_end && by.kind != Kind::before_term);
      if (fits) {
        continue;
      }
      const auto once = find(item, "once");
      const auto at = once ? find(*once, "by") : find(item, "by");
      if (at) {
        reading_.error(path_, *at, "policy/keys-apart",
                       say("'{0}' says nothing beside '{1}'", at->is_scalar() ? at->text() : std::string_view("by"),
                           duty.timing == Timing::once ? std::string_view("once") : word_of(duty.every)),
                       say("weekdays go with weeks, month-end with months, days of the term and dates with terms, years and once"));
      }
    }
  }

  void read_duty(const Value& item) {
    Duty duty;
    duty.id = text_at(item, "id");
    duty.line = problem_at(path_, item, Severity::error, "", {}).where.line;
    duty.name = text_at(item, "name");
    if (duty.name.empty()) {
      duty.name = duty.id;
    }
    duty.source = text_at(item, "source");
    duty.because = text_at(item, "because");
    duty.in_force = reading_.period(path_, item);
    twice(item, std::ranges::find(policy_.cadence.duties, duty.id, &Duty::id) != policy_.cadence.duties.end());
    read_who(item, duty);
    read_target(item, duty);
    read_does(item, duty);
    read_timing(item, duty);
    read_rest(item, duty);
    check_together(item, duty);
    policy_.cadence.duties.push_back(std::move(duty));
  }

  Reading& reading_;
  Policy& policy_;
  std::string path_;
  const ReadConditions& read_conditions_;
  std::map<InteractionKindIndex, std::vector<InteractionKindIndex>> evidence_;
};

}  // namespace

std::vector<DutyHolder> holders_at(const Value& item, std::string_view key) {
  std::vector<DutyHolder> holders;
  for (const std::string& word : one_or_more_at(item, key)) {
    const auto kind = word == "class-teacher"                                   ? DutyHolder::Kind::class_teacher
                      : word == "subject-teacher"                               ? DutyHolder::Kind::subject_teacher
                      : std::ranges::find(body_kinds, word) != body_kinds.end() ? DutyHolder::Kind::body_kind
                                                                                : DutyHolder::Kind::role;
    holders.push_back({kind, word});
  }
  return holders;
}

void read_cadence(Reading& reading, const std::string& path, const Value& root, const ReadConditions& read_conditions) {
  CadenceReader(reading, path, read_conditions).read(root);
}

}  // namespace help
