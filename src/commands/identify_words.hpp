// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/document.hpp"
#include "rules/identify.hpp"

namespace help {

// How what `identify` finds reads: words for people, codes and records for programs.

[[nodiscard]] std::string name_of(const Rule& rule);
[[nodiscard]] Message outcome_words(Outcome outcome);
[[nodiscard]] std::string_view code_of(CaseState state);
[[nodiscard]] std::string_view code_of(Judgement::State state);
[[nodiscard]] std::string_view code_of(Reason reason);
/// The school's word for the students, else the neutral one.
[[nodiscard]] Message label_of(const Policy& policy);

[[nodiscard]] Cell subject_or_null(const Dataset& data, std::optional<SubjectIndex> subject);
/// Everything of one fact, with its clause.
[[nodiscard]] Record evidence_record(const Dataset& data, const Evidence& evidence);
[[nodiscard]] Cell evidence_list(const Dataset& data, const std::vector<Evidence>& evidence);
[[nodiscard]] Cell hit_cell(const Dataset& data, const Judgement& hit);

/// One line for each reason, for people; rules that say the same say it once, with all their sources.
[[nodiscard]] std::vector<Message> reasons_of(const Dataset& data, const IdentifiedItem& item);
/// Dismissed or released, and nothing new since: the school has said that the student is not on the list.
[[nodiscard]] bool is_off(const IdentifiedItem& item);
/// What the school decided, else whether the student is new on the list.
[[nodiscard]] Message standing_of(const Dataset& data, const IdentifiedItem& item);
[[nodiscard]] Cell::List subject_names(const Dataset& data, const IdentifiedItem& item);

}  // namespace help
