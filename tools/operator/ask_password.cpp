#include "tools/operator/ask_password.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace alur::tools {
namespace {

// What is typed is not shown while it lives.
class Unseen {
 public:
  Unseen() : known_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!known_) return;
    termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
  }
  ~Unseen() {
    if (known_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool known_;
};

std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::optional<std::string> ask(const std::string& question) {
  std::cerr << question << std::flush;
  const Unseen unseen;
  auto line = read_line();
  std::cerr << "\n";
  return line;
}

}  // namespace

std::optional<std::string> ask_password(const std::string& name, std::string& error) {
  const bool terminal = isatty(STDIN_FILENO) != 0;
  const auto first = terminal ? ask("A password for " + name + ": ") : read_line();
  if (!first) {
    error = "a password is read from the terminal or from standard input, and there is none";
    return std::nullopt;
  }
  if (terminal && ask("Once more: ") != first) {
    error = "the two are not the same";
    return std::nullopt;
  }
  return first;
}

}  // namespace alur::tools
