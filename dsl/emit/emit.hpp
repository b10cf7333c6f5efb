// Checked AST -> tables of a Program. Nothing is checked here and nothing reported: a tree with
// errors must not come so far.
#pragma once

#include <memory>

#include "dsl/ast/ast.hpp"
#include "dsl/check/symbols.hpp"
#include "dsl/finding/source.hpp"
#include "engine/program/program.hpp"

namespace alur::dsl {

std::shared_ptr<const program::App> emit_app(const ast::App& app, const Symbols& symbols,
                                             const SourceFile& source);

std::shared_ptr<const program::Unit> emit_flow(const ast::Flow& flow, const Locals& locals,
                                               const ast::App& app, const Symbols& symbols,
                                               const SourceFile& source);

}  // namespace alur::dsl
