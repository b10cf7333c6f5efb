// What a journal row holds: in its body what began the turn, the channel's id of the message, and
// the values that go with what the turn did; in its steps what that was. With the program of its
// version the event gives the turn again, byte for byte. The body goes first: what is left then
// names no one and says nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/ports/store.hpp"
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
                    ports::JournalRow& row);
// Nothing for a row whose body is gone.
std::optional<JournalBody> decode_journal(const ports::JournalRow& row);

}  // namespace alur::runtime
