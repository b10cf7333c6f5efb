// A bot against a Bot API on loopback: what is fetched is heard once and in order, what is sent
// arrives, and what Telegram says to it is done.
#include "adapters/telegram/telegram_channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "tests/adapters/telegram/fake_telegram.hpp"

namespace alur::tests {
namespace {

using namespace adapters;
using Kind = ports::SendResult::Kind;
using ports::Verdict;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Takes what comes down, as the runtime would, and sheds what a test says.
class Inbox : public ports::Inbox {
 public:
  void receive(ports::Inbound inbound, std::function<void(Verdict)> done) override {
    Verdict verdict = Verdict::accepted;
    {
      const std::lock_guard lock(mutex_);
      if (shed_ > 0 && inbound.input.text == "shed") {
        --shed_;
        verdict = Verdict::overloaded;
      } else {
        heard_.push_back(inbound.address + " " + inbound.input.text);
      }
    }
    done(verdict);
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }
  void shed(int times) { shed_ = times; }
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
  std::atomic<int> shed_{0};
};

class Telegram : public testing::Test {
 protected:
  void open(bool webhook = false) {
    TelegramSettings settings;
    settings.token = FakeTelegram::token;
    settings.api_url = fake.url();
    if (webhook) {
      settings.webhook_url = "https://bot.example.org/telegram";
      settings.secret = "a-secret-of-thirty-two-characters";
    }
    std::string error;
    channel = TelegramChannel::open(
        settings, [this](const std::string& line) { told += line + "\n"; }, error);
    ASSERT_TRUE(channel) << error;
  }
  void say(std::int64_t chat, const std::string& text) {
    fake.tell(R"("message":{"message_id":1,"from":{"id":7,"is_bot":false},"chat":{"id":)" +
              std::to_string(chat) + R"(},"text":")" + text + "\"}");
  }
  ports::SendResult send(const std::string& address) {
    ports::Outgoing message;
    message.id = 1;
    message.address = address;
    message.shown.text = "hello";
    std::promise<ports::SendResult> result;
    channel->send(message, [&](const ports::SendResult& got) { result.set_value(got); });
    return result.get_future().get();
  }

  FakeTelegram fake;
  Inbox inbox;
  std::string told;
  std::unique_ptr<TelegramChannel> channel;
};

TEST_F(Telegram, WhatIsFetchedIsHeardInOrderAndConfirmed) {
  say(7, "one");
  say(8, "other");
  say(7, "two");
  open();
  channel->start(inbox);
  ASSERT_TRUE(fake.wait_until_confirmed());
  channel->stop();
  const auto heard = inbox.heard();  // chats do not wait for one another
  EXPECT_THAT(
      heard, testing::UnorderedElementsAre("telegram:7 one", "telegram:8 other", "telegram:7 two"));
  EXPECT_LT(std::find(heard.begin(), heard.end(), "telegram:7 one"),
            std::find(heard.begin(), heard.end(), "telegram:7 two"));
  EXPECT_EQ(fake.asked("deleteWebhook").size(), 1u);
}

// What is shed comes again, and what the same chat said after it does not overtake it.
TEST_F(Telegram, WhatIsShedComesAgainBeforeWhatFollows) {
  say(7, "shed");
  say(7, "after");
  inbox.shed(1);
  open();
  channel->start(inbox);
  ASSERT_TRUE(fake.wait_until_confirmed());
  channel->stop();
  EXPECT_THAT(inbox.heard(), ElementsAre("telegram:7 shed", "telegram:7 after"));
}

TEST_F(Telegram, ATapIsAnswered) {
  fake.tell(R"("callback_query":{"id":"q9","from":{"id":7},"data":"3-k7","message":{
               "chat":{"id":7}}})");
  open();
  channel->start(inbox);
  const auto answers = fake.wait_for("answerCallbackQuery", 1);
  channel->stop();
  EXPECT_THAT(answers, ElementsAre(R"({"callback_query_id":"q9"})"));
}

