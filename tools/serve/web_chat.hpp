// The web chat of a running service: its channel, its key, its page and its door.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "adapters/webchat/web_channel.hpp"
#include "adapters/webchat/web_server.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/certificate_watch.hpp"
#include "tools/serve/serve.hpp"

namespace alur::tools {

class WebChat {
 public:
  // Null, and one plain line in `error`, for settings that are none. The key lies beside the store,
  // or nowhere when the store does.
  static std::unique_ptr<WebChat> open(const ServeSettings& settings, const std::string& app,
                                       std::string& error);

  ports::Channel& channel() { return channel_; }
  // Serves on the runtime's loops. Empty, or why it cannot. All must outlive it.
  std::string start(runtime::Runtime& runtime, const ports::Clock& clock, const ports::Store& store,
                    ports::Files& files);
  // Takes a certificate that has come since. Until when it is good, or what is wrong with it;
  // empty when nothing has come. From one thread.
  std::string tend_certificate();
  // What an editor sees in the page with `?preview`: which version there is, and what is wrong with
  // what was saved after it, if anything is. Shown on loopback only.
  void tell_previews(std::uint32_t version, const std::string& findings);
  void stop();
  // Unset before it has started. From any thread.
  std::optional<adapters::WebUse> use() const;
  // "http://127.0.0.1:8158"
  std::string place() const;

 private:
  explicit WebChat(adapters::TokenKey key);

  adapters::TokenKey key_;
  CertificateWatch certificate_;
  adapters::WebServerSettings settings_;
  std::vector<adapters::WebFile> files_;
  std::string page_;
  std::string page_mark_;
  adapters::WebChannel channel_;
  std::optional<adapters::Tokens> tokens_;
  std::unique_ptr<adapters::WebServer> server_;
  std::atomic<const adapters::WebServer*> serving_{nullptr};  // the same, once it has started
};

}  // namespace alur::tools
