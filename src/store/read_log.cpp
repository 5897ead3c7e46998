// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <set>

#include "store/fields.hpp"
#include "store/log_lines.hpp"
#include "store/log_record.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

/// The days of a month written 2026-11.
std::optional<Period> days_of_month(std::string_view month) {
  const auto first = month.size() == 7 ? parse_date(std::string(month) + "-01") : std::nullopt;
  if (!first) return std::nullopt;
  const std::chrono::year_month_day named{*first};
  return Period{*first, day_of(named.year() / named.month() / std::chrono::last)};
}

class LogFolder {
 public:
  explicit LogFolder(Reading& reading) : reading_(reading), book_(reading.data), lines_(book_), shape_(log_shape()) {
    if (reading.options.parts.only_doubtful_interactions) book_.keep_only_doubtful(reading.options.today);
  }

  void read() {
    find_files();
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (i > 0 && files_[i].month != files_[i - 1].month) book_.end_month();
      book_.expect(i, files_.size());
      read_file(files_[i]);
    }
    book_.end_month();
    report_doubles();
  }

 private:
  void find_files() {
    const auto& wanted = reading_.options.log_files;
    const Period days = log_days(reading_.data.calendar, reading_.data.policy.cadence, wanted ? LogMonths::all : reading_.options.parts.log,
                                 reading_.options.today);
    check_listable(reading_, "log");
    for (const std::string& name : reading_.files.list("log")) {
      const std::string path = "log/" + name;
      if (reading_.files.state_of_folder(path) == FileResult::not_regular && days_of_month(name)) {
        check_listable(reading_, path);  // a link, or a file, in the place of a month
      } else {
        reading_.report_file(path, Severity::warning, "file/unexpected", say("this file is not read: the log lies in folders of months"));
      }
    }
    for (const std::string& month : reading_.files.folders("log")) {
      const auto of_month = days_of_month(month);
      if (!of_month) {
        reading_.report_file("log/" + month, Severity::error, "log/not-a-month", say("the folder is not called by a month"),
                             say("the records of November 2026 lie in log/2026-11/"));
      } else if (of_month->overlaps(days)) {
        find_files_of(month);
      }
    }
  }

  void find_files_of(const std::string& month) {
    const std::string folder = "log/" + month;
    const auto& wanted = reading_.options.log_files;
    if (wanted && std::ranges::none_of(*wanted, [&](const std::string& path) { return path.starts_with(folder + "/"); })) return;
    for (const std::string& name : yaml_names(reading_, folder)) {
      LogFile file{.path = folder + "/" + name + ".yaml", .month = month, .owner = {}};
      if (wanted && std::ranges::find(*wanted, file.path) == wanted->end()) continue;
      if (const IdTable::Entry* const owner = book_.parties().find(name)) {
        file.owner = LogBook::party_of(owner->value);
        files_.push_back(std::move(file));
      } else if (reading_.unreadable.empty()) {
        reading_.report_file(file.path, Severity::error, "reference/unknown-party",
                             say("the roster has no person and no body with the id '{0}'", name),
                             say("a file of the log is called by the id of the one whose duties it answers"));
      }
    }
  }

  void read_file(const LogFile& file) {
    const auto number = static_cast<std::uint32_t>(reading_.data.log.files.size());
    reading_.data.log.files.push_back(file.path);
    if (!reading_.read_bytes(file.path, bytes_)) return;
    if (!reading_.options.use_fast_path || !lines_.read(file, bytes_, number)) read_slowly(file, number);
  }

  void read_slowly(const LogFile& file, std::uint32_t number) {
    const auto source = reading_.open(file.path, shape_);
    if (source && source->root()) {
      take_ids(*source, number);
      const std::vector<Value> items = records_in_force(reading_, *source);
      if (source->sound) {
        for (const Value item : items) report_log_record(reading_, item, book_, file);
        return take(file, number, items);
      }
    }
    if (!source || !source->sound) take_sound_lines(file, number);
  }

  /// What still can be read of a file with errors, so that one slip does not make undone what stands beside it: the lines that are sound
  /// by themselves. What a faulty line withdraws does not count; what it corrects stays as it was.
  void take_sound_lines(const LogFile& file, std::uint32_t number) {
    SourceFile sound{.path = file.path, .bytes = bytes_};
    std::set<std::string, std::less<>> withdrawn;
    for (std::size_t from = 0; from < sound.bytes.size();) {
      const std::size_t until = std::min(sound.bytes.find('\n', from), sound.bytes.size());
      const std::string_view line = std::string_view(sound.bytes).substr(from, until - from);
      if (!is_sound_line(line)) {
        constexpr std::string_view withdraws = "voids: ";
        if (const std::size_t at = line.find(withdraws); at != std::string_view::npos)
          withdrawn.emplace(line.substr(at + withdraws.size(), 10));
        std::fill_n(sound.bytes.begin() + static_cast<std::ptrdiff_t>(from), line.size(), ' ');
      }
      from = until + 1;
    }
    Diagnostics ignored;  // all of it is already reported
    Reading again{.files = reading_.files, .options = reading_.options, .data = reading_.data, .problems = ignored};
    if (!read_yaml(file.path, sound.bytes, sound.tree, ignored) || !sound.root() || !sound.root()->is_sequence()) return;
    std::vector<Value> items = records_in_force(again, sound);
    std::erase_if(items, [&](const Value& item) { return withdrawn.contains(text_at(item, "id")); });
    take(file, number, items);
  }

  [[nodiscard]] bool is_sound_line(std::string_view line) const {
    Diagnostics problems;
    Tree tree;
    return check_bytes({}, line, problems) && read_yaml({}, line, tree, problems) && !tree.nodes.empty() &&
           check_shape({}, Value(tree, 0), shape_, problems);
  }

  void take(const LogFile& file, std::uint32_t number, const std::vector<Value>& items) {
    LogLines lines;
    std::size_t passed = 0;
    std::uint32_t line = 1;
    for (const Value& item : items) {
      const std::string_view before = item.tree().source.substr(passed, item.node().offset - passed);
      line += static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
      passed = item.node().offset;
      LogRecord record;
      record.entry.file = number;
      record.entry.line = line;
      if (decode_log_record(item, book_, file, lines, record)) book_.take(lines, record);
    }
  }

  void take_ids(const SourceFile& source, std::uint32_t number) {
    for (const Value item : items_of(*source.root())) {
      const auto id = find(item, "id");
      const std::uint64_t value = id ? record_number(id->text()) : no_record_id;
      if (value != no_record_id) book_.ids().add(value, number);
    }
  }

  /// Two files with one id: a line was copied, or a file. So few files have any that these are read once more for their places.
  void report_doubles() {
    std::unique_ptr<SourceFile> source;
    for (const RecordIds::Entry& one : book_.ids().take_doubles()) {
      const std::string& path = reading_.data.log.files[one.file];
      if (!source || source->path != path) {
        source = std::make_unique<SourceFile>();
        source->path = path;
        Diagnostics ignored;  // already reported
        if (reading_.files.read(path, source->bytes, max_file_bytes) != FileResult::done || !check_bytes(path, source->bytes, ignored) ||
            !read_yaml(path, source->bytes, source->tree, ignored)) {
          source->tree.clear();
        }
      }
      if (source->tree.nodes.empty()) continue;
      const std::string text = record_id_of(one.id);
      for (const Value item : items_of(Value(source->tree, 0))) {
        const auto id = find(item, "id");
        if (!id || id->text() != text) continue;
        reading_.error(path, *id, "log/id-in-two-files",
                       say("the record id '{0}' stands in {1} too", text, reading_.data.log.files[book_.ids().first_file(one.id)]),
                       say("delete one of the two lines: a record stands in one file"));
        break;
      }
    }
  }

  Reading& reading_;
  LogBook book_;
  LogLineReader lines_;
  Shape shape_;
  std::vector<LogFile> files_;
  std::string bytes_;
};

}  // namespace

void read_log(Reading& reading) { LogFolder(reading).read(); }

}  // namespace help
