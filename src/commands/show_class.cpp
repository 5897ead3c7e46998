// SPDX-License-Identifier: MIT
// The ledger of a class, and those who wait.
#include <algorithm>
#include <map>
#include <optional>

#include "commands/archive_words.hpp"
#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "commands/overdue_words.hpp"
#include "commands/show.hpp"
#include "model/school_days.hpp"
#include "rules/archives.hpp"
#include "rules/cases.hpp"
#include "rules/decision_steps.hpp"
#include "rules/duty_days.hpp"

namespace help {
namespace {

std::optional<Period> open_case(const Cases& cases, StudentIndex student, Date today) {
  for (const Period& days : cases.of_student(student)) {
    if (days.contains(today)) return days;
  }
  return std::nullopt;
}

/// By student: the last contact up to `today`.
std::vector<const Interaction*> last_contacts(const Dataset& data, Date today) {
  std::vector<const Interaction*> last(data.students.size(), nullptr);
  for (const Interaction& entry : data.log.entries) {
    if (entry.date > today) break;
    for (std::uint32_t place = 0; place < entry.student_count; ++place) last[data.log.students[entry.first_student + place]] = &entry;
  }
  return last;
}

std::vector<Party> carers_of(const Dataset& data, StudentIndex student, Date today) {
  std::vector<Party> found;
  for (const Pair& pair : data.pairs) {
    if (pair.student != student || !pair.days.contains(today)) continue;
    const Party party = pair.carer();
    if (std::ranges::find(found, party) == found.end()) found.push_back(party);
  }
  return found;
}

/// A cell of a sheet has the ids; a program can ask for more.
Cell people_cell(const Dataset& data, const ObligationWords& words, const std::vector<Party>& parties, Format format) {
  if (format != Format::csv) return parties_cell(words, parties, is_for_people(format));
  Cell::List ids;
  for (const Party& party : parties) ids.emplace_back(data.id_of(party));
  return ids;
}

/// The subjects in which the case was opened; none: of the whole student.
std::vector<SubjectIndex> case_subjects(const Dataset& data, const Cases& cases, StudentIndex student, Date today) {
  std::vector<SubjectIndex> found;
  const auto is_open = [&](const std::vector<Period>& days) {
    return std::ranges::any_of(days, [&](const Period& part) { return part.contains(today); });
  };
  if (is_open(cases.of_whole_student(student))) return found;
  for (const auto index : cases.events(student)) {
    const Event& event = data.events[index];
    if (!event.subject || !is_decision(event.kind) || std::ranges::find(found, *event.subject) != found.end()) continue;
    if (is_open(cases.of_subject(student, *event.subject))) found.push_back(*event.subject);
  }
  std::ranges::sort(found);
  return found;
}

Cell subjects_cell(const Dataset& data, const std::vector<SubjectIndex>& subjects, bool for_people) {
  if (subjects.empty() && for_people) return Cell(say("all subjects"));
  std::vector<std::string> names;
  Cell::List list;
  for (const SubjectIndex subject : subjects) {
    names.push_back(data.subjects[subject]);
    list.emplace_back(data.subjects[subject]);
  }
  return for_people ? Cell(joined(names)) : Cell(std::move(list));
}

struct LastMark {
  Mark mark;
  std::int32_t full = 0;
  std::int32_t pass = 0;
};

std::map<SubjectIndex, LastMark> last_marks(const Dataset& data, StudentIndex student, Date today) {
  std::map<SubjectIndex, LastMark> last;
  for (const Exam& exam : data.exams) {
    if (exam.date > today) continue;
    for (const ExamSubject& column : exam.subjects) {
      const Mark mark = exam.mark(student, column.subject);
      if (mark.present()) last[column.subject] = {mark, column.full, column.pass};
    }
  }
  return last;
}

/// The last mark in each subject of the case; of the whole student in each that is below its pass mark.
Cell marks_cell(const Dataset& data, const std::map<SubjectIndex, LastMark>& last, const std::vector<SubjectIndex>& subjects,
                bool for_people) {
  std::vector<Message> words;
  Cell::List list;
  for (const auto& [subject, one] : last) {
    const bool is_meant = subjects.empty() ? one.mark.hundredths() < one.pass : std::ranges::find(subjects, subject) != subjects.end();
    if (!is_meant) continue;
    words.push_back(as_data(data.subjects[subject] + " " + to_string(one.mark) + "/" + hundredths_to_string(one.full)));
    Record record;
    record.fields = {
        {"subject", Cell(data.subjects[subject])}, {"mark", Cell(Decimal{one.mark.hundredths()})}, {"full", Cell(Decimal{one.full})}};
    list.emplace_back(std::move(record));
  }
  if (for_people) return words.empty() ? Cell() : Cell(joined(words));
  return list;
}

Cell named_cell(const std::vector<Named>& known, const std::vector<std::string>& ids, bool for_people) {
  std::vector<std::string> names;
  Cell::List list;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(known, id, &Named::id);
    const std::string& name = found == known.end() ? id : found->name;
    if (std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
    list.emplace_back(id);
  }
  if (for_people) return names.empty() ? Cell() : Cell(joined(names));
  return list;
}

Cell categories_cell(const Dataset& data, const Archive* archive, bool for_people) {
  return named_cell(data.policy.archive.categories, archive == nullptr ? std::vector<std::string>{} : archive->categories, for_people);
}

Cell causes_cell(const Dataset& data, const Archive* archive, bool for_people) {
  std::vector<std::string> ids;
  if (archive != nullptr) {
    for (const ArchiveCause& one : archive->causes) ids.push_back(one.cause);
  }
  return named_cell(data.policy.archive.causes, ids, for_people);
}

}  // namespace

Document class_document(const Context& context, ClassIndex in) {
  const Dataset& data = context.data;
  const Date today = context.today;
  const bool for_people = is_for_people(context.format);
  const Cases cases(data, today);
  const Obligations owed = obligations(data, {.today = today});
  const ObligationWords words(data, owed, false);
  const auto contacts = last_contacts(data, today);
  const auto archives = archive_states(data, today);
  Document made;
  made.schema = "help.show-class/1";
  Table table{.key = "items", .when_empty = say("No case is open in this class.")};
  table.columns = {{.key = "student", .title = say("Id")},
                   {.key = "name", .title = say("Name")},
                   {.key = "subjects", .title = say("Subjects")},
                   {.key = "since", .title = say("Since")},
                   {.key = "marks", .title = say("Last marks")},
                   {.key = "categories", .title = say("Categories")},
                   {.key = "causes", .title = say("Causes")},
                   {.key = "carers", .title = say("Who takes care")},
                   {.key = "last_contact", .title = say("Last contact")},
                   {.key = "last_kind", .title = say("What")},
                   {.key = "overdue", .title = say("Overdue"), .align = Align::right},
                   {.key = "goals_met", .title = say("Goals met"), .align = Align::right},
                   {.key = "goals", .title = say("Goals"), .align = Align::right},
                   {.key = "archive_lacks", .title = say("The archive lacks")}};
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    if (data.class_of(student, today) != in) continue;
    const auto days = open_case(cases, student, today);
    if (!days) continue;
    const Interaction* const last = contacts[student];
    const auto is_overdue = [&](const Obligation& item) {
      return item.state == ObligationState::overdue && student_of(data, item.target) == student;
    };
    const auto overdue = std::ranges::count_if(owed.items, is_overdue);
    const Archive* const archive = archive_of(data, student);
    std::int64_t met = 0;
    std::int64_t goals = 0;
    if (archive != nullptr) {
      for (const Goal& goal : archive->goals) met += progress_of(data, *archive, goal, today).state == GoalState::met ? 1 : 0;
      goals = std::ssize(archive->goals);
    }
    const auto state = std::ranges::find(archives, student, &ArchiveState::student);
    const bool lacks_nothing = state == archives.end() || state->missing.empty();
    const InteractionKind* const kind = last == nullptr ? nullptr : &data.policy.kinds[last->kind];
    const std::vector<SubjectIndex> subjects = case_subjects(data, cases, student, today);
    table.rows.push_back({data.students[student].id, data.students[student].name, subjects_cell(data, subjects, for_people), days->from,
                          marks_cell(data, last_marks(data, student, today), subjects, for_people),
                          categories_cell(data, archive, for_people), causes_cell(data, archive, for_people),
                          people_cell(data, words, carers_of(data, student, today), context.format),
                          last == nullptr ? Cell() : Cell(last->date),
                          kind == nullptr ? Cell()
                          : for_people    ? Cell(name_of(*kind))
                                          : Cell(kind->id),
                          overdue, met, goals, lacks_nothing ? Cell() : parts_cell(state->missing, for_people)});
  }
  made.head.push_back(
      say("{0}, on {1}: {2}", class_name(data, in), to_string(today), counted(std::ssize(table.rows), "{0} open case", "{0} open cases")));
  made.facts.fields = {{"today", Cell(today)}, {"class", Cell(data.classes[in].id)}, {"name", Cell(class_name(data, in))}};
  made.tables.push_back(std::move(table));
  return made;
}

