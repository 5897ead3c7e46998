// SPDX-License-Identifier: MIT
#include "commands/import_kept.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "model/role_name.hpp"
#include "render/escape.hpp"
#include "store/bytes.hpp"
#include "store/cell_text.hpp"
#include "store/corrections.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/id_table.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

std::string person_in_form(const Dataset& data, const Party& party) { return data.name_of(party) + " " + data.id_of(party); }

/// As a form names somebody, by the id of a record.
std::string person_of_id(const Dataset& data, const std::string& id) {
  if (const auto staff = data.find_staff(id)) return person_in_form(data, {Party::Kind::staff, *staff});
  if (const auto student = data.find_student(id)) return person_in_form(data, {Party::Kind::student, *student});
  if (const auto body = data.find_body(id)) return person_in_form(data, {Party::Kind::body, *body});
  return id;
}

std::string list_in_form(const std::vector<std::string>& parts) {
  std::string list;
  for (const std::string& part : parts) list += (list.empty() ? "" : "、") + part;
  return list;
}

/// Nobody sees a tab in a cell, and in some forms it would be written out as a sign.
std::string without_tabs(std::string text) {
  std::ranges::replace(text, '\t', ' ');
  return text;
}

void add_cell(RecordCells& cells, std::string_view key, std::string text) {
  text = without_tabs(std::move(text));
  if (!text.empty()) cells.emplace_back(key, Cell(std::move(text)));
}

/// A code by its name, where it has one that leads back to it.
std::string role_in_form(const Context& context, const std::string& role, std::string_view language) {
  for (const AssignRule& rule : context.data.policy.assigning.rules) {
    if (rule.role == role) return in_language(context, name_of_role(role), language);
  }
  return role;
}

/// Whether a student is in one of the classes; no classes: all are.
bool is_of_classes(const Dataset& data, std::optional<StudentIndex> student, Date day, const std::vector<ClassIndex>& classes) {
  const auto in = student ? data.class_of(*student, day) : std::nullopt;
  return classes.empty() || (in && std::ranges::find(classes, *in) != classes.end());
}

std::string text_of_kept(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return std::to_string(*number);
  if (const auto* day = std::get_if<Date>(&cell.value)) return to_string(*day);
  return {};
}

/// A cell as it is compared: days and numbers in one form, texts without what a spreadsheet makes of their ends, and with signs that
/// nobody can see as forms show them.
std::string comparable(const std::string& text) {
  if (const auto day = date_of_text(text)) return to_string(*day);
  return shown_lines(without_tabs(text_for_file(cell_text(text))));
}

}  // namespace

// ---- records as cells ----

RecordCells cells_of_talk(const Context& context, const LogEntry& entry, std::string_view owner, std::string_view language) {
  const Dataset& data = context.data;
  RecordCells cells{{"date", Cell(entry.date)}};
  add_cell(cells, "staff", person_of_id(data, std::string(owner)));
  std::vector<std::string> people;
  for (const std::string& id : entry.students) people.push_back(person_of_id(data, id));
  add_cell(cells, "student", list_in_form(people));
  const auto& kinds = data.policy.kinds;
  const auto kind = std::ranges::find(kinds, entry.kind, &InteractionKind::id);
  add_cell(cells, "kind", kind == kinds.end() ? entry.kind : in_language(context, name_of(*kind), language));
  // A record may say nothing in words; a form must have something there.
  add_cell(cells, "note", entry.note.empty() ? "-" : entry.note);
  if (entry.students.empty()) add_cell(cells, "class", entry.in_class);
  add_cell(cells, "subject", entry.subject);
  add_cell(cells, "channel", entry.channel);
  add_cell(cells, "place", entry.place);
  if (entry.minutes) cells.emplace_back("minutes", Cell(*entry.minutes));
  add_cell(cells, "present", list_in_form(entry.present));
  add_cell(cells, "to", list_in_form(entry.to));
  people.clear();
  for (const std::string& id : entry.with) people.push_back(person_of_id(data, id));
  add_cell(cells, "with", list_in_form(people));
  if (entry.follow_up) cells.emplace_back("follow-up", Cell(*entry.follow_up));
  add_cell(cells, "tags", list_in_form(entry.tags));
  add_cell(cells, "record", entry.id);
  return cells;
}

