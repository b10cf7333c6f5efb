#include "tests/adapters/desk/running_desk.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <future>

#include "adapters/desk/wish.hpp"
#include "engine/desk/app_settings.hpp"

namespace alur::tests {

using adapters::Entered;

namespace {

constexpr const char* password = "sebuah kata sandi panjang";

runtime::Compiled compile(const std::string&, runtime::Purpose) {
  return {compile_small(), ""};
}

std::string name_of_cookie(const std::string& secret) {
  return "Cookie: __Host-alur-desk=" + secret;
}

}  // namespace

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// --- Letterbox

void Letterbox::send(ports::Outgoing message, std::function<void(ports::SendResult)> done) {
  {
    const std::lock_guard lock(mutex_);
    sent_[message.address].push_back(message.shown.text);
  }
  done({});
}

int Letterbox::count(const std::string& who, const std::string& text) {
  const std::lock_guard lock(mutex_);
  int count = 0;
  for (const std::string& one : sent_["webchat:" + who]) count += one == text;
  return count;
}

// --- RunningDesk

json::object HttpSaid::object() const {
  boost::system::error_code error;
  json::value value = json::parse(body, error);
  return !error && value.is_object() ? std::move(value.get_object()) : json::object();
}

RunningDesk::RunningDesk(adapters::DeskSettings settings) : settings_(std::move(settings)) {
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
  runtime_ = std::make_unique<runtime::Runtime>(
      runtime::RuntimeParts{
          store_.get(), &clock_, {&names_, &tickets_}, {&letters}, compile, desk::settings_of},
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
  server_ = std::make_unique<adapters::DeskServer>(parts, &audit_key_, settings_);
  server_->set_queues({"general"});
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
  const std::string host = "127.0.0.1:" + std::to_string(port());
  std::string wire = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
  if (!cookie.empty()) wire += name_of_cookie(cookie) + "\r\n";
  if (!token.empty()) wire += "X-Alur-Token: " + token + "\r\n";
  for (const std::string& line : more) wire += line + "\r\n";
  if (!body.empty()) {
    if (more.empty()) wire += "Content-Type: application/json\r\n";
    wire += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  SocketLine line(port());
  HttpSaid said;
  said.header = line.ask(wire + "\r\n" + body);
  if (said.header.size() < 12) return said;
  said.status = std::atoi(said.header.c_str() + 9);
  const std::size_t at = said.header.find("Content-Length: ");
  if (at != std::string::npos) {
    said.body = line.receive_bytes(std::strtoul(said.header.c_str() + at + 16, nullptr, 10));
  }
  return said;
}

ports::Verdict RunningDesk::say(const std::string& who, const std::string& text) {
  auto promise = std::make_shared<std::promise<ports::Verdict>>();
  auto verdict = promise->get_future();
  ports::Inbound inbound;
  inbound.id = std::to_string(++messages_);
  inbound.address = "webchat:" + who;
  inbound.input.text = text;
  runtime_->receive(inbound, [promise](ports::Verdict one) { promise->set_value(one); });
  return verdict.get();
}

void RunningDesk::hand_over(const std::string& who) {
  for (const char* text : {"hi", "maju", "Person"}) {
    EXPECT_EQ(say(who, text), ports::Verdict::accepted) << who;
  }
}

ports::CitizenKey RunningDesk::key(const std::string& who) const {
  return store_->key_of("webchat:" + who);
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

// --- DeskPage

int DeskPage::open(const std::vector<std::string>& more) {
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  std::string wire =
      "GET /api/socket HTTP/1.1\r\nHost: " + host +
      "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  if (more.empty()) wire += "Origin: http://" + host + "\r\n";
  if (!secret_.empty()) wire += name_of_cookie(secret_) + "\r\n";
  for (const std::string& line : more) wire += line + "\r\n";
  const std::string header = line_.ask(wire + "\r\n");
  const int status = header.size() < 12 ? 0 : std::atoi(header.c_str() + 9);
  if (status == 101) hello = next("hello");
  return status;
}

void DeskPage::keep(const json::object& frame) {
  const auto put = [this](const json::value& row) {
    rows[std::string(row.at("citizen").as_string())] = row.as_object();
  };
  const std::string is = text_in(frame, "is");
  if (is == "hello") rows.clear();
  if (is == "row") put(frame.at("row"));
  if (is == "gone") rows.erase(text_in(frame, "citizen"));
  if (is != "hello" && is != "rows") return;
  for (const json::value& row : frame.at("rows").as_array()) put(row);
  if (is == "hello") return;
  for (const json::value& one : frame.at("gone").as_array()) {
    rows.erase(std::string(one.as_string()));
  }
}

json::object DeskPage::next() {
  const std::string text = line_.receive();
  if (text.empty() || text.starts_with("close")) {
    if (!text.empty()) end = text;
    return {};
  }
  json::object frame = json::parse(text).as_object();
  keep(frame);
  return frame;
}

json::object DeskPage::next(std::string_view is) {
  for (;;) {
    json::object frame = next();
    if (frame.empty() || text_in(frame, "is") == is) return frame;
  }
}

bool DeskPage::sees(const std::string& citizen, std::string_view owner) {
  const auto looks = [&] {
    const auto row = rows.find(citizen);
    if (owner == "nobody") return row == rows.end();
    return row != rows.end() && text_in(row->second, "owner") == owner;
  };
  while (!looks()) {
    if (next().empty()) return false;
  }
  return true;
}

json::object DeskPage::on(const std::string& citizen, std::string_view what) const {
  const auto row = rows.find(citizen);
  return {{"do", what},
          {"citizen", citizen},
          {"epoch", row == rows.end() ? std::string("0") : text_in(row->second, "epoch")}};
}

json::object DeskPage::want(json::object wish) {
  const std::uint64_t n = ++last_n_;
  wish["n"] = n;
  if (!line_.send(json::serialize(wish))) return {};
  for (;;) {
    json::object frame = next();
    if (frame.empty()) return frame;
    const json::value* number = frame.if_contains("n");
    if (number && number->to_number<std::uint64_t>() == n) return frame;
    frames.push_back(std::move(frame));
  }
}

std::string DeskPage::wants(json::object wish) {
  const json::object answer = want(std::move(wish));
  const std::string is = text_in(answer, "is");
  return is == "refused" ? text_in(answer, "why") : is;
}

}  // namespace alur::tests
