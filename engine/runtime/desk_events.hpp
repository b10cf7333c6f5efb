// What the machine is told of the desk. Machine and desk each know where a conversation is, and
// what the one is told follows from comparing them: so nothing is lost that was told and not heard.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/desk/desk.hpp"
#include "engine/machine/session.hpp"
#include "engine/runtime/desk_mark.hpp"

namespace alur::runtime {

using NameOf = std::function<std::string(desk::AgentId)>;

// What a session that waits for people is to be told next, for it to agree with the desk; nothing:
// it does. A handoff that the desk does not know ends as `unavailable`.
std::optional<machine::Event> due_event(const desk::Desk& desk, desk::Citizen citizen,
                                        const machine::Session& session, value::Instant now,
                                        const NameOf& name_of);

// Where the citizen stands; position 0 says nothing.
machine::Event queued_event(std::uint32_t serial, std::size_t position,
                            std::optional<std::int64_t> wait_ms, value::Instant now);

// The handoff that the desk still has and this session, null for none, has left; to be told as
// desk::Left.
std::optional<std::uint32_t> left_serial(const desk::Desk& desk, desk::Citizen citizen,
                                         const machine::Session* session);

// The outcome of a handoff from which people send the citizen on to this state of the flow.
value::NameKey return_key(std::string_view state);

// For the journal, what an event has done to a conversation, and to others that were due with it.
struct MarkOf {
  desk::Citizen citizen = 0;
  DeskMark mark;
};
// The same, of what was not told when it happened; nothing for what needs no mark.
std::optional<DeskMark> mark_of(const desk::Conversation& is, const machine::Event& event);
std::vector<MarkOf> marks_of(const desk::What& what, const desk::Effects& effects,
                             value::Instant now);

}  // namespace alur::runtime
