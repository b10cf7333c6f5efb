// A chat as it was understood, one line a thing, for tests and for people who wonder.
#pragma once

#include <string>

#include "dsl/chat/chat.hpp"

namespace alur::dsl {

std::string dump_chat(const ChatFile& file);
// `Halo <...> {ticket}` with line breaks as `\n`.
std::string dump_text(const ChatText& text);
std::string dump_value(const ChatValue& value);

}  // namespace alur::dsl
