// TimerWheel: when each citizen is next due, a million of them in 32 bytes each. Four wheels of 256
// slots, as Varghese and Lauck have it. Knows no clock; nothing fires early, and nothing has to be
// looked at before next_wake().
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/runtime/big_pages.hpp"

namespace alur::runtime {

class TimerWheel {
 public:
  static constexpr std::int64_t tick_ms = 32;

  explicit TimerWheel(std::int64_t now_ms);

  // The only timer of this key, in place of the one before. Due in the past: at the next tick.
  void arm(std::uint64_t key, std::int64_t due_ms);
  void cancel(std::uint64_t key);
  bool holds(std::uint64_t key) const { return find(key) != none; }
  std::size_t size() const { return count_; }
  std::size_t bytes() const;

  // Appends the keys that are due by now, in the order of their ticks; they are armed no more.
  void advance(std::int64_t now_ms, std::vector<std::uint64_t>& due);
  // Not later than the first that is due; nothing when none is armed.
  std::optional<std::int64_t> next_wake() const;

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  static constexpr int levels = 4;
  static constexpr std::uint32_t slots = 256;
  static constexpr std::uint32_t heads = levels * slots;  // the first nodes are the lists' heads
  static constexpr std::uint32_t chunk = 65'536;

  struct Node {
    std::uint64_t key;
    std::int64_t tick;
    std::uint32_t next;
    std::uint32_t previous;
  };

  Node& node(std::uint32_t index) { return chunks_[index / chunk][index % chunk]; }
  const Node& node(std::uint32_t index) const { return chunks_[index / chunk][index % chunk]; }
  std::uint32_t take_node();
  void link(std::uint32_t index, std::int64_t tick_min);
  void unlink(std::uint32_t index);
  void release(std::uint32_t index);
  void process_tick(std::vector<std::uint64_t>& due);
  void cascade(int level);
  bool is_empty(std::uint32_t head) const { return node(head).next == head; }
  void find_next();

  // The index: open addressing, nodes by key.
  std::size_t bucket(std::uint64_t key) const { return (key * 0x9e3779b97f4a7c15u) >> shift_; }
  std::uint32_t find(std::uint64_t key) const;
  void insert(std::uint32_t index);
  void erase(std::uint64_t key);
  void make_index(std::size_t size);
  void grow();

  std::vector<Table<Node>> chunks_;
  std::uint32_t used_ = 0;
  std::uint32_t free_ = none;
  Table<std::uint32_t> index_;
  std::size_t index_size_ = 0;  // a power of two
  int shift_ = 0;
  std::size_t count_ = 0;
  std::int64_t now_ = 0;   // ticks
  std::int64_t next_ = 0;  // no slot before this tick needs a look; meaningless when empty
};

}  // namespace alur::runtime
