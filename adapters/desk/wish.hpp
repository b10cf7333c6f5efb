// Wish: what a desk's page wants of the service, as a frame of its socket or a request brings it.
// docs/desk-protocol.md has them all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/desk/roles.hpp"
#include "engine/desk/event.hpp"

namespace alur::adapters {

inline constexpr std::size_t desk_frame_bytes_max = 64 * 1024;
inline constexpr std::size_t wish_text_bytes_max = 16 * 1024;
inline constexpr std::size_t wish_key_bytes_max = 64;

struct Wish {
#define WISH(name, action, fields) do_##name,
  enum class Kind : std::uint8_t {
#include "adapters/desk/routes.def"
  };
#undef WISH

  Kind kind = Kind::do_ping;
  std::uint64_t n = 0;  // of the answer
  desk::Citizen citizen = 0;
  desk::Epoch epoch = 0;
  std::string key;  // the page's own name for a message; visible characters
  std::string text;
  std::string file;
  std::string template_name;
  std::string presence;
  std::string reason;
  std::string to_queue;
  std::string note;
  std::string state;
  std::string code;
  desk::AgentId to_agent = 0;
  bool overfill = false;
  std::uint64_t before = 0;    // a line
  std::uint64_t reply_to = 0;  // a line; 0: none
};

Action action_of(Wish::Kind kind);
// "say"
std::string_view to_text(Wish::Kind kind);

// Total: any bytes may come. Nothing, and one plain line in `why`; `n` is then what the frame said,
// where it said one.
std::optional<Wish> decode_wish(std::string_view frame, std::uint64_t& n, std::string& why);

// A conversation's key: 16 hexadecimal digits.
std::string to_citizen_text(desk::Citizen citizen);
std::optional<desk::Citizen> to_citizen(std::string_view text);

}  // namespace alur::adapters
