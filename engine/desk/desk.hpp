// Desk: who serves whom. Takes one event after another and says what is to be done. Pure: the same
// settings and events give the same effects and the same rows; no clock, chance, thread or store.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "engine/desk/conversation.hpp"
#include "engine/desk/effect.hpp"
#include "engine/desk/event.hpp"
#include "engine/desk/settings.hpp"

namespace alur::desk {

// Where a citizen stands in their queue; the wait where there is something to tell it by.
struct Standing {
  std::size_t position = 0;             // 1 is next
  std::optional<std::int64_t> wait_ms;  // in whole minutes
};

// What an agent bears now, offers included.
struct Load {
  Units units = 0;
  int open = 0;
};

// The line of those who wait for a supervisor, whatever their queue.
inline constexpr NameKey supervisors_line = 0;

class Desk {
 public:
  explicit Desk(Settings settings);
  // The desk that these rows are of; nothing where some are no rows of a desk.
  static std::optional<Desk> from_rows(Settings settings, std::span<const Row> rows);

  // What is due before it happens first, each at its own time.
  Effects apply(const Event& event);
  // When apply(Ticked) has something to do, if nothing happens before.
  std::optional<value::Instant> next_due() const;
  // Published anew.
  void set_settings(Settings settings);

  // Whether a message that was decided under this epoch may still be sent. agent 0: by the bot,
  // which also speaks for the queues: not while an agent owns the conversation, and not what it
  // decided before one did. An agent's: while they own it under this epoch.
  bool may_send(Citizen citizen, Epoch epoch, AgentId agent) const;

  // --- what is
  const Settings& settings() const { return settings_; }
  const Counts& counts() const { return counts_; }
  const Conversation* find(Citizen citizen) const;
  const Agent* find_agent(AgentId agent) const;
  Load load(AgentId agent) const;
  Units capacity(const Agent& agent) const;
  Units weight(const Conversation& conversation) const;
  std::size_t waiting(NameKey queue) const;
  Standing standing(const Conversation& conversation, value::Instant now) const;
  // Open time that a clock has counted.
  std::int64_t used_ms(const Conversation& conversation, Service service, value::Instant now) const;

  std::size_t size() const { return conversations_.size(); }  // those at the bot included
  // In the order of their keys.
  template <class Take>
  void each_conversation(Take take) const {
    for (const auto& [citizen, entry] : conversations_) take(entry.is);
  }
  template <class Take>
  void each_agent(Take take) const {
    for (const auto& [id, person] : agents_) take(person.is);
  }

  // --- for the store
  // What events have touched since this was last asked.
  std::vector<Row> take_changed();
  // These could not be stored: the next take_changed() has them again, as they are then.
  void put_back(std::span<const Row> rows);
  std::vector<Row> rows() const;  // all, in order

 private:
  // What is made again from a conversation: where it stands in the desk's own lists.
  struct Indexed {
    bool waits = false;
    bool first = false;
    NameKey line = 0;
    std::uint64_t place = 0;
    AgentId agent = 0;
    std::optional<std::int64_t> due;
    std::optional<std::int64_t> closed;
  };
  struct Entry {
    Conversation is;
    Indexed at;
  };
  struct Person {
    Agent is;
    std::set<Citizen> has;  // owned by or offered to
    Load load;
  };
  using Waiting = std::map<std::uint64_t, Citizen>;  // by place

  // desk.cpp
  void touch(Entry& entry);
  void unlist(Entry& entry);
  void list(Entry& entry);
  void recount(AgentId agent);
  void touch(Person& person);
  Effect& effect(Effect::Kind kind, const Conversation& conversation);
  void refuse(AgentId agent, Citizen citizen, Refusal refusal);
  const QueueSettings& queue(NameKey key) const;
  bool is_open(NameKey key) const;

  // citizens.cpp
  void on(const Ticked&) {}
  void on(const Handed& handed);
  void on(const Left& left);
  void on(const CitizenWrote& wrote);
  std::optional<Outcome> refusal_of(const Conversation& conversation) const;
  void enqueue(Entry& entry);
  void give_back(Entry& entry, Outcome outcome, NameKey state, NameKey code);
  void forget_oldest();

  // agents.cpp
  void on(const Restarted& restarted);
  void on(const AgentSet& set);
  void on(const AgentRemoved& removed);
  void on(const PresenceSet& set);
  void on(const ConnectionLost& lost);
  void on(const ConnectionBack& back);
  void go_offline(Person& person);
  void withdraw_offers(Person& person, Ended why);
  void return_awaiting(Person& person, bool all, Ended why);

  // handing_on.cpp
  void on(const Accepted& accepted);
  void on(const Declined& declined);
  void on(const AgentWrote& wrote);
  void on(const Transferred& transferred);
  void on(const Returned& returned);
  void on(const Closed& closed);
  void on(const Assigned& assigned);
  Entry* owned(AgentId agent, Citizen citizen, Epoch epoch);
  Entry* offered(AgentId agent, Citizen citizen, Epoch epoch);
  std::optional<Refusal> refusal_of(const Transferred& transferred) const;
  std::optional<Refusal> refusal_of(const Assigned& assigned) const;
  void offer(Entry& entry, Person& person);
  void withdraw(Entry& entry, Ended why);
  void own(Entry& entry, Person& person);
  void pause(Conversation& conversation, AgentId agent);

  // assign.cpp
  struct Round;
  void assign();
  bool serve(Citizen citizen, Round& round);
  void serve_first(Round& round);
  static NameKey line_of(const Conversation& conversation);
  static bool serves(const Agent& agent, NameKey line);
  bool supervisor_on_duty() const;
  bool may_serve(const Person& person, const Conversation& conversation) const;
  bool has_room(const Person& person, Units weight) const;
  Person* choose(const Conversation& conversation, const Round& round);
  void hold(const Conversation& conversation, Round& round) const;
  void note_passed_over(const Person& person, const Conversation& served);

  // waiting.cpp
  bool is_staffed(NameKey line) const;
  void check_lines();
  void note_departure(NameKey queue);
  std::optional<std::int64_t> line_due(const Line& line) const;
  void end_all(NameKey line, Outcome outcome);

  // clocks.cpp
  void start(Conversation& conversation, Service service);
  void stop(Conversation& conversation, Service service);
  void count_in(Conversation& conversation, NameKey queue);
  void check_clocks(Conversation& conversation);

  // due.cpp
  std::optional<std::int64_t> due_of(const Conversation& conversation) const;
  void run_due(value::Instant until);
  void run_due(Entry& entry);
  bool falls_silent(const Conversation& conversation) const;
  void miss(Entry& entry);
  void lose(Person& person);
  void tell_presence(const Person& person);

  // desk_bytes.cpp
  std::string bytes_of(Row::Kind kind, std::uint64_t key) const;
  bool take(const Row& row);

  Settings settings_;
  Counts counts_;
  std::map<Citizen, Entry> conversations_;
  std::map<AgentId, Person> agents_;
  std::map<NameKey, Line> lines_;
  // Made again from those.
  std::map<NameKey, Waiting> waiting_;  // a line each
  Waiting first_;                       // who has been passed over often enough
  std::size_t waiting_count_ = 0;
  std::set<std::pair<std::int64_t, Citizen>> due_;
  std::set<std::pair<std::int64_t, Citizen>> at_bot_;  // by when they were closed

  Effects effects_;
  std::set<std::pair<Row::Kind, std::uint64_t>> changed_;
};

}  // namespace alur::desk
