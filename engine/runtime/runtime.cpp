#include "engine/runtime/runtime.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/runtime/runtime_state.hpp"

namespace alur::runtime {

using ports::Result;
using value::Instant;

namespace {

void end_program() {
  std::fputs("alur: a sync of the store failed: stopping, to read it again\n", stderr);
  std::_Exit(70);
}

}  // namespace

Runtime::Runtime(RuntimeParts parts, RuntimeSettings settings) : state_(std::make_unique<State>()) {
  state_->parts = std::move(parts);
  state_->settings = std::move(settings);
  if (!state_->settings.lost) state_->settings.lost = end_program;
}

Runtime::~Runtime() {
  stop();
}

// --- starting

namespace {

Result<void> load_versions(ports::StoreReader& reader, Versions& versions,
                           std::map<std::uint32_t, std::string>& sources) {
  const auto rows = reader.versions();
  if (!rows) return rows.error();
  for (const ports::VersionRow& row : *rows) {
    versions.all[row.number] = {row.number, row.hash, row.at, nullptr};
    sources[row.number] = row.sources;
  }
  const auto current = reader.current_version();
  if (!current) return current.error();
  versions.current = *current;
  return {};
}

}  // namespace

Result<void> Runtime::start(std::string& trouble) {
  State& state = *state_;
  const Instant now = state.parts.clock->now();
  // A store that was never open before has sent nothing.
  const bool is_new = state.parts.store->epoch() == 1;
  state.paces = make_paces(state.parts.channels, now.milliseconds,
                           is_new ? Pacer::Level::full : Pacer::Level::empty);
  if (state.parts.desk_settings) {
    state.desk = std::make_unique<DeskKeeper>(*state.parts.clock, desk::Settings());
  }
  for (std::uint32_t core = 0; core < state.settings.cores; ++core) {
    auto reader = state.parts.store->reader();
    if (!reader) return reader.error();
    CoreParts parts;
    parts.store = state.parts.store;
    parts.services = state.parts.services;
    parts.channels = state.parts.channels;
    for (const auto& pace : state.paces) parts.paces.push_back(pace.get());
    parts.desk = state.desk.get();
    parts.core = core;
    parts.cores = state.settings.cores;
    parts.seed = state.settings.seed;
    parts.bounds = state.settings.bounds;
    state.loops.push_back(
        std::make_unique<CoreLoop>(std::move(parts), std::move(*reader), *state.parts.clock));
  }
  const auto loaded = state.load(trouble);
  if (!loaded) return loaded;
  state.begin();
  return {};
}

Result<void> Runtime::State::load(std::string& trouble) {
  auto reader = parts.store->reader();
  if (!reader) return reader.error();
  auto table = std::make_shared<Versions>();
  const auto read = load_versions(**reader, *table, sources);
  if (!read) return read;
  std::map<std::uint32_t, std::size_t> needed;
  if (table->current != 0) needed[table->current] = 0;
  const auto core_of = [this](ports::CitizenKey key) -> Core& {
    return loops[key % loops.size()]->core();
  };
  auto done = (*reader)->each_active([&](const ports::StoreReader::Due& due) {
    ++needed[due.version];
    core_of(due.citizen).load(due);
    if (due.due == ports::due_never) compared_first.push_back(due.citizen);
  });
  if (!done) return done;
  done =
      (*reader)->each_unsent([&](const ports::OutboxRow& row) { core_of(row.citizen).load(row); });
  if (!done) return done;
  done = (*reader)->each_call([&](const ports::CallRow& row) { core_of(row.citizen).load(row); });
  if (!done) return done;
  for (const auto& [number, sessions] : needed) {
    Compiled compiled;
    if (sources.contains(number)) compiled = parts.compile(sources[number], Purpose::resume);
    if (compiled.program) {
      table->all[number].program = compiled.program;
    } else {
      trouble += "version " + std::to_string(number) + " with " + std::to_string(sessions) +
                 " sessions cannot be compiled\n" + compiled.findings;
    }
  }
  if (const auto current = table->find(table->current)) trouble += unnamed_channels(*current);
  versions = table;
  for (const auto& loop : loops) loop->core().set_versions(versions);
  return desk ? load_desk(**reader, trouble) : ports::Result<void>();
}

void Runtime::State::begin() {
  Committer::Listener listener;
  listener.committed = [this](std::uint32_t core, std::vector<Committer::Done> done) {
    loops[core]->post([done = std::move(done)](Core& of_loop, Instant now) {
      for (const Committer::Done& one : done) of_loop.committed(one.token, one.result, now);
    });
  };
  listener.store_is_back = [this] {
    for (const auto& loop : loops) {
      loop->post([](Core& core, Instant now) { core.store_is_back(now); });
    }
  };
  listener.lost = settings.lost;
  committer = std::make_unique<Committer>(*parts.store, *parts.clock, settings.retention,
                                          std::move(listener), desk.get());
  for (const auto& loop : loops) loop->start(*committer);
  if (desk) begin_desk();
}

// --- running

void Runtime::receive(ports::Inbound inbound, std::function<void(ports::Verdict)> done) {
  CoreLoop& loop = state_->loop_of(inbound.address);
  const auto came = std::chrono::steady_clock::now();
  loop.dispatch([inbound = std::move(inbound), done = std::move(done), came](
                    Core& core, Instant now) { core.receive(inbound, done, now, came); });
}

// Every core looks whether it waits for news of this message; one of them takes it down.
void Runtime::receive(ports::Receipt receipt, std::function<void(bool)> done) {
  const std::size_t writer = receipt.id % state_->loops.size();
  for (std::size_t i = 0; i < state_->loops.size(); ++i) {
    const bool takes_down = i == writer;
    state_->loops[i]->post([=](Core& core, Instant now) {
      core.receive(receipt, takes_down, takes_down ? done : nullptr, now);
    });
  }
}

// --- people who serve

DeskKeeper* Runtime::desk() {
  return state_->desk.get();
}

void Runtime::agent_says(AgentSays says, SaidDone done) {
  CoreLoop& loop = state_->loop_of(says.citizen);
  loop.post([says = std::move(says), done = std::move(done)](Core& core, Instant now) {
    core.agent_says(says, done, now);
  });
}

void Runtime::agent_notes(AgentNotes notes, SaidDone done) {
  CoreLoop& loop = state_->loop_of(notes.citizen);
  loop.post([notes = std::move(notes), done = std::move(done)](Core& core, Instant now) {
    core.agent_notes(notes, done, now);
  });
}

std::shared_ptr<const program::Program> Runtime::program(std::uint32_t version) {
  const std::lock_guard lock(state_->publishing);
  return state_->versions->find(version);
}

Result<void> Runtime::commit(ports::Change change) {
  return state_->committer->commit_now(std::move(change));
}

void Runtime::commit(ports::Change change, std::function<void(Result<void>)> done) {
  state_->committer->commit(std::move(change), std::move(done));
}

std::vector<boost::asio::io_context*> Runtime::loops() {
  std::vector<boost::asio::io_context*> all;
  for (const auto& loop : state_->loops) all.push_back(&loop->io());
  return all;
}

namespace {

// Of the same senders, as another core has them.
void add_senders(const std::vector<SenderReport>& more, std::vector<SenderReport>& senders) {
  if (senders.empty()) senders.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) {
    SenderReport& sum = senders[i];
    sum.channel = more[i].channel;
    sum.name = more[i].name;
    sum.unsent += more[i].unsent;
    if (sum.paused.empty()) sum.paused = more[i].paused;
  }
}

}  // namespace

