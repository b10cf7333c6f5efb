// The door for webhooks, over real sockets: who is let in, what is answered, and that nothing is
// answered with 200 before it is durable. Around it stand an inbox and a store that fail on demand.
#include "adapters/whatsapp/webhook_server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <set>
#include <thread>

#include "adapters/memory/memory_store.hpp"
#include "tests/adapters/whatsapp/webhooks.hpp"
#include "tests/crash/http_line.hpp"

namespace alur::tests {
namespace {

namespace asio = boost::asio;
using ports::Verdict;

constexpr const char* secret = "0123456789abcdef0123456789abcdef";

// Takes what comes, once for each id, or what it is told to say instead.
class RecordingInbox : public ports::Inbox {
 public:
  void receive(ports::Inbound inbound, std::function<void(Verdict)> done) override {
    Verdict verdict = Verdict::accepted;
    {
      const std::lock_guard lock(mutex);
      most_under_way = std::max(most_under_way, ++under_way[inbound.address]);
      if (verdicts.contains(inbound.id)) verdict = verdicts[inbound.id];
      if (verdict == Verdict::accepted && !seen.insert(inbound.id).second) {
        verdict = Verdict::duplicate;
      }
      if (verdict == Verdict::accepted) messages.push_back(std::move(inbound));
    }
    if (inline_answers) return answer(done, verdict);
    const std::lock_guard lock(mutex);
    waiting.push_back([this, done = std::move(done), verdict] { answer(done, verdict); });
  }
  void receive(ports::Receipt receipt, std::function<void(bool)> done) override {
    {
      const std::lock_guard lock(mutex);
      receipts.push_back(receipt);
    }
    done(!shed_receipts);
  }
  // Answers what waits, until nothing more comes.
  void answer_all() {
    for (;;) {
      std::vector<std::function<void()>> now;
      {
        const std::lock_guard lock(mutex);
        now.swap(waiting);
      }
      if (now.empty()) return;
      for (const auto& one : now) one();
    }
  }

  std::mutex mutex;
  bool inline_answers = true;
  bool shed_receipts = false;
  std::vector<std::function<void()>> waiting;
  std::map<std::string, Verdict> verdicts;
  std::set<std::string> seen;
  std::vector<ports::Inbound> messages;
  std::vector<ports::Receipt> receipts;
  std::map<std::string, std::size_t> under_way;
  std::size_t most_under_way = 0;

 private:
  void answer(const std::function<void(Verdict)>& done, Verdict verdict) {
    {
      const std::lock_guard lock(mutex);
      under_way.clear();
    }
    done(verdict);
  }
};

struct StandingClock : ports::Clock {
  value::Instant now() const override { return {1'790'000'500'000}; }
};

class Bench {
 public:
  Bench() {
    adapters::IntakeParts parts;
    parts.inbox = &inbox;
    citizens = std::make_unique<adapters::WhatsAppCitizens>(store, std::move(*store.reader()));
    parts.citizens = citizens.get();
    parts.clock = &clock;
    parts.numbers = {our_number, our_other_number};
    parts.commit = [this](ports::Change change, std::function<void(ports::Result<void>)> done) {
      const std::vector<ports::Change> group{std::move(change)};
      done(store.commit(group));
    };
    parts.tell = [this](const std::string& line) { told += line + "\n"; };
    parts.heard = [this](const std::string& address, const std::string& id) {
      heard += address.substr(address.find('/') + 1) + " " + id + "\n";
    };
    intake = std::make_unique<adapters::Intake>(std::move(parts));
  }

  std::vector<ports::UnheardRow> unheard() {
    const auto reader = store.reader();
    return *(*reader)->unheard(100);
  }

  std::shared_ptr<adapters::MemoryDisk> disk = std::make_shared<adapters::MemoryDisk>();
  adapters::MemoryStore store{disk};
  StandingClock clock;
  RecordingInbox inbox;
  std::unique_ptr<adapters::WhatsAppCitizens> citizens;
  std::unique_ptr<adapters::Intake> intake;
  std::string told;
  std::string heard;
};

class WebhookServer : public testing::Test, protected Bench {
 protected:
  void SetUp() override {
    settings_.app_secrets = {"the old one, which goes", secret};
    settings_.verify_token = "say friend";
    server_ = std::make_unique<adapters::WebhookServer>(
        std::vector<asio::io_context*>{&io_}, *intake, settings_, static_cast<std::uint16_t>(0));
    ASSERT_EQ(server_->start(), "");
    thread_ = std::thread([this] { io_.run(); });
  }
  void TearDown() override {
    server_->stop_accepting();
    guard_.reset();
    io_.stop();
    thread_.join();
  }

