// What each thing in a mailbox does to its citizen's session.
#include <algorithm>
#include <cassert>

#include "engine/runtime/core.hpp"
#include "engine/runtime/move_session.hpp"

namespace alur::runtime {

using machine::Event;
using machine::Rest;
using ports::CitizenKey;
using ports::Verdict;
using value::Instant;

Core::Taken Core::refuse(Heard& heard, Verdict verdict) {
  switch (verdict) {
    case Verdict::duplicate:
      count(counters_.duplicates);
      break;
    case Verdict::overloaded:
      count(counters_.refused_overloaded);
      break;
    case Verdict::unavailable:
      count(counters_.refused_unavailable);
      break;
    default:
      count(counters_.refused_other);
  }
  actions_.replies.push_back({std::move(heard.done), verdict});
  return Taken::done;
}

Core::Taken Core::run(OpenSession open, Event event, std::string_view message_id,
                      CitizenKey citizen, std::vector<DeskMark> marks) {
  const auto sender = find_sender(open.row.address);
  if (!sender) return Taken::done;
  Pending pending;
  pending.citizen = citizen;
  pending.of_mailbox = true;
  pending.sender = *sender;
  pending.version_before = open.session.active() ? open.row.version : 0;
  const std::uint32_t version = open.row.version;
  const ChainParts parts{parts_.services, channel_of_sender(*sender).capabilities(),
                         [this] { return next_message_id(); }, parts_.desk, std::move(marks)};
  TurnChain chain = [&] {
    const Lap lap(timings_.turn);
    return run_chain(std::move(open), std::move(event), message_id, parts);
  }();
  count(counters_.calls_answered, static_cast<std::uint64_t>(chain.answered));
  pending.due = chain.change.session.due;
  pending.version_after = pending.due ? version : 0;
  pending.outbox = chain.change.outbox;
  pending.call = std::move(chain.call);
  pending.turns = chain.turns;
  pending.journal_rows = chain.change.journal.size();
  pending.wrote_ms = chain.change.session.wrote_ms;
  pending.told_desk = chain.told_desk;
  commit(std::move(chain.change), std::move(pending));
  return Taken::committing;
}

// A conversation that cannot be read may be read again some day, and so may the current version.
Core::Taken Core::refuse_unopened(Heard& heard, const Row& row) {
  const bool begins = !row || !row->due;
  const auto program = begins ? versions_->find(versions_->current) : nullptr;
  if (program && !names_channel(*program, channel_of(heard.inbound.address))) {
    return refuse(heard, Verdict::refused);
  }
  if (row) count(counters_.stranded);
  return refuse(heard, Verdict::unavailable);
}

Core::Taken Core::take(Heard& heard, CitizenKey citizen, const Row& row, Instant now) {
  const ports::Inbound& inbound = heard.inbound;
  timings_.queue.note(std::chrono::steady_clock::now() - heard.came);
  if (row && row->address != inbound.address) return refuse(heard, Verdict::refused);
  if (!find_sender(inbound.address)) return refuse(heard, Verdict::refused);
  if (versions_->current == 0) return refuse(heard, Verdict::unavailable);
  auto open = open_session(*versions_, citizen, inbound.address, row);
  if (!open) return refuse_unopened(heard, row);
  const std::uint64_t id = parts_.store->key_of(inbound.id);
  const std::int64_t seconds = now.milliseconds / 1'000;
  if (open->seen.holds(id, seconds)) return refuse(heard, Verdict::duplicate);
  if (open->seen.may_be_spilled(seconds)) {
    const auto spilled = parts_.reader->was_spilled(citizen, id);
    if (!spilled) return Taken::failed;
    if (*spilled) return refuse(heard, Verdict::duplicate);
  }
  const machine::Session& session = open->session;
  if (session.rest == Rest::call && session.queued.size() >= machine::queued_max) {
    return refuse(heard, Verdict::overloaded);
  }
  std::vector<ports::SeenId> spilled;
  open->seen.add(id, seconds, spilled);
  open->row.wrote_ms = std::max(open->row.wrote_ms, inbound.wrote_ms);
  Event event;
  event.at = now;
  event.input = inbound.input;
  const Taken taken = run(std::move(*open), std::move(event), inbound.id, citizen);
  if (taken == Taken::committing) {
    auto& change = std::get<ports::TurnChange>(actions_.commits.back().change);
    change.spilled = std::move(spilled);
    change.names = inbound.names;
  }
  return taken;
}

Core::Taken Core::take(Fired&, CitizenKey citizen, const Row& row, Instant now) {
  if (!row || !row->due) return Taken::done;
  auto open = open_session(*versions_, citizen, row->address, row);
  if (!open) {
    count(counters_.stranded);
    wheel_.arm(citizen, ports::due_never);
    return Taken::done;
  }
  const auto kind = open->timers.earliest();
  if (!kind || open->timers[*kind]->at > now.milliseconds) {
    wheel_.arm(citizen, row->due.value_or(ports::due_never));
    return Taken::done;
  }
  // The wait of a question whose message has not been sent yet has not begun.
  const auto sender = find_sender(row->address);
  if (*kind == machine::TimerKind::silence && sender && ways_[*sender].outbox.unsent(citizen) > 0) {
    wheel_.arm(citizen, now.milliseconds + silence_grace_ms);
    return Taken::done;
  }
  Event event;
  event.kind = Event::Kind::timer_fired;
  event.at = now;
  event.timer = *kind;
  event.serial = open->timers[*kind]->serial;
  open->timers.remove(*kind);
  count(counters_.timers_fired);
  return run(std::move(*open), std::move(event), {}, citizen);
}

Core::Taken Core::take(Answered& answered, CitizenKey citizen, const Row& row, Instant now) {
  if (!row || !row->due) return Taken::done;
  auto open = open_session(*versions_, citizen, row->address, row);
  if (!open) {
    count(counters_.stranded);
    return Taken::done;
  }
  const machine::Session& session = open->session;
  if (session.rest != Rest::call || session.serial != answered.serial) return Taken::done;
  Event event;
  event.kind = Event::Kind::answered;
  event.at = now;
  event.serial = answered.serial;
  event.outcome = answered.answer.outcome;
  event.payload = answered.answer.payload;
  return run(std::move(*open), std::move(event), {}, citizen);
}

// A call that was under way when the program ended: it is asked again, under the same key.
Core::Taken Core::take(Recalled& recalled, CitizenKey citizen, const Row& row, Instant now) {
  if (!row || !row->due) return Taken::done;
  const auto open = open_session(*versions_, citizen, row->address, row);
  if (!open || open->session.rest != Rest::call || open->session.serial != recalled.call.serial) {
    return Taken::done;
  }
  recalled.call.program = open->program;
  ask(std::move(recalled.call), now);
  return Taken::done;
}

// The session's row alone: no turn.
void Core::commit_row(OpenSession open, std::uint32_t version_before) {
  Pending pending;
  pending.citizen = open.row.citizen;
  pending.of_mailbox = true;
  pending.version_before = version_before;
  pending.version_after = open.row.version;
  ports::TurnChange change;
  change.session = open.written();
  pending.due = change.session.due;
  commit(std::move(change), std::move(pending));
}

Core::Taken Core::take(Delayed& delayed, CitizenKey citizen, const Row& row, Instant now) {
  std::optional<OpenSession> open;
  if (row && row->due) open = open_session(*versions_, citizen, row->address, row);
  const bool shifts =
      open && open->timers.delay(machine::TimerKind::silence, delayed.serial, delayed.by_ms);
  if (!shifts) {
    record(delayed.sender, delayed.news, now);
    return Taken::done;
  }
  const std::uint32_t version = open->row.version;
  commit_row(std::move(*open), version);
  // Only then that it was sent: a crash between the two sends it again and shifts again.
  record(delayed.sender, delayed.news, now);
  return Taken::committing;
}

Core::Taken Core::take(Moved&, CitizenKey citizen, const Row& row, Instant) {
  if (!row || !row->due || row->version == versions_->current) return Taken::done;
  auto open = open_session(*versions_, citizen, row->address, row);
  const auto next = versions_->find(versions_->current);
  if (!open || !next) return Taken::done;
  if (can_move(*open->program, *next, open->session) != Movable::yes) return Taken::done;
  auto session = move_session(*open->program, *next, open->session);
  assert(session);
  const std::uint32_t before = open->row.version;
  open->session = std::move(*session);
  open->program = next;
  open->row.version = versions_->current;
  count(counters_.moved);
  commit_row(std::move(*open), before);
  return Taken::committing;
}

}  // namespace alur::runtime
