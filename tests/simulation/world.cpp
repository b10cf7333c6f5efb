// The program of a simulation with its store, its channel and its service.
#include "tests/simulation/world.hpp"

#include <algorithm>

#include "engine/runtime/journal_bytes.hpp"

namespace alur::tests {

World::World(const SimulationSettings& settings)
    : settings_(settings), random_(settings.seed), channel_(pace()) {
  static const auto program = compile_small();
  program_ = program;
  auto versions = std::make_shared<runtime::Versions>();
  versions->all[1] = {1, program->hash(), {begin_ms}, program};
  versions->current = 1;
  versions_ = versions;
  start();
  if (settings_.people) plan_agents();
  plan_messages();
  if (settings_.crashes) plan_crash();
}

SimulationReport World::run() {
  while (!events_.empty() && report_.fault.empty()) {
    const Event event = events_.top();
    events_.pop();
    now_ = std::max(now_, event.at);
    event.happen();
    settle();
  }
  if (report_.fault.empty()) check_end();
  for (const auto& core : cores_) report_.superseded += core->counters().superseded;
  report_.virtual_ms = now_ - begin_ms;
  return report_;
}

ports::Pace World::pace() {
  ports::Pace pace;
  pace.pair_rate = 2;
  pace.pair_burst = 4;
  pace.number_rate = 50;
  pace.number_burst = 50;
  return pace;
}

// --- chance

bool World::chance(int in_hundred) {
  return settings_.faults && below(100) < static_cast<std::uint64_t>(in_hundred);
}

void World::later(std::int64_t ms, std::function<void()> happen) {
  events_.push({now_ + ms, ++order_, std::move(happen)});
}

void World::later_here(std::int64_t ms, std::function<void()> happen) {
  later(ms, [this, life = life_, happen = std::move(happen)] {
    if (life == life_) happen();
  });
}

void World::fail(const std::string& why) {
  if (report_.fault.empty()) report_.fault = why + " at " + std::to_string(now_ - begin_ms);
}

// --- the program

void World::start() {
  ++life_;
  store_ = std::make_unique<adapters::MemoryStore>(disk_);
  reader_ = std::move(*store_->reader());
  pace_ =
      std::make_unique<runtime::SharedPace>(channel_.pace(), now_, runtime::Pacer::Level::empty);
  cores_.clear();
  wakes_.assign(core_count, -1);
  group_.clear();
  down_ = committing_ = false;
  if (settings_.people) start_desk();
  for (std::uint32_t i = 0; i < core_count; ++i) {
    runtime::CoreParts parts;
    parts.desk = desk_.get();
    parts.store = store_.get();
    parts.reader = reader_.get();
    parts.services = {&names_, &tickets_};
    parts.channels = {&channel_};
    parts.paces = {pace_.get()};
    parts.core = i;
    parts.cores = core_count;
    parts.seed = settings_.seed;
    cores_.push_back(std::make_unique<Core>(std::move(parts), value::Instant{now_}));
    cores_[i]->set_versions(versions_);
  }
  const auto core = [this](CitizenKey key) -> Core& { return *cores_[key % core_count]; };
  static_cast<void>(reader_->each_active([&](const auto& due) { core(due.citizen).load(due); }));
  static_cast<void>(reader_->each_unsent([&](const auto& row) { core(row.citizen).load(row); }));
  static_cast<void>(reader_->each_call([&](const auto& row) { core(row.citizen).load(row); }));
  for (auto& one : cores_) one->wake({now_});
  if (desk_) begin_desk();
}

void World::crash() {
  ++report_.crashes;
  for (const auto& one : cores_) report_.superseded += one->counters().superseded;
  start();
}

void World::plan_crash() {
  later(static_cast<std::int64_t>(below(3 * 3'600'000)), [this] {
    crash();
    if (unsettled() > 0) plan_crash();
  });
}

// What the cores ask for happens, now or later.
void World::settle() {
  for (bool more = true; more;) {
    more = false;
    for (std::uint32_t i = 0; i < core_count; ++i) {
      Actions actions = cores_[i]->take_actions();
      if (actions.empty()) continue;
      more = true;
      take(i, std::move(actions));
    }
  }
  for (std::uint32_t i = 0; i < core_count; ++i) arm(i);
  if (!desk_) return;
  if (desk_->is_dirty() && !down_) commit_soon();
  arm_desk();
}

void World::commit_soon() {
  if (committing_) return;
  committing_ = true;
  later_here(1 + static_cast<std::int64_t>(below(5)), [this] { commit(); });
}

void World::arm(std::uint32_t core) {
  const auto next = cores_[core]->next_wake();
  if (!next || (wakes_[core] >= 0 && wakes_[core] <= *next)) return;
  const std::int64_t at = std::max(*next, now_);
  wakes_[core] = at;
  later_here(at - now_, [this, core, at] {
    if (wakes_[core] == at) wakes_[core] = -1;
    cores_[core]->wake({now_});
  });
}

void World::take(std::uint32_t core, Actions actions) {
  for (auto& one : actions.commits) group_.push_back({core, std::move(one)});
  if (!group_.empty()) commit_soon();
  for (auto& reply : actions.replies) reply.done(reply.verdict);
  for (auto& reply : actions.said_replies) reply.done(reply.said);
  for (auto& order : actions.sends) send(core, std::move(order.message));
  for (auto& ask : actions.asks) answer(core, ask.call);
}

// --- the store

void World::commit() {
  committing_ = false;
  const auto group = std::exchange(group_, {});
  std::vector<ports::Change> changes;
  for (const auto& [core, one] : group) changes.push_back(one.change);
  std::vector<ports::DeskRow> rows;
  if (desk_ && !down_) rows = desk_->take_rows();
  if (!rows.empty()) changes.push_back(ports::DeskChange{rows});
  ports::Result<void> done;
  if (down_) {
    done = ports::Fault::unavailable;
  } else {
    if (chance(2)) disk_->fail_at = 1 + below(2 * changes.size() + 4);
    const bool lost = chance(20);
    disk_->fail_with = lost ? ports::Fault::unsynced : ports::Fault::full;
    disk_->lost_but_written = lost && chance(50);
    done = store_->commit(changes);
    disk_->fail_at = 0;
  }
  if (!done && done.error() == ports::Fault::unsynced) return crash();
  if (!done && !rows.empty()) desk_->put_back(rows);
  if (!done && !down_) {
    down_ = true;
    later_here(250 + static_cast<std::int64_t>(below(5'000)), [this] {
      down_ = false;
      for (auto& core : cores_) core->store_is_back({now_});
    });
  }
  for (const auto& [core, one] : group) cores_[core]->committed(one.token, done, {now_});
  if (done) check_rows(changes);
}

void World::check_rows(const std::vector<ports::Change>& changes) {
  for (const ports::Change& change : changes) {
    const auto* turn = std::get_if<ports::TurnChange>(&change);
    if (!turn) continue;
    report_.turns += turn->journal.size();
    for (const ports::JournalRow& row : turn->journal) check_timer(row);
    for (const ports::OutboxRow& row : turn->outbox) {
      if (row.silence_serial != 0) asks_[row.id] = row.silence_serial;
    }
  }
}

// A question's silence is heard ten minutes after it arrived, and not a moment before.
void World::check_timer(const ports::JournalRow& row) {
  if (runtime::decode_people(row)) return;
  const auto body = runtime::decode_journal(row);
  if (!body) return fail("a journal row that nobody can read");
  if (body->event.kind != machine::Event::Kind::timer_fired) return;
  ++report_.timers;
  if (body->event.timer != machine::TimerKind::silence) return;
  const auto asked = asked_at_.find({row.citizen, body->event.serial});
  if (asked == asked_at_.end()) return;  // every message of it was given up
  if (row.at.milliseconds < asked->second + 600'000) fail("a silence was heard too early");
}

// --- the channel

void World::send(std::uint32_t core, ports::Outgoing message) {
  const CitizenKey citizen = store_->key_of(message.address);
  const auto told = [this, core, id = message.id](SendResult result) {
    later_here(static_cast<std::int64_t>(below(400)),
               [this, core, id, result] { cores_[core]->sent(0, id, result, {now_}); });
  };
  const auto row = disk_->outbox.find(message.id);
  if (desk_ && row != disk_->outbox.end() && row->second.agent == 0) check_silence(citizen);
  if (chance(5)) return told({SendResult::Kind::retry, 0, "busy"});
  if (chance(1)) return told({SendResult::Kind::wait_pair, 0, "too many"});
  if (chance(1)) return told({SendResult::Kind::wait_number, 0, "too many"});
  arrive(citizen, message);
  if (chance(3)) return told({SendResult::Kind::unknown, 0, "no answer"});
  told({});
}

// A citizen gets messages in order: one that came is never followed by an older one that did not.
void World::arrive(CitizenKey citizen, const ports::Outgoing& message) {
  std::set<std::uint64_t>& got = arrived_[citizen];
  if (!got.insert(message.id).second) {
    ++report_.sent_twice;
    if (!message.again) fail("a message was sent twice, and does not say so");
  } else if (*got.rbegin() != message.id) {
    fail("messages arrived out of order");
  }
  const auto asks = asks_.find(message.id);
  if (asks != asks_.end()) asked_at_[{citizen, asks->second}] = now_;
}

// --- the service

void World::answer(std::uint32_t core, const runtime::PendingCall& call) {
  const std::int64_t patience = std::max<std::int64_t>(0, call.until.milliseconds - now_);
  const bool hangs = chance(10);
  const bool fails = hangs || chance(10);
  const std::int64_t quick = static_cast<std::int64_t>(below(3'000));
  const std::int64_t ms = hangs ? patience : std::min(quick, patience);
  const std::string number = "T" + call.key();
  later_here(ms, [this, core, call, fails, number] {
    if (fails) {
      cores_[core]->answered(call.citizen, call.serial, call.service, ports::Fault::timed_out,
                             {now_});
    } else {
      cores_[core]->answered(call.citizen, call.serial, call.service, ticket_opened(number),
                             {now_});
    }
  });
}

}  // namespace alur::tests
