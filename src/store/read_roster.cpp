// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "diag/characters.hpp"
#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// Ids that are unique among themselves, without regard to case.
class IdSpace {
 public:
  explicit IdSpace(Reading& reading) : reading_(reading) {}

  /// True if the id is new; a second use is reported.
  bool claim(const SourceFile& file, const Value& id) {
    const auto [place, added] = used_.try_emplace(small_letters(id.text()), &file, id.index());
    if (added) {
      return true;
    }
    Diagnostic* const problem =
        reading_.report(file.path, id, Severity::error, "roster/id-twice", say("the id '{0}' is used a second time", id.text()),
                        say("ids of students, staff and bodies are unique, without regard to capital letters"));
    if (problem != nullptr) {
      const auto& [first_file, first_index] = place->second;
      problem->related = problem_at(first_file->path, Value(first_file->tree, first_index), Severity::error, "", {}).where;
      problem->related_note = say("first used here");
    }
    return false;
  }

 private:
  Reading& reading_;
  std::unordered_map<std::string, std::pair<const SourceFile*, std::uint32_t>> used_;
};

/// The roster's five files; any may be missing.
struct RosterFiles {
  std::unique_ptr<SourceFile> students;
  std::unique_ptr<SourceFile> staff;
  std::unique_ptr<SourceFile> classes;
  std::unique_ptr<SourceFile> teaching;
  std::unique_ptr<SourceFile> bodies;
};

/// The records of a roster file that have a usable id.
template <typename Use>
void each_record(const std::unique_ptr<SourceFile>& file, Use&& use) {
  if (!file || !file->root()) {
    return;
  }
  for (const Value item : items_of(*file->root())) {
    if (item.is_mapping()) {
      use(*file, item);
    }
  }
}

// First pass: every id gets its index, so that the second pass can resolve references in any direction.
void claim_ids(Reading& reading, const RosterFiles& files) {
  IdSpace people(reading);
  IdSpace classes(reading);
  Dataset& data = reading.data;
  const auto claim = [](IdSpace& space, const SourceFile& file, const Value& item, auto& things, auto& by_id) {
    const auto id = find(item, "id");
    if (!id || !id->is_scalar() || !space.claim(file, *id)) {
      return;
    }
    by_id.emplace(std::string(id->text()), static_cast<std::uint32_t>(things.size()));
    auto& thing = things.emplace_back();
    thing.id = id->text();
    thing.name = text_at(item, "name");
  };
  each_record(files.students,
              [&](const SourceFile& file, const Value& item) { claim(people, file, item, data.students, data.student_by_id); });
  each_record(files.staff, [&](const SourceFile& file, const Value& item) { claim(people, file, item, data.staff, data.staff_by_id); });
  each_record(files.bodies, [&](const SourceFile& file, const Value& item) { claim(people, file, item, data.bodies, data.body_by_id); });
  each_record(files.classes,
              [&](const SourceFile& file, const Value& item) { claim(classes, file, item, data.classes, data.class_by_id); });
}

std::vector<Leave> read_leave(Reading& reading, const SourceFile& file, const Value& item) {
  std::vector<Leave> leave;
  if (const auto list = find(item, "leave")) {
    for (const Value entry : items_of(*list)) {
      Leave one{.days = reading.period(file.path, entry), .because = text_at(entry, "because")};
      if (const auto substitute = find(entry, "substitute")) {
        one.substitute = reading.staff(file.path, *substitute);
      }
      leave.push_back(std::move(one));
    }
  }
  return leave;
}

std::vector<Leader> read_leaders(Reading& reading, const SourceFile& file, const Value& item, std::string_view key) {
  std::vector<Leader> leaders;
  if (const auto list = find(item, key)) {
    for (const Value entry : items_of(*list)) {
      const auto id = find(entry, "staff");
      if (const auto staff = id ? reading.staff(file.path, *id) : std::nullopt) {
        leaders.push_back({*staff, reading.period(file.path, entry)});
      }
    }
  }
  return leaders;
}

/// Two periods of one list that share a day, by their places in the list.
template <typename Dated>
std::optional<std::pair<std::size_t, std::size_t>> overlapping(const std::vector<Dated>& list) {
  for (std::size_t later = 1; later < list.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (list[earlier].days.overlaps(list[later].days)) {
        return std::pair(earlier, later);
      }
    }
  }
  return std::nullopt;
}

