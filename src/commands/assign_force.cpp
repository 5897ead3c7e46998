// SPDX-License-Identifier: MIT
// help assign --force: what it would cost to make a pair.
#include <algorithm>
#include <map>

#include "commands/assign_view.hpp"
#include "commands/assign_words.hpp"
#include "commands/cells.hpp"
#include "commands/lookup.hpp"
#include "store/canonical.hpp"
#include "store/record_id.hpp"

namespace help {
namespace {

/// `STUDENT=CARER` or `STUDENT/SUBJECT=CARER`.
std::optional<WantedPair> wanted_pair(const Context& context, const std::string& typed, Lookup& lookup, Answer& answer) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) {
    answer.refusals.push_back(say("--force takes STUDENT=CARER, or STUDENT/SUBJECT=CARER where each subject is looked after for itself."));
    return std::nullopt;
  }
  std::string student_word = typed.substr(0, equals);
  WantedPair wanted;
  if (const std::size_t slash = student_word.rfind('/'); slash != std::string::npos) {
    wanted.subject = context.data.find_subject(student_word.substr(slash + 1));
    if (wanted.subject) student_word.resize(slash);
  }
  const auto student = lookup.student(student_word);
  const auto carer = lookup.party(typed.substr(equals + 1));
  if (!student || !carer) return std::nullopt;
  wanted.student = *student;
  wanted.carer = *carer;
  return wanted;
}

class ForceView {
 public:
  ForceView(const Context& context, const WantedPair& wanted, const Forcing& forcing)
      : context_(context),
        data_(context.data),
        wanted_(wanted),
        forcing_(forcing),
        rule_(data_.policy.assigning.rules[forcing.before.question.rule]) {}

  [[nodiscard]] Document document() const {
    Document made{.schema = "help.assign-force/1"};
    const Student& student = data_.students[wanted_.student];
    const std::string student_name = wanted_.subject ? student.name + " " + data_.subjects[*wanted_.subject] : student.name;
    made.head.push_back(
        say("{0} with {1} ({2}), on {3}", student_name, data_.name_of(wanted_.carer), rule_.name, to_string(context_.today)));
    made.head.push_back(answer_words());
    Cell::List obstacles;
    for (const Obstacle one : obstacles_of(forcing_.obstacles)) obstacles.emplace_back(word_of(one));
    made.facts.fields = {{"today", Cell(context_.today)},
                         {"policy", Cell(data_.policy.id)},
                         {"rule", Cell(rule_.id)},
                         {"role", Cell(rule_.role)},
                         {"student", Cell(student.id)},
                         {"subject", wanted_.subject ? Cell(data_.subjects[*wanted_.subject]) : Cell()},
                         {"carer", Cell(data_.id_of(wanted_.carer))},
                         {"answer", Cell(word_of(forcing_.answer))},
                         {"obstacles", Cell(std::move(obstacles))},
                         {"price", price_cell(forcing_.price)},
                         {"blocking", forcing_.blocking ? Cell(*forcing_.blocking) : Cell()}};
    made.tables.push_back(changes());
    if (forcing_.answer != Forcing::Answer::possible) return made;
    made.foot.push_back(say("Nothing is written. To fix the pair, a line in a file of prefs/:"));
    made.foot.push_back(as_data("  " + order_line()));
    return made;
  }

 private:
  [[nodiscard]] Message answer_words() const {
    switch (forcing_.answer) {
      case Forcing::Answer::proposed:
        return say("It is proposed anyway.");
      case Forcing::Answer::possible:
        return costs_nothing() ? say("It costs nothing.") : say("It costs: {0}.", price_words(forcing_.price, forcing_.blocking));
      case Forcing::Answer::not_in_question:
        return say("The entry does not ask about this student, or about several subjects: then say which, STUDENT/SUBJECT=CARER.");
      case Forcing::Answer::no_candidate:
        return say("{0} is none of those who may by this entry.", data_.name_of(wanted_.carer));
      case Forcing::Answer::obstacles: {
        std::vector<Message> words;
        for (const Obstacle one : obstacles_of(forcing_.obstacles)) words.push_back(obstacle_words(one, wanted_.carer.kind));
        return say("It may not be: {0} is {1}.", data_.name_of(wanted_.carer), joined(words));
      }
      case Forcing::Answer::full:
        break;
    }
    return say("{0} has as many as may be, and none of them can go to others.", data_.name_of(wanted_.carer));
  }

