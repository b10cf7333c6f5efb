// What the end of a request means for the message that it bore, as far as that is the same for
// every far side. What an answer says is each channel's to read.
#pragma once

#include <cstdint>
#include <string_view>

#include "adapters/http/host_client.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

// Of one without an answer. `far_side` begins the reason. Unknown: the whole of it may have left.
// Paused: its address is one that nothing may go to, which somebody must mend. Else retry: it has
// surely not been acted upon.
ports::SendResult result_without_answer(std::string_view far_side, const HostOutcome& outcome);

// What HostAnswer::retry_after says: seconds, an hour at most. 0: nothing, a date, or no number.
std::int64_t retry_after_ms(std::string_view header);

}  // namespace alur::adapters
