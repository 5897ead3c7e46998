// SPDX-License-Identifier: MIT
// What was done - talks, visits, calls - as rows of a table.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/import_kept.hpp"
#include "commands/import_record_rows.hpp"
#include "commands/note.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

/// The options of `note` that a row gives, people as ids; what is not understood is refused.
/// Of a row that corrects a record of `its_day` only what is `changed`; null: all.
NoteOptions options_of_row(const Context& context, RecordRows& rows, Date its_day, const std::vector<ChangedCell>* changed) {
  const Dataset& data = context.data;
  NoteOptions options;
  options.of_table = true;
  const auto is_meant = [changed](std::string_view key) { return changed == nullptr || has_changed(*changed, key); };
  const auto text_of = [&](std::string_view key) { return is_meant(key) ? rows.text(key) : std::string(); };
  if (is_meant("date")) {
    if (const auto day = rows.date("date")) options.date = to_string(*day);
    if (options.date.empty() && !rows.is_refused()) (void)rows.needed("date");
  }
  const std::string students = text_of("student");
  for (const std::string& one : RecordRows::people(students)) {
    const auto student = rows.student("student", one);
    const Date day = date_of_text(rows.text("date")).value_or(its_day);
    if (!student || !rows.is_here("student", *student, {.from = day, .until = day})) continue;
    options.who += (options.who.empty() ? "" : ",") + data.students[*student].id;
    rows.is_about(data.students[*student].id);
  }
  if (students.empty()) {
    options.who = "-";
    if (const std::string in = text_of("class"); !in.empty()) {
      if (const auto found = rows.school_class("class", in)) options.in_class = data.classes[*found].id;
    }
  }
  const std::string staff = is_meant("staff") ? rows.needed("staff") : std::string();
  if (const auto party = staff.empty() ? std::nullopt : rows.party("staff", staff)) options.staff = data.id_of(*party);
  options.kind = is_meant("kind") ? rows.needed("kind") : std::string();
  options.text = text_of("note");
  if (options.text == "-") options.text.clear();
  for (const std::string& one : RecordRows::people(text_of("with"))) {
    if (const auto party = rows.party("with", one, date_of_text(rows.text("date")))) options.with.push_back(data.id_of(*party));
  }
  options.subject = text_of("subject");
  options.to = RecordRows::parts_of(text_of("to"));
  options.channel = text_of("channel");
  options.place = text_of("place");
  options.present = RecordRows::parts_of(text_of("present"));
  options.tags = RecordRows::parts_of(text_of("tags"));
  if (const auto day = is_meant("follow-up") ? rows.date("follow-up") : std::nullopt) options.follow_up = to_string(*day);
  if (const std::string minutes = narrow(text_of("minutes")); !minutes.empty()) {
    const auto hundredths = parse_hundredths(minutes);
    if (hundredths && *hundredths % 100 == 0 && *hundredths >= 100 && *hundredths <= 1440 * 100) {
      options.minutes = *hundredths / 100;
    } else {
      rows.refuse("minutes", "import/not-a-number", say("'{0}' is no whole number of minutes from 1 to 1440", minutes));
    }
  }
  return options;
}

/// Which column a refusal of the whole row is about: the one without which it is not refused.
std::string_view column_of_refusal(const Context& context, const NoteOptions& whole) {
  const auto is_refused = [&](const NoteOptions& options) {
    NoteComposer composer(context, options);
    composer.compose_row();
    return !composer.refusals().empty();
  };
  NoteOptions less = whole;
  const auto without = [&](auto& field) {
    auto kept = std::move(field);
    field = {};
    const bool is_it = !is_refused(less);
    field = std::move(kept);
    return is_it;
  };
  const auto with = [&](std::string& field, std::string value) {
    std::string kept = std::exchange(field, std::move(value));
    const bool is_it = !is_refused(less);
    field = std::move(kept);
    return is_it;
  };
  if (with(less.date, to_string(context.today))) return "date";
  for (const InteractionKind& kind : context.data.policy.kinds) {
    if (kind.needs == 0 || kind.id == "talk") {
      if (with(less.kind, kind.id)) return "kind";
      break;
    }
  }
  if (without(less.channel)) return "channel";
  if (without(less.subject)) return "subject";
  if (without(less.to)) return "to";
  if (without(less.follow_up)) return "follow-up";
  if (without(less.present)) return "present";
  if (without(less.tags)) return "tags";
  if (without(less.place)) return "place";
  if (without(less.text)) return "note";
  return {};
}

/// The file of somebody's records of a month as it stands.
struct LogOfMonth {
  std::vector<LogFileLine> lines;
  std::vector<RecordLinks> links;
  std::vector<bool> in_force;
  std::set<std::string> accounted;  ///< ids of records that a row of the table says, in one of their versions
};

bool is_same_people(const LogEntry& one, const LogEntry& other) {
  const auto sorted = [](std::vector<std::string> ids) {
    std::ranges::sort(ids);
    return ids;
  };
  if (sorted(one.students) != sorted(other.students)) return false;
  return !one.students.empty() || (one.in_class == other.in_class && one.grade == other.grade && one.body == other.body);
}

