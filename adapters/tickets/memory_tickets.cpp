#include "adapters/tickets/memory_tickets.hpp"

#include <algorithm>

namespace alur::adapters {

TicketAnswer MemoryTickets::open(const program::Service& service, std::vector<TicketField> fields,
                                 value::Date today, const value::OpeningHours* office) {
  const auto same = std::find_if(tickets_.begin(), tickets_.end(),
                                 [&](const Ticket& ticket) { return ticket.fields == fields; });
  if (same != tickets_.end()) return receipt_of(service, "already", *same);
  tickets_.push_back(make_ticket(tickets_.size() + 1, today, office, std::move(fields)));
  return receipt_of(service, "opened", tickets_.back());
}

TicketAnswer MemoryTickets::status(const program::Service& service, std::string_view number,
                                   std::string_view phone) const {
  const std::string wanted = ticket_name(number);
  const auto found = std::find_if(tickets_.begin(), tickets_.end(), [&](const Ticket& ticket) {
    return ticket_name(ticket.number) == wanted;
  });
  return progress_of(service, found == tickets_.end() ? nullptr : &*found, phone);
}

}  // namespace alur::adapters
