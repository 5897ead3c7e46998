// SPDX-License-Identifier: MIT
#include "store/log_record.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "model/recipients.hpp"
#include "store/fields.hpp"

namespace help {
namespace {

constexpr std::uint32_t value_of(Party::Kind kind, std::size_t index) {
  return DenseParty(Party{kind, static_cast<std::uint32_t>(index)}).code();
}

template <typename Number>
void append_bytes(std::string& key, Number number) {
  std::array<char, sizeof number> bytes{};
  std::memcpy(bytes.data(), &number, sizeof number);
  key.append(bytes.data(), bytes.size());
}

void append_text(std::string& key, std::string_view text) {
  append_bytes(key, static_cast<std::uint32_t>(text.size()));
  key.append(text);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

}  // namespace

void LogLines::clear() {
  records.clear();
  students.clear();
  with.clear();
  to.clear();
}

LogBook::LogBook(Dataset& data) : data_(data) {
  data.log.first_new_subject = static_cast<std::uint32_t>(data.subjects.size());
  parties_.reserve(data.students.size() + data.staff.size() + data.bodies.size());
  for (std::size_t i = 0; i < data.students.size(); ++i) parties_.add(data.students[i].id, value_of(Party::Kind::student, i));
  for (std::size_t i = 0; i < data.staff.size(); ++i) parties_.add(data.staff[i].id, value_of(Party::Kind::staff, i));
  for (std::size_t i = 0; i < data.bodies.size(); ++i) parties_.add(data.bodies[i].id, value_of(Party::Kind::body, i));
  for (std::size_t i = 0; i < data.classes.size(); ++i) classes_.add(data.classes[i].id, static_cast<std::uint32_t>(i));
  for (std::size_t i = 0; i < data.policy.kinds.size(); ++i) kinds_.add(data.policy.kinds[i].id, static_cast<std::uint32_t>(i));
}

SubjectIndex LogBook::subject_of(std::string_view name) {
  key_.assign(name);
  const auto [place, added] = data_.subject_by_name.try_emplace(key_, static_cast<SubjectIndex>(data_.subjects.size()));
  if (added) data_.subjects.push_back(key_);
  return place->second;
}

std::uint32_t LogBook::words_of(const LogLines& lines, const LogRecord& record) {
  if (!record.body && record.with.count == 0 && record.to.count == 0 && record.channel.empty() && record.exam.empty() && !record.follow_up)
    return 0;
  key_.clear();
  append_bytes(key_, record.body.value_or(UINT32_MAX));
  append_bytes(key_, record.with.count);
  for (std::uint32_t i = 0; i < record.with.count; ++i) {
    append_bytes(key_, DenseParty(lines.with[record.with.first + i]).code());
  }
  append_bytes(key_, record.to.count);
  for (std::uint32_t i = 0; i < record.to.count; ++i) append_text(key_, lines.to[record.to.first + i]);
  append_text(key_, record.channel);
  append_text(key_, record.exam);
  if (record.follow_up) append_bytes(key_, record.follow_up->time_since_epoch().count());
  auto& all = data_.log.words;
  const auto [place, added] = words_.try_emplace(key_, static_cast<std::uint32_t>(all.size()));
  if (!added) return place->second;
  const auto with = lines.with.begin() + record.with.first;
  const auto to = lines.to.begin() + record.to.first;
  all.push_back({.body = record.body,
                 .with = {with, with + record.with.count},
                 .to = {to, to + record.to.count},
                 .channel = std::string(record.channel),
                 .exam = std::string(record.exam),
                 .follow_up = record.follow_up});
  return place->second;
}

void LogBook::keep_only_doubtful(Date today) {
  sound_until_ = today;
  for (const std::string_view word : recipient_words(data_)) recipients_.add(word, 0);
}

bool LogBook::is_sound(const LogLines& lines, const LogRecord& record) {
  const auto is_known = [&](std::string_view recipient) { return parties_.find(recipient) || recipients_.find(recipient); };
  const auto knows_subject = [&] {
    if (record.subject.empty() || data_.teaching.empty()) return true;
    const auto place = data_.subject_by_name.find(key_.assign(record.subject));
    return place != data_.subject_by_name.end() && place->second < data_.log.first_new_subject;
  };
  const auto to = lines.to.begin() + record.to.first;
  return record.entry.date <= *sound_until_ && (record.exam.empty() || data_.find_exam(record.exam)) && knows_subject() &&
         std::all_of(to, to + record.to.count, is_known);
}

void LogBook::take(const LogLines& lines, const LogRecord& record) {
  if (sound_until_ && is_sound(lines, record)) return;
  InteractionLog& log = data_.log;
  Interaction& entry = month_.emplace_back(record.entry);
  entry.first_student = static_cast<std::uint32_t>(log.students.size());
  entry.student_count = record.students.count;
  const auto first = lines.students.begin() + record.students.first;
  make_room(log.students, record.students.count);
  log.students.insert(log.students.end(), first, first + record.students.count);
  if (!record.subject.empty()) entry.subject = subject_of(record.subject);
  entry.words = words_of(lines, record);
}

void LogBook::end_month() {
  if (month_.empty()) return;
  struct Key {
    std::uint64_t id;
    std::uint32_t at;
  };
  // Ids are random: parted by day and by their highest bits, only a few stay together that must be compared.
  constexpr unsigned parts_of_day = 64;
  constexpr unsigned shift = 44;
  const Date first = std::ranges::min_element(month_, {}, &Interaction::date)->date;
  const auto part_of = [&](const Interaction& entry) {
    return static_cast<std::size_t>((entry.date - first).count()) * parts_of_day + (entry.id >> shift);
  };
  std::array<std::uint32_t, std::size_t{31} * parts_of_day + 1> begins{};
  for (const Interaction& entry : month_) ++begins[part_of(entry) + 1];
  for (std::size_t part = 1; part < begins.size(); ++part) begins[part] += begins[part - 1];
  auto ends = begins;
  std::vector<Key> order(month_.size());
  for (std::uint32_t at = 0; at < month_.size(); ++at) order[ends[part_of(month_[at])]++] = {month_[at].id, at};
  for (std::size_t part = 0; part + 1 < begins.size(); ++part) {
    std::sort(order.begin() + begins[part], order.begin() + begins[part + 1],
              [](const Key& one, const Key& other) { return one.id < other.id; });
  }
  make_room(data_.log.entries, month_.size());
  for (const Key& one : order) data_.log.entries.push_back(month_[one.at]);
  month_.clear();
}

template <typename Item>
void LogBook::make_room(std::vector<Item>& items, std::size_t more) const {
  if (done_ == 0 || items.capacity() - items.size() >= more) return;
  const std::size_t size = items.size() + more;
  // Growing step by step would copy, and touch, twice the memory.
  items.reserve(std::max(size + size / done_ * (all_ - done_) * 9 / 8, size * 2));
}

void LogBook::expect(std::size_t done, std::size_t all) {
  done_ = done;
  all_ = all;
  if (done > 0 && done % 64 == 1) ids_.reserve(ids_.size() / done * all * 9 / 8 + 1024);
}

namespace {

/// What a record refers to, looked up.
class RecordDecoder {
 public:
  RecordDecoder(const LogBook& book, const LogFile& file, LogLines& lines, LogRecord& record)
      : book_(book), file_(file), lines_(lines), record_(record) {}

