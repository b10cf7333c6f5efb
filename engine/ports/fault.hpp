// What can go wrong in the outside world, and the result of asking it for something.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string_view>

namespace alur::ports {

enum class Fault : std::uint8_t {
  unavailable,  // not now; nothing was changed; may be tried again
  full,         // no room; nothing was changed; may be tried again
  unsynced,     // what was written may or may not be durable: stop, start again and read
  unreadable,   // what is there is not what we wrote
  timed_out,    // no answer in time
  refused       // asked for something that it does not do
};
std::string_view to_text(Fault fault);

// A T, or the fault that kept it from coming.
template <class T>
using Result = boost::system::result<T, Fault>;

}  // namespace alur::ports
