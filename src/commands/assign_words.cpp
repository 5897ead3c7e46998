// SPDX-License-Identifier: MIT
#include "commands/assign_words.hpp"

#include <algorithm>

#include "commands/cells.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

bool stands_in(std::uint16_t obstacles, Obstacle one) { return (unsigned{obstacles} >> static_cast<unsigned>(one) & 1U) != 0; }

Message part_words(const Dataset& data, const ScorePart& part, bool of_student, bool own_class) {
  switch (part.fact) {
    case PairFact::subject:
      if (of_student) return say("strong in {0}", data.subjects[*part.subject]);
      return own_class ? say("teaches the class {0}", data.subjects[*part.subject]) : say("teaches {0}", data.subjects[*part.subject]);
    case PairFact::own_teacher:
      return {};
    case PairFact::same_class:
      return say("same class");
    case PairFact::same_grade:
      return say("same grade");
    case PairFact::kept:
      return say("a pair already");
    case PairFact::student_wish:
      return say("no. {0} of the student's wishes", part.place);
    case PairFact::carer_wish:
      return say("chose the student as no. {0}", part.place);
    case PairFact::fit: {
      const ArchiveRules& archive = data.policy.archive;
      const bool is_category = std::ranges::find(archive.categories, part.code, &Named::id) != archive.categories.end();
      return say("the right one for: {0}", name_in(is_category ? archive.categories : archive.causes, part.code));
    }
  }
  return {};
}

}  // namespace

std::vector<Message> reasons_of(const Dataset& data, const Assignment& assignment, const ProposedPair& pair) {
  const bool of_student = assignment.candidates[pair.candidate].party.kind == Party::Kind::student;
  const bool own_class = std::ranges::find(pair.score.parts, PairFact::own_teacher, &ScorePart::fact) != pair.score.parts.end();
  std::vector<Message> reasons;
  for (const ScorePart& part : pair.score.parts) {
    Message words = part_words(data, part, of_student, own_class);
    if (!words.empty()) reasons.push_back(std::move(words));
  }
  if (pair.origin == PairOrigin::fixed) reasons.push_back(say("fixed by hand"));
  if (pair.origin == PairOrigin::held) reasons.push_back(say("stands, and is not taken apart yet"));
  if (pair.origin == PairOrigin::chosen) reasons.push_back(say("both sides chose"));
  if (reasons.empty()) reasons.push_back(say("nothing but free places"));
  return reasons;
}

std::vector<std::string> reason_codes(const Dataset& data, const ProposedPair& pair) {
  std::vector<std::string> codes;
  for (const ScorePart& part : pair.score.parts) {
    std::string& code = codes.emplace_back(word_of(part.fact));
    if (part.subject) code += " " + data.subjects[*part.subject];
    if (!part.code.empty()) code += " " + std::string(part.code);
    if (part.place > 0) code += " " + std::to_string(part.place);
  }
  if (pair.origin != PairOrigin::appointed) codes.emplace_back(word_of(pair.origin));
  return codes;
}

Cell reasons_cell(const Dataset& data, const PairScore& score) {
  Cell::List parts;
  for (const ScorePart& part : score.parts) {
    const std::string_view subject = part.subject ? std::string_view(data.subjects[*part.subject]) : std::string_view();
    Record record;
    record.fields.emplace_back("fact", word_of(part.fact));
    record.fields.emplace_back("points", part.points);
    record.fields.emplace_back("subject", text_or_null(subject));
    record.fields.emplace_back("place", number_or_null(part.place > 0 ? std::optional(part.place) : std::nullopt));
    record.fields.emplace_back("code", text_or_null(part.code));
    parts.emplace_back(std::move(record));
  }
  return Cell(std::move(parts));
}

Message price_words(const std::optional<AppointmentValue>& value, std::optional<std::int64_t> blocking) {
  if (blocking) {
    return *blocking == 0 ? say("nobody would object")
                          : counted(*blocking, "{0} pair would rather have each other", "{0} pairs would rather have each other");
  }
  if (!value) return say("–");
  const AppointmentValue& price = *value;
  if (price.missing > 0) return say("a student goes without");
  if (price.dropped > 0) return counted(price.dropped, "{0} more pair changes", "{0} more pairs change");
  if (price.shortfall > 0)
    return counted(price.shortfall, "{0} place more is short of the least", "{0} places more are short of the least");
  if (price.cost > 0) return counted(price.cost, "{0} point", "{0} points");
  return price.load > 0 ? say("less even loads") : say("no cost");
}

Cell price_cell(const std::optional<AppointmentValue>& value) {
  if (!value) return {};
  const AppointmentValue& price = *value;
  Record record;
  record.fields.emplace_back("missing", price.missing);
  record.fields.emplace_back("changes", price.dropped);
  record.fields.emplace_back("short_of_least", price.shortfall);
  // With a pair less the sums of the rest say nothing.
  record.fields.emplace_back("points", price.missing == 0 ? Cell(price.cost) : Cell());
  record.fields.emplace_back("load", price.missing == 0 ? Cell(price.load) : Cell());
  return Cell(std::move(record));
}

