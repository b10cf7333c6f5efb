#include "dsl/parse/heading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/parse/placement.hpp"

namespace alur::dsl {
namespace {

// Nothing after the text's key, and languages in the same column.
bool is_outdented(Pass& pass, const Place& text, std::span<const Entry> neighbours) {
  if (!text.node.is_null()) return false;
  const auto is_wanted = [](const Entry& each) { return !to_language(each.key.text()).empty(); };
  const auto first = std::find_if(neighbours.begin(), neighbours.end(), is_wanted);
  if (first == neighbours.end()) return false;
  pass.findings.add(Code::outdented_text, first->key.span(),
                    fmt::format("the languages of `{}` stand in its own column", text.name),
                    "move them two spaces to the right");
  return true;
}

}  // namespace

Heading::Heading(Pass& pass, const Map& map, const Place& text, const Entry& entry,
                 bool (*belongs)(std::string_view key))
    : map_(map), outdented_(is_outdented(pass, text, map.entries)) {
  map_.skipped = &entry;
  take_in(pass, text, entry, belongs);
  if (!outdented_) text_ = text_among(pass, text, belongs);
}

// The keys inside the text that belong beside it join the map.
void Heading::take_in(Pass& pass, const Place& text, const Entry& entry,
                      bool (*belongs)(std::string_view key)) {
  for (const Entry& each : text.node.entries()) {
    if (!belongs(each.key.text())) continue;
    if (entries_.empty()) entries_.assign(map_.entries.begin(), map_.entries.end());
    entries_.push_back(each);
    pass.findings.add(Code::misplaced_key, each.key.span(),
                      fmt::format("`{}` does not belong in the text", each.key.text()),
                      fmt::format("move it to the left, under `{}`", text.name));
  }
  if (entries_.empty()) return;
  map_.skipped = &entries_[static_cast<std::size_t>(&entry - map_.entries.data())];
  map_.entries = entries_;
}

}  // namespace alur::dsl
