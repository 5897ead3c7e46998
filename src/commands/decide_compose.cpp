// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <iterator>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/lookup.hpp"
#include "commands/note.hpp"
#include "diag/nearest.hpp"
#include "model/code_name.hpp"
#include "model/date_words.hpp"
#include "model/name_finder.hpp"
#include "model/role_name.hpp"
#include "rules/release.hpp"
#include "store/bytes.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

bool answers_suggestion(EventKind kind) {
  return kind == EventKind::confirmed || kind == EventKind::dismissed || kind == EventKind::pending;
}

// The space of Chinese keyboards.
constexpr std::string_view wide_space = "\u3000";

/// Cuts a text at its first space of any kind; the rest has none in front.
std::pair<std::string, std::string> cut_at_space(const std::string& text) {
  const std::size_t cut = std::min(text.find_first_of(" \t"), text.find(wide_space));
  if (cut == std::string::npos) return {text, {}};
  std::size_t rest = cut;
  while (rest < text.size()) {
    if (text[rest] == ' ' || text[rest] == '\t') {
      ++rest;
    } else if (text.compare(rest, wide_space.size(), wide_space) == 0) {
      rest += wide_space.size();
    } else {
      break;
    }
  }
  return {text.substr(0, cut), text.substr(rest)};
}

bool is_one_chinese_character(std::string_view text) {
  return text.size() == 3 && (static_cast<unsigned char>(text.front()) & 0xF0U) == 0xE0U;
}

/// STUDENT [REASON]. A name of two characters is often written with a space between them.
std::pair<std::string, std::string> name_and_reason(const std::string& line) {
  auto [name, reason] = cut_at_space(line);
  const auto [given, rest] = cut_at_space(reason);
  if (is_one_chinese_character(name) && is_one_chinese_character(given)) return {name + given, rest};
  return {std::move(name), std::move(reason)};
}

bool has(const std::vector<EventKind>& kinds, EventKind kind) { return std::ranges::find(kinds, kind) != kinds.end(); }

}  // namespace

void DecisionComposer::refuse_unless_forced(Message message) {
  if (!options_.force) refuse(say("{0} If it is right all the same: --force.", std::move(message)));
}

Message DecisionComposer::called(const CaseKey& about) const { return case_name(context_.data, about, date_); }

/// Text as a file may hold it; what it may not hold is refused.
std::string DecisionComposer::clean(std::string_view what, const std::string& typed) {
  std::string text = text_for_file(typed);
  if (const auto refused = find_refused_character(text)) {
    refuse(say("{0} holds a character that no file may hold: {1}", what, code_point_name(refused->code)));
  }
  return text;
}

/// STUDENT… DECISION [REASON]
void DecisionComposer::take_words() {
  std::string reason;
  for (const std::string& word : options_.words) {
    const auto kind = kind_ ? std::nullopt : decision_of_word(context_, word);
    if (kind) {
      kind_ = kind;
    } else if (!kind_) {
      who_.push_back(word);
    } else {
      reason += (reason.empty() ? "" : " ") + word;
    }
  }
  if (!reason.empty() && !options_.because.empty()) refuse(say("The reason stands there twice: behind the decision, and in --because."));
  if (reason.empty()) reason = options_.because;
  because_ = clean("REASON", reason);
  if (kind_) return;
  static constexpr std::array<std::string_view, 7> words{"confirm", "dismiss", "pending", "exclude", "include", "release", "reopen"};
  for (const std::string& word : who_) {
    if (const auto near = nearest(word, words)) return refuse(say("There is no decision '{0}'; did you mean '{1}'?", word, *near));
  }
  refuse(say("What is decided? help decide STUDENT… confirm|dismiss|pending|exclude|include|release|reopen REASON"));
}

std::optional<StaffIndex> DecisionComposer::decider() {
  const auto found = Lookup(context_, refusals_).me(options_.staff);
  if (!found) return std::nullopt;
  if (found->kind != Party::Kind::staff) {
    refuse(say("{0} is no colleague: decisions are made by the staff.", context_.data.name_of(*found)));
    return std::nullopt;
  }
  const Staff& staff = context_.data.staff[found->index];
  if (staff.left && *staff.left < date_)
    refuse_unless_forced(say("{0} left on {1}, before {2}.", staff.name, to_string(*staff.left), to_string(date_)));
  return found->index;
}

