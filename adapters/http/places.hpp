// Places: how many connections each address has, so that none takes what all need. From any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace alur::adapters {

// What connections of this address are counted under: an IPv4 address as it is, in IPv6's clothes
// too; of IPv6 the first 64 bits, since whoever has one has all that begin so. Empty for what is no
// address.
std::string counted_as(std::string_view address);

// The last address that X-Forwarded-For names, which a trusted proxy put there: what stands before
// it, anybody can write. Empty where that is none.
std::string_view last_forwarded(std::string_view header);

class Places {
 public:
  bool take(const std::string& counted, std::size_t most);
  void give_back(const std::string& counted);

 private:
  std::mutex mutex_;
  std::map<std::string, std::size_t> counts_;
};

// One of them, held until it goes.
class Place {
 public:
  Place() = default;
  Place(std::shared_ptr<Places> of, std::string counted)
      : of_(std::move(of)), counted_(std::move(counted)) {}
  Place(Place&& other) noexcept = default;
  Place& operator=(Place&& other) noexcept {
    std::swap(of_, other.of_);
    std::swap(counted_, other.counted_);
    return *this;
  }
  ~Place() {
    if (of_) of_->give_back(counted_);
  }

 private:
  std::shared_ptr<Places> of_;
  std::string counted_;
};

}  // namespace alur::adapters
