// SPDX-License-Identifier: MIT
#include "store/log_lines.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "support/log_text.hpp"

namespace help::tests {
namespace {

/// What both readers make of a file of T012 in November 2025, and of one of S2 in December.
void same_log_both_ways(const std::string& bytes, const std::string& other = {}) {
  CAPTURE(bytes);
  MemoryFiles files = log_school();
  files.files()["log/2025-11/T012.yaml"] = bytes;
  if (!other.empty()) files.files()["log/2025-12/S2.yaml"] = other;
  CHECK(read_log_text(files, true) == read_log_text(files, false));
}

bool log_is_read_by_lines(std::string bytes) {
  const auto shapes = rule_shapes();
  Loaded loaded = load(log_school(), shapes, {});
  REQUIRE(loaded.problems.empty());
  LogBook book(loaded.data);
  LogLineReader reader(book);
  const std::string before = bytes;
  const bool read = reader.read({.path = "log/2025-11/T012.yaml", .month = "2025-11", .owner = {Party::Kind::staff, 0}}, bytes, 0);
  CHECK(bytes == before);
  if (!read) CHECK(loaded.data.log.entries.empty());
  return read;
}

constexpr std::string_view talk = R"(- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, student: "20250101", note: "作业"})";

}  // namespace

TEST_CASE("lines of the log in the form of the program are read without YAML") {
  for (
      const std::string_view line : {
          talk,
          std::string_view(R"(- {id: k7f3q2w9xc, date: 2025-11-30, kind: exchange-meeting})"),
          std::string_view(
              R"(- {id: k7f3q2w9xc, date: 2025-11-01, kind: tutoring, by: T013, with: [T012, "0x3", B-math], students: ["20250101", S2], class: 2025-1, grade: 7, body: B-math, subject: 数学, to: [parents, T013x, 教务处, "王（2）老师"], channel: in-person, place: "办公室 302", present: [mother, 外婆], student-present: true, minutes: 40, tags: [study, 安全教育], checklist: [学习], exam: 2025-11-12-midterm, follow-up: 2026-02-28, note: "他说：\"好\"\n下周再谈“…” · ー？é C:\\a"})"),
      }) {
    CAPTURE(line);
    std::string fitting(line);
    if (fitting.find("T013x") != std::string::npos) fitting.replace(fitting.find("T013x"), 5, "dean");
    CHECK(log_is_read_by_lines(fitting + "\n"));
    CHECK(log_is_read_by_lines(fitting + "\r\n"));
    CHECK(log_is_read_by_lines("# yaml-language-server: $schema=../../schemas/log.schema.json\n\n# 十一月\n" + fitting + "\n"));
    same_log_both_ways(fitting + "\n");
    same_log_both_ways(fitting);
  }
}

TEST_CASE("corrections are applied without YAML, wherever they stand") {
  const std::string record = std::string(talk) + "\n";
  const std::string fix = "- {id: m1d8ze0bh4, at: 2025-11-21, fixes: k7f3q2w9xc, date: 2025-11-20, kind: talk, student: S2}\n";
  const std::string withdraw = "- {id: q5r2aa7nk8, at: 2025-11-21, voids: m1d8ze0bh4, because: \"重复\"}\n";
  const std::string other = "- {id: b2c9xw4tn1, at: 2025-11-22, fixes: k7f3q2w9xc, date: 2025-11-20, kind: talk, student: \"0x3\"}\n";
  const std::string both =
      "- {id: c2c9xw4tn1, at: 2025-11-23, fixes: [b2c9xw4tn1, m1d8ze0bh4], date: 2025-11-20, kind: talk, student: S2}\n";
  for (const std::string& bytes :
       {record + fix, fix + record, record + fix + withdraw, withdraw + fix + record, record + fix + other + both,
        both + other + record + fix, record + record, record + fix + record + fix}) {
    same_log_both_ways(bytes);
    CHECK(log_is_read_by_lines(bytes));
  }
  for (const std::string& bytes :
       {fix, withdraw + record, record + fix + other, record + "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar}\n"}) {
    same_log_both_ways(bytes);
    CHECK_FALSE(log_is_read_by_lines(bytes));
  }
}

TEST_CASE("a line of the log in another form is read by itself, with the same result") {
  for (const std::string_view line : {
           "- {id: k7f3q2w9xc,date: 2025-11-18, kind: 'talk', student: S2}",
           "- {kind: talk, id: k7f3q2w9xc, date: 2025-11-18, student: S2}",
           "- {id: \"1234567890\", date: 2025-11-18, kind: seminar}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \" 先空一格\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, tags: []}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"がプログラム \\t 🙂\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, subject: C++ 语言}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: '它''s'}",
       }) {
    same_log_both_ways(std::string(line) + "\n");
    CHECK(log_is_read_by_lines(std::string(line) + "\n"));
  }
}

