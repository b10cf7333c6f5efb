#include "tools/explore/fault.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace alur::tools {

using machine::Rest;
using machine::TraceEntry;

std::string_view to_text(FaultKind kind) {
  switch (kind) {
#define FAULT(name, words) \
  case FaultKind::name:    \
    return #name;
#include "tools/explore/fault.def"
#undef FAULT
  }
  return "?";
}

std::string_view meaning(FaultKind kind) {
  switch (kind) {
#define FAULT(name, words) \
  case FaultKind::name:    \
    return words;
#include "tools/explore/fault.def"
#undef FAULT
  }
  return "?";
}

namespace {

bool takes_option(const TraceEntry& entry) {
  const auto rule = static_cast<machine::Rule>(entry.detail);
  const bool chooses = rule == machine::Rule::tap || rule == machine::Rule::option ||
                       rule == machine::Rule::position || rule == machine::Rule::typo;
  return chooses && entry.unit != 0 && entry.index != program::none;
}

// The last place of the sources that the turn came through.
void locate(const program::Program& program, const machine::Trace& trace, Fault& fault) {
  for (const TraceEntry& entry : trace.entries) {
    const program::Unit& unit = program.unit(entry.unit);
    switch (entry.kind) {
      case TraceEntry::Kind::entered:
        fault.unit = entry.unit;
        fault.place = unit.states[entry.index].place;
        break;
      case TraceEntry::Kind::took:
        if (takes_option(entry)) {
          fault.unit = entry.unit;
          fault.place = unit.options[entry.index].place;
        }
        break;
      case TraceEntry::Kind::said:
        fault.unit = entry.unit;
        fault.place = unit.messages[entry.index].place;
        break;
      case TraceEntry::Kind::asked:
        fault.unit = entry.unit;
        fault.place = unit.questions[entry.index].place;
        break;
      case TraceEntry::Kind::guard:
      case TraceEntry::Kind::bounded:
        fault.unit = entry.unit;
        fault.place = unit.places[entry.index];
        break;
      case TraceEntry::Kind::failed:
        return;
      default:
        break;
    }
  }
}

bool failed(const machine::Turn& turn) {
  for (const machine::JournalEntry& entry : turn.journal) {
    if (entry.kind == machine::JournalEntry::Kind::failed) return true;
  }
  return false;
}

// How many things happened in one turn: a message that waited for a service is heard with the
// answer.
std::size_t happenings(const machine::Turn& turn) {
  const auto& entries = turn.trace.entries;
  std::size_t heard = 0;
  for (const TraceEntry& entry : entries) heard += entry.kind == TraceEntry::Kind::heard ? 1 : 0;
  const bool first = !entries.empty() && entries.front().kind == TraceEntry::Kind::heard;
  return first ? heard : heard + 1;
}

bool is_noted(const machine::Turn& turn, TraceEntry::Kind kind) {
  return std::any_of(turn.trace.entries.begin(), turn.trace.entries.end(),
                     [&](const TraceEntry& entry) { return entry.kind == kind; });
}

bool is_armed(const machine::Turn& turn, machine::TimerKind kind) {
  bool armed = false;
  for (const machine::TimerChange& change : turn.timers) {
    if (change.kind == kind) armed = change.armed;
  }
  return armed;
}

// A flow ended in what is none of its outcomes, or the conversation is over and nothing ended it.
bool ends_without_outcome(const program::Program& program, const machine::Turn& turn,
                          const machine::Session& after) {
  using Kind = TraceEntry::Kind;
  for (const TraceEntry& entry : turn.trace.entries) {
    const bool ends = entry.kind == Kind::popped;
    if (ends && entry.index >= program.unit(entry.unit).outcomes_declared.size()) return true;
  }
  return !after.active() && is_noted(turn, Kind::entered) && !is_noted(turn, Kind::ended);
}

// Something was sent at a question, and the conversation is where it was without a word. What the
// language says not to count (a reaction, an edit, a deletion, a second tap on the same option) is
// no message; the pieces of a text that is gathered are answered together.
bool leaves_unanswered(const machine::Turn& turn, const machine::Session& after) {
  using Kind = TraceEntry::Kind;
  return after.rest == Rest::question && turn.messages.empty() && is_noted(turn, Kind::heard) &&
         !is_noted(turn, Kind::uncounted) && !is_noted(turn, Kind::repeated) &&
         !is_armed(turn, machine::TimerKind::gather);
}

// A question was asked, and nothing will come if nobody answers it.
bool waits_in_silence(const machine::Turn& turn, const machine::Session& after) {
  return after.rest == Rest::question && is_noted(turn, TraceEntry::Kind::asked) &&
         !is_armed(turn, machine::TimerKind::silence);
}

bool has_nothing_to_choose(const program::Program& program, const machine::Turn& turn,
                           const machine::Session& after) {
  if (after.rest != Rest::question || turn.messages.empty()) return false;
  const machine::Position at = after.frames.back().position;
  const program::Unit& unit = program.unit(at.unit);
  const program::Question& question = unit.questions[unit.code[at.address].c];
  return question.choose && after.offers.empty() && question.options.empty();
}

// How many bytes more a value may take than this one does, within its type.
std::size_t growth(const value::Value& value, const value::Type& type) {
  constexpr std::size_t unit_bytes_max = 3;  // of UTF-8, for each UTF-16 unit
  switch (value.kind()) {
    case value::Kind::text: {
      const std::size_t most = static_cast<std::size_t>(type.high) * unit_bytes_max;
      const bool bounded = type.kind == value::TypeKind::text;
      return bounded && most > value.text().size() ? most - value.text().size() : 0;
    }
    case value::Kind::record: {
      std::size_t sum = 0;
      for (const value::Field& field : value.record().fields) {
        const value::TypeField* declared = type.find_field(field.key);
        if (declared) sum += growth(field.value, *declared->type);
      }
      return sum;
    }
    case value::Kind::list: {
      std::size_t sum = 0;
      for (const value::Value& item : value.list().items) sum += growth(item, *type.element);
      return sum;
    }
    default:
      return 0;
  }
}

std::size_t growth(const std::vector<program::Slot>& slots, const value::Value* values) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].type) sum += growth(values[i], *slots[i].type);
  }
  return sum;
}

