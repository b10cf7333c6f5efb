// Texts that tell a citizen the number of their ticket: what they asked for lies with people, who
// can be asked about it by that number.
#pragma once

#include <set>

#include "engine/program/program.hpp"

namespace alur::dsl::proof {

class TicketTexts {
 public:
  explicit TicketTexts(const program::Program& program);

  // Whether the message shows, in every language of the app, the number that a call of
  // `ticket.open` has brought in the same flow: its value where that is a text, else its field
  // `number`. The message is one of the program's.
  bool tells_number(const program::Message& message) const { return telling_.contains(&message); }
  bool any() const { return !telling_.empty(); }

 private:
  std::set<const program::Message*> telling_;
};

}  // namespace alur::dsl::proof
