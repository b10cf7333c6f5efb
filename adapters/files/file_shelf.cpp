#include "adapters/files/file_shelf.hpp"

#include <filesystem>
#include <fstream>

#include "adapters/files/digest.hpp"
#include "adapters/files/file_name.hpp"
#include "adapters/files/file_slips.hpp"

namespace alur::adapters {

namespace fs = std::filesystem;

FileShelf::FileShelf(const std::string& folder) {
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const auto name = parse_file_name(at->path().filename().string());
    if (name) paths_[name->id] = at->path().string();
  }
  fs::directory_iterator slips(folder + "/" + std::string(slips_name), error);
  for (; !error && slips != fs::directory_iterator(); slips.increment(error)) {
    awaited_.insert(slips->path().filename().string());
  }
}

std::optional<ShelvedFile> FileShelf::find(std::string_view reference) const {
  const auto named = ports::parse_reference(reference);
  if (!named) return std::nullopt;
  ShelvedFile found;
  found.digest = named->digest;
  const auto at = paths_.find(named->id);
  if (at == paths_.end()) {
    if (awaited_.contains(named->id)) found.state = FileState::awaited;
    return found;
  }
  found.state = FileState::whole;
  found.path = at->second;
  found.ending = fs::path(at->second).extension().string().substr(1);
  return found;
}

std::optional<ShelvedFile> FileShelf::look_at(std::string_view reference) const {
  auto found = find(reference);
  if (!found || found->path.empty()) return found;
  std::ifstream in(found->path, std::ios::binary);
  if (!in) {
    *found = {FileState::missing, {}, {}, found->digest};
    return found;
  }
  Digest digest;
  char piece[64 * 1024];
  do {
    in.read(piece, sizeof piece);
    const auto count = static_cast<std::size_t>(in.gcount());
    digest.take({piece, count});
    found->size_bytes += count;
  } while (in);
  if (digest.finish() != found->digest) found->state = FileState::changed;
  return found;
}

}  // namespace alur::adapters
