// SPDX-License-Identifier: MIT
// The same grade tables through yaml-cpp's events, into columns of hundredths; prints how many marks there were and their sum.
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

/// "86.5" -> 8650; -1 for any other text.
std::int32_t hundredths_of(const std::string& text) {
  std::int32_t value = 0;
  int places = -1;
  for (const char letter : text) {
    if (letter == '.' && places < 0) {
      places = 0;
    } else if (letter >= '0' && letter <= '9' && places < 2) {
      value = value * 10 + (letter - '0');
      if (places >= 0) ++places;
    } else {
      return -1;
    }
  }
  for (int place = places < 0 ? 0 : places; place < 2; ++place) value *= 10;
  return text.empty() ? -1 : value;
}

/// Takes every scalar of a list inside `scores:`.
class Handler : public YAML::EventHandler {
 public:
  std::vector<std::string> students;
  std::vector<std::int32_t> marks;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {
    if (in_scores_ && in_row_) marks.push_back(-1);
  }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string& value) override {
    if (in_scores_ && in_row_) {
      marks.push_back(hundredths_of(value));
    } else if (in_scores_) {
      students.push_back(value);
    } else if (depth_ == 1 && value == "scores") {
      in_scores_ = true;
    }
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override { in_row_ = true; }
  void OnSequenceEnd() override { in_row_ = false; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override { ++depth_; }
  void OnMapEnd() override {
    if (--depth_ == 1) in_scores_ = false;
  }

 private:
  int depth_ = 0;
  bool in_scores_ = false;
  bool in_row_ = false;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  std::int64_t sum = 0;
  std::int64_t number = 0;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) {
    std::ifstream file(entry.path(), std::ios::binary);
    YAML::Parser parser(file);
    Handler handler;
    while (parser.HandleNextDocument(handler)) {
    }
    for (const auto mark : handler.marks) {
      if (mark < 0) continue;
      sum += mark;
      ++number;
    }
  }
  std::cout << number << ' ' << sum << '\n';
}
