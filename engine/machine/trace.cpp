#include "engine/machine/trace.hpp"

#include <fmt/format.h>

#include "engine/machine/event.hpp"
#include "engine/machine/walk.hpp"

namespace alur::machine {

using program::Index;
using program::Place;
using program::Unit;
using Kind = TraceEntry::Kind;

namespace {

std::string_view to_text(Input::Kind kind) {
  switch (kind) {
    case Input::Kind::text:
      return "a text";
    case Input::Kind::tap:
      return "a tap";
    case Input::Kind::media:
      return "something other than text";
    case Input::Kind::reaction:
      return "a reaction";
    case Input::Kind::edited:
      return "an edited message";
    case Input::Kind::deleted:
      return "a deleted message";
    case Input::Kind::unsupported:
      return "something that the channel does not know";
  }
  return "?";
}

std::string_view name(Kind kind) {
  switch (kind) {
#define TRACE(name, operands, words) \
  case Kind::name:                   \
    return words;
#include "engine/machine/trace.def"
#undef TRACE
  }
  return "";
}

// The words that stand in braces, for this entry.
std::string filled(const program::Program& program, const TraceEntry& entry) {
  const Unit& unit = program.unit(entry.unit);
  const auto number = [&] { return fmt::to_string(entry.number); };
  switch (entry.kind) {
    case Kind::started:
    case Kind::pushed:
    case Kind::left:
      return unit.name;
    case Kind::heard:
    case Kind::uncounted:
      return std::string(to_text(static_cast<Input::Kind>(entry.detail)));
    case Kind::timer:
      return std::string(to_text(static_cast<TimerKind>(entry.detail)));
    case Kind::tried:
      return std::string(to_text(static_cast<Rule>(entry.detail)));
    case Kind::took: {
      std::string words(to_text(static_cast<Rule>(entry.detail)));
      if (static_cast<Rule>(entry.detail) == Rule::typo) words += ", edits: " + number();
      return words;
    }
    case Kind::mismatched:
      return std::string(value::to_text(static_cast<value::Mismatch>(entry.detail)));
    case Kind::entered:
      return unit.name + "." + unit.states[entry.index].name;
    case Kind::guard:
      return entry.number ? "true" : "false";
    case Kind::chose: {
      const program::Match& match = unit.matches[entry.index];
      if (entry.number >= match.cases.size()) return "else";
      return unit.cases[match.cases.begin + entry.number].member.to_text();
    }
    case Kind::asked:
      return unit.questions[entry.index].name;
    case Kind::turned:
    case Kind::retried:
    case Kind::bounded:
      return number();
    case Kind::called:
      return program.app().services[unit.calls[entry.index].service].name;
    case Kind::returned:
      return unit.outcomes[entry.index].name;
    case Kind::popped:
      return unit.name + ", " + unit.outcomes_declared[entry.index].name;
    case Kind::handed:
      return program.app().queues[unit.handoffs[entry.index].queue].name;
    case Kind::tracked:
      return unit.tracks[entry.index].event;
    default:
      return {};
  }
}

Place place_of(const program::Program& program, const TraceEntry& entry) {
  const Unit& unit = program.unit(entry.unit);
  switch (entry.kind) {
    case Kind::entered:
      return unit.states[entry.index].place;
    case Kind::guard:
    case Kind::set:
    case Kind::bounded:
      return unit.places[entry.index];
    case Kind::said:
      return unit.messages[entry.index].place;
    case Kind::asked:
    case Kind::turned:
      return unit.questions[entry.index].place;
    case Kind::retried:
      return unit.rungs[entry.index].place;
    case Kind::silence:
      return unit.silences[entry.index].place;
    case Kind::outside:
      return unit.outsides[entry.index].place;
    case Kind::called:
      return unit.calls[entry.index].place;
    case Kind::handed:
      return unit.handoffs[entry.index].place;
    case Kind::tracked:
      return unit.tracks[entry.index].place;
    case Kind::returned:
      return unit.places[unit.outcomes[entry.index].address];
    case Kind::took:
      switch (static_cast<Rule>(entry.detail)) {
        case Rule::anytime:
        case Rule::hear:
          return unit.places[entry.index];
        case Rule::trigger:
          return unit.triggers[entry.index].place;
        case Rule::typed:
          return unit.questions[entry.index].place;
        default:
          return {};
      }
    default:
      return {};
  }
}

}  // namespace

std::vector<std::string> explain(const program::Program& program, const Trace& trace) {
  std::vector<std::string> lines;
  for (const TraceEntry& entry : trace.entries) {
    std::string line(name(entry.kind));
    const std::size_t open = line.find('{');
    if (open != std::string::npos) {
      line.replace(open, line.find('}') + 1 - open, filled(program, entry));
    }
    const Place place = place_of(program, entry);
    if (place.line != 0) {
      line += fmt::format("  ({}:{})", program.unit(entry.unit).path, place.line);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace alur::machine
