// What the runtime tells of its desk, and what rows and lines become of it.
#include <algorithm>
#include <set>
#include <type_traits>

#include "adapters/desk/desk_floor.hpp"

namespace alur::adapters {

using desk::Effect;
using runtime::Line;

namespace {

constexpr std::size_t summary_bytes_max = 400;

// Until when the channel takes more than templates of somebody who wrote then; nothing: always, or
// nobody knows.
std::optional<value::Instant> window_until(std::string_view channel, std::int64_t wrote_ms) {
  const program::Channel* known = program::find_channel(channel);
  if (!known || known->window_ms == 0 || wrote_ms == 0) return std::nullopt;
  return value::Instant{wrote_ms + known->window_ms};
}

template <class What>
void collect(const What& what, std::set<desk::Citizen>& citizens, std::set<desk::AgentId>& agents) {
  if constexpr (requires { what.citizen; }) citizens.insert(what.citizen);
  if constexpr (requires { what.agent; }) agents.insert(what.agent);
  if constexpr (requires { what.to_agent; }) agents.insert(what.to_agent);
}

bool is_removal(const desk::What& what) {
  return std::holds_alternative<desk::AgentRemoved>(what);
}

std::string why_of(const Effect& effect) {
  switch (effect.kind) {
    case Effect::Kind::withdrawn:
    case Effect::Kind::taken:
      return std::string(to_word(effect.why));
    case Effect::Kind::returned:
      return effect.outcome == desk::Outcome::closed && effect.code == 0
                 ? "returned"
                 : std::string(to_text(effect.outcome));
    default:
      return {};
  }
}

// What a citizen calls themselves, where the flow has asked and those people may know.
std::string name_in(const runtime::DeskMatter& matter, bool cleared) {
  for (const auto& field : matter.fields) {
    if (field.is_private && !cleared) continue;
    if (field.name == "name" || field.name == "nama") return field.text;
  }
  return {};
}

}  // namespace

// --- from any thread

void DeskFloor::see(const desk::Desk& desk, desk::Citizen citizen, SeenAll& all) {
  const desk::Conversation* found = desk.find(citizen);
  if (!found) return all.forgotten.push_back(citizen);
  all.conversations.push_back({*found, desk.weight(*found), {}});
}

void DeskFloor::see_agent(const desk::Desk& desk, desk::AgentId agent, SeenAll& all) {
  const desk::Agent* found = desk.find_agent(agent);
  if (!found) return all.gone.push_back(agent);
  all.agents.push_back({*found, desk.load(agent), desk.capacity(*found)});
}

// The desk's lock is held: nothing is done here but to look.
void DeskFloor::told(const desk::Desk& desk, const desk::What& what,
                     std::span<const Effect> effects) {
  std::set<desk::Citizen> citizens;
  std::set<desk::AgentId> agents;
  std::visit([&](const auto& one) { collect(one, citizens, agents); }, what);
  for (const Effect& effect : effects) {
    if (effect.kind == Effect::Kind::refused) continue;
    citizens.insert(effect.citizen);
    agents.insert({effect.agent, effect.by});
  }
  citizens.erase(0);
  SeenAll all;
  for (const desk::Citizen citizen : citizens) {
    see(desk, citizen, all);
    if (const auto* found = desk.find(citizen)) agents.insert(found->agent);
  }
  agents.erase(0);
  for (const desk::AgentId agent : agents) see_agent(desk, agent, all);
  if (all.conversations.empty() && all.agents.empty() && all.forgotten.empty() &&
      !is_removal(what)) {
    return;
  }
  all.effects.assign(effects.begin(), effects.end());
  arrive([this, all = std::move(all)] { show(all); });
}

void DeskFloor::said(ports::CitizenKey citizen, const std::vector<Line>& lines,
                     std::int64_t wrote_ms) {
  arrive([this, citizen, lines, wrote_ms] { show_lines(citizen, lines, wrote_ms); });
}

void DeskFloor::delivered(ports::CitizenKey citizen, std::uint64_t line, ports::Delivery state,
                          const std::string& reason) {
  arrive([this, citizen, line, state, reason] {
    const std::vector<Seat> seats = view_.seats_at(citizen);
    if (seats.empty()) return;
    std::string frame = R"({"is":"delivery","citizen":")" + to_citizen_text(citizen) +
                        R"(","line":)" + std::to_string(line) + R"(,"state":)" +
                        quoted(ports::to_text(state));
    if (!reason.empty()) frame += R"(,"reason":)" + quoted(reason);
    send(seats, frame + "}");
  });
}

