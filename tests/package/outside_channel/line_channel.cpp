#include "line_channel.hpp"

#include <algorithm>
#include <utility>

#include "engine/value/text.hpp"

namespace outside {

using namespace alur;
using machine::Shown;

namespace {

constexpr const char* name = "line";

std::string without_breaks(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// A button's line, copied: "[tap] label". False: these are words.
bool read_tap(std::string_view said, machine::Input& input) {
  const std::size_t end = said.find(']');
  if (!said.starts_with('[') || end == said.npos) return false;
  const auto tap = machine::parse_tap(said.substr(1, end - 1));
  if (!tap) return false;
  input.kind = machine::Input::Kind::tap;
  input.tap = *tap;
  input.text = said.substr(std::min(end + 2, said.size()));
  return true;
}

}  // namespace

program::Channel line_limits() {
  program::Channel limits;
  limits.name = name;
  limits.text_max = limits.body_max = 200;
  limits.buttons_max = 4;
  limits.button_label_max = 20;
  limits.media = false;
  return limits;
}

std::string render_lines(std::string_view who, const Shown& shown) {
  const std::string begin = std::string(who) + ": ";
  std::string lines = begin + without_breaks(shown.text) + "\n";
  for (const machine::ShownChoice& choice : shown.choices) {
    lines += begin + "[" + choice.tap + "] " + choice.label + "\n";
  }
  return lines;
}

std::optional<ports::Inbound> decode_line(std::uint64_t number, std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == line.npos || colon == 0) return std::nullopt;
  const std::string_view said = line.substr(colon + 2);
  ports::Inbound inbound;
  inbound.id = std::to_string(number);
  inbound.address = std::string(name) + ":" + std::string(line.substr(0, colon));
  if (!read_tap(said, inbound.input)) inbound.input.text = said;
  if (!is_fit(inbound)) return std::nullopt;
  return inbound;
}

void LineChannel::send(ports::Outgoing message, std::function<void(ports::SendResult)> done) {
  out_ << render_lines(message.address.substr(message.address.find(':') + 1), message.shown)
       << std::flush;
  done({});
}

void LineChannel::take(std::uint64_t number, std::string_view line,
                       std::function<void(ports::Verdict)> done) {
  auto inbound = decode_line(number, line);
  if (!inbound) return done(ports::Verdict::refused);
  inbox_->receive(std::move(*inbound), std::move(done));
}

}  // namespace outside
