// Core: the citizens of one core: their mailboxes, turns, timers, messages to send and calls. Pure
// but for reading the store and for services that answer from memory: what is to be done outside
// is handed out as actions, what came of it is told, and time is an argument, but for measuring how
// long things took. One thread at a time.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/ports/breaker.hpp"
#include "engine/ports/channel.hpp"
#include "engine/ports/service.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/counters.hpp"
#include "engine/runtime/desk_keeper.hpp"
#include "engine/runtime/journal_bytes.hpp"
#include "engine/runtime/outbox.hpp"
#include "engine/runtime/pending_call.hpp"
#include "engine/runtime/timer_wheel.hpp"
#include "engine/runtime/timings.hpp"
#include "engine/runtime/turn_chain.hpp"
#include "engine/runtime/versions.hpp"
#include "engine/runtime/window_fault.hpp"

namespace alur::runtime {

// A sender as operators see it.
struct SenderReport {
  std::string channel;
  std::string name;  // empty where the channel has but one
  std::size_t unsent = 0;
  std::string paused;  // why nothing leaves; empty: it does
};

struct CoreBounds {
  std::size_t mailbox_max = 32;     // of one citizen
  std::size_t waiting_max = 2'048;  // of all; receipts are shed at half, new sessions at 3/4
  // Messages to be sent, which a channel that stands still leaves here: nothing more is heard until
  // some are gone.
  std::size_t lane_max = 256;        // to one citizen, over one channel
  std::size_t unsent_max = 100'000;  // to all
};

// What a core stands on. All of it must outlive the core.
struct CoreParts {
  const ports::Store* store = nullptr;
  ports::StoreReader* reader = nullptr;
  std::vector<ports::Service*> services;
  std::vector<ports::Channel*> channels;
  std::vector<SharedPace*> paces;  // one for each sender of each channel, in their order
  DeskKeeper* desk = nullptr;      // null: a handoff ends at once as `unavailable`
  std::uint32_t core = 0;
  std::uint32_t cores = 1;
  std::uint64_t seed = 1;  // of the jitter
  CoreBounds bounds;
};

// What an agent says to a citizen. Where the channel has a window, a template is taken once it is
// shut, and anything else while it is open; on one without, no template is.
struct AgentSays {
  ports::CitizenKey citizen = 0;
  desk::AgentId agent = 0;
  desk::Epoch epoch = 0;
  std::string by;        // the agent's name, for the transcript
  std::string key;       // theirs for this message: no two of an agent have one
  machine::Shown shown;  // text of any length; or an attachment or a template, as it is sent
  // The citizen's line, of this conversation, that it answers; 0: none. Another is refused as
  // unknown.
  std::uint64_t reply_to = 0;
};
struct AgentNotes {
  ports::CitizenKey citizen = 0;
  desk::AgentId agent = 0;
  std::string by;
  std::string key;
  std::string text;
};
// What became of it: durable; refused, by the desk or by the window; or neither: nothing could be
// made durable now.
struct Said {
  bool durable = false;
  bool again = false;  // it was durable before
  Line line;           // of what is durable; without a number where it was too long ago to be found
  std::optional<desk::Refusal> refusal;
  std::optional<WindowFault> window{};
};
using SaidDone = std::function<void(Said)>;

using Done = std::function<void(ports::Verdict)>;
using ReceiptDone = std::function<void(bool)>;

// What the shell is to do.
struct Actions {
  struct Commit {
    std::uint64_t token = 0;
    ports::Change change;
  };
  struct Reply {
    Done done;
    ports::Verdict verdict = ports::Verdict::accepted;
  };
  struct ReceiptReply {
    ReceiptDone done;
    bool taken = false;
  };
  struct SaidReply {
    SaidDone done;
    Said said;
  };
  struct Send {
    std::size_t channel = 0;
    std::size_t sender = 0;  // among all: what sent() is told
    ports::Outgoing message;
  };
  struct Ask {
    PendingCall call;
    ports::Service* service = nullptr;
  };
  std::vector<Commit> commits;
  std::vector<Reply> replies;
  std::vector<ReceiptReply> receipt_replies;
  std::vector<SaidReply> said_replies;
  std::vector<Send> sends;
  std::vector<Ask> asks;

  bool empty() const {
    return commits.empty() && replies.empty() && receipt_replies.empty() && said_replies.empty() &&
           sends.empty() && asks.empty();
  }
};

class Core {
 public:
  Core(CoreParts parts, value::Instant now);

