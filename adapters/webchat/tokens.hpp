// Tokens: how a browser shows who it is. A token names a citizen that nobody can guess and is
// signed (HMAC-SHA-256), so that nothing has to be kept of a citizen who has only opened the page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/key_file.hpp"

namespace alur::adapters {

using TokenKey = FileKey;

// The key in this file, which is made, readable by its owner alone, where it is not there. Nothing,
// and one plain line in `error`: also for a file that others could read.
std::optional<TokenKey> open_token_key(const std::string& path, std::string& error);
// The key that a secret stands for, always the same one.
std::optional<TokenKey> token_key_of(std::string_view secret);
// One that is kept nowhere.
TokenKey make_token_key();

struct Token {
  std::string citizen;  // 22 characters of A-Z, a-z, 0-9, - and _: 128 bits of chance
  std::int64_t issued_seconds = 0;
};

class Tokens {
 public:
  // As long as a citizen who stays away is remembered.
  static constexpr std::int64_t valid_seconds = 90 * 86'400;
  static constexpr std::int64_t renewed_seconds = 86'400;
  // A message is held for a day at most, and a file is kept for a day at least.
  static constexpr std::int64_t link_valid_seconds = 2 * 86'400;

  // `store_mark` names the store: a token of another store, whose conversations these are not, is
  // none.
  Tokens(const TokenKey& key, std::uint64_t store_mark) : key_(key), store_mark_(store_mark) {}

  // Of somebody who was never here.
  Token make_fresh(std::int64_t now_seconds) const;
  // "1.citizen.issued.signature", at most 100 characters.
  std::string encode(const Token& token) const;
  // Nothing for what we did not sign and for what is too old.
  std::optional<Token> decode(std::string_view text, std::int64_t now_seconds) const;
  // The end of a path behind which a citizen finds a kept file: "until.id.digest.signature". Good
  // for this citizen alone, and until then. `reference` is one of ports::file_reference().
  std::string encode_link(std::string_view citizen, std::string_view reference,
                          std::int64_t until_seconds) const;
  // The reference; nothing for what we did not sign for this citizen and for what is too old.
  std::optional<std::string> decode_link(std::string_view text, std::string_view citizen,
                                         std::int64_t now_seconds) const;
  // A token that is in use gets a newer one.
  static bool wants_renewal(const Token& token, std::int64_t now_seconds) {
    return now_seconds - token.issued_seconds >= renewed_seconds;
  }

 private:
  std::string signature(std::string_view signed_part) const;

  TokenKey key_;
  std::uint64_t store_mark_;
};

}  // namespace alur::adapters
