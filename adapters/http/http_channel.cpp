#include "adapters/http/http_channel.hpp"

#include <utility>

namespace alur::adapters {

using ports::Outgoing;
using ports::SendResult;

ports::Pace HttpChannel::pace() const {
  ports::Pace pace;
  pace.pair_in_flight_max = pair_in_flight_max;
  pace.in_flight_max = in_flight_max;
  pace.fetched = true;
  return pace;
}

void HttpChannel::send(Outgoing message, std::function<void(SendResult)> done) {
  std::vector<std::function<void()>> wakes;
  {
    const std::lock_guard lock(mutex_);
    const std::uint64_t id = message.id;
    auto [at, fresh] = held_.try_emplace(id);
    if (!fresh) at->second.takings = 0;
    at->second.message = std::move(message);
    at->second.done = std::move(done);
    at->second.taken_at = 0;
    waiting_[at->second.message.address][id] = &at->second;
    order_.push_back(id);
    wakes.swap(wakes_);
  }
  for (const auto& wake : wakes) wake();
}

std::vector<Outgoing> HttpChannel::take(const std::string& address, std::size_t most,
                                        std::int64_t now_ms) {
  std::vector<Outgoing> taken;
  const std::lock_guard lock(mutex_);
  const auto give = [&](Held& held) {
    held.taken_at = now_ms;
    ++held.takings;
    taken.push_back(held.message);
    taken.back().again = held.message.again || held.takings > 1;
  };
  if (!address.empty()) {
    const auto lane = waiting_.find(address);
    while (lane != waiting_.end() && !lane->second.empty() && taken.size() < most) {
      give(*lane->second.begin()->second);
      lane->second.erase(lane->second.begin());
    }
    if (lane != waiting_.end() && lane->second.empty()) waiting_.erase(lane);
    return taken;
  }
  for (; !order_.empty() && taken.size() < most; order_.pop_front()) {
    const auto found = held_.find(order_.front());
    if (found == held_.end() || found->second.taken_at != 0) continue;
    give(found->second);
    forget(found->first, found->second);
  }
  return taken;
}

void HttpChannel::acknowledge(const std::vector<std::uint64_t>& ids) {
  std::vector<std::function<void(SendResult)>> done;
  {
    const std::lock_guard lock(mutex_);
    for (const std::uint64_t id : ids) {
      const auto found = held_.find(id);
      if (found == held_.end()) continue;
      done.push_back(std::move(found->second.done));
      forget(id, found->second);
      held_.erase(found);
    }
  }
  for (const auto& one : done) one(SendResult{});
}

void HttpChannel::when_something(std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      wakes_.push_back(std::move(wake));
      return;
    }
  }
  wake();
}

void HttpChannel::expire(std::int64_t now_ms) {
  std::vector<std::function<void(SendResult)>> dropped;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = held_.begin(); at != held_.end();) {
      Held& held = at->second;
      if (held.since == 0) held.since = now_ms;
      if (held.since + kept_ms <= now_ms) {
        dropped.push_back(std::move(held.done));
        forget(at->first, held);
        at = held_.erase(at);
        continue;
      }
      if (held.taken_at != 0 && held.taken_at + lease_ms <= now_ms) {
        held.taken_at = 0;
        waiting_[held.message.address][at->first] = &held;
        order_.push_back(at->first);
      }
      ++at;
    }
  }
  for (const auto& one : dropped) one({SendResult::Kind::dropped, 0, "nobody fetched it"});
}

void HttpChannel::forget(std::uint64_t id, const Held& held) {
  const auto lane = waiting_.find(held.message.address);
  if (lane == waiting_.end()) return;
  lane->second.erase(id);
  if (lane->second.empty()) waiting_.erase(lane);
}

}  // namespace alur::adapters
