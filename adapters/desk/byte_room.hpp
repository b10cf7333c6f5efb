// ByteRoom: how many bytes may be held in memory at a time, whoever holds them. From any thread;
// what was taken may be let go after the room itself is gone.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

namespace alur::adapters {

class ByteRoom {
 public:
  explicit ByteRoom(std::uint64_t bytes_max) : held_(std::make_shared<Held>(bytes_max)) {}

  // Given back when what it gives goes. Null: there is no room now. Where nothing is held one may
  // take more than there is, so that what is too large for it is served, too.
  std::shared_ptr<void> take(std::uint64_t bytes) {
    const std::lock_guard lock(held_->mutex);
    const bool fits = held_->bytes == 0 || held_->bytes + bytes <= held_->bytes_max;
    if (!fits) return nullptr;
    held_->bytes += bytes;
    return std::make_shared<Place>(held_, bytes);
  }

 private:
  struct Held {
    explicit Held(std::uint64_t most) : bytes_max(most) {}
    const std::uint64_t bytes_max;
    std::mutex mutex;
    std::uint64_t bytes = 0;
  };
  struct Place {
    Place(std::shared_ptr<Held> of, std::uint64_t size) : held(std::move(of)), bytes(size) {}
    ~Place() {
      const std::lock_guard lock(held->mutex);
      held->bytes -= bytes;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    std::shared_ptr<Held> held;
    std::uint64_t bytes;
  };

  std::shared_ptr<Held> held_;
};

}  // namespace alur::adapters
