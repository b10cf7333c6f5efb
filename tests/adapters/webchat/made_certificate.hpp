// Certificates for tests, signed with their own key, and somebody who speaks TLS to a service on
// this machine.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/http/tls_pair.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace alur::tests {

// Writes both files, good from and until so many seconds from now.
adapters::TlsFiles make_certificate(const std::string& folder, const std::string& name,
                                    std::int64_t from_seconds, std::int64_t until_seconds);

class TlsLine {
 public:
  // `version_max`: TLS1_2_VERSION for instance; 0: the latest.
  explicit TlsLine(std::uint16_t port, int version_max = 0);
  ~TlsLine();
  TlsLine(const TlsLine&) = delete;
  TlsLine& operator=(const TlsLine&) = delete;

  // Whether the other side agreed on TLS.
  bool is_open() const { return open_; }
  std::string version() const;
  std::string protocol() const;  // as ALPN chose it
  // Who the certificate is for.
  std::string subject() const;
  bool send(const std::string& bytes);
  // All that comes until this is there; "" at the end.
  std::string receive_with(const std::string& part);

 private:
  std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> context_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  int socket_ = -1;
  bool open_ = false;
};

}  // namespace alur::tests
