// Compiled apps kept on disk between runs, one file an app's folder. What is found there is trusted
// for nothing but speed: it is verified before it runs, and ignored when its sources have changed,
// when it is garbled, or when it cannot be read. A cache that cannot be written is no error.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/program/program.hpp"

namespace alur::tools {

// $ALUR_CACHE, else alur/ below $XDG_CACHE_HOME, else below ~/.cache. Empty, which keeps nothing:
// where ALUR_CACHE is set and empty, and where nobody is at home.
std::filesystem::path cache_folder();

class ProgramCache {
 public:
  explicit ProgramCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Null unless these sources were kept for this app's folder by this build.
  std::shared_ptr<const program::Program> find(const std::string& app_folder,
                                               std::string_view sources_hash) const;
  // In place of what was kept for the folder before; atomically.
  void keep(const std::string& app_folder, const program::Program& program) const;

 private:
  std::filesystem::path file_of(const std::string& app_folder) const;

  std::filesystem::path folder_;
};

}  // namespace alur::tools
