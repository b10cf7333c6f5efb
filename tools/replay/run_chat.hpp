// Running one chat against a program, in virtual time and with services out of memory.
#pragma once

#include <functional>
#include <memory>

#include "adapters/registry/snapshot.hpp"
#include "dsl/chat/chat.hpp"
#include "dsl/finding/source.hpp"
#include "engine/machine/turn.hpp"
#include "tools/replay/chat_result.hpp"

namespace alur::tools {

struct RunOptions {
  bool update = false;         // goes on after a failure and gives the edits that mend it
  bool trace = false;          // says why the bot did what it did in the answer that failed
  bool through_bytes = false;  // the session goes through its bytes after every turn
  // Sees every turn; from any thread.
  std::function<void(const machine::Turn&)> observe;
};

struct ReplayApp {
  std::shared_ptr<const program::Program> program;
  registry::SnapshotRef lists;  // may be null
};

// A citizen's line comes this long after what was before it, unless the chat lets time pass.
inline constexpr std::int64_t line_pause_ms = 5'000;

ChatResult run_chat(const ReplayApp& app, const dsl::SourceFile& source, const dsl::Chat& chat,
                    const RunOptions& options);

}  // namespace alur::tools
