// Under which name connections are counted, and that places are given back.
#include "adapters/http/places.hpp"

#include <gtest/gtest.h>

namespace alur::tests {
namespace {

using namespace adapters;

TEST(Places, CountWhoeverHasOneAddressAsOne) {
  const std::pair<const char*, const char*> table[] = {
      {"198.51.100.7", "198.51.100.7"},
      {"::ffff:198.51.100.7", "198.51.100.7"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
      {"2001:db8:1:2::9", "2001:db8:1:2::/64"},
      {"2001:db8:1:3::9", "2001:db8:1:3::/64"},
      {"::1", "::/64"},
      {"198.51.100.7:443", ""},
      {"198.51.100.007", ""},
      {"unknown", ""},
      {"", ""},
  };
  for (const auto& [address, counted] : table) EXPECT_EQ(counted_as(address), counted) << address;
}

TEST(Places, BelieveTheLastThatIsForwarded) {
  const std::pair<const char*, const char*> table[] = {
      {"198.51.100.1", "198.51.100.1"},
      {"203.0.113.9, 198.51.100.1", "198.51.100.1"},
      {"203.0.113.9,\t198.51.100.1 ", "198.51.100.1"},
      {"198.51.100.1,", ""},
      {"", ""},
  };
  for (const auto& [header, last] : table) EXPECT_EQ(last_forwarded(header), last) << header;
}

TEST(Places, AreGivenBack) {
  const auto places = std::make_shared<Places>();
  ASSERT_TRUE(places->take("a", 2));
  {
    ASSERT_TRUE(places->take("a", 2));
    Place held(places, "a");
    const Place moved(std::move(held));
    EXPECT_FALSE(places->take("a", 2));
    EXPECT_TRUE(places->take("b", 1));
  }
  EXPECT_TRUE(places->take("a", 2));
  EXPECT_FALSE(places->take("a", 2));
}

}  // namespace
}  // namespace alur::tests
