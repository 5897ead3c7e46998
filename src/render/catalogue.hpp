// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "diag/message.hpp"

namespace help {

/// Turns messages into text of one language, without any locale of the system.
///
/// The patterns come from a gettext catalogue (.mo) that lies in the binary; English is the patterns themselves. A pattern that the
/// catalogue lacks is shown in English.
class Catalogue {
 public:
  /// `language`: "zh"; any other is English.
  explicit Catalogue(std::string_view language);

  [[nodiscard]] std::string_view language() const { return language_; }

  /// The text as data (JSON, CSV): arguments stand as they are.
  [[nodiscard]] std::string text(const Message& message) const;
  /// The text for people: what comes from data is made visible by `shown` (render/escape.hpp), so that it can give no orders to a terminal.
  [[nodiscard]] std::string shown_text(const Message& message) const;
  /// A pattern without arguments; itself if there is no translation.
  [[nodiscard]] std::string_view translate(std::string_view id) const;

 private:
  std::string make(const Message& message, bool for_people) const;
  [[nodiscard]] std::string_view find(std::string_view key) const;

  std::string_view language_;
  std::string_view bytes_;  ///< the .mo; empty: English
};

}  // namespace help
