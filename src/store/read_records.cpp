// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

void read_event(Reading& reading, const std::string& path, StudentIndex student, const Value& item) {
  const auto date = date_at(item, "date");
  const auto kind = parse_event_kind(text_at(item, "kind"));
  if (!date || !kind) {
    return;
  }
  Event event{.id = text_at(item, "id"),
              .date = *date,
              .kind = *kind,
              .student = student,
              .subject = reading.subject_at(item),
              .by = text_at(item, "by"),
              .role = text_at(item, "role"),
              .basis = text_at(item, "basis"),
              .indicator = text_at(item, "indicator"),
              .goal = text_at(item, "goal"),
              .rules = texts_at(item, "rules"),
              .exams = texts_at(item, "exams"),
              .because = text_at(item, "because"),
              .list = text_at(item, "list"),
              .until = text_at(item, "until")};
  if (const auto by = find(item, "by")) {
    static_cast<void>(reading.staff(path, *by));
  }
  const Value kind_at = *find(item, "kind");
  if (event.kind == EventKind::excluded && event.basis.empty()) {
    reading.error(path, kind_at, "events/basis-missing", say("an exclusion names its basis"),
                  say("write `basis: …`, one of the policy's `exclude`"));
  }
  if ((event.kind == EventKind::observed || event.kind == EventKind::cleared) && event.indicator.empty()) {
    reading.error(path, kind_at, "events/indicator-missing", say("an observation names its indicator"),
                  say("write `indicator: …`, one of the policy's `indicators`"));
  }
  const Policy& policy = reading.data.policy;
  if (const auto basis = find(item, "basis");
      basis && reading.knows_policy && std::ranges::find(policy.exclude, event.basis) == policy.exclude.end()) {
    const std::vector<std::string_view> known(policy.exclude.begin(), policy.exclude.end());
    reading.unknown(path, *basis, "reference/unknown-basis", say("the policy does not exclude on the basis '{0}'", event.basis), known,
                    Severity::warning);
  }
  if (const auto indicator = find(item, "indicator")) {
    reading.not_in_policy(path, *indicator, "reference/unknown-indicator", say("the policy has no indicator '{0}'", event.indicator),
                          policy.indicators);
  }
  reading.data.events.push_back(std::move(event));
}

void read_pair(Reading& reading, const std::string& path, const Value& item, std::map<std::string, std::size_t, std::less<>>& by_id) {
  const auto student_id = find(item, "student");
  const auto student = student_id ? reading.student(path, *student_id) : std::nullopt;
  if (!student) {
    return;
  }
  Pair pair{.id = text_at(item, "id"),
            .student = *student,
            .role = text_at(item, "role"),
            .subject = reading.subject_at(item),
            .because = text_at(item, "because"),
            .file = path};
  if (const auto staff = find(item, "staff")) {
    pair.staff = reading.staff(path, *staff);
  }
  if (const auto peer = find(item, "peer")) {
    pair.peer = reading.student(path, *peer);
    if (pair.peer == pair.student) {
      reading.error(path, *peer, "pairs/own-peer", say("nobody is paired with themselves"));
    }
  }
  if (const auto body = find(item, "body")) {
    pair.body = reading.body(path, *body);
  }
  pair.days = reading.period(path, item);
  if (pair.staff || pair.peer || pair.body) {
    by_id.emplace(pair.id, reading.data.pairs.size());
    reading.data.pairs.push_back(std::move(pair));
  }
}

void end_pair(Reading& reading, const std::string& path, const Value& item, const std::map<std::string, std::size_t, std::less<>>& by_id,
              const std::set<std::string_view>& written) {
  const Value target = *find(item, "ends");
  const auto until = date_at(item, "until");
  const auto place = by_id.find(target.text());
  if (place == by_id.end()) {
    if (written.contains(target.text())) {
      return;  // the pair itself is wrong, which is reported
    }
    reading.error(path, target, "record/unknown-target", say("this file has no record '{0}'", target.text()));
    return;
  }
  Pair& pair = reading.data.pairs[place->second];
  Period& days = pair.days;
  if (until && *until < days.from) {
    reading.error(path, *find(item, "until"), "pairs/ends-before-it-begins",
                  say("the pair began on {0}, it cannot end on {1}", to_string(days.from), to_string(*until)));
  } else if (until && *until <= days.until) {
    days.until = *until;
    pair.ended = true;
  }
}

