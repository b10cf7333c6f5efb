// RegistryService: the lists of institutions behind the runtime's port. New lists in the folder are
// taken while it serves; a citizen's conversation goes on with the lists it began with.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/http/http_server.hpp"
#include "adapters/registry/audit_log.hpp"
#include "adapters/registry/registry.hpp"
#include "engine/ports/service.hpp"

namespace alur::tools {

class RegistryService : public ports::Service {
 public:
  // Null where the folder has no lists; `error` says what is wrong with lists that cannot be read,
  // or with the folder where every answer is kept for audits (an empty name: nowhere).
  static std::unique_ptr<RegistryService> open(const std::string& folder, const std::string& audit,
                                               std::string& error);

  bool answers(std::string_view name) const override;
  std::optional<ports::Answer> answer_now(const ports::Call& call) override;
  void ask(const ports::Call& call,
           std::function<void(ports::Result<ports::Answer>)> done) override;

  // Takes lists that have come since. Which they are, or what is wrong with them; empty when
  // nothing has come. From one thread.
  std::string refresh();
  // Makes what has been kept of answers durable. What has begun or ended to go wrong with it; empty
  // when nothing has. From one thread.
  std::string tend_audit();
  // `GET /asked`: the two counters, since the service began.
  adapters::HttpRoute asked_route() const;
  const registry::Registry& lists() const { return registry_; }

 private:
  RegistryService(std::string folder, registry::SnapshotRef lists,
                  std::unique_ptr<registry::AuditLog> audit);

  std::string folder_;
  std::filesystem::file_time_type seen_;
  std::unique_ptr<registry::AuditLog> audit_;  // null: answers are not kept
  std::string audit_trouble_;                  // as it was told last
  registry::Registry registry_;
};

}  // namespace alur::tools
