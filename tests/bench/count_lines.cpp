// SPDX-License-Identifier: MIT
// The limit: the bytes of every file of a folder read into one buffer, and their lines counted.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

int main(int count, char** arguments) {
  if (count != 2) return 2;
  static std::array<char, 256 << 10> buffer;
  std::ptrdiff_t lines = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[1])) {
    if (!entry.is_regular_file()) continue;
    const int file = open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return 1;
    for (ssize_t length = 0; (length = read(file, buffer.data(), buffer.size())) > 0;)
      lines += std::count(buffer.data(), buffer.data() + length, '\n');
    close(file);
  }
  std::cout << lines << '\n';
}
