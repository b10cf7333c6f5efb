// What Meta's webhooks brought and what is still to be fetched from there, as numbers for
// operators.
#pragma once

#include <cstdint>

namespace alur::adapters {

struct WhatsAppUse {
  std::uint64_t ignored = 0;   // updates that are for others: echoes, history, calls
  std::uint64_t unusable = 0;  // parts of webhooks that were kept with a reason
  std::uint64_t awaited = 0;   // pictures and documents that are to be fetched, or could not be
};

}  // namespace alur::adapters
