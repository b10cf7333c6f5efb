#include "tools/serve/twin_service.hpp"

namespace alur::tools {

std::optional<ports::Answer> TwinService::answer_now(const ports::Call& call) {
  const std::lock_guard lock(mutex_);
  const auto answer = twin_->answer({call.program, call.service, call.arguments, call.now});
  if (!answer) return ports::Answer{value::name_key("unavailable"), {}};
  return ports::Answer{answer->outcome, answer->payload};
}

void TwinService::ask(const ports::Call&, std::function<void(ports::Result<ports::Answer>)> done) {
  done(ports::Fault::refused);
}

}  // namespace alur::tools
