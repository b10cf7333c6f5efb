// The way of a file from every older form of its tables to the present one.
#pragma once

#include <cstdint>
#include <span>

#include "adapters/sqlite/database.hpp"

namespace alur::adapters {

// `application_id` names the kind of file, so that another program's is not taken for ours. The
// n-th step brings version n to n + 1, in one transaction. Fault::refused for a file that a later
// alur wrote, or that is none of this kind.
ports::Result<void> migrate(Database& database, std::int64_t application_id,
                            std::span<const char* const> steps);

}  // namespace alur::adapters
