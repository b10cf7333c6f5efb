// The tickets of a store, for the people who work on them: which there are, what became of each,
// and what is handed on to another system.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/files/file_shelf.hpp"
#include "adapters/tickets/ticket.hpp"
#include "engine/ports/store.hpp"

namespace alur::tools {

struct KeptTicket {
  std::uint64_t count = 0;
  adapters::Ticket ticket;
};

// Empty parts ask for nothing.
struct TicketQuery {
  std::string stage;
  std::string field;  // "kind=complaint": what was recorded has this value
  bool overdue = false;
};

bool is_overdue(const adapters::Ticket& ticket, value::Date today);
bool fits(const TicketQuery& query, const adapters::Ticket& ticket, value::Date today);

// In the order of their numbers.
ports::Result<std::vector<KeptTicket>> read_tickets(ports::StoreReader& reader,
                                                    const TicketQuery& query, value::Date today);

// What is current in the store: its stages, and what day it is there. Nothing, and one plain line
// in `error`, where nothing is published or it does not compile.
struct TicketDesk {
  std::vector<std::string> stages;
  value::Date today;
};
std::optional<TicketDesk> read_desk(ports::StoreReader& reader, value::Instant now,
                                    std::string& error);

// A value as people write it; a text without quotes.
std::string to_plain(const value::Value& value);

// Where the files of tickets are, and whether copies of them go with what is written.
struct TicketPapers {
  const adapters::FileShelf& shelf;
  bool copied = false;
};

// A line: number, stage, days, and what is not private in it. The whole, with its notes.
std::string show_line(const adapters::Ticket& ticket, value::Date today);
std::string show_whole(const adapters::Ticket& ticket, const std::vector<ports::TicketNote>& notes,
                       value::Date today, const adapters::FileShelf& shelf);

// Everything of them, private values too: RFC 4180, each field that any of them has a column; a
// cell that a spreadsheet would take for a formula begins with an apostrophe. Or JSON, with their
// notes. A file is where it is, or the name of its copy.
std::string to_csv(const std::vector<KeptTicket>& tickets, const TicketPapers& papers);
ports::Result<std::string> to_json(const std::vector<KeptTicket>& tickets,
                                   ports::StoreReader& reader, const TicketPapers& papers);

}  // namespace alur::tools