TEST_CASE("where a line of the log is doubtful the whole file is read the slow way") {
  for (const std::string_view line : {
           "- {id: 1234567890, date: 2025-11-18, kind: seminar}",
           "- {id: 12e4567890, date: 2025-11-18, kind: seminar}",
           "- {id: 0x12345678, date: 2025-11-18, kind: seminar}",
           "- {id: k7f3q2w9xc, date: 2025-11-31, kind: seminar}",
           "- {id: k7f3q2w9xc, date: 2025-11-00, kind: seminar}",
           "- {id: k7f3q2w9xc, date: 2025-12-01, kind: seminar}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, student: 20250101}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, student: 0x3}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, student: T012}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, students: [S2, S2]}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: talk, student: S2, students: [\"0x3\"]}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, grade: 07}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, grade: 14}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, minutes: 0}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, minutes: 1441}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, student-present: truer}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, tags: [true]}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, exam: 1e3}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"a\" b}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar} x",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar}}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, body: T012}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"e\xCC\x81\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\xEE\x80\x80\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\xE4\xBD\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\xE2\x80\x8B\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\xE2\x80\xAE\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\x1B\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\xEF\xBB\xBF\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar, note: \"\\e\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: club}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: club, place: \"x\", note: \"\"}",
           "- {id: k7f3q2w9xc, date: 2025-11-18, kind: 1e3-club, note: \"x\"} # 手写",
           "#- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar}",
           "- {id: k7f3q2w9xc",
           "- {id: ",
           "- {id: k7f3q2w9xc, at: 2025-11-18, voids: k7f3q2w9xc, because: \"x\"}",
       }) {
    CAPTURE(line);
    same_log_both_ways(std::string(line) + "\n");
    same_log_both_ways(std::string(talk) + "\n" + std::string(line));
    CHECK_FALSE(log_is_read_by_lines(std::string(line) + "\n"));
  }
}

TEST_CASE("of a file with errors the lines that are sound by themselves are kept, in both ways of reading") {
  struct Case {
    std::string_view name;
    std::string bytes;
    std::string_view kept;  ///< the first letters of the ids
  };
  const std::string first = "- {id: aaaaaaaaaa, date: 2025-11-03, kind: seminar}\n";
  const std::string second = "- {id: bbbbbbbbbb, date: 2025-11-04, kind: seminar}\n";
  const std::string fixed = "- {id: cccccccccc, at: 2025-11-05, fixes: aaaaaaaaaa, date: 2025-11-06, kind: seminar}\n";
  const std::string withdrawn = "- {id: dddddddddd, at: 2025-11-05, voids: bbbbbbbbbb, because: \"x\"}\n";
  for (const Case& one : {
           Case{"an unclosed bracket", first + "- {id: eeeeeeeeee, date: 2025-11-03, kind: seminar\n" + second, "ab"},
           Case{"an unclosed quote", first + "- {id: eeeeeeeeee, date: 2025-11-03, kind: seminar, note: \"x}\n" + second, "ab"},
           Case{"a conflict of git", "<<<<<<< HEAD\n" + first + "=======\n" + second + ">>>>>>> other\n", "ab"},
           Case{"bytes that are no text", first + "# \xFF\n" + second, "ab"},
           Case{"a missing key", first + "- {id: eeeeeeeeee, kind: seminar}\n" + second, "ab"},
           Case{"sound corrections hold", first + "- {id: e\n" + second + fixed + withdrawn, "c"},
           Case{"a correction of a faulty line stands for itself", "- {id: aaaaaaaaaa, kind}\n" + second + fixed, "bc"},
           Case{"a faulty correction corrects nothing", first + "- {id: eeeeeeeeee, at: 2025-11-05, fixes: aaaaaaaaaa}\n", "a"},
           Case{"what a faulty line withdraws does not count", first + second + "- {id: e, voids: aaaaaaaaaa, because: x}\n", "b"},
           Case{"of two fixes one counts",
                first + fixed + "- {id: dddddddddd, at: 2025-11-05, fixes: aaaaaaaaaa, date: 2025-11-07, kind: seminar}\n", "c"},
           Case{"of two fixes one counts, where the second was fixed again",
                first + fixed + "- {id: dddddddddd, at: 2025-11-05, fixes: aaaaaaaaaa, date: 2025-11-07, kind: seminar}\n" +
                    "- {id: eeeeeeeeee, at: 2025-11-08, fixes: dddddddddd, date: 2025-11-07, kind: seminar}\n",
                "c"},
           Case{"a record on several lines is none", first + "- id: eeeeeeeeee\n  date: 2025-11-03\n  kind: seminar\n  more: x\n", "a"},
           Case{"nothing but errors", "policy: {id: x\n", ""},
       }) {
    CAPTURE(one.name);
    same_log_both_ways(one.bytes);
    MemoryFiles files = log_school();
    files.files()["log/2025-11/T012.yaml"] = one.bytes;
    const Loaded loaded = load(files, rule_shapes(), {});
    std::string kept;
    for (const Interaction& entry : loaded.data.log.entries) kept += record_id_of(entry.id).front();
    CHECK(kept == one.kept);
    CHECK_FALSE(loaded.problems.empty());
  }
}

