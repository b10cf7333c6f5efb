#include "engine/ports/in_order.hpp"

#include <algorithm>
#include <atomic>
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
  // Of one address; it is there while one of its messages is under way.
  struct Line {
    std::deque<Item> waiting;
    bool sheds = false;  // one was turned away: none may come in behind it
  };

  explicit State(Inbox& into) : next(into) {}

  // True: it is first, and to be given on. False: it waits. Nothing: there is no room.
  std::optional<bool> queue(Item& one);
  void give(Item one);
  void settle(const std::string& address, Verdict verdict);

  Inbox& next;
  std::mutex mutex;
  std::unordered_map<std::string, Line> lines;
};

std::optional<bool> InOrder::State::queue(Item& one) {
  const std::lock_guard lock(mutex);
  const auto [found, is_first] = lines.try_emplace(one.inbound.address);
  if (is_first) return true;
  Line& line = found->second;
  line.sheds = line.sheds || line.waiting.size() >= waiting_max;
  if (line.sheds) return std::nullopt;
  line.waiting.push_back(std::move(one));
  return false;
}

void InOrder::State::give(Item one) {
  std::string address = one.inbound.address;
  next.receive(std::move(one.inbound), [self = shared_from_this(), address = std::move(address),
                                        done = std::move(one.done)](Verdict verdict) {
    done(verdict);
    self->settle(address, verdict);
  });
}

// The next one, or those that its verdict holds for, too.
void InOrder::State::settle(const std::string& address, Verdict verdict) {
  std::deque<Item> over;
  std::optional<Item> first;
  {
    const std::lock_guard lock(mutex);
    const auto found = lines.find(address);
    std::deque<Item>& waiting = found->second.waiting;
    if (!is_done_with(verdict)) over.swap(waiting);
    if (waiting.empty()) {
      lines.erase(found);
    } else {
      first = std::move(waiting.front());
      waiting.pop_front();
    }
  }
  for (const Item& one : over) one.done(verdict);
  if (first) give(std::move(*first));
}

InOrder::InOrder(Inbox& next) : state_(std::make_shared<State>(next)) {}

InOrder::~InOrder() = default;

void InOrder::receive(Inbound inbound, Done done) {
  std::vector<Item> batch;
  batch.push_back({std::move(inbound), std::move(done)});
  receive(std::move(batch));
}

void InOrder::receive(std::vector<Item> batch) {
  std::vector<Item> first;
  std::vector<Item> over;
  for (Item& one : batch) {
    const auto is_first = state_->queue(one);
    if (!is_first) {
      over.push_back(std::move(one));
    } else if (*is_first) {
      first.push_back(std::move(one));
    }
  }
  for (Item& one : first) state_->give(std::move(one));
  for (const Item& one : over) one.done(Verdict::overloaded);
}

namespace {

struct Batch {
  Batch(std::size_t size, std::function<void(std::size_t)> what)
      : taken(size), left(size), then(std::move(what)) {}

  void settle(std::size_t which, Verdict verdict) {
    taken[which] = is_done_with(verdict) ? 1 : 0;
    if (--left > 0) return;
    const auto first = std::find(taken.begin(), taken.end(), 0);
    then(static_cast<std::size_t>(first - taken.begin()));
  }

  std::vector<char> taken;  // each set by a thread of its own
  std::atomic<std::size_t> left;
  std::function<void(std::size_t)> then;
};

}  // namespace

void InOrder::receive(std::vector<Item> batch, std::function<void(std::size_t)> then) {
  if (batch.empty()) return then(0);
  auto all = std::make_shared<Batch>(batch.size(), std::move(then));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i].done = [all, i, done = std::move(batch[i].done)](Verdict verdict) {
      done(verdict);
      all->settle(i, verdict);
    };
  }
  receive(std::move(batch));
}

void InOrder::receive(Receipt receipt, std::function<void(bool)> done) {
  state_->next.receive(std::move(receipt), std::move(done));
}

}  // namespace alur::ports
