// SPDX-License-Identifier: MIT
#include "commands/assign_view.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "commands/assign_words.hpp"
#include "commands/audience.hpp"
#include "commands/cells.hpp"

namespace help {
namespace {

const AssignRule& rule_of(const Dataset& data, const Assignment& one) { return data.policy.assigning.rules[one.question.rule]; }

class AssignView {
 public:
  AssignView(const Context& context, std::span<const Assignment> assignments, const AssignFilter& filter)
      : context_(context), data_(context.data), assignments_(assignments), filter_(filter) {}

  [[nodiscard]] Document document() const {
    Document document{.schema = "help.assign/1"};
    document.head.push_back(say("Who takes care of whom on {0}", to_string(context_.today)));
    if (filter_.narrows()) document.head.push_back(say("Only a part is shown; all of it was decided together."));
    if (filter_.student && !is_in_question(*filter_.student))
      document.head.push_back(say("{0} is not in question: no entry of the policy's assign asks for anybody for this student on that day.",
                                  student_name(*filter_.student)));
    document.facts.fields = {{"today", Cell(context_.today)}, {"policy", Cell(data_.policy.id)}, {"rules", rules_cell()}};
    if (is_for_people(context_.format)) {
      for (const Assignment& one : assignments_) add_for_people(document, one);
    } else {
      document.tables.push_back(items());
    }
    document.tables.push_back(unplaced());
    document.tables.push_back(ended());
    document.tables.push_back(carers());
    document.tables.push_back(gaps());
    document.tables.push_back(unmet());
    return document;
  }

 private:
  [[nodiscard]] bool is_in_question(StudentIndex student) const {
    return std::ranges::any_of(
        assignments_, [&](const Assignment& one) { return std::ranges::find(one.units, student, &CareUnit::student) != one.units.end(); });
  }
  /// Whether a gap is of the part that is shown.
  [[nodiscard]] bool wants(const ChainGap& gap) const {
    if (!filter_.narrows()) return true;
    if (filter_.carer) return false;
    if (gap.student) return wants(*gap.student);
    if (filter_.student) return false;
    if (gap.in_class)
      return (!filter_.in_class || filter_.in_class == gap.in_class) &&
             (!filter_.grade || data_.grade_of(*gap.in_class, context_.today) == *filter_.grade);
    return gap.grade && !filter_.in_class && gap.grade == filter_.grade;
  }
  [[nodiscard]] bool wants(StudentIndex student) const {
    if (filter_.student && *filter_.student != student) return false;
    const auto in = data_.class_of(student, context_.today);
    if (filter_.in_class && in != filter_.in_class) return false;
    return !filter_.grade || (in && data_.grade_of(*in, context_.today) == *filter_.grade);
  }
  [[nodiscard]] bool wants(StudentIndex student, const Party& carer) const {
    return wants(student) && (!filter_.carer || *filter_.carer == carer);
  }
  [[nodiscard]] const std::string& student_name(StudentIndex student) const { return data_.students[student].name; }
  [[nodiscard]] Cell subject_cell(const CareUnit& unit) const { return unit.subject ? Cell(data_.subjects[*unit.subject]) : Cell(); }
  [[nodiscard]] std::string class_of(StudentIndex student) const {
    const auto in = data_.class_of(student, context_.today);
    return is_for_people(context_.format) ? class_name(data_, in) : in ? data_.classes[*in].id : std::string();
  }

  [[nodiscard]] Cell rules_cell() const {
    Cell::List rules;
    for (const Assignment& one : assignments_) {
      const AssignRule& rule = rule_of(data_, one);
      rules.emplace_back(Record{{{"rule", rule.id},
                                 {"role", rule.role},
                                 {"source", text_or_null(rule.source)},
                                 {"in_question", static_cast<std::int64_t>(one.units.size())},
                                 {"pairs", static_cast<std::int64_t>(one.pairs.size())},
                                 {"new", static_cast<std::int64_t>(new_pairs(one))},
                                 {"ended", static_cast<std::int64_t>(one.ended.size())},
                                 {"unplaced", static_cast<std::int64_t>(one.unplaced.size())},
                                 {"carers", static_cast<std::int64_t>(one.available.size())},
                                 {"least_load", least_load(one)},
                                 {"greatest_load", greatest_load(one)}}});
    }
    return Cell(std::move(rules));
  }

