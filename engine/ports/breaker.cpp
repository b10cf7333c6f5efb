#include "engine/ports/breaker.hpp"

#include <bit>

namespace alur::ports {

bool Breaker::allows(std::int64_t now) {
  if (!opened_at_) return true;
  if (trying_ || now < *opened_at_ + open_ms) return false;
  return trying_ = true;
}

void Breaker::note(bool failure) {
  history_ = (history_ << 1 | (failure ? 1u : 0u)) & ((1u << window) - 1);
}

void Breaker::succeeded() {
  note(false);
  if (!trying_) return;
  trying_ = false;
  opened_at_.reset();
  history_ = 0;
}

void Breaker::failed(std::int64_t now) {
  note(true);
  if (opened_at_ && !trying_) return;  // it was asked before it opened
  if (!trying_ && std::popcount(history_) < failures) return;
  trying_ = false;
  opened_at_ = now;
}

}  // namespace alur::ports
