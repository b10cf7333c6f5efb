// Unit: one flow compiled (or app.yaml's own handlers and defaults, the unit without states). Plain
// tables that refer to one another by index; immutable once emitted, shared between programs in
// which the flow did not change.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/phrase_table.hpp"
#include "engine/value/format.hpp"
#include "engine/value/reading.hpp"
#include "engine/value/type.hpp"
#include "engine/value/value.hpp"

namespace alur::program {

using value::NameKey;
using Index = std::uint32_t;
inline constexpr Index none = std::numeric_limits<Index>::max();

enum class Op : std::uint8_t {
#define INSTRUCTION(name, operands, meaning) name,
#include "engine/program/instruction.def"
#undef INSTRUCTION
};

enum class NodeKind : std::uint8_t {
#define NODE(name, operands, meaning) name,
#include "engine/program/node.def"
#undef NODE
};

enum class Function : std::uint8_t {
#define FUNCTION(name, meaning) name,
#include "engine/program/function.def"
#undef FUNCTION
};

enum class Filter : std::uint8_t {
#define FILTER(name, meaning) name,
#include "engine/program/filter.def"
#undef FILTER
};

enum class SystemText : std::uint8_t {
#define SYSTEM_TEXT(name, when, id, en) name,
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
};
inline constexpr std::size_t system_text_count = 0
#define SYSTEM_TEXT(name, when, id, en) +1
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
    ;

// A function of expressions takes at most so many arguments.
inline constexpr std::size_t function_arguments_max = 4;

enum class Scope : std::uint8_t { local, contact, session, language };
enum class Overflow : std::uint8_t { fit, split, page, number, shorten };

struct Instruction {
  Op op;
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  Index c = 0;
  Index d = 0;
};

struct Node {
  NodeKind kind;
  std::uint8_t a = 0;
  std::uint16_t n = 0;
  Index b = 0;
  Index c = 0;
};

// Where in the sources something was written; line 0: nowhere.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// A half-open stretch of a table.
struct Range {
  Index begin = 0;
  Index end = 0;
  Index size() const { return end - begin; }
  bool empty() const { return begin == end; }
};

struct Slot {
  std::string name;
  NameKey key = 0;
  value::TypeRef type;
};

struct State {
  std::string name;
  NameKey key = 0;
  Index address = 0;
  Place place;
};

// One `filter(arguments)` of a template part.
struct FilterUse {
  Filter filter;
  Range arguments;  // of `argument_nodes`; plural: one text constant for each category given
  Range names;      // of `plural_names`: the categories, in the arguments' order
};

// Literal words, or an expression with filters.
struct TextPart {
  Index node = none;  // none: literal
  StringRef literal;
  Range filters;  // of `filters`
};

// A text in every language of the app: one Range of parts for each, in the app's order.
struct Text {
  Index first_wording = 0;  // of `wordings`; as many follow as the app has languages
};

struct Message {
  Index text = none;
  Index image = none;  // texts, as are the next six
  Index document = none;
  Index link_label = none;
  Index link_url = none;
  Index location_name = none;
  Index location_address = none;
  Index latitude = none;  // nodes
  Index longitude = none;
  Overflow overflow = Overflow::fit;
  bool contact = false;  // it says how people are reached, or when they answer
  Place place;
};

struct Option {
  Index label = none;  // texts
  Index hint = none;
  Index value = none;  // node: goes into the question's variable
  Index address = 0;   // what it does
  NameKey key = 0;     // names it in taps, across versions
  bool label_is_number = false;
  bool label_is_made = false;  // of data: compared as it is shown, not by the phrase table
  Place place;
};

// What a timer does instead of what it was set for, once its channel takes nothing but templates:
// one of the two.
struct Outside {
  Index template_index = none;  // of the program; the citizen is waited for as before
  Index address = none;
  Place place;
};

// One entry of no_match.
struct Rung {
  bool only_for_reason = false;
  value::Mismatch reason = value::Mismatch::wrong_kind;
  Index text = none;
  Index address = none;  // none: does nothing but speak
  bool leaves = false;   // what it does jumps away from the question
  Place place;
};

// One entry of no_input.
struct Silence {
  std::int64_t after_ms = 0;
  Index text = none;
  Index address = none;  // none: does nothing but speak
  bool leaves = false;   // what it does jumps away from the question
  Place place;
  Index outside = none;
};

// Entries of a ladder: a question's own, or the app unit's.
struct Ladder {
  Range rungs;
  Range silences;
  bool own_rungs = false;
  bool own_silences = false;
};

struct Question {
  bool choose = false;
  bool consent = false;
  bool free_text = false;  // takes any text: triggers are not heard
  Index message = 0;
  Scope into_scope = Scope::local;
  Index into = none;  // slot
  value::TypeRef into_type;
  Range options;           // written ones, after those of `each`
  Index each_list = none;  // node
  Index each_slot = none;  // the item, while label and hint are built
  Index each_label = none;
  Index each_hint = none;
  NameKey each_key = 0;        // names the options of `each` in taps
  Index button = none;         // text
  PhraseTable option_phrases;  // entry: option, counted within `options`
  PhraseTable hear;            // entry: address
  Ladder ladder;
  std::int64_t gather_ms = 0;
  Index next = 0;    // address of what follows an answer
  std::string name;  // state.into, for people
  Place place;
};

struct Argument {
  NameKey key = 0;
  std::string name;
  Index node = 0;
  bool is_private = false;  // its value, or a part of it: a record is so as a whole
};

// Where an outcome leads, and the variable that takes its value.
struct Outcome {
  std::string name;
  NameKey key = 0;
  Index slot = none;
  Scope scope = Scope::local;
  Index address = 0;
};

struct Call {
  Index service = 0;  // of the program
  Range arguments;    // of `arguments`
  Range outcomes;     // of `outcomes`
  Place place;
};

struct Run {
  Index import = 0;
  Range arguments;
  Range outcomes;           // empty: the question is asked again
  bool by_handler = false;  // of anytime, hear, an option, a rung: not twice on the stack
  Place place;
};

struct Handoff {
  Index queue = 0;  // of the program
  Index summary = none;
  bool summary_is_private = false;  // something in it, in some language
  Range fields;                     // of `arguments`
  Range outcomes;                   // empty: the question is asked again
  PhraseTable leave;
  Place place;
};

struct Departure {
  Index import = 0;
  Range arguments;
};

struct MatchCase {
  value::Value member;  // a choice or a boolean
  Index address = 0;
};

struct Match {
  Index node = 0;
  Range cases;  // of `cases`
  Index otherwise = none;
};

struct Track {
  std::string event;
  Range fields;  // of `arguments`
  Place place;
};

struct DeclaredOutcome {
  std::string name;
  NameKey key = 0;
  value::TypeRef payload;  // null: none
};

// A phrase that starts the flow; its captures go to parameters.
struct Trigger {
  Place place;
};

// A resting place, named so that sessions survive new versions: question, call, run, handoff,
// pause.
struct Site {
  NameKey key = 0;
  Index address = 0;
};

struct Unit {
  std::string name;  // empty: app.yaml
  std::string path;  // of the source, as findings show it
  NameKey key = 0;

