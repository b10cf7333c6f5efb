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

// On one channel and the other, for they show pages differently.
Session begun(const program::Program& program, std::uint64_t seed) {
  return new_session(program, static_cast<Index>(seed % program.app().channels.size()));
}

// One conversation; its events as bytes.
std::vector<std::string> walk(const program::Program& program, std::uint64_t seed,
                              std::string& end) {
  tests::RandomEvents events(program, seed);
  std::vector<std::string> journal;
  Turn last;
  last.session = begun(program, seed);
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

std::string replayed(const program::Program& program, std::uint64_t seed,
                     const std::vector<std::string>& journal) {
  Session session = begun(program, seed);
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
      const std::uint64_t walked = seed * 1'000 + static_cast<std::uint64_t>(i);
      const auto journal = walk(*program, walked, end);
      EXPECT_EQ(replayed(*program, walked, journal), end);
    }
  }
}

// One question with so many options, in pages where they do not fit.
std::shared_ptr<const program::Program> with_options(int count) {
  std::string flow =
      "flow: top\nstates:\n  start:\n    - choose: {id: Mana, en: Which}\n"
      "      overflow: page\n      options:\n";
  for (int i = 1; i <= count; ++i) {
    const std::string label = "Number " + std::to_string(i);
    flow += "        - label: {id: " + label + ", en: " + label + "}\n";
  }
  flow += "    - stop: true\n";
  const std::string app =
      "app: pages\nlanguages: [id, en]\ntimezone: Asia/Jakarta\nstart: top\n"
      "channels: [console, whatsapp]\n";
  const dsl::Compilation result =
      dsl::compile({{"app.yaml", "app.yaml", app}, {"top.flow.yaml", "top.flow.yaml", flow}}, 1);
  EXPECT_TRUE(result.program) << dsl::render_text(*result.sources, result.findings);
  return result.program;
}

constexpr Index whatsapp_channel = 1;

Session asked(const program::Program& program) {
  return turn(program, new_session(program, whatsapp_channel), heard_text({1'000'000}, "hi"))
      .session;
}

// By taps and by words alike each option is shown once on the way from the first page to the last,
// on pages that the channel holds, and nothing of it stays in the session once it is answered.
TEST(Machine, ShowsEveryOptionByTurningPages) {
  const std::size_t rows = program::find_channel("whatsapp")->list_rows_max;
  for (int count = 1; count <= 45; ++count) {
    SCOPED_TRACE(count);
    const auto program = with_options(count);
    ASSERT_TRUE(program);
    Turn now =
        turn(*program, new_session(*program, whatsapp_channel), heard_text({1'000'000}, "hi"));
    for (int shown = 0, page = 0; true; ++page) {
      ASSERT_EQ(now.messages.size(), 1u);
      const Message& message = now.messages.front();
      ASSERT_LE(message.choices.size(), rows);
      EXPECT_EQ(now.session.page, page);
      EXPECT_EQ(now.session.attempts, 0);
      const Choice last = message.choices.back();
      const bool more = last.tap.option == page_key;
      for (std::size_t i = 0; i + (more ? 1 : 0) < message.choices.size(); ++i) {
        ++shown;
        EXPECT_EQ(message.choices[i].label, "Number " + std::to_string(shown));
        EXPECT_EQ(number_of(message, i), static_cast<std::size_t>(shown));
      }
      if (!more) {
        EXPECT_EQ(shown, count);
        break;
      }
      const Event event = page % 2 == 0 ? heard_tap({1'000'000}, last.tap, last.label)
                                        : heard_text({1'000'000}, last.label);
      auto read = decode_session(*program, bytes_of(*program, now.session));
      ASSERT_TRUE(read);
      now = turn(*program, std::move(*read), event);
    }
    const Turn answered = turn(*program, now.session, heard_text({1'000'000}, "number 1"));
    EXPECT_EQ(answered.session.page, 0);
    EXPECT_FALSE(answered.session.active());
  }
}

// A page is one byte, on the first page none; a session that rests on a page which another version
// of the app no longer has shows the first.
TEST(Machine, PagesOutliveAVersion) {
  const auto many = with_options(30);
  const auto few = with_options(12);
  const auto all = with_options(5);
  ASSERT_TRUE(many && few && all);
  Session session = asked(*many);
  const std::size_t size = bytes_of(*many, session).size();
  for (int turned = 1; turned <= 3; ++turned) {
    session = turn(*many, std::move(session), heard_text({1'000'000}, "more")).session;
    EXPECT_EQ(bytes_of(*many, session).size(), size + 1);
  }
  EXPECT_EQ(session.page, 3);
  const Event odd = heard_text({1'000'000}, "qqq zzz");
  for (const auto& program : {few, all}) {
    auto read = decode_session(*program, bytes_of(*many, session));
    ASSERT_TRUE(read);
    const Turn again = turn(*program, std::move(*read), odd);
    ASSERT_FALSE(again.messages.empty());
    EXPECT_EQ(again.messages.back().choices.front().label, "Number 1");
  }
}

// Any bytes are refused or give a session that walks.
TEST(Machine, SurvivesGarbledSessions) {
  const auto program = compiled(7);
  ASSERT_TRUE(program);
  std::mt19937_64 random(1);
  tests::RandomEvents events(*program, 3);
  Turn last;
  last.session = new_session(*program, whatsapp_channel);
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
