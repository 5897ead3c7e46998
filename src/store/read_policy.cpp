// SPDX-License-Identifier: MIT
#include <algorithm>

#include "store/fields.hpp"
#include "store/read_assigning.hpp"
#include "store/read_cadence.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// Decodes a policy that its shape has judged. What was found wrong keeps its default: the caller refuses a policy with errors.
class PolicyReader {
 public:
  PolicyReader(Reading& reading, std::string path, std::span<const RuleShape> kinds)
      : reading_(reading), policy_(reading.data.policy), path_(std::move(path)), kinds_(kinds) {}

  void read(const Value& root);

 private:
  void read_head(const Value& root);
  void read_places(const Value& places);
  void read_minimum(const Value& minimum);
  std::vector<Named> read_named(const Value& root, std::string_view key);
  void read_archive_rules(const Value& archive);
  void read_interaction_kinds(const Value& root);
  void read_rule(const Value& item);
  void read_decide(const Value& root);
  void read_step(const Value& item);
  void read_release(const Value& item);
  void refuse_second(const Value& item, bool is_known);
  void read_parameter(const Value& item, Parameter parameter, Parameters& parameters);
  std::vector<ExamKind> read_kinds(const Value& value, bool& any) const;
  ExamChoice read_exam(const Value& value);
  static Line read_line(const Value& value);
  Basis read_basis(const Value& value);
  std::vector<Condition> read_conditions(const Value& item, std::string_view key);
  void name_later(const Value& item, std::string_view key, std::vector<std::pair<std::string_view, Value>>& named) const;

  Reading& reading_;
  Policy& policy_;
  std::string path_;
  std::span<const RuleShape> kinds_;
};

void PolicyReader::read(const Value& root) {
  read_head(root);
  if (const auto places = find(root, "places")) {
    read_places(*places);
  }
  if (const auto minimum = find(root, "minimum-per-teacher")) {
    read_minimum(*minimum);
  }
  policy_.indicators = read_named(root, "indicators");
  policy_.groups = read_named(root, "groups");
  read_interaction_kinds(root);
  if (const auto archive = find(root, "archive")) {
    read_archive_rules(*archive);
  }
  if (const auto rules = find(root, "identify")) {
    for (const Value item : items_of(*rules)) {
      read_rule(item);
    }
  }
  read_decide(root);
  const ReadConditions conditions = [this](const Value& item, std::string_view key) { return read_conditions(item, key); };
  read_cadence(reading_, path_, root, conditions);
  read_assigning(reading_, path_, root, conditions);
}

void PolicyReader::read_head(const Value& root) {
  if (const auto about = find(root, "policy")) {
    policy_.id = text_at(*about, "id");
    policy_.name = text_at(*about, "name");
    policy_.label = text_at(*about, "label");
    policy_.source = text_at(*about, "source");
  }
  for (const std::string& kind : texts_at(root, "routine")) {
    if (const auto known = parse_exam_kind(kind)) {
      policy_.routine.push_back(*known);
    }
  }
  if (policy_.routine.empty()) {
    policy_.routine = {ExamKind::final_exam, ExamKind::midterm, ExamKind::monthly, ExamKind::unit};
  }
  if (const auto transferred = find(root, "transferred")) {
    policy_.transferred_terms = static_cast<int>(whole_at(*transferred, "for").value_or(1));
  }
  policy_.exclude = texts_at(root, "exclude");
  if (const auto group = find(root, "small-group")) {
    policy_.none_below = static_cast<int>(whole_at(*group, "none-below").value_or(policy_.none_below));
    policy_.tentative_below = static_cast<int>(whole_at(*group, "tentative-below").value_or(policy_.tentative_below));
  }
  policy_.best_of_retests = text_at(root, "retest") == "best";
}

void PolicyReader::read_places(const Value& value) {
  Places places{.count = static_cast<int>(whole_at(value, "count").value_or(0))};
  const std::string per = text_at(value, "per");
  places.per = per == "grade" ? PlacesPer::grade : per == "class" ? PlacesPer::school_class : PlacesPer::school;
  places.ties = text_at(value, "ties") != "none";
  policy_.places = places;
}

