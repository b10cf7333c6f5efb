// What a content editor writes inside `{...}`, `if:`, arguments, phrases and types: the smaller
// grammars' trees. The parser fills in what was written and where; what a name turned out to
// mean (`Resolved`) is filled in by dsl/check, and read by dsl/emit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/finding/source.hpp"
#include "engine/value/decimal.hpp"
#include "engine/value/type.hpp"

namespace alur::dsl::ast {

// A word as written. Dotted where the language allows it (`contact.name`, `registry.lookup`).
struct Name {
  std::string text;
  Span span;
  bool empty() const { return text.empty(); }
};

// What a name means. `index` counts in the table that `use` names.
struct Resolved {
  enum class Use : std::uint8_t {
    none,      // not resolved: a finding was reported, later stages stay silent about it
    local,     // the flow's own: parameters, then vars, then the items of `each`, in file order
    contact,   // the app's contact variables
    session,   // the app's session variables
    language,  // the session's language
    channel,   // the channel's name
    member,    // a member of an enumeration: the word itself
    hours,     // the app's hours, as an argument
    function,  // engine/program/function.def
  };
  Use use = Use::none;
  std::uint32_t index = 0;
  value::TypeRef type;  // null when not resolved
};

struct Argument;

enum class ExprKind : std::uint8_t {
  broken,    // could not be read; a finding was reported, later stages stay silent about it
  number,    // number
  text,      // text
  boolean,   // text is "true" or "false"
  duration,  // number: milliseconds
  date,      // text: ISO date
  time,      // text: HH:MM
  unset,     // the word `unset`
  name,      // name (one word; `contact` in `contact.name` too)
  field,     // operands[0] . name
  list,      // operands: `(a, b, c)` after `in`
  call,      // name(arguments)
  negate,    // -operands[0]
  not_,      // not operands[0]
  is_set,    // operands[0] is set
  is_unset,  // operands[0] is unset
  and_,      // the rest: operands[0] op operands[1]
  or_,       // a choice of truths, or a value for when the left is unset
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
};

struct Expr {
  ExprKind kind = ExprKind::broken;
  Span span;
  Name name;
  std::string text;
  value::Decimal number;
  std::vector<Expr> operands;
  std::vector<Argument> arguments;
  // Of a name: what it means. Of `contact.x` and `session.x`: on the field expression. Of a call:
  // the function. Of every expression: `type`, what it gives (optional where it may be unset).
  Resolved resolved;
};

// `name = value`, or a value alone (name is empty then).
struct Argument {
  Name name;
  Expr value;
};

// `| rupiah`, `| plural(one = "# day", other = "# days")`
struct Filter {
  Name name;
  std::vector<Argument> arguments;
  Span span;
};

// A stretch of plain words, or one `{expression | filter}`.
struct TemplatePart {
  std::string literal;  // when there is no expression
  std::optional<Expr> expression;
  std::vector<Filter> filters;
  Span span;
};

struct Template {
  std::vector<TemplatePart> parts;
  Span span;
};

// A phrase: words, `{capture}`, `(this|that)`, `[maybe]`.
struct PhrasePart {
  enum class Kind : std::uint8_t { words, capture, one_of, optional };
  Kind kind = Kind::words;
  std::string words;                              // words: as written, not yet normalised
  Name capture;                                   // capture
  std::vector<std::vector<PhrasePart>> branches;  // one_of: each branch; optional: exactly one
  Span span;
};

struct Phrase {
  std::vector<PhrasePart> parts;
  std::string source;
  Span span;
};

// `private text(2..80)?`, `one of a, b`, `list of candidate (1..3)`, `institution`
struct TypeExpr {
  enum class Kind : std::uint8_t {
    broken,  // could not be read; a finding was reported, later stages stay silent about it
    boolean,
    integer,
    number,
    text,
    date,
    time,
    datetime,
    duration,
    phone,
    email,
    choice,
    list,
    image,
    document,
    location,
    named
  };
  Kind kind = Kind::broken;
  bool optional = false;
  bool is_private = false;
  std::optional<std::int64_t> low, high;  // text, integer, list
  std::vector<Name> members;              // choice
  std::vector<TypeExpr> element;          // list: exactly one
  Name name;                              // named
  Span span;
};

// Where a `goto`, an option or an outcome leads: `tell`, `greeting`, `check(name = x)`, `next`.
struct Target {
  Name name;
  bool has_arguments = false;
  std::vector<Argument> arguments;
  Span span;
  enum class Kind : std::uint8_t { unresolved, state, flow, next };
  Kind kind = Kind::unresolved;   // filled in by dsl/check
  std::uint32_t state_index = 0;  // of a state
};

// `registry.lookup(name = name)`
struct CallExpr {
  Name service;
  std::vector<Argument> arguments;
  Span span;
};

// The key of an outcome: `licensed(company)`, `not_found`.
struct Binding {
  Name outcome;
  Name variable;
  Span span;
  Resolved resolved;  // of the variable
};

// `10m`, `24h`: milliseconds.
struct DurationExpr {
  std::int64_t milliseconds = 0;
  Span span;
};

// `mon-fri 08:00-17:00, sat 08:00-12:00 except data/holidays.csv`, `always`
struct HoursExpr {
  struct Range {
    std::uint8_t days = 0;  // bit 0 is Monday
    std::int32_t open_seconds = 0;
    std::int32_t close_seconds = 0;  // up to 24:00
    Span span;
  };
  bool always = false;
  std::vector<Range> ranges;
  Name except;  // a file in the app's folder, one ISO date a line; empty when none
  Span span;
};

}  // namespace alur::dsl::ast
