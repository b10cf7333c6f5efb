#include "tools/serve/web_chat.hpp"

#include <algorithm>

#include "adapters/http/origin.hpp"
#include "adapters/webchat/frames.hpp"
#include "engine/program/channel.hpp"
#include "tools/webchat/page_files.hpp"

namespace alur::tools {
namespace {

constexpr int port_max = 65'535;

bool is_loopback(const std::string& address) {
  return address == "::1" || address.starts_with("127.");
}

int port_of(const ServeSettings& settings) {
  if (settings.web.port >= 0) return settings.web.port;
  return settings.port == 0 ? 0 : settings.port + 1;
}

// What is no origin among the settings; empty: all are.
std::string fault_of(const WebChatSettings& web, int port) {
  if (port < 0 || port > port_max) return std::to_string(port) + ": is no port";
  for (const auto& list : {web.origins, web.embedders}) {
    for (const std::string& one : list) {
      if (!adapters::is_origin(one)) {
        return one + ": is no origin; wanted for instance https://www.example.org";
      }
    }
  }
  return {};
}

// "image/png,application/pdf 5242880 10485760": types, and how large images and documents may be.
std::string files_taken(const adapters::FileBounds& bounds) {
  std::string types;
  for (const ports::FileType& type : ports::file_types()) {
    if (!bounds.takes(type)) continue;
    if (!types.empty()) types += ',';
    types += type.mime;
  }
  return types + " " + std::to_string(bounds.image_bytes_max) + " " +
         std::to_string(bounds.document_bytes_max);
}

}  // namespace

WebChat::WebChat(adapters::TokenKey key) : key_(key), channel_(*program::find_channel("webchat")) {}

std::unique_ptr<WebChat> WebChat::open(const ServeSettings& settings, const std::string& app,
                                       std::string& error) {
  const int port = port_of(settings);
  error = fault_of(settings.web, port);
  if (!error.empty()) return nullptr;
  const bool kept = !settings.store.empty();
  const auto key = !settings.web.secret.empty() ? adapters::token_key_of(settings.web.secret)
                   : kept ? adapters::open_token_key(settings.store + ".webchat-key", error)
                          : adapters::make_token_key();
  if (!key) return nullptr;
  std::unique_ptr<WebChat> chat(new WebChat(*key));
  chat->settings_.tls = chat->certificate_.open(settings.web.tls, error);
  if (!error.empty()) return nullptr;
  chat->settings_.address = settings.web.address;
  chat->settings_.port = static_cast<std::uint16_t>(port);
  chat->settings_.origins = settings.web.origins;
  chat->settings_.embedders = settings.web.embedders;
  chat->settings_.proxies = settings.web.proxies;
  chat->settings_.connections_max = settings.web.connections_max;
  chat->settings_.connections_of_address_max = settings.web.connections_of_address_max;
  const auto built = page_files();
  chat->files_.assign(built.begin(), built.end());
  const auto page = std::find_if(chat->files_.begin(), chat->files_.end(),
                                 [](const adapters::WebFile& file) { return file.path == "/"; });
  const std::string title = settings.web.title.empty() ? app : settings.web.title;
  chat->page_ = page_for(page->body, title, files_taken(settings.files));
  chat->page_mark_ = "\"" + std::to_string(std::hash<std::string>()(chat->page_)) + "\"";
  page->body = chat->page_;
  page->gzip = {};
  page->mark = chat->page_mark_;
  chat->settings_.files = chat->files_;
  return chat;
}

std::string WebChat::start(runtime::Runtime& runtime, const ports::Clock& clock,
                           const ports::Store& store, ports::Files& files) {
  tokens_.emplace(key_, store.key_of("the web chat's tokens"));
  server_ = std::make_unique<adapters::WebServer>(runtime.loops(), runtime, channel_, *tokens_,
                                                  clock, &files, settings_);
  std::string error = server_->start();
  if (error.empty()) serving_ = server_.get();
  return error;
}

std::string WebChat::tend_certificate() {
  std::string told;
  if (auto pair = certificate_.renewed(told)) server_->renew(std::move(pair));
  return told;
}

void WebChat::tell_previews(std::uint32_t version, const std::string& findings) {
  constexpr std::size_t findings_bytes_max = 16 * 1024;  // whole lines; more helps nobody
  if (!is_loopback(settings_.address)) return;
  const bool whole = findings.size() <= findings_bytes_max;
  const std::size_t end = whole ? findings.size() : findings.rfind('\n', findings_bytes_max);
  channel_.tell_previews(adapters::encode_preview(version, findings.substr(0, end)));
}

void WebChat::stop() {
  if (!server_) return;
  server_->stop_accepting();
  server_->finish_uploads();
}

std::optional<adapters::WebUse> WebChat::use() const {
  const adapters::WebServer* const server = serving_;
  return server ? std::optional(server->use()) : std::nullopt;
}

std::string WebChat::place() const {
  const bool is_v6 = settings_.address.find(':') != std::string::npos;
  const std::string host = is_v6 ? "[" + settings_.address + "]" : settings_.address;
  return (settings_.tls ? "https://" : "http://") + host + ":" + std::to_string(server_->port());
}

}  // namespace alur::tools
