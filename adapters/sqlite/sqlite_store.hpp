// SqliteStore: the store in one SQLite file, in WAL mode with synchronous=FULL. One connection
// writes; every reader has its own.
#pragma once

#include <memory>
#include <string>

#include "engine/ports/store.hpp"

namespace alur::adapters {

struct SqliteSettings {
  std::string path;
  std::string vfs;  // empty: the system's; tests bring one that breaks
  int writer_cache_kib = 32'768;
  int reader_cache_kib = 8'192;
  int checkpoint_pages = 8'000;   // 32 MiB of log, then it is written back
  bool checkpoint_apart = false;  // by a thread of its own, so that commits go on meanwhile
};

class SqliteStore : public ports::Store {
 public:
  // Opens, creates or brings forward. Fault::refused: a file that is not ours or too new.
  static ports::Result<std::unique_ptr<SqliteStore>> open(SqliteSettings settings);
  ~SqliteStore() override;

  ports::CitizenKey key_of(std::string_view address) const override;
  std::uint32_t epoch() const override;
  ports::Result<std::unique_ptr<ports::StoreReader>> reader() override;
  ports::Result<void> commit(std::span<const ports::Change> group) override;
  ports::Result<void> probe() override;
  ports::Result<bool> sweep(value::Instant now, const ports::Retention& retention,
                            std::size_t rows_max) override;

 private:
  struct State;
  explicit SqliteStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace alur::adapters
