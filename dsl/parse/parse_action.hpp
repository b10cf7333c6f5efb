// What an option, a phrase, a failed attempt or a silence does, and the entries that are little
// more: handlers, rungs and silences.
#pragma once

#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/parse_branch.hpp"

namespace alur::dsl {

// An action while its map is being read: its keys stand among those of what it belongs to.
struct ActionDraft {
  std::vector<ast::Assignment> set;
  ast::Text say;
  Kept go_to;
  Kept run;
  Kept handoff;
  Kept stop;
  Companions companions;
};

std::span<const Key<ActionDraft>> action_keys();
// To be called once, when the map was read.
ast::Action finish_action(Pass& pass, const Map& map, ActionDraft draft);

// Entries of `anytime` and of a question's `hear`. True if none was lost; the others likewise.
bool handlers_at(Pass& pass, const Place& place, std::vector<ast::Handler>& handlers);
// `no_match`.
bool rungs_at(Pass& pass, const Place& place, std::vector<ast::Rung>& rungs);
// `no_input`: one entry or a list.
bool silences_at(Pass& pass, const Place& place, std::vector<ast::Silence>& silences);

}  // namespace alur::dsl
