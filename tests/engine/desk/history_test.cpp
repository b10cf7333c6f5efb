// Random histories of a desk against a plain model: nobody assigned without spare units, none lost
// or owned twice, nobody starves, fair among equals, epochs grow, clocks are right. And every
// history gives the same rows again: told in other pieces, through its bytes, row by row.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "engine/desk/desk.hpp"
#include "tests/engine/desk/plain_model.hpp"
#include "tests/engine/desk/scene.hpp"

namespace alur::desk::tests {
namespace {

using value::Duration;
using value::Instant;

// More with ALUR_HISTORIES=100000; one, told event by event, with ALUR_SEED=n.
std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* wanted = std::getenv(name);
  return wanted ? std::strtoull(wanted, nullptr, 10) : otherwise;
}

Settings measured() {
  Settings settings = two_queues();
  for (QueueSettings& queue : settings.queues) {
    queue.first_reply_ms = 3 * value::minute_milliseconds;
    queue.next_reply_ms = 2 * value::minute_milliseconds;
    queue.resolution_ms = 20 * value::minute_milliseconds;
    queue.waiting_max = 12;
  }
  settings.overdue_ms = 4 * value::minute_milliseconds;
  settings.silent_after_ms = 2 * value::minute_milliseconds;
  settings.offer_ms = value::minute_milliseconds;
  return settings;
}

constexpr AgentId agents = 5;
constexpr Citizen citizens = 24;

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed), now_(monday) {
    busy_ = below(3) == 0;
    calls_ = below(3) == 0;
    // About opening time, noon, closing time, Friday's closing time.
    const std::int64_t hours[] = {-1, 3, 8, 4 * 24 + 8};
    now_ = now_ + Duration{hours[below(4)] * value::hour_milliseconds - 20 * 60'000};
  }

  Event next(const Desk& desk) {
    const std::int64_t step = below(25) == 0 ? 400'000 : below(5) == 0 ? 45'000 : 6'000;
    now_ = now_ + Duration{1 + static_cast<std::int64_t>(below(step))};
    if (first_ < 2 * agents) {
      const auto id = static_cast<AgentId>(1 + first_ / 2);
      if (first_++ % 2 == 0) return {now_, set(id)};
      return {now_, PresenceSet{id, Presence::online, 0}};
    }
    return {now_, what(desk)};
  }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  AgentId agent() { return static_cast<AgentId>(1 + below(agents)); }
  NameKey a_queue() { return below(3) == 0 ? urgent : general; }

  AgentSet set(AgentId id) {
    AgentSet made{id, {}, 0, below(4) == 0};
    if (below(4) != 0) made.queues.push_back(general);
    if (below(2) == 0) made.queues.push_back(urgent);
    if (below(2) == 0) made.capacity = static_cast<Units>(1 + below(5)) * one_unit;
    if (below(4) == 0) made.capacity = one_unit;
    return made;
  }

  What what(const Desk& desk) {
    const std::uint64_t kind = below(100);
    if (kind < (busy_ ? 25u : 15u)) return hand();
    if (kind < 30) return CitizenWrote{with_people(desk)};
    if (kind < 85) return of_agent(desk);
    if (kind < 92) {
      const Presence presence = below(6) != 0 ? Presence::online : static_cast<Presence>(below(4));
      return PresenceSet{agent(), presence, 1};
    }
    if (kind < 94) return ConnectionLost{agent()};
    if (kind < 96) return ConnectionBack{agent()};
    if (kind < 97) return below(4) == 0 ? What(Restarted{}) : What(set(agent()));
    if (kind < 98) {
      const Citizen citizen = 1 + below(citizens);
      const Conversation* is = desk.find(citizen);
      return Left{citizen, is ? is->serial : 0};
    }
    return Ticked{};
  }

  Handed hand() {
    const NameKey channel = calls_ && below(5) == 0 ? phone : whatsapp;
    return {1 + below(citizens), ++serial_, a_queue(), channel};
  }

  // Mostly somebody whom an agent has or is offered, or who waits.
  Citizen with_people(const Desk& desk) {
    std::vector<Citizen> all;
    const bool with_agent = below(4) != 0;
    for (Citizen citizen = 1; citizen <= citizens; ++citizen) {
      const Conversation* is = desk.find(citizen);
      if (!is || is->owner == Owner::bot) continue;
      if (!with_agent || is->agent != 0) all.push_back(citizen);
    }
    const bool any = all.empty() || below(12) == 0;
    return any ? 1 + below(citizens) : all[below(all.size())];
  }

  // Mostly what an agent can do with a conversation; sometimes what they cannot.
  What of_agent(const Desk& desk) {
    const Citizen citizen = with_people(desk);
    const Conversation* is = desk.find(citizen);
    const Epoch epoch = !is ? 0 : below(12) == 0 ? is->epoch - 1 : is->epoch;
    const AgentId by = is && is->agent != 0 && below(12) != 0 ? is->agent : agent();
    if (is && is->owner == Owner::queue && below(10) != 0) {
      if (is->agent == 0 && below(2) == 0) return assign(citizen, epoch);
      if (below(4) == 0) return Declined{by, citizen, epoch};
      return Accepted{by, citizen, epoch};
    }
    switch (below(16)) {
      case 0:
        return Transferred{by, citizen, epoch, agent(), 0, "note"};
      case 1:
        return Transferred{by, citizen, epoch, 0, below(2) == 0 ? 0 : a_queue(), ""};
      case 2:
        return Returned{by, citizen, epoch, 0};
      case 3:
      case 4:
        return Closed{by, citizen, epoch, below(6) == 0 ? 0 : answered};
      case 5:
        return assign(citizen, epoch);
      default:
        return AgentWrote{by, citizen, epoch};
    }
  }

  Assigned assign(Citizen citizen, Epoch epoch) {
    return {agent(), citizen, epoch, agent(), below(2) == 0};
  }

  std::mt19937_64 random_;
  Instant now_;
  bool busy_ = false;
  bool calls_ = false;
  std::uint64_t first_ = 0;
  std::uint32_t serial_ = 0;
};

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : history_(seed), model_(settings_), desk_(settings_) {}

  void step() {
    const Event event = history_.next(desk_);
    // What was due before is not to wait for it, in other pieces either.
    if (std::holds_alternative<Restarted>(event.what)) events_.push_back({event.at, Ticked{}});
    events_.push_back(event);
    // What is due before it, each at its own time.
    while (const auto due = desk_.next_due()) {
      if (*due > event.at) break;
      follow({*due, Ticked{}});
    }
    follow(event);
    if (events_.size() % 16 == 0) through_bytes();
  }

  void finish() {
    model_.check_clocks(desk_);
    EXPECT_TRUE(again().rows() == desk_.rows()) << "told in other pieces";
    std::vector<Row> kept;
    for (const auto& [key, bytes] : stored_) kept.push_back({key.first, key.second, bytes});
    EXPECT_TRUE(kept == desk_.rows()) << "what was stored";
  }

  const std::vector<std::string>& faults() const { return model_.faults(); }

 private:
  void follow(const Event& event) {
    const Effects effects = desk_.apply(event);
    model_.follow(event, effects, desk_);
    if (std::getenv("ALUR_SEED")) {
      std::printf("%s #%zu\n", value::to_string(event.at).c_str(), event.what.index());
      for (const Effect& effect : effects) std::printf("    %s\n", to_text(effect).c_str());
    }
    for (Row& row : desk_.take_changed()) {
      if (row.bytes.empty()) {
        stored_.erase({row.kind, row.key});
      } else {
        stored_[{row.kind, row.key}] = std::move(row.bytes);
      }
    }
  }

  void through_bytes() {
    auto read = Desk::from_rows(settings_, desk_.rows());
    ASSERT_TRUE(read);
    ASSERT_TRUE(read->rows() == desk_.rows()) << "through bytes";
    desk_ = std::move(*read);
  }

  // Told only what happened: what was due in between comes of itself.
  Desk again() const {
    Desk made(settings_);
    for (const Event& event : events_) made.apply(event);
    return made;
  }

  Settings settings_ = measured();
  History history_;
  PlainModel model_;
  Desk desk_;
  std::vector<Event> events_;
  std::map<std::pair<Row::Kind, std::uint64_t>, std::string> stored_;
};

TEST(DeskHistories, KeepWhatADeskPromises) {
  const std::uint64_t seed = number_of("ALUR_SEED", 0);
  const std::uint64_t begin = seed > 0 ? seed : 1;
  const std::uint64_t end = seed > 0 ? seed : number_of("ALUR_HISTORIES", 3'000);
  for (std::uint64_t one = begin; one <= end; ++one) {
    Walk walk(one);
    for (int i = 0; i < 100 && walk.faults().empty(); ++i) walk.step();
    walk.finish();
    for (const std::string& fault : walk.faults()) ADD_FAILURE() << fault;
    if (testing::Test::HasFailure()) {
      FAIL() << "ALUR_SEED=" << one;
    }
  }
}

}  // namespace
}  // namespace alur::desk::tests
