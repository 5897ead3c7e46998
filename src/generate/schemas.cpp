// SPDX-License-Identifier: MIT
// Writes schemas/NAME.schema.json for every kind of file, or with --check says which of them are not what the readers' shapes say.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "render/catalogue.hpp"
#include "rules/kinds.hpp"
#include "store/json_schema.hpp"

int main(int count, char** arguments) {
  using namespace help;
  const bool check = count == 3 && std::string_view(arguments[2]) == "--check";
  if (count != 2 && !check) {
    std::fputs("usage: write_schemas FOLDER [--check]\n", stderr);
    return 2;
  }
  const Catalogue chinese("zh");
  const auto describe = [&](const char* meaning) {
    const std::string translated(chinese.translate(meaning));
    return translated == meaning ? translated : translated + " / " + meaning;
  };
  const std::vector<RuleShape> kinds = rule_shapes();
  int stale = 0;
  for (const FileFormat& format : file_formats()) {
    const std::string path = std::string(arguments[1]) + "/" + std::string(format.name) + ".schema.json";
    const std::string wanted = json_schema(format, kinds, describe);
    std::ifstream file(path, std::ios::binary);
    const std::string present{std::istreambuf_iterator<char>(file), {}};
    if (present == wanted) {
      continue;
    }
    ++stale;
    if (check) {
      std::fprintf(stderr, "%s is not what the readers check by: run write_schemas\n", path.c_str());
    } else {
      std::ofstream(path, std::ios::binary) << wanted;
    }
  }
  return check && stale > 0 ? 1 : 0;
}
