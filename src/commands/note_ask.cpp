// SPDX-License-Identifier: MIT
// `help note` field by field, for somebody who sits before a terminal.
#include <algorithm>
#include <utility>

#include "commands/note.hpp"
#include "diag/characters.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

constexpr std::size_t who_step = 0;
constexpr std::size_t kind_step = 1;
constexpr std::size_t date_step = 2;
constexpr std::size_t first_field_step = 3;

std::optional<int> number_in(const std::string& typed, int most) {
  if (typed.empty() || typed.size() > 4 || typed.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const int number = std::stoi(typed);
  return number <= most ? std::optional(number) : std::nullopt;
}

std::string about_whom(const LogEntry& entry) {
  std::vector<std::string> all = entry.students;
  for (const std::string& one : {entry.in_class, entry.body}) {
    if (!one.empty()) all.push_back(one);
  }
  return joined_text(all, ", ");
}

Message field_name(InteractionField field) {
  switch (field) {
    case InteractionField::student:
      return say("student");
    case InteractionField::school_class:
      return say("class");
    case InteractionField::grade:
      return say("grade");
    case InteractionField::body:
      return say("body");
    case InteractionField::subject:
      return say("subject");
    case InteractionField::with:
      return say("together with");
    case InteractionField::to:
      return say("to whom");
    case InteractionField::channel:
      return say("by which way (phone, in-person, message, letter …)");
    case InteractionField::place:
      return say("place");
    case InteractionField::present:
      return say("who else was there");
    case InteractionField::student_present:
      return say("was the student there (yes, no)");
    case InteractionField::minutes:
      return say("minutes");
    case InteractionField::tags:
      return say("what it was about");
    case InteractionField::checklist:
      return say("points gone through");
    case InteractionField::exam:
      return say("exam");
    case InteractionField::follow_up:
      return say("next day on which something is due");
    case InteractionField::note:
      return say("note");
  }
  return {};
}

}  // namespace

/// Takes one field as typed; false, with the reason among the refusals, if it does not fit.
bool NoteComposer::set_field(InteractionField field, const std::string& typed, LogEntry& entry) {
  const std::size_t before = refusals_.size();
  NoteOptions options;
  options.force = options_.force;
  switch (field) {
    case InteractionField::student:
      entry.students.clear();
      about(typed, entry);
      break;
    case InteractionField::school_class:
      options.in_class = typed;
      break;
    case InteractionField::grade:
      options.grade = typed;
      break;
    case InteractionField::body:
      options.body = typed;
      break;
    case InteractionField::subject:
      options.subject = typed;
      break;
    case InteractionField::with:
      options.with = parts_of_list(typed);
      break;
    case InteractionField::to:
      options.to = parts_of_list(typed);
      break;
    case InteractionField::channel:
      options.channel = typed;
      break;
    case InteractionField::place:
      options.place = typed;
      break;
    case InteractionField::present:
      options.present = parts_of_list(typed);
      break;
    case InteractionField::student_present:
      options.student_present = typed;
      break;
    case InteractionField::minutes:
      options.minutes = number_in(typed, 1440);
      if (!options.minutes || *options.minutes == 0) {
        refuse(say("{0}: expected {1}, not '{2}'", "--minutes", say("a whole number ({0})", "1-1440"), typed));
      }
      break;
    case InteractionField::tags:
      options.tags = parts_of_list(typed);
      break;
    case InteractionField::checklist:
      options.checklist = parts_of_list(typed);
      break;
    case InteractionField::exam:
      options.exam = typed;
      break;
    case InteractionField::follow_up:
      options.follow_up = typed;
      break;
    case InteractionField::note:  // it has a question of its own
      return false;
  }
  NoteComposer one(context_, options);
  LogEntry given;
  one.take_fields(given);
  refuse_all(std::move(one.refusals()));
  if (refusals_.size() == before) overlay(entry, given);
  return refusals_.size() == before && (entry.given() & bit_of(field)) != 0;
}

/// A name that was found by a part of it may be another child's: it is said before anything is written about them.
void NoteComposer::tell_whom(const LogEntry& entry) const {
  const std::string whom = joined_text(whom_of(context_.data, entry), ", ");
  if (!whom.empty()) context_.talk->tell(say("  {0}", whom));
}

/// What the kind needs, then the note, unless it was given.
std::vector<InteractionField> NoteComposer::fields_to_ask(const LogEntry& entry) const {
  const auto& kinds = context_.data.policy.kinds;
  const auto kind = std::ranges::find(kinds, entry.kind, &InteractionKind::id);
  std::vector<InteractionField> fields;
  for (int i = 0; kind != kinds.end() && i < static_cast<int>(InteractionField::note); ++i) {
    const auto field = static_cast<InteractionField>(i);
    const bool said = field == InteractionField::student && !entry.students.empty();
    if ((kind->needs & bit_of(field)) != 0 && !said) fields.push_back(field);
  }
  if (options_.text.empty()) fields.push_back(InteractionField::note);
  return fields;
}

