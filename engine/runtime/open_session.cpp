#include "engine/runtime/open_session.hpp"

#include <algorithm>

namespace alur::runtime {

std::string_view channel_of(std::string_view address) {
  return address.substr(0, std::min(address.find(':'), address.size()));
}

bool names_channel(const program::Program& program, std::string_view channel) {
  const auto& names = program.app().channels;
  return std::find(names.begin(), names.end(), channel) != names.end();
}

ports::SessionRow OpenSession::written() const {
  ports::SessionRow out = row;
  out.due.reset();
  out.timers.clear();
  if (session.active()) {
    out.due = timers.due().value_or(ports::due_never);
    out.timers = timers.bytes();
  }
  out.seen = seen.bytes();
  out.body.clear();
  machine::encode_session(*program, session, out.body);
  return out;
}

std::optional<OpenSession> open_session(const Versions& versions, ports::CitizenKey citizen,
                                        std::string_view address,
                                        const std::optional<ports::SessionRow>& row) {
  OpenSession open;
  const bool active = row && row->due.has_value();
  const std::uint32_t version = active ? row->version : versions.current;
  open.program = versions.find(version);
  if (!open.program) return std::nullopt;
  open.row.citizen = citizen;
  open.row.address = address;
  if (row) {
    open.row = *row;
    open.timers = TimerSet(row->timers);
    open.seen = SeenWindow(row->seen);
  }
  if (row && !row->body.empty()) {
    auto session = machine::decode_session(*open.program, row->body);
    if (!session) return std::nullopt;
    open.session = std::move(*session);
  } else {
    const auto& channels = open.program->app().channels;
    const auto channel = std::find(channels.begin(), channels.end(), channel_of(address));
    if (channel == channels.end()) return std::nullopt;
    open.session = machine::new_session(*open.program,
                                        static_cast<machine::Index>(channel - channels.begin()));
  }
  open.row.version = version;
  return open;
}

}  // namespace alur::runtime