  // --- before it starts: what the store holds of this core's citizens
  void load(const ports::StoreReader::Due& due);
  void load(const ports::OutboxRow& row);
  void load(const ports::CallRow& row);

  void set_versions(std::shared_ptr<const Versions> versions) { versions_ = std::move(versions); }

  // --- what happens
  // `came`: when the message did, before it had to wait for this thread.
  void receive(ports::Inbound inbound, Done done, value::Instant now,
               std::chrono::steady_clock::time_point came = std::chrono::steady_clock::now());
  // `takes_down`: this core writes it; the others only look whether they wait for it.
  void receive(const ports::Receipt& receipt, bool takes_down, ReceiptDone done,
               value::Instant now);
  void committed(std::uint64_t token, ports::Result<void> result, value::Instant now);
  void sent(std::size_t sender, std::uint64_t id, const ports::SendResult& result,
            value::Instant now);
  void answered(ports::CitizenKey citizen, std::uint32_t serial, const std::string& service,
                ports::Result<ports::Answer> answer, value::Instant now);
  void move(ports::CitizenKey citizen, value::Instant now);
  // Of people. `done` of what is said is called once, when it is durable or refused.
  void agent_says(AgentSays says, SaidDone done, value::Instant now);
  void agent_notes(AgentNotes notes, SaidDone done, value::Instant now);
  // The desk may know more than the citizen's machine; these go into their journal.
  void compare_with_desk(DeskNews news, value::Instant now);
  void store_is_back(value::Instant now);
  // Takes no more messages of citizens.
  void stop_receiving() { stopping_ = true; }
  // Sends no more; what is left is sent after the next start.
  void stop_sending() { holding_ = true; }
  void wake(value::Instant now);

  // --- what follows
  Actions take_actions() { return std::exchange(actions_, {}); }
  // When wake() has something to do, if nothing happens before.
  std::optional<std::int64_t> next_wake() const;
  // Nothing is under way that a stop should wait for: no turn, and, once it sends no more, no
  // message of which the channel would say what became of it.
  bool idle() const;

  // --- what is, for reports
  const Counters& counters() const { return counters_; }
  const Timings& timings() const { return timings_; }
  std::size_t waiting() const { return waiting_; }
  std::size_t unsent() const;
  std::vector<SenderReport> senders() const;
  std::size_t active() const { return wheel_.size(); }
  const std::map<std::uint32_t, std::size_t>& sessions_by_version() const { return by_version_; }
  bool available() const { return available_; }

 private:
  struct Heard {
    ports::Inbound inbound;
    Done done;
    std::chrono::steady_clock::time_point came;
  };
  struct Fired {};
  struct Answered {
    std::uint32_t serial = 0;
    ports::Answer answer;
  };
  struct Recalled {
    PendingCall call;
  };
  // A message was sent, or given up, late: the wait of its question begins then.
  struct Delayed {
    std::uint32_t serial = 0;
    std::int64_t by_ms = 0;
    std::size_t sender = 0;
    SendNews news;
  };
  struct Moved {};
  struct DeskTold {
    std::vector<DeskMark> marks;
  };
  struct PersonSaid {
    std::variant<AgentSays, AgentNotes> what;
    SaidDone done;
  };
  using Item = std::variant<Heard, Fired, Answered, Recalled, Delayed, Moved, DeskTold, PersonSaid>;

  struct Mailbox {
    std::deque<Item> items;
    bool busy = false;  // with the first item: it is looked at, or its change is being committed
  };

  // What follows when a change is durable.
  struct Pending {
    ports::CitizenKey citizen = 0;
    bool of_mailbox = false;
    std::optional<std::int64_t> due;
    std::uint32_t version_before = 0;  // 0: it was not active
    std::uint32_t version_after = 0;
    std::vector<ports::OutboxRow> outbox;
    std::optional<PendingCall> call;
    std::uint64_t sent_id = 0;  // a change of this message
    std::size_t sender = 0;
    ports::Change again;  // of messages: committed again if it fails
    ReceiptDone receipt_done;
    int turns = 0;
    std::size_t journal_rows = 0;
    std::int64_t wrote_ms = 0;  // of the session
    bool told_desk = false;     // what must be taken back if it fails
  };

