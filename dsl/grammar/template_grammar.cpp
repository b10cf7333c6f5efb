// The grammar of texts: words and `{holes}`. What stands in a hole is the expression grammar's.
#include "dsl/grammar/template_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Piece, hole, text)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::lit;

const auto words = +(+~char_("{}") | "{{" | "}}");
// A text in quotes may hold braces. A `"` without a partner is an ordinary character here: the
// expression grammar has the words for it.
const auto quoted_text = '"' >> *(('\\' >> char_) | (char_ - '"')) >> '"';
const auto inside = *(+~char_("{}\"") | quoted_text | '"');

const auto piece = x3::rule<struct PieceTag, Piece>{"piece"} =
    (attr(false) >> slice[words]) | (attr(true) >> '{' >> slice[inside] > '}');
const auto pieces = x3::rule<struct PiecesTag, std::vector<Piece>>{"pieces"} = *piece > x3::eoi;

}  // namespace

std::optional<Halt> read_template(Slice text, std::vector<Piece>& tree) {
  return run(pieces, text, tree);
}

}  // namespace alur::dsl::syntax
