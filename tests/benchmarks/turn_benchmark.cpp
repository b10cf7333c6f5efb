// What a turn costs on one core, beside a hand-written switch in the same run. Each iteration is
// one turn; 10,000 citizens interleaved, so that no session is warm in the cache.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "dsl/compile/compile.hpp"
#include "engine/machine/turn.hpp"
#include "tests/benchmarks/small_conversation.hpp"

namespace alur::benchmarks {
namespace {

constexpr std::size_t citizens = 10'000;

std::shared_ptr<const program::Program> small_program() {
  const dsl::Compilation compiled =
      dsl::compile({{"app.yaml", "app.yaml", std::string(app_yaml)},
                    {"main.flow.yaml", "main.flow.yaml", std::string(flow_yaml)}},
                   1);
  if (!compiled.program) std::abort();
  return compiled.program;
}

// The events of one conversation; the third is the service's answer.
std::vector<machine::Event> conversation() {
  const value::Instant at{1'767'578'400'000};
  machine::Event answer;
  answer.kind = machine::Event::Kind::answered;
  answer.at = at;
  answer.outcome = value::name_key("known");
  answer.payload = value::Value("Company Number 512");
  return {machine::heard_text(at, "hi"), machine::heard_text(at, "Company Number 512"), answer,
          machine::heard_text(at, "Nothing"), machine::heard_text(at, "hi")};
}

void hand_written(benchmark::State& state) {
  HandWritten bot(thousand_names());
  std::vector<HandWritten::State> sessions(citizens);
  const std::vector<std::string> inputs = {"hi", "Company Number 512", "", "Nothing"};
  std::size_t citizen = 0, turn = 0;
  for (auto _ : state) {
    HandWritten::Reply reply;
    bot.turn(sessions[citizen], inputs[turn], reply);
    benchmark::DoNotOptimize(reply);
    if (++citizen == citizens) {
      citizen = 0;
      turn = (turn + 1) % inputs.size();
    }
  }
}

template <bool bytes, bool tracing>
void machine_turn(benchmark::State& state) {
  const auto program = small_program();
  std::vector<machine::Session> sessions(citizens, machine::new_session(*program, 0));
  std::vector<std::string> stored(citizens);
  for (std::size_t i = 0; i < citizens; ++i) {
    machine::encode_session(*program, sessions[i], stored[i]);
  }
  std::vector<machine::Event> events = conversation();
  events.pop_back();
  std::size_t citizen = 0, number = 0, messages = 0;
  const auto traced = tracing ? machine::Tracing::on : machine::Tracing::off;
  for (auto _ : state) {
    machine::Event& event = events[number];
    if constexpr (bytes) {
      auto session = machine::decode_session(*program, stored[citizen]);
      event.serial = session->serial;
      machine::Turn turn = machine::turn(*program, std::move(*session), event, traced);
      messages += turn.messages.size();
      stored[citizen].clear();
      machine::encode_session(*program, turn.session, stored[citizen]);
    } else {
      event.serial = sessions[citizen].serial;
      machine::Turn turn = machine::turn(*program, std::move(sessions[citizen]), event, traced);
      messages += turn.messages.size();
      sessions[citizen] = std::move(turn.session);
    }
    if (++citizen == citizens) {
      citizen = 0;
      number = (number + 1) % events.size();
    }
  }
  state.counters["messages"] =
      benchmark::Counter(static_cast<double>(messages), benchmark::Counter::kAvgIterations);
}

BENCHMARK(hand_written);
BENCHMARK(machine_turn<false, false>)->Name("turn/in_memory");
BENCHMARK(machine_turn<true, false>)->Name("turn/from_bytes");
BENCHMARK(machine_turn<false, true>)->Name("turn/traced");

}  // namespace
}  // namespace alur::benchmarks

BENCHMARK_MAIN();