  // core.cpp
  void put(ports::CitizenKey citizen, Item item, value::Instant now);
  void step(ports::CitizenKey citizen, value::Instant now);
  void finish_front(Mailbox& box);
  void commit(ports::Change change, Pending pending);
  void turn_committed(Pending& pending, bool durable, value::Instant now);
  void send_committed(Pending& pending, bool durable, value::Instant now);
  void add_session(std::uint32_t version);  // 0: of none
  void remove_session(std::uint32_t version);
  std::optional<ports::Verdict> refusal(ports::CitizenKey citizen) const;
  std::optional<std::size_t> find_sender(std::string_view address) const;
  const ports::Channel& channel_of_sender(std::size_t sender) const;
  std::uint64_t next_message_id();

  // core_items.cpp
  using Row = std::optional<ports::SessionRow>;
  enum class Taken : std::uint8_t { committing, done, failed };
  Taken take(Heard& heard, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(Fired& fired, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(Answered& answered, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(Recalled& recalled, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(Delayed& delayed, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(Moved& moved, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(DeskTold& told, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken take(PersonSaid& said, ports::CitizenKey citizen, const Row& row, value::Instant now);
  Taken run(OpenSession open, machine::Event event, std::string_view message_id,
            ports::CitizenKey citizen, std::vector<DeskMark> marks = {});
  Taken refuse(Heard& heard, ports::Verdict verdict);
  Taken refuse_unopened(Heard& heard, const Row& row);
  void commit_row(OpenSession open, std::uint32_t version_before);

  // core_people.cpp
  bool gone_on_without(ports::CitizenKey citizen, const machine::Session* session);
  std::vector<DeskMark> missed_marks(ports::CitizenKey citizen, const machine::Event& event) const;
  void commit_people(ports::TurnChange change);
  void hear(PersonSaid said, ports::CitizenKey citizen, value::Instant now);
  Taken refuse(PersonSaid& said, std::optional<desk::Refusal> refusal,
               std::optional<WindowFault> window = std::nullopt);
  // What goes to the citizen, and is kept of it in `body`.
  bool find_heard(ports::CitizenKey citizen, std::uint64_t line, std::optional<std::string>& heard);
  void address(const AgentSays& says, const ports::SessionRow& row, std::size_t sender,
               value::Instant now, PeopleBody& body, ports::TurnChange& change);
  ports::Result<std::optional<Line>> find_said(ports::CitizenKey citizen, desk::AgentId agent,
                                               const std::string& key);
  void tell_lines(const Pending& pending, PersonSaid* said);
  void tell_delivery(const ports::Change& change);
  bool may_send(const ports::OutboxRow& row) const;

  // core_outside.cpp
  void ask(PendingCall call, value::Instant now);
  void ask_waiting(const std::string& service, value::Instant now);
  void no_answer(const PendingCall& call, value::Instant now);
  void pump(std::size_t sender, value::Instant now);
  void take_news(std::size_t sender, SendNews news, value::Instant now);
  void record(std::size_t sender, const SendNews& news, value::Instant now);

  struct CallLine {
    ports::Breaker breaker;
    std::size_t under_way = 0;
    std::deque<PendingCall> waiting;
  };

  CoreParts parts_;
  std::shared_ptr<const Versions> versions_ = std::make_shared<Versions>();
  Counters counters_;
  Timings timings_;  // but for commits
  std::mt19937_64 random_;
  std::unordered_map<ports::CitizenKey, Mailbox> mailboxes_;
  std::size_t waiting_ = 0;  // items in all mailboxes
  std::unordered_map<std::uint64_t, Pending> pending_;
  std::uint64_t token_ = 0;
  std::uint64_t message_count_ = 0;
  TimerWheel wheel_;
  std::vector<std::uint64_t> due_;
  // Of the senders of all channels, in their order.
  struct Way {
    std::size_t channel = 0;
    std::string name;
    Outbox outbox;
  };
  std::vector<Way> ways_;
  std::vector<std::size_t> first_way_;  // of each channel
  std::map<std::string, CallLine, std::less<>> lines_;
  std::map<std::uint32_t, std::size_t> by_version_;
  std::map<std::int64_t, std::vector<ports::CitizenKey>> retries_;
  std::vector<std::pair<std::size_t, ports::Change>> unwritten_;  // of messages, while it is down
  bool available_ = true;
  bool stopping_ = false;
  bool holding_ = false;
  Actions actions_;
};

}  // namespace alur::runtime
