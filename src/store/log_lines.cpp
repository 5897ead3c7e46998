// SPDX-License-Identifier: MIT
#include "store/log_lines.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "diag/characters.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/text_lines.hpp"
#include "store/tree_builder.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

// Every function below reads from a text that goes on with `margin` NULs, which belong to nothing: that bounds every loop, and lets a whole
// word be compared at once. Each gives the place behind what it read, or null at the first doubt.
constexpr std::size_t margin = 64;

enum class LogLetter : std::uint8_t {
  doubtful,  ///< a control character, or a character that is looked at closely elsewhere
  plain,
  quote,
  backslash,
  three,   ///< leads three bytes, of which every one is a unified ideograph or a letter of the same blocks
  kana,    ///< leads three bytes: punctuation of Chinese, and kana without marks
  signs,   ///< leads three bytes: dashes, quotation marks, the ellipsis
  wide,    ///< leads three bytes: full-width forms
  middle,  ///< leads two bytes: the middle dot
  latin,   ///< leads two bytes: log_letters with accents
};

consteval std::array<LogLetter, 256> make_letters() {
  std::array<LogLetter, 256> table{};
  for (unsigned byte = 0x20; byte < 0x7F; ++byte) table[byte] = LogLetter::plain;
  table[static_cast<unsigned char>('"')] = LogLetter::quote;
  table[static_cast<unsigned char>('\\')] = LogLetter::backslash;
  for (unsigned byte = 0xE4; byte <= 0xE9; ++byte) table[byte] = LogLetter::three;
  table[0xE3] = LogLetter::kana;
  table[0xE2] = LogLetter::signs;
  table[0xEF] = LogLetter::wide;
  table[0xC2] = LogLetter::middle;
  table[0xC3] = LogLetter::latin;
  return table;
}
constexpr std::array<LogLetter, 256> log_letters = make_letters();

unsigned byte_at(const char* at) { return static_cast<unsigned char>(*at); }
bool continues(const char* at) { return (byte_at(at) & 0xC0U) == 0x80U; }
bool is_small(char letter) { return letter >= 'a' && letter <= 'z'; }

consteval std::array<bool, 256> make_id_letters() {
  std::array<bool, 256> table{};
  for (const char letter : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_")) {
    table[static_cast<unsigned char>(letter)] = true;
  }
  return table;
}
constexpr std::array<bool, 256> id_letters = make_id_letters();
bool is_id_letter(char letter) { return id_letters[static_cast<unsigned char>(letter)]; }

/// A template, so that each word is compared at once and no call is made.
template <std::size_t size>
const char* pass(const char* at, const char (&word)[size]) {
  return std::memcmp(at, word, size - 1) == 0 ? at + (size - 1) : nullptr;
}

/// One character of several bytes that is certainly allowed and in normal form, whatever stands beside it.
const char* pass_wide(const char* at, LogLetter letter) {
  switch (letter) {
    case LogLetter::three:
      return continues(at + 1) && continues(at + 2) ? at + 3 : nullptr;
    case LogLetter::kana:  // U+3000 to U+3029; U+3040 to U+307F
      return (byte_at(at + 1) == 0x80 && byte_at(at + 2) >= 0x80 && byte_at(at + 2) <= 0xA9) ||
                     (byte_at(at + 1) == 0x81 && continues(at + 2))
                 ? at + 3
                 : nullptr;
    case LogLetter::signs:  // U+2010 to U+2027
      return byte_at(at + 1) == 0x80 && byte_at(at + 2) >= 0x90 && byte_at(at + 2) <= 0xA7 ? at + 3 : nullptr;
    case LogLetter::wide:  // U+FF00 to U+FF7F
      return (byte_at(at + 1) == 0xBC || byte_at(at + 1) == 0xBD) && continues(at + 2) ? at + 3 : nullptr;
    case LogLetter::middle:
      return byte_at(at + 1) == 0xB7 ? at + 2 : nullptr;
    case LogLetter::latin:
      return continues(at + 1) ? at + 2 : nullptr;
    default:
      return nullptr;
  }
}

