#include "tools/schema/schema.hpp"

#include <boost/json.hpp>
#include <string_view>

#include "engine/program/channel.hpp"

namespace alur::tools {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using View = std::string_view;

constexpr View name = "^[a-z][a-z0-9_]{0,39}$";
constexpr View dotted = R"(^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$)";
constexpr View binding = R"(^[a-z][a-z0-9_]*( *\( *[a-z][a-z0-9_.]* *\))?$)";
constexpr View language = "^(?!if$)[a-z]{2}(-([A-Z]{2}|[0-9]{3}))?$";
constexpr View length = "^([0-9]+(ms|s|m|h|d|w))+$";

object said(object schema, View about) {
  schema["description"] = about;
  return schema;
}
object ref(View definition) {
  return {{"$ref", "#/definitions/" + std::string(definition)}};
}
object ref(View definition, View about) {
  return said(ref(definition), about);
}
object any_of(array choices) {
  return {{"anyOf", std::move(choices)}};
}
object list_of(object item) {
  return {{"type", "array"}, {"items", std::move(item)}, {"minItems", 1}};
}
object one_or_more(View definition) {
  return any_of({ref(definition), list_of(ref(definition))});
}
object matching(View pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}
// Every scalar is text to alur, whatever YAML takes it for.
object scalar() {
  return {{"type", {"string", "number", "boolean"}}};
}

object map_of(object properties, array required = {}) {
  object schema{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}
// A map whose keys are the author's own.
object map_by(View key, object item) {
  return {{"type", "object"},
          {"patternProperties", {{key, std::move(item)}}},
          {"additionalProperties", false},
          {"minProperties", 1}};
}
object with_languages(object map) {
  map["patternProperties"] = object{{language, ref("words")}};
  return map;
}
object merged(object left, const object& right) {
  for (const auto& entry : right) left[entry.key()] = entry.value();
  return left;
}

array reasons() {
  return {
#define MISMATCH(name, meaning) #name,
#include "engine/value/mismatch.def"
#undef MISMATCH
  };
}
object system_texts() {
  return {
#define SYSTEM_TEXT(key, when, id, en) {#key, ref("text", "Said for " when ".")},
#include "engine/program/system_text.def"
#undef SYSTEM_TEXT
  };
}
array channels() {
  array names;
  for (const program::Channel& channel : program::known_channels()) {
    names.emplace_back(channel.name);
  }
  return names;
}

void define_scalars(object& all) {
  all["name"] = matching(name);
  all["variable"] = matching(dotted);
  all["words"] = said(scalar(), "Words for the citizen; {expression} is filled in.");
  all["text"] = said(any_of({ref("words"), map_by(language, ref("words"))}),
                     "A text in every language of the app; a bare one is the same in all.");
  all["expression"] =
      said(scalar(), "Variables, `or`, `and`, `not`, comparisons, `is set`, functions.");
  all["duration"] = said(matching(length), "90s, 10m, 24h, 30d, 2w, 1h30m.");
  all["type"] = said({{"type", "string"}},
                     "bool, integer(1..10), number, text(2..80), date, time, datetime, duration, "
                     "phone, email, one of a, b, a record's name, list of T (0..10), image, "
                     "document, location; `?`: may be unset; `private`: kept out of logs.");
  all["phrase"] =
      said(scalar(), "What may be said: {name} captures, (a|b) chooses, [word] may be absent.");
  all["phrases"] = one_or_more("phrase");
  all["jump"] = said({{"type", "string"}}, "A state, or a flow: registry_check(name = x).");
  all["branch"] = said(any_of({ref("jump"), ref("steps")}), "A target, `next`, or steps in place.");
}

// What an option, a handler or an entry of a ladder does.
object action() {
  return {{"set", ref("assignments")},
          {"say", ref("text")},
          {"goto", ref("jump")},
          {"run", ref("jump", "Runs a flow and comes back.")},
          {"handoff", ref("name", "Gives the conversation to this queue's people.")},
          {"stop", said({{"const", true}}, "Ends the conversation.")},
          {"outcomes", ref("outcomes")},
          {"summary", ref("text", "Told to the agent.")},
          {"fields", ref("fields", "Told to the agent, by name.")},
          {"leave", ref("phrases", "Said while waiting: back to the bot.")},
          {"return_to", said(list_of(ref("name")), "States that people may send the citizen to.")}};
}

void define_answers(object& all) {
  all["outcomes"] = said(map_by(binding, ref("branch")),
                         "`name: where`, or `name(variable): where`; all must be there.");
  all["assignments"] = map_by(dotted, ref("expression"));
  all["fields"] = map_by(name, ref("expression"));
  all["handler"] = map_of(merged({{"hear", ref("phrases")}}, action()), {"hear"});
  all["rung"] = any_of(
      {ref("words"),
       with_languages(map_of(merged(
           {{"when", said({{"enum", reasons()}}, "Speaks only for this reason.")}}, action())))});
  all["outside_window"] = said(
      {{"type", "string"}},
      "What is done where the channel takes nothing but templates by then: `template NAME`, or a "
      "state or flow that says nothing.");
  all["silence"] = with_languages(map_of(
      merged({{"after", ref("duration")}, {"outside_window", ref("outside_window")}}, action()),
      {"after"}));
  all["no_match"] = said(list_of(ref("rung")), "One entry an attempt; the last must leave.");
  all["no_input"] = said(one_or_more("silence"), "What to do about silence; the last must leave.");
  all["option"] = map_of(merged({{"label", ref("text")},
                                 {"hint", ref("text", "Small words below the label.")},
                                 {"hear", ref("phrases", "Other words for this option.")},
                                 {"value", ref("expression", "Goes into the variable.")}},
                                action()),
                         {"label"});
}

object extras() {
  const object location = map_of({{"latitude", ref("expression")},
                                  {"longitude", ref("expression")},
                                  {"name", ref("text")},
                                  {"address", ref("text")}},
                                 {"latitude", "longitude"});
  const object link = map_of({{"label", ref("text")},
                              {"url", ref("words")},
                              {"private", said(object{{"type", "boolean"}},
                                               "Whoever runs the site may see private values.")}},
                             {"label", "url"});
  return {{"image", ref("words", "The URL of a picture.")},
          {"document", ref("words", "The URL of a document.")},
          {"location", location},
          {"link", said(link, "A button that opens a page.")},
          {"overflow", said({{"enum", {"split", "page", "number", "shorten"}}},
                            "What to do where it does not fit the channel.")},
          {"contact", said({{"type", "boolean"}},
                           "These words tell how to reach a person: a telephone number, hours.")}};
}

object question() {
  object keys{{"into", ref("variable", "The variable that takes the answer.")},
              {"options", list_of(ref("option"))},
              {"each", said(matching(" in "), "`item in list`: one option an item.")},
              {"label", ref("words", "Of each item's option.")},
              {"hint", ref("words", "Of each item's option.")},
              {"hear", said(list_of(ref("handler")), "Further phrases of this question.")},
              {"no_match", ref("no_match")},
              {"no_input", ref("no_input")},
              {"gather", ref("duration", "Joins what is typed in pieces.")},
              {"consent", said({{"type", "boolean"}}, "Only an exact answer counts.")},
              {"button", ref("text", "What a list is opened with.")}};
  return merged(std::move(keys), extras());
}

object verb(View key, object takes, object beside = {}, array required = {}) {
  object keys{{key, std::move(takes)}};
  required.insert(required.begin(), value(key));
  return map_of(merged(std::move(keys), beside), std::move(required));
}

void define_steps(object& all) {
  const object outcomes{{"outcomes", ref("outcomes")}};
  const object handoff{
      {"outcomes", ref("outcomes")},
      {"summary", ref("text", "Told to the agent.")},
      {"fields", ref("fields", "Told to the agent, by name.")},
      {"leave", ref("phrases", "Said while waiting: back to the bot.")},
      {"return_to", said(list_of(ref("name")), "States that people may send the citizen to.")}};
  const object ways{{"goto", ref("jump")}, {"then", ref("branch")}, {"else", ref("branch")}};
  const object cases{
      {"cases",
       {{"type", "object"}, {"additionalProperties", ref("branch")}, {"minProperties", 1}}}};
  const object bound{{"at_most", said({{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}},
                                      "Bounds a way round without a citizen's message.")}};
  const object call = said({{"type", "string"}}, "service(name = value)");
  const object end = said({{"type", "string"}}, "An outcome, or outcome(value).");
  all["step"] = any_of(
      {verb("say", ref("text"), extras()), verb("ask", ref("text"), question(), {"into"}),
       verb("choose", ref("text"), question()), verb("call", call, outcomes, {"outcomes"}),
       verb("run", ref("jump"), outcomes), verb("handoff", ref("name"), handoff, {"outcomes"}),
       verb("set", ref("assignments")), verb("if", ref("expression"), ways),
       verb("match", ref("expression"), cases, {"cases"}), verb("goto", ref("jump"), bound),
       verb("wait", ref("expression"), {{"outside_window", ref("outside_window")}}),
       verb("track", ref("name"), {{"with", ref("fields")}}), verb("end", end),
       verb("stop", {{"const", true}})});
  all["steps"] = list_of(ref("step"));
}

void define_declarations(object& all) {
  all["variables"] = map_by(name, ref("type"));
  all["outcome_names"] =
      any_of({list_of(ref("name")), map_by(name, any_of({ref("type"), object{{"type", "null"}}}))});
  all["service"] = map_of({{"params", ref("variables")},
                           {"outcomes", ref("outcome_names")},
                           {"timeout", ref("duration", "Default 10s.")},
                           {"changes", said({{"type", "boolean"}},
                                            "A repeat of the same call must do nothing twice.")}},
                          {"outcomes"});
  const object priority =
      said({{"type", "integer"}, {"minimum", -1000}, {"maximum", 1000}}, "Higher is served first.");
  const object queue =
      map_of({{"hours", ref("name", "Absent: always open.")},
              {"title", ref("text", "What its people call it; 40 characters at most.")},
              {"priority", priority},
              {"private", said({{"type", "boolean"}}, "Its people may see private values.")},
              {"longest_wait", ref("duration", "1m to 1d; then `timed_out`. Default 30m.")},
              {"size", said({{"type", "integer"}, {"minimum", 1}, {"maximum", 20'000}},
                            "Beyond so many `no_agent` at once. Default 1000.")},
              {"first_reply", ref("duration", "How soon a person is to answer, in open time.")},
              {"next_reply", ref("duration", "How soon again, in open time.")},
              {"resolution", ref("duration", "How soon it is to be done, in open time.")}});
  all["queue"] = any_of({object{{"type", "null"}}, queue});
}

object bounds() {
  const object near = any_of(
      {object{{"const", "none"}}, object{{"type", "integer"}, {"minimum", 1}, {"maximum", 9}}});
  return map_of({{"messages", said({{"type", "integer"}, {"minimum", 1}, {"maximum", 50}},
                                   "How many messages may come in one go.")},
                 {"person_within", said(near, "Messages of the citizen to a person, or none.")}});
}

object app() {
  const object defaults = map_of({{"no_match", ref("no_match")},
                                  {"no_input", ref("no_input")},
                                  {"session_ends", ref("duration")}});
  return map_of(
      {{"app", ref("name", "The app's name.")},
       {"languages", said(list_of(matching(language)), "The first is the default.")},
       {"timezone", said({{"type", "string"}}, "An IANA name, such as Asia/Jakarta.")},
       {"start", ref("name", "The flow that a conversation begins with.")},
       {"channels", list_of({{"enum", channels()}})},
       {"types", said(map_by(name, ref("variables")), "Records.")},
       {"services", said(map_by(dotted, ref("service")), "What can be called.")},
       {"hours", said(map_by(name, object{{"type", "string"}}),
                      "mon-fri 08:00-17:00 except data/holidays.csv, or always.")},
       {"queues", said(map_by(name, ref("queue")), "Where people wait for a person.")},
       {"contact", ref("variables", "Of the citizen, remembered across conversations.")},
       {"session", ref("variables", "Forgotten when the conversation ends.")},
       {"defaults", said(defaults, "What a question does when it does not say.")},
       {"anytime", said(list_of(ref("handler")), "Heard at every question of every flow.")},
       {"bounds", said(bounds(), "What `alur check` holds the app to.")},
       {"templates", said(map_by(name, ref("text")),
                          "Words that the channel's operator has approved under this name.")},
       {"texts", said(map_of(system_texts()), "The machine's own words.")}},
      {"app", "languages", "timezone", "start", "channels"});
}

object flow() {
  const object trigger = map_of({{"hear", ref("phrases")}}, {"hear"});
  return map_of({{"flow", ref("name", "The file's name.")},
                 {"about", said({{"type", "string"}}, "What it is for, for people.")},
                 {"outcomes", ref("outcome_names")},
                 {"triggers", said(list_of(trigger), "Phrases that start this flow.")},
                 {"params", ref("variables", "Given by who starts it.")},
                 {"vars", ref("variables", "Its own, fresh each time, all unset.")},
                 {"states", said(map_by(name, ref("steps")), "The first one is the start.")}},
                {"flow", "states"});
}

}  // namespace

std::string json_schema() {
  object definitions;
  define_scalars(definitions);
  define_answers(definitions);
  define_steps(definitions);
  define_declarations(definitions);
  definitions["app"] = app();
  definitions["flow"] = flow();
  const object schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                      {"title", "alur: app.yaml and *.flow.yaml"},
                      {"type", "object"},
                      {"if", {{"required", {"app"}}}},
                      {"then", ref("app")},
                      {"else", ref("flow")},
                      {"definitions", definitions}};
  return boost::json::serialize(schema) + "\n";
}

}  // namespace alur::tools
