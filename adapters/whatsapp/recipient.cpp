#include "adapters/whatsapp/recipient.hpp"

#include <algorithm>

namespace alur::adapters {
namespace {

constexpr std::string_view channel = "whatsapp:";
constexpr std::size_t phone_min = 5;
constexpr std::size_t phone_max = 20;
constexpr std::size_t user_id_max = 128;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_phone(std::string_view text) {
  return text.size() >= phone_min && text.size() <= phone_max &&
         std::all_of(text.begin(), text.end(), is_digit);
}

bool is_user_id(std::string_view text) {
  if (text.size() < 4 || !is_capital(text[0]) || !is_capital(text[1]) || text[2] != '.') {
    return false;
  }
  std::string_view rest = text.substr(3);
  if (rest.starts_with("ENT.")) rest.remove_prefix(4);
  return !rest.empty() && rest.size() <= user_id_max &&
         std::all_of(rest.begin(), rest.end(),
                     [](char c) { return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); });
}

}  // namespace

std::optional<Recipient> parse_recipient(std::string_view text) {
  if (is_phone(text)) return Recipient{Recipient::Kind::phone, std::string(text)};
  if (is_user_id(text)) return Recipient{Recipient::Kind::user_id, std::string(text)};
  return std::nullopt;
}

std::string_view number_of(std::string_view address) {
  if (!address.starts_with(channel)) return {};
  address.remove_prefix(channel.size());
  const std::size_t slash = address.find('/');
  if (slash == address.npos) return {};
  const std::string_view number = address.substr(0, slash);
  return std::all_of(number.begin(), number.end(), is_digit) ? number : std::string_view();
}

std::optional<WhatsAppAddress> parse_address(std::string_view address) {
  const std::string_view number = number_of(address);
  if (number.empty()) return std::nullopt;
  auto recipient = parse_recipient(address.substr(channel.size() + number.size() + 1));
  if (!recipient) return std::nullopt;
  return WhatsAppAddress{std::string(number), std::move(*recipient)};
}

}  // namespace alur::adapters
