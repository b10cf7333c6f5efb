// A store with many conversations under way, each at the question that an app's first message leads
// to, none due before so many hours: what a service is started on to see what many cost.
//
//   fill_store APP STORE SESSIONS [HOURS]
#include <fmt/format.h>

#include <cstdlib>
#include <random>

#include "adapters/clock/steady_clock.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "dsl/compile/compile.hpp"
#include "engine/runtime/turn_chain.hpp"
#include "tools/serve/app_sources.hpp"

namespace {

using namespace alur;

constexpr std::size_t group_size = 1'000;
constexpr std::int64_t hour_ms = 3'600'000;

bool commit(ports::Store& store, std::vector<ports::Change> group) {
  return store.commit(group).has_value();
}

int fill(const std::string& app, const std::string& path, std::uint64_t sessions,
         std::int64_t hours) {
  std::string error;
  const auto files = dsl::read_app_folder(app, error);
  const auto program = dsl::compile(files).program;
  adapters::SqliteSettings settings;
  settings.path = path;
  auto opened = adapters::SqliteStore::open(settings);
  if (!program || !opened) return 2;
  ports::Store& store = **opened;
  const value::Instant now = adapters::SteadyClock().now();
  commit(store, {ports::PublishChange{{1, program->hash(), now, tools::encode_sources(files)}}});

  auto versions = std::make_shared<runtime::Versions>();
  versions->all[1] = {1, program->hash(), now, program};
  versions->current = 1;
  const std::string& channel = program->app().channels.front();
  std::uint64_t messages = 0;
  const runtime::ChainParts parts{
      {}, *program::find_channel(channel), [&] { return ++messages; }, nullptr, {}};
  std::mt19937_64 random(157);
  std::vector<ports::Change> group;
  for (std::uint64_t i = 0; i < sessions; ++i) {
    const std::string address = fmt::format("{}:628{:09}", channel, i);
    machine::Event event;
    event.at = now;
    event.input.text = "hi";
    auto open = runtime::open_session(*versions, store.key_of(address), address, std::nullopt);
    auto chain = runtime::run_chain(std::move(*open), std::move(event), "m", parts);
    ports::SessionRow& row = chain.change.session;
    // All its timers, put off alike.
    runtime::TimerSet timers(row.timers);
    const std::int64_t late = hours * hour_ms + static_cast<std::int64_t>(random() % hour_ms);
    for (const auto kind : {machine::TimerKind::silence, machine::TimerKind::session}) {
      if (timers[kind]) timers.delay(kind, timers[kind]->serial, late);
    }
    row.timers = timers.bytes();
    row.due = timers.due();
    chain.change.outbox.clear();  // as if it had been sent
    group.push_back(std::move(chain.change));
    if (group.size() == group_size || i + 1 == sessions) {
      if (!commit(store, std::exchange(group, {}))) return 1;
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::int64_t hours = argc > 4 ? std::atoll(argv[4]) : 12;
  return fill(argv[1], argv[2], std::strtoull(argv[3], nullptr, 10), hours);
}
