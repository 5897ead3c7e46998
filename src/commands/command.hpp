// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "commands/talk.hpp"
#include "diag/diagnostic.hpp"
#include "diag/message.hpp"
#include "model/dataset.hpp"
#include "render/document.hpp"
#include "store/files.hpp"
#include "store/load.hpp"

namespace CLI {
class App;
}

namespace help {

/// What a command wants before it runs.
enum class Needs : std::uint8_t {
  nothing,      ///< no records folder (schema, shell-init)
  data_if_any,  ///< a folder where there is one, as it is; else `Context::folder` is null, and the command says so where it needs one
  data,         ///< a folder, as it is: problems are part of the answer (check)
  sound_part,   ///< a folder whose help.yaml, roster and policy have no error; other errors leave out what they are in: they are shown, the
                ///< answer says that it is not complete, and the status is 2
  sound_data,   ///< a folder without errors; else the shell shows them and exits with 2
};

/// All that a command may look at: no stream, no disk beyond `Files`, no clock.
struct Context {
  const Dataset& data;             ///< empty where the command needs nothing
  const Diagnostics& problems;     ///< of loading
  const Files* folder = nullptr;   ///< the records folder; null where there is none
  Message why_no_folder = {};      ///< what to refuse with where the folder is missing and needed
  const Files* outside = nullptr;  ///< files that the user named on the command line, by their path as typed
  Date today = {};
  std::string_view language;  ///< "zh" or "en"
  Format format = Format::text;
  bool to_file = false;        ///< the result goes into a file (-o), which may be passed on …
  std::string_view file = {};  ///< … of this name, as typed
  const Talk* talk = nullptr;  ///< null in tests of commands that ask nothing
};

/// A file to be written: the shell does it, unless --dry-run.
struct FileChange {
  std::string path;   ///< relative to the folder
  std::string bytes;  ///< the whole new contents
  bool is_new = false;
};

/// What a command gives back. It has done nothing yet.
struct Answer {
  Document document = {};
  std::string raw = {};                ///< printed as it stands instead of the document (schema, shell-init)
  Diagnostics problems = {};           ///< shown on stderr; with an error nothing is written and the status is 2
  std::vector<Message> refusals = {};  ///< what was asked cannot be done: shown on stderr behind the document, if there is one; status 2 …
  bool protects_records = false;       ///< … or 3: it could be done, but would take something away from the records
  std::vector<FileChange> changes = {};     ///< in the order in which they are written
  std::vector<Message> after_writing = {};  ///< said once all changes, or the file of -o, are written (git lines to run)
  Message unless_confirmed =
      {};                       ///< not empty: the changes are a preview; on a terminal it is asked whether to make them, else this is said
  Message if_unconfirmed = {};  ///< said where the disk did not confirm; empty: the same command once more changes nothing
  std::string new_folder = {};  ///< init: changes go below this folder, which is made
  bool problems_are_result = false;  ///< check: `problems` are what was asked for: shown on stdout in the wanted format, and no refusal
  bool findings = false;             ///< status 1
};

/// What to run once the options are known, and on what.
class Action {
 public:
  Action() = default;
  template <typename Run>
  // NOLINTNEXTLINE(google-explicit-constructor,bugprone-forwarding-reference-overload): a command gives back a lambda
  requires(!std::is_same_v<std::remove_cvref_t<Run>, Action> && std::is_invocable_r_v<Answer, Run, const Context&>) Action(Run&& run)
      : run_(std::forward<Run>(run)) {}
  template <typename Run, typename PartsOf>
  Action(Run&& run, PartsOf&& parts) : run_(std::forward<Run>(run)), parts_(std::forward<PartsOf>(parts)) {}

  [[nodiscard]] Answer operator()(const Context& context) const { return run_(context); }
  /// The files that it reads: those of the command, unless the options ask for others.
  [[nodiscard]] Parts parts(const Parts& usual) const { return parts_ ? parts_(usual) : usual; }

 private:
  std::function<Answer(const Context&)> run_;
  std::function<Parts(Parts)> parts_;
};

/// What a command that answers with tables can print.
inline constexpr std::array<std::string_view, 5> table_formats{"text", "json", "csv", "xlsx", "markdown"};

/// One subcommand. `bind` declares its options on `app` and gives what to run once they are parsed.
struct Command {
  std::string_view name;
  const char* summary;  ///< a message of the catalogue (later("…"))
  const char* moment;   ///< the heading it stands under in --help (later("After each exam") …)
  bool writes = false;  ///< marked in --help
  Needs needs = Needs::sound_data;
  bool only_adds = false;       ///< what it writes rests on nothing that another writer may change but the file itself: no second load
  bool shows_progress = false;  ///< it may take long and asks nothing: on a terminal it is shown what is being done
  bool keeps_files = false;     ///< -o replaces no file: beside a table lie others, and forms that somebody has filled in
  Parts parts = {};             ///< which files are loaded
  std::span<const std::string_view> formats;  ///< accepted by -O, the first is the default
  Action (*bind)(CLI::App& app);
};

}  // namespace help
