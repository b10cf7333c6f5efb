// Channel: one way to citizens. It brings what they send and takes what is to be sent. How a
// message looks there is decided before (engine/machine/present.hpp, from capabilities()).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/event.hpp"
#include "engine/machine/present.hpp"
#include "engine/ports/citizen.hpp"
#include "engine/ports/delivery.hpp"
#include "engine/program/channel.hpp"

namespace alur::ports {

// --- what comes

// What is given in is UTF-8, and no longer than this; anything else is refused.
inline constexpr std::size_t inbound_text_bytes_max = 64 * 1024;  // words, and each word of media
inline constexpr std::size_t inbound_name_bytes_max = 512;        // an id, an address

struct Inbound {
  std::string id;       // the channel's own, the same however often it is delivered
  std::string address;  // who sent it: the channel's name, a colon, and whatever tells them apart
  machine::Input input;
  // When it was written, where the channel answers freely only for a while after that; else 0.
  std::int64_t wrote_ms = 0;
  std::vector<NameRow> names{};  // of the citizen, to be kept with the turn
};

// Within these bounds, valid, and with an id and an address.
bool is_fit(const Inbound& inbound);

// What became of an inbound message.
enum class Verdict : std::uint8_t {
  accepted,   // its turn is durable
  duplicate,  // it was accepted before, within 8 days
  overloaded,
  unavailable,  // nothing could be made durable, or the service is stopping
  refused       // it can never be taken
};
std::string_view to_text(Verdict verdict);
// Whether whoever brought it may forget it; else it must come again.
constexpr bool is_done_with(Verdict verdict) {
  return verdict != Verdict::overloaded && verdict != Verdict::unavailable;
}

// News of a message that was sent. May come any number of times and in any order, and for messages
// that nobody knows any more: the most that was ever said stands (delivery.hpp).
struct Receipt {
  std::uint64_t id = 0;                  // Outgoing::id
  Delivery state = Delivery::delivered;  // accepted, failed, delivered or read
  std::string reason;                    // of a failure, in the channel's words
};

// Where a channel puts what comes. From any thread; `done` is called once, from another perhaps,
// and must be quick.
class Inbox {
 public:
  virtual ~Inbox() = default;
  virtual void receive(Inbound inbound, std::function<void(Verdict)> done) = 0;
  // True: taken down. False: shed; the channel's sender should try again.
  virtual void receive(Receipt receipt, std::function<void(bool)> done) = 0;
};

// --- what goes

struct Outgoing {
  std::uint64_t id = 0;  // the same however often it is tried
  std::string address;
  machine::Shown shown;
  bool again = false;  // it may have been sent before
};

struct SendResult {
  enum class Kind : std::uint8_t {
    accepted,
    retry,         // with backoff, a few times
    wait_pair,     // this citizen's messages are too many; others go on
    wait_number,   // the sending number's are
    wait_account,  // the account's are
    dropped,       // final for this message
    paused,        // nothing will go until somebody has acted
    unknown,       // no answer: it may have been accepted
    hold           // not before after_ms, for what is no failure of its own, however often
  };
  Kind kind = Kind::accepted;
  std::int64_t after_ms = 0;  // retry, waits, paused: not before; 0: as the runtime thinks fit
  std::string reason;
  int tries_max = 0;  // retry: given up after so many; 0: as the runtime thinks fit
};
std::string_view to_text(SendResult::Kind kind);
SendResult result_of(SendResult::Kind kind, std::string reason, std::int64_t after_ms = 0);

// How fast a channel may be spoken to. Rates a second; a burst is what may go at once.
struct Pace {
  double pair_rate = 1e9;
  double pair_burst = 1e9;
  double number_rate = 1e9;
  double number_burst = 1e9;
  double account_rate = 1e9;
  double account_burst = 1e9;
  std::size_t pair_in_flight_max = 1;  // sent and not answered, to one citizen
  std::size_t in_flight_max = 256;     // in all, of each core
  // News of messages comes after they were accepted: each is remembered until it does.
  bool receipts = false;
  // send() is answered when somebody has fetched the message, which may be never: a stop does not
  // wait for it. Whoever fetches it twice knows it by its id.
  bool fetched = false;
};

// One of those that a channel sends from: a phone number, say. Each has a pace of its own, and what
// waits for one holds up no other.
struct Sender {
  std::string name;     // unique within the channel; empty where there is but one
  std::string account;  // what those of one account are told to wait for, all of them wait for
  Pace pace;
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual const program::Channel& capabilities() const = 0;
  virtual Pace pace() const = 0;
  // The same ones always; one at least.
  virtual std::vector<Sender> senders() const { return {{{}, {}, pace()}}; }
  // Which of them writes to this address; nothing: none of them can.
  virtual std::optional<std::size_t> sender_of(std::string_view /*address*/) const { return 0; }
  // Begins to send. `done` is called once, from any thread, whatever happens; a channel from which
  // messages are fetched calls it when this one was.
  virtual void send(Outgoing message, std::function<void(SendResult)> done) = 0;
};

}  // namespace alur::ports
