// MemoryStore: the store in memory: the whole contract but durability. For trying things out, for
// tests, and for simulation, which breaks it on purpose.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/ports/citizen_hash.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

// What a MemoryStore holds. Outlives the store, as a disk does, and so may be opened again.
struct MemoryDisk {
  std::mutex mutex;
  std::map<ports::CitizenKey, ports::SessionRow> sessions;
  std::map<std::pair<ports::CitizenKey, std::uint64_t>, std::int64_t> seen;  // when, in seconds
  std::map<std::uint64_t, ports::JournalRow> journal;
  std::uint64_t journal_last = 0;
  std::map<std::uint64_t, ports::OutboxRow> outbox;  // with what was sent and what is dead
  std::map<ports::CitizenKey, ports::CallRow> calls;
  std::map<std::uint32_t, ports::VersionRow> versions;
  std::uint32_t current_version = 0;
  std::map<std::uint64_t, ports::TicketRow> tickets;
  std::map<std::uint64_t, std::vector<ports::TicketNote>> ticket_notes;
  std::map<ports::CitizenKey, ports::NameRow> names;
  std::map<std::uint64_t, ports::UnheardRow> unheard;
  std::uint64_t unheard_last = 0;
  std::map<std::pair<std::uint8_t, std::uint64_t>, ports::DeskRow> desk;  // by kind and key
  std::uint32_t epoch = 0;
  ports::HashKey key{0x616c7572, 0x3135370a};

  // The n-th operation from now on fails, once: reading or writing a row, beginning and ending a
  // commit. 0: none. A commit that fails has changed nothing; one whose end fails with
  // Fault::unsynced may have.
  std::uint64_t fail_at = 0;
  ports::Fault fail_with = ports::Fault::unavailable;
  bool lost_but_written = false;  // with Fault::unsynced: the group was written all the same
  std::uint64_t operations = 0;   // so far

  // Counts one; a fault if it is the one to fail.
  ports::Result<void> operate();
};

class MemoryStore : public ports::Store {
 public:
  explicit MemoryStore(std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>());

  ports::CitizenKey key_of(std::string_view address) const override;
  std::uint32_t epoch() const override { return epoch_; }
  ports::Result<std::unique_ptr<ports::StoreReader>> reader() override;
  ports::Result<void> commit(std::span<const ports::Change> group) override;
  ports::Result<void> probe() override;
  ports::Result<bool> sweep(value::Instant now, const ports::Retention& retention,
                            std::size_t rows_max) override;

 private:
  std::shared_ptr<MemoryDisk> disk_;
  std::uint32_t epoch_ = 0;
};

}  // namespace alur::adapters