void DecisionComposer::take_list() {
  list_ = find_list(context_, options_.list, date_, refusals_);
  if (list_ != nullptr) suggestions_ = steps_->suggestions(*list_);
}

/// The kind of exam that a part of its name fits: 期末 is the final.
std::optional<std::string> DecisionComposer::exam_kind_called(const std::string& typed) const {
  std::vector<std::string> names;
  std::vector<Called> called;
  for (int kind = 0; kind <= static_cast<int>(ExamKind::other); ++kind)
    names.push_back(context_.talk == nullptr ? std::string() : context_.talk->text(name_of(static_cast<ExamKind>(kind)), "zh"));
  for (std::size_t kind = 0; kind < names.size(); ++kind) called.push_back({word_of(static_cast<ExamKind>(kind)), names[kind]});
  const FoundNames found = find_called(called, typed);
  return found.matches.size() == 1 ? std::optional(std::string(called[found.matches.front()].id)) : std::nullopt;
}

void DecisionComposer::take_until() {
  if (options_.until.empty()) return;
  if (kind_ != EventKind::pending) return refuse(say("--until belongs to pending."));
  const Dataset& data = context_.data;
  std::vector<std::string> words;
  for (int kind = 0; kind <= static_cast<int>(ExamKind::other); ++kind) words.emplace_back(word_of(static_cast<ExamKind>(kind)));
  until_ = options_.until;
  if (parse_exam_kind(until_)) return;
  for (const std::string& word : words) {
    const auto kind = parse_exam_kind(word);
    if (context_.talk == nullptr || !kind || context_.talk->text(name_of(*kind), "zh") != until_) continue;
    until_ = word;
    return;
  }
  if (const auto exam = data.find_exam(until_)) {
    if (data.exams[*exam].date <= date_) refuse(say("The exam {0} was held on {1} already.", until_, to_string(data.exams[*exam].date)));
    return;
  }
  if (const auto kind = exam_kind_called(until_)) {
    until_ = *kind;
    return;
  }
  for (const Exam& exam : data.exams) words.push_back(exam.id);
  const auto near = nearest(until_, std::vector<std::string_view>(words.begin(), words.end()));
  refuse(near ? say("There is no exam '{0}'. Did you mean '{1}'?", until_, *near)
              : say("There is no exam '{0}'. For one that is still to come, name its kind: midterm, final …", until_));
}

void DecisionComposer::take_basis() {
  const auto& known = context_.data.policy.exclude;
  if (kind_ != EventKind::excluded) {
    if (!options_.basis.empty()) refuse(say("--basis belongs to exclude."));
    return;
  }
  std::vector<std::string> words(known.begin(), known.end());
  if (known.empty()) return refuse(say("The policy excludes on no basis (`exclude`)."));
  if (options_.basis.empty()) return refuse(say("On which basis? --basis with one of {0}", joined(words)));
  for (const std::string& basis : known) {
    const bool named = context_.talk != nullptr && context_.talk->text(name_of_basis(basis), "zh") == options_.basis;
    if (basis == options_.basis || named) basis_ = basis;
  }
  if (!basis_.empty()) return;
  const auto near = nearest(options_.basis, std::vector<std::string_view>(words.begin(), words.end()));
  refuse(near ? say("The policy does not exclude on the basis '{0}'; did you mean '{1}'?", options_.basis, *near)
              : say("The policy does not exclude on the basis '{0}'; it knows: {1}.", options_.basis, joined(words)));
}

// --- about whom ---

const ListItem* DecisionComposer::item_of(const CaseKey& about) const {
  const auto found = std::ranges::find(suggestions_, about, &Suggestion::about);
  if (found != suggestions_.end()) return found->item;
  // A subject of a line about the whole student.
  const auto of_whole = std::ranges::find_if(suggestions_, [&](const Suggestion& one) {
    return about.subject && one.about == CaseKey{about.student, std::nullopt} &&
           std::ranges::find(one.item->subjects, *about.subject) != one.item->subjects.end();
  });
  return of_whole == suggestions_.end() ? nullptr : of_whole->item;
}

