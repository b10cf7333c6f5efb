// Who is offered to whom: conversations in the order of service, each to the agent with most spare
// capacity, among equals to whom nothing was assigned for longest.
#include <algorithm>
#include <tuple>

#include "engine/desk/desk.hpp"

namespace alur::desk {

using value::Duration;

namespace {

// Of one line, those that nobody may take now: looking at all of a long line each time costs more
// than it finds.
constexpr int unserved_max = 64;

}  // namespace

struct Desk::Round {
  std::vector<Person*> free;
  std::set<std::uint64_t> tried;  // places
  std::vector<AgentId> held;      // for somebody who needs more room than anybody has
};

NameKey Desk::line_of(const Conversation& conversation) {
  return conversation.for_supervisor ? supervisors_line : conversation.queue;
}

bool Desk::serves(const Agent& agent, NameKey line) {
  return line == supervisors_line ? agent.supervisor : agent.serves(line);
}

bool Desk::supervisor_on_duty() const {
  return std::any_of(agents_.begin(), agents_.end(), [](const auto& one) {
    return one.second.is.supervisor && one.second.is.on_duty();
  });
}

bool Desk::may_serve(const Person& person, const Conversation& conversation) const {
  const bool paused = std::any_of(
      conversation.pauses.begin(), conversation.pauses.end(),
      [&](const Pause& one) { return one.agent == person.is.id && one.until > counts_.now; });
  return !paused && serves(person.is, line_of(conversation));
}

bool Desk::has_room(const Person& person, Units weight) const {
  return person.load.open < settings_.open_max && person.load.units + weight <= capacity(person.is);
}

Desk::Person* Desk::choose(const Conversation& conversation, const Round& round) {
  const Units needs = weight(conversation);
  const auto rank = [this](const Person& person) {
    return std::tuple(person.load.units - capacity(person.is), person.is.assigned, person.is.id);
  };
  Person* best = nullptr;
  for (Person* person : round.free) {
    if (!has_room(*person, needs) || !may_serve(*person, conversation)) continue;
    const auto& held = round.held;
    if (std::find(held.begin(), held.end(), person->is.id) != held.end()) continue;
    if (!best || rank(*person) < rank(*best)) best = person;
  }
  return best;
}

// The agent who will have room for it first, as far as can be seen, is given nothing else.
void Desk::hold(const Conversation& conversation, Round& round) const {
  const Person* best = nullptr;
  const auto spare = [this](const Person& one) { return capacity(one.is) - one.load.units; };
  for (const auto& [id, person] : agents_) {
    const bool could = person.is.takes_more() && capacity(person.is) >= weight(conversation) &&
                       may_serve(person, conversation);
    if (could && (!best || spare(person) > spare(*best))) best = &person;
  }
  if (best) round.held.push_back(best->is.id);
}

// The oldest that the agent could have taken instead, and that has waited for too long.
void Desk::note_passed_over(const Person& person, const Conversation& served) {
  Entry* oldest = nullptr;
  for (const auto& [line, waiting] : waiting_) {
    if (!serves(person.is, line)) continue;
    for (const auto& [place, citizen] : waiting) {
      if (place >= served.place || (oldest && place >= oldest->is.place)) break;
      Entry& entry = conversations_.at(citizen);
      const bool overdue = entry.is.queued_at + Duration{settings_.overdue_ms} <= counts_.now;
      if (!overdue || !may_serve(person, entry.is)) continue;
      oldest = &entry;
      break;
    }
  }
  if (!oldest || oldest->is.passed_over >= settings_.passed_over_max) return;
  ++oldest->is.passed_over;
  touch(*oldest);
}

bool Desk::serve(Citizen citizen, Round& round) {
  Entry& entry = conversations_.at(citizen);
  Person* person = choose(entry.is, round);
  if (!person) {
    if (entry.is.passed_over >= settings_.passed_over_max) hold(entry.is, round);
    return false;
  }
  offer(entry, *person);
  note_passed_over(*person, entry.is);
  if (!has_room(*person, 1)) std::erase(round.free, person);
  return true;
}

namespace {

// How far a round has come in a line.
struct Head {
  std::int32_t priority = 0;
  const std::map<std::uint64_t, Citizen>* line = nullptr;
  std::uint64_t place = 0;  // of the next one
  Citizen citizen = 0;
  int unserved = 0;

  bool find(std::uint64_t from) {
    const auto next = line->lower_bound(from);
    if (next == line->end()) return false;
    place = next->first;
    citizen = next->second;
    return true;
  }
  bool operator<(const Head& other) const {
    return std::tuple(-priority, place) < std::tuple(-other.priority, other.place);
  }
};

}  // namespace

// Those who have been passed over often enough, each once in a round. Serving one may add another.
void Desk::serve_first(Round& round) {
  for (auto next = first_.begin(); next != first_.end() && !round.free.empty();) {
    const auto [place, citizen] = *next;
    if (round.tried.insert(place).second) serve(citizen, round);
    next = first_.upper_bound(place);
  }
}

void Desk::assign() {
  if (waiting_count_ == 0) return;
  Round round;
  for (auto& [id, person] : agents_) {
    if (person.is.takes_more() && has_room(person, 1)) round.free.push_back(&person);
  }
  serve_first(round);
  std::vector<Head> heads;
  for (const auto& [line, waiting] : waiting_) {
    const bool wanted = std::any_of(round.free.begin(), round.free.end(),
                                    [&](const Person* one) { return serves(one->is, line); });
    Head head{queue(line).priority, &waiting, 0, 0, 0};
    if (wanted && head.find(0)) heads.push_back(head);
  }
  while (!round.free.empty() && !heads.empty()) {
    const auto next = std::min_element(heads.begin(), heads.end());
    if (round.tried.insert(next->place).second) {
      if (!serve(next->citizen, round)) ++next->unserved;
      serve_first(round);
    }
    if (next->unserved >= unserved_max || !next->find(next->place + 1)) heads.erase(next);
  }
}

}  // namespace alur::desk
