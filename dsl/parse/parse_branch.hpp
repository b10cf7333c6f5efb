// Where things lead: branches, outcomes, and the words for run and handoff that steps and actions
// share.
#pragma once

#include <optional>
#include <vector>

#include "dsl/ast/ast.hpp"
#include "dsl/parse/map_reader.hpp"
#include "dsl/parse/name.hpp"

namespace alur::dsl {

// Steps in branches in branches: more than this many levels are refused.
inline constexpr int branch_depth_max = 8;

// A target, or steps in place.
ast::Branch branch_at(Pass& pass, const Place& place);
// `goto: target`.
ast::Branch goto_branch_at(Pass& pass, const Place& place);

// `outside_window: template NAME`, or a target.
std::optional<ast::Outside> outside_at(Pass& pass, const Place& place);

// True if none was lost.
bool outcomes_at(Pass& pass, const Place& place, std::vector<ast::Outcome>& outcomes);
bool assignments_at(Pass& pass, const Place& place, NameUse use,
                    std::vector<ast::Assignment>& assignments);

// For a Key: the member takes `name: expression` lines.
template <auto member, NameUse use>
inline constexpr auto assign = [](Pass& pass, const Place& place, auto& owner) {
  assignments_at(pass, place, use, owner.*member);
};

// What stands beside `run` and `handoff`.
struct Companions {
  Kept outcomes;
  Kept summary;
  Kept fields;
  Kept leave;
  Kept return_to;
};

ast::Run run_of(Pass& pass, const Place& flow, const Companions& companions);
ast::Handoff handoff_of(Pass& pass, const Place& queue, const Companions& companions);

}  // namespace alur::dsl
