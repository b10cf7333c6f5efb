// ChannelBench: what a channel's adapter says of itself to be held to what every channel promises
// (channel_contract.cpp). A new adapter writes one of these and names it in channel_benches(), here
// or in its own tree: both files are installed with what channels are built with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/present.hpp"
#include "engine/ports/channel.hpp"

namespace alur::tests {

// What a citizen has before them of one message, read from what went over the wire.
struct Seen {
  struct Button {
    std::string id;
    std::string label;
  };
  std::string words;
  std::vector<Button> buttons;
  std::vector<std::string> faults;  // what the far side would refuse, in plain words
};

// Stands in the answers of a bench where far sides repeat what was sent, a citizen's number for
// instance: no reason of a SendResult may hold it, for reasons go to logs.
inline constexpr std::string_view said_again = "628123";

// An answer of the far side's to a message, and what is to become of that message.
struct FarAnswer {
  int status = 200;
  std::string body;
  ports::SendResult::Kind kind = ports::SendResult::Kind::accepted;
  std::int64_t after_ms = 0;  // at least; 0: nothing is said
  std::string retry_after{};  // the header of this name; empty: none
};

class ChannelBench {
 public:
  virtual ~ChannelBench() = default;
  virtual std::string name() const = 0;
  // The channel's row; of one that no row is known of, its own.
  virtual const program::Channel& capabilities() const { return *program::find_channel(name()); }

  // --- what is sent
  // As it is shown to a citizen, through the form that goes over the wire.
  virtual std::vector<Seen> show(const machine::Message& message) = 0;
  // A question with buttons that the channel's citizens answer by typing alone has none.
  virtual bool has_buttons() const { return true; }

  // --- what the far side answers; none: it answers nothing
  virtual std::vector<FarAnswer> answers() const { return {}; }
  virtual ports::SendResult judge(const FarAnswer&) { return {}; }

  // --- what comes; a channel whose receiving is not the adapter's has none of it
  virtual bool receives() const { return false; }
  // Each as the far side sends it, of every kind that there is: JSON, or as changed() takes it.
  virtual std::vector<std::string> samples() const { return {}; }
  // The sample with one thing in it changed, in each way at each place: as JSON, unless a bench
  // knows another format.
  virtual std::vector<std::string> changed(const std::string& sample) const;
  // Whether the format says itself where it ends, so that a part of a sample is none; a form of
  // name=value does not, and what is cut off at its end is not missed.
  virtual bool ends_itself() const { return true; }
  // Of a citizen, by a number that the bench turns into a name of the channel's.
  virtual std::string typed(int /*citizen*/, int /*id*/, const std::string& /*text*/) { return {}; }
  virtual std::string tapped(int /*citizen*/, int /*id*/, const Seen::Button&) { return {}; }
  // What the far side tells of messages that are ours or another program's.
  virtual std::vector<std::string> echoes() const { return {}; }
  // Several of these in one; empty: they come one by one.
  virtual std::string batch(const std::vector<std::string>& /*each*/) const { return {}; }
  // What comes of these bytes on the connection of a citizen's, where there are such.
  virtual std::vector<ports::Inbound> decode(int /*citizen*/, std::string_view /*wire*/) {
    return {};
  }
  // Whether the far side sends a message again that ended so.
  virtual bool comes_again(ports::Verdict) { return false; }
};

// Those that are held to the contract in this program; whoever writes benches defines it.
using MakeBench = std::unique_ptr<ChannelBench> (*)();
std::vector<MakeBench> channel_benches();

// The messages that present() makes of one, in order.
std::vector<machine::Shown> presented(const machine::Message& message,
                                      const program::Channel& channel);

}  // namespace alur::tests
