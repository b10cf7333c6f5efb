// The files that a ticket names: where each is, whether it still is what came, and copies for
// whoever the ticket is handed on to.
#pragma once

#include <string>
#include <vector>

#include "adapters/files/file_shelf.hpp"
#include "adapters/tickets/ticket.hpp"

namespace alur::tools {

// Whether a value is a file of ours, there or lost; a picture's URL is none.
bool is_file(const value::Value& value);

// "image/jpeg, 123456 bytes, foto.jpg", and in lines of their own where it is and its SHA-256.
// Reads the file.
std::string show_file(const value::Media& media, const adapters::FileShelf& shelf);

// T-2026-0001-photo.jpg; empty: it is not there.
std::string copy_name(const adapters::Ticket& ticket, const adapters::TicketField& field,
                      const adapters::FileShelf& shelf);
// Copies the ticket's files into the folder, which is there, under these names, for their owner
// alone. What is there already is left as it is. One line in `faults` for each that is not there,
// has changed since it came, or cannot be copied.
void copy_files(const adapters::Ticket& ticket, const adapters::FileShelf& shelf,
                const std::string& folder, std::vector<std::string>& faults);

}  // namespace alur::tools
