#include "adapters/whatsapp/graph_client.hpp"

#include <boost/json.hpp>
#include <mutex>

#include "adapters/http/send_result.hpp"
#include "adapters/http/steady_ms.hpp"
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

constexpr const char* boundary = "alur-5f0c3f6d1b2e4a978d61";

WebRequest request_of(std::string_view method, std::string target, const WhatsAppNumber& number) {
  WebRequest request;
  request.method = method;
  request.target = std::move(target);
  request.headers = {{"Authorization", "Bearer " + number.token}, {"Accept", "application/json"}};
  return request;
}

WebRequest message_of(std::string target, const WhatsAppNumber& number, std::string body) {
  WebRequest request = json_post(std::move(target), std::move(body));
  request.headers.emplace_back("Authorization", "Bearer " + number.token);
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

HostSettings host_settings(const GraphSettings& settings) {
  HostSettings host;
  host.certificates = settings.certificates;
  host.resolve = settings.resolve;
  return host;
}

}  // namespace

struct GraphClient::State : std::enable_shared_from_this<GraphClient::State> {
  GraphSettings settings;
  std::string prefix;  // of targets: "/v25.0/"
  std::unique_ptr<HostClient> graph;
  MediaHosts media;
  std::mutex mutex;
  ports::Breaker breaker;

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
  auto state = std::make_shared<State>();
  state->graph = HostClient::open(settings.url, host_settings(settings), error);
  if (!state->graph) return nullptr;
  state->prefix = state->graph->base() + settings.version + "/";
  state->settings = std::move(settings);
  state->media = MediaHosts(state->graph->origin(), state->settings.media_hosts,
                            [host = host_settings(state->settings)](const WebOrigin& origin) {
                              HostSettings media = host;
                              media.origin = origin;
                              media.guard = guard_for(origin.host);  // tests' on this machine
                              std::string ignored;  // the same certificates were taken above
                              return std::make_unique<HostClient>(std::move(media), ignored);
                            });
  return std::unique_ptr<GraphClient>(new GraphClient(std::move(state)));
}

GraphClient::~GraphClient() {
  stop();
}

void GraphClient::send(const WhatsAppNumber& number, std::string body,
                       std::function<void(SendResult)> done) {
  if (!state_->allows()) {
    return done(result_of(Kind::paused, state_->graph->origin().host + " keeps failing",
                          state_->settings.breaker_ms));
  }
  state_->graph->ask(message_of(state_->prefix + number.id + "/messages", number, std::move(body)),
                     state_->settings.send_ms_max,
                     [state = state_.get(), done = std::move(done)](HostOutcome outcome) {
                       state->note(is_failure(outcome));
                       done(to_result(outcome));
                     });
}

void GraphClient::nudge(const WhatsAppNumber& number, std::string body) {
  state_->graph->nudge(
      message_of(state_->prefix + number.id + "/messages", number, std::move(body)));
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

Later GraphClient::later() {
  return state_->graph->later();
}

void GraphClient::stop() {
  state_->media.stop();
  state_->graph->stop();
}

}  // namespace alur::adapters
