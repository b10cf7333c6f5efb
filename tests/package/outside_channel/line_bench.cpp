// The channel of lines, held to the contract of channels; its limits are counted here anew.
#include <sstream>

#include "engine/machine/split_text.hpp"
#include "line_channel.hpp"
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {
namespace {

class AnsweringInbox : public ports::Inbox {
 public:
  explicit AnsweringInbox(ports::Verdict verdict) : verdict_(verdict) {}
  void receive(ports::Inbound, std::function<void(ports::Verdict)> done) override {
    done(verdict_);
  }
  void receive(ports::Receipt, std::function<void(bool)> done) override { done(true); }

 private:
  ports::Verdict verdict_;
};

class LineBench : public ChannelBench {
 public:
  std::string name() const override { return "line"; }
  const program::Channel& capabilities() const override { return limits_; }

  std::vector<Seen> show(const machine::Message& message) override {
    std::vector<Seen> all;
    for (const machine::Shown& shown : presented(message, limits_)) {
      all.push_back(read(outside::render_lines("ani", shown)));
    }
    return all;
  }

  bool receives() const override { return true; }
  bool ends_itself() const override { return false; }
  std::vector<std::string> samples() const override {
    return {"1 ani: halo", "2 ani: [3-k7-0] Ya"};
  }
  // Each letter gone, or another one.
  std::vector<std::string> changed(const std::string& sample) const override {
    std::vector<std::string> all{sample + std::string(1u << 20, 'x')};
    for (std::size_t i = 0; i < sample.size(); ++i) {
      all.push_back(sample.substr(0, i) + sample.substr(i + 1));
      for (const char other : {'\0', ':', ' ', '[', ']', '\xff', '9'}) {
        all.push_back(sample);
        all.back()[i] = other;
      }
    }
    return all;
  }
  // On the wire of this bench a line has its number before it.
  std::string typed(int citizen, int id, const std::string& text) override {
    return std::to_string(id) + " c" + std::to_string(citizen) + ": " + text;
  }
  std::string tapped(int citizen, int id, const Seen::Button& button) override {
    return typed(citizen, id, "[" + button.id + "] " + button.label);
  }
  std::vector<ports::Inbound> decode(int, std::string_view wire) override {
    const std::size_t blank = std::min(wire.find(' '), wire.size());
    const std::uint64_t number = std::strtoull(std::string(wire.substr(0, blank)).c_str(), {}, 10);
    const auto heard = outside::decode_line(number, wire.substr(std::min(blank + 1, wire.size())));
    return heard ? std::vector{*heard} : std::vector<ports::Inbound>{};
  }
  bool comes_again(ports::Verdict verdict) override {
    std::ostringstream out;
    AnsweringInbox inbox(verdict);
    outside::LineChannel channel(out);
    channel.start(inbox);
    ports::Verdict told = ports::Verdict::accepted;
    channel.take(1, "ani: halo", [&](ports::Verdict one) { told = one; });
    return !is_done_with(told);
  }

 private:
  static Seen read(const std::string& lines) {
    Seen seen;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
      if (line.rfind("ani: ", 0) != 0) seen.faults.push_back("nobody's line: " + line);
      const std::string said = line.substr(5);
      const std::size_t end = said.find("] ");
      if (said.front() == '[' && end != said.npos) {
        seen.buttons.push_back({said.substr(1, end - 1), said.substr(end + 2)});
        bound(seen, seen.buttons.back().label, 20);
      } else {
        seen.words += said;
        bound(seen, said, 200);
      }
    }
    if (seen.buttons.size() > 4) seen.faults.push_back("too many buttons");
    return seen;
  }
  static void bound(Seen& seen, std::string_view text, std::size_t most) {
    const std::size_t length = machine::length_in(program::LengthUnit::utf16, text);
    if (length >= 1 && length <= most) return;
    seen.faults.push_back("words of " + std::to_string(length));
  }
  const program::Channel limits_ = outside::line_limits();
};

std::unique_ptr<ChannelBench> make_line_bench() {
  return std::make_unique<LineBench>();
}

}  // namespace

std::vector<MakeBench> channel_benches() {
  return {&make_line_bench};
}

}  // namespace alur::tests
