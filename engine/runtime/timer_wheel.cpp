#include "engine/runtime/timer_wheel.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace alur::runtime {
namespace {

// A tick after the due time, so that nothing fires early.
std::int64_t tick_of(std::int64_t due_ms) {
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 4;
  return std::min(due_ms, far) / TimerWheel::tick_ms + 1;
}

}  // namespace

TimerWheel::TimerWheel(std::int64_t now_ms) : now_(now_ms / tick_ms) {
  make_index(64);
  for (std::uint32_t head = 0; head < heads; ++head) {
    const std::uint32_t index = take_node();
    node(index).next = node(index).previous = index;
  }
}

std::size_t TimerWheel::bytes() const {
  return chunks_.size() * chunk * sizeof(Node) + index_size_ * sizeof(std::uint32_t);
}

// --- nodes

std::uint32_t TimerWheel::take_node() {
  if (free_ != none) {
    const std::uint32_t index = free_;
    free_ = node(index).next;
    return index;
  }
  // The first are few in most services: in plain pages they take what they need.
  if (used_ == chunks_.size() * chunk) chunks_.push_back(make_table<Node>(chunk, used_ > 0));
  return used_++;
}

void TimerWheel::link(std::uint32_t index, std::int64_t tick_min) {
  Node& armed = node(index);
  constexpr std::int64_t reach = std::int64_t{1} << (8 * levels);
  // What lies beyond the last wheel is looked at again when that comes round.
  const std::int64_t tick = std::clamp(armed.tick, tick_min, now_ + reach - 1);
  int level = 0;
  while (tick - now_ >= std::int64_t{1} << (8 * (level + 1))) ++level;
  const auto slot = static_cast<std::uint32_t>(tick >> (8 * level)) % slots;
  const std::uint32_t head = static_cast<std::uint32_t>(level) * slots + slot;
  armed.next = head;
  armed.previous = node(head).previous;
  node(armed.previous).next = index;
  node(head).previous = index;
  const std::int64_t look = tick >> (8 * level) << (8 * level);
  next_ = count_ == 0 ? look : std::min(next_, look);
}

void TimerWheel::unlink(std::uint32_t index) {
  const Node& armed = node(index);
  node(armed.previous).next = armed.next;
  node(armed.next).previous = armed.previous;
}

void TimerWheel::release(std::uint32_t index) {
  node(index).next = free_;
  free_ = index;
  --count_;
}

// --- the index

std::uint32_t TimerWheel::find(std::uint64_t key) const {
  const std::size_t mask = index_size_ - 1;
  for (std::size_t at = bucket(key); index_[at] != none; at = (at + 1) & mask) {
    if (node(index_[at]).key == key) return index_[at];
  }
  return none;
}

void TimerWheel::insert(std::uint32_t index) {
  const std::size_t mask = index_size_ - 1;
  std::size_t at = bucket(node(index).key);
  while (index_[at] != none) at = (at + 1) & mask;
  index_[at] = index;
}

void TimerWheel::erase(std::uint64_t key) {
  const std::size_t mask = index_size_ - 1;
  std::size_t at = bucket(key);
  while (node(index_[at]).key != key) at = (at + 1) & mask;
  // Those that follow move up where they still would be found.
  for (std::size_t next = (at + 1) & mask; index_[next] != none; next = (next + 1) & mask) {
    const std::size_t home = bucket(node(index_[next]).key);
    if (((next - home) & mask) < ((next - at) & mask)) continue;
    index_[at] = index_[next];
    at = next;
  }
  index_[at] = none;
}

void TimerWheel::make_index(std::size_t size) {
  index_ = make_table<std::uint32_t>(size, size * sizeof(std::uint32_t) >= big_page_bytes);
  index_size_ = size;
  shift_ = 64 - std::countr_zero(size);
  std::fill_n(index_.get(), size, none);
}

void TimerWheel::grow() {
  const Table<std::uint32_t> old = std::move(index_);
  const std::size_t size = index_size_;
  make_index(size * 2);
  for (std::size_t at = 0; at < size; ++at) {
    if (old[at] != none) insert(old[at]);
  }
}

// --- timers

void TimerWheel::arm(std::uint64_t key, std::int64_t due_ms) {
  std::uint32_t index = find(key);
  if (index != none) {
    Node& armed = node(index);
    const bool later = tick_of(due_ms) >= armed.tick;
    armed.tick = tick_of(due_ms);
    // One that is put off, as most are, moves when its slot is looked at: what lies beside it in
    // memory need not be touched now.
    if (later) return;
    unlink(index);
    link(index, now_ + 1);
    return;
  }
  if ((count_ + 1) * 4 > index_size_ * 3) grow();
  index = take_node();
  node(index).key = key;
  node(index).tick = tick_of(due_ms);
  link(index, now_ + 1);
  insert(index);
  ++count_;
}

void TimerWheel::cancel(std::uint64_t key) {
  const std::uint32_t index = find(key);
  if (index == none) return;
  unlink(index);
  erase(key);
  release(index);
}

// Moves a slot's timers to the wheels below.
void TimerWheel::cascade(int level) {
  const auto slot = static_cast<std::uint32_t>(now_ >> (8 * level)) % slots;
  const std::uint32_t head = static_cast<std::uint32_t>(level) * slots + slot;
  std::uint32_t index = node(head).next;
  node(head).next = node(head).previous = head;
  while (index != head) {
    const std::uint32_t next = node(index).next;
    link(index, now_);  // what is due at this very tick goes into the slot that is looked at next
    index = next;
  }
}

void TimerWheel::process_tick(std::vector<std::uint64_t>& due) {
  for (int level = levels - 1; level > 0; --level) {
    if ((now_ & ((std::int64_t{1} << (8 * level)) - 1)) == 0) cascade(level);
  }
  const auto head = static_cast<std::uint32_t>(now_) % slots;
  while (!is_empty(head)) {
    const std::uint32_t index = node(head).next;
    unlink(index);
    const std::uint64_t key = node(index).key;
    if (node(index).tick > now_) {  // it was put off, or lay beyond the last wheel
      link(index, now_ + 1);
      continue;
    }
    erase(key);
    release(index);
    due.push_back(key);
  }
}

void TimerWheel::find_next() {
  next_ = std::numeric_limits<std::int64_t>::max();
  for (int level = 0; level < levels; ++level) {
    const std::int64_t here = now_ >> (8 * level);
    for (std::int64_t step = 1; step <= slots; ++step) {
      const auto slot = static_cast<std::uint32_t>(here + step) % slots;
      if (is_empty(static_cast<std::uint32_t>(level) * slots + slot)) continue;
      next_ = std::min(next_, (here + step) << (8 * level));
      break;
    }
  }
}

void TimerWheel::advance(std::int64_t now_ms, std::vector<std::uint64_t>& due) {
  const std::int64_t target = now_ms / tick_ms;
  while (count_ > 0 && next_ <= target) {
    now_ = std::max(now_ + 1, next_);
    process_tick(due);
    find_next();
  }
  now_ = std::max(now_, target);
}

std::optional<std::int64_t> TimerWheel::next_wake() const {
  if (count_ == 0) return std::nullopt;
  return next_ * tick_ms;
}

}  // namespace alur::runtime
