// Texts against the app's languages: each is there in every one, and says the same with the same
// placeholders and links.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Names must have been resolved.
void check_languages(Scope& scope, const ast::Flow& flow);
void check_languages(Scope& scope, const ast::App& app);

}  // namespace alur::dsl
