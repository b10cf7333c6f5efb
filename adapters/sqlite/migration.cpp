#include "adapters/sqlite/migration.hpp"

#include <fmt/format.h>

namespace alur::adapters {

using ports::Fault;
using ports::Result;

namespace {

Result<void> take_step(Database& database, const char* step, std::int64_t to) {
  const Result<void> done =
      database.run(fmt::format("BEGIN IMMEDIATE;{}PRAGMA user_version={};COMMIT;", step, to));
  if (!done && database.in_transaction()) static_cast<void>(database.run("ROLLBACK"));
  return done;
}

}  // namespace

Result<void> migrate(Database& database, std::int64_t application_id,
                     std::span<const char* const> steps) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return version.error();
  const auto application = database.number("PRAGMA application_id");
  if (!application) return application.error();
  const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  const bool fresh = *version == 0 && *tables == 0;
  if (!fresh && *application != application_id) return Fault::refused;
  if (*version < 0 || *version > static_cast<std::int64_t>(steps.size())) return Fault::refused;
  if (fresh) {
    const auto named = database.run(fmt::format("PRAGMA application_id={}", application_id));
    if (!named) return named;
  }
  for (std::size_t from = static_cast<std::size_t>(*version); from < steps.size(); ++from) {
    const auto done = take_step(database, steps[from], static_cast<std::int64_t>(from) + 1);
    if (!done) return done;
  }
  return {};
}

}  // namespace alur::adapters
