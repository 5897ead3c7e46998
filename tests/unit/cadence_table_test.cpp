// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "assets/assets.hpp"
#include "model/school_days.hpp"
#include "rules/kinds.hpp"
#include "rules/obligations.hpp"
#include "store/load.hpp"
#include "support/build.hpp"
#include "support/memory_files.hpp"

namespace help::test {
namespace {

/// A school in which every role of the sixteen plans is held. National Day is a week without school; 28 September and 11 October are
/// worked.
constexpr std::string_view school_file = R"(school: {name: 表格学校}
policy: policy.yaml
terms:
  - {id: 2025-fall, name: 上学期, year: 2025, from: 2025-09-01, until: 2026-01-23, midterm: 2025-11-10}
  - {id: 2026-spring, name: 下学期, year: 2025, from: 2026-02-25, until: 2026-07-03, midterm: 2026-04-29}
breaks:
  - {name: 国庆节, from: 2025-10-01, until: 2025-10-08}
  - {name: 元旦, from: 2026-01-01, until: 2026-01-03}
  - {name: 清明节, from: 2026-04-04, until: 2026-04-06}
  - {name: 劳动节, from: 2026-05-01, until: 2026-05-05}
make-up-days:
  - {date: 2025-09-28, because: 国庆节调休}
  - {date: 2025-10-11, because: 国庆节调休}
  - {date: 2026-01-04, because: 元旦调休}
  - {date: 2026-05-09, because: 劳动节调休}
)";
constexpr std::string_view staff_file = R"(- {id: T01, name: 班主任, roles: []}
- {id: T02, name: 任课, roles: []}
- {id: T03, name: 导师, roles: []}
- {id: T04, name: 校长, roles: [{role: principal}, {role: vice-principal}]}
- {id: T05, name: 教务, roles: [{role: teaching-office}, {role: teaching-director}]}
- {id: T06, name: 辅导员, roles: [{role: counsellor}, {role: student-office-head}]}
- {id: T07, name: 室主任, roles: [{role: office-head, body: B-major}, {role: department-leader, body: B-department}]}
- {id: T08, name: 帮扶, roles: []}
)";
constexpr std::string_view students_file = R"(- {id: S1, name: 甲, classes: [{class: c1, from: 2025-09-01}]}
- {id: S2, name: 乙, classes: [{class: c1, from: 2025-09-01}]}
)";
constexpr std::string_view classes_file = "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T01}]}\n";
constexpr std::string_view teaching_file =
    "- {staff: T02, subject: 物理, class: c1}\n- {staff: T03, subject: 美术, class: c1, until: 2025-11-14}\n";
constexpr std::string_view bodies_file = R"(- {id: B-leading, name: 领导小组, kind: leading-group}
- {id: B-department, name: 系, kind: department}
- {id: B-major, name: 专业, kind: major}
- {id: B-physics, name: 物理组, kind: subject-group}
- {id: B-partner, name: 对口学校, kind: partner-school}
)";
constexpr std::string_view pairs_file = R"(- {id: k7f3q2w9x0, student: S1, staff: T03, role: mentor, from: 2025-08-25}
- {id: k7f3q2w9x1, student: S1, peer: S2, role: student-cadre, from: 2025-08-25}
- {id: k7f3q2w9x2, student: S1, staff: T08, role: helper, from: 2025-08-25}
)";
constexpr std::string_view events_file = R"(- {id: k7f3q2w9x3, date: 2025-08-25, kind: confirmed, subject: 物理}
- {id: k7f3q2w9x4, date: 2025-10-21, kind: progress}
- {id: k7f3q2w9x5, date: 2026-06-10, kind: released, subject: 物理}
)";
std::string exam_file(std::string_view id, std::string_view kind) {
  std::ostringstream file;
  file << "exam: {id: " << id << "-" << kind << ", name: 考, kind: " << kind << ", term: 2025-fall, date: " << id
       << "}\nsubjects:\n  物理: {full: 100}\ncolumns: [物理]\nscores:\n  S1: [50]\n";
  return file.str();
}

