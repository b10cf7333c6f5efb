#include "engine/machine/tap.hpp"

#include <array>
#include <charconv>

namespace alur::machine {
namespace {

constexpr int base = 36;

void append(std::uint32_t number, std::string& out) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  out.append(digits.data(), end);
}

bool is_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

// The number up to the next `-` or the end, which is taken too.
std::optional<std::uint32_t> take(std::string_view& text) {
  const std::size_t size = std::min(text.find('-'), text.size());
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + size, number, base);
  if (size == 0 || !is_digit(text.front()) || error != std::errc() || end != text.data() + size) {
    return std::nullopt;
  }
  text.remove_prefix(std::min(size + 1, text.size()));
  return number;
}

}  // namespace

std::string to_text(const Tap& tap) {
  std::string out;
  append(tap.serial, out);
  out += '-';
  append(tap.option, out);
  if (tap.item != 0) {
    out += '-';
    append(tap.item, out);
  }
  return out;
}

std::optional<Tap> parse_tap(std::string_view text) {
  const std::string_view whole = text;
  const auto serial = take(text);
  const auto option = serial ? take(text) : std::nullopt;
  if (!option) return std::nullopt;
  Tap tap{*serial, *option, 0};
  if (!text.empty()) {
    const auto item = take(text);
    if (!item || !text.empty()) return std::nullopt;
    tap.item = *item;
  }
  if (to_text(tap) != whole) return std::nullopt;  // one spelling for each
  return tap;
}

}  // namespace alur::machine
