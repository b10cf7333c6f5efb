// Messages through a Graph API on loopback that does what the real one does on its worst days.
#include "adapters/whatsapp/whatsapp_channel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <set>

#include "adapters/whatsapp/classify.hpp"
#include "tests/adapters/whatsapp/channel_bench.hpp"
#include "tests/adapters/whatsapp/fake_graph.hpp"
#include "tests/loopback.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;

GraphSettings impatient() {
  GraphSettings graph;
  graph.send_ms_max = 2'000;  // a message leaves sooner, whatever else the machine does
  return graph;
}

// --- what is asked

TEST(WhatsAppChannel, AMessageIsOneRequestInTheNameOfItsNumber) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto channel = open(graph.url());
  EXPECT_EQ(send(*channel).kind, Kind::accepted);
  EXPECT_EQ(send(*channel, text_to("whatsapp:1002/ID.7a", 18)).kind, Kind::accepted);
  const auto requests = graph.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].target, "/v25.0/1001/messages");
  EXPECT_NE(requests[0].head.find("Authorization: Bearer EAAGsecret\r\n"), std::string::npos);
  EXPECT_NE(requests[0].head.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_EQ(requests[0].body,
            R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+628111",)"
            R"("type":"text","text":{"body":"halo"},"biz_opaque_callback_data":"17"})");
  EXPECT_EQ(requests[1].target, "/v25.0/1002/messages");
  EXPECT_NE(requests[1].head.find("Bearer EAAGother\r\n"), std::string::npos);
  EXPECT_NE(requests[1].body.find(R"("recipient":"ID.7a")"), std::string::npos);
  EXPECT_EQ(graph.connections(), 1);  // which was kept
}

TEST(WhatsAppChannel, AReplyBearsTheMessageThatItAnswers) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto channel = open(graph.url());
  ports::Outgoing reply = text_to(to_budi);
  reply.shown.reply_to = "wamid.HBgLA==";
  EXPECT_EQ(send(*channel, reply).kind, Kind::accepted);
  ASSERT_EQ(graph.requests().size(), 1u);
  EXPECT_NE(graph.requests()[0].body.find(R"("context":{"message_id":"wamid.HBgLA=="})"),
            std::string::npos)
      << graph.requests()[0].body;
}

TEST(WhatsAppChannel, AnAddressThatNoNumberReachesIsGivenUp) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto channel = open(graph.url());
  for (const std::string address :
       {"whatsapp:1003/628111", "whatsapp:1001/x", "webchat:1001/628111", ""}) {
    EXPECT_EQ(send(*channel, text_to(address)).kind, Kind::dropped) << address;
  }
  EXPECT_FALSE(channel->sender_of("whatsapp:1003/628111"));
  EXPECT_FALSE(channel->sender_of("webchat:1001/628111"));
  EXPECT_EQ(channel->sender_of("whatsapp:1001/628111~2"), 0u);
  EXPECT_TRUE(graph.requests().empty());
}

TEST(WhatsAppChannel, EachNumberHasAPaceOfItsOwn) {
  const auto channel = open("http://127.0.0.1:1");
  const auto senders = channel->senders();
  ASSERT_EQ(senders.size(), 2u);
  EXPECT_EQ(senders[0].name, "1001");
  EXPECT_EQ(senders[0].pace.number_rate, 80);
  EXPECT_EQ(senders[1].pace.number_rate, 20);
  EXPECT_EQ(senders[1].pace.pair_burst, 45);
  EXPECT_NEAR(senders[1].pace.pair_rate, 1.0 / 6, 1e-9);
  EXPECT_EQ(channel->sender_of("whatsapp:1002/628111"), 1u);
}

TEST(WhatsAppChannel, TokensGoNowhereInTheClear) {
  std::string error;
  EXPECT_FALSE(WhatsAppChannel::open(settings_for("http://graph.example"), {}, {}, error));
  EXPECT_EQ(error, "http://graph.example: https is wanted: it would carry tokens for all to read");
  EXPECT_FALSE(WhatsAppChannel::open(settings_for("graph.example"), {}, {}, error));
}

