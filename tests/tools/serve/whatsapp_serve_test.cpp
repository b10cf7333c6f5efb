// WhatsApp through `alur serve`: a signed webhook begins a turn, and what follows goes to Meta's
// API, which is played here.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <ctime>

#include "tests/adapters/whatsapp/fake_graph.hpp"
#include "tests/adapters/whatsapp/webhooks.hpp"
#include "tests/crash/http_line.hpp"
#include "tests/crash/served.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tests/new_folder.hpp"
#include "tests/patience.hpp"

namespace alur::tests {
namespace {

namespace json = boost::json;

constexpr const char* secret = "0123456789abcdef0123456789abcdef";
constexpr const char* old_secret = "fedcba9876543210fedcba9876543210";
constexpr const char* verify = "verify-0123456789abcdef0123456789";

class ServeWhatsApp : public testing::Test {
 protected:
  void SetUp() override {
    std::string app(small_app);
    app.replace(app.find("[webchat]"), 9, "[whatsapp]");
    root_.write("app/app.yaml", app);
    root_.write("app/main.flow.yaml", std::string(small_flow));
    std::ofstream(root_.path() / "alur.yaml")
        << "app: app\nstore: store\ncores: 2\nwhatsapp:\n  port: 0\n"
           "  app_secrets_from: [ALUR_TEST_OLD, ALUR_TEST_SECRET]\n  verify_from: "
           "ALUR_TEST_VERIFY\n"
           "  numbers:\n    - id: "
        << our_number << "\n      token_from: ALUR_TEST_TOKEN\n    - id: " << our_other_number
        << "\n      token_from: ALUR_TEST_TOKEN\n      rate: 20\n  pace: none\n  graph_url: "
        << graph_.url() << "\n";
    setenv("ALUR_TEST_OLD", old_secret, 1);
    setenv("ALUR_TEST_SECRET", secret, 1);
    setenv("ALUR_TEST_VERIFY", verify, 1);
    setenv("ALUR_TEST_TOKEN", "EAAG-0123456789abcdef0123456789abcdef", 1);
    served_ = std::make_unique<Served>(
        ALUR_PROGRAM, std::vector<std::string>{"serve", "--config", root_.at("alur.yaml")});
    start();
  }
  void start() {
    ASSERT_TRUE(served_->start()) << served_->said();
    ASSERT_TRUE(served_->says("/whatsapp\n")) << served_->said();
    const std::string words = "webhooks at http://127.0.0.1:";
    port_ = static_cast<std::uint16_t>(
        std::atoi(served_->said().c_str() + served_->said().find(words) + words.size()));
  }

  int post(const std::string& body, const std::string& with = secret) {
    HttpLine line(port_);
    line.set_more("X-Hub-Signature-256: " + sign(body, with) + "\r\n");
    return line.ask("POST", "/whatsapp", body);
  }
  int say(const std::string& id, const std::string& user, const std::string& text) {
    return post(with_messages(text_message(id, user, text, std::time(nullptr))));
  }
  std::string asked(const std::string& target) {
    HttpLine line(served_->port());
    EXPECT_EQ(line.ask("GET", target, ""), 200);
    return line.body();
  }
  // What was sent: "<to or recipient> <words>", a line each, once these words are among it.
  std::string sent_with(const std::string& words) {
    std::string sent;
    const bool came = comes([&] {
      sent = sent_so_far();
      return sent.find(words) != sent.npos;
    });
    EXPECT_TRUE(came) << words << " was not sent, but\n" << sent;
    return sent;
  }
  std::string sent_so_far() {
    std::string sent;
    for (const FakeGraph::Request& request : graph_.requests()) {
      const json::value body = json::parse(request.body);
      const json::object& letter = body.as_object();
      if (!letter.contains("type")) continue;  // a mark that a message was read
      sent += letter.contains("to") ? "to " : "recipient ";
      sent += text_of(letter.at(letter.contains("to") ? "to" : "recipient")) + " ";
      sent += text_of(letter.at("text").as_object().at("body")) + "\n";
    }
    return sent;
  }
  static std::string text_of(const json::value& value) {
    return {value.as_string().data(), value.as_string().size()};
  }

