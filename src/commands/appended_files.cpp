// SPDX-License-Identifier: MIT
#include "commands/appended_files.hpp"

#include "store/canonical.hpp"
#include "store/record_id.hpp"
#include "store/text_lines.hpp"

namespace help {
namespace {

// More files than these are named by their folder.
constexpr std::size_t most_paths_named = 8;

}  // namespace

const std::string* AppendedFiles::bytes(const std::string& path) {
  if (const auto known = places_.find(path); known != places_.end()) return &answer_.changes[known->second].bytes;
  if (const auto known = unchanged_.find(path); known != unchanged_.end()) return &known->second.bytes;
  FileChange change{.path = path};
  const FileResult result = context_.folder->read(path, change.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    change.is_new = true;
    change.bytes = first_line_;
  } else if (result != FileResult::done) {
    answer_.refusals.push_back(say("{0} could not be read.", path));
    return nullptr;
  }
  return &unchanged_.emplace(path, std::move(change)).first->second.bytes;
}

void AppendedFiles::append(const std::string& path, std::string_view line) {
  if (auto unchanged = unchanged_.extract(path)) {
    places_.emplace(path, answer_.changes.size());
    answer_.changes.push_back(std::move(unchanged.mapped()));
  }
  append_line(answer_.changes[places_.at(path)].bytes, line);
}

void AppendedFiles::say_git_lines(const std::string& title) {
  if (places_.empty()) return;
  std::string paths;
  if (places_.size() > most_paths_named) {
    const std::string& first = answer_.changes[places_.begin()->second].path;
    paths = " " + first.substr(0, first.find('/'));
  } else {
    for (const FileChange& change : answer_.changes) paths += " " + change.path;
  }
  answer_.after_writing.push_back(say("Keep it with git:"));
  answer_.after_writing.push_back(as_data("  git add" + paths));
  answer_.after_writing.push_back(as_data("  git commit -m \"" + title + "\""));
}

std::string new_record_id_in(std::string_view bytes, const std::string& contents) {
  return new_record_id(contents, [bytes](const std::string& id) { return bytes.find(id) != std::string_view::npos; });
}

}  // namespace help
