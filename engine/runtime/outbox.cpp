#include "engine/runtime/outbox.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace alur::runtime {

using ports::CitizenKey;
using ports::Delivery;
using ports::SendResult;
using Kind = ports::SendResult::Kind;
using Level = Pacer::Level;

std::vector<std::unique_ptr<SharedPace>> make_paces(std::span<ports::Channel* const> channels,
                                                    std::int64_t now_ms, Level level) {
  std::vector<std::unique_ptr<SharedPace>> paces;
  for (const ports::Channel* channel : channels) {
    std::map<std::string, std::shared_ptr<Pacer>> accounts;
    for (const ports::Sender& sender : channel->senders()) {
      std::shared_ptr<Pacer>& account = accounts[sender.account];
      paces.push_back(std::make_unique<SharedPace>(sender.pace, now_ms, level, account));
      account = paces.back()->account;
    }
  }
  return paces;
}

void Outbox::add(ports::OutboxRow row, bool again) {
  const CitizenKey citizen = row.citizen;
  Lane& lane = lanes_[citizen];
  assert(lane.entries.empty() || lane.entries.back().row.id < row.id);
  // A receipt has as long to come after a start as it always has.
  const bool unknown =
      row.state == Delivery::unknown && row.at.milliseconds + expires_ms > shared_->started_ms;
  if (unknown) {
    citizens_[row.id] = citizen;
    lane.not_before = std::max(lane.not_before, shared_->started_ms + unknown_wait_ms);
  }
  lane.entries.push_back({std::move(row), unknown ? State::unknown : State::waiting, again});
  ++size_;
  queue(citizen, lane, lane.not_before);
}

// --- which lane is next

void Outbox::queue(CitizenKey citizen, Lane& lane, std::int64_t at) {
  if (lane.queued) return;
  lane.queued = true;
  if (at <= 0) {
    ready_.push_back(citizen);
  } else {
    waiting_.push({at, citizen});
  }
}

void Outbox::wake_lanes(std::int64_t now) {
  if (held_until_ && *held_until_ <= now) held_until_.reset();
  forget_rested(now);
  while (!waiting_.empty() && waiting_.top().at <= now) {
    ready_.push_back(waiting_.top().citizen);
    waiting_.pop();
  }
}

std::optional<Outbox::Order> Outbox::take(std::int64_t now) {
  wake_lanes(now);
  while (!ready_.empty() && in_flight_ < pace_.in_flight_max && !held_until_) {
    if (paused_until_ && (now < *paused_until_ || in_flight_ > 0)) return std::nullopt;
    const CitizenKey citizen = ready_.front();
    ready_.pop_front();
    const auto found = lanes_.find(citizen);
    if (found == lanes_.end()) continue;
    found->second.queued = false;
    if (found->second.entries.empty()) continue;
    if (drop_expired(citizen, found->second, now)) continue;
    const auto order = take_from(citizen, found->second, now);
    if (order) return order;
  }
  return std::nullopt;
}

// An empty lane stays until its bucket is full, as a new one would be.
void Outbox::rest(CitizenKey citizen, Lane& lane) {
  if (lane.resting) return;
  lane.resting = true;
  resting_.push({lane.pair->full_at_ms(), citizen});
}

void Outbox::forget_rested(std::int64_t now) {
  while (!resting_.empty() && resting_.top().at <= now) {
    const CitizenKey citizen = resting_.top().citizen;
    resting_.pop();
    Lane& lane = lanes_.at(citizen);
    lane.resting = false;
    if (!lane.entries.empty()) continue;  // it rests again when that is sent
    if (lane.pair->full_at_ms() > now) {
      rest(citizen, lane);
    } else {
      lanes_.erase(citizen);
    }
  }
}

// A whole lane may be too old; then nothing is left of it to send.
bool Outbox::drop_expired(CitizenKey citizen, Lane& lane, std::int64_t now) {
  for (Entry& entry : lane.entries) {
    if (entry.state != State::waiting) continue;
    if (entry.row.at.milliseconds + expires_ms > now) break;
    citizens_[entry.row.id] = citizen;
    ++lane.in_flight;  // as if it had been sent, until it is recorded
    ++in_flight_;
    expired_.push_back(settle(lane, entry, Delivery::failed, "too old to be sent"));
  }
  return std::none_of(lane.entries.begin(), lane.entries.end(), [](const Entry& entry) {
    return entry.state == State::waiting || entry.state == State::unknown;
  });
}

