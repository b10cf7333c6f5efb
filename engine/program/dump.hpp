// The dump of compiled units: readable, deterministic, the same for equal tables wherever they come
// from. For people and for tests; nothing reads it back. Of verified tables only.
#pragma once

#include <string>

#include "engine/program/program.hpp"

namespace alur::program {

// What app.yaml declares, and the code of its handlers.
std::string dump(const App& app);
// A flow: what it declares, then its code by states, each line with its address and its place.
std::string dump(const App& app, const Unit& unit);
// The app, then every flow.
std::string dump(const Program& program);

}  // namespace alur::program