// The bytes of a session that is in all else like this one.
std::size_t bytes_at_most(const program::Program& program, const machine::Session& session,
                          std::size_t bytes) {
  for (const machine::Frame& frame : session.frames) {
    bytes += growth(program.unit(frame.unit).slots, session.slots.data() + frame.base);
  }
  return bytes + growth(program.app().contact, session.contact.data()) +
         growth(program.app().session, session.shared.data());
}

// Where the turn came to, else where the session rests.
Fault found(const program::Program& program, const machine::Turn& turn,
            const machine::Session& after, FaultKind kind, std::string detail = {}) {
  Fault fault;
  fault.kind = kind;
  fault.detail = std::move(detail);
  if (after.active()) {
    const machine::Position at = after.frames.back().position;
    fault.unit = at.unit;
    fault.place = program.unit(at.unit).places[at.address];
  }
  locate(program, turn.trace, fault);
  return fault;
}

}  // namespace

std::vector<Fault> judge_turn(const program::Program& program, const machine::Turn& turn,
                              const machine::Session& after, std::size_t burst,
                              const FaultBounds& bounds) {
  std::vector<Fault> faults;
  if (failed(turn)) return {found(program, turn, after, FaultKind::run_time_failure)};
  const std::size_t messages = std::max(turn.messages.size(), burst);
  if (messages > bounds.messages_max * happenings(turn)) {
    faults.push_back(found(program, turn, after, FaultKind::too_many_messages,
                           fmt::format("{} messages in one go, at most {} are allowed", messages,
                                       bounds.messages_max)));
  }
  if (ends_without_outcome(program, turn, after)) {
    faults.push_back(found(program, turn, after, FaultKind::no_outcome));
  }
  if (has_nothing_to_choose(program, turn, after)) {
    faults.push_back(found(program, turn, after, FaultKind::nothing_to_choose));
  }
  if (leaves_unanswered(turn, after)) {
    faults.push_back(found(program, turn, after, FaultKind::unanswered));
  }
  if (waits_in_silence(turn, after)) {
    faults.push_back(found(program, turn, after, FaultKind::unanswered, "silence"));
  }
  return faults;
}

std::size_t bytes_at_most(const program::Unit& flow, const value::Value* values) {
  std::string bytes;
  value::ByteWriter writer(bytes);
  for (std::size_t i = 0; i < flow.slots.size(); ++i) {
    if (values[i].is_set()) value::encode_value(values[i], writer);
  }
  return bytes.size() + growth(flow.slots, values);
}

std::vector<Fault> judge_session(const program::Program& program, const machine::Turn& turn,
                                 const machine::Session& after, const FaultBounds& bounds) {
  std::vector<Fault> faults;
  std::string bytes;
  machine::encode_session(program, after, bytes);
  const std::size_t most = bytes_at_most(program, after, bytes.size());
  if (most > bounds.session_bytes_max) {
    faults.push_back(found(
        program, turn, after, FaultKind::session_too_large,
        fmt::format("up to {} bytes, at most {} are allowed", most, bounds.session_bytes_max)));
  }
  const auto back = machine::decode_session(program, bytes);
  std::string again;
  if (back) machine::encode_session(program, *back, again);
  if (!back || again != bytes) {
    faults.push_back(found(program, turn, after, FaultKind::session_lost));
  }
  return faults;
}

}  // namespace alur::tools
