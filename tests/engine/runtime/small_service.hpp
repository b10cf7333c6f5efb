// A small service that uses what a runtime has to carry: questions with silence, a service that
// answers from memory, one that answers later, a wait, people, and a variable of the citizen.
#pragma once

#include <memory>
#include <string_view>

#include "engine/ports/channel.hpp"
#include "engine/ports/service.hpp"
#include "engine/program/program.hpp"

namespace alur::tests {

inline constexpr std::string_view small_app = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [webchat]
services:
  names.find:
    params:
      name: text(1..80)
    outcomes:
      known: text(1..80)
      unknown:
  ticket.open:
    params:
      name: text(1..80)
    outcomes:
      opened: text(1..80)
      already: text(1..80)
    timeout: 20s
    changes: true
queues:
  general:
contact:
  asked: integer(0..1000000)?
defaults:
  no_match:
    - en: Please type it again.
    - en: Please choose one of these.
    - stop: true
  no_input:
    - after: 10m
      en: Are you still there?
    - after: 20m
      stop: true
  session_ends: 24h
bounds:
  person_within: none
)";

inline constexpr std::string_view small_flow = R"(flow: main
outcomes: [done]
vars:
  name: text(1..80)
  found: text(1..80)
  number: text(1..80)
states:
  start:
    - say:
        en: Welcome to the register.
    - set:
        contact.asked: min((contact.asked or 0) + 1, 1000000)
    - ask:
        en: Which company shall I look up?
      into: name
    - call: names.find(name = name)
      outcomes:
        known(found): menu
        unknown: unknown
        unavailable: unknown
  unknown:
    - say:
        en: "{name} is not on the list."
    - end: done
  menu:
    - choose:
        en: "{found} is on the list. What would you like?"
      options:
        - label: {en: Ticket}
          goto: ticket
        - label: {en: Wait}
          goto: pause
        - label: {en: Person}
          goto: person
        - label: {en: Nothing}
          goto: bye
  ticket:
    - call: ticket.open(name = found)
      outcomes:
        opened(number): told
        already(number): told
        unavailable: later
  told:
    - say:
        en: "Your ticket is {number}."
    - goto: menu
      at_most: 20
    - end: done
  later:
    - say:
        en: Tickets are closed just now.
    - goto: menu
      at_most: 20
    - end: done
  pause:
    - wait: 30s
    - say:
        en: Thank you for waiting.
    - end: done
  person:
    - handoff: general
      outcomes:
        closed: bye
        left: bye
        no_agent: nobody
        out_of_hours: nobody
        timed_out: nobody
        unavailable: nobody
  nobody:
    - say:
        en: Nobody is here.
    - goto: menu
      at_most: 20
    - end: done
  bye:
    - say:
        en: Goodbye.
    - end: done
)";

// Asserts that it compiles. Both may be others.
std::shared_ptr<const program::Program> compile_small(std::string_view flow = small_flow,
                                                      std::string_view app = small_app);

// names.find: out of memory; a name of an even length is known.
class Names : public ports::Service {
 public:
  bool answers(std::string_view name) const override { return name == "names.find"; }
  std::optional<ports::Answer> answer_now(const ports::Call& call) override;
  void ask(const ports::Call&, std::function<void(ports::Result<ports::Answer>)>) override {}
};

// ticket.open: whoever runs the core answers it.
class Tickets : public ports::Service {
 public:
  bool answers(std::string_view name) const override { return name == "ticket.open"; }
  std::size_t calls_max() const override { return 4; }
  std::optional<ports::Answer> answer_now(const ports::Call&) override { return std::nullopt; }
  void ask(const ports::Call&, std::function<void(ports::Result<ports::Answer>)>) override {}
};

ports::Answer ticket_opened(std::string_view number);

// A channel whose sending is done by whoever runs the core.
class PlainChannel : public ports::Channel {
 public:
  explicit PlainChannel(ports::Pace pace = {}) : pace_(pace) {}
  // Each writes to the addresses that its name stands in.
  explicit PlainChannel(std::vector<ports::Sender> senders) : senders_(std::move(senders)) {}
  const program::Channel& capabilities() const override { return row_; }
  void set_window(std::int64_t ms) { row_.window_ms = ms; }
  ports::Pace pace() const override { return pace_; }
  std::vector<ports::Sender> senders() const override {
    return senders_.empty() ? Channel::senders() : senders_;
  }
  std::optional<std::size_t> sender_of(std::string_view address) const override {
    for (std::size_t i = 0; i < senders_.size(); ++i) {
      if (address.find(senders_[i].name) != address.npos) return i;
    }
    return senders_.empty() ? std::optional<std::size_t>(0) : std::nullopt;
  }
  void send(ports::Outgoing, std::function<void(ports::SendResult)>) override {}

 private:
  program::Channel row_ = *program::find_channel("webchat");
  ports::Pace pace_;
  std::vector<ports::Sender> senders_;
};

}  // namespace alur::tests
