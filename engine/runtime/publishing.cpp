// Versions of a running service: publishing, rolling back, moving sessions, and saying beforehand
// what that would do.
#include "engine/runtime/move_session.hpp"
#include "engine/runtime/open_session.hpp"
#include "engine/runtime/runtime_state.hpp"

namespace alur::runtime {

using ports::SessionRow;
using value::Instant;

namespace {

constexpr std::size_t kept_versions = 10;  // to roll back to
constexpr std::size_t piece_rows = 500;

}  // namespace

// A line for each channel of this service that the app does not name: it would be silent.
std::string Runtime::State::unnamed_channels(const program::Program& program) const {
  std::string lines;
  for (const ports::Channel* channel : parts.channels) {
    const std::string& name = channel->capabilities().name;
    if (names_channel(program, name)) continue;
    lines += "this service has a channel `" + name +
             "`, and the app's `channels` do not name it: what comes over it is refused\n";
  }
  return lines;
}

// Every core has it when this returns.
void Runtime::State::hand_out(std::shared_ptr<const Versions> next) {
  versions = std::move(next);
  for (const auto& loop : loops) {
    loop->ask([this](Core& core) {
      core.set_versions(versions);
      return true;
    });
  }
}

std::map<std::uint32_t, std::size_t> Runtime::State::sessions_by_version() {
  std::map<std::uint32_t, std::size_t> sum;
  for (const auto& loop : loops) {
    const auto of_loop = loop->ask([](Core& core) { return core.sessions_by_version(); });
    for (const auto& [version, sessions] : of_loop) sum[version] += sessions;
  }
  return sum;
}

std::shared_ptr<const program::Program> Runtime::State::load_program(std::uint32_t number) {
  if (auto program = versions->find(number)) return program;
  const auto found = sources.find(number);
  return found == sources.end() ? nullptr : parts.compile(found->second, Purpose::resume).program;
}

bool Runtime::State::make_current(std::uint32_t number) {
  auto program = load_program(number);
  if (!program) return false;
  if (!committer->commit_now(ports::CurrentChange{number})) return false;
  auto next = std::make_shared<Versions>(*versions);
  next->all[number].program = std::move(program);
  next->current = number;
  hand_out(std::move(next));
  settle_desk_settings();
  return true;
}

// Programs that nobody is on leave memory, the oldest sources the store.
void Runtime::State::drop_unused() {
  const auto sessions = sessions_by_version();
  auto next = std::make_shared<Versions>(*versions);
  std::size_t later = 0;
  for (auto at = next->all.rbegin(); at != next->all.rend(); ++at) {
    Version& version = at->second;
    ++later;
    if (version.number == next->current) continue;
    if (sessions.contains(version.number)) continue;
    version.program.reset();
    if (later > kept_versions) version.number = 0;
  }
  for (auto at = next->all.begin(); at != next->all.end();) {
    if (at->second.number != 0) {
      ++at;
      continue;
    }
    const std::uint32_t number = at->first;
    at = next->all.erase(at);
    if (committer->commit_now(ports::DropVersionChange{number})) sources.erase(number);
  }
  hand_out(std::move(next));
}

Published Runtime::publish(const std::string& sources) {
  State& state = *state_;
  const std::lock_guard lock(state.publishing);
  Compiled compiled = state.parts.compile(sources, Purpose::publish);
  Published published;
  published.findings = std::move(compiled.findings);
  if (!compiled.program) return published;
  published.findings += state.unnamed_channels(*compiled.program);
  const std::uint32_t before = state.versions->current;
  for (const auto& [number, version] : state.versions->all) {
    if (version.hash != compiled.program->hash()) continue;
    published.version = number;
    published.unchanged = number == before;
    published.done = published.unchanged || state.make_current(number);
    return published;
  }
  const std::uint32_t last = state.versions->all.empty() ? 0 : state.versions->all.rbegin()->first;
  const Version version{last + 1, compiled.program->hash(), state.parts.clock->now(),
                        compiled.program};
  const auto durable = state.committer->commit_now(
      ports::PublishChange{{version.number, version.hash, version.at, sources}});
  if (!durable) {
    published.findings += "the store is down: nothing was published\n";
    return published;
  }
  state.sources[version.number] = sources;
  auto next = std::make_shared<Versions>(*state.versions);
  next->all[version.number] = version;
  next->current = version.number;
  state.hand_out(std::move(next));
  state.settle_desk_settings();
  state.drop_unused();
  published.done = true;
  published.version = version.number;
  return published;
}

bool Runtime::roll_back(std::uint32_t version) {
  const std::lock_guard lock(state_->publishing);
  if (!state_->versions->all.contains(version)) return false;
  return state_->make_current(version);
}

std::vector<VersionReport> Runtime::versions() {
  const std::lock_guard lock(state_->publishing);
  const auto sessions = state_->sessions_by_version();
  std::vector<VersionReport> reports;
  for (const auto& [number, version] : state_->versions->all) {
    const auto count = sessions.find(number);
    reports.push_back({number, version.hash, version.at, number == state_->versions->current,
                       version.program != nullptr, count == sessions.end() ? 0 : count->second});
  }
  return reports;
}

// --- the sessions under way

namespace {

// Every active session, piece by piece.
ports::Result<void> each_active_row(ports::StoreReader& reader,
                                    const std::function<void(const SessionRow&)>& take) {
  std::optional<ports::CitizenKey> after;
  for (std::size_t rows = piece_rows; rows == piece_rows;) {
    rows = 0;
    const auto done = reader.each_session(after, piece_rows, [&](const SessionRow& row) {
      ++rows;
      after = row.citizen;
      if (row.due) take(row);
    });
    if (!done) return done;
  }
  return {};
}

void tally(const Versions& versions, const program::Program& next, const SessionRow& row,
           DryRun& run) {
  const auto program = versions.find(row.version);
  const auto session = program ? machine::decode_session(*program, row.body) : std::nullopt;
  if (!session) {
    ++run.by_state["?"].stranded;
    return;
  }
  DryRun::Tally& tally = run.by_state[place_of(*program, *session)];
  const Movable movable = can_move(*program, next, *session);
  if (movable == Movable::yes) {
    ++tally.moves;
  } else {
    ++tally.stays;
    tally.why = to_text(movable);
  }
}

}  // namespace

DryRun Runtime::dry_run(const std::string& sources) {
  State& state = *state_;
  DryRun run;
  Compiled compiled = state.parts.compile(sources, Purpose::publish);
  run.findings = std::move(compiled.findings);
  if (!compiled.program) return run;
  run.findings += state.unnamed_channels(*compiled.program);
  std::shared_ptr<const Versions> versions;
  {
    const std::lock_guard lock(state.publishing);
    versions = state.versions;
  }
  auto reader = state.parts.store->reader();
  if (!reader) return run;
  const auto done = each_active_row(
      **reader, [&](const SessionRow& row) { tally(*versions, *compiled.program, row, run); });
  run.compiled = done.has_value();
  return run;
}

std::size_t Runtime::move_sessions() {
  State& state = *state_;
  const std::lock_guard lock(state.publishing);
  const auto moved = [&] {
    std::uint64_t sum = 0;
    for (const auto& loop : state.loops) sum += loop->core().counters().moved;
    return sum;
  };
  const std::uint64_t before = moved();
  auto reader = state.parts.store->reader();
  if (!reader) return 0;
  std::size_t asked = 0;
  const auto done = each_active_row(**reader, [&](const SessionRow& row) {
    if (row.version == state.versions->current) return;
    CoreLoop& loop = *state.loops[row.citizen % state.loops.size()];
    loop.post([citizen = row.citizen](Core& core, Instant now) { core.move(citizen, now); });
    // A little at a time, so that messages are not held up.
    constexpr std::size_t at_once = 64;
    if (++asked % at_once != 0) return;
    for (const auto& one : state.loops) {
      while (one->ask([](Core& core) { return core.waiting(); }) > at_once) {
      }
    }
  });
  static_cast<void>(done);
  for (const auto& one : state.loops) {
    while (one->ask([](Core& core) { return core.waiting(); }) > 0 && !state.committer->down()) {
    }
  }
  return moved() - before;
}

}  // namespace alur::runtime
