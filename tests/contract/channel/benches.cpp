// The channels of this tree that are held to the contract. An adapter of another one adds its bench
// here, and to CMakeLists.txt.
#include "tests/contract/channel/channel_bench.hpp"

namespace alur::tests {

std::unique_ptr<ChannelBench> make_console_bench();
std::unique_ptr<ChannelBench> make_telegram_bench();
std::unique_ptr<ChannelBench> make_webchat_bench();
std::unique_ptr<ChannelBench> make_whatsapp_bench();

std::vector<MakeBench> channel_benches() {
  return {&make_console_bench, &make_telegram_bench, &make_webchat_bench, &make_whatsapp_bench};
}

}  // namespace alur::tests
