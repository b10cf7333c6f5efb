// Rounds: asks a far side again and again, each round when the one before has ended: for what it
// keeps for us, and before that for whatever must be settled. Who fails is asked less and less
// often, and operators are told of the first failure in a row. What is asked is the channel's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "adapters/http/later.hpp"
#include "engine/ports/channel.hpp"

namespace alur::adapters {

// How a round ended.
struct Round {
  enum class Kind : std::uint8_t {
    brought,  // and all of it was taken: the next begins at once
    nothing,  // nothing new, or not all of it was taken: not more than one of these a second
    failed,   // `why`: its after_ms, or else from a second to a minute
    over      // none follows
  };
  Kind kind = Kind::brought;
  ports::SendResult why;
};

// When the next round begins. Pure.
class RoundPace {
 public:
  // Milliseconds from the end of a round that took so many.
  std::int64_t after(const Round& round, std::int64_t took_ms);
  int failures() const { return failures_; }  // one after another

 private:
  int failures_ = 0;
};

class Rounds {
 public:
  using Done = std::function<void(Round)>;  // to be called once, from any thread
  // A line for operators, by the same thread; empty: nobody wants it.
  using Tell = std::function<void(const std::string& line)>;

  // Rounds begin on the thread of `later`, which must be stopped before this goes. `far_side`
  // begins what is told.
  Rounds(Later later, std::string far_side, Tell tell)
      : later_(std::move(later)), far_side_(std::move(far_side)), tell_(std::move(tell)) {}

  void start(std::function<void(Done)> begin);

 private:
  void run();
  void end(const Round& round, std::int64_t took_ms);

  Later later_;
  std::string far_side_;
  Tell tell_;
  std::function<void(Done)> begin_;
  RoundPace pace_;
};

}  // namespace alur::adapters