/// Whether they may be one talk: the same day, people and kind, in no different subjects.
bool may_be_same(const LogEntry& one, const LogEntry& other) {
  const bool is_other_subject = !one.subject.empty() && !other.subject.empty() && one.subject != other.subject;
  return one.date == other.date && one.kind == other.kind && is_same_people(one, other) && !is_other_subject;
}

/// Whether the record says all that the row says, perhaps more; but words where the row has none are another talk.
bool says_all_of(const LogEntry& record, const LogEntry& row) {
  if (!may_be_same(record, row) || record.note != row.note) return false;
  LogEntry both = record;
  overlay(both, row);
  return both == record;
}

class TalkPlanner {
 public:
  TalkPlanner(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer)
      : context_(context), rows_(rows), plan_(plan), files_(context, std::string(log_comment), answer, plan), kept_(context, rows, "log") {}

  void plan() {
    while (rows_.next()) plan_row();
    // What stands in the folder is known by the rows that say it, before the others are asked whether they correct it.
    for (Taken& one : taken_) one.stands = stands(one);
    for (const Taken& one : taken_) settle(one);
    drop_changes_of_refused(plan_);
    files_.finish();
  }

 private:
  struct Taken {
    std::uint32_t line = 0;  ///< of the table
    NewLine made;
    bool stands = false;
    std::optional<KeptRecords::Fate> fate = {};  ///< the folder had it, and says something else now
  };

  void plan_row() {
    if (const std::string id = narrow(rows_.text("record")); !id.empty()) return correct(id);
    const NoteOptions options = options_of_row(context_, rows_, context_.today, nullptr);
    if (rows_.is_refused()) return;
    NoteComposer composer(context_, options);
    composer.compose_row();
    for (Message& message : composer.refusals()) {
      rows_.refuse(column_of_refusal(context_, options), "import/record", std::move(message));
    }
    if (rows_.is_refused() || composer.lines().empty()) return;
    NewLine& made = composer.lines().back();
    rows_.goes_to(made.path);
    const auto [before, is_first] = lines_.try_emplace(made.path + "\n" + made.line, rows_.line());
    if (!is_first) {
      rows_.refuse({}, "import/record-twice", say("lines {0} and {1} say the same", before->second, rows_.line()),
                   say("a copy? take one of them out; two that were alike are told apart in their words"));
      return;
    }
    taken_.push_back({.line = rows_.line(), .made = std::move(made)});
  }

  void correct(const std::string& id) {
    // Most likely nobody has changed the day or whose record it is.
    const auto day = date_of_text(rows_.text("date"));
    const std::string staff = rows_.text("staff");
    const std::string owner = narrow(staff.substr(staff.find_last_of(' ') + 1));
    const auto version = kept_.find(id, log_path(day.value_or(context_.today), owner));
    if (!version) return;
    const LogEntry* there = entry_of(version->path, version->id);
    const LogEntry* named = entry_of(version->path, version->named);
    if (there == nullptr || named == nullptr) return;
    account(log_of(version->path), version->id);
    const std::size_t slash = version->path.rfind('/') + 1;
    const std::string its_owner = version->path.substr(slash, version->path.size() - 5 - slash);
    const std::string whom = there->students.empty() ? std::string() : there->students.front();
    rows_.is_about(whom);
    const auto [changed, is_older] = changed_cells(
        context_, rows_, FormKind::talks, *version, *named, *there,
        [&](const LogEntry& entry, std::string_view language) { return cells_of_talk(context_, entry, its_owner, language); });
    if (rows_.is_refused()) return;
    if (is_older) ++plan_.older;
    if (changed.empty()) return add_same(version->path);
    const auto day_changed = has_changed(changed, "date") ? date_of_text(rows_.text("date")) : std::nullopt;
    if (has_changed(changed, "staff") || (day_changed && log_path(*day_changed, its_owner) != version->path)) {
      return refuse_other_file(has_changed(changed, "staff") ? "staff" : "date", id, version->path);
    }
    if (has_changed(changed, "note") && rows_.text("note") == "-") {
      return rows_.refuse("note", "import/record-differs", say("a correction takes no words away"),
                          say("withdraw the record with help note --void {0} REASON, and write the row without an id", version->id));
    }
    const NoteOptions options = options_of_row(context_, rows_, there->date, &changed);
    if (rows_.is_refused()) return;
    NoteComposer composer(context_, options);
    composer.compose_row_over(*there, version->path, its_owner);
    for (Message& message : composer.refusals()) rows_.refuse(changed.front().key, "import/record", std::move(message));
    if (rows_.is_refused()) return;
    if (composer.lines().empty()) return add_same(version->path);
    files_.add(
        {.path = version->path, .line = rows_.line(), .text = composer.lines().back().line, .whom = {}, .what = {}, .corrects = true});
    // Of a talk that becomes one of somebody else it is said who loses it.
    rows_.is_about(whom);
    note_changes(changed, FormKind::talks, version->path, rows_, context_.data, plan_);
  }

