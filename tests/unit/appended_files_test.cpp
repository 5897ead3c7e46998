// SPDX-License-Identifier: MIT
#include "commands/appended_files.hpp"

#include <doctest/doctest.h>

#include <string>

#include "store/record_id.hpp"
#include "support/command_call.hpp"
#include "support/loaded.hpp"

namespace help::test {
namespace {

/// What `work` adds to a folder.
template <typename Work>
Answer add_to(const MemoryFiles& files, Work work) {
  const Dataset data;
  const Diagnostics problems;
  const Context context{.data = data, .problems = problems, .folder = &files};
  Answer answer;
  AppendedFiles appended(context, answer, "# first\n");
  work(appended);
  return answer;
}

}  // namespace

TEST_CASE("A line ends as the other lines of its file do, and a line that is cut off is ended first") {
  const MemoryFiles files({{"pairs/a.yaml", "- {id: a}\r\n- {id: b}"}, {"pairs/b.yaml", "- {id: a}"}});
  const Answer answer = add_to(files, [](AppendedFiles& appended) {
    for (const char* path : {"pairs/b.yaml", "pairs/a.yaml", "pairs/b.yaml", "pairs/new.yaml"}) {
      REQUIRE(appended.bytes(path) != nullptr);
      appended.append(path, "- {id: c}\n");
    }
  });
  REQUIRE(answer.changes.size() == 3);
  CHECK(answer.changes[0].path == "pairs/b.yaml");
  CHECK(answer.changes[0].bytes == "- {id: a}\n- {id: c}\n- {id: c}\n");
  CHECK(answer.changes[1].bytes == "- {id: a}\r\n- {id: b}\r\n- {id: c}\r\n");
  CHECK(!answer.changes[1].is_new);
  CHECK(answer.changes[2].bytes == "# first\n- {id: c}\n");
  CHECK(answer.changes[2].is_new);
}

TEST_CASE("A file that gets no line is no change, and one that cannot be read is refused") {
  MemoryFiles files;
  files.files()["pairs/a.yaml"] = "- {id: a}\n";
  files.refuse("pairs/b.yaml", FileResult::denied);
  const Answer answer = add_to(files, [](AppendedFiles& appended) {
    CHECK(*appended.bytes("pairs/a.yaml") == "- {id: a}\n");
    CHECK(appended.bytes("pairs/b.yaml") == nullptr);
    appended.say_git_lines("nothing");
  });
  CHECK(answer.changes.empty());
  CHECK(answer.refusals.size() == 1);
  CHECK(answer.after_writing.empty());
}

TEST_CASE("Up to eight files are named for git, more by their folder") {
  const auto lines = [](int count) {
    return add_to(MemoryFiles(),
                  [count](AppendedFiles& appended) {
                    for (int one = 1; one <= count; ++one) {
                      const std::string path = "events/S" + std::to_string(one) + ".yaml";
                      REQUIRE(appended.bytes(path) != nullptr);
                      appended.append(path, "- {id: a}\n");
                    }
                    appended.say_git_lines("decide a");
                  })
        .after_writing;
  };
  REQUIRE(lines(8).size() == 3);
  CHECK(lines(8)[1].data.find("events/S1.yaml events/S2.yaml") != std::string::npos);
  CHECK(lines(9)[1].data == "  git add events");
}

TEST_CASE("An id is made of the contents, and of how often they were written before") {
  const std::string first = new_record_id("a");
  CHECK(first.size() == 10);
  CHECK(new_record_id_in("- {id: b}\n", "a") == first);
  const std::string second = new_record_id_in("- {id: " + first + "}\n", "a");
  CHECK(second != first);
  CHECK(new_record_id_in(first + second, "a") != second);
}

TEST_CASE("assign keeps the line ends of the file that it adds pairs and their ends to") {
  CommandCall call{.command = "assign",
                   .me = "",
                   .today = "2025-10-10",
                   .files = MemoryFiles(
                       {{"help.yaml", help_of_two_terms},
                        {"policy.yaml",
                         "policy: {id: ours, name: 我校}\nassign:\n  - {id: entry, role: mentor, who: subject-teacher, load: {most: 3}}\n"},
                        {"roster/students.yaml", "- {id: S1, name: 甲, classes: [{class: c1}]}\n"},
                        {"roster/staff.yaml", "- {id: T1, name: 班主任}\n- {id: T2, name: 数学}\n"},
                        {"roster/classes.yaml", "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n"},
                        {"roster/teaching.yaml", "- {staff: T2, subject: 数学, class: c1}\n"},
                        {"events/S1.yaml", "- {id: k7f3q2w9x1, date: 2025-09-01, kind: confirmed, subject: 数学}\n"},
                        {"pairs/2025-fall.yaml", "- {id: k7f3q2w9x0, student: S1, staff: T1, role: mentor, from: 2025-09-01}\r\n"}})};
  CHECK(call.run({"--save"}) == 0);
  std::string bytes = call.files.files().at("pairs/2025-fall.yaml");
  CHECK(std::ranges::count(bytes, '\n') == 3);
  for (std::size_t at = bytes.find('\n'); at != std::string::npos; at = bytes.find('\n', at + 1)) CHECK(bytes[at - 1] == '\r');
}

}  // namespace help::test
