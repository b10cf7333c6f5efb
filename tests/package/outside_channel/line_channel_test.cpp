// The part of the channels' contract that a channel of lines can be asked: every choice that is
// shown comes back as the same choice, whatever its number and label, and lines that are none harm
// nothing. Ends with 1, and says why, where it does not hold.
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

#include "line_channel.hpp"

namespace {

using namespace alur;

void want(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::exit(1);
}

class LastHeard : public ports::Inbox {
 public:
  void receive(ports::Inbound inbound, std::function<void(ports::Verdict)> done) override {
    last = std::move(inbound);
    done(ports::Verdict::accepted);
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }
  std::optional<ports::Inbound> last;
};

machine::Message question(std::size_t choices, std::size_t length) {
  machine::Message message;
  message.text = "Pilih:";
  for (std::size_t i = 0; i < choices; ++i) {
    const machine::Tap tap{7, 1'000 + static_cast<value::NameKey>(i), 0};
    message.choices.push_back({tap, std::to_string(i) + std::string(length, 'x'), ""});
  }
  return message;
}

// The taps that citizens can copy out of the lines, in order.
std::vector<std::string> taps_in(const std::string& lines) {
  std::vector<std::string> taps;
  for (std::size_t at = 0; (at = lines.find("ani: [", at)) != lines.npos; ++at) {
    taps.push_back(lines.substr(at + 5, lines.find(']', at) - at - 4));
  }
  return taps;
}

void check_question(std::size_t choices, std::size_t length) {
  LastHeard inbox;
  std::ostringstream out;
  outside::LineChannel channel(inbox, out);
  const machine::Message message = question(choices, length);
  const machine::SystemWords words{"Pilihan", "Ketik angkanya"};
  for (machine::Shown& shown : machine::present(message, channel.capabilities(), words)) {
    want(shown.text.size() <= 200, "a text is within the limit");
    bool sent = false;
    ports::Outgoing outgoing;
    outgoing.id = 1;
    outgoing.address = "line:ani";
    outgoing.shown = std::move(shown);
    channel.send(std::move(outgoing), [&](const ports::SendResult& result) {
      sent = result.kind == ports::SendResult::Kind::accepted;
    });
    want(sent, "what is sent is taken");
  }
  const auto taps = taps_in(out.str());
  want(taps.size() == (choices <= 4 ? choices : 0), "all choices have buttons, or none");
  for (std::size_t i = 0; i < taps.size(); ++i) {
    want(channel.take(i, "ani: " + taps[i], [](ports::Verdict) {}), "a tap is a message");
    want(inbox.last->input.tap == message.choices[i].tap, "a tap is the choice that was shown");
    want(inbox.last->address == "line:ani", "an address is the channel's");
  }
}

}  // namespace

int main() {
  for (std::size_t choices = 1; choices <= 30; ++choices) {
    for (const std::size_t length : {1, 18, 19, 150}) check_question(choices, length);
  }
  LastHeard inbox;
  std::ostringstream out;
  outside::LineChannel channel(inbox, out);
  for (const char* line : {"", ":", ": ", "ani", "ani:"}) {
    channel.take(1, line, [](ports::Verdict) {});
  }
  want(!inbox.last, "a line that is none is not heard");
  std::cout << "holds\n";
  return 0;
}
