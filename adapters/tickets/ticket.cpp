#include "adapters/tickets/ticket.hpp"

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

Ticket make_ticket(std::uint64_t n, value::Date today, const value::OpeningHours* office,
                   std::vector<TicketField> fields) {
  const int year = value::to_ymd(today).year;
  return {fmt::format("T-{}-{:04}", year, n), today, due_date(today, office), std::move(fields)};
}

std::vector<std::string> stages_of(const program::App& app) {
  for (const program::Service& service : app.services) {
    if (service.name != "ticket.status") continue;
    for (const program::ServiceOutcome& outcome : service.outcomes) {
      if (outcome.name != "found" || !outcome.payload) continue;
      for (const value::TypeField& field : outcome.payload->fields) {
        if (field.name == "stage") return field.type->members;
      }
    }
  }
  return {};
}

bool is_done(std::string_view stage) {
  return stage == "answered" || stage == "closed";
}

std::string ticket_name(std::string_view number) {
  return value::normalised_phrase(number);
}

const value::OpeningHours* office_hours(const program::App& app) {
  for (const program::Hours& hours : app.hours) {
    if (hours.name == "office") return &hours.hours;
  }
  return nullptr;
}

TicketAnswer receipt_of(const program::Service& service, std::string_view outcome,
                        const Ticket& ticket) {
  return answer(service, outcome, {{"number", Value(ticket.number)}, {"due", Value(ticket.due)}});
}

TicketAnswer progress_of(const program::Service& service, const Ticket* ticket,
                         std::string_view phone) {
  const TicketField owner{"phone", Value(phone)};
  if (!ticket ||
      std::find(ticket->fields.begin(), ticket->fields.end(), owner) == ticket->fields.end()) {
    return answer(service, "not_found", {});
  }
  return answer(service, "found",
                {{"number", Value(ticket->number)},
                 {"stage", Value::choice(ticket->stage)},
                 {"date", Value(ticket->since)},
                 {"due", Value(ticket->due)}});
}

}  // namespace alur::adapters
