// DeskView: who is shown what. Takes what has changed, and says which frames go to which seats. A
// seat is one open socket; the tabs of one agent are several. Pure, and by one thread.
//
// What is an agent's own goes at once. The rest is gathered until flush(), and made once for all
// who see the same: with 200 agents and 5,000 waiting, a frame a row and a seat is more than
// anybody can take.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/desk/shown.hpp"

namespace alur::adapters {

using Seat = std::uint64_t;

struct Viewer {
  desk::AgentId agent = 0;  // 0: serves nobody
  std::string name;
  bool sees_all = false;              // all that is at the desk
  bool sees_own = false;              // what is theirs, and what waits in their queues
  bool sees_agents = false;           // who is there
  std::vector<desk::NameKey> queues;  // sorted
};

// A frame for these.
struct Shown {
  std::vector<Seat> seats;
  std::shared_ptr<const std::string> frame;
};

class DeskView {
 public:
  // `shown_max`: of those who wait in a line, so many are shown.
  explicit DeskView(std::size_t shown_max = 200) : shown_max_(shown_max) {}

  // --- seats
  void sit(Seat seat, Viewer viewer);
  void rise(Seat seat);
  bool has_seat(desk::AgentId agent) const { return by_agent_.count(agent) > 0; }
  const Viewer* viewer(Seat seat) const;
  std::vector<Seat> seats_of(desk::AgentId agent) const;
  std::vector<Seat> all_seats() const;

  // --- what has changed
  // `why`: that it is no longer the agent's who had it.
  void put(ShownRow row, std::string_view why = {});
  void drop(desk::Citizen citizen);  // the desk has forgotten it
  void put(ShownAgent agent);
  void drop_agent(desk::AgentId agent);
  void put(ShownQueue queue);

  // --- what is
  const ShownRow* row(desk::Citizen citizen) const;
  const ShownAgent* agent(desk::AgentId agent) const;
  bool sees(const Viewer& viewer, const ShownRow& row) const;
  // Those who wait in a line, and when the first of them came.
  struct Tally {
    std::size_t count = 0;
    std::optional<value::Instant> oldest;
  };
  Tally waiting(desk::NameKey line) const;
  // What each agent owns or is offered.
  const std::map<desk::AgentId, std::set<desk::Citizen>>& held() const { return had_by_; }
  // In no order: the row, and the same in JSON.
  template <class Take>
  void each_row(Take take) const {
    for (const auto& [citizen, entry] : rows_) take(entry.row, entry.text);
  }
  // "rows", "agents", "queues" of a hello, each as a JSON array.
  std::string rows_for(Seat seat) const;
  std::string agents_for(Seat seat) const;
  std::string queues() const;

  // --- looking at conversations
  // False: it does already.
  bool look(Seat seat, desk::Citizen citizen);
  void look_away(Seat seat, desk::Citizen citizen);
  // Those who look at it, and those who own it: whom its lines go to.
  std::vector<Seat> seats_at(desk::Citizen citizen) const;
  std::vector<desk::Citizen> looked_at(Seat seat) const;
  // The accounts that look at it, by name.
  std::vector<std::string> lookers(desk::Citizen citizen) const;

  // --- what goes out
  std::vector<Shown> take();   // at once
  std::vector<Shown> flush();  // what was gathered since

 private:
  struct Entry {
    ShownRow row;
    std::string text;  // the same in JSON
  };
  struct Person {
    ShownAgent agent;
    std::string text;
  };
  // A line of those who wait.
  struct Line {
    std::map<std::uint64_t, desk::Citizen> waiting;  // by place
    std::set<desk::Citizen> shown;
  };
  // All who see the same, beside what is their own.
  struct Audience {
    bool sees_all = false;
    std::vector<desk::NameKey> queues;
    std::set<Seat> seats;
    std::set<desk::Citizen> changed;
    bool sees(const Entry& entry, const std::map<desk::NameKey, Line>& lines) const;
  };
  using AudienceKey = std::pair<bool, std::vector<desk::NameKey>>;

  bool is_shown(const ShownRow& row) const;
  void list(const ShownRow& row, bool stays_shown);
  void unlist(const ShownRow& row);
  void fill(desk::NameKey line);
  void note_changed(const ShownRow& row);
  void tell_owner(desk::AgentId had, const Entry& now, std::string_view why);
  void tell(std::vector<Seat> seats, std::string frame);
  void flush_rows(Audience& audience, std::vector<Shown>& out);
  std::string rows_frame(const Audience& audience, Seat seat) const;

  std::size_t shown_max_;
  std::unordered_map<desk::Citizen, Entry> rows_;
  std::map<desk::NameKey, Line> lines_;
  std::map<desk::AgentId, std::set<desk::Citizen>> had_by_;  // owned, or offered to
  std::map<desk::AgentId, Person> agents_;
  std::map<std::string, ShownQueue> queues_;
  std::set<desk::AgentId> agents_changed_;
  std::set<std::string> queues_changed_;
  std::unordered_map<Seat, Viewer> viewers_;
  std::map<desk::AgentId, std::set<Seat>> by_agent_;
  std::map<AudienceKey, Audience> audiences_;
  std::unordered_map<desk::Citizen, std::set<Seat>> looked_at_;
  std::unordered_map<Seat, std::set<desk::Citizen>> looks_at_;
  std::vector<Shown> at_once_;
};

}  // namespace alur::adapters
