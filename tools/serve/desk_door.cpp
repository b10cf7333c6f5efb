#include "tools/serve/desk_door.hpp"

#include <algorithm>

#include "adapters/memory/memory_staff.hpp"
#include "engine/desk/app_settings.hpp"
#include "tools/desk/desk_page.hpp"
#include "tools/serve/staff_book.hpp"

namespace alur::tools {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::string host_of(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

std::vector<adapters::DeskChoice> DeskPlace::usual_codes() {
  return {{"answered", "Terjawab", "Answered"},
          {"complaint", "Pengaduan dicatat", "Complaint taken"},
          {"referred", "Dirujuk ke pihak lain", "Referred elsewhere"},
          {"gone", "Tidak ada balasan lagi", "No further reply"},
          {"not_ours", "Bukan urusan kami", "Not for us"}};
}

std::vector<adapters::DeskChoice> DeskPlace::usual_reasons() {
  return {{"break", "Istirahat", "Break"},
          {"prayer", "Salat", "Prayer"},
          {"meeting", "Rapat", "Meeting"},
          {"training", "Pelatihan", "Training"},
          {"other", "Lainnya", "Something else"}};
}

// Behind those of the web chat and of WhatsApp's and Telegram's webhooks.
std::uint16_t desk_port(const ServeSettings& settings) {
  if (settings.desk.port >= 0) return static_cast<std::uint16_t>(settings.desk.port);
  return settings.port == 0 ? 0 : static_cast<std::uint16_t>(settings.port + 4);
}

DeskDoor::DeskDoor(const ServeSettings& settings, const ports::Clock& clock)
    : settings_(settings), clock_(clock) {}

DeskDoor::~DeskDoor() {
  stop();
}

std::unique_ptr<DeskDoor> DeskDoor::open(const ServeSettings& settings, const ports::Clock& clock,
                                         std::string& error) {
  std::unique_ptr<DeskDoor> door(new DeskDoor(settings, clock));
  if (settings.store.empty()) {
    door->key_ = adapters::make_file_key();
    door->staff_ = std::make_unique<adapters::MemoryStaff>(adapters::seal_with(door->key_));
    return door;
  }
  auto book = open_staff_book(settings.store, settings.desk.secret, error);
  if (!book) return nullptr;
  door->key_ = book->key;
  door->staff_ = std::move(book->staff);
  return door;
}

desk::Settings DeskDoor::settings_for(const program::App& app) {
  desk::Settings made = desk::settings_of(app);
  const DeskPlace& settled = settings_.desk;
  for (const adapters::DeskChoice& code : settled.codes) {
    made.codes.push_back(value::name_key(code.name));
  }
  for (const auto& [channel, units] : settled.units) {
    const desk::NameKey key = value::name_key(channel);
    std::erase_if(made.weights, [key](const auto& one) { return one.channel == key; });
    made.weights.push_back({key, units, channel != "phone"});
  }
  made.capacity = settled.capacity;
  made.open_max = settled.open_max;
  made.offer_ms = settled.offer_ms;
  std::vector<adapters::DeskQueue> queues = adapters::desk_queues(app);
  const std::lock_guard lock(mutex_);
  queues_ = queues;
  templates_ = adapters::desk_templates(app);
  app_ = app.name;
  language_ = app.languages.front();
  zone_ = made.zone;
  if (serving_) {
    serving_->set_queues(std::move(queues));
    serving_->set_templates(templates_);
  }
  return made;
}

std::string DeskDoor::start(runtime::Runtime& runtime, ports::Store& store, ports::Files& files) {
  const DeskPlace& settled = settings_.desk;
  adapters::DeskSettings how;
  how.address = settled.address;
  how.port = desk_port(settings_);
  how.proxies = settled.proxies;
  how.origins = settled.origins;
  how.codes = settled.codes;
  how.reasons = settled.reasons;
  // WhatsApp shows no WebP but as a sticker.
  how.file_channels = {{"webchat", {"image/jpeg", "image/png", "image/webp", "application/pdf"}},
                       {"whatsapp", {"image/jpeg", "image/png", "application/pdf"}}};
  const auto page = desk_page();
  how.files.assign(page.begin(), page.end());
  std::string error;
  how.tls = certificate_.open(settled.tls, error);
  if (!error.empty()) return error;
  adapters::AccountsSettings accounts;
  const std::lock_guard lock(mutex_);
  accounts.issuer = app_;
  accounts_ = std::make_unique<adapters::Accounts>(*staff_, std::move(accounts));
  how.app = app_;
  how.language = language_;
  tickets_ = std::make_unique<CitizenTickets>(store);
  adapters::DeskParts parts{&runtime, &store, staff_.get(), accounts_.get(), &clock_, &files};
  parts.find_tickets = [this](desk::Citizen citizen, std::string_view address) {
    return tickets_of(citizen, address);
  };
  parts.find_ticket_owner = [this](std::string_view number) { return tickets_->owner_of(number); };
  server_ = std::make_unique<adapters::DeskServer>(std::move(parts), &key_, std::move(how));
  server_->set_queues(queues_);
  server_->set_templates(templates_);
  error = server_->start();
  if (error.empty()) serving_ = server_.get();
  return error;
}

// By the shelf's thread of the server, which is there for no longer than this.
std::vector<adapters::PanelTicket> DeskDoor::tickets_of(desk::Citizen citizen,
                                                        std::string_view address) {
  const value::TimeZone zone = [this] {
    const std::lock_guard lock(mutex_);
    return zone_;
  }();
  return tickets_->find(citizen, address, zone);
}

std::string DeskDoor::place() const {
  return (settings_.desk.tls.are_named() ? "https://" : "http://") +
         host_of(settings_.desk.address) + ":" + std::to_string(server_->port());
}

std::optional<adapters::WebUse> DeskDoor::use() {
  const std::lock_guard lock(mutex_);
  return serving_ ? std::optional(serving_->use()) : std::nullopt;
}

std::string DeskDoor::first_link() {
  const auto link = accounts_->make_first_link(clock_.now());
  return link && *link ? place() + "/#/first/" + **link : std::string();
}

std::string DeskDoor::tend() {
  if (!server_) return {};
  std::string told;
  if (auto pair = certificate_.renewed(told)) server_->renew(std::move(pair));
  const std::int64_t day = clock_.now().milliseconds / day_ms;
  if (!told.empty() || told_day_ == day) return told;
  const auto head = adapters::read_audit_head(*staff_);
  if (!head || head->count == 0) return {};
  told_day_ = day;
  return "the desk's audit stands at " + adapters::to_text(*head);
}

void DeskDoor::stop() {
  {
    const std::lock_guard lock(mutex_);
    serving_ = nullptr;
  }
  if (server_) server_->stop();
}

}  // namespace alur::tools
