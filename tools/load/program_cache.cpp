#include "tools/load/program_cache.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "dsl/compile/digest.hpp"
#include "engine/program/program_bytes.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t bytes_max = 256u << 20;
// program_bytes begins with its hash: so much of a file tells whether the rest is wanted.
constexpr std::size_t head_bytes = 256;

std::string read_head(const fs::path& path) {
  std::array<char, head_bytes> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return {head.data(), static_cast<std::size_t>(file.gcount())};
}

std::string read_whole(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > bytes_max) return {};
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

// Another build may compile the same sources to something else.
std::string this_build() {
  const fs::path self = "/proc/self/exe";
  std::error_code error;
  const auto changed = fs::last_write_time(self, error).time_since_epoch().count();
  return std::to_string(changed) + "/" + std::to_string(fs::file_size(self, error));
}

}  // namespace

fs::path cache_folder() {
  if (const char* ours = std::getenv("ALUR_CACHE")) return ours;
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "alur";
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache" / "alur" : fs::path();
}

// Findings and traces show paths as they were typed, so another spelling is another file.
fs::path ProgramCache::file_of(const std::string& app_folder) const {
  std::error_code error;
  const std::string whole = fs::absolute(app_folder, error).string();
  const std::string name = dsl::sha256(this_build() + whole + '\0' + app_folder).substr(0, 32);
  return folder_ / (name + ".program");
}

std::shared_ptr<const program::Program> ProgramCache::find(const std::string& app_folder,
                                                           std::string_view sources_hash) const {
  if (folder_.empty()) return nullptr;
  const fs::path path = file_of(app_folder);
  if (program::peek_hash(read_head(path)) != sources_hash) return nullptr;
  auto program = program::decode_program(read_whole(path)).program;
  return program && program->hash() == sources_hash ? program : nullptr;
}

void ProgramCache::keep(const std::string& app_folder, const program::Program& program) const {
  if (folder_.empty()) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  const fs::path path = file_of(app_folder);
  const fs::path fresh = path.string() + "." + std::to_string(getpid());
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    const std::string bytes = program::encode_program(program);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
      fs::remove(fresh, error);
      return;
    }
  }
  fs::rename(fresh, path, error);
  if (error) fs::remove(fresh, error);
}

}  // namespace alur::tools
