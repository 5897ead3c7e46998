// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "diag/message.hpp"

namespace help {

/// What a command may ask of the one who sits before it, and of the world beside files.
struct Talk {
  bool terminal = false;                             ///< somebody can be asked
  std::function<std::optional<std::string>()> line;  ///< the next line of stdin without its end; nothing at the end
  std::function<void(const Message&)> ask;           ///< shows a question, without a line end
  std::function<void(const Message&)> tell;          ///< shows a line
  std::function<std::optional<std::string>(const std::string& before)>
      edit;                                                           ///< a text from the user's editor; nothing where there is none
  std::function<std::uint64_t()> random;                              ///< 64 random bits
  std::function<std::string(const char*)> environment;                ///< a variable's value; empty if unset
  std::function<std::string(const Message&, std::string_view)> text;  ///< a message as text of a language ("zh", "en")
};

}  // namespace help
