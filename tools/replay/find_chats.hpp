// Which chats a person means by a path, and the app that each belongs to.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace alur::tools {

struct FoundChats {
  std::string app;                 // the folder with the app.yaml
  std::vector<std::string> files;  // sorted
};

inline constexpr std::size_t chat_files_max = 50'000;

// A `.chat` file or a folder of them belongs to the nearest app above it; an app's folder means its
// chats/; a folder above apps means theirs. Links to folders are not followed. Where `app` is
// given, all files and folders belong to the app in that folder, wherever they lie. Nothing, and
// one plain line in `error`, where there is nothing to run.
std::optional<std::vector<FoundChats>> find_chats(const std::vector<std::string>& paths,
                                                  std::string& error, const std::string& app = {});

}  // namespace alur::tools
