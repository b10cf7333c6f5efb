// DeskKeeper: the one desk of a runtime, shared by all cores and by whoever serves the people at
// it. Stamps the time, keeps what has changed until it is stored, and says what follows to those
// who are to know. Events come one after another, from any thread; all is quick.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/desk/desk.hpp"
#include "engine/machine/turn.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/desk_mark.hpp"
#include "engine/runtime/transcript.hpp"

namespace alur::runtime {

// What a flow hands over, and with whom it is about. Kept with the desk's conversation, as long as
// the desk remembers that.
struct DeskMatter {
  ports::CitizenKey citizen = 0;
  std::string address;
  std::string language;  // its code
  std::string queue;     // its name, when it was handed over
  std::uint32_t version = 0;
  std::string summary;
  bool summary_is_private = false;  // for those who may see private values alone, as a field's
  struct Field {
    std::string name;
    std::string text;
    bool is_private = false;
    bool operator==(const Field&) const = default;
  };
  std::vector<Field> fields;
  // Where an agent may send the conversation on: names of states of the flow that handed over.
  // desk::Returned::state takes return_key() of one (desk_events.hpp).
  std::vector<std::string> states;
  bool operator==(const DeskMatter&) const = default;

  std::string_view channel() const;
};

// Who is told of what happens at a desk. From any thread; each call must be quick and must not call
// the keeper. Nor may the keeper be called under a lock that these calls take: they come with the
// keeper's own lock held.
class DeskWatcher {
 public:
  virtual ~DeskWatcher() = default;
  // In the order in which it happened. `desk` is as it is after all of them, for as long as the
  // call lasts; `what` is what brought it about.
  virtual void told(const desk::Desk& desk, const desk::What& what,
                    std::span<const desk::Effect> effects) = 0;
  // These are durable: of a conversation that is at the desk, or that is watched. `wrote_ms` is
  // its session's: what opens the channel's window, after the last of them.
  virtual void said(ports::CitizenKey citizen, const std::vector<Line>& lines,
                    std::int64_t wrote_ms) = 0;
  // What became of a line of such a conversation that was sent since the start.
  virtual void delivered(ports::CitizenKey citizen, std::uint64_t line, ports::Delivery state,
                         const std::string& reason) = 0;
};

// For the machine and the journal of one citizen.
struct DeskNews {
  ports::CitizenKey citizen = 0;
  std::vector<DeskMark> marks;
};

// Who decides what is said to a citizen, and in which epoch of the desk.
struct DeskStamp {
  desk::Epoch epoch = 0;
  desk::AgentId agent = 0;  // 0: the bot
};

struct DeskGauges {
  std::size_t waiting = 0;  // in a queue, and offered to nobody
  std::size_t offered = 0;
  std::size_t owned = 0;
  std::size_t on_duty = 0;
  std::int64_t longest_wait_ms = 0;
};

class DeskKeeper {
 public:
  // Called with the keeper's lock held: they only pass it on.
  struct Listener {
    std::function<void(std::vector<DeskNews> news)> news;  // of others than apply()'s `own`
    // Rows wait to be stored; and what next_due() is now.
    std::function<void(std::optional<value::Instant> due)> changed;
  };

  // `clock` must outlive it.
  DeskKeeper(const ports::Clock& clock, desk::Settings settings);

  // --- before it starts
  // False: these are no rows of a desk.
  bool load(std::span<const ports::DeskRow> rows);
  void set_listener(Listener listener);
  // After load(): whoever was there is lost, and what was due is done.
  void restart();

  // --- from any thread
  // What happens, now. `own`: whose news the caller takes, from the answer, himself.
  struct Applied {
    desk::Effects effects;
    DeskNews own;
    std::optional<desk::Refusal> refusal;  // of what was wanted
  };
  Applied apply(desk::What what, ports::CitizenKey own = 0);
  // A flow hands over: what apply() does, and the matter is kept.
  Applied hand_over(const desk::Handed& handed, DeskMatter matter);
  // There is such an agent, whom citizens are told by this name (empty: by none).
  Applied set_agent(desk::AgentSet agent, std::string name);
  void set_settings(desk::Settings settings);

  // Gives what `look` makes of the desk, undisturbed.
  template <class Look>
  auto look(Look look_at) const {
    const std::lock_guard lock(mutex_);
    return look_at(desk_);
  }
  std::optional<DeskMatter> matter(ports::CitizenKey citizen) const;
  // Of all conversations that the desk remembers: whose they are, and the citizen's address.
  std::vector<std::pair<ports::CitizenKey, std::string>> addresses() const;
  std::string name_of(desk::AgentId agent) const;
  std::optional<value::Instant> next_due() const;
  // Under which what is said now is sent.
  DeskStamp stamp(ports::CitizenKey citizen) const;
  // What this citizen's machine is to be told next (desk_events.hpp), and the stamp of that moment.
  std::optional<machine::Event> due_event(ports::CitizenKey citizen,
                                          const machine::Session& session, DeskStamp& stamp) const;
  // The handoff that this session, null for none, has left, and the desk still has.
  std::optional<std::uint32_t> left_serial(ports::CitizenKey citizen,
                                           const machine::Session* session) const;
  DeskGauges gauges() const;
  // As desk::Desk has it. Quick while nobody is served.
  bool may_send(ports::CitizenKey citizen, desk::Epoch epoch, desk::AgentId agent) const;

  // --- watching
  // Null: nobody watches any more. It must outlive that call.
  void set_watcher(DeskWatcher* watcher);
  // Lines of this conversation are told, too, wherever it is, until as many unwatch() as watch().
  void watch(ports::CitizenKey citizen);
  void unwatch(ports::CitizenKey citizen);
  bool is_watched(ports::CitizenKey citizen) const;
  void said(ports::CitizenKey citizen, const std::vector<Line>& lines, std::int64_t wrote_ms);
  void delivered(std::uint64_t message, ports::Delivery state, const std::string& reason);

  // --- for the committer
  bool is_dirty() const { return dirty_; }
  // What has changed since, as it is now.
  std::vector<ports::DeskRow> take_rows();
  // They could not be stored.
  void put_back(std::span<const ports::DeskRow> rows);

 private:
  struct Sent {
    ports::CitizenKey citizen = 0;
    std::uint64_t line = 0;
  };

  // With the lock held.
  Applied happen(const desk::What& what, ports::CitizenKey own);

  const ports::Clock& clock_;
  mutable std::mutex mutex_;
  desk::Desk desk_;
  std::unordered_map<ports::CitizenKey, DeskMatter> matters_;
  std::set<ports::CitizenKey> matters_changed_;
  std::map<desk::AgentId, std::string> names_;
  Listener listener_;
  std::atomic<bool> dirty_ = false;
  // Conversations that the desk remembers: without any, nothing has to be looked up.
  std::atomic<std::size_t> known_ = 0;

  mutable std::mutex watching_;  // mutex_ is never taken under it
  DeskWatcher* watcher_ = nullptr;
  std::unordered_map<ports::CitizenKey, std::size_t> watched_;
  std::unordered_map<std::uint64_t, Sent> sent_;  // by message
  std::deque<std::uint64_t> sent_order_;
};

}  // namespace alur::runtime
