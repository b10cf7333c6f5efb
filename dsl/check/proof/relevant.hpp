// Relevant: the variables that some condition may read, or that may find their way into one that
// is. Of all others nothing need be known: to forget them makes no condition less decided, and two
// places that differ only by them are one.
#pragma once

#include <unordered_map>
#include <vector>

#include "dsl/check/proof/store.hpp"
#include "engine/program/program.hpp"

namespace alur::dsl::proof {

class Relevant {
 public:
  explicit Relevant(const program::Program& program);

  // Of the unit's own variables, or of those that all flows share.
  bool is(const program::Unit& unit, const Cell& variable) const;

 private:
  std::unordered_map<const program::Unit*, std::size_t> first_of_;  // number of its slot 0
  std::size_t contact_ = 0;
  std::size_t session_ = 0;
  std::vector<bool> relevant_;  // by number
};

}  // namespace alur::dsl::proof
