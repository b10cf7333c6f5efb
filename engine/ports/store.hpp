// Store: where sessions, the journal, messages to send, open calls and published versions are kept.
// One thread writes; readers read apart from it. What commit() said is done survives a crash and
// the loss of power.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/ports/citizen.hpp"
#include "engine/ports/delivery.hpp"
#include "engine/ports/fault.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::ports {

// A session is due never, though it is active: it waits for people or for a message.
inline constexpr std::int64_t due_never = std::numeric_limits<std::int64_t>::max();

// A citizen's session as it rests. The texts are bytes that the store does not look into.
struct SessionRow {
  CitizenKey citizen = 0;
  std::string address;
  std::uint32_t version = 0;        // of the app, while active
  std::uint32_t turns = 0;          // so far; the journal has one row for each
  std::uint64_t journal_last = 0;   // its last row in the journal; set by commit()
  std::optional<std::int64_t> due;  // milliseconds; the next timer; unset: no conversation
  std::int64_t wrote_ms = 0;        // the latest Inbound::wrote_ms
  std::string timers;
  std::string seen;
  std::string body;
  bool operator==(const SessionRow&) const = default;
};

// One turn, or what people said or did in a conversation, which counts as one. Rows of a citizen
// are a list: each names the one before it.
struct JournalRow {
  std::uint64_t sequence = 0;  // set by commit(): in the order of commits, without gaps
  std::uint64_t previous = 0;  // set by commit()
  CitizenKey citizen = 0;
  std::uint32_t turn = 0;
  std::uint32_t version = 0;
  value::Instant at;
  std::string body;   // what was said and answered; goes before the row does
  std::string steps;  // what the turn did
  bool operator==(const JournalRow&) const = default;
};

// A message to a citizen. Ids grow in the order in which a citizen's messages are to be sent.
struct OutboxRow {
  std::uint64_t id = 0;
  CitizenKey citizen = 0;
  value::Instant at;                 // the turn's; of one that has left: when that was known
  std::uint32_t silence_serial = 0;  // the question whose wait begins when this is sent; 0: none
  Delivery state = Delivery::pending;
  std::string address;
  std::string body;
  std::string reason;  // of a dead letter
  // The desk's, when it was decided what to say; 0: nobody had asked for a person yet.
  std::uint64_t epoch = 0;
  std::uint32_t agent = 0;  // who says it; 0: the bot
  bool operator==(const OutboxRow&) const = default;
};

// A piece of what is known of people who serve and of those they serve. No bytes: it is gone.
struct DeskRow {
  std::uint8_t kind = 0;  // the runtime's
  std::uint64_t key = 0;
  std::string bytes;
  bool operator==(const DeskRow&) const = default;
};

// A call that a service has not answered yet; a session has one at most.
struct CallRow {
  CitizenKey citizen = 0;
  std::string address;
  std::string body;
  bool operator==(const CallRow&) const = default;
};

// An inbound message that was taken, older than what SessionRow::seen holds.
struct SeenId {
  std::uint64_t id = 0;
  std::int64_t at_seconds = 0;
  bool operator==(const SeenId&) const = default;
};

// A published version of the app: its sources, so that it can be compiled again.
struct VersionRow {
  std::uint32_t number = 0;
  std::string hash;
  value::Instant at;
  std::string sources;
  bool operator==(const VersionRow&) const = default;
};

// A complaint or a message that was recorded.
struct TicketRow {
  std::uint64_t count = 0;  // they follow one another, from 1 on
  std::string number;       // as a citizen is told it
  std::string name;         // the number in the form in which it is looked up
  std::string call;         // the key of the call that opened it; no two have one
  std::int32_t opened_day = 0;
  std::int32_t due_day = 0;
  std::string body;                // what was recorded; bytes that the store does not look into
  std::string stage = "received";  // how far it has come, in a word of the app
  std::int32_t stage_day = 0;      // since when; 0: since it was opened
  bool operator==(const TicketRow&) const = default;
};

// What people did with a ticket; its notes are kept as long as it is.
struct TicketNote {
  std::uint64_t count = 0;  // the ticket's
  value::Instant at;
  std::int32_t day = 0;  // the same, as the app's time zone has it
  std::string stage;     // that it came to
  std::string by;        // whoever says so
  std::string text;
  bool operator==(const TicketNote&) const = default;
};

// What came over a channel and could not be used. Nobody has heard it.
struct UnheardRow {
  std::uint64_t count = 0;  // in the order in which they came; set by commit()
  value::Instant at;
  std::string channel;
  std::string reason;  // one plain line
  std::string raw;     // as it came, cut to what its channel keeps
  bool operator==(const UnheardRow&) const = default;
};

enum class TicketBy : std::uint8_t { call, name, body };

// --- what commit() takes

// The turns of one citizen that belong together, and the session they lead to.
struct TurnChange {
  SessionRow session;
  std::vector<JournalRow> journal;
  std::vector<OutboxRow> outbox;
  std::vector<SeenId> spilled;
  std::vector<NameRow> names;
  enum class Call : std::uint8_t { as_it_is, set, cleared };
  Call call = Call::as_it_is;
  std::string call_body;
};

// What became of a message. Its state never goes back; a row that is gone stays gone.
struct SendChange {
  std::uint64_t id = 0;
  Delivery state = Delivery::accepted;
  bool forget = false;  // nothing more will be heard of it: the row goes
  std::string reason;
  value::Instant at = {};  // when that was known
};

// A version is published, and is the one that new conversations begin with.
struct PublishChange {
  VersionRow version;
};

