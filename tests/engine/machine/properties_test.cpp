// What holds for every program and every sequence of events: no fault, every bound, the same turn
// for the same event, the same bytes again, and a journal of events that replays to the same end.
#include <gtest/gtest.h>

#include <cstdlib>

#include "dsl/finding/render.hpp"
#include "engine/machine/turn.hpp"
#include "tests/generated/random_app.hpp"
#include "tests/generated/random_events.hpp"

namespace alur::machine {
namespace {

// More with ALUR_APPS=2000.
std::uint64_t apps() {
  const char* wanted = std::getenv("ALUR_APPS");
  return wanted ? std::strtoull(wanted, nullptr, 10) : 60;
}
constexpr int conversations_each = 6;
constexpr int events_each = 80;

std::shared_ptr<const program::Program> compiled(std::uint64_t seed) {
  const dsl::Compilation result = dsl::compile(tests::random_app(seed), 1);
  EXPECT_TRUE(result.program) << "seed " << seed << "\n"
                              << dsl::render_text(*result.sources, result.findings);
  return result.program;
}

std::string bytes_of(const program::Program& program, const Session& session) {
  std::string bytes;
  encode_session(program, session, bytes);
  return bytes;
}

void expect_bounds(const Turn& turn) {
  EXPECT_LE(turn.session.frames.size(), stack_max);
  EXPECT_LE(turn.session.queued.size(), queued_max);
  EXPECT_LE(turn.messages.size(), messages_max);
  EXPECT_LE(turn.calls.size(), 1u);
  EXPECT_LE(turn.timers.size(), timer_kind_count);
  for (const JournalEntry& entry : turn.journal) {
    EXPECT_NE(entry.kind, JournalEntry::Kind::failed);
  }
  EXPECT_EQ(turn.session.active(), turn.session.rest != Rest::nothing);
}

// One conversation; its events as bytes.
std::vector<std::string> walk(const program::Program& program, std::uint64_t seed,
                              std::string& end) {
  tests::RandomEvents events(program, seed);
  std::vector<std::string> journal;
  Turn last;
  last.session = new_session(program, 0);
  for (int i = 0; i < events_each; ++i) {
    const Event event = events.next(last);
    encode_event(event, journal.emplace_back());
    const std::string before = bytes_of(program, last.session);
    Turn now = turn(program, last.session, event);
    expect_bounds(now);
    if (testing::Test::HasFailure()) {
      const Turn shown = turn(program, last.session, event, Tracing::on);
      for (const std::string& line : explain(program, shown.trace)) ADD_FAILURE() << line;
      return journal;
    }
    const std::string after = bytes_of(program, now.session);
    auto read = decode_session(program, before);
    if (!read) {
      ADD_FAILURE() << "bytes that do not read back";
      return journal;
    }
    const Turn again = turn(program, std::move(*read), event, Tracing::on);
    EXPECT_EQ(bytes_of(program, again.session), after);
    EXPECT_EQ(again.messages.size(), now.messages.size());
    (void)explain(program, again.trace);
    last = std::move(now);
  }
  end = bytes_of(program, last.session);
  return journal;
}

std::string replayed(const program::Program& program, const std::vector<std::string>& journal) {
  Session session = new_session(program, 0);
  for (const std::string& bytes : journal) {
    const auto event = decode_event(bytes);
    if (!event) return "an event that does not read back";
    session = turn(program, std::move(session), *event).session;
  }
  return bytes_of(program, session);
}

TEST(Machine, HoldsItsBoundsOnGeneratedPrograms) {
  for (std::uint64_t seed = 1; seed <= apps() && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto program = compiled(seed);
    if (!program) return;
    for (int i = 0; i < conversations_each && !HasFailure(); ++i) {
      std::string end;
      const auto journal = walk(*program, seed * 1'000 + static_cast<std::uint64_t>(i), end);
      EXPECT_EQ(replayed(*program, journal), end);
    }
  }
}

// Any bytes are refused or give a session that walks.
TEST(Machine, SurvivesGarbledSessions) {
  const auto program = compiled(7);
  ASSERT_TRUE(program);
  std::mt19937_64 random(1);
  tests::RandomEvents events(*program, 3);
  Turn last;
  last.session = new_session(*program, 0);
  for (int i = 0; i < 400; ++i) {
    last = turn(*program, std::move(last.session), events.next(last));
    std::string bytes = bytes_of(*program, last.session);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(decode_session(*program, std::string_view(bytes).substr(0, size)));
    }
    for (int flip = 0; flip < 20; ++flip) {
      std::string garbled = bytes;
      garbled[random() % garbled.size()] = static_cast<char>(random());
      auto session = decode_session(*program, garbled);
      if (session) (void)turn(*program, std::move(*session), events.next(last));
    }
  }
}

}  // namespace
}  // namespace alur::machine
