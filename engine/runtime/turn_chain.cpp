#include "engine/runtime/turn_chain.hpp"

#include "engine/machine/present.hpp"
#include "engine/machine/show.hpp"
#include "engine/machine/shown_bytes.hpp"
#include "engine/program/return_outcome.hpp"
#include "engine/runtime/desk_events.hpp"
#include "engine/runtime/journal_bytes.hpp"

namespace alur::runtime {

using machine::DeskRequest;
using machine::Event;
using machine::Rest;
using machine::Turn;
using ports::CitizenKey;

ports::Service* find_service(std::span<ports::Service* const> services, std::string_view name) {
  for (ports::Service* service : services) {
    if (service->answers(name)) return service;
  }
  return nullptr;
}

ports::JournalRow mark_row(const DeskMark& mark, const DeskKeeper* desk,
                           ports::SessionRow& session) {
  PeopleBody body;
  body.kind = PeopleBody::Kind::mark;
  body.agent = mark.by;
  if (desk && mark.by != 0) body.by = desk->name_of(mark.by);
  body.mark = mark;
  ports::JournalRow row;
  row.citizen = session.citizen;
  row.turn = ++session.turns;
  row.version = session.version;
  row.at = mark.at;
  encode_people(body, row);
  return row;
}

namespace {

class Chain {
 public:
  Chain(OpenSession open, const ChainParts& parts) : open_(std::move(open)), parts_(parts) {
    was_calling_ = open_.session.rest == Rest::call;
    look_at_desk();
  }

  TurnChain run(Event event, std::string_view message_id) {
    add_marks(parts_.marks);
    std::optional<Event> next = std::move(event);
    while (next && result_.turns < chain_turns_max) {
      const Event now = std::move(*next);
      next = take(now, message_id);
      message_id = {};
    }
    finish();
    return std::move(result_);
  }

 private:
  // One turn; the event that follows from it at once, if any.
  std::optional<Event> take(const Event& event, std::string_view message_id) {
    result_.call.reset();
    Turn turn = machine::turn(*open_.program, std::move(open_.session), event);
    open_.session = std::move(turn.session);
    ++result_.turns;
    ++open_.row.turns;
    std::vector<DeskMark> marks = cancel_waits(turn);
    const std::uint32_t silence = apply_timers(turn);
    note(event, message_id, turn, say(event.at, turn, silence));
    add_marks(marks);
    if (!turn.calls.empty()) return call(event.at, turn.calls.front());
    for (machine::DeskRequest& request : turn.desk) {
      if (request.kind == DeskRequest::Kind::request) return hand_over(event.at, request);
      if (request.kind == DeskRequest::Kind::forward) return forward(event.at);
    }
    return std::nullopt;
  }

  void note(const Event& event, std::string_view message_id, const Turn& turn,
            const std::vector<SaidMessage>& said) {
    ports::JournalRow row;
    row.citizen = open_.row.citizen;
    row.turn = open_.row.turns;
    row.version = open_.row.version;
    row.at = event.at;
    encode_journal(*open_.program, event, message_id, said, turn.journal, row);
    result_.change.journal.push_back(std::move(row));
  }

  // The serial of the question whose wait begins with this turn's last message; 0: none.
  std::uint32_t apply_timers(const Turn& turn) {
    std::uint32_t silence = 0;
    for (const machine::TimerChange& change : turn.timers) {
      const bool waits =
          change.kind == machine::TimerKind::silence && change.armed && !turn.messages.empty();
      open_.timers.apply(change, waits ? silence_grace_ms : 0);
      if (waits) silence = change.serial;
    }
    return silence;
  }

  std::vector<SaidMessage> say(value::Instant at, const Turn& turn, std::uint32_t silence) {
    std::vector<SaidMessage> said;
    const auto& system = machine::system_words(*open_.program, open_.session.language);
    for (const machine::Message& message : turn.messages) {
      for (const machine::Shown& shown : machine::present(message, parts_.channel, system)) {
        ports::OutboxRow row;
        row.id = parts_.message_id();
        row.citizen = open_.row.citizen;
        row.at = at;
        row.address = open_.row.address;
        row.epoch = stamp_.epoch;
        row.agent = stamp_.agent;
        machine::encode_shown(shown, row.body);
        said.push_back({row.id, row.body});
        result_.change.outbox.push_back(std::move(row));
      }
    }
    if (silence != 0) result_.change.outbox.back().silence_serial = silence;
    return said;
  }

  std::optional<Event> call(value::Instant now, const machine::CallRequest& request) {
    const program::Service& declared = open_.program->app().services[request.service];
    ports::Service* service = find_service(parts_.services, declared.name);
    PendingCall pending{open_.row.citizen, request.serial,    declared.name,
                        request.until,     request.arguments, open_.program};
    Event event;
    event.kind = Event::Kind::answered;
    event.at = now;
    event.serial = request.serial;
    event.outcome = value::name_key("unavailable");
    if (service) {
      const ports::Call asked{*open_.program, declared,     request.arguments, now,
                              request.until,  pending.key()};
      auto answer = service->answer_now(asked);
      if (!answer) {
        result_.call = std::move(pending);
        return std::nullopt;
      }
      event.outcome = answer->outcome;
      event.payload = std::move(answer->payload);
    }
    ++result_.answered;
    return event;
  }

