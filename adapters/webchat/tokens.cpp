#include "adapters/webchat/tokens.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

namespace alur::adapters {
namespace {

constexpr std::size_t citizen_bytes = 16;
constexpr std::size_t citizen_length = 22;
constexpr std::size_t token_length_max = 100;

std::string to_base64url(const unsigned char* bytes, std::size_t count) {
  static constexpr char letters[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    held = (held << 8) | bytes[i];
    bits += 8;
    for (; bits >= 6; bits -= 6) out += letters[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) out += letters[(held << (6 - bits)) & 63];
  return out;
}

void fill_with_chance(unsigned char* bytes, std::size_t count) {
  const int filled = RAND_bytes(bytes, static_cast<int>(count));
  assert(filled == 1);
}

// A descriptor that closes itself.
struct Descriptor {
  int number = -1;
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

std::optional<TokenKey> read_key(int file, const std::string& path, std::string& error) {
  struct stat about{};
  TokenKey key{};
  unsigned char more = 0;
  if (fstat(file, &about) != 0 || (about.st_mode & 077) != 0) {
    error = path + ": others can read it; `chmod 600` it, or remove it to have a new one made";
    return std::nullopt;
  }
  const bool whole = read(file, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                     read(file, &more, 1) == 0;
  if (whole) return key;
  error = path + ": is no key of the web chat; remove it to have a new one made";
  return std::nullopt;
}

// Made beside its place and linked there: whole or not there at all, and of two that start at once
// one is first.
bool write_key(const std::string& path) {
  const std::string made = path + "." + std::to_string(getpid());
  const TokenKey key = make_token_key();
  unlink(made.c_str());  // of one with our number that was killed here
  const Descriptor file{open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.number < 0) return false;
  const bool written =
      write(file.number, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
      fsync(file.number) == 0 && (link(made.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int why = errno;
  unlink(made.c_str());
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor at{open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC)};
  errno = why;
  return written && at.number >= 0 && fsync(at.number) == 0;
}

}  // namespace

TokenKey make_token_key() {
  TokenKey key{};
  fill_with_chance(key.data(), key.size());
  return key;
}

std::optional<TokenKey> token_key_of(std::string_view secret) {
  TokenKey key{};
  unsigned length = 0;
  const bool done =
      EVP_Digest(secret.data(), secret.size(), key.data(), &length, EVP_sha256(), nullptr) == 1 &&
      length == key.size();
  return done ? std::optional(key) : std::nullopt;
}

std::optional<TokenKey> open_token_key(const std::string& path, std::string& error) {
  for (const bool again : {false, true}) {
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number >= 0) return read_key(file.number, path, error);
    if (again || errno != ENOENT || !write_key(path)) break;
  }
  error = path + ": " + std::strerror(errno);
  return std::nullopt;
}

Token Tokens::make_fresh(std::int64_t now_seconds) const {
  unsigned char bytes[citizen_bytes];
  fill_with_chance(bytes, sizeof bytes);
  return {to_base64url(bytes, sizeof bytes), now_seconds};
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
  return to_base64url(mac, length);
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

}  // namespace alur::adapters
