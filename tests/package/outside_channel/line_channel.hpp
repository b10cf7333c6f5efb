// LineChannel: citizens in lines of text, the smallest channel there is: "ani: halo" comes, and
// "ani: Halo, Ani" goes. A question's buttons are written as "[tap] label", and "ani: [tap]" taps.
#pragma once

#include <functional>
#include <ostream>
#include <string_view>

#include "engine/ports/channel.hpp"

namespace outside {

class LineChannel : public alur::ports::Channel {
 public:
  // Both must outlive it. `inbox` hears what comes; lines go to `out`.
  LineChannel(alur::ports::Inbox& inbox, std::ostream& out);

  const alur::program::Channel& capabilities() const override { return capabilities_; }
  alur::ports::Pace pace() const override { return {}; }
  void send(alur::ports::Outgoing message,
            std::function<void(alur::ports::SendResult)> done) override;

  // One line, and its number, which is the same if it comes again. False: nobody said anything.
  bool take(std::uint64_t number, std::string_view line,
            std::function<void(alur::ports::Verdict)> done);

 private:
  alur::program::Channel capabilities_;
  alur::ports::Inbox& inbox_;
  std::ostream& out_;
};

}  // namespace outside
