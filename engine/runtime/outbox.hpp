// Outbox: which message to send next, from one sender of a channel, of one core. Each citizen's
// leave in order, in a lane of its own; none leaves faster than the channel bears. Pure: time and
// chance are arguments, what became of a message is told, and what left before the start is asked.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/ports/channel.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/backoff.hpp"
#include "engine/runtime/pacer.hpp"

namespace alur::runtime {

// A sender's limits, which all cores share.
struct SharedPace {
  // `level`: full where nothing was ever sent before. `of_account`: the account's, where others
  // have made it; null: this one makes it.
  SharedPace(const ports::Pace& pace, std::int64_t now_ms, Pacer::Level level,
             std::shared_ptr<Pacer> of_account = nullptr)
      : number(pace.number_rate, pace.number_burst, now_ms, level),
        account(of_account ? std::move(of_account)
                           : std::make_shared<Pacer>(pace.account_rate, pace.account_burst, now_ms,
                                                     level)),
        started_ms(level == Pacer::Level::full ? std::numeric_limits<std::int64_t>::min() / 2
                                               : now_ms) {}
  // It runs for so long that a citizen it knows nothing of has a full bucket.
  bool knows_pairs(const ports::Pace& pace, std::int64_t now_ms) const {
    return static_cast<double>(now_ms - started_ms) > 1e3 * pace.pair_burst / pace.pair_rate;
  }
  Pacer number;
  std::shared_ptr<Pacer> account;
  std::int64_t started_ms;  // what was sent before, nobody knows
};

// One for each sender of each channel, in their order; those of one account share its bucket.
std::vector<std::unique_ptr<SharedPace>> make_paces(std::span<ports::Channel* const> channels,
                                                    std::int64_t now_ms, Pacer::Level level);

// What is to be written down about a message.
struct SendNews {
  ports::OutboxRow row;  // without its words, unless it is dead
  ports::Delivery state = ports::Delivery::accepted;
  std::string reason;
};

class Outbox {
 public:
  static constexpr int attempts_max = 8;
  static constexpr std::int64_t unknown_wait_ms = 10'000;  // for a receipt, then it is sent again
  static constexpr std::int64_t pause_ms = 60'000;         // then one message tries; or as told
  static constexpr std::int64_t expires_ms = 24 * 3'600'000;

  // When a citizen's bucket is full again by what left before the start; nothing: nobody knows.
  using FullAt =
      std::function<std::optional<std::int64_t>(ports::CitizenKey citizen, std::int64_t now_ms)>;
  // `shared` must outlive it.
  Outbox(ports::Pace pace, SharedPace& shared, FullAt full_at = nullptr)
      : pace_(pace), shared_(&shared), full_at_(std::move(full_at)) {}

  // Ids of one citizen grow. `again`: it may have been sent before. One whose fate was unknown when
  // the program ended waits for a receipt first.
  void add(ports::OutboxRow row, bool again);
  // The next message to send now.
  struct Order {
    const ports::OutboxRow* row = nullptr;  // until the next call of anything
    bool again = false;
  };
  std::optional<Order> take(std::int64_t now);
  // What is to be written down, if anything. Accepted and dead messages keep their place in the
  // lane until recorded() says that it was.
  std::optional<SendNews> result(std::uint64_t id, const ports::SendResult& result,
                                 std::int64_t now, double chance);
  void recorded(std::uint64_t id);
  // A receipt has come for a message whose sending nobody answered.
  std::optional<SendNews> confirmed(std::uint64_t id);
  // Messages that are too old to be sent: dead letters.
  std::vector<SendNews> take_expired();

  // When take() may give something again; nothing: when something else happens.
  std::optional<std::int64_t> next_wake() const;
  std::size_t unsent(ports::CitizenKey citizen) const;
  std::size_t size() const { return size_; }
  std::size_t in_flight() const { return in_flight_; }
  // Of what a stop waits for.
  std::size_t awaited() const { return pace_.fetched ? 0 : in_flight_; }
  // Why nothing leaves, in the channel's words; empty: it does.
  const std::string& paused() const { return paused_why_; }

 private:
  enum class State : std::uint8_t { waiting, sending, unknown, settled };
  struct Entry {
    ports::OutboxRow row;
    State state = State::waiting;
    bool again = false;
  };
  struct Lane {
    std::deque<Entry> entries;
    std::optional<Pacer> pair;
    std::size_t in_flight = 0;  // sent, and not recorded
    int failures = 0;           // of the first message
    std::int64_t not_before = 0;
    bool queued = false;   // in ready_ or waiting_
    bool resting = false;  // in resting_
  };
  struct Waiting {
    std::int64_t at = 0;
    ports::CitizenKey citizen = 0;
    bool operator>(const Waiting& other) const { return at > other.at; }
  };

  Lane* lane_of(std::uint64_t id);
  static Entry* entry_of(Lane& lane, std::uint64_t id);
  void queue(ports::CitizenKey citizen, Lane& lane, std::int64_t at);
  void wake_lanes(std::int64_t now);
  std::optional<Order> take_from(ports::CitizenKey citizen, Lane& lane, std::int64_t now);
  void rest(ports::CitizenKey citizen, Lane& lane);
  void forget_rested(std::int64_t now);
  bool drop_expired(ports::CitizenKey citizen, Lane& lane, std::int64_t now);
  Pacer make_pair(ports::CitizenKey citizen, const Lane& lane, std::int64_t now) const;
  std::int64_t take_pace(ports::CitizenKey citizen, Lane& lane, std::int64_t now);
  std::int64_t waiting_time(const ports::SendResult& result, Lane& lane, std::int64_t now,
                            double chance);
  SendNews settle(Lane& lane, Entry& entry, ports::Delivery state, std::string reason);
  void leave_flight(Lane& lane, std::uint64_t id);

  ports::Pace pace_;
  SharedPace* shared_;
  FullAt full_at_;
  Backoff backoff_;
  std::unordered_map<ports::CitizenKey, Lane> lanes_;
  std::unordered_map<std::uint64_t, ports::CitizenKey> citizens_;  // of what was sent
  std::deque<ports::CitizenKey> ready_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> resting_;  // empty lanes
  std::vector<SendNews> expired_;
  std::size_t size_ = 0;
  std::size_t in_flight_ = 0;
  std::optional<std::int64_t> held_until_;  // by the number's or account's pace
  std::optional<std::int64_t> paused_until_;
  std::string paused_why_;
};

}  // namespace alur::runtime
