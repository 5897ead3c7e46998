// SPDX-License-Identifier: MIT
#include "store/shape.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "diag/characters.hpp"
#include "diag/nearest.hpp"
#include "model/date.hpp"
#include "model/mark.hpp"
#include "store/cell_text.hpp"
#include "store/fields.hpp"
#include "store/repeated_problems.hpp"

namespace help {

Shape text() { return {.kind = Shape::Kind::text, .min = 1}; }
Shape text_or_empty() { return {.kind = Shape::Kind::text}; }
Shape name() { return {.kind = Shape::Kind::name, .min = 1}; }
Shape identifier() { return {.kind = Shape::Kind::identifier}; }
Shape code() { return {.kind = Shape::Kind::code}; }
Shape record_id() { return {.kind = Shape::Kind::record_id}; }
Shape date() { return {.kind = Shape::Kind::date}; }
Shape whole(std::int64_t min, std::int64_t max) { return {.kind = Shape::Kind::whole, .min = min, .max = max}; }
Shape decimal(std::int64_t min_hundredths, std::int64_t max_hundredths) {
  return {.kind = Shape::Kind::decimal, .min = min_hundredths, .max = max_hundredths};
}
Shape percent(std::int64_t min_hundredths, std::int64_t max_hundredths) {
  return {.kind = Shape::Kind::percent, .min = min_hundredths, .max = max_hundredths};
}
Shape word(std::vector<std::string_view> words) { return {.kind = Shape::Kind::word, .words = std::move(words)}; }
Shape yes_no() { return {.kind = Shape::Kind::yes_no}; }
Shape mark_cell() { return {.kind = Shape::Kind::cell, .min = 0, .max = max_full_hundredths}; }
Shape count_cell() { return {.kind = Shape::Kind::count_cell, .min = 0, .max = 100'000}; }
Shape yearly_date() { return {.kind = Shape::Kind::yearly_date}; }
Shape day_count() { return {.kind = Shape::Kind::days, .min = 1, .max = 9999}; }
Shape list(Shape item, std::int64_t at_least) { return {.kind = Shape::Kind::list, .min = at_least, .items = {std::move(item)}}; }
Shape one_or_more(Shape item) {
  Shape many = list(item, 1);
  return either({std::move(item), std::move(many)});
}

Shape record(std::vector<Field> fields) { return {.kind = Shape::Kind::record, .fields = std::move(fields)}; }
Shape table(Shape key, Shape value) { return {.kind = Shape::Kind::table, .items = {std::move(key), std::move(value)}}; }
Shape either(std::vector<Shape> shapes) { return {.kind = Shape::Kind::either, .items = std::move(shapes)}; }
Shape variants(std::vector<Variant> variants) { return {.kind = Shape::Kind::variants, .variants = std::move(variants)}; }

namespace {

bool is_word_of_other_type(std::string_view plain) {
  static constexpr std::array<std::string_view, 10> others{"~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"};
  // Booleans of YAML 1.1, which most readers of other languages still are.
  static constexpr std::array<std::string_view, 12> older{"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"};
  return std::ranges::find(others, plain) != others.end() || std::ranges::find(older, plain) != older.end();
}

/// Takes the digits at the front of `rest`; gives their number.
std::size_t take_digits(std::string_view& rest) {
  const std::size_t length = std::min(rest.find_first_not_of("0123456789"), rest.size());
  rest.remove_prefix(length);
  return length;
}

/// `12:30`, in YAML 1.1 a number to the base of 60.
bool is_sexagesimal(std::string_view rest) {
  bool any = false;
  for (take_digits(rest); rest.starts_with(':'); any = true) {
    rest.remove_prefix(1);
    const bool small = rest.size() < 2 || rest[1] < '0' || rest[1] > '9' || rest[0] <= '5';
    const std::size_t length = take_digits(rest);
    if (length == 0 || length > 2 || !small) {
      return false;
    }
  }
  return any && rest.empty();
}

bool is_number(std::string_view rest) {
  // The number forms of the YAML 1.2 core schema: 12, -1.5, .5, 1e3, 0x1f, 0o17, .inf, .nan, and 0b11 of YAML 1.1.
  const auto based = [&](std::string_view sign, std::string_view digits) {
    return rest.starts_with(sign) && rest.size() > 2 && rest.find_first_not_of(digits, 2) == std::string_view::npos;
  };
  if (based("0x", "0123456789abcdefABCDEF") || based("0o", "01234567") || based("0b", "01")) {
    return true;
  }
  if (rest == ".nan" || rest == ".NaN" || rest == ".NAN") {
    return true;
  }
  if (rest.starts_with('-') || rest.starts_with('+')) {
    rest.remove_prefix(1);
  }
  if (rest == ".inf" || rest == ".Inf" || rest == ".INF" || is_sexagesimal(rest)) {
    return true;
  }
  std::size_t digits = take_digits(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    digits += take_digits(rest);
  }
  if (digits == 0) {
    return false;
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('+')) {
      rest.remove_prefix(1);
    }
    return take_digits(rest) > 0 && rest.empty();
  }
  return rest.empty();
}

}  // namespace

bool reads_as_other_type(std::string_view plain) {
  // Most words begin with a small letter, and are longer than any of another type that does.
  if (!plain.empty() && plain.front() >= 'a' && plain.front() <= 'z') {
    return plain.size() <= 5 && is_word_of_other_type(plain);
  }
  if (is_word_of_other_type(plain) || is_number(plain)) {
    return true;
  }
  // YAML 1.1 reads 2023_01 as the number 202301.
  const std::size_t first = plain.find_first_not_of("+-");
  if (first == std::string_view::npos || plain[first] < '0' || plain[first] > '9' || plain.find('_') == std::string_view::npos) {
    return false;
  }
  std::string without(plain);
  std::erase(without, '_');
  return is_number(without);
}

namespace {

using Kind = Shape::Kind;

constexpr std::string_view ten_digits = "0123456789";

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 32 && is_letter_or_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
}

/// Names that Windows keeps for devices: a file cannot be called so.
bool is_reserved_name(std::string_view text) {
  const std::string lower = small_letters(text);
  if (lower == "con" || lower == "prn" || lower == "aux" || lower == "nul") {
    return true;
  }
  return lower.size() == 4 && (lower.starts_with("com") || lower.starts_with("lpt")) && lower[3] >= '1' && lower[3] <= '9';
}

bool is_record_id(std::string_view text) {
  return text.size() == 10 && text.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string_view::npos;
}

bool looks_like_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return false;
  }
  for (const std::size_t place : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (ten_digits.find(text[place]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool is_nfc(std::string_view text) {
  // ASCII and the unified ideographs have no other form; they are nearly everything.
  bool plain = true;
  for (std::size_t i = 0; i < text.size() && plain;) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      ++i;
    } else if (byte >= 0xE4 && byte <= 0xE9 && i + 2 < text.size()) {
      i += 3;
    } else {
      plain = false;
    }
  }
  if (plain) {
    return true;
  }
  utf8proc_uint8_t* normal = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &normal,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const bool same = length >= 0 && std::string_view(reinterpret_cast<const char*>(normal), static_cast<std::size_t>(length)) == text;
  std::free(normal);  // NOLINT(cppcoreguidelines-no-malloc): utf8proc hands out malloc'ed memory
  return same;
}

bool has_private_use(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (first == 0xEE || (first == 0xEF && second <= 0xA3)) {
      return true;
    }
    if (first == 0xF3 && second >= 0xB0) {
      return true;
    }
  }
  return false;
}

Message in_one_text(std::span<const std::string_view> words) {
  std::string all;
  for (const std::string_view word : words) {
    all += all.empty() ? "" : ", ";
    all += word;
  }
  return as_data(std::move(all));
}

/// What the shape wants, for "… is due here".
Message wanted(const Shape& shape) {
  switch (shape.kind) {
    case Kind::text:
      return say("a text");
    case Kind::name:
      return say("a name");
    case Kind::identifier:
      return say("an id (letters, digits, - and _)");
    case Kind::code:
      return say("a code (small letters, digits and -)");
    case Kind::record_id:
      return say("a record id (10 characters)");
    case Kind::date:
      return say("a date (YYYY-MM-DD)");
    case Kind::whole:
      return say("a whole number from {0} to {1}", shape.min, shape.max);
    case Kind::decimal:
      return say("a number from {0} to {1}", hundredths_to_string(shape.min), hundredths_to_string(shape.max));
    case Kind::percent:
      return say("a percentage from {0}% to {1}%", hundredths_to_string(shape.min), hundredths_to_string(shape.max));
    case Kind::word:
      return say("one of: {0}", in_one_text(shape.words));
    case Kind::yes_no:
      return say("true or false");
    case Kind::cell:
      return say("a mark, absent, exempt, deferred, void or ~");
    case Kind::count_cell:
      return say("a whole number from {0} to {1}, or ~", shape.min, shape.max);
    case Kind::yearly_date:
      return say("a date (MM-DD or YYYY-MM-DD)");
    case Kind::days:
      return say("a time from {0} to {1} days (like 30 days)", shape.min, shape.max);
    case Kind::list:
      return say("a list");
    case Kind::record:
    case Kind::table:
    case Kind::variants:
      return say("a mapping (key: value)");
    case Kind::either: {
      Message all = wanted(shape.items.front());
      for (std::size_t i = 1; i < shape.items.size(); ++i) {
        all = say("{0}, or {1}", std::move(all), wanted(shape.items[i]));
      }
      return all;
    }
  }
  return {};
}

Message found(const Value& value) {
  switch (value.kind()) {
    case NodeKind::null:
      return say("nothing");
    case NodeKind::plain:
    case NodeKind::quoted:
      return say("'{0}'", value.text());
    case NodeKind::sequence:
      return say("a list");
    case NodeKind::mapping:
      return say("a mapping (key: value)");
  }
  return {};
}

Message number_hint() { return say("write digits, without zeros in front, and at most two places after the point"); }
Message whole_number_hint() { return say("write digits only, without zeros in front"); }

/// The state of a mark that a text seems to mean: what schools write in their tables, or a slip of the pen; may be empty.
std::string_view state_meant(std::string_view text) {
  using Usual = std::pair<std::string_view, std::string_view>;
  static constexpr std::array usual{Usual{"缺考", "absent"}, Usual{"缺", "absent"},     Usual{"旷考", "absent"}, Usual{"免考", "exempt"},
                                    Usual{"免", "exempt"},   Usual{"缓考", "deferred"}, Usual{"作弊", "void"},   Usual{"取消", "void"}};
  const auto found = std::ranges::find(usual, text, &Usual::first);
  static const std::vector<std::string_view> states{"absent", "exempt", "deferred", "void"};
  return found != usual.end() ? found->second : nearest(text, states).value_or(std::string_view());
}

/// One check of one file.
class Check {
 public:
  Check(std::string_view path, Diagnostics& problems) : path_(path), problems_(problems) {}

