// PlainModel: what must hold of a desk, whatever it does. It follows the desk by its effects alone,
// keeps its own books in the plainest way, and says what is wrong. It decides nothing: who is
// offered to whom is the desk's to say, and this one's to judge.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/desk/desk.hpp"

namespace alur::desk::tests {

class PlainModel {
 public:
  explicit PlainModel(const Settings& settings) : settings_(settings) {}

  // What a desk did when this happened. `next`: what it then is. Each call is of one moment: what
  // is due in between has been told before.
  void follow(const Event& event, const Effects& effects, const Desk& next);
  // Of all clocks, minute by minute.
  void check_clocks(const Desk& desk);

  const std::vector<std::string>& faults() const { return faults_; }

 private:
  // A stretch in which a clock ran, by the hours of a queue.
  struct Ran {
    NameKey queue = 0;
    std::int64_t from = 0;
    std::int64_t to = -1;  // still
  };
  struct Talk {
    Owner owner = Owner::bot;
    AgentId agent = 0;  // owner, or offered to
    Epoch epoch = 0;
    Epoch owned_since = 0;
    std::uint32_t serial = 0;
    NameKey queue = 0;
    NameKey channel = 0;
    bool for_supervisor = false;
    std::uint64_t place = 0;
    std::int64_t queued_at = 0;
    bool awaited = false;
    bool replied = false;
    std::int64_t said_at = 0;
    int passed_over = 0;
    std::map<AgentId, std::int64_t> paused_until;
    std::vector<Ran> ran[service_count];
    std::set<Epoch> epochs;
  };
  struct Staff {
    std::set<NameKey> queues;
    Units capacity = 0;
    bool supervisor = false;
    Presence presence = Presence::offline;
    bool lost = false;
    std::uint64_t assigned = 0;
    bool excused = false;  // more than the capacity, for a reason that was told
  };

  void take(const Event& event);
  void take(const Effect& effect, const Event& event);
  void take_offered(const Effect& effect, const Event& event);
  void take_accepted(const Effect& effect, const Event& event);
  void take_returned(const Effect& effect, const Event& event);
  void compare(const Desk& desk);
  void compare(Citizen citizen, const Talk& talk, const Desk& desk);
  void check_nobody_idle();
  void drop_wishes();

  void judge_choice(Citizen citizen, const Talk& talk, AgentId chosen);
  void judge_order(Citizen citizen, const Talk& talk, AgentId chosen);
  void moved(Talk& talk, const Effect& effect, Owner owner, AgentId agent);
  void wait_again(Talk& talk);
  void run(Talk& talk, Service service, bool runs);

  Units weight(const Talk& talk) const;
  Units load(AgentId agent) const;
  int open(AgentId agent) const;
  Units spare(AgentId agent) const;
  bool may(AgentId agent, const Talk& talk) const;
  bool has_room(AgentId agent, const Talk& talk) const;
  bool overdue(const Talk& talk) const;
  bool somebody_is_held() const;
  bool is_open(NameKey queue, std::int64_t at) const;
  std::int32_t priority(const Talk& talk) const;
  void fault(const std::string& what);

  const Settings& settings_;
  std::int64_t now_ = 0;
  std::map<Citizen, Talk> talks_;
  std::map<AgentId, Staff> staff_;
  std::int64_t deserted_since_ = -1;  // by supervisors
  std::uint64_t places_ = 0;
  std::uint64_t assigned_ = 0;
  std::vector<std::string> faults_;
};

}  // namespace alur::desk::tests