void DeskFloor::arrive(Work work) {
  threads_.loop([this, work = std::move(work)] {
    if (!stopped_) work();
  });
}

// --- by the loop's thread

void DeskFloor::show(const SeenAll& all) {
  std::map<desk::Citizen, std::string> whys;
  for (const Effect& effect : all.effects) {
    std::string why = why_of(effect);
    if (!why.empty()) whys[effect.citizen] = std::move(why);
  }
  for (const Seen& seen : all.conversations) {
    Seen now = seen;
    for (const Effect& effect : all.effects) {
      const bool queued = effect.kind == Effect::Kind::queued && effect.citizen == seen.is.citizen;
      if (queued) now.standing = {effect.position, effect.wait_ms};
    }
    const auto why = whys.find(seen.is.citizen);
    show(now, why == whys.end() ? std::string_view() : why->second);
  }
  for (const desk::Citizen citizen : all.forgotten) {
    view_.drop(citizen);
    seen_.erase(citizen);
    beside_.erase(citizen);
    threads_.shelf([this, citizen] { words_.forget(citizen); });
  }
  for (const SeenAgent& seen : all.agents) show(seen);
  for (const desk::AgentId agent : all.gone) view_.drop_agent(agent);
  for (const Effect& effect : all.effects) show_effect(effect);
  send(view_.take());
}

void DeskFloor::show(const Seen& seen, std::string_view why) {
  const desk::Citizen citizen = seen.is.citizen;
  const auto before = seen_.find(citizen);
  const bool handed_anew = before == seen_.end() || before->second.is.serial != seen.is.serial;
  Seen now = seen;
  // What was told at the handoff stands until somebody has come.
  if (!handed_anew && now.standing.position == 0 && now.is.waits()) {
    now.standing = before->second.standing;
  }
  Beside& beside = this->beside(citizen);
  if (handed_anew || !beside.matter) {
    beside.matter = keeper_->matter(citizen);
    if (!beside.was_read && seen.is.owner != desk::Owner::bot) read_latest(citizen);
  }
  if (seen.is.awaited) beside.unanswered = 0;
  view_.put(row_of(now, beside), why);
  seen_[citizen] = std::move(now);
  turn_away_lookers(citizen);
}

void DeskFloor::show(const SeenAgent& seen) {
  const auto account = names_->accounts.find(seen.is.id);
  ShownAgent shown;
  shown.agent = seen.is.id;
  if (account != names_->accounts.end()) {
    shown.name = account->second.name;
    shown.full_name = account->second.full_name;
    shown.queues = account->second.queues;
  }
  shown.supervisor = seen.is.supervisor;
  shown.presence = seen.is.presence;
  shown.reason = names_->name(seen.is.reason);
  shown.load = seen.load.units;
  shown.open = seen.load.open;
  shown.capacity = seen.capacity;
  shown.connected = seen.is.presence != desk::Presence::offline && !seen.is.lost_at;
  view_.put(std::move(shown));
}

