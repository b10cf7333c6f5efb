// PlayedLater: what is to be done later, done when a test says that it is.
#pragma once

#include <map>

#include "adapters/http/later.hpp"

namespace alur::tests {

class PlayedLater {
 public:
  adapters::Later later() {
    return [this](std::int64_t ms, std::function<void()> work) {
      waiting_.emplace(now_ms_ + ms, std::move(work));
    };
  }
  std::int64_t now_ms() const { return now_ms_; }
  // All that is to be done until then, and what comes of it.
  void run_until(std::int64_t ms) {
    while (!waiting_.empty() && waiting_.begin()->first <= ms) {
      auto first = waiting_.extract(waiting_.begin());
      now_ms_ = first.key();
      first.mapped()();
    }
    now_ms_ = ms;
  }

 private:
  std::int64_t now_ms_ = 0;
  std::multimap<std::int64_t, std::function<void()>> waiting_;
};

}  // namespace alur::tests
