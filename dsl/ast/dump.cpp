#include "dsl/ast/dump.hpp"

#include "dsl/ast/dumper.hpp"
#include "dsl/ast/print.hpp"

namespace alur::dsl::ast {
namespace {

std::string list(const std::vector<Name>& names) {
  std::string out;
  for (const Name& name : names) out += (out.empty() ? "" : ", ") + name.text;
  return out;
}

void dump_service(Dumper& dumper, const Service& service) {
  dumper.open("service " + show(service.name), service.broken);
  dumper.dump("param", service.params);
  dumper.dump(service.outcomes);
  if (service.changes) dumper.line("changes");
  if (service.timeout) dumper.field("timeout", to_text(*service.timeout));
  dumper.close();
}

void dump_record(Dumper& dumper, const RecordDecl& record) {
  dumper.open("type " + show(record.name), record.broken);
  dumper.dump("field", record.fields);
  dumper.close();
}

std::string line_of(const Queue& queue) {
  std::string line = "queue " + show(queue.name);
  if (!queue.hours.empty()) line += " hours " + queue.hours.text;
  if (queue.priority != 0) line += " priority " + std::to_string(queue.priority);
  if (queue.is_private) line += " private";
  if (queue.longest_wait) line += " longest_wait " + to_text(*queue.longest_wait);
  if (queue.size) line += " size " + std::to_string(*queue.size);
  if (queue.first_reply) line += " first_reply " + to_text(*queue.first_reply);
  if (queue.next_reply) line += " next_reply " + to_text(*queue.next_reply);
  if (queue.resolution) line += " resolution " + to_text(*queue.resolution);
  return line;
}

void dump_declarations(Dumper& dumper, const App& app) {
  for (const RecordDecl& record : app.types) dump_record(dumper, record);
  for (const Service& service : app.services) dump_service(dumper, service);
  for (const Hours& hours : app.hours) {
    dumper.line("hours " + show(hours.name) + ": " + to_text(hours.hours));
  }
  for (const Queue& queue : app.queues) {
    dumper.line(line_of(queue));
    dumper.dump("title of " + show(queue.name), queue.title);
  }
  dumper.dump("contact", app.contact);
  dumper.dump("session", app.session);
}

}  // namespace

std::string dump(const App& app) {
  Dumper dumper;
  dumper.open("app " + show(app.name), app.broken);
  dumper.field("languages", list(app.languages));
  dumper.field("timezone", app.timezone.text);
  dumper.field("start", app.start.text);
  dumper.field("channels", list(app.channels));
  dump_declarations(dumper, app);
  dumper.dump(app.no_match);
  dumper.dump(app.no_input);
  if (app.session_ends) dumper.field("session_ends", to_text(*app.session_ends));
  if (app.bounds.messages) dumper.field("bound messages", std::to_string(*app.bounds.messages));
  if (app.bounds.person_within) {
    dumper.field("bound person_within", std::to_string(*app.bounds.person_within));
  }
  dumper.dump("anytime", app.anytime);
  for (const TemplateDecl& each : app.templates) {
    dumper.dump("template " + each.name.text, each.text);
  }
  for (const SystemText& text : app.texts) dumper.dump("text " + text.key.text, text.text);
  return dumper.take();
}

std::string dump(const Flow& flow) {
  Dumper dumper;
  dumper.open("flow " + show(flow.name), flow.broken);
  dumper.field("about", flow.about);
  dumper.dump(flow.outcomes);
  for (const Trigger& trigger : flow.triggers) dumper.dump("trigger", trigger.phrases);
  dumper.dump("param", flow.params);
  dumper.dump("var", flow.vars);
  for (const State& state : flow.states) {
    dumper.open("state " + show(state.name), state.broken);
    dumper.dump(state.steps);
    dumper.close();
  }
  return dumper.take();
}

}  // namespace alur::dsl::ast
