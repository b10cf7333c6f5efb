// The grammar of values in `.chat` files, and of the lines that hold them.
#include "dsl/chat/chat_syntax.hpp"
#include "dsl/grammar/x3.hpp"

BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::ValueTree, kind, word, fields, items)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::FieldTree, name, value)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::ServiceLine, service, outcome, value)
BOOST_FUSION_ADAPT_STRUCT(alur::dsl::syntax::VariableLine, name, value)

namespace alur::dsl::syntax {
namespace {

using x3::attr;
using x3::char_;
using x3::digit;
using x3::eoi;
using x3::lexeme;
using x3::lit;
using x3::repeat;

using Fields = std::vector<FieldTree>;
using Values = std::vector<ValueTree>;

struct ValueTag : SetsExtent {};

const x3::rule<ValueTag, ValueTree> value = wanted_value;

const auto word_character = char_("a-zA-Z0-9_");
const auto name = slice[lexeme[char_("a-zA-Z_") >> *word_character]];
const auto dotted = slice[lexeme[+word_character >> *('.' >> +word_character)]];

const auto date = repeat(4)[digit] >> '-' >> +digit >> '-' >> +digit;
const auto time = +digit >> ':' >> +digit;
const auto text = lexeme['"' >> *(('\\' >> char_) | (char_ - '"')) >> '"'];
const auto number = lexeme[-lit('-') >> +digit >> -('.' >> +digit)];
const auto duration = lexeme[+digit >> char_("a-zA-Z") >> *word_character];

const auto field_name = x3::rule<struct FieldNameTag, Slice>{wanted_field_name} = name;
const auto colon = x3::rule<struct ColonTag>{wanted_colon} = lit(':');
const auto close_record = x3::rule<struct CloseRecordTag>{wanted_bracket} = lit('}');
const auto close_list = x3::rule<struct CloseListTag>{wanted_bracket} = lit(']');

const auto field = x3::rule<struct FieldTag, FieldTree>{"field"} = field_name > colon > value;
const auto fields = x3::rule<struct FieldsTag, Fields>{"fields"} = '{' >>
                                                                   -(field % ',') > close_record;
const auto items = x3::rule<struct ItemsTag, Values>{"items"} = '[' >> -(value % ',') > close_list;
const auto no_fields = attr(Fields{});
const auto no_items = attr(Values{});
const auto nothing = attr(Slice{});

const auto value_def = (attr(ValueKind::record) >> nothing >> fields >> no_items) |
                       (attr(ValueKind::list) >> nothing >> no_fields >> items) |
                       (attr(ValueKind::text) >> slice[text] >> no_fields >> no_items) |
                       (attr(ValueKind::datetime) >> slice[lexeme[date >> +lit(' ') >> time]] >>
                        no_fields >> no_items) |
                       (attr(ValueKind::date) >> slice[lexeme[date]] >> no_fields >> no_items) |
                       (attr(ValueKind::time) >> slice[lexeme[time]] >> no_fields >> no_items) |
                       (attr(ValueKind::duration) >> slice[duration] >> no_fields >> no_items) |
                       (attr(ValueKind::number) >> slice[number] >> no_fields >> no_items) |
                       (attr(ValueKind::word) >> name >> no_fields >> no_items);

const auto preset = x3::rule<struct PresetTag, FieldTree>{"preset"} =
    field_name >> '=' > value > eoi;
const auto service = x3::rule<struct ServiceTag, ServiceLine>{
    "service"} = dotted >> name >> (eoi | (repeat(1)[x3::expect[value]] > eoi));
const auto variable = x3::rule<struct VariableTag, VariableLine>{"variable"} =
    dotted >> lexeme["is" >> !word_character] > value > eoi;

BOOST_SPIRIT_DEFINE(value)

}  // namespace

std::optional<Halt> read_value(Slice source, ValueTree& tree) {
  return run_skipping(value > eoi, source, tree);
}

std::optional<Halt> read_preset(Slice source, FieldTree& tree) {
  return run_skipping(preset, source, tree);
}

std::optional<Halt> read_service(Slice source, ServiceLine& tree) {
  return run_skipping(service, source, tree);
}

std::optional<Halt> read_variable(Slice source, VariableLine& tree) {
  return run_skipping(variable, source, tree);
}

}  // namespace alur::dsl::syntax