/// Whether five unified ideographs stand here: most of a note, so they are looked at together.
bool are_ideographs(const char* at) {
  using Bytes [[gnu::vector_size(16)]] = unsigned char;
  constexpr unsigned char lead = 0xE4;
  constexpr unsigned char next = 0x80;
  constexpr unsigned char leads = 0xE9 - 0xE4;
  constexpr unsigned char nexts = 0xBF - 0x80;
  constexpr Bytes lowest{lead, next, next, lead, next, next, lead, next, next, lead, next, next, lead, next, next, 0};
  constexpr Bytes above{leads, nexts, nexts, leads, nexts, nexts, leads, nexts, nexts, leads, nexts, nexts, leads, nexts, nexts, 0xFF};
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  const auto fits = bytes - lowest <= above;
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &fits, sizeof halves);
  return (halves[0] & halves[1]) == UINT64_MAX;
}

/// The quote that closes a text; `at` stands behind the one that opens it.
const char* end_of_text(const char* at, bool escapes) {
  for (;;) {
    const LogLetter letter = log_letters[byte_at(at)];
    if (letter == LogLetter::plain) {
      ++at;
    } else if (letter == LogLetter::three && are_ideographs(at)) {
      at += 15;
    } else if (letter == LogLetter::three && continues(at + 1) && continues(at + 2)) {
      at += 3;
    } else if (letter == LogLetter::quote) {
      return at;
    } else if (letter == LogLetter::backslash) {
      if (!escapes || (at[1] != '"' && at[1] != '\\' && at[1] != 'n')) return nullptr;
      at += 2;
    } else {
      at = pass_wide(at, letter);
      if (at == nullptr) return nullptr;
    }
  }
}

std::string_view between(const char* from, const char* until) { return {from, static_cast<std::size_t>(until - from)}; }

/// `"…"` without escapes, not blank.
const char* quoted_text(const char* at, std::string_view& text) {
  if (*at != '"' || at[1] == ' ' || at[1] == '"') return nullptr;
  const char* const end = end_of_text(at + 1, false);
  if (end == nullptr) return nullptr;
  text = between(at + 1, end);
  return end + 1;
}

/// A word that begins with a letter, or of unified ideographs, that every reader takes for text.
const char* plain_word(const char* at, std::string_view& text) {
  const char* const from = at;
  if (is_small(*at) || (*at >= 'A' && *at <= 'Z')) {
    while (is_id_letter(*at)) ++at;
    text = between(from, at);
    return reads_as_other_type(text) ? nullptr : at;
  }
  while (log_letters[byte_at(at)] == LogLetter::three && continues(at + 1) && continues(at + 2)) at += 3;
  text = between(from, at);
  return text.empty() ? nullptr : at;
}

const char* word_or_text(const char* at, std::string_view& text) { return *at == '"' ? quoted_text(at, text) : plain_word(at, text); }

/// An id of a table: in quotes, or without where that is safe.
const char* known_id(const char* at, const IdTable& table, std::uint32_t& value) {
  const bool in_quotes = *at == '"';
  const char* const from = in_quotes ? at + 1 : at;
  const char* end = from;
  while (is_id_letter(*end)) ++end;
  const IdTable::Entry* const found = table.find(between(from, end));
  if (found == nullptr || (in_quotes ? *end != '"' : !found->plain)) return nullptr;
  value = found->value;
  return in_quotes ? end + 1 : end;
}

const char* read_number(const char* at, unsigned most, unsigned& value) {
  const char* const from = at;
  value = 0;
  for (; is_digit(*at) && at - from < 5; ++at) value = value * 10 + static_cast<unsigned>(*at - '0');
  return at == from || is_digit(*at) || (*from == '0' && at - from > 1) || value > most ? nullptr : at;
}

const char* read_day(const char* at, std::optional<Date>& date) {
  for (int i = 0; i < 10; ++i) {
    if (at[i] < '-' || at[i] > '9') return nullptr;  // a NUL ends it
  }
  date = parse_date({at, 10});
  return date ? at + 10 : nullptr;
}

constexpr unsigned no_digit = 0x80;      // of a record id
constexpr unsigned of_no_number = 0x40;  // a letter that stands in no number: of digits, e and x alone one could be made
consteval std::array<std::uint8_t, 256> make_id_digits() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const char letter = static_cast<char>(byte);
    const unsigned digit = record_digit(letter);
    const unsigned mark = digit > 31 ? no_digit : is_digit(letter) || letter == 'e' || letter == 'x' ? 0 : of_no_number;
    table[byte] = static_cast<std::uint8_t>(mark | (digit & 31U));
  }
  return table;
}
constexpr std::array<std::uint8_t, 256> id_digits = make_id_digits();

