// The lines of a dump and their indentation, and the pieces that app and flow share. Everybody else
// takes dump.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"

namespace alur::dsl::ast {

class Dumper {
 public:
  // Lines until the next close() belong to this one.
  void open(std::string_view text, bool broken = false);
  void close() { --depth_; }
  void line(std::string_view text, bool broken = false);
  // `name: value`, unless the value is empty.
  void field(std::string_view name, std::string_view value);

  void dump(std::string_view name, const Text& text);
  void dump(std::string_view name, const std::vector<Phrase>& phrases);
  void dump(std::string_view name, const std::vector<Variable>& variables);
  void dump(const std::vector<OutcomeDecl>& outcomes);
  void dump(const std::vector<Assignment>& assignments);
  // What is said and done, each on a line of its own.
  void dump_words(const Text& text);
  void dump(const Action& action);
  void dump(std::string_view name, const std::vector<Handler>& handlers);
  void dump(const std::vector<Rung>& rungs);
  void dump(const std::vector<Silence>& silences);
  void dump(const std::optional<Outside>& outside);
  void dump(const std::vector<Step>& steps);

  std::string take() { return std::move(out_); }

 private:
  void dump(const Extras& extras);
  void dump(const Branch& branch, std::string_view before);
  void dump(const std::vector<Outcome>& outcomes);
  void dump(const Option& option);
  void dump(const Each& each);
  void dump(const Say& say);
  void dump(const Question& question);
  void dump(const Call& call);
  void dump(const Run& run);
  void dump(const Handoff& handoff);
  void dump(const Set& set);
  void dump(const If& decision);
  void dump(const Match& match);
  void dump(const Goto& jump);
  void dump(const Wait& wait);
  void dump(const Track& track);
  void dump(const End& end);
  void dump(const Stop& stop);

  std::string out_;
  int depth_ = 0;
};

// As in print.hpp; `?` for what could not be read.
std::string show(const Name& name);
std::string show(const Expr& expr);
std::string show(const TypeExpr& type);
std::string show(const Target& target);
// Line breaks as `\n`.
std::string show(const Template& text);

}  // namespace alur::dsl::ast