  static std::ptrdiff_t new_pairs(const Assignment& one) {
    return std::ranges::count_if(one.pairs, [](const ProposedPair& pair) { return !pair.stands; });
  }
  static int least_load(const Assignment& one) {
    int least = one.available.empty() ? 0 : one.loads[one.available.front()].load;
    for (const std::uint32_t carer : one.available) least = std::min(least, one.loads[carer].load);
    return least;
  }
  static int greatest_load(const Assignment& one) {
    int greatest = 0;
    for (const std::uint32_t carer : one.available) greatest = std::max(greatest, one.loads[carer].load);
    return greatest;
  }

  void add_for_people(Document& document, const Assignment& one) const {
    const AssignRule& rule = rule_of(data_, one);
    const Message title = rule.source.empty() ? as_data(rule.name) : say("{0} ({1})", rule.name, rule.source);
    const auto placed = static_cast<std::int64_t>(one.units.size() - one.unplaced.size());
    const int least = least_load(one);
    const int greatest = greatest_load(one);
    document.head.push_back(say("{0}: {1} of {2} placed; {3} pairs, {4} of them new.", title, placed,
                                static_cast<std::int64_t>(one.units.size()), static_cast<std::int64_t>(one.pairs.size()), new_pairs(one)));
    document.head.push_back(
        least == greatest
            ? counted(std::ssize(one.available), "  {0} who may, with {1}", "  {0} who may, with {1} each", least)
            : counted(std::ssize(one.available), "  {0} who may, with {1} to {2}", "  {0} who may, with {1} to {2} each", least, greatest));
    Table table{.key = "items", .title = title};
    table.columns = {
        {.key = "student", .title = say("Id")}, {.key = "name", .title = say("Name")}, {.key = "class", .title = say("Class")}};
    const bool by_subject = rule.target == AssignFor::subject;
    if (by_subject) table.columns.push_back({.key = "subject", .title = say("Subject")});
    for (Column column : {Column{.key = "carer", .title = name_of_carers(rule)}, Column{.key = "stands", .title = say("Pair")},
                          Column{.key = "why", .title = say("Why")}, Column{.key = "points", .title = say("Points"), .align = Align::right},
                          Column{.key = "runner_up", .title = say("Runner-up")}, Column{.key = "price", .title = say("Costs to change")}})
      table.columns.push_back(std::move(column));
    for (const ProposedPair& pair : one.pairs) {
      const CareUnit& unit = one.units[pair.unit];
      const Party& carer = one.candidates[pair.candidate].party;
      if (!wants(unit.student, carer)) continue;
      std::vector<Cell> row{data_.students[unit.student].id, student_name(unit.student), class_of(unit.student)};
      if (by_subject) row.push_back(subject_cell(unit));
      row.emplace_back(data_.name_of(carer));
      row.push_back(stands_words(pair));
      row.emplace_back(joined(reasons_of(data_, one, pair)));
      row.emplace_back(pair.score.points);
      row.emplace_back(runner_up_words(one, pair));
      row.emplace_back(price_words(pair.price, pair.blocking));
      table.rows.push_back(std::move(row));
    }
    document.tables.push_back(std::move(table));
  }

  [[nodiscard]] Cell stands_words(const ProposedPair& pair) const {
    if (!pair.stands) return say("new");
    const Date from = data_.pairs[*pair.stands].days.from;
    return from > context_.today ? say("from {0}", to_string(from)) : say("stands");
  }

  static Message name_of_carers(const AssignRule& rule) {
    return std::ranges::find(rule.who, "students") != rule.who.end() ? say("Fellow student") : say("Carer");
  }

  [[nodiscard]] Message runner_up_words(const Assignment& one, const ProposedPair& pair) const {
    const bool is_settled = pair.origin == PairOrigin::fixed || pair.origin == PairOrigin::held;
    if (!pair.runner_up) return is_settled ? say("–") : say("nobody else");
    return say("{0} ({1})", data_.name_of(one.candidates[*pair.runner_up].party), pair.runner_up_points);
  }

