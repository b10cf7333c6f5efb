#include "tests/adapters/webchat/made_certificate.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <cstdio>

#include "tests/loopback.hpp"

namespace alur::tests {

adapters::TlsFiles make_certificate(const std::string& folder, const std::string& name,
                                    std::int64_t from_seconds, std::int64_t until_seconds) {
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, void (*)(X509*)> made(X509_new(), X509_free);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), static_cast<long>(from_seconds));
  X509_gmtime_adj(X509_getm_notAfter(made.get()), static_cast<long>(until_seconds));
  X509_set_pubkey(made.get(), key.get());
  X509_NAME* const subject = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), subject);
  X509_sign(made.get(), key.get(), EVP_sha256());

  adapters::TlsFiles files{folder + "/" + name + ".pem", folder + "/" + name + ".key"};
  if (FILE* out = std::fopen(files.certificate.c_str(), "w")) {
    PEM_write_X509(out, made.get());
    std::fclose(out);
  }
  if (FILE* out = std::fopen(files.key.c_str(), "w")) {
    PEM_write_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
  }
  return files;
}

TlsLine::TlsLine(std::uint16_t port, int version_max)
    : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), ssl_(nullptr, SSL_free) {
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context_.get(), version_max);
  SSL_CTX_set_security_level(context_.get(), 0);  // so that what is too old can be offered
  const unsigned char offered[] = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(context_.get(), offered, sizeof offered - 1);
  ssl_.reset(SSL_new(context_.get()));
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes into what the other side has closed
  socket_ = connect_to(port);
  if (socket_ < 0) return;
  SSL_set_fd(ssl_.get(), socket_);
  open_ = SSL_connect(ssl_.get()) == 1;
}

TlsLine::~TlsLine() {
  if (open_) SSL_shutdown(ssl_.get());
  close(socket_);
}

std::string TlsLine::version() const {
  return SSL_get_version(ssl_.get());
}

std::string TlsLine::protocol() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &size);
  return std::string(reinterpret_cast<const char*>(name), size);
}

std::string TlsLine::subject() const {
  const std::unique_ptr<X509, void (*)(X509*)> theirs(SSL_get1_peer_certificate(ssl_.get()),
                                                      X509_free);
  char name[256] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(theirs.get()), NID_commonName, name, sizeof name);
  return name;
}

bool TlsLine::send(const std::string& bytes) {
  return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

std::string TlsLine::receive_with(const std::string& part) {
  std::string all;
  char piece[4'096];
  while (all.find(part) == std::string::npos) {
    const int got = SSL_read(ssl_.get(), piece, sizeof piece);
    if (got <= 0) return {};
    all.append(piece, static_cast<std::size_t>(got));
  }
  return all;
}

}  // namespace alur::tests
