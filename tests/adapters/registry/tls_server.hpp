// A server on loopback that speaks TLS for tests, with a certificate of its own making.
#pragma once

#include <memory>
#include <string>

namespace alur::tests {

// A certificate that signs itself, and its key, both as PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

// For that host; good from yesterday on, for so many days (none: it ended an hour ago).
Certificate make_certificate(const std::string& host, int days);

// Takes one connection and one request, answers with these bytes, and closes. Without an answer it
// is silent until the other side gives up.
class TlsServer {
 public:
  TlsServer(const Certificate& certificate, std::string answer);
  ~TlsServer();

  std::string url() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace alur::tests
