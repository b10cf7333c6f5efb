// `=` lines: whether a conversation is in the state that a chat asserts.
#pragma once

#include <optional>
#include <string>

#include "dsl/chat/chat.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/match_text.hpp"

namespace alur::tools {

// Where an assertion does not hold.
struct AssertionFailure {
  std::string why;                  // "the conversation is in flow `greeting`"
  std::optional<std::string> line;  // the line that would hold instead, where there is one
};

// Of the answer that the assertion follows, `turns_begin`: its first turn; `refused`: by which word
// the desk has refused what an agent did, empty where it has not.
std::optional<AssertionFailure> check_assertion(const dsl::Assertion& assertion,
                                                const Conversation& conversation,
                                                std::size_t turns_begin, std::string_view refused,
                                                const Captures& captures);

}  // namespace alur::tools
