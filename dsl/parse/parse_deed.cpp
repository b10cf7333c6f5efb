// The verbs that do something and go on: say, set, wait, track.
#include <utility>

#include "dsl/parse/heading.hpp"
#include "dsl/parse/parse_branch.hpp"
#include "dsl/parse/scalars.hpp"
#include "dsl/parse/verbs.hpp"

namespace alur::dsl {
namespace {

constexpr Key<ast::Wait> wait_keys[] = {
    {"outside_window", Need::optional, into<&ast::Wait::outside, outside_at>},
};

constexpr Key<ast::Track> track_keys[] = {
    {"with", Need::optional, assign<&ast::Track::fields, NameUse::label>},
};

}  // namespace

bool say_takes(std::string_view key) {
  for (const Key<ast::Extras>& extra : extras_keys()) {
    if (extra.name == key) return true;
  }
  return false;
}

bool track_takes(std::string_view key) {
  return has_key(track_keys, key);
}

ast::Verb parse_say(Pass& pass, const StepMap& step) {
  ast::Say say;
  say.span = step.verb.span();
  Heading heading(pass, step.map, step.verb, *step.map.skipped, say_takes);
  read_map(pass, heading.map(), Part(extras_keys(), say.extras), heading.languages());
  say.text = heading.take_text();
  return say;
}

ast::Verb parse_set(Pass& pass, const StepMap& step) {
  ast::Set set;
  set.span = step.verb.span();
  assignments_at(pass, step.verb, NameUse::dotted, set.assignments);
  read_map(pass, step.map);
  return set;
}

ast::Verb parse_wait(Pass& pass, const StepMap& step) {
  ast::Wait wait;
  wait.duration = expression_at(pass, step.verb);
  wait.span = step.verb.span();
  read_map(pass, step.map, part(wait_keys, wait));
  return wait;
}

ast::Verb parse_track(Pass& pass, const StepMap& step) {
  ast::Track track;
  track.event = name_at(pass, step.verb, NameUse::label);
  track.span = step.verb.span();
  read_map(pass, step.map, part(track_keys, track));
  return track;
}

}  // namespace alur::dsl
