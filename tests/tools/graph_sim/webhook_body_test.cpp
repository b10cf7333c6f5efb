#include "tools/graph_sim/webhook_body.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace alur::graph_sim {
namespace {

namespace json = boost::json;

TEST(WebhookBody, IsAsciiAndMeansTheSame) {
  const std::string text = R"({"a":"é ü 😀 "})";
  const std::string ascii = to_ascii(text);
  for (const char c : ascii) EXPECT_GT(c, 0);
  EXPECT_EQ(json::parse(ascii), json::parse(text));
  EXPECT_NE(ascii.find("\\ud83d\\ude00"), std::string::npos);
  EXPECT_NE(ascii.find("\\u00e9"), std::string::npos);
}

// RFC 4231, the second case.
TEST(WebhookBody, IsSignedWithHmacSha256) {
  EXPECT_EQ(signature_of("Jefe", "what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(WebhookBody, UpdatesOfOneNumberAndKindShareAChange) {
  const std::vector<SimNumber> numbers{
      {"1", "111", "A", "t"}, {"2", "222", "A", "t"}, {"3", "333", "B", "t"}};
  const json::object contact{{"wa_id", "62811"}};
  const std::string body =
      webhook_body(numbers, {{0, "messages", "messages", {{"id", "m1"}}, contact},
                             {1, "messages", "messages", {{"id", "m2"}}, {}},
                             {0, "messages", "statuses", {{"id", "s1"}}, {}},
                             {0, "messages", "messages", {{"id", "m3"}}, contact},
                             {2, "account_alerts", "", {{"alert", "x"}}, {}}});
  const json::value parsed = json::parse(body);
  EXPECT_EQ(parsed.at("object"), "whatsapp_business_account");
  const json::array& entries = parsed.at("entry").as_array();
  ASSERT_EQ(entries.size(), 2u);
  const json::array& changes = entries[0].at("changes").as_array();
  ASSERT_EQ(changes.size(), 3u);
  const json::value& first = changes[0].at("value");
  EXPECT_EQ(first.at("metadata").at("phone_number_id"), "1");
  EXPECT_EQ(first.at("contacts").as_array().size(), 1u);
  ASSERT_EQ(first.at("messages").as_array().size(), 2u);
  EXPECT_EQ(first.at("messages").as_array()[1].at("id"), "m3");
  EXPECT_EQ(changes[2].at("value").at("statuses").as_array()[0].at("id"), "s1");
  EXPECT_EQ(entries[1].at("changes").as_array()[0].at("field"), "account_alerts");
}

}  // namespace
}  // namespace alur::graph_sim
