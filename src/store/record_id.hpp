// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace help {

/// SipHash-2-4 of `bytes` under a 128-bit key (Aumasson and Bernstein, 2012). The same on every machine.
[[nodiscard]] std::uint64_t sip_hash(std::string_view bytes, std::uint64_t key_low, std::uint64_t key_high);

/// The id of a record that holds `contents`: 50 bits of their hash as 10 characters of `0123456789abcdefghjkmnpqrstvwxyz`.
/// The same contents always give the same id; among a million records two different ones share an id with a chance of 1 in 2000.
[[nodiscard]] std::string make_record_id(std::string_view contents);

/// The id of a new record: made of its contents, and of how often that was `taken` already, so that what was written and taken back can be
/// written again. No reader takes it for a number.
[[nodiscard]] std::string new_record_id(const std::string& contents, const std::function<bool(const std::string&)>& is_taken = {});

}  // namespace help
