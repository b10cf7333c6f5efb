// DeskServer: the door of the desk: its page, its requests and its socket, on threads of their own,
// so that what agents do holds up no citizen's turn.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/desk/desk_audit.hpp"
#include "adapters/desk/desk_floor.hpp"
#include "adapters/desk/desk_settings.hpp"
#include "adapters/http/web_use.hpp"

namespace alur::adapters {

class DeskServer {
 public:
  // All that is named must outlive it. `key`: of the audit's seals; null: they are not looked at.
  DeskServer(DeskParts parts, const AuditKey* key, DeskSettings settings);
  ~DeskServer();

  // The app that is current has these queues. From any thread.
  void set_queues(std::vector<DeskQueue> queues);
  // And these templates.
  void set_templates(std::vector<DeskTemplate> templates);
  // The book was written by somebody else. From any thread.
  void accounts_changed();
  // Empty, or why it cannot serve.
  std::string start();
  std::uint16_t port() const;
  WebUse use() const;
  void renew(std::shared_ptr<const TlsPair> tls);
  // Sockets are told, and all threads end. While the runtime is still there.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace alur::adapters
