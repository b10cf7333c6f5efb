// DeskTwin: the people of one scripted conversation: a desk, its agents by name, and whoever else
// waits there. It says what the machine is to be told, and refuses what the service refuses; the
// words of people are not looked at.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "dsl/chat/chat.hpp"
#include "engine/desk/desk.hpp"
#include "engine/machine/turn.hpp"

namespace alur::tools {

// Why an agent cannot do something.
struct Denial {
  std::string word;  // the desk's own for it, `window_shut`; empty: the chat asks for what is not
  std::string why;   // one plain line
};

class DeskTwin {
 public:
  DeskTwin(std::shared_ptr<const program::Program> program, program::Index channel);

  // What a turn of the citizen asks of the desk.
  void take(const machine::DeskRequest& request, value::Instant now);
  // Nothing: it is done. `session`: the citizen's.
  std::optional<Denial> act(const dsl::AgentActs& acts, const machine::Session& session,
                            value::Instant now);
  // False, and why in one plain line, when there is no such queue.
  bool act(const dsl::OthersWait& others, value::Instant now, std::string& why);

  std::optional<value::Instant> next_due() const { return desk_.next_due(); }
  void wake(value::Instant now);
  // The next thing that the citizen's machine is to be told, if any.
  std::optional<machine::Event> take_event(const machine::Session& session, value::Instant now);

  // --- of the citizen
  std::string owner() const;                       // bot, queue, or an agent's name
  std::optional<std::string> queue() const;        // while it waits
  std::size_t position(value::Instant now) const;  // 0: it waits nowhere
  // In hundredths of a unit; nothing for an agent whom nobody has named.
  std::optional<desk::Units> load(const std::string& agent) const;

 private:
  std::optional<Denial> unsayable(const dsl::AgentActs& acts, const machine::Session& session,
                                  value::Instant now) const;
  // Why the desk refused it, if it did.
  template <class What>
  std::optional<desk::Refusal> apply(What what, value::Instant now);
  std::optional<desk::Refusal> deed(const dsl::AgentActs& acts, desk::AgentId agent,
                                    value::Instant now);
  std::optional<desk::Refusal> transfer(const dsl::AgentActs& acts, desk::AgentId agent,
                                        value::Instant now);
  void come(const dsl::AgentActs& acts, value::Instant now);
  desk::NameKey channel_key() const;
  bool has_queue(const std::string& name, std::string& why) const;

  std::shared_ptr<const program::Program> program_;
  program::Index channel_ = 0;
  desk::Desk desk_;
  std::map<std::string, desk::AgentId, std::less<>> agents_;
  desk::Citizen others_ = 0;
  std::optional<machine::Event> queued_;  // where the citizen stands, to be told
};

}  // namespace alur::tools
