#include "tools/serve/serve.hpp"

#include <sched.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <thread>

#include "adapters/clock/steady_clock.hpp"
#include "adapters/http/http_channel.hpp"
#include "adapters/http/http_server.hpp"
#include "adapters/memory/memory_store.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/tickets/ticket_service.hpp"
#include "dsl/compile/sources_bytes.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/app_sources.hpp"
#include "tools/serve/desk_door.hpp"
#include "tools/serve/evidence.hpp"
#include "tools/serve/log_lines.hpp"
#include "tools/serve/registry_service.hpp"
#include "tools/serve/rest_services.hpp"
#include "tools/serve/routes.hpp"
#include "tools/serve/signals.hpp"
#include "tools/serve/telegram.hpp"
#include "tools/serve/web_chat.hpp"
#include "tools/serve/whatsapp.hpp"

namespace alur::tools {
namespace {

// Those this program may run on, which a container or taskset may have made fewer than there are.
std::uint32_t usable_cores() {
  cpu_set_t usable;
  if (sched_getaffinity(0, sizeof usable, &usable) == 0) {
    return static_cast<std::uint32_t>(CPU_COUNT(&usable));
  }
  return std::max(1u, std::thread::hardware_concurrency());
}

constexpr int exit_found = 1;
constexpr int exit_unusable = 2;
constexpr std::int64_t watch_ms = 250;

bool is_loopback(const std::string& address) {
  return address == "::1" || address.rfind("127.", 0) == 0;
}

std::unique_ptr<ports::Store> open_store(const std::string& path, std::string& error) {
  if (path.empty()) return std::make_unique<adapters::MemoryStore>();
  adapters::SqliteSettings settings;
  settings.path = path;
  settings.checkpoint_apart = true;
  auto opened = adapters::SqliteStore::open(settings);
  if (opened) return std::move(*opened);
  error = path + ": ";
  error += opened.error() == ports::Fault::refused ? "is no store of this or an earlier alur"
                                                   : to_text(opened.error());
  return nullptr;
}

// When anything in the app's folder was last written.
std::filesystem::file_time_type newest(const std::string& folder) {
  auto time = std::filesystem::file_time_type::min();  // whose zero lies ahead of us
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    const auto written = at->last_write_time(ignored);
    if (!ignored) time = std::max(time, written);
  }
  return time;
}

class Service {
 public:
  Service(const ServeSettings& settings, std::ostream& log) : settings_(settings), log_(log) {}

  int run() {
    if (!is_loopback(settings_.address)) {
      return unusable("listens on loopback only: " + settings_.address + " is not");
    }
    seen_ = newest(settings_.app);  // what is saved from now on is not among what is read now
    std::string error;
    const auto files = dsl::read_app_folder(settings_.app, error);
    if (files.empty()) return unusable(error);
    const runtime::Compiled first = compile_(dsl::encode_sources(files), runtime::Purpose::publish);
    log_ << first.findings;
    if (!first.program) return exit_found;
    zone_ = first.program->zone();
    if (const int code = choose_channel(*first.program); code != 0) return code;
    if (const int code = open_telegram(*first.program); code != 0) return code;
    if (const int code = open_services(*first.program); code != 0) return code;
    if (const int code = open_desk(*first.program); code != 0) return code;
    store_ = open_store(settings_.store, error);
    if (!store_) return unusable(error);
    evidence_ = Evidence::open(settings_.store, *store_, settings_.files, error);
    if (!evidence_) return unusable(error);
    const int code = start(dsl::encode_sources(files));
    if (code == 0) {
      wait();
      log_ << "stopping" << std::endl;
    }
    stop();
    return code;
  }

 private:
  int unusable(const std::string& why) {
    log_ << "alur serve: " << why << "\n";
    return exit_unusable;
  }