Health Runtime::health() {
  State& state = *state_;
  Health health;
  health.store_up = state.committer && !state.committer->down();
  health.stopping = state.stopping;
  health.ready = health.store_up && !state.stopping;
  if (state.committer) {
    health.uncommitted = state.committer->waiting();
    state.committer->commit_times().add_to(health.timings["commit"]);
  }
  for (const auto& loop : state.loops) {
    struct Sizes {
      std::size_t active, waiting, unsent;
      std::vector<SenderReport> senders;
    };
    const Sizes sizes = loop->ask([](Core& core) {
      return Sizes{core.active(), core.waiting(), core.unsent(), core.senders()};
    });
    add_senders(sizes.senders, health.senders);
    health.active += sizes.active;
    health.waiting += sizes.waiting;
    health.unsent += sizes.unsent;
    loop->core().counters().each([&](std::string_view name, std::uint64_t number) {
      health.counters[std::string(name)] += number;
    });
    loop->core().timings().each([&](std::string_view name, const Histogram& histogram) {
      histogram.add_to(health.timings[std::string(name)]);
    });
  }
  if (state.desk) health.desk = state.desk->gauges();
  const std::lock_guard lock(state.publishing);
  health.version = state.versions->current;
  return health;
}

// --- stopping

void Runtime::stop_receiving() {
  state_->stopping = true;
  for (const auto& loop : state_->loops) {
    loop->post([](Core& core, Instant) { core.stop_receiving(); });
  }
}

// How much all of them have done, if all were idle when asked, one after the other.
std::optional<std::uint64_t> Runtime::State::idle_after() {
  if (!committer->idle()) return std::nullopt;
  std::uint64_t done = committer->groups();
  for (const auto& loop : loops) {
    const auto of_loop = loop->idle_after();
    if (!of_loop) return std::nullopt;
    done += *of_loop;
  }
  return done;
}

// One may hand something to another that was idle a moment ago: only when all were idle twice, and
// nothing was done in between, is nothing on its way.
void Runtime::State::wait_until_idle(std::chrono::steady_clock::time_point end) {
  boost::asio::io_context io;
  boost::asio::steady_timer timer(io);
  std::optional<std::uint64_t> before;
  while (std::chrono::steady_clock::now() < end && !committer->down()) {
    const auto now = idle_after();
    if (now && now == before) return;
    before = now;
    timer.expires_after(std::chrono::milliseconds(1));
    timer.wait();
  }
}

void Runtime::stop() {
  State& state = *state_;
  if (state.stopped || !state.committer) return;
  stop_receiving();
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(state.settings.drain_ms);
  state.wait_until_idle(end);
  for (const auto& loop : state.loops) {
    loop->post([](Core& core, Instant) { core.stop_sending(); });
  }
  state.wait_until_idle(end);
  state.stopped = true;
  state.committer->stop();
  for (const auto& loop : state.loops) loop->stop();
}

}  // namespace alur::runtime
