// Sockets of this machine, for peers that are played by hand. Descriptors are the caller's.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

#include "tests/patience.hpp"

namespace alur::tests {

inline sockaddr_in loopback_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A connection whose reads end when nothing comes for a long time. -1: nobody listens.
inline int connect_to(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval most{patience.count(), 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  const sockaddr_in address = loopback_address(port);
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return descriptor;
  }
  close(descriptor);
  return -1;
}

// Bound to a free port, which is told.
inline int bind_to_any(std::uint16_t& port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback_address(0);
  socklen_t size = sizeof address;
  bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return descriptor;
}

inline int listen_on_any(std::uint16_t& port) {
  const int descriptor = bind_to_any(port);
  listen(descriptor, 128);
  return descriptor;
}

// A port that nobody listens on, and nobody else gets meanwhile.
class DeafPort {
 public:
  DeafPort() : descriptor_(bind_to_any(port_)) {}
  ~DeafPort() { close(descriptor_); }
  DeafPort(const DeafPort&) = delete;
  DeafPort& operator=(const DeafPort&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  int descriptor_;
};

}  // namespace alur::tests
