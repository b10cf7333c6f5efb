#include "engine/runtime/seen_window.hpp"

#include <cstring>

namespace alur::runtime {
namespace {

constexpr std::size_t head_bytes = 4;
constexpr std::size_t entry_bytes = 12;

std::uint64_t read(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return number;
}

void write(std::string& bytes, std::size_t at, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i));
}

}  // namespace

SeenWindow::SeenWindow(std::string bytes) : bytes_(std::move(bytes)) {
  if (bytes_.size() < head_bytes || (bytes_.size() - head_bytes) % entry_bytes != 0) bytes_.clear();
}

std::size_t SeenWindow::count() const {
  return bytes_.empty() ? 0 : (bytes_.size() - head_bytes) / entry_bytes;
}

ports::SeenId SeenWindow::at(std::size_t index) const {
  const std::size_t place = head_bytes + index * entry_bytes;
  return {read(bytes_, place, 8), static_cast<std::int64_t>(read(bytes_, place + 8, 4))};
}

bool SeenWindow::holds(std::uint64_t id, std::int64_t now) const {
  for (std::size_t i = 0; i < count(); ++i) {
    const ports::SeenId seen = at(i);
    if (seen.id == id && seen.at_seconds + seen_seconds >= now) return true;
  }
  return false;
}

bool SeenWindow::may_be_spilled(std::int64_t now) const {
  if (bytes_.empty()) return false;
  return static_cast<std::int64_t>(read(bytes_, 0, head_bytes)) >= now;
}

void SeenWindow::forget_old(std::int64_t now) {
  std::size_t old = 0;
  while (old < count() && at(old).at_seconds + seen_seconds < now) ++old;
  bytes_.erase(head_bytes, old * entry_bytes);
}

void SeenWindow::add(std::uint64_t id, std::int64_t now, std::vector<ports::SeenId>& spilled) {
  if (bytes_.empty()) bytes_.assign(head_bytes, '\0');
  forget_old(now);
  if (count() >= held_max) {
    auto until = static_cast<std::int64_t>(read(bytes_, 0, head_bytes));
    for (std::size_t i = 0; i < spilled_at_once; ++i) {
      spilled.push_back(at(i));
      until = std::max(until, spilled.back().at_seconds + seen_seconds);
    }
    bytes_.erase(head_bytes, spilled_at_once * entry_bytes);
    write(bytes_, 0, static_cast<std::uint64_t>(until), head_bytes);
  }
  const std::size_t place = bytes_.size();
  bytes_.resize(place + entry_bytes);
  write(bytes_, place, id, 8);
  write(bytes_, place + 8, static_cast<std::uint64_t>(now), 4);
}

}  // namespace alur::runtime
