// The tables of a unit other than its code: what each row may point at.
#include <algorithm>

#include "engine/program/names.hpp"
#include "engine/program/unit_verifier.hpp"
#include "engine/value/value_bytes.hpp"

namespace alur::program {

using value::TypeKind;
using value::TypeRef;

namespace {

// Rows of one table may share a type, which may share its fields' types: counted as often as they
// are reached.
constexpr int type_parts_max = 10'000;

std::string type_problem(const TypeRef& type, int depth, int& parts_left) {
  if (!type) return "a type is missing";
  if (--parts_left < 0) return "a type has too many parts";
  if (type->kind > TypeKind::location) return "a type is of no known kind";
  const bool composite = type->kind == TypeKind::list || type->kind == TypeKind::record;
  if (composite && depth >= value::value_depth_max) return "a type is nested too deeply";
  if (type->kind == TypeKind::list) return type_problem(type->element, depth + 1, parts_left);
  for (const value::TypeField& field : type->fields) {
    if (field.key != value::name_key(field.name)) return "a field's key is not its name's";
    std::string problem = type_problem(field.type, depth + 1, parts_left);
    if (!problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::string type_problem(const TypeRef& type) {
  int parts_left = type_parts_max;
  return type_problem(type, 0, parts_left);
}

void verify_unit(const App& app, const Unit& unit, Problems& problems) {
  UnitVerifier(app, unit, problems).verify();
}

void UnitVerifier::object(std::string_view what) {
  if (problems_.size() >= problems_max) return;
  const std::string_view name = unit_.name.empty() ? std::string_view("app.yaml") : unit_.name;
  problems_.push_back(fmt::format("{}: {}[{}]: {}", name, table_, row_, what));
}

void UnitVerifier::verify() {
  check_names();
  check_counts();
  rows("slots", unit_.slots);
  rows("states", unit_.states);
  rows("outcomes_declared", unit_.outcomes_declared);
  rows("nodes", unit_.nodes);
  rows("argument_nodes", unit_.argument_nodes);
  rows("wordings", unit_.wordings);
  rows("parts", unit_.parts);
  rows("filters", unit_.filters);
  rows("texts", unit_.texts);
  rows("messages", unit_.messages);
  rows("questions", unit_.questions);
  rows("options", unit_.options);
  rows("rungs", unit_.rungs);
  rows("silences", unit_.silences);
  rows("outsides", unit_.outsides);
  rows("arguments", unit_.arguments);
  rows("outcomes", unit_.outcomes);
  rows("calls", unit_.calls);
  rows("runs", unit_.runs);
  rows("handoffs", unit_.handoffs);
  rows("departures", unit_.departures);
  rows("cases", unit_.cases);
  rows("matches", unit_.matches);
  rows("tracks", unit_.tracks);
  table_ = "trigger_phrases";
  for (row_ = 0; row_ < unit_.trigger_phrases.size(); ++row_) {
    check_trigger(unit_.trigger_phrases[row_]);
  }
  check_code();
  check_sites();
}

// --- the unit itself

// Two variables or states with the same key could not be told apart in a session's bytes.
void UnitVerifier::check_names() {
  table_ = "name";
  row_ = 0;
  const bool is_app = &unit_ == app_.unit.get();
  if (unit_.name.empty() != is_app) object("a flow has a name, app.yaml's unit none");
  if (!is_app) key(unit_.name, unit_.key);
  std::vector<NameKey> keys;
  for (const Slot& slot : unit_.slots) keys.push_back(slot.key);
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) {
    object("two variables have the same key");
  }
}

void UnitVerifier::check_counts() {
  table_ = "counts";
  row_ = 0;
  const bool ordered =
      unit_.param_count <= unit_.counters_begin && unit_.counters_begin <= unit_.slots.size();
  if (!ordered) {
    object_to("{} parameters, counters from {}, of {} variables", unit_.param_count,
              unit_.counters_begin, unit_.slots.size());
  }
  if (unit_.places.size() != unit_.code.size()) object("each instruction has one place");
  if (&unit_ == app_.unit.get()) {
    if (!unit_.slots.empty() || !unit_.states.empty())
      object("app.yaml has no variables or states");
  } else if (unit_.states.empty()) {
    object("a flow has a state");
  }
  for (const value::PluralCategory category : unit_.plural_names) {
    if (category > value::PluralCategory::other) object("a plural form is none that there is");
  }
}

void UnitVerifier::key(std::string_view name, NameKey key) {
  if (key != value::name_key(name)) object("the key is not the name's");
}

void UnitVerifier::type(const TypeRef& type) {
  const std::string problem = type_problem(type);
  if (!problem.empty()) object(problem);
}

void UnitVerifier::milliseconds(std::string_view field, std::int64_t number) {
  if (number < 0 || !value::in_range(value::Duration{number})) {
    object_to("{} is {} ms", field, number);
  }
}

// `slot` may be none: no variable.
void UnitVerifier::variable(std::string_view field, Scope scope, Index slot) {
  switch (scope) {
    case Scope::local:
      index_or_none(field, slot, std::min<std::size_t>(unit_.counters_begin, unit_.slots.size()));
      return;
    case Scope::contact:
      index_or_none(field, slot, app_.contact.size());
      return;
    case Scope::session:
      index_or_none(field, slot, app_.session.size());
      return;
    case Scope::language:
      return;
  }
  object_to("the scope of {} is none that there is", field);
}

void UnitVerifier::phrases(std::string_view field, const PhraseTable& table, std::size_t entries) {
  if (!table.is_well_formed()) object_to("{} is no well-formed phrase table", field);
  for (const PhraseTable::Exact& exact : table.exact()) index(field, exact.entry, entries);
  for (const PhraseTable::Pattern& pattern : table.patterns()) index(field, pattern.entry, entries);
}

void UnitVerifier::check(const Slot& slot) {
  key(slot.name, slot.key);
  if (row_ < unit_.counters_begin) type(slot.type);
}

void UnitVerifier::check(const State& state) {
  key(state.name, state.key);
  if (!address("address", state.address)) return;
  const Instruction& first = unit_.code[state.address];
  if (first.op != Op::enter || first.c != row_) object("the state begins with its own enter");
}

void UnitVerifier::check(const DeclaredOutcome& outcome) {
  key(outcome.name, outcome.key);
  if (outcome.payload) type(outcome.payload);
}

// Captures go to parameters.
void UnitVerifier::check_trigger(const PlainPhrase& phrase) {
  index("entry", phrase.entry, unit_.triggers.size());
  if (phrase.elements.empty()) object("the phrase is empty");
  for (const PhraseElement& element : phrase.elements) {
    if (element.capture) index("slot", element.slot, unit_.param_count);
  }
}

// --- texts

void UnitVerifier::check(const Range& wording) {
  range("parts", wording, unit_.parts.size());
}

void UnitVerifier::check(const TextPart& part) {
  const std::size_t size = unit_.strings.size();
  if (part.literal.begin > size || part.literal.size > size - part.literal.begin) {
    object("the literal is not within the strings");
  }
  if (part.node != none) node("node", part.node);
  range("filters", part.filters, unit_.filters.size());
}

void UnitVerifier::check(const FilterUse& use) {
  index("filter", static_cast<Index>(use.filter), filter_count);
  const bool ranges = range("arguments", use.arguments, unit_.argument_nodes.size()) &&
                      range("names", use.names, unit_.plural_names.size());
  if (ranges && use.filter == Filter::plural) check_plural(use);
}

// The machine takes the forms as they stand, without evaluating.
void UnitVerifier::check_plural(const FilterUse& use) {
  if (use.names.size() != use.arguments.size()) object("each plural form has its category");
  for (Index i = use.arguments.begin; i < use.arguments.end; ++i) {
    const Index argument = unit_.argument_nodes[i];
    if (argument >= unit_.nodes.size()) continue;  // noted elsewhere
    const Node& form = unit_.nodes[argument];
    const bool words = form.kind == NodeKind::constant && form.b < unit_.constants.size() &&
                       unit_.constants[form.b].is(value::Kind::text);
    if (!words) object("a plural form is not a literal text");
  }
}

void UnitVerifier::check(const Text& text) {
  const std::size_t size = unit_.wordings.size();
  const std::size_t languages = app_.languages.size();
  if (languages > size || text.first_wording > size - languages) {
    object("the text does not have a wording in every language");
  }
}

// --- messages and questions

void UnitVerifier::check(const Message& message) {
  for (const Index text : {message.text, message.image, message.document, message.link_label,
                           message.link_url, message.location_name, message.location_address}) {
    text_or_none("text", text);
  }
  if ((message.link_label == none) != (message.link_url == none)) {
    object("a link has a label and a URL");
  }
  if ((message.latitude == none) != (message.longitude == none)) {
    object("a location has two coordinates");
  }
  if (message.latitude != none) node("latitude", message.latitude);
  if (message.longitude != none) node("longitude", message.longitude);
  index("overflow", static_cast<Index>(message.overflow), overflow_count);
}

void UnitVerifier::check(const Question& question) {
  index("message", question.message, unit_.messages.size());
  variable("into", question.into_scope, question.into);
  if (question.into_type) type(question.into_type);
  if (!question.choose && (question.into == none || !question.into_type)) {
    object("what is asked goes into a variable");
  }
  check_each(question);
  if (range("options", question.options, unit_.options.size())) {
    phrases("option_phrases", question.option_phrases, question.options.size());
  }
  phrases("hear", question.hear, unit_.code.size());
  text_or_none("button", question.button);
  range("rungs", question.ladder.rungs, unit_.rungs.size());
  range("silences", question.ladder.silences, unit_.silences.size());
  milliseconds("gather", question.gather_ms);
  address("next", question.next);
}

void UnitVerifier::check_each(const Question& question) {
  text_or_none("each_hint", question.each_hint);
  const bool each = question.each_list != none;
  const bool whole = (question.each_slot != none) == each &&
                     (question.each_label != none) == each && (question.each_key != 0) == each;
  if (!whole) object("`each` is a list, a variable, a label and a key");
  if (!each) return;
  node("each_list", question.each_list);
  variable("each_slot", Scope::local, question.each_slot);
  text_or_none("each_label", question.each_label);
}

void UnitVerifier::check(const Option& option) {
  index("label", option.label, unit_.texts.size());
  text_or_none("hint", option.hint);
  if (option.value != none) node("value", option.value);
  address("address", option.address);
}

void UnitVerifier::check(const Rung& rung) {
  if (static_cast<int>(rung.reason) >= value::mismatch_count) object("the reason is no mismatch");
  text_or_none("text", rung.text);
  index_or_none("address", rung.address, unit_.code.size());
}

void UnitVerifier::check(const Silence& silence) {
  milliseconds("after", silence.after_ms);
  text_or_none("text", silence.text);
  index_or_none("address", silence.address, unit_.code.size());
  index_or_none("outside", silence.outside, unit_.outsides.size());
}

void UnitVerifier::check(const Outside& outside) {
  index_or_none("template", outside.template_index, app_.templates.size());
  index_or_none("address", outside.address, unit_.code.size());
  if ((outside.template_index == none) == (outside.address == none)) {
    object("it is a template or leads elsewhere, one of the two");
  }
}

// --- what instructions refer to

void UnitVerifier::check(const Argument& argument) {
  key(argument.name, argument.key);
  node("node", argument.node);
}

void UnitVerifier::check(const Outcome& outcome) {
  key(outcome.name, outcome.key);
  variable("slot", outcome.scope, outcome.slot);
  address("address", outcome.address);
}

void UnitVerifier::check(const Call& call) {
  range("arguments", call.arguments, unit_.arguments.size());
  if (!range("outcomes", call.outcomes, unit_.outcomes.size())) return;
  if (!index("service", call.service, app_.services.size())) return;
  const std::vector<ServiceOutcome>& declared = app_.services[call.service].outcomes;
  for (const ServiceOutcome& outcome : declared) {
    bool covered = false;
    for (Index i = call.outcomes.begin; i < call.outcomes.end; ++i) {
      covered = covered || unit_.outcomes[i].key == outcome.key;
    }
    if (!covered) object_to("the outcome {} is not covered", outcome.name);
  }
}

void UnitVerifier::check(const Run& run) {
  index("import", run.import, unit_.imports.size());
  range("arguments", run.arguments, unit_.arguments.size());
  range("outcomes", run.outcomes, unit_.outcomes.size());
}

void UnitVerifier::check(const Handoff& handoff) {
  const bool has_queue = index("queue", handoff.queue, app_.queues.size());
  text_or_none("summary", handoff.summary);
  range("outcomes", handoff.outcomes, unit_.outcomes.size());
  phrases("leave", handoff.leave, 1);
  if (!range("fields", handoff.fields, unit_.arguments.size()) || !has_queue) return;
  const Queue& queue = app_.queues[handoff.queue];
  if (queue.is_private) return;
  if (handoff.summary_is_private) {
    object_to("the summary is private, and the queue {} is not", queue.name);
  }
  for (Index i = handoff.fields.begin; i < handoff.fields.end; ++i) {
    const Argument& field = unit_.arguments[i];
    if (!field.is_private) continue;
    object_to("the field {} is private, and the queue {} is not", field.name, queue.name);
  }
}

void UnitVerifier::check(const Departure& departure) {
  index("import", departure.import, unit_.imports.size());
  range("arguments", departure.arguments, unit_.arguments.size());
}

void UnitVerifier::check(const MatchCase& entry) {
  if (!entry.member.is(value::Kind::choice) && !entry.member.is(value::Kind::boolean)) {
    object("a case is a member or a truth");
  }
  address("address", entry.address);
}

void UnitVerifier::check(const Match& match) {
  node("node", match.node);
  range("cases", match.cases, unit_.cases.size());
  index_or_none("otherwise", match.otherwise, unit_.code.size());
}

void UnitVerifier::check(const Track& track) {
  range("fields", track.fields, unit_.arguments.size());
}

}  // namespace alur::program