  int choose_channel(const program::Program& program) {
    const auto& channels = program.app().channels;
    const auto has = [&](const std::string& name) {
      return std::find(channels.begin(), channels.end(), name) != channels.end();
    };
    if (settings_.whatsapp.is_on() && !has(adapters::whatsapp_name)) {
      return unusable("the app has no channel `whatsapp`");
    }
    const std::string name = plain_channel(settings_, channels);
    const program::Channel* known = program::find_channel(name.empty() ? "console" : name);
    if (!known || (!name.empty() && !has(name))) {
      return unusable("the app has no channel `" + name + "`");
    }
    if (settings_.whatsapp.is_on() && name == adapters::whatsapp_name) {
      return unusable("`channel` is whatsapp, which alur.yaml has at Meta's");
    }
    if (settings_.telegram.is_on() && name == adapters::telegram_name) {
      return unusable("`channel` is telegram, which alur.yaml has at Telegram's");
    }
    channel_ = std::make_unique<adapters::HttpChannel>(*known);
    plain_ = !name.empty();
    if (!has("webchat") || name == "webchat") return 0;
    std::string error;
    web_ = WebChat::open(settings_, program.app().name, error);
    return web_ ? 0 : unusable(error);
  }

  int open_telegram(const program::Program& program) {
    if (!settings_.telegram.is_on()) return 0;
    const auto& channels = program.app().channels;
    if (std::find(channels.begin(), channels.end(), adapters::telegram_name) == channels.end()) {
      return unusable("the app has no channel `telegram`");
    }
    std::string error;
    telegram_ = Telegram::open(settings_, error);
    return telegram_ ? 0 : unusable(error);
  }

  // Without queues nobody hands over.
  int open_desk(const program::Program& program) {
    if (!settings_.desk.on || program.app().queues.empty()) return 0;
    std::string error;
    desk_ = DeskDoor::open(settings_, clock_, error);
    return desk_ ? 0 : unusable(error);
  }

  std::vector<ports::Channel*> channels() const {
    std::vector<ports::Channel*> all;
    if (plain_) all.push_back(channel_.get());
    if (whatsapp_) all.push_back(&whatsapp_->channel());
    if (web_) all.push_back(&web_->channel());
    if (telegram_) all.push_back(&telegram_->channel());
    return all;
  }

  int open_services(const program::Program& program) {
    std::string error;
    registry_ = RegistryService::open(lists_folder(), audit_folder(), error);
    if (!error.empty()) return unusable(error);
    if (!registry_ && !settings_.lists.empty())
      return unusable(settings_.lists + ": no lists there");
    const bool named = !settings_.services.empty();
    const std::string path = named ? settings_.services : settings_.app + "/services.json";
    rest_ = RestServices::open(path, program.app(), error);
    if (named && !rest_ && error.empty()) error = path + ": is not there";
    return error.empty() ? 0 : unusable(error);
  }

  // What the operator says comes first; a service that nobody answers is unavailable.
  std::vector<ports::Service*> services() const {
    std::vector<ports::Service*> all;
    if (rest_) all = rest_->services();
    if (registry_) all.push_back(registry_.get());
    all.push_back(tickets_.get());
    return all;
  }

  int open_whatsapp() {
    if (!settings_.whatsapp.is_on()) return 0;
    std::string error;
    WhatsApp::Keeping keeping{
        evidence_->files(), evidence_->folder(),
        [zone = zone_](value::Instant at) { return zone.to_local(at).date.days; }};
    whatsapp_ = WhatsApp::open(settings_, clock_, *store_, std::move(keeping), error);
    return whatsapp_ ? 0 : unusable(error);
  }

  int open_tickets() {
    auto opened = adapters::TicketService::open(
        *store_, [this](ports::Change change) { return runtime_->commit(std::move(change)); },
        &evidence_->files());
    if (!opened) return unusable(settings_.store + ": " + std::string(to_text(opened.error())));
    tickets_ = std::move(*opened);
    return 0;
  }

