// Writer: applies changes through prepared statements, within a transaction that its caller holds.
// Internal to the folder.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

class Writer {
 public:
  static ports::Result<Writer> prepare(Database& database);

  // The journal's last row; put back by the caller when a transaction was rolled back.
  std::uint64_t journal_last = 0;

  ports::Result<void> apply(const ports::Change& change);

 private:
  ports::Result<void> apply_one(const ports::TurnChange& change);
  ports::Result<void> apply_one(const ports::SendChange& change);
  ports::Result<void> apply_one(const ports::PublishChange& change);
  ports::Result<void> apply_one(const ports::CurrentChange& change);
  ports::Result<void> apply_one(const ports::DropVersionChange& change);
  ports::Result<void> apply_one(const ports::TicketChange& change);
  ports::Result<void> apply_one(const ports::TicketStageChange& change);
  ports::Result<void> apply_one(const ports::NameChange& change);
  ports::Result<void> write_names(const std::vector<ports::NameRow>& names);
  ports::Result<void> apply_one(const ports::UnheardChange& change);
  ports::Result<void> apply_one(const ports::DeskChange& change);
  ports::Result<void> write_rows(const ports::TurnChange& change);
  ports::Result<void> write_session(const ports::SessionRow& row, std::uint64_t journal_row);
  ports::Result<void> write_call(const ports::TurnChange& change);
  ports::Result<bool> sent_before(const ports::SendChange& change);

  Statement session_, journal_, seen_, outbox_, set_call_, clear_call_;
  Statement forget_, mark_, to_sent_, to_dead_, mark_sent_, late_dead_, revive_, bury_, drop_sent_;
  Statement publish_, current_, drop_version_, ticket_, stage_, note_, name_, unheard_;
  Statement desk_, leave_desk_;
  Database* database_ = nullptr;
};

}  // namespace alur::adapters
