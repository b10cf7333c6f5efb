// Committer: the thread that writes. Changes of all cores are committed in groups: a turn at once
// when nothing is under way, up to 64 when more have gathered meanwhile. What became of messages
// goes along with turns, or alone a moment later. Whatever has changed at the desk by then goes
// along, too: what a turn went by is stored with it or before, and never in another order.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/ports/clock.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "engine/runtime/timings.hpp"

namespace alur::runtime {

class Committer {
 public:
  static constexpr std::size_t turns_max = 64;  // of a group
  static constexpr std::size_t others_max = 512;
  static constexpr std::int64_t others_wait_ms = 5;
  static constexpr std::int64_t probe_ms = 250;    // while the store is down
  static constexpr std::int64_t sweep_ms = 1'000;  // so often a little of what is too old goes ...
  static constexpr std::int64_t sweep_on_ms = 50;  // ... and so soon again while there is more

  struct Done {
    std::uint64_t token = 0;
    ports::Result<void> result;
  };
  struct Listener {
    // Of one core, in the order of its changes; by this thread.
    std::function<void(std::uint32_t core, std::vector<Done> done)> committed;
    std::function<void()> store_is_back;
    // Nobody knows what is durable: must not return to business as usual.
    std::function<void()> lost;
  };

  // `desk` may be null: there is none.
  Committer(ports::Store& store, const ports::Clock& clock, ports::Retention retention,
            Listener listener, DeskKeeper* desk = nullptr);
  ~Committer();

  struct Work {
    std::uint32_t core = 0;
    std::uint64_t token = 0;
    ports::Change change;
  };
  void push(std::vector<Work> work);
  // Commits this and calls `done` by this thread.
  void commit(ports::Change change, std::function<void(ports::Result<void>)> done);
  // Commits this and waits for it; not by a core's thread.
  ports::Result<void> commit_now(ports::Change change);

  // The desk has changed.
  void wake();

  bool idle() const;
  // How many groups it has committed, or tried to.
  std::uint64_t groups() const;
  bool down() const;
  std::size_t waiting() const;
  const Histogram& commit_times() const { return commit_times_; }
  // Finishes what is waiting, then ends.
  void stop();

 private:
  using Steady = std::chrono::steady_clock;

  struct Item {
    Work work;
    std::function<void(ports::Result<void>)> told;  // empty: the listener hears of it
  };

  void run();
  void wait_for_work(std::unique_lock<std::mutex>& lock);
  bool desk_waits() const { return desk_ && !down_ && desk_->is_dirty(); }
  std::vector<Item> take();
  void commit_group(std::vector<Item> group);
  void probe();
  void sweep();

  ports::Store& store_;
  const ports::Clock& clock_;
  ports::Retention retention_;
  Listener listener_;
  DeskKeeper* desk_;
  mutable std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<Item> turns_;  // and whatever somebody waits for
  std::deque<Item> others_;
  bool busy_ = false;
  std::uint64_t groups_ = 0;
  bool down_ = false;
  bool stopping_ = false;
  Steady::time_point sweep_at_ = Steady::now();  // by the thread
  Steady::time_point probe_at_ = Steady::now();
  Histogram commit_times_;  // written by the thread
  std::thread thread_;
};

}  // namespace alur::runtime
