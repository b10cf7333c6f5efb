// The grammar of types. Bounds that touch a word are that word's; whose those after a blank are, as
// in `list of text (1..3)`, is type.cpp's to say.
#include "dsl/grammar/type_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Bounds, low, high)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::PlainType, word, members, bounds)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Type, is_private, is_list, plain, apart, optional)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::digit;
using x3::lexeme;
using x3::lit;

struct BoundsTag : SetsExtent {};
struct PlainTag : SetsExtent {};

const auto word_character = char_("a-zA-Z0-9_");
const auto end_of_word = !word_character;
const auto keyword = [](const char* text) { return lexeme[lit(text) >> end_of_word]; };

const auto name = x3::rule<struct NameTag, Slice>{wanted_word} =
    slice[lexeme[char_("a-zA-Z_") >> *word_character]];
const auto whole = slice[lexeme[-lit('-') >> +digit]];
// Nothing else begins with a parenthesis, so what follows one must be bounds.
const auto inner_bounds = x3::rule<struct InnerTag, Bounds>{wanted_bounds} =
    whole >> ".." >> whole >> ')';
const auto bounds = x3::rule<BoundsTag, Bounds>{wanted_bounds} = '(' > inner_bounds;
const auto no_bounds = attr(Bounds{});
const auto no_members = attr(std::vector<Slice>{});
const auto touches = x3::no_skip[&lit('(')];

const auto members = x3::rule<struct MembersTag, std::vector<Slice>>{wanted_word} = name % ',';
const auto choice = keyword("one") >> keyword("of") > attr(Slice{}) > members > no_bounds;
const auto plain = x3::rule<PlainTag, PlainType>{wanted_word} =
    choice | (name >> no_members >> ((touches >> bounds) | no_bounds));

const auto type = x3::rule<struct TypeTag, Type>{"type"} =
    x3::matches[keyword("private")] >> x3::matches[keyword("list") >> keyword("of")] >>
    x3::expect[plain] >> (bounds | no_bounds) >> x3::matches['?'];

}  // namespace

std::optional<Halt> read_type(Slice text, Type& tree) {
  return run_skipping(type > x3::eoi, text, tree);
}

}  // namespace alur::dsl::syntax