// Another version that is there becomes the one that new conversations begin with.
struct CurrentChange {
  std::uint32_t version = 0;
};

struct DropVersionChange {
  std::uint32_t version = 0;
};

// Whoever commits it has seen to it that neither its count nor its call is there yet.
struct TicketChange {
  TicketRow ticket;
};

// The ticket comes to the note's stage, and keeps the note.
struct TicketStageChange {
  TicketNote note;
};

// Citizens go by these names from now on, whatever they stood for.
struct NameChange {
  std::vector<NameRow> names;
};

struct UnheardChange {
  UnheardRow row;
};

// Each takes the place of the row of the same kind and key.
struct DeskChange {
  std::vector<DeskRow> rows;
};

using Change = std::variant<TurnChange, SendChange, PublishChange, CurrentChange, DropVersionChange,
                            TicketChange, TicketStageChange, NameChange, UnheardChange, DeskChange>;

// --- reading

// For one thread. Sees everything that was committed before the call.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  virtual Result<std::optional<SessionRow>> session(CitizenKey citizen) = 0;
  // Among what was spilled; what SessionRow::seen holds is the caller's to look at.
  virtual Result<bool> was_spilled(CitizenKey citizen, std::uint64_t id) = 0;

  // Each calls `take` for one row after another; a fault may come after some.
  struct Due {
    CitizenKey citizen = 0;
    std::int64_t due = due_never;
    std::uint32_t version = 0;
  };
  virtual Result<void> each_active(const std::function<void(const Due&)>& take) = 0;
  // In an order of the store's own, those after `after`, at most `rows_max`.
  virtual Result<void> each_session(std::optional<CitizenKey> after, std::size_t rows_max,
                                    const std::function<void(const SessionRow&)>& take) = 0;
  // Pending or unknown, by id.
  virtual Result<void> each_unsent(const std::function<void(const OutboxRow&)>& take) = 0;
  virtual Result<std::optional<OutboxRow>> message(std::uint64_t id) = 0;
  // Dead letters, the latest first.
  virtual Result<std::vector<OutboxRow>> dead_letters(std::size_t rows_max) = 0;
  virtual Result<void> each_call(const std::function<void(const CallRow&)>& take) = 0;
  virtual Result<std::vector<VersionRow>> versions() = 0;  // by number
  virtual Result<std::uint32_t> current_version() = 0;     // 0: nothing published yet
  // The first that has this.
  virtual Result<std::optional<TicketRow>> find_ticket(TicketBy by, std::string_view text) = 0;
  virtual Result<std::uint64_t> last_ticket() = 0;  // its count; 0: there is none
  // By count, from this one on, at most `rows_max`.
  virtual Result<void> each_ticket(std::uint64_t from, std::size_t rows_max,
                                   const std::function<void(const TicketRow&)>& take) = 0;
  // Of one ticket, in the order in which they came.
  virtual Result<std::vector<TicketNote>> ticket_notes(std::uint64_t count) = 0;
  // What a name stands for.
  virtual Result<std::optional<NameRow>> name(CitizenKey key) = 0;
  // In no order.
  virtual Result<std::vector<NameRow>> names(CitizenKey citizen) = 0;
  virtual Result<std::vector<UnheardRow>> unheard(std::size_t rows_max) = 0;  // the latest first
  // From this row on, at most `rows_max`.
  virtual Result<void> each_journal(std::uint64_t from, std::size_t rows_max,
                                    const std::function<void(const JournalRow&)>& take) = 0;
  // Of one citizen, backwards: the rows before the one with this sequence, or from the last on
  // where it is 0; at most `rows_max`. Nothing where that row is another citizen's or is gone.
  virtual Result<void> each_journal_of(CitizenKey citizen, std::uint64_t before,
                                       std::size_t rows_max,
                                       const std::function<void(const JournalRow&)>& take) = 0;
  // By kind; those of one in no order.
  virtual Result<void> each_desk_row(const std::function<void(const DeskRow&)>& take) = 0;
};

// How long things are kept.
struct Retention {
  std::int64_t seen_seconds = 8 * 86'400;
  std::int64_t words_seconds = 90 * 86'400;        // of the journal: JournalRow::body
  std::int64_t journal_seconds = 365 * 86'400;     // the rest of its rows
  std::int64_t contact_seconds = 90 * 86'400;      // SessionRow::body, of whoever stays away
  std::int64_t message_seconds = 8 * 86'400;       // sent ones, for receipts
  std::int64_t dead_letter_seconds = 90 * 86'400;  // by then somebody has looked
  std::int64_t unheard_seconds = 8 * 86'400;
  std::size_t unheard_rows_max = 10'000;  // the oldest go first
};

class Store {
 public:
  virtual ~Store() = default;

  // The same for the life of the store, and not to be foreseen from outside.
  virtual CitizenKey key_of(std::string_view address) const = 0;
  // How often this store was opened: ids made from it are new after every start.
  virtual std::uint32_t epoch() const = 0;

  virtual Result<std::unique_ptr<StoreReader>> reader() = 0;

  // All of it or nothing, durable when it returns. One thread at a time. After Fault::unsynced
  // nobody knows which of the two it was.
  virtual Result<void> commit(std::span<const Change> group) = 0;
  // Whether a commit would succeed now.
  virtual Result<void> probe() = 0;
  // Removes a little of what is too old; true when there is more. By commit()'s thread. The row of
  // a citizen without a conversation goes with the last of their journal, and takes their names
  // along.
  virtual Result<bool> sweep(value::Instant now, const Retention& retention,
                             std::size_t rows_max) = 0;
};

}  // namespace alur::ports
