// WebLine: one open WebSocket, as whoever speaks over it sees it; WebTalk: what is said over it.
// How the frames travel is web_socket.hpp's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace alur::adapters {

// Close codes of RFC 6455, section 7.4.1, and of its registry.
enum class CloseCode : std::uint16_t {
  going_away = 1001,
  no_text = 1003,
  policy = 1008,
  restart = 1012
};

struct LineEnd {
  CloseCode code = CloseCode::policy;
  std::string reason;
};

// From any thread, and quick.
class WebLine {
 public:
  virtual ~WebLine() = default;
  // In the order of the calls.
  virtual void push(std::shared_ptr<const std::string> frame) = 0;
  // Says why, and closes.
  virtual void end(LineEnd end) = 0;
};

// By the thread of the socket's loop alone.
class WebTalk {
 public:
  struct Step {
    std::vector<std::string> replies;  // before whatever is pushed from then on
    bool ends = false;                 // after those
    LineEnd end;
  };

  virtual ~WebTalk() = default;
  // The socket is open. Before every other call. To be kept weakly: the line keeps the talk.
  virtual void begin(const std::shared_ptr<WebLine>& line) = 0;
  virtual Step take(std::string_view frame, bool is_text) = 0;
  // Whoever has not shown by a frame who they are has little time for it.
  virtual bool is_greeted() const = 0;
  // The last frame of a line that is ended.
  virtual std::string bye(std::string_view reason) const = 0;
  // The socket is closed. Once, where it was open.
  virtual void ended() = 0;
};

}  // namespace alur::adapters
