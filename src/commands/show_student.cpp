// SPDX-License-Identifier: MIT
// One student's archive.
#include <algorithm>
#include <array>
#include <map>

#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "commands/overdue_words.hpp"
#include "commands/show.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "rules/archives.hpp"
#include "rules/cases.hpp"
#include "rules/clause.hpp"
#include "rules/holders.hpp"
#include "rules/judge.hpp"
#include "store/id_table.hpp"
#include "store/log_entry.hpp"

namespace help {
namespace {

constexpr std::size_t contacts_shown = 10;

constexpr auto profile_names = std::to_array<CodeName>({{"study-base", later("Learnt so far")},
                                                        {"attitude", later("Attitude")},
                                                        {"character", later("Character")},
                                                        {"discipline", later("Rules")},
                                                        {"life", later("Everyday life")},
                                                        {"address", later("Address")},
                                                        {"family", later("Family")},
                                                        {"economy", later("Means of the family")},
                                                        {"parents-work", later("Parents' work")},
                                                        {"parenting", later("Upbringing")},
                                                        {"health", later("Health")},
                                                        {"psychology", later("How the child feels")},
                                                        {"note", later("Note")}});

Message name_of_field(Tracking::Field field) {
  switch (field) {
    case Tracking::Field::family:
      return say("at home");
    case Tracking::Field::society:
      return say("outside");
    case Tracking::Field::school:
      break;
  }
  return say("at school");
}

std::string_view word_of(Tracking::Field field) {
  constexpr std::array<std::string_view, 3> words{"family", "society", "school"};
  return words[static_cast<std::size_t>(field)];
}

Message name_of_horizon(Goal::Horizon horizon) {
  switch (horizon) {
    case Goal::Horizon::long_term:
      return say("far");
    case Goal::Horizon::stage:
      return say("stage");
    case Goal::Horizon::short_term:
      break;
  }
  return say("near");
}

std::string_view word_of(Goal::Horizon horizon) {
  constexpr std::array<std::string_view, 3> words{"short", "long", "stage"};
  return words[static_cast<std::size_t>(horizon)];
}

std::string_view word_of(Goal::SetBy by) {
  constexpr std::array<std::string_view, 4> words{"", "teacher", "student", "both"};
  return words[static_cast<std::size_t>(by)];
}

Message name_of(Goal::SetBy by) {
  switch (by) {
    case Goal::SetBy::teacher:
      return say("by the teacher");
    case Goal::SetBy::student:
      return say("by the student");
    case Goal::SetBy::both:
      return say("by both");
    case Goal::SetBy::unsaid:
      break;
  }
  return {};
}

/// A mark out of the full mark of its exam.
struct Point {
  ExamIndex exam = 0;
  Mark mark;
  std::int32_t full = 0;
  std::uint32_t row = 0;
  std::size_t column = 0;
};

/// The marks in one subject, by date.
struct ExamSeries {
  SubjectIndex subject = 0;
  std::vector<Point> points;

  /// The latest that is a mark.
  [[nodiscard]] const Point* latest() const {
    const auto found = std::find_if(points.rbegin(), points.rend(), [](const Point& point) { return point.mark.present(); });
    return found == points.rend() ? nullptr : &*found;
  }
};

/// The marks as shares of full, one sign each, lowest to highest; a dot where there is none.
std::string sparkline(const ExamSeries& series) {
  constexpr std::array<std::string_view, 8> heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string line;
  for (const Point& point : series.points) {
    if (!point.mark.present()) {
      line += "·";
      continue;
    }
    const std::int64_t eighth = std::int64_t{point.mark.hundredths()} * 8 / std::max(point.full, 1);
    line += heights[static_cast<std::size_t>(std::clamp<std::int64_t>(eighth, 0, 7))];
  }
  return line;
}

class StudentView {
 public:
  StudentView(const Context& context, StudentIndex student, const ArchiveReading& reading)
      : context_(context),
        data_(context.data),
        student_(student),
        who_(data_.students[student]),
        reading_(reading),
        reader_(reading.reader),
        me_(reading.me),
        today_(context.today),
        archive_(archive_of(data_, student)),
        judge_(data_, Question{.today = context.today}, true),
        owed_(reader_ == Reader::family ? Obligations{} : obligations(data_, {.today = context.today, .student = student})),
        words_(data_, owed_, true) {}

