// TimerSet: the timers of one session, and their bytes in its row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/machine/turn.hpp"

namespace alur::runtime {

class TimerSet {
 public:
  struct Timer {
    std::uint32_t serial = 0;
    std::int64_t at = 0;  // milliseconds
    bool operator==(const Timer&) const = default;
  };
  using Kind = machine::TimerKind;

  TimerSet() = default;
  // Of SessionRow::timers; what is not ours is no timer.
  explicit TimerSet(std::string_view bytes);
  std::string bytes() const;

  void apply(const machine::TimerChange& change, std::int64_t grace_ms);
  void clear() { timers_ = {}; }
  void remove(Kind kind) { timer(kind).reset(); }
  const std::optional<Timer>& operator[](Kind kind) const {
    return timers_[static_cast<std::size_t>(kind)];
  }
  // Later by so much, if it is this one.
  bool delay(Kind kind, std::uint32_t serial, std::int64_t by_ms);

  std::optional<Kind> earliest() const;
  std::optional<std::int64_t> due() const;

 private:
  std::optional<Timer>& timer(Kind kind) { return timers_[static_cast<std::size_t>(kind)]; }
  std::array<std::optional<Timer>, machine::timer_kind_count> timers_;
};

}  // namespace alur::runtime
