#include "tools/chat/talk.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/chat/rewrite.hpp"
#include "engine/value/reading.hpp"
#include "engine/value/text.hpp"
#include "tools/replay/acts.hpp"
#include "tools/replay/chat_value.hpp"
#include "tools/replay/replay.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/replay/sample_services.hpp"
#include "tools/replay/to_input.hpp"

namespace alur::tools {

using program::Index;

namespace {

constexpr std::size_t undo_max = 200;
// A person who took no longer to type counts as having taken what a chat assumes between lines.
constexpr std::int64_t typing_ms_max = 60'000;

constexpr std::string_view help_text =
    ":state           where the conversation is, and what it knows\n"
    ":why             why the bot said what it said, with file and line\n"
    ":back            take the last turn back\n"
    ":time 10m        let time pass\n"
    ":tap 2           tap a choice instead of typing it, by its number or label\n"
    ":send image      send an image, voice, document, sticker, location ...\n"
    ":fail SERVICE    make a service fail; :mend SERVICE lets it work again\n"
    ":answer SERVICE OUTCOME VALUE   make a service answer so\n"
    ":desk accepted   play the people: accepted, closed, no_agent, timed_out, left, unavailable\n"
    ":agent ani comes online   or play each of them, as in a chat: accepts, declines, returns,\n"
    "                 transfers to QUEUE, closes as CODE, sends template NAME;\n"
    "                 `:agent ani: Good morning` writes\n"
    ":lang en         speak another language\n"
    ":save FILE.chat  keep this conversation as a chat that replays\n"
    ":quit            leave";

value::Instant real_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

ConversationSettings to_conversation(const TalkSettings& settings) {
  ConversationSettings made;
  made.channel = settings.channel;
  made.language = settings.language;
  made.begins = settings.clock.value_or(real_now());
  made.begins.milliseconds -= made.begins.milliseconds % value::second_milliseconds;
  made.tracing = machine::Tracing::on;
  return made;
}

// Of a kind that a citizen types, and that stands in a message as words of its own.
bool is_typed(value::TypeKind kind) {
  using value::TypeKind;
  return kind != TypeKind::boolean && kind < TypeKind::choice;
}

std::pair<std::string_view, std::string_view> first_word(std::string_view text) {
  text = value::trimmed(text);
  const std::size_t blank = std::min(text.find(' '), text.size());
  return {text.substr(0, blank), value::trimmed(text.substr(blank))};
}

}  // namespace

Talk::Talk(TalkSettings settings, std::ostream& out)
    : settings_(std::move(settings)),
      conversation_settings_(to_conversation(settings_)),
      out_(out),
      conversation_(settings_.program, conversation_settings_,
                    make_sample_services(settings_.lists)) {}

// Whole seconds, so that what is recorded replays at the same times.
value::Instant Talk::now() const {
  if (settings_.clock) return conversation_.now();
  const std::int64_t milliseconds = real_now().milliseconds + ahead_ms_;
  return {milliseconds - milliseconds % value::second_milliseconds};
}

void Talk::greet() {
  remark(settings_.program->app().name +
         ": type as a citizen would. :help lists what else you can do.");
}

void Talk::prompt() {
  if (settings_.prompt) out_ << settings_.screen.prompt() << std::flush;
}

void Talk::remark(std::string_view text) {
  out_ << settings_.screen.remark(text);
}

std::optional<std::int64_t> Talk::until_next_due_ms() const {
  const auto due = conversation_.next_due();
  if (!due || settings_.clock) return std::nullopt;
  return std::max<std::int64_t>((*due - real_now()).milliseconds - ahead_ms_, 0);
}

void Talk::tick() {
  const auto due = conversation_.next_due();
  if (settings_.clock || !due || *due > now()) return;
  if (settings_.prompt) out_ << "\n";
  let_time_pass(now());
  prompt();
}

// Timers fire on the way, and what they say is shown and written down.
void Talk::let_time_pass(value::Instant until) {
  while (conversation_.fire_next(until)) {
    recording_.fired(conversation_.now());
    show_new();
  }
  conversation_.advance_to(until);
}

void Talk::show_new() {
  const std::vector<SaidMessage>& said = conversation_.said();
  const program::Program& program = *settings_.program;
  const program::Channel* channel =
      program::find_channel(program.app().channels[settings_.channel]);
  if (!channel) channel = program::find_channel("console");
  for (; shown_ < said.size(); ++shown_) {
    const machine::Message& message = said[shown_].message;
    out_ << settings_.screen.draw(message, *channel,
                                  machine::system_words(program, conversation_.session().language));
    recording_.answered(message);
  }
  tell_who_waits();
}

// Where agents play; after each change.
void Talk::tell_owner() {
  const DeskTwin& desk = *conversation_.desk();
  std::string owner = desk.owner();
  if (const auto queue = desk.queue()) {
    const std::size_t position = desk.position(conversation_.now());
    owner = position == 0 ? fmt::format("queue {}, offered to an agent", *queue)
                          : fmt::format("queue {}, number {}", *queue, position);
  }
  if (owner == owner_told_) return;
  remark(fmt::format("people: {}", owner));
  owner_told_ = std::move(owner);
}

void Talk::tell_who_waits() {
  const program::App& app = settings_.program->app();
  const machine::DeskRequest* request =
      conversation_.desk() ? nullptr : conversation_.pending_handoff();
  if (conversation_.desk()) tell_owner();
  const auto desk_now = request ? std::make_pair(request->serial, conversation_.session().accepted)
                                : std::make_pair(0u, false);
  if (request && desk_now != desk_told_) {
    remark(fmt::format("people: queue {}{}. You are the desk: :desk accepted, :desk closed ...",
                       app.queues[request->queue].name,
                       desk_now.second ? ", somebody has come" : ", waiting"));
  }
  desk_told_ = desk_now;
  const auto service = conversation_.unanswered_service();
  if (service && conversation_.pending_call()->serial != call_told_) {
    const std::string& name = app.services[*service].name;
    remark(fmt::format("{} waits for an answer: :answer {} OUTCOME VALUE", name, name));
    call_told_ = conversation_.pending_call()->serial;
    recording_.acted(fmt::format("! {} hangs", name), conversation_.now());
  }
  if (!conversation_.fault().empty()) remark(conversation_.fault());
}

// Before anything happens: where to come back to, and the time at which it happens.
void Talk::begin_act() {
  const bool first = conversation_.turns().empty();
  if (!settings_.clock) {
    round_typing_time();
    let_time_pass(now());
  } else if (!first) {
    let_time_pass(conversation_.now() + value::Duration{line_pause_ms});
  }
  keep_history();
  act_turns_ = conversation_.turns().size();
  act_said_ = conversation_.said().size();
}

// So that a recorded chat need not say how long somebody typed, where nothing depends on it.
void Talk::round_typing_time() {
  const auto assumed = recording_.pause_before_line();
  const std::int64_t passed = (now() - conversation_.now()).milliseconds;
  if (!assumed || passed > typing_ms_max) return;
  const auto due = conversation_.next_due();
  const value::Duration either{std::max(passed, *assumed)};
  if (due && *due <= conversation_.now() + either) return;
  ahead_ms_ += *assumed - passed;
}

void Talk::keep_history() {
  history_.push_back({conversation_.snapshot(), recording_.size(), desk_told_, call_told_,
                      owner_told_, without_desk_, conversation_.now()});
  if (history_.size() > undo_max) history_.erase(history_.begin());
}

void Talk::end_act() {
  const bool silent = conversation_.said().size() == act_said_;
  show_new();
  if (silent && !conversation_.pending_call() && !conversation_.pending_handoff()) {
    remark("the bot says nothing");
  }
}

bool Talk::line(std::string_view typed) {
  if (!settings_.prompt) out_ << settings_.screen.echo(typed);
  if (typed.starts_with(':')) {
    const auto [name, rest] = first_word(typed.substr(1));
    if (name == "quit" || name == "q") return false;
    command(name, rest);
    return true;
  }
  if (!value::trimmed(typed).empty()) say(typed);
  return true;
}

// The type of the private variable that the question at hand asks for; null where it is another.
const value::Type* Talk::private_question() const {
  const machine::Session& session = conversation_.session();
  if (session.rest != machine::Rest::question) return nullptr;
  const machine::Position at = session.frames.back().position;
  const program::Unit& unit = settings_.program->unit(at.unit);
  const program::Question& question = unit.questions[unit.code[at.address].c];
  const bool asks_for_secret =
      !question.choose && question.into_type && question.into_type->is_private;
  return asks_for_secret ? question.into_type.get() : nullptr;
}

void Talk::say(std::string_view text) {
  begin_act();
  recording_.said(std::string(text), conversation_.now());
  const value::Type* secret = private_question();
  machine::Input input;
  input.text = text;
  conversation_.hear(input);
  using machine::Rule;
  const auto rule = rule_taken();
  const bool own_words =
      rule && (*rule == Rule::option || *rule == Rule::position || *rule == Rule::typo ||
               *rule == Rule::hear || *rule == Rule::anytime);
  if (own_words) recording_.keep_last();
  if (secret && !own_words) hide(text, *secret);
  hide_private_values();
  end_act();
}

// By which rule the message at hand was taken; nothing where it was not, or did not count.
std::optional<machine::Rule> Talk::rule_taken() const {
  const std::vector<TurnRecord>& turns = conversation_.turns();
  for (std::size_t t = act_turns_; t < turns.size(); ++t) {
    for (const machine::TraceEntry& entry : turns[t].trace.entries) {
      if (entry.kind != machine::TraceEntry::Kind::took) continue;
      return static_cast<machine::Rule>(entry.detail);
    }
  }
  return std::nullopt;
}

// What was typed where a private value is asked for.
void Talk::hide(std::string_view text, const value::Type& type) {
  const bool taken = rule_taken() == machine::Rule::typed;
  const program::Program& program = *settings_.program;
  const std::string& language = program.app().languages[conversation_.session().language];
  value::Reading reading =
      value::read_typed(text, type, {language, program.zone(), conversation_.now()});
  const bool known = taken && reading.ok();
  recording_.hide_last(known ? reading.take_value() : value::Value(), type, program);
}

// What a phrase has captured, and whatever else is private by now.
void Talk::hide_private_values() {
  const program::Program& program = *settings_.program;
  const machine::Session& session = conversation_.session();
  const auto hide = [&](const std::vector<program::Slot>& slots, const value::Value* values) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const value::TypeRef& type = slots[i].type;
      if (!type || !type->is_private || !values[i].is_set()) continue;
      if (is_typed(type->kind)) recording_.hide(values[i], *type, program);
    }
  };
  for (const machine::Frame& frame : session.frames) {
    hide(program.unit(frame.unit).slots, session.slots.data() + frame.base);
  }
  hide(program.app().contact, session.contact.data());
  hide(program.app().session, session.shared.data());
}

