// TurnChain: an event and what follows from it at once: the turn, the turns of answers that
// services have in memory, and those of what the desk says at once. All of it is one change of the
// store.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/ports/channel.hpp"
#include "engine/ports/service.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "engine/runtime/open_session.hpp"
#include "engine/runtime/pending_call.hpp"

namespace alur::runtime {

// A question's wait begins when it was sent: so much later than its turn, and not a moment before.
inline constexpr std::int64_t silence_grace_ms = 1'000;
inline constexpr int chain_turns_max = 16;

// The service that answers to this name; null: none.
ports::Service* find_service(std::span<ports::Service* const> services, std::string_view name);

struct ChainParts {
  std::span<ports::Service* const> services;
  const program::Channel& channel;            // of the citizen
  std::function<std::uint64_t()> message_id;  // of the next message to a citizen
  DeskKeeper* desk = nullptr;                 // null: nobody serves conversations here
  std::vector<DeskMark> marks;                // go before the event into the journal
};

struct TurnChain {
  ports::TurnChange change;
  std::optional<PendingCall> call;  // to be asked when it is durable
  int turns = 0;
  int answered = 0;        // calls, out of memory
  bool told_desk = false;  // of something that holds only once the change is durable
};

// A mark's row in a citizen's journal; the row of the session counts it as a turn.
ports::JournalRow mark_row(const DeskMark& mark, const DeskKeeper* desk,
                           ports::SessionRow& session);

// Of an open session; `message_id` is the channel's id of the message, or empty.
TurnChain run_chain(OpenSession open, machine::Event event, std::string_view message_id,
                    const ChainParts& parts);

}  // namespace alur::runtime
