// The compiled cache: a program as bytes and back, without compiling. The bytes belong to the build
// that wrote them: another layout, byte order or set of instructions is refused, never guessed at.
// Where they are kept, and when they are out of date, is the tools' business.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/program/program.hpp"

namespace alur::program {

// The parts, so that one changed flow costs one flow's bytes.
std::string encode_app(const App& app);  // with the unit of its handlers
std::string encode_unit(const Unit& unit);
// `units` are the flows' in the program's order, `hash` names the sources.
std::string join_program(std::string_view hash, std::string_view app,
                         std::span<const std::string> units);

std::string encode_program(const Program& program);

struct ReadProgram {
  std::shared_ptr<const Program> program;  // null: see `error`
  std::string error;                       // one line
};

// Of any bytes, however garbled: a verified program or an error.
ReadProgram decode_program(std::string_view bytes);

// The hash of the sources that these bytes were compiled from; empty when they are no program of
// this build. Looks at their beginning only.
std::string_view peek_hash(std::string_view bytes);

// Writes the checksum anew over bytes that were changed, for tests of what it would keep out.
void seal_program(std::string& bytes);

}  // namespace alur::program