  /// Nobody can tell such a correction from a new talk whose row was made by copying another.
  void refuse_other_file(std::string_view key, const std::string& id, const std::string& path) {
    rows_.refuse(key, "import/record-differs", say("the record {0} stands in {1} and stays there", id, path),
                 say("another talk? empty the id; the same one, written down wrongly? empty the id, and take the record {0} back with help "
                     "note --void {0} REASON",
                     id));
  }

  const LogEntry* entry_of(const std::string& path, const std::string& id) {
    const LogOfMonth& log = log_of(path);
    const auto found = std::ranges::find(log.lines, id, [](const LogFileLine& line) { return line.entry.id; });
    if (found != log.lines.end()) return &found->entry;
    rows_.refuse("record", "import/record-id", say("{0} has an error: help check", path));
    return nullptr;
  }

  void add_same(const std::string& path) { files_.add({.path = path, .line = rows_.line(), .text = {}, .whom = {}, .what = {}}); }

  static void account(LogOfMonth& log, const std::string& id) { log.accounted.merge(versions_of(log.links, id)); }

  LogOfMonth& log_of(const std::string& path) {
    const auto [log, is_new] = logs_.try_emplace(path);
    if (is_new) {
      log->second.lines = log_file_lines(*context_.folder, path);
      log->second.links = links_of(log->second.lines);
      log->second.in_force = in_force(log->second.links);
    }
    return log->second;
  }

  bool stands(Taken& one) {
    LogOfMonth& log = log_of(one.made.path);
    for (std::size_t at = 0; at < log.lines.size(); ++at) {
      if (!log.in_force[at] || !says_all_of(log.lines[at].entry, *one.made.entry)) continue;
      account(log, log.lines[at].entry.id);
      return true;
    }
    const auto fate = kept_.fate_of(one.made.path, one.made.id);
    if (!fate) return false;
    const auto latest = std::ranges::find(log.lines, fate->latest, [](const LogFileLine& line) { return line.entry.id; });
    // Corrected in its words it is still the talk that the row says.
    const bool is_same = latest != log.lines.end() && may_be_same(latest->entry, *one.made.entry);
    if (is_same) account(log, one.made.id);
    if (!is_same) one.fate = fate;
    return is_same;
  }

  void settle(const Taken& one) {
    const LogOfMonth& log = log_of(one.made.path);
    const LogEntry& entry = *one.made.entry;
    if (one.fate) {
      const std::string whom = entry.students.empty() ? std::string() : entry.students.front();
      return kept_.refuse_repeated(one.made.id, *one.fate, one.line, one.made.path, whom, plan_);
    }
    for (std::size_t at = 0; !one.stands && at < log.lines.size(); ++at) {
      const LogEntry& there = log.lines[at].entry;
      if (!log.in_force[at] || log.accounted.contains(there.id) || !may_be_same(there, entry)) continue;
      plan_.refused.push_back(
          {.line = one.line,
           .column = rows_.title_of("note"),
           .student = entry.students.empty() ? std::string() : entry.students.front(),
           .path = one.made.path,
           .code = "import/record-differs",
           .reason = say("the record {0} is of the same day, the same people and the same kind, in other words", there.id),
           .hint =
               say("if this row corrects it: help note --fix {0}; if it was another time of that day: enter it with help note", there.id)});
      return;
    }
    files_.add({.path = one.made.path,
                .line = one.line,
                .text = one.stands ? std::string() : one.made.line,
                .whom = entry.students.empty() ? std::vector<std::string>{{}} : entry.students,
                .what = what_of(one.made)});
  }

  /// Without the words: a preview is shown to others, too.
  [[nodiscard]] Message what_of(const NewLine& made) const {
    const LogEntry& entry = *made.entry;
    const auto kind = std::ranges::find(context_.data.policy.kinds, entry.kind, &InteractionKind::id);
    const std::string kind_text =
        kind == context_.data.policy.kinds.end() ? entry.kind : in_language(context_, name_of(*kind), context_.language);
    const auto owner = context_.data.find_staff(made.owner);
    const std::string subject = entry.subject.empty() ? std::string() : " " + entry.subject;
    return as_data(to_string(entry.date) + " " + kind_text + subject + ", " +
                   (owner ? context_.data.staff[*owner].name + " " + made.owner : made.owner));
  }

  const Context& context_;
  RecordRows& rows_;
  ImportPlan& plan_;
  AddedLines files_;
  KeptRecords kept_;
  std::map<std::string, std::uint32_t> lines_;  ///< file and record, with the line of the table
  std::map<std::string, LogOfMonth> logs_;
  std::vector<Taken> taken_;
};

}  // namespace

void plan_talks(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  TalkPlanner(context, rows, plan, answer).plan();
}

}  // namespace help
