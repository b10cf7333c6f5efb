// The world of a simulation: the program, its store, its channel and its service, the people who
// serve and the citizens, each doing by chance what it may. Internal to the folder.
#pragma once

#include <map>
#include <queue>
#include <random>
#include <set>

#include "adapters/memory/memory_store.hpp"
#include "engine/runtime/core.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "tests/engine/runtime/small_service.hpp"
#include "tests/simulation/simulation.hpp"

namespace alur::tests {

using ports::CitizenKey;
using ports::Delivery;
using ports::SendResult;
using ports::Verdict;
using runtime::Actions;
using runtime::Core;

inline constexpr std::int64_t begin_ms = 1'800'000'000'000;
inline constexpr std::uint32_t core_count = 2;

class World : public runtime::DeskWatcher, public ports::Clock {
 public:
  explicit World(const SimulationSettings& settings);

  SimulationReport run();

 private:
  struct Event {
    std::int64_t at = 0;
    std::uint64_t order = 0;
    std::function<void()> happen;
    bool operator<(const Event& other) const {  // the queue gives the largest first
      return std::tie(other.at, other.order) < std::tie(at, order);
    }
  };
  struct Message {
    std::string id;
    std::string who;
    std::string text;
    bool accepted = false;
  };

  static ports::Pace pace();

  // --- chance

  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  bool chance(int in_hundred);
  void later(std::int64_t ms, std::function<void()> happen);
  // Only while the program that asked for it runs.
  void later_here(std::int64_t ms, std::function<void()> happen);
  void fail(const std::string& why);

  // --- the program

  void start();
  void crash();
  void plan_crash();
  void settle();
  void commit_soon();
  void arm(std::uint32_t core);
  void take(std::uint32_t core, Actions actions);

  // --- the store

  void commit();
  void check_rows(const std::vector<ports::Change>& changes);
  void check_timer(const ports::JournalRow& row);

  // --- the channel

  void send(std::uint32_t core, ports::Outgoing message);
  void arrive(CitizenKey citizen, const ports::Outgoing& message);

  // --- the service

  void answer(std::uint32_t core, const runtime::PendingCall& call);

  // --- people who serve

  value::Instant now() const override { return {now_}; }
  void start_desk();
  void begin_desk();
  void compare(runtime::DeskNews news);
  void arm_desk();
  std::map<CitizenKey, desk::Conversation> conversations() const;
  void plan_agents();
  void told(const desk::Desk&, const desk::What&, std::span<const desk::Effect> effects) override;
  void said(CitizenKey, const std::vector<runtime::Line>& lines, std::int64_t) override;
  void delivered(CitizenKey, std::uint64_t, Delivery, const std::string&) override {}
  void attend_later(CitizenKey citizen);
  void attend(CitizenKey citizen);
  void say_as(const desk::Conversation& is, const std::string& key);
  void later_say(const runtime::AgentSays& says);
  void check_silence(CitizenKey citizen);
  void check_people(const std::map<std::string, int>& keys);

  // --- the citizens

  void plan_messages();
  void deliver(std::size_t index);
  void take_verdict(std::size_t index, Verdict verdict);
  std::size_t unsettled() const;

  // --- at the end

  void check_end();
  void check_session(const ports::SessionRow& row, const std::vector<ports::JournalRow>& rows);

  SimulationSettings settings_;
  std::mt19937_64 random_;
  PlainChannel channel_;
  Names names_;
  Tickets tickets_;
  std::shared_ptr<const program::Program> program_;
  std::shared_ptr<const runtime::Versions> versions_;
  std::shared_ptr<adapters::MemoryDisk> disk_ = std::make_shared<adapters::MemoryDisk>();
  std::unique_ptr<adapters::MemoryStore> store_;
  std::unique_ptr<ports::StoreReader> reader_;
  std::unique_ptr<runtime::SharedPace> pace_;
  std::vector<std::unique_ptr<Core>> cores_;
  std::vector<std::int64_t> wakes_;
  std::vector<std::pair<std::uint32_t, Actions::Commit>> group_;
  bool committing_ = false;
  bool down_ = false;
  std::uint64_t life_ = 0;
  std::int64_t now_ = begin_ms;
  std::uint64_t order_ = 0;
  std::priority_queue<Event> events_;
  std::vector<Message> messages_;
  std::unique_ptr<runtime::DeskKeeper> desk_;
  std::int64_t desk_due_ = -1;
  std::set<std::string> spoken_;  // what agents were told is said
  int keys_ = 0;
  std::map<std::uint64_t, std::uint32_t> asks_;  // serials of questions, by their last message
  std::map<CitizenKey, std::set<std::uint64_t>> arrived_;
  std::map<std::pair<CitizenKey, std::uint32_t>, std::int64_t> asked_at_;
  SimulationReport report_;
};

}  // namespace alur::tests
