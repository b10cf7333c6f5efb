// WebPeer: a server on loopback that does with each connection what a test says, over TLS or not,
// and certificates made on the spot.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace alur::tests {

// The server's end of one connection.
class PeerLine {
 public:
  virtual ~PeerLine() = default;
  // A whole request, header and body; what there was when the other side closed.
  virtual std::string read_request() = 0;
  // False: the other side has closed.
  virtual bool write(const std::string& bytes) = 0;
  // Until the other side closes or the server stops.
  virtual void wait_closed() = 0;
};

// A key and a certificate for it, as PEM; signed by itself, and so its own authority.
struct Certificate {
  std::string key;
  std::string certificate;
};
// For this host, a name or an address; valid from yesterday on for so many days (it may be -1).
Certificate make_certificate(const std::string& host, int days = 2);

class WebPeer {
 public:
  using Serve = std::function<void(PeerLine&)>;
  explicit WebPeer(Serve serve, const Certificate* certificate = nullptr);
  ~WebPeer();

  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  struct Trust;
  void run();
  void serve_one(int descriptor);

  Serve serve_;
  std::unique_ptr<Trust> trust_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// An answer as it goes over the wire.
std::string http_answer(int status, const std::string& body, const std::string& headers = "");

}  // namespace alur::tests
