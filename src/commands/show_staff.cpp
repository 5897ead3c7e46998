// SPDX-License-Identifier: MIT
// What a member of staff is, teaches and has taken on (职责), and an exam by subject and class.
#include <algorithm>
#include <map>
#include <set>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/identify_words.hpp"
#include "commands/overdue_words.hpp"
#include "commands/show.hpp"
#include "model/role_name.hpp"
#include "rules/cases.hpp"
#include "rules/clause.hpp"
#include "rules/decision_steps.hpp"
#include "rules/pair_facts.hpp"
#include "rules/sitting.hpp"

namespace help {
namespace {

Table roles_table(const Context& context, StaffIndex staff) {
  const Dataset& data = context.data;
  const Date today = context.today;
  const bool for_people = is_for_people(context.format);
  Table table{.key = "roles", .title = say("Roles")};
  table.columns = {{.key = "role", .title = say("Role")},   {.key = "subject", .title = say("Subject")},
                   {.key = "class", .title = say("Class")}, {.key = "grade", .title = say("Grade")},
                   {.key = "from", .title = say("From")},   {.key = "until", .title = say("Until")}};
  const auto class_cell = [&](std::optional<ClassIndex> in) {
    return in ? Cell(for_people ? class_name(data, in) : data.classes[*in].id) : Cell();
  };
  const auto add = [&](std::string_view role, Cell subject, std::optional<ClassIndex> in, std::optional<int> grade, const Period& days) {
    if (!days.contains(today)) return;
    table.rows.push_back({for_people ? Cell(name_of_role(role)) : Cell(role), std::move(subject), class_cell(in), number_or_null(grade),
                          days.from == Date::min() ? Cell() : Cell(days.from), days.until == Date::max() ? Cell() : Cell(days.until)});
  };
  for (const Role& role : data.staff[staff].roles) add(role.role, text_or_null(role.subject), role.in_class, role.grade, role.days);
  for (ClassIndex in = 0; in < data.classes.size(); ++in) {
    for (const Leader& leader : data.classes[in].leaders) {
      if (leader.staff == staff) add("class-teacher", {}, in, std::nullopt, leader.days);
    }
  }
  for (const Teaching& one : data.teaching) {
    if (one.staff == staff) add("subject-teacher", data.subjects[one.subject], one.in, std::nullopt, one.days);
  }
  return table;
}

Table students_table(const Context& context, StaffIndex staff) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  Table table{.key = "students", .title = say("Students taken care of"), .when_empty = say("No student is assigned.")};
  table.columns = {{.key = "student", .title = say("Id")},      {.key = "name", .title = say("Name")},
                   {.key = "class", .title = say("Class")},     {.key = "role", .title = say("Role")},
                   {.key = "subject", .title = say("Subject")}, {.key = "from", .title = say("From")}};
  for (const Pair& pair : data.pairs) {
    if (pair.staff != staff || !pair.days.contains(context.today)) continue;
    const auto in = data.class_of(pair.student, context.today);
    table.rows.push_back({data.students[pair.student].id, data.students[pair.student].name,
                          in ? Cell(for_people ? class_name(data, in) : data.classes[*in].id) : Cell(),
                          for_people ? Cell(name_of_role(pair.role)) : Cell(pair.role), subject_or_null(data, pair.subject),
                          pair.days.from});
  }
  return table;
}

/// Each duty that the person owes in the term: how often, and what became of it.
Table duties_table(const Context& context, const Obligations& owed) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  struct Count {
    Tally tally;
    std::int64_t open = 0;
    std::set<Target> about = {};
  };
  std::map<std::uint32_t, Count> by_duty;
  for (const Obligation& item : owed.items) {
    Count& count = by_duty[item.duty];
    count.tally.add(item, owed.today);
    const bool is_open = item.state == ObligationState::due || item.state == ObligationState::due_soon;
    count.open += is_open ? 1 : 0;
    count.about.insert(item.target);
  }
  std::map<std::uint32_t, Message> when;
  const auto term = data.calendar.term_of(context.today);
  for (TaskRow& row : term ? task_table(data, *term) : std::vector<TaskRow>{}) {
    if (row.duty) when.try_emplace(*row.duty, std::move(row.when));
  }
  Table table{.key = "duties", .title = say("Duties in this term"), .when_empty = say("The policy asks nothing of this person.")};
  table.columns = {{.key = "rule", .title = say("Rule")},
                   {.key = "when", .title = say("To be done by")},
                   {.key = "about", .title = say("Concerns"), .align = Align::right},
                   {.key = "owed", .title = say("Came due"), .align = Align::right},
                   {.key = "on_time", .title = say("On time"), .align = Align::right},
                   {.key = "late", .title = say("Late"), .align = Align::right},
                   {.key = "missed", .title = say("Missed"), .align = Align::right},
                   {.key = "overdue", .title = say("Overdue"), .align = Align::right},
                   {.key = "open", .title = say("To do"), .align = Align::right},
                   {.key = "source", .title = say("Source")}};
  for (const auto& [index, count] : by_duty) {
    const Duty& duty = data.policy.cadence.duties[index];
    table.rows.push_back({for_people ? duty.name : duty.id, when[index], std::ssize(count.about), count.tally.owed, count.tally.on_time,
                          count.tally.late, count.tally.missed, count.tally.overdue, count.open, text_or_null(duty.source)});
  }
  return table;
}