TEST(WhatsAppChannel, ManyAtOnceShareAFewConnections) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto channel = open(graph.url());
  std::vector<std::future<SendResult>> results;
  for (std::uint64_t id = 1; id <= 500; ++id) {
    results.push_back(begin(*channel, text_to("whatsapp:1001/62811" + std::to_string(id), id)));
  }
  for (auto& one : results) EXPECT_EQ(one.get().kind, Kind::accepted);
  EXPECT_LE(graph.connections(), 64);
  std::set<std::string> ids;
  for (const auto& request : graph.requests()) {
    ids.insert(std::string(json::parse(request.body).at("biz_opaque_callback_data").as_string()));
  }
  EXPECT_EQ(ids.size(), 500u);
}

// --- what is answered

TEST(WhatsAppChannel, EveryErrorOfTheTableComesBackAsItSays) {
  std::atomic<int> code = 0;
  std::atomic<int> status = 0;
  FakeGraph graph([&](const auto&) { return error_reply(status, code); });
  for (const GraphError& error : graph_errors()) {
    const auto channel = open(graph.url());  // a new one: its breaker knows of none before
    code = error.last;
    status = error.http == 0 ? 400 : error.http;
    const SendResult result = send(*channel);
    const SendResult expected = classify_code(code, status);
    EXPECT_EQ(result.kind, expected.kind) << code;
    EXPECT_EQ(result.after_ms, error.after_ms) << code;
    EXPECT_EQ(result.tries_max, error.tries) << code;
    EXPECT_EQ(result.reason,
              std::to_string(code) + ": " + std::string(error.meaning) + " (trace AbC-1_2)");
  }
}

