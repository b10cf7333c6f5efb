// The policy over every combination of facts.
#include "adapters/registry/decide.hpp"

#include <gtest/gtest.h>

namespace alur::registry {
namespace {

TEST(Decide, ReassuresOnlyForAnExactNameOrAnOwnLinkAlone) {
  for (std::uint32_t bits = 0; bits < 1u << fact_count; ++bits) {
    const Facts facts = Facts::from_bits(bits);
    if (decide(facts).outcome != Outcome::licensed) continue;
    const bool exact = facts.has(Fact::name_licensed) && !facts.has(Fact::name_former);
    const bool own = facts.has_all(Facts(Fact::id_licensed, Fact::id_alone)) &&
                     !facts.has_any(Facts(Fact::id_unknown, Fact::id_several));
    ASSERT_TRUE(exact || own) << to_text(facts);
    ASSERT_FALSE(
        facts.has_any(Facts(Fact::name_alert, Fact::id_alert, Fact::misused, Fact::no_list)))
        << to_text(facts);
  }
}

TEST(Decide, AWarningIsNeverKeptBack) {
  for (std::uint32_t bits = 0; bits < 1u << fact_count; ++bits) {
    const Facts facts = Facts::from_bits(bits);
    if (facts.has(Fact::no_list) || !facts.has_any(Facts(Fact::name_alert, Fact::id_alert))) {
      continue;
    }
    const Outcome outcome = decide(facts).outcome;
    ASSERT_TRUE(outcome == Outcome::alert || outcome == Outcome::both) << to_text(facts);
  }
}

TEST(Decide, EveryOutcomeCanBeReached) {
  std::uint32_t reached = 0;
  for (std::uint32_t bits = 0; bits < 1u << fact_count; ++bits) {
    reached |= 1u << static_cast<unsigned>(decide(Facts::from_bits(bits)).outcome);
  }
  EXPECT_EQ(reached, (1u << 9) - 1);
}

TEST(Decide, NamesOfOutcomesAreReadBack) {
  for (unsigned i = 0; i < 9; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(parse_outcome(to_text(outcome)), outcome);
  }
  EXPECT_FALSE(parse_outcome("maybe"));
}

}  // namespace
}  // namespace alur::registry
