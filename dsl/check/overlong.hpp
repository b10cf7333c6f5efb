// How a text that is too long for a channel is told to its author: how long, how much fits, what
// makes it long, and what would be sent with each way out.
#pragma once

#include <string>
#include <string_view>

#include "dsl/check/message_limits.hpp"
#include "dsl/check/text_bounds.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// A text in one language: its own words, or those for all languages.
struct Wording {
  const ast::Template* words = nullptr;
  std::string_view language;  // empty: for all
  TextBound bound;
};

// 1,024
std::string with_commas(std::int64_t number);
// "in `id` this label"
std::string named_wording(const Wording& wording, std::string_view what);

// A label or hint is one line, without blanks at its ends.
std::string one_line(std::string_view text);
// The words, when nothing in them is data.
std::optional<std::string> fixed_words(const ast::Template& words);
// At most so many units, cut at a whole character with an ellipsis.
std::string cut_to(std::string_view text, std::int64_t units_max);

// `may_overflow`: an `overflow` can be written where it stands.
Finding overlong_text(const Wording& wording, const WordsBound& room,
                      const program::Channel& channel, bool may_overflow);

// What options may do where a label or hint does not fit.
struct LabelRoom {
  std::int64_t limit = 0;
  std::int64_t cut_limit = 0;  // of a label that is cut
  bool may_overflow = false;
};
Finding overlong_label(Code code, std::string_view what, const Wording& wording,
                       const LabelRoom& room, const program::Channel& channel);

}  // namespace alur::dsl
