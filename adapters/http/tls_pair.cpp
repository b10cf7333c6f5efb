#include "adapters/http/tls_pair.hpp"

#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <ctime>

namespace alur::adapters {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

// Clients that offer anything are offered HTTP/1.1; it is the only one spoken here.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  const int verdict =
      SSL_select_next_proto(&found, size, ours, sizeof ours - 1, offered, offered_size);
  *chosen = found;
  return verdict == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::int64_t seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return timegm(&parts);
}

void settle(ssl::context& context) {
  SSL_CTX* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(
      native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);              // an idle socket holds none
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of 1.2; 1.3 has no others
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
}

}  // namespace

TlsPair::TlsPair() : context_(std::make_unique<ssl::context>(ssl::context::tls_server)) {}

TlsPair::~TlsPair() = default;

std::shared_ptr<const TlsPair> TlsPair::read(const TlsFiles& files, std::string& error) {
  const std::shared_ptr<TlsPair> pair(new TlsPair());
  ssl::context& context = *pair->context_;
  settle(context);
  error_code failed;
  // Else it would ask at a terminal, and wait.
  context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; },
                                failed);
  context.use_certificate_chain_file(files.certificate, failed);
  if (failed) {
    error = files.certificate + ": cannot be read as a certificate in PEM: " + failed.message();
    return nullptr;
  }
  const X509* const certificate = SSL_CTX_get0_certificate(context.native_handle());
  pair->from_seconds_ = seconds_of(X509_get0_notBefore(certificate));
  pair->until_seconds_ = seconds_of(X509_get0_notAfter(certificate));
  context.use_private_key_file(files.key, ssl::context::pem, failed);
  if (failed) {
    const auto code = static_cast<unsigned long>(failed.value());
    const bool differs =
        ERR_GET_LIB(code) == ERR_LIB_X509 && ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH;
    error = files.key;
    error += differs ? ": is not the key to " + files.certificate
                     : ": cannot be read as a key in PEM without a password: " + failed.message();
    return nullptr;
  }
  if (SSL_CTX_check_private_key(context.native_handle()) == 1) return pair;
  error = files.key + ": is not the key to " + files.certificate;
  return nullptr;
}

}  // namespace alur::adapters