  // --- the desk

  void add_marks(const std::vector<DeskMark>& marks) {
    for (const DeskMark& mark : marks) {
      result_.change.journal.push_back(mark_row(mark, parts_.desk, open_.row));
    }
  }

  void look_at_desk() {
    if (parts_.desk) stamp_ = parts_.desk->stamp(open_.row.citizen);
  }

  // First: what the turn says is said by the bot again.
  std::vector<DeskMark> cancel_waits(const Turn& turn) {
    std::vector<DeskMark> marks;
    for (const DeskRequest& request : turn.desk) {
      if (request.kind != DeskRequest::Kind::cancel || !parts_.desk) continue;
      const CitizenKey citizen = open_.row.citizen;
      auto applied = parts_.desk->apply(desk::Left{citizen, request.serial}, citizen);
      result_.told_desk = true;
      marks = std::move(applied.own.marks);
      look_at_desk();
    }
    return marks;
  }

  // What the desk knows of this conversation that the machine does not.
  std::optional<Event> due_event(value::Instant now) {
    if (!parts_.desk) return ended_event(now, open_.session.serial);
    return parts_.desk->due_event(open_.row.citizen, open_.session, stamp_);
  }

  std::optional<Event> hand_over(value::Instant now, const DeskRequest& request) {
    if (!parts_.desk) return ended_event(now, request.serial);
    const program::App& app = open_.program->app();
    const program::Queue& queue = app.queues[request.queue];
    const desk::Handed handed{open_.row.citizen, request.serial, queue.key,
                              value::name_key(app.channels[open_.session.channel])};
    auto applied = parts_.desk->hand_over(handed, matter_of(request, queue));
    result_.told_desk = true;
    add_marks(applied.own.marks);
    // Ended at once, or somebody was very quick: then nobody has to be told of a queue.
    if (auto event = due_event(now)) return event;
    for (const desk::Effect& effect : applied.effects) {
      const bool own =
          effect.kind == desk::Effect::Kind::queued && effect.citizen == handed.citizen;
      if (own) return queued_event(request.serial, effect.position, effect.wait_ms, now);
    }
    return std::nullopt;
  }

  DeskMatter matter_of(const DeskRequest& request, const program::Queue& queue) const {
    DeskMatter matter;
    matter.citizen = open_.row.citizen;
    matter.address = open_.row.address;
    matter.language = open_.program->app().languages[open_.session.language];
    matter.queue = queue.name;
    matter.version = open_.row.version;
    const machine::Position at = open_.session.frames.back().position;
    const program::Unit& unit = open_.program->unit(at.unit);
    const program::Handoff& handoff = unit.handoffs[unit.code[at.address].c];
    matter.summary = request.summary;
    matter.summary_is_private = handoff.summary_is_private;
    const program::Argument* declared = unit.arguments.data() + handoff.fields.begin;
    for (const machine::NamedValue& field : request.fields) {
      std::string text;
      machine::show_value(*open_.program, open_.session.language, field.value, text);
      matter.fields.push_back({field.name, std::move(text), (declared++)->is_private});
    }
    const program::Range outcomes = handoff.outcomes;
    for (program::Index i = outcomes.begin; i < outcomes.end; ++i) {
      const std::string& name = unit.outcomes[i].name;
      if (program::is_return(name)) {
        matter.states.push_back(name.substr(program::return_prefix.size()));
      }
    }
    return matter;
  }

  std::optional<Event> forward(value::Instant now) {
    if (!parts_.desk) return ended_event(now, open_.session.serial);
    const CitizenKey citizen = open_.row.citizen;
    const auto applied = parts_.desk->apply(desk::CitizenWrote{citizen}, citizen);
    add_marks(applied.own.marks);
    return due_event(now);
  }

  // Nobody serves conversations here.
  static Event ended_event(value::Instant now, std::uint32_t serial) {
    Event event;
    event.kind = Event::Kind::handoff_ended;
    event.at = now;
    event.serial = serial;
    event.outcome = value::name_key("unavailable");
    return event;
  }

  void finish() {
    using Call = ports::TurnChange::Call;
    ports::TurnChange& change = result_.change;
    change.session = open_.written();
    if (result_.call) {
      change.call = Call::set;
      encode_call(*result_.call, change.call_body);
    } else if (was_calling_ && open_.session.rest != Rest::call) {
      change.call = Call::cleared;
    }
  }

  OpenSession open_;
  const ChainParts& parts_;
  TurnChain result_;
  bool was_calling_ = false;
  DeskStamp stamp_;  // of what is said now
};

}  // namespace

TurnChain run_chain(OpenSession open, Event event, std::string_view message_id,
                    const ChainParts& parts) {
  return Chain(std::move(open), parts).run(std::move(event), message_id);
}

}  // namespace alur::runtime
