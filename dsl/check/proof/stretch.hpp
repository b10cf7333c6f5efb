// A stretch of a conversation: what happens between one message of the citizen and the next wait
// for them, with every way that services, people and conditions may let it go. A walk over it is
// judged by a Judge, which is what the proofs differ in.
//
// Every stretch ends (that is what the check for ways round without the citizen proves before), so
// a walk may take a place that it is at already for granted: what leaves the circle is looked at
// where it leaves.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dsl/check/proof/control_graph.hpp"

namespace alur::dsl::proof {

// A flow that waits below for the one above it to end. Stacks share what is the same at the bottom.
struct Below {
  Index context = 0;
  Index unit = 0;  // of the `run`; 0: a handler of app.yaml
  Index address = 0;
  Index asked = program::none;
  Store store;
  std::shared_ptr<const Below> under{};  // null: not known
  std::size_t depth = 1;
  Digest digest{};  // of all of it
};

// Where a stretch has come to. What lies below the flow that it began in is not known.
struct Spot {
  std::shared_ptr<const Below> below;
  Index context = 0;
  Index unit = 0;  // of the instruction
  Index address = 0;
  Index asked = program::none;  // the last question of the flow on top
  Store store;
};

enum class Rest : std::uint8_t {
  none,         // goes on
  question,     // at the spot, asked anew
  still,        // at the question, which is not asked again
  interrupted,  // back at some question that a digression had left
  over          // the conversation has ended
};

struct Next {
  Rest rest = Rest::none;
  Spot spot;
  Index outcome = program::none;  // of the unit that the instruction stands in
  bool served = false;            // a person has come, or the citizen has left the queue
};

struct DigestHash {
  std::size_t operator()(const Digest& digest) const { return digest.first; }
};
Digest digest_of(const Spot& spot);

class Stretches {
 public:
  explicit Stretches(const ControlGraph& graph);

  const ControlGraph& graph() const { return graph_; }
  void each_next(const Spot& spot, const std::function<void(Next)>& take) const;
  // The message that is sent at this spot; none: another instruction.
  const program::Message* message_at(const Spot& spot) const;
  const program::Instruction& step(const Spot& spot) const {
    return graph_.program().unit(spot.unit).code[spot.address];
  }
  // Whether ways come together here, so that a walk may come by twice. Every circle has such a
  // place.
  bool is_joint(const Spot& spot) const { return joints_[spot.unit][spot.address]; }
  // Whether the flow may be under way below, or is on top.
  bool is_under_way(Index flow, const Spot& spot) const;
  bool may_be_under_way(Index flow, const Spot& spot) const;

  // Where an answer at a question leads.
  static Spot after(Index context, Index question, Answer answer);
  // What is said at any time, at a question of a flow.
  Spot heard(Index context, Index question, const Store& store, Index handler) const;

 private:
  void next_outcomes(const Spot& spot, program::Range outcomes,
                     const std::function<void(Next)>& take) const;
  void next_run(const Spot& spot, const std::function<void(Next)>& take) const;
  void next_end(const Spot& spot, const std::function<void(Next)>& take) const;
  void come_back(const Below& below, const program::DeclaredOutcome& how, const Possible& payload,
                 const std::function<void(Next)>& take) const;
  void ask_again(Spot spot, const std::function<void(Next)>& take) const;
  void find_under_way();
  void find_joints();

  const ControlGraph& graph_;
  std::vector<std::vector<bool>> joints_;     // by unit and address
  std::vector<std::vector<bool>> under_way_;  // by flow that handlers run, then by context
};

// Judges a stretch: Judge has a Result, says with `until_served` whether a way is over once a
// person has come, and has
//   bool settled(const Spot&, Result&)            nothing further matters: this is the result
//   Result rest(const Next&)                      what a way that ends here is worth
//   Result cut()                                  of a way that is too long to follow: the worst
//   Result circle()                               of a place that the walk is at already
//   Result served()                               of a way on which a person has come
//   void join(Result&, const Result&)             of the ways from one place
//   void pass(const Spot&, Result&)               what the place itself adds
template <class Judge>
class StretchWalk {
 public:
  using Result = typename Judge::Result;
  StretchWalk(const Stretches& stretches, Judge& judge) : stretches_(stretches), judge_(judge) {}

  Result walk(const Spot& spot) {
    Result settled{};
    if (judge_.settled(spot, settled)) return settled;
    if (!stretches_.is_joint(spot)) return onward(spot);
    if (open_.empty() && results_.size() > results_max) results_.clear();
    const Digest key = digest_of(spot);
    if (const auto known = results_.find(key); known != results_.end()) return known->second;
    if (!open_.insert(key).second) {
      ++circles_;
      return judge_.circle();
    }
    const std::size_t before = circles_;
    const Result all = onward(spot);
    open_.erase(key);
    // What was found with something taken for granted holds only for whoever took it so.
    if (circles_ == before || open_.empty()) results_.emplace(key, all);
    return all;
  }

 private:
  static constexpr std::size_t steps_max = 4'000;
  static constexpr std::size_t results_max = 4'000;  // what is far away is seldom come to again

  Result onward(const Spot& spot) {
    if (steps_ >= steps_max) return judge_.cut();
    ++steps_;
    bool first = true;
    Result all{};
    stretches_.each_next(spot, [&](const Next& next) {
      const bool served = Judge::until_served && next.served;
      const Result one = served                    ? judge_.served()
                         : next.rest == Rest::none ? walk(next.spot)
                                                   : judge_.rest(next);
      if (first) {
        all = one;
      } else {
        judge_.join(all, one);
      }
      first = false;
    });
    if (first) all = judge_.circle();
    judge_.pass(spot, all);
    --steps_;
    return all;
  }

  const Stretches& stretches_;
  Judge& judge_;
  std::unordered_map<Digest, Result, DigestHash> results_;
  std::set<Digest> open_;
  std::size_t steps_ = 0;    // on the way here
  std::size_t circles_ = 0;  // so often was a place taken for granted
};

}  // namespace alur::dsl::proof