TEST(WhatsAppChannel, RetryAfterIsHonoured) {
  FakeGraph graph([](const auto&) { return json_reply(429, "{}", "Retry-After: 9\r\n"); });
  const SendResult result = send(*open(graph.url()));
  EXPECT_EQ(result.kind, Kind::wait_number);
  EXPECT_EQ(result.after_ms, 9'000);
}

// --- bad days

TEST(WhatsAppChannel, WhenNobodyListensItIsTriedAgain) {
  const DeafPort deaf;
  const SendResult result = send(*open("http://127.0.0.1:" + std::to_string(deaf.port())));
  EXPECT_EQ(result.kind, Kind::retry);
  EXPECT_EQ(result.reason, "the Graph API: unavailable");
}

TEST(WhatsAppChannel, WhatHadLeftWhenTheAnswerStayedAwayIsUnknownAndNotSentTwice) {
  FakeGraph graph([](const auto&) {
    FakeGraph::Reply reply;
    reply.hangs = true;
    return reply;
  });
  const auto channel = open(graph.url(), impatient());
  const SendResult result = send(*channel);
  EXPECT_EQ(result.kind, Kind::unknown);
  EXPECT_EQ(result.reason, "the Graph API: timed out, after the message had left");
  EXPECT_EQ(graph.requests().size(), 1u);
}

TEST(WhatsAppChannel, AnswersThatAreNoneAreUnknown) {
  const FakeGraph::Reply replies[] = {
      {.bytes = "", .closes = true},
      {.bytes = "garbage\r\n\r\n", .closes = true},
      {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", .closes = true},
      {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", .hangs = true},
      {.bytes = "HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x'), .hangs = true},
      {.bytes = "HTTP/1.1 100 Continue\r\n\r\n", .hangs = true},
      {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .hangs = true},
      {.bytes = "\x16\x03\x01\x02", .hangs = true},
      {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"}};
  for (const FakeGraph::Reply& reply : replies) {
    FakeGraph graph([&](const auto&) { return reply; });
    EXPECT_EQ(send(*open(graph.url(), impatient())).kind, Kind::unknown)
        << reply.bytes.substr(0, 60);
  }
}

TEST(WhatsAppChannel, ASlowOrEndlessAnswerIsNotWaitedFor) {
  FakeGraph drip([](const auto&) {
    FakeGraph::Reply reply = taken_reply();
    reply.drip_ms = 50;
    return reply;
  });
  EXPECT_EQ(send(*open(drip.url(), impatient())).kind, Kind::unknown);
  FakeGraph endless([](const auto&) {
    FakeGraph::Reply reply;
    reply.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" +
                  std::string(4'096, 'x') + "\r\n";
    reply.endless = true;
    return reply;
  });
  EXPECT_EQ(send(*open(endless.url(), impatient())).kind, Kind::unknown);
}

TEST(WhatsAppChannel, AConnectionThatTheHostHasClosedIsNotWrittenInto) {
  FakeGraph graph([](const auto&) {
    FakeGraph::Reply reply = taken_reply();
    reply.closes = true;  // and says nothing of it
    return reply;
  });
  const auto channel = open(graph.url());
  for (int i = 0; i < 20; ++i) {
    const SendResult result = send(*channel);
    // Where its end came on the very way, nobody knows.
    EXPECT_TRUE(result.kind == Kind::accepted || result.kind == Kind::unknown) << result.reason;
  }
  EXPECT_GT(graph.connections(), 10);
}

TEST(WhatsAppChannel, AHostThatKeepsFailingIsLeftAloneAndTheQueueStands) {
  std::atomic<bool> well = false;
  FakeGraph graph([&](const auto&) { return well ? taken_reply() : json_reply(503, "<html>"); });
  GraphSettings settings;
  settings.breaker_ms = 60'000;
  const auto channel = open(graph.url(), settings);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(*channel).kind, Kind::retry);
  const SendResult result = send(*channel);
  EXPECT_EQ(result.kind, Kind::paused);
  EXPECT_EQ(result.after_ms, 60'000);
  EXPECT_EQ(result.reason, "127.0.0.1 keeps failing");
  EXPECT_EQ(graph.requests().size(), 5u);
}

// --- the window of 24 hours

constexpr std::int64_t now_ms = 1'800'000'000'000;
constexpr std::int64_t day_ms = 24 * 3'600'000;

WhatsAppParts reached(Result<WhatsAppReach> reach) {
  WhatsAppParts parts;
  parts.reach = [reach](const std::string&) { return reach; };
  parts.now_ms = [] { return now_ms; };
  return parts;
}

TEST(WhatsAppChannel, OutsideTheWindowNothingLeaves) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto written = [&](std::int64_t wrote_ms) {
    return send(*open(graph.url(), {}, reached(WhatsAppReach{to_budi, wrote_ms})));
  };
  EXPECT_EQ(written(now_ms).kind, Kind::accepted);
  EXPECT_EQ(written(now_ms - day_ms + 1).kind, Kind::accepted);
  EXPECT_EQ(written(0).kind, Kind::accepted);  // not known: Meta is asked
  const SendResult result = written(now_ms - day_ms);
  EXPECT_EQ(result.kind, Kind::dropped);
  EXPECT_EQ(result.reason, "131047: the citizen wrote more than 24 hours ago");
  EXPECT_EQ(graph.requests().size(), 3u);
}

ports::Outgoing template_to(const std::string& address) {
  ports::Outgoing message;
  message.id = 18;
  message.address = address;
  message.shown.kind = machine::Shown::Kind::template_words;
  message.shown.text = "Ada kabar.";
  message.shown.label = "news";
  message.shown.language = "pt-BR";
  return message;
}

TEST(WhatsAppChannel, OutsideTheWindowATemplateLeaves) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto channel = open(graph.url(), {}, reached(WhatsAppReach{to_budi, now_ms - 9 * day_ms}));
  EXPECT_EQ(send(*channel, template_to(to_budi)).kind, Kind::accepted);
  ASSERT_EQ(graph.requests().size(), 1u);
  EXPECT_NE(
      graph.requests()[0].body.find(R"("type":"template","template":{"name":"news","language":{)"
                                    R"("policy":"deterministic","code":"pt_BR"}})"),
      std::string::npos)
      << graph.requests()[0].body;
}

// Meta pauses a template for hours. It is asked once, and again when it says that it takes it.
TEST(WhatsAppChannel, APausedTemplateIsHeldUntilMetaTakesItAgain) {
  std::atomic<bool> paused = true;
  FakeGraph graph([&](const auto&) { return paused ? error_reply(400, 132015) : taken_reply(); });
  const auto channel = open(graph.url(), {}, reached(WhatsAppReach{to_budi, now_ms - day_ms}));
  for (int i = 0; i < 3; ++i) {
    const SendResult result = send(*channel, template_to(to_budi));
    EXPECT_EQ(result.kind, Kind::hold);
    EXPECT_EQ(result.after_ms, 60'000);
    EXPECT_EQ(result.reason, std::string("132015: the template is paused for its quality") +
                                 (i == 0 ? " (trace AbC-1_2)" : ""));
  }
  EXPECT_EQ(graph.requests().size(), 1u);
  channel->resume_template("news", "id");
  EXPECT_EQ(send(*channel, template_to(to_budi)).kind, Kind::hold);
  EXPECT_EQ(graph.requests().size(), 1u);
  paused = false;
  channel->resume_template("news", "pt_BR");
  EXPECT_EQ(send(*channel, template_to(to_budi)).kind, Kind::accepted);
  EXPECT_EQ(graph.requests().size(), 2u);
}

TEST(WhatsAppChannel, AHeldTemplateIsNeedlessOnceTheCitizenHasWritten) {
  FakeGraph graph([](const auto&) { return error_reply(400, 132015); });
  std::int64_t wrote_ms = now_ms - day_ms;
  WhatsAppParts parts;
  parts.reach = [&](const std::string&) { return WhatsAppReach{to_budi, wrote_ms}; };
  parts.now_ms = [] { return now_ms; };
  const auto channel = open(graph.url(), {}, std::move(parts));
  EXPECT_EQ(send(*channel, template_to(to_budi)).kind, Kind::hold);
  wrote_ms = now_ms - 1;
  const SendResult result = send(*channel, template_to(to_budi));
  EXPECT_EQ(result.kind, Kind::dropped);
  EXPECT_EQ(result.reason, "the citizen has written meanwhile");
  EXPECT_EQ(graph.requests().size(), 1u);
}

TEST(PausedTemplates, AreAskedAboutAgainAfterThreeHours) {
  PausedTemplates paused;
  paused.pause("1001", "news", "id", 1'000);
  EXPECT_TRUE(paused.is_paused("1001", "news", "id", 1'000 + PausedTemplates::pause_ms - 1));
  EXPECT_FALSE(paused.is_paused("1002", "news", "id", 1'000));
  EXPECT_FALSE(paused.is_paused("1001", "news", "id", 1'000 + PausedTemplates::pause_ms));
  for (const char* number : {"1001", "1002"}) paused.pause(number, "news", "id", 1'000);
  paused.pause("1001", "news", "pt_BR", 1'000);
  paused.resume("news", "id");
  EXPECT_FALSE(paused.is_paused("1001", "news", "id", 1'001));
  EXPECT_FALSE(paused.is_paused("1002", "news", "id", 1'001));
  EXPECT_TRUE(paused.is_paused("1001", "news", "pt_BR", 1'001));
}

// The session keeps its address when a citizen hides their number.
TEST(WhatsAppChannel, AMessageGoesWhereTheCitizenIsReachedNow) {
  FakeGraph graph([](const auto&) { return taken_reply(); });
  const auto moved = open(graph.url(), {}, reached(WhatsAppReach{"whatsapp:1001/ID.7a", now_ms}));
  EXPECT_EQ(send(*moved).kind, Kind::accepted);
  EXPECT_NE(graph.requests()[0].body.find(R"("recipient":"ID.7a")"), std::string::npos);
  const auto gone = open(graph.url(), {}, reached(WhatsAppReach{"", now_ms}));
  EXPECT_EQ(send(*gone).kind, Kind::dropped);
  const auto unknown = open(graph.url(), {}, reached(Fault::unavailable));
  EXPECT_EQ(send(*unknown).kind, Kind::retry);
  EXPECT_EQ(graph.requests().size(), 1u);
}

// --- ticks and dots

// How a burst is told from messages that come one after another: tests/adapters/http/nods_test.cpp.
TEST(WhatsAppChannel, WhatWasHeardIsMarkedWithDotsWhereNoAnswerCame) {
  FakeGraph graph([](const auto&) { return json_reply(200, "{\"success\":true}"); });
  const auto channel = open(graph.url());
  channel->heard("whatsapp:1003/628111", "wamid.D");  // no number of ours
  channel->heard("whatsapp:1002/ID.7a", "wamid.C");
  const auto requests = graph.wait_for(1);
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].target, "/v25.0/1002/messages");
  EXPECT_EQ(requests[0].body,
            R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.C",)"
            R"("typing_indicator":{"type":"text"}})");
}

}  // namespace
}  // namespace alur::tests
