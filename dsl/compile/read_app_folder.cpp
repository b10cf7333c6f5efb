// An app's files from disk, within bounds, and one plain line about what stands in the way.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "dsl/compile/compile.hpp"

namespace alur::dsl {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t file_bytes_max = 1u << 20;
constexpr std::uintmax_t folder_bytes_max = 32u << 20;
constexpr std::size_t files_max = 4'096;
constexpr std::size_t names_max = 65'536;  // of whatever lies in the folder besides

class FolderReader {
 public:
  FolderReader(fs::path folder, std::string& error) : folder_(std::move(folder)), error_(error) {}

  std::vector<AppFile> read() {
    if (!is_folder() || !add("app.yaml")) return {};
    const std::string app_yaml = files_.front().text;
    const auto flows = names_in(folder_);
    const auto tables = names_in(folder_ / "data");
    if (!flows || !tables) return {};
    for (const std::string& name : *flows) {
      if (name.ends_with(".flow.yaml") && !add(name)) return {};
    }
    for (const std::string& name : *tables) {
      const std::string path = "data/" + name;
      const bool named = app_yaml.find(path) != std::string::npos;
      const bool table = name.ends_with(".csv") && is_small_file(folder_ / path);
      if ((named || table) && !add(path)) return {};
    }
    return std::move(files_);
  }

 private:
  bool fail(const fs::path& path, std::string_view why) {
    error_ = fmt::format("{}: {}", path.string(), why);
    return false;
  }

  bool is_folder() {
    std::error_code code;
    const fs::file_status status = fs::status(folder_, code);
    if (status.type() == fs::file_type::not_found) return fail(folder_, "there is no such folder");
    if (code) return fail(folder_, code.message());
    if (status.type() != fs::file_type::directory) {
      return fail(folder_, "this is not a folder; an app is a folder with an app.yaml in it");
    }
    if (!fs::exists(folder_ / "app.yaml", code)) {
      return fail(folder_,
                  code ? code.message() : "no app.yaml in this folder: an app begins with one");
    }
    return true;
  }

  // Sorted; a folder that is not there is empty.
  std::optional<std::vector<std::string>> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code code;
    fs::directory_iterator it(folder, code);
    if (code == std::errc::no_such_file_or_directory) return names;
    for (const fs::directory_iterator end; !code && it != end; it.increment(code)) {
      names.push_back(it->path().filename().string());
      if (names.size() > names_max) code = std::make_error_code(std::errc::file_too_large);
    }
    if (names.size() > names_max) {
      fail(folder, fmt::format("more than {} files in this folder", names_max));
      return std::nullopt;
    }
    if (code) {
      fail(folder, code.message());
      return std::nullopt;
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  // Links may lead about within the folder, but not to what lies beyond it.
  bool is_inside(const fs::path& path, std::error_code& code) {
    const fs::path real = fs::canonical(path, code);
    const fs::path home = code ? fs::path() : fs::canonical(folder_, code);
    if (code) return fail(path, code.message());
    const auto parted = std::mismatch(home.begin(), home.end(), real.begin(), real.end());
    return parted.first == home.end() ||
           fail(path, "this is a link that leads out of the app's folder");
  }

  // Sample data that nothing names may be left out.
  bool is_small_file(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(fs::symlink_status(path, code)) &&
           fs::file_size(path, code) <= file_bytes_max && !code;
  }

  bool add(const std::string& name) {
    const fs::path path = folder_ / name;
    std::error_code code;
    if (!is_inside(path, code)) return false;
    const fs::file_status status = fs::status(path, code);
    if (code) return fail(path, code.message());
    if (status.type() != fs::file_type::regular) return fail(path, "this is not a plain file");
    const std::uintmax_t size = fs::file_size(path, code);
    if (code) return fail(path, code.message());
    if (size > file_bytes_max) {
      return fail(path, fmt::format("{} bytes; a file may have at most {}", size, file_bytes_max));
    }
    total_ += size;
    if (total_ > folder_bytes_max || files_.size() >= files_max) {
      return fail(folder_, "too many or too large files for one app");
    }
    std::ifstream in(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!in || !in.read(text.data(), static_cast<std::streamsize>(size))) {
      return fail(path, std::strerror(errno != 0 ? errno : EIO));
    }
    files_.push_back({name, path.lexically_normal().string(), std::move(text)});
    return true;
  }

  fs::path folder_;
  std::string& error_;
  std::vector<AppFile> files_;
  std::uintmax_t total_ = 0;
};

}  // namespace

std::vector<AppFile> read_app_folder(const std::string& folder, std::string& error) {
  error.clear();
  return FolderReader(fs::path(folder), error).read();
}

}  // namespace alur::dsl
