#include "tools/chat/talk.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>

#include "dsl/chat/parse_chat.hpp"
#include "dsl/chat/rewrite.hpp"
#include "dsl/finding/near_miss.hpp"
#include "engine/value/text.hpp"
#include "tools/replay/chat_value.hpp"
#include "tools/replay/run_chat.hpp"
#include "tools/replay/sample_services.hpp"

namespace alur::tools {

using program::Index;

namespace {

constexpr std::size_t undo_max = 200;

constexpr std::string_view help_text =
    ":state           where the conversation is, and what it knows\n"
    ":why             why the bot said what it said, with file and line\n"
    ":back            take the last turn back\n"
    ":time 10m        let time pass\n"
    ":tap 2           tap a choice instead of typing it\n"
    ":send image      send an image, voice, document, sticker, location ...\n"
    ":fail SERVICE    make a service fail; :mend SERVICE lets it work again\n"
    ":answer SERVICE OUTCOME VALUE   make a service answer so\n"
    ":desk accepted   play the people: accepted, closed, no_agent, timed_out, left, unavailable\n"
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
  made.tracing = machine::Tracing::on;
  return made;
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
                    make_sample_services(settings_.registry)) {}

value::Instant Talk::now() const {
  if (settings_.clock) return conversation_.now();
  return real_now() + value::Duration{ahead_ms_};
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

std::optional<std::int64_t> Talk::until_next_timer_ms() const {
  const machine::TimerChange* timer = conversation_.next_timer();
  if (!timer || settings_.clock) return std::nullopt;
  return std::max<std::int64_t>((timer->at - now()).milliseconds, 0);
}

void Talk::tick() {
  if (settings_.clock) return;
  conversation_.advance_to(now());
  show_new();
}

void Talk::show_new() {
  const std::vector<SaidMessage>& said = conversation_.said();
  const program::Program& program = *settings_.program;
  const program::Channel* channel =
      program::find_channel(program.app().channels[settings_.channel]);
  for (; shown_ < said.size(); ++shown_) {
    const machine::Message& message = said[shown_].message;
    out_ << settings_.screen.draw(message, channel ? *channel : *program::find_channel("console"),
                                  machine::system_words(program, conversation_.session().language));
    recording_.answer(message);
  }
  const machine::DeskRequest* request = conversation_.pending_handoff();
  const auto desk_now = request ? std::make_pair(request->serial, conversation_.session().accepted)
                                : std::make_pair(0u, false);
  if (request && desk_now != desk_told_) {
    remark(fmt::format("people: queue {}{}. You are the desk: :desk accepted, :desk closed ...",
                       program.app().queues[request->queue].name,
                       conversation_.session().accepted ? ", somebody has come" : ", waiting"));
  }
  desk_told_ = desk_now;
  if (const auto service = conversation_.unanswered_service()) {
    remark(fmt::format("{} waits for an answer: :answer {} OUTCOME VALUE",
                       program.app().services[*service].name,
                       program.app().services[*service].name));
  }
  if (!conversation_.fault().empty()) remark(conversation_.fault());
}

// Before anything happens: where to come back to, and what is written down.
void Talk::begin_act(std::string recorded) {
  if (settings_.clock) {
    conversation_.advance_to(conversation_.now() + value::Duration{line_pause_ms});
  } else {
    conversation_.advance_to(now());
  }
  show_new();
  history_.push_back({conversation_.snapshot(), recording_.size(), shown_});
  if (history_.size() > undo_max) history_.erase(history_.begin());
  recording_.act(std::move(recorded), conversation_.now());
}

bool Talk::line(std::string_view typed) {
  if (!settings_.prompt) out_ << settings_.screen.prompt() << typed << "\n\n";
  if (typed.starts_with(':')) {
    const auto [name, rest] = first_word(typed.substr(1));
    if (name == "quit" || name == "q") return false;
    command(name, rest);
    return true;
  }
  if (!value::trimmed(typed).empty()) say(typed);
  return true;
}

void Talk::say(std::string_view text) {
  std::string recorded;
  for (const std::string& part : dsl::print_said_text(text)) {
    recorded += recorded.empty() ? part : "\n" + part;
  }
  begin_act(std::move(recorded));
  machine::Input input;
  input.text = text;
  conversation_.hear(input);
  show_new();
}

void Talk::command(std::string_view name, std::string_view rest) {
  if (name == "state") return show_state();
  if (name == "why") return show_why();
  if (name == "back") return back();
  if (name == "time") return pass_time(rest);
  if (name == "tap") return tap(rest);
  if (name == "send") return send(rest);
  if (name == "fail") return fail(rest, true);
  if (name == "mend") return fail(rest, false);
  if (name == "answer") return answer(rest);
  if (name == "desk") return desk(rest);
  if (name == "lang") return set_language(rest);
  if (name == "save") return save(rest);
  if (name == "help") return remark(help_text);
  remark(fmt::format("there is no :{}; :help lists what there is", name));
}

void Talk::tap(std::string_view rest) {
  const std::vector<SaidMessage>& said = conversation_.said();
  const auto number = value::Decimal::parse(rest);
  const std::int64_t wanted = number ? number->to_int64().value_or(0) : 0;
  for (std::size_t i = said.size(); i-- > 0;) {
    const std::vector<machine::Choice>& choices = said[i].message.choices;
    if (choices.empty()) continue;
    if (wanted < 1 || wanted > static_cast<std::int64_t>(choices.size())) break;
    const machine::Choice choice = choices[static_cast<std::size_t>(wanted - 1)];
    begin_act(dsl::print_tap(choice.label));
    machine::Input input;
    input.kind = machine::Input::Kind::tap;
    input.text = choice.label;
    input.tap = choice.tap;
    conversation_.hear(input);
    return show_new();
  }
  remark(":tap takes the number of a choice that was shown");
}

void Talk::send(std::string_view rest) {
  static constexpr std::string_view names[] = {"image",   "document", "audio",  "video",
                                               "sticker", "location", "contact"};
  const auto [name, caption] = first_word(rest);
  const std::string_view wanted = name == "voice" ? "audio" : name;
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] != wanted) continue;
    begin_act(fmt::format("> !{}{}{}", wanted == "audio" ? "voice" : wanted,
                          caption.empty() ? "" : " ", caption));
    value::Media media;
    media.kind = static_cast<value::MediaKind>(i);
    media.source = "terminal";
    machine::Input input;
    input.kind = machine::Input::Kind::media;
    input.text = caption;
    input.media = std::make_shared<const value::Media>(std::move(media));
    conversation_.hear(input);
    return show_new();
  }
  remark(":send takes image, voice, video, document, sticker, location or contact");
}

