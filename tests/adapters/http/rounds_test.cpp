// Asking a far side again and again: at once while it brings something, less and less while it
// fails, and never without a pause for nothing.
#include "adapters/http/rounds.hpp"

#include <gmock/gmock.h>

#include "tests/adapters/http/played_later.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using testing::ElementsAre;
using Kind = Round::Kind;

Round failed(std::int64_t after_ms = 0) {
  return {Kind::failed, ports::result_of(ports::SendResult::Kind::unknown, "HTTP 502", after_ms)};
}

TEST(PaceOfRounds, NothingIsFollowedBySomethingOnceASecondAtMost) {
  RoundPace pace;
  EXPECT_EQ(pace.after({Kind::brought, {}}, 1), 0);
  EXPECT_EQ(pace.after({Kind::nothing, {}}, 1), 999);
  EXPECT_EQ(pace.after({Kind::nothing, {}}, 25'000), 0);
}

TEST(PaceOfRounds, FailuresAreFollowedLaterAndLater) {
  RoundPace pace;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 8; ++i) waits.push_back(pace.after(failed(), 10));
  EXPECT_THAT(waits, ElementsAre(1'000, 2'000, 4'000, 8'000, 16'000, 32'000, 60'000, 60'000));
  EXPECT_EQ(pace.after(failed(35'000), 10), 35'000);
  EXPECT_EQ(pace.failures(), 9);
  pace.after({Kind::nothing, {}}, 10);
  EXPECT_EQ(pace.after(failed(), 10), 1'000);
}

class PlayedRounds : public testing::Test {
 protected:
  void start() {
    rounds.start([this](Rounds::Done done) {
      ++begun;
      waiting = std::move(done);
    });
    played.run_until(0);
  }
  void end(const Round& round) { std::exchange(waiting, nullptr)(round); }

  PlayedLater played;
  std::vector<std::string> told;
  Rounds rounds{played.later(), "them", [this](const std::string& line) { told.push_back(line); }};
  int begun = 0;
  Rounds::Done waiting;
};

TEST_F(PlayedRounds, TheNextBeginsWhenTheOneBeforeHasEnded) {
  start();
  played.run_until(100'000);
  EXPECT_EQ(begun, 1);
  end({Kind::brought, {}});
  played.run_until(100'000);
  EXPECT_EQ(begun, 2);
  end({Kind::over, {}});
  played.run_until(1'000'000);
  EXPECT_EQ(begun, 2);
}

TEST_F(PlayedRounds, TheFirstFailureInARowIsTold) {
  start();
  const auto end_and_wait = [&](const Round& round) {
    end(round);
    played.run_until(played.now_ms() + 60'000);
  };
  end_and_wait(failed());
  end_and_wait(failed());
  EXPECT_THAT(told, ElementsAre("them: HTTP 502"));
  end_and_wait({Kind::brought, {}});
  end_and_wait({Kind::nothing, {}});
  EXPECT_EQ(told.size(), 1u);
  end_and_wait(failed());
  EXPECT_THAT(told, ElementsAre("them: HTTP 502", "them: HTTP 502"));
  EXPECT_EQ(begun, 6);
}

}  // namespace
}  // namespace alur::tests