  int start(const std::string& sources) {
    if (const int code = open_tickets(); code != 0) return code;
    if (const int code = open_whatsapp(); code != 0) return code;
    runtime::RuntimeSettings how;
    how.cores = settings_.cores > 0 ? settings_.cores : usable_cores();
    how.retention = settings_.keep;
    runtime::RuntimeParts parts{store_.get(), &clock_, services(), channels(), compile_, {}};
    if (desk_) {
      parts.desk_settings = [desk = desk_.get()](const program::App& app) {
        return desk->settings_for(app);
      };
    }
    runtime_ = std::make_unique<runtime::Runtime>(std::move(parts), how);
    std::string trouble;
    const auto started = runtime_->start(trouble);
    log_ << trouble;
    if (!started) return unusable(settings_.store + ": " + std::string(to_text(started.error())));
    if (const runtime::DeskKeeper* desk = runtime_->desk()) evidence_->keep_those_of(*desk);
    const runtime::Published published = runtime_->publish(sources);
    if (!published.done) return unusable("the app could not be published");
    version_ = published.version;
    adapters::HttpSettings http;
    http.address = settings_.address;
    http.port = settings_.port;
    http.routes =
        make_routes(*runtime_, *store_, settings_.store, evidence_->files(),
                    {[this] { return web_ ? web_->use() : std::nullopt; },
                     [this] { return whatsapp_ ? std::optional(whatsapp_->use()) : std::nullopt; },
                     [this] { return desk_ ? desk_->use() : std::nullopt; }});
    if (registry_) http.routes.push_back(registry_->asked_route());
    server_ = std::make_unique<adapters::HttpServer>(runtime_->loops(), *runtime_, *channel_,
                                                     clock_, std::move(http));
    if (const std::string error = server_->start(); !error.empty()) return unusable(error);
    log_ << "serving version " << published.version << " on http://" << settings_.address << ":"
         << server_->port() << std::endl;
    if (const int code = start_telegram(); code != 0) return code;
    if (const int code = start_whatsapp(); code != 0) return code;
    if (const int code = start_desk(); code != 0) return code;
    return start_web();  // last: what most want to know stands at the end
  }

  int start_desk() {
    if (!desk_) return 0;
    const std::string error = desk_->start(*runtime_, *store_, evidence_->files());
    if (!error.empty()) return unusable(error);
    log_ << "the desk is at " << desk_->place() << std::endl;
    const std::string link = desk_->first_link();
    if (!link.empty()) {
      log_ << "it has no administrator yet: open " << link << " within a day to become the first"
           << std::endl;
    }
    return 0;
  }

  int start_whatsapp() {
    if (!whatsapp_) return 0;
    const std::string error = whatsapp_->start(*runtime_);
    if (!error.empty()) return unusable(error);
    log_ << "WhatsApp's webhooks at " << whatsapp_->place() << std::endl;
    return 0;
  }

  int start_telegram() {
    if (!telegram_) return 0;
    const std::string error = telegram_->start(*runtime_);
    if (!error.empty()) return unusable(error);
    const std::string place = telegram_->place();
    log_ << (place.empty() ? "fetching from Telegram" : "Telegram's webhook at " + place)
         << std::endl;
    return 0;
  }

  int start_web() {
    if (!web_) return 0;
    const std::string error = web_->start(*runtime_, clock_, *store_, evidence_->files());
    if (!error.empty()) return unusable(error);
    log_ << "open " << web_->place() << " to chat" << std::endl;
    if (settings_.watch) web_->tell_previews(version_, "");
    return 0;
  }

  // Services last: they answer to the runtime's loops, which are there until the end.
  void stop() {
    if (desk_) desk_->stop();
    if (web_) web_->stop();
    if (whatsapp_) whatsapp_->stop_receiving();
    if (telegram_) telegram_->stop_receiving();
    if (server_) {
      server_->stop_accepting();
      server_->finish_routes();  // they ask loops that will be gone
    }
    if (runtime_) runtime_->stop();
    if (whatsapp_) whatsapp_->stop();
    if (telegram_) telegram_->stop();
    if (rest_) rest_->stop();
    if (tickets_) tickets_->stop();
  }

