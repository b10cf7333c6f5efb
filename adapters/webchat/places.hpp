// Places: how much of something each address may have at once. Internal to the folder.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace alur::adapters {

// From all loops.
class Addresses {
 public:
  bool take(const std::string& address, std::size_t most) {
    const std::lock_guard lock(mutex_);
    std::size_t& count = counts_[address];
    if (count >= most) return false;
    ++count;
    return true;
  }
  void give_back(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(address);
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::size_t> counts_;
};

// One place of an address, held until it goes.
class Place {
 public:
  Place() = default;
  Place(std::shared_ptr<Addresses> of, std::string address)
      : of_(std::move(of)), address_(std::move(address)) {}
  Place(Place&& other) noexcept = default;
  Place& operator=(Place&& other) noexcept {
    std::swap(of_, other.of_);
    std::swap(address_, other.address_);
    return *this;
  }
  ~Place() {
    if (of_) of_->give_back(address_);
  }

 private:
  std::shared_ptr<Addresses> of_;
  std::string address_;
};

}  // namespace alur::adapters