std::string with_ending(std::string_view folder, const std::string& name) { return std::string(folder) + "/" + name + ".yaml"; }

}  // namespace

void read_events(Reading& reading) {
  const Shape shape = events_shape();
  for (const std::string& name : yaml_names(reading, "events")) {
    const std::string path = with_ending("events", name);
    const auto student = reading.data.find_student(name);
    if (!student && !reading.explains_unknown("roster/students.yaml", path)) {
      reading.report_file(path, Severity::error, "reference/unknown-student", say("no student has the id '{0}'", name),
                          say("the file of a student's events is called by the student's id"));
    }
    const auto file = reading.open(path, shape);
    if (!file || !file->root() || !student) {
      continue;
    }
    for (const Value item : records_in_force(reading, *file)) {
      read_event(reading, path, *student, item);
    }
  }
  // Of two decisions of one day the one that was written later holds.
  std::ranges::stable_sort(reading.data.events, {}, &Event::date);
}

void read_lists(Reading& reading) {
  const Shape shape = lists_shape();
  for (const std::string& name : yaml_names(reading, "lists")) {
    const std::string path = with_ending("lists", name);
    const auto file = reading.open(path, shape);
    if (!file || !file->root()) {
      continue;
    }
    const std::vector<Value> records = records_in_force(reading, *file);
    std::map<std::string, std::size_t, std::less<>> runs;
    for (const Value item : records) {
      if (find(item, "list")) {
        runs.emplace(text_at(item, "id"), reading.data.lists.size());
        reading.data.lists.push_back({.id = text_at(item, "id"),
                                      .name = text_at(item, "list"),
                                      .at = date_at(item, "at").value_or(Date{}),
                                      .items = {},
                                      .exams = texts_at(item, "exams")});
      }
    }
    for (const Value item : records) {
      const auto of = find(item, "of");
      const auto student_id = find(item, "student");
      if (!of || !student_id) {
        continue;
      }
      const auto run = runs.find(of->text());
      if (run == runs.end()) {
        reading.error(path, *of, "record/unknown-target", say("this file has no record '{0}'", of->text()));
        continue;
      }
      if (const auto student = reading.student(path, *student_id)) {
        ListItem line{.student = *student,
                      .subject = reading.subject_at(item),
                      .outcome = parse_outcome(text_at(item, "outcome")).value_or(Outcome::identified),
                      .subjects = {},
                      .rules = texts_at(item, "rules")};
        for (const std::string& subject : texts_at(item, "subjects")) {
          line.subjects.push_back(reading.subject(subject));
        }
        reading.data.lists[run->second].items.push_back(std::move(line));
      }
    }
  }
  std::ranges::stable_sort(reading.data.lists, {}, &SavedList::at);
}

void read_pairs(Reading& reading) {
  const Shape shape = pairs_shape();
  for (const std::string& name : yaml_names(reading, "pairs")) {
    const std::string path = with_ending("pairs", name);
    const auto file = reading.open(path, shape);
    if (!file || !file->root()) {
      continue;
    }
    const std::vector<Value> records = records_in_force(reading, *file);
    std::map<std::string, std::size_t, std::less<>> by_id;
    std::set<std::string_view> written;
    for (const Value item : records) {
      if (!find(item, "ends")) {
        if (const auto id = find(item, "id")) {
          written.insert(id->text());
        }
        read_pair(reading, path, item, by_id);
      }
    }
    for (const Value item : records) {
      if (find(item, "ends")) {
        end_pair(reading, path, item, by_id, written);
      }
    }
  }
  std::ranges::sort(reading.data.pairs,
                    [](const Pair& a, const Pair& b) { return std::tie(a.days.from, a.id) < std::tie(b.days.from, b.id); });
}

}  // namespace help
