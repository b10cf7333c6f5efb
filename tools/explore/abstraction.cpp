#include "tools/explore/abstraction.hpp"

#include "engine/machine/evaluate.hpp"
#include "engine/value/text.hpp"

namespace alur::tools {

using machine::Frame;
using machine::Rest;
using machine::Session;
using value::Value;

namespace {

constexpr char separator = '\x1f';

void append_number(std::uint64_t number, std::string& key) {
  key += std::to_string(number);
  key += separator;
}

void append_value(const Value& value, std::string& key) {
  value.append_text(key);
  key += separator;
}

void append_position(machine::Position at, std::string& key) {
  append_number(at.unit, key);
  append_number(at.address, key);
}

// What a flow will look at from where it rests. A frame rests at its own question, call, run or
// pause, or at one of app.yaml's, and then at its last question in the end.
const Observed::Facts& facts_of(const Observed& observed, const Frame& frame) {
  static const Observed::Facts nothing;
  const machine::Position at = frame.position.unit == frame.unit ? frame.position : frame.asked;
  return at.known() && at.unit == frame.unit ? observed.at(at.unit, at.address) : nothing;
}

// Of the frame on top.
void append_frame(const program::Program& program, const Observed& observed, const Session& session,
                  machine::Evaluation& evaluation, std::string& key) {
  const Frame& frame = session.frames.back();
  append_number(frame.unit, key);
  append_position(frame.position, key);
  append_position(frame.asked, key);
  const Observed::Facts& facts = facts_of(observed, frame);
  for (const Index node : facts.nodes) append_value(evaluation.value(frame.unit, node), key);
  for (const Index slot : facts.slots) append_value(session.slots[frame.base + slot], key);
  const program::Unit& unit = program.unit(frame.unit);
  for (Index slot = unit.counters_begin; slot < unit.slots.size(); ++slot) {
    append_value(session.slots[frame.base + slot], key);
  }
}

// Too short, enough, too much: of what was typed in pieces so far.
int size_class(const program::Program& program, const Session& session) {
  if (session.gathered.empty()) return 0;
  const value::TypeRef& type = question_at(program, session).into_type;
  const auto length = static_cast<std::int64_t>(value::utf16_length(session.gathered));
  if (!type || length < type->low) return 1;
  return length <= type->high ? 2 : 3;
}

void append_rest(const program::Program& program, const Observed& observed,
                 const Situation& situation, std::string& key) {
  const Session& session = situation.session;
  append_number(static_cast<std::uint64_t>(session.rest), key);
  const bool asked = session.active() && session.rest == Rest::question;
  append_number(asked ? session.attempts : 0u, key);
  append_number(asked ? session.silences : 0u, key);
  append_number(session.page, key);
  append_number(session.accepted ? 1 : 0, key);
  const machine::TimerChange* timer = situation.next_timer();
  append_number(timer ? static_cast<std::uint64_t>(timer->kind) + 1 : 0, key);
  append_number(session.offers.size(), key);
  if (session.active() && facts_of(observed, session.frames.back()).offers) {
    for (const machine::Offer& offer : session.offers) append_value(offer.item, key);
  }
  append_number(asked ? static_cast<std::uint64_t>(size_class(program, session)) : 0, key);
  for (const machine::Input& input : session.queued) {
    append_number(static_cast<std::uint64_t>(input.kind), key);
    key += input.text + separator;
  }
}

void append_shared(const program::Program& program, const Observed& observed,
                   const Situation& situation, machine::Evaluation& evaluation, std::string& key) {
  const Session& session = situation.session;
  append_number(session.language, key);
  append_number(session.channel, key);
  key += open_hours(program, situation.now) + separator;
  for (const Observed::Shared& shared : observed.shared()) {
    for (const Index node : shared.nodes) append_value(evaluation.value(shared.unit, node), key);
  }
  for (const Index slot : observed.contact_slots()) append_value(session.contact[slot], key);
  for (const Index slot : observed.session_slots()) append_value(session.shared[slot], key);
}

}  // namespace

std::string open_hours(const program::Program& program, value::Instant now) {
  const value::LocalTime local = program.zone().to_local(now);
  std::string open;
  for (const program::Hours& hours : program.app().hours) {
    open += hours.hours.is_open(local.date, local.time) ? 'o' : 'c';
  }
  return open;
}

std::string shared_key(const program::Program& program, const Observed& observed,
                       const Situation& situation) {
  machine::Evaluation evaluation(program, situation.session, situation.now);
  std::string key;
  append_shared(program, observed, situation, evaluation, key);
  return key;
}

std::string session_key(const program::Program& program, const Observed& observed,
                        const Situation& situation) {
  machine::Evaluation evaluation(program, situation.session, situation.now);
  std::string key;
  key.reserve(128);
  append_shared(program, observed, situation, evaluation, key);
  append_rest(program, observed, situation, key);
  if (situation.session.active()) {
    append_frame(program, observed, situation.session, evaluation, key);
  }
  return key;
}

std::string frame_key(const program::Program& program, const Observed& observed,
                      const Session& session, std::size_t frame, value::Instant now) {
  Session below = session;
  below.frames.resize(frame + 1);
  machine::Evaluation evaluation(program, below, now);
  std::string key;
  append_frame(program, observed, below, evaluation, key);
  return key;
}

}  // namespace alur::tools
