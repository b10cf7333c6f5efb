#include "tools/serve/telegram.hpp"

namespace alur::tools {

namespace {

std::uint16_t port_of(const ServeSettings& settings) {
  if (settings.telegram.port >= 0) return static_cast<std::uint16_t>(settings.telegram.port);
  return settings.port == 0 ? 0 : static_cast<std::uint16_t>(settings.port + 3);
}

}  // namespace

std::unique_ptr<Telegram> Telegram::open(const ServeSettings& settings, std::string& error) {
  std::unique_ptr<Telegram> telegram(new Telegram(settings));
  telegram->channel_ = adapters::TelegramChannel::open(
      settings.telegram, [told = &telegram->told_](const std::string& line) { told->add(line); },
      error);
  if (!telegram->channel_) return nullptr;
  return telegram;
}

std::string Telegram::start(runtime::Runtime& runtime) {
  if (settings_.telegram.has_webhook()) {
    adapters::HookSettings hook;
    hook.address = settings_.telegram.address;
    hook.port = port_of(settings_);
    hook.path = settings_.telegram.path;
    hook.header = "X-Telegram-Bot-Api-Secret-Token";
    hook.secret = settings_.telegram.secret;
    const auto take = [channel = channel_.get()](const adapters::HookCall& call,
                                                 std::function<void(int)> done) {
      channel->take(call.body, std::move(done));
    };
    door_ = std::make_unique<adapters::HookServer>(runtime.loops(), take, std::move(hook));
  }
  channel_->start(runtime);  // first: the door hands what comes to it
  return door_ ? door_->start() : std::string();
}

void Telegram::stop_receiving() {
  if (door_) door_->stop_accepting();
}

std::string Telegram::place() const {
  if (!door_) return {};
  return "http://" + settings_.telegram.address + ":" + std::to_string(door_->port()) +
         settings_.telegram.path;
}

}  // namespace alur::tools
