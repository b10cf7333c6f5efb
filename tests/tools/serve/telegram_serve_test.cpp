// A service with a bot, as citizens of Telegram meet it: over a Bot API on loopback, fetched and by
// webhook.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/adapters/telegram/fake_telegram.hpp"
#include "tests/crash/served.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tests/new_folder.hpp"

namespace alur::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* hook_secret = "a-secret-of-the-hook-32-characters";

class TelegramServed : public testing::Test {
 protected:
  void SetUp() override {
    std::string app(small_app);
    app.replace(app.find("[webchat]"), 9, "[telegram, console]");
    root_.write("app/app.yaml", app);
    root_.write("app/main.flow.yaml", std::string(small_flow));
    setenv("KIT_TELEGRAM_TOKEN", FakeTelegram::token, 1);
    setenv("KIT_TELEGRAM_SECRET", hook_secret, 1);
  }
  void start(const std::string& more = "") {
    root_.write("alur.yaml",
                "app: app\nstore: store.db\ntelegram:\n  token_from: KIT_TELEGRAM_TOKEN\n" +
                    ("  api_url: " + fake_.url() + "\n") + more);
    served_ = std::make_unique<Served>(
        ALUR_PROGRAM,
        std::vector<std::string>{"serve", "--config", root_.at("alur.yaml"), "--cores", "2"});
    ASSERT_TRUE(served_->start()) << served_->said();
  }
  static std::string message(const std::string& text) {
    return R"("message":{"message_id":1,"from":{"id":7,"is_bot":false},"chat":{"id":7},"text":")" +
           text + "\"}";
  }

  NewFolder root_;
  FakeTelegram fake_;
  std::unique_ptr<Served> served_;
};

TEST_F(TelegramServed, ACitizenIsAnswered) {
  start();
  fake_.tell(message("halo"));
  const auto sent = fake_.wait_for("sendMessage", 2);
  ASSERT_EQ(sent.size(), 2u) << served_->said();
  EXPECT_THAT(sent[0], HasSubstr(R"("chat_id":7,"text":"Welcome to the register.")"));
  EXPECT_THAT(sent[1], HasSubstr("Which company shall I look up?"));
  EXPECT_TRUE(fake_.wait_until_confirmed());
  EXPECT_TRUE(served_->says("fetching from Telegram")) << served_->said();
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_THAT(served_->said(), Not(HasSubstr("ABC-DEF")));
}

TEST_F(TelegramServed, AWebhookIsToldAndServed) {
  start("  webhook_url: https://bot.example.org/telegram\n  secret_from: KIT_TELEGRAM_SECRET\n" +
        std::string("  port: 0\n"));
  ASSERT_TRUE(served_->says("Telegram's webhook at http://127.0.0.1:")) << served_->said();
  const auto told = fake_.wait_for("setWebhook", 1);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_THAT(told[0], HasSubstr("https://bot.example.org/telegram"));
  EXPECT_EQ(served_->stop(), 0);
  EXPECT_THAT(served_->said(), Not(HasSubstr(hook_secret)));
}

}  // namespace
}  // namespace alur::tests