  bool value(const Value& value, const Shape& shape);
  void finish() { problems_.finish(); }

 private:
  bool error(const Value& at, std::string_view code, Message message, Message hint = {}) {
    problems_.add(path_, at, Severity::error, code, std::move(message), std::move(hint));
    return false;
  }
  bool wrong_type(const Value& at, const Shape& shape) {
    if (at.is_null()) {
      return error(at, "field/nothing-here", say("{0} is due here, nothing stands here", wanted(shape)),
                   say("write a value, or leave the key out"));
    }
    return error(at, "field/wrong-type", say("{0} is due here, not {1}", wanted(shape), found(at)));
  }
  bool scalar(const Value& at, const Shape& shape);
  bool free_text(const Value& at, const Shape& shape);
  bool pattern(const Value& at, const Shape& shape);
  bool number(const Value& at, const Shape& shape);
  bool needs_quotes(const Value& at) {
    return error(at, "field/needs-quotes", say("'{0}' needs quotes: other programs do not read it as text", at.text()),
                 say("write \"{0}\"", at.text()));
  }
  bool in_range(const Value& at, const Shape& shape, std::int64_t number) {
    if (number >= shape.min && number <= shape.max) {
      return true;
    }
    return error(at, "field/out-of-range", say("{0} is due here, not {1}", wanted(shape), found(at)));
  }
  bool list(const Value& at, const Shape& shape);
  bool record(const Value& at, const Shape& shape);
  bool table(const Value& at, const Shape& shape);
  bool either(const Value& at, const Shape& shape);
  bool variants(const Value& at, const Shape& shape);
  bool unknown_key(const Value& key, const Shape& shape);
  bool counted_keys(const Value& at, std::span<const std::string_view> keys, bool more_allowed);