  void wait() {
    while (!signals_.wait(watch_ms)) {
      if (registry_) tend_registry();
      evidence_->tend(clock_.now());
      if (telegram_) log_ << telegram_->told() << std::flush;
      if (web_) tell(web_->tend_certificate());
      if (desk_) tell(desk_->tend());
      if (rest_) log_ << rest_->failures(clock_.now().milliseconds) << std::flush;
      if (whatsapp_) log_ << whatsapp_->told() << std::flush;
      if (!settings_.watch) continue;
      const auto now = newest(settings_.app);
      if (now == seen_) continue;
      seen_ = now;
      publish_saved();
    }
  }

  void tend_registry() {
    tell(registry_->refresh());
    tell(registry_->tend_audit());
  }

  void tell(const std::string& told) {
    if (!told.empty()) log_ << told << std::endl;
  }

  std::string lists_folder() const {
    return settings_.lists.empty() ? settings_.app + "/data" : settings_.lists;
  }

  // What is in memory is kept nowhere else either, unless a folder is named for it.
  std::string audit_folder() const {
    if (!settings_.audit.empty() || settings_.store.empty()) return settings_.audit;
    return settings_.store + ".audit";
  }

  void publish_saved() {
    std::string error;
    const auto files = dsl::read_app_folder(settings_.app, error);
    if (files.empty()) {
      log_ << error << std::endl;
      if (web_) web_->tell_previews(version_, error);
      return;
    }
    const runtime::Published published = runtime_->publish(dsl::encode_sources(files));
    log_ << published.findings;
    if (published.done) version_ = published.version;
    if (web_) web_->tell_previews(version_, published.done ? "" : published.findings);
    if (!published.done) {
      log_ << "not published: the version before goes on" << std::endl;
    } else if (!published.unchanged) {
      log_ << "published version " << published.version << ", moved " << runtime_->move_sessions()
           << " conversations" << std::endl;
    }
  }

  const ServeSettings& settings_;
  std::ostream& log_;
  Signals signals_;
  std::filesystem::file_time_type seen_;
  std::uint32_t version_ = 0;  // that was published last
  adapters::SteadyClock clock_;
  value::TimeZone zone_ = value::TimeZone::utc();  // of the app
  runtime::Compile compile_ = make_compile();
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<Evidence> evidence_;
  std::unique_ptr<adapters::HttpChannel> channel_;
  bool plain_ = true;  // citizens come over it; else it is the operators' alone
  std::unique_ptr<WebChat> web_;
  std::unique_ptr<Telegram> telegram_;
  std::unique_ptr<RegistryService> registry_;
  std::unique_ptr<RestServices> rest_;
  std::unique_ptr<adapters::TicketService> tickets_;
  std::unique_ptr<DeskDoor> desk_;  // the runtime asks it
  std::unique_ptr<runtime::Runtime> runtime_;
  std::unique_ptr<WhatsApp> whatsapp_;
  std::unique_ptr<adapters::HttpServer> server_;  // before the runtime: it serves on its loops
};

}  // namespace

std::string plain_channel(const ServeSettings& settings, const std::vector<std::string>& channels) {
  if (!settings.channel.empty()) return settings.channel;
  if (!settings.whatsapp.is_on() && !settings.telegram.is_on()) return channels.front();
  for (const std::string& one : channels) {
    const bool elsewhere = (settings.whatsapp.is_on() && one == adapters::whatsapp_name) ||
                           (settings.telegram.is_on() && one == adapters::telegram_name);
    if (!elsewhere && one != "webchat") return one;
  }
  return {};
}

int serve(const ServeSettings& settings, std::ostream& log) {
  const adapters::SteadyClock clock;
  LogLines lines(log, [&clock] { return clock.now(); });
  std::ostream json(&lines);
  Service service(settings, settings.log == "json" ? json : log);
  return service.run();
}

}  // namespace alur::tools
