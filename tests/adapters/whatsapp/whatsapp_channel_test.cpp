// Messages through a Graph API on loopback that does what the real one does on its worst days.
#include "adapters/whatsapp/whatsapp_channel.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <future>
#include <set>

#include "adapters/whatsapp/classify.hpp"
#include "tests/adapters/whatsapp/fake_graph.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using namespace adapters;
using ports::Fault;
using ports::Result;
using ports::SendResult;
using Kind = SendResult::Kind;

const std::string to_budi = "whatsapp:1001/628111";
const std::string token = "EAAGsecret";

WhatsAppSettings settings_for(const std::string& url) {
  WhatsAppSettings settings;
  settings.graph_url = url;
  settings.numbers = {{"1001", token, 80}, {"1002", "EAAGother", 20}};
  return settings;
}

std::unique_ptr<WhatsAppChannel> open(const std::string& url, GraphSettings graph = {},
                                      WhatsAppParts parts = {}) {
  std::string error;
  auto channel =
      WhatsAppChannel::open(settings_for(url), std::move(graph), std::move(parts), error);
  EXPECT_EQ(error, "");
  return channel;
}

ports::Outgoing text_to(const std::string& address, std::uint64_t id = 17) {
  ports::Outgoing message;
  message.id = id;
  message.address = address;
  message.shown.text = "halo";
  return message;
}

std::future<SendResult> begin(WhatsAppChannel& channel, ports::Outgoing message) {
  auto promise = std::make_shared<std::promise<SendResult>>();
  channel.send(std::move(message), [promise](SendResult result) { promise->set_value(result); });
  return promise->get_future();
}

SendResult send(WhatsAppChannel& channel, ports::Outgoing message = text_to(to_budi)) {
  return begin(channel, std::move(message)).get();
}

GraphSettings impatient() {
  GraphSettings graph;
  graph.send_ms_max = 150;
  return graph;
}

std::string bytes_on_port(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

// A port that nobody listens on.
std::uint16_t closed_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  close(descriptor);
  return ntohs(address.sin_port);
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
  const SendResult result = send(*open(bytes_on_port(closed_port())));
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
    reply.drip_ms = 20;
    return reply;
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(send(*open(drip.url(), impatient())).kind, Kind::unknown);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
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
  settings.breaker_ms = 10'000;
  const auto channel = open(graph.url(), settings);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(*channel).kind, Kind::retry);
  const SendResult result = send(*channel);
  EXPECT_EQ(result.kind, Kind::paused);
  EXPECT_EQ(result.after_ms, 10'000);
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

TEST(WhatsAppChannel, ABurstOfMessagesGetsOneMarkAndDotsWhereNoAnswerCame) {
  FakeGraph graph([](const auto& request) {
    return request.body.find("status") == std::string::npos ? taken_reply()
                                                            : json_reply(200, "{\"success\":true}");
  });
  const auto channel = open(graph.url());
  channel->heard(to_budi, "wamid.A");
  channel->heard(to_budi, "wamid.B");
  channel->heard("whatsapp:1002/ID.7a", "wamid.C");
  channel->heard("whatsapp:1003/628111", "wamid.D");
  EXPECT_EQ(send(*channel).kind, Kind::accepted);
  std::set<std::string> bodies;
  for (const auto& request : graph.wait_for(3)) bodies.insert(request.body);
  EXPECT_TRUE(bodies.contains(
      R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.B"})"));
  EXPECT_TRUE(
      bodies.contains(R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.C",)"
                      R"("typing_indicator":{"type":"text"}})"));
  EXPECT_EQ(bodies.size(), 3u);
}

// --- media that we keep

ports::Outgoing image_to(const std::string& address, std::uint64_t id) {
  ports::Outgoing message = text_to(address, id);
  message.shown.kind = machine::Shown::Kind::image;
  message.shown.url = "https://service.example/map.png";
  return message;
}

struct UploadingGraph {
  std::atomic<int> uploads = 0;
  std::atomic<int> upload_status = 200;
  std::atomic<int> error = 0;
  FakeGraph graph{[this](const FakeGraph::Request& request) {
    if (!request.target.ends_with("/media")) {
      return error == 0 ? taken_reply() : error_reply(400, error);
    }
    ++uploads;
    return json_reply(upload_status, R"({"id":"media-)" + std::to_string(uploads) + "\"}");
  }};
  std::unique_ptr<WhatsAppChannel> channel;

  UploadingGraph() {
    WhatsAppParts parts;
    parts.media_source = [](const std::string& link) -> std::optional<MediaUpload> {
      if (!link.ends_with("map.png")) return std::nullopt;
      return MediaUpload{std::string("\x89PNG\0\r\n", 7), "image/png", "map.png"};
    };
    channel = open(graph.url(), {}, parts);
  }
};

