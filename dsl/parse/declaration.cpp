#include "dsl/parse/declaration.hpp"

#include <utility>

#include "dsl/parse/name.hpp"
#include "dsl/parse/scalars.hpp"

namespace alur::dsl {
namespace {

bool outcome_list_at(Pass& pass, const Place& place, std::vector<ast::OutcomeDecl>& outcomes) {
  std::vector<ast::Name> names;
  const bool complete = each_name(pass, place, names, declared_name_at);
  for (ast::Name& name : names) outcomes.push_back({std::move(name), std::nullopt});
  return complete;
}

}  // namespace

bool variables_at(Pass& pass, const Place& place, std::vector<ast::Variable>& variables) {
  bool complete = place.node.is_map();
  for (const Entry& entry : entries_of(pass, place)) {
    ast::Name name = name_of(pass, entry.key, NameUse::declared);
    ast::TypeExpr type = type_at(pass, Place::of(entry));
    complete &= !name.empty();
    if (!name.empty()) variables.push_back({std::move(name), std::move(type)});
  }
  return complete;
}

bool outcome_decls_at(Pass& pass, const Place& place, std::vector<ast::OutcomeDecl>& outcomes) {
  if (!place.node.is_map()) return outcome_list_at(pass, place, outcomes);
  bool complete = true;
  for (const Entry& entry : entries_of(pass, place)) {
    ast::OutcomeDecl outcome{name_of(pass, entry.key, NameUse::declared), std::nullopt};
    if (!entry.value.is_null()) outcome.payload = type_at(pass, Place::of(entry));
    complete &= !outcome.name.empty();
    if (!outcome.name.empty()) outcomes.push_back(std::move(outcome));
  }
  return complete;
}

}  // namespace alur::dsl