Document full_archives_document(const Context& context, std::optional<ClassIndex> in) {
  const Dataset& data = context.data;
  const Cases cases(data, context.today);
  std::vector<std::pair<ClassIndex, StudentIndex>> students;
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    const auto own = data.class_of(student, context.today);
    if (own && (!in || own == in) && open_case(cases, student, context.today)) students.emplace_back(*own, student);
  }
  std::ranges::sort(students);
  Document made;
  made.schema = "help.show-archives-full/1";
  const Message count = counted(std::ssize(students), "{0} archive", "{0} archives");
  made.head.push_back(say("{0}, on {1}: {2}", in ? class_name(data, in) : data.school.name, to_string(context.today), count));
  for (const auto& [own, student] : students)
    made.parts.push_back(student_document(context, student, {.full = true, .with_private = false}));
  return made;
}

Document archives_document(const Context& context) {
  const Dataset& data = context.data;
  const bool for_people = is_for_people(context.format);
  std::vector<ArchiveState> states = archive_states(data, context.today);
  const auto all = std::ssize(states);
  std::erase_if(states, [](const ArchiveState& state) { return state.missing.empty(); });
  std::ranges::stable_sort(states, [](const ArchiveState& a, const ArchiveState& b) { return a.overdue_days > b.overdue_days; });
  const Obligations nothing;
  const ObligationWords words(data, nothing, false);
  Document made;
  made.schema = "help.show-archives/1";
  made.head.push_back(data.policy.archive.required.empty() ? say("The policy asks nothing of archives.")
                                                           : say("Archives on {0}: {1} of {2} have what the policy asks for.",
                                                                 to_string(context.today), all - std::ssize(states), all));
  made.facts.fields = {{"today", Cell(context.today)}, {"cases", Cell(all)}};
  Table table{.key = "items"};
  table.columns = {{.key = "student", .title = say("Id")},
                   {.key = "name", .title = say("Name")},
                   {.key = "class", .title = say("Class")},
                   {.key = "keepers", .title = say("Kept by")},
                   {.key = "due", .title = say("Due")},
                   {.key = "overdue_days", .title = say("Overdue days"), .align = Align::right},
                   {.key = "lacks", .title = say("The archive lacks")}};
  for (const ArchiveState& state : states) {
    const auto in = data.class_of(state.student, context.today);
    std::vector<Party> keepers;
    for (const StaffIndex who : state.keepers) keepers.push_back({Party::Kind::staff, who});
    table.rows.push_back({data.students[state.student].id, data.students[state.student].name,
                          in ? Cell(for_people ? class_name(data, in) : data.classes[*in].id) : Cell(),
                          people_cell(data, words, keepers, context.format), state.due, state.overdue_days,
                          parts_cell(state.missing, for_people)});
  }
  made.tables.push_back(std::move(table));
  return made;
}