RecordCells cells_of_wish(const Context& context, const Wish& wish, std::string_view language) {
  RecordCells cells{{"date", Cell(wish.date)}};
  add_cell(cells, "pair", in_language(context, say("wish"), language));
  add_cell(cells, "of", person_in_form(context.data, wish.of));
  add_cell(cells, "role", role_in_form(context, wish.role, language));
  constexpr std::array<std::string_view, 3> places{"first", "second", "third"};
  for (std::size_t tier = 0; tier < std::min(wish.tiers.size(), places.size()); ++tier) {
    std::vector<std::string> people;
    for (const Party& one : wish.tiers[tier]) people.push_back(person_in_form(context.data, one));
    add_cell(cells, places[tier], list_in_form(people));
  }
  add_cell(cells, "record", wish.id);
  return cells;
}

RecordCells cells_of_order(const Context& context, const PairOrder& order, std::string_view language) {
  RecordCells cells{{"date", Cell(order.date)}};
  add_cell(cells, "pair", in_language(context, order.fixed ? say("fixed") : say("banned"), language));
  add_cell(cells, "of", person_in_form(context.data, {Party::Kind::student, order.student}));
  add_cell(cells, "role", role_in_form(context, order.role, language));
  add_cell(cells, "first", person_in_form(context.data, order.with));
  if (order.subject) add_cell(cells, "subject", context.data.subjects[*order.subject]);
  if (order.until != Date::max()) cells.emplace_back("until", Cell(order.until));
  add_cell(cells, "because", order.because);
  add_cell(cells, "record", order.id);
  return cells;
}

RecordCells cells_of_observation(const Context& context, const EventEntry& entry, const std::string& student, std::string_view language) {
  RecordCells cells{{"date", Cell(entry.date)}};
  add_cell(cells, "student", person_of_id(context.data, student));
  const auto& indicators = context.data.policy.indicators;
  const auto indicator = std::ranges::find(indicators, entry.indicator, [](const auto& one) { return one.id; });
  add_cell(cells, "indicator", indicator == indicators.end() || indicator->name.empty() ? entry.indicator : indicator->name);
  add_cell(cells, "kind", in_language(context, entry.kind == "cleared" ? say("gone") : say("seen"), language));
  add_cell(cells, "by", person_of_id(context.data, entry.by));
  add_cell(cells, "because", entry.because);
  add_cell(cells, "record", entry.id);
  return cells;
}

// ---- what the folder has ----

namespace {

/// The places of the lines that are in force, of a file of records in which each id stands once.
std::vector<std::size_t> lines_in_force(const std::vector<RecordLinks>& links) {
  std::map<std::string_view, std::uint32_t> places;
  for (std::uint32_t at = 0; at < links.size(); ++at) places.emplace(links[at].id, at);
  Corrections corrections;
  for (std::uint32_t at = 0; at < links.size(); ++at) {
    for (const std::string& id : links[at].fixes) {
      if (const auto place = places.find(id); place != places.end()) corrections.fix(at, place->second);
    }
    for (const std::string& id : links[at].voids) {
      if (const auto place = places.find(id); place != places.end()) corrections.withdraw(at, place->second);
    }
  }
  corrections.settle(static_cast<std::uint32_t>(links.size()));
  std::vector<std::size_t> found;
  for (std::uint32_t at = 0; at < links.size(); ++at) {
    if (corrections.in_force(at) && links[at].voids.empty()) found.push_back(at);
  }
  return found;
}

bool is_about_classes(const Dataset& data, const LogEntry& entry, const std::vector<ClassIndex>& classes) {
  const auto in = data.find_class(entry.in_class);
  return classes.empty() || (in && std::ranges::find(classes, *in) != classes.end()) ||
         std::ranges::any_of(entry.students,
                             [&](const std::string& id) { return is_of_classes(data, data.find_student(id), entry.date, classes); });
}

/// Why nothing of a file that is there was read, if that has a reason.
void add_problems_of(const Files& files, const std::string& path, const Shape& shape, Diagnostics& problems) {
  std::string bytes;
  Tree tree;
  if (files.read(path, bytes, max_file_bytes) != FileResult::done) {
    problems.push_back({.code = "file/unreadable", .where = {.path = path}, .message = say("the file could not be read")});
  } else if (check_bytes(path, bytes, problems) && read_yaml(path, bytes, tree, problems) && !tree.nodes.empty()) {
    (void)check_shape(path, Value(tree, 0), shape, problems);
  }
}

}  // namespace

