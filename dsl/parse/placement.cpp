#include "dsl/parse/placement.hpp"

#include <algorithm>

#include "dsl/grammar/letters.hpp"

namespace alur::dsl {
namespace {

struct PlacementRow {
  std::string_view key;
  std::string_view where;
};

constexpr PlacementRow placements[] = {
#define PLACEMENT(key, where) {#key, where},
#include "dsl/parse/placement.def"
#undef PLACEMENT
};

bool is_small(char letter) {
  return is_letter(letter) && !is_capital(letter);
}
char to_capital(char letter) {
  return is_small(letter) ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool is_region(std::string_view region) {
  return (region.size() == 2 && std::all_of(region.begin(), region.end(), is_capital)) ||
         (region.size() == 3 && std::all_of(region.begin(), region.end(), is_digit));
}

}  // namespace

std::string_view find_placement(std::string_view key) {
  for (const PlacementRow& row : placements) {
    if (row.key == key) return row.where;
  }
  return {};
}

bool is_language(std::string_view key) {
  if (key.size() < 2 || !is_small(key[0]) || !is_small(key[1]) || key == "if") return false;
  return key.size() == 2 || (key[2] == '-' && is_region(key.substr(3)));
}

std::string to_language(std::string_view key) {
  std::string language(key);
  if (language.size() > 2 && language[2] == '_') language[2] = '-';
  const std::size_t region = std::min<std::size_t>(2, language.size());
  std::transform(language.begin(), language.begin() + static_cast<std::ptrdiff_t>(region),
                 language.begin(), to_small);
  std::transform(language.begin() + static_cast<std::ptrdiff_t>(region), language.end(),
                 language.begin() + static_cast<std::ptrdiff_t>(region), to_capital);
  return is_language(language) ? language : std::string();
}

}  // namespace alur::dsl