  [[nodiscard]] Table items() const {
    Table table{.key = "items"};
    for (const auto* key : {"rule", "role", "student", "name", "class", "subject", "carer", "carer_name", "carer_kind", "origin", "stands",
                            "points", "reasons", "runner_up", "runner_up_name", "runner_up_points", "price", "blocking"})
      table.columns.push_back({.key = key});
    for (const Assignment& one : assignments_) {
      const AssignRule& rule = rule_of(data_, one);
      for (const ProposedPair& pair : one.pairs) {
        const CareUnit& unit = one.units[pair.unit];
        const Party& carer = one.candidates[pair.candidate].party;
        if (!wants(unit.student, carer)) continue;
        const Party* const next = pair.runner_up ? &one.candidates[*pair.runner_up].party : nullptr;
        table.rows.push_back({rule.id, rule.role, data_.students[unit.student].id, student_name(unit.student), class_of(unit.student),
                              subject_cell(unit), data_.id_of(carer), data_.name_of(carer), word_of(carer.kind), word_of(pair.origin),
                              pair.stands ? Cell(data_.pairs[*pair.stands].id) : Cell(), pair.score.points,
                              context_.format == Format::json ? reasons_cell(data_, pair.score) : codes_cell(pair),
                              next != nullptr ? Cell(data_.id_of(*next)) : Cell(), next != nullptr ? Cell(data_.name_of(*next)) : Cell(),
                              next != nullptr ? Cell(pair.runner_up_points) : Cell(), price_cell(pair.price),
                              pair.blocking ? Cell(*pair.blocking) : Cell()});
      }
    }
    return table;
  }

  [[nodiscard]] Cell codes_cell(const ProposedPair& pair) const {
    Cell::List codes;
    for (const std::string& code : reason_codes(data_, pair)) codes.emplace_back(code);
    return codes;
  }

  [[nodiscard]] Table unplaced() const {
    Table table{.key = "unplaced", .title = say("Without anybody, or with too few")};
    table.columns = {{.key = "rule", .title = say("Entry")},      {.key = "student", .title = say("Id")},
                     {.key = "name", .title = say("Name")},       {.key = "class", .title = say("Class")},
                     {.key = "subject", .title = say("Subject")}, {.key = "missing", .title = say("Missing"), .align = Align::right},
                     {.key = "reason", .title = say("Why")},      {.key = "relief", .title = say("What would help")}};
    for (const Assignment& one : assignments_) {
      for (const UnplacedUnit& unit : one.unplaced) {
        const CareUnit& who = one.units[unit.unit];
        if (!wants(who.student)) continue;
        const bool people = is_for_people(context_.format);
        table.rows.push_back({people ? rule_of(data_, one).name : rule_of(data_, one).id, data_.students[who.student].id,
                              student_name(who.student), class_of(who.student), subject_cell(who), unit.missing,
                              people ? Cell(why_unplaced(data_, one, unit)) : Cell(word_of(unit.why)),
                              people ? Cell(relief_words(data_, one, unit)) : relief_cell(one, unit)});
      }
    }
    return table;
  }

  [[nodiscard]] Cell relief_cell(const Assignment& one, const UnplacedUnit& unit) const {
    if (!unit.relief) return {};
    Record record;
    record.fields.emplace_back("carer", data_.id_of(one.candidates[*unit.relief].party));
    record.fields.emplace_back("obstacle", text_or_null(unit.relief_obstacle ? word_of(*unit.relief_obstacle) : std::string_view()));
    record.fields.emplace_back("places", unit.why == UnplacedUnit::Why::full ? 1 : 0);
    return Cell(std::move(record));
  }

  [[nodiscard]] Table ended() const {
    Table table{.key = "ended", .title = say("Pairs of today that end")};
    table.columns = {{.key = "pair", .title = say("Pair")},       {.key = "student", .title = say("Id")},
                     {.key = "name", .title = say("Name")},       {.key = "carer", .title = say("Id")},
                     {.key = "carer_name", .title = say("Name")}, {.key = "since", .title = say("Since")},
                     {.key = "reason", .title = say("Why")}};
    for (const Assignment& one : assignments_) {
      for (const EndedPair& each : one.ended) {
        const Pair& pair = data_.pairs[each.pair];
        const Party carer = pair.carer();
        if (!wants(pair.student, carer)) continue;
        table.rows.push_back({pair.id, data_.students[pair.student].id, student_name(pair.student), data_.id_of(carer),
                              data_.name_of(carer), pair.days.from,
                              is_for_people(context_.format) ? Cell(why_ended(context_.data, each)) : Cell(code_of(each))});
      }
    }
    return table;
  }

  /// Everybody who may; in text only those with fewer than they should have.
  [[nodiscard]] Table carers() const {
    Table table{.key = "carers", .title = say("With fewer than they should have")};
    table.columns = {{.key = "rule", .title = say("Entry")},
                     {.key = "carer", .title = say("Id")},
                     {.key = "name", .title = say("Name")},
                     {.key = "load", .title = say("Has"), .align = Align::right},
                     {.key = "least", .title = say("Should have"), .align = Align::right},
                     {.key = "most", .title = say("May have"), .align = Align::right}};
    const bool people = is_for_people(context_.format);
    for (const Assignment& one : assignments_) {
      const AssignRule& rule = rule_of(data_, one);
      for (const std::uint32_t carer : people ? one.short_of_least : one.available) {
        const Party& party = one.candidates[carer].party;
        if (filter_.carer && *filter_.carer != party) continue;
        table.rows.push_back({people ? rule.name : rule.id, data_.id_of(party), data_.name_of(party), one.loads[carer].load,
                              rule.load_least, rule.load_most});
      }
    }
    return table;
  }

