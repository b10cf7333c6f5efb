// What follows from each frame of a socket.
#include "adapters/webchat/visit.hpp"

#include <gtest/gtest.h>

namespace alur::tests {
namespace {

using namespace adapters;

constexpr std::int64_t now = 1'780'000'000'000;
constexpr const char* first_hello = R"({"type":"hello","v":1,"last":"0"})";

class Visits : public testing::Test {
 protected:
  Visit visit() const { return Visit(tokens_, "webchat"); }
  // Greeted with a token of this age.
  static std::string hello(const std::string& token, const std::string& last) {
    return R"({"type":"hello","v":1,"token":")" + token + R"(","last":")" + last + R"("})";
  }
  static std::string message(int number) {
    return R"({"type":"message","id":"b-)" + std::to_string(number) + R"(","text":"halo"})";
  }

  Tokens tokens_{TokenKey{}, 1};
};

void expect_end(const Visit::Step& step, CloseCode code, const std::string& reason) {
  ASSERT_TRUE(step.end) << reason;
  EXPECT_EQ(step.end->code, code);
  EXPECT_EQ(step.end->reason, reason);
  EXPECT_EQ(step.replies, std::vector<std::string>{encode_bye(reason)});
  EXPECT_FALSE(step.inbound || step.attach || step.acknowledged);
}

TEST_F(Visits, SomebodyNewGetsATokenThatIsGoodTheNextTime) {
  Visit first = visit();
  const Visit::Step step = first.take(first_hello, true, now);
  EXPECT_FALSE(step.end);
  EXPECT_EQ(step.attach, 0u);
  ASSERT_EQ(step.replies.size(), 1u);
  const std::size_t at = step.replies[0].find("\"token\":\"") + 9;
  const std::string token = step.replies[0].substr(at, step.replies[0].find('"', at) - at);
  EXPECT_EQ(step.replies[0], encode_welcome(token, true));
  Visit second = visit();
  const Visit::Step again = second.take(hello(token, "17"), true, now + 1'000);
  EXPECT_EQ(again.replies, std::vector<std::string>{encode_welcome(token, false)});
  EXPECT_EQ(again.attach, 17u);
  EXPECT_EQ(second.address(), first.address());
  EXPECT_EQ(first.address().substr(0, 8), "webchat:");
}

TEST_F(Visits, WhoShowsAForgedTokenIsSomebodyNewAndHasNothing) {
  const Token token = tokens_.make_fresh(now / 1'000);
  std::string forged = tokens_.encode(token);
  forged[5] = forged[5] == 'A' ? 'B' : 'A';
  Visit one = visit();
  const Visit::Step step = one.take(hello(forged, "17"), true, now);
  EXPECT_EQ(step.attach, 0u);
  EXPECT_NE(step.replies[0].find("\"fresh\":true"), std::string::npos);
  EXPECT_NE(one.address(), "webchat:" + token.citizen);
  EXPECT_NE(one.address(), "webchat:" + forged.substr(2, 22));
}

TEST_F(Visits, ATokenThatIsInUseIsRenewed) {
  const Token token = tokens_.make_fresh(now / 1'000 - Tokens::renewed_seconds);
  Visit one = visit();
  const Visit::Step step = one.take(hello(tokens_.encode(token), "0"), true, now);
  const Token renewed{token.citizen, now / 1'000};
  EXPECT_EQ(step.replies, std::vector<std::string>{encode_welcome(tokens_.encode(renewed), false)});
}

TEST_F(Visits, AHelloComesFirstAndOnce) {
  for (const std::string& frame : {message(1), std::string(R"({"type":"ping"})"),
                                   std::string(R"({"type":"ack","last":"1"})")}) {
    Visit one = visit();
    expect_end(one.take(frame, true, now), CloseCode::policy, "one hello, first of all");
    EXPECT_EQ(one.address(), "");
  }
  Visit one = visit();
  EXPECT_FALSE(one.take(first_hello, true, now).end);
  expect_end(one.take(first_hello, true, now), CloseCode::policy, "one hello, first of all");
}

TEST_F(Visits, WhatComesAfterwards) {
  Visit one = visit();
  one.take(first_hello, true, now);
  const Visit::Step said = one.take(message(1), true, now);
  ASSERT_TRUE(said.inbound);
  EXPECT_EQ(said.inbound->id, "b-1");
  EXPECT_EQ(said.inbound->address, one.address());
  EXPECT_EQ(said.inbound->input.text, "halo");
  EXPECT_TRUE(said.replies.empty());  // its verdict comes later
  EXPECT_EQ(one.take(R"({"type":"ack","last":"17"})", true, now).acknowledged, 17u);
  EXPECT_EQ(one.take(R"({"type":"ping"})", true, now).replies,
            std::vector<std::string>{encode_pong()});
}

TEST_F(Visits, GarbageEndsIt) {
  Visit bytes = visit();
  expect_end(bytes.take("\x01\x02", false, now), CloseCode::no_text, "frames are text here");
  Visit text = visit();
  expect_end(text.take("hello", true, now), CloseCode::policy,
             "the frame is no JSON object with a \"type\"");
}

TEST_F(Visits, MessagesBeyondTheAllowanceAreToComeLater) {
  Visit one = visit();
  one.take(first_hello, true, now);
  int number = 0;
  for (; number < Visit::messages_at_once; ++number) {
    ASSERT_TRUE(one.take(message(number), true, now).inbound) << number;
  }
  const Visit::Step step = one.take(message(number), true, now);
  EXPECT_FALSE(step.inbound || step.end);
  EXPECT_EQ(step.replies, std::vector<std::string>{encode_ack("b-20", ports::Verdict::overloaded)});
  EXPECT_FALSE(one.take(message(number), true, now + 400).inbound);
  EXPECT_TRUE(one.take(message(number), true, now + 500).inbound);
  EXPECT_FALSE(one.take(message(number), true, now + 500).inbound);
}

TEST_F(Visits, AFloodEndsIt) {
  Visit one = visit();
  one.take(first_hello, true, now);
  for (int i = 1; i < Visit::frames_at_once; ++i) {
    ASSERT_FALSE(one.take(R"({"type":"ping"})", true, now).end) << i;
  }
  expect_end(one.take(R"({"type":"ping"})", true, now), CloseCode::policy, "too many frames");
  // As fast as is allowed it may go on for ever.
  Visit other = visit();
  other.take(first_hello, true, now);
  for (int i = 1; i < 10'000; ++i) {
    ASSERT_FALSE(other.take(R"({"type":"ping"})", true, now + i * 50).end) << i;
  }
}

}  // namespace
}  // namespace alur::tests