  std::string_view path_;
  RepeatedProblems problems_;
};

bool Check::value(const Value& at, const Shape& shape) {
  switch (shape.kind) {
    case Kind::list:
      return list(at, shape);
    case Kind::record:
      return record(at, shape);
    case Kind::table:
      return table(at, shape);
    case Kind::either:
      return either(at, shape);
    case Kind::variants:
      return variants(at, shape);
    case Kind::cell:
    case Kind::count_cell:
      return at.is_null() || scalar(at, shape);
    default:
      return scalar(at, shape);
  }
}

bool Check::scalar(const Value& at, const Shape& shape) {
  if (!at.is_scalar()) {
    return wrong_type(at, shape);
  }
  switch (shape.kind) {
    case Kind::text:
    case Kind::name:
      return free_text(at, shape);
    case Kind::whole:
    case Kind::decimal:
    case Kind::cell:
    case Kind::count_cell:
      return number(at, shape);
    default:
      return pattern(at, shape);
  }
}

bool Check::free_text(const Value& at, const Shape& shape) {
  const std::string_view text = at.text();
  if (shape.min > 0 && text.find_first_not_of(" \t\n") == std::string_view::npos) {
    return error(at, "field/empty-text", say("{0} is due here, not an empty text", wanted(shape)));
  }
  if (at.kind() == NodeKind::plain && reads_as_other_type(text)) {
    return needs_quotes(at);
  }
  if (comment_follows(at)) {
    return error(at, "field/cut-by-comment", say("the text ends at ' #': what follows is taken for a comment"),
                 say("put the whole text in quotes: \"…\""));
  }
  if (!is_nfc(text)) {
    return error(at, "field/not-nfc", say("'{0}' is written with separate accents (not in Unicode form NFC)", text),
                 say("type the text again, or convert the file to NFC"));
  }
  if (has_private_use(text)) {
    problems_.add(path_, at, Severity::warning, "field/private-use",
                  say("'{0}' holds a private-use character: other machines show another sign, or none", text),
                  say("look the character up in Unicode and type it again"));
  }
  return true;
}

bool Check::pattern(const Value& at, const Shape& shape) {
  const std::string_view text = at.text();
  const bool plain = at.kind() == NodeKind::plain;
  switch (shape.kind) {
    case Kind::identifier:
      if (!is_identifier(text)) {
        return error(at, "field/not-an-id",
                     say("'{0}' is no id: an id has 1 to 32 letters, digits, - or _, and begins with a letter or digit", text));
      }
      if (plain && reads_as_other_type(text)) {
        return needs_quotes(at);
      }
      if (is_reserved_name(text)) {
        return error(at, "field/reserved-id", say("'{0}' cannot be an id: Windows allows no file of this name", text));
      }
      return true;
    case Kind::code:
      if (!is_code_text(text)) {
        return error(at, "field/not-a-code",
                     say("'{0}' is no code: a code has 1 to 48 small letters, digits or -, and does not begin with -", text));
      }
      return !(plain && reads_as_other_type(text)) || needs_quotes(at);
    case Kind::record_id:
      if (!is_record_id(text)) {
        return error(at, "field/not-a-record-id", say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", text));
      }
      return !(plain && reads_as_other_type(text)) || needs_quotes(at);
    case Kind::date:
      if (!looks_like_date(text)) {
        return error(at, "field/not-a-date", say("a date is due here, not '{0}'", text),
                     say("write the date as YYYY-MM-DD, like 2026-03-02"));
      }
      if (!parse_date(text)) {
        return error(at, "field/no-such-day", say("there is no day '{0}' in the calendar", text));
      }
      return true;
    case Kind::yearly_date: {
      const std::string whole = text.size() == 5 ? "2024-" + std::string(text) : std::string(text);  // a leap year
      if (!looks_like_date(whole)) {
        return error(at, "field/not-a-date", say("a date is due here, not '{0}'", text), say("write MM-DD for every year, or YYYY-MM-DD"));
      }
      if (!parse_date(whole)) {
        return error(at, "field/no-such-day", say("there is no day '{0}' in the calendar", text));
      }
      return true;
    }
    case Kind::percent: {
      const auto value = percent_of(text);
      return value ? in_range(at, shape, *value) : wrong_type(at, shape);
    }
    case Kind::word: {
      if (std::ranges::find(shape.words, text) != shape.words.end()) {
        return !(plain && reads_as_other_type(text)) || needs_quotes(at);
      }
      const auto near = nearest(text, shape.words);
      return error(at, "field/unknown-word", say("'{0}' is not known here; {1} is due", text, wanted(shape)),
                   near ? say("did you mean '{0}'?", *near) : Message{});
    }
    case Kind::yes_no:
      return (plain && (text == "true" || text == "false")) || wrong_type(at, shape);
    case Kind::days: {
      const auto space = text.find(" days");
      const auto number = space != std::string_view::npos && space + 5 == text.size() ? decimal_of(text.substr(0, space)) : std::nullopt;
      return (number && *number % 100 == 0 && text.front() != '0') ? in_range(at, shape, *number / 100) : wrong_type(at, shape);
    }
    default:
      return wrong_type(at, shape);
  }
}

bool Check::number(const Value& at, const Shape& shape) {
  const std::string_view text = at.text();
  const bool whole = shape.kind == Kind::whole || shape.kind == Kind::count_cell;
  if (shape.kind == Kind::cell && (text == "absent" || text == "exempt" || text == "deferred" || text == "void")) {
    return true;
  }
  if (at.kind() == NodeKind::quoted) {
    return error(at, "field/quoted-number", say("{0} is due here, without quotes", wanted(shape)),
                 decimal_of(text) ? say("write {0}", text) : number_hint());
  }
  const auto hundredths = decimal_of(text);
  if (!hundredths) {
    if (shape.kind == Kind::cell) {
      const std::string_view meant = state_meant(text);
      return error(at, "field/not-a-mark", say("{0} is due here, not {1}", wanted(shape), found(at)),
                   meant.empty() ? number_hint() : say("did you mean '{0}'?", meant));
    }
    return error(at, "field/not-a-number", say("{0} is due here, not {1}", wanted(shape), found(at)),
                 whole ? whole_number_hint() : number_hint());
  }
  if (whole && (*hundredths % 100 != 0 || text.find('.') != std::string_view::npos)) {
    return error(at, "field/not-a-number", say("{0} is due here, not {1}", wanted(shape), found(at)), whole_number_hint());
  }
  return in_range(at, shape, whole ? *hundredths / 100 : *hundredths);
}

bool Check::list(const Value& at, const Shape& shape) {
  if (!at.is_sequence()) {
    return wrong_type(at, shape);
  }
  bool sound = true;
  std::int64_t count = 0;
  for (const Value item : items_of(at)) {
    sound = value(item, shape.items.front()) && sound;
    ++count;
  }
  if (count < shape.min) {
    sound = error(at, "field/too-few", counted(shape.min, "at least {0} entry is due here", "at least {0} entries are due here"));
  }
  return sound;
}

bool Check::unknown_key(const Value& key, const Shape& shape) {
  std::vector<std::string_view> known;
  for (const Field& field : shape.fields) {
    known.push_back(field.key);
  }
  const auto near = nearest(key.text(), known);
  return error(key, "field/unknown-key", say("the key '{0}' is not known here", key.text()),
               near ? say("did you mean '{0}'?", *near) : say("known keys: {0}", in_one_text(known)));
}

bool Check::counted_keys(const Value& at, std::span<const std::string_view> keys, bool more_allowed) {
  if (keys.empty()) {
    return true;
  }
  std::size_t present = 0;
  for (const std::string_view key : keys) {
    present += help::find(at, key) ? 1U : 0U;
  }
  if (present == 1 || (present > 1 && more_allowed)) {
    return true;
  }
  return error(at, "field/choose-one",
               more_allowed ? say("at least one of these keys is due: {0}", in_one_text(keys))
                            : say("exactly one of these keys is due: {0}", in_one_text(keys)));
}

bool Check::record(const Value& at, const Shape& shape) {
  if (!at.is_mapping()) {
    return wrong_type(at, shape);
  }
  bool sound = true;
  std::uint64_t seen = 0;  // by field; no record has more than 64
  for (const auto [key, content] : entries_of(at)) {
    const auto field = std::ranges::find(shape.fields, key.text(), &Field::key);
    if (field == shape.fields.end()) {
      sound = (shape.open || unknown_key(key, shape)) && sound;
      continue;
    }
    seen |= std::uint64_t{1} << (field - shape.fields.begin());
    sound = value(content, field->shape) && sound;
  }
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    if (shape.fields[i].required && (seen >> i & 1U) == 0) {
      sound = error(at, "field/missing-key", say("the key '{0}' is missing", shape.fields[i].key),
                    say("{0}: {1}", shape.fields[i].key, say(shape.fields[i].meaning)));
    }
  }
  sound = counted_keys(at, shape.exactly_one, false) && sound;
  return counted_keys(at, shape.at_least_one, true) && sound;
}

bool Check::table(const Value& at, const Shape& shape) {
  if (!at.is_mapping()) {
    return wrong_type(at, shape);
  }
  bool sound = true;
  std::int64_t count = 0;
  for (const auto [key, content] : entries_of(at)) {
    sound = value(key, shape.items[0]) && sound;
    sound = value(content, shape.items[1]) && sound;
    ++count;
  }
  if (count < shape.min) {
    sound = error(at, "field/too-few", counted(shape.min, "at least {0} entry is due here", "at least {0} entries are due here"));
  }
  return sound;
}

/// Whether a scalar has the outer form of the shape, so that its own check gives the best message.
bool form_fits(const Value& at, const Shape& shape) {
  switch (shape.kind) {
    case Kind::list:
      return at.is_sequence();
    case Kind::record:
    case Kind::variants:
    case Kind::table:
      return at.is_mapping();
    case Kind::whole:
    case Kind::decimal:
      return at.kind() == NodeKind::plain && decimal_of(at.text()).has_value();
    case Kind::percent:
      return at.is_scalar() && at.text().ends_with('%');
    case Kind::days:
      return at.is_scalar() && at.text().ends_with(" days");
    case Kind::word:
      return at.is_scalar() && std::ranges::find(shape.words, at.text()) != shape.words.end();
    default:
      return at.is_scalar();
  }
}

bool Check::either(const Value& at, const Shape& shape) {
  for (const Shape& choice : shape.items) {
    if (form_fits(at, choice)) {
      return value(at, choice);
    }
  }
  if (at.is_scalar()) {
    const auto words = std::ranges::find(shape.items, Kind::word, &Shape::kind);
    const auto near = words != shape.items.end() ? nearest(at.text(), words->words) : std::nullopt;
    return error(at, "field/unknown-word", say("'{0}' is not known here; {1} is due", at.text(), wanted(shape)),
                 near ? say("did you mean '{0}'?", *near) : Message{});
  }
  return wrong_type(at, shape);
}

bool Check::variants(const Value& at, const Shape& shape) {
  if (!at.is_mapping()) {
    return wrong_type(at, shape);
  }
  for (const Variant& variant : shape.variants) {
    const auto content = variant.key.empty() ? std::nullopt : help::find(at, variant.key);
    const bool applies = variant.key.empty() || (content && (variant.value.empty() || content->text() == variant.value));
    if (applies) {
      return record(at, variant.shape);
    }
  }
  return wrong_type(at, shape);
}

}  // namespace

bool check_shape(std::string_view path, const Value& value, const Shape& shape, Diagnostics& problems) {
  Check check(path, problems);
  const bool sound = check.value(value, shape);
  check.finish();
  return sound;
}

}  // namespace help