std::vector<RecordCells> kept_talks(const Context& context, Date from, const std::vector<ClassIndex>& classes, Diagnostics& problems) {
  struct KeptTalk {
    LogEntry entry;
    std::string owner;
  };
  std::vector<KeptTalk> talks;
  for (const std::string& month : context.folder->folders("log")) {
    if (month < to_string(from).substr(0, 7)) continue;
    for (const std::string& name : context.folder->list("log/" + month)) {
      if (!name.ends_with(".yaml")) continue;
      const std::string path = "log/" + month + "/" + name;
      std::vector<LogFileLine> lines = log_file_lines(*context.folder, path);
      if (lines.empty()) add_problems_of(*context.folder, path, log_shape(), problems);
      std::vector<RecordLinks> links;
      for (const LogFileLine& line : lines) links.push_back({.id = line.entry.id, .fixes = line.entry.fixes, .voids = line.voids});
      for (const std::size_t at : lines_in_force(links)) {
        LogEntry& entry = lines[at].entry;
        if (entry.date < from || !is_about_classes(context.data, entry, classes)) continue;
        talks.push_back({std::move(entry), name.substr(0, name.size() - 5)});
      }
    }
  }
  std::ranges::sort(talks, {}, [](const KeptTalk& talk) { return std::tie(talk.entry.date, talk.owner, talk.entry.id); });
  std::vector<RecordCells> rows;
  for (const KeptTalk& talk : talks) rows.push_back(cells_of_talk(context, talk.entry, talk.owner, context.language));
  return rows;
}

std::vector<RecordCells> kept_preferences(const Context& context, Date from, const std::vector<ClassIndex>& classes) {
  std::vector<RecordCells> rows;
  constexpr std::size_t most_tiers = 3;
  for (const Wish& wish : context.data.wishes) {
    // A form has no room for more than three choices.
    if (wish.date < from || wish.tiers.size() > most_tiers ||
        !is_of_classes(context.data, wish.of.kind == Party::Kind::student ? std::optional(wish.of.index) : std::nullopt, wish.date,
                       classes))
      continue;
    rows.push_back(cells_of_wish(context, wish, context.language));
  }
  for (const PairOrder& order : context.data.pair_orders) {
    if (order.date < from || !is_of_classes(context.data, order.student, order.date, classes)) continue;
    rows.push_back(cells_of_order(context, order, context.language));
  }
  return rows;
}

std::vector<RecordCells> kept_observations(const Context& context, Date from, const std::vector<ClassIndex>& classes,
                                           Diagnostics& problems) {
  struct KeptObservation {
    EventEntry entry;
    std::string student;
  };
  const Dataset& data = context.data;
  const std::vector<std::string> files = context.folder->list("events");
  std::vector<KeptObservation> found;
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    const std::string& id = data.students[student].id;
    std::vector<EventEntry> entries = event_entries(*context.folder, events_path(id));
    if (entries.empty() && std::ranges::find(files, id + ".yaml") != files.end()) {
      add_problems_of(*context.folder, events_path(id), events_shape(), problems);
    }
    for (const std::size_t at : lines_in_force(links_of(entries))) {
      EventEntry& entry = entries[at];
      const bool is_observation = entry.kind == "observed" || entry.kind == "cleared";
      if (!is_observation || entry.date < from || !is_of_classes(data, student, entry.date, classes)) continue;
      found.push_back({std::move(entry), id});
    }
  }
  std::ranges::sort(found, {}, [](const KeptObservation& one) { return std::tie(one.entry.date, one.student, one.entry.id); });
  std::vector<RecordCells> rows;
  for (const KeptObservation& one : found) rows.push_back(cells_of_observation(context, one.entry, one.student, context.language));
  return rows;
}

// ---- rows with ids ----

const KeptRecords::FileLinks& KeptRecords::file_links(const std::string& path) {
  const auto [known, is_first] = links_.try_emplace(path);
  FileLinks& file = known->second;
  if (!is_first) return file;
  std::string bytes;
  Tree tree;
  Diagnostics problems;
  if (context_.folder->read(path, bytes, max_file_bytes) != FileResult::done || !check_bytes(path, bytes, problems) ||
      !read_yaml(path, bytes, tree, problems) || tree.nodes.empty() || !Value(tree, 0).is_sequence()) {
    return file;
  }
  std::set<std::string> ids;
  for (const Value item : items_of(Value(tree, 0))) {
    const std::string id = text_at(item, "id");
    // A line that a merge doubled stands there once.
    if (!ids.insert(id).second) continue;
    file.links.push_back({.id = id, .fixes = one_or_more_at(item, "fixes"), .voids = one_or_more_at(item, "voids")});
    if (const auto at = date_at(item, "at")) file.days.emplace(id, *at);
  }
  return file;
}

