// What shows a citizen that they were heard: once for a burst, as long as they wait, and no longer.
#include "adapters/http/nods.hpp"

#include <gmock/gmock.h>

#include "tests/adapters/http/played_later.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using testing::ElementsAre;
using testing::IsEmpty;

class ShownNods : public testing::Test {
 protected:
  Nods make(NodPace pace) {
    return {played.later(),
            [this](const Nod& nod) {
              shown.push_back(std::to_string(played.now_ms()) + " " + nod.address + " " +
                              nod.message_id + (nod.answered ? " answered" : ""));
            },
            pace};
  }

  PlayedLater played;
  std::vector<std::string> shown;
};

TEST_F(ShownNods, OneStandsForABurst) {
  Nods nods(make({}));
  nods.heard("a", "1");
  played.run_until(300);
  nods.heard("a", "2");
  nods.heard("b", "3");
  played.run_until(5'000);
  EXPECT_THAT(shown, ElementsAre("700 a 2", "1000 b 3"));
}

TEST_F(ShownNods, AnAnswerInTimeNeedsNoDotsBeforeIt) {
  Nods nods(make({3, 4'000}));
  nods.heard("a", "1");
  nods.answered("a");
  nods.answered("nobody");
  played.run_until(20'000);
  EXPECT_THAT(shown, ElementsAre("700 a 1 answered"));
}

TEST_F(ShownNods, WhoWaitsLongSeesThemAgainButNotForEver) {
  Nods nods(make({3, 4'000}));
  nods.heard("a", "1");
  played.run_until(60'000);
  EXPECT_THAT(shown, ElementsAre("700 a 1", "4700 a 1", "8700 a 1"));
}

TEST_F(ShownNods, TheyEndWithTheAnswerAndBeginWithTheNextMessage) {
  Nods nods(make({3, 4'000}));
  nods.heard("a", "1");
  played.run_until(1'000);
  nods.answered("a");
  played.run_until(2'000);
  nods.heard("a", "2");
  played.run_until(6'000);
  EXPECT_THAT(shown, ElementsAre("700 a 1", "2700 a 2"));
}

TEST_F(ShownNods, BeyondSoManyCitizensThereAreNone) {
  Nods nods(make({}));
  for (std::size_t i = 0; i < Nods::citizens_max; ++i) nods.heard(std::to_string(i), "");
  played.run_until(100);
  nods.heard("one more", "");
  played.run_until(10'000);
  EXPECT_EQ(shown.size(), Nods::citizens_max);
  nods.heard("one more", "");
  played.run_until(20'000);
  EXPECT_EQ(shown.size(), Nods::citizens_max + 1);
}

}  // namespace
}  // namespace alur::tests