  [[nodiscard]] Table gaps() const {
    Table table{.key = "chain_gaps", .title = say("Gaps in the chain of responsibility")};
    const bool people = is_for_people(context_.format);
    table.columns = {{.key = "gap", .title = say("Gap")}};
    if (!people)
      table.columns = {{.key = "level"}, {.key = "grade"}, {.key = "class"}, {.key = "student"}, {.key = "roles"}, {.key = "source"}};
    for (const ChainGap& gap : chain_gaps(data_, context_.today, assignments_)) {
      if (!wants(gap)) continue;
      const ChainLink& link = data_.policy.assigning.chain[gap.link];
      if (people) {
        table.rows.push_back({link.source.empty() ? gap_words(data_, gap) : say("{0} ({1})", gap_words(data_, gap), link.source)});
        continue;
      }
      Cell::List roles;
      for (const std::string& role : link.who) roles.emplace_back(role);
      table.rows.push_back({word_of(link.level), number_or_null(gap.grade), gap.in_class ? Cell(data_.classes[*gap.in_class].id) : Cell(),
                            gap.student ? Cell(data_.students[*gap.student].id) : Cell(), Cell(std::move(roles)),
                            text_or_null(link.source)});
    }
    return table;
  }

  [[nodiscard]] Table unmet() const {
    Table table{.key = "unmet_orders", .title = say("Fixed by hand, and impossible: left, on leave, or not of those who may")};
    table.columns = {
        {.key = "id", .title = say("Id")}, {.key = "student", .title = say("Student")}, {.key = "carer", .title = say("Carer")}};
    for (const Assignment& one : assignments_) {
      for (const PairOrder* order : one.unmet_orders) {
        if (!wants(order->student, order->with)) continue;
        const bool people = is_for_people(context_.format);
        table.rows.push_back({order->id, people ? student_name(order->student) : data_.students[order->student].id,
                              people ? data_.name_of(order->with) : data_.id_of(order->with)});
      }
    }
    return table;
  }

  const Context& context_;
  const Dataset& data_;
  std::span<const Assignment> assignments_;
  const AssignFilter& filter_;
};

}  // namespace

Document assign_document(const Context& context, std::span<const Assignment> assignments, const AssignFilter& filter) {
  return AssignView(context, assignments, filter).document();
}

Document assign_public_document(const Context& context, std::span<const Assignment> assignments) {
  Document document{.schema = "help.assign-public/1"};
  document.head.push_back(say("Who takes care of whom on {0}, in numbers", to_string(context.today)));
  document.facts.fields = {{"today", Cell(context.today)}};
  Table table{.key = "rules"};
  table.columns = {{.key = "rule", .title = say("Entry")},
                   {.key = "students", .title = say("Students"), .align = Align::right},
                   {.key = "placed", .title = say("Placed"), .align = Align::right},
                   {.key = "unplaced", .title = say("Not placed"), .align = Align::right}};
  // A number is said only where it, and what is left of all, are about nobody or five at least.
  const auto number = [](std::int64_t part, std::int64_t all) {
    const auto is_safe = [](std::int64_t one) { return one == 0 || one >= smallest_public_group; };
    return is_safe(part) && is_safe(all - part) && is_safe(all) ? Cell(part) : Cell();
  };
  for (const Assignment& one : assignments) {
    std::set<StudentIndex> students;
    std::set<StudentIndex> unplaced;
    for (const CareUnit& unit : one.units) students.insert(unit.student);
    for (const UnplacedUnit& unit : one.unplaced) unplaced.insert(one.units[unit.unit].student);
    const auto all = static_cast<std::int64_t>(students.size());
    const auto without = static_cast<std::int64_t>(unplaced.size());
    const AssignRule& rule = rule_of(context.data, one);
    table.rows.push_back(
        {is_for_people(context.format) ? rule.name : rule.id, number(all, all), number(all - without, all), number(without, all)});
  }
  document.tables.push_back(std::move(table));
  document.foot.push_back(say("Numbers about fewer than five are left out."));
  return document;
}

}  // namespace help
