// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/dataset.hpp"
#include "store/id_table.hpp"
#include "store/reading.hpp"

namespace help {

/// Whose file of which month is read.
struct LogFile {
  std::string path;
  std::string month;  ///< 2026-11
  Party owner;
};

/// Part of one of the lists of `LogLines`.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// One record as it stands in its line; views point into the file.
struct LogRecord {
  Interaction entry = {};  ///< without students, subject and words
  Slice students = {};
  Slice with = {};
  Slice to = {};
  std::string_view subject = {};
  std::optional<BodyIndex> body = {};
  std::string_view channel = {};
  std::string_view exam = {};
  std::optional<Date> follow_up = {};
};

/// The records of one file, and the lists that they share.
struct LogLines {
  std::vector<LogRecord> records;
  std::vector<std::uint32_t> students;
  std::vector<Party> with;
  std::vector<std::string_view> to;

  void clear();
};

/// What every line of the log is looked up in, and where the interactions go: one for a whole load.
class LogBook {
 public:
  explicit LogBook(Dataset& data);

  [[nodiscard]] const IdTable& parties() const { return parties_; }
  [[nodiscard]] const IdTable& classes() const { return classes_; }
  [[nodiscard]] const IdTable& kinds() const { return kinds_; }
  [[nodiscard]] const InteractionKind& kind(InteractionKindIndex index) const { return data_.policy.kinds[index]; }
  [[nodiscard]] static Party party_of(std::uint32_t value) { return DenseParty::of_code(value); }
  RecordIds& ids() { return ids_; }

  /// From here on keeps only what a check asks about though its line is sound: interactions after `today`, and those with an exam, a
  /// subject or a recipient that is not known. A log of years then needs no memory.
  void keep_only_doubtful(Date today);

  /// Takes a record of `lines` for Dataset::log.
  void take(const LogLines& lines, const LogRecord& record);
  /// Puts what was taken since the last call into Dataset::log, by day and id; it must all be of one month.
  void end_month();
  /// Says that `done` of `all` files are read, so that memory can be had in one piece.
  void expect(std::size_t done, std::size_t all);

 private:
  template <typename Item>
  void make_room(std::vector<Item>& items, std::size_t more) const;
  SubjectIndex subject_of(std::string_view name);
  [[nodiscard]] bool is_sound(const LogLines& lines, const LogRecord& record);
  std::uint32_t words_of(const LogLines& lines, const LogRecord& record);

  Dataset& data_;
  IdTable parties_;
  IdTable classes_;
  IdTable kinds_;
  RecordIds ids_;
  std::unordered_map<std::string, std::uint32_t> words_;
  std::string key_;
  std::size_t done_ = 0;  ///< files that are read
  std::size_t all_ = 0;
  std::optional<Date> sound_until_;  ///< keeps only what is doubtful
  IdTable recipients_;               ///< words that are no ids; filled where only what is doubtful is kept
  std::vector<Interaction> month_;   ///< what was taken, in the order of files
};

/// Decodes a record of the tree into `lines`; false if anything in it is not known, or not of the file's month. Its shape must fit.
bool decode_log_record(const Value& item, const LogBook& book, const LogFile& file, LogLines& lines, LogRecord& record);

/// Says what is wrong with a record whose shape fits. A field that its kind asks for and that is missing is a warning: the school may ask
/// for it only since.
void report_log_record(Reading& reading, const Value& item, const LogBook& book, const LogFile& file);

}  // namespace help
