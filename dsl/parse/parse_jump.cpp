// The verbs that go elsewhere, to come back with an outcome or for good: call, run, handoff, goto,
// end, stop.
#include <fmt/format.h>

#include <utility>

#include "dsl/grammar/grammar.hpp"
#include "dsl/parse/parse_branch.hpp"
#include "dsl/parse/scalars.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

constexpr std::int32_t at_most_max = 1000;

constexpr Key<ast::Call> call_keys[] = {
    {"outcomes", Need::required, fill<&ast::Call::outcomes, outcomes_at>},
};

constexpr Key<Companions> run_keys[] = {
    {"outcomes", Need::optional, keep<&Companions::outcomes>},
};

constexpr Key<Companions> handoff_keys[] = {
    {"outcomes", Need::required, keep<&Companions::outcomes>},
    {"summary", Need::optional, keep<&Companions::summary>},
    {"fields", Need::optional, keep<&Companions::fields>},
    {"leave", Need::optional, keep<&Companions::leave>},
    {"return_to", Need::optional, keep<&Companions::return_to>},
};

constexpr Key<ast::Goto> goto_keys[] = {
    {"at_most", Need::optional,
     [](Pass& pass, const Place& place, ast::Goto& jump) {
       jump.at_most = whole_at(pass, place, 1, at_most_max);
     }},
};

// `answered` or `found(value)`.
void end_at(Pass& pass, const Place& place, ast::End& end) {
  if (!want_text(pass, place)) return;
  const std::string_view text = place.node.text();
  const std::size_t bracket = text.find('(');
  std::string_view outcome = text.substr(0, bracket);
  outcome = outcome.substr(0, outcome.find_last_not_of(' ') + 1);
  end.outcome = name_in(pass, place.node, outcome, NameUse::used);
  if (bracket == std::string_view::npos) return;
  end.payload = ast::Expr{};
  const Fragment values = Fragment(place.node).slice(bracket, text.size());
  auto arguments = parse_argument_list(values, pass.findings);
  if (!arguments) return;
  if (arguments->size() == 1 && arguments->front().name.empty()) {
    end.payload = std::move(arguments->front().value);
    return;
  }
  pass.findings.add(Code::bad_value, values.span(), "an outcome carries one value, without a name",
                    fmt::format("write `{}(value)`", outcome));
}

}  // namespace

bool outcomes_takes(std::string_view key) {
  return has_key(call_keys, key);
}
bool handoff_takes(std::string_view key) {
  return has_key(handoff_keys, key);
}
bool goto_takes(std::string_view key) {
  return has_key(goto_keys, key);
}

ast::Verb parse_call(Pass& pass, const StepMap& step) {
  ast::Call call;
  call.call = call_at(pass, step.verb);
  call.span = step.verb.span();
  call.broken |= !read_map(pass, step.map, part(call_keys, call));
  return call;
}

ast::Verb parse_run(Pass& pass, const StepMap& step) {
  Companions companions;
  const bool complete = read_map(pass, step.map, part(run_keys, companions));
  ast::Run run = run_of(pass, step.verb, companions);
  run.broken |= !complete;
  return run;
}

ast::Verb parse_handoff(Pass& pass, const StepMap& step) {
  Companions companions;
  const bool complete = read_map(pass, step.map, part(handoff_keys, companions));
  ast::Handoff handoff = handoff_of(pass, step.verb, companions);
  handoff.broken |= !complete;
  return handoff;
}

ast::Verb parse_goto(Pass& pass, const StepMap& step) {
  ast::Goto jump;
  jump.target = goto_at(pass, step.verb);
  jump.span = step.verb.span();
  read_map(pass, step.map, part(goto_keys, jump));
  return jump;
}

ast::Verb parse_end(Pass& pass, const StepMap& step) {
  ast::End end;
  end.span = step.verb.span();
  end_at(pass, step.verb, end);
  read_map(pass, step.map);
  return end;
}

ast::Verb parse_stop(Pass& pass, const StepMap& step) {
  only_true_at(pass, step.verb);
  read_map(pass, step.map);
  return ast::Stop{step.verb.span()};
}

}  // namespace alur::dsl
