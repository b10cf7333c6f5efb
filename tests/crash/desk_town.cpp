#include "tests/crash/desk_town.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <new>

#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/wish.hpp"
#include "adapters/sqlite/sqlite_staff.hpp"
#include "adapters/sqlite/sqlite_store.hpp"

namespace alur::tests {

namespace fs = std::filesystem;

namespace {

constexpr const char* password = "sebuah kata sandi panjang";
constexpr int look_ms = 5;
constexpr std::int64_t patience_ms = 60'000;
constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t ms_ns = 1'000'000;

struct Person {
  const char* name;
  ports::Role role;
  std::vector<std::string> queues;
};

const std::vector<Person>& staff() {
  static const std::vector<Person> all{{"ani", ports::Role::agent, {"general", "shared"}},
                                       {"budi", ports::Role::agent, {"urgent", "shared"}},
                                       {"sri", ports::Role::supervisor, {}}};
  return all;
}

value::Instant now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return {(time.tv_sec * second_ns + time.tv_nsec) / ms_ns};
}

}  // namespace

std::vector<std::string> citizens_of_town() {
  std::vector<std::string> all;
  for (int i = 0; i < 12; ++i) all.push_back("c" + std::to_string(i));
  return all;
}

// --- DeskTemplate

DeskTemplate::DeskTemplate(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  std::string error;
  const auto key = adapters::open_key_file(store() + ".staff-key", "key of the audit", error);
  EXPECT_TRUE(key) << error;
  const auto book = adapters::SqliteStaff::open({store() + ".staff", "", false},
                                                adapters::seal_with(*key), error);
  EXPECT_TRUE(book) << error;
  adapters::AccountsSettings how;
  how.cost = {8u << 10, 1};
  adapters::Accounts accounts(*book, how);
  for (const Person& person : staff()) {
    adapters::AccountChange about;
    about.full_name = person.name;
    about.role = person.role;
    about.queues = person.queues;
    EXPECT_TRUE(accounts.add(person.name, about, "test", now()));
    EXPECT_TRUE(accounts.reset_password(person.name, password, "test", now()));
    const auto entered = accounts.sign_in(person.name, password, "", "127.0.0.1", now());
    if (entered) secrets_[person.name] = entered->secret;
  }
  EXPECT_EQ(secrets_.size(), staff().size());
  adapters::SqliteSettings settings;
  settings.path = store();
  const auto opened = adapters::SqliteStore::open(settings);
  EXPECT_TRUE(opened);
  for (const std::string& who : citizens_of_town()) {
    citizens_[who] = adapters::to_citizen_text((*opened)->key_of("webchat:" + who));
  }
}

void DeskTemplate::copy_to(const fs::path& folder) const {
  fs::copy(folder_, folder, fs::copy_options::recursive);
}

// --- the service

namespace {

std::int64_t steady_ms() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000 + time.tv_nsec / ms_ns;
}

}  // namespace

DeskTown::Patience::Patience(std::string what)
    : what_(std::move(what)), until_ms_(steady_ms() + patience_ms) {}

void DeskTown::Patience::wait(const std::string& told) {
  if (steady_ms() > until_ms_) throw Stuck{told.empty() ? what_ : what_ + ": " + told};
  poll(nullptr, 0, look_ms);
}

