#include "dsl/check/services.hpp"

#include <algorithm>

#include "dsl/check/walk.hpp"

namespace alur::dsl {
namespace {

class CallWalk : public Walk<CallWalk, false> {
 public:
  using Walk::verb;
  ServiceUses uses;

  void verb(const ast::Call& call) {
    uses.broken |= call.broken || call.call.service.empty();
    uses.called.insert(call.call.service.text);
    for (const ast::Argument& argument : call.call.arguments) {
      uses.broken |= argument.name.empty();
      uses.given.emplace(call.call.service.text, argument.name.text);
    }
    Walk::verb(call);
  }
};

bool gives_unknown(const ast::Service& service, const ServiceUses& uses) {
  return std::any_of(uses.given.begin(), uses.given.end(), [&](const auto& given) {
    return given.first == service.name.text &&
           std::none_of(
               service.params.begin(), service.params.end(),
               [&](const ast::Variable& param) { return param.name.text == given.second; });
  });
}

// `already`, `already_open`: what a repeat of something done is answered with.
bool answers_a_repeat(const ast::OutcomeDecl& outcome) {
  return outcome.name.text == "already" || outcome.name.text.starts_with("already_");
}

}  // namespace

ServiceUses service_uses(const ast::Flow& flow) {
  CallWalk walk;
  walk.uses.broken = flow.broken;
  for (const ast::State& state : flow.states) {
    walk.uses.broken |= state.broken;
    walk.steps(state.steps);
  }
  return std::move(walk.uses);
}

void check_services(const ast::App& app, Findings& findings) {
  for (const ast::Service& service : app.services) {
    if (service.broken || !service.changes) continue;
    if (std::any_of(service.outcomes.begin(), service.outcomes.end(), answers_a_repeat)) continue;
    findings.add(Code::no_answer_for_repeat, service.name.span,
                 "`" + service.name.text +
                     "` changes something, and has no outcome for what it has "
                     "done before",
                 "add an outcome `already`: a repeat is then answered, and not done twice");
  }
}

void check_parameters_given(const ast::App& app, const ServiceUses& uses, Findings& findings) {
  if (uses.broken) return;
  for (const ast::Service& service : app.services) {
    // A service that nothing calls is told as such, and so is a parameter that it does not have.
    if (service.broken || !uses.called.contains(service.name.text)) continue;
    if (gives_unknown(service, uses)) continue;
    for (const ast::Variable& param : service.params) {
      if (uses.given.contains({service.name.text, param.name.text}) || !param.type.optional) {
        continue;
      }
      findings.add(Code::parameter_never_given, param.name.span,
                   "no call of `" + service.name.text + "` gives `" + param.name.text + "`",
                   "take it away, or give it");
    }
  }
}

}  // namespace alur::dsl
