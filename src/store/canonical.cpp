// SPDX-License-Identifier: MIT
#include "store/canonical.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "diag/characters.hpp"

namespace help {
namespace {

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

// The words of YAML 1.1, which other tools still read.
bool is_reserved_word(std::string_view text) {
  constexpr std::array<std::string_view, 9> words{"false", "n", "no", "null", "off", "on", "true", "y", "yes"};
  return std::ranges::binary_search(words, small_letters(text));
}

// Every number of YAML 1.1 and 1.2 begins with a digit, a sign or a point and holds only these characters: decimal, octal, hex and
// binary digits, exponents, `1_000`, `1:30`. A word like 3d that no reader takes for a number is quoted for nothing; that does no harm.
bool might_be_number(std::string_view text) {
  if (text.empty() || !(is_digit(text.front()) || text.front() == '.' || text.front() == '+' || text.front() == '-')) {
    return false;
  }
  char before = ' ';
  for (const char letter : small_letters(text)) {
    const bool belongs =
        is_digit(letter) || (letter >= 'a' && letter <= 'f') || std::string_view("xo_.:+").find(letter) != std::string_view::npos;
    if (!belongs && !(letter == '-' && before == 'e')) {
      return false;
    }
    before = letter;
  }
  return true;
}

// Full-width signs look like YAML's own and would invite somebody to "mend" them; spaces and invisible characters would be lost on the eye.
bool is_plain_character(utf8proc_int32_t point) {
  constexpr std::u32string_view signs = U"：，｛｝［］＃＂＇“”‘’｜＞＆＊！％＠｀";
  if (signs.find(static_cast<char32_t>(point)) != std::u32string_view::npos) {
    return false;
  }
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

bool has_only_plain_characters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (static_cast<unsigned char>(letter) < 0x80U) {
      const bool inner_space = letter == ' ' && at > 0 && at + 1 < text.size();
      if (!is_digit(letter) && !is_letter(letter) && letter != '_' && letter != '-' && letter != '.' && letter != '(' && letter != ')' &&
          letter != '/' && letter != '+' && !inner_space) {
        return false;
      }
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    // utf8proc wants its own unsigned bytes; the values are the same.
    const auto* from = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const utf8proc_ssize_t length = utf8proc_iterate(from, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (length <= 0 || !is_plain_character(point)) {
      return false;
    }
    at += static_cast<std::size_t>(length);
  }
  return true;
}

bool is_safe_plain(std::string_view text) {
  if (text.empty() || (static_cast<unsigned char>(text.front()) < 0x80U && !is_digit(text.front()) && !is_letter(text.front()))) {
    return false;
  }
  return !is_reserved_word(text) && !might_be_number(text) && has_only_plain_characters(text);
}

}  // namespace

std::string double_quoted(std::string_view text) {
  std::string made = "\"";
  for (const char letter : text) {
    switch (letter) {
      case '"':
        made += "\\\"";
        break;
      case '\\':
        made += "\\\\";
        break;
      case '\n':
        made += "\\n";
        break;
      case '\r':
        made += "\\r";
        break;
      case '\t':
        made += "\\t";
        break;
      default:
        made += letter;
    }
  }
  return made += '"';
}

std::string plain_or_quoted(std::string_view text) { return is_safe_plain(text) ? std::string(text) : double_quoted(text); }

RecordLine& RecordLine::add(std::string_view key, std::string_view value) {
  fields_ += fields_.empty() ? "" : ", ";
  fields_ += key;
  fields_ += ": ";
  fields_ += value;
  return *this;
}

RecordLine& RecordLine::word(std::string_view key, std::string_view text) { return add(key, plain_or_quoted(text)); }
RecordLine& RecordLine::quoted_id(std::string_view key, std::string_view id) { return add(key, double_quoted(id)); }
RecordLine& RecordLine::text(std::string_view key, std::string_view text) { return add(key, double_quoted(text)); }
RecordLine& RecordLine::number(std::string_view key, std::int64_t number) { return add(key, std::to_string(number)); }
RecordLine& RecordLine::mark(std::string_view key, std::int64_t hundredths) { return add(key, hundredths_to_string(hundredths)); }
RecordLine& RecordLine::truth(std::string_view key, bool truth) { return add(key, truth ? "true" : "false"); }
RecordLine& RecordLine::date(std::string_view key, Date day) { return add(key, to_string(day)); }

RecordLine& RecordLine::period(const Period& days) {
  if (days.from != Date::min()) {
    date("from", days.from);
  }
  if (days.until != Date::max()) {
    date("until", days.until);
  }
  return *this;
}

RecordLine& RecordLine::quoted_ids(std::string_view key, std::span<const std::string> ids) {
  std::vector<std::string> parts;
  std::ranges::transform(ids, std::back_inserter(parts), double_quoted);
  return add(key, "[" + joined_text(parts, ", ") + "]");
}

RecordLine& RecordLine::words(std::string_view key, std::span<const std::string> texts) {
  std::vector<std::string> parts;
  std::ranges::transform(texts, std::back_inserter(parts), plain_or_quoted);
  return add(key, "[" + joined_text(parts, ", ") + "]");
}

RecordLine& RecordLine::head(std::string_view id, std::optional<Date> at, std::span<const std::string> fixes) {
  word("id", id);
  if (at) date("at", *at);
  return fixes.size() == 1 ? word("fixes", fixes.front()) : given_words("fixes", fixes);
}

RecordLine& RecordLine::record(std::string_view key, const RecordLine& inner) { return add(key, inner.flow()); }

RecordLine& RecordLine::records(std::string_view key, std::span<const RecordLine> inner) {
  std::vector<std::string> parts;
  std::ranges::transform(inner, std::back_inserter(parts), &RecordLine::flow);
  return add(key, "[" + joined_text(parts, ", ") + "]");
}

std::string student_line(const Student& student, std::span<const SchoolClass> classes) {
  RecordLine line;
  line.quoted_id("id", student.id).word("name", student.name);
  std::vector<RecordLine> parts;
  for (const Membership& membership : student.classes) {
    parts.emplace_back().word("class", classes[membership.in].id).period(membership.days);
  }
  if (!parts.empty()) {
    line.records("classes", parts);
  }
  if (student.transferred) {
    line.date("transferred", *student.transferred);
  }
  if (student.left) {
    line.date("left", *student.left);
  }
  parts.clear();
  for (const GroupMembership& group : student.groups) {
    parts.emplace_back().word("group", group.group).period(group.days);
  }
  if (!parts.empty()) {
    line.records("groups", parts);
  }
  parts.clear();
  for (const Leave& leave : student.leave) {
    RecordLine& part = parts.emplace_back().period(leave.days);
    if (!leave.because.empty()) {
      part.text("because", leave.because);
    }
  }
  if (!parts.empty()) {
    line.records("leave", parts);
  }
  return line.line();
}

std::string staff_line(const Staff& member, const Dataset& data) {
  RecordLine line;
  line.word("id", member.id).word("name", member.name);
  std::vector<RecordLine> parts;
  for (const Role& role : member.roles) {
    RecordLine& part = parts.emplace_back().word("role", role.role);
    if (role.in_class) part.word("class", data.classes[*role.in_class].id);
    if (role.grade) part.number("grade", *role.grade);
    if (role.body) part.word("body", data.bodies[*role.body].id);
    part.given_word("subject", role.subject).period(role.days);
  }
  if (!parts.empty()) line.records("roles", parts);
  if (member.left) line.date("left", *member.left);
  parts.clear();
  for (const Leave& leave : member.leave) {
    RecordLine& part = parts.emplace_back().period(leave.days).given_text("because", leave.because);
    if (leave.substitute) part.word("substitute", data.staff[*leave.substitute].id);
  }
  if (!parts.empty()) line.records("leave", parts);
  return line.line();
}

std::string class_line(const SchoolClass& school_class, std::span<const Staff> staff) {
  RecordLine line;
  line.word("id", school_class.id)
      .word("name", school_class.name)
      .number("cohort", school_class.cohort)
      .number("entry-grade", school_class.entry_grade);
  std::vector<RecordLine> leaders;
  for (const Leader& leader : school_class.leaders) {
    leaders.emplace_back().word("staff", staff[leader.staff].id).period(leader.days);
  }
  if (!leaders.empty()) {
    line.records("leaders", leaders);
  }
  return line.line();
}

std::string schema_comment(std::string_view schema) {
  return "# yaml-language-server: $schema=../schemas/" + std::string(schema) + ".schema.json\n";
}

std::string grade_subject_line(const GradeColumn& column) {
  RecordLine limits;
  limits.mark("full", column.full);
  if (column.pass) {
    limits.mark("pass", *column.pass);
  }
  return "  " + plain_or_quoted(column.subject) + ": " + limits.flow() + "\n";
}

std::string grade_columns_line(std::span<const std::string> subjects) {
  std::vector<std::string> parts;
  std::ranges::transform(subjects, std::back_inserter(parts), plain_or_quoted);
  return "columns: [" + joined_text(parts, ", ") + "]\n";
}

std::string grade_marks(std::span<const Mark> marks) {
  std::string made = "[";
  for (std::size_t at = 0; at < marks.size(); ++at) {
    made += at == 0 ? "" : ", ";
    made += to_string(marks[at]);
  }
  return made += "]";
}

std::string grade_row(std::string_view student, std::span<const Mark> marks) {
  return "  " + double_quoted(student) + ": " + grade_marks(marks) + "\n";
}

std::string grade_head(const GradeHeader& header) {
  RecordLine exam;
  exam.word("id", header.id);
  if (!header.name.empty()) {
    exam.word("name", header.name);
  }
  exam.word("kind", word_of(header.kind)).word("term", header.term).date("date", header.date);
  if (!header.retests.empty()) {
    exam.word("retests", header.retests);
  }
  std::string made = schema_comment("grades") + "exam: " + exam.flow() + "\nsubjects:\n";
  std::vector<std::string> subjects;
  for (const GradeColumn& column : header.columns) {
    made += grade_subject_line(column);
    subjects.push_back(column.subject);
  }
  return made += grade_columns_line(subjects) + "scores:\n";
}

}  // namespace help
