#include "adapters/tickets/memory_tickets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/value/named_fields.hpp"
#include "engine/value/phrase.hpp"

namespace alur::adapters {

using value::Value;

namespace {

constexpr int due_workdays = 10;
constexpr int due_days_without_hours = 14;

value::Date due_date(value::Date today, const value::OpeningHours* office) {
  const auto workday = office ? office->workday_after(today, due_workdays) : std::nullopt;
  return workday.value_or(value::add_days(today, due_days_without_hours));
}

TicketAnswer answer(const program::Service& service, std::string_view outcome,
                    const std::vector<value::NamedField>& fields) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name != outcome || !declared.payload) continue;
    return {std::string(outcome), value::record_of(*declared.payload, fields)};
  }
  return {std::string(outcome), {}};
}

}  // namespace

TicketAnswer MemoryTickets::open(const program::Service& service, std::vector<Field> fields,
                                 value::Date today, const value::OpeningHours* office) {
  const auto same = std::find_if(tickets_.begin(), tickets_.end(),
                                 [&](const Ticket& ticket) { return ticket.fields == fields; });
  if (same != tickets_.end()) {
    return answer(service, "already", {{"number", Value(same->number)}, {"due", Value(same->due)}});
  }
  const int year = value::to_ymd(today).year;
  const std::string number = fmt::format("T-{}-{:04}", year, tickets_.size() + 1);
  tickets_.push_back({number, today, due_date(today, office), std::move(fields)});
  return answer(service, "opened",
                {{"number", Value(number)}, {"due", Value(tickets_.back().due)}});
}

TicketAnswer MemoryTickets::status(const program::Service& service, std::string_view number,
                                   std::string_view phone) const {
  const std::string wanted = value::normalised_phrase(number);
  const Field owner{"phone", Value(phone)};
  for (const Ticket& ticket : tickets_) {
    if (value::normalised_phrase(ticket.number) != wanted) continue;
    if (std::find(ticket.fields.begin(), ticket.fields.end(), owner) == ticket.fields.end()) break;
    return answer(service, "found",
                  {{"number", Value(ticket.number)},
                   {"stage", Value::choice("received")},
                   {"date", Value(ticket.opened)},
                   {"due", Value(ticket.due)}});
  }
  return answer(service, "not_found", {});
}

}  // namespace alur::adapters