/// A record id without quotes, which no reader may take for a number.
const char* record_id(const char* at, std::uint64_t& id) {
  std::uint64_t number = 0;
  unsigned all = 0;
  for (int i = 0; i < 10; ++i) {
    const unsigned digit = id_digits[byte_at(at + i)];
    all |= digit;
    number = number << 5U | (digit & 31U);
  }
  id = number;
  return (all & no_digit) == 0 && ((all & of_no_number) != 0 || !is_digit(*at)) ? at + 10 : nullptr;
}

/// `[a, b]`, with at least one item; `read_item` reads one.
template <typename ReadItem>
const char* list_of(const char* at, ReadItem read_item) {
  if (*at++ != '[') return nullptr;
  for (;;) {
    at = read_item(at);
    if (at == nullptr) return nullptr;
    if (*at == ']') return at + 1;
    if (at[0] != ',' || at[1] != ' ') return nullptr;
    at += 2;
  }
}

/// The keys behind `kind`, in the order in which they are written.
enum class LogKey : std::uint8_t {
  none,
  by,
  with,
  student,
  students,
  school_class,
  grade,
  body,
  subject,
  to,
  channel,
  place,
  present,
  student_present,
  minutes,
  tags,
  checklist,
  exam,
  follow_up,
  note
};

const char* key_at(const char* at, LogKey& key) {
  const auto is = [&](const auto& word, LogKey which) {
    const char* const end = pass(at, word);
    if (end != nullptr) key = which;
    return end;
  };
  switch (*at) {
    case 'b':
      return at[1] == 'y' ? is("by: ", LogKey::by) : is("body: ", LogKey::body);
    case 'c':
      return at[1] == 'l'   ? is("class: ", LogKey::school_class)
             : at[3] == 'n' ? is("channel: ", LogKey::channel)
                            : is("checklist: ", LogKey::checklist);
    case 'e':
      return is("exam: ", LogKey::exam);
    case 'f':
      return is("follow-up: ", LogKey::follow_up);
    case 'g':
      return is("grade: ", LogKey::grade);
    case 'm':
      return is("minutes: ", LogKey::minutes);
    case 'n':
      return is("note: ", LogKey::note);
    case 'p':
      return at[1] == 'l' ? is("place: ", LogKey::place) : is("present: ", LogKey::present);
    case 's':
      if (at[1] == 'u') return is("subject: ", LogKey::subject);
      if (pass(at, "student: ") != nullptr) return is("student: ", LogKey::student);
      return pass(at, "students") != nullptr ? is("students: ", LogKey::students) : is("student-present: ", LogKey::student_present);
    case 't':
      return at[1] == 'o' ? is("to: ", LogKey::to) : is("tags: ", LogKey::tags);
    case 'w':
      return is("with: ", LogKey::with);
    default:
      return nullptr;
  }
}

constexpr std::string_view usual_comment = "# yaml-language-server: $schema=../../schemas/log.schema.json";
constexpr std::uint32_t no_record = UINT32_MAX;

}  // namespace

LogLineReader::LogLineReader(LogBook& book) : book_(&book) {}