void Talk::pass_time(std::string_view rest) {
  const auto duration = value::parse_duration(rest);
  if (!duration || duration->milliseconds <= 0) {
    return remark(":time takes a length of time: 30s, 10m, 2h, 3d");
  }
  history_.push_back({conversation_.snapshot(), recording_.size(), shown_});
  const value::Instant until = now() + *duration;
  ahead_ms_ += duration->milliseconds;
  while (conversation_.fire_next(until)) {
    recording_.act("# a timer", conversation_.now());
    show_new();
  }
  conversation_.advance_to(until);
  remark("it is " + value::to_string(settings_.program->zone().to_local(until)));
}

std::optional<Index> Talk::find_service(std::string_view name) {
  const std::vector<program::Service>& services = settings_.program->app().services;
  std::vector<std::string_view> names;
  for (Index i = 0; i < services.size(); ++i) {
    if (services[i].name == name) return i;
    names.push_back(services[i].name);
  }
  const auto near = dsl::near_miss(name, names);
  remark(fmt::format("the app has no service `{}`{}", name,
                     near ? "; " + dsl::did_you_mean(*near) : ""));
  return std::nullopt;
}

void Talk::fail(std::string_view name, bool failing) {
  const auto service = find_service(name);
  if (!service) return;
  if (!failing) {
    conversation_.forget_answer(*service);
    return remark(fmt::format("{} works again", name));
  }
  begin_act(fmt::format("! {} unavailable", name));
  const ServiceAnswer down{value::name_key("unavailable"), {}};
  const machine::CallRequest* pending = conversation_.pending_call();
  if (pending && pending->service == *service) {
    conversation_.answer_call(down);
    return show_new();
  }
  conversation_.keep_answer(*service, {false, down});
  remark(fmt::format("{} fails from now on; :mend {} lets it work again", name, name));
}

