#include "adapters/whatsapp/graph_client.hpp"

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <mutex>

#include "adapters/http/send_result.hpp"
#include "adapters/http/web_address.hpp"
#include "adapters/whatsapp/classify.hpp"
#include "adapters/whatsapp/media_fetch.hpp"
#include "engine/ports/breaker.hpp"

namespace alur::adapters {

namespace json = boost::json;
using ports::Fault;
using ports::Result;
using ports::SendResult;
using Kind = ports::SendResult::Kind;

namespace {

constexpr std::int64_t nudge_ms_max = 5'000;
constexpr int nudges_max = 16;  // under way at once: they must not stand in messages' way
constexpr const char* boundary = "alur-5f0c3f6d1b2e4a978d61";

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

WebRequest request_of(std::string_view method, std::string target, const WhatsAppNumber& number) {
  WebRequest request;
  request.method = method;
  request.target = std::move(target);
  request.headers = {{"Authorization", "Bearer " + number.token}, {"Accept", "application/json"}};
  return request;
}

std::string multipart_of(const MediaUpload& media) {
  const std::string next = std::string("--") + boundary + "\r\n";
  const auto field = [&](std::string_view name, std::string_view text) {
    return next + "Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
           std::string(text) + "\r\n";
  };
  return field("messaging_product", "whatsapp") + field("type", media.type) + next +
         "Content-Disposition: form-data; name=\"file\"; filename=\"" + media.file_name +
         "\"\r\nContent-Type: " + media.type + "\r\n\r\n" + media.bytes + "\r\n--" + boundary +
         "--\r\n";
}

// What would end a header's line, or its quotes.
bool is_one_word(std::string_view text) {
  return text.find_first_of("\"\r\n") == text.npos;
}

Result<std::string> id_of(const HostOutcome& outcome) {
  if (!outcome.answer) return outcome.answer.error();
  if (outcome.answer->status / 100 == 5) return Fault::unavailable;
  if (outcome.answer->status / 100 != 2) return Fault::refused;
  boost::system::error_code error;
  const json::value body = json::parse(outcome.answer->body, error);
  const json::value* id =
      error || !body.is_object() ? nullptr : body.get_object().if_contains("id");
  if (!id || !id->is_string()) return Fault::unreadable;
  return std::string(id->get_string());
}

SendResult to_result(const HostOutcome& outcome) {
  if (outcome.answer) {
    return classify({outcome.answer->status, outcome.answer->retry_after, outcome.answer->body});
  }
  return result_without_answer("the Graph API", outcome);
}

bool is_failure(const HostOutcome& outcome) {
  return !outcome.answer || outcome.answer->status / 100 == 5;
}

HostSettings host_settings(const GraphSettings& settings, const WebOrigin& origin) {
  HostSettings host;
  host.origin = origin;
  host.certificates = settings.certificates;
  host.resolve = settings.resolve;
  host.guard = guard_for(origin.host);  // a Graph of tests may be on this machine
  return host;
}

}  // namespace

struct GraphClient::State : std::enable_shared_from_this<GraphClient::State> {
  GraphSettings settings;
  std::string prefix;  // of targets: "/v25.0/"
  WebOrigin origin;
  std::unique_ptr<HostClient> graph;
  MediaHosts media;
  std::mutex mutex;
  ports::Breaker breaker;
  std::atomic<int> nudges = 0;

  bool allows() {
    const std::lock_guard lock(mutex);
    return breaker.allows(steady_ms());
  }
  void note(bool failed) {
    const std::lock_guard lock(mutex);
    if (failed) {
      breaker.failed(steady_ms());
    } else {
      breaker.succeeded();
    }
  }
};

std::unique_ptr<GraphClient> GraphClient::open(GraphSettings settings, std::string& error) {
  const auto address = parse_web_address(settings.url);
  if (!address) {
    error = settings.url + ": https://host is wanted";
    return nullptr;
  }
  if (!address->origin.tls && !is_loopback(address->origin.host)) {
    error = settings.url + ": https is wanted: it would carry tokens for all to read";
    return nullptr;
  }
  auto state = std::make_shared<State>();
  state->origin = address->origin;
  state->prefix = address->target + (address->target.back() == '/' ? "" : "/");
  state->prefix += settings.version + "/";
  state->settings = std::move(settings);
  state->graph = std::make_unique<HostClient>(host_settings(state->settings, state->origin), error);
  if (!error.empty()) return nullptr;
  state->media =
      MediaHosts(state->origin, state->settings.media_hosts,
                 [settings = state->settings](const WebOrigin& origin) {
                   std::string ignored;  // the same certificates were taken above
                   return std::make_unique<HostClient>(host_settings(settings, origin), ignored);
                 });
  return std::unique_ptr<GraphClient>(new GraphClient(std::move(state)));
}

GraphClient::~GraphClient() {
  stop();
}

void GraphClient::send(const WhatsAppNumber& number, std::string body,
                       std::function<void(SendResult)> done) {
  if (!state_->allows()) {
    return done(result_of(Kind::paused, state_->origin.host + " keeps failing",
                          state_->settings.breaker_ms));
  }
  WebRequest request = request_of("POST", state_->prefix + number.id + "/messages", number);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  state_->graph->ask(std::move(request), state_->settings.send_ms_max,
                     [state = state_.get(), done = std::move(done)](HostOutcome outcome) {
                       state->note(is_failure(outcome));
                       done(to_result(outcome));
                     });
}

void GraphClient::nudge(const WhatsAppNumber& number, std::string body) {
  if (state_->nudges >= nudges_max) return;
  ++state_->nudges;
  WebRequest request = request_of("POST", state_->prefix + number.id + "/messages", number);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  state_->graph->ask(std::move(request), nudge_ms_max,
                     [state = state_.get()](const HostOutcome&) { --state->nudges; });
}

void GraphClient::upload(const WhatsAppNumber& number, MediaUpload media,
                         std::function<void(Result<std::string>)> done) {
  if (!is_one_word(media.file_name) || !is_one_word(media.type)) return done(Fault::refused);
  WebRequest request = request_of("POST", state_->prefix + number.id + "/media", number);
  request.headers.emplace_back("Content-Type",
                               std::string("multipart/form-data; boundary=") + boundary);
  request.body = multipart_of(media);
  state_->graph->ask(
      std::move(request), state_->settings.media_ms_max,
      [done = std::move(done)](const HostOutcome& outcome) { done(id_of(outcome)); });
}

void GraphClient::download(const WhatsAppNumber& number, const std::string& media_id,
                           MediaLimits limits, Sink sink,
                           std::function<void(Result<MediaFacts>)> done) {
  if (!is_media_id(media_id)) return done(Fault::refused);
  const WebRequest ask =
      request_of("GET", state_->prefix + media_id + "?phone_number_id=" + number.id, number);
  fetch_media(*state_->graph, state_->media, ask, "Bearer " + number.token,
              state_->settings.media_ms_max, std::move(limits), std::move(sink), std::move(done));
}

void GraphClient::after(std::int64_t ms, std::function<void()> work) {
  state_->graph->after(ms, std::move(work));
}

void GraphClient::stop() {
  state_->media.stop();
  state_->graph->stop();
}

}  // namespace alur::adapters
