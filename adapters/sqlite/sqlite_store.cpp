#include "adapters/sqlite/sqlite_store.hpp"

#include <cstring>

#include "adapters/sqlite/checkpointer.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/sweeper.hpp"
#include "adapters/sqlite/writer.hpp"
#include "engine/ports/citizen_hash.hpp"

namespace alur::adapters {

using ports::Fault;
using ports::Result;

struct SqliteStore::State {
  SqliteSettings settings;
  Database database;
  Writer writer;
  Statement begin, commit, rollback, probe;
  ports::HashKey key{};
  std::uint32_t epoch = 0;
  Sweeper sweeper;
  Checkpointer checkpointer;  // before the database: it works for its commits

  explicit State(SqliteSettings how)
      : settings(std::move(how)), checkpointer(settings.checkpoint_pages) {}
  static int committed(void* self, sqlite3* connection, const char* name, int pages);
  Result<void> open();
  Result<void> read_settings();
  // Ends a transaction that failed; what it failed with goes on.
  Fault give_up(Fault fault);
};

// A failed sync of a checkpoint matters though the turn itself is durable.
int SqliteStore::State::committed(void* self, sqlite3* connection, const char*, int pages) {
  static_cast<State*>(self)->checkpointer.committed(connection, pages);
  return SQLITE_OK;
}

Result<void> SqliteStore::State::open() {
  auto opened = Database::open({settings.path, settings.vfs, false, settings.writer_cache_kib});
  if (!opened) return opened.error();
  database = std::move(*opened);
  const auto mode = database.text("PRAGMA journal_mode=WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") return Fault::refused;
  for (const char* pragma : {"PRAGMA synchronous=FULL", "PRAGMA journal_size_limit=67108864"}) {
    const auto set = database.run(pragma);
    if (!set) return set;
  }
  sqlite3_wal_hook(database.raw(), &State::committed, this);
  const auto migrated = migrate(database);
  if (!migrated) return migrated;
  if (settings.checkpoint_apart) {
    const auto apart = checkpointer.work_apart({settings.path, settings.vfs, false, 2'000});
    if (!apart) return apart;
  }
  return read_settings();
}

Result<void> SqliteStore::State::read_settings() {
  const auto counted = database.run("UPDATE setting SET value=value+1 WHERE name='epoch'");
  if (!counted) return counted;
  const auto number = database.number("SELECT value FROM setting WHERE name='epoch'");
  if (!number) return number.error();
  epoch = static_cast<std::uint32_t>(*number);
  const auto bytes = database.text("SELECT value FROM setting WHERE name='key'");
  if (!bytes) return bytes.error();
  if (bytes->size() != sizeof key) return Fault::unreadable;
  std::memcpy(key.data(), bytes->data(), sizeof key);

  const std::pair<Statement*, const char*> statements[] = {
      {&begin, "BEGIN IMMEDIATE"},
      {&commit, "COMMIT"},
      {&rollback, "ROLLBACK"},
      {&probe, "UPDATE setting SET value=value WHERE name='epoch'"}};
  for (const auto& [statement, sql] : statements) {
    Result<Statement> prepared = database.prepare(sql);
    if (!prepared) return prepared.error();
    *statement = std::move(*prepared);
  }
  Result<Writer> made = Writer::prepare(database);
  if (!made) return made.error();
  writer = std::move(*made);
  return {};
}

Fault SqliteStore::State::give_up(Fault fault) {
  if (!database.in_transaction()) return fault;
  const auto done = rollback.run();
  if (!done && done.error() == Fault::unsynced) return Fault::unsynced;
  return fault;
}

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(SqliteSettings settings) {
  auto state = std::make_unique<State>(std::move(settings));
  const auto opened = state->open();
  if (!opened) return opened.error();
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(state)));
}

ports::CitizenKey SqliteStore::key_of(std::string_view address) const {
  return ports::keyed_hash(state_->key, address);
}

std::uint32_t SqliteStore::epoch() const {
  return state_->epoch;
}

Result<std::unique_ptr<ports::StoreReader>> SqliteStore::reader() {
  auto reader = SqliteReader::open(
      {state_->settings.path, state_->settings.vfs, true, state_->settings.reader_cache_kib});
  if (!reader) return reader.error();
  return std::unique_ptr<ports::StoreReader>(std::move(*reader));
}

Result<void> SqliteStore::commit(std::span<const ports::Change> group) {
  State& state = *state_;
  const std::uint64_t journal_last = state.writer.journal_last;
  const auto begun = state.begin.run();
  if (!begun) return state.give_up(begun.error());
  for (const ports::Change& change : group) {
    const auto done = state.writer.apply(change);
    if (done) continue;
    state.writer.journal_last = journal_last;
    return state.give_up(done.error());
  }
  const auto committed = state.commit.run();
  if (committed && !state.checkpointer.lost_a_sync()) return {};
  if (committed) return Fault::unsynced;
  state.writer.journal_last = journal_last;
  return state.give_up(committed.error());
}

Result<void> SqliteStore::probe() {
  State& state = *state_;
  const auto begun = state.begin.run();
  if (!begun) return state.give_up(begun.error());
  const auto written = state.probe.run();
  if (!written) return state.give_up(written.error());
  const auto committed = state.commit.run();
  if (!committed) return state.give_up(committed.error());
  return {};
}

Result<bool> SqliteStore::sweep(value::Instant now, const ports::Retention& retention,
                                std::size_t rows_max) {
  State& state = *state_;
  const auto begun = state.begin.run();
  if (!begun) return state.give_up(begun.error());
  const auto more = state.sweeper.sweep(state.database, now, retention, rows_max);
  if (!more) return state.give_up(more.error());
  const auto committed = state.commit.run();
  if (!committed) return state.give_up(committed.error());
  if (state.checkpointer.lost_a_sync()) return Fault::unsynced;
  return more;
}

}  // namespace alur::adapters
