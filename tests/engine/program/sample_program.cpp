#include "tests/engine/program/sample_program.hpp"

#include <algorithm>

#include "engine/program/names.hpp"

namespace alur::tests {

using namespace program;  // NOLINT: a test that builds nothing but its tables
using value::make_type;
using value::name_key;
using value::plain_type;
using value::Type;
using value::TypeKind;
using value::TypeRef;
using value::Value;

namespace {

TypeRef text_type() {
  Type type = plain_type(TypeKind::text);
  type.low = 2;
  type.high = 80;
  return make_type(std::move(type));
}

TypeRef institution_type() {
  Type type = plain_type(TypeKind::record);
  type.name = "institution";
  type.fields.push_back({"name", name_key("name"), text_type()});
  return make_type(std::move(type));
}

TypeRef list_type() {
  Type type = plain_type(TypeKind::list);
  type.low = 0;
  type.high = 3;
  type.element = institution_type();
  return make_type(std::move(type));
}

Slot slot(std::string name, TypeRef type) {
  const value::NameKey key = name_key(name);
  return {std::move(name), key, std::move(type)};
}

// Adds rows to a unit and gives back their indices.
class Builder {
 public:
  explicit Builder(Unit& unit) : unit_(unit) {}

  Index code(Op op, Index c = 0, Index d = 0, std::uint8_t a = 0, std::uint16_t b = 0) {
    unit_.code.push_back({op, a, b, c, d});
    const Index address = here() - 1;
    unit_.places.push_back({address + 1, 3});
    if (rests(op)) {
      const std::string name = "site" + std::to_string(address);
      unit_.sites.push_back({name_key(name), address});
      std::sort(unit_.sites.begin(), unit_.sites.end(),
                [](const Site& x, const Site& y) { return x.key < y.key; });
    }
    return address;
  }
  Index here() const { return static_cast<Index>(unit_.code.size()); }

  Index node(NodeKind kind, Index b = 0, Index c = 0, std::uint8_t a = 0, std::uint16_t n = 0) {
    unit_.nodes.push_back({kind, a, n, b, c});
    return static_cast<Index>(unit_.nodes.size() - 1);
  }
  Index constant(Value value) {
    unit_.constants.push_back(std::move(value));
    return node(NodeKind::constant, static_cast<Index>(unit_.constants.size() - 1));
  }
  Index call(Function function, std::vector<Index> arguments) {
    const auto first = static_cast<Index>(unit_.argument_nodes.size());
    for (const Index argument : arguments) unit_.argument_nodes.push_back(argument);
    return node(NodeKind::call, 0, first, static_cast<std::uint8_t>(function),
                static_cast<std::uint16_t>(arguments.size()));
  }

  TextPart literal(std::string_view words) {
    TextPart part;
    part.literal = {static_cast<Index>(unit_.strings.size()), static_cast<Index>(words.size())};
    unit_.strings += words;
    return part;
  }
  // The same parts in both languages.
  Index text(const std::vector<TextPart>& parts) {
    const auto begin = static_cast<Index>(unit_.parts.size());
    unit_.parts.insert(unit_.parts.end(), parts.begin(), parts.end());
    const Range wording{begin, static_cast<Index>(unit_.parts.size())};
    unit_.texts.push_back({static_cast<Index>(unit_.wordings.size())});
    unit_.wordings.insert(unit_.wordings.end(), 2, wording);
    return static_cast<Index>(unit_.texts.size() - 1);
  }
  Index text(std::string_view words) { return text({literal(words)}); }
  Index message(std::string_view words) {
    Message message;
    message.text = text(words);
    unit_.messages.push_back(message);
    return static_cast<Index>(unit_.messages.size() - 1);
  }
  Range argument(std::string name, Index node) {
    const value::NameKey key = name_key(name);
    unit_.arguments.push_back({key, std::move(name), node});
    const auto end = static_cast<Index>(unit_.arguments.size());
    return {end - 1, end};
  }
  void outcome(std::string name, Index address, Index slot = none) {
    const value::NameKey key = name_key(name);
    unit_.outcomes.push_back({std::move(name), key, slot, Scope::local, address});
  }
  Index state(std::string name) {
    const auto number = static_cast<Index>(unit_.states.size());
    const value::NameKey key = name_key(name);
    unit_.states.push_back({std::move(name), key, here(), {here() + 1, 3}});
    return code(Op::enter, number);
  }

