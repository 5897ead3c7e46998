// SPDX-License-Identifier: MIT
// Who wishes for whom, and pairs that are fixed or banned, as rows of a table.
#include <algorithm>
#include <map>

#include "commands/import_kept.hpp"
#include "commands/import_record_rows.hpp"
#include "model/role_name.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
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
    const auto of = who.empty() ? std::nullopt : rows_.party("of", who, day);
    if (day) rows_.goes_to(prefs_path(context_, *day));
    if (of && of->kind == Party::Kind::student) rows_.is_about(data_.id_of(*of));
    const auto role = role_of_row();
    if (!day || !kind || !of || !role || rows_.is_refused()) return;
    if (*kind == "wish" && *day > context_.today) {
      rows_.refuse("date", "import/record",
                   say("{0} lies in the future: what has not taken place yet is not written down.", to_string(*day)));
    } else if (*kind == "wish") {
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
    if (changed_.empty()) files_.add({.path = fixes_->path, .line = rows_.line(), .text = {}, .whom = {}, .what = {}});
    return !changed_.empty();
  }

  [[nodiscard]] std::string before(std::string_view key) const { return std::ranges::find(changed_, key, &ChangedCell::key)->before; }

  void plan_wish(Date day, Party of, const std::string& role) {
    std::vector<std::vector<Party>> tiers;
    for (const std::string_view key : {"first", "second", "third"}) {
      std::vector<Party> tier;
      for (const std::string& one : RecordRows::people(rows_.text(key))) {
        const auto party = rows_.party(key, one, day);
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
    const std::string line = make_line(new_record_id((fixes_ ? fixes_->id + "\n" : std::string()) + contents));
    if (!rows_.is_sound(line, prefs_shape(), {{"with", "first"}, {"prefers", "first"}})) return;
    const std::string about = to_string(adding.day) + " " + data_.id_of(adding.of) + " " + adding.about;
    const auto [before, is_first] = said_.try_emplace(about, rows_.line(), contents);
    if (!is_first && before->second.second != contents) {
      return rows_.refuse_both(before->second.first, "of", "import/rows-differ",
                               say("lines {0} and {1} say different things of the same day", before->second.first, rows_.line()),
                               say("which of the two is right? none is taken over"));
    }
    files_.add({.path = fixes_ ? fixes_->path : prefs_path(context_, adding.day),
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
  std::optional<KeptRecords::Version> fixes_;  ///< what the row corrects
  std::vector<ChangedCell> changed_;           ///< and what it says otherwise
  std::set<std::string> corrected_;
  std::map<std::string, std::pair<std::uint32_t, std::string>> said_;  ///< by day, person and about: line and contents
};

}  // namespace

void plan_preferences(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  AddedLines files(context, schema_comment("prefs"), answer, plan);
  PreferencePlanner planner(context, rows, files, plan);
  while (rows.next()) planner.plan_row();
  files.finish();
}

}  // namespace help
