// What the functions and operators of expressions give. Unset where they cannot.
#pragma once

#include <array>
#include <optional>

#include "engine/program/program.hpp"

namespace alur::machine {

using program::function_arguments_max;

struct FunctionScene {
  const program::Program& program;
  value::Instant now;
  program::Index language;
  std::optional<program::Index> hours;  // the argument that names opening hours
};

using FunctionArguments = std::array<const value::Value*, function_arguments_max>;

value::Value apply_function(program::Function function, const FunctionArguments& arguments,
                            const FunctionScene& scene);

// add, subtract, multiply, divide
value::Value calculate(program::NodeKind kind, const value::Value& a, const value::Value& b);

}  // namespace alur::machine
