// Expressions, texts and phrases of a unit in the language's syntax. Internal to the dump.
#pragma once

#include <string>
#include <string_view>

#include "engine/program/program.hpp"

namespace alur::program {

class WordDumper {
 public:
  WordDumper(const App& app, const Unit& unit) : app_(app), unit_(unit) {}

  std::string expression(Index node) const;
  std::string variable(Scope scope, Index slot) const;
  // `(a = x, b = y)`, or nothing when there are none.
  std::string arguments(Range arguments) const;
  // Quoted, in one language.
  std::string text(Index text, std::size_t language) const;
  // Quoted; captures by the names of their parameters.
  std::string phrase(const PlainPhrase& phrase) const;

 private:
  void append(Index node, int level_min, std::string& out) const;
  void append_bare(const Node& node, std::string& out) const;
  void append_infix(const Node& node, std::string& out) const;
  void append_arguments(const Node& node, std::string& out) const;
  void append_filters(Range filters, std::string& out) const;
  std::string field_name(const Node& node) const;
  value::TypeRef type_of(Index node) const;
  bool is_unset(const Node& node) const;

  const App& app_;
  const Unit& unit_;
};

// In double quotes, on one line, cut with an ellipsis where it is long.
std::string quoted(std::string_view words);
// In the largest units: 1d12h.
std::string in_words(std::int64_t milliseconds);

}  // namespace alur::program
