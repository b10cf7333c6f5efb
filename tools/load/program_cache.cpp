#include "tools/load/program_cache.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "dsl/compile/digest.hpp"
#include "engine/program/program_bytes.hpp"

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t bytes_max = 256u << 20;
// A file begins with the build that wrote it, then come program_bytes, which begin with the hash:
// so much of it tells whether the rest is wanted.
constexpr std::size_t head_bytes = 512;

// At most `most` bytes of a file; empty where it cannot be read.
std::string read_bytes(const fs::path& path, std::uintmax_t most) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return {};
  std::string bytes(static_cast<std::size_t>(std::min(size, most)), '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

// Another build may compile the same sources to something else.
std::string this_build() {
  const fs::path self = "/proc/self/exe";
  std::error_code error;
  const auto changed = fs::last_write_time(self, error).time_since_epoch().count();
  return dsl::sha256(std::to_string(changed) + "/" + std::to_string(fs::file_size(self, error)));
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
  const std::string name = dsl::sha256(whole + '\0' + app_folder).substr(0, 32);
  return folder_ / (name + ".program");
}

std::shared_ptr<const program::Program> ProgramCache::find(const std::string& app_folder,
                                                           std::string_view sources_hash) const {
  if (folder_.empty()) return nullptr;
  const fs::path path = file_of(app_folder);
  const std::string build = this_build();
  const std::string head = read_bytes(path, head_bytes);
  if (!head.starts_with(build)) return nullptr;
  if (program::peek_hash(std::string_view(head).substr(build.size())) != sources_hash) {
    return nullptr;
  }
  const std::string bytes = read_bytes(path, bytes_max);
  auto program = program::decode_program(std::string_view(bytes).substr(build.size())).program;
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
    const std::string bytes = this_build() + program::encode_program(program);
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