  /// Beside the order of ids, by which ties are broken.
  [[nodiscard]] bool costs_nothing() const {
    if (!forcing_.price) return false;
    AppointmentValue price = *forcing_.price;
    price.order = 0;
    return price == AppointmentValue{};
  }

  /// By student and subject: whom the assignment gives.
  using Carers = std::map<std::uint32_t, std::vector<Party>>;
  [[nodiscard]] static Carers carers_of(const Assignment& one) {
    Carers carers;
    for (const ProposedPair& pair : one.pairs) carers[pair.unit].push_back(one.candidates[pair.candidate].party);
    for (auto& entry : carers) std::ranges::sort(entry.second);
    return carers;
  }

  [[nodiscard]] Cell names(const std::vector<Party>& parties) const {
    Cell::List ids;
    std::vector<Message> names;
    for (const Party& party : parties) {
      names.push_back(as_data(data_.name_of(party)));
      ids.emplace_back(data_.id_of(party));
    }
    if (!is_for_people(context_.format)) return ids;
    return names.empty() ? Cell(say("nobody")) : Cell(joined(names));
  }

  /// Everybody whom it gives somebody else; who was asked about stands first.
  [[nodiscard]] Table changes() const {
    Table table{.key = "changes", .title = say("What changes")};
    table.columns = {{.key = "student", .title = say("Id")},      {.key = "name", .title = say("Name")},
                     {.key = "class", .title = say("Class")},     {.key = "subject", .title = say("Subject")},
                     {.key = "before", .title = say("Proposed")}, {.key = "after", .title = say("With this pair")}};
    if (forcing_.answer != Forcing::Answer::possible) return table;
    Carers before = carers_of(forcing_.before);
    Carers after = carers_of(forcing_.after);
    const auto& units = forcing_.before.units;
    std::vector<std::uint32_t> changed;
    for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
      if (before[unit] != after[unit]) changed.push_back(unit);
    }
    std::ranges::stable_sort(changed, {}, [&](std::uint32_t unit) { return units[unit].student != wanted_.student; });
    for (const std::uint32_t unit : changed) {
      const Student& student = data_.students[units[unit].student];
      const auto in = data_.class_of(units[unit].student, context_.today);
      const Cell class_cell = is_for_people(context_.format) ? Cell(class_name(data_, in)) : in ? Cell(data_.classes[*in].id) : Cell();
      table.rows.push_back({student.id, student.name, class_cell, units[unit].subject ? Cell(data_.subjects[*units[unit].subject]) : Cell(),
                            names(before[unit]), names(after[unit])});
    }
    return table;
  }

  [[nodiscard]] std::string order_line() const {
    RecordLine fields;
    fields.date("date", context_.today).word("pair", "fixed").word("role", rule_.role);
    fields.quoted_id("student", data_.students[wanted_.student].id);
    if (wanted_.carer.kind == Party::Kind::student) {
      fields.quoted_id("with", data_.id_of(wanted_.carer));
    } else {
      fields.word("with", data_.id_of(wanted_.carer));
    }
    const std::string flow = fields.flow();
    return "- {id: " + plain_or_quoted(make_record_id(flow)) + ", " + flow.substr(1);
  }

  const Context& context_;
  const Dataset& data_;
  const WantedPair& wanted_;
  const Forcing& forcing_;
  const AssignRule& rule_;
};

}  // namespace

void show_forcing(const Context& context, const AssignQuestion& question, const std::string& typed, Answer& answer) {
  Lookup lookup(context, answer.refusals);
  const auto wanted = wanted_pair(context, typed, lookup, answer);
  if (!wanted) return;
  const auto forcing = force(context.data, question, *wanted);
  if (!forcing) {
    answer.refusals.push_back(
        say("{0}: the problem is too large to be solved exactly.", context.data.policy.assigning.rules[question.rule].name));
    return;
  }
  answer.document = ForceView(context, *wanted, *forcing).document();
}

}  // namespace help
