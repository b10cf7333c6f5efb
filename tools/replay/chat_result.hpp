// What became of a chat: whether it passed, and for people what was expected, what came instead
// and where in the flows it was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/chat/rewrite.hpp"

namespace alur::tools {

// A byte of one of the lines beside it, at which they begin to differ.
struct LineMark {
  std::size_t line = 0;
  std::size_t byte = 0;
};

struct ChatFailure {
  std::uint32_t line = 0;  // of the chat's file
  std::string what;        // "the bot said something else"
  dsl::Lines expected;     // as the chat has it
  dsl::Lines got;          // as a chat would have it
  std::optional<LineMark> expected_mark;
  std::optional<LineMark> got_mark;
  std::string place;  // of the flow that spoke, or that is silent: path:line
};

// A line of the conversation so far; line 0: the bot's.
struct TranscriptLine {
  std::uint32_t line = 0;
  std::string words;
};

struct ChatResult {
  std::string path;
  std::uint32_t line = 0;
  std::string title;
  std::vector<ChatFailure> failures;
  std::vector<TranscriptLine> transcript;  // up to the first failure; empty when it passed
  dsl::Lines why;                          // the trace of the answer that failed, when asked for
  std::vector<dsl::LineEdit> edits;        // that would make it pass, when asked for
  bool mendable = true;                    // the edits mend every failure

  bool passed() const { return failures.empty(); }
};

}  // namespace alur::tools
