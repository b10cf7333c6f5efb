// The tables, and the way from every older form of them to the present one.
#pragma once

#include "adapters/sqlite/database.hpp"

namespace alur::adapters {

inline constexpr int schema_version = 5;

// Of what a ticket holds, for its index: two that are equal have the same.
std::uint64_t alike_hash(std::string_view body);

// Brings an empty or older store forward, each step in one transaction. Fault::refused for a store
// that a later alur wrote, or that is none of ours.
ports::Result<void> migrate(Database& database);

}  // namespace alur::adapters
