#include "engine/runtime/committer.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>

namespace alur::runtime {

using ports::Fault;
using ports::Result;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t sweep_rows = 200;

}  // namespace

Committer::Committer(ports::Store& store, const ports::Clock& clock, ports::Retention retention,
                     Listener listener, DeskKeeper* desk)
    : store_(store),
      clock_(clock),
      retention_(retention),
      listener_(std::move(listener)),
      desk_(desk),
      thread_([this] { run(); }) {}

Committer::~Committer() {
  stop();
}

void Committer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  has_work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Committer::push(std::vector<Work> work) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    const bool had_turns = !turns_.empty();
    const bool had_others = !others_.empty();
    for (Work& one : work) {
      const bool turn = std::holds_alternative<ports::TurnChange>(one.change);
      (turn ? turns_ : others_).push_back({std::move(one), {}});
    }
    wake = !busy_ && ((!had_turns && !turns_.empty()) || (!had_others && !others_.empty()));
  }
  if (wake) has_work_.notify_one();
}

void Committer::commit(ports::Change change, std::function<void(Result<void>)> done) {
  std::unique_lock lock(mutex_);
  if (stopping_) {
    lock.unlock();
    return done(Fault::unavailable);
  }
  turns_.push_back({{0, 0, std::move(change)}, std::move(done)});
  lock.unlock();
  has_work_.notify_one();
}

Result<void> Committer::commit_now(ports::Change change) {
  std::promise<Result<void>> promise;
  auto result = promise.get_future();
  commit(std::move(change), [&promise](Result<void> done) { promise.set_value(done); });
  return result.get();
}

void Committer::wake() {
  bool wakes = false;
  {
    // Under the lock: it is not just about to wait.
    const std::lock_guard lock(mutex_);
    wakes = !busy_ && turns_.empty() && others_.empty();
  }
  if (wakes) has_work_.notify_one();
}

bool Committer::idle() const {
  const std::lock_guard lock(mutex_);
  return turns_.empty() && others_.empty() && !busy_ && !desk_waits();
}

std::uint64_t Committer::groups() const {
  const std::lock_guard lock(mutex_);
  return groups_;
}

bool Committer::down() const {
  const std::lock_guard lock(mutex_);
  return down_;
}

std::size_t Committer::waiting() const {
  const std::lock_guard lock(mutex_);
  return turns_.size() + others_.size();
}

std::vector<Committer::Item> Committer::take() {
  std::vector<Item> group;
  const auto take_from = [&](std::deque<Item>& queue, std::size_t most) {
    for (; !queue.empty() && most > 0; --most) {
      group.push_back(std::move(queue.front()));
      queue.pop_front();
    }
  };
  // Turns first: a message's row is written before what became of it.
  take_from(turns_, turns_max);
  take_from(others_, others_max);
  return group;
}

// Until there is something to commit, or it is time for something else.
void Committer::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto has_turns = [this] { return !turns_.empty() || stopping_; };
  const auto has_any = [&] { return has_turns() || !others_.empty() || desk_waits(); };
  if (!has_work_.wait_until(lock, down_ ? probe_at_ : sweep_at_, has_any)) return;
  // Turns that come in a moment take the others along.
  if (!has_turns()) has_work_.wait_for(lock, milliseconds(others_wait_ms), has_turns);
}

void Committer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    busy_ = false;
    wait_for_work(lock);
    busy_ = true;
    std::vector<Item> group = take();
    const bool was_down = down_;
    const bool desk_waited = desk_waits();
    const bool last = group.empty() && !desk_waited && stopping_;
    if (!group.empty() || desk_waited) ++groups_;
    lock.unlock();
    if (!group.empty() || desk_waited) commit_group(std::move(group));
    const Steady::time_point now = Steady::now();
    if (was_down && now >= probe_at_) probe();
    if (!was_down && now >= sweep_at_) sweep();
    lock.lock();
    if (last) break;
  }
  busy_ = false;
}

void Committer::commit_group(std::vector<Item> group) {
  std::vector<ports::Change> changes;
  changes.reserve(group.size() + 1);
  for (Item& item : group) changes.push_back(std::move(item.work.change));
  // After the turns: all that these went by is among it.
  std::vector<ports::DeskRow> rows;
  if (desk_ && !down()) rows = desk_->take_rows();
  if (!rows.empty()) changes.push_back(ports::DeskChange{rows});
  Result<void> result;
  if (down()) {
    result = Fault::unavailable;
  } else {
    const Lap lap(commit_times_);
    result = store_.commit(changes);
  }
  if (!result && result.error() == Fault::unsynced) return listener_.lost();
  if (!result) {
    if (!rows.empty()) desk_->put_back(rows);
    const std::lock_guard lock(mutex_);
    down_ = true;
  }
  std::map<std::uint32_t, std::vector<Done>> done;
  for (const Item& item : group) {
    if (item.told) {
      item.told(result);
    } else {
      done[item.work.core].push_back({item.work.token, result});
    }
  }
  for (auto& [core, of_core] : done) listener_.committed(core, std::move(of_core));
}

void Committer::probe() {
  const Result<void> works = store_.probe();
  probe_at_ = Steady::now() + milliseconds(probe_ms);
  if (!works && works.error() == Fault::unsynced) return listener_.lost();
  if (!works) return;
  {
    const std::lock_guard lock(mutex_);
    down_ = false;
  }
  listener_.store_is_back();
}

void Committer::sweep() {
  const Result<bool> more = store_.sweep(clock_.now(), retention_, sweep_rows);
  if (!more && more.error() == Fault::unsynced) return listener_.lost();
  const bool soon = more && *more;
  sweep_at_ = Steady::now() + milliseconds(soon ? sweep_on_ms : sweep_ms);
}

}  // namespace alur::runtime
