// The tree of an app as its authors wrote it: app.yaml and the flows, verb by verb.
// Shapes only: whether a name exists or a type fits is dsl/check's business.
//
// What could not be read is not in the tree, and a finding about it was reported. So that later
// stages say nothing about what may only be missing for that reason, `broken` marks the innermost
// construct that lost something: a text a language, a call an outcome, a state a step, a flow a
// declaration. A Name, Target, Expr or TypeExpr that had to be there but could not be read is there
// with an empty name, or with the kind `broken`.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/ast/expression.hpp"

namespace alur::dsl::ast {

// One text in one language. A text written as a bare scalar has an empty language: it is meant
// for every language (only allowed where the app has one, or for labels made of data).
struct LocalText {
  Name language;
  Template text;
};

struct Text {
  std::vector<LocalText> languages;
  Span span;
  bool broken = false;
  bool empty() const { return languages.empty(); }
};

struct Step;

// What follows an outcome, a case or an `if`: a target, or steps written in place.
struct Branch {
  std::optional<Target> target;
  std::vector<Step> steps;
  Span span;
  bool broken = false;
};

struct Outcome {
  Binding binding;
  Branch branch;
};

// `target: expression`; the target may be dotted (`contact.name`) or `language`.
struct Assignment {
  Name target;
  Expr value;
  Resolved resolved;  // of the target; unused for the fields of handoff and track
};

struct Run {
  Target flow;
  std::vector<Outcome> outcomes;  // `unavailable` is never implied here
  Span span;
  bool broken = false;
};

struct Handoff {
  Name queue;
  Text summary;                    // told to the agent
  std::vector<Assignment> fields;  // told to the agent, by name
  std::vector<Phrase> leave;       // said while waiting: back to the bot, outcome `left`
  std::vector<Outcome> outcomes;
  Span span;
  bool broken = false;
};

// `outside_window`: instead of what a wait or a silence leads to, where the channel takes nothing
// but templates by then. One of the two is set, unless it could not be read.
struct Outside {
  Name template_name;
  std::optional<Target> target;
  Span span;
};

// What an option, a phrase, a rung or a silence does. Only what was written is set.
// Done in this order: set, say, then at most one of go_to, run, handoff, stop.
struct Action {
  std::vector<Assignment> set;
  Text say;
  std::optional<Target> go_to;
  std::optional<Run> run;
  std::optional<Handoff> handoff;
  bool stop = false;
  Span span;
  bool leaves() const { return go_to || run || handoff || stop; }
};

// `- hear: [...]` with what it does: in `anytime` and in a question's own `hear`.
struct Handler {
  std::vector<Phrase> phrases;
  Action action;
  Span span;
};

// One entry of `no_match`.
struct Rung {
  Name when;  // empty, or a reason: too_short, wrong_kind, ... (engine/value/mismatch.def)
  Text text;
  Action action;
  Span span;
};

// One entry of `no_input`: after so long a silence.
struct Silence {
  DurationExpr after;
  Text text;
  Action action;
  std::optional<Outside> outside;
  Span span;
};

struct Link {
  Text label;
  Template url;
  bool is_private = false;  // whoever runs the site may see private values
  Span span;
};

struct Location {
  Expr latitude;
  Expr longitude;
  Text name;
  Text address;
  Span span;
};

// What a message carries besides its words.
struct Extras {
  std::optional<Template> image;
  std::optional<Template> document;
  std::optional<Location> location;
  std::optional<Link> link;
  Name overflow;         // split | page | number | shorten, or empty
  bool contact = false;  // it says how people are reached, or when they answer
};

struct Say {
  Text text;
  Extras extras;
  Span span;
};

struct Option {
  Text label;
  Text hint;
  std::vector<Phrase> hear;
  std::optional<Expr> value;  // goes `into` the question's variable
  Action action;              // without a jump: on to the next step
  Span span;
};

// `each: item in list`: one option an item.
struct Each {
  Name item;
  Resolved resolved_item;
  Expr list;
  Template label;
  std::optional<Template> hint;
  Span span;
};

// `ask` (a typed value, perhaps with options beside it) and `choose` (options only).
struct Question {
  bool choose = false;
  Text text;
  Extras extras;
  Name into;  // may be empty in `choose`
  Resolved resolved_into;
  std::optional<Each> each;
  std::vector<Option> options;
  std::vector<Handler> hear;
  std::vector<Rung> no_match;     // empty: the app's defaults
  std::vector<Silence> no_input;  // empty: the app's defaults
  std::optional<DurationExpr> gather;
  bool consent = false;
  Text button;  // what opens a list; empty: the app's
  Span span;
  bool broken = false;
};

struct Call {
  CallExpr call;
  std::vector<Outcome> outcomes;
  Span span;
  bool broken = false;
};

struct Set {
  std::vector<Assignment> assignments;
  Span span;
};

struct If {
  Expr condition;
  Branch then;
  std::optional<Branch> otherwise;
  Span span;
};

struct Case {
  std::vector<Name> members;  // empty: `else`
  Branch branch;
  Span span;
};

struct Match {
  Expr subject;
  std::vector<Case> cases;
  Span span;
  bool broken = false;
};

struct Goto {
  Target target;
  std::optional<int> at_most;  // the literal bound of a cycle: then on to the next step
  Span span;
};

struct Wait {
  Expr duration;
  Span span;
  std::optional<Outside> outside;
};

struct Track {
  Name event;
  std::vector<Assignment> fields;
  Span span;
};

struct End {
  Name outcome;
  std::optional<Expr> payload;
  Span span;
};

struct Stop {
  Span span;
};

using Verb =
    std::variant<Say, Question, Call, Run, Handoff, Set, If, Match, Goto, Wait, Track, End, Stop>;

struct Step {
  Verb verb;
  Span span;  // the verb's key
};

struct State {
  Name name;
  std::vector<Step> steps;
  Span span;
  bool broken = false;
};

struct Variable {
  Name name;
  TypeExpr type;
};

struct OutcomeDecl {
  Name name;
  std::optional<TypeExpr> payload;
};

struct Trigger {
  std::vector<Phrase> phrases;
  Span span;
};

struct Flow {
  Name name;
  std::string about;
  std::vector<OutcomeDecl> outcomes;
  std::vector<Trigger> triggers;
  std::vector<Variable> params;
  std::vector<Variable> vars;
  std::vector<State> states;
  Span span;
  bool broken = false;
};

struct RecordDecl {
  Name name;
  std::vector<Variable> fields;
  bool broken = false;
};

struct Service {
  Name name;
  std::vector<Variable> params;
  std::vector<OutcomeDecl> outcomes;  // without the implied `unavailable`
  bool changes = false;               // has an effect outside: gets an idempotency key
  std::optional<DurationExpr> timeout;
  bool broken = false;
};

struct Hours {
  Name name;
  HoursExpr hours;
};

struct Queue {
  Name name;
  Name hours;  // empty: always open
  Text title;  // for its people; empty: made of the name
  std::int32_t priority = 0;
  bool is_private = false;  // its people may see private values
  // Only what was written is set.
  std::optional<DurationExpr> longest_wait;
  std::optional<std::int32_t> size;
  std::optional<DurationExpr> first_reply;
  std::optional<DurationExpr> next_reply;
  std::optional<DurationExpr> resolution;
};

// Words that the channel has approved, and so takes at any time: they begin a conversation anew.
struct TemplateDecl {
  Name name;
  Text text;
};

// One of the machine's own words (engine/program/system_text.def), said in the app's.
struct SystemText {
  Name key;
  Text text;
};

// What the proofs hold the app to. Only what was written is set.
struct Bounds {
  std::optional<std::int32_t> messages;
  std::optional<std::int32_t> person_within;  // 0: the service has no people
};

struct App {
  Name name;
  std::vector<Name> languages;
  Name timezone;
  Name start;
  std::vector<Name> channels;
  std::vector<RecordDecl> types;
  std::vector<Service> services;
  std::vector<Hours> hours;
  std::vector<Queue> queues;
  std::vector<Variable> contact;
  std::vector<Variable> session;
  std::vector<Rung> no_match;
  std::vector<Silence> no_input;
  std::optional<DurationExpr> session_ends;
  std::vector<Handler> anytime;
  std::vector<SystemText> texts;
  std::vector<TemplateDecl> templates;
  Bounds bounds;
  Span span;
  bool broken = false;
};

}  // namespace alur::dsl::ast