/// What the list says of a student, as far as it is for who decides: of several subjects those that one teaches.
std::vector<CaseKey> DecisionComposer::on_list(StudentIndex student) const {
  std::vector<CaseKey> all;
  for (const Suggestion& one : suggestions_) {
    if (one.about.student == student) all.push_back(one.about);
  }
  if (all.size() < 2) return all;
  std::vector<CaseKey> mine;
  for (const CaseKey& about : all) {
    if (steps_->has_role("class-teacher", by_, about) && options_.as_role != "subject-teacher") return all;
    if (steps_->has_role("subject-teacher", by_, about)) mine.push_back(about);
  }
  return mine.empty() ? all : mine;
}

/// Whether the decision that is to be made can follow on the one that holds.
bool DecisionComposer::fits_kind(const CaseKey& about) const {
  const Decision decision = steps_->decision(about);
  switch (*kind_) {
    case EventKind::released:
      return decision.state == CaseState::confirmed;
    case EventKind::reopened:
      return decision.state == CaseState::released;
    case EventKind::included:
      return decision.state == CaseState::excluded;
    default:
      return decision.state == CaseState::none && decision.event != nullptr;
  }
}

/// Which case of a student is meant where neither --subject nor the list says it.
std::optional<CaseKey> DecisionComposer::case_of(StudentIndex student) {
  const CaseKey whole{student, std::nullopt};
  if (*kind_ == EventKind::excluded || fits_kind(whole)) return whole;
  std::vector<CaseKey> fitting;
  std::vector<std::string> subjects;
  for (const auto event : steps_->cases().events(student)) {
    const CaseKey about{student, context_.data.events[event].subject};
    if (!about.subject || !fits_kind(about) || std::ranges::find(fitting, about) != fitting.end()) continue;
    fitting.push_back(about);
    subjects.push_back(context_.data.subjects[*about.subject]);
  }
  if (fitting.size() < 2) return fitting.empty() ? whole : fitting.front();
  refuse(say("{0} is a case in several subjects: {1}. Say which: --subject SUBJECT", called(whole), joined(subjects)));
  return std::nullopt;
}

void DecisionComposer::add_student(StudentIndex student, const std::string& because) {
  std::vector<CaseKey> cases;
  if (subject_) {
    cases.push_back({student, subject_});
  } else {
    if (answers_suggestion(*kind_)) cases = on_list(student);
    if (cases.empty()) {
      if (const auto about = case_of(student)) cases.push_back(*about);
    }
  }
  for (const CaseKey& about : cases) {
    if (std::ranges::find(wanted_, about, &Wanted::about) != wanted_.end()) continue;
    wanted_.push_back({.about = about, .item = item_of(about), .because = because, .role = {}, .step = {}, .rules = {}, .exams = {}});
  }
}

void DecisionComposer::add_students(const std::string& typed, const std::string& because) {
  Lookup lookup(context_, refusals_);
  const auto parts = parts_of_list(typed);
  if (parts.empty()) refuse(say("A student's name is empty."));
  for (const std::string& part : parts) {
    if (const auto student = lookup.student(part)) add_student(*student, because);
  }
}

void DecisionComposer::add_lines() {
  std::int64_t number = 0;
  bool some = false;
  for (const std::string& line : options_.lines) {
    ++number;
    const std::string typed = cell_text(line);
    if (typed.empty() || typed.starts_with('#')) continue;
    some = true;
    const auto [who, why] = name_and_reason(typed);
    const std::size_t before = refusals_.size();
    const std::string reason = clean("REASON", why);
    add_students(who, reason.empty() ? because_ : reason);
    for (std::size_t at = before; at < refusals_.size(); ++at) refusals_[at] = say("line {0}: {1}", number, std::move(refusals_[at]));
  }
  if (!some) refuse(say("No student came from the input: one a line, STUDENT [REASON]."));
}

void DecisionComposer::add_typed() {
  for (const std::string& word : who_) {
    if (word == "-") {
      add_lines();
    } else {
      add_students(word, because_);
    }
  }
}

/// In which role who decides answers for a step; of --as only that role counts.
std::string DecisionComposer::role_in(const DecisionStep& step, const CaseKey& about) const {
  if (options_.as_role.empty()) return steps_->role_in(step, by_, about);
  DecisionStep only = step;
  std::erase_if(only.who, [this](const DutyHolder& who) { return who.role != options_.as_role; });
  return steps_->role_in(only, by_, about);
}