std::vector<Obstacle> obstacles_of(std::uint16_t bits) {
  std::vector<Obstacle> found;
  for (int one = 0; one <= static_cast<int>(Obstacle::unlisted); ++one) {
    if (stands_in(bits, static_cast<Obstacle>(one))) found.push_back(static_cast<Obstacle>(one));
  }
  return found;
}

Message obstacle_words(Obstacle obstacle, Party::Kind carer) {
  switch (obstacle) {
    case Obstacle::away:
      return say("left or on leave");
    case Obstacle::excluded:
      return say("of those who may not");
    case Obstacle::has_case:
      return say("with a case of their own");
    case Obstacle::banned:
      return say("banned by hand");
    case Obstacle::same_class:
      return say("not of the class");
    case Obstacle::other_class:
      return say("of the same class");
    case Obstacle::same_grade:
      return say("not of the grade");
    case Obstacle::subject:
      return carer == Party::Kind::student ? say("no stronger in the weak subjects") : say("not for the weak subjects");
    case Obstacle::same_body:
      return say("not of the same body");
    case Obstacle::unlisted:
      return say("not chosen");
  }
  return {};
}

Message why_unplaced(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one) {
  switch (one.why) {
    case UnplacedUnit::Why::no_candidate: {
      std::vector<Message> parts;
      const auto is_student = [](const CareCandidate& candidate) { return candidate.party.kind == Party::Kind::student; };
      const auto kind = std::ranges::any_of(assignment.candidates, is_student) ? Party::Kind::student : Party::Kind::staff;
      for (const auto& [obstacle, count] : one.obstacles)
        parts.push_back(counted(count, "{0} is {1}", "{0} are {1}", obstacle_words(obstacle, kind)));
      return parts.empty() ? say("there is nobody who could") : say("nobody may: {0}", joined(parts));
    }
    case UnplacedUnit::Why::all_taken:
      return say("all who may already do");
    case UnplacedUnit::Why::full: {
      std::vector<std::string> names;
      for (const std::uint32_t carer : one.full) names.push_back(data.name_of(assignment.candidates[carer].party));
      constexpr std::size_t shown = 5;
      const std::size_t all = names.size();
      names.resize(std::min(all, shown));
      const Message list = joined(names);
      return all > shown ? say("all who may, or could make room, have as many as they can take: {0} and {1} more", list, all - shown)
                         : say("all who may, or could make room, have as many as they can take: {0}", list);
    }
    case UnplacedUnit::Why::no_weak_subject:
      return say("no weak subject is known: neither the decisions, nor the last marks, nor a list name one");
    case UnplacedUnit::Why::no_wishes:
      return say("the student has not chosen anybody");
    case UnplacedUnit::Why::turned_down:
      return say("nobody whom the student chose could, or would, take one more");
  }
  return {};
}

Message relief_words(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one) {
  if (!one.relief) return {};
  const Party& carer = assignment.candidates[*one.relief].party;
  const std::string& name = data.name_of(carer);
  if (one.why == UnplacedUnit::Why::full) return say("one place more for {0}", name);
  return one.relief_obstacle ? say("allow {0}, who is {1}", name, obstacle_words(*one.relief_obstacle, carer.kind)) : Message{};
}

Message why_ended(const Dataset& data, const EndedPair& one) {
  for (int i = 0; i <= static_cast<int>(Obstacle::unlisted); ++i) {
    if (stands_in(one.obstacles, static_cast<Obstacle>(i)))
      return obstacle_words(static_cast<Obstacle>(i), data.pairs[one.pair].carer().kind);
  }
  return one.no_candidate ? say("no longer of those who may") : say("another pair is better for all");
}

std::string code_of(const EndedPair& one) {
  for (int i = 0; i <= static_cast<int>(Obstacle::unlisted); ++i) {
    if (stands_in(one.obstacles, static_cast<Obstacle>(i))) return std::string(word_of(static_cast<Obstacle>(i)));
  }
  return one.no_candidate ? "not-eligible" : "better";
}

Message gap_words(const Dataset& data, const ChainGap& gap) {
  std::vector<Message> roles;
  for (const std::string& role : data.policy.assigning.chain[gap.link].who) roles.push_back(name_of_role(role));
  const Message who = joined(roles);
  if (gap.grade) return say("grade {0}: nobody is {1}", *gap.grade, who);
  if (gap.in_class) return say("class {0}: nobody is {1}", class_name(data, gap.in_class), who);
  if (gap.student) return say("{0}: nobody is {1}", data.students[*gap.student].name, who);
  return say("school: nobody is {0}", who);
}

}  // namespace help
