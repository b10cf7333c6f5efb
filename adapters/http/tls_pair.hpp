// TlsPair: a certificate with its chain, and the key to it, as a door for browsers speaks TLS with
// them: version 1.2 or later, HTTP/1.1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace alur::adapters {

// Both in PEM; the certificates of the chain stand behind our own.
struct TlsFiles {
  std::string certificate;
  std::string key;

  bool are_named() const { return !certificate.empty() || !key.empty(); }
};

class TlsPair {
 public:
  // Null, and one plain line in `error`, for files that cannot be read, that are none, or that do
  // not belong together. Whether the certificate is good at this time, it does not ask.
  static std::shared_ptr<const TlsPair> read(const TlsFiles& files, std::string& error);
  ~TlsPair();

  boost::asio::ssl::context& context() const { return *context_; }
  // When the certificate is good, in seconds since 1970.
  std::int64_t from_seconds() const { return from_seconds_; }
  std::int64_t until_seconds() const { return until_seconds_; }

 private:
  TlsPair();

  std::unique_ptr<boost::asio::ssl::context> context_;
  std::int64_t from_seconds_ = 0;
  std::int64_t until_seconds_ = 0;
};

}  // namespace alur::adapters