const char* LogLineReader::fields(const char* at, LogRecord& record) {
  Interaction& entry = record.entry;
  const auto give = [&entry](InteractionField field) { entry.given |= bit_of(field); };
  const auto add_student = [&](const char* place) -> const char* {
    std::uint32_t value = 0;
    place = known_id(place, book_->parties(), value);
    const Party party = LogBook::party_of(value);
    if (place == nullptr || party.kind != Party::Kind::student) return nullptr;
    const auto own = lines_.students.begin() + record.students.first;
    if (std::find(own, lines_.students.end(), party.index) != lines_.students.end()) return nullptr;
    lines_.students.push_back(party.index);
    return place;
  };
  const auto pass_word = [](const char* place) {
    std::string_view word;
    return word_or_text(place, word);
  };
  std::string_view text;
  std::uint32_t value = 0;
  unsigned count = 0;
  for (LogKey last = LogKey::none, key = LogKey::none; *at != '}'; last = key) {
    if (at[0] != ',' || at[1] != ' ') return nullptr;
    at = key_at(at + 2, key);
    if (at == nullptr || key <= last) return nullptr;
    switch (key) {
      case LogKey::none:
        return nullptr;
      case LogKey::by:
        at = known_id(at, book_->parties(), value);
        entry.by = LogBook::party_of(value);
        break;
      case LogKey::with:
        give(InteractionField::with);
        record.with.first = static_cast<std::uint32_t>(lines_.with.size());
        at = list_of(at, [&](const char* place) {
          place = known_id(place, book_->parties(), value);
          if (place != nullptr) lines_.with.push_back(LogBook::party_of(value));
          return place;
        });
        record.with.count = static_cast<std::uint32_t>(lines_.with.size()) - record.with.first;
        break;
      case LogKey::student:
      case LogKey::students:
        if (last == LogKey::student) return nullptr;
        give(InteractionField::student);
        record.students.first = static_cast<std::uint32_t>(lines_.students.size());
        at = key == LogKey::student ? add_student(at) : list_of(at, add_student);
        record.students.count = static_cast<std::uint32_t>(lines_.students.size()) - record.students.first;
        break;
      case LogKey::school_class:
        give(InteractionField::school_class);
        at = known_id(at, book_->classes(), value);
        entry.in_class = value;
        break;
      case LogKey::grade:
        give(InteractionField::grade);
        at = read_number(at, 13, count);
        entry.grade = static_cast<int>(count);
        break;
      case LogKey::body:
        give(InteractionField::body);
        at = known_id(at, book_->parties(), value);
        if (LogBook::party_of(value).kind != Party::Kind::body) return nullptr;
        record.body = LogBook::party_of(value).index;
        break;
      case LogKey::subject:
        give(InteractionField::subject);
        at = word_or_text(at, record.subject);
        break;
      case LogKey::to:
        give(InteractionField::to);
        record.to.first = static_cast<std::uint32_t>(lines_.to.size());
        at = list_of(at, [&](const char* place) {
          place = word_or_text(place, text);
          if (place != nullptr) lines_.to.push_back(text);
          return place;
        });
        record.to.count = static_cast<std::uint32_t>(lines_.to.size()) - record.to.first;
        break;
      case LogKey::channel:
        give(InteractionField::channel);
        at = plain_word(at, record.channel);
        if (record.channel.size() > 48 ||
            !std::ranges::all_of(record.channel, [](char one) { return is_small(one) || is_digit(one) || one == '-'; })) {
          return nullptr;
        }
        break;
      case LogKey::place:
        give(InteractionField::place);
        at = quoted_text(at, text);
        break;
      case LogKey::present:
        give(InteractionField::present);
        at = list_of(at, pass_word);
        break;
      case LogKey::student_present:
        give(InteractionField::student_present);
        entry.student_was_present = *at == 't';
        at = entry.student_was_present ? pass(at, "true") : pass(at, "false");
        break;
      case LogKey::minutes:
        give(InteractionField::minutes);
        at = read_number(at, 1440, count);
        if (count == 0) return nullptr;
        break;
      case LogKey::tags:
        give(InteractionField::tags);
        at = list_of(at, pass_word);
        break;
      case LogKey::checklist:
        give(InteractionField::checklist);
        at = list_of(at, pass_word);
        break;
      case LogKey::exam: {
        give(InteractionField::exam);
        const char* const from = at;
        while (is_small(*at) || is_digit(*at) || (*at == '-' && at > from)) ++at;
        record.exam = between(from, at);
        if (record.exam.empty() || record.exam.size() > 48 || reads_as_other_type(record.exam)) return nullptr;
        break;
      }
      case LogKey::follow_up:
        give(InteractionField::follow_up);
        at = read_day(at, record.follow_up);
        break;
      case LogKey::note: {
        if (*at != '"' || at[1] == ' ' || at[1] == '\\') return nullptr;
        if (at[1] != '"') give(InteractionField::note);
        const char* const end = end_of_text(at + 1, true);
        if (end == nullptr || *end != '"') return nullptr;
        at = end + 1;
        break;
      }
    }
    if (at == nullptr) return nullptr;
  }
  return (book_->kind(entry.kind).needs & ~entry.given) == 0 ? at : nullptr;
}

