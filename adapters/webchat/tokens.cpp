#include "adapters/webchat/tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cassert>
#include <charconv>

#include "adapters/http/base64url.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {
namespace {

constexpr std::size_t citizen_bytes = 16;
constexpr std::size_t citizen_length = 22;
constexpr std::size_t token_length_max = 100;
constexpr std::size_t link_length_max = 200;

void fill_with_chance(unsigned char* bytes, std::size_t count) {
  const int filled = RAND_bytes(bytes, static_cast<int>(count));
  assert(filled == 1);
}

}  // namespace

TokenKey make_token_key() {
  return make_file_key();
}

std::optional<TokenKey> token_key_of(std::string_view secret) {
  return key_of_secret(secret);
}

std::optional<TokenKey> open_token_key(const std::string& path, std::string& error) {
  return open_key_file(path, "key of the web chat", error);
}

Token Tokens::make_fresh(std::int64_t now_seconds) const {
  unsigned char bytes[citizen_bytes];
  fill_with_chance(bytes, sizeof bytes);
  return {to_base64url(bytes), now_seconds};
}

std::string Tokens::signature(std::string_view signed_part) const {
  const std::string signed_text =
      "alur web chat " + std::to_string(store_mark_) + " " + std::string(signed_part);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  const unsigned char* done = HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                                   reinterpret_cast<const unsigned char*>(signed_text.data()),
                                   signed_text.size(), mac, &length);
  assert(done && length == 32);
  return to_base64url({mac, length});
}

std::string Tokens::encode(const Token& token) const {
  const std::string part = "1." + token.citizen + "." + std::to_string(token.issued_seconds);
  return part + "." + signature(part);
}

std::optional<Token> Tokens::decode(std::string_view text, std::int64_t now_seconds) const {
  const std::size_t dot = text.rfind('.');
  if (text.size() > token_length_max || dot == std::string_view::npos) return std::nullopt;
  const std::string expected = signature(text.substr(0, dot));
  const std::string_view given = text.substr(dot + 1);
  if (given.size() != expected.size() ||
      CRYPTO_memcmp(given.data(), expected.data(), given.size()) != 0) {
    return std::nullopt;
  }
  // We wrote it, so it has our form.
  Token token{std::string(text.substr(2, citizen_length)), 0};
  const std::string_view issued = text.substr(3 + citizen_length, dot - 3 - citizen_length);
  std::from_chars(issued.data(), issued.data() + issued.size(), token.issued_seconds);
  if (now_seconds - token.issued_seconds > valid_seconds) return std::nullopt;
  return token;
}

// What is signed begins otherwise than a token, so that neither can stand for the other.
std::string Tokens::encode_link(std::string_view citizen, std::string_view reference,
                                std::int64_t until_seconds) const {
  const auto named = ports::parse_reference(reference);
  assert(named);
  std::string part = std::to_string(until_seconds) + ".";
  part += named->id;
  part += '.';
  part += named->digest;
  return part + "." + signature("file of " + std::string(citizen) + " " + part);
}

std::optional<std::string> Tokens::decode_link(std::string_view text, std::string_view citizen,
                                               std::int64_t now_seconds) const {
  const std::size_t dot = text.rfind('.');
  if (text.size() > link_length_max || dot == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, dot);
  const std::string expected =
      signature("file of " + std::string(citizen) + " " + std::string(part));
  const std::string_view given = text.substr(dot + 1);
  if (given.size() != expected.size() ||
      CRYPTO_memcmp(given.data(), expected.data(), given.size()) != 0) {
    return std::nullopt;
  }
  // We wrote it, so it has our form.
  std::int64_t until = 0;
  std::from_chars(part.data(), part.data() + part.size(), until);
  if (until < now_seconds) return std::nullopt;
  const std::size_t id = part.find('.') + 1;
  return ports::file_reference(part.substr(id, ports::file_id_length),
                               part.substr(id + ports::file_id_length + 1));
}

}  // namespace alur::adapters