  Document document() {
    Document made;
    made.schema = "help.show-student/1";
    head(made);
    marks(made);
    if (reader_ != Reader::family) case_state(made);
    carers(made);
    measures(made);
    goals(made);
    if (reader_ != Reader::family) {
      problems(made);
      reviews(made);
      tracking(made);
      events(made);
      contacts(made);
      duties(made);
    } else {
      praise(made);
    }
    if (reader_ == Reader::internal && reading_.with_private) private_part(made);
    return made;
  }

 private:
  [[nodiscard]] bool for_people() const { return is_for_people(context_.format); }
  [[nodiscard]] Cell person(std::optional<StaffIndex> staff) const {
    if (!staff) return {};
    const Party party{Party::Kind::staff, *staff};
    return for_people() ? Cell(words_.party(party)) : words_.party_cell(party);
  }
  /// A text of a colleague that only those who lead the work may read.
  [[nodiscard]] bool may_read(std::optional<StaffIndex> author) const { return reader_ != Reader::teacher || (author && author == me_); }

  void head(Document& made) const {
    const auto in = data_.class_of(student_, today_);
    made.head.push_back(in ? say("{0} {1}, {2}, on {3}", who_.id, who_.name, class_name(data_, in), to_string(today_))
                           : say("{0} {1}, in no class, on {2}", who_.id, who_.name, to_string(today_)));
    made.facts.fields = {{"today", Cell(today_)},
                         {"student", Cell(who_.id)},
                         {"name", Cell(who_.name)},
                         {"class", in ? Cell(data_.classes[*in].id) : Cell()},
                         {"grade", in ? Cell(data_.grade_of(*in, today_)) : Cell()}};
    if (archive_ == nullptr) {
      if (reader_ != Reader::family) made.head.push_back(say("There is no archive yet: cases/{0}.yaml.", who_.id));
      return;
    }
    const auto line = [&](std::string_view key, const Message& title, const std::vector<Message>& values, Cell::List codes) {
      if (values.empty()) return;
      made.head.push_back(say("{0}: {1}", title, joined(values)));
      made.facts.fields.emplace_back(key, std::move(codes));
    };
    const auto texts = [&](std::string_view key, const Message& title, const std::vector<std::string>& values) {
      std::vector<Message> shown;
      Cell::List cells;
      for (const std::string& value : values) {
        shown.push_back(as_data(value));
        cells.emplace_back(value);
      }
      line(key, title, shown, std::move(cells));
    };
    if (reader_ != Reader::family) {
      if (archive_->keeper) {
        made.head.push_back(say("Kept by {0}", words_.party({Party::Kind::staff, *archive_->keeper})));
        made.facts.fields.emplace_back("keeper", words_.party_cell({Party::Kind::staff, *archive_->keeper}));
      }
      std::vector<Message> names;
      Cell::List codes;
      for (const std::string& category : archive_->categories) {
        names.push_back(name_in(data_.policy.archive.categories, category));
        codes.emplace_back(category);
      }
      line("categories", say("Categories"), names, std::move(codes));
      causes(made);
      for (const ProfileText& one : archive_->profile) made.head.push_back(say("{0}: {1}", name_in(profile_names, one.key), one.text));
      Record profile;
      for (const ProfileText& one : archive_->profile) profile.fields.emplace_back(one.key, Cell(one.text));
      if (!profile.fields.empty()) made.facts.fields.emplace_back("profile", std::move(profile));
    }
    texts("hobbies", say("Hobbies"), archive_->hobbies);
    texts("strengths", say("Strengths"), archive_->strengths);
  }

