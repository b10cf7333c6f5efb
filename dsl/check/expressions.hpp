// The types of expressions, from the leaves up. A type is a set of values; each rule gives the
// smallest set that the parts' sets allow, so a value never leaves the type that is found here.
// Where a part is faulty its type is null and everything around it stays silent.
#pragma once

#include "dsl/check/maybe_unset.hpp"
#include "dsl/check/scope.hpp"

namespace alur::dsl {

// What the other side of a comparison, or the destination, says about a bare word: members of an
// enumeration are only known by it.
struct Hint {
  const Type* type = nullptr;
  bool faulty = false;  // the other side has no type: stay silent about a word
};

// The expression's type, also written into it; null when it is faulty. Variables must have been
// followed (assignment.hpp).
TypeRef type_of(Scope& scope, ast::Expr& expr, const Hint& hint = {});

// The type of an expression that must be set here; says so if it may not be.
TypeRef type_of_set(Scope& scope, ast::Expr& expr, const Hint& hint = {});
// Says that a value is needed here and this may be unset. `taker`: what needs it, if it has a name.
void report_unset(Scope& scope, const ast::Expr& expr, const std::string& taker = {},
                  const std::string& suggestion = {});

// `x or y` where anything that can be shown may stand on either side.
TypeRef type_of_shown(Scope& scope, ast::Expr& expr);

// A truth, as `if`, `and`, `or` and `not` need it.
void check_truth(Scope& scope, ast::Expr& expr);

// How a sentence speaks of an expression: "`count + 1`", "this text", "this".
std::string words_for(const ast::Expr& expr);
// "`text(2..80)`", "the number 7", "a text of 3 characters".
std::string type_words(const ast::Expr& expr, const Type& type);
// A number, a text or a truth as it stands, which a sentence calls "this".
bool is_written_out(const ast::Expr& expr);

void report_unknown_member(Scope& scope, const ast::Name& name,
                           const std::vector<std::string_view>& members);

}  // namespace alur::dsl
