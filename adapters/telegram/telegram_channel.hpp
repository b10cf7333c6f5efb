// TelegramChannel: a bot of Telegram's: what citizens send it comes by long polling or by a
// webhook, and what is sent goes to the Bot API. A chat is a citizen. docs/telegram.md says what
// is sent how, and what is not done.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/host_client.hpp"
#include "adapters/telegram/render.hpp"
#include "adapters/telegram/settings.hpp"
#include "adapters/telegram/update.hpp"
#include "engine/ports/in_order.hpp"

namespace alur::adapters {

struct TelegramParts {
  std::string certificates;  // a PEM file of more authorities to trust; empty: the system's only
  // A line for operators, without secrets; from any thread. Empty: nobody wants it.
  std::function<void(const std::string& line)> tell;
  std::int64_t poll_seconds = 25;  // how long Telegram may keep a fetch that has nothing to bring
};

class TelegramChannel : public ports::Channel {
 public:
  // Null, and one plain line in `error`.
  static std::unique_ptr<TelegramChannel> open(const TelegramSettings& settings,
                                               TelegramParts parts, std::string& error);
  ~TelegramChannel() override;  // stops

  const program::Channel& capabilities() const override { return capabilities_; }
  ports::Pace pace() const override { return senders().front().pace; }
  // One for people and one for groups, whose paces differ.
  std::vector<ports::Sender> senders() const override;
  std::optional<std::size_t> sender_of(std::string_view address) const override;
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;

  // From now on updates come: fetched, or, where there is a webhook, told to take(). The inbox
  // answers all that it was given before this channel goes.
  void start(ports::Inbox& inbox);
  // The body of one call of the webhook. `done` gets the HTTP status: 200, 400 (it is no update),
  // or 503 (Telegram shall say it again).
  void take(const std::string& body, std::function<void(int status)> done);
  // Ends what is under way; nothing is called any more when this returns.
  void stop();

 private:
  using Done = std::function<void(ports::SendResult)>;
  struct Batch;

  TelegramChannel(const TelegramSettings& settings, TelegramParts parts,
                  std::unique_ptr<HostClient> client, std::string prefix);

  void ask(const TelegramCall& call, std::int64_t ms_max, HostClient::Done done);
  void nudge(const TelegramCall& call);
  void tell(const std::string& line);

  void settle_webhook();
  void poll();
  void take_fetched(const HostOutcome& outcome, std::int64_t took_ms);
  void finish(const Batch& batch);
  // To what is to be heard; what is not is taken at once.
  void add_heard(const TelegramUpdate& update, std::vector<ports::InOrder::Item>& items,
                 std::function<void(bool taken)> done);
  void begin_typing(std::int64_t chat);
  void go_on_typing(std::int64_t chat, std::uint64_t serial, int left);

  void note_move(std::int64_t from, std::int64_t to);
  std::int64_t chat_now(std::int64_t chat);       // of the chat that a session has
  std::string address_of(std::int64_t chat_now);  // of the session

  program::Channel capabilities_;
  TelegramSettings settings_;
  TelegramParts parts_;
  std::string prefix_;  // of targets: "/bot<token>/"; secret
  std::optional<ports::InOrder> inbox_;
  std::int64_t next_ = 0;  // the first update that is not taken; by the client's thread
  int failures_ = 0;       // of fetches, one after another; by the client's thread
  std::mutex mutex_;       // guards what follows, up to the client
  std::map<std::int64_t, std::int64_t> moved_;  // groups whose id has changed, to what
  std::map<std::int64_t, std::uint64_t> typing_;
  std::uint64_t serial_ = 0;
  int nudges_ = 0;
  std::unique_ptr<HostClient> client_;
};

}  // namespace alur::adapters
