// Single bytes: what may stand where. ASCII only; the bytes of other characters are none of these.
#pragma once

namespace alur::dsl {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || is_capital(c);
}
constexpr bool is_name_character(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}
constexpr char to_small(char c) {
  return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
// A byte of a character beyond ASCII.
constexpr bool is_foreign(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace alur::dsl
