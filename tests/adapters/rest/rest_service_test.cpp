// Calls as requests, answers as outcomes, values as JSON and back, and a whole call over loopback.
#include "adapters/rest/rest_service.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <future>

#include "adapters/rest/json_value.hpp"
#include "tests/adapters/declaring_app.hpp"
#include "tests/adapters/rest/web_peer.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;
using adapters::RestDeclaration;
using adapters::RestRule;
using ports::Answer;
using ports::Fault;
using ports::Result;
using value::Value;

// An app with one service of many parameters and outcomes.
std::shared_ptr<const program::Program> an_app() {
  static const auto program = app_declaring(R"(types:
  receipt:
    number: text(1..20)
    due: date
    note: text(1..20)?
services:
  ticket.open:
    params:
      name: text(1..80)
      kind: one of loan, card
      amount: number?
      day: date?
      told: bool?
    outcomes:
      opened: receipt
      open_since: list of date (1..3)
      refused:
)");
  return program;
}

const program::Service& the_service() {
  return an_app()->app().services.at(0);
}

machine::NamedValue named(const std::string& name, Value value) {
  return {value::name_key(name), name, std::move(value)};
}

ports::Call call_of(const std::vector<machine::NamedValue>& arguments,
                    std::int64_t until_ms = 5'000) {
  return {*an_app(), the_service(), arguments, {0}, {until_ms}, "00ff-7-99"};
}

std::string header(const adapters::WebRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "none";
}

TEST(RestService, ACallIsARequest) {
  const std::vector<machine::NamedValue> arguments = {
      named("name", Value("Bank \"A\" & Söhne")), named("kind", Value::choice("loan")),
      named("amount", Value(*value::Decimal::parse("12.5"))),
      named("day", Value(*value::parse_date("2026-01-05"))), named("told", Value(true))};
  RestDeclaration declared;
  declared.path = "/v1/{kind}/open?fixed=1";
  declared.headers = {{"Authorization", "x"}};
  const auto post = adapters::to_request(declared, call_of(arguments));
  ASSERT_TRUE(post);
  EXPECT_EQ(post->method, "POST");
  EXPECT_EQ(post->target, "/v1/loan/open?fixed=1");
  EXPECT_EQ(post->body,
            R"({"name":"Bank \"A\" & Söhne","amount":1.25E1,"day":"2026-01-05","told":true})");
  EXPECT_EQ(header(*post, "Idempotency-Key"), "00ff-7-99");
  EXPECT_EQ(header(*post, "Authorization"), "x");
  EXPECT_EQ(header(*post, "Content-Type"), "application/json");
  declared.method = "GET";
  const auto get = adapters::to_request(declared, call_of(arguments));
  ASSERT_TRUE(get);
  EXPECT_EQ(get->target,
            "/v1/loan/open?fixed=1&name=Bank%20%22A%22%20%26%20S%C3%B6hne&amount=1.25E1"
            "&day=2026-01-05&told=true");
  EXPECT_EQ(get->body, "");
}

