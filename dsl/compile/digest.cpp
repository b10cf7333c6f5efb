#include "dsl/compile/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <cassert>

namespace alur::dsl {

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  [[maybe_unused]] const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  assert(done == 1);
  constexpr std::string_view figures = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * std::size_t{size});
  for (unsigned int i = 0; i < size; ++i) {
    hex += figures[digest[i] >> 4];
    hex += figures[digest[i] & 15];
  }
  return hex;
}

}  // namespace alur::dsl
