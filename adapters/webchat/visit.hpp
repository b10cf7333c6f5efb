// Visit: what one socket may do, and what follows from each frame that comes. Pure: time is an
// argument; what follows is told, and done by whoever has the socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/allowance.hpp"
#include "adapters/http/web_line.hpp"
#include "adapters/webchat/frames.hpp"
#include "adapters/webchat/tokens.hpp"
#include "engine/ports/files.hpp"

namespace alur::adapters {

class Visit {
 public:
  static constexpr double frames_at_once = 100;
  static constexpr double frames_a_second = 20;  // beyond it the socket ends
  static constexpr double messages_at_once = 20;
  static constexpr double messages_a_second = 2;  // beyond it they are answered `overloaded`

  using End = LineEnd;
  struct Step {
    std::vector<std::string> replies;
    std::optional<std::uint64_t> attach;    // from here on it gets this citizen's messages after it
    bool previews = false;                  // and is told of versions
    std::optional<ports::Inbound> inbound;  // its verdict is to be sent as encode_ack()
    std::optional<std::uint64_t> acknowledged;
    std::optional<End> end;
  };

  // Both must outlive it; without `files` (null) none are taken. `channel`: what addresses begin
  // with.
  Visit(const Tokens& tokens, std::string channel, ports::Files* files = nullptr)
      : tokens_(&tokens), channel_(std::move(channel)), files_(files) {}

  Step take(std::string_view frame, bool is_text, std::int64_t now_ms);
  // Empty before a good hello.
  const std::string& address() const { return address_; }

 private:
  Step greet(const HelloFrame& hello, std::int64_t now_ms);
  Step hear(SaidFrame said, std::int64_t now_ms);
  bool take_file(SaidFrame& said, std::int64_t now_ms) const;

  const Tokens* tokens_;
  std::string channel_;
  ports::Files* files_;
  std::string address_;
  Allowance frames_{frames_at_once, frames_a_second};
  Allowance messages_{messages_at_once, messages_a_second};
};

}  // namespace alur::adapters
