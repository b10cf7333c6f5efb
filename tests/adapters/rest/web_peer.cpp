#include "tests/adapters/rest/web_peer.hpp"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <cstdlib>
#include <cstring>

#include "tests/loopback.hpp"

namespace alur::tests {
namespace {

constexpr int look_ms = 20;  // whether it shall stop

// Until there is something to read, or a moment has passed.
bool readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return poll(&waiting, 1, look_ms) > 0;
}

std::size_t length_of(const std::string& header) {
  const std::size_t at = header.find("Content-Length: ");
  return at == header.npos ? 0 : std::strtoull(header.c_str() + at + 16, nullptr, 10);
}

template <class T>
std::string pem_of(int (*write)(BIO*, T*), T* object) {
  BIO* memory = BIO_new(BIO_s_mem());
  write(memory, object);
  char* start = nullptr;
  const long size = BIO_get_mem_data(memory, &start);
  std::string text(start, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

int write_key(BIO* out, EVP_PKEY* key) {
  return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
}

int write_certificate(BIO* out, X509* certificate) {
  return PEM_write_bio_X509(out, certificate);
}

class Line : public PeerLine {
 public:
  Line(int descriptor, SSL* tls, const std::atomic<bool>& stopping)
      : descriptor_(descriptor), tls_(tls), stopping_(stopping) {}

  std::string read_request() override {
    std::string bytes;
    std::size_t wanted = std::string::npos;
    while (bytes.size() < wanted && take(bytes)) {
      const std::size_t end = bytes.find("\r\n\r\n");
      if (end != bytes.npos) wanted = end + 4 + length_of(bytes.substr(0, end));
    }
    return bytes;
  }

  bool write(const std::string& bytes) override {
    if (tls_) return SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    return send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }

  void wait_closed() override {
    std::string ignored;
    while (take(ignored)) ignored.clear();
  }

 private:
  bool take(std::string& bytes) {
    while (!stopping_ && !(tls_ && SSL_pending(tls_) > 0) && !readable(descriptor_)) {
    }
    char buffer[4'096];
    const long count = tls_ ? SSL_read(tls_, buffer, sizeof buffer)
                            : recv(descriptor_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count <= 0) return false;
    bytes.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  int descriptor_;
  SSL* tls_;
  const std::atomic<bool>& stopping_;
};

}  // namespace

Certificate make_certificate(const std::string& host, int days) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* made = X509_new();
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 157);
  constexpr long day = 86'400;
  X509_gmtime_adj(X509_getm_notBefore(made), -2 * day);
  X509_gmtime_adj(X509_getm_notAfter(made), days * day);
  X509_set_pubkey(made, key);
  X509_NAME* name = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("alur test"), -1, -1, 0);
  X509_set_issuer_name(made, name);
  in6_addr ignored{};
  const bool address = inet_pton(AF_INET, host.c_str(), &ignored) == 1;
  const std::string names = (address ? "IP:" : "DNS:") + host;
  X509_EXTENSION* more = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
  X509_add_ext(made, more, -1);
  X509_EXTENSION_free(more);
  X509_sign(made, key, EVP_sha256());
  Certificate out{pem_of(write_key, key), pem_of(write_certificate, made)};
  X509_free(made);
  EVP_PKEY_free(key);
  return out;
}

struct WebPeer::Trust {
  explicit Trust(const Certificate& certificate) : tls(SSL_CTX_new(TLS_server_method())) {
    BIO* memory = BIO_new_mem_buf(certificate.certificate.data(), -1);
    X509* read = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
    BIO_free(memory);
    SSL_CTX_use_certificate(tls, read);
    X509_free(read);
    memory = BIO_new_mem_buf(certificate.key.data(), -1);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr);
    BIO_free(memory);
    SSL_CTX_use_PrivateKey(tls, key);
    EVP_PKEY_free(key);
  }
  ~Trust() { SSL_CTX_free(tls); }
  SSL_CTX* tls;
};

WebPeer::WebPeer(Serve serve, const Certificate* certificate) : serve_(std::move(serve)) {
  if (certificate) trust_ = std::make_unique<Trust>(*certificate);
  listening_ = listen_on_any(port_);
  thread_ = std::thread([this] { run(); });
}

WebPeer::~WebPeer() {
  stopping_ = true;
  thread_.join();
  close(listening_);
}

void WebPeer::run() {
  while (!stopping_) {
    if (!readable(listening_)) continue;
    const int descriptor = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    ++connections_;
    serve_one(descriptor);
    close(descriptor);
  }
}

void WebPeer::serve_one(int descriptor) {
  if (!trust_) {
    Line line(descriptor, nullptr, stopping_);
    serve_(line);
    return;
  }
  SSL* tls = SSL_new(trust_->tls);
  SSL_set_fd(tls, descriptor);
  if (SSL_accept(tls) == 1) {
    Line line(descriptor, tls, stopping_);
    serve_(line);
    SSL_shutdown(tls);
  }
  SSL_free(tls);
}

std::string http_answer(int status, const std::string& body, const std::string& headers) {
  return "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace alur::tests
