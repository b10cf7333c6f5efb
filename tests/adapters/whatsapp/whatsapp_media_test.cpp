// Pictures and documents through a Graph API on loopback: those that we keep, and those of
// citizens.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/adapters/whatsapp/channel_bench.hpp"
#include "tests/adapters/whatsapp/fake_graph.hpp"

namespace alur::tests {
namespace {

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

TEST(WhatsAppMedia, WhatWeKeepIsUploadedOnceAndShownById) {
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

TEST(WhatsAppMedia, AnUploadThatFailsIsTriedAgainAndOneThatMetaForgotIsMadeAnew) {
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

TEST(WhatsAppMedia, WhatACitizenSentIsFetchedPieceByPiece) {
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

TEST(WhatsAppMedia, WhatIsTooLargeOrOfAnotherTypeIsNotFetched) {
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

TEST(WhatsAppMedia, MediaIsFetchedFromMetaAlone) {
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

TEST(WhatsAppMedia, BytesAreThoseThatWerePromised) {
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

TEST(WhatsAppMedia, AnAddressThatHasGrownOldIsAskedForOnceMore) {
  MediaGraph media;
  media.missing = 1;
  const auto channel = open(media.graph.url());
  EXPECT_EQ(said(download(*channel)), "image/jpeg 5 hello");
  media.missing = 2;
  EXPECT_EQ(said(download(*channel)), "refused");
}

}  // namespace
}  // namespace alur::tests
