// The web chat's door on two loops, with something behind it that says back what it hears.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/webchat/frames.hpp"
#include "adapters/webchat/web_server.hpp"
#include "tests/adapters/webchat/socket_line.hpp"

namespace alur::tests {

using namespace adapters;
using ports::Verdict;

// Takes every message, and says it back.
class Echo : public ports::Inbox {
 public:
  explicit Echo(WebChannel& through) : channel(through) {}
  void receive(ports::Inbound inbound, std::function<void(Verdict)> done) override;
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }

  WebChannel& channel;
  std::mutex mutex;
  std::uint64_t count = 0;
  std::atomic<int> accepted{0};
};

class Running {
 public:
  explicit Running(WebServerSettings settings = {}, ports::Files* files = nullptr);
  ~Running();
  std::uint16_t port() const;
  void stop_accepting();
  void renew(std::shared_ptr<const TlsPair> tls);
  WebUse use() const;
  std::uint64_t refused(Refusal why) const;
  // The same, once it is so many: it is counted after the connection's end.
  std::uint64_t refused_soon(Refusal why, std::uint64_t count) const;

  WebChannel channel{*program::find_channel("webchat")};
  Echo inbox{channel};

 private:
  struct Loops;
  std::unique_ptr<Loops> loops_;
};

inline constexpr const char* hello = R"({"type":"hello","v":1,"last":"0"})";

std::string said(const std::string& id, const std::string& text);
// Greeted, and its token.
std::string greet(SocketLine& line, const std::string& frame = hello);
std::string hello_of(const std::string& token, std::uint64_t last);

}  // namespace alur::tests
