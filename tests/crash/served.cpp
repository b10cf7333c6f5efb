#include "tests/crash/served.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/patience.hpp"

namespace alur::tests {

Served::~Served() {
  if (pid_ > 0) kill();
}

namespace {

// As execve() takes them; they must outlive it.
std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

bool Served::start() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  std::vector<std::string> words{program_};
  words.insert(words.end(), arguments_.begin(), arguments_.end());
  words.insert(words.end(),
               {"--port", std::to_string(port_), "--web-port", "0", "--desk-port", "0"});
  std::vector<std::string> surroundings = environment_;
  for (char** one = environ; *one; ++one) surroundings.push_back(*one);
  const std::vector<char*> argv = pointers_to(words);
  const std::vector<char*> envp = pointers_to(surroundings);
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(ends[1], STDOUT_FILENO);
    execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
  said_.clear();
  for (;;) {
    char piece[1'024];
    const ssize_t count = read(output_, piece, sizeof piece);
    if (count <= 0) {
      wait();
      return false;
    }
    said_.append(piece, static_cast<std::size_t>(count));
    const std::size_t at = said_.find("http://127.0.0.1:");
    if (at == std::string::npos || said_.find('\n', at) == std::string::npos) continue;
    port_ = static_cast<std::uint16_t>(std::atoi(said_.c_str() + at + 17));
    return true;
  }
}

bool Served::says(const std::string& words) {
  while (said_.find(words) == std::string::npos) {
    pollfd more{output_, POLLIN, 0};
    char piece[1'024];
    if (poll(&more, 1, std::chrono::milliseconds(patience).count()) != 1) return false;
    const ssize_t count = read(output_, piece, sizeof piece);
    if (count <= 0) return false;
    said_.append(piece, static_cast<std::size_t>(count));
  }
  return true;
}

int Served::wait() {
  if (pid_ <= 0) return -1;
  int status = 0;
  waitpid(pid_, &status, 0);
  ::close(output_);
  pid_ = output_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Where the service could not start there is none: kill(-1) would end everything that the user has.
void Served::kill() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  wait();
}

int Served::stop() {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
  return wait();
}

}  // namespace alur::tests
