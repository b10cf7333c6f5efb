#include "tests/adapters/registry/tls_server.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <thread>

namespace alur::tests {

namespace net = boost::asio;
using tcp = net::ip::tcp;

namespace {

constexpr long hour_seconds = 3'600;
constexpr long day_seconds = 24 * hour_seconds;

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate make_certificate(const std::string& host, int days) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 157);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -day_seconds);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), days > 0 ? days * day_seconds : -hour_seconds);
  X509_set_pubkey(made.get(), key.get());
  X509_NAME* name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  const std::string names = "DNS:" + host;
  X509_EXTENSION* alternative =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
  X509_add_ext(made.get(), alternative, -1);
  X509_EXTENSION_free(alternative);
  X509_sign(made.get(), key.get(), EVP_sha256());
  const std::unique_ptr<BIO, decltype(&BIO_free)> certificate(BIO_new(BIO_s_mem()), BIO_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> secret(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(certificate.get(), made.get());
  PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {text_of(certificate.get()), text_of(secret.get())};
}

struct TlsServer::Parts {
  net::io_context context;
  net::ssl::context tls{net::ssl::context::tls_server};
  tcp::acceptor acceptor{context, tcp::endpoint(net::ip::address_v4::loopback(), 0)};
  std::thread thread;

  void serve(const std::string& answer) {
    boost::system::error_code code;
    net::ssl::stream<tcp::socket> stream(context, tls);
    acceptor.accept(stream.next_layer(), code);
    stream.handshake(net::ssl::stream_base::server, code);
    std::string asked;
    if (!code) net::read_until(stream, net::dynamic_buffer(asked), "\r\n\r\n", code);
    if (!code) net::write(stream, net::buffer(answer), code);
    char byte = 0;
    if (answer.empty() && !code) stream.read_some(net::buffer(&byte, 1), code);
  }
};

TlsServer::TlsServer(const Certificate& certificate, std::string answer)
    : parts_(std::make_unique<Parts>()) {
  parts_->tls.use_certificate_chain(net::buffer(certificate.certificate));
  parts_->tls.use_private_key(net::buffer(certificate.key), net::ssl::context::pem);
  parts_->thread =
      std::thread([parts = parts_.get(), answer = std::move(answer)] { parts->serve(answer); });
}

TlsServer::~TlsServer() {
  parts_->thread.join();
}

std::string TlsServer::url() const {
  return "https://localhost:" + std::to_string(parts_->acceptor.local_endpoint().port()) +
         "/list.csv";
}

}  // namespace alur::tests
