// A covering set comes through everything that can be come through, in every language, and its
// chats pass.
#include "tools/explore/covering.hpp"

#include <gtest/gtest.h>

#include "tests/generated/random_app.hpp"
#include "tests/tools/explore/small_apps.hpp"
#include "tools/explore/play.hpp"

namespace alur::tests {
namespace {

TEST(Covering, NamesWhatNothingComesThrough) {
  const auto program = emitted(small_files({R"(flow: main
outcomes: [done]
states:
  start:
    - ask: Apa?
      into: what
    - if: what == "a" and what == "b"
      goto: never
    - goto: often
  never:
    - say: Tidak.
    - end: done
  often:
    - choose: Lalu?
      options:
        - label: Orang
          handoff: desk
        - label: Selesai
    - end: done
vars:
  what: text(1..80)
)"}));
  tools::Explorer explorer(*program, {});
  explorer.run();
  const tools::CoveringSet set = cover_all(program, explorer);
  ASSERT_EQ(set.missed.size(), 1u);
  EXPECT_EQ(describe(*program, set.missed.front().first), "state never  main.flow.yaml:10");
  EXPECT_TRUE(set.dropped.empty());
  ASSERT_EQ(set.chats.size(), 1u);
  EXPECT_LE(set.chats.front().size(), 4u);
}

TEST(Covering, ItsChatsReplay) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto program = emitted(random_app(seed));
    tools::ExploreBounds bounds;
    bounds.states_max = 1'500;
    tools::Explorer explorer(*program, bounds);
    explorer.run();
    const tools::CoveringSet set = cover_all(program, explorer);
    EXPECT_TRUE(set.dropped.empty()) << seed << ": " << set.dropped.front();
    for (const std::vector<std::string>& chats : set.chats) {
      EXPECT_FALSE(chats.empty()) << seed;
      for (const std::string& chat : chats) {
        EXPECT_EQ(tools::replay_fault(program, chat).value_or(""), "") << seed;
      }
    }
  }
}

}  // namespace
}  // namespace alur::tests
