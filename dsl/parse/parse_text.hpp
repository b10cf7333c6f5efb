// Texts in several languages, and what a message carries besides its words.
#pragma once

#include "dsl/ast/ast.hpp"
#include "dsl/parse/map_reader.hpp"

namespace alur::dsl {

// A bare text or a map of languages. Of what is lost, `broken` speaks. `span` of a bare text is the
// text; of a map, the key that it stands under.
ast::Text text_at(Pass& pass, const Place& place);
// The same, without a word on the keys that `skips` knows: somebody else reads them.
ast::Text text_among(Pass& pass, const Place& place, bool (*skips)(std::string_view key));

// The languages of a text whose keys stand among those of something else: a part of read_map.
class Languages {
 public:
  Languages(ast::Text& text, bool wanted) : text_(text), wanted_(wanted) {}

  bool take(Pass& pass, std::string_view name, const Entry& entry);
  void list(KeyLists&) const {}

 private:
  ast::Text& text_;
  bool wanted_;
};

std::span<const Key<ast::Extras>> extras_keys();

}  // namespace alur::dsl
