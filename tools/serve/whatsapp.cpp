#include "tools/serve/whatsapp.hpp"

namespace alur::tools {

std::uint16_t whatsapp_port(const ServeSettings& settings) {
  if (settings.whatsapp.port >= 0) return static_cast<std::uint16_t>(settings.whatsapp.port);
  return settings.port == 0 ? 0 : static_cast<std::uint16_t>(settings.port + 2);
}

std::unique_ptr<WhatsApp> WhatsApp::open(const ServeSettings& settings, const ports::Clock& clock,
                                         ports::Store& store, Keeping keeping, std::string& error) {
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
  // What we keep has no address that Meta could fetch.
  parts.media_source =
      [files = &keeping.files](const std::string& link) -> std::optional<adapters::MediaUpload> {
    if (!ports::parse_reference(link)) return std::nullopt;
    auto content = files->read(link);
    const ports::FileType* type = content ? ports::type_of_content(*content) : nullptr;
    if (!type) return std::nullopt;
    return adapters::MediaUpload{std::move(*content), std::string(type->mime),
                                 "file." + std::string(type->ending)};
  };
  adapters::GraphSettings graph;
  graph.url = settings.whatsapp.graph_url;
  graph.version = settings.whatsapp.graph_version;
  whatsapp->channel_ =
      adapters::WhatsAppChannel::open(settings.whatsapp, std::move(graph), std::move(parts), error);
  if (!whatsapp->channel_) return nullptr;
  error = whatsapp->open_fetch(store, std::move(keeping));
  return error.empty() ? std::move(whatsapp) : nullptr;
}

// Empty, or why files cannot be fetched.
std::string WhatsApp::open_fetch(ports::Store& store, Keeping keeping) {
  std::string error;
  adapters::FileFetchParts parts;
  parts.files = &keeping.files;
  parts.clock = &clock_;
  parts.slips = adapters::FileSlips::open(keeping.folder, error);
  if (!parts.slips) return error;
  auto reader = store.reader();
  if (!reader) return settings_.store + ": " + std::string(to_text(reader.error()));
  parts.reader = std::move(*reader);
  parts.download = [channel = channel_.get()](
                       const std::string& number, const std::string& media,
                       adapters::MediaLimits limits, adapters::Sink sink,
                       std::function<void(ports::Result<adapters::MediaFacts>)> done) {
    channel->download(number, media, std::move(limits), std::move(sink), std::move(done));
  };
  parts.day_of = std::move(keeping.day_of);
  parts.tell = [this](const std::string& line) { told_.add(line); };
  fetch_ = std::make_unique<adapters::FileFetch>(std::move(parts));
  return {};
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
  parts.tell = [this](const std::string& line) { told_.add(line); };
  parts.expect = [fetch = fetch_.get()](adapters::FileFetch::Files files,
                                        std::function<void(bool)> then) {
    fetch->expect(std::move(files), std::move(then));
  };
  fetch_->start([&runtime](ports::Change change) { return runtime.commit(std::move(change)); });
  parts.heard = [channel = channel_.get()](const std::string& address, const std::string& id) {
    channel->heard(address, id);
  };
  parts.resumed = [channel = channel_.get()](const adapters::WhatsAppTemplate& one) {
    channel->resume_template(one.name, one.language);
  };
  intake_ = std::make_unique<adapters::Intake>(std::move(parts));
  server_ = std::make_unique<adapters::WebhookServer>(runtime.loops(), *intake_, settings_.whatsapp,
                                                      whatsapp_port(settings_));
  std::string error = server_->start();
  started_ = error.empty();
  return error;
}

void WhatsApp::stop_receiving() {
  if (server_) server_->stop_accepting();
  fetch_->stop();
}

void WhatsApp::stop() {
  channel_->stop();
}

// Asked before it starts, too.
adapters::WhatsAppUse WhatsApp::use() const {
  adapters::WhatsAppUse use;
  if (started_) {
    use.ignored = intake_->ignored();
    use.unusable = intake_->unusable();
  }
  use.awaited = fetch_->awaited();
  return use;
}

std::string WhatsApp::place() const {
  const std::string& address = settings_.whatsapp.address;
  const bool is_v6 = address.find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(server_->port()) + settings_.whatsapp.path;
}

}  // namespace alur::tools
