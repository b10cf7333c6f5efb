// Nods: what shows citizens that they were heard while their answer is on its way: three dots, blue
// ticks. One nod stands for all that came in a burst. Best effort: who gets none is harmed by
// nothing. How a nod is shown is the channel's.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "adapters/http/later.hpp"

namespace alur::adapters {

struct Nod {
  std::string address;
  std::string message_id;  // of the latest that was heard
  bool answered = false;   // something was sent to them since: no dots
};

// What is not seen for long is shown again.
struct NodPace {
  int times = 1;
  std::int64_t again_ms = 0;
};

class Nods {
 public:
  // What comes in this time is one burst, and an answer in this time needs no dots before it.
  static constexpr std::int64_t settle_ms = 700;
  static constexpr std::size_t citizens_max = 10'000;  // who are waited for; others get none

  // `show` is called by the thread of `later`, which must be stopped before this goes.
  Nods(Later later, std::function<void(const Nod&)> show, NodPace pace)
      : later_(std::move(later)), show_(std::move(show)), pace_(pace) {}

  // From any thread.
  void heard(const std::string& address, const std::string& message_id);
  void answered(const std::string& address);

 private:
  struct Waiting {
    Nod nod;
    std::uint64_t serial = 0;
    int shown = 0;
  };

  void show(const std::string& address, std::uint64_t serial);

  Later later_;
  std::function<void(const Nod&)> show_;
  NodPace pace_;
  std::mutex mutex_;  // guards what follows
  std::unordered_map<std::string, Waiting> waiting_;
  std::uint64_t serial_ = 0;
};

}  // namespace alur::adapters
