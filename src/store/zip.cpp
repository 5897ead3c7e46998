// SPDX-License-Identifier: MIT
#include "store/zip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace help {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view local_sign = "PK\x03\x04"sv;
constexpr std::string_view central_sign = "PK\x01\x02"sv;
constexpr std::string_view end_sign = "PK\x05\x06"sv;
constexpr std::size_t local_bytes = 30;
constexpr std::size_t central_bytes = 46;
constexpr std::size_t end_bytes = 22;
constexpr std::uint16_t encrypted_flags = 0x1 | 0x40 | 0x2000;
constexpr std::uint16_t sizes_follow_flag = 0x8;
constexpr std::uint32_t is_64_bit = 0xFFFFFFFF;

std::uint16_t two(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8U);
}

std::uint32_t four(std::string_view bytes, std::size_t at) { return two(bytes, at) | std::uint32_t{two(bytes, at + 2)} << 16U; }

// Nothing is ever written under an entry's name; one that leads out of a folder is a sign of an attack all the same.
bool leads_out(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.find_first_of("\\:\0"sv) != std::string_view::npos) {
    return true;
  }
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") {
      return true;
    }
    at = end + 1;
  }
  return false;
}

/// Where the directory's end record begins.
std::optional<std::size_t> find_end(std::string_view bytes) {
  if (bytes.size() < end_bytes) {
    return std::nullopt;
  }
  constexpr std::size_t longest_comment = 0xFFFF;
  const std::size_t last = bytes.size() - end_bytes;
  const std::size_t at = bytes.rfind(end_sign, last);
  if (at == std::string_view::npos || last - at > longest_comment || two(bytes, at + 20) != last - at) {
    return std::nullopt;
  }
  return at;
}

}  // namespace

ZipFault Zip::open(std::string_view bytes) {
  bytes_ = bytes;
  entries_.clear();
  inflated_ = 0;
  const auto end = find_end(bytes);
  if (!end) {
    return ZipFault::damaged;
  }
  const std::size_t count = two(bytes, *end + 10);
  const bool one_disk = two(bytes, *end + 4) == 0 && two(bytes, *end + 6) == 0 && two(bytes, *end + 8) == count;
  const std::uint64_t size = four(bytes, *end + 12);
  const std::uint64_t offset = four(bytes, *end + 16);
  if (!one_disk || offset + size != *end) {
    return ZipFault::damaged;
  }
  if (count > max_entries) {
    return ZipFault::too_large;
  }
  const ZipFault fault = read_directory(*end, count);
  return fault == ZipFault::none ? check_shared_bytes(static_cast<std::size_t>(offset)) : fault;
}

ZipFault Zip::read_directory(std::size_t end, std::size_t count) {
  std::size_t at = four(bytes_, end + 16);
  for (std::size_t number = 0; number < count; ++number) {
    if (end - at < central_bytes || bytes_.substr(at, 4) != central_sign) {
      return ZipFault::damaged;
    }
    const std::size_t name_size = two(bytes_, at + 28);
    const std::size_t whole = central_bytes + name_size + two(bytes_, at + 30) + two(bytes_, at + 32);
    if (end - at < whole) {
      return ZipFault::damaged;
    }
    const std::string_view name = bytes_.substr(at + central_bytes, name_size);
    const std::uint16_t method = two(bytes_, at + 10);
    Entry entry{.local = four(bytes_, at + 42),
                .packed = four(bytes_, at + 20),
                .size = four(bytes_, at + 24),
                .checksum = four(bytes_, at + 16),
                .flags = two(bytes_, at + 8),
                .deflated = method == 8};
    if (leads_out(name)) {
      return ZipFault::unsafe;
    }
    if ((entry.flags & encrypted_flags) != 0) {
      return ZipFault::encrypted;
    }
    if ((method != 0 && method != 8) || entry.packed == is_64_bit || entry.size == is_64_bit || two(bytes_, at + 34) != 0) {
      return ZipFault::damaged;
    }
    if (const ZipFault fault = check_local(name, entry); fault != ZipFault::none) {
      return fault;
    }
    if (!entries_.emplace(name, entry).second) {
      return ZipFault::damaged;
    }
    at += whole;
  }
  return at == end ? ZipFault::none : ZipFault::damaged;
}

