// SPDX-License-Identifier: MIT
#include "store/record_id.hpp"

#include <bit>
#include <cstddef>

#include "store/canonical.hpp"

namespace help {
namespace {

class SipState {
 public:
  SipState(std::uint64_t low, std::uint64_t high)
      : a_(low ^ 0x736f6d6570736575U), b_(high ^ 0x646f72616e646f6dU), c_(low ^ 0x6c7967656e657261U), d_(high ^ 0x7465646279746573U) {}

  void add(std::uint64_t word) {
    d_ ^= word;
    mix();
    mix();
    a_ ^= word;
  }

  std::uint64_t finish() {
    c_ ^= 0xffU;
    for (int round = 0; round < 4; ++round) {
      mix();
    }
    return a_ ^ b_ ^ c_ ^ d_;
  }

 private:
  void mix() {
    a_ += b_;
    b_ = std::rotl(b_, 13) ^ a_;
    a_ = std::rotl(a_, 32);
    c_ += d_;
    d_ = std::rotl(d_, 16) ^ c_;
    a_ += d_;
    d_ = std::rotl(d_, 21) ^ a_;
    c_ += b_;
    b_ = std::rotl(b_, 17) ^ c_;
    c_ = std::rotl(c_, 32);
  }

  std::uint64_t a_;
  std::uint64_t b_;
  std::uint64_t c_;
  std::uint64_t d_;
};

// Least byte first, whatever the machine.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  for (std::size_t at = bytes.size(); at-- > 0;) {
    word = word << 8U | static_cast<unsigned char>(bytes[at]);
  }
  return word;
}

}  // namespace

std::uint64_t sip_hash(std::string_view bytes, std::uint64_t key_low, std::uint64_t key_high) {
  SipState state(key_low, key_high);
  std::string_view rest = bytes;
  for (; rest.size() >= 8; rest.remove_prefix(8)) {
    state.add(word_of(rest.substr(0, 8)));
  }
  state.add(word_of(rest) | static_cast<std::uint64_t>(bytes.size()) << 56U);
  return state.finish();
}

std::string make_record_id(std::string_view contents) {
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  // Any fixed key would do; it may never change, or the same list saved twice would stand there twice.
  std::uint64_t hash = sip_hash(contents, word_of("help rec"), word_of("ord id 1"));
  std::string id(10, '0');
  for (char& digit : id) {
    digit = digits[hash & 31U];
    hash >>= 5U;
  }
  return id;
}

std::string new_record_id(const std::string& contents, const std::function<bool(const std::string&)>& is_taken) {
  std::string id = make_record_id(contents);
  // A text like 1234567890 would need quotes, and 12345e7890 too: another is taken.
  for (int more = 2; (is_taken && is_taken(id)) || plain_or_quoted(id) != id; ++more) id = make_record_id(contents + std::to_string(more));
  return id;
}

}  // namespace help
