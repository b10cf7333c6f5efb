// LineChannel: citizens in lines of text, the smallest channel there is: "ani: halo" comes, and
// "ani: Halo, Ani" goes. A question's buttons are written as "[tap] label"; whoever
// copies such a line, or no more than its "[tap]", taps.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "engine/ports/channel.hpp"
#include "engine/ports/in_order.hpp"

namespace outside {

// What lines can show. A service adds it when it starts, so that apps can name the channel.
alur::program::Channel line_limits();

// A message as it is written; each of its lines ends.
std::string render_lines(std::string_view who, const alur::machine::Shown& shown);
// Nothing: nobody said anything. `number` tells one line from the next.
std::optional<alur::ports::Inbound> decode_line(std::uint64_t number, std::string_view line);

class LineChannel : public alur::ports::Channel {
 public:
  // Lines go to `out`, which must outlive it.
  explicit LineChannel(std::ostream& out) : out_(out) {}

  const alur::program::Channel& capabilities() const override { return limits_; }
  alur::ports::Pace pace() const override { return {}; }
  void send(alur::ports::Outgoing message,
            std::function<void(alur::ports::SendResult)> done) override;

  // From now on `inbox` hears what comes.
  void start(alur::ports::Inbox& inbox) { inbox_.emplace(inbox); }
  // One line, and its number, which is the same if it comes again.
  void take(std::uint64_t number, std::string_view line,
            std::function<void(alur::ports::Verdict)> done);

 private:
  const alur::program::Channel limits_ = line_limits();
  std::ostream& out_;
  std::optional<alur::ports::InOrder> inbox_;
};

}  // namespace outside
