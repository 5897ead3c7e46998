// SPDX-License-Identifier: MIT
// Profiles of archives, a row for each student: parts are added to cases/ID.yaml and changed in it, what else stands there stays. What is
// for few eyes goes into cases/ID.private.yaml, and its words are shown to nobody.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "store/bytes.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/edited_yaml.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

constexpr auto archive_keys =
    std::to_array<std::string_view>({"opened", "keeper", "profile", "categories", "causes", "hobbies", "strengths", "baseline", "measures",
                                     "goals", "reviews", "problems", "tracking"});
constexpr auto profile_keys = std::to_array<std::string_view>({"study-base", "attitude", "character", "discipline", "life"});
constexpr auto private_keys =
    std::to_array<std::string_view>({"address", "family", "economy", "parents-work", "parenting", "health", "psychology", "note"});

/// Stands in a preview for words that are for few eyes.
constexpr const char* few_eyes_only = "…";

std::string texts_in_a_row(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ", ") + part;
  return all;
}

bool is_among(const std::vector<std::string>& list, const std::string& one) { return std::ranges::find(list, one) != list.end(); }

/// A file of an archive while a row changes it.
struct ArchiveFile {
  PlannedFile planned;
  EditedYaml yaml;
  bool is_private = false;
  std::vector<ChangedValue> changes = {};
};

/// What a row makes of a file.
struct MadeArchive {
  std::uint32_t line = 0;  ///< of the table
  PlannedFile planned;
  std::vector<ChangedValue> changes;
};

