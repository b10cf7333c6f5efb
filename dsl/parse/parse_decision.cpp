// The verbs that choose a way by what is known: if, match.
#include <fmt/format.h>

#include <utility>

#include "dsl/parse/parse_branch.hpp"
#include "dsl/parse/scalars.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

struct Ways {
  Kept go_to;
  Kept then;
  Kept otherwise;
};

constexpr Key<Ways> if_keys[] = {
    {"goto", Need::optional, keep<&Ways::go_to>},
    {"then", Need::optional, keep<&Ways::then>},
    {"else", Need::optional, keep<&Ways::otherwise>},
};

ast::Branch first_way(Pass& pass, const Map& map, const Ways& ways) {
  if (ways.go_to && ways.then) {
    pass.findings.add(Code::several_jumps, ways.then.key,
                      "an `if` step has one way to go, and here are `goto` and `then`",
                      "put the `goto` last among the steps of `then`",
                      {{ways.go_to.key, "the `goto` is here"}});
  }
  if (ways.then) return branch_at(pass, ways.then.place("then"));
  if (ways.go_to) return goto_branch_at(pass, ways.go_to.place("goto"));
  if (pass.whole) {
    pass.findings.add(Code::missing_key, map.span, "an `if` step needs `goto` or `then`",
                      "add `goto:`");
  }
  ast::Branch branch;
  branch.span = map.span;
  branch.broken = true;
  return branch;
}

// The members that a case is for: `restricted, sandbox`; none for `else`.
bool read_members(Pass& pass, const Node& key, std::vector<ast::Name>& members) {
  const std::string_view text = key.text();
  if (text == "else") return true;
  bool complete = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string_view member = text.substr(begin, end - begin);
    member.remove_prefix(std::min(member.find_first_not_of(' '), member.size()));
    member = member.substr(0, member.find_last_not_of(' ') + 1);
    ast::Name name = name_in(pass, key, member, NameUse::used);
    complete &= !name.empty();
    if (!name.empty()) members.push_back(std::move(name));
    begin = end + 1;
  }
  return complete;
}

bool cases_at(Pass& pass, const Place& place, std::vector<ast::Case>& cases) {
  bool complete = place.node.is_map() && !place.node.entries().empty();
  for (const Entry& entry : entries_of(pass, place)) {
    ast::Case each;
    each.span = entry.key.span();
    complete &= read_members(pass, entry.key, each.members);
    each.branch = branch_at(pass, Place::of(entry));
    if (!each.members.empty() || entry.key.text() == "else") cases.push_back(std::move(each));
  }
  return complete;
}

constexpr Key<ast::Match> match_keys[] = {
    {"cases", Need::required, fill<&ast::Match::cases, cases_at>},
};

}  // namespace

bool if_takes(std::string_view key) {
  return has_key(if_keys, key);
}
bool match_takes(std::string_view key) {
  return has_key(match_keys, key);
}

ast::Verb parse_if(Pass& pass, const StepMap& step) {
  ast::If decision;
  Ways ways;
  decision.span = step.verb.span();
  decision.condition = expression_at(pass, step.verb);
  read_map(pass, step.map, part(if_keys, ways));
  decision.then = first_way(pass, step.map, ways);
  if (ways.otherwise) decision.otherwise = branch_at(pass, ways.otherwise.place("else"));
  return decision;
}

ast::Verb parse_match(Pass& pass, const StepMap& step) {
  ast::Match match;
  match.span = step.verb.span();
  match.subject = expression_at(pass, step.verb);
  match.broken |= !read_map(pass, step.map, part(match_keys, match));
  return match;
}

}  // namespace alur::dsl
