// Meta's question whether this is the webhook that was meant.
#include "adapters/whatsapp/handshake.hpp"

#include <gtest/gtest.h>

namespace alur::tests {
namespace {

const std::string token = "a b+c/d=e";

std::string answered(const std::string& query) {
  return adapters::answer_handshake(query, token).value_or("(refused)");
}

TEST(Handshake, TheChallengeComesBackByteForByte) {
  EXPECT_EQ(answered("hub.mode=subscribe&hub.challenge=1158201444&"
                     "hub.verify_token=a%20b%2Bc%2Fd%3De"),
            "1158201444");
  EXPECT_EQ(answered("hub.verify_token=a+b%2Bc/d%3de&x=y&hub%2Emode=subscribe&"
                     "hub.challenge=%3Cb%3E%00%ff"),
            std::string("<b>\0\xff", 5));
  EXPECT_EQ(answered("hub.mode=subscribe&hub.verify_token=a+b%2Bc/d%3De&hub.challenge="), "");
}

TEST(Handshake, EverythingElseIsRefused) {
  const std::string right = "hub.verify_token=a+b%2Bc/d%3De";
  const std::string queries[] = {
      std::string(),
      "hub.mode=subscribe&hub.challenge=1",
      "hub.mode=subscribe&" + right,
      right + "&hub.challenge=1",
      "hub.mode=unsubscribe&hub.challenge=1&" + right,
      "hub.mode=Subscribe&hub.challenge=1&" + right,
      std::string("hub.mode=subscribe&hub.challenge=1&hub.verify_token="),
      std::string("hub.mode=subscribe&hub.challenge=1&hub.verify_token"),
      std::string("hub.mode=subscribe&hub.challenge=1&hub.verify_token=a"),
      "hub.mode=subscribe&hub.challenge=1&" + right + "x",
      "hub.mode=subscribe&hub.challenge=1&" + right + "&" + right,
      "hub.mode=subscribe&hub.mode=subscribe&hub.challenge=1&" + right,
      "hub.mode=subscribe&hub.challenge=1&hub.challenge=2&" + right,
      "hub.mode=subscribe&hub.challenge=%g1&" + right,
      "hub.mode=subscribe&hub.challenge=%+1&" + right,
      "hub.mode=subscribe&" + right + "&hub.challenge=%4",
      "hub.mode=subscribe&" + right + "&hub.challenge=" + std::string(257, '1'),
      "hub_mode=subscribe&hub_challenge=1&" + right};
  for (const std::string& query : queries) {
    EXPECT_EQ(answered(query), "(refused)") << query;
  }
}

TEST(Handshake, WithoutATokenNobodyIsAnswered) {
  EXPECT_FALSE(
      adapters::answer_handshake("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", ""));
}

}  // namespace
}  // namespace alur::tests
