// `!` lines: what services and people do, and what the channel knows.
#pragma once

#include <string>

#include "dsl/chat/chat.hpp"
#include "tools/replay/conversation.hpp"
#include "tools/replay/match_text.hpp"

namespace alur::tools {

// Does it, now or from the next call or handoff on. False, and one plain line in `why`, where the
// app has no such thing.
bool apply_acts(const dsl::ServiceActs& acts, Conversation& conversation, const Captures& captures,
                std::string& why);
bool apply_acts(const dsl::HandoffActs& acts, Conversation& conversation, std::string& why);
bool apply_acts(const dsl::OthersWait& others, Conversation& conversation, std::string& why);
bool apply_acts(const dsl::LanguageActs& acts, Conversation& conversation, std::string& why);

// Nothing happens now: nobody asks for it yet.
bool is_kept(const dsl::ServiceActs& acts, const Conversation& conversation);
bool is_kept(const dsl::HandoffActs& acts, const Conversation& conversation);

std::optional<Index> find_service(const program::Program& program, std::string_view name);

}  // namespace alur::tools
