// The grammars of the lines of a `.chat` file. Only what is right: the words for what is wrong are
// the parsers'.
#include "dsl/chat/chat_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::HeaderLine, key, value)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::TextPiece, kind, text)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::SayHead, kind, word, text)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::ExpectHead, kind, text)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::AttachmentLine, kind, rest)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::TimeLine, until, time)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::TimerLine, kind, time)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::eoi;
using x3::lit;

const auto blank = lit(' ');
const auto word = +char_("a-zA-Z0-9_");
const auto rest = slice[*char_];
const auto nothing = attr(Slice{});

// --- the head of a chat

const auto header = x3::rule<struct HeaderTag, HeaderLine>{"header"} =
    slice[+char_("a-zA-Z_")] >> ':' >> *blank >> rest;

// --- texts

const auto dots = lit("...");
const auto capture = '{' >> slice[char_("a-z") >> *char_("a-z0-9_")] >> '}';
const auto literal = slice[+(char_ - dots - capture)];
const auto piece = x3::rule<struct PieceTag, TextPiece>{"piece"} =
    (attr(TextPieceKind::anything) >> slice[dots]) | (attr(TextPieceKind::capture) >> capture) |
    (attr(TextPieceKind::literal) >> literal);
const auto pieces = x3::rule<struct PiecesTag, std::vector<TextPiece>>{"pieces"} = *piece > eoi;

const auto close = x3::rule<struct CloseTag>{wanted_bracket} = lit(']');
const auto label = '[' >> slice[*(('\\' >> char_) | (char_ - ']'))] > close;
const auto say = x3::rule<struct SayTag, SayHead>{"say"} =
    (attr(SayKind::tap) >> nothing >> label >> eoi) |
    (attr(SayKind::sign) >> '!' >> slice[word] >> (eoi | +blank) >> rest) |
    (attr(SayKind::text) >> nothing >> rest);

// --- expectations

const auto slash = x3::rule<struct SlashTag>{wanted_slash} = lit('/');
const auto pattern = '/' >> slice[*(char_ - ('/' >> eoi))] > slash;
const auto expectation = x3::rule<struct ExpectTag, ExpectHead>{"expectation"} =
    (attr(ExpectKind::any_of) >> slice["any of"] >> eoi) |
    (attr(ExpectKind::in_any_order) >> slice["in any order"] >> eoi) |
    (attr(ExpectKind::nothing) >> slice["nothing"] >> eoi) |
    (attr(ExpectKind::anything) >> slice[dots] >> eoi) |
    (attr(ExpectKind::not_said) >> "not" >> (eoi | +blank) >> rest) |
    (attr(ExpectKind::pattern) >> pattern) | (attr(ExpectKind::text) >> rest);

const auto choices = x3::rule<struct ChoicesTag, std::vector<Slice>>{"choices"} =
    label % *blank > eoi;
const auto attachment = x3::rule<struct AttachmentTag, AttachmentLine>{"attachment"} =
    '(' >> slice[+char_("a-z")] >> *blank >> slice[*(char_ - (')' >> eoi))] > ')';

// --- time

const auto time_line = x3::rule<struct TimeLineTag, TimeLine>{"time"} =
    x3::matches["until" >> +blank] >> rest;
const auto timer = x3::rule<struct TimerTag, TimerLine>{"timer"} =
    slice[word] >> +blank >> "in" >> +blank >> rest;

}  // namespace

std::optional<Halt> read_header(Slice text, HeaderLine& tree) {
  return run(header, text, tree);
}

std::optional<Halt> read_pieces(Slice text, std::vector<TextPiece>& tree) {
  return run(pieces, text, tree);
}

std::optional<Halt> read_say(Slice text, SayHead& tree) {
  return run(say, text, tree);
}

std::optional<Halt> read_expectation(Slice text, ExpectHead& tree) {
  return run(expectation, text, tree);
}

std::optional<Halt> read_choices(Slice text, std::vector<Slice>& tree) {
  return run(choices, text, tree);
}

std::optional<Halt> read_attachment(Slice text, AttachmentLine& tree) {
  return run(attachment, text, tree);
}

std::optional<Halt> read_time_line(Slice text, TimeLine& tree) {
  return run(time_line, text, tree);
}

std::optional<Halt> read_timer(Slice text, TimerLine& tree) {
  return run(timer, text, tree);
}

}  // namespace alur::dsl::syntax
