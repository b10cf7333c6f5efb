// Verification: what the machine takes for granted, checked once before a program runs, also of one
// that came from a file of bytes. After it the machine reads no table out of range, follows no null
// type, and evaluates no expression for ever. Not here: whether the program says what its author
// meant (dsl/check).
#pragma once

#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::program {

// The depth of an expression's tree; the language allows 128 levels, each at most two nodes.
inline constexpr std::size_t node_depth_max = 260;

// What is wrong, a line each; of many only the first.
using Problems = std::vector<std::string>;
inline constexpr std::size_t problems_max = 100;

Problems verify(const Program& program);

// The parts of it that need no other unit, for units that are not linked yet: what they find makes
// linking unsafe.
void verify_app(const App& app, Problems& problems);
void verify_unit(const App& app, const Unit& unit, Problems& problems);
// Names: that no two flows have the same key, and that the start and every import are there.
void verify_names(const App& app, const std::vector<std::shared_ptr<const Unit>>& flows,
                  Problems& problems);
// What one unit says about another, and endless.hpp. Of a linked program whose parts are verified.
void verify_links(const Program& program, Problems& problems);

}  // namespace alur::program
