// services.json: what is read of it, and what is refused in which words.
#include "adapters/rest/rest_settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/program/program.hpp"
#include "tests/adapters/declaring_app.hpp"

namespace alur::tests {
namespace {

using adapters::read_rest_settings;
using adapters::RestSettings;

std::string refusal(const std::string& text) {
  std::string error;
  EXPECT_FALSE(read_rest_settings(text, "app", error)) << text;
  return error;
}

std::string with_service(const std::string& inside) {
  return R"({"hosts": ["a.example:443"], "services": {"ticket.open": )" + inside + "}}";
}

TEST(RestSettings, AWholeFileIsRead) {
  setenv("ALUR_TEST_TOKEN", "Bearer x", 1);
  std::string error;
  const auto settings = read_rest_settings(R"({
    "hosts": ["tickets.example:8443", "[fd12::1]:80"],
    "private_addresses": ["10.1.0.0/16"],
    "certificates": "ours.pem",
    "services": {
      "ticket.open": {
        "url": "https://tickets.example:8443/v1/tickets?kind={kind}",
        "headers": {"Authorization": {"env": "ALUR_TEST_TOKEN"}, "X-Of": "alur"},
        "calls_max": 4,
        "answers": [
          {"status": 201, "outcome": "opened", "value": "/ticket"},
          {"at": "/state", "is": "known", "outcome": "already", "value": ""}
        ]
      }
    }})",
                                           "app", error);
  ASSERT_TRUE(settings) << error;
  EXPECT_EQ(settings->certificates, "app/ours.pem");
  EXPECT_EQ(settings->private_addresses.size(), 1u);
  ASSERT_EQ(settings->services.size(), 1u);
  const adapters::RestDeclaration& one = settings->services[0];
  EXPECT_TRUE(one.origin.tls);
  EXPECT_EQ(one.origin.host, "tickets.example");
  EXPECT_EQ(one.origin.port, 8443);
  EXPECT_EQ(one.path, "/v1/tickets?kind={kind}");
  EXPECT_EQ(one.method, "POST");
  EXPECT_EQ(one.calls_max, 4u);
  ASSERT_EQ(one.headers.size(), 2u);
  EXPECT_EQ(one.headers[0].second, "Bearer x");
  ASSERT_EQ(one.rules.size(), 2u);
  EXPECT_EQ(one.rules[0].status, 201);
  EXPECT_EQ(one.rules[1].is, "known");
  EXPECT_EQ(one.rules[1].value, "");
}

