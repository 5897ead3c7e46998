// SPDX-License-Identifier: MIT
#include "store/read_imports.hpp"

#include <string>
#include <utility>

#include "store/fields.hpp"
#include "store/formats.hpp"
#include "store/mapping.hpp"

namespace help {

void read_imports(Reading& reading) {
  for (const std::string& name : yaml_names(reading, "imports")) {
    const std::string path = "imports/" + name + ".yaml";
    if (name != "aliases") {
      std::string bytes;
      Mapping mapping;
      if (reading.read_bytes(path, bytes)) (void)read_mapping(path, std::move(bytes), mapping, reading.problems);
      continue;
    }
    const auto file = reading.open(path, aliases_shape());
    if (!file || !file->root()) continue;
    for (const Value item : items_of(*file->root())) {
      if (const auto in = find(item, "class")) (void)reading.school_class(path, *in);
      if (const auto student = find(item, "student")) (void)reading.student(path, *student);
    }
  }
}

}  // namespace help
