// Steps, verb by verb.
#include "dsl/ast/dumper.hpp"
#include "dsl/ast/print.hpp"

namespace alur::dsl::ast {

void Dumper::dump(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    std::visit([&](const auto& verb) { dump(verb); }, step.verb);
  }
}

void Dumper::dump(const Extras& extras) {
  if (extras.image) line("image: " + show(*extras.image));
  if (extras.document) line("document: " + show(*extras.document));
  if (extras.location) {
    open("location " + show(extras.location->latitude) + ", " + show(extras.location->longitude));
    dump("name", extras.location->name);
    dump("address", extras.location->address);
    close();
  }
  if (extras.link) {
    open("link " + show(extras.link->url) + (extras.link->is_private ? " private" : ""));
    dump_words(extras.link->label);
    close();
  }
  field("overflow", extras.overflow.text);
  if (extras.contact) line("contact");
}

void Dumper::dump(const Branch& branch, std::string_view before) {
  if (branch.target) {
    line(std::string(before) + " -> " + show(*branch.target));
    return;
  }
  open(before, branch.broken);
  dump(branch.steps);
  close();
}

void Dumper::dump(const std::vector<Outcome>& outcomes) {
  for (const Outcome& outcome : outcomes) dump(outcome.branch, to_text(outcome.binding));
}

void Dumper::dump(const Option& option) {
  open("option");
  dump_words(option.label);
  dump("hint", option.hint);
  dump("hear", option.hear);
  if (option.value) line("value: " + show(*option.value));
  dump(option.action);
  close();
}

void Dumper::dump(const Each& each) {
  open("each " + show(each.item) + " in " + show(each.list));
  line("label: " + show(each.label));
  if (each.hint) line("hint: " + show(*each.hint));
  close();
}

void Dumper::dump(const Say& say) {
  open("say");
  dump_words(say.text);
  dump(say.extras);
  close();
}

void Dumper::dump(const Question& question) {
  const std::string verb = question.choose ? "choose" : "ask";
  open(question.into.empty() ? verb : verb + " into " + question.into.text, question.broken);
  dump_words(question.text);
  dump(question.extras);
  if (question.each) dump(*question.each);
  for (const Option& option : question.options) dump(option);
  dump("hear", question.hear);
  dump(question.no_match);
  dump(question.no_input);
  if (question.gather) line("gather: " + to_text(*question.gather));
  if (question.consent) line("consent");
  dump("button", question.button);
  close();
}

void Dumper::dump(const Call& call) {
  open("call " + (call.call.service.empty() ? "?" : to_text(call.call)), call.broken);
  dump(call.outcomes);
  close();
}

void Dumper::dump(const Run& run) {
  open("run " + show(run.flow), run.broken);
  dump(run.outcomes);
  close();
}

void Dumper::dump(const Handoff& handoff) {
  open("handoff " + show(handoff.queue), handoff.broken);
  dump("summary", handoff.summary);
  if (!handoff.fields.empty()) {
    open("fields");
    dump(handoff.fields);
    close();
  }
  dump("leave", handoff.leave);
  dump(handoff.outcomes);
  close();
}

void Dumper::dump(const Set& set) {
  open("set");
  dump(set.assignments);
  close();
}

void Dumper::dump(const If& decision) {
  open("if " + show(decision.condition));
  dump(decision.then, "then");
  if (decision.otherwise) dump(*decision.otherwise, "else");
  close();
}

void Dumper::dump(const Match& match) {
  open("match " + show(match.subject), match.broken);
  for (const Case& each : match.cases) {
    std::string members;
    for (const Name& member : each.members) {
      members += (members.empty() ? "case " : ", ") + show(member);
    }
    dump(each.branch, members.empty() ? "else" : members);
  }
  close();
}

void Dumper::dump(const Goto& jump) {
  const std::string bound = jump.at_most ? " at_most " + std::to_string(*jump.at_most) : "";
  line("goto " + show(jump.target) + bound);
}

void Dumper::dump(const Wait& wait) {
  if (!wait.outside) return line("wait " + show(wait.duration));
  open("wait " + show(wait.duration));
  dump(wait.outside);
  close();
}

void Dumper::dump(const Track& track) {
  open("track " + show(track.event));
  dump(track.fields);
  close();
}

void Dumper::dump(const End& end) {
  line("end " + show(end.outcome) + (end.payload ? '(' + show(*end.payload) + ')' : ""));
}

void Dumper::dump(const Stop&) {
  line("stop");
}

}  // namespace alur::dsl::ast
