#include "dsl/ast/dumper.hpp"

#include "dsl/ast/print.hpp"

namespace alur::dsl::ast {

std::string show(const Name& name) {
  return name.empty() ? "?" : name.text;
}

std::string show(const Expr& expr) {
  return expr.kind == ExprKind::broken ? "?" : to_text(expr);
}

std::string show(const TypeExpr& type) {
  return type.kind == TypeExpr::Kind::broken ? "?" : to_text(type);
}

std::string show(const Target& target) {
  return target.name.empty() ? "?" : to_text(target);
}

std::string show(const Template& text) {
  std::string shown;
  for (const char each : to_text(text)) {
    if (each == '\n') {
      shown += "\\n";
    } else {
      shown += each;
    }
  }
  return shown;
}

void Dumper::line(std::string_view text, bool broken) {
  out_.append(2 * static_cast<std::size_t>(depth_), ' ').append(text);
  out_ += broken ? " (broken)\n" : "\n";
}

void Dumper::open(std::string_view text, bool broken) {
  line(text, broken);
  ++depth_;
}

void Dumper::field(std::string_view name, std::string_view value) {
  if (!value.empty()) line(std::string(name) + ": " + std::string(value));
}

void Dumper::dump_words(const Text& text) {
  for (const LocalText& each : text.languages) {
    line((each.language.empty() ? "*" : each.language.text) + ": " + show(each.text));
  }
  if (text.broken) line("(broken)");
}

void Dumper::dump(std::string_view name, const Text& text) {
  if (text.empty() && !text.broken) return;
  open(name);
  dump_words(text);
  close();
}

void Dumper::dump(std::string_view name, const std::vector<Phrase>& phrases) {
  for (const Phrase& phrase : phrases) field(name, to_text(phrase));
}

void Dumper::dump(std::string_view name, const std::vector<Variable>& variables) {
  for (const Variable& variable : variables) {
    line(std::string(name) + ' ' + show(variable.name) + ": " + show(variable.type));
  }
}

void Dumper::dump(const std::vector<OutcomeDecl>& outcomes) {
  for (const OutcomeDecl& outcome : outcomes) {
    line("outcome " + show(outcome.name) + (outcome.payload ? ": " + show(*outcome.payload) : ""));
  }
}

void Dumper::dump(const std::vector<Assignment>& assignments) {
  for (const Assignment& each : assignments) line(show(each.target) + " = " + show(each.value));
}

void Dumper::dump(const Action& action) {
  if (!action.set.empty()) {
    open("set");
    dump(action.set);
    close();
  }
  dump("say", action.say);
  if (action.go_to) line("goto " + show(*action.go_to));
  if (action.run) dump(*action.run);
  if (action.handoff) dump(*action.handoff);
  if (action.stop) line("stop");
}

void Dumper::dump(std::string_view name, const std::vector<Handler>& handlers) {
  for (const Handler& handler : handlers) {
    open(name);
    dump("hear", handler.phrases);
    dump(handler.action);
    close();
  }
}

void Dumper::dump(const std::vector<Rung>& rungs) {
  for (const Rung& rung : rungs) {
    open("no_match" + (rung.when.empty() ? "" : " when " + rung.when.text));
    dump_words(rung.text);
    dump(rung.action);
    close();
  }
}

void Dumper::dump(const std::optional<Outside>& outside) {
  if (!outside) return;
  line("outside_window " + (outside->target ? "-> " + show(*outside->target)
                                            : "template " + show(outside->template_name)));
}

void Dumper::dump(const std::vector<Silence>& silences) {
  for (const Silence& silence : silences) {
    open("no_input after " + to_text(silence.after));
    dump_words(silence.text);
    dump(silence.action);
    dump(silence.outside);
    close();
  }
}

}  // namespace alur::dsl::ast
