#include "tools/replay/find_chats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace alur::tools {

namespace fs = std::filesystem;

namespace {

bool is_app(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / "app.yaml", code);
}

// As people should see it: without `./` and without a slash at the end.
fs::path shown(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() || !normal.has_parent_path() ? normal : normal.parent_path();
}

std::optional<fs::path> app_above(const fs::path& path) {
  std::error_code code;
  const fs::path whole = fs::absolute(path, code);
  fs::path relative = path;
  for (fs::path at = whole; at.has_relative_path(); at = at.parent_path()) {
    if (is_app(at)) return relative.empty() ? fs::path(".") : relative;
    relative = relative.has_parent_path() ? relative.parent_path() : at.parent_path();
  }
  return std::nullopt;
}

class ChatFinder {
 public:
  ChatFinder(std::string& error, const std::string& app) : error_(error), app_(app) {}

  std::optional<std::vector<FoundChats>> find(const std::vector<std::string>& paths) {
    if (!app_.empty() && !is_app(app_)) {
      fail(app_, "no app.yaml in this folder: an app begins with one");
      return std::nullopt;
    }
    for (const std::string& path : paths) {
      if (!add_path(shown(path))) return std::nullopt;
    }
    for (FoundChats& chats : found_) {
      std::sort(chats.files.begin(), chats.files.end());
      chats.files.erase(std::unique(chats.files.begin(), chats.files.end()), chats.files.end());
    }
    return std::move(found_);
  }

 private:
  bool fail(const fs::path& path, std::string_view why) {
    error_ = fmt::format("{}: {}", path.string(), why);
    return false;
  }

  bool add_path(const fs::path& path) {
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (status.type() == fs::file_type::not_found) return fail(path, "there is no such file");
    if (code) return fail(path, code.message());
    if (status.type() == fs::file_type::directory) return add_folder(path);
    if (path.extension() != ".chat") return fail(path, "this is no .chat file");
    if (status.type() != fs::file_type::regular) return fail(path, "this is not a plain file");
    return add_below_app(path, {path.string()});
  }

  bool add_folder(const fs::path& folder) {
    if (is_app(folder) && app_.empty()) return add_app(folder);
    if (!app_.empty() || app_above(folder)) {
      std::vector<std::string> files;
      return list_chats(folder, files) && add_below_app(folder, std::move(files));
    }
    const std::size_t before = found_.size();
    std::error_code code;
    std::vector<fs::path> inside;
    for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
      if (it->is_directory(code) && is_app(it->path())) inside.push_back(it->path());
    }
    if (code) return fail(folder, code.message());
    std::sort(inside.begin(), inside.end());
    for (const fs::path& app : inside) {
      if (!add_app(app)) return false;
    }
    return found_.size() > before ||
           fail(folder, "no app.yaml here, above or in a folder inside: chats belong to an app");
  }

  bool add_app(const fs::path& app) {
    std::vector<std::string> files;
    std::error_code code;
    const fs::path chats = app / "chats";
    if (fs::is_directory(chats, code) && !list_chats(chats, files)) return false;
    add(app, std::move(files));
    return true;
  }

  bool add_below_app(const fs::path& path, std::vector<std::string> files) {
    const auto app = app_.empty() ? app_above(path) : fs::path(app_);
    if (!app) return fail(path, "no app.yaml above it: a chat belongs to an app");
    add(*app, std::move(files));
    return true;
  }

  void add(const fs::path& app, std::vector<std::string> files) {
    const std::string name = shown(app).string();
    const auto known = std::find_if(found_.begin(), found_.end(),
                                    [&](const FoundChats& chats) { return chats.app == name; });
    FoundChats& chats = known != found_.end() ? *known : found_.emplace_back(FoundChats{name, {}});
    std::move(files.begin(), files.end(), std::back_inserter(chats.files));
  }

  bool list_chats(const fs::path& folder, std::vector<std::string>& files) {
    std::error_code code;
    for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end;
         it.increment(code)) {
      if (it->path().extension() == ".chat" && it->is_regular_file(code)) {
        files.push_back(shown(it->path()).string());
      }
      if (files.size() > chat_files_max) {
        return fail(folder, fmt::format("more than {} chat files", chat_files_max));
      }
    }
    return !code || fail(folder, code.message());
  }

  std::string& error_;
  const std::string& app_;  // that all of them belong to; empty: each to its own
  std::vector<FoundChats> found_;
};

}  // namespace

std::optional<std::vector<FoundChats>> find_chats(const std::vector<std::string>& paths,
                                                  std::string& error, const std::string& app) {
  return ChatFinder(error, app).find(paths);
}

}  // namespace alur::tools
