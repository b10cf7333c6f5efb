// Whether a text is what a chat expects: words, `...`, captures and patterns.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "dsl/chat/chat.hpp"

namespace alur::tools {

using Captures = std::map<std::string, std::string>;

// As texts are compared: in NFC, without blanks at the end of a line or around the whole.
std::string comparable(std::string_view text);

// How far a match came that failed: the piece of the expected text that did not fit, how many bytes
// of it did (of a literal), and the byte of the text at which it did not.
struct MatchProgress {
  std::size_t piece = 0;
  std::size_t piece_bytes = 0;
  std::size_t text_bytes = 0;
};

// `text` is comparable. `...` takes as little as it can. A capture that is bound stands for its
// words; one that is not takes as little as it can, but something, and before a `...` one word
// without the punctuation that closes it. Binds captures only when the whole text matches.
bool match_text(const dsl::ChatText& expected, std::string_view text, Captures& captures,
                MatchProgress* progress = nullptr);

// RE2 over the whole text; named groups are captures.
bool match_pattern(const std::string& pattern, std::string_view text, Captures& captures);

// The words with what the captures stand for; one that is not bound stays as it is written.
std::string filled(const dsl::ChatText& text, const Captures& captures);
std::string filled(std::string_view text, const Captures& captures);

}  // namespace alur::tools
