// SeenWindow: which inbound messages of one citizen were taken, for 8 days: the latest stand in the
// session's row, older ones spill to a table. Times are in seconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports/store.hpp"

namespace alur::runtime {

inline constexpr std::int64_t seen_seconds = 8 * 86'400;

class SeenWindow {
 public:
  static constexpr std::size_t held_max = 40;
  static constexpr std::size_t spilled_at_once = 32;

  SeenWindow() = default;
  // Of SessionRow::seen. Bytes that are none of ours hold nothing.
  explicit SeenWindow(std::string bytes);

  // `now` may lie before what was added: a clock that was set back forgets nothing.
  bool holds(std::uint64_t id, std::int64_t now) const;
  // Something that was spilled may still count: ask the store.
  bool may_be_spilled(std::int64_t now) const;
  // Appends to `spilled` what the row gives up.
  void add(std::uint64_t id, std::int64_t now, std::vector<ports::SeenId>& spilled);

  const std::string& bytes() const { return bytes_; }

 private:
  std::size_t count() const;
  ports::SeenId at(std::size_t index) const;
  void forget_old(std::int64_t now);

  std::string bytes_;  // until when something spilled counts, then id and time of each
};

}  // namespace alur::runtime