std::optional<Outbox::Order> Outbox::take_from(CitizenKey citizen, Lane& lane, std::int64_t now) {
  if (lane.in_flight >= pace_.pair_in_flight_max) return std::nullopt;  // recorded() queues it
  if (lane.not_before > now) {
    queue(citizen, lane, lane.not_before);
    return std::nullopt;
  }
  const auto entry = std::find_if(lane.entries.begin(), lane.entries.end(), [](const Entry& one) {
    return one.state == State::waiting || one.state == State::unknown;
  });
  // One whose fate is unknown holds back those behind it.
  if (entry == lane.entries.end()) return std::nullopt;
  const std::int64_t wait = take_pace(citizen, lane, now);
  if (wait > 0) {
    if (held_until_) {
      lane.queued = true;
      ready_.push_front(citizen);
    } else {
      queue(citizen, lane, now + wait);
    }
    return std::nullopt;
  }
  const bool again = entry->again || entry->state == State::unknown;
  entry->state = State::sending;
  entry->again = again;
  citizens_[entry->row.id] = citizen;
  ++lane.in_flight;
  ++in_flight_;
  if (lane.in_flight < pace_.pair_in_flight_max && lane.entries.size() > lane.in_flight) {
    queue(citizen, lane, 0);
  }
  return Order{&entry->row, again};
}

// The bucket of a citizen of whom nothing left since the start, or so long ago that it is full.
Pacer Outbox::make_pair(CitizenKey citizen, const Lane& lane, std::int64_t now) const {
  const double rate = pace_.pair_rate;
  if (shared_->knows_pairs(pace_, now)) return {rate, pace_.pair_burst, now, Level::full};
  const auto full_at = full_at_ ? full_at_(citizen, now) : std::nullopt;
  if (!full_at) return {rate, pace_.pair_burst, now, Level::empty};
  // What is to be sent again may have left just before the start.
  const auto again = std::count_if(lane.entries.begin(), lane.entries.end(),
                                   [](const Entry& entry) { return entry.again; });
  const std::size_t left = std::min(static_cast<std::size_t>(again), pace_.pair_in_flight_max);
  if (left == 0) return {rate, pace_.pair_burst, now, *full_at};
  const auto drawn = static_cast<std::int64_t>(std::ceil(1e3 * static_cast<double>(left) / rate));
  return {rate, pace_.pair_burst, now, std::max(*full_at, shared_->started_ms) + drawn};
}

// 0: all three buckets gave.
std::int64_t Outbox::take_pace(CitizenKey citizen, Lane& lane, std::int64_t now) {
  if (!lane.pair && pace_.pair_rate < 1e6) lane.pair.emplace(make_pair(citizen, lane, now));
  if (lane.pair) {
    if (const std::int64_t wait = lane.pair->take(now); wait > 0) return wait;
  }
  for (Pacer* pacer : {&shared_->number, shared_->account.get()}) {
    const std::int64_t wait = pacer->take(now);
    if (wait == 0) continue;
    if (lane.pair) lane.pair->give_back();
    if (pacer == shared_->account.get()) shared_->number.give_back();
    held_until_ = now + wait;
    return wait;
  }
  return 0;
}

// --- what became of a message

std::size_t Outbox::unsent(CitizenKey citizen) const {
  const auto found = lanes_.find(citizen);
  return found == lanes_.end() ? 0 : found->second.entries.size();
}

Outbox::Lane* Outbox::lane_of(std::uint64_t id) {
  const auto citizen = citizens_.find(id);
  if (citizen == citizens_.end()) return nullptr;
  const auto found = lanes_.find(citizen->second);
  return found == lanes_.end() ? nullptr : &found->second;
}

Outbox::Entry* Outbox::entry_of(Lane& lane, std::uint64_t id) {
  for (Entry& entry : lane.entries) {
    if (entry.row.id == id) return &entry;
  }
  return nullptr;
}

SendNews Outbox::settle(Lane& lane, Entry& entry, Delivery state, std::string reason) {
  entry.state = State::settled;
  lane.failures = 0;
  SendNews news{entry.row, state, std::move(reason)};
  news.row.body.clear();
  return news;
}

void Outbox::leave_flight(Lane& lane, std::uint64_t id) {
  citizens_.erase(id);
  --lane.in_flight;
  --in_flight_;
}

