#include "tools/operator/who.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace alur::tools {

std::string who() {
  for (const char* name : {"SUDO_USER", "USER", "LOGNAME"}) {
    const char* user = std::getenv(name);
    if (user && *user) return user;
  }
  return "somebody";
}

std::string why_not_as_this_user(const std::string& store) {
  struct stat about{};
  const std::string folder = std::filesystem::path(store).parent_path().string();
  const bool there =
      stat(store.c_str(), &about) == 0 || stat(folder.empty() ? "." : folder.c_str(), &about) == 0;
  if (!there || geteuid() != 0 || about.st_uid == 0) return {};
  const passwd* owner = getpwuid(about.st_uid);
  return fmt::format("{} belongs to another user: run it as that one, with `sudo -u {}`", store,
                     owner ? owner->pw_name : std::to_string(about.st_uid));
}

}  // namespace alur::tools
