// SPDX-License-Identifier: MIT
#include "model/archive.hpp"

#include <algorithm>
#include <array>

#include "model/code_name.hpp"

namespace help {
namespace {

/// In the order of ArchivePart.
constexpr std::array<CodeName, 11> archive_parts{{{"keeper", later("who keeps the archive")},
                                                  {"profile", later("what the student is like")},
                                                  {"categories", later("categories")},
                                                  {"causes", later("causes")},
                                                  {"hobbies", later("hobbies")},
                                                  {"strengths", later("strengths")},
                                                  {"baseline", later("marks at the start")},
                                                  {"measures", later("measures")},
                                                  {"goals", later("goals")},
                                                  {"reviews", later("stage reviews")},
                                                  {"tracking", later("tracking")}}};

}  // namespace

std::string_view word_of(ArchivePart part) { return archive_parts[static_cast<std::size_t>(part)].code; }

std::optional<ArchivePart> parse_archive_part(std::string_view word) {
  const auto* const found = std::ranges::find(archive_parts, word, &CodeName::code);
  return found == archive_parts.end() ? std::nullopt : std::optional(static_cast<ArchivePart>(found - archive_parts.begin()));
}

Message name_of(ArchivePart part) {
  const CodeName* const found = &archive_parts[static_cast<std::size_t>(part)];
  return say(found->name);
}

bool Archive::has(ArchivePart part) const {
  switch (part) {
    case ArchivePart::keeper:
      return keeper.has_value();
    case ArchivePart::profile:
      return !profile.empty();
    case ArchivePart::categories:
      return !categories.empty();
    case ArchivePart::causes:
      return !causes.empty();
    case ArchivePart::hobbies:
      return !hobbies.empty();
    case ArchivePart::strengths:
      return !strengths.empty();
    case ArchivePart::baseline:
      return baseline.has_value();
    case ArchivePart::measures:
      return !measures.empty();
    case ArchivePart::goals:
      return !goals.empty();
    case ArchivePart::reviews:
      return !reviews.empty();
    case ArchivePart::tracking:
      return !tracking.empty();
  }
  return false;
}

}  // namespace help
