// What the Spirit X3 grammars share: the includes, one iterator, one skipper, slices as attributes
// and the way to run. Only *_grammar.cpp includes this; each costs seconds to compile.
//
// Grammars describe what is right and nothing else, with pure attributes. Where one stops, the name
// of what it wanted there comes back as a Halt, and a *_mistakes.cpp finds the words for it.
#pragma once

#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/spirit/home/x3.hpp>
#include <optional>

#include "dsl/grammar/halt.hpp"
#include "dsl/grammar/slice.hpp"

namespace alur::dsl {

namespace x3 = boost::spirit::x3;

using Iterator = const char*;

inline const auto blanks = x3::char_(" \t\r\n");

// raw[] with our own Slice, which X3 does not take for a container of characters.
template <typename Subject>
struct SliceDirective : x3::unary_parser<Subject, SliceDirective<Subject>> {
  using Base = x3::unary_parser<Subject, SliceDirective<Subject>>;
  using attribute_type = Slice;
  static constexpr bool has_attribute = true;
  static constexpr bool handles_container = false;

  constexpr explicit SliceDirective(const Subject& inner) : Base(inner) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RContext& rcontext,
             Attribute& attribute) const {
    x3::skip_over(first, last, context);
    Iterator at = first;
    if (!this->subject.parse(at, last, context, rcontext, x3::unused)) return false;
    x3::traits::move_to(Slice{first, at}, attribute);
    first = at;
    return true;
  }
};

struct SliceGenerator {
  template <typename Subject>
  constexpr auto operator[](const Subject& inner) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return SliceDirective<Parser>(x3::as_parser(inner));
  }
};

inline constexpr SliceGenerator slice{};

// A base for rule tags whose attributes have an `extent`: all that the rule read.
struct SetsExtent {
  template <typename Attribute, typename Context>
  void on_success(const Iterator& first, const Iterator& last, Attribute& attribute,
                  const Context&) {
    if constexpr (requires { attribute.extent; }) attribute.extent = {first, last};
  }
};

// All of the text, or where it stopped. `rule` ends in an expectation of the end.
template <typename Parse>
std::optional<Halt> halt_of(Iterator& at, const Parse& parse) {
  try {
    if (parse()) return std::nullopt;
    return Halt{at, {}};
  } catch (const x3::expectation_failure<Iterator>& failure) {
    return Halt{failure.where(), failure.which()};
  }
}

// Blanks matter.
template <typename Rule, typename Tree>
std::optional<Halt> run(const Rule& rule, Slice text, Tree& tree) {
  Iterator at = text.first;
  return halt_of(at, [&] { return x3::parse(at, text.last, rule, tree); });
}

// Blanks between words do not.
template <typename Rule, typename Tree>
std::optional<Halt> run_skipping(const Rule& rule, Slice text, Tree& tree) {
  Iterator at = text.first;
  return halt_of(at, [&] {
    return x3::phrase_parse(at, text.last, rule, blanks, tree, x3::skip_flag::dont_post_skip);
  });
}

}  // namespace alur::dsl
