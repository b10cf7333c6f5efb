// Conversation: one citizen's conversation driven by hand: it keeps the session, the armed timers,
// the call or handoff that is pending, the clock and all that was said, and gives the machine one
// event after another. Replay, the terminal and tests stand on it; no thread, no I/O, no real time.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/machine/turn.hpp"
#include "tools/replay/desk_twin.hpp"
#include "tools/replay/service_twin.hpp"

namespace alur::tools {

using program::Index;

// A message of the bot, and the turn that said it.
struct SaidMessage {
  machine::Message message;
  std::size_t turn = 0;
};

struct TurnRecord {
  value::Instant at;
  std::size_t messages_begin = 0;  // of said(), up to the next turn's
  std::vector<machine::JournalEntry> journal;
  machine::Trace trace;
};

// Where a state or flow was entered, or how a flow, call or handoff ended.
struct UnitPlace {
  Index unit = program::none;
  Index index = program::none;
};

struct ConversationSettings {
  Index channel = 0;   // of App::channels
  Index language = 0;  // of App::languages
  value::Instant begins;
  machine::Tracing tracing = machine::Tracing::off;
  bool through_bytes = false;  // after every turn the session goes through its bytes
  std::function<void(const machine::Turn&)> observe;
};

class Conversation {
 public:
  // What a service or the desk does when it is asked: it answers so each time, or never.
  struct KeptAnswer {
    bool hangs = false;
    ServiceAnswer answer;
  };

  // `twin` may be null.
  Conversation(std::shared_ptr<const program::Program> program, ConversationSettings settings,
               std::unique_ptr<ServiceTwin> twin);
  ~Conversation();
  Conversation(Conversation&&) noexcept;
  Conversation& operator=(Conversation&&) noexcept;

  // --- what happens, each at now(). A turn that calls a service is followed at once by the turn of
  // its answer, where something answers; so is one that hands over to people who are known to act.

  void preset_contact(Index slot, value::Value value) { session_.contact[slot] = std::move(value); }
  void set_language(Index language) { session_.language = language; }
  void hear(const machine::Input& input);
  // Timers due until then fire on the way, each in a turn of its own.
  void advance_to(value::Instant until);
  // The earliest timer alone, if it is due until then.
  bool fire_next(value::Instant until);

  void keep_answer(Index service, KeptAnswer answer) { kept_answers_[service] = std::move(answer); }
  void forget_answer(Index service) { kept_answers_.erase(service); }
  // Of the pending call; without one it does nothing.
  void answer_call(const ServiceAnswer& answer);
  void hang_call();
  // Calls of these services wait for answer_call(), unless an answer is kept for them.
  void leave_open(std::set<Index> services) { left_open_ = std::move(services); }

  // closed, left, no_agent, timed_out, unavailable. Kept for the next handoff, or taken by the one
  // that is pending.
  void keep_handoff(value::NameKey outcome) { kept_handoff_ = outcome; }
  void end_handoff(value::NameKey outcome);
  void accept_handoff();

  // From now on a desk takes the handoffs, and nothing is kept for them.
  void seat_desk() { desk_.emplace(program_, settings_.channel); }
  // Why it cannot be, if it cannot. Before seat_desk() it never can.
  std::optional<Denial> act(const dsl::AgentActs& acts);
  bool act(const dsl::OthersWait& others, std::string& why);

  // --- what is

  value::Instant now() const { return now_; }
  const program::Program& program() const { return *program_; }
  const machine::Session& session() const { return session_; }
  const std::vector<SaidMessage>& said() const { return said_; }
  const std::vector<TurnRecord>& turns() const { return turns_; }

  const machine::CallRequest* pending_call() const { return call_ ? &call_->request : nullptr; }
  // A call that waits although nobody is known to answer it, and that was neither left open nor
  // made to hang.
  std::optional<Index> unanswered_service() const;
  const machine::DeskRequest* pending_handoff() const { return handoff_ ? &*handoff_ : nullptr; }

  const std::optional<machine::TimerChange>& timer(machine::TimerKind kind) const {
    return timers_[static_cast<std::size_t>(kind)];
  }
  std::size_t timer_count() const;
  // The earliest; null when none is armed.
  const machine::TimerChange* next_timer() const;
  // When something happens by itself: that timer, or what is due at the desk before it.
  std::optional<value::Instant> next_due() const;
  const DeskTwin* desk() const { return desk_ ? &*desk_ : nullptr; }

  // The state in which the conversation is: the last one that the flow on top has entered, or the
  // last of all when it has ended. unit is none before the first.
  UnitPlace state() const;
  std::string_view last_outcome() const { return last_outcome_; }
  // The session's bytes gave no session back, or too many turns followed one another: ours.
  const std::string& fault() const { return fault_; }

  // --- going back

  struct Snapshot;
  std::shared_ptr<const Snapshot> snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  struct PendingCall {
    machine::CallRequest request;
    bool hangs = false;
    bool unanswered = false;
  };

  void happen(const machine::Event& event);
  void settle();
  bool settle_call();
  bool settle_handoff();
  bool settle_desk();
  bool wake_desk(value::Instant until);
  void take(machine::Turn& turn);
  void note_journal(const machine::Turn& turn);
  void pass_through_bytes();
  void answered(const ServiceAnswer& answer);

  std::shared_ptr<const program::Program> program_;
  ConversationSettings settings_;
  std::unique_ptr<ServiceTwin> twin_;
  value::Instant now_;
  machine::Session session_;
  std::array<std::optional<machine::TimerChange>, machine::timer_kind_count> timers_;
  std::optional<PendingCall> call_;
  std::optional<machine::DeskRequest> handoff_;
  std::optional<DeskTwin> desk_;
  std::map<Index, KeptAnswer> kept_answers_;
  std::optional<value::NameKey> kept_handoff_;
  std::set<Index> left_open_;
  std::map<Index, Index> state_of_flow_;
  UnitPlace last_state_;
  std::string last_outcome_;
  std::vector<SaidMessage> said_;
  std::vector<TurnRecord> turns_;
  std::string fault_;
};

}  // namespace alur::tools
