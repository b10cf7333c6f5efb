// Slice: a run of the author's text, by address. All slices of one reading point into the same
// text, so the pieces that one grammar finds can be handed to the next without losing their places.
#pragma once

#include <cstddef>
#include <string_view>

namespace alur::dsl {

struct Slice {
  const char* first = nullptr;
  const char* last = nullptr;

  static Slice of(std::string_view text) { return {text.data(), text.data() + text.size()}; }
  std::string_view view() const { return {first, size()}; }
  std::size_t size() const { return static_cast<std::size_t>(last - first); }
  bool empty() const { return first == last; }
};

}  // namespace alur::dsl
