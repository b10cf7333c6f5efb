#include <gtest/gtest.h>

#include "tests/dsl/yaml/reading.hpp"

namespace alur::dsl {
namespace {

TEST(WordTraps, booleans_are_bare_words_of_other_readers) {
  for (const char* const yaml : {"no", "Yes", "ON", "off", "y", "N"}) {
    EXPECT_TRUE(looks_like_boolean_trap(Reading(yaml).root())) << yaml;
  }
  for (const char* const yaml : {"'no'", "true", "nona", "\"yes\"", "~", "[no]"}) {
    EXPECT_FALSE(looks_like_boolean_trap(Reading(yaml).root())) << yaml;
  }
}

TEST(WordTraps, numbers_that_begin_with_nought) {
  for (const char* const yaml : {"0812", "00", "081234567890"}) {
    EXPECT_TRUE(looks_like_number_trap(Reading(yaml).root())) << yaml;
  }
  for (const char* const yaml : {"0", "812", "'0812'", "0812-3456", "0.5", "08:00"}) {
    EXPECT_FALSE(looks_like_number_trap(Reading(yaml).root())) << yaml;
  }
}

TEST(WordTraps, keys_without_a_space) {
  EXPECT_TRUE(looks_like_missing_space(*Reading("- goto:menu").root().items().data()));
  for (const char* const yaml :
       {"- goto", "- 08:00", "- a b:c", "- https://ojk.go.id", "- 'a:b'"}) {
    EXPECT_FALSE(looks_like_missing_space(*Reading(yaml).root().items().data())) << yaml;
  }
}

}  // namespace
}  // namespace alur::dsl
