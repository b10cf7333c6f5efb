// Fetches what a citizen has sent: the Graph API says where it lies, for five minutes, and the
// bytes are taken from there while they come: measured, counted and hashed, never held.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/host_client.hpp"
#include "adapters/whatsapp/graph_client.hpp"

namespace alur::adapters {

// Connections to the hosts that media may be fetched from: the Graph's own, and those named.
class MediaHosts {
 public:
  using Connect = std::function<std::unique_ptr<HostClient>(const WebOrigin& origin)>;

  MediaHosts() = default;
  MediaHosts(WebOrigin graph, std::vector<std::string> more, Connect connect);

  // Null: media is not fetched from there. A token goes there with the request.
  HostClient* find(const WebOrigin& origin);
  void stop();

 private:
  WebOrigin graph_;
  std::vector<std::string> more_;
  Connect connect_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
  std::map<std::string, std::unique_ptr<HostClient>> clients_;  // by host
};

// Letters, digits, `-` and `_`: it becomes part of an address.
bool is_media_id(std::string_view text);

// `ask`: the request that says where. All that is named must outlive the fetching. As
// GraphClient::download.
void fetch_media(HostClient& graph, MediaHosts& hosts, WebRequest ask, std::string bearer,
                 std::int64_t ms_max, MediaLimits limits, Sink sink,
                 std::function<void(ports::Result<MediaFacts>)> done);

}  // namespace alur::adapters
