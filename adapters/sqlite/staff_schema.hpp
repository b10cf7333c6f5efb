// The tables of the book of staff, and the way from every older form of them to the present one.
#pragma once

#include "adapters/sqlite/database.hpp"

namespace alur::adapters {

inline constexpr int staff_schema_version = 1;

// Fault::refused for a book that a later alur wrote, or a file that is none.
ports::Result<void> migrate_staff(Database& database);

}  // namespace alur::adapters
