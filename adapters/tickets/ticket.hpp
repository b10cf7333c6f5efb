// What a ticket is: its number, when it is due, and the answers that flows get about it. Where
// tickets are kept is memory_tickets.hpp's and ticket_service.hpp's. Names the fields of answers as
// flows/kontak157/app.yaml does; what an app does not declare is left out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/program.hpp"
#include "engine/value/civil_time.hpp"
#include "engine/value/opening_hours.hpp"

namespace alur::adapters {

struct TicketAnswer {
  std::string outcome;
  value::Value payload;
};

struct TicketField {
  std::string name;
  value::Value value;
  bool operator==(const TicketField&) const = default;
};

struct Ticket {
  std::string number;  // T-2026-0001
  value::Date opened;
  value::Date due;
  std::vector<TicketField> fields;
  std::string stage = "received";  // a member of what the app's ticket.status tells
  value::Date since = opened;      // when it came to its stage
};

// The n-th ticket, n from 1 on. Due ten working days later where there are office hours, else two
// weeks.
Ticket make_ticket(std::uint64_t n, value::Date today, const value::OpeningHours* office,
                   std::vector<TicketField> fields);
// What citizens type for a number, in one form.
std::string ticket_name(std::string_view number);
// The hours of the app that are called `office`; null: it has none.
const value::OpeningHours* office_hours(const program::App& app);

// The stages that the app can tell a citizen, in its own order; none where it tells of no stage.
std::vector<std::string> stages_of(const program::App& app);
// At these nothing more is owed to whoever opened it.
bool is_done(std::string_view stage);

// `outcome`: opened or already.
TicketAnswer receipt_of(const program::Service& service, std::string_view outcome,
                        const Ticket& ticket);
// found, or not_found: no ticket (null), or one that was opened with another telephone number.
TicketAnswer progress_of(const program::Service& service, const Ticket* ticket,
                         std::string_view phone);

}  // namespace alur::adapters