TEST(WhatsAppChannel, WhatWeKeepIsUploadedOnceAndShownById) {
  UploadingGraph bench;
  std::vector<std::future<SendResult>> results;
  for (std::uint64_t id = 1; id <= 20; ++id) {
    results.push_back(
        begin(*bench.channel, image_to("whatsapp:1001/62811" + std::to_string(id), id)));
  }
  for (auto& one : results) EXPECT_EQ(one.get().kind, Kind::accepted);
  EXPECT_EQ(send(*bench.channel, image_to(to_budi, 21)).kind, Kind::accepted);
  EXPECT_EQ(bench.uploads, 1);
  EXPECT_EQ(send(*bench.channel, image_to("whatsapp:1002/628111", 22)).kind, Kind::accepted);
  EXPECT_EQ(bench.uploads, 2);  // another number
  for (const auto& request : bench.graph.requests()) {
    if (request.target.ends_with("/media")) {
      EXPECT_NE(
          request.body.find(std::string("Content-Type: image/png\r\n\r\n\x89PNG\0\r\n\r\n--", 37)),
          std::string::npos);
    } else {
      EXPECT_NE(request.body.find(R"("image":{"id":"media-)"), std::string::npos);
    }
  }
}

TEST(WhatsAppChannel, AnUploadThatFailsIsTriedAgainAndOneThatMetaForgotIsMadeAnew) {
  UploadingGraph bench;
  bench.upload_status = 503;
  EXPECT_EQ(send(*bench.channel, image_to(to_budi, 1)).kind, Kind::retry);
  bench.upload_status = 200;
  bench.error = 131053;
  EXPECT_EQ(send(*bench.channel, image_to(to_budi, 1)).kind, Kind::retry);
  bench.error = 0;
  EXPECT_EQ(send(*bench.channel, image_to(to_budi, 1)).kind, Kind::accepted);
  EXPECT_EQ(bench.uploads, 3);
}

// --- media of citizens

struct Downloaded {
  Result<MediaFacts> facts = Fault::unavailable;
  std::string bytes;
};

Downloaded download(WhatsAppChannel& channel, MediaLimits limits = {},
                    const std::string& id = "555", std::size_t sink_max = 1u << 30) {
  Downloaded got;
  std::promise<Result<MediaFacts>> promise;
  channel.download(
      "1001", id, std::move(limits),
      [&](std::string_view bytes) {
        got.bytes += bytes;
        return got.bytes.size() <= sink_max;
      },
      [&](Result<MediaFacts> facts) { promise.set_value(std::move(facts)); });
  got.facts = promise.get_future().get();
  return got;
}

std::string said(const Downloaded& got) {
  if (!got.facts) return std::string(to_text(got.facts.error()));
  return got.facts->type + " " + std::to_string(got.facts->size_bytes) + " " + got.bytes;
}

// `%` in `where` stands for the graph's own address.
struct MediaGraph {
  std::string where = R"({"url":"%/media/1","mime_type":"image/jpeg","file_size":5,"id":"555"})";
  std::string bytes = "hello";
  int missing = 0;  // so many times, the address has grown old
  FakeGraph graph{[this](const FakeGraph::Request& request) {
    if (request.target.starts_with("/v25.0/")) {
      std::string body = where;
      const std::size_t at = body.find('%');
      if (at != body.npos) body.replace(at, 1, graph.url());
      return json_reply(200, body);
    }
    if (missing-- > 0) return json_reply(404, "{}");
    return json_reply(200, bytes);
  }};
};

TEST(WhatsAppChannel, WhatACitizenSentIsFetchedPieceByPiece) {
  MediaGraph media;
  media.bytes = std::string(3'000'000, 'x');
  media.where = R"({"url":"%/media/1","mime_type":"image/jpeg"})";
  const auto channel = open(media.graph.url());
  const Downloaded got = download(*channel);
  ASSERT_TRUE(got.facts);
  EXPECT_EQ(got.bytes, media.bytes);
  EXPECT_EQ(got.facts->size_bytes, media.bytes.size());
  const auto requests = media.graph.requests();
  EXPECT_EQ(requests[0].target, "/v25.0/555?phone_number_id=1001");
  EXPECT_NE(requests[1].head.find("Authorization: Bearer EAAGsecret\r\n"), std::string::npos);
}

TEST(WhatsAppChannel, WhatIsTooLargeOrOfAnotherTypeIsNotFetched) {
  MediaGraph media;
  const auto channel = open(media.graph.url());
  EXPECT_EQ(said(download(*channel)), "image/jpeg 5 hello");
  EXPECT_EQ(said(download(*channel, {5, {"image/"}})), "image/jpeg 5 hello");
  EXPECT_EQ(said(download(*channel, {5, {"image/jpeg"}})), "image/jpeg 5 hello");
  EXPECT_EQ(said(download(*channel, {4, {}})), "refused");
  EXPECT_EQ(said(download(*channel, {5, {"image/jp", "audio/"}})), "refused");
  EXPECT_EQ(said(download(*channel, {}, "../555")), "refused");
  EXPECT_EQ(said(download(*channel, {}, "")), "refused");
  media.bytes = "hello, and more than was said";
  EXPECT_EQ(said(download(*channel, {5, {}})), "unreadable");
  EXPECT_EQ(said(download(*channel, {100, {}}, "555", 3)), "refused");
}

TEST(WhatsAppChannel, MediaIsFetchedFromMetaAlone) {
  MediaGraph media;
  const auto channel = open(media.graph.url());
  for (const std::string url :
       {"http://127.0.0.1:1/x", "https://evil.example/x", "http://169.254.169.254/latest",
        "https://user@127.0.0.1/", "file:///etc/passwd", "http://lookaside.fbsbx.com/x"}) {
    media.where = R"({"url":")" + url + R"(","mime_type":"image/jpeg"})";
    EXPECT_FALSE(download(*channel).facts) << url;
  }
  for (const std::string body : {"", "{}", "[]", R"({"url":7})", "nonsense"}) {
    media.where = body;
    EXPECT_EQ(said(download(*channel)), "unreadable") << body;
  }
  for (const auto& request : media.graph.requests()) {
    EXPECT_TRUE(request.target.starts_with("/v25.0/")) << request.target;
  }
}

TEST(WhatsAppChannel, BytesAreThoseThatWerePromised) {
  MediaGraph media;
  const auto channel = open(media.graph.url());
  const std::string hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  const std::string base64 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
  for (const std::string& hash : {hex, base64}) {
    media.where = R"({"url":"%/m","mime_type":"image/jpeg","sha256":")" + hash + "\"}";
    const Downloaded got = download(*channel);
    ASSERT_TRUE(got.facts);
    EXPECT_EQ(got.facts->sha256, hex);
  }
  media.bytes = "hallo";
  EXPECT_EQ(said(download(*channel)), "unreadable");
}

TEST(WhatsAppChannel, AnAddressThatHasGrownOldIsAskedForOnceMore) {
  MediaGraph media;
  media.missing = 1;
  const auto channel = open(media.graph.url());
  EXPECT_EQ(said(download(*channel)), "image/jpeg 5 hello");
  media.missing = 2;
  EXPECT_EQ(said(download(*channel)), "refused");
}

}  // namespace
}  // namespace alur::tests
