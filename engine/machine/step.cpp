// Steps: executes instructions until the session rests or ends. What words mean is hear.cpp's.
#include <cassert>

#include "engine/machine/walk.hpp"

namespace alur::machine {

using program::Instruction;
using program::NameKey;
using program::none;
using program::Op;
using program::Range;
using program::Scope;
using program::Unit;
using value::Value;

void Walk::go(Position from) {
  // the interpreter's switch
  next_ = from;
  while (next_.known()) {
    if (++instructions_ > instructions_max || turn_.messages.size() > messages_max) return fail();
    const Position at = next_;
    const Instruction& step = code(at);
    next_.address = at.address + 1;
    switch (step.op) {
      case Op::enter:
        note(TraceKind::entered, at.unit, step.c);
        journal(JournalEntry::Kind::entered, at.unit, step.c);
        break;
      case Op::say:
        say(at);
        break;
      case Op::ask:
        ask(at);
        break;
      case Op::call:
        call(at);
        break;
      case Op::run:
        run(at);
        break;
      case Op::handoff:
        handoff(at);
        break;
      case Op::pause:
        pause(at);
        break;
      case Op::set:
        note(TraceKind::set, at.unit, at.address);
        set(static_cast<Scope>(step.a), step.b, take(at.unit, step.c));
        break;
      case Op::jump:
        next_.address = step.c;
        break;
      case Op::jump_unless: {
        const bool truth = holds(at.unit, step.c);
        note(TraceKind::guard, at.unit, at.address, truth ? 1 : 0);
        if (!truth) next_.address = step.d;
        break;
      }
      case Op::match:
        match(at);
        break;
      case Op::bound:
        bound(at);
        break;
      case Op::leave:
        leave(at);
        break;
      case Op::track:
        track(at);
        break;
      case Op::end:
        end(at);
        break;
      case Op::stop:
        end_conversation();
        break;
      case Op::ask_again:
        ask_again();
        break;
      case Op::hold:
        next_ = {};
        break;
    }
  }
}

// --- frames

void Walk::push(Index flow, const std::vector<Value>& params, bool digression) {
  Frame frame;
  frame.unit = flow;
  frame.base = static_cast<Index>(session_.slots.size());
  frame.digression = digression;
  session_.slots.resize(session_.slots.size() + unit(flow).slots.size());
  for (std::size_t i = 0; i < params.size(); ++i) session_.slots[frame.base + i] = params[i];
  session_.frames.push_back(frame);
  next_ = {flow, unit(flow).states.front().address};
}

void Walk::pop() {
  session_.slots.resize(top().base);
  session_.frames.pop_back();
}

bool Walk::on_stack(Index flow) const {
  for (const Frame& frame : session_.frames) {
    if (frame.unit == flow) return true;
  }
  return false;
}

void Walk::clear() {
  session_.frames.clear();
  session_.slots.clear();
  session_.offers.clear();
  session_.page = 0;
  session_.gathered.clear();
  session_.rest = Rest::nothing;
  ++session_.serial;
  for (const TimerKind kind :
       {TimerKind::silence, TimerKind::pause, TimerKind::call, TimerKind::gather}) {
    cancel(kind);
  }
}

void Walk::start(Index flow, std::vector<Value> params) {
  if (!session_.active()) {
    note(TraceKind::started, flow);
    journal(JournalEntry::Kind::started, flow, none);
  }
  push(flow, params, false);
}

bool Walk::has_room(Index flow) const {
  return session_.frames.size() + program_.stack_need(flow) <= stack_max;
}

void Walk::start_afresh(Index flow, const std::vector<Value>& params) {
  note(TraceKind::left, flow);
  clear();
  push(flow, params, false);
}

// A trigger's flow comes back to the question, unless the stack has no room for that; one already
// on the stack is unwound to and begins again in its own place.
void Walk::start_by_trigger(Index flow, std::vector<Value> params) {
  bool digression = session_.active();
  if (on_stack(flow)) {
    while (top().unit != flow) pop();
    digression = top().digression;
    pop();
  }
  session_.rest = Rest::nothing;
  if (!session_.active()) {
    start(flow, std::move(params));
  } else if (!has_room(flow)) {
    start_afresh(flow, params);
  } else {
    note(TraceKind::pushed, flow);
    push(flow, params, digression);
  }
  go(next_);
}

void Walk::end_conversation() {
  note(TraceKind::ended);
  if (session_.active()) journal(JournalEntry::Kind::ended, 0, none);
  clear();
  for (Value& value : session_.shared) value = Value();
  session_.queued.clear();
  cancel(TimerKind::session);
  next_ = {};
}

void Walk::fail() {
  note(TraceKind::failed);
  journal(JournalEntry::Kind::failed, 0, none);
  Message apology;
  apology.kind = Message::Kind::system;
  apology.text = program_.system_text(program::SystemText::failure, session_.language);
  turn_.messages.push_back(std::move(apology));
  end_conversation();
}

void Walk::rest_at(Rest rest, Position at) {
  ++session_.serial;
  session_.page = 0;
  session_.rest = rest;
  top().position = at;
  next_ = {};
  for (const TimerKind kind :
       {TimerKind::silence, TimerKind::pause, TimerKind::call, TimerKind::gather}) {
    cancel(kind);
  }
}

// --- one instruction each

Message Walk::message(Index unit_index, Index index, Message::Kind kind) {
  const Unit& unit = program_.unit(unit_index);
  const program::Message& source = unit.messages[index];
  Message message;
  message.kind = kind;
  message.overflow = source.overflow;
  message.unit = unit_index;
  message.place = source.place;
  if (source.text != none) render(unit_index, source.text, message.text);
  const bool plain = source.image == none && source.document == none && source.link_url == none &&
                     source.latitude == none;
  if (plain) return message;
  message.attachment = std::make_unique<Attachment>();
  Attachment& attachment = *message.attachment;
  if (source.image != none) attachment.image = rendered(unit_index, source.image);
  if (source.document != none) attachment.document = rendered(unit_index, source.document);
  if (source.link_url != none) {
    attachment.link_label = rendered(unit_index, source.link_label);
    attachment.link_url = rendered(unit_index, source.link_url);
  }
  if (source.latitude != none) {
    attachment.location = std::make_unique<Location>();
    const Value latitude = take(unit_index, source.latitude);
    const Value longitude = take(unit_index, source.longitude);
    if (latitude.is(value::Kind::number)) attachment.location->latitude = latitude.number();
    if (longitude.is(value::Kind::number)) attachment.location->longitude = longitude.number();
    if (source.location_name != none) {
      attachment.location->name = rendered(unit_index, source.location_name);
    }
    if (source.location_address != none) {
      attachment.location->address = rendered(unit_index, source.location_address);
    }
  }
  return message;
}

void Walk::say(Position at) {
  const Index index = code(at).c;
  note(TraceKind::said, at.unit, index);
  turn_.messages.push_back(message(at.unit, index, Message::Kind::say));
}

void Walk::ask(Position at) {
  if (!session_.active()) return fail();
  const program::Question& question = unit(at.unit).questions[code(at).c];
  note(TraceKind::asked, at.unit, code(at).c);
  rest_at(Rest::question, at);
  top().asked = at;
  session_.attempts = 0;
  session_.mismatch_at = {};
  session_.gathered.clear();
  session_.offers.clear();
  if (question.each_list != none) {
    const Value list = take(at.unit, question.each_list);
    if (list.is(value::Kind::list)) {
      for (const Value& item : list.list().items) session_.offers.push_back({item, {}});
    }
  }
  Message asked = message(at.unit, question.message, Message::Kind::question);
  add_choices(asked, at);
  turn_.messages.push_back(std::move(asked));
  await_silence();
}

void Walk::add_choices(Message& message, Position at) {
  const program::Question& question = unit(at.unit).questions[code(at).c];
  message.choices.reserve(session_.offers.size() + question.options.size());
  for (std::size_t i = 0; i < session_.offers.size(); ++i) {
    Offer& offer = session_.offers[i];
    session_.slots[top().base + question.each_slot] = offer.item;
    Choice choice{{session_.serial, question.each_key, static_cast<std::uint32_t>(i)},
                  rendered(at.unit, question.each_label),
                  {}};
    if (question.each_hint != none) choice.hint = rendered(at.unit, question.each_hint);
    offer.label = choice.label;
    message.choices.push_back(std::move(choice));
    message.data_labels = true;
  }
  if (question.each_slot != none) session_.slots[top().base + question.each_slot] = Value();
  for (Index i = question.options.begin; i < question.options.end; ++i) {
    const program::Option& option = unit(at.unit).options[i];
    Choice choice{{session_.serial, option.key, 0}, rendered(at.unit, option.label), {}};
    if (option.hint != none) choice.hint = rendered(at.unit, option.hint);
    message.choices.push_back(std::move(choice));
  }
  message.asks_place = message.choices.empty() && asks_for_place(question);
  if (message.choices.empty()) return;
  message.positions = hears_positions();
  message.button = question.button != none
                       ? rendered(at.unit, question.button)
                       : program_.system_text(program::SystemText::open_list, session_.language);
  cut_page(message);
}

void Walk::ask_again() {
  if (!session_.active()) {
    start(program_.start_unit(), {});
    return;
  }
  if (!top().asked.known()) return fail();
  next_ = top().asked;
}

void Walk::set(Scope scope, Index slot, Value value) {
  switch (scope) {
    case Scope::local:
      assert(session_.active());
      session_.slots[top().base + slot] = std::move(value);
      break;
    case Scope::contact:
      session_.contact[slot] = std::move(value);
      break;
    case Scope::session:
      session_.shared[slot] = std::move(value);
      break;
    case Scope::language:
      if (value.is(value::Kind::choice)) {
        const auto language = program_.find_language(value.choice_name());
        if (language) session_.language = *language;
      }
      break;
  }
}

void Walk::call(Position at) {
  if (!session_.active()) return fail();
  const program::Call& call = unit(at.unit).calls[code(at).c];
  const program::Service& service = program_.app().services[call.service];
  note(TraceKind::called, at.unit, code(at).c);
  journal(JournalEntry::Kind::called, at.unit, code(at).c);
  CallRequest request;
  request.service = call.service;
  request.until = now_ + value::Duration{service.timeout_ms};
  for (Index i = call.arguments.begin; i < call.arguments.end; ++i) {
    const program::Argument& argument = unit(at.unit).arguments[i];
    request.arguments.push_back({argument.key, argument.name, take(at.unit, argument.node)});
  }
  for (Index i = call.outcomes.begin; i < call.outcomes.end; ++i) {
    const program::Outcome& outcome = unit(at.unit).outcomes[i];
    if (outcome.slot != none) set(outcome.scope, outcome.slot, Value());
  }
  rest_at(Rest::call, at);
  request.serial = session_.serial;
  arm(TimerKind::call, service.timeout_ms);
  turn_.calls.push_back(std::move(request));
}

// The arguments of a flow in the order of its parameters.
std::vector<Value> Walk::params_of(Index unit_index, Index flow, Range arguments) {
  const Unit& target = unit(flow);
  std::vector<Value> params(target.param_count);
  for (Index i = arguments.begin; i < arguments.end; ++i) {
    const program::Argument& argument = unit(unit_index).arguments[i];
    for (Index p = 0; p < target.param_count; ++p) {
      if (target.slots[p].key == argument.key) params[p] = take(unit_index, argument.node);
    }
  }
  return params;
}

void Walk::run(Position at) {
  const program::Run& run = unit(at.unit).runs[code(at).c];
  const Index flow = program_.imported(at.unit, run.import);
  if (run.by_handler && on_stack(flow)) return ask_again();
  const bool room = !run.by_handler || !session_.active() || has_room(flow);
  if (room && session_.frames.size() >= stack_max) return fail();
  std::vector<Value> params = params_of(at.unit, flow, run.arguments);
  if (!room) return start_afresh(flow, params);
  for (Index i = run.outcomes.begin; i < run.outcomes.end; ++i) {
    const program::Outcome& outcome = unit(at.unit).outcomes[i];
    if (outcome.slot != none) set(outcome.scope, outcome.slot, Value());
  }
  if (!session_.active()) return start(flow, std::move(params));
  rest_at(Rest::nothing, at);
  note(TraceKind::pushed, flow);
  push(flow, params, false);
}

// Goes on where the outcome leads, its value bound; with no outcomes written, at the question.
void Walk::branch(Index unit_index, Range outcomes, NameKey key, Value payload) {
  session_.rest = Rest::nothing;
  if (outcomes.empty()) return ask_again();
  for (Index i = outcomes.begin; i < outcomes.end; ++i) {
    const program::Outcome& outcome = unit(unit_index).outcomes[i];
    if (outcome.key != key) continue;
    note(TraceKind::returned, unit_index, i);
    journal(JournalEntry::Kind::returned, unit_index, i);
    if (outcome.slot != none) set(outcome.scope, outcome.slot, std::move(payload));
    next_ = {unit_index, outcome.address};
    return;
  }
  ask_again();  // a handler's run that names only some of the outcomes
}

void Walk::end(Position at) {
  if (!session_.active()) return end_conversation();
  const Instruction& step = code(at);
  const program::DeclaredOutcome& outcome = unit(at.unit).outcomes_declared[step.b];
  Value payload = step.c == none ? Value() : take(at.unit, step.c);
  note(TraceKind::popped, at.unit, step.b);
  journal(JournalEntry::Kind::left, at.unit, step.b);
  const bool digression = top().digression;
  pop();
  if (!session_.active()) return end_conversation();
  const Position caller = top().position;
  if (digression || !caller.known() || code(caller).op != Op::run) return ask_again();
  branch(caller.unit, unit(caller.unit).runs[code(caller).c].outcomes, outcome.key,
         std::move(payload));
}

void Walk::handoff(Position at) {
  if (!session_.active()) return fail();
  const program::Handoff& handoff = unit(at.unit).handoffs[code(at).c];
  const program::Queue& queue = program_.app().queues[handoff.queue];
  const value::LocalTime local = program_.zone().to_local(now_);
  const bool open = queue.hours == none ||
                    program_.app().hours[queue.hours].hours.is_open(local.date, local.time);
  if (!open) {
    top().position = at;
    return branch(at.unit, handoff.outcomes, value::name_key("out_of_hours"), {});
  }
  note(TraceKind::handed, at.unit, code(at).c);
  journal(JournalEntry::Kind::handed, at.unit, code(at).c);
  DeskRequest request;
  request.queue = handoff.queue;
  if (handoff.summary != none) request.summary = rendered(at.unit, handoff.summary);
  for (Index i = handoff.fields.begin; i < handoff.fields.end; ++i) {
    const program::Argument& field = unit(at.unit).arguments[i];
    request.fields.push_back({field.key, field.name, take(at.unit, field.node)});
  }
  rest_at(Rest::handoff, at);
  session_.accepted = false;
  session_.person = 0;
  cancel(TimerKind::session);
  request.serial = session_.serial;
  turn_.desk.push_back(std::move(request));
}

void Walk::pause(Position at) {
  if (!session_.active()) return fail();
  const Value duration = take(at.unit, code(at).c);
  std::int64_t wait_ms = 0;
  if (duration.is(value::Kind::duration)) wait_ms = duration.duration().milliseconds;
  rest_at(Rest::pause, at);
  top().asked = at;  // what comes back from a digression waits anew
  arm(TimerKind::pause, std::max<std::int64_t>(wait_ms, 0));
}

void Walk::match(Position at) {
  const program::Match& match = unit(at.unit).matches[code(at).c];
  Value scratch;
  const Value& subject = evaluate(at.unit, match.node, scratch);
  Index found = match.otherwise;
  Index number = match.cases.size();
  for (Index i = match.cases.begin; i < match.cases.end; ++i) {
    const program::MatchCase& entry = unit(at.unit).cases[i];
    if (entry.member == subject) {
      found = entry.address;
      number = i - match.cases.begin;
      break;
    }
  }
  note(TraceKind::chose, at.unit, code(at).c, number);
  if (found == none) return fail();
  next_.address = found;
}

void Walk::bound(Position at) {
  const Instruction& step = code(at);
  Value& counter = session_.slots[top().base + step.b];
  const std::int64_t count = counter.is_set() ? counter.number().to_int64().value_or(0) + 1 : 1;
  note(TraceKind::bounded, at.unit, at.address, static_cast<Index>(count));
  if (count > static_cast<std::int64_t>(step.c)) return;
  counter = Value::integer(count);
  next_.address = step.d;
}

void Walk::leave(Position at) {
  const program::Departure& departure = unit(at.unit).departures[code(at).c];
  const Index flow = program_.imported(at.unit, departure.import);
  std::vector<Value> params = params_of(at.unit, flow, departure.arguments);
  note(TraceKind::left, flow);
  const bool active = session_.active();
  clear();
  active ? push(flow, params, false) : start(flow, std::move(params));
}

void Walk::track(Position at) {
  const program::Track& track = unit(at.unit).tracks[code(at).c];
  note(TraceKind::tracked, at.unit, code(at).c);
  value::Record record;
  for (Index i = track.fields.begin; i < track.fields.end; ++i) {
    const program::Argument& field = unit(at.unit).arguments[i];
    record.fields.push_back({field.key, take(at.unit, field.node)});
  }
  journal(JournalEntry::Kind::tracked, at.unit, code(at).c, Value(std::move(record)));
}

}  // namespace alur::machine
