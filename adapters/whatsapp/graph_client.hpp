// GraphClient: the Graph API as alur asks it: messages sent, media put there and fetched. It speaks
// to the Graph's host and to those that Meta keeps media on, and to nobody else; tokens go into
// requests and nowhere else.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/host_client.hpp"
#include "adapters/whatsapp/settings.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

struct GraphSettings {
  std::string url = "https://graph.facebook.com";  // plain http only to this very machine
  std::string version = "v25.0";
  std::vector<std::string> media_hosts = {"lookaside.fbsbx.com"};  // beside the Graph's own
  std::string certificates;  // a PEM file of more authorities to trust; empty: the system's only
  Resolve resolve;           // empty: the system's
  std::int64_t send_ms_max = 20'000;
  std::int64_t media_ms_max = 120'000;
  std::int64_t breaker_ms = 10'000;  // a host that keeps failing is left alone for so long
};

// What a download may be, and what it was.
struct MediaLimits {
  std::size_t bytes_max = 16u << 20;
  std::vector<std::string> types;  // "image/jpeg", "image/"; empty: any
};

struct MediaFacts {
  std::string type;
  std::uint64_t size_bytes = 0;
  std::string sha256;  // lower-case hex; of what was received
};

struct MediaUpload {
  std::string bytes;
  std::string type;       // "application/pdf"
  std::string file_name;  // no quotes, no line ends
};

class GraphClient {
 public:
  // Null, and one plain line in `error`.
  static std::unique_ptr<GraphClient> open(GraphSettings settings, std::string& error);
  ~GraphClient();  // stops

  // All of `done` are called once, by a thread of the client's, or at once.

  // A body of render(). Of one that had left when its answer stayed away nobody knows what became:
  // `unknown`; one that had not is to be tried again. While the host keeps failing: `paused`.
  void send(const WhatsAppNumber& number, std::string body,
            std::function<void(ports::SendResult)> done);
  // What nobody needs to be told about: a body of render_read(). Left out while many are under way.
  void nudge(const WhatsAppNumber& number, std::string body);

  // The id under which it can be sent, by this number and for 30 days.
  void upload(const WhatsAppNumber& number, MediaUpload media,
              std::function<void(ports::Result<std::string>)> done);
  // Media of a citizen's message, kept by Meta for 7 days. Faults: refused (no id, a type that is
  // not wanted, too large, on a host that is not Meta's, or by the sink), unreadable (no answer as
  // Meta gives it, or bytes that are not those which were promised), and those of HostClient.
  // What `sink` got before a fault is to be thrown away.
  void download(const WhatsAppNumber& number, const std::string& media_id, MediaLimits limits,
                Sink sink, std::function<void(ports::Result<MediaFacts>)> done);

  Later later();  // as HostClient::later
  // Ends what is under way; nothing is called any more when this returns.
  void stop();

 private:
  struct State;
  explicit GraphClient(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace alur::adapters
