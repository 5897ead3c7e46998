// SPDX-License-Identifier: MIT
// What was seen of indicators, as rows of a table.
#include <algorithm>
#include <map>

#include "commands/import_kept.hpp"
#include "commands/import_record_rows.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/event_entry.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

class ObservationPlanner {
 public:
  ObservationPlanner(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer)
      : context_(context),
        data_(context.data),
        rows_(rows),
        plan_(plan),
        files_(context, schema_comment("events"), answer, plan),
        kept_(context, rows, "events") {
    for (const auto& one : data_.policy.indicators) indicators_.emplace_back(one.id, as_data(one.name.empty() ? one.id : one.name));
  }

  void plan() {
    while (rows_.next()) plan_row();
    for (Seen& one : seen_) one.stands = stands(one);
    for (const Seen& one : seen_) settle(one);
    drop_changes_of_refused(plan_);
    files_.finish();
  }

 private:
  struct Seen {
    std::uint32_t line = 0;  ///< of the table
    std::string student;
    EventEntry entry;  ///< with its id
    bool stands = false;
    std::optional<KeptRecords::Fate> fate = {};  ///< the folder had it, and says something else now
  };
  struct EventsOfStudent {
    std::vector<EventEntry> entries;
    std::vector<RecordLinks> links;
    std::vector<bool> in_force;
    std::set<std::string> accounted;  ///< ids of records that a row of the table says, in one of their versions
  };

  /// The observation that the row names by its id, to be corrected; nothing where the row says what it says, or after a refusal.
  std::optional<EventEntry> corrected(const std::string& id) {
    const std::string text = rows_.text("student");
    fixes_ = kept_.find(id, events_path(narrow(text.substr(text.find_last_of(' ') + 1))));
    if (!fixes_) return std::nullopt;
    const std::size_t name = fixes_->path.rfind('/') + 1;
    rows_.is_about(fixes_->path.substr(name, fixes_->path.size() - name - std::string_view(".yaml").size()));
    EventsOfStudent& events = events_of(rows_.whom());
    const auto there = std::ranges::find(events.entries, fixes_->id, &EventEntry::id);
    const auto named = std::ranges::find(events.entries, fixes_->named, &EventEntry::id);
    if (there == events.entries.end() || named == events.entries.end() || (there->kind != "observed" && there->kind != "cleared")) {
      rows_.refuse("record", "import/record-id", say("the record {0} is no observation", id));
      return std::nullopt;
    }
    events.accounted.merge(versions_of(events.links, fixes_->id));
    auto [changed, is_older] = changed_cells(
        context_, rows_, FormKind::observations, *fixes_, *named, *there,
        [&](const EventEntry& entry, std::string_view language) { return cells_of_observation(context_, entry, rows_.whom(), language); });
    if (rows_.is_refused()) return std::nullopt;
    changed_ = std::move(changed);
    if (is_older) ++plan_.older;
    if (changed_.empty()) {
      files_.add({.path = fixes_->path, .line = rows_.line(), .text = {}, .whom = {}, .what = {}});
    } else if (has_changed(changed_, "student")) {
      rows_.refuse("student", "import/record-differs", say("the record {0} stands in {1} and stays there", id, fixes_->path),
                   say("another observation? empty the id; the same one, written down wrongly? empty the id, and take the record {0} back "
                       "with help decide --void {0} REASON",
                       id));
    } else {
      EventEntry entry = *there;
      entry.at = context_.today;
      entry.fixes = {fixes_->id};
      return entry;
    }
    return std::nullopt;
  }

  void plan_row() {
    EventEntry entry;
    fixes_.reset();
    if (const std::string id = narrow(rows_.text("record")); !id.empty()) {
      const auto there = corrected(id);
      if (!there) return;
      entry = *there;
    }
    const auto asks = [&](std::string_view key) { return !fixes_ || has_changed(changed_, key); };
    const auto day = asks("date") ? rows_.date("date") : entry.date;
    if (!day && !rows_.is_refused()) (void)rows_.needed("date");
    constexpr StudentIndex nobody = static_cast<StudentIndex>(-1);  // g++ 12 loses track of an optional here
    StudentIndex student = nobody;
    // Beside a student the class is checked, too.
    if (const std::string who = fixes_ && rows_.text("student").empty() ? rows_.whom() : rows_.needed("student"); !who.empty()) {
      student = rows_.student("student", who).value_or(nobody);
    }
    if (student != nobody) {
      rows_.is_about(data_.students[student].id);
      rows_.goes_to(events_path(rows_.whom()));
    }
    const std::string indicator = asks("indicator") ? rows_.needed("indicator") : std::string();
    if (!indicator.empty()) entry.indicator = rows_.word("indicator", indicator, indicators_).value_or(std::string());
    static const std::vector<std::pair<std::string, Message>> kinds{{"observed", say("seen")}, {"cleared", say("gone")}};
    const std::string kind = asks("kind") ? rows_.text("kind") : std::string();
    if (!kind.empty()) entry.kind = rows_.word("kind", kind, kinds).value_or(std::string());
    if (kind.empty() && !fixes_) entry.kind = "observed";
    const std::string by = asks("by") ? rows_.needed("by") : std::string();
    if (const auto staff = by.empty() ? std::nullopt : rows_.staff("by", by, day)) entry.by = data_.staff[*staff].id;
    if (asks("because")) entry.because = text_for_file(rows_.text("because"));
    if (day && *day > context_.today) {
      rows_.refuse("date", "import/record",
                   say("{0} lies in the future: what has not taken place yet is not written down.", to_string(*day)));
    }
    if (!day || student == nobody || rows_.is_refused()) return;
    if (!rows_.is_here("student", student, {.from = *day, .until = *day})) return;
    entry.date = *day;
    entry.id.clear();
    entry.id = new_record_id(events_path(rows_.whom()) + "\n" + event_line(entry));
    if (!rows_.is_sound(event_line(entry), events_shape())) return;
    if (!fixes_) return take(std::move(entry));
    files_.add({.path = fixes_->path, .line = rows_.line(), .text = event_line(entry), .whom = {}, .what = {}, .corrects = true});
    note_changes(changed_, FormKind::observations, fixes_->path, rows_, data_, plan_);
  }

