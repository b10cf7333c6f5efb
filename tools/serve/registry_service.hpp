// RegistryService: the lists of institutions behind the runtime's port. New lists in the folder are
// taken while it serves; a citizen's conversation goes on with the lists it began with.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/registry/registry.hpp"
#include "engine/ports/service.hpp"

namespace alur::tools {

class RegistryService : public ports::Service {
 public:
  // Null where the folder has no lists; `error` says what is wrong with lists that cannot be read.
  static std::unique_ptr<RegistryService> open(const std::string& folder, std::string& error);

  bool answers(std::string_view name) const override;
  std::optional<ports::Answer> answer_now(const ports::Call& call) override;
  void ask(const ports::Call& call,
           std::function<void(ports::Result<ports::Answer>)> done) override;

  // Takes lists that have come since. Which they are, or what is wrong with them; empty when
  // nothing has come. From one thread.
  std::string refresh();
  const registry::Registry& lists() const { return registry_; }

 private:
  RegistryService(std::string folder, registry::SnapshotRef lists);

  std::string folder_;
  std::filesystem::file_time_type seen_;
  registry::Registry registry_;
};

}  // namespace alur::tools
