// Trace: why a turn did what it did: which rule took the message and what was tried before it,
// which guards held, which texts spoke. Entries are small and refer to the program; explain()
// makes words of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::machine {

enum class Tracing : std::uint8_t { off, on };

// Which rule takes a message, in the order in which they are tried.
enum class Rule : std::uint8_t {
  tap,
  anytime,
  option,
  position,
  typo,
  hear,
  typed,
  trigger,
  no_match,
  start
};
std::string_view to_text(Rule rule);

struct TraceEntry {
  enum class Kind : std::uint8_t {
#define TRACE(name, operands, words) name,
#include "engine/machine/trace.def"
#undef TRACE
  };
  Kind kind;
  std::uint8_t detail = 0;
  program::Index unit = 0;
  program::Index index = 0;  // mostly an address or a table's entry; see trace.def
  program::Index number = 0;
};

struct Trace {
  std::vector<TraceEntry> entries;
};

// One line an entry: what happened, and file:line where it is written.
std::vector<std::string> explain(const program::Program& program, const Trace& trace);

}  // namespace alur::machine
