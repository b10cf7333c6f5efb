#include "adapters/desk/secret.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cassert>

#include "adapters/desk/hashing.hpp"
#include "adapters/http/base64url.hpp"

namespace alur::adapters {

std::string make_secret() {
  unsigned char bytes[32];
  const int filled = RAND_bytes(bytes, sizeof bytes);
  assert(filled == 1);
  return to_base64url(bytes);
}

ports::Hash hash_of_secret(std::string_view secret) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (secret.size() != secret_length) return {};
  if (!std::all_of(secret.begin(), secret.end(), fits)) return {};
  return sha256(secret);
}

}  // namespace alur::adapters