  FakeGraph graph_{[](const FakeGraph::Request&) { return taken_reply(); }};
  NewFolder root_;
  std::unique_ptr<Served> served_;
  std::uint16_t port_ = 0;
};

TEST_F(ServeWhatsApp, AWebhookBeginsAConversation) {
  HttpLine line(port_);
  EXPECT_EQ(
      line.ask(
          "GET",
          std::string("/whatsapp?hub.mode=subscribe&hub.challenge=42&hub.verify_token=") + verify,
          ""),
      200);
  EXPECT_EQ(line.body(), "42");
  EXPECT_EQ(say("wamid.1", "6281100000001", "halo"), 200);
  EXPECT_EQ(sent_with("Which company"),
            "to +6281100000001 Welcome to the register.\n"
            "to +6281100000001 Which company shall I look up?\n");
}

TEST_F(ServeWhatsApp, OnlyWhatIsSignedIsHeardAndOnlyOnce) {
  const std::string body = with_messages(text_message("wamid.1", "6281100000001", "halo"));
  EXPECT_EQ(post(body, "another-0123456789abcdef0123456789"), 401);
  EXPECT_EQ(post(body, old_secret), 200);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post(body), 200);
  const std::string health = asked("/health");
  EXPECT_NE(health.find("\"messages_in\":1"), health.npos) << health;
  EXPECT_NE(health.find("\"duplicates\":3"), health.npos) << health;
  served_->kill();
  start();
  EXPECT_EQ(post(body), 200);
  const std::string later = asked("/health");
  EXPECT_NE(later.find("\"messages_in\":0"), later.npos) << later;
}

// One citizen, whose id comes beside the number, then without it, then with another number: one
// conversation, though the service is killed between any two messages.
TEST_F(ServeWhatsApp, OneCitizenStaysOneConversation) {
  const auto text = [](const std::string& id, const std::string& names, const std::string& words) {
    return "{" + names + ",\"id\":\"" + id + "\",\"type\":\"text\",\"text\":{\"body\":\"" + words +
           "\"}}";
  };
  const auto restart = [this] {
    served_->kill();
    start();
  };
  EXPECT_EQ(post(with_messages(text("wamid.1", R"("from":"6281100000001")", "halo"))), 200);
  sent_with("to +6281100000001 Which company");
  restart();
  EXPECT_EQ(post(with_messages(
                text("wamid.2", R"("from":"6281100000001","from_user_id":"ID.7")", "first bank"))),
            200);
  sent_with("to +6281100000001 first bank is not on the list.");
  restart();
  EXPECT_EQ(post(with_messages(text("wamid.3", R"("from_user_id":"ID.7")", "once more"))), 200);
  sent_with("recipient ID.7 Which company");
  const std::string moved = R"({"from":"6281100000001","id":"wamid.4","type":"system",
      "system":{"wa_id":"6281100000002","type":"user_changed_number"}})";
  EXPECT_EQ(post(with_messages(moved)), 200);
  restart();
  EXPECT_EQ(post(with_messages(text("wamid.5", R"("from":"6281100000002")", "second bank"))), 200);
  sent_with("to +6281100000002 second bank is not on the list.");
  // Whoever has the old number now is somebody else.
  EXPECT_EQ(post(with_messages(text("wamid.6", R"("from":"6281100000002")", "halo"))), 200);
  EXPECT_EQ(post(with_messages(text("wamid.7", R"("from":"6281100000001")", "halo"))), 200);
  sent_with("to +6281100000001 Which company");
  sent_with("to +6281100000002 Which company");
  const std::string health = asked("/health");
  EXPECT_NE(health.find("\"active\":2"), health.npos) << health;
}

// A message that comes a day late is heard, but nothing may be answered any more.
TEST_F(ServeWhatsApp, OutsideTheWindowNothingIsSent) {
  const std::int64_t late = std::time(nullptr) - 24 * 3'600 - 5;
  EXPECT_EQ(post(with_messages(text_message("wamid.1", "6281100000001", "halo", late))), 200);
  EXPECT_TRUE(comes([&] { return asked("/dead-letters").find("131047") != std::string::npos; }));
  EXPECT_EQ(sent_so_far().find("6281100000001"), std::string::npos);
}

// What Meta says of a message later is taken down, and a failure is a dead letter.
TEST_F(ServeWhatsApp, StatusesAreTakenDown) {
  EXPECT_EQ(say("wamid.1", "6281100000001", "halo"), 200);
  sent_with("Which company");
  for (const FakeGraph::Request& request : graph_.requests()) {
    const json::value body = json::parse(request.body);
    const json::value* id = body.as_object().if_contains("biz_opaque_callback_data");
    if (!id) continue;
    EXPECT_EQ(post(with_statuses(
                  R"({"id":"wamid.OUT","status":"failed","biz_opaque_callback_data":")" +
                  text_of(*id) + R"(","errors":[{"code":131026,"title":"Undeliverable"}]})")),
              200);
  }
  const std::string letters = asked("/dead-letters");
  EXPECT_NE(letters.find("131026 Undeliverable"), letters.npos) << letters;
  const std::string health = asked("/health");
  EXPECT_NE(health.find("\"receipts\":2"), health.npos) << health;
}

TEST_F(ServeWhatsApp, WhatCannotBeUsedIsKeptAndShown) {
  EXPECT_EQ(post(with_messages("{\"type\":\"text\"}," +
                               text_message("wamid.1", "6281100000001", "halo"))),
            200);
  EXPECT_EQ(post(with_field("phone_number_quality_update", "{\"event\":\"FLAGGED\"}")), 200);
  const std::string unheard = asked("/unheard");
  EXPECT_NE(unheard.find("a message without its id"), unheard.npos) << unheard;
  EXPECT_NE(unheard.find(R"({\"type\":\"text\"})"), unheard.npos) << unheard;
  EXPECT_TRUE(served_->says("phone_number_quality_update: event FLAGGED"));
}

TEST_F(ServeWhatsApp, NoSecretIsEverSaid) {
  EXPECT_EQ(post("{}", "wrong"), 401);
  EXPECT_EQ(say("wamid.1", "6281100000001", "halo"), 200);
  EXPECT_EQ(served_->stop(), 0);
  for (const char* one : {secret, old_secret, verify, "EAAG-"}) {
    EXPECT_EQ(served_->said().find(one), std::string::npos);
  }
}

}  // namespace
}  // namespace alur::tests
