// CitizenTickets: which tickets are a citizen's: those that they opened in their conversation, and
// those that were recorded with the telephone number that they write from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/desk/desk_lines.hpp"
#include "adapters/desk/desk_shelf.hpp"
#include "engine/ports/store.hpp"
#include "engine/value/time_zone.hpp"

namespace alur::tools {

// By one thread, that may wait for a disk. Keeps some 50 bytes for each ticket of the store, which
// are read once: a ticket's call and number never change.
class CitizenTickets {
 public:
  static constexpr std::size_t shown_max = 20;

  // It must outlive this.
  explicit CitizenTickets(ports::Store& store) : store_(store) {}

  // The latest first, as they stand now. Days are told as their noon in `zone`, so that a browser
  // elsewhere shows the same day. None where the store cannot be read now.
  std::vector<adapters::PanelTicket> find(ports::CitizenKey citizen, std::string_view address,
                                          const value::TimeZone& zone);

  // Whose ticket it is that has this number, however it is typed.
  std::optional<adapters::TicketOwner> owner_of(std::string_view number);

 private:
  using Counts = std::vector<std::uint64_t>;

  bool catch_up();
  void take(const ports::TicketRow& row);
  Counts counts_of(ports::CitizenKey citizen, std::string_view address) const;

  ports::Store& store_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::uint64_t next_ = 1;  // the first that was not read yet
  std::unordered_map<ports::CitizenKey, Counts> by_citizen_;
  std::unordered_map<std::string, Counts> by_phone_;  // "+628111222333"
};

}  // namespace alur::tools
