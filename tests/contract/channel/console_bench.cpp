// The console: what is shown is drawn into a terminal, and what comes is typed there.
#include "tests/contract/channel/channel_bench.hpp"
#include "tools/chat/screen.hpp"

namespace alur::tests {
namespace {

class ConsoleBench : public ChannelBench {
 public:
  std::string name() const override { return "console"; }
  bool has_buttons() const override { return false; }
  std::vector<Seen> show(const machine::Message& message) override {
    Seen seen;
    seen.words = tools::Screen{}.draw(message, capabilities(), {"Pilihan", "Ketik angkanya"});
    return {seen};
  }
};

}  // namespace

std::unique_ptr<ChannelBench> make_console_bench() {
  return std::make_unique<ConsoleBench>();
}

}  // namespace alur::tests
