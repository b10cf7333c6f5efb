// MemoryTickets: a book of complaints and messages in memory, with numbers that follow one another.
// Recording the same thing twice gives the first receipt again. Names the fields of answers as
// flows/kontak157/app.yaml does; what an app does not declare is left out.
#pragma once

#include <optional>
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

class MemoryTickets {
 public:
  struct Field {
    std::string name;
    value::Value value;
    bool operator==(const Field&) const = default;
  };

  // opened or already. Due ten working days later where there are office hours, else two weeks.
  TicketAnswer open(const program::Service& service, std::vector<Field> fields, value::Date today,
                    const value::OpeningHours* office);
  // found or not_found. The telephone number must be the one it was recorded with.
  TicketAnswer status(const program::Service& service, std::string_view number,
                      std::string_view phone) const;

 private:
  struct Ticket {
    std::string number;  // T-2026-0001
    value::Date opened;
    value::Date due;
    std::vector<Field> fields;
  };

  std::vector<Ticket> tickets_;
};

}  // namespace alur::adapters
