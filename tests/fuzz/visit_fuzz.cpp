// Any bytes as the frames of one socket, a line each: followed or ended, without a fault. Nobody is
// heard before a hello, and nothing follows from a frame that ends the socket.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/webchat/visit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::adapters;
  static const Tokens tokens(TokenKey{}, 1);
  Visit visit(tokens, "webchat");
  const std::string all(bytes, bytes + size);
  std::int64_t now_ms = 1'780'000'000'000;
  for (std::size_t at = 0; at <= all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    const bool greeted = !visit.address().empty();
    const Visit::Step step = visit.take(std::string_view(all).substr(at, end - at), true, now_ms);
    assert(greeted || !(step.inbound || step.acknowledged));
    assert(!step.end || !(step.inbound || step.attach || step.acknowledged));
    assert(!step.inbound || step.inbound->address == visit.address());
    if (step.end) break;
    at = end + 1;
    now_ms += 100;
  }
  return 0;
}
