// Replay: all chats of some paths, read once, run by several threads, with results in the order of
// the files whatever the threads did.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/chat/chat.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/finding/source.hpp"
#include "tools/replay/run_chat.hpp"

namespace alur::tools {

struct ReplayFile {
  std::size_t app = 0;  // of ReplaySet::apps
  dsl::ChatFile chats;
  dsl::Findings findings;  // where there are any, its chats are not run
};

struct ReplaySet {
  std::vector<std::string> folders;  // of the apps
  std::vector<ReplayApp> apps;       // without a program where it does not compile
  dsl::Sources sources;              // of the chat files
  std::vector<ReplayFile> files;
  std::string refused;  // findings of apps that do not compile, for people
};

// Null, and one plain line in `error`, when something cannot be read or there are no chats.
// `lists`: a folder whose lists of institutions answer instead of those of the apps; may be empty.
// `app`: the folder of the app that all chats belong to; empty: each to the app around it.
std::unique_ptr<ReplaySet> load_replay(const std::vector<std::string>& paths, std::string& error,
                                       const std::string& lists = {}, const std::string& app = {});

// With at least one thread. An app that does not compile and a file that cannot be read fail as a
// chat would.
std::vector<ChatResult> run_replay(const ReplaySet& set, unsigned threads,
                                   const RunOptions& options);

// The new text of each file that the results' edits change, by path.
struct UpdatedFile {
  std::string path;
  std::string text;
};
std::vector<UpdatedFile> updated_files(const ReplaySet& set,
                                       const std::vector<ChatResult>& results);
// False, and one plain line in `error`, when it cannot be written.
bool write_file(const UpdatedFile& file, std::string& error);

}  // namespace alur::tools
