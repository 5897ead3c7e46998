// SPDX-License-Identifier: MIT
#include "diag/nearest.hpp"

#include <algorithm>
#include <vector>

#include "diag/characters.hpp"

namespace help {
namespace {

// Nothing that people mean to type as a key, code or name is longer; the bound keeps hostile texts cheap.
constexpr std::size_t longest_word = 128;

std::u32string points_in(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size() && result.size() <= longest_word;) {
    const Character one = character_at(text, at);
    const bool capital = one.code >= U'A' && one.code <= U'Z';
    result.push_back(capital ? one.code + (U'a' - U'A') : one.code);
    at += one.bytes;
  }
  return result;
}

// Edits that turn one word into the other: insert, delete, replace, swap neighbours (no letter is edited twice).
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::size_t allowed_edits(std::size_t letters_given) {
  if (letters_given <= 4) return 1;
  return letters_given <= 8 ? 2 : 3;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view given, std::span<const std::string_view> words) {
  const std::u32string wanted = points_in(given);
  if (wanted.empty() || wanted.size() > longest_word) return std::nullopt;
  std::optional<std::string_view> best;
  // A word of one letter has nothing in common with another one: one edit fewer than letters.
  std::size_t bound = std::min(allowed_edits(wanted.size()) + 1, wanted.size());
  for (const std::string_view word : words) {
    const std::u32string candidate = points_in(word);
    const std::size_t longer = std::max(candidate.size(), wanted.size());
    if (candidate.size() > longest_word || longer - std::min(candidate.size(), wanted.size()) >= bound) continue;
    const std::size_t edits = distance(wanted, candidate);
    if (edits >= bound) continue;
    best = word;
    bound = edits;
  }
  return best;
}

}  // namespace help