  void causes(Document& made) const {
    std::vector<Message> shown;
    Cell::List cells;
    for (const ArchiveCause& one : archive_->causes) {
      Message name = name_in(data_.policy.archive.causes, one.cause);
      if (one.subject) name = say("{0} ({1})", std::move(name), data_.subjects[*one.subject]);
      shown.push_back(one.note.empty() ? std::move(name) : say("{0}: {1}", std::move(name), one.note));
      Record record;
      record.fields = {{"cause", Cell(one.cause)},
                       {"subject", one.subject ? Cell(data_.subjects[*one.subject]) : Cell()},
                       {"note", text_or_null(one.note)}};
      cells.emplace_back(std::move(record));
    }
    for (Message& one : shown) made.head.push_back(say("Cause: {0}", std::move(one)));
    if (!cells.empty()) made.facts.fields.emplace_back("causes", std::move(cells));
  }

  [[nodiscard]] std::vector<ExamSeries> all_series() const {
    std::vector<ExamSeries> found;
    for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
      ExamSeries series{.subject = subject, .points = {}};
      for (ExamIndex index = 0; index < data_.exams.size(); ++index) {
        const Exam& exam = data_.exams[index];
        const auto column = exam.column_of(subject);
        if (exam.date > today_ || !exam.retests.empty() || !column) continue;
        const Sitting& sitting = judge_.sitting(index);
        const auto row = sitting.row_of(student_);
        if (row == Sitting::no_row || sitting.mark(row, *column).state() == Mark::State::not_examined) continue;
        const MarkCell cell = sitting.cell(row, *column);
        series.points.push_back({index, cell.mark, cell.full, row, *column});
      }
      if (!series.points.empty()) found.push_back(std::move(series));
    }
    return found;
  }

  /// The share of the grade that is strictly below, in whole percent; nothing where the group is too small for the policy.
  [[nodiscard]] std::optional<int> percent_below(const Point& point) const {
    const Standings& standings = judge_.sitting(point.exam).standings(point.column, Compared::grade);
    const auto group = judge_.sitting(point.exam).groups(Compared::grade).of_row[point.row];
    const std::int64_t size = standings.groups[group].size;
    if (size < data_.policy.none_below) return std::nullopt;
    return static_cast<int>(std::int64_t{standings.below[point.row]} * 100 / size);
  }

  /// What was gained since the baseline, out of the full mark of the latest exam; nothing where the full marks differ.
  [[nodiscard]] Cell since_baseline(const ExamSeries& series, const Point& latest) const {
    if (archive_ == nullptr || !archive_->baseline) return {};
    const auto& marks = archive_->baseline->marks;
    const auto was = std::ranges::find(marks, series.subject, &std::pair<SubjectIndex, Mark>::first);
    if (was == marks.end() || !was->second.present()) return {};
    const auto exam = data_.find_exam(archive_->baseline->exam);
    if (exam && data_.exams[*exam].date > today_) return {};
    const auto column = exam ? data_.exams[*exam].column_of(series.subject) : std::nullopt;
    const std::int32_t full = column ? data_.exams[*exam].subjects[*column].full : latest.full;
    if (full != latest.full) return {};
    const std::int64_t gained = std::int64_t{latest.mark.hundredths()} - was->second.hundredths();
    if (!for_people() || context_.format == Format::xlsx) return Decimal{gained};  // a workbook reckons with it
    return (gained > 0 ? "+" : "") + hundredths_to_string(gained);
  }

