// What follows from each answer of the Graph API.
#include "adapters/whatsapp/classify.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/adapters/whatsapp/fake_graph.hpp"

namespace alur::tests {
namespace {

using adapters::classify;
using adapters::GraphError;
using Kind = ports::SendResult::Kind;

std::string said(const ports::SendResult& result) {
  std::string text(to_text(result.kind));
  if (result.after_ms > 0) text += " " + std::to_string(result.after_ms / 1'000) + "s";
  if (result.tries_max > 0) text += " x" + std::to_string(result.tries_max);
  return text + ": " + result.reason;
}

std::string body_of(int code, const std::string& more = "") {
  return R"({"error":{"message":"(#1) Secret words to +628111","code":)" + std::to_string(code) +
         R"(,"error_data":{"details":"token EAAG"},"fbtrace_id":"AbC-1_2")" + more + "}}";
}

TEST(GraphError, TheTableIsInOrderAndWithoutOverlaps) {
  int last = -1;
  for (const GraphError& one : adapters::graph_errors()) {
    EXPECT_GT(one.first, last);
    EXPECT_GE(one.last, one.first);
    last = one.last;
    EXPECT_TRUE(one.http == 0 || (one.http >= 400 && one.http < 600)) << one.first;
    EXPECT_FALSE(one.meaning.empty() || one.source.empty()) << one.first;
    EXPECT_TRUE(one.tries == 0 || one.reaction == adapters::GraphReaction::retry) << one.first;
  }
}

// One of each reaction, and those whose reaction matters most.
TEST(Classify, TheCodeDecidesWhateverTheStatus) {
  const std::pair<int, std::string> cases[] = {
      {0, "paused: 0: the token is not accepted"},
      {1, "retry x3: 1: unknown error or fault of the API's server"},
      {2, "retry: 2: the service is down or overloaded"},
      {4, "wait_account 60s: 4: the app makes too many calls"},
      {100, "dropped: 100: a parameter is not valid"},
      {190, "paused: 190: the token has expired"},
      {243, "paused: 243: a permission is missing"},
      {80007, "wait_account 60s: 80007: the account makes too many calls"},
      {130429, "wait_number: 130429: the number sends too fast"},
      {131026, "dropped: 131026: it cannot be delivered to this user"},
      {131047, "dropped: 131047: the citizen wrote more than 24 hours ago"},
      {131048, "wait_number 3600s: 131048: the number is held back: reported as spam too often"},
      {131050, "dropped: 131050: the user wants no marketing from this account"},
      {131056, "wait_pair: 131056: too many messages to this user"},
      {131057, "wait_number 60s: 131057: the number is being maintained"}};
  for (const auto& [code, expected] : cases) {
    for (const int status : {200, 400, 429, 500}) {
      EXPECT_EQ(said(classify({status, "", body_of(code)})), expected + " (trace AbC-1_2)");
    }
  }
}

TEST(Classify, WithoutACodeThatWeKnowTheStatusDecides) {
  const std::pair<int, Kind> cases[] = {
      {301, Kind::paused},      {400, Kind::dropped}, {401, Kind::paused},  {403, Kind::paused},
      {404, Kind::paused},      {408, Kind::retry},   {413, Kind::dropped}, {425, Kind::retry},
      {429, Kind::wait_number}, {500, Kind::unknown}, {502, Kind::unknown}, {503, Kind::retry},
      {504, Kind::unknown}};
  for (const auto& [status, kind] : cases) {
    for (const std::string body : {"", "<html>", "[]", "{}", R"({"error":7})", R"({"error":{}})"}) {
      EXPECT_EQ(classify({status, "", body}).kind, kind) << status << " " << body;
    }
    EXPECT_EQ(classify({status, "", body_of(999'999)}).kind, kind) << status;
  }
}

TEST(Classify, ASuccessNamesItsMessage) {
  const std::string good = R"({"messages":[{"id":"wamid.A"}]})";
  EXPECT_EQ(classify({200, "", good}).kind, Kind::accepted);
  EXPECT_EQ(classify({201, "", good}).kind, Kind::accepted);
  for (const std::string body :
       {"", "garbage", "{}", R"({"messages":[]})", R"({"messages":[{}]})", R"({"messages":[7]})",
        R"({"messages":[{"id":7}]})", R"({"messages":{"id":"a"}})"}) {
    EXPECT_EQ(classify({200, "", body}).kind, Kind::unknown) << body;
  }
}

TEST(Classify, RetryAfterIsHonouredUpToAnHour) {
  const std::pair<std::string, std::int64_t> cases[] = {{"7", 7'000},
                                                        {"0", 0},
                                                        {"-3", 0},
                                                        {"999999", 3'600'000},
                                                        {"7 s", 0},
                                                        {"", 0},
                                                        {"Wed, 21 Oct 2026 07:28:00 GMT", 0},
                                                        {"99999999999999999999", 0}};
  for (const auto& [header, ms] : cases) {
    EXPECT_EQ(classify({429, header, ""}).after_ms, ms) << header;
    EXPECT_EQ(classify({400, header, body_of(131056)}).after_ms, ms) << header;
  }
  EXPECT_EQ(classify({400, "5", body_of(4)}).after_ms, 60'000);  // the longer of the two
  EXPECT_EQ(classify({400, "70", body_of(4)}).after_ms, 70'000);
}

TEST(Classify, NothingOfMetasWordsGoesToLogs) {
  for (const GraphError& one : adapters::graph_errors()) {
    const std::string reason = classify({400, "", body_of(one.first)}).reason;
    for (const std::string secret : {"Secret", "628111", "EAAG"}) {
      EXPECT_EQ(reason.find(secret), reason.npos) << reason;
    }
  }
  const std::string forged = R"({"error":{"code":2,"fbtrace_id":"a b\n{\"c\"}"}})";
  EXPECT_EQ(classify({503, "", forged}).reason, "2: the service is down or overloaded");
}

TEST(Classify, NoBytesAreTooOdd) {
  const std::string whole = body_of(131056, R"(,"error_subcode":2494055)");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(classify({400, "", whole.substr(0, size)}).kind, Kind::dropped) << size;
  }
  EXPECT_EQ(classify({400, "", std::string(100'000, '[')}).kind, Kind::dropped);
  for (const std::string code : {"null", "\"131056\"", "1e300", "-1", "131056.5", "[]"}) {
    EXPECT_EQ(classify({400, "", R"({"error":{"code":)" + code + "}}"}).kind, Kind::dropped);
  }
}

}  // namespace
}  // namespace alur::tests
