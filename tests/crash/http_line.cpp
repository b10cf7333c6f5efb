#include "tests/crash/http_line.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/loopback.hpp"

namespace alur::tests {

HttpLine::~HttpLine() {
  close();
}

void HttpLine::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

bool HttpLine::open() {
  if (socket_ >= 0) return true;
  socket_ = connect_to(port_);
  return socket_ >= 0;
}

bool HttpLine::send(const std::string& method, const std::string& target, const std::string& body) {
  if (!open()) return false;
  const std::string wire = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more_ +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  for (std::size_t at = 0; at < wire.size();) {
    const ssize_t count = ::send(socket_, wire.data() + at, wire.size() - at, MSG_NOSIGNAL);
    if (count <= 0) {
      close();
      return false;
    }
    at += static_cast<std::size_t>(count);
  }
  return true;
}

int HttpLine::receive() {
  std::size_t whole = std::string::npos;
  std::size_t head = std::string::npos;
  while (buffer_.size() < whole || whole == std::string::npos) {
    if (head == std::string::npos) {
      head = buffer_.find("\r\n\r\n");
      if (head != std::string::npos) {
        const std::size_t length = buffer_.find("Content-Length: ");
        if (length > head) break;
        whole = head + 4 + std::strtoul(buffer_.c_str() + length + 16, nullptr, 10);
        continue;
      }
    }
    char piece[16'384];
    const ssize_t count = recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) break;
    buffer_.append(piece, static_cast<std::size_t>(count));
  }
  if (whole == std::string::npos || buffer_.size() < whole || buffer_.size() < 12) {
    close();
    return 0;
  }
  const int status = std::atoi(buffer_.c_str() + 9);
  body_ = buffer_.substr(head + 4, whole - head - 4);
  buffer_.erase(0, whole);
  return status;
}

int HttpLine::ask(const std::string& method, const std::string& target, const std::string& body) {
  return send(method, target, body) ? receive() : 0;
}

}  // namespace alur::tests