// What a citizen typed stays one part of the path, whatever it is.
TEST(RestService, AnArgumentCannotLeadElsewhere) {
  RestDeclaration declared;
  declared.method = "GET";
  declared.path = "/v1/{name}/state";
  const std::pair<std::string, std::string> cases[] = {
      {"..", "/v1/%2E%2E/state"},
      {"../../admin", "/v1/..%2F..%2Fadmin/state"},
      {"a?b=c#d", "/v1/a%3Fb%3Dc%23d/state"},
      {"a\r\nHost: b", "/v1/a%0D%0AHost%3A%20b/state"},
      {"{kind}", "/v1/%7Bkind%7D/state"}};
  for (const auto& [text, target] : cases) {
    const std::vector<machine::NamedValue> arguments = {named("name", Value(text))};
    EXPECT_EQ(adapters::to_request(declared, call_of(arguments))->target, target);
  }
  const std::vector<machine::NamedValue> much = {named("name", Value(std::string(65'536, 'x')))};
  EXPECT_FALSE(adapters::to_request(declared, call_of(much)));
}

std::string told(const Result<Answer>& answer) {
  if (!answer) return std::string(to_text(answer.error()));
  for (const program::ServiceOutcome& outcome : the_service().outcomes) {
    if (outcome.key == answer->outcome) return outcome.name + " " + answer->payload.to_text();
  }
  return "an outcome that is not declared";
}

TEST(RestService, AnAnswerSaysItsOutcomeItself) {
  const auto of = [](int status, const std::string& body) {
    return told(adapters::to_answer({}, the_service(), {status, body}));
  };
  EXPECT_EQ(of(200, R"({"outcome": "refused"})"), "refused unset");
  EXPECT_TRUE(of(200, R"({"outcome": "opened", "value": {"number": "T1", "due": "2026-01-05"}})")
                  .starts_with("opened {"));
  EXPECT_EQ(of(200, R"({"outcome": "open_since", "value": ["2026-01-05"]})"),
            "open_since [2026-01-05]");
  const std::pair<int, std::string> unreadable[] = {
      {200, ""},
      {200, "nonsense"},
      {200, "[]"},
      {200, R"({"outcome": 7})"},
      {200, R"({"outcome": "opened"})"},
      {200, R"({"outcome": "opened", "value": {"number": "T1"}})"},
      {200, R"({"outcome": "opened", "value": {"number": 7, "due": "2026-01-05"}})"},
      {200, R"({"outcome": "opened", "value": {"number": "", "due": "2026-01-05"}})"},
      {200, R"({"outcome": "opened", "value": {"number": "T1", "due": "5 January"}})"},
      {200, R"({"outcome": "open_since", "value": []})"},
      {200, R"({"outcome": "refused"} more)"},
      {200, std::string(40, '[') + std::string(40, ']')}};
  for (const auto& [status, body] : unreadable) EXPECT_EQ(of(status, body), "unreadable") << body;
  EXPECT_EQ(of(200, R"({"outcome": "closed"})"), "refused");
  EXPECT_EQ(of(404, R"({"outcome": "refused"})"), "refused");
  EXPECT_EQ(of(302, ""), "refused");
  EXPECT_EQ(of(500, R"({"outcome": "refused"})"), "unavailable");
}

TEST(RestService, RulesSayWhatAnAnswerMeans) {
  RestDeclaration declared;
  declared.rules = {RestRule{201, "", std::nullopt, "opened", "/ticket"},
                    RestRule{0, "/state", "since", "open_since", "/days"},
                    RestRule{0, "/count", "3", "refused", std::nullopt},
                    RestRule{409, "", std::nullopt, "refused", std::nullopt}};
  const auto of = [&](int status, const std::string& body) {
    return told(adapters::to_answer(declared, the_service(), {status, body}));
  };
  EXPECT_TRUE(
      of(201, R"({"ticket": {"number": "T1", "due": "2026-01-05"}})").starts_with("opened {"));
  EXPECT_EQ(of(201, R"({"tickets": {}})"), "unreadable");
  EXPECT_EQ(of(200, R"({"state": "since", "days": ["2026-01-05", "2026-01-06"]})"),
            "open_since [2026-01-05, 2026-01-06]");
  EXPECT_EQ(of(202, R"({"count": 3})"), "refused unset");
  EXPECT_EQ(of(200, R"({"count": 4})"), "refused");
  EXPECT_EQ(of(409, ""), "refused unset");
  EXPECT_EQ(of(409, "nonsense"), "unreadable");
  EXPECT_EQ(of(503, ""), "unavailable");
}

TEST(RestJson, ValuesAreReadBackAsTheyWere) {
  using value::TypeKind;
  const auto round = [](Value value, TypeKind kind) {
    const value::Type type = value::plain_type(kind);
    const json::value there = adapters::to_json(value, type);
    const auto back = adapters::from_json(json::parse(json::serialize(there)), type);
    EXPECT_EQ(back ? back->to_text() : "nothing", value.to_text()) << json::serialize(there);
  };
  round(Value(true), TypeKind::boolean);
  for (const char* number : {"0", "-1", "12.5", "0.1", "999999999999999999", "-0.000001",
                             "1234567890.123456789", "100000000000000000"}) {
    round(Value(*value::Decimal::parse(number)), TypeKind::number);
  }
  round(Value("two\nlines \"quoted\""), TypeKind::text);
  round(Value(*value::parse_time("09:30")), TypeKind::time);
  round(Value(*value::parse_instant("2026-01-05T07:30:00Z")), TypeKind::datetime);
  round(Value(*value::parse_duration("90s")), TypeKind::duration);
  value::Media picture;
  picture.source = "https://a/b.png";
  picture.mime = "image/png";
  picture.caption = "c";
  round(Value(picture), TypeKind::image);
  value::Media place;
  place.kind = value::MediaKind::location;
  place.latitude = *value::Decimal::parse("-6.2");
  place.longitude = *value::Decimal::parse("106.8");
  place.name = "Jakarta";
  round(Value(place), TypeKind::location);
}

TEST(RestService, ACallOverLoopback) {
  std::string seen;
  WebPeer peer([&](PeerLine& line) {
    seen = line.read_request();
    line.write(http_answer(200, R"({"outcome": "refused"})"));
  });
  adapters::WebSettings settings;
  settings.guard = adapters::AddressGuard({*adapters::parse_range("127.0.0.1")});
  std::string error;
  adapters::WebClient client(std::move(settings), error);
  RestDeclaration declared;
  declared.service = "ticket.open";
  declared.origin = {false, "127.0.0.1", peer.port()};
  declared.path = "/tickets";
  adapters::RestService service(declared, client);
  EXPECT_TRUE(service.answers("ticket.open"));
  EXPECT_FALSE(service.answers("ticket.status"));
  const auto ask = [&](std::int64_t until_ms) {
    const std::vector<machine::NamedValue> arguments = {named("name", Value("A"))};
    std::promise<Result<Answer>> promise;
    EXPECT_FALSE(service.answer_now(call_of(arguments)));
    service.ask(call_of(arguments, until_ms),
                [&](Result<Answer> answer) { promise.set_value(std::move(answer)); });
    return told(promise.get_future().get());
  };
  EXPECT_EQ(ask(5'000), "refused unset");
  EXPECT_NE(seen.find("POST /tickets HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(seen.find("Idempotency-Key: 00ff-7-99\r\n"), std::string::npos);
  EXPECT_TRUE(seen.ends_with("{\"name\":\"A\"}"));
  EXPECT_EQ(ask(-1), "timed out");
}

}  // namespace
}  // namespace alur::tests
