// Sweeper: removes what is too old, a few rows at a time, within a transaction that its caller
// holds. Internal to the folder.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

class Sweeper {
 public:
  // True: there is more.
  ports::Result<bool> sweep(Database& database, value::Instant now,
                            const ports::Retention& retention, std::size_t rows_max);

 private:
  ports::Result<bool> sweep_words(Database& database, std::int64_t before, std::size_t rows_max);
  ports::Result<void> sweep_seen(Database& database, std::int64_t before_seconds,
                                 std::size_t rows_max);
  ports::Result<void> sweep_sessions(Database& database, std::int64_t before, std::size_t rows_max);

  // Where what is looked through round and round goes on; keys are signed to SQLite.
  static constexpr std::uint64_t least_citizen = 1ull << 63;
  std::uint64_t seen_from_ = least_citizen;
  std::uint64_t sessions_from_ = least_citizen;
};

}  // namespace alur::adapters
