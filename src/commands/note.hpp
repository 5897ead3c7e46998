// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "store/log_entry.hpp"

namespace help {

/// What `help note` was asked to do, as typed.
struct NoteOptions {
  std::string who;
  std::string kind;
  std::string text;
  std::string date;
  std::string staff;  ///< who I am
  std::string owner;  ///< --for: whose duty it answers
  std::string by;
  std::vector<std::string> with;
  std::string in_class;
  std::string grade;
  std::string body;
  std::string subject;
  std::vector<std::string> to;
  std::string channel;
  std::string place;
  std::vector<std::string> present;
  std::string student_present;
  std::optional<int> minutes;
  std::vector<std::string> tags;
  std::vector<std::string> checklist;
  std::string exam;
  std::string follow_up;
  std::string id;
  std::string fixes;
  std::string voids;
  bool lines = false;
  bool yes = false;
  bool force = false;
  bool of_table = false;  ///< a row that is imported: nobody can insist on it with --force
};

/// A line that is to be written, and into whose file.
struct NewLine {
  std::string id;
  std::string path;
  std::string line;
  std::string owner;                  ///< id
  std::optional<LogEntry> entry;      ///< none for a line that withdraws another
  std::optional<LogEntry> withdrawn;  ///< which it withdraws …
  std::int64_t versions = 1;          ///< … and how many versions that has
};

/// Understands what was typed: the lines to write, or why not.
class NoteComposer {
 public:
  NoteComposer(const Context& context, const NoteOptions& options) : context_(context), options_(options) {}

  /// One record of `options`; asks for what is missing where somebody sits before a terminal.
  void compose();
  /// A record for each line of stdin: `[DATE] WHO KIND TEXT`.
  void compose_lines();
  /// A record of the options as they are now, whose id is made of its contents: for one row of a table after the other. Nothing is asked.
  void compose_row();
  /// A record that replaces `there`, which stands in the file `path` of `owner`: with what the options give laid over it, whatever they
  /// leave out stays. For one row of a table after the other. No record where nothing would change.
  void compose_row_over(const LogEntry& there, const std::string& path, const std::string& owner);
  /// A record that replaces --fix, with what was typed changed.
  void compose_fix();
  /// The line that withdraws --void.
  void compose_void();

  /// Refuses a --id that a record of another file has.
  void check_id();

  [[nodiscard]] std::vector<NewLine>& lines() { return lines_; }
  [[nodiscard]] std::vector<Message>& refusals() { return refusals_; }

 private:
  struct Found {
    std::string path;
    std::string owner;
    LogEntry entry;
    std::int64_t versions = 1;
  };
  void refuse(Message message) { refusals_.push_back(std::move(message)); }
  void refuse_unless_forced(Message message);
  void refuse_all(std::vector<Message> messages);

  std::string owner();
  void about(const std::string& typed, LogEntry& entry);
  void about_one(const std::string& typed, LogEntry& entry);
  const InteractionKind* kind_called(const std::string& typed);
  std::optional<Date> day(std::string_view option, const std::string& typed, bool coming);
  void take_fields(LogEntry& entry);
  std::string known_subject(const std::string& typed);
  std::vector<std::string> known_recipients(const std::vector<std::string>& typed);
  std::string known_recipient(const std::string& typed);
  void take_parties(const std::vector<std::string>& typed, std::vector<std::string>& ids);
  std::string clean(std::string_view what, const std::string& typed);
  std::string given_text(std::string_view what, const std::string& typed);
  std::vector<std::string> clean_all(std::string_view what, const std::vector<std::string>& typed);
  /// Asks for everything, or with `ask_rest` for what the kind needs and is not given yet, and for the text.
  void ask(LogEntry& entry);
  void ask_rest(LogEntry& entry);
  enum class Asked : std::uint8_t { taken, again, back, ended };
  void ask_from(std::size_t first, LogEntry& entry);
  Asked ask_one(std::size_t step, LogEntry& entry);
  Asked take_answer(std::size_t step, InteractionField field, const std::string& typed, LogEntry& entry);
  [[nodiscard]] std::vector<InteractionField> fields_to_ask(const LogEntry& entry) const;
  bool set_field(InteractionField field, const std::string& typed, LogEntry& entry);
  Asked ask_text(LogEntry& entry);
  void tell_whom(const LogEntry& entry) const;
  void check(const LogEntry& entry, const std::string& owner);
  void check_days(const LogEntry& entry, const std::string& owner);
  void add(LogEntry entry, const std::string& owner);
  std::string new_id();
  [[nodiscard]] std::string id_of_contents(const LogEntry& entry, const std::string& owner) const;
  [[nodiscard]] std::vector<std::string> log_files() const;
  std::optional<Found> find_record(const std::vector<std::string>& ids);
  std::optional<Found> find_in(const std::string& path, const std::vector<std::string>& ids);

  const Context& context_;
  const NoteOptions& options_;
  std::string whose_;  ///< into whose file the record goes: while it is asked for
  std::string draft_;  ///< what the editor gave and could not be taken
  std::vector<NewLine> lines_;
  std::vector<Message> refusals_;
};

/// `张三，李四、王五` as its parts, without empty ones.
[[nodiscard]] std::vector<std::string> parts_of_list(std::string_view typed);

/// Takes over from `given` what stands in it, but for students.
void overlay(LogEntry& entry, const LogEntry& given);

/// The id of the line in `path` that withdraws the record, in whichever of its versions; empty where it stands.
[[nodiscard]] std::string withdrawn_by(const Context& context, const std::string& path, const std::string& id);

/// Adds the lines to their files. `answer` gets the changes, or why there are none; a line that stands there already changes nothing,
/// and it is said where it was withdrawn since.
void write_lines(const Context& context, const std::vector<NewLine>& lines, Answer& answer);

/// `岳若恒 八（2）班`: each whom a record is about, as people say it; none for nobody. Classes are those of its day.
[[nodiscard]] std::vector<std::string> whom_of(const Dataset& data, const LogEntry& entry);

/// What is written, as a document (help.note/1).
[[nodiscard]] Document note_document(const Context& context, const std::vector<NewLine>& lines);

extern const Command note_command;

}  // namespace help
