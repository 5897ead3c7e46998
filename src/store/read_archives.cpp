// SPDX-License-Identifier: MIT
#include <map>
#include <set>

#include "store/fields.hpp"
#include "store/reading.hpp"

namespace help {
namespace {

constexpr std::string_view private_ending = ".private";

/// Decodes one archive that its shape has judged.
class ArchiveReader {
 public:
  ArchiveReader(Reading& reading, std::string path, Archive& archive) : reading_(reading), path_(std::move(path)), archive_(archive) {}

  void read(const Value& root) {
    archive_.opened = date_at(root, "opened");
    archive_.keeper = staff_at(root, "keeper");
    if (const auto profile = find(root, "profile")) archive_.profile = texts_by_key(*profile);
    categories(root);
    each(root, "causes", [this](const Value& item) { cause(item); });
    archive_.hobbies = texts_at(root, "hobbies");
    archive_.strengths = texts_at(root, "strengths");
    if (const auto baseline = find(root, "baseline")) read_baseline(*baseline);
    each(root, "measures", [this](const Value& item) { measure(item); });
    each(root, "goals", [this](const Value& item) { goal(item); });
    each(root, "reviews", [this](const Value& item) { review(item); });
    each(root, "problems", [this](const Value& item) { problem(item); });
    each(root, "tracking", [this](const Value& item) { tracked(item); });
  }

 private:
  template <typename Use>
  static void each(const Value& root, std::string_view key, Use use) {
    if (const auto list = find(root, key)) {
      for (const Value item : items_of(*list)) use(item);
    }
  }

  std::optional<StaffIndex> staff_at(const Value& item, std::string_view key) {
    const auto id = find(item, key);
    return id ? reading_.staff(path_, *id) : std::nullopt;
  }

  void categories(const Value& root) {
    archive_.categories = texts_at(root, "categories");
    each(root, "categories", [this](const Value& code) { known_category(code); });
  }

  /// A policy that lists none leaves the codes to the school.
  void known_code(const Value& at, std::string_view code, Message message, const std::vector<Named>& known) {
    if (!known.empty()) reading_.not_in_policy(path_, at, code, std::move(message), known);
  }

  void known_category(const Value& code) {
    known_code(code, "reference/unknown-category", say("the policy has no category '{0}'", code.text()), rules().categories);
  }

  void known_cause(const Value& code) {
    known_code(code, "reference/unknown-cause", say("the policy has no cause '{0}'", code.text()), rules().causes);
  }

  void cause(const Value& item) {
    if (const auto code = find(item, "cause")) known_cause(*code);
    archive_.causes.push_back({.cause = text_at(item, "cause"), .subject = reading_.subject_at(item), .note = text_at(item, "note")});
  }

  void read_baseline(const Value& item) {
    Baseline baseline{.exam = text_at(item, "exam"), .marks = {}};
    if (const auto marks = find(item, "marks")) {
      for (const auto [subject, cell] : entries_of(*marks)) {
        if (const auto mark = cell.is_null() ? Mark(Mark::State::no_entry) : parse_mark(cell.text())) {
          baseline.marks.emplace_back(reading_.subject(subject.text()), *mark);
        }
      }
    }
    archive_.baseline = std::move(baseline);
  }

  void measure(const Value& item) {
    if (const auto code = find(item, "category")) known_category(*code);
    if (const auto code = find(item, "cause")) known_cause(*code);
    archive_.measures.push_back({.what = text_at(item, "what"),
                                 .category = text_at(item, "category"),
                                 .cause = text_at(item, "cause"),
                                 .subject = reading_.subject_at(item),
                                 .part = text_at(item, "part"),
                                 .place = text_at(item, "place"),
                                 .who = staff_at(item, "who"),
                                 .days = reading_.period(path_, item),
                                 .review = date_at(item, "review")});
  }

  void goal(const Value& item) {
    Goal made{.id = text_at(item, "id"),
              .text = text_at(item, "text"),
              .subject = reading_.subject_at(item),
              .from = date_at(item, "from"),
              .by = date_at(item, "by"),
              .on = date_at(item, "on")};
    const std::string horizon = text_at(item, "horizon");
    made.horizon = horizon == "long" ? Goal::Horizon::long_term : horizon == "stage" ? Goal::Horizon::stage : Goal::Horizon::short_term;
    const std::string set_by = text_at(item, "set-by");
    made.set_by = set_by == "teacher"   ? Goal::SetBy::teacher
                  : set_by == "student" ? Goal::SetBy::student
                  : set_by == "both"    ? Goal::SetBy::both
                                        : Goal::SetBy::unsaid;
    if (const auto line = find(item, "at-least")) {
      const auto share = percent_of(line->text());
      made.at_least = share ? Line{Line::Kind::percent, *share} : Line{Line::Kind::mark, decimal_of(line->text()).value_or(0)};
    }
    if (const auto raise = find(item, "raise")) made.raise = parse_hundredths(raise->text());
    const std::string exam = text_at(item, "exam");
    made.exam_kind = parse_exam_kind(exam);
    if (!made.exam_kind) made.exam = exam;
    if (const auto met = find(item, "met")) made.met = met->text() == "true";
    if (const auto id = find(item, "id"); id && !goals_.insert(made.id).second) {
      reading_.error(path_, *id, "archive/goal-twice", say("this archive has the goal '{0}' already", made.id));
    }
    const auto metric = find(item, "at-least") ? find(item, "at-least") : find(item, "raise");
    if (metric && !made.subject) {
      reading_.error(path_, *metric, "archive/goal-without-subject", say("a mark that is to be reached is one of a subject"),
                     say("add `subject: …`"));
    }
    if (find(item, "at-least") && find(item, "raise")) {
      reading_.error(path_, *find(item, "raise"), "archive/goal-with-two-metrics", say("a goal has one of `at-least` and `raise`"),
                     say("make two goals of it"));
    }
    if (made.from && made.by && *made.by < *made.from) {
      reading_.error(path_, *find(item, "by"), "archive/goal-ends-before-it-begins",
                     say("the goal was set on {0}, it cannot be met by {1}", to_string(*made.from), to_string(*made.by)));
    }
    archive_.goals.push_back(std::move(made));
  }

