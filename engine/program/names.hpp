// What stands in the .def tables, by name and by number: for dumps, for verification, and for the
// fingerprint of compiled bytes.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/program/unit.hpp"

namespace alur::program {

std::string_view to_text(Op op);
std::string_view to_text(NodeKind kind);
std::string_view to_text(Function function);
std::string_view to_text(Filter filter);
std::string_view to_text(SystemText text);
// What the compiler brings for a language whose app has no words of its own: Indonesian, or
// English.
std::string_view brought_words(SystemText text, std::string_view language);
std::string_view to_text(Scope scope);
std::string_view to_text(Overflow overflow);

inline constexpr std::size_t op_count = 0
#define INSTRUCTION(name, operands, meaning) +1
#include "engine/program/instruction.def"
#undef INSTRUCTION
    ;
inline constexpr std::size_t node_kind_count = 0
#define NODE(name, operands, meaning) +1
#include "engine/program/node.def"
#undef NODE
    ;
inline constexpr std::size_t function_count = 0
#define FUNCTION(name, meaning) +1
#include "engine/program/function.def"
#undef FUNCTION
    ;
inline constexpr std::size_t filter_count = 0
#define FILTER(name, meaning) +1
#include "engine/program/filter.def"
#undef FILTER
    ;
inline constexpr std::size_t scope_count = 4;
inline constexpr std::size_t overflow_count = 5;

// Whether the session rests at this instruction, which must then have a site.
constexpr bool rests(Op op) {
  return op == Op::ask || op == Op::call || op == Op::run || op == Op::handoff || op == Op::pause;
}

}  // namespace alur::program
