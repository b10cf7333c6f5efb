// What a journal row holds. Of a turn, in its body: what began it, the channel's id of the message,
// what was said as it was shown, and the values that go with what the turn did; in its steps what
// that was. With the program of its version the event gives the turn again, byte for byte. Of
// people: what they said or did, in the body alone. The body goes first: what is left then names no
// one and says nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/turn.hpp"
#include "engine/ports/store.hpp"
#include "engine/program/program.hpp"
#include "engine/runtime/desk_mark.hpp"

namespace alur::runtime {

// A message to a citizen: its id, and bytes of machine::Shown.
struct SaidMessage {
  std::uint64_t id = 0;
  std::string shown;
};

struct JournalBody {
  machine::Event event;
  std::string message_id;         // empty: no citizen's message
  std::vector<SaidMessage> said;  // none in rows from before it was kept
  struct Entry {
    machine::JournalEntry::Kind kind = machine::JournalEntry::Kind::entered;
    value::NameKey unit = 0;
    std::uint32_t index = 0;
    value::Value value;
  };
  std::vector<Entry> entries;
};

void encode_journal(const program::Program& program, const machine::Event& event,
                    std::string_view message_id, const std::vector<SaidMessage>& said,
                    const std::vector<machine::JournalEntry>& entries, ports::JournalRow& row);
// Nothing for a row whose body is gone, or one of people.
std::optional<JournalBody> decode_journal(const ports::JournalRow& row);

// What an agent said or noted, or what people did with the conversation.
struct PeopleBody {
  enum class Kind : std::uint8_t { said, noted, mark };
  Kind kind = Kind::said;
  desk::AgentId agent = 0;
  desk::Epoch epoch = 0;
  std::string by;                 // the agent's name
  std::string key;                // AgentSays::key
  std::string text;               // noted
  std::vector<SaidMessage> said;  // said: the messages that it was sent in
  std::optional<DeskMark> mark;   // mark
  std::uint64_t reply_to = 0;     // said: AgentSays::reply_to
};
void encode_people(const PeopleBody& body, ports::JournalRow& row);
// Nothing for a row of a turn, or whose body is gone.
std::optional<PeopleBody> decode_people(const ports::JournalRow& row);

}  // namespace alur::runtime
