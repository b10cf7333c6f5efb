// Told: lines for operators, from any thread, kept until the service writes them into its log.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>

namespace alur::tools {

class Told {
 public:
  static constexpr std::size_t bytes_max = 64 * 1024;  // what comes then is left out

  void add(const std::string& line) {
    const std::lock_guard lock(mutex_);
    if (lines_.size() < bytes_max) lines_ += line + "\n";
  }
  // What has come since the last call.
  std::string take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lines_, {});
  }

 private:
  std::mutex mutex_;
  std::string lines_;
};

}  // namespace alur::tools
