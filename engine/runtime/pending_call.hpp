// PendingCall: a call that is to be asked once its turn is durable, and its bytes, from which it is
// asked again after a restart.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/ports/store.hpp"

namespace alur::runtime {

struct PendingCall {
  ports::CitizenKey citizen = 0;
  std::uint32_t serial = 0;
  std::string service;
  value::Instant until;
  std::vector<machine::NamedValue> arguments;
  std::shared_ptr<const program::Program> program;  // that the session is on; not among the bytes

  // The same for the same call, whatever happens in between, and no other's: serials begin anew
  // when a citizen's row was too old to be kept, so the time is part of it.
  std::string key() const;
};

// Whose call has this key; nothing: it is none of PendingCall::key().
std::optional<ports::CitizenKey> caller_of(std::string_view key);

void encode_call(const PendingCall& call, std::string& out);
std::optional<PendingCall> decode_call(ports::CitizenKey citizen, std::string_view bytes);

}  // namespace alur::runtime
