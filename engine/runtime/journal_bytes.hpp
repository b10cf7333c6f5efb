// The body of a journal row: what began the turn, the channel's id of the message, and what the
// turn did. With the program of its version the event gives the turn again, byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/program/program.hpp"

namespace alur::runtime {

struct JournalBody {
  machine::Event event;
  std::string message_id;  // empty: no citizen's message
  struct Entry {
    machine::JournalEntry::Kind kind = machine::JournalEntry::Kind::entered;
    value::NameKey unit = 0;
    std::uint32_t index = 0;
    value::Value value;
  };
  std::vector<Entry> entries;
};

void encode_journal(const program::Program& program, const machine::Event& event,
                    std::string_view message_id, const std::vector<machine::JournalEntry>& entries,
                    std::string& out);
std::optional<JournalBody> decode_journal(std::string_view bytes);

}  // namespace alur::runtime
