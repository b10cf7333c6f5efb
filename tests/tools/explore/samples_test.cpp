#include "tools/explore/samples.hpp"

#include <gtest/gtest.h>

#include <re2/re2.h>

#include <set>

#include "engine/value/reading.hpp"
#include "tests/tools/explore/small_apps.hpp"
#include "tools/explore/pattern_sample.hpp"

namespace alur::tests {
namespace {

TEST(PatternSample, MatchesThePattern) {
  for (const std::string_view pattern :
       {"abc", "(?i)(.* )?(slik|idebku)( .*)?", "[A-Z]{2}\\d{4}", "a+b*c?", "x|y|z", "\\.\\d\\d",
        "(?P<year>20\\d\\d)-(0[1-9]|1[0-2])", "[^abc]", "(ab){3,5}", ".{5}", "\\w+@\\w+"}) {
    const auto sample = tools::pattern_sample(pattern);
    ASSERT_TRUE(sample) << pattern;
    EXPECT_TRUE(re2::RE2::FullMatch(*sample, re2::RE2(std::string(pattern)))) << *sample;
  }
  EXPECT_FALSE(tools::pattern_sample("(unclosed"));
}

class Samples : public testing::Test {
 protected:
  Samples()
      : program_(emitted(small_files({R"(flow: main
outcomes: [done]
vars:
  amount: integer(1..1000)
  code: text(2..40)
  thing: item
states:
  start:
    - ask: Berapa?
      into: amount
    - ask: Apa?
      into: code
    - if: amount > 500 or matches(code, "K\\d{3}") or code == "rahasia"
      goto: start
    - call: shop.find(name = code)
      outcomes:
        found(thing): next
        several: start
        nothing: start
        unavailable: start
    - match: thing.kind
      cases:
        old: start
        new: next
    - end: done
)"}))),
        observed_(*program_) {}

  tools::SampleScene scene() const {
    return {*program_, observed_, 0, program_->zone().to_instant({{20'000}, {36'000}})};
  }
  static value::Type bounded(value::TypeKind kind, std::int64_t low, std::int64_t high) {
    value::Type type = value::plain_type(kind);
    type.low = low;
    type.high = high;
    return type;
  }

  std::shared_ptr<const program::Program> program_;
  tools::Observed observed_;
};

TEST_F(Samples, OfANumberStandOnBothSidesOfEachBound) {
  const auto typed = tools::typed_samples(bounded(value::TypeKind::integer, 1, 1'000), scene());
  const std::set<std::string> all(typed.begin(), typed.end());
  for (const char* wanted : {"1", "1000", "500", "499", "501", "0", "1001", "1,5", "zzz qqq"}) {
    EXPECT_TRUE(all.contains(wanted)) << wanted;
  }
}

TEST_F(Samples, OfATextMatchWhatGuardsLookFor) {
  const value::Type type = bounded(value::TypeKind::text, 2, 40);
  const auto typed = tools::typed_samples(type, scene());
  const std::set<std::string> all(typed.begin(), typed.end());
  EXPECT_TRUE(all.contains("rahasia"));
  EXPECT_TRUE(all.contains("K777"));
  std::set<value::Mismatch> reasons;
  for (const std::string& words : typed) {
    const auto reading = value::read_typed(words, type, {"id", program_->zone(), scene().now});
    if (!reading.ok()) reasons.insert(reading.mismatch());
  }
  EXPECT_EQ(reasons,
            (std::set<value::Mismatch>{value::Mismatch::too_short, value::Mismatch::too_long}));
}

TEST_F(Samples, OfAPayloadAreOfItsTypeAndShowEveryMemberThatAGuardLooksAt) {
  const program::Service& service = program_->app().services.front();
  const value::Type& item = *service.outcomes[0].payload;
  std::set<std::string> kinds;
  for (const value::Value& value : tools::payload_samples(item, scene())) {
    EXPECT_EQ(value::conforms(value, item).value_or(""), "");
    kinds.insert(value.record().find(value::name_key("kind"))->choice_name());
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"old", "new"}));
  std::set<std::size_t> sizes;
  const value::Type& list = *service.outcomes[1].payload;
  for (const value::Value& value : tools::payload_samples(list, scene())) {
    EXPECT_EQ(value::conforms(value, list).value_or(""), "");
    sizes.insert(value.list().items.size());
  }
  EXPECT_EQ(sizes, (std::set<std::size_t>{0, 2, 3}));
}

}  // namespace
}  // namespace alur::tests
