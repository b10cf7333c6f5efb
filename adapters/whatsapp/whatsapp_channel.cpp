#include "adapters/whatsapp/whatsapp_channel.hpp"

#include <algorithm>
#include <utility>

#include "adapters/http/steady_ms.hpp"
#include "adapters/whatsapp/classify.hpp"

namespace alur::adapters {

using ports::Fault;
using ports::Result;
using ports::SendResult;
using Kind = ports::SendResult::Kind;

namespace {

constexpr int window_closed = 131047;
constexpr int media_unusable = 131053;
constexpr int template_paused = 132015;
// Meta counts what a number sends by the second; a tenth of that may leave at once.
constexpr double number_burst_seconds = 0.1;

}  // namespace

std::unique_ptr<WhatsAppChannel> WhatsAppChannel::open(const WhatsAppSettings& settings,
                                                       GraphSettings graph, WhatsAppParts parts,
                                                       std::string& error) {
  if (!settings.is_on()) {
    error = "whatsapp: no number to send from";
    return nullptr;
  }
  graph.url = settings.graph_url;
  graph.version = settings.graph_version;
  auto client = GraphClient::open(std::move(graph), error);
  if (!client) return nullptr;
  return std::unique_ptr<WhatsAppChannel>(
      new WhatsAppChannel(settings, std::move(parts), std::move(client)));
}

WhatsAppChannel::WhatsAppChannel(const WhatsAppSettings& settings, WhatsAppParts parts,
                                 std::unique_ptr<GraphClient> graph)
    : capabilities_(*program::find_channel(whatsapp_name)),
      settings_(settings),
      parts_(std::move(parts)),
      graph_(std::move(graph)),
      nods_(graph_->later(),
            [this](const Nod& nod) {
              graph_->nudge(*find_number(number_of(nod.address)),
                            render_read(nod.message_id, !nod.answered));
            },
            {}) {}

WhatsAppChannel::~WhatsAppChannel() {
  stop();
}

// --- what the runtime asks

ports::Pace WhatsAppChannel::pace_of(const WhatsAppNumber& number) const {
  ports::Pace pace;
  pace.pair_rate = settings_.pair_rate;
  pace.pair_burst = settings_.pair_burst;
  pace.number_rate = number.rate;
  pace.number_burst = std::max(1.0, number.rate * number_burst_seconds);
  pace.receipts = true;
  return pace;
}

std::vector<ports::Sender> WhatsAppChannel::senders() const {
  std::vector<ports::Sender> senders;
  for (const WhatsAppNumber& number : settings_.numbers) {
    senders.push_back({number.id, {}, pace_of(number)});
  }
  return senders;
}

const WhatsAppNumber* WhatsAppChannel::find_number(std::string_view id) const {
  for (const WhatsAppNumber& number : settings_.numbers) {
    if (number.id == id) return &number;
  }
  return nullptr;
}

std::optional<std::size_t> WhatsAppChannel::sender_of(std::string_view address) const {
  const WhatsAppNumber* number = find_number(number_of(address));
  if (!number) return std::nullopt;
  return static_cast<std::size_t>(number - settings_.numbers.data());
}

std::optional<WhatsAppChannel::Way> WhatsAppChannel::find_way(const std::string& address,
                                                              SendResult& refusal) const {
  WhatsAppReach reach{address};
  if (parts_.reach) {
    auto found = parts_.reach(address);
    if (!found) {
      refusal = result_of(Kind::retry, "where it goes is not known now");
      return std::nullopt;
    }
    reach = std::move(*found);
  }
  auto to = parse_address(reach.address);
  Window window = Window::not_known;
  if (reach.wrote_ms != 0) {
    window =
        parts_.now_ms() - reach.wrote_ms < capabilities_.window_ms ? Window::open : Window::shut;
  }
  if (to && find_number(to->number)) return Way{std::move(*to), window};
  refusal = result_of(Kind::dropped, "no number of ours reaches this citizen");
  return std::nullopt;
}

void WhatsAppChannel::send(ports::Outgoing message, Done done) {
  SendResult refusal;
  auto way = find_way(message.address, refusal);
  if (!way) return done(std::move(refusal));
  std::string reply_to = std::move(message.shown.reply_to);
  Content content = to_content(std::move(message.shown));
  const auto* approved = std::get_if<TemplateContent>(&content);
  if (way->window == Window::shut && !approved) return done(classify_code(window_closed, 0));
  if (approved && is_held(way->address.number, *approved)) {
    const bool needless = way->window == Window::open;
    return done(needless ? result_of(Kind::dropped, "the citizen has written meanwhile")
                         : classify_code(template_paused, 0));
  }
  nods_.answered(message.address);
  post({find_number(way->address.number), std::move(way->address.recipient), message.id,
        std::move(reply_to), std::move(content), std::move(done)});
}

Letter WhatsAppChannel::Order::take_letter() {
  return {std::move(recipient), id, std::move(reply_to), std::move(content)};
}

// --- templates that Meta has paused

bool WhatsAppChannel::is_held(const std::string& number, const TemplateContent& content) {
  const std::lock_guard lock(mutex_);
  return paused_.is_paused(number, content.name, content.language, steady_ms());
}

void WhatsAppChannel::resume_template(const std::string& name, const std::string& language) {
  const std::lock_guard lock(mutex_);
  paused_.resume(name, language);
}

void WhatsAppChannel::post_template(Order order) {
  const auto& content = std::get<TemplateContent>(order.content);
  auto done = [this, number = order.number->id, name = content.name, language = content.language,
               done = std::move(order.done)](SendResult result) {
    if (result.kind == Kind::hold) {
      const std::lock_guard lock(mutex_);
      paused_.pause(number, name, language, steady_ms());
    }
    done(std::move(result));
  };
  graph_->send(*order.number, render(order.take_letter()), std::move(done));
}

// --- messages of all kinds

void WhatsAppChannel::post(Order order) {
  if (std::holds_alternative<TemplateContent>(order.content)) {
    return post_template(std::move(order));
  }
  if (post_uploaded(order)) return;
  graph_->send(*order.number, render(order.take_letter()), std::move(order.done));
}

// --- media of ours

// True: it has been taken on, and leaves when what it shows is uploaded.
bool WhatsAppChannel::post_uploaded(Order& order) {
  const auto* media = std::get_if<MediaContent>(&order.content);
  if (!media || !media->id.empty() || !parts_.media_source) return false;
  auto source = parts_.media_source(media->link);
  if (!source) return false;
  const MediaCache::Key key{order.number->id, media->link};
  const WhatsAppNumber& number = *order.number;
  auto shared = std::make_shared<Order>(std::move(order));
  std::string id;
  MediaCache::Found found = MediaCache::Found::absent;
  {
    const std::lock_guard lock(mutex_);
    found = uploads_.find(key, steady_ms(), id, [this, shared](std::optional<std::string> given) {
      post_by_id(std::move(*shared), std::move(given));
    });
  }
  if (found == MediaCache::Found::here) post_by_id(std::move(*shared), std::move(id));
  if (found == MediaCache::Found::absent) upload(key, number, std::move(*source));
  return true;
}

void WhatsAppChannel::upload(MediaCache::Key key, const WhatsAppNumber& number, MediaUpload media) {
  graph_->upload(number, std::move(media), [this, key = std::move(key)](Result<std::string> made) {
    std::vector<MediaCache::Waiter> waiters;
    std::optional<std::string> id;
    if (made) id = *made;
    {
      const std::lock_guard lock(mutex_);
      waiters = uploads_.finish(key, id, steady_ms());
    }
    for (const MediaCache::Waiter& waiter : waiters) waiter(id);
  });
}

void WhatsAppChannel::post_by_id(Order order, std::optional<std::string> media_id) {
  if (!media_id) {
    return order.done(result_of(Kind::retry, "what it shows could not be uploaded"));
  }
  auto& media = std::get<MediaContent>(order.content);
  const MediaCache::Key key{order.number->id, std::exchange(media.link, {})};
  media.id = std::move(*media_id);
  graph_->send(*order.number, render(order.take_letter()),
               [this, key, done = std::move(order.done)](SendResult result) {
                 const std::string_view reason = result.reason;
                 if (reason.starts_with(std::to_string(media_unusable))) {
                   const std::lock_guard lock(mutex_);
                   uploads_.forget(key);
                 }
                 done(std::move(result));
               });
}

void WhatsAppChannel::download(const std::string& number, const std::string& media_id,
                               MediaLimits limits, Sink sink,
                               std::function<void(Result<MediaFacts>)> done) {
  const WhatsAppNumber* known = find_number(number);
  if (!known) return done(Fault::refused);
  graph_->download(*known, media_id, std::move(limits), std::move(sink), std::move(done));
}

// --- ticks and dots

void WhatsAppChannel::heard(const std::string& address, const std::string& message_id) {
  if (find_number(number_of(address))) nods_.heard(address, message_id);
}

void WhatsAppChannel::stop() {
  graph_->stop();
}

}  // namespace alur::adapters
