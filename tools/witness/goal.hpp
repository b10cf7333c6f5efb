// Goal: when a conversation has shown what a finding says. One for each kind of finding about a
// path; decided from what the machine really did, turn by turn.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dsl/check/proof/proofs.hpp"
#include "dsl/check/proof/tickets.hpp"
#include "tools/replay/conversation.hpp"

namespace alur::tools {

// What happens next in a conversation.
struct Act {
  enum class Kind : std::uint8_t { say, tap, voice, service, desk, time };
  Kind kind = Kind::say;
  std::string words;           // said, or tapped; the line of a chat for a service or the desk
  std::string label;           // tap: on the last message that shows it
  ServiceAnswer answer;        // service
  value::NameKey outcome = 0;  // desk
  bool fits_nothing = false;
  bool asks = false;  // said or tapped by somebody who wants a person
  bool late = false;  // not at once, but just before a timer would fire
  bool by_citizen() const { return kind <= Kind::voice; }
};

// How far a conversation has come on the way to the goal.
struct Progress {
  bool at_place = false;  // it has come to the place that the finding is about
  int count = 0;
  bool helped = false;  // by a person, a text marked `contact` or a ticket's number
  bool shown = false;
};

class Goal {
 public:
  Goal(const program::Program& program, const dsl::proof::Fault& fault)
      : program_(program), fault_(fault), tickets_(program) {}

  // After an act, whose turns begin at `first_turn` and whose messages at `first_message`.
  Progress after(Progress progress, const Act& act, bool was_at_place,
                 const Conversation& conversation, std::size_t first_turn,
                 std::size_t first_message) const;
  // The language that the citizen is known to speak from the beginning.
  program::Index begins_in() const;
  // Whether the conversation rests at the place of the finding, in the language that it is about;
  // in another than at the beginning, where it is about no single one.
  bool at_place(const Conversation& conversation) const;
  // Whether this act may follow once the place is reached.
  bool allows(const Act& act, const Progress& progress) const;
  const dsl::proof::Fault& fault() const { return fault_; }

 private:
  void look(Progress& progress, const machine::TraceEntry& entry, bool& said, bool& closed) const;
  bool waits_for_citizen(const Conversation& conversation) const;
  bool helps(const program::Message& message) const;

  const program::Program& program_;
  const dsl::proof::Fault& fault_;
  dsl::proof::TicketTexts tickets_;
};

}  // namespace alur::tools
