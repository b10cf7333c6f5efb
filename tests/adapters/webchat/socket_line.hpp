// A WebSocket to a service on this machine, spoken by hand: so that what a browser would never send
// can be sent, and the test does not stand on what it tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace alur::tests {

// One frame, masked as a client must. `opcode`: 1 text, 2 bytes, 8 close, 9 ping.
std::string framed(const std::string& payload, int opcode = 1);

class SocketLine {
 public:
  explicit SocketLine(std::uint16_t port) : port_(port) {}
  ~SocketLine() { close(); }
  SocketLine(const SocketLine&) = delete;
  SocketLine& operator=(const SocketLine&) = delete;

  // If it is not connected yet; ask() does so, too. False: nobody listens.
  bool connect();
  // Connects and sends these bytes; the answer up to the end of its header, or "".
  std::string ask(const std::string& wire);
  // All that comes until the other side closes, or nothing has come for a long time.
  std::string receive_all();
  // An upgrade as a page of this service sends it; the status.
  int upgrade(const std::vector<std::string>& more = {});
  bool send(const std::string& payload, int opcode = 1);
  bool send_raw(const std::string& bytes);
  // The next frame's payload; pings of the service are passed over. A close frame gives "close 1008
  // reason"; the end of the connection, or that nothing comes for a long time, "".
  std::string receive();
  // The next that has this in it.
  std::string receive_with(const std::string& part);
  // So many of the bytes that come next; fewer when it ends.
  std::string receive_bytes(std::size_t count);
  void close();
  int descriptor() const { return socket_; }

 private:
  bool fill(std::size_t count);

  std::uint16_t port_;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace alur::tests
