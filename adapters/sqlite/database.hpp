// Database and Statement: SQLite's connection and prepared statement as values, its errors as
// faults. Internal to the folder.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/ports/fault.hpp"

namespace alur::adapters {

// What an SQLite error means to us. A failed sync is Fault::unsynced, whatever came with it.
ports::Fault to_fault(int code, int extended);

struct CloseDatabase {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};

class Statement {
 public:
  Statement() = default;
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~Statement() { sqlite3_finalize(statement_); }

  // Parameters from left to right, from the first after every run. Texts must live until then.
  Statement& integer(std::int64_t number);
  Statement& key(std::uint64_t number) { return integer(static_cast<std::int64_t>(number)); }
  Statement& null();
  Statement& text(std::string_view text);
  Statement& bytes(std::string_view bytes);

  // Without rows.
  ports::Result<void> run();
  // True: there is a row, to be read before the next step. False, and a fault: it was reset.
  ports::Result<bool> step();
  void reset();

  std::int64_t integer_at(int column) const { return sqlite3_column_int64(statement_, column); }
  std::uint64_t key_at(int column) const { return static_cast<std::uint64_t>(integer_at(column)); }
  bool null_at(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text_at(int column) const;

 private:
  friend class Database;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
};

class Database {
 public:
  struct Settings {
    std::string path;
    std::string vfs;  // empty: the system's
    bool read_only = false;
    int cache_kib = 16'384;
  };
  static ports::Result<Database> open(const Settings& settings);

  ports::Result<void> run(const std::string& sql);
  ports::Result<Statement> prepare(std::string_view sql);
  // The first column of the first row; nothing is 0.
  ports::Result<std::int64_t> number(const std::string& sql);
  ports::Result<std::string> text(const std::string& sql);

  bool in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }
  int changes() const { return sqlite3_changes(connection_.get()); }
  std::string message() const { return sqlite3_errmsg(connection_.get()); }
  sqlite3* raw() const { return connection_.get(); }

 private:
  ports::Fault fault(int code) const {
    return to_fault(code, sqlite3_extended_errcode(connection_.get()));
  }
  std::unique_ptr<sqlite3, CloseDatabase> connection_;
};

// An empty file that its owner alone can read, where none is. SQLite would make one that everybody
// can, and makes the log and the shared memory of a store after the store's own pattern.
void make_private(const std::string& path);

}  // namespace alur::adapters