  bool decode(const Value& item) {
    Interaction& entry = record_.entry;
    entry.owner = entry.by = file_.owner;
    for (const auto [key, value] : entries_of(item)) {
      if (!field(key.text(), value)) return false;
    }
    return true;
  }

 private:
  void give(InteractionField field) { record_.entry.given |= bit_of(field); }

  bool field(std::string_view key, const Value& value) {
    Interaction& entry = record_.entry;
    if (key == "id") {
      entry.id = record_number(value.text());
      return true;
    }
    if (key == "date") {
      const auto date = date_of(value);
      entry.date = date.value_or(Date{});
      return date && value.text().starts_with(file_.month);
    }
    if (key == "kind") {
      const IdTable::Entry* kind = book_.kinds().find(value.text());
      if (kind != nullptr) entry.kind = static_cast<InteractionKindIndex>(kind->value);
      return kind != nullptr;
    }
    if (key == "by") {
      const IdTable::Entry* party = book_.parties().find(value.text());
      if (party != nullptr) entry.by = LogBook::party_of(party->value);
      return party != nullptr;
    }
    const auto named = parse_interaction_field(key == "students" ? "student" : key);
    if (!named) return true;  // at, fixes
    const bool empty = value.is_sequence() ? items_of(value).begin() == items_of(value).end() : value.is_scalar() && is_blank(value.text());
    if (empty) return true;
    if (*named == InteractionField::student && (entry.given & bit_of(*named)) != 0) return false;
    give(*named);
    return given_field(*named, value);
  }

