// The values of expressions in a session as it rests: for tools that ask what a guard would say,
// without taking a turn.
#pragma once

#include "engine/machine/turn.hpp"

namespace alur::machine {

class Evaluation {
 public:
  // The session has a frame on top wherever an expression reads a variable of the flow; that frame
  // is one of the expression's unit.
  Evaluation(const program::Program& program, Session session, value::Instant now)
      : program_(program), now_(now) {
    scene_.session = std::move(session);
  }

  value::Value value(Index unit, Index node);

 private:
  const program::Program& program_;
  value::Instant now_;
  Turn scene_;
};

}  // namespace alur::machine
