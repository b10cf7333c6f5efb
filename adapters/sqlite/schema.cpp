#include "adapters/sqlite/schema.hpp"

#include <array>

#include "adapters/sqlite/migration.hpp"
#include "engine/ports/citizen_hash.hpp"

namespace alur::adapters {

using ports::Result;

namespace {

// "alur", so that another program's file is not taken for ours.
constexpr std::int64_t application_id = 0x616c7572;

// Why these tables and no index is in docs/decisions: random keys and indexes cost more than
// everything else. Keys of what is appended grow; what is looked at by everyone comes first in a
// row.
constexpr const char* create_tables = R"(
CREATE TABLE session(
  citizen INTEGER PRIMARY KEY, due INTEGER, version INTEGER NOT NULL, turns INTEGER NOT NULL,
  journal_last INTEGER NOT NULL, address TEXT NOT NULL, timers BLOB NOT NULL, seen BLOB NOT NULL,
  body BLOB NOT NULL) STRICT;
CREATE TABLE seen(
  citizen INTEGER NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(citizen, id)) WITHOUT ROWID, STRICT;
CREATE TABLE journal(
  sequence INTEGER PRIMARY KEY, previous INTEGER NOT NULL, citizen INTEGER NOT NULL,
  turn INTEGER NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, at INTEGER NOT NULL, silence INTEGER NOT NULL,
  state INTEGER NOT NULL, address TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE sent(
  id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, at INTEGER NOT NULL,
  state INTEGER NOT NULL) STRICT;
CREATE TABLE dead_letter(
  id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, at INTEGER NOT NULL, address TEXT NOT NULL,
  reason TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE call(citizen INTEGER PRIMARY KEY, address TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE version(
  number INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL, sources BLOB NOT NULL)
  STRICT;
CREATE TABLE setting(name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID, STRICT;
INSERT INTO setting VALUES('epoch', 0), ('current_version', 0), ('key', randomblob(16));
)";

// Tickets; `alike` is a hash of the body, which is too long for an index. What a turn did apart
// from what was said in it, which goes earlier; `words_swept`: up to which row it is gone.
constexpr const char* add_tickets_and_steps = R"(
ALTER TABLE journal ADD COLUMN steps BLOB NOT NULL DEFAULT x'';
INSERT INTO setting VALUES('words_swept', 0);
CREATE TABLE ticket(
  count INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL UNIQUE,
  call TEXT NOT NULL UNIQUE, opened INTEGER NOT NULL, due INTEGER NOT NULL,
  alike INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX ticket_alike ON ticket(alike);
)";

// How far tickets have come, and what people did with them.
constexpr const char* add_stages = R"(
ALTER TABLE ticket ADD COLUMN stage TEXT NOT NULL DEFAULT 'received';
ALTER TABLE ticket ADD COLUMN stage_day INTEGER NOT NULL DEFAULT 0;
CREATE TABLE ticket_note(
  id INTEGER PRIMARY KEY, count INTEGER NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL,
  stage TEXT NOT NULL, by TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX ticket_note_count ON ticket_note(count);
)";

// The names of whoever a channel knows by several, when citizens wrote last, and what nobody heard.
constexpr const char* add_names_and_unheard = R"(
ALTER TABLE session ADD COLUMN wrote INTEGER NOT NULL DEFAULT 0;
CREATE TABLE name(
  key INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, reached INTEGER NOT NULL, name TEXT NOT NULL,
  address TEXT NOT NULL) STRICT;
CREATE INDEX name_citizen ON name(citizen);
CREATE TABLE unheard(
  count INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, channel TEXT NOT NULL,
  reason TEXT NOT NULL, raw BLOB NOT NULL) STRICT;
)";

// People who serve. A message says who decided it, and when by the desk's count, so that it is not
// sent once somebody else speaks.
constexpr const char* add_desk = R"(
ALTER TABLE outbox ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN agent INTEGER NOT NULL DEFAULT 0;
CREATE TABLE desk(
  kind INTEGER NOT NULL, key INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(kind, key)) WITHOUT ROWID, STRICT;
)";

// The n-th brings version n to n + 1.
constexpr std::array<const char*, schema_version> steps = {
    create_tables, add_tickets_and_steps, add_stages, add_names_and_unheard, add_desk};

}  // namespace

std::uint64_t alike_hash(std::string_view body) {
  return ports::keyed_hash({}, body);
}

Result<void> migrate(Database& database) {
  return migrate(database, application_id, steps);
}

}  // namespace alur::adapters
