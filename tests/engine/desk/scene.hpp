// A desk and a clock for tests: what happens in a word each, what comes of it as text.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk/desk.hpp"

namespace alur::desk::tests {

inline constexpr NameKey general = value::name_key("general");
inline constexpr NameKey urgent = value::name_key("urgent");
inline constexpr NameKey whatsapp = value::name_key("whatsapp");
inline constexpr NameKey phone = value::name_key("phone");
inline constexpr NameKey answered = value::name_key("answered");

// Monday 5 January 2026, 09:00 in Jakarta.
inline constexpr value::Instant monday{1'767'578'400'000};

inline value::OpeningHours office_hours() {
  value::OpeningHours hours;
  for (std::size_t day = 0; day < 5; ++day) hours.weekdays[day] = {{8 * 3600, 17 * 3600}};
  return hours;
}

inline Settings two_queues() {
  Settings settings;
  settings.zone = *value::TimeZone::find("Asia/Jakarta");
  QueueSettings one;
  one.key = general;
  one.hours = office_hours();
  QueueSettings two;
  two.key = urgent;
  two.priority = 10;
  settings.queues = {one, two};
  return settings;
}

class Scene {
 public:
  explicit Scene(Settings settings = two_queues()) : desk(std::move(settings)) {}

  // What came of it, one effect after another.
  template <class What>
  std::string happens(What what) {
    std::string text;
    for (const Effect& effect : desk.apply({now, std::move(what)})) {
      text += (text.empty() ? "" : "; ") + to_text(effect);
    }
    return text;
  }
  std::string after(std::int64_t seconds) {
    now = now + value::Duration{seconds * 1'000};
    return happens(Ticked{});
  }

  std::string comes(AgentId agent, std::vector<NameKey> queues = {general, urgent},
                    Units capacity = 0, bool supervisor = false) {
    happens(AgentSet{agent, std::move(queues), capacity, supervisor});
    return is(agent, Presence::online);
  }
  std::string is(AgentId agent, Presence presence) {
    return happens(PresenceSet{agent, presence, 0});
  }
  std::string hands(Citizen citizen, NameKey queue = general, NameKey channel = whatsapp) {
    return happens(Handed{citizen, ++serial, queue, channel});
  }
  std::string accepts(AgentId agent, Citizen citizen) {
    return happens(Accepted{agent, citizen, epoch(citizen)});
  }
  std::string declines(AgentId agent, Citizen citizen) {
    return happens(Declined{agent, citizen, epoch(citizen)});
  }
  std::string writes(Citizen citizen) { return happens(CitizenWrote{citizen}); }
  std::string answers(AgentId agent, Citizen citizen) {
    return happens(AgentWrote{agent, citizen, epoch(citizen)});
  }
  std::string closes(AgentId agent, Citizen citizen, NameKey code = answered) {
    return happens(Closed{agent, citizen, epoch(citizen), code});
  }
  // Handed over and accepted by an agent who has room.
  void serves(AgentId agent, Citizen citizen, NameKey queue = general) {
    hands(citizen, queue);
    accepts(agent, citizen);
  }

  Epoch epoch(Citizen citizen) const {
    const Conversation* found = desk.find(citizen);
    return found ? found->epoch : 0;
  }

  Desk desk;
  value::Instant now = monday;
  std::uint32_t serial = 0;
};

}  // namespace alur::desk::tests