DeskTown::DeskTown(const DeskTemplate& model, fs::path folder)
    : model_(model), folder_(std::move(folder)) {
  model_.copy_to(folder_);
  const std::string path = (folder_ / "point").string();
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  EXPECT_EQ(ftruncate(file, sizeof(CrashPoint)), 0);
  void* mapped = mmap(nullptr, sizeof(CrashPoint), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  EXPECT_NE(mapped, MAP_FAILED);
  point_ = new (mapped) CrashPoint;
  served_ = std::make_unique<Served>(
      ALUR_PROGRAM,
      std::vector<std::string>{"serve", ALUR_CRASH_DESK_APP, "--store", store(), "--cores", "2"},
      std::vector<std::string>{"LD_PRELOAD=" ALUR_CRASH_POINT_LIBRARY,
                               std::string(crash_point_variable) + "=" + path});
}

DeskTown::~DeskTown() {
  served_.reset();
  munmap(point_, sizeof(CrashPoint));
}

bool DeskTown::start(std::uint64_t end_at) {
  point_->calls = 0;
  point_->ended_at = CrashPoint::Call::none;
  point_->end_at = end_at;
  if (!served_->start()) return false;
  const std::string words = "the desk is at http://127.0.0.1:";
  if (!served_->says(words)) return false;
  const std::size_t at = served_->said().find(words) + words.size();
  desk_port_ = static_cast<std::uint16_t>(std::atoi(served_->said().c_str() + at));
  line_ = std::make_unique<HttpLine>(served_->port());
  return true;
}

void DeskTown::disconnect() {
  pages_.clear();
  line_ = std::make_unique<HttpLine>(served_->port());
  acks_.clear();
}

void DeskTown::bury() {
  served_->kill();
  disconnect();
}

int DeskTown::stop() {
  pages_.clear();
  return served_->stop();
}

void DeskTown::pass_ms(std::int64_t ms) {
  passed_ms_ += ms;
  point_->shift_ns = passed_ms_ * ms_ns;
  disconnect();
  gather();
}

value::Instant DeskTown::now() const {
  return tests::now() + value::Duration{passed_ms_};
}

void DeskTown::gather() {
  for (const std::string& name : present_) page(name);
}

// --- citizens

void DeskTown::say(const std::string& who, const std::string& text, const std::string& id) {
  say_all({who}, text, id);
}

void DeskTown::say_all(const std::vector<std::string>& whom, const std::string& text,
                       const std::string& id) {
  std::vector<std::unique_ptr<HttpLine>> lines;
  for (const std::string& who : whom) {
    lines.push_back(std::make_unique<HttpLine>(served_->port()));
    const json::object message{{"id", who + "-" + id}, {"from", who}, {"text", text}};
    if (!lines.back()->send("POST", "/messages", json::serialize(message))) throw Broken{};
  }
  for (const auto& line : lines) {
    const int status = line->receive();
    if (status == 0 || status == 503) throw Broken{};
    if (status != 200) throw Stuck{"a message was answered with " + std::to_string(status)};
  }
}

std::size_t DeskTown::fetch(const std::string& who) {
  const std::string target = "/outbox?limit=100&to=" + who + "&ack=" + acks_;
  if (line_->ask("GET", target, "") != 200) throw Broken{};
  acks_.clear();
  const json::value answer = json::parse(line_->body());
  const json::array& messages = answer.at("messages").as_array();
  for (const json::value& one : messages) {
    const std::string number(one.at("id").as_string());
    const std::uint64_t id = std::strtoull(number.c_str(), nullptr, 10);
    const std::string text = text_in(one.as_object(), "text");
    acks_ += (acks_.empty() ? "" : ",") + number;
    auto& known = messages_[who];
    const auto found = known.find(id);
    if (found != known.end()) {
      ++again_;
      if (found->second != text) throw Stuck{who + " was sent other words under the same id"};
      if (!one.as_object().contains("again")) throw Stuck{who + " was not told that it is again"};
      continue;
    }
    if (!known.empty() && known.rbegin()->first > id) throw Stuck{who + " hears out of order"};
    known[id] = text;
    heard_[who].push_back(text);
  }
  return messages.size();
}

void DeskTown::hear_out(const std::string& who) {
  while (fetch(who) > 0) {
  }
}

int DeskTown::count(const std::string& who, const std::string& text) {
  const auto& all = heard_[who];
  return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const std::string& one) {
    return one.find(text) != std::string::npos;
  }));
}

void DeskTown::hear(const std::string& who, const std::string& text, int times) {
  Patience patience(who + " does not hear: " + text);
  for (fetch(who); count(who, text) < times; fetch(who)) patience.wait();
}

// --- people

DeskPage& DeskTown::open(const std::string& name) {
  auto& page = pages_[name];
  page = std::make_unique<DeskPage>(desk_port_, model_.secret(name));
  const int status = page->open();
  if (status == 0 || page->hello.empty()) throw Broken{};
  if (status != 101) throw Stuck{name + " cannot come in: " + std::to_string(status)};
  agents_[name] = page->hello.at("me").at("agent").to_number<std::uint64_t>();
  return *page;
}

DeskPage& DeskTown::page(const std::string& name) {
  const auto found = pages_.find(name);
  if (found != pages_.end()) return *found->second;
  DeskPage& page = open(name);
  if (is_present(name)) want(name, {{"do", "presence"}, {"presence", "online"}});
  return page;
}

json::object DeskTown::greet(const std::string& name) {
  pages_.erase(name);
  return page(name).hello;
}

