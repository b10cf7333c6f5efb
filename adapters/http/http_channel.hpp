// HttpChannel: the plain channel of programs on the same machine: they fetch messages and say which
// they have. A message that was fetched and not acknowledged in time is handed out again.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/ports/channel.hpp"

namespace alur::adapters {

class HttpChannel : public ports::Channel {
 public:
  static constexpr std::int64_t lease_ms = 30'000;
  static constexpr std::size_t pair_in_flight_max = 32;
  static constexpr std::size_t in_flight_max = 1'000'000;  // absent citizens hold up nobody
  static constexpr std::int64_t kept_ms = 24 * 3'600'000;

  // Shows messages as this channel of the app does.
  explicit HttpChannel(const program::Channel& capabilities) : capabilities_(capabilities) {}

  const program::Channel& capabilities() const override { return capabilities_; }
  ports::Pace pace() const override;
  void send(ports::Outgoing message, std::function<void(ports::SendResult)> done) override;

  // Up to `most` messages that nobody has, in order; of one address unless it is empty. Each is
  // the caller's until lease_ms later.
  std::vector<ports::Outgoing> take(const std::string& address, std::size_t most,
                                    std::int64_t now_ms);
  // The caller has these for good.
  void acknowledge(const std::vector<std::uint64_t>& ids);
  // Calls this once when there may be something to take, at once if there is.
  void when_something(std::function<void()> wake);
  // Hands out again what was not acknowledged in time, and drops what nobody fetched for a day.
  void expire(std::int64_t now_ms);

 private:
  struct Held {
    ports::Outgoing message;
    std::function<void(ports::SendResult)> done;
    std::int64_t taken_at = 0;  // 0: nobody has it
    std::int64_t since = 0;     // of the first look of expire()
    int takings = 0;
  };

  void forget(std::uint64_t id, const Held& held);  // not waiting any more

  program::Channel capabilities_;
  std::mutex mutex_;
  std::map<std::uint64_t, Held> held_;
  std::map<std::string, std::map<std::uint64_t, Held*>, std::less<>> waiting_;  // by address
  std::deque<std::uint64_t> order_;  // of those nobody has, perhaps with some that are gone
  std::vector<std::function<void()>> wakes_;
};

}  // namespace alur::adapters