TEST(RestSettings, WhatCannotBeUsedIsRefusedWithAReason) {
  const std::string url = R"("url": "https://a.example/x")";
  const std::string wanted = "ticket.open.url: https://host/path is wanted, without user names";
  const std::pair<std::string, std::string> cases[] = {
      {"[]", "services.json: an object in braces is wanted"},
      {R"({"service": {}})",
       "services.json: `service` is unknown; known are hosts, private_addresses, certificates, "
       "services"},
      {R"({"hosts": []})", "`services` is wanted"},
      {R"({"private_addresses": ["10/8"], "services": {}})",
       "private_addresses: `10/8` is no range of addresses"},
      {with_service("{}"), "ticket.open: a `url` is wanted"},
      {with_service(R"({"url": "https://b.example/x"})"),
       "ticket.open.url: `b.example:443` is not among `hosts`"},
      {with_service(R"({"url": "http://a.example/x"})"),
       "ticket.open.url: `a.example:80` is not among `hosts`"},
      {with_service(R"({"url": "https://a.example:444/x"})"),
       "ticket.open.url: `a.example:444` is not among `hosts`"},
      {with_service(R"({"url": "ftp://a.example/x"})"), wanted},
      {with_service(R"({"url": "https://user:word@a.example/x"})"), wanted},
      {with_service(R"({"url": "https://{name}.example/x"})"), wanted},
      {with_service(R"({"url": "https:///x"})"), wanted},
      {with_service(R"({"url": "https://a.example:0/x"})"), wanted},
      {with_service(R"({"url": "https://a.example:x/"})"), wanted},
      {with_service(R"({"url": "https://a.example/x#y"})"), wanted},
      {with_service(R"({"url": "https://a.example/x y"})"), wanted},
      {with_service(R"({"url": "https://a.example/x\r\nHost: b"})"), wanted},
      {with_service("{" + url + R"(, "method": "TRACE"})"),
       "ticket.open.method: one of GET, POST, PUT, PATCH, DELETE is wanted"},
      {with_service("{" + url + R"(, "calls_max": 0})"),
       "ticket.open.calls_max: a number from 1 to 256 is wanted"},
      {with_service("{" + url + R"(, "headers": {"Host": "b"}})"),
       "ticket.open.headers.Host: is no header that can be set here"},
      {with_service("{" + url + R"(, "headers": {"A b": "c"}})"),
       "ticket.open.headers.A b: is no header that can be set here"},
      {with_service("{" + url + R"(, "headers": {"A": "b\r\nC: d"}})"),
       "ticket.open.headers.A: holds a line break or another control character"},
      {with_service("{" + url + R"(, "headers": {"A": {"env": "ALUR_TEST_NOT_THERE"}}})"),
       "ticket.open.headers.A: the environment has no `ALUR_TEST_NOT_THERE`"},
      {with_service("{" + url + R"(, "answers": [{"status": 302, "outcome": "x"}]})"),
       "ticket.open.answers[1].status: redirects are never followed"},
      {with_service("{" + url + R"(, "answers": [{"status": 200}]})"),
       "ticket.open.answers[1]: which `outcome` it is, is wanted"},
      {with_service("{" + url + R"(, "answers": [{"outcome": "x", "at": "/y"}]})"),
       "ticket.open.answers[1]: `at` and `is` go together"},
      {with_service("{" + url + R"(, "answers": [{"outcome": "x", "value": "y"}]})"),
       "ticket.open.answers[1].value: a JSON pointer is wanted, which begins with /"}};
  for (const auto& [text, why] : cases) EXPECT_EQ(refusal(text), why);
  EXPECT_TRUE(refusal("{").starts_with("is no JSON: "));
  EXPECT_TRUE(refusal(std::string(100, '[')).starts_with("is no JSON: "));
}

TEST(RestSettings, WhatTheAppDoesNotDeclareIsSaid) {
  const auto program = app_declaring(R"(services:
  ticket.open:
    params:
      name: text(1..80)
    outcomes:
      opened: text(1..80)
      refused:
)");
  ASSERT_TRUE(program);
  const auto misfit = [&](const std::string& name, const std::string& path,
                          const std::string& answer) {
    std::string error;
    const auto settings = read_rest_settings(R"({"hosts": ["a.example:443"], "services": {")" +
                                                 name + R"(": {"url": "https://a.example/)" + path +
                                                 R"(", "answers": [)" + answer + "]}}}",
                                             "", error);
    EXPECT_TRUE(settings) << error;
    return settings ? adapters::find_misfit(*settings, program->app()) : error;
  };
  EXPECT_EQ(misfit("ticket.open", "{name}", R"({"outcome": "opened", "value": "/n"})"), "");
  EXPECT_EQ(misfit("ticket.opne", "", ""), "the app declares no service `ticket.opne`");
  EXPECT_EQ(misfit("ticket.open", "{nmae}", ""), "`ticket.open` takes no `nmae`");
  EXPECT_EQ(misfit("ticket.open", "", R"({"outcome": "closed"})"),
            "`ticket.open` has no outcome `closed`");
  EXPECT_EQ(misfit("ticket.open", "", R"({"outcome": "opened"})"),
            "outcome `opened` of `ticket.open` carries a value: say where it is, with `value`");
  EXPECT_EQ(misfit("ticket.open", "", R"({"outcome": "refused", "value": "/x"})"),
            "outcome `refused` of `ticket.open` carries no value");
}

}  // namespace
}  // namespace alur::tests
