#include "dsl/emit/emit.hpp"

#include <algorithm>

#include "dsl/emit/unit_builder.hpp"
#include "engine/program/names.hpp"

namespace alur::dsl {

namespace {

std::vector<program::Slot> to_slots(const std::vector<VariableSymbol>& variables) {
  std::vector<program::Slot> slots;
  for (const VariableSymbol& variable : variables) {
    slots.push_back({variable.name, value::name_key(variable.name), variable.type});
  }
  return slots;
}

// Two questions may name their `each` items alike; slots need names of their own. Items are unset
// whenever a session rests, so that their names need not last.
void make_names_differ(std::vector<program::Slot>& slots) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto same = [&](const program::Slot& other) { return other.key == slots[i].key; };
    const std::string name = slots[i].name;
    const auto earlier = slots.begin() + static_cast<std::ptrdiff_t>(i);
    for (int number = 2; std::any_of(slots.begin(), earlier, same); ++number) {
      slots[i].name = name + "#" + std::to_string(number);
      slots[i].key = value::name_key(slots[i].name);
    }
  }
}

// Addresses in order of their keys, for look-up.
void finish(UnitBuilder& builder, program::Unit& unit) {
  builder.close();
  std::sort(unit.sites.begin(), unit.sites.end(),
            [](const program::Site& a, const program::Site& b) { return a.key < b.key; });
}

program::Service to_service(const ast::Service& declared, const ServiceSymbol& symbol) {
  program::Service service;
  service.name = symbol.name;
  service.key = value::name_key(symbol.name);
  service.params = to_slots(symbol.params);
  for (const OutcomeSymbol& outcome : symbol.outcomes) {
    service.outcomes.push_back({outcome.name, value::name_key(outcome.name), outcome.payload});
  }
  if (declared.timeout) service.timeout_ms = declared.timeout->milliseconds;
  service.changes = declared.changes;
  return service;
}

std::string words_of(const ast::Text& text, std::string_view language) {
  for (const ast::LocalText& local : text.languages) {
    if (local.language.text != language && !local.language.empty()) continue;
    std::string words;
    for (const ast::TemplatePart& part : local.text.parts) words += part.literal;
    return words;
  }
  return {};
}

std::vector<std::string> wordings_of(const ast::Text& text, const Symbols& symbols) {
  std::vector<std::string> wordings;
  for (const std::string& language : symbols.languages) {
    wordings.push_back(words_of(text, language));
  }
  return wordings;
}

program::Queue to_queue(const ast::Queue& declared, const Symbols& symbols) {
  program::Queue queue;
  queue.name = declared.name.text;
  queue.key = value::name_key(queue.name);
  queue.priority = declared.priority;
  queue.is_private = declared.is_private;
  if (!declared.title.empty()) queue.titles = wordings_of(declared.title, symbols);
  if (declared.longest_wait) queue.wait_ms_max = declared.longest_wait->milliseconds;
  if (declared.size) queue.waiting_max = *declared.size;
  if (declared.first_reply) queue.first_reply_ms = declared.first_reply->milliseconds;
  if (declared.next_reply) queue.next_reply_ms = declared.next_reply->milliseconds;
  if (declared.resolution) queue.resolution_ms = declared.resolution->milliseconds;
  for (std::size_t i = 0; i < symbols.hours.size(); ++i) {
    if (symbols.hours[i].name == declared.hours.text) queue.hours = static_cast<Index>(i);
  }
  return queue;
}

// The app's own wording, else ours in Indonesian or, for every other language, English.
void add_system_texts(const ast::App& app, const Symbols& symbols, program::App& emitted) {
  for (std::size_t number = 0; number < program::system_text_count; ++number) {
    const auto which = static_cast<program::SystemText>(number);
    const auto own = std::find_if(
        app.texts.begin(), app.texts.end(),
        [&](const ast::SystemText& text) { return text.key.text == program::to_text(which); });
    for (const std::string& language : symbols.languages) {
      std::string words = own == app.texts.end() ? std::string() : words_of(own->text, language);
      if (words.empty()) words = program::brought_words(which, language);
      emitted.system_texts[number].push_back(std::move(words));
    }
  }
}

std::shared_ptr<const program::Unit> emit_app_unit(const ast::App& app, const Symbols& symbols,
                                                   const SourceFile& source,
                                                   program::App& emitted) {
  auto unit = std::make_shared<program::Unit>();
  unit->path = source.path();
  UnitBuilder builder(*unit, app, symbols, source);
  builder.enter_section("anytime");
  emitted.anytime = builder.emit_handlers(app.anytime);
  builder.enter_section("defaults");
  emitted.defaults.rungs = builder.emit_rungs(app.no_match);
  emitted.defaults.silences = builder.emit_silences(app.no_input);
  finish(builder, *unit);
  return unit;
}

}  // namespace

std::shared_ptr<const program::App> emit_app(const ast::App& app, const Symbols& symbols,
                                             const SourceFile& source) {
  auto emitted = std::make_shared<program::App>();
  emitted->name = app.name.text;
  emitted->languages = symbols.languages;
  emitted->timezone = app.timezone.text;
  emitted->start = app.start.text;
  for (const ast::Name& channel : app.channels) emitted->channels.push_back(channel.text);
  emitted->contact = to_slots(symbols.contact);
  emitted->session = to_slots(symbols.session);
  for (const ast::Service& service : app.services) {
    emitted->services.push_back(
        to_service(service, symbols.services.find(service.name.text)->second));
  }
  for (const HoursSymbol& hours : symbols.hours) {
    emitted->hours.push_back({hours.name, hours.hours});
  }
  for (const ast::Queue& queue : app.queues) emitted->queues.push_back(to_queue(queue, symbols));
  for (const ast::TemplateDecl& declared : app.templates) {
    emitted->templates.push_back({declared.name.text, value::name_key(declared.name.text),
                                  wordings_of(declared.text, symbols)});
  }
  if (app.session_ends) emitted->session_ends_ms = app.session_ends->milliseconds;
  if (app.bounds.messages) emitted->bounds.messages = *app.bounds.messages;
  if (app.bounds.person_within) emitted->bounds.person_within = *app.bounds.person_within;
  add_system_texts(app, symbols, *emitted);
  emitted->prepare();
  emitted->unit = emit_app_unit(app, symbols, source, *emitted);
  return emitted;
}

std::shared_ptr<const program::Unit> emit_flow(const ast::Flow& flow, const Locals& locals,
                                               const ast::App& app, const Symbols& symbols,
                                               const SourceFile& source) {
  auto unit = std::make_shared<program::Unit>();
  unit->name = flow.name.text;
  unit->path = source.path();
  unit->key = value::name_key(unit->name);
  unit->slots = to_slots(locals);
  make_names_differ(unit->slots);
  unit->param_count = static_cast<Index>(flow.params.size());
  unit->counters_begin = static_cast<Index>(unit->slots.size());
  for (const OutcomeSymbol& outcome : symbols.flows.find(flow.name.text)->second.outcomes) {
    unit->outcomes_declared.push_back(
        {outcome.name, value::name_key(outcome.name), outcome.payload});
  }
  UnitBuilder builder(*unit, app, symbols, source);
  builder.emit_states(flow);
  for (const ast::Trigger& trigger : flow.triggers) {
    const auto number = static_cast<Index>(unit->triggers.size());
    unit->triggers.push_back({builder.place(trigger.span)});
    for (const ast::Phrase& phrase : trigger.phrases) {
      builder.add_phrases(phrase, number, &flow.params, unit->trigger_phrases);
    }
  }
  finish(builder, *unit);
  return unit;
}

}  // namespace alur::dsl
