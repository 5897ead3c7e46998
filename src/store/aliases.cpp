// SPDX-License-Identifier: MIT
#include "store/aliases.hpp"

#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/yaml.hpp"

namespace help {

bool read_aliases(std::string path, const std::string& bytes, std::vector<Alias>& aliases, Diagnostics& problems) {
  Tree tree;
  if (!check_bytes(path, bytes, problems) || !read_yaml(path, bytes, tree, problems)) {
    return false;
  }
  if (tree.nodes.empty() || Value(tree, 0).is_null()) {
    return true;
  }
  const Value root(tree, 0);
  if (!check_shape(path, root, aliases_shape(), problems)) {
    return false;
  }
  for (const Value item : items_of(root)) {
    aliases.push_back({.name = text_at(item, "name"), .in = text_at(item, "class"), .student = text_at(item, "student")});
  }
  return true;
}

std::string alias_line(const Alias& alias) {
  return RecordLine().word("name", alias.name).word("class", alias.in).quoted_id("student", alias.student).line();
}

}  // namespace help
