// The frames of the web chat: one JSON object each, as text. docs/webchat.md has them all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/ports/channel.hpp"

namespace alur::adapters {

inline constexpr int webchat_protocol = 1;
inline constexpr std::size_t frame_bytes_max = 64 * 1024;
inline constexpr std::size_t said_bytes_max = 8 * 1024;
inline constexpr std::size_t id_bytes_max = 64;

// --- what a browser sends

// The first of a socket. `last`: it has every message up to this one.
struct HelloFrame {
  std::string token;  // empty: it has none yet
  std::uint64_t last = 0;
  bool preview = false;  // an editor's: it wants to know which version there is
};
struct SaidFrame {
  std::string id;  // the browser's own; the same however often it is sent
  machine::Input input;
  // With a file, which was brought before under this name, and what the citizen calls it.
  std::string upload;
  std::string file_name;
};
// It has kept every message up to this one.
struct AckFrame {
  std::uint64_t last = 0;
};
struct PingFrame {};
using ClientFrame = std::variant<HelloFrame, SaidFrame, AckFrame, PingFrame>;

// Whether it can be a browser's own name for something: 1 to 64 visible characters of ASCII.
bool is_client_id(std::string_view text);

// Nothing, and one plain line in `why`. Total: any bytes may come.
std::optional<ClientFrame> decode_frame(std::string_view text, std::string& why);

// --- what it is sent

// `fresh`: the token is new, and with it the conversation.
std::string encode_welcome(std::string_view token, bool fresh);
std::string encode_message(const ports::Outgoing& message);
std::string encode_ack(std::string_view id, ports::Verdict verdict);
std::string encode_pong();
std::string encode_bye(std::string_view reason);
// To previews: the version that conversations begin with now, and what was wrong with what was
// saved after it; empty: nothing.
std::string encode_preview(std::uint32_t version, std::string_view findings);

}  // namespace alur::adapters
