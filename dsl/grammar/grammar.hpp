// The small grammars: what stands inside a scalar, from text to tree. Whether a name exists or a
// type fits is left to dsl/check.
//
// Every function is total and never throws. It gives the tree, or nothing after adding exactly one
// finding (parse_template: one for each `{...}` that cannot be read). Blanks around and between
// words do not matter, unless a function says so.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "dsl/ast/expression.hpp"
#include "dsl/finding/finding.hpp"
#include "dsl/grammar/fragment.hpp"

namespace alur::dsl {

inline constexpr std::size_t expression_bytes_max = 4096;  // types, targets and the like too
inline constexpr std::size_t template_bytes_max = 65'536;
inline constexpr std::size_t brackets_depth_max = 32;     // ( in ( in ( ...
inline constexpr std::size_t expression_depth_max = 128;  // of the tree
inline constexpr std::size_t phrase_depth_max = 4;
inline constexpr std::size_t word_bytes_max = 40;  // of a name, between dots

// `amount > 500 and kind == insurance`
std::optional<ast::Expr> parse_expression(const Fragment& fragment, Findings& findings);
// `Hello {name}, {amount | rupiah}`; blanks matter. An empty text has no parts.
std::optional<ast::Template> parse_template(const Fragment& fragment, Findings& findings);
// `is {name} (licensed|legal) [please]`
std::optional<ast::Phrase> parse_phrase(const Fragment& fragment, Findings& findings);
// `private text(2..80)?`. A word that is no type is taken for a record's name.
std::optional<ast::TypeExpr> parse_type(const Fragment& fragment, Findings& findings);
// `tell`, `check(name = x)`: all arguments have names.
std::optional<ast::Target> parse_target(const Fragment& fragment, Findings& findings);
// `registry.lookup(name = name)`: all arguments have names, the parentheses must be there.
std::optional<ast::CallExpr> parse_call(const Fragment& fragment, Findings& findings);
// `licensed(company)`, `not_found`
std::optional<ast::Binding> parse_binding(const Fragment& fragment, Findings& findings);
// `90s`, `1h30m`: more than nothing, at most 366 days.
std::optional<ast::DurationExpr> parse_duration(const Fragment& fragment, Findings& findings);
// `mon-fri 08:00-17:00, sat 08:00-12:00 except data/holidays.csv`, `always`
std::optional<ast::HoursExpr> parse_hours(const Fragment& fragment, Findings& findings);

// `(a, b = c)`, parentheses included.
std::optional<std::vector<ast::Argument>> parse_argument_list(const Fragment& fragment,
                                                              Findings& findings);
// `other in others`
struct EachClause {
  ast::Name item;
  ast::Expr list;
};
std::optional<EachClause> parse_each(const Fragment& fragment, Findings& findings);

// A word of a-z, 0-9 and _, and none of the language's own.
std::optional<ast::Name> parse_name(const Fragment& fragment, Findings& findings);
// Such words with dots between them: `contact.name`.
std::optional<ast::Name> parse_path_name(const Fragment& fragment, Findings& findings);
// `restricted, sandbox`
std::optional<std::vector<ast::Name>> parse_name_list(const Fragment& fragment, Findings& findings);

}  // namespace alur::dsl
