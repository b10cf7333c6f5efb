// The form in which a name has to be the same as a listed one to be answered for. It ignores case,
// punctuation and ASCII symbols, the width of letters, blanks, and the words PT, Tbk and (Persero);
// nothing else. Accents, look-alike letters, invisible characters, emoji, the order of words and
// words such as Bank or Koperasi all make another name. What is merely similar is search_form's.
#pragma once

#include <string>
#include <string_view>

namespace alur::registry {

// Letters and digits joined without blanks; empty when nothing but the ignored is there. Bytes that
// are not UTF-8 make a name that equals no good one.
std::string exact_form(std::string_view name);
// Replaces what `out` held, which `name` must not point into.
void make_exact_form(std::string_view name, std::string& out);

}  // namespace alur::registry
