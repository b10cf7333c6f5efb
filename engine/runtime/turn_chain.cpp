#include "engine/runtime/turn_chain.hpp"

#include "engine/machine/present.hpp"
#include "engine/machine/shown_bytes.hpp"
#include "engine/runtime/journal_bytes.hpp"

namespace alur::runtime {

using machine::Event;
using machine::Rest;
using machine::Turn;

ports::Service* find_service(std::span<ports::Service* const> services, std::string_view name) {
  for (ports::Service* service : services) {
    if (service->answers(name)) return service;
  }
  return nullptr;
}

namespace {

class Chain {
 public:
  Chain(OpenSession open, const ChainParts& parts) : open_(std::move(open)), parts_(parts) {
    was_calling_ = open_.session.rest == Rest::call;
  }

  TurnChain run(Event event, std::string_view message_id) {
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
    note(event, message_id, turn);
    const std::uint32_t silence = apply_timers(turn);
    say(event.at, turn, silence);
    if (!turn.calls.empty()) return call(event.at, turn.calls.front());
    for (const machine::DeskRequest& request : turn.desk) {
      if (request.kind == machine::DeskRequest::Kind::request) return nobody(event.at, request);
    }
    return std::nullopt;
  }

  void note(const Event& event, std::string_view message_id, const Turn& turn) {
    ports::JournalRow row;
    row.citizen = open_.row.citizen;
    row.turn = open_.row.turns;
    row.version = open_.row.version;
    row.at = event.at;
    encode_journal(*open_.program, event, message_id, turn.journal, row);
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

  void say(value::Instant at, const Turn& turn, std::uint32_t silence) {
    const auto& system = machine::system_words(*open_.program, open_.session.language);
    for (const machine::Message& message : turn.messages) {
      for (const machine::Shown& shown : machine::present(message, parts_.channel, system)) {
        ports::OutboxRow row;
        row.id = parts_.message_id();
        row.citizen = open_.row.citizen;
        row.at = at;
        row.address = open_.row.address;
        machine::encode_shown(shown, row.body);
        result_.change.outbox.push_back(std::move(row));
      }
    }
    if (silence != 0) result_.change.outbox.back().silence_serial = silence;
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

  // Nobody serves conversations here.
  static Event nobody(value::Instant now, const machine::DeskRequest& request) {
    Event event;
    event.kind = Event::Kind::handoff_ended;
    event.at = now;
    event.serial = request.serial;
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
};

}  // namespace

TurnChain run_chain(OpenSession open, Event event, std::string_view message_id,
                    const ChainParts& parts) {
  return Chain(std::move(open), parts).run(std::move(event), message_id);
}

}  // namespace alur::runtime