void PolicyReader::read_minimum(const Value& value) {
  MinimumPerTeacher minimum{.students = static_cast<int>(whole_at(value, "students").value_or(0)),
                            .subjects = texts_at(value, "subjects"),
                            .source = text_at(value, "source")};
  if (const auto nearest = find(value, "nearest")) {
    if (const auto exam = find(*nearest, "exam")) {
      minimum.nearest = read_exam(*exam);
    }
  }
  policy_.minimum = std::move(minimum);
}

std::vector<Named> PolicyReader::read_named(const Value& root, std::string_view key) {
  std::vector<Named> named;
  if (const auto list = find(root, key)) {
    for (const Value item : items_of(*list)) {
      Named one{.id = text_at(item, "id"), .name = text_at(item, "name"), .group = text_at(item, "group")};
      if (!one.id.empty() && std::ranges::find(named, one.id, &Named::id) != named.end()) {
        reading_.error(path_, *find(item, "id"), "policy/id-twice", say("the id '{0}' stands here a second time", one.id));
      }
      named.push_back(std::move(one));
    }
  }
  return named;
}

void PolicyReader::read_archive_rules(const Value& archive) {
  ArchiveRules& rules = policy_.archive;
  rules.categories = read_named(archive, "categories");
  rules.causes = read_named(archive, "causes");
  rules.analysis = read_named(archive, "analysis");
  rules.countermeasures = read_named(archive, "countermeasures");
  for (const std::string& word : texts_at(archive, "requires")) {
    if (const auto part = parse_archive_part(word)) {
      rules.required.push_back(*part);
    }
  }
  if (const auto within = find(archive, "within")) {
    rules.within_days = days_of(*within);
  }
  rules.who = text_at(archive, "who");
  rules.source = text_at(archive, "source");
}

void PolicyReader::read_interaction_kinds(const Value& root) {
  const auto list = find(root, "kinds");
  if (!list) {
    return;
  }
  std::vector<std::string> seen;
  for (const Value item : items_of(*list)) {
    InteractionKind kind{.id = text_at(item, "id"), .name = text_at(item, "name"), .source = text_at(item, "source")};
    for (const std::string& word : texts_at(item, "needs")) {
      if (const auto field = parse_interaction_field(word)) {
        kind.needs |= bit_of(*field);
      }
    }
    if (std::ranges::find(seen, kind.id) != seen.end()) {
      reading_.error(path_, *find(item, "id"), "policy/id-twice", say("the id '{0}' stands here a second time", kind.id));
    }
    seen.push_back(kind.id);
    const auto usual = std::ranges::find(policy_.kinds, kind.id, &InteractionKind::id);
    if (usual == policy_.kinds.end()) {
      policy_.kinds.push_back(std::move(kind));
      continue;
    }
    if (!find(item, "needs")) {
      kind.needs = usual->needs;  // only another name
    }
    *usual = std::move(kind);
  }
}

std::vector<ExamKind> PolicyReader::read_kinds(const Value& value, bool& any) const {
  std::vector<ExamKind> kinds;
  const auto add = [&](std::string_view word) {
    if (word == "any") {
      any = true;
    } else if (word == "routine") {
      kinds.insert(kinds.end(), policy_.routine.begin(), policy_.routine.end());
    } else if (const auto kind = parse_exam_kind(word)) {
      kinds.push_back(*kind);
    }
  };
  if (value.is_scalar()) {
    add(value.text());
  }
  for (const Value item : items_of(value)) {
    add(item.text());
  }
  return any ? std::vector<ExamKind>{} : kinds;
}

