// StackTrail: what became of each frame of a session in one turn, read from the turn's trace: which
// are still there, how deep it returned, and which are new.
#pragma once

#include <vector>

#include "engine/machine/turn.hpp"

namespace alur::tools {

using program::Index;

class StackTrail {
 public:
  // A frame after the turn; `level`: where it lay before, counted from the top.
  struct Kept {
    bool fresh = false;
    Index level = 0;
    Index unit = 0;
  };

  StackTrail(const std::vector<machine::Frame>& before, const machine::Trace& trace);

  const std::vector<Kept>& frames() const { return frames_; }  // top first
  // The frames that ended and gave their outcome to the one beneath, from the top.
  Index returned() const { return returned_; }
  // Whether a flow that was under way has begun again, and what lay above it is gone.
  bool unwound() const { return unwound_; }

 private:
  void follow(const machine::TraceEntry& entry);
  void unwind_to(Index unit);
  void push(Index unit);

  std::vector<Kept> frames_;
  Index returned_ = 0;
  bool unwound_ = false;
};

}  // namespace alur::tools
