// Texts of a `.chat` file: words, `...` and `{captures}`, over one line or several.
#pragma once

#include "dsl/chat/chat_reading.hpp"

namespace alur::dsl {

// Who speaks a text. What is expected may hold `...` and bind captures; what must not be said only
// uses them; in what a citizen says `...` is three dots.
enum class Voice : std::uint8_t { expected, denied, citizen };

// One line more of the text. A `\` at its beginning makes the rest of the line literal.
void append_text_line(ChatReading& reading, Slice line, Voice voice, ChatText& text);
// Between two lines of a text.
void append_line_break(ChatText& text);
// A text of one line.
ChatText read_text_line(ChatReading& reading, Slice line, Voice voice);
// Words as they stand, without `...` and captures.
ChatText literal_text(const ChatReading& reading, Slice words);
// A label between brackets: a `\` escapes what follows it.
ChatText read_label(ChatReading& reading, Slice label, Voice voice);

}  // namespace alur::dsl
