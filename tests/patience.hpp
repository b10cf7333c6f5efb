// What another thread or process does is waited for: not looked at once, nor after a fixed time.
#pragma once

#include <poll.h>

#include <chrono>

namespace alur::tests {

// Longer than anything takes on a machine that does much else. Only what fails waits for so long.
inline constexpr std::chrono::seconds patience{60};

// Until it is so; false: it was not within our patience.
template <class IsSo>
bool comes(IsSo is_so) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 2);
  }
  return true;
}

}  // namespace alur::tests
