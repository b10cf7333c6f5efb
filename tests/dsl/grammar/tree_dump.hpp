// Trees with their places as indented text: what the tables hold, and by which the properties
// compare trees. Not a dump for people: dsl/ast has that.
#pragma once

#include <string>

#include "dsl/ast/expression.hpp"

namespace alur::dsl {

enum class Places : bool { left_out, shown };

std::string tree_dump(const ast::Expr& tree, Places places);
std::string tree_dump(const std::vector<ast::Argument>& tree, Places places);
std::string tree_dump(const ast::Template& tree, Places places);
std::string tree_dump(const ast::Phrase& tree, Places places);
std::string tree_dump(const ast::TypeExpr& tree, Places places);
std::string tree_dump(const ast::Target& tree, Places places);
std::string tree_dump(const ast::CallExpr& tree, Places places);
std::string tree_dump(const ast::Binding& tree, Places places);
std::string tree_dump(const ast::DurationExpr& tree, Places places);
std::string tree_dump(const ast::HoursExpr& tree, Places places);

}  // namespace alur::dsl
