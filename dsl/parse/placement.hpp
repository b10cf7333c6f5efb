// What a key is that stands where nobody knows it: a language, or a key that belongs elsewhere.
#pragma once

#include <string>
#include <string_view>

namespace alur::dsl {

// Where a key of the language belongs, for a sentence: "beside `track`"; empty if it is no such
// key.
std::string_view find_placement(std::string_view key);

// `id`, `pt-BR`, `es-419`. Not `if`: there is no such language, and a verb of that name.
bool is_language(std::string_view key);
// `ID`, `en_us`, `pt-br` as they ought to be written; empty for what is no language at all.
std::string to_language(std::string_view key);

}  // namespace alur::dsl
