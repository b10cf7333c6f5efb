// Burst: what a citizen gets in one go, over all the turns between a message of theirs and the next
// question: services, people and times in between do not end it.
#pragma once

#include <cstddef>

#include "engine/machine/turn.hpp"

namespace alur::tools {

class Burst {
 public:
  // After a turn that left this session.
  void take(const machine::Turn& turn, const machine::Session& after);

  // With those of the last turn; 0 where no message of the citizen began it. Of messages that
  // waited for a service it is not known which of them an answer is to: then it is 0, too.
  std::size_t messages() const { return messages_; }
  // Whether the next turn may add to it.
  bool goes_on() const { return goes_on_; }

 private:
  std::size_t messages_ = 0;
  bool goes_on_ = false;
};

}  // namespace alur::tools
