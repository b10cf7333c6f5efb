// Pass: what the functions that parse one file share, and Place: a value and how a sentence speaks
// of it. Nothing here outlives the parsing of that file, so files are parsed side by side.
#pragma once

#include <string>
#include <string_view>

#include "dsl/finding/finding.hpp"
#include "dsl/yaml/node.hpp"

namespace alur::dsl {

struct Pass {
  Findings& findings;
  bool whole = true;  // false: the file could not be read whole, so nothing is called missing
  int depth = 0;      // of steps inside branches
};

Finding finding_of(Code code, Span span, std::string message);
// "write `instead`", and that is what mends it; an empty one suggests nothing.
void report_with_fix(Pass& pass, Code code, Span span, std::string message, std::string instead);

// The value of a key, or an item of a list that has a key.
struct Place {
  std::string_view name;  // the key
  Span key;               // where it stands
  const Node& node;
  bool item = false;  // an item of that key's list

  static Place of(const Entry& entry) { return {entry.key.text(), entry.key.span(), entry.value}; }
  Place item_at(const Node& each) const { return {name, each.span(), each, true}; }

  // "`hear`", or "an entry of `hear`".
  std::string words() const;
  // Where to point at when the whole is meant: the key, with its value where that is one scalar.
  Span span() const;
};

// Are these of the right kind, and is anything there? A finding says so otherwise.
bool want_text(Pass& pass, const Place& place);
// `first_key` is a key that such a map, or each map of such a list, begins with; may be empty.
bool want_list(Pass& pass, const Place& place, std::string_view first_key = {});
bool want_map(Pass& pass, const Place& place, std::string_view first_key = {});
bool want_value(Pass& pass, const Place& place);
// Tells of a file that is no map, unless its reader has told of it.
void want_root(Pass& pass, const Node& root, std::string_view file, std::string_view first_key);

// A list's items, or nothing after a finding. One thing of the kind that the items have, written
// without its `- `, is told and taken for the only item.
std::span<const Node> items_of(Pass& pass, const Place& place, NodeKind item_kind,
                               std::string_view first_key = {});
// Each map of a list through `parse`, which appends it and says whether it could. Of the items that
// are no maps the first is told. True if none was lost.
template <class Parse>
bool each_map(Pass& pass, const Place& place, std::string_view first_key, Parse parse) {
  const std::span<const Node> items = items_of(pass, place, NodeKind::map, first_key);
  bool complete = place.node.is_list() && !items.empty();
  bool told = false;
  for (const Node& item : items) {
    const Place each = place.item_at(item);
    if (item.is_map() || !told) {
      if (want_map(pass, each, first_key)) {
        parse(each);
        continue;
      }
    }
    told = true;
    complete = false;
  }
  return complete;
}
// A map's entries, or nothing after a finding.
std::span<const Entry> entries_of(Pass& pass, const Place& place, std::string_view first_key = {});

}  // namespace alur::dsl
