// Pages of options as the checks see them: which questions have some, and by which words the entry
// to the next one is heard. How a page is cut is engine/machine/pages.cpp's.
#pragma once

#include <string>
#include <vector>

#include "dsl/ast/ast.hpp"

namespace alur::dsl {

// The entry to the next page as this language says it; the compiler's words where the app has none.
std::string more_label(const ast::App& app, std::string_view language);

// The same in every language of the app, normalised, each once.
std::vector<std::string> more_words(const ast::App& app, const std::vector<std::string>& languages);

// Whether the question's options may come in pages on some channel of the app. Its list must have a
// type.
bool has_pages(const ast::App& app, const ast::Question& question);
// Whether some question of the flow does.
bool has_pages(const ast::App& app, const ast::Flow& flow);

}  // namespace alur::dsl
