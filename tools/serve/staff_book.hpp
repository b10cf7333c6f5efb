// The desk's book of staff beside a store, STORE.staff, and the key of its audit.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/desk/desk_audit.hpp"
#include "adapters/sqlite/sqlite_staff.hpp"

namespace alur::tools {

std::string staff_file(const std::string& store);
std::string staff_key_file(const std::string& store);

struct StaffBook {
  std::unique_ptr<adapters::SqliteStaff> staff;
  adapters::AuditKey key{};
};

// What the environment variable of this name holds, for what the key is made of; empty where no
// name is given. Nothing, and one plain line in `error`, where it holds nothing.
std::optional<std::string> read_staff_secret(const std::string& variable, std::string& error);

// Made where there is none. `secret`: what the key is made of; empty: it is in its file, which is
// made where there is none. Nothing, and one plain line in `error`.
std::optional<StaffBook> open_staff_book(const std::string& store, const std::string& secret,
                                         std::string& error);

}  // namespace alur::tools