Document waiting_document(const Context& context) {
  const Dataset& data = context.data;
  const Date today = context.today;
  const bool for_people = is_for_people(context.format);
  const Cases cases(data, today);
  const auto contacts = last_contacts(data, today);
  SchoolDayBook book(data, {first_known_day(data.calendar, today), today});
  struct Waiting {
    CaseKey about;
    Date since = {};
    std::string_view code;
    Message what;
    int days = 0;
  };
  std::vector<Waiting> found;
  const auto add = [&](CaseKey about, Date since, std::string_view code, Message what) {
    const DayGroup group{.in_class = data.class_of(about.student, today), .grade = std::nullopt};
    const int days = book.school_days(group, since + Days{1}, today);
    found.push_back({about, since, code, std::move(what), days});
  };
  // Suggested by the last list, and nobody has said anything since: subject by subject, since a case in one subject answers no other.
  const DecisionSteps steps(data, today);
  const SavedList* const list = steps.last_list();
  for (const Suggestion& one : list == nullptr ? std::vector<Suggestion>{} : steps.suggestions(*list)) {
    if (!data.class_of(one.about.student, today)) continue;
    const SuggestionStanding standing = steps.standing(one, *list);
    if (standing.state != SuggestionStanding::State::open || standing.decision.state == CaseState::confirmed) continue;
    const Date since = standing.held ? std::max(list->at, data.exams[*standing.held].date) : list->at;
    add(one.about, since, "not-decided", say("suggested, not decided yet"));
  }
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    const auto days = open_case(cases, student, today);
    if (!days) continue;
    if (carers_of(data, student, today).empty()) {
      add({student, std::nullopt}, days->from, "nobody", say("nobody takes care yet"));
    } else if (contacts[student] == nullptr || contacts[student]->date < days->from) {
      add({student, std::nullopt}, days->from, "no-contact", say("no contact yet"));
    }
  }
  std::ranges::stable_sort(found, [](const Waiting& a, const Waiting& b) { return a.days > b.days; });
  Document made;
  made.schema = "help.show-waiting/1";
  made.head.push_back(say("Waiting on {0}, in school days", to_string(today)));
  made.facts.fields = {{"today", Cell(today)}};
  Table table{.key = "items", .when_empty = say("Nobody waits.")};
  table.columns = {{.key = "student", .title = say("Id")},
                   {.key = "name", .title = say("Name")},
                   {.key = "class", .title = say("Class")},
                   {.key = "subject", .title = say("Subject")},
                   {.key = "what", .title = say("What")},
                   {.key = "since", .title = say("Since")},
                   {.key = "school_days", .title = say("School days"), .align = Align::right}};
  for (Waiting& one : found) {
    const auto in = data.class_of(one.about.student, today);
    table.rows.push_back({data.students[one.about.student].id, data.students[one.about.student].name,
                          in ? Cell(for_people ? class_name(data, in) : data.classes[*in].id) : Cell(),
                          subject_or_null(data, one.about.subject), for_people ? Cell(std::move(one.what)) : Cell(one.code), one.since,
                          one.days});
  }
  made.tables.push_back(std::move(table));
  return made;
}

}  // namespace help