TEST_CASE("one id in two files is an error in both ways of reading") {
  MemoryFiles files = log_school();
  files.files()["log/2025-11/T012.yaml"] = std::string(talk) + "\n";
  files.files()["log/2025-11/T013.yaml"] = "- {id: k7f3q2w9xc, date: 2025-11-18, kind: seminar}\n";
  const std::string fast = read_log_text(files, true);
  CHECK(fast == read_log_text(files, false));
  CHECK(fast.find("log/2025-11/T013.yaml:1:8 log/id-in-two-files") != std::string::npos);
}

TEST_CASE("interactions stand by day, then id, whatever file they come from") {
  MemoryFiles files = log_school();
  files.files()["log/2025-11/T013.yaml"] =
      "- {id: zzzzzzzzzz, date: 2025-11-18, kind: seminar}\n- {id: aaaaaaaaaa, date: 2025-11-19, kind: seminar}\n";
  files.files()["log/2025-11/T012.yaml"] =
      "- {id: bbbbbbbbbb, date: 2025-11-30, kind: seminar}\n- {id: 0a00000000, date: 2025-11-18, kind: seminar}\n";
  files.files()["log/2025-10/T012.yaml"] = "- {id: yyyyyyyyyy, date: 2025-10-31, kind: seminar}\n";
  const auto shapes = rule_shapes();
  const Loaded loaded = load(files, shapes, {});
  std::string order;
  for (const Interaction& one : loaded.data.log.entries) order += record_id_of(one.id).substr(0, 1);
  CHECK(order == "y0zab");
}

TEST_CASE("a command reads only the months that it needs") {
  MemoryFiles files = log_school();
  for (const char* month : {"2025-05", "2025-06", "2025-09", "2026-01", "2026-02", "2026-07", "2026-08"}) {
    files.files()["log/" + std::string(month) + "/T012.yaml"] = "# 空\n";
  }
  const auto shapes = rule_shapes();
  const auto months = [&](LogMonths which, const char* today) {
    std::string text;
    for (const std::string& path : load(files, shapes, {.parts = {.log = which}, .today = *parse_date(today)}).data.log.files)
      text += path.substr(4, 7) + " ";
    return text;
  };
  CHECK(months(LogMonths::none, "2025-11-18").empty());
  CHECK(months(LogMonths::term, "2025-11-18") == "2025-06 2025-09 2026-01 ");
  CHECK(months(LogMonths::term, "2026-02-01") == "2026-01 2026-02 2026-07 ");
  CHECK(months(LogMonths::term, "2026-08-10") == "2026-01 2026-02 2026-07 2026-08 ");
  CHECK(months(LogMonths::school_year, "2026-03-01") == "2025-06 2025-09 2026-01 2026-02 2026-07 ");
  CHECK(months(LogMonths::all, "2026-03-01") == "2025-05 2025-06 2025-09 2026-01 2026-02 2026-07 2026-08 ");
}

namespace {

/// Files of the log, mostly in the form of the program, then torn at some places.
class RandomLog {
 public:
  explicit RandomLog(std::uint64_t seed) : random_(seed) {}