/// Whether a suggestion waits for who decides: the step that is due, or with --as one behind it.
bool DecisionComposer::is_mine(const Suggestion& one, std::size_t next) const {
  if (!steps_->are_given()) return true;
  const std::size_t end = options_.as_role.empty() ? next + 1 : steps_->count(one.about);
  for (std::size_t step = next; step < end; ++step) {
    const DecisionStep& which = steps_->step(one.about, step);
    if (may(which) && !role_in(which, one.about).empty()) return true;
  }
  return false;
}

/// All who wait for this decision from who decides.
void DecisionComposer::add_from_list() {
  Lookup lookup(context_, refusals_);
  const auto in_class = lookup.school_class(options_.in_class);
  const auto grade = lookup.grade(options_.grade);
  if (!answers_suggestion(*kind_)) refuse(say("Only confirm, dismiss and pending take their students from a list; name them."));
  if (list_ == nullptr) refuse(say("No list is saved yet: help identify --save"));
  if (!refusals_.empty()) return;
  std::int64_t of_others = 0;
  for (const Suggestion& one : suggestions_) {
    const auto in = context_.data.class_of(one.about.student, date_);
    if (in_class && in != in_class) continue;
    if (grade && (!in || context_.data.grade_of(*in, date_) != *grade)) continue;
    if (subject_ && one.about.subject != subject_) continue;
    const SuggestionStanding standing = steps_->standing(one, *list_);
    // What the list itself calls pending is nobody's turn, and may be put down as such.
    const bool is_listed_pending = one.item->outcome == Outcome::pending && standing.decision.event == nullptr;
    const bool is_wanted = *kind_ == EventKind::pending ? is_listed_pending : standing.state == SuggestionStanding::State::open;
    if (!is_wanted) continue;
    const bool mine = is_mine(one, standing.next ? *standing.next : steps_->next_step(one.about, {}).value_or(0));
    if (!mine) {
      ++of_others;
    } else {
      wanted_.push_back({.about = one.about, .item = one.item, .because = because_, .role = {}, .step = {}, .rules = {}, .exams = {}});
    }
  }
  if (wanted_.empty()) {
    return refuse(
        say("Nobody on the list of {0} waits for this from you; help decide --open shows who waits for whom.", to_string(list_->at)));
  }
  if (of_others > 0) {
    remarks_.push_back(counted(of_others, "{0} suggestion waits for somebody else and is left out.",
                               "{0} suggestions wait for somebody else and are left out."));
  }
}

// --- whether it may be ---

bool DecisionComposer::may(const DecisionStep& step) const { return has(step.decides, *kind_); }

/// In which role it is decided, and which step that answers.
void DecisionComposer::find_role(Wanted& wanted) {
  const Dataset& data = context_.data;
  const std::string& as = options_.as_role;
  const auto& steps = data.policy.decide.steps;
  const bool is_limited = std::ranges::any_of(steps, [this](const DecisionStep& step) { return may(step); });
  if (!is_limited) {
    std::vector<std::string> roles = {"class-teacher", "subject-teacher"};
    if (wanted.about.subject) std::ranges::reverse(roles);
    for (const Role& role : data.staff[by_].roles) roles.push_back(role.role);
    if (!as.empty()) roles = {as};
    const auto held = std::ranges::find_if(roles, [&](const std::string& role) { return steps_->has_role(role, by_, wanted.about); });
    if (held != roles.end()) {
      wanted.role = *held;
    } else if (!as.empty()) {
      refuse_unless_forced(
          say("{0}: {1} is not {2} on {3}.", called(wanted.about), data.staff[by_].name, name_of_role(as), to_string(date_)));
      wanted.role = as;
    }
    return;
  }
  const auto last = steps_->last_answered(wanted.about);
  std::vector<Message> others;
  for (std::size_t index = 0; index < steps.size(); ++index) {
    const DecisionStep& step = steps[index];
    if (!may(step)) continue;
    others.push_back(name_of(step));
    const std::string role = role_in(step, wanted.about);
    // The first that is still due, else the last that was.
    const bool is_due = !last || index > *last;
    if (role.empty() || (wanted.step && !is_due)) continue;
    wanted.role = role;
    wanted.step = index;
    if (is_due) break;
  }
  if (wanted.step) return;
  refuse_unless_forced(say("{0}: {1} may not decide this; that is for: {2}.", called(wanted.about), data.staff[by_].name, joined(others)));
  wanted.role = as;
}

