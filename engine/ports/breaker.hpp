// Breaker: stops asking somebody outside who keeps failing, and tries again with one call now and
// then. Time in milliseconds; one thread at a time.
#pragma once

#include <cstdint>
#include <optional>

namespace alur::ports {

class Breaker {
 public:
  static constexpr int window = 10;   // of the latest calls ...
  static constexpr int failures = 5;  // ... so many failed: open
  static constexpr std::int64_t open_ms = 10'000;

  // Whether to call now. True once, while it is open for long enough: that call decides.
  bool allows(std::int64_t now);
  void succeeded();
  void failed(std::int64_t now);
  bool open() const { return opened_at_.has_value(); }

 private:
  void note(bool failure);

  std::uint32_t history_ = 0;  // a bit a call, the latest lowest; set: failed
  std::optional<std::int64_t> opened_at_;
  bool trying_ = false;
};

}  // namespace alur::ports
