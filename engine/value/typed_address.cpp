// Hand-written and linear: no pattern that could backtrack over what a citizen sends.
#include "engine/value/typed_address.hpp"

#include <algorithm>

#include "engine/value/typed_scan.hpp"

namespace alur::value {

namespace {

constexpr std::size_t figures_max = 15;  // E.164
constexpr std::size_t foreign_figures_min = 8;
constexpr std::size_t local_part_max = 64;
constexpr std::size_t address_max = 254;
constexpr std::size_t label_max = 63;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}

// The figures, and whether a + stood before them.
struct Figures {
  std::string digits;
  bool plus = false;
};

std::optional<Figures> figures_of(std::string_view folded) {
  Figures figures;
  figures.plus = folded.starts_with('+');
  if (figures.plus) folded.remove_prefix(1);
  int open_brackets = 0;
  for (const char c : folded) {
    if (is_digit(c)) {
      figures.digits += c;
      continue;
    }
    if (std::string_view(" -.()").find(c) == std::string_view::npos) return std::nullopt;
    open_brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (open_brackets < 0 || open_brackets > 1) return std::nullopt;
  }
  if (open_brackets != 0 || figures.digits.size() > figures_max + 3) return std::nullopt;
  return figures;
}

// What follows +62, a national 0 before it dropped.
std::optional<std::string> indonesian(std::string_view national) {
  if (national.starts_with('0')) national.remove_prefix(1);
  if (national.size() < 7 || national.size() > 12) return std::nullopt;
  if (national.front() < '2') return std::nullopt;  // no area begins with 0 or 1
  if (national.front() == '8' && national.size() < 9) return std::nullopt;
  return std::string("+62").append(national);
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > local_part_max) return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != local.npos) return false;
  return std::all_of(local.begin(), local.end(), [](char c) {
    return is_letter_or_digit(c) ||
           std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > label_max) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view last;
  for (std::size_t dot = 0; dot != domain.npos; ++labels) {
    dot = domain.find('.');
    last = domain.substr(0, dot);
    if (!is_label(last)) return false;
    if (dot != domain.npos) domain.remove_prefix(dot + 1);
  }
  return labels >= 2 && last.size() >= 2 && is_letter(last.front());
}

}  // namespace

std::optional<std::string> read_phone(std::string_view folded) {
  const auto figures = figures_of(folded);
  if (!figures) return std::nullopt;
  std::string_view digits = figures->digits;
  const bool international = figures->plus || digits.starts_with("00");
  if (!figures->plus && digits.starts_with("00")) digits.remove_prefix(2);
  if (digits.starts_with("62")) return indonesian(digits.substr(2));
  if (!international) {
    return digits.starts_with('0') ? indonesian(digits) : std::nullopt;
  }
  if (digits.starts_with('0')) return std::nullopt;
  if (digits.size() < foreign_figures_min || digits.size() > figures_max) return std::nullopt;
  return std::string("+").append(digits);
}

std::optional<std::string> read_email(std::string_view trimmed_input) {
  if (trimmed_input.size() > address_max) return std::nullopt;
  const std::size_t at = trimmed_input.rfind('@');
  if (at == trimmed_input.npos) return std::nullopt;
  if (!is_local_part(trimmed_input.substr(0, at))) return std::nullopt;
  if (!is_domain(trimmed_input.substr(at + 1))) return std::nullopt;
  std::string address(trimmed_input);
  std::transform(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(),
                 address.begin() + static_cast<std::ptrdiff_t>(at), [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
                 });
  return address;
}

}  // namespace alur::value