  bool given_field(InteractionField field, const Value& value) {
    Interaction& entry = record_.entry;
    switch (field) {
      case InteractionField::student:
        return students(value);
      case InteractionField::school_class: {
        const IdTable::Entry* in = book_.classes().find(value.text());
        if (in != nullptr) entry.in_class = in->value;
        return in != nullptr;
      }
      case InteractionField::grade:
        entry.grade = static_cast<int>(whole_of(value).value_or(0));
        return true;
      case InteractionField::body: {
        const IdTable::Entry* body = book_.parties().find(value.text());
        if (body == nullptr || LogBook::party_of(body->value).kind != Party::Kind::body) return false;
        record_.body = LogBook::party_of(body->value).index;
        return true;
      }
      case InteractionField::subject:
        record_.subject = value.text();
        return true;
      case InteractionField::with:
        return with(value);
      case InteractionField::to:
        record_.to.first = static_cast<std::uint32_t>(lines_.to.size());
        for (const Value one : items_of(value)) lines_.to.push_back(one.text());
        record_.to.count = static_cast<std::uint32_t>(lines_.to.size()) - record_.to.first;
        return true;
      case InteractionField::channel:
        record_.channel = value.text();
        return true;
      case InteractionField::student_present:
        entry.student_was_present = value.text() == "true";
        return true;
      case InteractionField::exam:
        record_.exam = value.text();
        return true;
      case InteractionField::follow_up:
        record_.follow_up = date_of(value);
        return record_.follow_up.has_value();
      default:
        return true;
    }
  }

  bool students(const Value& value) {
    record_.students.first = static_cast<std::uint32_t>(lines_.students.size());
    if (value.is_scalar() && !add_student(value)) return false;
    for (const Value one : items_of(value)) {
      if (!add_student(one)) return false;
    }
    return true;
  }

  bool add_student(const Value& id) {
    const IdTable::Entry* found = book_.parties().find(id.text());
    if (found == nullptr || LogBook::party_of(found->value).kind != Party::Kind::student) return false;
    const std::uint32_t index = LogBook::party_of(found->value).index;
    const auto own = lines_.students.begin() + record_.students.first;
    if (std::find(own, lines_.students.end(), index) != lines_.students.end()) return false;
    lines_.students.push_back(index);
    ++record_.students.count;
    return true;
  }

  bool with(const Value& value) {
    record_.with.first = static_cast<std::uint32_t>(lines_.with.size());
    for (const Value one : items_of(value)) {
      const IdTable::Entry* party = book_.parties().find(one.text());
      if (party == nullptr) return false;
      lines_.with.push_back(LogBook::party_of(party->value));
    }
    record_.with.count = static_cast<std::uint32_t>(lines_.with.size()) - record_.with.first;
    return true;
  }

  const LogBook& book_;
  const LogFile& file_;
  LogLines& lines_;
  LogRecord& record_;
};

/// Finds everything that `RecordDecoder` stumbles over, with its place.
class RecordCheck {
 public:
  RecordCheck(Reading& reading, const LogBook& book, const LogFile& file) : reading_(reading), book_(book), file_(file) {}

