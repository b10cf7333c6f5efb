// A citizen's session, opened for a turn: its row read against the version of the app that it is
// on, and written back.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/machine/session.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/seen_window.hpp"
#include "engine/runtime/timer_set.hpp"
#include "engine/runtime/versions.hpp"

namespace alur::runtime {

struct OpenSession {
  std::shared_ptr<const program::Program> program;
  machine::Session session;
  TimerSet timers;
  SeenWindow seen;
  ports::SessionRow row;

  // The row as it is to be committed.
  ports::SessionRow written() const;
};

// While a conversation is under way its version stays; else the current one is taken. Whoever is
// new, or stayed away for so long that their row has no body any more, begins afresh. Nothing: the
// row cannot be read with that version, or the app has no such channel.
std::optional<OpenSession> open_session(const Versions& versions, ports::CitizenKey citizen,
                                        std::string_view address,
                                        const std::optional<ports::SessionRow>& row);

// The part of an address before the colon.
std::string_view channel_of(std::string_view address);
// Whether the app has the channel.
bool names_channel(const program::Program& program, std::string_view channel);

}  // namespace alur::runtime
