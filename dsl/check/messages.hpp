// Messages: what citizens see of an app against what its channels can show. Run after a flow's own
// check, which gives every expression its type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// The text with the least room left on a channel in a language, in the unit that the channel
// counts.
struct LongestText {
  std::string channel;
  std::string language;
  Span span;
  std::int64_t length = 0;
  std::int64_t limit = 0;  // of one message where it stands; texts without a limit are not here
  double share() const { return static_cast<double>(length) / static_cast<double>(limit); }
};

// One for each channel with limits and each language, in the app's order.
using LongestTexts = std::vector<LongestText>;

// The one with the largest share; null where nothing has a limit.
const LongestText* find_longest(const LongestTexts& texts);
// Keeps of each channel and language the text with the largest share.
void keep_longest(LongestTexts& kept, const LongestTexts& others);

// The texts, labels and lists of a flow, and of app.yaml. May run in parallel on different flows.
LongestTexts check_messages(const ast::Flow& flow, const ast::App& app, const Symbols& symbols,
                            Findings& findings);
LongestTexts check_messages(const ast::App& app, const Symbols& symbols, Findings& findings);

}  // namespace alur::dsl