  std::string file(std::string_view month) {
    std::string bytes = below(3) == 0 ? "" : "# yaml-language-server: $schema=../../schemas/log.schema.json\n";
    std::vector<std::string> ids;
    std::vector<std::string> lines;
    for (std::size_t i = 0, count = below(8); i < count; ++i) lines.push_back(line(month, ids));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (below(12) == 0) std::swap(lines[i], lines[below(lines.size())]);
      if (below(12) == 0) lines.push_back(lines[below(lines.size())]);
    }
    for (const std::string& one : lines) bytes += one + (below(20) == 0 ? "\r\n" : "\n");
    if (below(10) == 0 && !bytes.empty()) bytes.pop_back();
    for (std::size_t i = 0, edits = below(3); i < edits && !bytes.empty(); ++i) edit(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  template <std::size_t count>
  std::string one_of(const std::array<const char*, count>& words) {
    return words[below(count)];
  }

  std::string id(std::vector<std::string>& ids) {
    if (!ids.empty() && below(30) == 0) return ids[below(ids.size())];
    ids.push_back(record_id_of(random_() >> 14U));
    return ids.back();
  }

  std::string line(std::string_view month, std::vector<std::string>& ids) {
    static constexpr std::array kinds{"talk", "seminar", "home-visit", "club", "report", "phone-call", "tlak"};
    static constexpr std::array people{"\"20250101\"", "S2", "\"0x3\"", "\"S2\"", "T012", "20250101"};
    static constexpr std::array parties{"T012", "T013", "B-math", "S2", "T999"};
    static constexpr std::array words{"study", "数学", "\"七（1）班\"", "true", "a-b", "老师x", "\"\"", "12"};
    static constexpr std::array texts{"作业拖拉", "他说：\\\"好\\\"", " 空", "", "a\\nb", "é・\\u4e00", "\\t", "#1", "x: y", "}"};
    const std::string own = id(ids);
    const std::string target = ids[below(ids.size())];
    if (below(9) == 0) return "- {id: " + own + ", at: 2025-11-30, voids: " + target + ", because: \"重复\"}";
    std::string text = "- {id: " + own;
    if (below(6) == 0) text += ", at: 2025-11-30, fixes: " + (below(3) == 0 ? "[" + target + ", " + ids[below(ids.size())] + "]" : target);
    text += ", date: " + std::string(month) + "-" + std::to_string(10 + below(23)) + ", kind: " + one_of(kinds);
    if (below(8) == 0) text += ", by: " + one_of(parties);
    if (below(8) == 0) text += ", with: [" + one_of(parties) + ", " + one_of(parties) + "]";
    if (below(3) != 0) text += ", student: " + one_of(people);
    if (below(8) == 0) text += ", students: [" + one_of(people) + ", " + one_of(people) + "]";
    if (below(8) == 0) text += ", class: 2025-1";
    if (below(8) == 0) text += ", grade: " + std::to_string(below(15));
    if (below(8) == 0) text += ", body: " + one_of(parties);
    if (below(8) == 0) text += ", subject: " + one_of(words);
    if (below(6) == 0) text += ", to: [" + one_of(words) + "]";
    if (below(6) == 0) text += ", channel: " + one_of(words);
    if (below(6) == 0) text += ", place: \"" + one_of(texts) + "\"";
    if (below(8) == 0) text += ", present: [" + one_of(words) + ", mother]";
    if (below(8) == 0) text += ", student-present: " + one_of(words);
    if (below(8) == 0) text += ", minutes: " + std::to_string(below(2000));
    if (below(6) == 0) text += ", tags: [" + one_of(words) + "]";
    if (below(8) == 0) text += ", exam: " + one_of(words);
    if (below(8) == 0) text += ", follow-up: 2025-11-" + std::to_string(10 + below(23));
    if (below(2) == 0) text += ", note: \"" + one_of(texts) + one_of(texts) + "\"";
    return text + "}";
  }

  void edit(std::string& bytes) {
    static constexpr std::string_view signs = "\"'{}[],:#-~ \n\t\r\\\0a0\x80\xE4\xEF";
    const std::size_t at = below(bytes.size());
    switch (below(4)) {
      case 0:
        bytes.erase(at, 1 + below(3));
        break;
      case 1:
        bytes.insert(at, 1, signs[below(signs.size())]);
        break;
      case 2:
        bytes[at] = signs[below(signs.size())];
        break;
      default:
        bytes.resize(at);
    }
  }

  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("the reader of lines and YAML say the same of thousands of random logs") {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    RandomLog random(seed);
    MemoryFiles files = log_school();
    files.files()["log/2025-11/T012.yaml"] = random.file("2025-11");
    files.files()["log/2025-12/S2.yaml"] = random.file("2025-12");
    const std::string fast = read_log_text(files, true);
    const std::string slow = read_log_text(files, false);
    if (fast == slow) continue;
    INFO(seed, "\n", files.files()["log/2025-11/T012.yaml"], "----\n", files.files()["log/2025-12/S2.yaml"]);
    CHECK(fast == slow);
    break;
  }
}

}  // namespace help::tests