/// `ID` or `[ID, ID]` behind `fixes: `.
const char* LogLineReader::targets(const char* at) {
  const auto one = [this](const char* place) {
    std::uint64_t id = 0;
    place = record_id(place, id);
    if (place != nullptr) found_targets_.push_back(id);
    return place;
  };
  return *at == '[' ? list_of(at, one) : one(at);
}

const char* LogLineReader::strict_record(const char* at) {
  const char* const begin = at + 2;
  std::uint64_t id = 0;
  at = record_id(at + 7, id);  // behind "- {id: "
  if (at == nullptr) return nullptr;
  found_targets_.clear();
  std::optional<Date> corrected;
  if (const char* const correction = pass(at, ", at: ")) {
    at = read_day(correction, corrected);
    if (at == nullptr) return nullptr;
    if (const char* const target = pass(at, ", voids: ")) {
      std::uint64_t withdrawn = 0;
      at = record_id(target, withdrawn);
      at = at == nullptr ? nullptr : pass(at, ", because: \"");
      if (at == nullptr || *at == ' ' || *at == '"' || *at == '\\') return nullptr;
      at = end_of_text(at, true);
      if (at == nullptr || at[1] != '}') return nullptr;
      at += 2;
      found_targets_.push_back(withdrawn);
      return add(id, between(begin, at), no_record) ? at : nullptr;
    }
    at = pass(at, ", fixes: ");
    at = at == nullptr ? nullptr : targets(at);
    if (at == nullptr) return nullptr;
  }
  at = pass(at, ", date: ");
  if (at == nullptr) return nullptr;
  at = std::memcmp(at, file_->month.data(), 7) == 0 ? at + 7 : nullptr;
  if (at == nullptr || *at != '-' || !is_digit(at[1]) || !is_digit(at[2])) return nullptr;
  const auto of_month = static_cast<unsigned>(at[1] - '0') * 10 + static_cast<unsigned>(at[2] - '0');
  if (of_month == 0 || of_month > days_) return nullptr;
  at = pass(at + 3, ", kind: ");
  if (at == nullptr) return nullptr;
  const std::size_t students = lines_.students.size();
  const std::size_t with = lines_.with.size();
  const std::size_t to = lines_.to.size();
  std::uint32_t kind = 0;
  at = known_id(at, book_->kinds(), kind);
  if (at == nullptr) return nullptr;
  LogRecord& record = lines_.records.emplace_back();
  record.entry.id = id;
  record.entry.date = month_ + Days(of_month - 1);
  record.entry.kind = static_cast<InteractionKindIndex>(kind);
  record.entry.owner = record.entry.by = file_->owner;
  record.entry.file = number_;
  record.entry.line = line_number_;
  at = fields(at, record);
  if (at != nullptr && add(id, between(begin, at + 1), static_cast<std::uint32_t>(lines_.records.size()) - 1)) return at + 1;
  lines_.records.pop_back();
  lines_.students.resize(students);
  lines_.with.resize(with);
  lines_.to.resize(to);
  return nullptr;
}

/// Notes a line with the targets that were found on it. A line that stands here twice is one; false where only its id does.
bool LogLineReader::add(std::uint64_t id, std::string_view bytes, std::uint32_t record) {
  const auto line = static_cast<std::uint32_t>(own_.size());
  bool added = false;
  const std::uint32_t first = ids_.add(id, line, added);
  if (!added) {
    doubtful_ = own_[first].bytes != bytes;
    return !doubtful_;
  }
  own_.push_back({.id = id, .bytes = bytes, .record = record});
  auto& links = record == no_record ? voids_ : fixes_;
  for (const std::uint64_t target : found_targets_) links.push_back({line, target});
  return true;
}