  /// What is seen and gone on one day is one of the two.
  void take(EventEntry entry) {
    const std::string about = rows_.whom() + " " + to_string(entry.date) + " " + entry.indicator;
    const auto [before, is_first] = said_.try_emplace(about, rows_.line(), entry.kind);
    if (!is_first && before->second.second != entry.kind) {
      return rows_.refuse_both(before->second.first, "kind", "import/rows-differ",
                               say("lines {0} and {1} say different things of the same day", before->second.first, rows_.line()),
                               say("which of the two is right? none is taken over"));
    }
    seen_.push_back({.line = rows_.line(), .student = rows_.whom(), .entry = std::move(entry)});
  }

  EventsOfStudent& events_of(const std::string& student) {
    const auto [events, is_new] = events_.try_emplace(student);
    if (is_new) {
      events->second.entries = event_entries(*context_.folder, events_path(student));
      events->second.links = links_of(events->second.entries);
      events->second.in_force = in_force(events->second.links);
    }
    return events->second;
  }

  bool stands(Seen& one) {
    EventsOfStudent& events = events_of(one.student);
    const auto says_the_same = [&](EventEntry there) {
      there.id = one.entry.id;
      there.at.reset();
      there.fixes.clear();
      return there == one.entry;
    };
    for (std::size_t at = 0; at < events.entries.size(); ++at) {
      const EventEntry& there = events.entries[at];
      if (!events.in_force[at] || !says_the_same(there)) continue;
      events.accounted.merge(versions_of(events.links, there.id));
      return true;
    }
    const auto fate = kept_.fate_of(events_path(one.student), one.entry.id);
    if (!fate) return false;
    const auto latest = std::ranges::find(events.entries, fate->latest, &EventEntry::id);
    // Corrected in its words it is still the observation that the row says.
    const bool is_same = latest != events.entries.end() && latest->date == one.entry.date && latest->indicator == one.entry.indicator &&
                         latest->kind == one.entry.kind;
    if (is_same) events.accounted.merge(versions_of(events.links, one.entry.id));
    if (!is_same) one.fate = fate;
    return is_same;
  }

  void settle(const Seen& one) {
    const EventsOfStudent& events = events_of(one.student);
    const std::string path = events_path(one.student);
    if (one.fate) return kept_.refuse_repeated(one.entry.id, *one.fate, one.line, path, one.student, plan_);
    for (std::size_t at = 0; !one.stands && at < events.entries.size(); ++at) {
      const EventEntry& there = events.entries[at];
      const bool is_seen = there.kind == "observed" || there.kind == "cleared";
      const bool is_same = there.date == one.entry.date && there.indicator == one.entry.indicator;
      const bool is_opposite = there.kind != one.entry.kind;
      if (!events.in_force[at] || !is_seen || !is_same) continue;
      if (!is_opposite && (there.by != one.entry.by || events.accounted.contains(there.id))) continue;
      plan_.refused.push_back(
          {.line = one.line,
           .column = rows_.title_of(is_opposite ? "kind" : "because"),
           .student = one.student,
           .path = path,
           .code = "import/record-differs",
           .reason = is_opposite ? say("the record {0} says the opposite of the same day", there.id)
                                 : say("the record {0} says the same of that day, in other words", there.id),
           .hint = say("which of the two is right? if this row: withdraw the record, help decide --void {0} REASON", there.id)});
      return;
    }
    files_.add({.path = path,
                .line = one.line,
                .text = one.stands ? std::string() : event_line(one.entry),
                .whom = {one.student},
                .what = what_of(one.entry)});
  }

  [[nodiscard]] Message what_of(const EventEntry& entry) const {
    const auto name = std::ranges::find(indicators_, entry.indicator, &std::pair<std::string, Message>::first);
    const Message kind = entry.kind == "observed" ? say("seen") : say("gone");
    return as_data(to_string(entry.date) + " " +
                   (name == indicators_.end() ? entry.indicator : in_language(context_, name->second, context_.language)) + ": " +
                   in_language(context_, kind, context_.language));
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  AddedLines files_;
  KeptRecords kept_;
  std::optional<KeptRecords::Version> fixes_;  ///< what the row corrects
  std::vector<ChangedCell> changed_;           ///< and what it says otherwise
  std::vector<std::pair<std::string, Message>> indicators_;
  std::map<std::string, std::pair<std::uint32_t, std::string>> said_;  ///< by student, day and indicator: line and kind
  std::map<std::string, EventsOfStudent> events_;
  std::vector<Seen> seen_;
};

}  // namespace

void plan_observations(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  ObservationPlanner(context, rows, plan, answer).plan();
}

}  // namespace help
