// The lines of a conversation, one block each: from what stands at the margin to the tree.
#pragma once

#include <optional>

#include "dsl/chat/blocks.hpp"
#include "dsl/chat/chat_reading.hpp"

namespace alur::dsl {

// `>`
std::optional<Say> parse_say(ChatReading& reading, const Block& block, Slice words);
// `<`, and `<?`, which is `maybe`
std::optional<Expectation> parse_expectation(ChatReading& reading, const Block& block, Slice words,
                                             bool maybe);
// `~`
std::optional<PassTime> parse_pass_time(ChatReading& reading, Slice words);
// `!`
std::optional<ServiceActs> parse_service_acts(ChatReading& reading, Slice words);
std::optional<HandoffActs> parse_handoff_acts(ChatReading& reading, Slice words);
std::optional<LanguageActs> parse_language_acts(ChatReading& reading, Slice words);
// Words of `! 3 others wait in general`? Told where the rest of them cannot be read.
bool begins_others(Slice words);
std::optional<OthersWait> parse_others(ChatReading& reading, Slice words);
// `agent`, which stands before the words
std::optional<AgentActs> parse_agent_acts(ChatReading& reading, const Block& block, Slice words);
// `=`
std::optional<Assertion> parse_assertion(ChatReading& reading, Slice words);

// The words of an indented line; two blanks belong to the block. Told where it has fewer.
std::optional<Slice> indented_words(ChatReading& reading, const SourceLine& line,
                                    std::size_t blanks = 2);
// A block of one line has a body? Told then.
void refuse_body(ChatReading& reading, const Block& block);

}  // namespace alur::dsl
