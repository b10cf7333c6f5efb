// Key files: a secret of 256 bits in a file that its owner alone can read, made where there is
// none.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace alur::adapters {

using FileKey = std::array<unsigned char, 32>;

// `what` names it in `error`: "key of the web chat". Nothing, and one plain line in `error`: also
// for a file that others could read.
std::optional<FileKey> open_key_file(const std::string& path, std::string_view what,
                                     std::string& error);
// The same of a file that is there; none is made.
std::optional<FileKey> read_key_file(const std::string& path, std::string_view what,
                                     std::string& error);
// The key that a secret stands for, always the same one.
std::optional<FileKey> key_of_secret(std::string_view secret);
// One that is kept nowhere.
FileKey make_file_key();

}  // namespace alur::adapters
