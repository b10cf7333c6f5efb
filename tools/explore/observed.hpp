// Observed: what of all that a session knows its program can still tell apart. A variable that no
// guard will read before it is written again makes no difference to where a conversation can go;
// sessions that differ only in such variables are explored once.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

using program::Index;

class Observed {
 public:
  explicit Observed(const program::Program& program);

  // Of one flow, at one of its addresses.
  struct Facts {
    std::vector<Index> nodes;  // expressions whose values decide
    std::vector<Index> slots;  // variables of the flow whose whole values do
    bool offers = false;       // the items of the question's `each`, not only how many there are
  };
  const Facts& at(Index unit, Index address) const { return facts_[unit][address]; }

  // What decides wherever a conversation is: expressions on the citizen's and the conversation's
  // variables and on the clock, and variables that go on into a flow's own.
  struct Shared {
    Index unit = 0;
    std::vector<Index> nodes;
  };
  const std::vector<Shared>& shared() const { return shared_; }
  const std::set<Index>& contact_slots() const { return contact_; }
  const std::set<Index>& session_slots() const { return session_; }

  // Whether some guard looks at a field of this name.
  bool field(program::NameKey key) const { return fields_.contains(key); }
  // The constants that guards compare with, and the patterns they match.
  const std::vector<value::Value>& constants() const { return constants_; }
  const std::vector<std::string>& patterns() const { return patterns_; }
  bool channel() const { return channel_; }
  bool length() const { return length_; }  // of a text or list

 private:
  friend class ObservedBuilder;
  std::vector<std::vector<Facts>> facts_;  // by unit and address
  std::vector<Shared> shared_;
  std::set<Index> contact_;
  std::set<Index> session_;
  std::set<program::NameKey> fields_;
  std::vector<value::Value> constants_;
  std::vector<std::string> patterns_;
  bool channel_ = false;
  bool length_ = false;
};

}  // namespace alur::tools