  /// A row for each mark, as a sheet wants it.
  [[nodiscard]] Table every_mark(const std::vector<ExamSeries>& all) const {
    Table table{.key = "marks"};
    table.columns = {{.key = "subject"}, {.key = "exam"}, {.key = "date"}, {.key = "mark"}, {.key = "full"}};
    for (const ExamSeries& series : all) {
      for (const Point& point : series.points) {
        table.rows.push_back({data_.subjects[series.subject], data_.exams[point.exam].id, data_.exams[point.exam].date,
                              point.mark.present() ? Cell(Decimal{point.mark.hundredths()}) : Cell(to_string(point.mark)),
                              Decimal{point.full}});
      }
    }
    return table;
  }

  void marks(Document& made) const {
    std::vector<ExamSeries> all = all_series();
    const auto rank = [&](const ExamSeries& series) {
      const Point* const latest = series.latest();
      const auto percent = latest == nullptr ? std::nullopt : percent_below(*latest);
      return percent ? -*percent : 1;
    };
    // What the student is best at comes first; a family compares its child with nobody.
    if (reader_ != Reader::family) std::ranges::stable_sort(all, {}, rank);
    if (context_.format == Format::csv) {
      made.tables.push_back(every_mark(all));
      return;
    }
    Table table{.key = "marks", .title = say("Marks"), .when_empty = say("No marks yet.")};
    table.columns = {{.key = "subject", .title = say("Subject")},
                     {.key = "course", .title = say("Course")},
                     {.key = "mark", .title = say("Latest"), .align = Align::right},
                     {.key = "full", .title = say("Of"), .align = Align::right},
                     {.key = "exam", .title = say("Exam")},
                     {.key = "since_start", .title = say("Since the start"), .align = Align::right}};
    if (reader_ != Reader::family) table.columns.push_back({.key = "percent_below", .title = say("Ahead of %"), .align = Align::right});
    for (const ExamSeries& series : all) {
      const Point* const latest = series.latest();
      Cell course = sparkline(series);
      if (!for_people()) {
        Cell::List points;
        for (const Point& point : series.points) {
          Record record;
          record.fields = {{"exam", Cell(data_.exams[point.exam].id)},
                           {"date", Cell(data_.exams[point.exam].date)},
                           {"mark", point.mark.present() ? Cell(Decimal{point.mark.hundredths()}) : Cell(to_string(point.mark))},
                           {"full", Cell(Decimal{point.full})}};
          points.emplace_back(std::move(record));
        }
        course = std::move(points);
      }
      std::vector<Cell> row{data_.subjects[series.subject], std::move(course)};
      row.push_back(latest == nullptr ? Cell() : Cell(Decimal{latest->mark.hundredths()}));
      row.push_back(latest == nullptr ? Cell() : Cell(Decimal{latest->full}));
      row.push_back(latest == nullptr ? Cell()
                    : for_people()    ? Cell(exam_title(data_.exams[latest->exam]))
                                      : Cell(data_.exams[latest->exam].id));
      row.push_back(latest == nullptr ? Cell() : since_baseline(series, *latest));
      if (reader_ != Reader::family) {
        const auto percent = latest == nullptr ? std::nullopt : percent_below(*latest);
        row.push_back(percent ? Cell(*percent) : Cell());
      }
      table.rows.push_back(std::move(row));
    }
    made.tables.push_back(std::move(table));
  }

  void case_state(Document& made) const {
    const Cases cases(data_, today_);
    Table table{.key = "case", .title = say("Case"), .when_empty = say("There is no case.")};
    table.columns = {
        {.key = "subject", .title = say("Subject")}, {.key = "from", .title = say("From")}, {.key = "until", .title = say("Until")}};
    const auto add = [&](std::optional<SubjectIndex> subject, const std::vector<Period>& days) {
      for (const Period& part : days) {
        table.rows.push_back({subject_or_null(data_, subject), part.from, part.until > today_ ? Cell() : Cell(part.until)});
      }
    };
    add(std::nullopt, cases.of_whole_student(student_));
    // A subject is a case of its own from the first decision about it; what was praised or observed in it makes none.
    std::vector<std::pair<SubjectIndex, Date>> subjects;
    for (const auto index : cases.events(student_)) {
      const Event& event = data_.events[index];
      const auto is_known = [&](const auto& one) { return one.first == *event.subject; };
      if (event.subject && is_decision(event.kind) && std::ranges::none_of(subjects, is_known))
        subjects.emplace_back(*event.subject, event.date);
    }
    for (const auto& [subject, decided] : subjects) {
      std::vector<Period> days = cases.of_subject(student_, subject);
      std::erase_if(days, [first = decided](const Period& part) { return part.until < first; });
      for (Period& part : days) part.from = std::max(part.from, decided);
      add(subject, days);
    }
    made.tables.push_back(std::move(table));
  }

