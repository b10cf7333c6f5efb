#include "engine/runtime/committer.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace alur::runtime {

using ports::Fault;
using ports::Result;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t sweep_rows = 200;

}  // namespace

Committer::Committer(ports::Store& store, const ports::Clock& clock, ports::Retention retention,
                     Listener listener)
    : store_(store),
      clock_(clock),
      retention_(retention),
      listener_(std::move(listener)),
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
    wake = queue_.empty() && !busy_;
    for (Work& one : work) queue_.push_back({std::move(one), nullptr});
  }
  if (wake) has_work_.notify_one();
}

Result<void> Committer::commit_now(ports::Change change) {
  Asked asked;
  std::unique_lock lock(mutex_);
  queue_.push_back({{0, 0, std::move(change)}, &asked});
  has_work_.notify_one();
  was_done_.wait(lock, [&] { return asked.done; });
  return asked.result;
}

bool Committer::idle() const {
  const std::lock_guard lock(mutex_);
  return queue_.empty() && !busy_;
}

bool Committer::down() const {
  const std::lock_guard lock(mutex_);
  return down_;
}

std::size_t Committer::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::vector<Committer::Item> Committer::take() {
  std::vector<Item> group;
  while (!queue_.empty() && group.size() < group_max) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void Committer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto patience = milliseconds(down_ ? probe_ms : sweep_ms);
    busy_ = false;
    const bool woken =
        has_work_.wait_for(lock, patience, [this] { return !queue_.empty() || stopping_; });
    busy_ = true;
    std::vector<Item> group = take();
    const bool last = group.empty() && stopping_;
    const bool was_down = down_;
    lock.unlock();
    if (!group.empty()) commit(std::move(group));
    if (!woken && was_down) probe();
    if (!woken && !was_down) sweep();
    lock.lock();
    if (last) break;
  }
  busy_ = false;
}

void Committer::commit(std::vector<Item> group) {
  std::vector<ports::Change> changes;
  changes.reserve(group.size());
  for (Item& item : group) changes.push_back(std::move(item.work.change));
  Result<void> result;
  if (down()) {
    result = Fault::unavailable;
  } else {
    result = store_.commit(changes);
  }
  if (!result && result.error() == Fault::unsynced) return listener_.lost();
  std::map<std::uint32_t, std::vector<Done>> done;
  {
    const std::lock_guard lock(mutex_);
    if (!result) down_ = true;
    for (const Item& item : group) {
      if (item.asked) {
        item.asked->result = result;
        item.asked->done = true;
      } else {
        done[item.work.core].push_back({item.work.token, result});
      }
    }
  }
  was_done_.notify_all();
  for (auto& [core, of_core] : done) listener_.committed(core, std::move(of_core));
}

void Committer::probe() {
  const Result<void> works = store_.probe();
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
  if (!more && more.error() == Fault::unsynced) listener_.lost();
}

}  // namespace alur::runtime
