// What the expression grammar reads: the text cut into operands and operators, nothing decided yet.
// expression_tree.cpp makes the tree of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl::syntax {

struct Argument;

enum class HeadKind : std::uint8_t {
  number,
  duration,
  date,
  time,
  text,      // quotes included
  constant,  // true, false, unset
  name,      // a call where the extent goes on after the word
  group,     // one argument: what the parentheses hold
  list,      // only right after `in`
};

struct Head {
  HeadKind kind{};
  Slice word;  // empty for group and list
  std::vector<Argument> arguments;
  Slice extent;
  bool is_call() const { return kind == HeadKind::name && extent.last != word.last; }
};

// `not -company.age`
struct Term {
  std::vector<Slice> prefixes;
  Head head;
  std::vector<Slice> fields;
};

// An operator and what is right of it; `is set` and `is unset` leave that as it is.
struct Link {
  Slice op;
  Term right;
};

struct Chain {
  Term first;
  std::vector<Link> rest;
};

struct Argument {
  Slice name;  // empty when only a value is given
  Chain value;
};

struct Filter {
  Slice name;
  std::vector<Argument> arguments;
  Slice extent;
};

// What stands between the braces of a text.
struct Filling {
  Chain value;
  std::vector<Filter> filters;
};

// A target or a call: `name`, `name(arguments)`.
struct Reference {
  Slice name;
  bool has_arguments = false;
  std::vector<Argument> arguments;
};

// What a Halt may say was wanted; all else is the end, or what may follow an operand.
inline constexpr const char* wanted_operand = "operand";
inline constexpr const char* wanted_field = "field";
inline constexpr const char* wanted_filter = "filter";
inline constexpr const char* wanted_name = "name";
inline constexpr const char* wanted_arguments = "arguments";

// The bracket depth of the text must have been checked: these recurse.
std::optional<Halt> read_expression(Slice text, Chain& tree);
std::optional<Halt> read_filling(Slice text, Filling& tree);
std::optional<Halt> read_arguments(Slice text, std::vector<Argument>& tree);
std::optional<Halt> read_target(Slice text, Reference& tree);
std::optional<Halt> read_call(Slice text, Reference& tree);

}  // namespace alur::dsl::syntax
