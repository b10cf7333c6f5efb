#include "adapters/telegram/telegram_channel.hpp"

#include <utility>

#include "adapters/http/base64url.hpp"
#include "adapters/http/send_result.hpp"
#include "adapters/http/whole_number.hpp"

namespace alur::adapters {

using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t poll_seconds = 25;  // Telegram keeps a fetch that has nothing to bring
constexpr std::int64_t answer_ms_max = 20'000;
constexpr std::size_t fetched_bytes_max = 8u << 20;
constexpr NodPace dots{5, 4'000};  // they go after 5 s (sendChatAction)

// It stands in the targets of requests: "123456:ABC-DEF...".
bool is_token(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  return parse_whole<std::uint64_t>(text.substr(0, colon)) && colon + 1 < text.size() &&
         is_base64url(text.substr(colon + 1));
}

std::optional<std::int64_t> chat_of(std::string_view address) {
  constexpr std::string_view begin = "telegram:";
  if (!address.starts_with(begin)) return std::nullopt;
  const auto chat = parse_whole<std::int64_t>(address.substr(begin.size()));
  return chat && *chat > 0 ? chat : std::nullopt;
}

std::string address_of(std::int64_t chat) {
  return std::string(telegram_name) + ":" + std::to_string(chat);
}

}  // namespace

std::unique_ptr<TelegramChannel> TelegramChannel::open(const TelegramSettings& settings,
                                                       Rounds::Tell tell, std::string& error) {
  if (!is_token(settings.token)) {
    error = "telegram: the token is none of a bot";
    return nullptr;
  }
  HostSettings host;
  host.body_bytes_max = fetched_bytes_max;
  auto client = HostClient::open(settings.api_url, std::move(host), error);
  if (!client) return nullptr;
  return std::unique_ptr<TelegramChannel>(
      new TelegramChannel(settings, std::move(tell), std::move(client)));
}

TelegramChannel::TelegramChannel(const TelegramSettings& settings, Rounds::Tell tell,
                                 std::unique_ptr<HostClient> client)
    : capabilities_(*program::find_channel(telegram_name)),
      settings_(settings),
      prefix_(client->base() + "bot" + settings.token + "/"),
      rounds_(client->later(), telegram_name, std::move(tell)),
      nods_(
          client->later(),
          [this](const Nod& nod) {
            if (!nod.answered) nudge(render_typing(*chat_of(nod.address)));
          },
          dots),
      client_(std::move(client)) {}

void TelegramChannel::nudge(WebRequest call) {
  call.target = prefix_ + call.target;
  client_->nudge(std::move(call));
}

void TelegramChannel::ask(WebRequest call, std::int64_t ms_max,
                          std::function<void(const ports::SendResult&, std::string_view)> done) {
  call.target = prefix_ + call.target;
  client_->ask(std::move(call), ms_max, [done = std::move(done)](const HostOutcome& outcome) {
    if (!outcome.answer) return done(result_without_answer("Telegram", outcome), {});
    const HostAnswer& answer = *outcome.answer;
    done(classify_telegram(answer.status, answer.body), answer.body);
  });
}

// --- what is sent

// Rates of the Bot API's FAQ: one message a second to a chat, 30 a second in all. More at once is
// borne, "but eventually you'll begin receiving 429 errors".
ports::Pace TelegramChannel::pace() const {
  return {.pair_rate = 1, .pair_burst = 1, .account_rate = 30, .account_burst = 3};
}

std::optional<std::size_t> TelegramChannel::sender_of(std::string_view address) const {
  return chat_of(address) ? std::optional<std::size_t>(0) : std::nullopt;
}

void TelegramChannel::send(ports::Outgoing message, std::function<void(ports::SendResult)> done) {
  const auto chat = chat_of(message.address);
  if (!chat) return done(result_of(Kind::dropped, "no chat of Telegram's"));
  nods_.answered(message.address);
  ask(render_telegram(*chat, message.shown), answer_ms_max,
      [done = std::move(done)](const ports::SendResult& result, auto) { done(result); });
}

// --- what comes

void TelegramChannel::start(ports::Inbox& inbox) {
  inbox_.emplace(inbox);
  rounds_.start([this](Rounds::Done done) {
    settled_ ? fetch(std::move(done)) : settle_webhook(std::move(done));
  });
}

// Telegram brings updates to a webhook, or lets them be fetched: never both.
void TelegramChannel::settle_webhook(Rounds::Done done) {
  ask(render_webhook(settings_.webhook_url, settings_.secret), answer_ms_max,
      [this, done = std::move(done)](const ports::SendResult& result, auto) {
        settled_ = result.kind == Kind::accepted;
        if (!settled_) return done({Round::Kind::failed, result});
        done({settings_.has_webhook() ? Round::Kind::over : Round::Kind::brought, {}});
      });
}

void TelegramChannel::fetch(Rounds::Done done) {
  ask(render_fetch(next_, poll_seconds), answer_ms_max + poll_seconds * 1'000,
      [this, done = std::move(done)](const ports::SendResult& result, std::string_view body) {
        if (result.kind != Kind::accepted) return done({Round::Kind::failed, result});
        auto updates = decode_updates(body);
        if (updates.empty()) return done({Round::Kind::nothing, {}});
        const std::int64_t last = updates.back().id;
        hear(std::move(updates), [this, last, done](std::int64_t next) {
          next_ = next;
          done({next > last ? Round::Kind::brought : Round::Kind::nothing, {}});
        });
      });
}

void TelegramChannel::take(const std::string& body, std::function<void(int)> done) {
  auto updates = decode_updates(body);
  if (updates.empty()) return done(400);
  const std::int64_t last = updates.back().id;
  hear(std::move(updates),
       [last, done = std::move(done)](std::int64_t next) { done(next > last ? 200 : 503); });
}

void TelegramChannel::hear(std::vector<TelegramUpdate> updates,
                           std::function<void(std::int64_t)> done) {
  std::vector<std::int64_t> ids;  // of those that are given on
  std::vector<ports::InOrder::Item> items;
  for (TelegramUpdate& update : updates) {
    if (update.chat == 0) continue;
    ids.push_back(update.id);
    ports::InOrder::Item& item = items.emplace_back();
    item.inbound.id = std::to_string(update.id);
    item.inbound.address = address_of(update.chat);
    item.inbound.input = std::move(update.input);
    item.done = [this, callback = std::move(update.callback)](ports::Verdict verdict) {
      if (is_done_with(verdict) && !callback.empty()) nudge(render_tap_answer(callback));
    };
    nods_.heard(item.inbound.address, item.inbound.id);
  }
  ids.push_back(updates.back().id + 1);
  inbox_->receive(std::move(items), [ids = std::move(ids), done = std::move(done)](
                                        std::size_t taken) { done(ids[taken]); });
}

}  // namespace alur::adapters
