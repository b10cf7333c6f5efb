// The abstraction: which sessions are the same as far as their program can tell. Two with the same
// key have the same moves before them, and these lead to sessions with the same keys again.
#pragma once

#include <string>

#include "tools/explore/situation.hpp"

namespace alur::tools {

// Of the frame on top, with all that lies around it but the frames beneath.
std::string session_key(const program::Program& program, const Observed& observed,
                        const Situation& situation);

// Of what all flows share, and of the clock.
std::string shared_key(const program::Program& program, const Observed& observed,
                       const Situation& situation);

// Of a frame that others lie on: what it will know when they are done.
std::string frame_key(const program::Program& program, const Observed& observed,
                      const machine::Session& session, std::size_t frame, value::Instant now);

// Which of the app's opening hours are open.
std::string open_hours(const program::Program& program, value::Instant now);

}  // namespace alur::tools