  std::vector<std::pair<std::string, std::string>> by_heading(const Value& item, std::string_view key, const std::vector<Named>& known) {
    std::vector<std::pair<std::string, std::string>> texts;
    if (const auto table = find(item, key)) {
      for (const auto [code, text] : entries_of(*table)) {
        known_code(code, "reference/unknown-heading", say("the policy has no heading '{0}' here", code.text()), known);
        texts.emplace_back(code.text(), text.text());
      }
    }
    return texts;
  }

  void review(const Value& item) {
    archive_.reviews.push_back({.date = date_at(item, "date").value_or(Date{}),
                                .by = staff_at(item, "by"),
                                .subject = reading_.subject_at(item),
                                .analysis = by_heading(item, "analysis", rules().analysis),
                                .countermeasures = by_heading(item, "countermeasures", rules().countermeasures),
                                .next = text_at(item, "next")});
  }

  void problem(const Value& item) {
    RaisedProblem made{.raised = date_at(item, "raised").value_or(Date{}),
                       .what = text_at(item, "what"),
                       .by = text_at(item, "by"),
                       .owner = staff_at(item, "owner"),
                       .contacted = date_at(item, "contacted"),
                       .closed = date_at(item, "closed"),
                       .result = text_at(item, "result")};
    for (const std::string_view key : {"contacted", "closed"}) {
      if (const auto day = date_at(item, key); day && *day < made.raised) {
        reading_.error(path_, *find(item, key), "archive/problem-runs-back",
                       say("it was raised on {0}, which is after {1}", to_string(made.raised), to_string(*day)));
      }
    }
    archive_.problems.push_back(std::move(made));
  }

  void tracked(const Value& item) {
    const std::string field = text_at(item, "field");
    archive_.tracking.push_back({.field = field == "family"    ? Tracking::Field::family
                                          : field == "society" ? Tracking::Field::society
                                                               : Tracking::Field::school,
                                 .date = date_at(item, "date").value_or(Date{}),
                                 .by = staff_at(item, "by"),
                                 .note = text_at(item, "note")});
  }

  [[nodiscard]] const ArchiveRules& rules() const { return reading_.data.policy.archive; }

 public:
  /// The texts of a mapping, under the words of its keys.
  static std::vector<ProfileText> texts_by_key(const Value& mapping) {
    std::vector<ProfileText> texts;
    for (const auto [key, text] : entries_of(mapping)) {
      if (text.is_scalar()) texts.push_back({std::string(key.text()), std::string(text.text())});
    }
    return texts;
  }

 private:
  Reading& reading_;
  std::string path_;
  Archive& archive_;
  std::set<std::string> goals_;
};

/// What may be missing, or locked, in a copy of the folder: then it counts as not there.
bool is_kept_elsewhere(const Reading& reading, const std::string& path) {
  constexpr std::string_view git_crypt("\0GITCRYPT\0", 10);
  std::string bytes;
  const FileResult result = reading.files.read(path, bytes, max_file_bytes);
  return result == FileResult::denied || (result == FileResult::done && bytes.starts_with(git_crypt));
}

}  // namespace

void read_archives(Reading& reading, bool with_private) {
  const Shape open_shape = archive_shape();
  const Shape private_shape = private_archive_shape();
  std::map<StudentIndex, Archive> archives;
  for (const std::string& name : yaml_names(reading, "cases")) {
    const bool is_private = name.ends_with(private_ending);
    if (is_private && !with_private) continue;
    const std::string id = is_private ? name.substr(0, name.size() - private_ending.size()) : name;
    const std::string path = "cases/" + name + ".yaml";
    const auto student = reading.data.find_student(id);
    if (!student && !reading.explains_unknown("roster/students.yaml", path)) {
      reading.report_file(path, Severity::error, "reference/unknown-student", say("no student has the id '{0}'", id),
                          say("the archive of a student is called by the student's id"));
    }
    if (is_private && is_kept_elsewhere(reading, path)) continue;
    const auto file = reading.open(path, is_private ? private_shape : open_shape);
    if (!file || !file->root() || !student) continue;
    Archive& archive = archives[*student];
    archive.student = *student;
    if (is_private) {
      archive.sensitive = ArchiveReader::texts_by_key(*file->root());
    } else {
      ArchiveReader(reading, path, archive).read(*file->root());
    }
  }
  for (auto& [student, archive] : archives) reading.data.archives.push_back(std::move(archive));
}

}  // namespace help
