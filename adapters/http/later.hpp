// Later: whoever does things later, on one thread, and none any more once it was stopped:
// HostClient, or a test.
#pragma once

#include <cstdint>
#include <functional>

namespace alur::adapters {

using Later = std::function<void(std::int64_t ms, std::function<void()> work)>;

}  // namespace alur::adapters
