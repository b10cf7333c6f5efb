// Any bytes as the head of a request: a good one has none of what two readers read in two ways,
// whatever stands around it.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/http/request_head.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace alur::adapters;
  const std::string all(bytes, bytes + size);
  const std::size_t end = end_of_head(all);
  if (end == std::string::npos) return 0;
  const std::string head = all.substr(0, end);
  if (fault_of_head(head) != nullptr) return 0;
  assert(head.find('\0') == std::string::npos);
  for (std::size_t i = 0; i < head.size(); ++i) {
    assert(head[i] != '\n' || (i > 0 && head[i - 1] == '\r'));
    assert(head[i] != '\r' || head[i + 1] == '\n');
    const bool folds = head[i] == '\n' && (head[i + 1] == ' ' || head[i + 1] == '\t');
    assert(!folds);
  }
  return 0;
}
