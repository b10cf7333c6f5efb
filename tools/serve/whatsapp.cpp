#include "tools/serve/whatsapp.hpp"

namespace alur::tools {

namespace {

constexpr std::size_t told_bytes_max = 64 * 1024;

}  // namespace

std::uint16_t whatsapp_port(const ServeSettings& settings) {
  if (settings.whatsapp.port >= 0) return static_cast<std::uint16_t>(settings.whatsapp.port);
  return settings.port == 0 ? 0 : static_cast<std::uint16_t>(settings.port + 2);
}

std::unique_ptr<WhatsApp> WhatsApp::open(const ServeSettings& settings, const ports::Clock& clock,
                                         ports::Store& store, std::string& error) {
  auto reader = store.reader();
  if (!reader) {
    error = settings.store + ": " + std::string(to_text(reader.error()));
    return nullptr;
  }
  std::unique_ptr<WhatsApp> whatsapp(new WhatsApp(settings, clock));
  whatsapp->citizens_ = std::make_unique<adapters::WhatsAppCitizens>(store, std::move(*reader));
  adapters::WhatsAppParts parts;
  parts.reach = [citizens = whatsapp->citizens_.get()](
                    const std::string& address) -> ports::Result<adapters::WhatsAppReach> {
    auto reach = citizens->reach(address);
    if (!reach) return reach.error();
    return adapters::WhatsAppReach{std::move(reach->address), reach->wrote_ms};
  };
  parts.now_ms = [&clock] { return clock.now().milliseconds; };
  adapters::GraphSettings graph;
  graph.url = settings.whatsapp.graph_url;
  graph.version = settings.whatsapp.graph_version;
  whatsapp->channel_ =
      adapters::WhatsAppChannel::open(settings.whatsapp, std::move(graph), std::move(parts), error);
  if (!whatsapp->channel_) return nullptr;
  return whatsapp;
}

std::string WhatsApp::start(runtime::Runtime& runtime) {
  adapters::IntakeParts parts;
  parts.inbox = &runtime;
  parts.citizens = citizens_.get();
  parts.clock = &clock_;
  for (const auto& number : settings_.whatsapp.numbers) parts.numbers.push_back(number.id);
  parts.commit = [&runtime](ports::Change change, std::function<void(ports::Result<void>)> done) {
    runtime.commit(std::move(change), std::move(done));
  };
  parts.tell = [this](const std::string& line) {
    const std::lock_guard lock(mutex_);
    if (told_.size() < told_bytes_max) told_ += line + "\n";
  };
  parts.heard = [channel = channel_.get()](const std::string& address, const std::string& id) {
    channel->heard(address, id);
  };
  intake_ = std::make_unique<adapters::Intake>(std::move(parts));
  server_ = std::make_unique<adapters::WebhookServer>(runtime.loops(), *intake_, settings_.whatsapp,
                                                      whatsapp_port(settings_));
  return server_->start();
}

std::string WhatsApp::told() {
  const std::lock_guard lock(mutex_);
  return std::exchange(told_, {});
}

void WhatsApp::stop_receiving() {
  if (server_) server_->stop_accepting();
}

void WhatsApp::stop() {
  channel_->stop();
}

std::string WhatsApp::place() const {
  const std::string& address = settings_.whatsapp.address;
  const bool is_v6 = address.find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(server_->port()) + settings_.whatsapp.path;
}

}  // namespace alur::tools
