// SIGTERM and SIGINT, taken by a thread of their own: the first asks the program to stop, the
// second ends it at once.
#pragma once

#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <thread>

namespace alur::tools {

class Signals {
 public:
  // Before any other thread is made.
  Signals();
  ~Signals();

  // True: the program shall stop. False: so long passed.
  bool wait(std::int64_t ms);

 private:
  void run();

  sigset_t set_{};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace alur::tools
