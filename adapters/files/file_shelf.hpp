// FileShelf: the kept files as operators see them, whether or not a service runs: where each is,
// and whether its content still is what came.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "engine/ports/files.hpp"

namespace alur::adapters {

enum class FileState : std::uint8_t {
  whole,
  changed,
  awaited,
  missing
};  // awaited: not yet fetched

struct ShelvedFile {
  FileState state = FileState::missing;
  std::string path;    // empty: awaited or missing
  std::string ending;  // of a name for it, without the dot
  std::string digest;  // SHA-256 as it came, in hexadecimal
  std::uint64_t size_bytes = 0;
};

class FileShelf {
 public:
  // The folder need not be there.
  explicit FileShelf(const std::string& folder);
  // Nothing for a text that is no reference. find() does not read the file: it takes it for whole,
  // and says no size; look_at() reads all of it.
  std::optional<ShelvedFile> find(std::string_view reference) const;
  std::optional<ShelvedFile> look_at(std::string_view reference) const;

 private:
  std::map<std::string, std::string, std::less<>> paths_;  // by id
  std::set<std::string, std::less<>> awaited_;             // ids
};

}  // namespace alur::adapters
