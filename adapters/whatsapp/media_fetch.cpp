#include "adapters/whatsapp/media_fetch.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "adapters/http/base64url.hpp"
#include "adapters/http/json_text.hpp"
#include "adapters/http/web_address.hpp"

namespace alur::adapters {

namespace json = boost::json;
using ports::Fault;
using ports::Result;

namespace {

constexpr std::size_t text_max = 4'096;
constexpr std::size_t id_max = 128;
constexpr int not_found = 404;

bool fits(const MediaLimits& limits, std::string_view type) {
  return limits.types.empty() ||
         std::any_of(limits.types.begin(), limits.types.end(), [&](const std::string& wanted) {
           return wanted.ends_with('/') ? type.starts_with(wanted)
                                        : type.substr(0, type.find(';')) == wanted;
         });
}

class Sha256 {
 public:
  Sha256() { EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr); }

  void add(std::string_view bytes) { EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()); }
  void take() {
    unsigned size = 0;
    EVP_DigestFinal_ex(state_.get(), digest_.data(), &size);
  }
  std::string hex() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest_) text += {digits[byte >> 4], digits[byte & 15]};
    return text;
  }
  // As webhooks have it; the Graph API's own answers have hex.
  std::string base64() const {
    std::array<unsigned char, 48> text{};
    const int size = EVP_EncodeBlock(text.data(), digest_.data(), static_cast<int>(digest_.size()));
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)};
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* state) const { EVP_MD_CTX_free(state); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> state_{EVP_MD_CTX_new()};
  std::array<unsigned char, 32> digest_{};
};

// One fetching, from the question to the last byte.
struct Fetch : std::enable_shared_from_this<Fetch> {
  HostClient* graph = nullptr;
  MediaHosts* hosts = nullptr;
  WebRequest ask;
  std::string bearer;
  std::int64_t ms_max = 0;
  MediaLimits limits;
  Sink sink;
  std::function<void(Result<MediaFacts>)> done;

  bool asked_again = false;
  std::string promised;  // its hash, in hex or base64; empty: none
  MediaFacts facts;
  Sha256 hash;

  void begin() {
    graph->ask(ask, ms_max,
               [self = shared_from_this()](const HostOutcome& outcome) { self->where(outcome); });
  }

  void where(const HostOutcome& outcome) {
    if (!outcome.answer) return done(outcome.answer.error());
    const int status = outcome.answer->status;
    if (status / 100 == 5 || status == 429) return done(Fault::unavailable);
    if (status / 100 != 2) return done(Fault::refused);
    boost::system::error_code error;
    const json::value body = json::parse(outcome.answer->body, error);
    if (error || !body.is_object()) return done(Fault::unreadable);
    const json::object& said = body.get_object();
    const auto url = text_of(said, "url", text_max);
    const auto address = url ? parse_web_address(*url) : std::nullopt;
    if (!address) return done(Fault::unreadable);
    facts.type = text_of(said, "mime_type", text_max).value_or("");
    promised = text_of(said, "sha256", text_max).value_or("");
    const json::value* size = said.if_contains("file_size");
    const bool large =
        size && size->is_int64() && size->get_int64() > static_cast<std::int64_t>(limits.bytes_max);
    if (large || !fits(limits, facts.type)) return done(Fault::refused);
    HostClient* host = hosts->find(address->origin);
    if (!host) return done(Fault::refused);
    fetch(*host, address->target);
  }

  void fetch(HostClient& host, std::string target) {
    WebRequest request;
    request.method = "GET";
    request.target = std::move(target);
    request.headers = {{"Authorization", bearer}, {"User-Agent", "alur"}};
    host.download(
        std::move(request), ms_max, limits.bytes_max,
        [self = shared_from_this()](std::string_view bytes) { return self->take(bytes); },
        [self = shared_from_this()](const HostOutcome& outcome) { self->end(outcome); });
  }

  bool take(std::string_view bytes) {
    hash.add(bytes);
    facts.size_bytes += bytes.size();
    return sink(bytes);
  }

  void end(const HostOutcome& outcome) {
    if (!outcome.answer) return done(outcome.answer.error());
    const int status = outcome.answer->status;
    if (status == not_found && !asked_again) {  // the address has grown old
      asked_again = true;
      return begin();
    }
    if (status / 100 != 2) return done(status / 100 == 5 ? Fault::unavailable : Fault::refused);
    hash.take();
    facts.sha256 = hash.hex();
    const bool kept = promised.empty() || promised == facts.sha256 || promised == hash.base64();
    if (!kept) return done(Fault::unreadable);
    done(std::move(facts));
  }
};

}  // namespace

MediaHosts::MediaHosts(WebOrigin graph, std::vector<std::string> more, Connect connect)
    : graph_(std::move(graph)), more_(std::move(more)), connect_(std::move(connect)) {}

HostClient* MediaHosts::find(const WebOrigin& origin) {
  const bool graphs = origin.host == graph_.host && origin.port == graph_.port;
  const bool named = std::find(more_.begin(), more_.end(), origin.host) != more_.end();
  if (origin.tls != graph_.tls || (!graphs && !(named && origin.port == 443))) return nullptr;
  const std::lock_guard lock(*mutex_);
  auto& client = clients_[origin.host];
  if (!client) client = connect_(origin);
  return client.get();
}

void MediaHosts::stop() {
  if (!mutex_) return;
  const std::lock_guard lock(*mutex_);
  for (auto& [host, client] : clients_) client->stop();
}

bool is_media_id(std::string_view text) {
  return !text.empty() && text.size() <= id_max && is_base64url(text);
}

void fetch_media(HostClient& graph, MediaHosts& hosts, WebRequest ask, std::string bearer,
                 std::int64_t ms_max, MediaLimits limits, Sink sink,
                 std::function<void(Result<MediaFacts>)> done) {
  auto fetch = std::make_shared<Fetch>();
  fetch->graph = &graph;
  fetch->hosts = &hosts;
  fetch->ask = std::move(ask);
  fetch->bearer = std::move(bearer);
  fetch->ms_max = ms_max;
  fetch->limits = std::move(limits);
  fetch->sink = std::move(sink);
  fetch->done = std::move(done);
  fetch->begin();
}

}  // namespace alur::adapters
