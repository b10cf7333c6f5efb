// Texts and what is filled into them: each `{...}` can be shown, and what is not a text (addresses
// of links and files, and those that stand in texts) is held to its own rules.
#pragma once

#include "dsl/check/expressions.hpp"

namespace alur::dsl {

void check_text(Scope& scope, ast::Text& text);
// A text that is one for all languages by its place: the labels and hints of `each`.
void check_shared_words(Scope& scope, ast::Template& words);
// The address of a link: nothing private may stand in it, unless the link is declared private.
void check_address(Scope& scope, ast::Link& link);
// The address of an image or document, or just such a thing: `{photo}`.
void check_file(Scope& scope, ast::Template& words, TypeKind kind);

}  // namespace alur::dsl
