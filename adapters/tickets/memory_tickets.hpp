// MemoryTickets: a book of complaints and messages in memory, with numbers that follow one another.
// Recording the same thing twice gives the first receipt again.
#pragma once

#include "adapters/tickets/ticket.hpp"

namespace alur::adapters {

class MemoryTickets {
 public:
  // opened or already.
  TicketAnswer open(const program::Service& service, std::vector<TicketField> fields,
                    value::Date today, const value::OpeningHours* office);
  // found or not_found. The telephone number must be the one it was recorded with.
  TicketAnswer status(const program::Service& service, std::string_view number,
                      std::string_view phone) const;

 private:
  std::vector<Ticket> tickets_;
};

}  // namespace alur::adapters
