// What every adapter that speaks HTTP needs besides: queries, hosts on this machine, and what a
// request without an answer means.
#include <gtest/gtest.h>

#include "adapters/http/address_guard.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/send_result.hpp"

namespace alur::adapters {
namespace {

using Kind = ports::SendResult::Kind;

TEST(Query, IsDecoded) {
  EXPECT_EQ(query_value("a=1&to=%2B62%20x&b=", "to"), "+62 x");
  EXPECT_EQ(query_value("a=1&b=", "b"), "");
  EXPECT_EQ(query_value("aa=1", "a"), "");
  EXPECT_EQ(query_value("", "a"), "");
  EXPECT_EQ(query_value("a", "a"), "");
  EXPECT_EQ(query_value("a=1&a=2", "a"), "1");
  EXPECT_EQ(query_value("a=b=c", "a"), "b=c");
}

TEST(Query, ABlankIsAPlusAndWhatIsNoCodeStandsForItself) {
  EXPECT_EQ(query_value("a=x+y+", "a"), "x y ");
  EXPECT_EQ(query_value("a=%41%4a%4A", "a"), "AJJ");
  EXPECT_EQ(query_value("a=%00b", "a"), std::string("\0b", 2));
  for (const char* odd : {"%", "%4", "%zz", "%4z", "%-1", "%+1", "%%41"}) {
    const std::string wanted = std::string(odd) == "%%41" ? "%A" : odd[1] == '+' ? "% 1" : odd;
    EXPECT_EQ(query_value(std::string("a=") + odd, "a"), wanted) << odd;
  }
}

TEST(Loopback, IsThisMachineAndNothingThatLooksLikeIt) {
  for (const char* host : {"localhost", "127.0.0.1", "127.9.9.9", "::1"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
    EXPECT_TRUE(guard_for(host).allows("127.0.0.1")) << host;
  }
  for (const char* host :
       {"", "127.example.org", "127.1", "10.0.0.1", "8.8.8.8", "localhost.org", "::2", "0.0.0.0"}) {
    EXPECT_FALSE(is_loopback(host)) << host;
    EXPECT_FALSE(guard_for(host).allows("127.0.0.1")) << host;
  }
}

TEST(SendResult, WithoutAnAnswerIsToldByWhatMayHaveLeft) {
  const auto result = [](ports::Fault fault, bool written) {
    return result_without_answer("Far", HostOutcome{fault, written});
  };
  EXPECT_EQ(result(ports::Fault::timed_out, true).kind, Kind::unknown);
  EXPECT_EQ(result(ports::Fault::unavailable, true).kind, Kind::unknown);
  EXPECT_EQ(result(ports::Fault::unavailable, false).kind, Kind::retry);
  EXPECT_EQ(result(ports::Fault::refused, false).kind, Kind::paused);
  EXPECT_EQ(result(ports::Fault::refused, false).reason.substr(0, 5), "Far: ");
}

TEST(SendResult, RetryAfterIsSecondsUpToAnHour) {
  EXPECT_EQ(retry_after_ms("12"), 12'000);
  EXPECT_EQ(retry_after_ms("999999"), 3'600'000);
  for (const char* none :
       {"", "-1", "1.5", "12 ", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999"}) {
    EXPECT_EQ(retry_after_ms(none), 0) << none;
  }
}

}  // namespace
}  // namespace alur::adapters
