// What the window of a channel lets people say: once the citizen has been silent for as long as it
// is open, templates alone; before that anything else. The service and its twin in replay both ask
// here. What flows say then is the machine's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/program/channel.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::runtime {

// Why the channel's window keeps something from being said: it is shut, and this is no template; or
// it is open, or the channel has none, and this is one.
enum class WindowFault : std::uint8_t { shut, open };
// As pages and chats know it: `window_shut`.
std::string_view to_word(WindowFault fault);
// For whoever reads a report: "the channel takes nothing but templates by now".
std::string_view to_text(WindowFault fault);

// `wrote_ms`: when the citizen wrote last, as the channel counts; 0: nobody knows, and all is let
// through where there is a window. The channel has the last word: what is said may still wait in a
// queue until the window shuts.
std::optional<WindowFault> window_fault(bool is_template, std::int64_t wrote_ms,
                                        const program::Channel& channel, value::Instant now);

}  // namespace alur::runtime
