// The handlers and defaults of app.yaml, and their code. Internal to the dump.
#pragma once

#include <string>

#include "engine/program/program.hpp"

namespace alur::program {

std::string dump_handlers(const App& app);

}  // namespace alur::program