class ArchivesPlanner {
 public:
  ArchivesPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan) {
    const auto know = [](const std::vector<Named>& named, auto& known) {
      for (const Named& one : named) known.emplace_back(one.id, as_data(one.name.empty() ? one.id : one.name));
    };
    know(data_.policy.archive.categories, categories_);
    know(data_.policy.archive.causes, causes_);
  }

  void plan() {
    while (rows_.next_as_written()) {
      const std::string who = rows_.text("student");
      if (const auto student = rows_.student("student", who)) lines_.emplace(*student, rows_.line());
    }
    while (rows_.next()) plan_row();
    std::set<std::uint32_t> refused;
    for (const RefusedRow& row : plan_.refused) refused.insert(row.line);
    for (MadeArchive& made : made_) {
      if (!refused.contains(made.line)) take(made);
    }
    std::ranges::stable_sort(plan_.changes, {}, &ChangedValue::path);
    std::ranges::sort(plan_.files, {}, &PlannedFile::path);
  }

 private:
  using Known = std::vector<std::pair<std::string, Message>>;

  void plan_row() {
    constexpr StudentIndex nobody = static_cast<StudentIndex>(-1);  // g++ 12 loses track of an optional here
    const std::string who = rows_.needed("student");
    const StudentIndex index = who.empty() ? nobody : rows_.student("student", who).value_or(nobody);
    if (index == nobody) return;
    student_ = &data_.students[index];
    rows_.is_about(student_->id);
    check_texts();
    if (!rows_.is_refused() && !lines_.emplace(index, rows_.line()).second) {
      rows_.refuse_both(lines_.at(index), "student", "import/student-twice",
                        say("{0} stands on lines {1} and {2}", student_->id, lines_.at(index), rows_.line()),
                        say("which of the two is right? nothing is taken over for {0}", student_->id));
    }
    ArchiveFile open;
    ArchiveFile sensitive;
    sensitive.is_private = true;
    const bool has_open =
        is_any_given({"opened", "keeper", "categories", "causes", "hobbies", "strengths", "measure", "goal"}) || is_any_given(profile_keys);
    const bool has_private = is_any_given(private_keys);
    if (!rows_.is_refused() && has_open && begin(open)) fill_open(open);
    if (!rows_.is_refused() && has_private && begin(sensitive)) fill_private(sensitive);
    if (rows_.is_refused()) return;
    if (has_open) finish(open);
    if (has_private) finish(sensitive);
  }

  template <typename Keys>
  [[nodiscard]] bool is_any_given(const Keys& keys) const {
    return std::ranges::any_of(keys, [&](std::string_view key) { return !rows_.text(key).empty(); });
  }
  [[nodiscard]] bool is_any_given(std::initializer_list<std::string_view> keys) const {
    return is_any_given<std::initializer_list<std::string_view>>(keys);
  }

  /// Parts that say something only beside another one, and characters that no file may hold.
  void check_texts() {
    for (const auto& [key, of] : {std::pair("measure-who", "measure"), {"measure-until", "measure"}, {"goal-by", "goal"}}) {
      if (!rows_.text(key).empty()) (void)rows_.needed(of);
    }
    const auto check = [&](std::string_view key) {
      std::string text = text_for_file(rows_.text(key));
      std::erase(text, '\n');  // is written as \n in quotes
      if (find_refused_character(text))
        rows_.refuse(key, "import/character", say("the cell holds a character that cannot be seen or turns the direction of writing"),
                     say("type the text anew"));
    };
    for (const std::string_view key : {"hobbies", "strengths", "measure", "goal"}) check(key);
    for (const std::string_view key : profile_keys) check(key);
    for (const std::string_view key : private_keys) check(key);
  }

  /// Reads the file that the row is about; false after a refusal.
  bool begin(ArchiveFile& file) {
    constexpr std::string_view git_crypt("\0GITCRYPT\0", 10);
    file.planned.path = "cases/" + student_->id + (file.is_private ? ".private.yaml" : ".yaml");
    std::string bytes;
    const FileResult result = context_.folder->read(file.planned.path, bytes, max_file_bytes);
    if (result == FileResult::denied || (result == FileResult::done && bytes.starts_with(git_crypt))) {
      rows_.refuse("student", "import/locked", say("{0} is locked here, so nothing can be added to it", file.planned.path),
                   say("unlock it first, or leave these columns empty"));
      return false;
    }
    if (result == FileResult::missing) {
      file.planned.is_new = true;
      bytes = schema_comment(file.is_private ? "archive-private" : "archive");
    }
    if ((result == FileResult::done || result == FileResult::missing) && file.yaml.read(std::move(bytes))) return true;
    rows_.refuse("student", "import/archive-by-hand", say("{0} is written so that it cannot be changed here", file.planned.path),
                 say("write it by hand: a key on each line"));
    return false;
  }

  void note(ArchiveFile& file, std::string_view column, std::string before, std::string after) const {
    const bool overwrites = !before.empty();
    if (file.is_private) after = few_eyes_only;
    if (file.is_private && overwrites) before = few_eyes_only;
    file.changes.push_back({.path = file.planned.path,
                            .line = rows_.line(),
                            .student = student_->id,
                            .name = student_->name,
                            .what = title_of_field(FormKind::archives, column),
                            .before = overwrites ? std::move(before) : "~",
                            .after = std::move(after),
                            .overwrites = overwrites});
  }

  void by_hand(const ArchiveFile& file, std::string_view column, std::string_view key) {
    rows_.refuse(column, "import/archive-by-hand",
                 say("{0} is written so that {1} cannot be changed without losing a comment or something else", file.planned.path, key),
                 say("write it by hand"));
  }

  [[nodiscard]] static std::string text_there(const ArchiveFile& file, std::string_view key) {
    const auto root = file.yaml.root();
    const auto value = root ? find(*root, key) : std::nullopt;
    return value && value->is_scalar() ? text_for_file(value->text()) : std::string();
  }

  /// One text, day or id under a key.
  void set_one(ArchiveFile& file, std::string_view key, const std::string& after, const std::string& value,
               std::span<const std::string_view> order) {
    const std::string before = text_there(file, key);
    if (after.empty() || before == after) return;
    if (!file.yaml.set(key, value, order)) return by_hand(file, key, key);
    note(file, key, before, after);
  }

  void fill_open(ArchiveFile& file) {
    if (const auto day = rows_.date("opened")) set_one(file, "opened", to_string(*day), to_string(*day), archive_keys);
    if (const std::string typed = rows_.text("keeper"); !typed.empty()) {
      if (const auto keeper = rows_.staff("keeper", typed)) {
        const std::string& id = data_.staff[*keeper].id;
        // Who kept it until now may have left.
        if (id != text_there(file, "keeper") && !rows_.staff("keeper", typed, context_.today)) return;
        set_one(file, "keeper", id, plain_or_quoted(id), archive_keys);
      }
    }
    for (const std::string_view key : profile_keys) set_profile(file, key);
    set_codes(file, "categories", categories_);
    set_causes(file);
    set_texts(file, "hobbies");
    set_texts(file, "strengths");
    add_measure(file);
    add_goal(file);
    if (!rows_.is_refused()) check_shape_of(file);
  }

  void set_profile(ArchiveFile& file, std::string_view key) {
    const std::string after = text_for_file(rows_.text(key));
    const auto root = file.yaml.root();
    const auto profile = root ? find(*root, "profile") : std::nullopt;
    RecordLine whole;
    std::string before;
    for (const std::string_view one : profile_keys) {
      const std::string text = profile ? text_at(*profile, one) : std::string();
      if (one == key) before = text_for_file(text);
      whole.given_text(one, one == key ? after : text);
    }
    if (after.empty() || before == after) return;
    if (!file.yaml.set_inner("profile", key, double_quoted(after), whole.flow(), profile_or_open(profile.has_value())))
      return by_hand(file, key, key);
    note(file, key, before, after);
  }

  /// The order in which a new key stands: of the profile where there is one, else of the archive, to which it is added.
  static std::span<const std::string_view> profile_or_open(bool has_profile) {
    return has_profile ? std::span<const std::string_view>(profile_keys) : std::span<const std::string_view>(archive_keys);
  }

  /// The codes of a cell; without a list in the policy any code will do, as for who reads archives.
  std::vector<std::string> codes_of_cell(std::string_view key, const Known& known) {
    std::vector<std::string> codes;
    for (const std::string& typed : rows_.several(key)) {
      std::optional<std::string> code;
      if (known.empty() && is_code_text(typed)) {
        code = typed;
      } else if (known.empty()) {
        rows_.refuse(key, "import/unknown-word", say("'{0}' is not one of the words that are known here", rows_.shown(key, typed)),
                     say("name it in the policy: archive: {{{0}: [{{id: …, name: …}}]}}", key));
      } else {
        code = rows_.word(key, typed, known);
      }
      if (code && !is_among(codes, *code)) codes.push_back(*code);
    }
    return codes;
  }

  void set_codes(ArchiveFile& file, std::string_view key, const Known& known) {
    const std::vector<std::string> codes = codes_of_cell(key, known);
    const auto root = file.yaml.root();
    const std::vector<std::string> there = root ? texts_at(*root, key) : std::vector<std::string>();
    set_list(file, key, there, codes, [](const std::string& code) { return plain_or_quoted(code); });
  }

  void set_texts(ArchiveFile& file, std::string_view key) {
    const std::vector<std::string> parts = RecordRows::parts_of(text_for_file(rows_.text(key)));
    const auto root = file.yaml.root();
    std::vector<std::string> there;
    for (const std::string& text : root ? texts_at(*root, key) : std::vector<std::string>()) {
      // A text with a comma is two in a cell: they are compared so.
      for (std::string& part : RecordRows::parts_of(text)) there.push_back(std::move(part));
    }
    set_list(file, key, there, parts, [](const std::string& text) { return double_quoted(text); });
  }

  /// A list becomes that of the cell: more at its end, where nothing is missing; else another one.
  template <typename Write>
  void set_list(ArchiveFile& file, std::string_view key, const std::vector<std::string>& there, const std::vector<std::string>& wanted,
                const Write& write) {
    if (wanted.empty() || rows_.is_refused()) return;
    const bool is_whole = std::ranges::all_of(there, [&](const std::string& one) { return is_among(wanted, one); });
    std::vector<std::string> made = is_whole ? there : wanted;
    std::vector<std::string> added;
    for (const std::string& one : wanted) {
      if (is_whole && !is_among(there, one)) added.push_back(one);
    }
    if (is_whole && added.empty()) return;
    const auto flow_of = [&](const std::vector<std::string>& list) {
      std::string flow;
      for (const std::string& one : list) flow += (flow.empty() ? "" : ", ") + write(one);
      return "[" + flow + "]";
    };
    bool is_done = is_whole || file.yaml.set(key, flow_of(made), archive_keys);
    for (const std::string& one : added) {
      made.push_back(one);
      is_done = is_done && file.yaml.append(key, write(one), archive_keys);
    }
    if (!is_done) return by_hand(file, key, key);
    note_list(file, key, there, made, is_whole);
  }

  void note_list(ArchiveFile& file, std::string_view key, const std::vector<std::string>& there, const std::vector<std::string>& made,
                 bool is_whole) const {
    note(file, key, texts_in_a_row(there), texts_in_a_row(made));
    file.changes.back().overwrites = !is_whole;
  }

  void set_causes(ArchiveFile& file) {
    const std::vector<std::string> wanted = codes_of_cell("causes", causes_);
    if (wanted.empty() || rows_.is_refused()) return;
    std::vector<std::string> there;
    std::vector<RecordLine> kept;
    std::string lost;  // what was written beside causes that go
    const auto root = file.yaml.root();
    if (const auto list = root ? find(*root, "causes") : std::nullopt) {
      for (const Value item : items_of(*list)) {
        const std::string code = text_at(item, "cause");
        const std::string remark = text_at(item, "note");
        if (!is_among(there, code)) there.push_back(code);
        if (!is_among(wanted, code)) {
          lost += remark.empty() ? "" : " (" + remark + ")";
          continue;
        }
        kept.emplace_back().word("cause", code).given_word("subject", text_at(item, "subject")).given_text("note", remark);
      }
    }
    const bool is_whole = std::ranges::all_of(there, [&](const std::string& one) { return is_among(wanted, one); });
    const auto flow = [&] {
      RecordLine line;
      const std::string made = line.records("causes", kept).flow();
      return made.substr(std::string_view("{causes: ").size(), made.size() - std::string_view("{causes: }").size());
    };
    std::vector<std::string> made = is_whole ? there : wanted;
    bool is_done = is_whole || kept.empty() || file.yaml.set("causes", flow(), archive_keys);
    bool is_changed = !is_whole;
    const bool is_anew = !is_whole && kept.empty();
    for (const std::string& code : wanted) {
      if (is_among(there, code)) continue;
      if (is_whole) made.push_back(code);
      is_changed = true;
      const std::string item = kept.emplace_back().word("cause", code).flow();
      if (!is_anew) is_done = is_done && file.yaml.append("causes", item, archive_keys);
    }
    if (is_anew) is_done = file.yaml.set("causes", flow(), archive_keys);
    if (!is_changed) return;
    if (!is_done) return by_hand(file, "causes", "causes");
    note_list(file, "causes", there, made, is_whole);
    file.changes.back().before += lost;
  }

  /// A record behind those of a list, unless one of the same words stands there; then its other parts must agree.
  void add_record(ArchiveFile& file, std::string_view list_key, std::string_view column, std::string_view text_key, RecordLine item,
                  const std::vector<std::pair<std::string_view, std::string>>& others) {
    const std::string text = text_for_file(rows_.text(column));
    const auto root = file.yaml.root();
    const auto list = root ? find(*root, list_key) : std::nullopt;
    if (list) {
      for (const Value there : items_of(*list)) {
        if (text_for_file(text_at(there, text_key)) != text) continue;
        for (const auto& [key, value] : others) {
          if (value.empty() || text_at(there, key) == value) continue;
          rows_.refuse(column, "import/record-differs", say("the archive has this already, with another `{0}`, or none", key),
                       say("correct {0} by hand", file.planned.path));
        }
        return;
      }
    }
    for (const auto& [key, value] : others) item.given_word(key, value);
    if (!file.yaml.append(list_key, item.flow(), archive_keys)) return by_hand(file, column, list_key);
    note(file, column, {}, text);
  }

  void add_measure(ArchiveFile& file) {
    const std::string text = text_for_file(rows_.text("measure"));
    if (text.empty()) return;
    std::string who;
    if (const std::string typed = rows_.text("measure-who"); !typed.empty()) {
      if (const auto staff = rows_.staff("measure-who", typed, context_.today)) who = data_.staff[*staff].id;
    }
    const auto until = rows_.date("measure-until");
    if (rows_.is_refused()) return;
    RecordLine item;
    item.text("what", text);
    add_record(file, "measures", "measure", "what", std::move(item), {{"who", who}, {"until", until ? to_string(*until) : std::string()}});
  }

  void add_goal(ArchiveFile& file) {
    const std::string text = text_for_file(rows_.text("goal"));
    const auto by = rows_.date("goal-by");
    if (text.empty() || rows_.is_refused()) return;
    std::set<std::string> ids;
    const auto root = file.yaml.root();
    if (const auto list = root ? find(*root, "goals") : std::nullopt) {
      for (const Value item : items_of(*list)) ids.insert(text_at(item, "id"));
    }
    int number = 1;
    while (ids.contains("g" + std::to_string(number))) ++number;
    RecordLine item;
    item.word("id", "g" + std::to_string(number)).text("text", text);
    add_record(file, "goals", "goal", "text", std::move(item), {{"by", by ? to_string(*by) : std::string()}});
  }

  void check_shape_of(ArchiveFile& file) {
    Diagnostics problems;
    const auto root = file.yaml.root();
    if (!root || check_shape(file.planned.path, *root, archive_shape(), problems)) return;
    rows_.refuse("student", problems.front().code, problems.front().message, problems.front().hint);
  }

  void fill_private(ArchiveFile& file) {
    for (const std::string_view key : private_keys) {
      const std::string text = text_for_file(rows_.text(key));
      set_one(file, key, text, double_quoted(text), private_keys);
    }
    // What is wrong with such a file is not quoted here.
    Diagnostics problems;
    const auto root = file.yaml.root();
    if (!rows_.is_refused() && root && !check_shape(file.planned.path, *root, private_archive_shape(), problems)) {
      rows_.refuse("student", "import/archive-by-hand", say("{0} is written so that it cannot be changed here", file.planned.path),
                   say("'help check' says what is wrong with it"));
    }
  }

  void finish(ArchiveFile& file) {
    PlannedFile& planned = file.planned;
    planned.differs = !file.changes.empty();
    ++(!planned.differs ? planned.same : planned.is_new ? planned.added : planned.changed);
    if (planned.differs) planned.bytes = file.yaml.bytes();
    made_.push_back({.line = rows_.line(), .planned = std::move(planned), .changes = std::move(file.changes)});
  }

  void take(MadeArchive& made) {
    if (!made.planned.is_new) {
      plan_.changes.insert(plan_.changes.end(), made.changes.begin(), made.changes.end());
    } else if (!made.changes.empty()) {
      std::vector<Message> parts;
      for (const ChangedValue& change : made.changes) parts.push_back(change.what);
      plan_.added.push_back({.path = made.planned.path, .line = made.line, .student = made.changes.front().student, .what = joined(parts)});
    }
    plan_.files.push_back(std::move(made.planned));
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  Known categories_;
  Known causes_;
  const Student* student_ = nullptr;
  std::map<StudentIndex, std::uint32_t> lines_;
  std::vector<MadeArchive> made_;
};

}  // namespace

void plan_archives(const Context& context, RecordRows& rows, ImportPlan& plan) { ArchivesPlanner(context, rows, plan).plan(); }

}  // namespace help
