// What app.yaml declares by name: records, services, hours, queues.
#pragma once

#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/pass.hpp"

namespace alur::dsl {

// Each: true if none was lost.
bool records_at(Pass& pass, const Place& place, std::vector<ast::RecordDecl>& records);
bool services_at(Pass& pass, const Place& place, std::vector<ast::Service>& services);
bool hours_decls_at(Pass& pass, const Place& place, std::vector<ast::Hours>& hours);
bool queues_at(Pass& pass, const Place& place, std::vector<ast::Queue>& queues);

}  // namespace alur::dsl
