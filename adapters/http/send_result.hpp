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

// Of an answer of which nothing is known but its status, which is not 2xx: a machine between us and
// the far side may have given it. 503 says that it was not acted upon, any other 5xx nothing; 401,
// 403, 404 and redirections, that somebody must mend a setting.
ports::SendResult result_of_status(int status, std::int64_t after_ms = 0);

// What HostAnswer::retry_after says: seconds, an hour at most. 0: nothing, a date, or no number.
std::int64_t retry_after_ms(std::string_view header);
// The same of a number in a body.
std::int64_t retry_after_ms(std::int64_t seconds);

}  // namespace alur::adapters
