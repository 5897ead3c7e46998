// SPDX-License-Identifier: MIT
// Who wishes for whom, and pairs that are fixed or banned, as rows of a table.
#include <algorithm>
#include <array>
#include <map>

#include "commands/import_kept.hpp"
#include "commands/import_record_rows.hpp"
#include "model/role_name.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {
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

/// A line of a file of preferences: one of the two.
struct Preference {
  std::optional<Wish> wish;
  std::optional<PairOrder> order;
};

std::optional<Party> party_of_id(const Dataset& data, std::string_view id) {
  if (const auto staff = data.find_staff(id)) return Party{Party::Kind::staff, *staff};
  if (const auto student = data.find_student(id)) return Party{Party::Kind::student, *student};
  if (const auto body = data.find_body(id)) return Party{Party::Kind::body, *body};
  return std::nullopt;
}

Wish wish_of_line(const Dataset& data, const Value& item, Party of) {
  Wish wish{
      .id = text_at(item, "id"), .date = date_at(item, "date").value_or(Date{}), .role = text_at(item, "role"), .of = of, .tiers = {}};
  const auto prefers = find(item, "prefers");
  const auto add = [&](const Value& id) {
    if (const auto one = party_of_id(data, id.text())) wish.tiers.back().push_back(*one);
  };
  if (!prefers) return wish;
  for (const Value one : items_of(*prefers)) {
    wish.tiers.emplace_back();
    if (one.is_scalar()) add(one);
    for (const Value id : items_of(one)) add(id);
  }
  return wish;
}

/// A line as it stands in its file, in force or not; nothing where there is none such.
std::optional<Preference> preference_in(const Context& context, const std::string& path, const std::string& id) {
  std::string bytes;
  Tree tree;
  Diagnostics problems;
  if (context.folder->read(path, bytes, max_file_bytes) != FileResult::done || !read_yaml(path, bytes, tree, problems) ||
      tree.nodes.empty() || !check_shape(path, Value(tree, 0), prefs_shape(), problems)) {
    return std::nullopt;
  }
  const Dataset& data = context.data;
  for (const Value item : items_of(Value(tree, 0))) {
    if (text_at(item, "id") != id) continue;
    const auto of = party_of_id(data, text_at(item, "of"));
    if (of) return Preference{.wish = wish_of_line(data, item, *of), .order = {}};
    const auto student = data.find_student(text_at(item, "student"));
    const auto with = party_of_id(data, text_at(item, "with"));
    if (!student || !with) return std::nullopt;
    return Preference{.wish = {},
                      .order = PairOrder{.id = id,
                                         .date = date_at(item, "date").value_or(Date{}),
                                         .role = text_at(item, "role"),
                                         .student = *student,
                                         .with = *with,
                                         .subject = data.find_subject(text_at(item, "subject")),
                                         .fixed = text_at(item, "pair") == "fixed",
                                         .until = date_at(item, "until").value_or(Date::max()),
                                         .because = text_at(item, "because")}};
  }
  return std::nullopt;
}

class PreferencePlanner {
 public:
  PreferencePlanner(const Context& context, RecordRows& rows, AddedLines& files, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), files_(files), plan_(plan), kept_(context, rows, "prefs") {}

