// AST -> checked AST: names are resolved, types and nullability proven, languages compared.
// The two functions fill in the `resolved` fields of the trees and report to Findings; a tree
// with errors must not go on to dsl/emit. Control, people and channels are other checks' work.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "dsl/check/symbols.hpp"
#include "dsl/finding/finding.hpp"

namespace alur::dsl {

// Reads a file named in app.yaml (a holidays table); nullopt when there is none.
using ReadFile = std::function<std::optional<std::string>(std::string_view path)>;

// Builds the symbols of the app and of every flow's declarations. `flows` in file-name order.
Symbols collect_symbols(const ast::App& app, const std::vector<const ast::Flow*>& flows,
                        const ReadFile& read_file, Findings& findings);

// Declares a flow anew after a change of its file. False, and nothing is done, when other flows may
// see the difference: then everything is collected and checked again.
bool redeclare_flow(const ast::Flow& flow, Symbols& symbols);

// Checks app.yaml's own texts, handlers and defaults.
void check_app(ast::App& app, const Symbols& symbols, Findings& findings);

// Checks one flow; independent of every other flow's body, so flows may be checked in parallel.
// Gives the flow's variables for dsl/emit.
Locals check_flow(ast::Flow& flow, const ast::App& app, const Symbols& symbols, Findings& findings);

// What only all flows together show: unused flows, services, types, queues, variables, and flows
// that start one another for ever.
void check_unused(const ast::App& app, const std::vector<const ast::Flow*>& flows,
                  const Symbols& symbols, Findings& findings);

}  // namespace alur::dsl
