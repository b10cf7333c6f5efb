#include "adapters/telegram/telegram_channel.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <utility>

#include "adapters/http/send_result.hpp"
#include "adapters/http/web_address.hpp"
#include "adapters/telegram/classify.hpp"

namespace alur::adapters {

namespace json = boost::json;
using ports::SendResult;
using ports::Verdict;
using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t send_ms_max = 20'000;
constexpr std::int64_t nudge_ms_max = 5'000;
constexpr int nudges_max = 16;                   // under way at once
constexpr std::int64_t typing_after_ms = 700;    // an answer in this time needs no dots before it
constexpr std::int64_t typing_every_ms = 4'000;  // they go after 5 s (sendChatAction)
constexpr int typing_times = 5;
constexpr std::size_t typing_max = 10'000;  // citizens for whom they are shown
constexpr std::size_t fetched_bytes_max = 8u << 20;
constexpr int fetched_max = 100;  // updates at once (getUpdates)

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// It stands in the targets of requests: "123456:ABC-DEF...".
bool is_token(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return false;
  const auto good = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
  };
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(), good);
}

std::optional<std::int64_t> chat_of(std::string_view address) {
  const std::size_t colon = address.find(':');
  if (address.substr(0, colon) != telegram_name || colon == address.npos) return std::nullopt;
  const std::string_view digits = address.substr(colon + 1);
  std::int64_t chat = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), chat);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return chat;
}

json::array wanted_updates() {
  return {"message", "edited_message", "callback_query"};
}

}  // namespace

std::unique_ptr<TelegramChannel> TelegramChannel::open(const TelegramSettings& settings,
                                                       TelegramParts parts, std::string& error) {
  const auto address = parse_web_address(settings.api_url);
  if (!address || (!address->origin.tls && !is_loopback(address->origin.host))) {
    error = settings.api_url + ": https://host is wanted";
    return nullptr;
  }
  if (!is_token(settings.token)) {
    error = "telegram: the token is none of a bot";
    return nullptr;
  }
  HostSettings host;
  host.origin = address->origin;
  host.certificates = parts.certificates;
  host.body_bytes_max = fetched_bytes_max;
  host.guard = guard_for(host.origin.host);
  auto client = std::make_unique<HostClient>(std::move(host), error);
  if (!error.empty()) return nullptr;
  const std::string slash = address->target.back() == '/' ? "" : "/";
  return std::unique_ptr<TelegramChannel>(
      new TelegramChannel(settings, std::move(parts), std::move(client),
                          address->target + slash + "bot" + settings.token + "/"));
}

TelegramChannel::TelegramChannel(const TelegramSettings& settings, TelegramParts parts,
                                 std::unique_ptr<HostClient> client, std::string prefix)
    : capabilities_(*program::find_channel(telegram_name)),
      settings_(settings),
      parts_(std::move(parts)),
      prefix_(std::move(prefix)),
      client_(std::move(client)) {}

TelegramChannel::~TelegramChannel() {
  stop();
}

void TelegramChannel::stop() {
  client_->stop();
}

void TelegramChannel::tell(const std::string& line) {
  if (parts_.tell) parts_.tell("telegram: " + line);
}

// --- what is sent

// Rates of the Bot API's FAQ: one message a second to a chat, 20 a minute to a group, 30 a second
// in all. More at once is borne, "but eventually you'll begin receiving 429 errors".
std::vector<ports::Sender> TelegramChannel::senders() const {
  ports::Pace people;
  people.pair_rate = 1;
  people.pair_burst = 1;
  people.account_rate = 30;
  people.account_burst = 3;
  ports::Pace groups = people;
  groups.pair_rate = 20.0 / 60;
  return {{"people", "bot", people}, {"groups", "bot", groups}};
}

std::optional<std::size_t> TelegramChannel::sender_of(std::string_view address) const {
  const auto chat = chat_of(address);
  if (!chat) return std::nullopt;
  return *chat < 0 ? 1 : 0;
}