ExamChoice PolicyReader::read_exam(const Value& value) {
  ExamChoice choice;
  if (!value.is_mapping()) {
    return choice;  // latest
  }
  if (const auto kind = find(value, "kind")) {
    bool any = false;
    choice.kinds = read_kinds(*kind, any);
  }
  const std::string term = text_at(value, "term");
  if (term == "current") {
    choice.term = ExamChoice::TermChoice::current;
  } else if (term == "previous") {
    choice.term = ExamChoice::TermChoice::previous;
  } else if (!term.empty() && term != "any") {
    choice.term = ExamChoice::TermChoice::named;
    choice.term_id = term;
    if (!reading_.data.calendar.find_term(term)) {
      std::vector<std::string_view> known{"current", "previous", "any"};
      for (const Term& one : reading_.data.calendar.terms) {
        known.push_back(one.id);
      }
      reading_.unknown(path_, *find(value, "term"), "reference/unknown-term", say("help.yaml has no term '{0}'", term), known);
    }
  }
  choice.id = text_at(value, "id");
  if (const auto last = whole_at(value, "last")) {
    choice.last = static_cast<int>(*last);
  }
  return choice;
}

Line PolicyReader::read_line(const Value& value) {
  if (value.text() == "pass") {
    return {};
  }
  if (const auto share = percent_of(value.text())) {
    return {Line::Kind::percent, *share};
  }
  return {Line::Kind::mark, decimal_of(value.text()).value_or(0)};
}

Basis PolicyReader::read_basis(const Value& value) {
  const auto kind_of = [](std::string_view word) {
    return word == "per-subject" || word == "subject" ? Basis::Kind::per_subject
           : word == "average"                        ? Basis::Kind::average
           : word == "total"                          ? Basis::Kind::total
                                                      : Basis::Kind::any_subject;
  };
  if (value.is_scalar()) {
    return {.kind = kind_of(value.text())};
  }
  Basis basis{.kind = kind_of(text_at(value, "per")), .subjects = texts_at(value, "subjects")};
  for (const std::string& subject : basis.subjects) {
    reading_.subject(subject);
  }
  return basis;
}

/// Ids of the roster are looked up once it is read.
void PolicyReader::name_later(const Value& item, std::string_view key, std::vector<std::pair<std::string_view, Value>>& named) const {
  if (const auto list = find(item, key)) {
    for (const Value id : items_of(*list)) {
      named.emplace_back(reading_.data.school.policy_path, id);
    }
  }
}

