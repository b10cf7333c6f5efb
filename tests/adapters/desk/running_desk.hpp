// A desk with its door, over a real runtime: people sign in, citizens come, and pages are spoken
// for by hand. What it keeps is in memory and outlives restart().
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/clock/steady_clock.hpp"
#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_server.hpp"
#include "adapters/memory/memory_staff.hpp"
#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/adapters/webchat/socket_line.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace alur::tests {

namespace json = boost::json;

// Takes all that is sent, and keeps it.
class Letterbox : public ports::Channel {
 public:
  const program::Channel& capabilities() const override {
    return *program::find_channel("webchat");
  }
  ports::Pace pace() const override { return {}; }
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;
  // How often this was sent to this citizen.
  int count(const std::string& who, const std::string& text);

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> sent_;  // by address
};

struct HttpSaid {
  int status = 0;
  std::string header;
  std::string body;
  json::object object() const;
};

class RunningDesk {
 public:
  explicit RunningDesk(adapters::DeskSettings settings = {});
  ~RunningDesk();
  // Nothing is finished that was under way.
  void restart();

  std::uint16_t port() const;
  // Makes the account, and signs in.
  adapters::Entered enter(const std::string& name, ports::Role role,
                          const std::vector<std::string>& queues = {"general"});
  HttpSaid ask(const std::string& method, const std::string& path, const std::string& cookie = {},
               const std::string& token = {}, const std::string& body = {},
               const std::vector<std::string>& more = {});

  ports::Verdict say(const std::string& who, const std::string& text);
  // Up to where people take over.
  void hand_over(const std::string& who);
  ports::CitizenKey key(const std::string& who) const;
  std::string citizen(const std::string& who) const;
  // As the desk has it now.
  desk::Conversation at(const std::string& who) const;

  Letterbox letters;
  adapters::Accounts& accounts() { return *accounts_; }
  runtime::Runtime& runtime() { return *runtime_; }
  ports::Staff& staff() { return staff_; }

 private:
  void begin();
  void end();

  adapters::DeskSettings settings_;
  adapters::SteadyClock clock_;
  Names names_;
  Tickets tickets_;
  adapters::AuditKey audit_key_{};
  adapters::MemoryStaff staff_{adapters::seal_with({})};
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
  std::unique_ptr<adapters::Accounts> accounts_;
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<runtime::Runtime> runtime_;
  std::unique_ptr<adapters::DeskServer> server_;
  std::atomic<int> messages_ = 0;
};

// A page, as far as a socket can tell: holds the rows that it was shown.
class DeskPage {
 public:
  DeskPage(std::uint16_t port, std::string secret) : line_(port), port_(port), secret_(secret) {}

  // The status of the upgrade; with 101 hello has been read.
  int open(const std::vector<std::string>& more = {});
  // The next frame, kept in mind; empty when the socket has ended.
  json::object next();
  // The next of this kind.
  json::object next(std::string_view is);
  // Reads until a row of this citizen looks like that; false: it does not within a while.
  bool sees(const std::string& citizen, std::string_view owner);
  // Wants it, and gives its answer.
  json::object want(json::object wish);
  // "done", or why not.
  std::string wants(json::object wish);
  json::object on(const std::string& citizen, std::string_view what) const;
  void close() { line_.close(); }
  SocketLine& line() { return line_; }

  std::map<std::string, json::object> rows;
  json::object hello;
  std::string end;  // the close frame, once there was one
  std::vector<json::object> frames;

 private:
  void keep(const json::object& frame);

  SocketLine line_;
  std::uint16_t port_;
  std::string secret_;
  std::uint64_t last_n_ = 0;
};

std::string text_in(const json::object& object, std::string_view name);

}  // namespace alur::tests