void TelegramChannel::ask(const TelegramCall& call, std::int64_t ms_max, HostClient::Done done) {
  WebRequest request;
  request.method = "POST";
  request.target = prefix_ + call.method;
  request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  request.body = call.body;
  client_->ask(std::move(request), ms_max, std::move(done));
}

// What nobody needs to be told about.
void TelegramChannel::nudge(const TelegramCall& call) {
  {
    const std::lock_guard lock(mutex_);
    if (nudges_ >= nudges_max) return;
    ++nudges_;
  }
  ask(call, nudge_ms_max, [this](const HostOutcome&) {
    const std::lock_guard lock(mutex_);
    --nudges_;
  });
}

void TelegramChannel::send(ports::Outgoing message, Done done) {
  const auto chat = chat_of(message.address);
  if (!chat) return done(result_of(Kind::dropped, "no chat of Telegram's"));
  {
    const std::lock_guard lock(mutex_);
    typing_.erase(*chat);
  }
  ask(render_telegram(chat_now(*chat), message.shown), send_ms_max,
      [this, chat = *chat, done = std::move(done)](const HostOutcome& outcome) {
        if (!outcome.answer) return done(result_without_answer("Telegram", outcome));
        const auto verdict = classify_telegram(outcome.answer->status, outcome.answer->body);
        if (verdict.moved_to != 0) note_move(chat, verdict.moved_to);
        done(verdict.result);
      });
}

// --- groups that move. After a start Telegram says it again, with the first message to the group;
// a group that writes before is taken for a new one.

void TelegramChannel::note_move(std::int64_t from, std::int64_t to) {
  const std::lock_guard lock(mutex_);
  moved_[from] = to;
}

std::int64_t TelegramChannel::chat_now(std::int64_t chat) {
  const std::lock_guard lock(mutex_);
  const auto found = moved_.find(chat);
  return found == moved_.end() ? chat : found->second;
}

std::string TelegramChannel::address_of(std::int64_t chat) {
  const std::lock_guard lock(mutex_);
  for (const auto& [from, to] : moved_) {
    if (to == chat) chat = from;
  }
  return std::string(telegram_name) + ":" + std::to_string(chat);
}

// --- what comes

void TelegramChannel::start(ports::Inbox& inbox) {
  inbox_.emplace(inbox);
  client_->after(0, [this] { settle_webhook(); });
}

// Telegram brings updates to a webhook, or lets them be fetched: never both.
void TelegramChannel::settle_webhook() {
  TelegramCall call{"deleteWebhook", "{}"};
  if (settings_.has_webhook()) {
    call = {"setWebhook", json::serialize(json::object{{"url", settings_.webhook_url},
                                                       {"secret_token", settings_.secret},
                                                       {"allowed_updates", wanted_updates()}})};
  }
  ask(call, send_ms_max, [this](const HostOutcome& outcome) {
    const bool settled = outcome.answer && outcome.answer->status == 200;
    if (settled && !settings_.has_webhook()) return poll();
    if (settled) return;
    if (failures_++ == 0) {
      tell(outcome.answer ? "HTTP " + std::to_string(outcome.answer->status) + " at the start"
                          : "cannot be reached");
    }
    client_->after(std::min(60'000, 1'000 << std::min(failures_, 6)), [this] { settle_webhook(); });
  });
}

void TelegramChannel::poll() {
  const json::object body{{"offset", next_},
                          {"limit", fetched_max},
                          {"timeout", parts_.poll_seconds},
                          {"allowed_updates", wanted_updates()}};
  const std::int64_t since = steady_ms();
  ask({"getUpdates", json::serialize(body)}, send_ms_max + parts_.poll_seconds * 1'000,
      [this, since](const HostOutcome& outcome) { take_fetched(outcome, steady_ms() - since); });
}

// What was fetched, and what became of it.
struct TelegramChannel::Batch {
  std::vector<TelegramUpdate> updates;
  std::vector<bool> taken;
  std::size_t pending = 0;

  std::optional<std::int64_t> first_left() const {
    for (std::size_t i = 0; i < updates.size(); ++i) {
      if (!taken[i]) return updates[i].id;
    }
    return std::nullopt;
  }
};

