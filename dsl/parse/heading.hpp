// Heading: the text that a step or an option begins with, and what stands beside it, each read as
// it was meant where its author put it one column too far to the left or to the right.
#pragma once

#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/parse_text.hpp"

namespace alur::dsl {

class Heading {
 public:
  // `text` is the value of one of the map's entries, `entry`, and is read at once. `belongs` knows
  // the keys that may stand beside it.
  Heading(Pass& pass, const Map& map, const Place& text, const Entry& entry,
          bool (*belongs)(std::string_view key));
  Heading(const Heading&) = delete;
  Heading& operator=(const Heading&) = delete;

  // What stands beside the text.
  const Map& map() const { return map_; }
  // A part for the map: the text's languages, if they stand beside it.
  Languages languages() { return {text_, outdented_}; }
  ast::Text take_text() { return std::move(text_); }

 private:
  void take_in(Pass& pass, const Place& text, const Entry& entry,
               bool (*belongs)(std::string_view key));

  ast::Text text_;
  Map map_;
  std::vector<Entry> entries_;  // the map's, if some were found inside the text
  bool outdented_ = false;
};

}  // namespace alur::dsl
