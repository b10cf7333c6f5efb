// The grammar of phrases. Nothing is skipped: blanks are words' business.
#include "dsl/grammar/phrase_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::PhraseBranch, extent, pieces)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::PhrasePiece, kind, text, branches)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::repeat;

using Branches = std::vector<PhraseBranch>;

struct PieceTag : SetsExtent {};
struct BranchTag : SetsExtent {};

const x3::rule<PieceTag, PhrasePiece> piece = "piece";
const x3::rule<BranchTag, PhraseBranch> branch = "branch";

const auto no_text = attr(Slice{});
const auto no_branches = attr(Branches{});

const auto piece_def =
    (attr(PhraseKind::words) >> slice[+~char_("{}()[]|")] >> no_branches) |
    (attr(PhraseKind::capture) >> '{' >> slice[*~char_("{}")] > '}' >> no_branches) |
    (attr(PhraseKind::one_of) >> no_text >> '(' >> branch % '|' > ')') |
    (attr(PhraseKind::optional) >> no_text >> '[' >> repeat(1)[branch] > ']');
const auto branch_def = no_text >> *piece;

BOOST_SPIRIT_DEFINE(piece, branch)

}  // namespace

std::optional<Halt> read_phrase(Slice text, PhraseBranch& tree) {
  return run(branch > x3::eoi, text, tree);
}

}  // namespace alur::dsl::syntax