void TelegramChannel::take_fetched(const HostOutcome& outcome, std::int64_t took_ms) {
  auto updates = outcome.answer && outcome.answer->status == 200
                     ? decode_updates(outcome.answer->body)
                     : std::nullopt;
  if (!updates) {
    if (failures_++ == 0) {
      tell(outcome.answer ? "HTTP " + std::to_string(outcome.answer->status) + " for updates"
                          : "cannot be reached");
    }
    const auto asked = outcome.answer
                           ? classify_telegram(outcome.answer->status, outcome.answer->body)
                           : TelegramVerdict();
    const std::int64_t own = std::min(60'000, 1'000 << std::min(failures_ - 1, 6));
    const std::int64_t wait = asked.result.after_ms > 0 ? asked.result.after_ms : own;
    return client_->after(wait, [this] { poll(); });
  }
  failures_ = 0;
  // An answer at once that brings nothing would be asked for again and again.
  if (updates->empty()) return client_->after(took_ms < 1'000 ? 1'000 : 0, [this] { poll(); });
  std::sort(updates->begin(), updates->end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  auto batch = std::make_shared<Batch>();
  batch->updates = std::move(*updates);
  batch->taken.resize(batch->updates.size());
  batch->pending = batch->updates.size();
  std::vector<ports::InOrder::Item> items;
  for (std::size_t i = 0; i < batch->updates.size(); ++i) {
    add_heard(batch->updates[i], items, [this, batch, i](bool taken) {
      client_->after(0, [this, batch, i, taken] {
        batch->taken[i] = taken;
        if (--batch->pending == 0) finish(*batch);
      });
    });
  }
  inbox_->receive(std::move(items));
}

// What was not taken comes again, and what came behind it.
void TelegramChannel::finish(const Batch& batch) {
  const auto left = batch.first_left();
  next_ = left.value_or(batch.updates.back().id + 1);
  client_->after(left ? 1'000 : 0, [this] { poll(); });
}

void TelegramChannel::add_heard(const TelegramUpdate& update,
                                std::vector<ports::InOrder::Item>& items,
                                std::function<void(bool)> done) {
  if (update.chat == 0) return done(true);
  if (update.moved_to != 0) {
    note_move(update.chat, update.moved_to);
    return done(true);
  }
  ports::Inbound inbound;
  inbound.id = std::to_string(update.id);
  inbound.address = address_of(update.chat);
  inbound.input = update.input;
  begin_typing(update.chat);
  items.push_back({std::move(inbound),
                   [this, callback = update.callback, done = std::move(done)](Verdict verdict) {
                     const bool taken = is_done_with(verdict);
                     if (taken && !callback.empty()) nudge(render_tap_answer(callback));
                     done(taken);
                   }});
}

void TelegramChannel::take(const std::string& body, std::function<void(int)> done) {
  const auto update = decode_update(body);
  if (!update) return done(400);
  std::vector<ports::InOrder::Item> items;
  add_heard(*update, items, [done = std::move(done)](bool taken) { done(taken ? 200 : 503); });
  inbox_->receive(std::move(items));
}

// --- the three dots, until something is sent

void TelegramChannel::begin_typing(std::int64_t chat) {
  std::uint64_t serial = 0;
  {
    const std::lock_guard lock(mutex_);
    if (typing_.size() >= typing_max || typing_.contains(chat)) return;
    serial = typing_[chat] = ++serial_;
  }
  client_->after(typing_after_ms,
                 [this, chat, serial] { go_on_typing(chat, serial, typing_times); });
}

void TelegramChannel::go_on_typing(std::int64_t chat, std::uint64_t serial, int left) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = typing_.find(chat);
    if (found == typing_.end() || found->second != serial) return;
    if (left == 0) {
      typing_.erase(found);
      return;
    }
  }
  nudge(render_typing(chat));
  client_->after(typing_every_ms,
                 [this, chat, serial, left] { go_on_typing(chat, serial, left - 1); });
}

}  // namespace alur::adapters
