#include "tools/replay/brief.hpp"

#include "engine/value/text.hpp"

namespace alur::tools {

std::string cut_to_columns(std::string_view text, std::size_t columns_max) {
  if (value::display_width(text) <= columns_max) return std::string(text);
  std::size_t units = columns_max;
  std::string_view head = value::grapheme_prefix(text, units);
  while (units > 0 && value::display_width(head) + 1 > columns_max) {
    head = value::grapheme_prefix(text, --units);
  }
  return std::string(head) + "\u2026";
}

std::string brief(const machine::Message& message) {
  std::string line;
  for (const char c : message.text) line += c == '\n' ? ' ' : c;
  std::string choices;
  for (const machine::Choice& choice : message.choices) choices += " [" + choice.label + "]";
  const std::size_t width = value::display_width(choices);
  const std::size_t room = width + 24 < brief_columns_max ? brief_columns_max - width : 24;
  return cut_to_columns(cut_to_columns(line, room) + choices, brief_columns_max);
}

}  // namespace alur::tools
