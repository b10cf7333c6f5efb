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
  std::string detail;  // "11 messages in one go, at most 10 are allowed"
};

struct FaultBounds {
  std::size_t messages_max = 10;
  std::size_t session_bytes_max = 65'536;
};

// What is wrong with a turn that was taken. `burst`: the messages since the citizen's last one.
std::vector<Fault> judge_turn(const program::Program& program, const machine::Turn& turn,
                              const machine::Session& after, std::size_t burst,
                              const FaultBounds& bounds);
// How many bytes the variables of a flow may take, being set as they are.
std::size_t bytes_at_most(const program::Unit& flow, const value::Value* values);
// What is wrong with the session that it left.
std::vector<Fault> judge_session(const program::Program& program, const machine::Turn& turn,
                                 const machine::Session& after, const FaultBounds& bounds);

}  // namespace alur::tools
