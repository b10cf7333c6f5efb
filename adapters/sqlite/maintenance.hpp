// What operators do with a store's file: look whether it is sound, copy it, see what is in it. All
// of it while a service runs on it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/fault.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

// One line for each thing that is wrong; none: it is sound. Pages and indexes, then what the tables
// promise one another: a journal row for each turn, in order, and a version for each session.
ports::Result<std::vector<std::string>> check_store(const std::string& path);

// A whole and compact copy, as of one moment. The target must not be there yet.
ports::Result<void> back_up_store(const std::string& path, const std::string& target);

struct StoreCount {
  std::string name;
  std::int64_t number = 0;
};
// Rows of each table, and bytes of the file, its free pages and its log.
ports::Result<std::vector<StoreCount>> count_store(const std::string& path);

// For one thread, as ports::Store::reader() gives.
ports::Result<std::unique_ptr<ports::StoreReader>> read_store(const std::string& path);
// Durable when it returns. Waits for a running service's commit, and the service for this one, both
// a moment; nothing of the service's is held in memory that it would change.
ports::Result<void> change_ticket(const std::string& path, const ports::TicketStageChange& change);

// When the latest turn was that the store holds, in milliseconds since 1970; 0: it holds none.
ports::Result<std::int64_t> last_turn(const std::string& path);

}  // namespace alur::adapters
