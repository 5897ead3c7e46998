// SPDX-License-Identifier: MIT
#include "commands/import_records.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "commands/import_kept.hpp"
#include "commands/import_record_rows.hpp"
#include "commands/note.hpp"
#include "model/role_name.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/event_entry.hpp"
#include "store/formats.hpp"
#include "store/log_entry.hpp"

namespace help {
namespace {

/// The id of a line with these contents, which no reader takes for a number.
std::string id_of_contents(const std::string& contents) {
  std::string id = make_record_id(contents);
  for (int more = 2; plain_or_quoted(id) != id; ++more) id = make_record_id(contents + std::to_string(more));
  return id;
}

std::string id_of(const Dataset& data, const Party& party) { return data.id_of(party); }

}  // namespace

// ---- what was done ----

namespace {

/// The options of `note` that a row gives, people as ids; what is not understood is refused.
/// Of a row that corrects a record only what is `changed`; null: all.
NoteOptions options_of_row(const Context& context, RecordRows& rows, const std::vector<ChangedCell>* changed) {
  const Dataset& data = context.data;
  NoteOptions options;
  options.of_table = true;
  const auto is_meant = [changed](std::string_view key) { return changed == nullptr || has_changed(*changed, key); };
  const auto text_of = [&](std::string_view key) { return is_meant(key) ? rows.text(key) : std::string(); };
  if (is_meant("date")) {
    if (const auto day = rows.date("date")) options.date = to_string(*day);
    if (options.date.empty() && !rows.is_refused()) (void)rows.needed("date");
  }
  for (const std::string& one : RecordRows::several(text_of("student"))) {
    const auto student = rows.student("student", one);
    if (!student) continue;
    options.who += (options.who.empty() ? "" : ",") + data.students[*student].id;
    rows.student_id = data.students[*student].id;
  }
  if (options.who.empty()) {
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
  for (const std::string& one : RecordRows::several(text_of("with"))) {
    if (const auto party = rows.party("with", one)) options.with.push_back(id_of(data, *party));
  }
  options.subject = text_of("subject");
  options.to = RecordRows::several(text_of("to"));
  options.channel = text_of("channel");
  options.place = text_of("place");
  options.present = RecordRows::several(text_of("present"));
  options.tags = RecordRows::several(text_of("tags"));
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

}  // namespace

namespace {

/// Takes the rows of talks, new ones and corrections of those that are there.
class TalkPlanner {
 public:
  TalkPlanner(const Context& context, RecordRows& rows, AddedLines& files, ImportPlan& plan)
      : context_(context), rows_(rows), files_(files), plan_(plan), kept_(context, rows, "log"), composer_(context, options_) {}

  void plan_row() {
    if (const std::string id = narrow(rows_.text("record")); !id.empty()) return correct(id);
    options_ = options_of_row(context_, rows_, nullptr);
    if (rows_.is_refused()) return;
    const std::size_t before = composer_.lines().size();
    composer_.compose_row();
    refuse_as_composed();
    if (composer_.lines().size() == before) return;
    const NewLine& made = composer_.lines().back();
    files_.add(made.path, made.line);
  }

 private:
  void correct(const std::string& id) {
    // Most likely nobody has changed the day or whose record it is.
    const auto day = date_of_text(rows_.text("date"));
    const std::string staff = rows_.text("staff");
    const std::string owner = narrow(staff.substr(staff.find_last_of(' ') + 1));
    const auto version = kept_.find(id, log_path(day.value_or(context_.today), owner));
    if (!version) return;
    const LogEntry* there = entry_of(*version);
    if (there == nullptr) return;
    const std::size_t slash = version->path.rfind('/') + 1;
    const std::string its_owner = version->path.substr(slash, version->path.size() - 5 - slash);
    if (!there->students.empty()) rows_.student_id = there->students.front();
    const auto changed = changed_cells(context_, rows_, FormKind::talks,
                                       [&](std::string_view language) { return cells_of_talk(context_, *there, its_owner, language); });
    if (changed.empty()) return files_.count_same(version->path);
    if (has_changed(changed, "staff")) {
      return rows_.refuse("staff", "import/record-differs", say("the record {0} is one of {1}", id, its_owner),
                          say("withdraw it with help note --void {0}, and write the row without an id", version->id));
    }
    options_ = options_of_row(context_, rows_, &changed);
    if (rows_.is_refused()) return;
    const std::size_t before = composer_.lines().size();
    composer_.compose_row_over(*there, version->path, its_owner);
    for (Message& message : composer_.refusals()) rows_.refuse(changed.front().key, "import/record", std::move(message));
    composer_.refusals().clear();
    if (rows_.is_refused()) return;
    if (composer_.lines().size() == before) return files_.count_same(version->path);
    if (!corrected_.insert(version->id).second) {
      return rows_.refuse("record", "import/record-differs", say("another row of the table corrects the record {0}", version->id),
                          say("which of the two is right? leave one"));
    }
    files_.correct(version->path, composer_.lines().back().line);
    note_changes(changed, version->path, rows_, context_.data, plan_);
  }

  const LogEntry* entry_of(const KeptRecords::Version& version) {
    const auto [known, is_first] = entries_.try_emplace(version.path);
    if (is_first) known->second = log_file_lines(*context_.folder, version.path);
    const auto found = std::ranges::find(known->second, version.id, [](const LogFileLine& line) { return line.entry.id; });
    if (found != known->second.end()) return &found->entry;
    rows_.refuse("record", "import/record-id", say("{0} has an error: help check", version.path));
    return nullptr;
  }

  void refuse_as_composed() {
    for (Message& message : composer_.refusals()) {
      rows_.refuse(column_of_refusal(context_, options_), "import/record", std::move(message));
    }
    composer_.refusals().clear();
  }

  const Context& context_;
  RecordRows& rows_;
  AddedLines& files_;
  ImportPlan& plan_;
  KeptRecords kept_;
  NoteOptions options_;
  NoteComposer composer_;
  std::map<std::string, std::vector<LogFileLine>> entries_;  ///< by path
  std::set<std::string> corrected_;
};

}  // namespace

void plan_talks(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  AddedLines files(context, std::string(log_comment), rows, answer, plan);
  TalkPlanner planner(context, rows, files, plan);
  while (rows.next()) planner.plan_row();
  files.finish();
}

// ---- who wishes for whom ----

namespace {

/// Where new preferences go: to those of the term.
std::string prefs_path(const Context& context, Date day) {
  const auto term = context.data.calendar.term_of(day);
  return "prefs/" + (term ? context.data.calendar.terms[*term].id : to_string(day).substr(0, 4)) + ".yaml";
}

std::string list_of_tiers(const Dataset& data, const std::vector<std::vector<Party>>& tiers) {
  std::string list;
  for (const auto& tier : tiers) {
    std::string part;
    for (const Party& one : tier) part += (part.empty() ? "" : ", ") + plain_or_quoted(data.id_of(one));
    list += (list.empty() ? "" : ", ") + (tier.size() == 1 ? part : "[" + part + "]");
  }
  return "[" + list + "]";
}

class PreferencePlanner {
 public:
  PreferencePlanner(const Context& context, RecordRows& rows, AddedLines& files, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), files_(files), plan_(plan), kept_(context, rows, "prefs") {}

  void plan_row() {
    fixes_.reset();
    changed_.clear();
    if (const std::string id = narrow(rows_.text("record")); !id.empty() && !finds_change(id)) return;
    const auto day = rows_.date("date");
    if (!day && !rows_.is_refused()) (void)rows_.needed("date");
    static const std::vector<std::pair<std::string, Message>> kinds{
        {"wish", say("wish")}, {"fixed", say("fixed")}, {"banned", say("banned")}};
    const std::string typed = rows_.text("pair");
    const auto kind = typed.empty() ? std::optional<std::string>("wish") : rows_.word("pair", typed, kinds);
    const std::string who = rows_.needed("of");
    const auto of = who.empty() ? std::nullopt : rows_.party("of", who);
    if (of && of->kind == Party::Kind::student) rows_.student_id = data_.id_of(*of);
    const auto role = role_of_row();
    if (!day || !kind || !of || !role || rows_.is_refused()) return;
    if (*kind == "wish") {
      plan_wish(*day, *of, *role);
    } else {
      plan_order(*day, *kind, *of, *role);
    }
  }

 private:
  std::optional<std::string> role_of_row() {
    const std::string typed = rows_.needed("role");
    if (typed.empty()) return std::nullopt;
    std::vector<std::pair<std::string, Message>> roles;
    for (const AssignRule& rule : data_.policy.assigning.rules) roles.emplace_back(rule.role, name_of_role(rule.role));
    return rows_.word("role", typed, roles);
  }

  /// Whether the row says something else than the record that it names, which is then to be corrected.
  bool finds_change(const std::string& id) {
    fixes_ = kept_.find(id, prefs_path(context_, date_of_text(rows_.text("date")).value_or(context_.today)));
    if (!fixes_) return false;
    const auto wish = std::ranges::find(data_.wishes, fixes_->id, &Wish::id);
    const auto order = std::ranges::find(data_.pair_orders, fixes_->id, &PairOrder::id);
    const bool is_wish = wish != data_.wishes.end();
    if (!is_wish && order == data_.pair_orders.end()) {
      rows_.refuse("record", "import/record-id", say("{0} has an error: help check", fixes_->path));
      return false;
    }
    changed_ = changed_cells(context_, rows_, FormKind::preferences, [&](std::string_view language) {
      return is_wish ? cells_of_wish(context_, *wish, language) : cells_of_order(context_, *order, language);
    });
    for (const std::string_view key : {"pair", "of", "role"}) {
      if (!has_changed(changed_, key)) continue;
      rows_.refuse(key, "import/record-differs", say("the record {0} says '{1}' here", id, before(key)),
                   say("write the row without an id, and withdraw the other by a line with voids: {0}", fixes_->id));
      return false;
    }
    if (!changed_.empty() && !is_wish) {
      // The file knows no line that corrects an order.
      rows_.refuse(changed_.front().key, "import/record-differs", say("a pair that is fixed or banned is not corrected, but ordered anew"),
                   say("write the row without an id and with a later date: the later order counts; or withdraw the other by a line with "
                       "voids: {0}",
                       fixes_->id));
      return false;
    }
    if (!changed_.empty() && !corrected_.insert(fixes_->id).second) {
      rows_.refuse("record", "import/record-differs", say("another row of the table corrects the record {0}", fixes_->id),
                   say("which of the two is right? leave one"));
      return false;
    }
    if (changed_.empty()) files_.count_same(fixes_->path);
    return !changed_.empty();
  }

  [[nodiscard]] std::string before(std::string_view key) const { return std::ranges::find(changed_, key, &ChangedCell::key)->before; }

  void plan_wish(Date day, Party of, const std::string& role) {
    std::vector<std::vector<Party>> tiers;
    for (const std::string_view key : {"first", "second", "third"}) {
      std::vector<Party> tier;
      for (const std::string& one : RecordRows::several(rows_.text(key))) {
        const auto party = rows_.party(key, one);
        if (!party) continue;
        const auto is_it = [&](const auto& others) { return std::ranges::find(others, *party) != others.end(); };
        if (*party == of || is_it(tier) || std::ranges::any_of(tiers, is_it)) {
          rows_.refuse(key, "import/record", say("'{0}' stands on the list a second time, or wishes for themselves", one));
        }
        tier.push_back(*party);
      }
      if (!tier.empty()) tiers.push_back(std::move(tier));
    }
    for (const std::string_view key : {"subject", "until", "because"}) {
      if (!rows_.text(key).empty())
        rows_.refuse(key, "import/record", say("a list of wishes has no use for this; it is for pairs that are fixed or banned"));
    }
    if (rows_.is_refused()) return;
    for (const Wish& wish : data_.wishes) {
      if (wish.date != day || wish.of != of || wish.role != role || (fixes_ && wish.id == fixes_->id)) continue;
      if (wish.tiers == tiers) return stands(day);
      return rows_.refuse("date", "import/record-differs",
                          say("{0} has a list of that day already, another one (record {1})", data_.name_of(of), wish.id),
                          say("write a later date: the later list counts; or correct the record with a line fixes: {0}", wish.id));
    }
    const auto line = [&](const std::string& id) {
      RecordLine head = head_of(id);
      head.date("date", day).word("of", data_.id_of(of)).word("role", role);
      std::string flow = head.flow();
      flow.pop_back();
      return "- " + flow + ", prefers: " + list_of_tiers(data_, tiers) + "}\n";
    };
    add(day, line);
  }

  void plan_order(Date day, const std::string& kind, Party of, const std::string& role) {
    for (const std::string_view key : {"second", "third"}) {
      if (!rows_.text(key).empty()) rows_.refuse(key, "import/record", say("a pair that is fixed or banned has two people, no more"));
    }
    if (of.kind != Party::Kind::student) rows_.refuse("of", "import/record", say("a pair that is fixed or banned begins with the student"));
    const std::string typed = rows_.needed("first");
    const auto with = typed.empty() ? std::nullopt : rows_.party("first", typed);
    const auto until = rows_.date("until");
    if (with && *with == of) rows_.refuse("first", "import/record", say("nobody is paired with themselves"));
    if (until && *until < day)
      rows_.refuse("until", "import/record", say("the last day {0} lies before the first day {1}", to_string(*until), to_string(day)));
    if (!with || rows_.is_refused()) return;
    const std::string subject = rows_.text("subject");
    const std::string because = rows_.text("because");
    for (const PairOrder& order : data_.pair_orders) {
      const bool is_same_pair = order.date == day && order.role == role && order.student == of.index && order.with == *with &&
                                (order.subject ? data_.subjects[*order.subject] : std::string()) == subject;
      if (!is_same_pair || (fixes_ && order.id == fixes_->id)) continue;
      if (order.fixed == (kind == "fixed") && order.until == until.value_or(Date::max()) && order.because == because) return stands(day);
      return rows_.refuse("date", "import/record-differs",
                          say("these two have an order of that day already, another one (record {0})", order.id),
                          say("write a later date: the later order counts; or withdraw the other by a line with voids: {0}", order.id));
    }
    add(day, [&](const std::string& id) {
      RecordLine line = head_of(id);
      line.date("date", day).word("pair", kind).word("role", role).quoted_id("student", data_.id_of(of)).word("with", data_.id_of(*with));
      if (until) line.date("until", *until);
      return line.given_word("subject", subject).given_text("because", because).line();
    });
  }

  void stands(Date day) { files_.count_same(prefs_path(context_, day)); }

  [[nodiscard]] RecordLine head_of(const std::string& id) const {
    RecordLine head;
    if (fixes_ && !id.empty()) return head.head(id, context_.today, std::vector<std::string>{fixes_->id});
    if (!id.empty()) head.word("id", id);
    return head;
  }

  template <typename MakeLine>
  void add(Date day, const MakeLine& make_line) {
    const std::string line = make_line(id_of_contents((fixes_ ? fixes_->id + "\n" : std::string()) + make_line({})));
    std::string key;
    if (const auto problem = problem_of_line(line, prefs_shape(), key)) {
      rows_.refuse(key == "with" || key == "prefers" ? std::string_view("first") : std::string_view(key), problem->code, problem->message,
                   problem->hint);
      return;
    }
    if (!fixes_) return files_.add(prefs_path(context_, day), line);
    files_.correct(fixes_->path, line);
    note_changes(changed_, fixes_->path, rows_, data_, plan_);
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  AddedLines& files_;
  ImportPlan& plan_;
  KeptRecords kept_;
  std::optional<KeptRecords::Version> fixes_;  ///< what the row corrects
  std::vector<ChangedCell> changed_;           ///< and what it says otherwise
  std::set<std::string> corrected_;
};

}  // namespace

void plan_preferences(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  AddedLines files(context, schema_comment("prefs"), rows, answer, plan);
  PreferencePlanner planner(context, rows, files, plan);
  while (rows.next()) planner.plan_row();
  files.finish();
}

// ---- what was seen ----

void plan_observations(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  const Dataset& data = context.data;
  static const std::vector<std::pair<std::string, Message>> kinds{{"observed", say("seen")}, {"cleared", say("gone")}};
  std::vector<std::pair<std::string, Message>> indicators;
  for (const auto& one : data.policy.indicators) indicators.emplace_back(one.id, as_data(one.name.empty() ? one.id : one.name));
  AddedLines files(context, schema_comment("events"), rows, answer, plan);
  KeptRecords kept(context, rows, "events");
  std::set<std::string> corrected;
  while (rows.next()) {
    EventEntry entry;
    std::optional<KeptRecords::Version> version;
    std::vector<ChangedCell> changed;
    if (const std::string id = narrow(rows.text("record")); !id.empty()) {
      const std::string text = rows.text("student");
      version = kept.find(id, events_path(narrow(text.substr(text.find_last_of(' ') + 1))));
      if (!version) continue;
      const auto entries = event_entries(*context.folder, version->path);
      const auto there = std::ranges::find(entries, version->id, &EventEntry::id);
      if (there == entries.end() || (there->kind != "observed" && there->kind != "cleared")) {
        rows.refuse("record", "import/record-id", say("the record {0} is no observation", id));
        continue;
      }
      entry = *there;
      rows.student_id = version->path.substr(version->path.rfind('/') + 1);
      rows.student_id.resize(rows.student_id.size() - 5);
      changed = changed_cells(context, rows, FormKind::observations,
                              [&](std::string_view language) { return cells_of_observation(context, *there, rows.student_id, language); });
      if (changed.empty()) {
        files.count_same(version->path);
        continue;
      }
      if (has_changed(changed, "student")) {
        rows.refuse("student", "import/record-differs", say("the record {0} is one of {1}", id, rows.student_id),
                    say("write the row without an id, and withdraw the other: help decide --void {0}", version->id));
        continue;
      }
      if (!corrected.insert(version->id).second) {
        rows.refuse("record", "import/record-differs", say("another row of the table corrects the record {0}", version->id),
                    say("which of the two is right? leave one"));
        continue;
      }
      entry.at = context.today;
      entry.fixes = {version->id};
    }
    const auto day = rows.date("date");
    if (!day && !rows.is_refused()) (void)rows.needed("date");
    const std::string who = rows.needed("student");
    const auto student = who.empty() ? std::nullopt : rows.student("student", who);
    if (student) rows.student_id = data.students[*student].id;
    const std::string indicator = rows.needed("indicator");
    if (!indicator.empty()) entry.indicator = rows.word("indicator", indicator, indicators).value_or(std::string());
    const std::string kind = rows.text("kind");
    if (!kind.empty()) entry.kind = rows.word("kind", kind, kinds).value_or(std::string());
    if (kind.empty() && !version) entry.kind = "observed";
    const std::string by = rows.needed("by");
    if (const auto staff = by.empty() ? std::nullopt : rows.staff("by", by)) entry.by = data.staff[*staff].id;
    if (const std::string because = text_for_file(rows.text("because")); !because.empty()) entry.because = because;
    if (day && *day > context.today) {
      rows.refuse("date", "import/record",
                  say("{0} lies in the future: what has not taken place yet is not written down.", to_string(*day)));
    }
    if (!day || !student || rows.is_refused()) continue;
    entry.date = *day;
    const std::string path = events_path(rows.student_id);
    entry.id.clear();
    entry.id = id_of_contents(path + "\n" + event_line(entry));
    std::string key;
    if (const auto problem = problem_of_line(event_line(entry), events_shape(), key)) {
      rows.refuse(key, problem->code, problem->message, problem->hint);
    } else if (version) {
      files.correct(version->path, event_line(entry));
      note_changes(changed, version->path, rows, data, plan);
    } else {
      files.add(path, event_line(entry));
    }
  }
  files.finish();
}

// ---- the whole ----

RecordTable records_of_form(const FoundForm& form, const Sheet& sheet) {
  RecordTable table{.kind = form.kind, .header = form.header};
  for (const auto& [key, column] : form.columns) {
    RecordSource source{.column = column, .fixed = {}, .title = {}, .words = {}};
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      if (sheet.line(row) == form.header) source.title = cell_text(sheet.cell(row, column));
    }
    table.fields.emplace(std::string(key), std::move(source));
  }
  table.counts = form.others;
  return table;
}

RecordTable records_of_mapping(const Mapping& mapping, const Sheet& sheet, std::uint32_t header, Diagnostics& problems) {
  const RecordColumns& mapped = *mapping.records;
  RecordTable table{.kind = form_called(mapped.kind.text).value_or(FormKind::talks), .header = header};
  const auto place_of = [&](const MappedText& title) -> std::optional<std::size_t> {
    const auto column = column_of(sheet, header, title.text);
    if (!column) {
      problems.push_back(mapping.problem(title, "import/unknown-column", say("{0} has no column '{1}'", sheet.name(), title.text)));
    }
    return column;
  };
  std::vector<std::string_view> known;
  for (const FormField& field : fields_of(table.kind)) known.push_back(field.key);
  for (const MappedField& field : mapped.fields) {
    if (std::ranges::find(known, field.key.text) == known.end()) {
      std::string all;
      for (const std::string_view key : known) all.append(all.empty() ? "" : ", ").append(key);
      problems.push_back(mapping.problem(field.key, "mapping/field-of-other-records",
                                         say("records of the kind {0} have no part {1}", mapped.kind.text, field.key.text),
                                         say("they have: {0}", all)));
      continue;
    }
    RecordSource source{.column = {}, .fixed = cell_text(field.fixed.text), .title = cell_text(field.column.text), .words = field.words};
    if (field.column.given()) source.column = place_of(field.column);
    table.fields.emplace(field.key.text, std::move(source));
  }
  for (const auto& [count, title] : mapped.counts) {
    if (const auto column = place_of(title)) table.counts.emplace_back(count, *column);
  }
  return table;
}

ImportPlan plan_records(const Context& context, const RecordTable& table, const Sheet& sheet, Answer& answer) {
  ImportPlan plan;
  RecordRows rows(context, table, sheet, plan);
  switch (table.kind) {
    case FormKind::talks:
      plan_talks(context, rows, plan, answer);
      break;
    case FormKind::preferences:
      plan_preferences(context, rows, plan, answer);
      break;
    case FormKind::observations:
      plan_observations(context, rows, plan, answer);
      break;
    case FormKind::roster:
      plan_roster_form(context, rows, plan, answer);
      break;
    case FormKind::classes:
      plan_classes_form(context, rows, plan, answer);
      break;
    case FormKind::teaching:
      plan_teaching(context, rows, plan, answer);
      break;
    case FormKind::staff:
      plan_staff(context, rows, plan, answer);
      break;
    case FormKind::groups:
      plan_groups(context, rows, plan, answer);
      break;
    case FormKind::archives:
      plan_archives(context, rows, plan);
      break;
    case FormKind::counts:
      plan_counts(context, table, rows, plan, answer);
      break;
    case FormKind::marks:
      break;  // are read by a mapping: see mapping_of_marks_form
  }
  std::ranges::stable_sort(plan.refused, {}, [](const RefusedRow& row) { return std::tie(row.line, row.column); });
  return plan;
}

}  // namespace help