void Talk::command(std::string_view name, std::string_view rest) {
  const bool bare = name == "state" || name == "why" || name == "back" || name == "help";
  if (bare && !rest.empty()) return remark(fmt::format(":{} takes nothing after it", name));
  if (name == "state") return show_state();
  if (name == "why") return show_why();
  if (name == "back") return back();
  if (name == "time") return pass_time(rest);
  if (name == "tap") return tap(rest);
  if (name == "send") return send(rest);
  if (name == "fail") return fail_service(rest, "unavailable", ":fail");
  if (name == "mend") return fail_service(rest, "works", ":mend");
  if (name == "answer") return act(rest);
  if (name == "desk") return act(fmt::format("handoff {}", rest));
  if (name == "agent") return agent(rest);
  if (name == "lang") return speak(rest);
  if (name == "save") return save(rest);
  if (name == "help") return remark(help_text);
  remark(fmt::format("there is no :{}; :help lists what there is", name));
}

// By its label, or by its number in the last message with choices.
const machine::Choice* Talk::find_choice(std::string_view wanted) const {
  const std::vector<SaidMessage>& said = conversation_.said();
  const auto number = value::Decimal::parse(wanted);
  const std::int64_t position = number ? number->to_int64().value_or(-1) : -1;
  for (std::size_t i = said.size(); i-- > 0;) {
    const std::vector<machine::Choice>& choices = said[i].message.choices;
    for (const machine::Choice& choice : choices) {
      if (choice.label == wanted) return &choice;
    }
    if (choices.empty() || !number) continue;
    for (std::size_t each = 0; each < choices.size(); ++each) {
      const std::size_t its = machine::number_of(said[i].message, each);
      if (static_cast<std::int64_t>(its) == position) return &choices[each];
    }
    return nullptr;
  }
  return nullptr;
}

