// UnitVerifier: walks the tables of one unit and notes what is out of range. Internal to
// verification: expressions and code in verify_code.cpp, the other tables in verify_unit.cpp.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "engine/program/verify.hpp"

namespace alur::program {

class UnitVerifier {
 public:
  UnitVerifier(const App& app, const Unit& unit, Problems& problems)
      : app_(app), unit_(unit), problems_(problems) {}

  void verify();

 private:
  // Notes a problem of the present row.
  void object(std::string_view what);
  template <class... Args>
  void object_to(fmt::format_string<Args...> format, Args&&... args) {
    object(fmt::format(format, std::forward<Args>(args)...));
  }

  bool index(std::string_view field, Index value, std::size_t size) {
    if (value < size) return true;
    object_to("{} is {}, of {}", field, value, size);
    return false;
  }
  bool index_or_none(std::string_view field, Index value, std::size_t size) {
    return value == none || index(field, value, size);
  }
  bool range(std::string_view field, Range range, std::size_t size) {
    if (range.begin <= range.end && range.end <= size) return true;
    object_to("{} is {} to {}, of {}", field, range.begin, range.end, size);
    return false;
  }
  bool address(std::string_view field, Index value) {
    return index(field, value, unit_.code.size());
  }
  bool node(std::string_view field, Index value) { return index(field, value, unit_.nodes.size()); }
  void text_or_none(std::string_view field, Index value) {
    index_or_none(field, value, unit_.texts.size());
  }
  void variable(std::string_view field, Scope scope, Index slot);
  void key(std::string_view name, NameKey key);
  void milliseconds(std::string_view field, std::int64_t number);
  void type(const value::TypeRef& type);
  void phrases(std::string_view field, const PhraseTable& table, std::size_t entries);

  template <class Row>
  void rows(std::string_view table, const std::vector<Row>& rows) {
    table_ = table;
    for (row_ = 0; row_ < rows.size(); ++row_) check(rows[row_]);
  }

  // verify_unit.cpp
  void check_names();
  void check_counts();
  void check_trigger(const PlainPhrase& phrase);
  void check(const Slot& slot);
  void check(const State& state);
  void check(const DeclaredOutcome& outcome);
  void check(const Range& wording);
  void check(const TextPart& part);
  void check(const FilterUse& use);
  void check(const Text& text);
  void check(const Message& message);
  void check(const Question& question);
  void check(const Option& option);
  void check(const Rung& rung);
  void check(const Silence& silence);
  void check(const Outside& outside);
  void check(const Argument& argument);
  void check(const Outcome& outcome);
  void check(const Call& call);
  void check(const Run& run);
  void check(const Handoff& handoff);
  void check(const Departure& departure);
  void check(const MatchCase& entry);
  void check(const Match& match);
  void check(const Track& track);
  void check_each(const Question& question);
  void check_plural(const FilterUse& use);

  // verify_code.cpp
  void check_code();
  void check_sites();
  void check(const Instruction& step);
  void check(const Node& node);
  void check(Index argument_node);
  void child(Index node);
  void arguments_of(const Node& node, std::size_t count_max);

  const App& app_;
  const Unit& unit_;
  Problems& problems_;
  std::string_view table_;
  std::size_t row_ = 0;

  // Of each node so far: the levels below it, and how many evaluations it may take.
  struct Weight {
    std::size_t depth = 1;
    std::size_t size = 1;
  };
  std::vector<Weight> weights_;
};

// A type that values may be checked against: nothing null, kinds that exist, values that conform to
// it not nested deeper than bytes can hold. Else why not.
std::string type_problem(const value::TypeRef& type);

}  // namespace alur::program
