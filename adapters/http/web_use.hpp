// WebUse: how much of a door for browsers is in use, and whom it has refused. Numbers only: none
// names an address.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace alur::adapters {

enum class Refusal : std::uint8_t {
#define REFUSAL(name, meaning) name,
#include "adapters/http/refusal.def"
#undef REFUSAL
};

inline constexpr std::string_view refusal_names[] = {
#define REFUSAL(name, meaning) #name,
#include "adapters/http/refusal.def"
#undef REFUSAL
};

inline constexpr std::size_t refusal_count = std::size(refusal_names);

struct WebUse {
  std::size_t connections = 0;  // open now, sockets among them
  std::size_t sockets = 0;
  std::array<std::uint64_t, refusal_count> refused{};  // since the start, by Refusal
};

// The same while it changes, from every loop's thread.
class WebTally {
 public:
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> sockets{0};

  void note(Refusal why) { ++refused_[static_cast<std::size_t>(why)]; }
  WebUse use() const {
    WebUse use{connections, sockets, {}};
    for (std::size_t i = 0; i < refusal_count; ++i) use.refused[i] = refused_[i];
    return use;
  }

 private:
  std::array<std::atomic<std::uint64_t>, refusal_count> refused_{};
};

}  // namespace alur::adapters
