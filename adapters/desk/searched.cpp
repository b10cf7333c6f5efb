#include "adapters/desk/searched.hpp"

#include <charconv>

#include "adapters/desk/wish.hpp"

namespace alur::adapters {

std::string to_text(const SearchPlace& place) {
  return (place.ended ? "e" : "p") + std::to_string(place.at.milliseconds) + "." +
         to_citizen_text(place.citizen);
}

std::optional<SearchPlace> to_search_place(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (text.empty() || dot == text.npos) return std::nullopt;
  SearchPlace place;
  place.ended = text[0] == 'e';
  const auto citizen = to_citizen(text.substr(dot + 1));
  const auto read = std::from_chars(text.data() + 1, text.data() + dot, place.at.milliseconds);
  if (!citizen || read.ec != std::errc() || read.ptr != text.data() + dot) return std::nullopt;
  place.citizen = *citizen;
  return place;
}

}  // namespace alur::adapters
