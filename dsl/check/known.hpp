// What is known to be set at a place: the facts that definite assignment follows through a flow,
// and, where something is not known, why. The algorithm that uses them is assignment.hpp's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/check/symbols.hpp"

namespace alur::dsl {

// Why a variable may be unset at a place. `none`: it is known to be set.
struct Lack {
  enum class Kind : std::uint8_t {
    none,
    never,      // nothing on the way gave it a value
    branch,     // this way leads here without a value
    call,       // this call, run or handoff unset it
    forgotten,  // a shared variable, and this question, run or wait lies between
    unset,      // it was set to `unset` here
    maybe,      // it was given a value here that may itself be unset
  };
  Kind kind = Kind::never;
  Span span{};
  bool operator==(const Lack&) const = default;
};

// The reads of variables that are not known to be set, by expression.
using Lacks = std::vector<std::pair<const ast::Expr*, Lack>>;

// Numbers the things that can be known: every variable, and those fields that some condition asks
// about (`company.licence is set`). Numbers are positions in Facts.
class PathTable {
 public:
  PathTable(std::size_t locals, std::size_t contact, std::size_t session);

  // Takes note of the field that a condition asks about; names must have been resolved.
  void add(const ast::Expr& expr);
  // Nothing for an expression that is not a variable or such a field.
  std::optional<std::uint32_t> find(const ast::Expr& expr) const;
  std::optional<std::uint32_t> find(const ast::Resolved& variable) const;

  std::size_t size() const { return variables_ + fields_.size(); }
  // Contact and session variables, and what is in them.
  bool is_shared(std::uint32_t path) const;
  bool is_inside(std::uint32_t path, std::uint32_t outer) const;

 private:
  struct Field {
    std::uint32_t parent;
    std::string_view name;
  };
  std::optional<std::uint32_t> find_field(std::uint32_t parent, std::string_view name) const;

  std::size_t locals_;
  std::size_t contact_;
  std::size_t variables_;
  std::vector<Field> fields_;
};

// What is known at one place. Facts that nothing leads to know everything.
class Facts {
 public:
  static Facts nothing_known(const PathTable& paths);
  static Facts unreachable(const PathTable& paths);

  bool reachable() const { return reachable_; }
  bool knows(std::uint32_t path) const { return lacks_[path].kind == Lack::Kind::none; }
  const Lack& lack(std::uint32_t path) const { return lacks_[path]; }

  void learn(std::uint32_t path) { lacks_[path] = {Lack::Kind::none, {}}; }
  // The variable has a new value or none: nothing is known of what was in it.
  void assign(const PathTable& paths, std::uint32_t variable);
  void lose(const PathTable& paths, std::uint32_t variable, Lack lack);
  void forget_shared(const PathTable& paths, Span where);

  // Keeps what both know. `way` is where `other` comes from, `own_way` where these facts do. True
  // if something is no longer known.
  bool meet(const Facts& other, Span way, Span own_way);

 private:
  std::vector<Lack> lacks_;
  bool reachable_ = true;
};

}  // namespace alur::dsl