void DeskFloor::show_effect(const Effect& effect) {
  if (effect.kind == Effect::Kind::breached) {
    send(view_.seats_at(effect.citizen), R"({"is":"breached","citizen":")" +
                                             to_citizen_text(effect.citizen) + R"(","service":)" +
                                             quoted(to_word(effect.service)) + "}");
  } else if (effect.kind == Effect::Kind::overloaded) {
    const ShownAgent* agent = view_.agent(effect.agent);
    std::vector<Seat> seats = view_.seats_of(effect.agent);
    for (const auto& [seat, guest] : guests_) {
      const Viewer* viewer = view_.viewer(seat);
      if (viewer && viewer->sees_all && viewer->agent != effect.agent) seats.push_back(seat);
    }
    send(seats, R"({"is":"overloaded","agent":)" + std::to_string(effect.agent) + R"(,"load":)" +
                    std::to_string(effect.load) + R"(,"capacity":)" +
                    std::to_string(agent ? agent->capacity : 0) + "}");
  } else if (effect.kind == Effect::Kind::overfilled) {
    const std::string by = names_->agent(effect.by);
    const std::string to = names_->agent(effect.agent);
    threads_.book([this, by, to, citizen = effect.citizen, load = effect.load] {
      parts_.accounts->note(parts_.clock->now(), by, Action::overfill, citizen,
                            to + " has " + std::to_string(load));
    });
  }
}

ShownRow DeskFloor::row_of(const Seen& seen, const Beside& beside) const {
  const desk::Conversation& is = seen.is;
  ShownRow row;
  row.citizen = is.citizen;
  row.epoch = is.epoch;
  row.owner = is.owner;
  row.agent = is.owner == desk::Owner::bot ? 0 : is.agent;
  row.line = is.for_supervisor ? desk::supervisors_line : is.queue;
  row.place = is.place;
  row.queue = names_->name(is.queue);
  if (beside.matter) {
    const runtime::DeskMatter& matter = *beside.matter;
    row.channel = matter.channel();
    row.address = masked_address(matter.address);
    row.language = matter.language;
    row.states = matter.states;
    const bool cleared = is_cleared(row);
    row.name = name_in(matter, cleared);
    if (cleared || !matter.summary_is_private) {
      row.summary = cut_text(matter.summary, summary_bytes_max);
    }
  }
  row.offered_until = is.offered_until;
  row.handed_at = is.handed_at;
  row.queued_at = is.queued_at;
  row.position = seen.standing.position;
  row.wait_ms = seen.standing.wait_ms;
  row.last = beside.last;
  row.unanswered = beside.unanswered;
  row.silent = is.silent;
  row.awaited = is.awaited;
  row.weight = seen.weight;
  for (std::size_t i = 0; i < desk::service_count; ++i) {
    const desk::Clock& clock = is.clocks[i];
    row.clocks[i] = {clock.due, clock.used_ms, clock.since.has_value(), clock.breached};
  }
  row.window_until = window_until(row.channel, beside.wrote_ms);
  row.again = is.again;
  row.note = is.note;
  if (is.owner == desk::Owner::bot) row.outcome = to_text(is.outcome);
  return row;
}

DeskFloor::Beside& DeskFloor::beside(desk::Citizen citizen) {
  return beside_[citizen];
}

// What was said before we watched.
void DeskFloor::read_latest(desk::Citizen citizen) {
  beside(citizen).was_read = true;
  threads_.shelf([this, citizen] {
    auto latest = shelf_.latest(citizen);
    if (!latest) return;
    arrive([this, citizen, read = std::move(*latest)] {
      const auto found = beside_.find(citizen);
      if (found == beside_.end()) return;
      Beside& known = found->second;
      known.wrote_ms = std::max(known.wrote_ms, read.wrote_ms);
      // Whatever was told since is newer.
      if (known.last.at < read.last.at) {
        known.last = read.last;
        known.unanswered = read.unanswered;
      }
      show_again(citizen);
    });
  });
}

void DeskFloor::show_again(desk::Citizen citizen) {
  const auto found = seen_.find(citizen);
  if (found == seen_.end()) return;
  view_.put(row_of(found->second, beside(citizen)));
  send(view_.take());
}

