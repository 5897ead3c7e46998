// SPDX-License-Identifier: MIT
#include "store/event_entry.hpp"

#include <set>

#include "diag/diagnostic.hpp"
#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

EventEntry entry_of(const Value& record) {
  return {.id = text_at(record, "id"),
          .at = date_at(record, "at"),
          .fixes = one_or_more_at(record, "fixes"),
          .voids = one_or_more_at(record, "voids"),
          .date = date_at(record, "date").value_or(Date{}),
          .kind = text_at(record, "kind"),
          .subject = text_at(record, "subject"),
          .by = text_at(record, "by"),
          .role = text_at(record, "role"),
          .basis = text_at(record, "basis"),
          .indicator = text_at(record, "indicator"),
          .goal = text_at(record, "goal"),
          .list = text_at(record, "list"),
          .rules = texts_at(record, "rules"),
          .exams = texts_at(record, "exams"),
          .until = text_at(record, "until"),
          .because = text_at(record, "because")};
}

}  // namespace

std::string event_line(const EventEntry& entry) {
  RecordLine line;
  line.head(entry.id, entry.at, entry.fixes).date("date", entry.date).word("kind", entry.kind);
  line.given_word("subject", entry.subject);
  line.given_word("by", entry.by);
  line.given_word("role", entry.role);
  line.given_word("basis", entry.basis);
  line.given_word("indicator", entry.indicator);
  line.given_word("goal", entry.goal);
  line.given_word("list", entry.list);
  line.given_words("rules", entry.rules);
  line.given_words("exams", entry.exams);
  line.given_word("until", entry.until);
  line.given_text("because", entry.because);
  return line.line();
}

std::string events_path(std::string_view student) { return "events/" + std::string(student) + ".yaml"; }

std::vector<EventEntry> event_entries(const Files& files, const std::string& path) {
  std::string bytes;
  Tree tree;
  Diagnostics problems;
  if (files.read(path, bytes, max_file_bytes) != FileResult::done || !check_bytes(path, bytes, problems) ||
      !read_yaml(path, bytes, tree, problems) || tree.nodes.empty() || !check_shape(path, Value(tree, 0), events_shape(), problems)) {
    return {};
  }
  std::vector<EventEntry> entries;
  std::set<std::string> ids;
  for (const Value item : items_of(Value(tree, 0))) {
    EventEntry entry = entry_of(item);
    if (ids.insert(entry.id).second) entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<RecordLinks> links_of(const std::vector<EventEntry>& entries) {
  std::vector<RecordLinks> links;
  for (const EventEntry& entry : entries) links.push_back({.id = entry.id, .fixes = entry.fixes, .voids = entry.voids});
  return links;
}

}  // namespace help
