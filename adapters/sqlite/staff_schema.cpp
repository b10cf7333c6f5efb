#include "adapters/sqlite/staff_schema.hpp"

#include <array>

#include "adapters/sqlite/migration.hpp"

namespace alur::adapters {
namespace {

// "alst".
constexpr std::int64_t application_id = 0x616c7374;

// Nobody is ever removed, so that a number stays somebody's. The triggers guard the audit against
// our own mistakes, not against whoever has the file: that is what its hashes are for.
constexpr const char* create_tables = R"(
CREATE TABLE account(
  agent INTEGER PRIMARY KEY, revision INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL, role INTEGER NOT NULL, queues TEXT NOT NULL, units INTEGER NOT NULL,
  disabled INTEGER NOT NULL, password TEXT NOT NULL, code_secret BLOB NOT NULL,
  code_offered BLOB NOT NULL, code_step INTEGER NOT NULL, made INTEGER NOT NULL) STRICT;
CREATE TABLE sign_in(
  hash BLOB PRIMARY KEY, agent INTEGER NOT NULL, begun INTEGER NOT NULL, seen INTEGER NOT NULL,
  until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
CREATE INDEX sign_in_agent ON sign_in(agent, begun);
CREATE TABLE link(
  hash BLOB PRIMARY KEY, agent INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE reply(shortcut TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE audit(
  count INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, did TEXT NOT NULL,
  citizen INTEGER NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL, seal BLOB NOT NULL) STRICT;
CREATE INDEX audit_by ON audit(by);
CREATE INDEX audit_citizen ON audit(citizen) WHERE citizen != 0;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'stays'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'is kept'); END;
)";

constexpr std::array<const char*, staff_schema_version> steps = {create_tables};

}  // namespace

ports::Result<void> migrate_staff(Database& database) {
  return migrate(database, application_id, steps);
}

}  // namespace alur::adapters
