#include "adapters/http/nods.hpp"

namespace alur::adapters {

void Nods::heard(const std::string& address, const std::string& message_id) {
  std::uint64_t serial = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(address);
    if (found != waiting_.end()) {
      found->second.nod = {address, message_id};
      return;
    }
    if (waiting_.size() >= citizens_max) return;
    serial = ++serial_;
    waiting_[address] = {{address, message_id}, serial};
  }
  later_(settle_ms, [this, address, serial] { show(address, serial); });
}

void Nods::answered(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(address);
  if (found == waiting_.end()) return;
  if (found->second.shown > 0) {
    waiting_.erase(found);
  } else {
    found->second.nod.answered = true;
  }
}

void Nods::show(const std::string& address, std::uint64_t serial) {
  Nod nod;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(address);
    if (found == waiting_.end() || found->second.serial != serial) return;
    nod = found->second.nod;
    again = !nod.answered && ++found->second.shown < pace_.times;
    if (!again) waiting_.erase(found);
  }
  show_(nod);
  if (again) later_(pace_.again_ms, [this, address, serial] { show(address, serial); });
}

}  // namespace alur::adapters
