// InOrder: an inbox in front of another one, which gives it the messages of one address one after
// another, each when the one before has its verdict, so that none overtakes one that was shed.
// Addresses do not wait for one another. Channels whose messages come side by side, by a webhook or
// many at once, put what comes through it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "engine/ports/channel.hpp"

namespace alur::ports {

class InOrder : public Inbox {
 public:
  // So many of one address wait at once: more are overloaded until none waits any more.
  static constexpr std::size_t waiting_max = 128;

  struct Item {
    Inbound inbound;
    std::function<void(Verdict)> done;
  };

  // `next` must outlive it, and answer all that it was given before it goes.
  explicit InOrder(Inbox& next);
  ~InOrder() override;

  // When one is to come again, those that wait behind it get its verdict and are to come again,
  // too. From any thread; `done` is called by the one that calls with a verdict.
  void receive(Inbound inbound, std::function<void(Verdict)> done) override;
  // What came in one go, in its order: one by one, the first could be shed before the second is
  // there to wait behind it.
  void receive(std::vector<Item> batch);
  // The same, and `then` once all of them have a verdict: so many, from the first on without a gap,
  // need not come again.
  void receive(std::vector<Item> batch, std::function<void(std::size_t taken)> then);
  // At once: receipts have no order.
  void receive(Receipt receipt, std::function<void(bool)> done) override;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace alur::ports
