// What a test and the program that is to end share: a page of memory. The program counts the calls
// by which it changes a file or says something to somebody, and ends itself at one of them, as kill
// -9 would; and it sees the clock that the test has set.
#pragma once

#include <atomic>
#include <cstdint>

namespace alur::tests {

struct CrashPoint {
  enum class Call : std::uint32_t { none, write, sync, truncate, send };

  std::atomic<std::uint64_t> calls{0};   // since the program began
  std::atomic<std::uint64_t> end_at{0};  // ends before the call of this number; 0: never
  std::atomic<Call> ended_at{Call::none};
  std::atomic<std::int64_t> shift_ns{0};  // by which its clocks are ahead of the machine's
};

// The environment variable with the path of the file that is the page.
inline constexpr const char* crash_point_variable = "ALUR_CRASH_POINT";

}  // namespace alur::tests
