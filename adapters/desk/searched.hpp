// Searched: a conversation among those that are searched, and the order in which they are shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/desk/conversation.hpp"

namespace alur::adapters {

// Where a conversation stands among what is found: those at the desk first, then the latest.
struct SearchPlace {
  bool ended = false;
  value::Instant at;  // of the latest that happened
  desk::Citizen citizen = 0;
  bool operator<(const SearchPlace& other) const {
    if (ended != other.ended) return !ended;
    return at != other.at ? other.at < at : citizen < other.citizen;
  }
};
// "p1700000000000.00000000000000ab": where the next page begins.
std::string to_text(const SearchPlace& place);
std::optional<SearchPlace> to_search_place(std::string_view text);

struct Searched {
  SearchPlace place;
  bool is_it = false;      // found already, whatever was said in it
  bool is_kept = false;    // what was said in it is not searched
  std::uint64_t told = 0;  // changes whenever something is said in it, but for an ended one
  std::string about;       // what is known of it beside what was said
};

}  // namespace alur::adapters
