// What a citizen does in a chat, as the machine hears it.
#pragma once

#include <optional>
#include <string>

#include "dsl/chat/chat.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/match_text.hpp"

namespace alur::tools {

// Nothing, and why in one line, when there is no such choice to tap.
std::optional<machine::Input> to_input(const dsl::Say& say, const Conversation& conversation,
                                       const Captures& captures, std::string& why);

// A picture, a voice message, a place ...: a sample of its kind.
machine::Input sample_media(value::MediaKind kind, std::string caption);
machine::Input tap_input(const machine::Choice& choice);

}  // namespace alur::tools
