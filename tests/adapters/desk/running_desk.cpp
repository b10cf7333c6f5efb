#include "tests/adapters/desk/running_desk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "adapters/desk/wish.hpp"
#include "engine/desk/app_settings.hpp"
#include "tests/patience.hpp"

namespace alur::tests {

using adapters::Entered;

namespace {

constexpr const char* password = "sebuah kata sandi panjang";

std::string address_of(const std::string& who) {
  return who.find(':') == std::string::npos ? "webchat:" + who : who;
}

}  // namespace

// --- Letterbox

void Letterbox::send(ports::Outgoing message, std::function<void(ports::SendResult)> done) {
  {
    const std::lock_guard lock(mutex_);
    sent_[message.address].push_back(message.shown.text);
    last_[message.address] = message.shown;
  }
  more_.notify_all();
  done({});
}

bool Letterbox::brings(const std::string& who, const std::string& text) {
  std::unique_lock lock(mutex_);
  return more_.wait_for(lock, patience, [&] {
    const auto& all = sent_[channel_ + ":" + who];
    return std::find(all.begin(), all.end(), text) != all.end();
  });
}

int Letterbox::count(const std::string& who, const std::string& text) {
  const std::lock_guard lock(mutex_);
  int count = 0;
  for (const std::string& one : sent_[channel_ + ":" + who]) count += one == text;
  return count;
}

machine::Shown Letterbox::last(const std::string& who) {
  const std::lock_guard lock(mutex_);
  return last_[channel_ + ":" + who];
}

// --- RunningDesk

RunningDesk::RunningDesk(adapters::DeskSettings settings, ports::Files* files,
                         adapters::FindTickets find_tickets,
                         std::shared_ptr<const program::Program> program,
                         adapters::FindTicketOwner find_ticket_owner)
    : settings_(std::move(settings)),
      files_(files),
      find_tickets_(std::move(find_tickets)),
      find_ticket_owner_(std::move(find_ticket_owner)),
      program_(program ? std::move(program) : compile_small()) {
  settings_.port = 0;
  if (settings_.codes.empty()) settings_.codes = {{"answered", "Terjawab", "Answered"}};
  if (settings_.reasons.empty()) settings_.reasons = {{"break", "Istirahat", "Break"}};
  begin();
}

RunningDesk::~RunningDesk() {
  end();
}

void RunningDesk::begin() {
  adapters::AccountsSettings how;
  how.cost = {8u << 10, 1};
  accounts_ = std::make_unique<adapters::Accounts>(staff_, how);
  store_ = std::make_unique<adapters::MemoryStore>(disk_);
  runtime::RuntimeSettings settings;
  settings.cores = 2;
  settings.drain_ms = 100;
  const auto compile = [this](const std::string&, runtime::Purpose) {
    return runtime::Compiled{program_, ""};
  };
  runtime_ = std::make_unique<runtime::Runtime>(runtime::RuntimeParts{store_.get(),
                                                                      &clock_,
                                                                      {&names_, &tickets_},
                                                                      {&letters, &phones},
                                                                      compile,
                                                                      desk::settings_of},
                                                settings);
  std::string trouble;
  ASSERT_TRUE(runtime_->start(trouble)) << trouble;
  ASSERT_TRUE(runtime_->publish("1").done);
  adapters::DeskParts parts;
  parts.runtime = runtime_.get();
  parts.store = store_.get();
  parts.staff = &staff_;
  parts.accounts = accounts_.get();
  parts.clock = &clock_;
  parts.files = files_;
  parts.find_tickets = find_tickets_;
  parts.find_ticket_owner = find_ticket_owner_;
  server_ = std::make_unique<adapters::DeskServer>(parts, &audit_key_, settings_);
  server_->set_queues(adapters::desk_queues(program_->app()));
  server_->set_templates(adapters::desk_templates(program_->app()));
  ASSERT_EQ(server_->start(), "");
}

void RunningDesk::end() {
  server_.reset();
  runtime_.reset();
  store_.reset();
}

void RunningDesk::restart() {
  end();
  begin();
}

void RunningDesk::declare(std::vector<adapters::DeskQueue> queues) {
  server_->set_queues(std::move(queues));
}

std::uint16_t RunningDesk::port() const {
  return server_->port();
}

Entered RunningDesk::enter(const std::string& name, ports::Role role,
                           const std::vector<std::string>& queues) {
  adapters::AccountChange about;
  about.full_name = name + " the " + std::string(to_text(role));
  about.role = role;
  about.queues = queues;
  const value::Instant now = clock_.now();
  EXPECT_TRUE(accounts_->add(name, about, "test", now));
  EXPECT_TRUE(accounts_->reset_password(name, password, "test", now));
  server_->accounts_changed();
  auto entered = accounts_->sign_in(name, password, "", "127.0.0.1", now);
  EXPECT_TRUE(entered);
  return entered ? *entered : Entered{};
}

HttpSaid RunningDesk::ask(const std::string& method, const std::string& path,
                          const std::string& cookie, const std::string& token,
                          const std::string& body, const std::vector<std::string>& more) {
  return http_ask(port(), method, path, cookie, token, body, more);
}

ports::Verdict RunningDesk::receive(const std::string& who, machine::Input input) {
  auto promise = std::make_shared<std::promise<ports::Verdict>>();
  auto verdict = promise->get_future();
  ports::Inbound inbound;
  inbound.id = std::to_string(++messages_);
  inbound.address = address_of(who);
  inbound.input = std::move(input);
  if (inbound.address.starts_with("whatsapp:")) {
    inbound.wrote_ms = clock_.now().milliseconds - late_ms;
  }
  runtime_->receive(inbound, [promise](ports::Verdict one) { promise->set_value(one); });
  return verdict.get();
}

ports::Verdict RunningDesk::say(const std::string& who, const std::string& text) {
  machine::Input input;
  input.text = text;
  return receive(who, std::move(input));
}

ports::Verdict RunningDesk::send_file(const std::string& who, const ports::KeptFile& file,
                                      const std::string& name) {
  machine::Input input;
  input.kind = machine::Input::Kind::media;
  input.media = std::make_shared<const value::Media>(ports::media_of(file, name));
  return receive(who, std::move(input));
}

void RunningDesk::hand_over(const std::string& who) {
  for (const char* text : {"hi", "maju", "Person"}) {
    EXPECT_EQ(say(who, text), ports::Verdict::accepted) << who;
  }
}

ports::CitizenKey RunningDesk::key(const std::string& who) const {
  return store_->key_of(address_of(who));
}

std::string RunningDesk::citizen(const std::string& who) const {
  return adapters::to_citizen_text(key(who));
}

desk::Conversation RunningDesk::at(const std::string& who) const {
  return runtime_->desk()->look([&](const desk::Desk& desk) {
    const desk::Conversation* is = desk.find(key(who));
    return is ? *is : desk::Conversation();
  });
}

}  // namespace alur::tests
