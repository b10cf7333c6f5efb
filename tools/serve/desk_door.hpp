// The desk of a running service: the book of its staff, what the runtime's desk is told of the app,
// and its door.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/desk/accounts.hpp"
#include "adapters/desk/desk_server.hpp"
#include "adapters/http/key_file.hpp"
#include "engine/desk/settings.hpp"
#include "engine/ports/files.hpp"
#include "engine/runtime/runtime.hpp"
#include "tools/serve/certificate_watch.hpp"
#include "tools/serve/citizen_tickets.hpp"
#include "tools/serve/serve.hpp"

namespace alur::tools {

// Where the desk listens, as settled; 0: anywhere.
std::uint16_t desk_port(const ServeSettings& settings);

class DeskDoor {
 public:
  // Null, and one plain line in `error`. The book lies beside the store, or nowhere when the store
  // does.
  static std::unique_ptr<DeskDoor> open(const ServeSettings& settings, const ports::Clock& clock,
                                        std::string& error);
  ~DeskDoor();

  // What the runtime's desk is told of the app that is current. From any thread.
  desk::Settings settings_for(const program::App& app);
  // Empty, or why it cannot. All must outlive it.
  std::string start(runtime::Runtime& runtime, ports::Store& store, ports::Files& files);
  // "http://127.0.0.1:8161"
  std::string place() const;
  // Where the first administrator is made, while there is none; empty: there is one. Each time
  // another one, and the one before it ends.
  std::string first_link();
  // Unset while it does not serve. From any thread.
  std::optional<adapters::WebUse> use();
  // A line for the log, once a day and at the start: where the audit stands, so that a cut of it
  // would be noticed. Takes a certificate that has come since.
  std::string tend();
  // While the runtime is still there.
  void stop();

 private:
  DeskDoor(const ServeSettings& settings, const ports::Clock& clock);
  std::vector<adapters::PanelTicket> tickets_of(desk::Citizen citizen, std::string_view address);

  const ServeSettings& settings_;
  const ports::Clock& clock_;
  adapters::FileKey key_{};
  CertificateWatch certificate_;
  std::unique_ptr<ports::Staff> staff_;
  std::unique_ptr<adapters::Accounts> accounts_;
  std::mutex mutex_;
  std::vector<adapters::DeskQueue> queues_;        // guarded by it
  std::vector<adapters::DeskTemplate> templates_;  // the same
  adapters::DeskServer* serving_ = nullptr;        // the same
  std::string app_;                                // the same: its name
  std::string language_;                           // the same
  value::TimeZone zone_ = value::TimeZone::utc();  // the same
  std::unique_ptr<CitizenTickets> tickets_;        // by the server's shelf
  std::unique_ptr<adapters::DeskServer> server_;
  std::optional<std::int64_t> told_day_;
};

}  // namespace alur::tools