  void carers(Document& made) const {
    Table table{.key = "carers", .title = say("Who takes care")};
    table.columns = {{.key = "role", .title = say("Role")},
                     {.key = "who", .title = say("Who")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "from", .title = say("From")},
                     {.key = "until", .title = say("Until")}};
    for (const Pair& pair : data_.pairs) {
      if (pair.student != student_ || pair.days.from > today_) continue;
      // A family hears who cares for its child now; another child's name is not for it.
      if (reader_ == Reader::family && (pair.days.until < today_ || !pair.staff)) continue;
      const Party party = pair.carer();
      table.rows.push_back({for_people() ? Cell(name_of_role(pair.role)) : Cell(pair.role),
                            for_people() ? Cell(words_.party(party)) : words_.party_cell(party), subject_or_null(data_, pair.subject),
                            pair.days.from, pair.days.until == Date::max() ? Cell() : Cell(pair.days.until)});
    }
    made.tables.push_back(std::move(table));
  }

  void measures(Document& made) const {
    if (archive_ == nullptr) return;
    Table table{.key = "measures", .title = say("Plan")};
    table.columns = {{.key = "what", .title = say("Measure")}, {.key = "subject", .title = say("Subject")},
                     {.key = "who", .title = say("Who")},      {.key = "from", .title = say("From")},
                     {.key = "until", .title = say("Until")},  {.key = "review", .title = say("Looked at again")}};
    if (reader_ != Reader::family) table.columns.insert(table.columns.begin() + 1, {.key = "for", .title = say("Meant for")});
    for (const PlannedMeasure& one : archive_->measures) {
      std::vector<Cell> row{one.what,
                            subject_or_null(data_, one.subject),
                            person(one.who),
                            one.days.from == Date::min() ? Cell() : Cell(one.days.from),
                            one.days.until == Date::max() ? Cell() : Cell(one.days.until),
                            one.review ? Cell(*one.review) : Cell()};
      if (reader_ != Reader::family) {
        std::vector<Message> meant;
        if (!one.category.empty()) meant.push_back(name_in(data_.policy.archive.categories, one.category));
        if (!one.cause.empty()) meant.push_back(name_in(data_.policy.archive.causes, one.cause));
        Record codes;
        codes.fields = {{"category", text_or_null(one.category)}, {"cause", text_or_null(one.cause)}};
        row.insert(row.begin() + 1, for_people() ? (meant.empty() ? Cell() : Cell(joined(meant))) : Cell(std::move(codes)));
      }
      table.rows.push_back(std::move(row));
    }
    made.tables.push_back(std::move(table));
  }

  [[nodiscard]] Message goal_words(const Goal& goal) const {
    std::vector<Message> parts;
    if (!goal.text.empty()) parts.push_back(as_data(goal.text));
    if (goal.at_least && goal.subject) {
      const std::string line = hundredths_to_string(goal.at_least->value) + (goal.at_least->kind == Line::Kind::percent ? "%" : "");
      parts.push_back(say("{0} at least {1}", data_.subjects[*goal.subject], line));
    }
    if (goal.raise && goal.subject) {
      parts.push_back(say("{0} up by {1}", data_.subjects[*goal.subject], hundredths_to_string(*goal.raise)));
    }
    return joined(parts);
  }

