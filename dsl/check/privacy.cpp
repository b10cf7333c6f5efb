#include "dsl/check/privacy.hpp"

#include <string>

#include "dsl/check/expressions.hpp"
#include "dsl/check/walk.hpp"

namespace alur::dsl {
namespace {

class PrivacyWalk : public Walk<PrivacyWalk, false> {
 public:
  PrivacyWalk(const Symbols& symbols, Findings& findings)
      : symbols_(symbols), findings_(findings) {}

  using Walk::verb;

  void verb(const ast::Handoff& handoff) {
    const auto queue = symbols_.queues.find(handoff.queue.text);
    if (queue != symbols_.queues.end() && !queue->second.is_private) {
      check_told(handoff, queue->second);
    }
    Walk::verb(handoff);
  }

 private:
  void check_told(const ast::Handoff& handoff, const QueueSymbol& queue) {
    for (const ast::Assignment& field : handoff.fields) check_value(field.value, queue);
    for (const ast::LocalText& wording : handoff.summary.languages) {
      for (const ast::TemplatePart& part : wording.text.parts) {
        if (part.expression) check_value(*part.expression, queue);
      }
    }
  }

  void check_value(const ast::Expr& value, const QueueSymbol& queue) {
    if (!value.resolved.type || !holds_private(*value.resolved.type)) return;
    findings_.add(
        Code::private_to_queue, value.span,
        words_for(value) + " is private, and the queue `" + queue.name + "` is not declared so",
        "leave it out, or write `private: true` below the queue",
        {{queue.span, "`" + queue.name + "` is declared here"}});
  }

  const Symbols& symbols_;
  Findings& findings_;
};

}  // namespace

void check_privacy(const ast::Flow& flow, const Symbols& symbols, Findings& findings) {
  PrivacyWalk walk(symbols, findings);
  for (const ast::State& state : flow.states) walk.steps(state.steps);
}

void check_privacy(const ast::App& app, const Symbols& symbols, Findings& findings) {
  PrivacyWalk walk(symbols, findings);
  for (const ast::Rung& rung : app.no_match) walk.rung(rung);
  for (const ast::Silence& silence : app.no_input) walk.silence(silence);
  for (const ast::Handler& handler : app.anytime) walk.handler(handler);
}

}  // namespace alur::dsl
