#include "adapters/sqlite/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cassert>

namespace alur::adapters {

using ports::Fault;
using ports::Result;

Fault to_fault(int code, int extended) {
  for (const int one : {code, extended}) {
    if (one == SQLITE_IOERR_FSYNC || one == SQLITE_IOERR_DIR_FSYNC) return Fault::unsynced;
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::unreadable;
    default:
      return Fault::unavailable;
  }
}

// --- Statement

Statement& Statement::integer(std::int64_t number) {
  sqlite3_bind_int64(statement_, next_++, number);
  return *this;
}

Statement& Statement::null() {
  sqlite3_bind_null(statement_, next_++);
  return *this;
}

Statement& Statement::text(std::string_view text) {
  const char* start = text.empty() ? "" : text.data();
  sqlite3_bind_text64(statement_, next_++, start, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bytes(std::string_view bytes) {
  const char* start = bytes.empty() ? "" : bytes.data();
  sqlite3_bind_blob64(statement_, next_++, start, bytes.size(), SQLITE_STATIC);
  return *this;
}

Result<void> Statement::run() {
  const Result<bool> row = step();
  if (!row) return row.error();
  reset();
  return {};
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  const int extended = sqlite3_extended_errcode(sqlite3_db_handle(statement_));
  reset();
  if (code == SQLITE_DONE) return false;
  return to_fault(code, extended);
}

void Statement::reset() {
  sqlite3_reset(statement_);
  next_ = 1;
}

std::string Statement::text_at(int column) const {
  const void* start = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (!start) return {};
  return std::string(static_cast<const char*>(start), static_cast<std::size_t>(size));
}

// --- Database

// Only what is not there: closing a file of a store that is open here would give up its locks.
void make_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
}

Result<Database> Database::open(const Settings& settings) {
  Database database;
  sqlite3* connection = nullptr;
  const int flags =
      (settings.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (!settings.read_only && settings.vfs.empty()) make_private(settings.path);
  const char* vfs = settings.vfs.empty() ? nullptr : settings.vfs.c_str();
  const int code = sqlite3_open_v2(settings.path.c_str(), &connection, flags, vfs);
  database.connection_.reset(connection);
  if (code != SQLITE_OK) return to_fault(code, code);
  sqlite3_busy_timeout(connection, 2'000);
  // What is stored is never an argument to SQL that somebody else wrote.
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  const Result<void> cache = database.run(fmt::format("PRAGMA cache_size=-{}", settings.cache_kib));
  if (!cache) return cache.error();
  return database;
}

Result<void> Database::run(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fault(code);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  Statement statement;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement.statement_, nullptr);
  // A misspelt statement is our mistake, a store that cannot be read the world's.
  assert((code & 0xff) != SQLITE_ERROR || !statement.statement_);
  if (code != SQLITE_OK) return fault(code);
  return statement;
}

Result<std::int64_t> Database::number(const std::string& sql) {
  Result<Statement> statement = prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer_at(0) : 0;
}

Result<std::string> Database::text(const std::string& sql) {
  Result<Statement> statement = prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = statement->step();
  if (!row) return row.error();
  return *row ? statement->text_at(0) : std::string();
}

}  // namespace alur::adapters
