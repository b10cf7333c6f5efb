#include "engine/runtime/timer_set.hpp"

#include "engine/value/value_bytes.hpp"

namespace alur::runtime {

TimerSet::TimerSet(std::string_view bytes) {
  if (bytes.empty()) return;
  value::ByteReader reader(bytes);
  const std::uint8_t armed = reader.byte();
  for (std::size_t i = 0; i < timers_.size(); ++i) {
    if ((armed >> i & 1u) == 0) continue;
    Timer one;
    one.serial = static_cast<std::uint32_t>(reader.varint());
    one.at = reader.zigzag();
    timers_[i] = one;
  }
  if (!reader.finished()) clear();
}

std::string TimerSet::bytes() const {
  std::string out;
  std::uint8_t armed = 0;
  for (std::size_t i = 0; i < timers_.size(); ++i) {
    if (timers_[i]) armed = static_cast<std::uint8_t>(armed | 1u << i);
  }
  if (armed == 0) return out;
  value::ByteWriter writer(out);
  writer.byte(armed);
  for (const auto& one : timers_) {
    if (!one) continue;
    writer.varint(one->serial);
    writer.zigzag(one->at);
  }
  return out;
}

void TimerSet::apply(const machine::TimerChange& change, std::int64_t grace_ms) {
  if (!change.armed) return remove(change.kind);
  timer(change.kind) = Timer{change.serial, change.at.milliseconds + grace_ms};
}

bool TimerSet::delay(Kind kind, std::uint32_t serial, std::int64_t by_ms) {
  std::optional<Timer>& one = timer(kind);
  if (!one || one->serial != serial) return false;
  one->at += by_ms;
  return true;
}

std::optional<TimerSet::Kind> TimerSet::earliest() const {
  std::optional<Kind> first;
  for (std::size_t i = 0; i < timers_.size(); ++i) {
    const Kind kind = static_cast<Kind>(i);
    if (timers_[i] && (!first || timers_[i]->at < (*this)[*first]->at)) first = kind;
  }
  return first;
}

std::optional<std::int64_t> TimerSet::due() const {
  const auto first = earliest();
  if (!first) return std::nullopt;
  return (*this)[*first]->at;
}

}  // namespace alur::runtime