void DecisionComposer::check_days(const Wanted& wanted) {
  const Dataset& data = context_.data;
  const Student& student = data.students[wanted.about.student];
  if (!student.classes.empty() && !data.class_of(wanted.about.student, date_))
    refuse_unless_forced(say("{0} was in no class on {1}.", student.name, to_string(date_)));
  for (const Event& event : data.events) {
    if (event.student != wanted.about.student || event.date <= date_ || !is_decision(event.kind)) continue;
    if (event.subject && event.subject != wanted.about.subject) continue;
    return refuse_unless_forced(
        say("{0}: on {1} something else was decided already: {2}.", called(wanted.about), to_string(event.date), name_of(event.kind)));
  }
}

/// What cannot be said once more, or overturned by this.
void DecisionComposer::check_confirmed(const Wanted& wanted, const Event& event) {
  const auto last = steps_->last_answered(wanted.about);
  const bool is_later_step = wanted.step && (!last || *wanted.step > *last);
  if (is_later_step) return;
  const Message who = called(wanted.about);
  if (*kind_ == EventKind::confirmed) {
    refuse(say("{0} is confirmed already, since {1} ({2}).", who, to_string(event.date), event.id));
  } else {
    refuse_unless_forced(say("{0} is confirmed since {1} ({2}): release ends the support, and --void takes back what was a mistake.", who,
                             to_string(event.date), event.id));
  }
}

/// Whether the last list names the case after what was decided last.
bool DecisionComposer::is_suggested_anew(const Wanted& wanted) const {
  const Event* const event = steps_->decision(wanted.about).event;
  return wanted.item != nullptr && event != nullptr && event->date < list_->at;
}

void DecisionComposer::check_state(const Wanted& wanted) {
  const Decision decision = steps_->decision(wanted.about);
  const Event* event = decision.event;
  const Message who = called(wanted.about);
  const bool is_anew = is_suggested_anew(wanted);
  const std::string since = event != nullptr ? to_string(event->date) : std::string();
  const bool is_confirmed = decision.state == CaseState::confirmed;
  const bool is_released = decision.state == CaseState::released;
  const bool is_dismissed = decision.state == CaseState::dismissed;
  const bool is_excluded = decision.state == CaseState::excluded;
  switch (*kind_) {
    case EventKind::confirmed:
    case EventKind::dismissed:
    case EventKind::pending:
      if (is_confirmed) return check_confirmed(wanted, *event);
      if (is_excluded) return refuse_unless_forced(say("{0} is excluded since {1}: take that back first, with include.", who, since));
      if (*kind_ == EventKind::confirmed) {
        if (is_released && !is_anew) refuse_unless_forced(say("{0} was released on {1}: reopen takes the case up again.", who, since));
        return;
      }
      if (is_released && !is_anew) refuse_unless_forced(say("{0} was released on {1}, and is on no list since.", who, since));
      if (is_dismissed && !is_anew && *kind_ == EventKind::dismissed) refuse(say("{0} is dismissed already, since {1}.", who, since));
      if (*kind_ == EventKind::pending && event != nullptr && event->kind == EventKind::pending && event->until == until_) {
        return refuse(say("{0} is pending already, since {1}.", who, since));
      }
      if (decision.state == CaseState::none && event == nullptr && wanted.item == nullptr && *kind_ == EventKind::dismissed)
        refuse_unless_forced(say("{0} is on no list and was never confirmed: there is nothing to dismiss.", who));
      return;
    case EventKind::excluded:
      if (is_excluded && event->basis == basis_) refuse(say("{0} is excluded already, since {1}.", who, since));
      return;
    case EventKind::included:
      if (!is_excluded) refuse(say("{0} is not excluded.", who));
      return;
    case EventKind::released:
      if (is_excluded) return refuse(say("{0} is excluded since {1}: take that back first, with include.", who, since));
      if (is_released) return refuse(say("{0} was released already, on {1}.", who, since));
      if (!is_confirmed) refuse(say("{0} has no open case: only who was confirmed can be released.", who));
      return;
    default:
      if (is_confirmed) return refuse(say("{0} is confirmed already, since {1} ({2}).", who, since, event->id));
      if (!is_released) refuse(say("{0} was not released, so there is nothing to reopen; confirm opens a case.", who));
  }
}

