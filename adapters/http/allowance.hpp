// Allowance: so many at once, and then so many a second. Time is an argument.
#pragma once

#include <algorithm>
#include <cstdint>

namespace alur::adapters {

class Allowance {
 public:
  Allowance(double at_once, double a_second) : left_(at_once), most_(at_once), rate_(a_second) {}

  // False: there is none left now.
  bool take(std::int64_t now_ms) {
    const double passed = static_cast<double>(std::max<std::int64_t>(0, now_ms - since_ms_)) / 1e3;
    left_ = std::min(most_, left_ + passed * rate_);
    since_ms_ = now_ms;
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  double left_;
  double most_;
  double rate_;
  std::int64_t since_ms_ = 0;
};

}  // namespace alur::adapters