/// How many the person takes care of, against what each entry of the policy's assign allows.
Table loads_table(const Context& context, StaffIndex staff) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  const Party party{Party::Kind::staff, staff};
  Table table{.key = "loads", .title = say("Loads")};
  table.columns = {{.key = "rule", .title = say("Entry")},
                   {.key = "role", .title = say("Role")},
                   {.key = "load", .title = say("Has"), .align = Align::right},
                   {.key = "least", .title = say("Should have"), .align = Align::right},
                   {.key = "most", .title = say("May have"), .align = Align::right}};
  for (const AssignRule& rule : data.policy.assigning.rules) {
    if (!rule.in_force.contains(context.today)) continue;
    const auto load = std::ranges::count_if(
        data.pairs, [&](const Pair& pair) { return pair.staff == staff && pair.role == rule.role && pair.days.contains(context.today); });
    const auto candidates = PairFacts(data, rule, context.today).candidates();
    const bool may = std::ranges::any_of(candidates, [&](const CareCandidate& one) { return one.party == party && !one.excluded; });
    if (load == 0 && !may) continue;
    table.rows.push_back({for_people ? rule.name : rule.id, for_people ? Cell(name_of_role(rule.role)) : Cell(rule.role), load,
                          rule.load_least, rule.load_most});
  }
  return table;
}

/// The decisions that wait for the person: by step, how many, and since which list.
Table decisions_table(const Context& context, StaffIndex staff) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  Table table{.key = "decisions", .title = say("Decisions that wait")};
  table.columns = {{.key = "step", .title = say("Step")},
                   {.key = "students", .title = say("Students"), .align = Align::right},
                   {.key = "since", .title = say("Since")}};
  const DecisionSteps steps(data, context.today);
  const SavedList* const list = steps.last_list();
  std::map<std::string, std::pair<const DecisionStep*, std::int64_t>> waiting;
  for (const Suggestion& one : list == nullptr ? std::vector<Suggestion>{} : steps.suggestions(*list)) {
    const SuggestionStanding standing = steps.standing(one, *list);
    if (!data.class_of(one.about.student, context.today) || standing.state != SuggestionStanding::State::open) continue;
    const DecisionStep& step = steps.step(one.about, *standing.next);
    if (steps.role_in(step, staff, one.about).empty()) continue;
    auto& count = waiting[step.id];
    count.first = &step;
    ++count.second;
  }
  for (const auto& [id, count] : waiting)
    table.rows.push_back({for_people ? Cell(name_of(*count.first)) : Cell(id), count.second, list->at});
  return table;
}

/// To the nearest whole, halves up, as people and their spreadsheets round.
std::int64_t rounded(std::int64_t sum, std::int64_t count) { return (2 * sum + count) / (2 * count); }

}  // namespace

