// Moving a session from the version it is on to another: only where that is proven to change
// nothing it rests on.
#pragma once

#include <optional>
#include <string_view>

#include "engine/machine/session.hpp"

namespace alur::runtime {

enum class Movable : std::uint8_t {
  yes,
  busy,      // it waits for a service: soon it may
  no_place,  // the state or question it rests at is not there, or not the same
  no_type    // a variable that is set is gone, or is of another type
};
std::string_view to_text(Movable movable);

// Whether an active session of `from` could go on in `to`: every flow on its stack is there and
// rests at a place of the same name and kind, and every variable that is set keeps its type.
Movable can_move(const program::Program& from, const program::Program& to,
                 const machine::Session& session);

// The session in `to`, once can_move() says yes.
std::optional<machine::Session> move_session(const program::Program& from,
                                             const program::Program& to,
                                             const machine::Session& session);

// "flow.state", where the session rests.
std::string place_of(const program::Program& program, const machine::Session& session);

}  // namespace alur::runtime