  void goals(Document& made) const {
    if (archive_ == nullptr) return;
    Table table{.key = "goals", .title = say("Goals")};
    table.columns = {{.key = "id", .title = say("Goal"), .in_text = false},
                     {.key = "horizon", .title = say("Range")},
                     {.key = "goal", .title = say("Goal")},
                     {.key = "set_by", .title = say("Set")},
                     {.key = "by", .title = say("At the latest")},
                     {.key = "state", .title = say("State")},
                     {.key = "reached", .title = say("Reached"), .align = Align::right},
                     {.key = "needed", .title = say("Needed"), .align = Align::right}};
    for (const Goal& goal : archive_->goals) {
      const GoalProgress progress = progress_of(data_, *archive_, goal, today_);
      const auto mark = [](const std::optional<Mark>& one) { return one && one->present() ? Cell(Decimal{one->hundredths()}) : Cell(); };
      table.rows.push_back({goal.id, for_people() ? Cell(name_of_horizon(goal.horizon)) : Cell(word_of(goal.horizon)), goal_words(goal),
                            for_people() ? Cell(name_of(goal.set_by)) : text_or_null(word_of(goal.set_by)),
                            goal.by ? Cell(*goal.by) : Cell(),
                            for_people() ? Cell(help::name_of(progress.state)) : Cell(help::word_of(progress.state)),
                            mark(progress.reached), mark(progress.needed)});
    }
    made.tables.push_back(std::move(table));
  }

  void problems(Document& made) const {
    if (archive_ == nullptr) return;
    Table table{.key = "problems", .title = say("Raised, until it is settled")};
    table.columns = {{.key = "raised", .title = say("Raised")},
                     {.key = "what", .title = say("What")},
                     {.key = "by", .title = say("By")},
                     {.key = "owner", .title = say("Who sees to it")},
                     {.key = "contacted", .title = say("Spoken with")},
                     {.key = "closed", .title = say("Settled")},
                     {.key = "result", .title = say("How")}};
    for (const RaisedProblem& one : archive_->problems) {
      if (one.raised > today_ || !may_read(one.owner)) continue;
      table.rows.push_back({one.raised, one.what, text_or_null(one.by), person(one.owner), one.contacted ? Cell(*one.contacted) : Cell(),
                            one.closed ? Cell(*one.closed) : Cell(), text_or_null(one.result)});
    }
    made.tables.push_back(std::move(table));
  }

  [[nodiscard]] Cell by_heading(const std::vector<std::pair<std::string, std::string>>& texts, const std::vector<Named>& names) const {
    if (for_people()) {
      std::vector<Message> lines;
      for (const auto& [code, text] : texts) lines.push_back(say("{0}: {1}", name_in(names, code), text));
      return lines.empty() ? Cell() : Cell(lines_in_cell(std::move(lines), context_.format));
    }
    Cell::List list;
    for (const auto& [code, text] : texts) {
      Record record;
      record.fields = {{"heading", Cell(code)}, {"text", Cell(text)}};
      list.emplace_back(std::move(record));
    }
    return list;
  }

  void reviews(Document& made) const {
    if (archive_ == nullptr) return;
    Table table{.key = "reviews", .title = say("Stage reviews")};
    table.columns = {{.key = "date", .title = say("Day")},
                     {.key = "by", .title = say("By")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "analysis", .title = say("Found")},
                     {.key = "countermeasures", .title = say("Done about it")},
                     {.key = "next", .title = say("Next")}};
    for (const StageReview& one : archive_->reviews) {
      if (one.date > today_ || !may_read(one.by)) continue;
      table.rows.push_back({one.date, person(one.by), subject_or_null(data_, one.subject),
                            by_heading(one.analysis, data_.policy.archive.analysis),
                            by_heading(one.countermeasures, data_.policy.archive.countermeasures), text_or_null(one.next)});
    }
    made.tables.push_back(std::move(table));
  }