std::int64_t Outbox::waiting_time(const SendResult& result, Lane& lane, std::int64_t now,
                                  double chance) {
  const std::int64_t own = backoff_.after(lane.failures, chance);
  switch (result.kind) {
    case Kind::wait_pair: {
      // 4^n seconds, as WhatsApp asks for error 131056.
      const std::int64_t by_channel = std::int64_t{1'000} << (2 * std::min(lane.failures, 6));
      return result.after_ms > 0 ? result.after_ms : by_channel;
    }
    case Kind::wait_number:
      shared_->number.hold(now, now + std::max(result.after_ms, own));
      return 0;
    case Kind::wait_account:
      shared_->account->hold(now, now + std::max(result.after_ms, own));
      return 0;
    case Kind::paused:
      paused_until_ = now + (result.after_ms > 0 ? result.after_ms : pause_ms);
      paused_why_ = result.reason.empty() ? "it does not say why" : result.reason;
      return 0;
    case Kind::unknown:
      return unknown_wait_ms;
    default:
      return std::max(result.after_ms, own);
  }
}

std::optional<SendNews> Outbox::result(std::uint64_t id, const SendResult& result, std::int64_t now,
                                       double chance) {
  Lane* lane = lane_of(id);
  Entry* entry = lane ? entry_of(*lane, id) : nullptr;
  if (!entry || entry->state != State::sending) return std::nullopt;
  if (result.kind == Kind::accepted || result.kind == Kind::dropped) {
    paused_until_.reset();
    paused_why_.clear();
  }
  if (result.kind == Kind::accepted) {
    return settle(*lane, *entry, Delivery::accepted, {});
  }
  // Waiting for a limit is no failure of the message's own.
  const bool counts =
      result.kind == Kind::retry || result.kind == Kind::unknown || result.kind == Kind::wait_pair;
  if (counts) ++lane->failures;
  const bool spent = counts && (lane->failures > attempts_max ||
                                (result.tries_max > 0 && lane->failures >= result.tries_max));
  if (result.kind == Kind::dropped || spent) {
    return settle(*lane, *entry, Delivery::failed, result.reason);
  }
  const CitizenKey citizen = entry->row.citizen;
  const bool unknown = result.kind == Kind::unknown;
  entry->state = unknown ? State::unknown : State::waiting;
  const std::int64_t wait = waiting_time(result, *lane, now, chance);
  lane->not_before = wait > 0 ? now + wait : 0;
  --lane->in_flight;
  --in_flight_;
  if (!unknown) citizens_.erase(id);
  lane->queued = false;  // a lane that is queued twice is taken from twice, which does no harm
  queue(citizen, *lane, lane->not_before);
  if (!unknown) return std::nullopt;
  SendNews news{entry->row, Delivery::unknown, result.reason};
  news.row.body.clear();
  return news;
}

std::optional<SendNews> Outbox::confirmed(std::uint64_t id) {
  Lane* lane = lane_of(id);
  Entry* entry = lane ? entry_of(*lane, id) : nullptr;
  if (!entry || entry->state != State::unknown) return std::nullopt;
  ++lane->in_flight;
  ++in_flight_;
  return settle(*lane, *entry, Delivery::accepted, {});
}

void Outbox::recorded(std::uint64_t id) {
  Lane* lane = lane_of(id);
  if (!lane) return;
  const CitizenKey citizen = citizens_.at(id);
  leave_flight(*lane, id);
  std::erase_if(lane->entries, [id](const Entry& entry) { return entry.row.id == id; });
  --size_;
  if (!lane->entries.empty()) return queue(citizen, *lane, lane->not_before);
  if (lane->pair) {
    rest(citizen, *lane);
  } else {
    lanes_.erase(citizen);
  }
}

std::vector<SendNews> Outbox::take_expired() {
  return std::exchange(expired_, {});
}

std::optional<std::int64_t> Outbox::next_wake() const {
  std::optional<std::int64_t> next;
  const auto sooner = [&](std::int64_t at) { next = next ? std::min(*next, at) : at; };
  if (!waiting_.empty()) sooner(waiting_.top().at);
  if (!resting_.empty()) sooner(resting_.top().at);
  if (!ready_.empty() && in_flight_ < pace_.in_flight_max) {
    if (held_until_) {
      sooner(*held_until_);
    } else if (paused_until_ && in_flight_ == 0) {
      sooner(*paused_until_);
    } else if (!paused_until_) {
      sooner(0);
    }
  }
  return next;
}

}  // namespace alur::runtime