bool LogLineReader::odd_record(std::string_view line) {
  Diagnostics problems;
  auto tree = std::make_unique<Tree>();
  static const Shape shape = log_shape();
  if (!check_bytes({}, line, problems) || !read_yaml({}, line, *tree, problems) || tree->nodes.size() < 2 || tree->nodes[0].flow)
    return false;
  const Value root(*tree, 0);
  if (!root.is_sequence() || !check_shape({}, root, shape, problems) || !problems.empty()) return false;
  const Value item = root.first();
  if (!item.node().flow || item.after().index() != tree->nodes.size()) return false;
  const std::size_t end = line.find_last_of('}');
  const std::string_view bytes = line.substr(item.node().offset, end - item.node().offset + 1);
  if (line.find_first_not_of(" \r\n", end + 1) != std::string_view::npos) return false;  // a comment behind it counts for twins
  found_targets_.clear();
  for (const std::string_view key : {"fixes", "voids"}) {
    if (const auto target = find(item, key)) {
      if (target->is_scalar()) found_targets_.push_back(record_number(target->text()));
      for (const Value one : items_of(*target)) found_targets_.push_back(record_number(one.text()));
    }
  }
  const std::uint64_t id = record_number(find(item, "id")->text());
  if (find(item, "voids")) return add(id, bytes, no_record);
  LogRecord& record = lines_.records.emplace_back();
  record.entry.file = number_;
  record.entry.line = line_number_;
  odd_.push_back(std::move(tree));
  return decode_log_record(item, *book_, *file_, lines_, record) && (book_->kind(record.entry.kind).needs & ~record.entry.given) == 0 &&
         add(id, bytes, static_cast<std::uint32_t>(lines_.records.size()) - 1);
}

bool LogLineReader::lines(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (line_number_ = 1; at < end; ++line_number_) {
    if (pass(at, "- {id: ") != nullptr) {
      const char* next = strict_record(at);
      if (next != nullptr && *next == '\r') ++next;
      if (next != nullptr && *next == '\n' && next - at <= static_cast<std::ptrdiff_t>(YamlLimits::line_bytes)) {
        at = next + 1;
        continue;
      }
      if (next != nullptr || doubtful_) return false;  // it was taken, but its line goes on
    }
    const auto* const line_feed = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    const char* const until = line_feed == nullptr ? end : line_feed + 1;
    const std::string_view line = between(at, until);
    at = until;
    if (line.starts_with("- {")) {
      if (!odd_record(line)) return false;
      continue;
    }
    const std::string_view text = without_end(line);
    if (text == usual_comment || text.find_first_not_of(' ') == std::string_view::npos) continue;
    Diagnostics problems;
    if (text.front() != '#' || !check_bytes({}, line, problems) || !problems.empty() || is_disabled_record(text)) return false;
  }
  return true;
}

bool LogLineReader::link() {
  corrections_.clear();
  const auto target_of = [this](const Target& one, std::uint32_t& line) {
    line = ids_.find(one.id);
    return line != LineIds::nowhere && line != one.line;
  };
  std::uint32_t line = 0;
  for (const Target& one : fixes_) {
    if (!target_of(one, line)) return false;
    corrections_.fix(one.line, line);
  }
  for (const Target& one : voids_) {
    if (!target_of(one, line)) return false;
    corrections_.withdraw(one.line, line);
  }
  corrections_.settle(static_cast<std::uint32_t>(own_.size()));
  return corrections_.conflicts().empty() && corrections_.circles().empty();
}

bool LogLineReader::read(const LogFile& file, std::string& bytes, std::uint32_t number) {
  file_ = &file;
  number_ = number;
  doubtful_ = false;
  const auto first = parse_date(file.month + "-01");
  if (!first || bytes.size() > max_file_bytes) return false;
  month_ = *first;
  const std::chrono::year_month_day named{month_};
  days_ = static_cast<unsigned>(std::chrono::year_month_day_last{named.year(), std::chrono::month_day_last{named.month()}}.day());
  lines_.clear();
  own_.clear();
  ids_.clear();
  fixes_.clear();
  voids_.clear();
  odd_.clear();
  const std::size_t size = bytes.size();
  bytes.append(margin, '\0');
  const bool sound = lines({bytes.data(), size}) && link();
  if (sound) take();
  bytes.resize(size);
  return sound;
}

void LogLineReader::take() {
  for (const Line& one : own_) book_->ids().add(one.id, number_);
  for (std::uint32_t line = 0; line < own_.size(); ++line) {
    if (own_[line].record != no_record && corrections_.in_force(line)) book_->take(lines_, lines_.records[own_[line].record]);
  }
}

}  // namespace help
