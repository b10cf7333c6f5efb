// Texts against the app's languages: each is there in every one, and says the same with the same
// placeholders and links.
//
// Why this is right: a text is written once, with all its wordings in one place, and every step
// that shows it shows one of these. So each text is looked at by itself, whatever leads to it.
#pragma once

#include "dsl/check/scope.hpp"

namespace alur::dsl {

// Names must have been resolved.
void check_languages(Scope& scope, const ast::Flow& flow);
void check_languages(Scope& scope, const ast::App& app);

}  // namespace alur::dsl
