// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "commands/lookup.hpp"
#include "commands/note.hpp"
#include "diag/nearest.hpp"
#include "model/class_finder.hpp"
#include "model/date_words.hpp"
#include "model/people.hpp"
#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/id_table.hpp"

namespace help {

std::vector<std::string> parts_of_list(std::string_view typed) {
  std::vector<std::string> parts{{}};
  while (!typed.empty()) {
    const std::string_view sign = typed.starts_with("，") || typed.starts_with("、") ? typed.substr(0, 3) : typed.substr(0, 1);
    if (sign == "，" || sign == "、" || sign == ",") {
      parts.emplace_back();
    } else {
      parts.back() += sign;
    }
    typed.remove_prefix(sign.size());
  }
  for (std::string& part : parts) part = cell_text(part);
  std::erase(parts, "");
  return parts;
}

namespace {

/// How a field is given on the command line.
Message option_of(InteractionField field) {
  switch (field) {
    case InteractionField::student:
      return say("WHO");
    case InteractionField::note:
      return say("TEXT");
    case InteractionField::tags:
      return as_data("--tag");
    default:
      return as_data("--" + std::string(word_of(field)));
  }
}

}  // namespace

void overlay(LogEntry& entry, const LogEntry& given) {
  const auto take = [](auto& field, const auto& value, bool stands) {
    if (stands) field = value;
  };
  take(entry.by, given.by, !given.by.empty());
  take(entry.with, given.with, !given.with.empty());
  take(entry.in_class, given.in_class, !given.in_class.empty());
  take(entry.grade, given.grade, given.grade.has_value());
  take(entry.body, given.body, !given.body.empty());
  take(entry.subject, given.subject, !given.subject.empty());
  take(entry.to, given.to, !given.to.empty());
  take(entry.channel, given.channel, !given.channel.empty());
  take(entry.place, given.place, !given.place.empty());
  take(entry.present, given.present, !given.present.empty());
  take(entry.student_present, given.student_present, given.student_present.has_value());
  take(entry.minutes, given.minutes, given.minutes.has_value());
  take(entry.tags, given.tags, !given.tags.empty());
  take(entry.checklist, given.checklist, !given.checklist.empty());
  take(entry.exam, given.exam, !given.exam.empty());
  take(entry.follow_up, given.follow_up, given.follow_up.has_value());
  take(entry.note, given.note, !given.note.empty());
  take(entry.kind, given.kind, !given.kind.empty());
}

void NoteComposer::refuse_unless_forced(Message message) {
  if (options_.of_table) return refuse(std::move(message));
  if (!options_.force) refuse(say("{0} If it is right all the same: --force.", std::move(message)));
}

void NoteComposer::refuse_all(std::vector<Message> messages) {
  refusals_.insert(refusals_.end(), std::make_move_iterator(messages.begin()), std::make_move_iterator(messages.end()));
}

/// Into whose file it belongs; empty if that cannot be told.
std::string NoteComposer::owner() {
  const auto found = Lookup(context_, refusals_).me(!options_.owner.empty() ? options_.owner : options_.staff);
  return found ? context_.data.id_of(*found) : std::string();
}

void NoteComposer::about(const std::string& typed, LogEntry& entry) {
  if (typed == "-") return;
  for (const std::string& part : parts_of_list(typed)) about_one(part, entry);
}

void NoteComposer::about_one(const std::string& typed, LogEntry& entry) {
  const Dataset& data = context_.data;
  const auto add_student = [&](StudentIndex student) {
    const std::string& id = data.students[student].id;
    if (std::ranges::find(entry.students, id) == entry.students.end()) entry.students.push_back(id);
  };
  if (const auto student = data.find_student(typed)) return add_student(*student);
  // Half a word that fits no student is a slip rather than a class.
  if (const auto classes = find_classes(data, typed); classes.exact) {
    if (classes.one()) {
      entry.in_class = data.classes[*classes.one()].id;
    } else {
      refuse_all(not_one_class(data, typed, classes));
    }
    return;
  }
  if (const auto bodies = find_bodies(data, typed); bodies.exact && bodies.one()) {
    entry.body = data.bodies[*bodies.one()].id;
    return;
  }
  const FoundPeople found = find_people(data, typed, PeopleKinds::students);
  if (const auto one = found.one()) return add_student(one->index);
  refuse_all(not_one_person(data, typed, found, context_.today));
}

/// By id, or by name in either language.
const InteractionKind* NoteComposer::kind_called(const std::string& typed) {
  const auto& kinds = context_.data.policy.kinds;
  const auto found = std::ranges::find(kinds, typed, &InteractionKind::id);
  if (found != kinds.end()) return &*found;
  std::vector<std::string> names;
  for (const InteractionKind& kind : kinds) {
    names.push_back(kind.id);
    if (context_.talk == nullptr) continue;
    for (const std::string_view language : {"zh", "en"}) {
      names.push_back(context_.talk->text(name_of(kind), language));
      if (names.back() == typed) return &kind;
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto near = nearest(typed, known);
  refuse(near ? say("There is no kind '{0}'; did you mean '{1}'?", typed, *near)
              : say("There is no kind '{0}'. schemas/README.md lists the usual ones; the policy may add others under `kinds`.", typed));
  return nullptr;
}

std::optional<Date> NoteComposer::day(std::string_view option, const std::string& typed, bool coming) {
  const auto found = date_of_words(narrow(cell_text(typed)), context_.today, coming ? DayMeant::coming : DayMeant::past);
  if (!found) refuse(say("{0}: expected {1}, not '{2}'", option, say("a day like 2026-11-18, 11-18, yesterday or 周三"), typed));
  return found;
}

namespace {

/// With the line and page breaks of word processors as spaces: some programs end a line at them, so that a record would be two. `first`
/// gets the first of them.
std::string without_breaks(std::string_view text, std::optional<RefusedCharacter>& first) {
  std::string made;
  std::size_t from = 0;
  for (auto found = find_refused_character(text); found; found = find_refused_character(text, found->at + found->bytes)) {
    if (found->kind != RefusedKind::line_end && found->code != U'\v' && found->code != U'\f') continue;
    made.append(text.substr(from, found->at - from)).append(" ");
    from = found->at + found->bytes;
    if (!first) first = found;
  }
  return made.append(text.substr(from));
}

}  // namespace

/// Text as the log may hold it; what it may not hold is refused.
std::string NoteComposer::clean(std::string_view what, const std::string& typed) {
  std::optional<RefusedCharacter> line_break;
  std::string text = text_for_file(without_breaks(typed, line_break));
  if (line_break && context_.talk != nullptr) {
    context_.talk->tell(
        say("{0}: a line or page break of a word processor ({1}) became a space.", what, code_point_name(line_break->code)));
  }
  if (const auto refused = find_refused_character(text)) {
    refuse(say("{0} holds a character that no file may hold: {1}", what, code_point_name(refused->code)));
  }
  return text;
}

/// Text as it was typed, or for `-` all that stands in the input.
std::string NoteComposer::given_text(std::string_view what, const std::string& typed) {
  if (typed != "-") return clean(what, typed);
  std::string all;
  while (context_.talk != nullptr) {
    const auto line = context_.talk->line();
    if (!line) break;
    all += *line + "\n";
  }
  std::string text = clean(what, all);
  if (text.empty()) refuse(say("{0} is -, but nothing came from the input.", what));
  return text;
}

std::vector<std::string> NoteComposer::clean_all(std::string_view what, const std::vector<std::string>& typed) {
  std::vector<std::string> cleaned;
  for (const std::string& one : typed) {
    std::string text = clean(what, one);
    if (!text.empty() && std::ranges::find(cleaned, text) == cleaned.end()) cleaned.push_back(std::move(text));
  }
  return cleaned;
}

void NoteComposer::take_parties(const std::vector<std::string>& typed, std::vector<std::string>& ids) {
  for (const std::string& one : typed) {
    if (const auto found = Lookup(context_, refusals_).party(one)) ids.push_back(context_.data.id_of(*found));
  }
}

/// The fields that have options of their own.
void NoteComposer::take_fields(LogEntry& entry) {
  Lookup lookup(context_, refusals_);
  if (const auto found = lookup.party(options_.by)) entry.by = context_.data.id_of(*found);
  take_parties(options_.with, entry.with);
  if (const auto in = lookup.school_class(options_.in_class)) entry.in_class = context_.data.classes[*in].id;
  if (const auto grade = lookup.any_grade(options_.grade)) entry.grade = grade;
  if (const auto body = lookup.body(options_.body)) entry.body = context_.data.bodies[*body].id;
  entry.subject = known_subject(options_.subject);
  entry.to = known_recipients(options_.to);
  entry.channel = options_.channel;
  if (!entry.channel.empty() && !is_code_text(entry.channel)) {
    refuse(say("{0}: expected {1}, not '{2}'", "--channel", say("a code (small letters, digits and -)"), entry.channel));
  }
  entry.place = clean("--place", options_.place);
  entry.present = clean_all("--present", options_.present);
  if (options_.student_present == "yes" || options_.student_present == "no") {
    entry.student_present = options_.student_present == "yes";
  } else if (!options_.student_present.empty()) {
    refuse(say("{0}: expected {1}, not '{2}'", "--student-present", say("one of {0}", "yes, no"), options_.student_present));
  }
  entry.minutes = options_.minutes ? options_.minutes : entry.minutes;
  entry.tags = clean_all("--tag", options_.tags);
  entry.checklist = clean_all("--checklist", options_.checklist);
  entry.exam = options_.exam;
  if (!entry.exam.empty() && !is_code_text(entry.exam)) refuse(say("There is no exam '{0}'.", entry.exam));
  if (!options_.follow_up.empty()) entry.follow_up = day("--follow-up", options_.follow_up, true);
}

std::string NoteComposer::new_id() {
  if (!options_.id.empty()) return options_.id;
  std::uint64_t random = context_.talk != nullptr ? context_.talk->random() : 0;
  // A text like 1234567890 would need quotes, and 12345e7890 too: another is taken.
  std::string id = record_id_of(random >> 14U);
  for (std::uint64_t more = 1; plain_or_quoted(id) != id; ++more) id = record_id_of((random + more * 0x9E3779B97F4A7C15U) >> 14U);
  return id;
}

/// The same line of the input gives the same record, so that a list that was written in part can be written once more. A line that is
/// there twice is two records.
std::string NoteComposer::id_of_contents(const LogEntry& entry, const std::string& owner) const {
  return new_record_id(owner + "\n" + log_line(entry),
                       [this](const std::string& id) { return std::ranges::find(lines_, id, &NewLine::id) != lines_.end(); });
}

void NoteComposer::add(LogEntry entry, const std::string& owner) {
  if (entry.id.empty()) entry.id = new_id();
  if (record_number(entry.id) == no_record_id) {
    refuse(say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", entry.id));
  }
  std::string line = log_line(entry);
  if (line.size() > YamlLimits::line_bytes / 2)
    refuse(say("The text is too long: a record has one line of at most {0} bytes.", YamlLimits::line_bytes / 2));
  NewLine made{.id = entry.id, .path = log_path(entry.date, owner), .line = std::move(line), .owner = owner, .entry = {}, .withdrawn = {}};
  made.entry = std::move(entry);
  lines_.push_back(std::move(made));
}

/// What a kind asks for, and the days of everybody.
void NoteComposer::check(const LogEntry& entry, const std::string& owner) {
  const auto& kinds = context_.data.policy.kinds;
  const auto kind = std::ranges::find(kinds, entry.kind, &InteractionKind::id);
  const InteractionFields missing = kind == kinds.end() ? 0 : kind->needs & ~entry.given();
  for (int i = 0; i <= static_cast<int>(InteractionField::note); ++i) {
    const auto field = static_cast<InteractionField>(i);
    if ((missing & bit_of(field)) != 0)
      refuse(say("A record of the kind '{0}' needs `{1}`: give {2}.", entry.kind, word_of(field), option_of(field)));
  }
  if (entry.date > context_.today) {
    refuse(say("{0} lies in the future: what has not taken place yet is not written down.", to_string(entry.date)));
    return;
  }
  if (entry.follow_up && *entry.follow_up < entry.date)
    refuse(say("--follow-up: {0} lies before {1}, the day of the record.", to_string(*entry.follow_up), to_string(entry.date)));
  check_days(entry, owner);
}

namespace {

/// Whether an office of the school links them on the day, without any pair: class teacher, subject teacher, a role for the class or grade.
bool is_teacher_of(const Dataset& data, StaffIndex staff, StudentIndex student, Date day) {
  const auto in = data.class_of(student, day);
  if (!in) return false;
  const auto leads = [&](const Leader& leader) { return leader.staff == staff && leader.days.contains(day); };
  const auto teaches = [&](const Teaching& one) { return one.staff == staff && one.in == *in && one.days.contains(day); };
  const auto covers = [&](const Role& role) {
    return role.days.contains(day) && (role.in_class == in || (role.grade && *role.grade == data.grade_of(*in, day)));
  };
  return std::ranges::any_of(data.classes[*in].leaders, leads) || std::ranges::any_of(data.teaching, teaches) ||
         std::ranges::any_of(data.staff[staff].roles, covers);
}

}  // namespace

void NoteComposer::check_days(const LogEntry& entry, const std::string& owner) {
  const Dataset& data = context_.data;
  const auto staff = data.find_staff(owner);
  if (staff && data.staff[*staff].left && *data.staff[*staff].left < entry.date) {
    refuse_unless_forced(
        say("{0} left on {1}, before {2}.", data.staff[*staff].name, to_string(*data.staff[*staff].left), to_string(entry.date)));
  }
  for (const std::string& id : entry.students) {
    const auto index = data.find_student(id);
    if (!index) continue;
    const Student& student = data.students[*index];
    if (!student.classes.empty() && !data.class_of(*index, entry.date)) {
      refuse_unless_forced(say("{0} was in no class on {1}.", student.name, to_string(entry.date)));
      continue;
    }
    if (staff && is_teacher_of(data, *staff, *index, entry.date)) continue;
    const Pair* nearest_pair = nullptr;
    bool in_time = false;
    for (const Pair& pair : data.pairs) {
      if (pair.student != *index || !staff || pair.staff != staff) continue;
      nearest_pair = &pair;
      in_time = in_time || pair.days.contains(entry.date);
    }
    if (nearest_pair != nullptr && !in_time) {
      const bool before = entry.date < nearest_pair->days.from;
      refuse_unless_forced(before ? say("{0}: {1} is assigned to {2} only from {3} on.", to_string(entry.date), student.name, owner,
                                        to_string(nearest_pair->days.from))
                                  : say("{0}: {1} was assigned to {2} only until {3}.", to_string(entry.date), student.name, owner,
                                        to_string(nearest_pair->days.until)));
    }
  }
}

void NoteComposer::compose() {
  LogEntry entry;
  const std::string whose = owner();
  if (whose.empty()) return;
  take_fields(entry);
  if (!options_.who.empty()) about(options_.who, entry);
  if (!options_.kind.empty()) {
    if (const InteractionKind* kind = kind_called(options_.kind)) entry.kind = kind->id;
  }
  entry.date = context_.today;
  if (!options_.date.empty()) entry.date = day("--date", options_.date, false).value_or(context_.today);
  if (!refusals_.empty()) return;
  const bool can_ask = context_.talk != nullptr && context_.talk->terminal && options_.text != "-";
  if (can_ask && !options_.who.empty() && (options_.kind.empty() || options_.text.empty())) tell_whom(entry);
  whose_ = whose;
  if (can_ask && (options_.who.empty() || options_.kind.empty())) {
    ask(entry);
  } else if (options_.who.empty()) {
    refuse(say("Who was it about? help note WHO KIND TEXT"));
  } else if (options_.kind.empty()) {
    refuse(say("What was it? help note WHO KIND TEXT, for example: help note {0} talk …", options_.who));
  } else if (can_ask && options_.text.empty()) {
    ask_rest(entry);
  }
  if (!refusals_.empty()) return;
  if (!options_.text.empty()) entry.note = given_text("TEXT", options_.text);
  if (refusals_.empty()) check(entry, whose);
  if (refusals_.empty()) add(std::move(entry), whose);
}

namespace {

/// The next word of a line, and the rest.
std::string next_word(std::string_view& rest) {
  const auto is_space = [](std::string_view text) { return text.starts_with(" ") || text.starts_with("\t") || text.starts_with("\u3000"); };
  const auto width = [](std::string_view text) { return text.starts_with("\u3000") ? 3U : 1U; };
  while (!rest.empty() && is_space(rest)) rest.remove_prefix(width(rest));
  std::string word;
  while (!rest.empty() && !is_space(rest)) {
    word += rest.front();
    rest.remove_prefix(1);
  }
  while (!rest.empty() && is_space(rest)) rest.remove_prefix(width(rest));
  return word;
}

}  // namespace

void NoteComposer::compose_lines() {
  const std::string whose = owner();
  if (whose.empty()) return;
  if (context_.talk == nullptr) return;
  std::int64_t number = 0;
  while (const auto typed = context_.talk->line()) {
    ++number;
    std::string_view rest = *typed;
    std::string word = next_word(rest);
    if (word.empty() || word.starts_with('#')) continue;
    const std::size_t before = refusals_.size();
    LogEntry entry;
    take_fields(entry);
    entry.date = context_.today;
    if (!options_.date.empty()) entry.date = day("--date", options_.date, false).value_or(context_.today);
    if (const auto date = context_.data.find_student(word) ? std::nullopt : date_of_words(narrow(word), context_.today, DayMeant::past)) {
      entry.date = *date;
      word = next_word(rest);
    }
    about(word, entry);
    const std::string kind = next_word(rest);
    if (kind.empty()) {
      refuse(say("the kind is missing: [DAY] WHO KIND TEXT"));
    } else if (const InteractionKind* found = kind_called(kind)) {
      entry.kind = found->id;
    }
    entry.note = clean("TEXT", std::string(rest));
    if (refusals_.size() == before) check(entry, whose);
    for (std::size_t i = before; i < refusals_.size(); ++i) refusals_[i] = say("line {0}: {1}", number, std::move(refusals_[i]));
    if (refusals_.size() != before) continue;
    if (options_.id.empty()) entry.id = id_of_contents(entry, whose);
    add(std::move(entry), whose);
  }
  if (refusals_.empty() && lines_.empty()) refuse(say("No line came in: [DAY] WHO KIND TEXT"));
  if (refusals_.empty() && !options_.id.empty() && lines_.size() > 1)
    refuse(say("--id names one record, and there are {0} lines", static_cast<std::int64_t>(lines_.size())));
}

void NoteComposer::compose_row() {
  const std::size_t before = refusals_.size();
  const std::string whose = owner();
  LogEntry entry;
  take_fields(entry);
  about(options_.who, entry);
  entry.date = day("--date", options_.date, false).value_or(context_.today);
  if (const InteractionKind* kind = kind_called(options_.kind)) entry.kind = kind->id;
  entry.note = clean("TEXT", options_.text);
  if (refusals_.size() == before) check(entry, whose);
  if (refusals_.size() != before) return;
  entry.id = id_of_contents(entry, whose);
  add(std::move(entry), whose);
}

void NoteComposer::compose_row_over(const LogEntry& there, const std::string& path, const std::string& owner) {
  const std::size_t before = refusals_.size();
  LogEntry given;
  take_fields(given);
  if (!options_.kind.empty()) {
    if (const InteractionKind* kind = kind_called(options_.kind)) given.kind = kind->id;
  }
  about(options_.who, given);
  given.note = clean("TEXT", options_.text);
  LogEntry entry = there;
  if (!given.students.empty()) {
    // Somebody else is meant: nothing of those before may stay beside them.
    entry.students = given.students;
    entry.in_class.clear();
    entry.body.clear();
  }
  overlay(entry, given);
  if (!options_.date.empty()) entry.date = day("--date", options_.date, false).value_or(entry.date);
  if (refusals_.size() == before && log_path(entry.date, owner) != path) {
    refuse(say("A correction stays in its month: withdraw the record with help note --void {0} and write it anew.", there.id));
  }
  if (refusals_.size() != before || entry == there) return;
  check(entry, owner);
  if (refusals_.size() != before) return;
  entry.id.clear();
  entry.at = context_.today;
  entry.fixes = {there.id};
  entry.id = id_of_contents(entry, owner);
  add(std::move(entry), owner);
}

void NoteComposer::compose_fix() {
  std::vector<std::string> ids;
  for (std::string& id : parts_of_list(options_.fixes)) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
  }
  if (ids.empty()) refuse(say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", options_.fixes));
  const auto found = find_record(ids);
  if (!found || !refusals_.empty()) return;
  LogEntry given;
  take_fields(given);
  if (!options_.kind.empty()) {
    if (const InteractionKind* kind = kind_called(options_.kind)) given.kind = kind->id;
  }
  if (!options_.who.empty()) about(options_.who, given);
  if (!options_.text.empty()) given.note = given_text("TEXT", options_.text);
  LogEntry entry = found->entry;
  if (!options_.who.empty()) {
    // Somebody else is meant: nothing of those before may stay beside them.
    entry.students = given.students;
    entry.in_class.clear();
    entry.body.clear();
  }
  overlay(entry, given);
  if (!options_.date.empty()) entry.date = day("--date", options_.date, false).value_or(entry.date);
  if (!options_.owner.empty())
    refuse(say("A correction stays in its file: withdraw the record with --void and write it anew for {0}.", options_.owner));
  if (refusals_.empty() && log_path(entry.date, found->owner) != found->path) {
    refuse(
        say("A correction stays in its month: withdraw the record with --void and write it anew with --date {0}.", to_string(entry.date)));
  }
  if (refusals_.empty()) check(entry, found->owner);
  if (refusals_.empty() && ids.size() == 1 && entry == found->entry)
    refuse(say("Nothing would change: say what is to be corrected in {0}.", options_.fixes));
  if (!refusals_.empty()) return;
  entry.id.clear();
  entry.at = context_.today;
  entry.fixes = std::move(ids);
  add(std::move(entry), found->owner);
}

void NoteComposer::compose_void() {
  const auto found = find_record({options_.voids});
  std::string reason = options_.who;
  for (const std::string& more : {options_.kind, options_.text}) reason += more.empty() ? "" : " " + more;
  reason = given_text("REASON", reason);
  if (reason.empty() && options_.who != "-") refuse(say("Why is it withdrawn? help note --void {0} REASON", options_.voids));
  LogEntry given;
  take_fields(given);
  if (given != LogEntry{} || !options_.date.empty() || !options_.owner.empty()) {
    refuse(say("--void takes the record's id and a reason, nothing else."));
  }
  if (!found || !refusals_.empty()) return;
  const std::string id = new_id();
  lines_.push_back({.id = id,
                    .path = found->path,
                    .line = void_line(id, context_.today, options_.voids, reason),
                    .owner = found->owner,
                    .entry = {},
                    .withdrawn = found->entry,
                    .versions = found->versions});
}

}  // namespace help
