#include "tests/engine/desk/plain_model.hpp"

#include <algorithm>

#include "tests/engine/desk/scene.hpp"

namespace alur::desk::tests {

using Kind = Effect::Kind;

namespace {

template <class... Ts>
struct Cases : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Cases(Ts...) -> Cases<Ts...>;

constexpr std::int64_t minute = 60'000;

}  // namespace

void PlainModel::fault(const std::string& what) {
  faults_.push_back(value::to_string(value::Instant{now_}) + ": " + what);
}

void PlainModel::follow(const Event& event, const Effects& effects, const Desk& next) {
  now_ = event.at.milliseconds;
  take(event);
  drop_wishes();
  for (const Effect& effect : effects) take(effect, event);
  drop_wishes();
  compare(next);
  check_nobody_idle();
}

// Who waits for a supervisor waits for anybody, when none has been there for a while.
void PlainModel::drop_wishes() {
  const auto wishes = [](const auto& one) {
    return one.second.for_supervisor && one.second.owner == Owner::queue && one.second.agent == 0;
  };
  const bool there = std::any_of(staff_.begin(), staff_.end(), [](const auto& one) {
    const Presence presence = one.second.presence;
    return one.second.supervisor && (presence == Presence::online || presence == Presence::busy);
  });
  const bool deserted = !there && std::any_of(talks_.begin(), talks_.end(), wishes);
  if (!deserted) deserted_since_ = -1;
  if (deserted && deserted_since_ < 0) deserted_since_ = now_;
  if (!deserted || now_ < deserted_since_ + settings_.unstaffed_ms) return;
  for (auto& one : talks_) {
    if (wishes(one)) one.second.for_supervisor = false;
  }
  deserted_since_ = -1;
}

// --- what is told to the desk, as far as it does not depend on what the desk makes of it

void PlainModel::take(const Event& event) {
  std::visit(Cases{[&](const AgentSet& set) {
                     Staff& one = staff_[set.agent];
                     one.queues = {set.queues.begin(), set.queues.end()};
                     one.capacity = set.capacity > 0 ? set.capacity : settings_.capacity;
                     one.supervisor = set.supervisor;
                     one.excused = true;  // the capacity may be lower than what they have
                   },
                   [&](const PresenceSet& set) {
                     if (staff_.count(set.agent) == 0) return;
                     staff_[set.agent].presence = set.presence;
                     staff_[set.agent].lost = false;
                   },
                   [&](const ConnectionLost& lost) {
                     if (staff_.count(lost.agent) > 0) staff_[lost.agent].lost = true;
                   },
                   [&](const ConnectionBack& back) {
                     if (staff_.count(back.agent) > 0) staff_[back.agent].lost = false;
                   },
                   [&](const Restarted&) {
                     for (auto& [agent, one] : staff_) {
                       one.lost = one.lost || one.presence != Presence::offline;
                     }
                   },
                   [&](const CitizenWrote& wrote) {
                     const auto found = talks_.find(wrote.citizen);
                     if (found == talks_.end() || found->second.owner == Owner::bot) return;
                     Talk& talk = found->second;
                     talk.awaited = false;
                     run(talk, Service::resolution, true);
                     if (talk.replied) run(talk, Service::next_reply, true);
                   },
                   [&](const AgentWrote& wrote) {
                     const auto found = talks_.find(wrote.citizen);
                     if (found == talks_.end()) return;
                     Talk& talk = found->second;
                     const bool theirs = talk.owner == Owner::agent && talk.agent == wrote.agent;
                     if (!theirs || talk.epoch != wrote.epoch) return;
                     run(talk, Service::first_reply, false);
                     talk.ran[static_cast<std::size_t>(Service::next_reply)].clear();
                     run(talk, Service::resolution, false);
                     if (!talk.awaited) talk.said_at = now_;
                     talk.awaited = talk.replied = true;
                   },
                   [&](const AgentRemoved&) {}, [](const auto&) {}},
             event.what);
}

// --- what the desk says

void PlainModel::take(const Effect& effect, const Event& event) {
  switch (effect.kind) {
    case Kind::queued: {
      const auto* handed = std::get_if<Handed>(&event.what);
      if (!handed || handed->citizen != effect.citizen) return fault("queued out of nothing");
      Talk& talk = talks_[effect.citizen];
      for (auto& ran : talk.ran) ran.clear();
      talk.serial = handed->serial;
      talk.queue = handed->queue;
      talk.channel = handed->channel;
      talk.for_supervisor = talk.replied = false;
      talk.paused_until.clear();
      talk.place = ++places_;
      moved(talk, effect, Owner::queue, 0);
      wait_again(talk);
      run(talk, Service::first_reply, true);
      if (!is_open(talk.queue, now_)) fault("queued while closed");
      return;
    }
    case Kind::offered:
      return take_offered(effect, event);
    case Kind::withdrawn: {
      Talk& talk = talks_[effect.citizen];
      if (talk.owner != Owner::queue || talk.agent != effect.agent) fault("withdrew no offer");
      talk.agent = 0;
      if (effect.why == Ended::missed || effect.why == Ended::declined) {
        talk.paused_until[effect.agent] = now_ + settings_.decline_pause_ms;
      }
      return;
    }
    case Kind::accepted:
      return take_accepted(effect, event);
    case Kind::taken: {
      Talk& talk = talks_[effect.citizen];
      if (talk.owner != Owner::agent || talk.agent != effect.agent) fault("took from a stranger");
      // Whose it is then is told next, or it waits.
      talk.owner = Owner::queue;
      talk.agent = 0;
      // A supervisor gives it to somebody else: it does not wait in between.
      if (std::get_if<Assigned>(&event.what)) return;
      wait_again(talk);
      if (const auto* to = std::get_if<Transferred>(&event.what)) {
        talk.paused_until[to->agent] = now_ + settings_.decline_pause_ms;
        talk.for_supervisor = to->to_agent == 0 && to->to_queue == 0;
        if (to->to_queue != 0 && to->to_queue != talk.queue) {
          for (auto& ran : talk.ran) {
            if (ran.empty() || ran.back().to >= 0) continue;
            ran.back().to = now_;
            ran.push_back({to->to_queue, now_, -1});
          }
          talk.queue = to->to_queue;
        }
      }
      return;
    }
    case Kind::returned:
      return take_returned(effect, event);
    case Kind::overloaded:
      if (load(effect.agent) <= staff_[effect.agent].capacity) fault("no overload");
      staff_[effect.agent].excused = true;
      return;
    case Kind::overfilled: {
      const auto* assigned = std::get_if<Assigned>(&event.what);
      if (!assigned || !assigned->overfill || !staff_[assigned->by].supervisor) {
        fault("overfilled by nobody who may");
      }
      return;
    }
    case Kind::presence:
      staff_[effect.agent].presence = effect.now;
      staff_[effect.agent].lost = false;
      return;
    case Kind::refused:
    case Kind::breached:
      return;
  }
}

void PlainModel::moved(Talk& talk, const Effect& effect, Owner owner, AgentId agent) {
  if (effect.epoch <= talk.epoch) fault("the epoch does not grow");
  talk.epoch = effect.epoch;
  talk.epochs.insert(effect.epoch);
  talk.owner = owner;
  talk.agent = agent;
}

void PlainModel::wait_again(Talk& talk) {
  talk.queued_at = now_;
  talk.passed_over = 0;
  talk.awaited = false;
  run(talk, Service::resolution, true);
}

void PlainModel::take_offered(const Effect& effect, const Event& event) {
  Talk& talk = talks_[effect.citizen];
  const AgentId agent = effect.agent;
  if (talk.owner != Owner::queue || talk.agent != 0) fault("offered, though it does not wait");
  const Staff& one = staff_[agent];
  if (one.presence != Presence::online || one.lost) fault("offered to somebody who is not there");
  if (load(agent) + weight(talk) > one.capacity) fault("offered without spare units");
  if (open(agent) >= settings_.open_max) fault("offered beyond the ceiling");
  const auto* transferred = std::get_if<Transferred>(&event.what);
  const bool wanted =
      transferred && transferred->to_agent == agent && transferred->citizen == effect.citizen;
  if (!wanted) {
    if (!may(agent, talk)) fault("offered to somebody who may not serve it");
    judge_choice(effect.citizen, talk, agent);
    judge_order(effect.citizen, talk, agent);
  }
  talk.agent = agent;
  staff_[agent].assigned = ++assigned_;
}

// Most spare capacity, and among equals who has waited longest.
void PlainModel::judge_choice(Citizen citizen, const Talk& talk, AgentId chosen) {
  if (somebody_is_held()) return;
  for (const auto& [id, other] : staff_) {
    if (id == chosen || !may(id, talk) || !has_room(id, talk)) continue;
    const bool fairer = spare(id) > spare(chosen) ||
                        (spare(id) == spare(chosen) && other.assigned < staff_[chosen].assigned);
    if (fairer) {
      fault(std::to_string(citizen) + " should have gone to " + std::to_string(id) + ", not " +
            std::to_string(chosen));
    }
  }
}

// Priority, then place; and who is overdue is passed over three times at most.
void PlainModel::judge_order(Citizen citizen, const Talk& talk, AgentId chosen) {
  Talk* oldest = nullptr;
  Citizen who = 0;
  for (auto& [id, other] : talks_) {
    if (id == citizen || other.owner != Owner::queue || other.agent != 0) continue;
    if (!may(chosen, other)) continue;
    const bool before =
        std::pair(-priority(other), other.place) < std::pair(-priority(talk), talk.place);
    if (before && has_room(chosen, other) && !overdue(talk) && !somebody_is_held()) {
      fault(std::to_string(id) + " was before " + std::to_string(citizen));
    }
    if (!overdue(other) || other.place > talk.place) continue;
    if (oldest && oldest->place < other.place) continue;
    oldest = &other;
    who = id;
  }
  if (!oldest) return;
  if (oldest->passed_over >= settings_.passed_over_max && has_room(chosen, *oldest) &&
      talk.passed_over < settings_.passed_over_max) {
    fault(std::to_string(who) + " is passed over once too often, for " + std::to_string(citizen));
  }
  oldest->passed_over = std::min(oldest->passed_over + 1, settings_.passed_over_max);
}

void PlainModel::take_accepted(const Effect& effect, const Event& event) {
  Talk& talk = talks_[effect.citizen];
  const auto* assigned = std::get_if<Assigned>(&event.what);
  if (assigned) {
    staff_[effect.agent].assigned = ++assigned_;
    const bool fits = talk.agent == effect.agent || has_room(effect.agent, talk);
    if (!staff_[assigned->by].supervisor) fault("assigned by nobody who may");
    if (!fits && !assigned->overfill) fault("assigned without spare units");
    if (!fits) staff_[effect.agent].excused = true;
    if (talk.agent != effect.agent && open(effect.agent) >= settings_.open_max) {
      fault("assigned beyond the ceiling");
    }
  } else if (talk.owner != Owner::queue || talk.agent != effect.agent) {
    fault("accepted, though it was not offered");
  }
  moved(talk, effect, Owner::agent, effect.agent);
  talk.owned_since = effect.epoch;
  talk.for_supervisor = false;
  talk.passed_over = 0;
  talk.paused_until.clear();
}

void PlainModel::take_returned(const Effect& effect, const Event& event) {
  Talk& talk = talks_[effect.citizen];
  const auto* handed = std::get_if<Handed>(&event.what);
  const bool at_once = handed && handed->citizen == effect.citizen;
  if (at_once) {
    talk.queue = handed->queue;
  } else if (talk.owner == Owner::bot) {
    fault("returned, though the bot has it");
  }
  const bool closed = !is_open(at_once ? handed->queue : talk.queue, now_);
  if (effect.outcome == Outcome::out_of_hours && !closed) fault("out of hours, though it is open");
  if (effect.outcome == Outcome::timed_out && now_ < talk.queued_at + 30 * minute) {
    fault("timed out too early");
  }
  moved(talk, effect, Owner::bot, 0);
  talk.awaited = false;
  for (std::size_t i = 0; i < service_count; ++i) run(talk, static_cast<Service>(i), false);
}

void PlainModel::run(Talk& talk, Service service, bool runs) {
  auto& ran = talk.ran[static_cast<std::size_t>(service)];
  const bool running = !ran.empty() && ran.back().to < 0;
  if (running && !runs) ran.back().to = now_;
  if (!running && runs) ran.push_back({talk.queue, now_, -1});
}

// --- what the desk is then

void PlainModel::compare(const Desk& desk) {
  for (const auto& [citizen, talk] : talks_) compare(citizen, talk, desk);
  for (auto& [id, one] : staff_) {
    if (!desk.find_agent(id)) continue;
    const Load is = desk.load(id);
    if (is.units != load(id) || is.open != open(id)) fault("another load than the plain sum");
    if (is.units <= one.capacity) one.excused = false;
    if (is.units > one.capacity && !one.excused) fault("more than the capacity, untold");
    if (is.open > settings_.open_max) fault("more open than the ceiling");
    if (desk.find_agent(id)->presence != one.presence) fault("another presence");
  }
}

void PlainModel::compare(Citizen citizen, const Talk& talk, const Desk& desk) {
  const Conversation* is = desk.find(citizen);
  if (!is) {
    if (talk.owner != Owner::bot) fault(std::to_string(citizen) + " is lost");
    return;
  }
  if (is->owner != talk.owner || is->agent != talk.agent) fault("another owner than was told");
  if (talk.owner == Owner::queue && is->passed_over != talk.passed_over) {
    fault("passed over another number of times");
  }
  if (is->epoch < talk.epoch) fault("the epoch fell");
  const bool gone =
      talk.owner == Owner::agent && staff_.at(talk.agent).presence == Presence::offline;
  if (gone && !talk.awaited) fault("awaits an answer from somebody who is gone");
  for (const Epoch epoch : talk.epochs) {
    const bool owned = talk.owner == Owner::agent;
    for (const AgentId by : {AgentId{0}, AgentId{1}, AgentId{2}}) {
      const bool bot = !owned && (talk.owned_since == 0 || epoch > talk.owned_since);
      const bool may = by == 0 ? bot : owned && by == talk.agent && epoch == is->epoch;
      if (desk.may_send(citizen, epoch, by) != may) fault("a send under another epoch");
    }
  }
}

// Nobody waits while somebody could serve them.
void PlainModel::check_nobody_idle() {
  if (somebody_is_held()) return;
  for (const auto& [citizen, talk] : talks_) {
    if (talk.owner != Owner::queue || talk.agent != 0) continue;
    for (const auto& [id, one] : staff_) {
      if (may(id, talk) && has_room(id, talk)) {
        fault(std::to_string(citizen) + " waits, and " + std::to_string(id) + " has room");
      }
    }
  }
}

void PlainModel::check_clocks(const Desk& desk) {
  for (const auto& [citizen, talk] : talks_) {
    const Conversation* is = desk.find(citizen);
    if (!is || is->serial != talk.serial) continue;
    for (std::size_t i = 0; i < service_count; ++i) {
      std::int64_t plain = 0;
      for (const Ran& ran : talk.ran[i]) {
        const std::int64_t to = ran.to < 0 ? now_ : ran.to;
        for (std::int64_t at = ran.from; at < to;) {
          const std::int64_t next = std::min(to, at / minute * minute + minute);
          if (is_open(ran.queue, at)) plain += next - at;
          at = next;
        }
      }
      const auto service = static_cast<Service>(i);
      const std::int64_t used = desk.used_ms(*is, service, value::Instant{now_});
      if (used != plain) {
        fault(std::to_string(citizen) + ": " + std::string(to_text(service)) + " is " +
              std::to_string(used) + ", minute by minute " + std::to_string(plain));
      }
      const std::int64_t limit[] = {settings_.queues[0].first_reply_ms,
                                    settings_.queues[0].next_reply_ms,
                                    settings_.queues[0].resolution_ms};
      if (is->clock(service).breached != (plain >= limit[i])) fault("a breach that is none");
    }
  }
}

// --- the plain sums

// Jakarta is seven hours ahead all year; the urgent queue is always open.
bool PlainModel::is_open(NameKey queue, std::int64_t at) const {
  if (queue == urgent) return true;
  const std::int64_t local = at + 7 * 60 * minute;
  const std::int64_t day = local / (24 * 60 * minute);
  const std::int64_t hour = local / (60 * minute) % 24;
  return (day + 3) % 7 < 5 && hour >= 8 && hour < 17;  // day 0 was a Thursday
}

Units PlainModel::weight(const Talk& talk) const {
  if (talk.channel == phone) return 4 * one_unit;
  const bool silent = talk.awaited && now_ >= talk.said_at + settings_.silent_after_ms;
  return silent ? one_unit / 4 : one_unit;
}

Units PlainModel::load(AgentId agent) const {
  Units sum = 0;
  for (const auto& [citizen, talk] : talks_) {
    if (talk.agent == agent) sum += weight(talk);
  }
  return sum;
}

int PlainModel::open(AgentId agent) const {
  return static_cast<int>(std::count_if(
      talks_.begin(), talks_.end(), [&](const auto& one) { return one.second.agent == agent; }));
}

Units PlainModel::spare(AgentId agent) const {
  return staff_.at(agent).capacity - load(agent);
}

bool PlainModel::may(AgentId agent, const Talk& talk) const {
  const Staff& one = staff_.at(agent);
  const auto paused = talk.paused_until.find(agent);
  if (paused != talk.paused_until.end() && paused->second > now_) return false;
  if (one.presence != Presence::online || one.lost) return false;
  return talk.for_supervisor ? one.supervisor : one.queues.count(talk.queue) > 0;
}

bool PlainModel::has_room(AgentId agent, const Talk& talk) const {
  return spare(agent) >= weight(talk) && open(agent) < settings_.open_max;
}

bool PlainModel::overdue(const Talk& talk) const {
  return now_ >= talk.queued_at + settings_.overdue_ms;
}

// Somebody who needs more room than a chat waits for too long: agents may be held for them.
bool PlainModel::somebody_is_held() const {
  return std::any_of(talks_.begin(), talks_.end(), [&](const auto& one) {
    const Talk& talk = one.second;
    return talk.owner == Owner::queue && talk.agent == 0 && talk.channel == phone && overdue(talk);
  });
}

std::int32_t PlainModel::priority(const Talk& talk) const {
  if (talk.for_supervisor) return 0;
  return talk.queue == urgent ? 10 : 0;
}

}  // namespace alur::desk::tests
