// What the end of a request means for the message that it bore, and what others have written.
#include "adapters/http/send_result.hpp"

#include <gtest/gtest.h>

#include "adapters/http/base64url.hpp"
#include "adapters/http/json_text.hpp"
#include "adapters/http/whole_number.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using Kind = ports::SendResult::Kind;

TEST(ResultOf, AStatusAlone) {
  for (const auto& [status, kind] : {std::pair{302, Kind::paused},
                                     {400, Kind::dropped},
                                     {401, Kind::paused},
                                     {403, Kind::paused},
                                     {404, Kind::paused},
                                     {408, Kind::retry},
                                     {413, Kind::dropped},
                                     {425, Kind::retry},
                                     {429, Kind::wait_number},
                                     {500, Kind::unknown},
                                     {502, Kind::unknown},
                                     {503, Kind::retry},
                                     {504, Kind::unknown}}) {
    EXPECT_EQ(result_of_status(status).kind, kind) << status;
  }
  const auto result = result_of_status(429, 3'000);
  EXPECT_EQ(result.reason, "HTTP 429");
  EXPECT_EQ(result.after_ms, 3'000);
}

TEST(RetryAfter, OfANumberIsAnHourAtMost) {
  EXPECT_EQ(retry_after_ms(std::int64_t{17}), 17'000);
  EXPECT_EQ(retry_after_ms(std::int64_t{1} << 62), 3'600'000);
  EXPECT_EQ(retry_after_ms(std::int64_t{-1}), 0);
}

TEST(WholeNumber, IsDigitsAndNothingElse) {
  EXPECT_EQ(parse_whole<std::int64_t>("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(parse_whole<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  for (const char* none : {"", "-", "+1", " 1", "1 ", "0x1", "1.0", "9223372036854775808"}) {
    EXPECT_FALSE(parse_whole<std::int64_t>(none)) << none;
  }
  EXPECT_FALSE(parse_whole<std::uint64_t>("-1"));
  EXPECT_FALSE(parse_whole<std::uint64_t>("18446744073709551616"));
}

TEST(Base64url, IsItsLettersOnly) {
  EXPECT_TRUE(is_base64url("AZaz09-_"));
  EXPECT_TRUE(is_base64url(""));
  for (const char* none : {"a/b", "a+b", "a=", "a b", "\xc3\xa4"}) EXPECT_FALSE(is_base64url(none));
}

TEST(PlaceIn, IsOnTheEarth) {
  const auto read = [](const char* text) { return place_in(parse_json(text, 4)->get_object()); };
  const auto place = read(R"({"latitude":-6.175,"longitude":"106.827"})");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->kind, value::MediaKind::location);
  EXPECT_EQ(place->latitude, *value::Decimal::parse("-6.175"));
  EXPECT_EQ(place->longitude, *value::Decimal::parse("106.827"));
  for (const char* none :
       {"{}", R"({"latitude":1})", R"({"latitude":91,"longitude":0})",
        R"({"latitude":0,"longitude":-180.5})", R"({"latitude":"x","longitude":0})",
        R"({"latitude":[1],"longitude":0})", R"({"latitude":1e300,"longitude":0})"}) {
    EXPECT_FALSE(read(none)) << none;
  }
}

}  // namespace
}  // namespace alur::tests