TEST_F(Telegram, TheDotsAreShownUntilSomethingIsSent) {
  say(7, "one");
  open();
  channel->start(inbox);
  const auto dots = fake.wait_for("sendChatAction", 1);
  EXPECT_THAT(dots, ElementsAre(R"({"chat_id":7,"action":"typing"})"));
  EXPECT_EQ(send("telegram:7").kind, Kind::accepted);
  channel->stop();
}

TEST_F(Telegram, WhatIsSentArrivesAtItsChat) {
  open();
  EXPECT_EQ(send("telegram:7").kind, Kind::accepted);
  EXPECT_THAT(fake.asked("sendMessage"), ElementsAre(HasSubstr(R"("chat_id":7,"text":"hello")")));
  EXPECT_EQ(send("telegram:x").kind, Kind::dropped);
  EXPECT_EQ(send("webchat:7").kind, Kind::dropped);
}

TEST_F(Telegram, WhatTelegramAnswersIsDone) {
  open();
  fake.answer("sendMessage", bot_error(429, R"(,"parameters":{"retry_after":3})"));
  const auto fast = send("telegram:7");
  EXPECT_EQ(fast.kind, Kind::wait_pair);
  EXPECT_EQ(fast.after_ms, 3'000);
  fake.answer("sendMessage", bot_error(403));
  const auto blocked = send("telegram:7");
  EXPECT_EQ(blocked.kind, Kind::dropped);
  EXPECT_THAT(blocked.reason, Not(HasSubstr("secret words")));
}

// What a citizen asks and is told is for nobody else.
TEST_F(Telegram, AGroupIsNotHeardNorWrittenTo) {
  open();
  say(-1009, "from a group");
  say(7, "from a citizen");
  channel->start(inbox);
  ASSERT_TRUE(fake.wait_until_confirmed());
  EXPECT_EQ(send("telegram:-1009").kind, Kind::dropped);
  channel->stop();
  EXPECT_THAT(inbox.heard(), ElementsAre("telegram:7 from a citizen"));
  EXPECT_TRUE(fake.asked("sendMessage").empty());
  EXPECT_EQ(channel->sender_of("telegram:7"), 0u);
  EXPECT_FALSE(channel->sender_of("telegram:-1009"));
}

TEST_F(Telegram, AWebhookIsSettledAndTakesUpdates) {
  open(true);
  channel->start(inbox);
  const auto settled = fake.wait_for("setWebhook", 1);
  ASSERT_EQ(settled.size(), 1u);
  EXPECT_THAT(settled[0], HasSubstr(R"("secret_token":"a-secret-of-thirty-two-characters")"));
  std::vector<int> statuses;
  const auto take = [&](const std::string& body) {
    channel->take(body, [&](int status) { statuses.push_back(status); });
  };
  take(R"({"update_id":1,"message":{"chat":{"id":7},"text":"hi"}})");
  take("{}");
  inbox.shed(1);
  take(R"({"update_id":2,"message":{"chat":{"id":7},"text":"shed"}})");
  channel->stop();
  EXPECT_THAT(statuses, ElementsAre(200, 400, 503));
  EXPECT_THAT(inbox.heard(), ElementsAre("telegram:7 hi"));
  EXPECT_TRUE(fake.asked("getUpdates").empty());
}

TEST_F(Telegram, TheTokenStandsInNoLine) {
  open();
  fake.answer("getUpdates", bot_error(401));
  channel->start(inbox);
  fake.wait_for("getUpdates", 1);
  channel->stop();
  EXPECT_THAT(told, Not(HasSubstr("ABC-DEF")));
  EXPECT_EQ(fake.wrong_tokens(), 0);
}

TEST(TelegramSettingsOf, WhatCannotBeSpokenToIsRefused) {
  TelegramSettings settings;
  settings.token = FakeTelegram::token;
  settings.api_url = "http://api.telegram.org";
  std::string error;
  EXPECT_FALSE(TelegramChannel::open(settings, {}, error));
  settings.api_url = "https://api.telegram.org";
  settings.token = "123456:abc/../x";
  EXPECT_FALSE(TelegramChannel::open(settings, {}, error));
  EXPECT_THAT(error, Not(HasSubstr("abc")));
}

}  // namespace
}  // namespace alur::tests
