#include "adapters/http/http_channel.hpp"

#include <gtest/gtest.h>

#include "adapters/http/wire.hpp"

namespace alur::adapters {
namespace {

using ports::SendResult;

struct Bench {
  HttpChannel channel{*program::find_channel("webchat")};
  std::vector<std::uint64_t> done;
  std::vector<SendResult::Kind> kinds;

  void send(std::uint64_t id, const std::string& address) {
    ports::Outgoing message;
    message.id = id;
    message.address = address;
    message.shown.text = "hello";
    channel.send(message, [this, id](SendResult result) {
      done.push_back(id);
      kinds.push_back(result.kind);
    });
  }
  std::vector<std::uint64_t> take(const std::string& address, std::size_t most,
                                  std::int64_t now = 1'000) {
    std::vector<std::uint64_t> ids;
    for (const auto& message : channel.take(address, most, now)) ids.push_back(message.id);
    return ids;
  }
};

using Ids = std::vector<std::uint64_t>;

TEST(HttpChannel, MessagesAreTakenInOrderAndOnce) {
  Bench bench;
  bench.send(1, "webchat:a");
  bench.send(2, "webchat:b");
  bench.send(3, "webchat:a");
  EXPECT_EQ(bench.take("webchat:a", 1), Ids{1});
  EXPECT_EQ(bench.take("", 10), (Ids{2, 3}));
  EXPECT_EQ(bench.take("", 10), Ids{});
  EXPECT_EQ(bench.take("webchat:a", 10), Ids{});
  EXPECT_TRUE(bench.done.empty());
}

TEST(HttpChannel, AMessageIsAcceptedWhenItWasAcknowledged) {
  Bench bench;
  bench.send(1, "webchat:a");
  bench.take("", 10);
  bench.channel.acknowledge({1, 1, 99});
  EXPECT_EQ(bench.done, Ids{1});
  EXPECT_EQ(bench.kinds, std::vector{SendResult::Kind::accepted});
}

TEST(HttpChannel, WhatWasNotAcknowledgedIsHandedOutAgainAndSaysSo) {
  Bench bench;
  bench.send(1, "webchat:a");
  bench.take("", 10, 1'000);
  bench.channel.expire(1'000 + HttpChannel::lease_ms - 1);
  EXPECT_EQ(bench.take("", 10), Ids{});
  bench.channel.expire(1'000 + HttpChannel::lease_ms);
  const auto again = bench.channel.take("webchat:a", 10, 40'000);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0].again);
}

TEST(HttpChannel, WhatNobodyFetchesForADayIsDropped) {
  Bench bench;
  bench.send(1, "webchat:a");
  bench.channel.expire(1'000);
  bench.channel.expire(1'000 + HttpChannel::kept_ms);
  EXPECT_EQ(bench.kinds, std::vector{SendResult::Kind::dropped});
  EXPECT_EQ(bench.take("", 10), Ids{});
}

TEST(HttpChannel, WhoeverWaitsIsWokenOnce) {
  Bench bench;
  int woken = 0;
  bench.channel.when_something([&] { ++woken; });
  EXPECT_EQ(woken, 0);
  bench.send(1, "webchat:a");
  bench.send(2, "webchat:a");
  EXPECT_EQ(woken, 1);
  bench.channel.when_something([&] { ++woken; });
  EXPECT_EQ(woken, 2);
}

// --- the JSON

TEST(HttpWire, AMessageIsRead) {
  std::string why;
  const auto text =
      decode_message(R"({"id": "m1", "from": "628", "text": "halo"})", "webchat", why);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->address, "webchat:628");
  EXPECT_EQ(text->input.text, "halo");
  const machine::Tap tap{7, 0x1234, 0};
  const auto tapped = decode_message(
      "{\"id\":\"m2\",\"from\":\"628\",\"tap\":\"" + machine::to_text(tap) + "\"}", "webchat", why);
  ASSERT_TRUE(tapped);
  EXPECT_EQ(tapped->input.kind, machine::Input::Kind::tap);
  EXPECT_EQ(tapped->input.tap, tap);
}

TEST(HttpWire, WhatIsNoMessageIsRefusedWithAReason) {
  const std::string wanted =
      "wanted: \"id\" and \"from\", of 1 to 128 bytes without blanks, and \"text\" or \"tap\"";
  const std::pair<std::string, std::string> cases[] = {
      {"", "the body is no JSON object"},
      {"[]", "the body is no JSON object"},
      {R"({"id": "m1", "from": "628", "text": "halo")", "the body is no JSON object"},
      {R"({"from": "628", "text": "halo"})", wanted},
      {R"({"id": 1, "from": "628", "text": "halo"})", wanted},
      {R"({"id": "", "from": "628", "text": "halo"})", wanted},
      {R"({"id": "m 1", "from": "628", "text": "halo"})", wanted},
      {R"({"id": "m1", "from": "628"})", wanted},
      {"{\"id\": \"" + std::string(129, 'x') + "\", \"from\": \"1\", \"text\": \"\"}", wanted},
      {std::string(100, '['), "the body is no JSON object"}};
  for (const auto& [body, reason] : cases) {
    std::string why;
    EXPECT_FALSE(decode_message(body, "webchat", why)) << body;
    EXPECT_EQ(why, reason) << body;
  }
}

TEST(HttpWire, ReceiptsAndAcknowledgements) {
  std::string why;
  const auto receipt = decode_receipt(R"({"id": "17", "state": "delivered"})", why);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->id, 17u);
  EXPECT_EQ(receipt->state, ports::Delivery::delivered);
  EXPECT_FALSE(decode_receipt(R"({"id": "17", "state": "pending"})", why));
  EXPECT_FALSE(decode_receipt(R"({"id": "x", "state": "read"})", why));
  EXPECT_EQ(decode_ids(R"({"ids": ["1", "2"]})", why), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_FALSE(decode_ids(R"({"ids": [1]})", why));
  EXPECT_EQ(split_ids("1,x,,22"), (std::vector<std::uint64_t>{1, 22}));
}

TEST(HttpWire, MessagesAreWritten) {
  ports::Outgoing message;
  message.id = 1'099'511'627'777;
  message.address = "webchat:628";
  message.shown.kind = machine::Shown::Kind::buttons;
  message.shown.text = "Which?";
  message.shown.choices = {{"1-2-3", "Yes", ""}, {"4-5-6", "No", "not at all"}};
  message.again = true;
  EXPECT_EQ(encode_messages({message}),
            R"({"messages":[{"id":"1099511627777","to":"628","kind":"buttons","text":"Which?",)"
            R"("choices":[{"tap":"1-2-3","label":"Yes"},)"
            R"({"tap":"4-5-6","label":"No","hint":"not at all"}],"again":true}]})");
}

}  // namespace
}  // namespace alur::adapters