NoteComposer::Asked NoteComposer::take_answer(std::size_t step, InteractionField field, const std::string& typed, LogEntry& entry) {
  const std::size_t before = refusals_.size();
  if (step == who_step) {
    entry.students.clear();
    entry.in_class.clear();
    entry.body.clear();
    about(typed, entry);
    if (refusals_.size() == before) tell_whom(entry);
  } else if (step == kind_step) {
    if (const InteractionKind* found = kind_called(typed)) entry.kind = found->id;
  } else if (step == date_step) {
    const auto found = day("--date", typed, false);
    if (found && *found > context_.today) {
      refuse(say("{0} lies in the future: what has not taken place yet is not written down.", to_string(*found)));
    } else if (found) {
      // Said here and not at the end, when the text has been written.
      LogEntry then = entry;
      then.date = *found;
      check_days(then, whose_);
      if (refusals_.size() == before) entry.date = *found;
    }
  } else if (!set_field(field, typed, entry)) {
    return Asked::again;
  }
  return refusals_.size() == before ? Asked::taken : Asked::again;
}

NoteComposer::Asked NoteComposer::ask_one(std::size_t step, LogEntry& entry) {
  auto field = InteractionField::note;
  Message question;
  std::string usual;
  if (step == who_step) {
    usual = about_whom(entry);
    question = say("Whom was it about (- for nobody)");
  } else if (step == kind_step) {
    usual = entry.kind;
    question = say("What was it (talk, home-visit, phone-call …)");
  } else if (step == date_step) {
    usual = to_string(entry.date);
    question = say("Which day");
  } else {
    field = fields_to_ask(entry)[step - first_field_step];
    if (field == InteractionField::note) return ask_text(entry);
    question = field_name(field);
  }
  context_.talk->ask(usual.empty() ? say("{0}: ", question) : say("{0} [{1}]: ", question, usual));
  const auto line = context_.talk->line();
  if (!line) return Asked::ended;
  const std::string typed = cell_text(*line);
  if (typed == "<") return Asked::back;
  const bool stands = step >= first_field_step && (entry.given() & bit_of(field)) != 0;
  if (typed.empty()) return !usual.empty() || stands ? Asked::taken : Asked::again;
  return take_answer(step, field, typed, entry);
}

void NoteComposer::ask(LogEntry& entry) { ask_from(who_step, entry); }

void NoteComposer::ask_rest(LogEntry& entry) {
  const std::vector<InteractionField> fields = fields_to_ask(entry);
  const auto open = std::ranges::find_if(fields, [&](InteractionField field) { return (entry.given() & bit_of(field)) == 0; });
  ask_from(first_field_step + static_cast<std::size_t>(open - fields.begin()), entry);
}

void NoteComposer::ask_from(std::size_t first, LogEntry& entry) {
  bool told = false;
  const auto tell_how = [&] {
    if (!std::exchange(told, true)) context_.talk->tell(say("Enter keeps what stands in brackets; < goes back."));
  };
  if (first == who_step) tell_how();
  for (std::size_t step = first; step < first_field_step + fields_to_ask(entry).size();) {
    const std::size_t before = refusals_.size();
    const Asked asked = ask_one(step, entry);
    // What does not fit is said and asked again; it is no refusal.
    for (std::size_t i = before; i < refusals_.size(); ++i) context_.talk->tell(refusals_[i]);
    refusals_.resize(before);
    if (asked == Asked::ended) {
      refuse(say("The input ended; nothing was written."));
      return;
    }
    if (asked == Asked::back) {
      tell_how();
      step = step == 0 ? 0 : step - 1;
    }
    if (asked == Asked::taken) ++step;
  }
}

/// The text: from the user's editor, else line by line up to an empty one. Only an empty line ends it: where the input ends before, nobody
/// has said that it is whole. `<` goes back as the first line; on a later one it is a part of the text.
NoteComposer::Asked NoteComposer::ask_text(LogEntry& entry) {
  const std::size_t before = refusals_.size();
  if (const auto edited = context_.talk->edit(draft_.empty() ? entry.note : draft_)) {
    std::string text = clean("TEXT", *edited);
    if (refusals_.size() != before) {
      // Nobody's text is thrown away for one character; an editor that changes nothing is not asked for ever.
      return std::exchange(draft_, *edited) == *edited ? Asked::ended : Asked::again;
    }
    entry.note = std::move(text);
    if (!entry.note.empty()) return Asked::taken;
    context_.talk->tell(say("The editor gave no text."));
  }
  context_.talk->ask(say("{0}: ", say("Note (an empty line ends it)")));
  std::string typed;
  for (bool is_first = true;; is_first = false) {
    const auto line = context_.talk->line();
    if (!line) return Asked::ended;
    const std::string words = cell_text(*line);
    if (is_first && words == "<") return Asked::back;
    if (words.empty()) break;
    typed += *line + "\n";
  }
  std::string text = clean("TEXT", typed);
  if (refusals_.size() != before) return Asked::again;
  entry.note = std::move(text);
  return Asked::taken;
}

}  // namespace help
