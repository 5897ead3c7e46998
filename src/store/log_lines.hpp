// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/corrections.hpp"
#include "store/log_record.hpp"

namespace help {

/// Reads the lines of a log file in exactly the form in which the program writes them; a record in another form is read by yaml-cpp on its
/// own.
///
/// Never reports: at the first doubt about anything (an unknown id, a field that is missing, a correction of nothing, a byte that could be
/// refused) it gives up, and the whole file must be read by `read_yaml`, which says what is wrong.
class LogLineReader {
 public:
  explicit LogLineReader(LogBook& book);

  /// Takes the interactions in force of a file into the log. False, with nothing taken, if anything is doubtful. `number` is that of the
  /// file in InteractionLog::files. `bytes` are the same afterwards; meanwhile they get a margin.
  bool read(const LogFile& file, std::string& bytes, std::uint32_t number);

 private:
  struct Line {
    std::uint64_t id;
    std::string_view bytes;  ///< from the bracket to the bracket
    std::uint32_t record;    ///< its place in LogLines::records; none for a void
  };
  struct Target {
    std::uint32_t line;
    std::uint64_t id;
  };

  bool lines(std::string_view bytes);
  const char* strict_record(const char* at);
  bool odd_record(std::string_view line);
  const char* fields(const char* at, LogRecord& record);
  const char* targets(const char* at);
  bool add(std::uint64_t id, std::string_view bytes, std::uint32_t record);
  bool link();
  void take();

  LogBook* book_;
  const LogFile* file_ = nullptr;
  std::uint32_t number_ = 0;
  std::uint32_t line_number_ = 0;
  Date month_ = {};
  unsigned days_ = 0;
  LogLines lines_;
  std::vector<Line> own_;
  LineIds ids_;
  std::vector<Target> fixes_;
  std::vector<Target> voids_;
  std::vector<std::uint64_t> found_targets_;
  Corrections corrections_;
  std::vector<std::unique_ptr<Tree>> odd_;
  bool doubtful_ = false;  ///< an id is taken by another line: only the slow reader can say it
};

}  // namespace help
