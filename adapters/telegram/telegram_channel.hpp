// TelegramChannel: a bot of Telegram's: what citizens send it comes by long polling or by a
// webhook, and what is sent goes to the Bot API. A chat with the bot alone is a citizen.
// docs/telegram.md says what is sent how, and what is not done.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "adapters/http/nods.hpp"
#include "adapters/http/rounds.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "adapters/telegram/settings.hpp"
#include "engine/ports/in_order.hpp"

namespace alur::adapters {

class TelegramChannel : public ports::Channel {
 public:
  // `tell` hears no secrets. Null, and one plain line in `error`.
  static std::unique_ptr<TelegramChannel> open(const TelegramSettings& settings, Rounds::Tell tell,
                                               std::string& error);

  const program::Channel& capabilities() const override { return capabilities_; }
  ports::Pace pace() const override;
  std::optional<std::size_t> sender_of(std::string_view address) const override;
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;

  // From now on updates come: fetched, or, where there is a webhook, told to take(). The inbox
  // answers all that it was given before this channel goes.
  void start(ports::Inbox& inbox);
  // The body of one call of the webhook. `done` gets the HTTP status: 200, 400 (it is no update),
  // or 503 (Telegram shall say it again).
  void take(const std::string& body, std::function<void(int status)> done);
  // Ends what is under way; nothing is called any more when this returns.
  void stop() { client_->stop(); }

 private:
  TelegramChannel(const TelegramSettings& settings, Rounds::Tell tell,
                  std::unique_ptr<HostClient> client);

  void nudge(WebRequest call);
  // `done` gets the body, too.
  void ask(WebRequest call, std::int64_t ms_max,
           std::function<void(const ports::SendResult&, std::string_view body)> done);

  void settle_webhook(Rounds::Done done);
  void fetch(Rounds::Done done);
  // `done` gets the first update that is to come again, or that has not come yet.
  void hear(std::vector<TelegramUpdate> updates, std::function<void(std::int64_t next)> done);

  program::Channel capabilities_;
  TelegramSettings settings_;
  std::string prefix_;  // of targets: "/bot<token>/"; secret
  Rounds rounds_;
  Nods nods_;
  std::optional<ports::InOrder> inbox_;
  bool settled_ = false;  // this and the next by one round after another
  std::int64_t next_ = 0;
  std::unique_ptr<HostClient> client_;  // stops before the rest goes
};

}  // namespace alur::adapters