  std::vector<Slot> slots;  // parameters, vars, items of `each`, then the counters of `at_most`
  Index param_count = 0;
  Index counters_begin = 0;
  std::vector<State> states;
  std::vector<DeclaredOutcome> outcomes_declared;
  std::vector<std::string> imports;  // flows that it starts, by name

  std::vector<Instruction> code;
  std::vector<Place> places;  // one an instruction
  std::vector<Node> nodes;
  std::vector<Index> argument_nodes;  // written items, arguments of functions and filters
  std::vector<value::Value> constants;

  std::string strings;
  std::vector<Range> wordings;  // parts of a text in one language
  std::vector<TextPart> parts;
  std::vector<FilterUse> filters;
  std::vector<value::PluralCategory> plural_names;
  std::vector<Text> texts;

  std::vector<Message> messages;
  std::vector<Question> questions;
  std::vector<Option> options;
  std::vector<Rung> rungs;
  std::vector<Silence> silences;
  std::vector<Outside> outsides;
  std::vector<Argument> arguments;
  std::vector<Outcome> outcomes;
  std::vector<Call> calls;
  std::vector<Run> runs;
  std::vector<Handoff> handoffs;
  std::vector<Departure> departures;
  std::vector<MatchCase> cases;
  std::vector<Match> matches;
  std::vector<Track> tracks;
  std::vector<Trigger> triggers;
  PhraseList trigger_phrases;  // entry: trigger; the program merges them into one table
  std::vector<Site> sites;     // sorted by key

  std::string_view string(StringRef ref) const {
    return std::string_view(strings).substr(ref.begin, ref.size);
  }
};

}  // namespace alur::program