// What the entry says of itself must be what the directory says of it: programs that trust one or the other would read two files.
ZipFault Zip::check_local(std::string_view name, Entry& entry) const {
  const std::size_t at = entry.local;
  if (at > bytes_.size() || bytes_.size() - at < local_bytes || bytes_.substr(at, 4) != local_sign) {
    return ZipFault::damaged;
  }
  const std::size_t name_size = two(bytes_, at + 26);
  const std::size_t head = local_bytes + name_size + two(bytes_, at + 28);
  const bool same = two(bytes_, at + 6) == entry.flags && two(bytes_, at + 8) == (entry.deflated ? 8 : 0) && name_size == name.size() &&
                    bytes_.substr(at + local_bytes, name_size) == name;
  const bool sizes_follow = (entry.flags & sizes_follow_flag) != 0;
  const bool same_sizes =
      four(bytes_, at + 14) == entry.checksum && four(bytes_, at + 18) == entry.packed && four(bytes_, at + 22) == entry.size;
  if (!same || (!sizes_follow && !same_sizes) || bytes_.size() - at < head || bytes_.size() - at - head < entry.packed) {
    return ZipFault::damaged;
  }
  entry.data = static_cast<std::uint32_t>(at + head);
  return entry.deflated || entry.packed == entry.size ? ZipFault::none : ZipFault::damaged;
}

// A few bytes that many entries call their own inflate without end.
ZipFault Zip::check_shared_bytes(std::size_t directory) const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> used;
  for (const auto& [name, entry] : entries_) {
    used.emplace_back(entry.local, std::uint64_t{entry.data} + entry.packed);
  }
  std::ranges::sort(used);
  std::uint64_t free_from = 0;
  for (const auto& [from, until] : used) {
    if (from < free_from || until > directory) {
      return ZipFault::unsafe;
    }
    free_from = until;
  }
  return ZipFault::none;
}

ZipFault Zip::read(std::string_view name, const std::function<bool(std::string_view)>& take) {
  const Entry& entry = entries_.find(name)->second;
  if (entry.size > max_inflated - inflated_) {
    return ZipFault::too_large;
  }
  inflated_ += entry.size;
  constexpr std::size_t piece_bytes = 64U << 10U;
  const auto piece = std::make_unique<std::array<char, piece_bytes>>();
  z_stream stream{};
  // Stored entries go the same way, as pieces of themselves.
  if (entry.deflated && inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return ZipFault::damaged;
  }
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> owned(entry.deflated ? &stream : nullptr, &inflateEnd);
  const std::string_view packed = bytes_.substr(entry.data, entry.packed);
  // zlib does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = entry.packed;
  std::uint64_t made = 0;
  uLong checksum = crc32(0, nullptr, 0);
  for (bool at_end = false; !at_end;) {
    std::string_view given;
    if (entry.deflated) {
      stream.next_out = reinterpret_cast<Bytef*>(piece->data());
      stream.avail_out = piece_bytes;
      const int result = inflate(&stream, Z_NO_FLUSH);
      given = std::string_view(piece->data(), piece_bytes - stream.avail_out);
      if ((result != Z_OK && result != Z_STREAM_END) || (result == Z_OK && given.empty())) {
        return ZipFault::damaged;
      }
      at_end = result == Z_STREAM_END;
    } else {
      given = packed.substr(made, piece_bytes);
      at_end = made + given.size() == packed.size();
    }
    made += given.size();
    if (made > entry.size) {
      return ZipFault::damaged;
    }
    checksum = crc32(checksum, reinterpret_cast<const Bytef*>(given.data()), static_cast<uInt>(given.size()));
    if (!take(given)) {
      return ZipFault::none;
    }
  }
  return made == entry.size && checksum == entry.checksum && stream.avail_in == (entry.deflated ? 0 : entry.packed) ? ZipFault::none
                                                                                                                    : ZipFault::damaged;
}

}  // namespace help