void DecisionComposer::find_release(Wanted& wanted) {
  const auto since = steps_->open_since(wanted.about);
  if (*kind_ != EventKind::released || !since || context_.data.policy.decide.release.empty()) return;
  for (const ReleaseJudgement& one : judge_release(context_.data, date_, wanted.about, *since)) {
    if (!one.is_met) continue;
    wanted.rules.push_back(context_.data.policy.decide.release[one.criterion].id);
    for (const ExamIndex exam : one.passed) {
      const std::string& id = context_.data.exams[exam].id;
      if (std::ranges::find(wanted.exams, id) == wanted.exams.end()) wanted.exams.push_back(id);
    }
  }
}

void DecisionComposer::check_reason(Wanted& wanted) {
  if (!wanted.because.empty()) return;
  const Decision decision = steps_->decision(wanted.about);
  const bool was_open = decision.event != nullptr && (decision.state == CaseState::none || decision.state == CaseState::confirmed);
  const bool speaks_for_itself =
      *kind_ == EventKind::excluded || (*kind_ == EventKind::pending && !until_.empty()) ||
      ((*kind_ == EventKind::confirmed || *kind_ == EventKind::pending) && (wanted.item != nullptr || was_open)) ||
      (*kind_ == EventKind::released && !wanted.rules.empty());
  if (speaks_for_itself) return;
  refuse(*kind_ == EventKind::confirmed
             ? say("{0} is on no list: say why. help decide STUDENT confirm REASON", called(wanted.about))
             : say("{0}: say why ({1}). help decide STUDENT DECISION REASON", called(wanted.about), name_of(*kind_)));
}

void DecisionComposer::check(Wanted& wanted) {
  const Decision decision = steps_->decision(wanted.about);
  const Event* event = decision.event;
  // The same once more: what was written in part can be written again.
  const bool stands = event != nullptr && event->kind == *kind_ && event->date == date_ && event->by == context_.data.staff[by_].id &&
                      event->because == wanted.because && event->subject == wanted.about.subject && event->until == until_ &&
                      event->basis == basis_ && (options_.as_role.empty() || options_.as_role == event->role);
  if (stands) {
    remarks_.push_back(say("{0}: this is decided already ({1}).", called(wanted.about), event->id));
    return;
  }
  const std::size_t before = refusals_.size();
  check_days(wanted);
  find_role(wanted);
  check_state(wanted);
  find_release(wanted);
  if (refusals_.size() == before) check_reason(wanted);
  if (refusals_.size() == before) add(wanted);
}

void DecisionComposer::rest_on_list(const Wanted& wanted, EventEntry& entry) const {
  const bool returns = *kind_ == EventKind::reopened && is_suggested_anew(wanted);
  if (!answers_suggestion(*kind_) && *kind_ != EventKind::excluded && !returns) return;
  std::vector<const ListItem*> items;
  if (wanted.item != nullptr) items.push_back(wanted.item);
  // Who is excluded as a whole answers every line about a subject.
  for (const Suggestion& one : suggestions_) {
    const bool is_part = *kind_ == EventKind::excluded && !wanted.about.subject && one.about.student == wanted.about.student;
    if (is_part && std::ranges::find(items, one.item) == items.end()) items.push_back(one.item);
  }
  if (items.empty()) return;
  entry.list = list_->id;
  for (const ListItem* const item : items) {
    for (const std::string& rule : item->rules) {
      if (std::ranges::find(entry.rules, rule) == entry.rules.end()) entry.rules.push_back(rule);
    }
  }
  // A dismissal holds for the evidence that was looked at, and for no other.
  if (*kind_ == EventKind::dismissed) entry.exams = list_->exams;
}

