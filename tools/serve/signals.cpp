#include "tools/serve/signals.hpp"

#include <chrono>
#include <cstdlib>

namespace alur::tools {

Signals::Signals() {
  sigemptyset(&set_);
  for (const int number : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&set_, number);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { run(); });
}

Signals::~Signals() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  pthread_kill(thread_.native_handle(), SIGUSR1);  // wakes the thread, which looks
  thread_.join();
}

void Signals::run() {
  for (;;) {
    int number = 0;
    sigwait(&set_, &number);
    const std::lock_guard lock(mutex_);
    if (over_) return;
    if (number == SIGUSR1) continue;
    if (asked_) std::_Exit(128 + number);  // what was acknowledged is durable
    asked_ = true;
    changed_.notify_all();
  }
}

bool Signals::wait(std::int64_t ms) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return asked_; });
}

}  // namespace alur::tools
