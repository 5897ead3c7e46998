// SPDX-License-Identifier: MIT
// The same log through yaml-cpp's events; prints how many interactions are in force (in a log where every record is corrected once at
// most).
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

class Handler : public YAML::EventHandler {
 public:
  std::int64_t in_force = 0;
  std::uint64_t bytes = 0;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { is_key_ = !is_key_; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string& value) override {
    bytes += value.size();
    if (in_list_) return;
    if (is_key_ && value == "fixes") in_force -= 1;
    if (is_key_ && value == "voids") in_force -= 2;
    is_key_ = !is_key_;
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override { in_list_ = in_map_; }
  void OnSequenceEnd() override {
    in_list_ = false;
    is_key_ = true;
  }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    in_map_ = is_key_ = true;
    ++in_force;
  }
  void OnMapEnd() override { in_map_ = false; }

 private:
  bool in_map_ = false;
  bool in_list_ = false;
  bool is_key_ = true;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  Handler handler;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[1])) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    YAML::Parser parser(file);
    while (parser.HandleNextDocument(handler)) {
    }
  }
  std::cout << handler.in_force << '\n';
}
