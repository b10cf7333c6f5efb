// What an app says of its queues, as a desk is told it.
#pragma once

#include "engine/desk/settings.hpp"
#include "engine/program/program.hpp"

namespace alur::desk {

Settings settings_of(const program::App& app);

}  // namespace alur::desk
