// Reasoning: what an expression can give at a place, and what is known after a condition was found
// true or false there. Sound, not complete: `assume` may keep a case that cannot be, never drop one
// that can. A condition that cannot be taken apart is remembered by its answer, until one of its
// variables changes or time goes by.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "dsl/check/proof/relevant.hpp"
#include "dsl/check/proof/store.hpp"
#include "engine/program/program.hpp"

namespace alur::dsl::proof {

using program::Unit;

class Reasoning {
 public:
  explicit Reasoning(const program::Program& program);

  Possible of(const Unit& unit, Index node, const Store& store) const;
  // Nothing: the condition cannot be so. Otherwise what is known then, perhaps by cases.
  std::vector<Store> assume(const Unit& unit, Index node, bool truth, const Store& store) const;

  // The same where the expression is this very value, or is not.
  std::vector<Store> assume_is(const Unit& unit, Index node, const value::Value& value, bool truth,
                               const Store& store) const;

  // The variable of this unit has a new value; what was known of it and of its fields is over.
  void assign(Store& store, const Cell& variable, const Unit& unit, Possible value) const;
  // The same with the value of an expression; fields of a copied record stay known.
  void assign(Store& store, const Cell& variable, const Unit& unit, Index node) const;
  // All that the variable's type allows, set.
  void assign_any(Store& store, const Cell& variable, const Unit& unit) const;

  // The counters of `at_most` begin anew with each message of the citizen.
  enum class Counters : std::uint8_t { kept, fresh, unknown };
  // What is still known after the citizen could say anything: other flows may have changed the
  // shared variables, and time has gone by.
  Store after_rest(const Unit& unit, const Store& store, Counters counters) const;
  // The same after a service has answered: time has gone by.
  Store after_call(const Store& store) const;

  // Whether these hours were found to be open, or closed, on the way to a place of this flow.
  std::optional<bool> found_open(const Unit& unit, Index hours, const Store& store) const;

  // The variable or field that the expression is, if it is one.
  std::optional<Cell> cell_of(const Unit& unit, Index node) const;
  // Whether some condition may depend on the variable. Nothing is kept of those of which none does.
  bool is_relevant(const Unit& unit, const Cell& variable) const {
    return relevant_.is(unit, variable);
  }
  // Null where the program does not say.
  value::TypeRef type_of(const Unit& unit, Index node) const;
  static Cell variable(program::Scope scope, Index slot);

 private:
  using Stores = std::vector<Store>;

  Possible widest(const Unit& unit, Index node, const Store& store) const;
  Possible sum(const Unit& unit, const program::Node& node, const Store& store) const;
  Possible result(const Unit& unit, const program::Node& node, const Store& store) const;
  Possible as_truth(const Unit& unit, Index node, const Store& store) const;
  Stores assume_both(const Unit& unit, Index left, bool left_truth, Index right, bool right_truth,
                     const Store& store) const;
  Stores assume_cell(const Unit& unit, Index node, const Possible& only, const Store& store) const;
  Stores assume_set(const Unit& unit, Index node, bool truth, const Store& store) const;
  Stores assume_equal(const Unit& unit, Index left, Index right, bool truth,
                      const Store& store) const;
  Stores assume_less(const Unit& unit, Index left, Index right, bool truth,
                     const Store& store) const;
  Stores assume_listed(const Unit& unit, Index node, bool truth, const Store& store) const;
  Stores assume_fallback(const Unit& unit, Index node, bool truth, const Store& store) const;

  struct Grounds {  // what an answer rests on
    std::vector<Cell> variables;
    bool time = false;
  };
  Stores remember(std::uint64_t question, const Grounds& grounds, bool truth, Stores stores) const;
  std::uint64_t fingerprint(const Unit& unit, Index node, Grounds& grounds) const;

  const program::Program& program_;
  Relevant relevant_;
  std::vector<bool> session_set_;  // whether anything ever gives this session variable a value
  mutable std::map<std::uint64_t, Grounds> grounds_;
};

}  // namespace alur::dsl::proof
