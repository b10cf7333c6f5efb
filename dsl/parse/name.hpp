// Names as authors write them: what they are made of and which the language keeps for itself.
// Whether a name is known is dsl/check's business.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/expression.hpp"
#include "dsl/parse/pass.hpp"

namespace alur::dsl {

inline constexpr std::size_t name_bytes_max = 40;

bool is_name(std::string_view text);
// The name that somebody who wrote this meant: `Nama-Baru` gives `nama_baru`; empty if there is
// none.
std::string to_name(std::string_view text);

// What a name is for, as far as that changes what it may be.
enum class NameUse : std::uint8_t {
  declared,  // a new name: not one of the language's own words
  record,    // a new type: not the name of another type either
  used,      // the name of something that stands elsewhere
  label,     // a name for other people, like a field of `track`
  dotted,    // `used`, perhaps with a dot: `contact.name`
  service,   // `declared`, perhaps with a dot: `registry.lookup`
};

// Tells of a name that is not written as names are, or that the language keeps for itself; what was
// written becomes what was meant, or empty.
void check_name(Pass& pass, ast::Name& name, NameUse use);
// A name that is not written as names are is told, and given as it was meant, so that its namesakes
// find it; empty where nobody can tell. `slice` is in node.text().
ast::Name name_in(Pass& pass, const Node& node, std::string_view slice, NameUse use);
ast::Name name_of(Pass& pass, const Node& scalar, NameUse use);
// The same for a value: of a key, or an item of a list.
ast::Name name_at(Pass& pass, const Place& place, NameUse use);
ast::Name used_name_at(Pass& pass, const Place& place);
ast::Name dotted_name_at(Pass& pass, const Place& place);
ast::Name declared_name_at(Pass& pass, const Place& place);

// A list of names, each once, through `read(pass, place)`. True if none was lost.
bool each_name(Pass& pass, const Place& place, std::vector<ast::Name>& names,
               ast::Name (*read)(Pass&, const Place&));
bool names_at(Pass& pass, const Place& place, std::vector<ast::Name>& names);

}  // namespace alur::dsl
