// SPDX-License-Identifier: MIT
#include "cli/records_folder.hpp"

namespace help {
namespace {

bool holds_help_yaml(const Files& folder) {
  std::string bytes;
  return folder.read("help.yaml", bytes, max_file_bytes) != FileResult::missing;  // an unreadable one is a problem to show, not to pass by
}

FoundFolder named_folder(const World& world, const std::string& path) {
  FileResult result = FileResult::failed;
  FoundFolder found{.files = world.open_folder(path, false, result), .path = path};
  if (!found.files) {
    found.why_not = result == FileResult::missing       ? say("there is no folder '{0}'", path)
                    : result == FileResult::not_regular ? say("'{0}' is not a folder", path)
                                                        : say("the folder '{0}' cannot be opened", path);
  } else if (!holds_help_yaml(*found.files)) {
    found.files.reset();
    found.why_not = say("'{0}' is no records folder: it has no help.yaml", path);
  }
  return found;
}

}  // namespace

FoundFolder find_records_folder(const World& world, std::string_view named) {
  if (!named.empty()) return named_folder(world, std::string(named));
  const std::string variable = world.environment("HELP_DIR");
  if (!variable.empty()) return named_folder(world, variable);
  std::string path = world.current_folder;
  while (!path.empty()) {
    FileResult result = FileResult::failed;
    auto files = world.open_folder(path, false, result);
    if (files && holds_help_yaml(*files)) return {.files = std::move(files), .path = path};
    if (path == "/") break;
    const std::size_t slash = path.rfind('/');
    path = slash == std::string::npos ? "" : slash == 0 ? "/" : path.substr(0, slash);
  }
  return {.files = nullptr, .path = {}, .why_not = say("there is no help.yaml here or in a folder above")};
}

}  // namespace help
