// SPDX-License-Identifier: MIT
#include "render/zip_writer.hpp"

#include <zlib.h>

#include <cstdint>

namespace help {
namespace {

constexpr std::uint16_t version = 20;  // deflated, no more
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t day_of_dos = 1U << 5U | 1U;  // 1980-01-01, the first that there is

void two(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xFFU);
  out += static_cast<char>(value >> 8U & 0xFFU);
}

void four(std::string& out, std::uint32_t value) {
  two(out, value & 0xFFFFU);
  two(out, value >> 16U);
}

/// Deflates one text after the other.
class Deflater {
 public:
  // Negative: without zlib's own head. Where there is no memory for it, nothing is written, and a reader says that the file is damaged.
  Deflater() : is_ready_(deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK) {}
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { (void)deflateEnd(&stream_); }

  std::string deflated(const std::string& bytes) {
    if (!is_ready_) return {};
    (void)deflateReset(&stream_);
    std::string out(deflateBound(&stream_, static_cast<uLong>(bytes.size())), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib 1.2 has no const here, and writes nothing
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    (void)deflate(&stream_, Z_FINISH);
    out.resize(stream_.total_out);
    return out;
  }

 private:
  z_stream stream_{};
  bool is_ready_;
};

}  // namespace

std::string zip_archive(std::span<const ZipPart> parts) {
  Deflater deflater;
  std::string out;
  std::string directory;
  for (const ZipPart& part : parts) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    const std::string packed = deflater.deflated(part.bytes);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(part.bytes.data()), static_cast<uInt>(part.bytes.size()));
    std::string head;  // what stands before the part and in the directory alike
    two(head, version);
    two(head, 0);
    two(head, deflated);
    two(head, 0);
    two(head, day_of_dos);
    four(head, static_cast<std::uint32_t>(sum));
    four(head, static_cast<std::uint32_t>(packed.size()));
    four(head, static_cast<std::uint32_t>(part.bytes.size()));
    two(head, static_cast<std::uint32_t>(part.name.size()));
    two(head, 0);
    out += "PK\x03\x04" + head;
    out += part.name;
    out += packed;
    directory += "PK\x01\x02";
    two(directory, version);
    directory += head;
    two(directory, 0);   // comment
    two(directory, 0);   // disk
    two(directory, 0);   // is it a text?
    four(directory, 0);  // attributes
    four(directory, offset);
    directory += part.name;
  }
  const auto begin = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint32_t>(parts.size());
  out += directory;
  out += "PK\x05\x06";
  two(out, 0);
  two(out, 0);
  two(out, count);
  two(out, count);
  four(out, static_cast<std::uint32_t>(directory.size()));
  four(out, begin);
  two(out, 0);
  return out;
}

}  // namespace help