// Read as the line of a chat that it is.
void Talk::answer(std::string_view rest) {
  dsl::Sources sources;
  dsl::Findings findings;
  const dsl::FileId file = sources.add("answer", fmt::format("chat: x\n\n! {}\n", rest));
  const dsl::ChatFile read = dsl::parse_chat(sources, file, findings);
  const dsl::ServiceActs* acts = nullptr;
  if (!read.chats.empty() && !read.chats.front().lines.empty()) {
    acts = std::get_if<dsl::ServiceActs>(&read.chats.front().lines.front().what);
  }
  if (!acts || findings.error_count() > 0) {
    return remark(":answer takes a service, an outcome, and the outcome's value if it has one");
  }
  const auto service = find_service(acts->service.text);
  if (!service) return;
  const program::Service& declared = settings_.program->app().services[*service];
  for (const program::ServiceOutcome& outcome : declared.outcomes) {
    if (outcome.name != acts->outcome.text) continue;
    ServiceAnswer made{outcome.key, {}};
    std::string why = "this outcome carries a value";
    if (outcome.payload) {
      const auto value =
          acts->value ? to_value(*acts->value, *outcome.payload, settings_.program->zone(), {}, why)
                      : std::nullopt;
      if (!value) return remark(why);
      made.payload = *value;
    }
    begin_act(fmt::format("! {}", rest));
    const machine::CallRequest* pending = conversation_.pending_call();
    if (pending && pending->service == *service) {
      conversation_.answer_call(made);
    } else {
      conversation_.keep_answer(*service, {false, made});
      remark(fmt::format("{} answers so from now on", declared.name));
    }
    return show_new();
  }
  remark(fmt::format("{} has no outcome `{}`", declared.name, acts->outcome.text));
}

void Talk::desk(std::string_view outcome) {
  if (!conversation_.pending_handoff()) return remark("nobody is waiting for a person");
  begin_act(fmt::format("! handoff {}", outcome));
  if (outcome == "accepted") {
    conversation_.accept_handoff();
    return show_new();
  }
  for (const std::string_view known : {"closed", "left", "no_agent", "timed_out", "unavailable"}) {
    if (known != outcome) continue;
    conversation_.end_handoff(value::name_key(outcome));
    return show_new();
  }
  remark(":desk takes accepted, closed, left, no_agent, timed_out or unavailable");
}

void Talk::set_language(std::string_view code) {
  const auto language = settings_.program->find_language(code);
  if (!language) return remark(fmt::format("the app has no language `{}`", code));
  conversation_.set_language(*language);
  remark(fmt::format("the bot now speaks {}", code));
}

void Talk::back() {
  if (history_.empty()) return remark("there is nothing to take back");
  conversation_.restore(*history_.back().snapshot);
  recording_.cut_to(history_.back().recorded);
  shown_ = conversation_.said().size();
  history_.pop_back();
  remark("taken back");
  show_state();
}

void Talk::save(std::string_view path) {
  if (path.empty()) return remark(":save takes the name of a file");
  std::ofstream file{std::string(path)};
  file << recording_.chat(*settings_.program, conversation_settings_, "A conversation, recorded");
  if (!file.flush()) return remark(fmt::format("{} cannot be written", path));
  remark(fmt::format("written to {}; `alur replay` runs it", path));
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

void Talk::show_why() {
  if (conversation_.turns().empty()) return remark("nothing has happened yet");
  std::string out;
  for (const std::string& line :
       machine::explain(*settings_.program, conversation_.turns().back().trace)) {
    out += line + "\n";
  }
  remark(out.substr(0, out.size() - 1));
}

}  // namespace alur::tools
