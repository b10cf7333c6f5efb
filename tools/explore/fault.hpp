// What exploration can find wrong, and where.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/machine/turn.hpp"

namespace alur::tools {

using program::Index;

enum class FaultKind : std::uint8_t {
#define FAULT(name, words) name,
#include "tools/explore/fault.def"
#undef FAULT
};
// `run_time_failure`, and in words for people.
std::string_view to_text(FaultKind kind);
std::string_view meaning(FaultKind kind);

struct Fault {
  FaultKind kind = FaultKind::run_time_failure;
  Index unit = 0;  // where in the sources
  program::Place place;
  std::string detail;  // "11 messages in one turn, at most 10 allowed"
};

struct FaultBounds {
  std::size_t messages_max = 10;
  std::size_t session_bytes_max = 65'536;
};

// What is wrong with a turn that was taken.
std::vector<Fault> judge_turn(const program::Program& program, const machine::Turn& turn,
                              const machine::Session& after, const FaultBounds& bounds);
// What is wrong with the session that it left.
std::vector<Fault> judge_session(const program::Program& program, const machine::Turn& turn,
                                 const machine::Session& after, const FaultBounds& bounds);

}  // namespace alur::tools
