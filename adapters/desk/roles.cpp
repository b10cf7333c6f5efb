#include "adapters/desk/roles.hpp"

#include <algorithm>

namespace alur::adapters {
namespace {

struct ActionEntry {
  std::string_view name;
  std::string_view roles;
  std::string_view meaning;
};

constexpr ActionEntry entries[] = {
#define ACTION(name, roles, meaning) {#name, roles, meaning},
#include "adapters/desk/roles.def"
#undef ACTION
};

const ActionEntry& entry_of(Action action) {
  return entries[static_cast<std::size_t>(action)];
}

char letter_of(ports::Role role) {
  switch (role) {
    case ports::Role::agent:
      return 'A';
    case ports::Role::supervisor:
      return 'S';
    case ports::Role::content:
      return 'C';
    case ports::Role::administrator:
      return 'D';
    case ports::Role::auditor:
      return 'U';
  }
  return '?';
}

}  // namespace

std::string_view to_text(Action action) {
  return entry_of(action).name;
}

std::optional<Action> to_action(std::string_view text) {
  const auto* found = std::find_if(std::begin(entries), std::end(entries),
                                   [&](const ActionEntry& entry) { return entry.name == text; });
  if (found == std::end(entries)) return std::nullopt;
  return static_cast<Action>(found - std::begin(entries));
}

std::string_view meaning_of(Action action) {
  return entry_of(action).meaning;
}

bool may(ports::Role role, Action action) {
  return entry_of(action).roles.find(letter_of(role)) != std::string_view::npos;
}

}  // namespace alur::adapters
