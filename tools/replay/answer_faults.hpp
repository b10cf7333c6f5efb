// What is wrong with an answer of the bot that is not as expected, and the lines that would be
// right.
#pragma once

#include <span>
#include <vector>

#include "dsl/finding/source.hpp"
#include "tools/replay/chat_result.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/match_answer.hpp"

namespace alur::tools {

// An answer that match_answer() refused.
struct RefusedAnswer {
  const dsl::SourceFile& source;  // of the chat
  const Conversation& conversation;
  std::uint32_t after_line = 0;  // messages that nothing expects are inserted before this line
  std::vector<const dsl::ChatLine*> expected;  // lines that hold Expectations
  std::span<const Spoken> said;
};

// Appends failures, and their edits; binds captures of what is as expected.
void explain_answer(const RefusedAnswer& answer, Captures& captures, ChatResult& result);

// `path:line` of what was written in a flow; empty for the machine's own words.
std::string place_text(const program::Program& program, Index unit, program::Place place);
// Of the state in which a conversation is.
std::string state_place(const Conversation& conversation);

// The file's lines in this range.
dsl::Lines source_lines(const dsl::SourceFile& source, dsl::LineRange range);

}  // namespace alur::tools
