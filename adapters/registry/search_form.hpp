// The form in which similar names are looked for. It forgives much: accents, look-alike letters of
// other scripts, invisible characters, fancy letters, punctuation. It therefore proves nothing:
// what is found with it is offered, never answered for.
#pragma once

#include <string>
#include <string_view>

namespace alur::registry {

// Words parted by one blank, of bytes a-z and 0-9; a letter that looks like none of them is one
// byte from 0x80 on. Without PT, Tbk and Persero. Replaces what `out` held.
void make_search_form(std::string_view name, std::string& out);
std::string search_form(std::string_view name);

// A search form without its blanks.
std::string joined(std::string_view search_form);

// Digits that look like letters read as those letters, and what else looks alike (i and l, rn and
// m, vv and w) as one: two names with the same image can be mistaken for each other.
std::string look_alike_image(std::string_view joined);

// The same word with its digits read as letters (b4nk, ba1k), where digits stand among letters;
// empty where none do.
std::string undisguised(std::string_view search_form);

}  // namespace alur::registry
