// The handshake: Meta asks once, when an operator names the webhook, whether we know the token.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace alur::adapters {

inline constexpr std::size_t challenge_bytes_max = 256;

// What is to be sent back for a query with hub.mode, hub.verify_token and hub.challenge, each given
// once and in any order: the challenge's bytes. Nothing: it is not Meta, or the token is wrong; an
// empty token is never right.
std::optional<std::string> answer_handshake(std::string_view query, std::string_view verify_token);

}  // namespace alur::adapters
