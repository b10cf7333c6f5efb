// Past handoffs: when people were asked to take over a conversation, and how that ended, read from
// the marks in its journal.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/ports/store.hpp"
#include "engine/runtime/desk_mark.hpp"

namespace alur::runtime {

struct PastHandoff {
  value::Instant from;  // as `until` where nobody could come at once
  value::Instant until;
  DeskMark::Kind outcome = DeskMark::Kind::closed;  // how it ended: closed, returned, left ...
  desk::NameKey code = 0;                           // of what it was closed as; 0: none
};

// Those that have ended, the latest first, as far as the latest `rows_max` rows of the citizen's
// journal tell; of the earliest of them `from` is too late where its beginning is beyond those.
ports::Result<std::vector<PastHandoff>> read_past_handoffs(ports::StoreReader& reader,
                                                           ports::CitizenKey citizen,
                                                           std::size_t rows_max);

}  // namespace alur::runtime