  void tracking(Document& made) const {
    if (archive_ == nullptr) return;
    Table table{.key = "tracking", .title = say("Seen")};
    table.columns = {{.key = "date", .title = say("Day")},
                     {.key = "field", .title = say("Where")},
                     {.key = "by", .title = say("By")},
                     {.key = "note", .title = say("What")}};
    for (const Tracking& one : archive_->tracking) {
      if (one.date > today_ || !may_read(one.by)) continue;
      table.rows.push_back({one.date, for_people() ? Cell(name_of_field(one.field)) : Cell(word_of(one.field)), person(one.by), one.note});
    }
    made.tables.push_back(std::move(table));
  }

  [[nodiscard]] std::vector<const Event*> own_events() const {
    std::vector<const Event*> found;
    for (const Event& event : data_.events) {
      if (event.student == student_ && event.date <= today_) found.push_back(&event);
    }
    return found;
  }

  void events(Document& made) const {
    Table table{.key = "events", .title = say("History")};
    table.columns = {{.key = "date", .title = say("Day")},
                     {.key = "what", .title = say("What")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "by", .title = say("By")},
                     {.key = "because", .title = say("Why")}};
    for (const Event* const event : own_events()) {
      const auto by = data_.find_staff(event->by);
      table.rows.push_back({event->date, for_people() ? Cell(help::name_of(event->kind)) : Cell(help::word_of(event->kind)),
                            subject_or_null(data_, event->subject), person(by), may_read(by) ? text_or_null(event->because) : Cell()});
    }
    made.tables.push_back(std::move(table));
  }

  /// What a family is glad to hear.
  void praise(Document& made) const {
    Table table{.key = "praise", .title = say("Praise")};
    table.columns = {
        {.key = "date", .title = say("Day")}, {.key = "subject", .title = say("Subject")}, {.key = "because", .title = say("For what")}};
    for (const Event* const event : own_events()) {
      if (event->kind != EventKind::praise && event->kind != EventKind::progress) continue;
      table.rows.push_back({event->date, subject_or_null(data_, event->subject), text_or_null(event->because)});
    }
    made.tables.push_back(std::move(table));
  }

  /// Those with the student by today, the latest first.
  [[nodiscard]] std::vector<const Interaction*> own_contacts(std::size_t most) const {
    const InteractionLog& log = data_.log;
    std::vector<const Interaction*> found;
    for (auto entry = log.entries.rbegin(); entry != log.entries.rend() && found.size() < most; ++entry) {
      if (entry->date > today_) continue;
      const auto* const first = log.students.data() + entry->first_student;
      if (std::find(first, first + entry->student_count, student_) != first + entry->student_count) found.push_back(&*entry);
    }
    return found;
  }

  /// What was written down of a contact, for those who may read it: it stays in the file until somebody asks.
  [[nodiscard]] Cell note_of(const Interaction& entry) {
    const Party by = entry.by;
    const bool is_staff = by.kind == Party::Kind::staff;
    if (!may_read(is_staff ? std::optional<StaffIndex>(by.index) : std::nullopt)) return {};
    const auto [file, is_new] = notes_.try_emplace(entry.file);
    if (is_new) {
      for (const LogFileLine& line : log_file_lines(*context_.folder, data_.log.files[entry.file]))
        file->second.emplace(line.entry.id, line.entry.note);
    }
    const auto note = file->second.find(record_id_of(entry.id));
    return note == file->second.end() ? Cell() : text_or_null(note->second);
  }

