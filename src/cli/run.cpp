// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cli/command_line.hpp"
#include "cli/complete.hpp"
#include "cli/language.hpp"
#include "cli/progress.hpp"
#include "cli/records_folder.hpp"
#include "cli/usage.hpp"
#include "cli/writing.hpp"
#include "diag/nearest.hpp"
#include "render/render.hpp"
#include "rules/kinds.hpp"

#ifndef HELP_VERSION
#define HELP_VERSION "0"
#endif

namespace help {
namespace {

constexpr int status_done = 0;
constexpr int status_findings = 1;
constexpr int status_wrong = 2;
constexpr int status_refused = 3;
constexpr int status_unconfirmed = 4;

constexpr std::size_t most_problems_on_the_way = 20;  // of a command that is refused; `check` shows them all

class Session {
 public:
  Session(World& world, std::span<const Command* const> commands) : world_(world), commands_(commands) {
    const std::string called = world.arguments.empty() ? std::string() : world.arguments.front();
    program_ = called.substr(called.rfind('/') + 1);
    if (program_.empty()) program_ = "help";
  }

  int run();

 private:
  // The command line
  void choose_language();
  int explain(const std::vector<Message>& messages);
  int unknown_command(const std::string& name);
  int show_help(const Command* command);
  int show_home();
  int complete();
  std::vector<Message> check_common();
  std::vector<Message> check_format(const Command& command);

  // The records
  FoundFolder& folder();
  void suggest_init();
  [[nodiscard]] bool is_basic(std::string_view path) const;
  bool load_folder(const Command& command);
  std::optional<int> answer_with(const Command& command, bool loads = true);

  // The answer
  int show_answer(const Command& command);
  int perform(const Command& command);
  int change(const Command& command);
  std::optional<int> lock(Files& files);
  std::optional<int> find_obstacle(const Command& command, const Files* target);
  int write(const Command& command, Files& target);
  int summary_of_dry_run();
  std::optional<int> confirm(const Command& command);

  void prepare_talk();

  template <typename Work>
  auto busy_with(const Command& command, const Message& what, Work work) {
    std::optional<Progress> progress;
    if (command.shows_progress && world_.err_is_terminal && world_.environment("TERM") != "dumb") {
      progress.emplace([this](std::string_view text) { (void)world_.err(text); }, catalogue_.shown_text(what));
    }
    return work();
  }

  // Printing
  [[nodiscard]] bool coloured(bool terminal) const;
  [[nodiscard]] Look look(bool terminal) const;
  [[nodiscard]] UsageLook usage_look() const { return {catalogue_, program_, world_.out_is_terminal ? world_.width : 80}; }
  void complain(const Message& message);
  void show_problems(const Diagnostics& problems);
  int print(std::string_view text);
  void remark(const Message& message);

