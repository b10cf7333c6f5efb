// Action: what can be done at a desk, and which roles may. One table (roles.def) for the door's
// routes, the socket's messages and the audit. Whose conversation it is, the desk itself judges.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/ports/staff.hpp"

namespace alur::adapters {

enum class Action : std::uint8_t {
#define ACTION(name, roles, meaning) name,
#include "adapters/desk/roles.def"
#undef ACTION
};

inline constexpr std::array all_actions = {
#define ACTION(name, roles, meaning) Action::name,
#include "adapters/desk/roles.def"
#undef ACTION
};

// As the audit has it: "set_password".
std::string_view to_text(Action action);
std::optional<Action> to_action(std::string_view text);
// In plain words, with whoever did it before them: "changed their password".
std::string_view meaning_of(Action action);

bool may(ports::Role role, Action action);

}  // namespace alur::adapters
