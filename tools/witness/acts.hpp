// What can happen next in a conversation, for a search to try: a few acts of each kind that a
// program could tell apart.
#pragma once

#include <vector>

#include "tools/witness/goal.hpp"

namespace alur::tools {

// An option of a question that is over, as a tap on its label finds it, but not the one just
// chosen; null where there is none.
const machine::Choice* old_choice(const Conversation& conversation);

std::vector<Act> acts_at(const Conversation& conversation, const dsl::proof::Fault& fault);

// Does it. Everything comes five seconds after what was before, as in a chat.
void perform(Conversation& conversation, const Act& act);

}  // namespace alur::tools
