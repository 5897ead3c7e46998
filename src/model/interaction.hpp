// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/date.hpp"

namespace help {

/// Whoever can owe, do or receive something: one of the id space that students, staff and bodies share.
struct Party {
  enum class Kind : std::uint8_t { staff, student, body };
  Kind kind = Kind::staff;
  std::uint32_t index = 0;  ///< into Dataset::staff, students or bodies

  friend auto operator<=>(const Party&, const Party&) = default;
};
/// staff, student or body.
[[nodiscard]] std::string_view word_of(Party::Kind kind);

/// A party in the room of a number.
class DenseParty {
 public:
  constexpr DenseParty() = default;
  // Not explicit: it is the same value, stored otherwise.
  constexpr DenseParty(Party party)  // NOLINT(google-explicit-constructor)
      : code_(static_cast<std::uint32_t>(party.kind) << index_bits | party.index) {}
  constexpr operator Party() const {  // NOLINT(google-explicit-constructor)
    return {static_cast<Party::Kind>(code_ >> index_bits), code_ & ((1U << index_bits) - 1)};
  }
  [[nodiscard]] static constexpr DenseParty of_code(std::uint32_t code) {
    DenseParty party;
    party.code_ = code;
    return party;
  }
  [[nodiscard]] constexpr std::uint32_t code() const { return code_; }
  friend constexpr bool operator==(DenseParty, DenseParty) = default;
  friend constexpr bool operator==(DenseParty one, Party other) { return Party(one) == other; }

 private:
  static constexpr unsigned index_bits = 30;
  std::uint32_t code_ = 0;
};

/// What an interaction can say beside who, when and what kind; a kind or a duty may ask for it.
enum class InteractionField : std::uint8_t {
  student,       ///< one or several
  school_class,  ///< `class`
  grade,
  body,
  subject,
  with,     ///< staff, students or bodies who did it together with the one who owes it
  to,       ///< who received it: ids, roles or free words such as `parents`
  channel,  ///< phone, in-person, letter …
  place,
  present,          ///< who of the family was there: mother, father …
  student_present,  ///< yes or no; left out is not "no"
  minutes,
  tags,
  checklist,
  exam,
  follow_up,  ///< the day on which something is due next
  note,
};
/// The key in files: `student-present`, `follow-up` …
[[nodiscard]] std::string_view word_of(InteractionField field);
[[nodiscard]] std::optional<InteractionField> parse_interaction_field(std::string_view word);

/// A set of fields, one bit each.
using InteractionFields = std::uint32_t;
[[nodiscard]] constexpr InteractionFields bit_of(InteractionField field) { return InteractionFields{1} << static_cast<unsigned>(field); }

/// A kind of interaction: talk, home-visit … The standard ones (model/interaction.cpp) stand first in `Policy::kinds`; the policy's `kinds`
/// replace them by id or add to them.
struct InteractionKind {
  std::string id;
  std::string name;             ///< the policy's word; empty: the catalogue's
  InteractionFields needs = 0;  ///< without these a record of this kind is refused
  std::string source;
};
using InteractionKindIndex = std::uint16_t;  ///< into Policy::kinds
/// The kinds that every school has, without names.
[[nodiscard]] std::vector<InteractionKind> standard_kinds();
/// What people call the kind: the policy's word, else the catalogue's.
[[nodiscard]] Message name_of(const InteractionKind& kind);

/// A small number, or nothing, in the room of the number alone: its greatest value says nothing.
template <typename Number>
class SmallOptional {
 public:
  constexpr SmallOptional() = default;
  // Not explicit, as those of std::optional.
  constexpr SmallOptional(std::nullopt_t) {}  // NOLINT(google-explicit-constructor)
  template <std::integral Given>
  constexpr SmallOptional(Given number)  // NOLINT(google-explicit-constructor)
      : number_(static_cast<Number>(number)) {}

  [[nodiscard]] constexpr bool has_value() const { return number_ != nothing; }
  constexpr explicit operator bool() const { return has_value(); }
  [[nodiscard]] constexpr Number operator*() const { return number_; }
  friend constexpr bool operator==(const SmallOptional&, const SmallOptional&) = default;

 private:
  static constexpr Number nothing = std::numeric_limits<Number>::max();
  Number number_ = nothing;
};

/// One contact, meeting, report … that took place; fixes and voids are already applied. Dense: a school has half a million of them, and
/// what they say in words stays in the file.
struct Interaction {
  std::uint64_t id = 0;  ///< the 50 bits of the record id
  Date date = {};
  InteractionKindIndex kind = 0;
  bool student_was_present = false;  ///< the value of `student-present`, where given
  SmallOptional<std::int8_t> grade;
  InteractionFields given = 0;      ///< fields that stand in the record and are not empty
  DenseParty owner;                 ///< in whose file it stands: who owed it
  DenseParty by;                    ///< who did it: the owner, unless the record names somebody else
  std::uint32_t first_student = 0;  ///< the students it was about: this many from here in InteractionLog::students
  std::uint32_t student_count = 0;
  SmallOptional<std::uint32_t> in_class;  ///< index into Dataset::classes
  SmallOptional<std::uint32_t> subject;   ///< index into Dataset::subjects
  std::uint32_t words = 0;                ///< place in InteractionLog::words; 0: none
  std::uint32_t file = 0;                 ///< place in InteractionLog::files
  std::uint32_t line = 0;                 ///< of the file, from 1
};

/// What few interactions say. Interactions that say the same share one.
struct InteractionWords {
  std::optional<std::uint32_t> body;  ///< index into Dataset::bodies
  std::vector<Party> with;
  std::vector<std::string> to;
  std::string channel;
  std::string exam;
  std::optional<Date> follow_up;

  friend bool operator==(const InteractionWords&, const InteractionWords&) = default;
};

/// The interactions of the months that were read, by date, then id.
struct InteractionLog {
  std::vector<Interaction> entries;
  std::vector<std::uint32_t> students;     ///< indices into Dataset::students; see Interaction::first_student
  std::vector<InteractionWords> words{1};  ///< [0] says nothing
  std::vector<std::string> files;          ///< paths: log/2026-11/T012.yaml
  std::uint32_t first_new_subject = 0;     ///< the subjects of the dataset from here on are named by interactions only

  [[nodiscard]] const InteractionWords& words_of(const Interaction& entry) const { return words[entry.words]; }
};

}  // namespace help
