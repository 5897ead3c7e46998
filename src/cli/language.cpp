// SPDX-License-Identifier: MIT
#include "cli/language.hpp"

#include "store/yaml.hpp"

namespace help {

std::string_view language_of(std::string_view locale) {
  const std::string_view name = locale.substr(0, locale.find_first_of("_.@-"));
  if (name.empty() || name == "C" || name == "POSIX") return {};
  return name == "zh" ? "zh" : "en";
}

std::string_view language_of_environment(const World& world) {
  const std::string_view own = language_of(world.environment("HELP_LANG"));
  if (!own.empty()) return own;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = world.environment(variable);
    if (!value.empty()) return language_of(value);
  }
  return {};
}

std::string_view language_of_folder(const Files& folder) {
  std::string bytes;
  Diagnostics ignored;
  Tree tree;
  if (folder.read("help.yaml", bytes, max_file_bytes) != FileResult::done) return {};
  if (!check_bytes("help.yaml", bytes, ignored) || !read_yaml("help.yaml", bytes, tree, ignored) || tree.nodes.empty()) return {};
  const Value root(tree, 0);
  if (!root.is_mapping()) return {};
  for (Value key = root.first(); !(key == root.end()); key = key.after().after()) {
    const Value value = key.after();
    if (key.is_scalar() && key.text() == "language" && value.is_scalar()) return language_of(value.text());
  }
  return {};
}

}  // namespace help