void DeskFloor::show_lines(desk::Citizen citizen, const std::vector<Line>& lines,
                           std::int64_t wrote_ms) {
  Beside& known = beside(citizen);
  known.wrote_ms = std::max(known.wrote_ms, wrote_ms);
  ++known.told;
  for (const Line& line : lines) {
    if (line.from == Line::From::mark || line.from == Line::From::note) continue;
    known.last = {std::string(to_text(line.from)), line_preview(line), line.at};
    known.unanswered = line.from == Line::From::citizen ? known.unanswered + 1 : 0;
  }
  const std::vector<Seat> seats = view_.seats_at(citizen);
  if (!seats.empty()) {
    const DeskNames names = names_of(names_);
    const std::string begin =
        R"({"is":"line","citizen":")" + to_citizen_text(citizen) + R"(","line":)";
    for (const Line& line : lines) {
      const auto delivery =
          line.message != 0 ? std::optional<LineDelivery>(LineDelivery{}) : std::nullopt;
      send(seats, begin + to_json_text(line, citizen, names, delivery) + "}");
    }
  }
  if (seen_.count(citizen) > 0) {
    show_again(citizen);
  } else if (seats.empty()) {
    beside_.erase(citizen);
  }
}

// Whoever may no longer see a conversation is told no more of it.
void DeskFloor::turn_away_lookers(desk::Citizen citizen) {
  const ShownRow* row = view_.row(citizen);
  if (!row) return;
  bool turned = false;
  for (const Seat seat : view_.seats_at(citizen)) {
    const Viewer* viewer = view_.viewer(seat);
    if (!viewer || view_.sees(*viewer, *row)) continue;
    const auto looks = view_.looked_at(seat);
    if (std::find(looks.begin(), looks.end(), citizen) == looks.end()) continue;
    view_.look_away(seat, citizen);
    keeper_->unwatch(citizen);
    turned = true;
  }
  if (turned) tell_viewing(citizen);
}

// --- once in a while

void DeskFloor::show_queues() {
  for (const DeskQueue& queue : queues_) {
    const desk::NameKey key = value::name_key(queue.name);
    const auto tally = view_.waiting(key);
    ShownQueue shown{queue.name, queue.title_id, queue.title_en, true, tally.count, tally.oldest};
    const value::Instant now = parts_.clock->now();
    shown.open = keeper_->look([&](const desk::Desk& desk) {
      const auto& all = desk.settings().queues;
      const auto found =
          std::find_if(all.begin(), all.end(), [key](const auto& one) { return one.key == key; });
      const value::LocalTime local = desk.settings().zone.to_local(now);
      return found != all.end() && found->hours.is_open(local.date, local.time);
    });
    view_.put(std::move(shown));
  }
}

// What falls silent says nothing: those who are served are looked at every now and then.
void DeskFloor::sweep() {
  SeenAll all;
  const auto held = view_.held();
  keeper_->look([&](const desk::Desk& desk) {
    for (const auto& [agent, citizens] : held) {
      see_agent(desk, agent, all);
      for (const desk::Citizen citizen : citizens) see(desk, citizen, all);
    }
  });
  all.gone.clear();
  show(all);
}

// What the desk has forgotten, nobody tells: it is looked for.
void DeskFloor::forget() {
  std::vector<desk::Citizen> ended;
  view_.each_row([&](const ShownRow& row, const std::string&) {
    if (!row.is_at_desk()) ended.push_back(row.citizen);
  });
  SeenAll all;
  keeper_->look([&](const desk::Desk& desk) {
    for (const desk::Citizen citizen : ended) {
      if (!desk.find(citizen)) all.forgotten.push_back(citizen);
    }
  });
  show(all);
}

void DeskFloor::tick() {
  ++ticks_;
  if (ticks_ % 60 == 0) forget();
  if (ticks_ % 2 == 0) sweep();
  if (ticks_ % 10 == 0) accounts_changed();
  show_queues();
  send(view_.flush());
}

}  // namespace alur::adapters
