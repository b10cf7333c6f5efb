// The grammar of expressions, arguments, fillings, targets and calls. Only what is right: the words
// for what is wrong are expression_mistakes.cpp's, precedence is expression_tree.cpp's.
#include "dsl/grammar/expression_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Head, kind, word, arguments)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Term, prefixes, head, fields)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Link, op, right)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Chain, first, rest)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Argument, name, value)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Filter, name, arguments)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Filling, value, filters)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Reference, name, has_arguments, arguments)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::digit;
using x3::eoi;
using x3::lexeme;
using x3::lit;
using x3::repeat;

using Arguments = std::vector<Argument>;

struct HeadTag : SetsExtent {};
struct ListTag : SetsExtent {};
struct FilterTag : SetsExtent {};

const x3::rule<struct ChainTag, Chain> chain = "chain";
const x3::rule<struct TermTag, Term> term = "term";
const x3::rule<HeadTag, Head> head = wanted_operand;
const x3::rule<ListTag, Head> list = wanted_operand;
const x3::rule<struct ArgumentsTag, Arguments> arguments = wanted_arguments;

// Words.
const auto word_character = char_("a-zA-Z0-9_");
const auto end_of_word = !word_character;
const auto word = lexeme[char_("a-zA-Z_") >> *word_character];
const auto constant = lexeme[(lit("true") | "false" | "unset") >> end_of_word];
// Most names are told from the keywords by their first letter.
const auto keyword = lexeme[&char_("oanistuf") >> (lit("or") | "and" | "not" | "in" | "is" | "set" |
                                                   "unset" | "true" | "false") >>
                            end_of_word];
const auto name = !keyword >> slice[word];

// Literals.
const auto number = lexeme[+digit >> -('.' >> +digit)];
const auto duration = lexeme[+digit >> char_("a-zA-Z") >> *word_character];
const auto date = lexeme[repeat(4)[digit] >> '-' >> +digit >> '-' >> +digit];
const auto time = lexeme[+digit >> ':' >> +digit];
const auto text = lexeme['"' >> *(('\\' >> char_) | (char_ - '"')) >> '"'];

// Operators. `-` and `not` before an operand, the rest after it. One lexeme around all of them
// skips the blanks before them once.
const auto prefix = slice[lexeme['-' | ("not" >> end_of_word)]];
const auto is_set =
    slice[lexeme["is" >> end_of_word] >> lexeme[(lit("set") | "unset") >> end_of_word]];
const auto in = slice[lexeme["in" >> end_of_word]];
const auto infix = slice[lexeme[lit("==") | "!=" | "<=" | ">=" | char_("<>+*/-") |
                                ((lit("or") | "and") >> end_of_word)]];

const auto no_word = attr(Slice{});

const auto argument = x3::rule<struct ArgumentTag, Argument>{"argument"} =
    ((name >> '=' >> !lit('=')) | no_word) >> chain;
const auto value = x3::rule<struct ValueTag, Argument>{"value"} = no_word >> chain;
// Adds nothing; attr() would copy an empty list each time.
const auto no_arguments = repeat(0)[value];

const auto arguments_def = '(' >> (lit(')') | (argument % ',' > ')'));
const auto list_def = attr(HeadKind::list) >> no_word >> '(' >> value % ',' > ')';

// What begins with a digit; names, which are more, need not try these.
const auto numeral = x3::rule<struct NumeralTag, Head>{"numeral"} =
    (attr(HeadKind::date) >> slice[date] >> no_arguments) |
    (attr(HeadKind::time) >> slice[time] >> no_arguments) |
    (attr(HeadKind::duration) >> slice[duration] >> no_arguments) |
    (attr(HeadKind::number) >> slice[number] >> no_arguments);

const auto head_def = (attr(HeadKind::name) >> name >> (arguments | no_arguments)) |
                      (&digit >> numeral) | (attr(HeadKind::text) >> slice[text] >> no_arguments) |
                      (attr(HeadKind::group) >> no_word >> '(' >> repeat(1)[value] > ')') |
                      (attr(HeadKind::constant) >> slice[constant] >> no_arguments);

const auto field_name = x3::rule<struct FieldTag, Slice>{wanted_field} = name;
const auto field = x3::no_skip['.' > field_name];

const auto term_def = *prefix > head > *field;
const auto list_term = attr(std::vector<Slice>{}) >> list >> attr(std::vector<Slice>{});
const auto link = x3::rule<struct LinkTag, Link>{"link"} =
    (infix >> term) | (is_set >> attr(Term{})) | (in >> (list_term | term));
const auto chain_def = term >> *link;

const auto filter = x3::rule<FilterTag, Filter>{wanted_filter} = name >> (arguments | no_arguments);
const auto filling = x3::rule<struct FillingTag, Filling>{"filling"} = chain >> *('|' > filter);

const auto dotted = slice[lexeme[word >> *('.' >> word)]];
const auto reference_name = x3::rule<struct NameTag, Slice>{wanted_name} = name;
const auto dotted_name = x3::rule<struct DottedTag, Slice>{wanted_name} = dotted;
const auto target = x3::rule<struct TargetTag, Reference>{"target"} =
    (x3::expect[reference_name] >> attr(true) >> arguments) |
    (reference_name >> attr(false) >> no_arguments);
const auto call = x3::rule<struct CallTag, Reference>{"call"} = x3::expect[dotted_name] >>
                                                                attr(true) > arguments;

BOOST_SPIRIT_DEFINE(chain, term, head, list, arguments)

}  // namespace

std::optional<Halt> read_expression(Slice source, Chain& tree) {
  return run_skipping(chain > eoi, source, tree);
}

std::optional<Halt> read_filling(Slice source, Filling& tree) {
  return run_skipping(filling > eoi, source, tree);
}

std::optional<Halt> read_arguments(Slice source, Arguments& tree) {
  return run_skipping(x3::expect[arguments] > eoi, source, tree);
}

std::optional<Halt> read_target(Slice source, Reference& tree) {
  return run_skipping(target > eoi, source, tree);
}

std::optional<Halt> read_call(Slice source, Reference& tree) {
  return run_skipping(call > eoi, source, tree);
}

}  // namespace alur::dsl::syntax
