// A desk with its door, over a real runtime: people sign in, citizens come, and pages are spoken
// for by hand. What it keeps is in memory and outlives restart().
#pragma once

#include <atomic>
#include <condition_variable>
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
#include "tests/adapters/desk/desk_page.hpp"
#include "tests/engine/runtime/small_service.hpp"

namespace alur::tests {

// Takes all that is sent, and keeps it.
class Letterbox : public ports::Channel {
 public:
  explicit Letterbox(std::string channel) : channel_(std::move(channel)) {}
  const program::Channel& capabilities() const override { return *program::find_channel(channel_); }
  ports::Pace pace() const override { return {}; }
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;
  // Waits until it is sent; false: not within a while.
  bool brings(const std::string& who, const std::string& text);
  // How often this was sent to this citizen.
  int count(const std::string& who, const std::string& text);
  // The latest that was sent to this citizen.
  machine::Shown last(const std::string& who);

 private:
  const std::string channel_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::map<std::string, std::vector<std::string>> sent_;  // by address
  std::map<std::string, machine::Shown> last_;
};

// Citizens are named as in the web chat, or by an address: "whatsapp:budi".
class RunningDesk {
 public:
  // `files`, `find_tickets` null: there are none. `program` null: the small service.
  explicit RunningDesk(adapters::DeskSettings settings = {}, ports::Files* files = nullptr,
                       adapters::FindTickets find_tickets = nullptr,
                       std::shared_ptr<const program::Program> program = nullptr,
                       adapters::FindTicketOwner find_ticket_owner = nullptr);
  ~RunningDesk();
  // Nothing is finished that was under way.
  void restart();

  std::uint16_t port() const;
  // Another version of the app is published, whose queues are these.
  void declare(std::vector<adapters::DeskQueue> queues);
  // Makes the account, and signs in.
  adapters::Entered enter(const std::string& name, ports::Role role,
                          const std::vector<std::string>& queues = {"general"});
  HttpSaid ask(const std::string& method, const std::string& path, const std::string& cookie = {},
               const std::string& token = {}, const std::string& body = {},
               const std::vector<std::string>& more = {});

  // `who`: an address, or what follows "webchat:" in one.
  ports::Verdict say(const std::string& who, const std::string& text);
  ports::Verdict send_file(const std::string& who, const ports::KeptFile& file,
                           const std::string& name);
  // Up to where people take over.
  void hand_over(const std::string& who);
  ports::CitizenKey key(const std::string& who) const;
  std::string citizen(const std::string& who) const;
  // As the desk has it now.
  desk::Conversation at(const std::string& who) const;

  Letterbox letters{"webchat"};
  Letterbox phones{"whatsapp"};
  // What comes over WhatsApp was written so long ago.
  std::int64_t late_ms = 0;
  adapters::Accounts& accounts() { return *accounts_; }
  runtime::Runtime& runtime() { return *runtime_; }
  adapters::DeskServer& server() { return *server_; }
  ports::Staff& staff() { return staff_; }

 private:
  void begin();
  void end();

  ports::Verdict receive(const std::string& who, machine::Input input);

  adapters::DeskSettings settings_;
  ports::Files* files_;
  adapters::FindTickets find_tickets_;
  adapters::FindTicketOwner find_ticket_owner_;
  std::shared_ptr<const program::Program> program_;
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

}  // namespace alur::tests
