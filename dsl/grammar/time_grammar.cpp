// The grammars of durations and of opening hours.
#include "dsl/grammar/time_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Amount, count, unit)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::DayRange, first, last)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Opening, days, open, close)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::Hours, always, openings, except)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::digit;
using x3::lexeme;
using x3::lit;

struct OpeningTag : SetsExtent {};

const auto letters = +char_("a-zA-Z");
const auto keyword = [](const char* text) { return lexeme[lit(text) >> !char_("a-zA-Z0-9_")]; };
const auto nothing = attr(Slice{});

const auto unit = x3::rule<struct UnitTag, Slice>{wanted_unit} = slice[letters];
const auto amount = x3::rule<struct AmountTag, Amount>{"amount"} = slice[+digit] > unit;
const auto amounts = x3::rule<struct AmountsTag, std::vector<Amount>>{"amounts"} =
    *amount > x3::eoi;

const auto day = x3::rule<struct DayTag, Slice>{wanted_day} = slice[lexeme[letters]];
const auto day_range = x3::rule<struct DayRangeTag, DayRange>{"days"} = day >>
                                                                        (('-' > day) | nothing);
const auto clock = x3::rule<struct ClockTag, Slice>{wanted_clock} =
    slice[lexeme[+digit >> ':' >> +digit]];
const auto opening = x3::rule<OpeningTag, Opening>{"opening"} =
    day_range % ',' > clock > '-' > clock;
const auto path = x3::rule<struct PathTag, Slice>{wanted_path} = slice[lexeme[+(char_ - blanks)]];
const auto hours = x3::rule<struct HoursTag, Hours>{"hours"} =
    x3::matches[keyword("always")] >> -(!keyword("except") >> opening % ',') >>
    ((keyword("except") > path) | nothing) > x3::eoi;

}  // namespace

std::optional<Halt> read_amounts(Slice text, std::vector<Amount>& tree) {
  return run(amounts, text, tree);
}

std::optional<Halt> read_hours(Slice text, Hours& tree) {
  return run_skipping(hours, text, tree);
}

}  // namespace alur::dsl::syntax
