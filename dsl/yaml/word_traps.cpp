// Plain words that other YAML readers take for something else than text.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dsl/yaml/lines.hpp"
#include "dsl/yaml/read_yaml.hpp"

namespace alur::dsl {
namespace {

constexpr std::array<std::string_view, 6> boolean_words{"yes", "no", "on", "off", "y", "n"};

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool looks_like_boolean_trap(const Node& node) {
  if (!node.is_plain() || node.text().size() > 3) return false;
  std::string word(node.text());
  std::transform(word.begin(), word.end(), word.begin(), to_lower);
  return std::find(boolean_words.begin(), boolean_words.end(), word) != boolean_words.end();
}

bool looks_like_number_trap(const Node& node) {
  const std::string_view text = node.text();
  return node.is_plain() && text.size() > 1 && text[0] == '0' &&
         std::all_of(text.begin(), text.end(), is_digit);
}

bool looks_like_missing_space(const Node& node) {
  const std::string_view text = node.text();
  if (!node.is_plain() || text.find(' ') != std::string_view::npos) return false;
  std::size_t colon = 0;
  while (colon < text.size() && (is_lower(text[colon]) || text[colon] == '_')) ++colon;
  return colon > 0 && colon + 1 < text.size() && text[colon] == ':' && text[colon + 1] != '/';
}

}  // namespace alur::dsl