  void check(const Value& item) {
    if (const auto date = find(item, "date"); date && !date->text().starts_with(file_.month)) {
      error(*date, "log/other-month", say("the day {0} is not in the month {1} of this folder", date->text(), file_.month),
            say("withdraw the record here (help note --void) and write it anew: it belongs into log/{0}/", date->text().substr(0, 7)));
    }
    for (const std::string_view key : {"by", "with"}) {
      if (const auto value = find(item, key)) each(*value, [this](const Value& id) { party(id); });
    }
    students(item);
    if (const auto in = find(item, "class")) (void)reading_.school_class(file_.path, *in);
    if (const auto body = find(item, "body")) (void)reading_.body(file_.path, *body);
    kind(item);
  }

 private:
  template <typename Use>
  static void each(const Value& value, Use use) {
    if (value.is_scalar()) use(value);
    for (const Value one : items_of(value)) use(one);
  }

  void error(const Value& at, std::string_view code, Message message, Message hint = {}) {
    reading_.error(file_.path, at, code, std::move(message), std::move(hint));
  }

  void party(const Value& id) {
    if (book_.parties().find(id.text()) != nullptr) return;
    for (const std::string_view file : {"roster/students.yaml", "roster/staff.yaml", "roster/bodies.yaml"}) {
      if (reading_.unreadable.contains(file)) return;
    }
    std::vector<std::string_view> known;
    for (const Staff& one : reading_.data.staff) known.push_back(one.id);
    for (const Body& one : reading_.data.bodies) known.push_back(one.id);
    for (const Student& one : reading_.data.students) known.push_back(one.id);
    reading_.unknown(file_.path, id, "reference/unknown-party", say("the roster has no person and no body with the id '{0}'", id.text()),
                     known);
  }

  void students(const Value& item) {
    const auto one = find(item, "student");
    const auto several = find(item, "students");
    if (one && several) {
      error(*several, "log/student-and-students", say("the students stand either in `student` or in `students`"),
            say("write them all into `students: […]`"));
    }
    std::vector<std::string_view> seen;
    const auto check_one = [&](const Value& id) {
      (void)reading_.student(file_.path, id);
      if (std::ranges::find(seen, id.text()) != seen.end()) {
        error(id, "log/student-twice", say("the student '{0}' stands here a second time", id.text()));
      }
      seen.push_back(id.text());
    };
    if (one) check_one(*one);
    if (several) each(*several, check_one);
  }

  void kind(const Value& item) {
    const auto value = find(item, "kind");
    if (!value || !value->is_scalar()) return;
    const IdTable::Entry* found = book_.kinds().find(value->text());
    if (found == nullptr) {
      std::vector<std::string_view> known;
      for (const InteractionKind& one : reading_.data.policy.kinds) known.push_back(one.id);
      reading_.unknown(file_.path, *value, "log/unknown-kind", say("no kind of interaction has the id '{0}'", value->text()), known);
      return;
    }
    const InteractionKind& kind = book_.kind(static_cast<InteractionKindIndex>(found->value));
    const InteractionFields given = given_fields(item);
    for (int i = 0; i <= static_cast<int>(InteractionField::note); ++i) {
      const auto field = static_cast<InteractionField>(i);
      if ((kind.needs & bit_of(field)) != 0 && (given & bit_of(field)) == 0) {
        reading_.warn(file_.path, *value, "log/field-missing", say("a record of the kind '{0}' needs `{1}`", kind.id, word_of(field)),
                      say("add what is missing with help note --fix {0}", text_at(item, "id")));
      }
    }
  }

  static InteractionFields given_fields(const Value& item) {
    InteractionFields given = 0;
    for (const auto [key, value] : entries_of(item)) {
      const auto field = parse_interaction_field(key.text() == "students" ? "student" : key.text());
      const bool empty =
          value.is_sequence() ? items_of(value).begin() == items_of(value).end() : value.is_scalar() && is_blank(value.text());
      if (field && !empty) given |= bit_of(*field);
    }
    return given;
  }

  Reading& reading_;
  const LogBook& book_;
  const LogFile& file_;
};

}  // namespace

bool decode_log_record(const Value& item, const LogBook& book, const LogFile& file, LogLines& lines, LogRecord& record) {
  return RecordDecoder(book, file, lines, record).decode(item);
}

void report_log_record(Reading& reading, const Value& item, const LogBook& book, const LogFile& file) {
  RecordCheck(reading, book, file).check(item);
}

}  // namespace help