Dataset world(std::string_view policy) {
  MemoryFiles files;
  files.files() = {{"help.yaml", std::string(school_file)},
                   {"roster/staff.yaml", std::string(staff_file)},
                   {"roster/students.yaml", std::string(students_file)},
                   {"roster/classes.yaml", std::string(classes_file)},
                   {"roster/teaching.yaml", std::string(teaching_file)},
                   {"roster/bodies.yaml", std::string(bodies_file)},
                   {"pairs/2025.yaml", std::string(pairs_file)},
                   {"events/S1.yaml", std::string(events_file)},
                   {"grades/2025-10-15-unit.yaml", exam_file("2025-10-15", "unit")},
                   {"grades/2025-10-30-monthly.yaml", exam_file("2025-10-30", "monthly")}};
  const auto found = std::ranges::find(policies(), policy, &Asset::name);
  REQUIRE(found != policies().end());
  files.files()["policy.yaml"] = std::string(found->bytes);
  auto loaded = load(files, rule_shapes(), {});
  for (const auto& problem : loaded.problems) {
    INFO(policy << ": " << problem.where.path << ":" << problem.where.line << " " << problem.code);
    CHECK(problem.severity != Severity::error);
  }
  return std::move(loaded.data);
}

/// A line of the table: one of the 80 entries, and one window of it.
struct Row {
  std::string_view rule;    ///< of the plan
  std::string_view policy;  ///< the example that writes it
  std::string_view duty;
  int owed;
  std::string_view first;
  std::string_view due;
  std::string_view until;  ///< the last day on which it can be made up for; empty: none is known
};

constexpr std::array rule_rows{
#include "cadence_table.inc"
};

/// The four entries that are windows, not duties: their phases.
struct PhaseRow {
  std::string_view rule;
  std::string_view policy;
  std::string_view days;
};
constexpr std::array<PhaseRow, 12> phase_table{{
    {"TB-03", "toubao-town", "2025-04-20..2025-07-31"},
    {"GU-24", "guo-qieduan-2009", "2009-03-01..2009-04-30"},
    {"GU-24", "guo-qieduan-2009", "2009-05-01..2009-05-31"},
    {"GU-24", "guo-qieduan-2009", "2009-06-01..2009-12-31"},
    {"GU-24", "guo-qieduan-2009", "2010-01-01..2010-01-31"},
    {"XX-01", "xiaoxue-2011", "2011-02-21..2011-03-15"},
    {"XX-01", "xiaoxue-2011", "2011-03-15..2011-06-20"},
    {"XX-01", "xiaoxue-2011", "2011-06-20..2011-07-01"},
    {"YQ-17", "yanqing-yanjiu", "2007-10-01..2008-07-31"},
    {"YQ-17", "yanqing-yanjiu", "2008-09-01..2009-01-31"},
    {"YQ-17", "yanqing-yanjiu", "2009-12-01..2010-07-31"},
    {"YQ-17", "yanqing-yanjiu", "2010-09-01..2010-12-31"},
}};

/// The 47 periodic, 15 event-triggered and 16 one-off entries of the plans, and two more.
constexpr std::string_view all_rules =
    "FZ-11 FZ-12 FZ-13 FZ-14 FZ-18 FZ-19 FZ-20 YN-16 YN-19 YN-20 YN-22 TB-19 TB-20 QN-04 QN-05 QN-26 QN-27 QN-28 QN-30 QX-03 QX-05 QX-12 "
    "CW-05 SX-05 SX-06 SX-07 BF-03 BF-07 BF-12 BF-15 BF-16 BF-26 BS-05 BS-06 BS-10 BS-11 BS-13 BS-15 BS-17 YQ-06 TS-10 TS-11 TS-14 XX-11 "
    "XX-14 XX-17 XX-20 CW-06 BF-22 BF-24 BF-35 XX-19 PT-21 GU-16 YN-28 FZ-15 QN-10 QN-19 QN-32 YN-21 BF-36 TS-13 FZ-08 FZ-09 TB-16 TB-17 "
    "TB-03 PT-12 QN-12 GU-10 GU-24 SX-02 BS-03 BF-13 MD-06 BS-08 BS-09 TS-03 TS-04 XX-01 YQ-17 BF-40 PT-28";

/// One duty of one example policy, with a log that grows line by line.
class Desk {
 public:
  Desk(std::string_view policy, std::string_view duty) : data_(world(policy)) {
    const auto& duties = data_.policy.cadence.duties;
    const auto found = std::ranges::find(duties, duty, &Duty::id);
    REQUIRE_MESSAGE(found != duties.end(), duty);
    index_ = static_cast<std::uint32_t>(found - duties.begin());
    // What the duties of `after: {record: …}` follow.
    for (const auto kind : found->after.records) {
      Interaction record = blank(day("2025-10-20"), kind);
      record.first_student = add_student(0);
      record.student_count = 1;
      InteractionWords words;
      words.to = {"T03"};
      record.words = add_words(words);
      add(record);
    }
  }