  void contacts(Document& made) {
    const InteractionLog& log = data_.log;
    std::vector<const Interaction*> found = own_contacts(reading_.full ? log.entries.size() : contacts_shown);
    if (reading_.full) std::ranges::reverse(found);
    Table table{.key = "contacts", .title = reading_.full ? say("Contacts") : say("Last contacts"), .when_empty = say("No contact yet.")};
    table.columns = {{.key = "date", .title = say("Day")},
                     {.key = "kind", .title = say("What")},
                     {.key = "subject", .title = say("Subject")},
                     {.key = "by", .title = say("By")},
                     {.key = "record", .title = say("Record")},
                     {.key = "file", .title = say("File"), .in_text = false},
                     {.key = "line", .title = say("Line"), .in_text = false}};
    if (reading_.full) table.columns.push_back({.key = "note", .title = say("Written down")});
    for (const Interaction* const entry : found) {
      const InteractionKind& kind = data_.policy.kinds[entry->kind];
      const std::optional<SubjectIndex> subject = entry->subject ? std::optional<SubjectIndex>(*entry->subject) : std::nullopt;
      table.rows.push_back({entry->date, for_people() ? Cell(help::name_of(kind)) : Cell(kind.id), subject_or_null(data_, subject),
                            for_people() ? Cell(words_.party(entry->by)) : words_.party_cell(entry->by), record_id_of(entry->id),
                            log.files[entry->file], entry->line});
      if (reading_.full) table.rows.back().push_back(note_of(*entry));
    }
    made.tables.push_back(std::move(table));
  }

  void duties(Document& made) const {
    Table table{.key = "owed", .title = say("To be done now"), .when_empty = say("Nothing is owed now.")};
    if (for_people()) {
      table.columns = {{.key = "what", .title = say("What")},
                       {.key = "who", .title = say("Who")},
                       {.key = "due", .title = say("Due")},
                       {.key = "state", .title = say("State")}};
    } else {
      table.columns = ObligationWords::item_columns();
    }
    for (const auto index : pressing(owed_)) {
      const Obligation& item = owed_.items[index];
      if (for_people()) {
        table.rows.push_back({words_.what(item), words_.who(item), item.due, words_.state(item)});
      } else {
        table.rows.push_back(words_.item_row(item));
      }
    }
    made.tables.push_back(std::move(table));
  }

  void private_part(Document& made) const {
    if (archive_ == nullptr || archive_->sensitive.empty()) return;
    Table table{.key = "private", .title = say("Only for those who must know")};
    table.columns = {{.key = "key", .title = say("About")}, {.key = "text", .title = say("Text")}};
    for (const ProfileText& one : archive_->sensitive) {
      table.rows.push_back({for_people() ? Cell(name_in(profile_names, one.key)) : Cell(one.key), one.text});
    }
    made.tables.push_back(std::move(table));
  }

  const Context& context_;
  const Dataset& data_;
  StudentIndex student_;
  const Student& who_;
  ArchiveReading reading_;
  Reader reader_;
  std::optional<StaffIndex> me_;
  Date today_;
  const Archive* archive_;
  Judge judge_;
  Obligations owed_;
  ObligationWords words_;
  std::map<std::uint32_t, std::map<std::string, std::string>> notes_;  ///< texts by record id, of the files of the log that were asked for
};

}  // namespace

Document student_document(const Context& context, StudentIndex student, const ArchiveReading& reading) {
  return StudentView(context, student, reading).document();
}

bool is_own_student(const Dataset& data, StaffIndex staff, StudentIndex student, Date today) {
  const Holders holders(data);
  const auto is_me = [&](StaffIndex holder) { return holder == staff || holders.substitute_of(holder, today) == staff; };
  const auto in = data.class_of(student, today);
  const auto leads = [&](const Leader& leader) { return leader.days.contains(today) && is_me(leader.staff); };
  if (in && std::ranges::any_of(data.classes[*in].leaders, leads)) return true;
  const auto teaches = [&](const Teaching& one) { return in == one.in && one.days.contains(today) && is_me(one.staff); };
  if (std::ranges::any_of(data.teaching, teaches)) return true;
  return std::ranges::any_of(data.pairs, [&](const Pair& pair) {
    return pair.student == student && pair.staff && pair.days.contains(today) && is_me(*pair.staff);
  });
}

}  // namespace help
