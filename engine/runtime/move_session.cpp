#include "engine/runtime/move_session.hpp"

#include <algorithm>
#include <span>

namespace alur::runtime {

using machine::Frame;
using machine::Position;
using machine::Rest;
using machine::Session;
using program::Program;
using program::Question;
using program::Slot;
using program::Unit;

std::string_view to_text(Movable movable) {
  switch (movable) {
    case Movable::yes:
      return "moves";
    case Movable::busy:
      return "waits for a service";
    case Movable::no_place:
      return "its place is not there";
    case Movable::no_type:
      return "a variable has no place";
  }
  return "?";
}

namespace {

bool same_type(const value::TypeRef& a, const value::TypeRef& b) {
  return a == b || (a && b && *a == *b);
}

bool keeps_variables(const std::vector<Slot>& from, const std::vector<Slot>& to,
                     std::span<const value::Value> values) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (!values[i].is_set()) continue;
    const auto same = std::find_if(to.begin(), to.end(), [&](const Slot& slot) {
      return slot.key == from[i].key && same_type(slot.type, from[i].type);
    });
    if (same == to.end()) return false;
  }
  return true;
}

// What was shown can still be chosen, and what is answered goes where it went.
bool same_question(const Unit& from, const Question& old, const Unit& to, const Question& next) {
  if (old.choose != next.choose || old.each_key != next.each_key) return false;
  if (!same_type(old.into_type, next.into_type)) return false;
  for (program::Index i = old.options.begin; i < old.options.end; ++i) {
    const auto begin = to.options.begin() + next.options.begin;
    const auto end = to.options.begin() + next.options.end;
    if (std::none_of(begin, end, [&](const program::Option& option) {
          return option.key == from.options[i].key;
        })) {
      return false;
    }
  }
  return true;
}

bool same_rest(const Program& from, Position old, const Program& to, Position next, Rest rest) {
  if (rest != Rest::question) return true;
  const Unit& old_unit = from.unit(old.unit);
  const Unit& next_unit = to.unit(next.unit);
  return same_question(old_unit, old_unit.questions[old_unit.code[old.address].c], next_unit,
                       next_unit.questions[next_unit.code[next.address].c]);
}

}  // namespace

std::optional<Session> move_session(const Program& from, const Program& to,
                                    const Session& session) {
  std::string bytes;
  machine::encode_session(from, session, bytes);
  auto moved = machine::decode_session(to, bytes);
  if (moved) moved->program = to.short_hash();
  return moved;
}

Movable can_move(const Program& from, const Program& to, const Session& session) {
  if (!session.active()) return Movable::yes;
  if (session.rest == Rest::call) return Movable::busy;
  const std::optional<Session> moved = move_session(from, to, session);
  if (!moved || moved->frames.size() != session.frames.size()) return Movable::no_place;
  for (std::size_t i = 0; i < session.frames.size(); ++i) {
    const Frame& frame = session.frames[i];
    const Unit& unit = from.unit(frame.unit);
    if (frame.asked.known() != moved->frames[i].asked.known()) return Movable::no_place;
    const std::span values(session.slots.data() + frame.base, unit.slots.size());
    if (!keeps_variables(unit.slots, to.unit(moved->frames[i].unit).slots, values)) {
      return Movable::no_type;
    }
  }
  if (!same_rest(from, session.frames.back().position, to, moved->frames.back().position,
                 session.rest)) {
    return Movable::no_place;
  }
  const bool kept = keeps_variables(from.app().contact, to.app().contact, session.contact) &&
                    keeps_variables(from.app().session, to.app().session, session.shared);
  return kept ? Movable::yes : Movable::no_type;
}

std::string place_of(const Program& program, const Session& session) {
  if (!session.active()) return "no conversation";
  const Position at = session.frames.back().position;
  const Unit& unit = program.unit(at.unit);
  std::string place = unit.name.empty() ? "app" : unit.name;
  const program::State* state = nullptr;
  for (const program::State& one : unit.states) {
    if (one.address <= at.address && (!state || one.address >= state->address)) state = &one;
  }
  if (state) place += "." + state->name;
  return place;
}

}  // namespace alur::runtime
