// SPDX-License-Identifier: MIT
// The record that `help note` corrects or withdraws, with all its versions.
#include <algorithm>

#include "commands/note.hpp"
#include "diag/message.hpp"
#include "store/id_table.hpp"
#include "store/record_versions.hpp"

namespace help {
namespace {

std::string with_commas(const std::vector<std::string>& ids) {
  std::string all;
  for (const std::string& id : ids) all += (all.empty() ? "" : ",") + id;
  return all;
}

Message not_the_latest(const std::string& id, const std::vector<std::string>& latest, bool withdraws) {
  if (latest.empty()) return say("The corrections of the record {0} replace each other: nothing of it is in force.", id);
  if (latest.size() > 1) {
    return say("The record {0} has corrections that contradict each other; one more settles them: help note --fix {1}", id,
               with_commas(latest));
  }
  return withdraws ? say("The record {0} was corrected already, by {1}: withdraw that one.", id, latest.front())
                   : say("The record {0} was corrected already, by {1}: correct that one.", id, latest.front());
}

}  // namespace

std::string withdrawn_by(const Context& context, const std::string& path, const std::string& id) {
  const std::vector<RecordLinks> links = links_of(log_file_lines(*context.folder, path, id));
  const RecordLinks* found = withdrawal_of(links, versions_of(links, id));
  return found == nullptr ? std::string() : found->id;
}

/// The files of the log, the latest months first: mostly the slip of yesterday is corrected.
std::vector<std::string> NoteComposer::log_files() const {
  std::vector<std::string> months = context_.folder->folders("log");
  std::ranges::reverse(months);
  std::vector<std::string> files;
  for (const std::string& month : months) {
    for (const std::string& name : context_.folder->list("log/" + month)) {
      if (name.ends_with(".yaml")) files.push_back("log/" + month + "/" + name);
    }
  }
  return files;
}

std::optional<NoteComposer::Found> NoteComposer::find_in(const std::string& path, const std::vector<std::string>& ids) {
  std::vector<LogFileLine> lines = log_file_lines(*context_.folder, path, ids.front());
  const auto find_line = [&](const std::string& id) {
    return std::ranges::find(lines, id, [](const LogFileLine& line) { return line.entry.id; });
  };
  // What the same command wrote before is passed over: once more it is the same line.
  if (!options_.id.empty()) std::erase_if(lines, [this](const LogFileLine& line) { return line.entry.id == options_.id; });
  if (find_line(ids.front()) == lines.end()) return std::nullopt;
  const std::vector<RecordLinks> links = links_of(lines);
  const std::set<std::string> versions = versions_of(links, ids.front());
  const std::size_t slash = path.rfind('/') + 1;
  Found found{.path = path,
              .owner = path.substr(slash, path.size() - 5 - slash),
              .entry = find_line(ids.front())->entry,
              .versions = static_cast<std::int64_t>(versions.size())};
  for (const std::string& id : ids) {
    const auto line = find_line(id);
    if (line != lines.end() && !line->voids.empty()) refuse(say("The record {0} withdraws another; it cannot be corrected.", id));
    if (!versions.contains(id)) refuse(say("{0} and {1} are not corrections of one record.", ids.front(), id));
  }
  if (!refusals_.empty()) return found;
  const bool withdraws = !options_.voids.empty();
  if (const RecordLinks* withdrawn = withdrawal_of(links, versions)) {
    refuse(withdraws ? say("The record {0} is withdrawn already.", ids.front())
                     : say("The record {0} was withdrawn, by {1}: write it anew.", ids.front(), withdrawn->id));
    return found;
  }
  const std::vector<std::string> latest = latest_of(links, versions);
  const bool settles = std::ranges::is_permutation(ids, latest);
  const bool is_one_of_them = std::ranges::find(latest, ids.front()) != latest.end();
  if (!settles && !(withdraws && is_one_of_them)) refuse(not_the_latest(ids.front(), latest, withdraws));
  return found;
}

std::optional<NoteComposer::Found> NoteComposer::find_record(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    if (record_number(id) == no_record_id) refuse(say("'{0}' is no record id: it has 10 small letters and digits, without i l o u", id));
  }
  if (!refusals_.empty() || ids.empty()) return std::nullopt;
  for (const std::string& path : log_files()) {
    if (auto found = find_in(path, ids)) return found;
  }
  refuse(say("The log has no record {0}, or its file has an error.", ids.front()));
  return std::nullopt;
}

/// A record stands in one file: an id that was given may be taken by another.
void NoteComposer::check_id() {
  if (options_.id.empty() || lines_.empty()) return;
  for (const std::string& path : log_files()) {
    if (path == lines_.front().path) continue;
    const std::vector<LogFileLine> lines = log_file_lines(*context_.folder, path, options_.id);
    if (std::ranges::any_of(lines, [this](const LogFileLine& line) { return line.entry.id == options_.id; }))
      refuse(say("The id {0} is taken: a record in {1} has it.", options_.id, path));
  }
}

}  // namespace help
