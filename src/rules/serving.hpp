// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/matching.hpp"
#include "rules/stream_windows.hpp"

namespace help {

/// Works out which entries of the log serve which windows of a stream.
class Serving {
 public:
  /// Fills in what was served. Windows of a duty by average become one for each term.
  void serve(const StreamView& view, const EntryJudge& judge, std::vector<StreamWindow>& windows);
  /// Whether any entry could serve any of the windows of the last call.
  [[nodiscard]] bool has_candidates() const { return !candidates_.empty(); }

 private:
  /// An entry that can serve some window.
  struct Candidate {
    std::uint32_t entry = 0;
    bool everywhere = false;  // whoever did it speaks for the office in every window
  };

  void find_candidates();
  void match(std::size_t recipient);
  void fill_allowed(const std::vector<std::uint32_t>& entries, const std::vector<std::size_t>& asked);
  [[nodiscard]] bool one_ower_does_all(const std::vector<std::uint32_t>& entries) const;
  void count(StreamWindow& one, std::uint32_t entry) const;
  void serve_waived(StreamWindow& one, const std::vector<std::uint32_t>& entries, std::vector<bool>& used) const;
  void count_above(StreamWindow& one, const std::vector<std::uint32_t>& entries) const;
  [[nodiscard]] std::vector<StreamWindow> averages() const;
  [[nodiscard]] StreamWindow average_of_term(std::span<const StreamWindow> windows) const;
  [[nodiscard]] std::vector<std::uint32_t> entries_of_term(std::span<const StreamWindow> windows, const StreamWindow& sum) const;

  const StreamView* view_ = nullptr;
  const EntryJudge* judge_ = nullptr;
  std::vector<StreamWindow>* windows_ = nullptr;
  std::span<const Interaction> log_;
  std::vector<Candidate> candidates_;
  MatchProblem problem_;
  Matcher matcher_;
};

}  // namespace help