void DeskTown::come(const std::string& name) {
  present_.insert(name);
  pages_.erase(name);
  page(name);
}

void DeskTown::vanish(const std::string& name) {
  pages_.erase(name);
  present_.erase(name);
}

json::object DeskTown::want(const std::string& name, json::object wish) {
  json::object answer = page(name).want(std::move(wish));
  if (!answer.empty()) return answer;
  pages_.erase(name);
  throw Broken{};
}

json::object DeskTown::on(const std::string& name, const std::string& who,
                          const json::object& wish) {
  json::object whole = page(name).on(model_.citizen(who), "");
  for (const auto& [key, value] : wish) whole[key] = value;
  return whole;
}

const json::object* DeskTown::row(const std::string& name, const std::string& who) {
  want(name, {{"do", "ping"}});
  const auto& rows = page(name).rows;
  const auto found = rows.find(model_.citizen(who));
  return found == rows.end() ? nullptr : &found->second;
}

bool DeskTown::owns(const std::string& name, const std::string& who) {
  const json::object* found = row(name, who);
  return found && text_in(*found, "owner") == "agent" &&
         found->at("agent").to_number<std::uint64_t>() == agents_.at(name);
}

std::string DeskTown::owner(const std::string& who) {
  for (const std::string& name : std::set<std::string>(present_)) {
    if (owns(name, who)) return name;
  }
  return {};
}

void DeskTown::take_offer(const std::string& who) {
  for (const std::string& name : std::set<std::string>(present_)) {
    const json::object* found = row(name, who);
    const bool offered = found && text_in(*found, "owner") == "queue" && found->contains("agent") &&
                         found->at("agent").to_number<std::uint64_t>() == agents_.at(name);
    if (offered) want(name, on(name, who, {{"do", "accept"}}));
  }
}

std::string DeskTown::want_now(const std::string& name, const std::string& who,
                               const json::object& wish) {
  const json::object answer = want(name, on(name, who, wish));
  const std::string is = text_in(answer, "is");
  return is == "refused" ? text_in(answer, "why") : is;
}

void DeskTown::accept(const std::string& who, int times) {
  Patience patience(who + " is not accepted");
  for (fetch(who); count(who, came) < times; fetch(who)) {
    take_offer(who);
    patience.wait();
  }
}

void DeskTown::decline(const std::string& name, const std::string& who) {
  Patience patience(who + " is not offered to " + name);
  for (;; patience.wait()) {
    const json::object* found = row(name, who);
    if (!found || text_in(*found, "owner") != "queue" || !found->contains("agent")) continue;
    if (want_now(name, who, {{"do", "decline"}}) == "done") return;
  }
}

void DeskTown::reply(const std::string& who, const std::string& text, const std::string& key) {
  Patience patience("nobody says to " + who + ": " + text);
  for (fetch(who); count(who, text) < 1; fetch(who)) {
    const std::string name = owner(who);
    if (!name.empty()) {
      want(name, on(name, who, {{"do", "say"}, {"key", key}, {"text", text}}));
    }
    patience.wait();
  }
}

void DeskTown::note(const std::string& name, const std::string& who, const std::string& text,
                    const std::string& key) {
  Patience patience(name + " cannot note");
  for (;; patience.wait()) {
    const json::object wish{{"do", "note"}, {"key", key}, {"text", text}};
    if (want_now(name, who, wish) == "done") return;
  }
}

void DeskTown::give(const std::string& who, const json::object& wish, const std::string& text,
                    int times) {
  Patience patience(who + " is not given on: " + json::serialize(wish));
  for (fetch(who); count(who, text) < times; fetch(who)) {
    const std::string name = owner(who);
    if (!name.empty()) want(name, on(name, who, wish));
    patience.wait();
  }
}

// What is not their own, pages are shown a second later, but for what they find when they come.
void DeskTown::assign(const std::string& name, const std::string& who, const std::string& to,
                      int times) {
  Patience patience(name + " cannot assign " + who);
  for (fetch(who); count(who, came) < times; fetch(who)) {
    pages_.erase(name);
    std::string told = "it is not seen";
    if (row(name, who)) {
      const json::object wish{{"do", "assign"}, {"to_agent", agents_.at(to)}, {"overfill", true}};
      told = want_now(name, who, wish);
    }
    patience.wait(told);
  }
}

}  // namespace alur::tests