void Talk::tap(std::string_view rest) {
  const machine::Choice* seen = find_choice(rest);
  if (!seen) return remark(":tap takes the number or the label of a choice that was shown");
  const std::string label = seen->label;
  begin_act();
  recording_.tapped(dsl::print_tap(label), conversation_.now());
  // Time has passed: another message may show it by now, and in a chat that is the one.
  conversation_.hear(tap_input(machine::Choice(*find_choice(label))));
  end_act();
}

// Read as the line of a chat that it is.
std::optional<dsl::ChatLine> Talk::read_line(std::string_view line) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("line", fmt::format("chat: x\n{}\n", line));
  dsl::ChatFile read = dsl::parse_chat(sources, file, findings);
  for (const dsl::Finding& finding : findings) {
    remark(finding.message + (finding.suggestion.empty() ? "" : "; " + finding.suggestion));
  }
  if (!findings.empty() || read.chats.front().lines.empty()) return std::nullopt;
  return std::move(read.chats.front().lines.front());
}

void Talk::send(std::string_view rest) {
  const std::string line = fmt::format("> !{}", rest);
  const auto read = read_line(line);
  const auto* say = read ? std::get_if<dsl::Say>(&read->what) : nullptr;
  if (!say) return;
  begin_act();
  recording_.tapped(line, conversation_.now());
  std::string why;
  if (const auto input = to_input(*say, conversation_, {}, why)) conversation_.hear(*input);
  end_act();
}

