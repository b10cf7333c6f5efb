#include "tools/explore/coverage.hpp"

#include <fmt/format.h>

namespace alur::tools {

using machine::Rule;
using machine::TraceEntry;

namespace {

bool chooses(Rule rule) {
  return rule == Rule::tap || rule == Rule::option || rule == Rule::position || rule == Rule::typo;
}

}  // namespace

std::vector<Thing> things_of(const program::Program& program) {
  std::vector<Thing> things;
  const auto add = [&](Thing::Kind kind, Index unit, std::size_t count) {
    for (Index i = 0; i < count; ++i) things.push_back({kind, unit, i});
  };
  for (Index u = 0; u < program.unit_count(); ++u) {
    const program::Unit& unit = program.unit(u);
    add(Thing::Kind::state, u, unit.states.size());
    add(Thing::Kind::option, u, unit.options.size());
    add(Thing::Kind::outcome, u, unit.outcomes.size());
    add(Thing::Kind::silence, u, unit.silences.size());
    add(Thing::Kind::retry, u, unit.rungs.size());
  }
  return things;
}

std::string describe(const program::Program& program, const Thing& thing) {
  const program::Unit& unit = program.unit(thing.unit);
  const auto at = [&](std::string_view what, program::Place place) {
    return fmt::format("{}  {}:{}", what, unit.path, place.line);
  };
  switch (thing.kind) {
    case Thing::Kind::state:
      return at("state " + unit.states[thing.index].name, unit.states[thing.index].place);
    case Thing::Kind::option:
      return at("option", unit.options[thing.index].place);
    case Thing::Kind::outcome:
      return at("outcome " + unit.outcomes[thing.index].name,
                unit.places[unit.outcomes[thing.index].address]);
    case Thing::Kind::silence:
      return at("silence", unit.silences[thing.index].place);
    case Thing::Kind::retry:
      return at("retry", unit.rungs[thing.index].place);
  }
  return "?";
}

std::vector<Thing> things_in(const machine::Trace& trace) {
  std::vector<Thing> things;
  for (const TraceEntry& entry : trace.entries) {
    switch (entry.kind) {
      case TraceEntry::Kind::entered:
        things.push_back({Thing::Kind::state, entry.unit, entry.index});
        break;
      case TraceEntry::Kind::returned:
        things.push_back({Thing::Kind::outcome, entry.unit, entry.index});
        break;
      case TraceEntry::Kind::silence:
        things.push_back({Thing::Kind::silence, entry.unit, entry.index});
        break;
      case TraceEntry::Kind::retried:
        things.push_back({Thing::Kind::retry, entry.unit, entry.index});
        break;
      case TraceEntry::Kind::took:
        if (chooses(static_cast<Rule>(entry.detail)) && entry.index != program::none) {
          things.push_back({Thing::Kind::option, entry.unit, entry.index});
        }
        break;
      default:
        break;
    }
  }
  return things;
}

}  // namespace alur::tools
