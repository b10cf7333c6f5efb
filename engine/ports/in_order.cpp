#include "engine/ports/in_order.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace alur::ports {

using Done = std::function<void(Verdict)>;

// Kept by what is under way.
struct InOrder::State : std::enable_shared_from_this<InOrder::State> {
  struct Waiting {
    Inbound inbound;
    Done done;
  };
  // Of one address; it is there while one of its messages is under way.
  struct Line {
    std::deque<Waiting> waiting;
    bool sheds = false;  // one was turned away: none may come in behind it
  };

  explicit State(Inbox& into) : next(into) {}

  // True: it is first, and to be given on. False: it waits. Nothing: there is no room.
  std::optional<bool> queue(Waiting& one);
  void give(Waiting one);
  void settle(const std::string& address, Verdict verdict);

  Inbox& next;
  std::mutex mutex;
  std::unordered_map<std::string, Line> lines;
};

std::optional<bool> InOrder::State::queue(Waiting& one) {
  const std::lock_guard lock(mutex);
  const auto [found, is_first] = lines.try_emplace(one.inbound.address);
  if (is_first) return true;
  Line& line = found->second;
  line.sheds = line.sheds || line.waiting.size() >= waiting_max;
  if (line.sheds) return std::nullopt;
  line.waiting.push_back(std::move(one));
  return false;
}

void InOrder::State::give(Waiting one) {
  std::string address = one.inbound.address;
  next.receive(std::move(one.inbound), [self = shared_from_this(), address = std::move(address),
                                        done = std::move(one.done)](Verdict verdict) {
    done(verdict);
    self->settle(address, verdict);
  });
}

// The next one, or those that its verdict holds for, too.
void InOrder::State::settle(const std::string& address, Verdict verdict) {
  std::deque<Waiting> over;
  std::optional<Waiting> first;
  {
    const std::lock_guard lock(mutex);
    const auto found = lines.find(address);
    std::deque<Waiting>& waiting = found->second.waiting;
    if (!is_done_with(verdict)) over.swap(waiting);
    if (waiting.empty()) {
      lines.erase(found);
    } else {
      first = std::move(waiting.front());
      waiting.pop_front();
    }
  }
  for (const Waiting& one : over) one.done(verdict);
  if (first) give(std::move(*first));
}

InOrder::InOrder(Inbox& next) : state_(std::make_shared<State>(next)) {}

InOrder::~InOrder() = default;

void InOrder::receive(Inbound inbound, Done done) {
  State::Waiting one{std::move(inbound), std::move(done)};
  const auto first = state_->queue(one);
  if (!first) return one.done(Verdict::overloaded);
  if (*first) state_->give(std::move(one));
}

void InOrder::receive(Receipt receipt, std::function<void(bool)> done) {
  state_->next.receive(std::move(receipt), std::move(done));
}

}  // namespace alur::ports
