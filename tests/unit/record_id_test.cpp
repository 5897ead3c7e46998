// SPDX-License-Identifier: MIT
#include "store/record_id.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace help;

TEST_CASE("the hash gives the values of the SipHash paper") {
  std::string bytes;
  constexpr std::uint64_t low = 0x0706050403020100U;
  constexpr std::uint64_t high = 0x0f0e0d0c0b0a0908U;
  CHECK(sip_hash(bytes, low, high) == 0x726fdb47dd0e0e31U);
  for (char byte = 0; byte < 15; ++byte) {
    bytes += byte;
  }
  CHECK(sip_hash(bytes, low, high) == 0xa129ca6149be45e5U);
}

TEST_CASE("a record id has ten characters of the alphabet and never changes") {
  const std::string id = make_record_id("student 20230104, final-below-60, 数学 52");
  CHECK(id.size() == 10);
  CHECK(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos);
  CHECK(make_record_id("") == "h41tzejw76");
  CHECK(make_record_id("学困生") == "htt78raqzw");
}

TEST_CASE("contents that differ in one bit have other ids") {
  std::set<std::string> ids;
  for (int number = 0; number < 20'000; ++number) {
    ids.insert(make_record_id("record " + std::to_string(number)));
  }
  CHECK(ids.size() == 20'000);
}
