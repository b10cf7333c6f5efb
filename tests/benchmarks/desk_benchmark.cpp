// What an event of a desk costs: 200 agents, 800 conversations open, 5,000 citizens waiting. Each
// with the rows that it changed, in bytes, as a store would take them.
#include <benchmark/benchmark.h>

#include "engine/desk/desk.hpp"

namespace alur::desk {
namespace {

constexpr NameKey general = value::name_key("general");
constexpr AgentId agents = 200;
constexpr Citizen open_ones = 800;
constexpr Citizen waiting_ones = 5'000;

class Crowd {
 public:
  Crowd() : desk_(settings()) {
    for (AgentId agent = 1; agent <= agents; ++agent) {
      tell(AgentSet{agent, {general}, 0, false});
      tell(PresenceSet{agent, Presence::online, 0});
    }
    while (last_ < open_ones + waiting_ones) hand();
    for (Citizen citizen = 1; citizen <= open_ones; ++citizen) accept(citizen);
  }

  template <class What>
  void tell(What what) {
    at_ = at_ + value::Duration{1};
    benchmark::DoNotOptimize(desk_.apply({at_, std::move(what)}));
    benchmark::DoNotOptimize(desk_.take_changed());
  }
  void hand() { tell(Handed{++last_, 1, general, 0}); }
  void accept(Citizen citizen) {
    const Conversation* is = desk_.find(citizen);
    tell(Accepted{is->agent, citizen, is->epoch});
  }
  void say(Citizen citizen) { tell(CitizenWrote{citizen}); }
  void answer(Citizen citizen) {
    const Conversation* is = desk_.find(citizen);
    tell(AgentWrote{is->agent, citizen, is->epoch});
  }
  // One is served to its end, the next gets the place, and another comes.
  void serve_next() {
    const Conversation* is = desk_.find(++served_);
    tell(Closed{is->agent, served_, is->epoch, 1});
    accept(served_ + open_ones);
    hand();
  }
  Citizen some_open(std::uint64_t i) const { return served_ + 1 + i * 97 % open_ones; }

 private:
  static Settings settings() {
    Settings made;
    QueueSettings queue;
    queue.key = general;
    queue.waiting_max = 100'000;
    queue.wait_ms_max = 0;
    queue.first_reply_ms = queue.next_reply_ms = value::hour_milliseconds;
    queue.resolution_ms = value::day_milliseconds;
    made.queues = {queue};
    return made;
  }

  Desk desk_;
  value::Instant at_{1'767'578'400'000};
  Citizen last_ = 0;
  Citizen served_ = 0;
};

void messages_of_both(benchmark::State& state) {
  Crowd crowd;
  std::uint64_t i = 0;
  for (auto _ : state) {
    const Citizen citizen = crowd.some_open(++i);
    crowd.answer(citizen);
    crowd.say(citizen);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(2 * i));
}
BENCHMARK(messages_of_both);

void closed_offered_accepted_handed(benchmark::State& state) {
  Crowd crowd;
  for (auto _ : state) crowd.serve_next();
  state.SetItemsProcessed(3 * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(closed_offered_accepted_handed)->Iterations(20'000);

}  // namespace
}  // namespace alur::desk

BENCHMARK_MAIN();