std::vector<std::string> KeptRecords::paths() const {
  std::vector<std::string> found;
  const auto add = [&](const std::string& folder) {
    for (const std::string& name : context_.folder->list(folder)) {
      if (name.ends_with(".yaml")) found.push_back(folder + "/" + name);
    }
  };
  add(folder_);
  for (const std::string& inner : context_.folder->folders(folder_)) add(folder_ + "/" + inner);
  return found;
}

namespace {

Message withdrawn_words(const std::string& id, const KeptRecords::Fate& fate) {
  if (fate.at) return say("the record {0} was withdrawn on {1}, by {2}", id, to_string(*fate.at), fate.by);
  return say("the record {0} was withdrawn, by {1}", id, fate.by);
}

}  // namespace

std::optional<KeptRecords::Version> KeptRecords::find(const std::string& id, const std::string& likely) {
  const auto refuse = [this](Message reason, Message hint) {
    rows_.refuse("record", "import/record-id", std::move(reason), std::move(hint));
  };
  const auto has_record = [&](const std::string& path) {
    const auto found = std::ranges::find(links_in(path), id, &RecordLinks::id);
    return found != links_in(path).end() && found->voids.empty();
  };
  std::string path = likely;
  if (record_number(id) == no_record_id) {
    refuse(say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", id), say("a row that is new has none"));
    return std::nullopt;
  }
  if (!has_record(path)) {
    const std::vector<std::string> all = paths();
    std::string bytes;
    const auto found = std::ranges::find_if(all, [&](const std::string& one) {
      return context_.folder->read(one, bytes, max_file_bytes) == FileResult::done && bytes.find(id) != std::string::npos &&
             has_record(one);
    });
    if (found == all.end()) {
      refuse(say("no file in {0} has the record {1}", folder_ + "/", id), say("is the id right? a row that is new has none"));
      return std::nullopt;
    }
    path = *found;
  }
  rows_.goes_to(path);
  if (!is_named_once(id)) return std::nullopt;
  const auto fate = fate_of(path, id);
  if (fate->latest.empty() && !fate->by.empty()) {
    refuse(withdrawn_words(id, *fate), say("leave the row out; if it was right after all: {0}", way_to_write_again()));
    return std::nullopt;
  }
  if (fate->latest.empty()) {
    refuse(say("the record {0} has corrections that contradict each other", id), say("settle them first: help note --fix, or by hand"));
    return std::nullopt;
  }
  const auto [before, is_first] = rows_of_.try_emplace(fate->latest, rows_.line());
  if (!is_first) {
    rows_.refuse_both(before->second, "record", "import/record-differs",
                      say("lines {0} and {1} carry ids of one record, {2}", before->second, rows_.line(), fate->latest),
                      say("which of the two is right? leave one; a record that is new has no id"));
    return std::nullopt;
  }
  return Version{.path = path, .named = id, .id = fate->latest, .at = fate->at};
}

bool KeptRecords::is_named_once(const std::string& id) {
  if (!lines_) lines_ = lines_by_text(rows_, "record");
  const auto found = lines_->find(id);
  if (found == lines_->end() || found->second.size() < 2) return true;
  std::string all;
  for (const std::uint32_t line : found->second) all += (all.empty() ? "" : ", ") + std::to_string(line);
  rows_.refuse("record", "import/record-differs", say("lines {0} carry one id, {1}", all, id),
               say("a record that is new has no id: empty it; one that was copied to correct it stands there once"));
  return false;
}

std::optional<KeptRecords::Fate> KeptRecords::fate_of(const std::string& path, const std::string& id) {
  const FileLinks& file = file_links(path);
  if (std::ranges::find(file.links, id, &RecordLinks::id) == file.links.end()) return std::nullopt;
  const auto day_of = [&](const std::string& line) {
    const auto day = file.days.find(line);
    return day == file.days.end() ? std::nullopt : std::optional(day->second);
  };
  const std::set<std::string> versions = versions_of(file.links, id);
  if (const RecordLinks* withdrawn = withdrawal_of(file.links, versions)) {
    return Fate{.latest = {}, .by = withdrawn->id, .at = day_of(withdrawn->id)};
  }
  const std::vector<std::string> latest = latest_of(file.links, versions);
  if (latest.size() != 1) return Fate{};
  return Fate{.latest = latest.front(), .by = latest.front() == id ? std::string() : latest.front(), .at = day_of(latest.front())};
}

Message KeptRecords::way_to_write_again() const {
  if (folder_ == "log") return say("enter it with help note, which gives it an id of its own");
  if (folder_ == "events") return say("write the row without an id, with other words as its reason");
  return say("write the row without an id and with a later date");
}

void KeptRecords::refuse_repeated(const std::string& id, const Fate& fate, std::uint32_t line, const std::string& path, std::string student,
                                  ImportPlan& plan) {
  const bool is_withdrawn = fate.latest.empty() && !fate.by.empty();
  plan.refused.push_back({.line = line,
                          .column = {},
                          .student = std::move(student),
                          .path = path,
                          .code = "import/record-id",
                          .reason = is_withdrawn      ? withdrawn_words(id, fate)
                                    : fate.by.empty() ? say("the record {0} was made of such a row and says something else now", id)
                                    : fate.at         ? say("the record {0} was corrected on {1}, by {2}, and says something else now", id,
                                                            to_string(*fate.at), fate.by)
                                                      : say("the record {0} was corrected by {1} and says something else now", id, fate.by),
                          .hint = say("leave the row out; if it was right after all: {0}", way_to_write_again())});
}

namespace {

std::string text_of_cells(const RecordCells& cells, std::string_view key) {
  const auto found = std::ranges::find(cells, key, [](const auto& cell) { return cell.first; });
  return found == cells.end() ? std::string() : text_of_kept(found->second);
}

bool says_text(const CellsInLanguages& cells, std::string_view key, const std::string& comparable_text) {
  return std::ranges::any_of(cells, [&](const RecordCells& one) { return comparable(text_of_cells(one, key)) == comparable_text; });
}

}  // namespace

ComparedRow changed_cells_of(RecordRows& rows, FormKind kind, const KeptRecords::Version& version, const CellsInLanguages& named,
                             const CellsInLanguages& latest) {
  ComparedRow compared;
  for (const FormField& field : fields_of(kind)) {
    const std::string text = rows.text(field.key);
    if (field.key == "record" || text.empty()) continue;
    // Beside a student the class says whose name it is.
    if (field.key == "class" && !text_of_cells(latest.front(), "student").empty()) continue;
    const std::string typed = comparable(text);
    if (says_text(latest, field.key, typed)) continue;
    if (says_text(named, field.key, typed)) {
      compared.is_older = true;
      continue;
    }
    std::string before = text_of_cells(latest.front(), field.key);
    if (comparable(before) == comparable(text_of_cells(named.front(), field.key))) {
      compared.changed.push_back({field.key, std::move(before), text});
      continue;
    }
    const std::string now = before.empty() ? "~" : before;
    rows.refuse(field.key, "import/record-differs",
                version.at ? say("the table says '{0}', but the record was corrected on {1}, by {2}, and says '{3}'", text,
                                 to_string(*version.at), version.id, now)
                           : say("the table says '{0}', but the record was corrected by {1} and says '{2}'", text, version.id, now),
                say("which of the two is right? write it into a form that is made anew"));
  }
  return compared;
}

void note_changes(const std::vector<ChangedCell>& changed, FormKind kind, const std::string& path, const RecordRows& rows,
                  const Dataset& data, ImportPlan& plan) {
  const auto student = data.find_student(rows.whom());
  RowChanges changes(path, rows.line(), rows.whom(), student ? data.students[*student].name : std::string());
  for (const ChangedCell& cell : changed) changes.add(title_of_field(kind, cell.key), cell.before, cell.after);
  plan.changes.insert(plan.changes.end(), changes.all().begin(), changes.all().end());
}

void drop_changes_of_refused(ImportPlan& plan) {
  std::set<std::uint32_t> refused;
  for (const RefusedRow& row : plan.refused) refused.insert(row.line);
  std::erase_if(plan.changes, [&](const ChangedValue& change) { return refused.contains(change.line); });
}

}  // namespace help