  World& world_;
  std::span<const Command* const> commands_;
  std::string program_;
  Split split_;
  CommandLine line_;
  Catalogue catalogue_{"zh"};
  Date today_ = {};
  Format format_ = Format::text;
  std::optional<FoundFolder> found_;
  std::string named_folder_;
  Loaded loaded_;
  Talk talk_;
  bool is_locked_ = false;
  Answer answer_;
};

// --- printing ---

bool Session::coloured(bool terminal) const {
  if (line_.common.colour == "always") return true;
  if (line_.common.colour == "never" || !world_.environment("NO_COLOR").empty()) return false;
  return terminal && world_.environment("TERM") != "dumb";
}

Look Session::look(bool terminal) const {
  return {.catalogue = catalogue_, .width = terminal ? world_.width : 80, .colour = coloured(terminal)};
}

void Session::complain(const Message& message) { (void)world_.err(program_ + ": " + catalogue_.shown_text(message) + "\n"); }

void Session::show_problems(const Diagnostics& problems) { (void)world_.err(problems_as_text(problems, look(world_.err_is_terminal))); }

int Session::print(std::string_view text) {
  // Where nobody reads any more (`| head`), the work is done all the same.
  if (world_.out(text) != Printed::failed) return status_done;
  complain(say("the result could not be written: the disk is full, or the device fails"));
  return status_wrong;
}

/// What is said beside the result: on stdout where people read it, else on stderr, so that JSON stays JSON.
void Session::remark(const Message& message) {
  const std::string text = catalogue_.shown_text(message) + "\n";
  const bool for_people = format_ == Format::text && line_.common.file.empty();
  (void)(for_people ? world_.out(text) : world_.err(text));
}

// --- the command line ---

void Session::choose_language() {
  // A language that the program does not speak is complained of, in the one that is spoken otherwise.
  const std::string asked = early_value(split_.others, "--lang");
  std::string_view language = asked == "zh" || asked == "en" ? language_of(asked) : std::string_view();
  if (language.empty()) language = language_of_environment(world_);
  if (language.empty() && folder().files) language = language_of_folder(*folder().files);
  catalogue_ = Catalogue(language.empty() ? "zh" : language);
}

int Session::explain(const std::vector<Message>& messages) {
  complain(messages.front());
  for (std::size_t i = 1; i < messages.size(); ++i) (void)world_.err("  " + catalogue_.shown_text(messages[i]) + "\n");
  return status_wrong;
}

int Session::unknown_command(const std::string& name) {
  std::vector<Message> messages{say("there is no command '{0}'", name)};
  std::vector<std::string_view> names;
  for (const Command* command : commands_) names.push_back(command->name);
  if (const auto near = nearest(name, names)) messages.push_back(say("did you mean '{0}'?", *near));
  messages.push_back(say("'{0} --help' lists the commands", program_));
  return explain(messages);
}

int Session::show_help(const Command* command) {
  return print(command == nullptr ? help_of_all(commands_, usage_look()) : help_of(*command, usage_look()));
}

int Session::show_home() { return print(home_screen(commands_, folder().files != nullptr, usage_look())); }

int Session::complete() {
  std::string text;
  for (const std::string& word : completions(commands_, std::span<const std::string>(world_.arguments).subspan(2))) text += word + "\n";
  return print(text);
}

std::vector<Message> Session::check_common() {
  const CommonOptions& common = line_.common;
  const auto one_of = [](std::string_view option, std::string_view value, std::span<const std::string_view> words) {
    if (value.empty() || std::ranges::find(words, value) != words.end()) return std::vector<Message>();
    std::string all;
    for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
    std::vector<Message> messages{say("{0}: expected {1}, not '{2}'", option, say("one of {0}", all), value)};
    if (const auto near = nearest(value, words)) messages.push_back(say("did you mean '{0}'?", *near));
    return messages;
  };
  static constexpr std::array<std::string_view, 2> languages{"zh", "en"};
  static constexpr std::array<std::string_view, 3> colours{"auto", "always", "never"};
  if (auto messages = one_of("--lang", common.language, languages); !messages.empty()) return messages;
  if (auto messages = one_of("--color", common.colour, colours); !messages.empty()) return messages;
  if (common.today.empty()) {
    today_ = world_.today();
    return {};
  }
  const auto day = parse_date(common.today);
  if (!day) return {say("{0}: expected {1}, not '{2}'", "--today", say("a day like 2026-03-01"), common.today)};
  today_ = *day;
  return {};
}

std::vector<Message> Session::check_format(const Command& command) {
  if (command.formats.empty()) return {};
  std::string words;
  for (const std::string_view word : command.formats) words += (words.empty() ? "" : ", ") + std::string(word);
  const CommonOptions& common = line_.common;
  format_ = format_of_word(command.formats.front()).value_or(Format::text);
  if (common.format.empty() && common.file.empty()) return {};
  const std::size_t dot = common.file.rfind('.');
  const std::string asked = !common.format.empty() ? common.format : dot == std::string::npos ? std::string() : common.file.substr(dot + 1);
  const auto format = format_of_word(asked);
  if (format == Format::xlsx && gives(command, *format) && common.file.empty()) {
    return {say("a workbook is not for a terminal: say with -o FILE.xlsx where it goes")};
  }
  if (format && gives(command, *format)) {
    format_ = *format;
    return {};
  }
  std::vector<Message> messages;
  if (common.format.empty()) {
    messages.push_back(say("{0}: the ending does not say a form that '{1}' can give", common.file, command.name));
  } else {
    messages.push_back(say("'{0}' cannot give the form '{1}'", command.name, asked));
  }
  if (const auto near = nearest(asked, command.formats)) messages.push_back(say("did you mean '{0}'?", *near));
  messages.push_back(say("forms: {0}", words));
  return messages;
}

// --- the records ---

FoundFolder& Session::folder() {
  // The language is chosen before the options are parsed: until then, -C is looked for in its plainest forms.
  const std::string named = line_.common.folder.empty() ? early_value(split_.others, "-C") : line_.common.folder;
  if (!found_ || named != named_folder_) found_ = find_records_folder(world_, named);
  named_folder_ = named;
  return *found_;
}

void Session::suggest_init() {
  if (find_command(commands_, "init") != nullptr) {
    (void)world_.err("  " + catalogue_.shown_text(say("'{0} init' makes one", program_)) + "\n");
  }
}

/// Whether everything rests on the file: without it nothing true can be said.
bool Session::is_basic(std::string_view path) const {
  return path == "help.yaml" || path == loaded_.data.school.policy_path || path.starts_with("roster");
}

bool Session::load_folder(const Command& command) {
  if (!folder().files) {
    complain(folder().why_not);
    suggest_init();
    return false;
  }
  Parts parts = line_.action.parts(command.parts);
  if (line_.common.read_all) {
    const LogMonths months = parts.log;  // which years were read is a part of the answer
    parts = Parts::all();
    parts.log = months;
  }
  const LoadOptions options{.parts = parts, .today = today_, .use_fast_path = !line_.common.slow_reader};
  loaded_ = busy_with(command, say("reading the records …"), [&] { return load(*folder().files, rule_shapes(), options); });
  const bool may_have_errors = command.needs != Needs::sound_data && command.needs != Needs::sound_part;
  if (may_have_errors || !has_error(loaded_.problems)) return true;
  Diagnostics errors = loaded_.problems;
  std::erase_if(errors, [](const Diagnostic& problem) { return problem.severity != Severity::error; });
  if (command.needs == Needs::sound_part &&
      std::ranges::none_of(errors, [&](const Diagnostic& error) { return is_basic(error.where.path); })) {
    show_problems(errors);
    return true;
  }
  const auto count = static_cast<std::int64_t>(errors.size());
  if (errors.size() > most_problems_on_the_way) errors.resize(most_problems_on_the_way);
  show_problems(errors);
  complain(counted(count, "the records have {0} error, so '{1}' was not run; '{2} check' shows all",
                   "the records have {0} errors, so '{1}' was not run; '{2} check' shows all", command.name, program_));
  return false;
}

void Session::prepare_talk() {
  talk_.terminal = world_.in_is_terminal && world_.err_is_terminal;
  talk_.line = world_.read_line;
  talk_.ask = [this](const Message& question) { (void)world_.err(catalogue_.shown_text(question)); };
  talk_.tell = [this](const Message& line) { (void)world_.err(catalogue_.shown_text(line) + "\n"); };
  talk_.edit = world_.edit;
  talk_.random = world_.random;
  talk_.environment = world_.environment;
  talk_.text = [this](const Message& message, std::string_view language) {
    return language == catalogue_.language() ? catalogue_.text(message) : Catalogue(language).text(message);
  };
}

/// Loads what the command needs and lets it answer; a status if it ends there.
std::optional<int> Session::answer_with(const Command& command, bool loads) {
  const bool may_lack = command.needs == Needs::data_if_any;
  const bool has_folder = command.needs != Needs::nothing && (!may_lack || folder().files != nullptr);
  if (has_folder && loads && !load_folder(command)) return status_wrong;
  const Context context{.data = loaded_.data,
                        .problems = loaded_.problems,
                        .folder = has_folder ? folder().files.get() : nullptr,
                        .why_no_folder = may_lack && !has_folder ? folder().why_not : Message{},
                        .outside = world_.outside.get(),
                        .today = today_,
                        .language = catalogue_.language(),
                        .format = format_,
                        .to_file = !line_.common.file.empty(),
                        .file = line_.common.file,
                        .talk = &talk_};
  answer_ = busy_with(command, say("reading the table and comparing it with the records …"), [&] { return line_.action(context); });
  if (answer_.problems_are_result) return std::nullopt;
  if (!answer_.problems.empty()) show_problems(answer_.problems);
  // What a refusal rests on (the refused rows of a table) is part of the result; but a file would outlive what is said beside it.
  const bool keeps_file = !line_.common.file.empty() && !line_.common.dry_run;
  const bool shows_why = !answer_.refusals.empty() && !answer_.document.schema.empty() && !keeps_file;
  if (const int status = shows_why ? show_answer(command) : status_done; status != status_done) return status;
  for (const Message& refusal : answer_.refusals) complain(refusal);
  const bool lacks_folder = may_lack && !has_folder && !answer_.refusals.empty() && answer_.refusals.front().id == folder().why_not.id;
  if (lacks_folder) suggest_init();
  const bool is_refused = !answer_.refusals.empty() || has_error(answer_.problems);
  if (is_refused && keeps_file) {
    const bool has_preview = command.writes && !answer_.document.schema.empty();
    complain(has_preview ? say("{0} was not written; with --dry-run it is", line_.common.file)
                         : say("{0} was not written", line_.common.file));
  }
  if (!is_refused) return std::nullopt;
  return answer_.protects_records ? status_refused : status_wrong;
}

// --- the answer ---

int Session::show_answer(const Command& command) {
  const bool to_file = !line_.common.file.empty();
  Look how = look(!to_file && world_.out_is_terminal);
  how.to_file = to_file;
  const std::string text = !answer_.raw.empty()          ? answer_.raw
                           : answer_.problems_are_result ? render(answer_.problems, answer_.document, format_, how)
                                                         : render(answer_.document, format_, how);
  if (to_file) {
    std::string there;
    if (command.keeps_files && world_.outside->read(line_.common.file, there, 0) != FileResult::missing) {
      complain(say("{0} is there already; nothing was written", line_.common.file));
      return status_refused;
    }
    const FileResult result = world_.outside->replace(line_.common.file, text);
    if (result == FileResult::done) return status_done;
    if (result == FileResult::unconfirmed) {
      complain(say("{0} was written, but the disk did not confirm it", line_.common.file));
      return status_unconfirmed;
    }
    complain(why_not_written(result, line_.common.file, ""));
    return status_wrong;
  }
  if (const int status = print(text); status != status_done) return status;
  const auto warnings = static_cast<std::int64_t>(loaded_.problems.size());
  if (command.needs == Needs::sound_data && warnings > 0) {
    complain(counted(warnings, "the records have {0} warning; '{1} check' shows it",
                     "the records have {0} warnings; '{1} check' shows them", program_));
  }
  return status_done;
}

std::optional<int> Session::lock(Files& files) {
  const FileResult result = files.lock();
  if (result == FileResult::done) return std::nullopt;
  complain(why_not_written(result, ".help.lock", files.lock_holder()));
  return status_refused;
}

/// Something that forbids the changes.
std::optional<int> Session::find_obstacle(const Command& command, const Files* target) {
  const std::string taken = taken_path(target, answer_.changes);
  if (!taken.empty()) {
    complain(say("{0} is there already; nothing was written", taken));
    return status_refused;
  }
  const LoadOptions options{.today = today_, .use_fast_path = !line_.common.slow_reader};
  const Diagnostics errors = busy_with(command, say("checking the records as they would be …"),
                                       [&] { return new_errors(target, answer_.changes, options, loaded_.data); });
  if (errors.empty()) return std::nullopt;
  show_problems(errors);
  complain(say("nothing was written: with this change the records would have the errors above"));
  return status_refused;
}

// A new folder has some forty files; nobody reads so many names.
constexpr std::size_t most_paths_shown = 8;

int Session::summary_of_dry_run() {
  const auto count = static_cast<std::int64_t>(answer_.changes.size());
  remark(counted(count, "{0} file would be written; nothing was (--dry-run):", "{0} files would be written; nothing was (--dry-run):"));
  for (const FileChange& change : answer_.changes) remark(as_data("  " + change.path));
  return answer_.findings ? status_findings : status_done;
}

/// Shows what would be written and asks; a status where it is not to be.
std::optional<int> Session::confirm(const Command& command) {
  if (const int status = show_answer(command); status != status_done) return status;
  const auto count = static_cast<std::int64_t>(answer_.changes.size());
  if (talk_.terminal) {
    talk_.ask(counted(count, "Write {0} file? [y/N] ", "Write {0} files? [y/N] "));
    const std::optional<std::string> line = talk_.line();
    constexpr std::array<std::string_view, 6> yes{"y", "Y", "yes", "Yes", "是", "好"};
    if (line && std::ranges::find(yes, *line) != yes.end()) {
      answer_.unless_confirmed = {};
      return std::nullopt;
    }
  }
  remark(answer_.unless_confirmed);
  return answer_.findings ? status_findings : status_done;
}

int Session::write(const Command& command, Files& target) {
  const Written written = busy_with(command, say("writing …"), [&] { return write_changes(target, answer_.changes); });
  if (!written.failed.empty()) {
    complain(why_not_written(written.result, written.failed, target.lock_holder()));
    for (const std::string& path : written.paths) complain(say("written before that: {0}", path));
    return status_refused;
  }
  remark(counted(static_cast<std::int64_t>(written.paths.size()), "{0} file was written:", "{0} files were written:"));
  for (std::size_t at = 0; at < std::min(written.paths.size(), most_paths_shown); ++at) remark(as_data("  " + written.paths[at]));
  if (written.paths.size() > most_paths_shown) {
    remark(counted(static_cast<std::int64_t>(written.paths.size() - most_paths_shown), "  … and {0} file more", "  … and {0} files more"));
  }
  for (const Message& message : answer_.after_writing) remark(message);
  if (written.result == FileResult::unconfirmed) {
    complain(answer_.if_unconfirmed.empty() ? say("written, but the disk did not confirm it; repeating the command is safe")
                                            : answer_.if_unconfirmed);
    return status_unconfirmed;
  }
  return answer_.findings ? status_findings : status_done;
}

int Session::change(const Command& command) {
  const bool dry_run = line_.common.dry_run;
  const bool is_preview = !dry_run && !answer_.unless_confirmed.empty();
  if (is_preview) {
    if (const auto status = find_obstacle(command, folder().files.get())) return *status;
    if (const auto status = confirm(command)) return *status;
  }
  std::unique_ptr<Files> made;
  Files* target = answer_.new_folder.empty() ? folder().files.get() : nullptr;
  FileResult opened = FileResult::done;
  if (target == nullptr) {
    made = world_.open_folder(answer_.new_folder, false, opened);
    target = made.get();
  } else if (!dry_run && !is_locked_) {
    // The answer may rest on records that another writer changes meanwhile: under the lock it is given once more.
    if (const auto status = lock(*target)) return *status;
    const std::vector<FileChange> shown = is_preview ? std::move(answer_.changes) : std::vector<FileChange>();
    if (const auto status = answer_with(command, !command.only_adds)) return *status;
    const auto is_same = [](const FileChange& a, const FileChange& b) { return a.path == b.path && a.bytes == b.bytes; };
    if (is_preview && !std::ranges::equal(shown, answer_.changes, is_same)) {
      complain(say("the records, or the table, have changed meanwhile, so nothing was written; look at the preview once more"));
      return status_refused;
    }
  }
  if (const auto status = find_obstacle(command, target)) return *status;
  // A file that says what was written is made once it is written.
  const bool shows_later = !line_.common.file.empty() && !dry_run && !answer_.changes.empty() && !is_preview;
  if (const int status = shows_later || is_preview ? status_done : show_answer(command); status != status_done) return status;
  if (answer_.changes.empty()) return answer_.findings ? status_findings : status_done;
  if (dry_run) return summary_of_dry_run();
  if (!answer_.new_folder.empty()) {
    made = world_.open_folder(answer_.new_folder, true, opened);
    target = made.get();
    if (target == nullptr) {
      complain(why_not_written(opened, answer_.new_folder, ""));
      return status_refused;
    }
    if (const auto status = lock(*target)) return *status;
    if (const std::string taken = taken_path(target, answer_.changes); !taken.empty()) {
      complain(say("{0} is there already; nothing was written", taken));
      return status_refused;
    }
  }
  const int status = write(command, *target);
  if (!shows_later || status == status_refused) return status;
  const int shown = show_answer(command);
  return shown == status_done ? status : shown;
}

int Session::perform(const Command& command) {
  // Where nobody will be asked, the lock can be taken first, and what takes long is done once.
  const bool is_confirmed = std::ranges::find(split_.others, "--yes") != split_.others.end();
  if (command.shows_progress && is_confirmed && !line_.common.dry_run && folder().files) {
    if (const auto status = lock(*folder().files)) return *status;
    is_locked_ = true;
  }
  if (const auto status = answer_with(command)) return *status;
  if (!answer_.changes.empty()) return change(command);
  const int status = show_answer(command);
  if (status != status_done) return status;
  if (!line_.common.file.empty()) {
    for (const Message& message : answer_.after_writing) remark(message);
  }
  if (command.needs == Needs::sound_part && has_error(loaded_.problems)) return status_wrong;
  return answer_.findings ? status_findings : status_done;
}

int Session::run() {
  if (world_.arguments.size() > 1 && world_.arguments[1] == "__complete") return complete();
  split_ = split_arguments(world_.arguments);
  choose_language();
  prepare_talk();
  std::optional<std::string> name = split_.command;
  if (name == "help") {  // `helpctl help COMMAND`, as many programs have it
    name = split_.others.empty() ? std::nullopt : std::optional(split_.others.front());
    split_.wants_help = true;
  }
  const Command* command = name ? find_command(commands_, *name) : nullptr;
  if (name && command == nullptr) return unknown_command(*name);
  if (split_.wants_help) return show_help(command);
  if (split_.wants_version) return print("help " HELP_VERSION "\n");
  line_ = parse_command_line(command, split_.others, catalogue_);
  if (line_.wrong.empty()) line_.wrong = check_common();
  if (line_.wrong.empty() && command != nullptr) line_.wrong = check_format(*command);
  if (!line_.wrong.empty()) {
    line_.wrong.push_back(command == nullptr ? say("'{0} --help' lists the commands", program_)
                                             : say("'{0} {1} --help' shows its options", program_, command->name));
    return explain(line_.wrong);
  }
  return command == nullptr ? show_home() : perform(*command);
}

}  // namespace

int run(World& world, std::span<const Command* const> commands) { return Session(world, commands).run(); }

}  // namespace help