/// What held until now: in words and as a code. Where nothing was said of the student as a whole, what was said of each subject, and the
/// code of the one that has gone furthest.
void DecisionComposer::say_before(const Wanted& wanted, NewDecision& made) const {
  const Dataset& data = context_.data;
  const Decision whole = steps_->decision(wanted.about);
  made.before = standing_words(data, whole, wanted.item);
  made.before_state = standing_code(whole, wanted.item);
  if (wanted.about.subject || whole.event != nullptr) return;
  std::vector<Message> parts;
  for (SubjectIndex subject = 0; subject < data.subjects.size(); ++subject) {
    const CaseKey about{wanted.about.student, subject};
    const Decision decision = steps_->decision(about);
    const auto listed = std::ranges::find(suggestions_, about, &Suggestion::about);
    const ListItem* const item = listed == suggestions_.end() ? nullptr : listed->item;
    if (decision.event == nullptr && item == nullptr) continue;
    if (parts.empty() || decision.state == CaseState::confirmed) made.before_state = standing_code(decision, item);
    parts.push_back(say("{0}: {1}", data.subjects[subject], standing_words(data, decision, item)));
  }
  if (!parts.empty()) made.before = joined(parts);
}

void DecisionComposer::add(const Wanted& wanted) {
  const Dataset& data = context_.data;
  EventEntry entry{.date = date_,
                   .kind = std::string(word_of(*kind_)),
                   .subject = wanted.about.subject ? data.subjects[*wanted.about.subject] : std::string(),
                   .by = data.staff[by_].id,
                   .role = wanted.role,
                   .basis = basis_,
                   .rules = wanted.rules,
                   .exams = wanted.exams,
                   .until = until_,
                   .because = wanted.because};
  rest_on_list(wanted, entry);
  NewDecision made{.about = wanted.about,
                   .entry = std::move(entry),
                   .path = events_path(data.students[wanted.about.student].id),
                   .line = {},
                   .before = {},
                   .before_state = {},
                   .next = {},
                   .next_step = {}};
  say_before(wanted, made);
  if (*kind_ == EventKind::confirmed && steps_->are_given()) {
    const auto last = std::max(steps_->last_answered(wanted.about), wanted.step);
    if (const auto next = steps_->next_step(wanted.about, last)) {
      made.next = step_words(data, *steps_, wanted.about, *next);
      made.next_step = steps_->step(wanted.about, *next).id;
    }
  }
  decisions_.push_back(std::move(made));
}

void DecisionComposer::compose() {
  take_words();
  date_ = context_.today;
  if (!options_.date.empty()) {
    const auto day = date_of_words(narrow(cell_text(options_.date)), context_.today, DayMeant::past);
    if (!day) {
      refuse(say("{0}: expected {1}, not '{2}'", "--date", say("a day like 2026-11-18, 11-18, yesterday or 周三"), options_.date));
    } else if (*day > context_.today) {
      refuse(say("{0} lies in the future: what is not decided yet is not written down.", to_string(*day)));
    } else {
      date_ = *day;
    }
  }
  if (!options_.as_role.empty() && !is_code_text(options_.as_role))
    refuse(say("{0}: expected {1}, not '{2}'", "--as", say("a code (small letters, digits and -)"), options_.as_role));
  if (!refusals_.empty()) return;
  const bool from_list = !options_.in_class.empty() || !options_.grade.empty() || !options_.list.empty();
  if (who_.empty() && !from_list)
    refuse(say("About whom? Name the students, or take all who are suggested: --class, --grade or --list last."));
  if (!who_.empty() && (!options_.in_class.empty() || !options_.grade.empty()))
    refuse(say("--class and --grade take all who are suggested: leave out the names, or these."));
  const auto by = decider();
  steps_.emplace(context_.data, date_);
  take_list();
  take_until();
  take_basis();
  if (!options_.list.empty() && !answers_suggestion(*kind_) && kind_ != EventKind::excluded)
    refuse(say("--list belongs to confirm, dismiss, pending and exclude."));
  subject_ = Lookup(context_, refusals_).subject(options_.subject);
  if (!by || !refusals_.empty()) return;
  by_ = *by;
  if (who_.empty()) {
    add_from_list();
  } else {
    add_typed();
  }
  if (!refusals_.empty()) return;
  for (Wanted& wanted : wanted_) check(wanted);
}

}  // namespace help
