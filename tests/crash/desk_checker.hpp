// What a store says of a desk and of those who wait for it, judged from outside the service, by
// plain rules of its own: while the service runs (it must come to be so without anybody's help) and
// after.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/desk/conversation.hpp"
#include "engine/machine/session.hpp"
#include "engine/ports/store.hpp"
#include "engine/program/program.hpp"
#include "tests/adapters/desk/desk_page.hpp"

namespace alur::tests {

class DeskChecker {
 public:
  // Reads this store as it is now; `program` is what its sessions walk.
  DeskChecker(const std::string& store, const program::Program& program);

  // Each of these: empty, or what is wrong. Sessions and desk know the same; what the desk has of
  // each agent adds up.
  std::string fault_of_desk() const;
  // The same as a page was greeted with: a supervisor's with all, an agent's with what is theirs.
  std::string fault_of_page(const json::object& hello) const;
  // Every citizen's journal has no gap and leads to their session; nothing was said twice under a
  // key, and the bot said nothing while a person served.
  std::string fault_of_journal() const;
  // Nobody is at the desk, and nothing is to be sent.
  std::string fault_of_end() const;

  const desk::Conversation* conversation(const std::string& who) const;
  const desk::Agent* agent(desk::AgentId agent) const;
  // What was said, by citizen, "who: words", without what queues say.
  std::map<std::string, std::vector<std::string>> words() const;

 private:
  struct Known {
    ports::SessionRow row;
    std::optional<machine::Session> session;
    std::vector<ports::JournalRow> journal;
  };

  void read(const ports::DeskRow& row);
  std::string fault_of(const desk::Conversation& is) const;
  std::string fault_of(const Known& known) const;
  std::string fault_of(const desk::Agent& agent) const;
  std::string fault_of_replay(const Known& known) const;
  std::string fault_of_words(const Known& known) const;
  static desk::Units weight(const desk::Conversation& is);

  const program::Program& program_;
  std::string unreadable_;
  desk::Counts counts_;
  std::map<desk::Citizen, desk::Conversation> conversations_;
  std::map<desk::AgentId, desk::Agent> agents_;
  std::map<desk::Citizen, bool> matters_;
  std::map<desk::Citizen, Known> known_;
  std::size_t unsent_ = 0;
};

}  // namespace alur::tests