  void plan_row() {
    fixes_.reset();
    changed_.clear();
    if (const std::string id = narrow(rows_.text("record")); !id.empty()) return correct(id);
    const auto day = rows_.date("date");
    if (!day && !rows_.is_refused()) (void)rows_.needed("date");
    static const std::vector<std::pair<std::string, Message>> kinds{
        {"wish", say("wish")}, {"fixed", say("fixed")}, {"banned", say("banned")}};
    const std::string typed = rows_.text("pair");
    const auto kind = typed.empty() ? std::optional<std::string>("wish") : rows_.word("pair", typed, kinds);
    const std::string who = rows_.needed("of");
    const auto of = who.empty() ? std::nullopt : rows_.party("of", who, day);
    if (day) rows_.goes_to(prefs_path(context_, *day));
    if (of && of->kind == Party::Kind::student) rows_.is_about(data_.id_of(*of));
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

  /// A row that names a record: what it says otherwise is a correction.
  void correct(const std::string& id) {
    fixes_ = kept_.find(id, prefs_path(context_, date_of_text(rows_.text("date")).value_or(context_.today)));
    if (!fixes_) return;
    const auto latest = preference_in(context_, fixes_->path, fixes_->id);
    const auto named = fixes_->named == fixes_->id ? latest : preference_in(context_, fixes_->path, fixes_->named);
    if (!latest || !named || latest->wish.has_value() != named->wish.has_value()) {
      return rows_.refuse("record", "import/record-id", say("{0} has an error: help check", fixes_->path));
    }
    const Party of = latest->wish ? latest->wish->of : Party{Party::Kind::student, latest->order->student};
    if (of.kind == Party::Kind::student) rows_.is_about(data_.id_of(of));
    auto [changed, is_older] = changed_cells(
        context_, rows_, FormKind::preferences, *fixes_, *named, *latest, [this](const Preference& one, std::string_view language) {
          return one.wish ? cells_of_wish(context_, *one.wish, language) : cells_of_order(context_, *one.order, language);
        });
    if (rows_.is_refused()) return;
    changed_ = std::move(changed);
    if (is_older) ++plan_.older;
    for (const std::string_view key : {"pair", "of", "role"}) {
      if (!has_changed(changed_, key)) continue;
      return rows_.refuse(
          key, "import/record-differs", say("the record {0} says '{1}' here", id, before(key)),
          say("another wish or order? empty the id; the same one, written down wrongly? empty the id, and withdraw the record "
              "by a line with voids: {0}",
              id));
    }
    if (!changed_.empty() && latest->order) {
      // The file knows no line that corrects an order.
      return rows_.refuse(changed_.front().key, "import/record-differs",
                          say("a pair that is fixed or banned is not corrected, but ordered anew"),
                          say("write the row without an id and with a later date: the later order counts; or withdraw the other by a line "
                              "with voids: {0}",
                              fixes_->id));
    }
    if (changed_.empty()) return files_.add({.path = fixes_->path, .line = rows_.line(), .text = {}, .whom = {}, .what = {}});
    const auto day = has_changed(changed_, "date") ? rows_.date("date") : latest->wish->date;
    if (!day || (has_changed(changed_, "date") && !rows_.party("of", data_.id_of(of), day))) return;
    plan_wish(*day, of, latest->wish->role, &*latest->wish);
  }

  [[nodiscard]] std::string before(std::string_view key) const { return std::ranges::find(changed_, key, &ChangedCell::key)->before; }

  /// The choices of the row, people by their ids, the dearest first; of a correction those that it leaves alone as the record has them.
  std::vector<std::vector<Party>> tiers_of_row(Date day, Party of, const Wish* corrected) {
    constexpr std::array<std::string_view, 3> keys{"first", "second", "third"};
    std::vector<std::vector<Party>> tiers;
    std::map<Party, std::string_view> named;
    const auto add = [&](std::vector<Party>& tier, const Party& party, std::string_view key, const std::string& text) {
      const bool is_kept = corrected != nullptr && !has_changed(changed_, key);
      const auto [before, is_first] = named.try_emplace(party, key);
      if (party == of || !is_first) {
        rows_.refuse(is_kept && !is_first ? before->second : key, "import/record",
                     say("'{0}' stands on the list a second time, or wishes for themselves", text),
                     is_kept ? say("an empty cell takes no choice away: for fewer choices write the row without an id, with a later date")
                             : Message{});
      }
      tier.push_back(party);
    };
    for (std::size_t at = 0; at < std::max(keys.size(), corrected == nullptr ? 0 : corrected->tiers.size()); ++at) {
      const std::string_view key = at < keys.size() ? keys[at] : std::string_view();
      std::vector<Party> tier;
      if (corrected != nullptr && !has_changed(changed_, key)) {
        if (at >= corrected->tiers.size()) continue;
        for (const Party& one : corrected->tiers[at]) add(tier, one, key, data_.name_of(one) + " " + data_.id_of(one));
      } else {
        for (const std::string& one : RecordRows::people(rows_.text(key))) {
          if (const auto party = rows_.party(key, one, day)) add(tier, *party, key, one);
        }
      }
      if (!tier.empty()) tiers.push_back(std::move(tier));
    }
    return tiers;
  }

  /// `corrected`: what the row corrects; null: it is new.
  void plan_wish(Date day, Party of, const std::string& role, const Wish* corrected = nullptr) {
    if (day > context_.today) {
      return rows_.refuse("date", "import/record",
                          say("{0} lies in the future: what has not taken place yet is not written down.", to_string(day)));
    }
    // A list without anybody would take the earlier one away; a form that is not filled in yet says nothing.
    if (corrected == nullptr) (void)rows_.needed("first");
    if (corrected == nullptr && !rows_.text("third").empty()) (void)rows_.needed("second");
    const std::vector<std::vector<Party>> tiers = tiers_of_row(day, of, corrected);
    for (const std::string_view key : {"subject", "until", "because"}) {
      if (!rows_.text(key).empty())
        rows_.refuse(key, "import/record", say("a list of wishes has no use for this; it is for pairs that are fixed or banned"));
    }
    if (rows_.is_refused()) return;
    for (const Wish& wish : data_.wishes) {
      if (wish.date != day || wish.of != of || wish.role != role || (fixes_ && wish.id == fixes_->id)) continue;
      if (wish.tiers == tiers) return stands(day, of);
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
    std::string names;
    for (const auto& tier : tiers) names += (names.empty() ? "" : " > ") + names_of(tier);
    add({.day = day, .of = of, .about = "wish " + role, .what = as_data(to_string(day) + " " + role_text(role) + ": " + names)}, line);
  }

  void plan_order(Date day, const std::string& kind, Party of, const std::string& role) {
    for (const std::string_view key : {"second", "third"}) {
      if (!rows_.text(key).empty()) rows_.refuse(key, "import/record", say("a pair that is fixed or banned has two people, no more"));
    }
    if (of.kind != Party::Kind::student) rows_.refuse("of", "import/record", say("a pair that is fixed or banned begins with the student"));
    const std::string typed = rows_.needed("first");
    const auto with = typed.empty() ? std::nullopt : rows_.party("first", typed, day);
    const auto until = rows_.date("until");
    if (with && *with == of) rows_.refuse("first", "import/record", say("nobody is paired with themselves"));
    if (until) (void)rows_.is_period("until", {.from = day, .until = *until});
    if (!with || rows_.is_refused()) return;
    const std::string subject = rows_.text("subject");
    const std::string because = rows_.text("because");
    for (const PairOrder& order : data_.pair_orders) {
      const bool is_same_pair = order.date == day && order.role == role && order.student == of.index && order.with == *with &&
                                (order.subject ? data_.subjects[*order.subject] : std::string()) == subject;
      if (!is_same_pair || (fixes_ && order.id == fixes_->id)) continue;
      if (order.fixed == (kind == "fixed") && order.until == until.value_or(Date::max()) && order.because == because)
        return stands(day, of);
      return rows_.refuse("date", "import/record-differs",
                          say("these two have an order of that day already, another one (record {0})", order.id),
                          say("write a later date: the later order counts; or withdraw the other by a line with voids: {0}", order.id));
    }
    const std::string kind_text = in_language(context_, kind == "fixed" ? say("fixed") : say("banned"), context_.language);
    const Adding adding{.day = day,
                        .of = of,
                        .about = "pair " + role + " " + data_.id_of(*with) + " " + subject,
                        .what = as_data(to_string(day) + " " + role_text(role) + ", " + kind_text + ": " + data_.name_of(*with))};
    add(adding, [&](const std::string& id) {
      RecordLine line = head_of(id);
      line.date("date", day).word("pair", kind).word("role", role).quoted_id("student", data_.id_of(of)).word("with", data_.id_of(*with));
      if (until) line.date("until", *until);
      return line.given_word("subject", subject).given_text("because", because).line();
    });
  }

  struct Adding {
    Date day;
    Party of;
    std::string about;  ///< two rows of one day and one person about the same contradict each other
    Message what;
  };

  void stands(Date day, Party of) {
    files_.add({.path = prefs_path(context_, day), .line = rows_.line(), .text = {}, .whom = {data_.id_of(of)}, .what = {}});
  }

  std::string names_of(const std::vector<Party>& parties) const {
    std::string names;
    for (const Party& one : parties) names += (names.empty() ? "" : " ") + data_.name_of(one);
    return names;
  }

  std::string role_text(const std::string& role) const { return in_language(context_, name_of_role(role), context_.language); }

  [[nodiscard]] RecordLine head_of(const std::string& id) const {
    RecordLine head;
    if (fixes_ && !id.empty()) return head.head(id, context_.today, std::vector<std::string>{fixes_->id});
    if (!id.empty()) head.word("id", id);
    return head;
  }

  template <typename MakeLine>
  void add(const Adding& adding, const MakeLine& make_line) {
    const std::string contents = make_line({});
    const std::string id = new_record_id((fixes_ ? fixes_->id + "\n" : std::string()) + contents);
    const std::string line = make_line(id);
    const std::string path = fixes_ ? fixes_->path : prefs_path(context_, adding.day);
    if (!rows_.is_sound(line, prefs_shape(), {{"with", "first"}, {"prefers", "first"}})) return;
    const std::string about = to_string(adding.day) + " " + data_.id_of(adding.of) + " " + adding.about;
    const auto [before, is_first] = said_.try_emplace(about, rows_.line(), contents);
    if (!is_first && before->second.second != contents) {
      return rows_.refuse_both(before->second.first, "of", "import/rows-differ",
                               say("lines {0} and {1} say different things of the same day", before->second.first, rows_.line()),
                               say("which of the two is right? none is taken over"));
    }
    // What stands and is in force was found before.
    if (const auto fate = fixes_ ? std::nullopt : kept_.fate_of(path, id); fate && fate->latest != id) {
      return kept_.refuse_repeated(id, *fate, rows_.line(), path, data_.id_of(adding.of), plan_);
    }
    files_.add({.path = path,
                .line = rows_.line(),
                .text = line,
                .whom = {data_.id_of(adding.of)},
                .what = adding.what,
                .corrects = fixes_.has_value()});
    if (fixes_) note_changes(changed_, FormKind::preferences, fixes_->path, rows_, data_, plan_);
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  AddedLines& files_;
  ImportPlan& plan_;
  KeptRecords kept_;
  std::optional<KeptRecords::Version> fixes_;                          ///< what the row corrects
  std::vector<ChangedCell> changed_;                                   ///< and what it says otherwise
  std::map<std::string, std::pair<std::uint32_t, std::string>> said_;  ///< by day, person and about: line and contents
};

}  // namespace

void plan_preferences(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  AddedLines files(context, schema_comment("prefs"), answer, plan);
  PreferencePlanner planner(context, rows, files, plan);
  while (rows.next()) planner.plan_row();
  drop_changes_of_refused(plan);
  files.finish();
}

}  // namespace help
