// A keep-alive connection to a service on this machine, spoken by hand: for tests and load that
// must not stand on what they test.
#pragma once

#include <cstdint>
#include <string>

namespace alur::tests {

class HttpLine {
 public:
  explicit HttpLine(std::uint16_t port) : port_(port) {}
  ~HttpLine();
  HttpLine(const HttpLine&) = delete;
  HttpLine& operator=(const HttpLine&) = delete;

  // The status, 0 when the connection broke; then it is opened again at the next request.
  int ask(const std::string& method, const std::string& target, const std::string& body);
  const std::string& body() const { return body_; }
  // Lines of the head beside the usual, each with its line end, of every request from now on.
  void set_more(std::string lines) { more_ = std::move(lines); }

  // Connects, if it is not connected.
  bool open();
  // The two halves, for several requests under way on several lines.
  bool send(const std::string& method, const std::string& target, const std::string& body);
  int receive();
  int descriptor() const { return socket_; }

 private:
  void close();

  std::uint16_t port_;
  int socket_ = -1;
  std::string more_;
  std::string buffer_;
  std::string body_;
};

}  // namespace alur::tests
