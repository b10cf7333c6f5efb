#include "line_channel.hpp"

#include <string>
#include <utility>

namespace outside {

using namespace alur;

LineChannel::LineChannel(ports::Inbox& inbox, std::ostream& out) : inbox_(inbox), out_(out) {
  capabilities_.name = "line";
  capabilities_.text_max = capabilities_.body_max = 200;
  capabilities_.buttons_max = 4;
  capabilities_.button_label_max = 20;
  capabilities_.media = false;
}

void LineChannel::send(ports::Outgoing message, std::function<void(ports::SendResult)> done) {
  const std::string who = message.address.substr(message.address.find(':') + 1);
  out_ << who << ": " << message.shown.text << "\n";
  for (const machine::ShownChoice& choice : message.shown.choices) {
    out_ << who << ": [" << choice.tap << "] " << choice.label << "\n";
  }
  done({});
}

bool LineChannel::take(std::uint64_t number, std::string_view line,
                       std::function<void(ports::Verdict)> done) {
  const std::size_t colon = line.find(": ");
  if (colon == line.npos || colon == 0) return false;
  const std::string_view said = line.substr(colon + 2);
  ports::Inbound inbound;
  inbound.id = std::to_string(number);
  inbound.address = "line:" + std::string(line.substr(0, colon));
  inbound.input.text = said;
  if (said.size() > 2 && said.front() == '[' && said.back() == ']') {
    inbound.input.kind = machine::Input::Kind::tap;
    const auto tap = machine::parse_tap(said.substr(1, said.size() - 2));
    if (tap) inbound.input.tap = *tap;
  }
  inbox_.receive(std::move(inbound), std::move(done));
  return true;
}

}  // namespace outside
