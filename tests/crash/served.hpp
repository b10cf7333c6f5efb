// Served: `alur serve` as a process that is killed and started again.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace alur::tests {

class Served {
 public:
  // The program, then its arguments but the port. It does not run yet. `environment`: NAME=VALUE,
  // beside that of the test.
  Served(std::string program, std::vector<std::string> arguments,
         std::vector<std::string> environment = {})
      : program_(std::move(program)),
        arguments_(std::move(arguments)),
        environment_(std::move(environment)) {}
  ~Served();

  // Starts it, on the port it had before, and waits until it serves. False: it ended before.
  bool start();
  void kill();  // SIGKILL, and waits
  // SIGTERM, and waits; the exit code.
  int stop();

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  const std::string& said() const { return said_; }
  // Waits until it has said these words, too; false: nothing more for a long time, or it has
  // ended.
  bool says(const std::string& words);

 private:
  int wait();

  std::string program_;
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  int output_ = -1;
  std::string said_;
};

}  // namespace alur::tests