  int post(const std::string& body, const std::string& signature) {
    HttpLine line(server_->port());
    line.set_more("X-Hub-Signature-256: " + signature + "\r\n");
    const int status = line.ask("POST", "/whatsapp", body);
    said_ = line.body();
    return status;
  }
  int post(const std::string& body) { return post(body, sign(body, secret)); }
  int get(const std::string& target) {
    HttpLine line(server_->port());
    const int status = line.ask("GET", target, "");
    said_ = line.body();
    return status;
  }

  adapters::WhatsAppSettings settings_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_{io_.get_executor()};
  std::unique_ptr<adapters::WebhookServer> server_;
  std::thread thread_;
  std::string said_;
};

TEST_F(WebhookServer, AnswersTheHandshake) {
  const std::string asked = "/whatsapp?hub.mode=subscribe&hub.challenge=%3C17%3E&hub.verify_token=";
  EXPECT_EQ(get(asked + "say+friend"), 200);
  EXPECT_EQ(said_, "<17>");
  EXPECT_EQ(get(asked + "say+foe"), 403);
  EXPECT_EQ(said_.find("friend"), said_.npos);
  EXPECT_EQ(get("/whatsapp"), 403);
  EXPECT_EQ(get("/whatsapp/"), 404);
  EXPECT_EQ(get("/messages"), 404);
}

TEST_F(WebhookServer, TakesASignedMessage) {
  const std::string body = with_messages(message_samples()[1].element);
  EXPECT_EQ(post(body), 200);
  ASSERT_EQ(inbox.messages.size(), 1u);
  const ports::Inbound& message = inbox.messages.front();
  EXPECT_EQ(message.id, std::string(our_number) + ":wamid.T2");
  EXPECT_EQ(message.address, std::string("whatsapp:") + our_number + "/6281100000001");
  EXPECT_EQ(message.input.text, "halo");
  EXPECT_EQ(message.wrote_ms, 1'790'000'001'000);
  ASSERT_EQ(message.names.size(), 1u);
  EXPECT_EQ(heard, "6281100000001 wamid.T2\n");
  EXPECT_EQ(post(body), 200);  // a duplicate is as good as taken, and marked no second time
  EXPECT_EQ(heard, "6281100000001 wamid.T2\n");
}

TEST_F(WebhookServer, BelievesNobodyElse) {
  const std::string body = with_messages(message_samples()[0].element);
  for (const std::string& signature : {std::string("sha256=00"), sign(body, "another secret"),
                                       sign(body + " ", secret), sign(body, secret) + "0"}) {
    EXPECT_EQ(post(body, signature), 401);
    EXPECT_EQ(said_.find(sign(body, secret).substr(7)), said_.npos);
  }
  HttpLine bare(server_->port());
  EXPECT_EQ(bare.ask("POST", "/whatsapp", body), 401);
  HttpLine twice(server_->port());
  twice.set_more("X-Hub-Signature-256: " + sign(body, secret) +
                 "\r\nX-Hub-Signature-256: " + sign(body, secret) + "\r\n");
  EXPECT_EQ(twice.ask("POST", "/whatsapp", body), 401);
  HttpLine put(server_->port());
  EXPECT_EQ(put.ask("PUT", "/whatsapp", body), 405);
  EXPECT_TRUE(inbox.messages.empty() && disk->unheard.empty());
}

TEST_F(WebhookServer, WhatIsAuthenticAndUselessIsKept) {
  const std::string body = "no JSON \xff";
  EXPECT_EQ(post(body), 200);
  ASSERT_EQ(unheard().size(), 1u);
  EXPECT_EQ(unheard().front().raw, body);
  EXPECT_EQ(unheard().front().reason, "the body is no JSON object");
  EXPECT_EQ(post(with_field("account_update", "{\"event\":\"BAN\"}")), 200);
  EXPECT_EQ(told, "WhatsApp account 4400: account_update: event BAN\n");
  inbox.verdicts[std::string(our_number) + ":wamid.1"] = Verdict::refused;
  EXPECT_EQ(post(with_messages(text_message("wamid.1", "628110001", "x"))), 200);
  EXPECT_EQ(unheard().front().reason, "the app takes nothing from there");
}

TEST_F(WebhookServer, WhatCannotBeKeptIsNotTaken) {
  disk->fail_at = 1;
  EXPECT_EQ(post("no JSON"), 503);
  EXPECT_EQ(post("no JSON"), 200);
  for (const Verdict verdict : {Verdict::overloaded, Verdict::unavailable}) {
    inbox.verdicts[std::string(our_number) + ":wamid.2"] = verdict;
    const std::string body = with_messages(text_message("wamid.1", "628110001", "a") + "," +
                                           text_message("wamid.2", "628110001", "b"));
    EXPECT_EQ(post(body), 503);
    inbox.verdicts.clear();
    EXPECT_EQ(post(body), 200);
    inbox.seen.clear();
  }
  inbox.shed_receipts = true;
  EXPECT_EQ(post(with_statuses(status_samples()[0].element)), 503);
  inbox.shed_receipts = false;
  EXPECT_EQ(post(with_statuses(status_samples()[0].element)), 200);
}

TEST_F(WebhookServer, BodiesUpToFourMegabytesAreRead) {
  const std::string body = with_messages(text_message("wamid.1", "628110001", "x") + ",\"" +
                                         std::string(3'900'000, 'y') + "\"");
  EXPECT_EQ(post(body), 200);
  EXPECT_EQ(inbox.messages.size(), 1u);
  EXPECT_EQ(unheard().front().raw.size(), adapters::raw_bytes_max);
  // A longer one is refused by its head, before it is sent.
  HttpLine line(server_->port());
  line.set_more("X-Hub-Signature-256: sha256=00\r\nContent-Length: 5000000\r\nX-");
  EXPECT_EQ(line.ask("POST", "/whatsapp", ""), 413);
}

TEST_F(WebhookServer, OneConnectionBearsManyRequests) {
  HttpLine line(server_->port());
  for (int i = 0; i < 50; ++i) {
    const std::string body =
        with_messages(text_message("wamid." + std::to_string(i), "628110001", "halo"));
    line.set_more("X-Hub-Signature-256: " + sign(body, secret) + "\r\n");
    ASSERT_EQ(line.ask("POST", "/whatsapp", body), 200);
  }
  EXPECT_EQ(inbox.messages.size(), 50u);
}

// --- the intake alone

class WhatsAppIntake : public testing::Test, protected Bench {
 protected:
  // Empty while it is under way; else what was said of the whole.
  std::shared_ptr<std::optional<bool>> take(const std::string& body) {
    const auto said = std::make_shared<std::optional<bool>>();
    intake->take(decode(body), [said](bool durable) { *said = durable; });
    return said;
  }
};

TEST_F(WhatsAppIntake, AThousandOfOneCitizenComeInWaves) {
  inbox.inline_answers = false;
  std::string messages;
  for (int i = 0; i < 1'000; ++i) {
    messages += (i > 0 ? "," : "") + text_message("wamid." + std::to_string(i), "628110001", "x");
  }
  const auto said = take(with_messages(messages));
  EXPECT_FALSE(said->has_value());
  EXPECT_EQ(inbox.messages.size(), adapters::Intake::of_citizen_max);
  inbox.answer_all();
  EXPECT_EQ(*said, true);
  ASSERT_EQ(inbox.messages.size(), 1'000u);
  for (std::size_t i = 0; i < 1'000; ++i) {
    ASSERT_EQ(inbox.messages[i].id, std::string(our_number) + ":wamid." + std::to_string(i));
  }
}

TEST_F(WhatsAppIntake, AThousandOfManyAreNeverAllUnderWay) {
  inbox.inline_answers = false;
  std::string messages;
  for (int i = 0; i < 1'000; ++i) {
    messages += (i > 0 ? "," : "") +
                text_message("wamid." + std::to_string(i), "62811000" + std::to_string(i), "x");
  }
  const auto said = take(with_messages(messages));
  EXPECT_EQ(inbox.messages.size(), adapters::Intake::under_way_max);
  inbox.answer_all();
  EXPECT_EQ(*said, true);
  EXPECT_EQ(inbox.messages.size(), 1'000u);
}

TEST_F(WhatsAppIntake, NothingMoreIsTriedWhereSomethingFailed) {
  std::string messages;
  for (int i = 0; i < 40; ++i) {
    messages += (i > 0 ? "," : "") + text_message("wamid." + std::to_string(i), "628110001", "x");
  }
  inbox.verdicts[std::string(our_number) + ":wamid.3"] = Verdict::overloaded;
  EXPECT_EQ(*take(with_messages(messages)), false);
  EXPECT_EQ(inbox.messages.size(), adapters::Intake::of_citizen_max - 1);
}

TEST_F(WhatsAppIntake, ReceiptsAreTakenDown) {
  std::string statuses;
  for (const WebhookSample& sample : status_samples()) {
    statuses += (statuses.empty() ? "" : ",") + sample.element;
  }
  EXPECT_EQ(*take(with_statuses(statuses)), true);
  ASSERT_EQ(inbox.receipts.size(), 6u);
  EXPECT_EQ(inbox.receipts[0].id, 71u);
  EXPECT_EQ(inbox.receipts[4].state, ports::Delivery::failed);
  EXPECT_EQ(unheard().size(), 1u);  // the status that nobody knows
}

TEST_F(WhatsAppIntake, OnlyWhatACitizenWritesOpensTheWindow) {
  for (const WebhookSample& sample : message_samples()) {
    inbox.messages.clear();
    heard.clear();
    EXPECT_EQ(*take(with_messages(sample.element)), true) << sample.name;
    if (inbox.messages.empty()) continue;
    const bool writes = sample.expected.find("opens nothing") == sample.expected.npos;
    EXPECT_EQ(inbox.messages.front().wrote_ms > 0, writes) << sample.name;
    EXPECT_EQ(!heard.empty(), writes) << sample.name;
    EXPECT_LE(inbox.messages.front().wrote_ms, clock.now().milliseconds) << sample.name;
  }
}

TEST_F(WhatsAppIntake, AMoveIsKeptBeforeTheMessageThatFollows) {
  ports::TurnChange turn;
  turn.session.address = std::string("whatsapp:") + our_number + "/6281100000001";
  turn.session.citizen = store.key_of(turn.session.address);
  const std::vector<ports::Change> group{turn};
  ASSERT_TRUE(store.commit(group));
  const std::string moved = R"({"from":"6281100000001","id":"wamid.M","type":"system",
      "system":{"wa_id":"6281100000002","type":"user_changed_number"}})";
  EXPECT_EQ(*take(with_messages(text_message("wamid.1", "6281100000002", "x") + "," + moved)),
            true);
  EXPECT_EQ(inbox.messages.front().address, turn.session.address);
  EXPECT_EQ(disk->names.size(), 3u);  // the new one, the one that is free, and that it was told
  // Where it cannot be kept, all of it comes again.
  const std::string again = R"({"from":"6281100000002","id":"wamid.M2","type":"system",
      "system":{"wa_id":"6281100000003","type":"user_changed_number"}})";
  for (std::uint64_t n = 1; n < 30; ++n) {
    disk->fail_at = n;
    const bool taken = **take(with_messages(again));
    const bool failed = disk->fail_at == 0;
    disk->fail_at = 0;
    EXPECT_EQ(taken, !failed) << n;
    if (!failed) break;
  }
  EXPECT_EQ(*take(with_messages(text_message("wamid.2", "6281100000003", "x"))), true);
  EXPECT_EQ(inbox.messages.back().address, turn.session.address);
}

// Whatever fails on the way, a body that is sent again until it is taken is heard once and whole.
TEST_F(WhatsAppIntake, WhateverFailsItIsTakenWhenItComesAgain) {
  const std::string body = with_messages(message_samples()[1].element + ",7," +
                                         text_message("wamid.9", "628110009", "x"));
  for (std::uint64_t n = 1; n < 40; ++n) {
    disk->fail_at = n;
    const bool first = **take(body);
    const bool failed = disk->fail_at == 0;
    disk->fail_at = 0;
    EXPECT_EQ(first, !failed) << n;
    EXPECT_EQ(*take(body), true);
    EXPECT_EQ(inbox.messages.size(), 2u) << n;
    inbox.messages.clear();
    inbox.seen.clear();
    if (!failed) return;
  }
  FAIL() << "it always fails";
}

}  // namespace
}  // namespace alur::tests