void read_student(Reading& reading, const SourceFile& file, const Value& item) {
  Dataset& data = reading.data;
  const auto index = data.find_student(text_at(item, "id"));
  if (!index) {
    return;
  }
  Student& student = data.students[*index];
  if (const auto list = find(item, "classes")) {
    for (const Value entry : items_of(*list)) {
      const auto id = find(entry, "class");
      if (const auto in = id ? reading.school_class(file.path, *id) : std::nullopt) {
        student.classes.push_back({*in, reading.period(file.path, entry)});
      }
    }
    if (const auto both = overlapping(student.classes)) {
      reading.error(file.path, *list, "roster/two-classes",
                    say("{0} is in two classes on the same day: {1} and {2}", student.name,
                        data.classes[student.classes[both->first].in].id, data.classes[student.classes[both->second].in].id),
                    say("end the first class with `until` on the day before the second begins"));
    }
  }
  student.transferred = date_at(item, "transferred");
  student.left = date_at(item, "left");
  if (const auto list = find(item, "groups")) {
    for (const Value entry : items_of(*list)) {
      GroupMembership membership{.group = text_at(entry, "group"), .days = reading.period(file.path, entry)};
      if (const auto group = find(entry, "group"); group && !data.policy.groups.empty()) {
        reading.not_in_policy(file.path, *group, "reference/unknown-group", say("the policy has no group '{0}'", membership.group),
                              data.policy.groups);
      }
      student.groups.push_back(std::move(membership));
    }
  }
  student.leave = read_leave(reading, file, item);
}

void read_staff_member(Reading& reading, const SourceFile& file, const Value& item) {
  const auto index = reading.data.find_staff(text_at(item, "id"));
  if (!index) {
    return;
  }
  Staff member = reading.data.staff[*index];
  if (const auto list = find(item, "roles")) {
    for (const Value entry : items_of(*list)) {
      Role role{.role = text_at(entry, "role"), .days = reading.period(file.path, entry), .subject = text_at(entry, "subject")};
      if (role.role == "class-teacher") {
        reading.error(file.path, *find(entry, "role"), "roster/class-teacher-here", say("class teachers stand in roster/classes.yaml"),
                      say("write `leaders: [{staff: {0}}]` there", member.id));
      }
      if (const auto in = find(entry, "class")) {
        role.in_class = reading.school_class(file.path, *in);
      }
      if (const auto grade = whole_at(entry, "grade")) {
        role.grade = static_cast<int>(*grade);
      }
      if (const auto body = find(entry, "body")) {
        role.body = reading.body(file.path, *body);
      }
      member.roles.push_back(std::move(role));
    }
  }
  member.left = date_at(item, "left");
  member.leave = read_leave(reading, file, item);
  reading.data.staff[*index] = std::move(member);
}

void read_class(Reading& reading, const SourceFile& file, const Value& item) {
  const auto index = reading.data.find_class(text_at(item, "id"));
  if (!index) {
    return;
  }
  SchoolClass& in = reading.data.classes[*index];
  if (in.name.empty()) {
    in.name = in.id;
  }
  in.cohort = static_cast<int>(whole_at(item, "cohort").value_or(0));
  in.entry_grade = static_cast<int>(whole_at(item, "entry-grade").value_or(0));
  in.leaders = read_leaders(reading, file, item, "leaders");
}

void read_teaching(Reading& reading, const SourceFile& file, const Value& item) {
  const auto staff_id = find(item, "staff");
  const auto class_id = find(item, "class");
  const std::string subject = text_at(item, "subject");
  const auto staff = staff_id ? reading.staff(file.path, *staff_id) : std::nullopt;
  const auto in = class_id ? reading.school_class(file.path, *class_id) : std::nullopt;
  const Period days = reading.period(file.path, item);
  if (staff && in && !subject.empty()) {
    reading.data.teaching.push_back({*staff, reading.subject(subject), *in, days});
  }
}

/// Members are staff or students (of a family): which of both rosters lacks an id, nobody can tell.
void report_no_member(Reading& reading, const SourceFile& file, const Value& id) {
  if (!id.is_scalar() || reading.explains_unknown("roster/staff.yaml", file.path) ||
      reading.explains_unknown("roster/students.yaml", file.path)) {
    return;
  }
  std::vector<std::string_view> known;
  for (const Staff& one : reading.data.staff) {
    known.push_back(one.id);
  }
  reading.unknown(file.path, id, "reference/unknown-student", say("no member of staff and no student has the id '{0}'", id.text()), known);
}

