// SPDX-License-Identifier: MIT
#include "store/log_entry.hpp"

#include <set>

#include "diag/diagnostic.hpp"
#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {

InteractionFields LogEntry::given() const {
  InteractionFields given = 0;
  const auto add = [&given](InteractionField field, bool stands) {
    if (stands) given |= bit_of(field);
  };
  add(InteractionField::student, !students.empty());
  add(InteractionField::school_class, !in_class.empty());
  add(InteractionField::grade, grade.has_value());
  add(InteractionField::body, !body.empty());
  add(InteractionField::subject, !subject.empty());
  add(InteractionField::with, !with.empty());
  add(InteractionField::to, !to.empty());
  add(InteractionField::channel, !channel.empty());
  add(InteractionField::place, !place.empty());
  add(InteractionField::present, !present.empty());
  add(InteractionField::student_present, student_present.has_value());
  add(InteractionField::minutes, minutes.has_value());
  add(InteractionField::tags, !tags.empty());
  add(InteractionField::checklist, !checklist.empty());
  add(InteractionField::exam, !exam.empty());
  add(InteractionField::follow_up, follow_up.has_value());
  add(InteractionField::note, note.find_first_not_of(" \t\n") != std::string::npos);
  return given;
}

std::string log_line(const LogEntry& entry) {
  RecordLine line;
  line.head(entry.id, entry.at, entry.fixes).date("date", entry.date).word("kind", entry.kind);
  line.given_word("by", entry.by);
  line.given_words("with", entry.with);
  if (entry.students.size() == 1) line.quoted_id("student", entry.students.front());
  if (entry.students.size() > 1) line.quoted_ids("students", entry.students);
  line.given_word("class", entry.in_class);
  if (entry.grade) line.number("grade", *entry.grade);
  line.given_word("body", entry.body);
  line.given_word("subject", entry.subject);
  line.given_words("to", entry.to);
  line.given_word("channel", entry.channel);
  line.given_text("place", entry.place);
  line.given_words("present", entry.present);
  if (entry.student_present) line.truth("student-present", *entry.student_present);
  if (entry.minutes) line.number("minutes", *entry.minutes);
  line.given_words("tags", entry.tags);
  line.given_words("checklist", entry.checklist);
  line.given_word("exam", entry.exam);
  if (entry.follow_up) line.date("follow-up", *entry.follow_up);
  line.given_text("note", entry.note);
  return line.line();
}

std::string void_line(std::string_view id, Date at, std::string_view target, std::string_view because) {
  return RecordLine().word("id", id).date("at", at).word("voids", target).text("because", because).line();
}

LogEntry log_entry_of(const Value& record) {
  LogEntry entry{.id = text_at(record, "id"),
                 .at = date_at(record, "at"),
                 .fixes = one_or_more_at(record, "fixes"),
                 .date = date_at(record, "date").value_or(Date{}),
                 .kind = text_at(record, "kind"),
                 .by = text_at(record, "by"),
                 .with = texts_at(record, "with"),
                 .students = texts_at(record, "students"),
                 .in_class = text_at(record, "class"),
                 .body = text_at(record, "body"),
                 .subject = text_at(record, "subject"),
                 .to = texts_at(record, "to"),
                 .channel = text_at(record, "channel"),
                 .place = text_at(record, "place"),
                 .present = texts_at(record, "present"),
                 .tags = texts_at(record, "tags"),
                 .checklist = texts_at(record, "checklist"),
                 .exam = text_at(record, "exam"),
                 .follow_up = date_at(record, "follow-up"),
                 .note = text_at(record, "note")};
  if (const auto student = find(record, "student")) entry.students = {std::string(student->text())};
  if (const auto grade = whole_at(record, "grade")) entry.grade = static_cast<int>(*grade);
  if (const auto minutes = whole_at(record, "minutes")) entry.minutes = static_cast<int>(*minutes);
  if (const auto present = find(record, "student-present")) entry.student_present = present->text() == "true";
  return entry;
}

std::vector<LogFileLine> log_file_lines(const Files& files, const std::string& path, std::string_view wanted) {
  std::string bytes;
  if (files.read(path, bytes, max_file_bytes) != FileResult::done || bytes.find(wanted) == std::string::npos) return {};
  Tree tree;
  Diagnostics problems;
  if (!check_bytes(path, bytes, problems) || !read_yaml(path, bytes, tree, problems) || tree.nodes.empty() ||
      !check_shape(path, Value(tree, 0), log_shape(), problems)) {
    return {};
  }
  std::vector<LogFileLine> lines;
  std::set<std::string> ids;
  for (const Value item : items_of(Value(tree, 0))) {
    if (ids.insert(text_at(item, "id")).second) lines.push_back({.entry = log_entry_of(item), .voids = one_or_more_at(item, "voids")});
  }
  return lines;
}

std::vector<RecordLinks> links_of(const std::vector<LogFileLine>& lines) {
  std::vector<RecordLinks> links;
  for (const LogFileLine& line : lines) links.push_back({.id = line.entry.id, .fixes = line.entry.fixes, .voids = line.voids});
  return links;
}

std::string log_path(Date date, std::string_view owner) {
  return "log/" + to_string(date).substr(0, 7) + "/" + std::string(owner) + ".yaml";
}

}  // namespace help
