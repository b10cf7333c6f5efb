// SHA-256 of what comes in pieces. Internal to the folder.
#pragma once

#include <openssl/evp.h>

#include <cassert>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace alur::adapters {

inline std::string bytes_to_hex(std::span<const unsigned char> bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

class Digest {
 public:
  Digest() : sums_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    const int begun = EVP_DigestInit_ex(sums_.get(), EVP_sha256(), nullptr);
    assert(begun == 1);
  }
  void take(std::string_view piece) { EVP_DigestUpdate(sums_.get(), piece.data(), piece.size()); }
  // In hexadecimal; once.
  std::string finish() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_DigestFinal_ex(sums_.get(), bytes, &length);
    return bytes_to_hex({bytes, length});
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sums_;
};

}  // namespace alur::adapters
