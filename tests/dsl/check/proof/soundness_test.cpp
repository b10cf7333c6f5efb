// What the machine does, the proofs know of: whatever citizens, services, people and clocks do to
// generated apps, to a sound service and to Kontak 157, each place that is come to is reached in
// the graph, each condition goes a way that the graph takes, and nobody gets more in one go than
// was worked out.
#include <gtest/gtest.h>

#include "dsl/check/proof/control_graph.hpp"
#include "dsl/compile/compile.hpp"
#include "tests/generated/random_app.hpp"
#include "tests/generated/random_events.hpp"
#include "tests/generated/service_app.hpp"
#include "tools/explore/burst.hpp"

namespace alur::dsl::proof {
namespace {

using Kind = machine::TraceEntry::Kind;
using program::Op;

class Witnessed {
 public:
  Witnessed(const program::Program& program, const Sources& sources)
      : program_(program), graph_(program), most_(prove(program, sources).measures.messages) {}

  void walk(std::uint64_t seed, int events_each) {
    tests::RandomEvents events(program_, seed);
    machine::Turn last;
    last.session =
        machine::new_session(program_, static_cast<Index>(seed % program_.app().channels.size()));
    tools::Burst burst;
    for (int i = 0; i < events_each && !testing::Test::HasFailure(); ++i) {
      const machine::Event event = events.next(last);
      last = machine::turn(program_, std::move(last.session), event, machine::Tracing::on);
      for (const machine::TraceEntry& entry : last.trace.entries) expect_known(entry);
      burst.take(last, last.session);
      EXPECT_LE(burst.messages(), static_cast<std::size_t>(most_));
    }
    if (!testing::Test::HasFailure()) return;
    for (const std::string& line : machine::explain(program_, last.trace)) ADD_FAILURE() << line;
  }

 private:
  void expect_known(const machine::TraceEntry& entry) {
    const Unit& unit = program_.unit(entry.unit);
    switch (entry.kind) {
      case Kind::entered:
        EXPECT_TRUE(graph_.reached(entry.unit, unit.states[entry.index].address));
        break;
      case Kind::said:
        expect_reached(entry, Op::say);
        break;
      case Kind::asked:
        expect_reached(entry, Op::ask);
        break;
      case Kind::called:
        expect_reached(entry, Op::call);
        break;
      case Kind::handed:
        expect_reached(entry, Op::handoff);
        break;
      case Kind::guard:
        EXPECT_TRUE(graph_.taken(entry.unit, entry.index,
                                 entry.number != 0 ? Turning::holds : Turning::fails));
        break;
      case Kind::bounded:
        EXPECT_TRUE(graph_.taken(entry.unit, entry.index, Turning::counted) ||
                    graph_.taken(entry.unit, entry.index, Turning::exceeded));
        break;
      case Kind::turned:
        ++pages_turned;
        break;
      default:
        break;
    }
    ++looked_at;
  }

  // Some instruction of this kind that means the entry's message, question, call or handoff.
  void expect_reached(const machine::TraceEntry& entry, Op op) {
    const Unit& unit = program_.unit(entry.unit);
    for (Index at = 0; at < unit.code.size(); ++at) {
      const bool it = unit.code[at].op == op && unit.code[at].c == entry.index;
      if (it && graph_.reached(entry.unit, at)) return;
    }
    ADD_FAILURE() << "the graph does not know how to come here";
  }

  const program::Program& program_;
  ControlGraph graph_;
  int most_;

 public:
  std::size_t looked_at = 0;
  std::size_t pages_turned = 0;
};

// How many pages were turned.
std::size_t expect_sound(const std::vector<AppFile>& files, std::uint64_t seed, int conversations) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Compilation made = compile(files, 1);
  EXPECT_TRUE(made.program);
  if (!made.program) return 0;
  Witnessed witnessed(*made.program, *made.sources);
  for (int i = 0; i < conversations && !testing::Test::HasFailure(); ++i) {
    witnessed.walk(seed * 1'000 + static_cast<std::uint64_t>(i), 60);
  }
  EXPECT_GT(witnessed.looked_at, static_cast<std::size_t>(conversations) * 20);
  return witnessed.pages_turned;
}

TEST(Proofs, KnowWhatGeneratedAppsDo) {
  std::size_t pages_turned = 0;
  for (std::uint64_t seed = 1; seed <= 60 && !HasFailure(); ++seed) {
    pages_turned += expect_sound(tests::random_app(seed), seed, 30);
  }
  EXPECT_GT(pages_turned, 50u);
}

TEST(Proofs, KnowWhatAServiceDoes) {
  expect_sound(tests::service_app(40), 1, 500);
}

TEST(Proofs, KnowWhatKontak157Does) {
  std::string error;
  const auto files = read_app_folder(ALUR_SOURCE_DIR "/flows/kontak157", error);
  ASSERT_FALSE(files.empty()) << error;
  expect_sound(files, 1, 500);
}

}  // namespace
}  // namespace alur::dsl::proof