void read_body(Reading& reading, const SourceFile& file, const Value& item) {
  const auto index = reading.data.find_body(text_at(item, "id"));
  if (!index) {
    return;
  }
  Body body = reading.data.bodies[*index];
  body.kind = text_at(item, "kind");
  if (const auto parent = find(item, "parent")) {
    body.parent = reading.body(file.path, *parent);
  }
  if (const auto list = find(item, "members")) {
    for (const Value entry : items_of(*list)) {
      const auto id = find(entry, "member");
      if (!id) {
        continue;
      }
      if (!reading.data.find_staff(id->text()) && !reading.data.find_student(id->text())) {
        report_no_member(reading, file, *id);
        continue;
      }
      body.members.push_back({std::string(id->text()), reading.period(file.path, entry)});
    }
  }
  body.responsible = read_leaders(reading, file, item, "responsible");
  reading.data.bodies[*index] = std::move(body);
}

/// The value of a key of the record with an id.
std::optional<Value> value_of(const SourceFile& file, std::string_view id, std::string_view key) {
  for (const Value item : items_of(*file.root())) {
    if (const auto own = find(item, "id"); own && own->text() == id) {
      return find(item, key);
    }
  }
  return std::nullopt;
}

/// A body may not contain itself through its parents: each circle is reported once, where its first body names its parent.
void check_parents(Reading& reading, const SourceFile& file) {
  const auto& bodies = reading.data.bodies;
  std::vector<std::size_t> walk(bodies.size(), 0);  // in which walk, from 1, a body was passed: each is passed once
  for (std::size_t start = 0; start < bodies.size(); ++start) {
    std::optional<BodyIndex> at = static_cast<BodyIndex>(start);
    while (at && walk[*at] == 0) {
      walk[*at] = start + 1;
      at = bodies[*at].parent;
    }
    if (!at || walk[*at] != start + 1) {
      continue;
    }
    std::vector<BodyIndex> circle{*at};
    for (BodyIndex next = *bodies[*at].parent; next != *at; next = *bodies[next].parent) {
      circle.push_back(next);
    }
    const Body& first = bodies[*std::ranges::min_element(circle)];
    if (const auto parent = value_of(file, first.id, "parent")) {
      reading.error(file.path, *parent, "roster/body-in-itself", say("the body '{0}' belongs to itself", first.id),
                    circle.size() == 1 ? say("leave `parent` out of a body that belongs to none")
                                       : say("follow `parent` from body to body: they go in a circle; leave one of them out"));
    }
  }
}

void look_up_named(Reading& reading) {
  for (const auto& [path, id] : reading.named_students) {
    static_cast<void>(reading.student(path, id));
  }
  for (const auto& [path, id] : reading.named_classes) {
    static_cast<void>(reading.school_class(path, id));
  }
}

}  // namespace

void read_roster(Reading& reading) {
  const auto open = [&](std::string_view path, const Shape& shape) {
    const std::size_t before = reading.problems.size();
    auto file = reading.open(std::string(path), shape);
    if (!file && reading.problems.size() > before) {
      reading.unreadable.emplace(path);
    }
    return file;
  };
  const RosterFiles files{.students = open("roster/students.yaml", students_shape()),
                          .staff = open("roster/staff.yaml", staff_shape()),
                          .classes = open("roster/classes.yaml", classes_shape()),
                          .teaching = open("roster/teaching.yaml", teaching_shape()),
                          .bodies = open("roster/bodies.yaml", bodies_shape())};
  claim_ids(reading, files);
  each_record(files.classes, [&](const SourceFile& file, const Value& item) { read_class(reading, file, item); });
  each_record(files.students, [&](const SourceFile& file, const Value& item) { read_student(reading, file, item); });
  each_record(files.staff, [&](const SourceFile& file, const Value& item) { read_staff_member(reading, file, item); });
  each_record(files.bodies, [&](const SourceFile& file, const Value& item) { read_body(reading, file, item); });
  each_record(files.teaching, [&](const SourceFile& file, const Value& item) { read_teaching(reading, file, item); });
  if (files.bodies && files.bodies->root()) {
    check_parents(reading, *files.bodies);
  }
  look_up_named(reading);
}

}  // namespace help