Document staff_document(const Context& context, StaffIndex staff) {
  const Dataset& data = context.data;
  Obligations owed = obligations(data, {.today = context.today});
  const Party party{Party::Kind::staff, staff};
  std::erase_if(owed.items, [&](const Obligation& item) { return !is_owed_by(data, owed, item, party); });
  const Staff& who = data.staff[staff];
  Document made;
  made.schema = "help.show-staff/1";
  made.head.push_back(say("{0} {1}, on {2}", who.id, who.name, to_string(context.today)));
  made.facts.fields = {{"today", Cell(context.today)}, {"staff", Cell(who.id)}, {"name", Cell(who.name)}};
  // A sheet has one table: the students.
  if (context.format == Format::csv) {
    made.tables = {students_table(context, staff)};
  } else {
    made.tables = {roles_table(context, staff), students_table(context, staff), loads_table(context, staff),
                   decisions_table(context, staff), duties_table(context, owed)};
  }
  return made;
}

Document exam_document(const Context& context, ExamIndex exam) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  const Exam& about = data.exams[exam];
  // As it was sat: what retests have changed since is said, and not mixed in.
  const Sitting sitting(data, exam, {});
  const auto retests =
      std::ranges::count_if(data.exams, [&](const Exam& other) { return other.retests == about.id && other.date <= context.today; });
  Document made;
  made.schema = "help.show-exam/1";
  made.head.push_back(as_data(exam_title(about)));
  if (retests > 0)
    made.head.push_back(
        counted(retests, "As it was sat: {0} retest is not counted here.", "As it was sat: {0} retests are not counted here."));
  made.facts.fields = {
      {"today", Cell(context.today)}, {"exam", Cell(about.id)}, {"date", Cell(about.date)}, {"kind", Cell(word_of(about.kind))}};
  struct Sum {
    std::int64_t present = 0;
    std::int64_t missing = 0;
    std::int64_t passed = 0;
    std::int64_t hundredths = 0;
  };
  Table table{.key = "items", .title = say("By subject and class"), .when_empty = say("No marks yet.")};
  table.columns = {{.key = "subject", .title = say("Subject")},
                   {.key = "class", .title = say("Class")},
                   {.key = "present", .title = say("Marks"), .align = Align::right},
                   {.key = "missing", .title = say("No mark"), .align = Align::right},
                   {.key = "average", .title = say("Average"), .align = Align::right},
                   {.key = "full", .title = say("Of"), .align = Align::right},
                   {.key = "passed", .title = say("Passed"), .align = Align::right},
                   {.key = "percent_passed", .title = say("Passed %"), .align = Align::right}};
  for (std::size_t column = 0; column < sitting.columns(); ++column) {
    std::map<std::optional<ClassIndex>, Sum> sums;
    for (std::size_t row = 0; row < sitting.rows(); ++row) {
      const MarkCell cell = sitting.cell(row, column);
      if (!cell.mark.present() && !cell.mark.missing()) continue;
      const StudentIndex student = sitting.student_of(row);
      for (const auto in : {std::optional<ClassIndex>(), data.class_of(student, about.date)}) {
        Sum& sum = sums[in];
        sum.present += cell.mark.present() ? 1 : 0;
        sum.missing += cell.mark.missing() ? 1 : 0;
        if (cell.mark.present()) {
          sum.hundredths += cell.mark.hundredths();
          sum.passed += cell.mark.hundredths() >= cell.pass ? 1 : 0;
        }
        if (!data.class_of(student, about.date)) break;
      }
    }
    for (const auto& [in, sum] : sums) {
      table.rows.push_back({data.subjects[about.subjects[column].subject],
                            in           ? Cell(for_people ? class_name(data, in) : data.classes[*in].id)
                            : for_people ? Cell(say("all"))
                                         : Cell(),
                            sum.present, sum.missing, sum.present == 0 ? Cell() : Cell(Decimal{rounded(sum.hundredths, sum.present)}),
                            Decimal{about.subjects[column].full}, sum.passed,
                            sum.present == 0 ? Cell() : Cell(rounded(sum.passed * 100, sum.present))});
    }
  }
  made.tables.push_back(std::move(table));
  return made;
}

}  // namespace help