  [[nodiscard]] const Duty& duty() const { return data_.policy.cadence.duties[index_]; }

  /// The obligation with this due day; of several the first that somebody owes.
  [[nodiscard]] std::optional<Obligation> at(Date today, Date due) {
    all_ = obligations(data_, {.today = today, .windows = Period{due, due}, .duty = index_, .with_entries = true});
    for (const auto& item : all_.items) {
      if (item.due == due && item.ower_count > 0) return item;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string state(Date today, Date due) {
    const auto found = at(today, due);
    return found ? std::string(word_of(found->state)) : "none";
  }
  [[nodiscard]] std::vector<EntryVerdict> verdicts(Date today, Date due) {
    std::vector<EntryVerdict> found;
    if (const auto item = at(today, due)) {
      for (const auto& entry : all_.entries_of(*item)) found.push_back(entry.verdict);
    }
    return found;
  }

  /// Writes what the obligation asks for, `times` times on one day.
  void write(const Obligation& item, Date date, int times, bool by_stranger = false) {
    std::vector<Party> owers;
    for (const auto& ower : all_.owers_of(item)) owers.push_back(ower.party);
    for (int time = 0; time < times; ++time) {
      Interaction entry = blank(date, duty().does.front());
      entry.owner = entry.by = by_stranger ? Party{Party::Kind::staff, 7} : owers.front();
      entry.given = duty().needs | bit_of(InteractionField::note) | bit_of(InteractionField::student_present);
      entry.student_was_present = duty().student_present.value_or(true);
      InteractionWords words;
      words.to = duty().to;
      if (duty().together) words.with = owers;
      switch (item.target.kind) {
        case Target::Kind::student:
          if (duty().target == DutyFor::self) break;
          entry.first_student = add_student(item.target.index);
          entry.student_count = 1;
          break;
        case Target::Kind::pair:
          entry.first_student = add_student(data_.pairs[item.target.index].student);
          entry.student_count = 1;
          break;
        case Target::Kind::school_class:
          entry.in_class = item.target.index;
          break;
        case Target::Kind::grade:
          entry.grade = static_cast<int>(item.target.index);
          break;
        case Target::Kind::body:
          words.body = item.target.index;
          break;
        case Target::Kind::staff:
          words.to.push_back(data_.staff[item.target.index].id);
          break;
        case Target::Kind::school:
          break;
      }
      entry.words = add_words(words);
      add(entry);
    }
  }

  [[nodiscard]] Desk fresh() const {
    Desk copy = *this;
    return copy;
  }

 private:
  [[nodiscard]] Interaction blank(Date date, InteractionKindIndex kind) const {
    Interaction entry;
    entry.id = data_.log.entries.size() + 1;
    entry.date = date;
    entry.kind = kind;
    return entry;
  }
  std::uint32_t add_student(std::uint32_t student) {
    data_.log.students.push_back(student);
    return static_cast<std::uint32_t>(data_.log.students.size() - 1);
  }
  std::uint32_t add_words(const InteractionWords& words) {
    data_.log.words.push_back(words);
    return static_cast<std::uint32_t>(data_.log.words.size() - 1);
  }
  void add(const Interaction& entry) {
    auto& entries = data_.log.entries;
    const auto place = std::ranges::upper_bound(entries, std::pair(entry.date, entry.id), {},
                                                [](const Interaction& one) { return std::pair(one.date, one.id); });
    entries.insert(place, entry);
  }

  Dataset data_;
  std::uint32_t index_ = 0;
  Obligations all_;
};

bool counts(const std::vector<EntryVerdict>& verdicts, EntryVerdict verdict) {
  return std::ranges::find(verdicts, verdict) != verdicts.end();
}

/// The day after a due day on which somebody would first be told.
std::optional<Date> first_overdue(Desk& desk, Date due, Date until) {
  for (Date today = due + Days{1}; today <= std::min(until, due + Days{90}); today += Days{1}) {
    if (desk.state(today, due) == "overdue") return today;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("Every cadence of the plans is written in an example policy: met, late, missed") {
  for (const Row& row : rule_rows) {
    INFO(std::string(row.rule) << " " << std::string(row.policy) << "/" << std::string(row.duty));
    const Desk desk(row.policy, row.duty);
    CHECK(desk.duty().source.find(row.rule) != std::string::npos);
    const Date due = day(row.due);
    const Date first = day(row.first);
    const Date until = row.until.empty() ? Date::max() : day(row.until);

    Desk empty = desk.fresh();
    const auto asked = empty.at(due, due);
    REQUIRE_MESSAGE(asked.has_value(), "nobody owes anything that is due on " << std::string(row.due));
    CHECK(to_string(asked->first) == row.first);
    CHECK((asked->until == Date::max() ? "" : to_string(asked->until)) == row.until);
    CHECK(asked->owed == row.owed);
    CHECK(asked->never_met);
    if (!desk.duty().average) {
      CHECK(empty.state(due, due) == "due-soon");
      if (until != Date::max()) CHECK(empty.state(until + Days{1}, due) == "missed");
      // After the last day of a term no school day makes anything late.
      const bool ends_term = row.due == "2026-01-23" || row.due == "2026-07-03";
      if (until > due + Days{7}) CHECK(first_overdue(empty, due, until).has_value() == !ends_term);
    }

    const int contacts = desk.duty().to.empty() ? row.owed : row.owed / static_cast<int>(desk.duty().to.size());
    Desk met = desk.fresh();
    REQUIRE(met.at(due, due).has_value());
    met.write(*met.at(due, due), due, contacts);  // on the due day itself, if need be two in one day
    CHECK(met.state(due, due) == "done");
    if (!desk.duty().average) CHECK(met.state(until == Date::max() ? due + Days{200} : until + Days{1}, due) == "done");

    if (contacts > 1) {
      Desk half = desk.fresh();
      half.write(*half.at(due, due), due, contacts - 1);
      CHECK(half.state(due, due) == "due-soon");
      CHECK(half.at(due, due)->served == contacts - 1);
    }
    if (!desk.duty().average && until > due) {
      Desk late = desk.fresh();
      const Date day_after = std::min(until, due + Days{1});
      late.write(*late.at(due, due), day_after, contacts);
      const auto found = late.at(std::min(until, day_after + Days{1}), due);
      REQUIRE(found.has_value());
      CHECK((found->state == ObligationState::done_late || counts(late.verdicts(day_after, due), EntryVerdict::other_window)));
      CHECK(late.state(due, due) == "due-soon");  // nothing dated after today is seen
    }
    Desk early = desk.fresh();
    early.write(*early.at(due, due), first - Days{1}, contacts);
    CHECK(early.state(due, due) != "done");
    Desk stranger = desk.fresh();
    stranger.write(*stranger.at(due, due), due, contacts, true);
    if (row.duty != "helper-report" && row.duty != "first-round" && !desk.duty().together) CHECK(stranger.state(due, due) != "done");
  }
}

TEST_CASE("The phases of the plans are the days that they name") {
  for (const PhaseRow& row : phase_table) {
    INFO(std::string(row.rule) << " " << std::string(row.days));
    const Dataset data = world(row.policy);
    const bool found = std::ranges::any_of(data.policy.cadence.phases, [&](const Phase& phase) {
      const auto all = days_of(phase, {day("2005-01-01"), day("2026-12-31")});
      return phase.source == row.rule &&
             std::ranges::any_of(all, [&](const Period& one) { return to_string(one.from) + ".." + to_string(one.until) == row.days; });
    });
    CHECK(found);
  }
}

TEST_CASE("The table leaves no rule of the plans out") {
  std::set<std::string> written;
  for (const Row& row : rule_rows) written.emplace(row.rule);
  for (const PhaseRow& row : phase_table) written.emplace(row.rule);
  std::istringstream rules{std::string(all_rules)};
  for (std::string rule; rules >> rule;) CHECK_MESSAGE(written.contains(rule), rule);
}

TEST_CASE("By Thursday: Thursday is in time, Friday is late, and two talks in one week do not serve two weeks") {
  Desk desk("fangzai-houjin", "talk-one-on-one");
  const Date thursday = day("2025-11-13");
  const auto week = desk.at(thursday, thursday);
  REQUIRE(week.has_value());
  desk.write(*week, thursday, 2);
  CHECK(desk.state(day("2025-11-14"), thursday) == "done");
  CHECK(desk.state(day("2025-11-14"), day("2025-11-06")) == "done-late");  // the second makes up for the week before
  CHECK(desk.state(day("2025-11-20"), day("2025-11-20")) == "due-soon");   // nothing is done in advance
  Desk friday("fangzai-houjin", "talk-one-on-one");
  const auto again = friday.at(day("2025-09-04"), day("2025-09-04"));
  friday.write(*again, day("2025-09-05"), 1);
  CHECK(friday.state(day("2025-09-05"), day("2025-09-04")) == "done-late");
}

TEST_CASE("A week of holiday asks nothing, and the days of the week before it are its own") {
  Desk desk("fangzai-houjin", "talk-one-on-one");
  CHECK(desk.state(day("2025-10-08"), day("2025-10-02")) == "none");
  CHECK(desk.state(day("2025-09-30"), day("2025-09-30")) == "due-soon");  // Thursday the second is a holiday: due on Tuesday
  CHECK(desk.state(day("2025-10-11"), day("2025-10-09")) == "overdue");   // the Saturday is worked
}

TEST_CASE("The last day of term is the last window's due day, and holidays before the next term still make up for it") {
  Desk desk("baifenzi-2015", "home-visit");
  const Date last = day("2026-01-23");
  CHECK(desk.state(last, last) == "due-soon");
  const auto month = desk.at(last, last);
  desk.write(*month, day("2026-02-01"), 1);
  CHECK(desk.state(day("2026-02-02"), last) == "done-late");
  CHECK(Desk("baifenzi-2015", "home-visit").state(day("2026-02-25"), last) == "missed");
}

TEST_CASE("Once a week on average: a week may be left out as long as the sum is right") {
  Desk desk("chuer-wuli-2016", "talk");
  const Date first_week = day("2025-09-07");
  const auto before = desk.at(day("2025-09-07"), first_week);
  REQUIRE(before.has_value());
  CHECK(before->state == ObligationState::due_soon);
  const auto third = desk.at(day("2025-09-22"), first_week);  // three weeks have ended: the first missing talk was due in the first
  REQUIRE(third.has_value());
  CHECK(third->owed == 3);
  CHECK(third->state == ObligationState::overdue);
  CHECK(third->overdue_days == 11);
  desk.write(*third, day("2025-09-17"), 3);  // all in the third week
  CHECK(desk.state(day("2025-09-22"), day("2025-09-28")) == "due");
  CHECK(desk.state(day("2025-09-29"), day("2025-09-28")) == "overdue");
}

TEST_CASE("The task table of a term: dated tasks by day, then the repeated, then what follows events, then what nobody is held to") {
  const Dataset data = world("fangzai-houjin");
  std::vector<std::string> ids;
  for (const TaskRow& row : task_table(data, 0)) {
    REQUIRE(row.duty.has_value());
    ids.push_back(data.policy.cadence.duties[*row.duty].id);
  }
  CHECK(ids == Names{"archive", "division", "pair-help", "symposium", "talk-one-on-one", "talk", "relay", "review-meeting",
                     "exchange-meeting", "parents", "work-meeting"});
  const auto rows = task_table(data, 0);
  CHECK(to_string(*rows.front().due) == "2025-11-28");
  CHECK(to_string(*rows[1].due) == "2025-11-28");  // the thirtieth is a Sunday
  CHECK(rows.front().remark.data == "FZ-08");
  const Dataset town = world("toubao-town");
  const auto spring = task_table(town, 1);
  REQUIRE(!spring.empty());
  const auto phase = std::ranges::find_if(spring, [](const TaskRow& row) { return row.phase.has_value(); });
  REQUIRE(phase != spring.end());
  CHECK(to_string(*phase->first) == "2026-04-20");
}

TEST_CASE("What is pressing: never met first, then longest overdue, then what is due soon") {
  Obligations all;
  all.today = day("2025-11-12");
  const auto add = [&](ObligationState state, bool never_met, int overdue, std::string_view due) {
    Obligation item;
    item.state = state;
    item.never_met = never_met;
    item.overdue_days = overdue;
    item.due = day(due);
    all.items.push_back(item);
  };
  add(ObligationState::due_soon, true, 0, "2025-11-13");
  add(ObligationState::overdue, false, 9, "2025-11-03");
  add(ObligationState::done, false, 0, "2025-11-12");
  add(ObligationState::overdue, true, 2, "2025-11-10");
  add(ObligationState::due, false, 0, "2025-11-12");
  add(ObligationState::overdue, false, 12, "2025-10-30");
  add(ObligationState::missed, false, 0, "2025-10-01");
  add(ObligationState::waived, false, 0, "2025-10-01");
  add(ObligationState::done, false, 0, "2025-11-13");  // came early: it comes due tomorrow
  CHECK(pressing(all) == std::vector<std::uint32_t>{3, 5, 1, 0, 4});
  CHECK(tally(all) == Tally{5, 1, 0, 1, 3});
}

}  // namespace help::test
