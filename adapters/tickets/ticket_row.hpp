// A ticket as the store keeps it, and back.
#pragma once

#include "adapters/tickets/ticket.hpp"
#include "engine/ports/store.hpp"

namespace alur::adapters {

std::string encode_fields(const std::vector<TicketField>& fields);
// What of its body cannot be read is left out.
Ticket to_ticket(const ports::TicketRow& row);

}  // namespace alur::adapters