 private:
  Unit& unit_;
};

PhraseTable phrases(std::initializer_list<std::pair<const char*, Index>> all) {
  PhraseList list;
  for (const auto& [words, entry] : all) list.push_back({{{false, words, 0}}, entry});
  return PhraseTable(list);
}

Index add_choose(Builder& b, Unit& unit, Index next) {
  Question question;
  question.choose = true;
  question.message = b.message("Mana?");
  question.name = "menu.start.choose";
  question.each_list = b.node(NodeKind::local, 2);
  question.each_slot = 3;
  question.each_label = b.text("{other.name}");
  question.each_hint = b.text("...");
  question.each_key = name_key("menu.each");
  question.into = 1;
  question.into_type = institution_type();
  const auto first = static_cast<Index>(unit.options.size());
  Option option;
  option.label = b.text("Ya");
  option.hint = b.text("benar");
  option.value = b.node(NodeKind::local, 1);
  option.address = next;
  option.key = name_key("menu.option.Ya");
  unit.options.push_back(option);
  question.options = {first, first + 1};
  question.option_phrases = phrases({{"ya", 0}, {"benar", 0}});
  question.hear = phrases({{"apa saja", next}});
  question.button = b.text("Pilih");
  unit.rungs.push_back({true, value::Mismatch::no_option, b.text("Lagi?"), none, false, {9, 1}});
  unit.rungs.push_back({false, value::Mismatch::wrong_kind, none, next, true, {10, 1}});
  unit.silences.push_back({60'000, b.text("Masih di sana?"), next, true, {11, 1}, 0});
  question.ladder = {{0, 2}, {0, 1}, true, true};
  question.next = next;
  unit.questions.push_back(std::move(question));
  return static_cast<Index>(unit.questions.size() - 1);
}

Index add_ask(Builder& b, Unit& unit, Index next) {
  Question question;
  question.message = b.message("Siapa?");
  question.name = "menu.start.name";
  question.into = 0;
  question.into_type = text_type();
  question.free_text = true;
  question.gather_ms = 3'000;
  question.next = next;
  unit.questions.push_back(std::move(question));
  return static_cast<Index>(unit.questions.size() - 1);
}

Index add_rich_message(Builder& b, Unit& unit) {
  Message message;
  message.text = b.text({b.literal("Halo ")});
  message.image = b.text("https://example.org/a.png");
  message.link_label = b.text("Buka");
  message.link_url = b.text("https://example.org");
  message.latitude = b.constant(Value::integer(6));
  message.longitude = b.constant(Value::integer(106));
  unit.messages.push_back(message);
  return static_cast<Index>(unit.messages.size() - 1);
}

void fill_last_state(Builder& b, Unit& unit) {
  b.state("last");  // 10
  unit.runs.push_back({0, b.argument("stars", b.constant(Value::integer(5))), {2, 3}, false, {}});
  b.outcome("rated", 12);
  b.code(Op::run, 0);
  unit.handoffs.push_back({0,
                           b.text("ringkasan"),
                           true,
                           b.argument("n", b.constant(Value("x"))),
                           {3, 4},
                           phrases({{"batal", 0}}),
                           {}});
  unit.arguments.back().is_private = true;
  b.outcome("left", 13);
  b.code(Op::handoff, 0);
  const Index open = b.call(Function::is_open, {b.node(NodeKind::hours, 0)});
  unit.matches.push_back({open, {0, 1}, 15});
  unit.cases.push_back({Value(true), 14});
  b.code(Op::match, 0);
  unit.outsides = {{0, none, {12, 1}}, {none, 15, {13, 1}}};
  b.code(Op::pause, b.constant(Value(value::Duration{2'000})), 1);
  b.code(Op::end, b.node(NodeKind::local, 1));  // 15
  b.code(Op::stop);
}

// Everything that the start flow says and does, in two states.
void fill_menu(Unit& unit) {
  unit.name = "menu";
  unit.path = "menu.flow.yaml";
  unit.key = name_key(unit.name);
  unit.slots = {slot("name", text_type()), slot("company", institution_type()),
                slot("others", list_type()), slot("other", institution_type()),
                slot("#start", nullptr)};
  unit.param_count = 1;
  unit.counters_begin = 4;
  unit.outcomes_declared.push_back({"done", name_key("done"), institution_type()});
  unit.imports = {"rate"};
  unit.triggers.push_back({{2, 5}});
  unit.trigger_phrases.push_back({{{false, "cek", 0}, {true, "", 0}}, 0});

  Builder b(unit);
  b.state("start");
  const Index ask = add_ask(b, unit, 2);
  b.code(Op::ask, ask);  // 1
  const Index is_set = b.node(NodeKind::is_set, b.node(NodeKind::local, 0));
  b.code(Op::jump_unless, is_set, 5);
  b.code(Op::say, add_rich_message(b, unit));
  const Index field = b.node(NodeKind::field, b.node(NodeKind::local, 1), name_key("name"));
  b.code(Op::set, field, 0, static_cast<std::uint8_t>(Scope::contact), 0);
  unit.calls.push_back({0, b.argument("name", b.node(NodeKind::contact, 0)), {0, 2}, {5, 3}});
  b.outcome("found", 6, 1);
  b.outcome("unavailable", 6);
  b.code(Op::call, 0);  // 5
  unit.tracks.push_back({"looked", b.argument("name", b.node(NodeKind::session, 0)), {6, 3}});
  b.code(Op::track, 0);
  const Index choose = add_choose(b, unit, 8);
  b.code(Op::ask, choose);
  b.code(Op::bound, 2, 10, 0, 4);
  b.code(Op::jump, 10);
  fill_last_state(b, unit);
}

// A flow that is run: a filter, a plural, and a way to the first flow.
void fill_rate(Unit& unit) {
  unit.name = "rate";
  unit.path = "rate.flow.yaml";
  unit.key = name_key(unit.name);
  unit.slots = {slot("stars", make_type(plain_type(TypeKind::integer)))};
  unit.param_count = 1;
  unit.counters_begin = 1;
  unit.outcomes_declared.push_back({"rated", name_key("rated"), nullptr});
  unit.imports = {"menu"};

  Builder b(unit);
  b.state("start");
  const Index form = b.constant(Value("# bintang"));
  unit.argument_nodes.push_back(form);
  unit.plural_names.push_back(value::PluralCategory::other);
  unit.filters.push_back({Filter::plural, {0, 1}, {0, 1}});
  TextPart stars;
  stars.node = b.node(NodeKind::local, 0);
  stars.filters = {0, 1};
  unit.messages.push_back({});
  unit.messages.back().text = b.text({b.literal("Terima kasih: "), stars});
  b.code(Op::say, 0);
  const Index five = b.constant(Value::integer(5));
  unit.argument_nodes.push_back(five);
  const Index in = b.node(NodeKind::in_items, b.node(NodeKind::local, 0), 1, 0, 1);
  b.code(Op::jump_unless, in, b.here() + 2);
  unit.departures.push_back({0, {}});
  b.code(Op::end, none);
  b.code(Op::leave, 0);
}

void fill_handlers(Unit& unit) {
  unit.path = "app.yaml";
  unit.imports = {"menu"};
  Builder b(unit);
  unit.departures.push_back({0, {}});
  b.code(Op::leave, 0);
  b.code(Op::hold);
  b.code(Op::ask_again);
  unit.rungs.push_back({false, value::Mismatch::wrong_kind, b.text("Maaf?"), none, false, {}});
  unit.silences.push_back({600'000, none, 0, true, {}});
}

void fill_app(App& app) {
  app.name = "sample";
  app.languages = {"id", "en"};
  app.timezone = "Asia/Jakarta";
  app.start = "menu";
  app.channels = {"console"};
  app.contact = {slot("nick", text_type())};
  app.session = {slot("asked", text_type())};
  Service service;
  service.name = "registry.lookup";
  service.key = name_key(service.name);
  service.params = {slot("name", text_type())};
  service.outcomes = {{"found", name_key("found"), institution_type()},
                      {"unavailable", name_key("unavailable"), nullptr}};
  app.services = {service};
  Hours office;
  office.name = "office";
  office.hours.weekdays[0] = {{8 * 3'600, 17 * 3'600}};
  office.hours.holidays = {value::Date{20'000}};
  app.hours = {office};
  app.queues = {{"general", name_key("general"), 0, 1, true, {"Umum", "General"}}};
  app.templates = {{"kabar", name_key("kabar"), {"Ada kabar.", "There is news."}}};
  for (auto& wordings : app.system_texts) wordings = {"kata", "words"};
  app.anytime = phrases({{"menu", 0}, {"tahan", 1}});
  app.defaults.rungs = {0, 1};
  app.defaults.silences = {0, 1};
  app.prepare();
}

}  // namespace

SampleParts sample_parts() {
  SampleParts parts;
  parts.app = std::make_shared<App>();
  parts.handlers = std::make_shared<Unit>();
  fill_handlers(*parts.handlers);
  fill_app(*parts.app);
  parts.app->unit = parts.handlers;
  parts.flows = sample_flows();
  return parts;
}

std::vector<std::shared_ptr<Unit>> sample_flows() {
  std::vector<std::shared_ptr<Unit>> flows;
  for (const auto fill : {fill_menu, fill_rate}) {
    flows.push_back(std::make_shared<Unit>());
    fill(*flows.back());
  }
  return flows;
}

std::shared_ptr<const Program> SampleParts::link() const {
  return Program::link(app, {flows.begin(), flows.end()}, std::string(64, 'a'));
}

std::shared_ptr<const Program> sample_program() {
  return sample_parts().link();
}

}  // namespace alur::tests
