// TwinService: the services that answer out of memory, behind the runtime's port.
#pragma once

#include <memory>
#include <mutex>

#include "engine/ports/service.hpp"
#include "tools/replay/service_twin.hpp"

namespace alur::tools {

class TwinService : public ports::Service {
 public:
  explicit TwinService(std::unique_ptr<ServiceTwin> twin) : twin_(std::move(twin)) {}

  // All: what the twin does not know is unavailable.
  bool answers(std::string_view) const override { return true; }
  std::optional<ports::Answer> answer_now(const ports::Call& call) override;
  void ask(const ports::Call& call,
           std::function<void(ports::Result<ports::Answer>)> done) override;

 private:
  std::mutex mutex_;
  std::unique_ptr<ServiceTwin> twin_;
};

}  // namespace alur::tools