std::vector<Condition> PolicyReader::read_conditions(const Value& item, std::string_view key) {
  std::vector<Condition> conditions;
  const auto list = find(item, key);
  if (!list) {
    return conditions;
  }
  const auto whole_numbers = [](const Value& numbers) {
    std::vector<int> all;
    for (const Value number : items_of(numbers)) {
      all.push_back(static_cast<int>(whole_of(number).value_or(-1)));
    }
    return all;
  };
  for (const Value entry : items_of(*list)) {
    Condition condition;
    if (const auto grade = find(entry, "grade")) {
      condition.kind = Condition::Kind::grade;
      condition.grades = whole_numbers(*grade);
    } else if (find(entry, "class")) {
      condition.kind = Condition::Kind::in_class;
      condition.names = texts_at(entry, "class");
      name_later(entry, "class", reading_.named_classes);
    } else if (find(entry, "group")) {
      condition.kind = Condition::Kind::group;
      condition.names = texts_at(entry, "group");
      reading_.check_known(path_, entry, "group", policy_.groups, "reference/unknown-group", later("the policy has no group '{0}'"));
    } else if (const auto cohorts = find(entry, "cohort")) {
      condition.kind = Condition::Kind::cohort;
      for (const Value cohort : items_of(*cohorts)) {
        if (const auto grades = find(cohort, "grades")) {
          condition.cohorts.emplace_back(static_cast<int>(whole_at(cohort, "year").value_or(0)), whole_numbers(*grades));
        }
      }
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

void PolicyReader::read_parameter(const Value& item, Parameter parameter, Parameters& parameters) {
  const auto whole = [&](std::string_view key, int fallback) { return static_cast<int>(whole_at(item, key).value_or(fallback)); };
  const auto with = [&](std::string_view key, auto&& use) {
    if (const auto value = find(item, key)) {
      use(*value);
    }
  };
  switch (parameter) {
    case Parameter::exam:
      with("exam", [&](const Value& value) { parameters.exam = read_exam(value); });
      break;
    case Parameter::exams:
      with("exams", [&](const Value& value) { parameters.exam = read_exam(value); });
      break;
    case Parameter::since:
      with("since", [&](const Value& value) { parameters.since = read_exam(value); });
      break;
    case Parameter::basis:
      with("basis", [&](const Value& value) {
        const MissingMarks missing = parameters.basis.missing;
        parameters.basis = read_basis(value);
        parameters.basis.missing = missing;
      });
      break;
    case Parameter::below:
      with("below", [&](const Value& value) { parameters.below = read_line(value); });
      break;
    case Parameter::share_below:
      with("below", [&](const Value& value) { parameters.share = percent_of(value.text()).value_or(0); });
      break;
    case Parameter::score_below:
      with("below", [&](const Value& value) { parameters.score = decimal_of(value.text()).value_or(0); });
      break;
    case Parameter::times:
      parameters.times = whole("times", 1);
      break;
    case Parameter::last:
      parameters.last = whole("last", 1);
      break;
    case Parameter::ending:
      parameters.ending = text_at(item, "ending") == "any" ? RunEnding::any : RunEnding::latest;
      break;
    case Parameter::missing_in_run:
      parameters.missing = text_at(item, "missing") == "break" ? RunMissing::break_run : RunMissing::skip;
      break;
    case Parameter::missing_marks: {
      const std::string missing = text_at(item, "missing");
      parameters.basis.missing = missing == "zero"           ? MissingMarks::zero
                                 : missing == "present-only" ? MissingMarks::present_only
                                                             : MissingMarks::not_judged;
      break;
    }
    case Parameter::within_term:
      parameters.within_term = text_at(item, "within") == "term";
      break;
    case Parameter::of:
      parameters.of = text_at(item, "of") == "class" ? Compared::school_class : Compared::grade;
      break;
    case Parameter::by:
      parameters.by = text_at(item, "by") == "standard-score" ? FallBy::standard_score : FallBy::rank;
      break;
    case Parameter::at_least_fall:
      with("at-least", [&](const Value& value) { parameters.score = decimal_of(value.text()).value_or(0); });
      break;
    case Parameter::count:
      parameters.count = text_at(item, "count");
      break;
    case Parameter::at_least_count:
      parameters.times = whole("at-least", 1);
      break;
    case Parameter::count_window:
      with("within", [&](const Value& value) {
        const auto days = days_of(value);
        parameters.window = value.text() == "year" ? CountWindow{CountWindow::Kind::year}
                            : days                 ? CountWindow{CountWindow::Kind::days, *days}
                                                   : CountWindow{};
      });
      break;
    case Parameter::indicators:
      parameters.indicators = texts_at(item, "indicators");
      reading_.check_known(path_, item, "indicators", policy_.indicators, "reference/unknown-indicator",
                           later("the policy has no indicator '{0}'"));
      break;
    case Parameter::groups:
      parameters.groups = texts_at(item, "groups");
      reading_.check_known(path_, item, "groups", policy_.groups, "reference/unknown-group", later("the policy has no group '{0}'"));
      break;
    case Parameter::students:
      parameters.students = texts_at(item, "students");
      name_later(item, "students", reading_.named_students);
      break;
  }
}

void PolicyReader::read_rule(const Value& item) {
  const auto kind = std::ranges::find(kinds_, text_at(item, "kind"), &RuleShape::kind);
  if (kind == kinds_.end()) {
    return;  // reported by its shape
  }
  Rule rule{.id = text_at(item, "id"),
            .kind = std::string(kind->kind),
            .kind_index = static_cast<std::size_t>(kind - kinds_.begin()),
            .name = text_at(item, "name"),
            .source = text_at(item, "source"),
            .because = text_at(item, "because"),
            .in_force = reading_.period(path_, item),
            .outcome = parse_outcome(text_at(item, "outcome")).value_or(Outcome::identified),
            .only = read_conditions(item, "only"),
            .unless = read_conditions(item, "unless")};
  if (rule.name.empty()) {
    rule.name = rule.id;
  }
  if (!rule.id.empty() && std::ranges::find(policy_.identify, rule.id, &Rule::id) != policy_.identify.end()) {
    reading_.error(path_, *find(item, "id"), "policy/id-twice", say("the id '{0}' stands here a second time", rule.id));
  }
  for (const ParameterUse& use : kind->parameters) {
    read_parameter(item, use.parameter, rule.parameters);
  }
  if (const auto confirm = find(item, "confirm")) {
    const auto exam = find(*confirm, "exam");
    const auto below = find(*confirm, "below");
    if (exam && below) {
      rule.confirm = Confirm{read_exam(*exam), read_line(*below)};
    }
    if (rule.outcome != Outcome::pending) {
      reading_.error(path_, *confirm, "policy/confirm-without-pending", say("confirm decides what is pending, and this rule is not"),
                     say("write `outcome: pending`, or leave confirm out"));
    }
  } else if (rule.outcome == Outcome::pending) {
    reading_.error(path_, *find(item, "outcome"), "policy/pending-without-confirm", say("nothing decides what is pending"),
                   say("write `confirm: {exam: …, below: …}`"));
  }
  policy_.identify.push_back(std::move(rule));
}

void PolicyReader::refuse_second(const Value& item, bool is_known) {
  const auto id = find(item, "id");
  if (is_known && id) {
    reading_.error(path_, *id, "policy/id-twice", say("the id '{0}' stands here a second time", id->text()));
  }
}

void PolicyReader::read_step(const Value& item) {
  DecisionStep step{.id = text_at(item, "id"),
                    .name = text_at(item, "name"),
                    .source = text_at(item, "source"),
                    .because = text_at(item, "because"),
                    .who = holders_at(item, "who"),
                    .decides = {}};
  if (step.name.empty()) {
    step.name = step.id;
  }
  for (const std::string& word : texts_at(item, "decides")) {
    if (const auto kind = parse_event_kind(word)) {
      step.decides.push_back(*kind);
    }
  }
  if (step.decides.empty()) {
    step.decides = {EventKind::confirmed, EventKind::dismissed, EventKind::pending};
  }
  auto& steps = policy_.decide.steps;
  refuse_second(item, std::ranges::find(steps, step.id, &DecisionStep::id) != steps.end());
  steps.push_back(std::move(step));
}

void PolicyReader::read_release(const Value& item) {
  ReleaseCriterion criterion{.id = text_at(item, "id"),
                             .name = text_at(item, "name"),
                             .source = text_at(item, "source"),
                             .because = text_at(item, "because"),
                             .exams = {},
                             .times = static_cast<int>(whole_at(item, "times").value_or(1)),
                             .at_least = {}};
  if (criterion.name.empty()) {
    criterion.name = criterion.id;
  }
  if (const auto exams = find(item, "exams")) {
    criterion.exams = read_exam(*exams);
  }
  if (const auto line = find(item, "at-least")) {
    criterion.at_least = read_line(*line);
  }
  auto& known = policy_.decide.release;
  refuse_second(item, std::ranges::find(known, criterion.id, &ReleaseCriterion::id) != known.end());
  known.push_back(std::move(criterion));
}

void PolicyReader::read_decide(const Value& root) {
  const auto decide = find(root, "decide");
  if (!decide) {
    return;
  }
  if (const auto steps = find(*decide, "steps")) {
    for (const Value item : items_of(*steps)) {
      read_step(item);
    }
  }
  if (const auto release = find(*decide, "release")) {
    for (const Value item : items_of(*release)) {
      read_release(item);
    }
  }
}

}  // namespace

void read_policy(Reading& reading, std::span<const RuleShape> kinds) {
  const std::string path = reading.data.school.policy_path;
  if (path.empty()) {
    return;  // help.yaml could not be read
  }
  const std::size_t before = reading.problems.size();
  auto file = reading.open(path, policy_shape(kinds));
  if (!file) {
    if (reading.problems.size() == before) {
      reading.report_file(path, Severity::error, "file/missing", say("the file is missing"),
                          say("copy one of the example policies, or name yours in help.yaml"));
    }
    return;
  }
  if (const auto root = file->root()) {
    reading.knows_policy = true;
    PolicyReader(reading, path, kinds).read(*root);
    if (!file->sound) {  // what is no id need not be looked up
      reading.named_students.clear();
      std::erase_if(reading.named_classes, [&](const auto& named) { return named.first == path; });
    }
    reading.kept.push_back(std::move(file));
  }
}

}  // namespace help
