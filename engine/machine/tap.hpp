// Tap: what a button names when it comes back. Short, opaque, and bound to the one time that its
// question was asked, so that a tap on an old message is recognised.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/value/value.hpp"

namespace alur::machine {

struct Tap {
  std::uint32_t serial = 0;   // of the question, within the session
  value::NameKey option = 0;  // the option, across versions
  std::uint32_t item = 0;     // of `each`: which item
  bool operator==(const Tap&) const = default;
};

// The entry that shows another page of the same question's choices; `item` says which, from 0.
// No option has this key.
inline constexpr value::NameKey page_key = 0;

// At most 21 characters of a-z, 0-9 and `-`: fits every channel's button id.
std::string to_text(const Tap& tap);
std::optional<Tap> parse_tap(std::string_view text);

}  // namespace alur::machine