void Talk::pass_time(std::string_view rest) {
  const auto duration = value::parse_duration(rest);
  if (!duration || duration->milliseconds < value::second_milliseconds) {
    return remark(":time takes a length of time: 30s, 10m, 2h, 3d");
  }
  keep_history();
  const value::Instant until = now() + *duration;
  ahead_ms_ += duration->milliseconds;
  let_time_pass(until);
  remark("it is " + value::to_string(settings_.program->zone().to_local(until)));
}

void Talk::back() {
  if (history_.empty()) return remark("there is nothing to take back");
  conversation_.restore(*history_.back().snapshot);
  recording_.cut_to(history_.back().recorded);
  desk_told_ = history_.back().desk_told;
  call_told_ = history_.back().call_told;
  owner_told_ = history_.back().owner_told;
  without_desk_ = history_.back().without_desk;
  ahead_ms_ -= (now() - history_.back().at).milliseconds;
  shown_ = conversation_.said().size();
  act_turns_ = conversation_.turns().size();
  history_.pop_back();
  remark("taken back");
  show_state();
}

void Talk::save(std::string_view path) {
  if (path.empty()) return remark(":save takes the name of a file");
  const std::string chat = recording_.chat(*settings_.program, conversation_settings_,
                                           "A conversation, recorded", conversation_.next_due());
  std::string error;
  if (!write_file({std::string(path), chat}, error)) return remark(error);
  remark(fmt::format("written to {}; below an app's folder `alur replay` runs it", path));
}

void Talk::show_state() {
  const program::Program& program = *settings_.program;
  const machine::Session& session = conversation_.session();
  std::string out;
  const UnitPlace place = conversation_.state();
  if (place.unit != program::none) {
    const program::Unit& unit = program.unit(place.unit);
    out += fmt::format("{}.{}, {}:{}\n", unit.name, unit.states[place.index].name, unit.path,
                       unit.states[place.index].place.line);
  }
  out += fmt::format("waits for {}; language {}\n", machine::to_text(session.rest),
                     program.app().languages[session.language]);
  const auto list = [&](const std::vector<program::Slot>& slots, const value::Value* values,
                        std::string_view scope) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (!values[i].is_set() || !slots[i].type) continue;
      out += fmt::format("{}{} = {}\n", scope, slots[i].name,
                         print_value(values[i], *slots[i].type, program.zone()));
    }
  };
  for (const machine::Frame& frame : session.frames) {
    list(program.unit(frame.unit).slots, session.slots.data() + frame.base,
         program.unit(frame.unit).name + ".");
  }
  list(program.app().contact, session.contact.data(), "contact.");
  list(program.app().session, session.shared.data(), "session.");
  for (std::size_t kind = 0; kind < machine::timer_kind_count; ++kind) {
    const auto& timer = conversation_.timer(static_cast<machine::TimerKind>(kind));
    if (!timer) continue;
    out += fmt::format("timer {} at {}\n", machine::to_text(timer->kind),
                       value::to_string(program.zone().to_local(timer->at)));
  }
  remark(out.substr(0, out.size() - 1));
}

// All turns since the last thing that was done; where that led to none, the last one there was.
void Talk::show_why() {
  std::string out;
  const std::vector<TurnRecord>& turns = conversation_.turns();
  const std::size_t last = turns.empty() ? 0 : turns.size() - 1;
  for (std::size_t t = std::min(act_turns_, last); t < turns.size(); ++t) {
    for (const std::string& line : machine::explain(*settings_.program, turns[t].trace)) {
      out += (out.empty() ? "" : "\n") + line;
    }
  }
  remark(out.empty() ? "nothing has happened yet" : out);
}

}  // namespace alur::tools
