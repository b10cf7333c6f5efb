#include "adapters/desk/account_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "adapters/desk/accounts.hpp"
#include "engine/value/code_points.hpp"
#include "engine/value/text.hpp"

namespace alur::adapters {
namespace {

// Control characters, and what turns the direction of writing: in a name they would disguise it.
bool is_printable(std::string_view text) {
  if (!value::is_valid_utf8(text)) return false;
  for (value::CodePoints points(text); !points.at_end();) {
    const char32_t point = points.next();
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return false;
    if (point >= 0x200b && point <= 0x200f) return false;
    if (point >= 0x2028 && point <= 0x202e) return false;
    if ((point >= 0x2060 && point <= 0x206f) || point == 0xfeff) return false;
  }
  return true;
}

bool is_queue(std::string_view queue) {
  return !queue.empty() && queue.size() <= queue_length_max &&
         std::all_of(queue.begin(), queue.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

std::optional<std::string> to_account_name(std::string_view text) {
  std::string name(value::trimmed(text));
  if (name.size() < account_name_length_min || name.size() > account_name_length_max) return {};
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool letter = c >= 'a' && c <= 'z';
    const bool other = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!letter && (!other || &c == name.data())) return std::nullopt;
  }
  return name;
}

bool is_sound(const ports::Account& account) {
  const std::size_t length = value::code_point_length(account.full_name);
  if (length == 0 || length > full_name_length_max || !is_printable(account.full_name))
    return false;
  if (account.queues.size() > queues_max || account.units < 0 || account.units > units_max) {
    return false;
  }
  return std::all_of(account.queues.begin(), account.queues.end(), is_queue);
}

std::string what_changed(const ports::Account& before, const ports::Account& after) {
  std::vector<std::string> parts;
  const auto note = [&](std::string_view what, const auto& old_one, const auto& new_one) {
    if (old_one != new_one) parts.push_back(fmt::format("{} {} -> {}", what, old_one, new_one));
  };
  const auto queues_of = [](const ports::Account& account) {
    return account.queues.empty() ? "none" : fmt::format("{}", fmt::join(account.queues, "+"));
  };
  note("role", to_text(before.role), to_text(after.role));
  note("queues", queues_of(before), queues_of(after));
  note("units", before.units, after.units);
  if (before.full_name != after.full_name) parts.push_back("another full name");
  if (!before.code_secret.empty() && after.code_secret.empty()) parts.push_back("codes off");
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace alur::adapters
