#include "tools/serve/evidence.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "adapters/desk/sent_file.hpp"

namespace alur::tools {
namespace {

constexpr std::size_t sweep_rows_max = 500;

std::string make_temporary(std::string& error) {
  std::error_code code;
  std::string pattern = (std::filesystem::temp_directory_path(code) / "alur-files-XXXXXX").string();
  if (mkdtemp(pattern.data())) return pattern;
  error = pattern + ": " + std::strerror(errno);
  return {};
}

}  // namespace

std::string files_folder(const std::string& store) {
  return store + ".files";
}

std::unique_ptr<Evidence> Evidence::open(const std::string& path, ports::Store& store,
                                         const adapters::FileBounds& bounds, std::string& error) {
  std::unique_ptr<Evidence> evidence(new Evidence);
  if (path.empty()) evidence->temporary_ = make_temporary(error);
  if (!error.empty()) return nullptr;
  adapters::FolderFilesSettings settings;
  evidence->folder_ = path.empty() ? evidence->temporary_ : files_folder(path);
  settings.folder = evidence->folder_;
  settings.bounds = bounds;
  settings.hash = [&store](std::string_view text) { return store.key_of(text); };
  evidence->files_ = adapters::FolderFiles::open(std::move(settings), error);
  if (!evidence->files_) return nullptr;
  auto reader = store.reader();
  if (!reader) {
    error = path + ": " + std::string(to_text(reader.error()));
    return nullptr;
  }
  evidence->reader_ = std::move(*reader);
  evidence->sweep_ = std::make_unique<adapters::FileSweep>(
      *evidence->files_, [of = evidence.get()] { return of->served(); });
  return evidence;
}

Evidence::~Evidence() {
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove_all(temporary_, ignored);
}

// What was sent in their conversations, by either side.
std::vector<std::string> Evidence::served() const {
  std::vector<std::string> owners;
  if (!desk_) return owners;
  for (auto& [citizen, address] : desk_->addresses()) {
    owners.push_back(adapters::owner_of_sent(citizen));
    owners.push_back(std::move(address));
  }
  return owners;
}

// A store that cannot be read now is read again later; until then nothing goes.
void Evidence::tend(value::Instant now) {
  static_cast<void>(sweep_->step(*reader_, now, sweep_rows_max));
}

}  // namespace alur::tools
