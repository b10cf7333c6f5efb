// Values of a `.chat` file: what was read becomes a ChatValue, or a finding.
#pragma once

#include <optional>

#include "dsl/chat/chat_reading.hpp"
#include "dsl/chat/chat_syntax.hpp"

namespace alur::dsl {

std::optional<ChatValue> to_chat_value(ChatReading& reading, const syntax::ValueTree& tree);
// Tells what is wrong with a value at which a grammar has stopped; `line` is all that it read.
void refuse_value(ChatReading& reading, Slice line, const Halt& halt);
// Brackets too deep for the grammar of values? Told then.
bool refuse_deep_value(ChatReading& reading, Slice line);
// `2026-01-05 09:00`; told where it is none.
std::optional<value::LocalTime> read_local_time(ChatReading& reading, Slice text);

}  // namespace alur::dsl
