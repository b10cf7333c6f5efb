// Walk: the state of one turn while it is worked out. Internal to the machine: hear.cpp decides
// what a message means, step.cpp executes, evaluate.cpp and render.cpp give values and words.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/machine/turn.hpp"

namespace alur::machine {

// A number is then the answer, and never the place of an option.
inline bool asks_for_number(const program::Question& question) {
  return !question.choose && question.into_type &&
         (question.into_type->kind == value::TypeKind::integer ||
          question.into_type->kind == value::TypeKind::number);
}

inline bool asks_for_place(const program::Question& question) {
  return question.into_type && question.into_type->kind == value::TypeKind::location;
}

// A message, and not something done to one: it may answer, and it opens the channel's window.
inline bool counts(Input::Kind kind) {
  return kind == Input::Kind::text || kind == Input::Kind::tap || kind == Input::Kind::media ||
         kind == Input::Kind::unsupported;
}

class Walk {
 public:
  Walk(const program::Program& program, Turn& turn, value::Instant now, bool tracing)
      : program_(program), turn_(turn), session_(turn.session), now_(now), tracing_(tracing) {}

  void handle(const Event& event);

  // hear.cpp
  void hear(const Input& input);
  // step.cpp: executes from here until the session rests or ends.
  void go(Position from);

  // evaluate.cpp: a reference to the value itself where it has a home, else to `scratch`.
  const value::Value& evaluate(Index unit, Index node, value::Value& scratch);
  bool holds(Index unit, Index node);
  value::Value take(Index unit, Index node);

  // render.cpp
  void render(Index unit, Index text, std::string& out);
  std::string rendered(Index unit, Index text);
  std::string filtered(Index unit, program::Range filters, const value::Value& value);
  // A value as a citizen reads it in the session's language.
  void show(const value::Value& value, std::string& out);

 private:
  using TraceKind = TraceEntry::Kind;
  void note(TraceKind kind, Index unit = 0, Index index = 0, Index number = 0,
            std::uint8_t detail = 0) {
    if (tracing_) turn_.trace.entries.push_back({kind, detail, unit, index, number});
  }
  void journal(JournalEntry::Kind kind, Index unit, Index index, value::Value value = {}) {
    turn_.journal.push_back({kind, unit, index, std::move(value)});
  }

  const program::Unit& unit(Index index) const { return program_.unit(index); }
  Frame& top() { return session_.frames.back(); }
  const program::Question& question() {
    return unit(top().position.unit).questions[code(top().position).c];
  }
  const program::Instruction& code(Position at) const { return unit(at.unit).code[at.address]; }

  // turn.cpp
  void drain();
  void returned(const Event& event);
  void handed_back(const Event& event);
  bool is_of_handoff(const Event& event);
  void person_came(const Event& event);
  void queued(const Event& event);

  // timers.cpp
  void arm(TimerKind kind, std::int64_t after_ms);
  void cancel(TimerKind kind);
  void flush_timers();
  void await_silence();
  void fire(const Event& event);
  void fall_silent();
  void end_pause();
  bool is_outside(Index outside) const;
  void go_outside(Index unit, Index outside);

  // hear.cpp
  void hear_first(const Input& input);
  void hear_at_question(const Input& input);
  void hear_in_pause(const Input& input);
  void hear_in_handoff(const Input& input);
  bool hear_tap(const Input& input);
  void hear_late_tap(const Input& input);
  bool hear_anytime(std::string_view words);
  bool hear_options(std::string_view words, bool consent);
  bool hears_positions();
  bool hear_position(std::string_view words);
  bool hear_typo(std::string_view words);
  bool hear_own(std::string_view words);
  bool hear_typed(const Input& input);
  bool hear_triggers(std::string_view words, std::string_view raw);
  bool hear_captures(std::string_view raw);
  void take_trigger(std::uint32_t trigger, std::vector<value::Value> params);
  bool take_typed(std::string_view text);
  bool take_media(const Input& input);
  void miss(value::Mismatch reason);
  const program::Rung* pick_rung(Index unit_index, program::Range rungs, value::Mismatch reason);
  void retry(Index unit_index, const program::Rung* rung);
  void choose_offer(std::size_t item, Rule rule, Index edits);
  void choose_option(Index option, Rule rule, Index edits);
  // Stores what was answered, if anything is to be, and closes the question.
  void answer(const value::Value* value);

  // pages.cpp
  std::size_t page_rows();
  std::size_t page_count();
  bool hear_page(const Tap& tap);
  void cut_page(Message& message);
  std::vector<std::string> more_words();
  bool is_next_page(std::string_view words);
  void turn_page(std::size_t page, Rule rule, Index edits);
  void next_page(Rule rule, Index edits);

  // step.cpp
  void start(Index flow, std::vector<value::Value> params);
  void push(Index flow, const std::vector<value::Value>& params, bool digression);
  void pop();
  void start_by_trigger(Index flow, std::vector<value::Value> params);
  bool on_stack(Index flow) const;
  // Whether the flow, and all that it runs, fits on top of the stack.
  bool has_room(Index flow) const;
  // As `goto` does: what was under way is over.
  void start_afresh(Index flow, const std::vector<value::Value>& params);
  void clear();
  void end_conversation();
  void fail();
  void ask(Position at);
  void ask_again();
  void say(Position at);
  void call(Position at);
  void run(Position at);
  void handoff(Position at);
  void pause(Position at);
  void leave(Position at);
  void match(Position at);
  void bound(Position at);
  void track(Position at);
  void end(Position at);
  void rest_at(Rest rest, Position at);
  void branch(Index unit_index, program::Range outcomes, value::NameKey outcome,
              value::Value payload);
  void set(program::Scope scope, Index slot, value::Value value);
  std::vector<value::Value> params_of(Index unit_index, Index flow, program::Range arguments);
  Message message(Index unit_index, Index message, Message::Kind kind);
  void add_choices(Message& message, Position at);

  // The unit and address that go() continues at; unknown when it shall stop.
  Position next_;
  const program::Program& program_;
  Turn& turn_;
  Session& session_;
  value::Instant now_;
  bool tracing_;
  int instructions_ = 0;
  std::string words_;  // the normalised input
  value::Mismatch mismatch_ = value::Mismatch::no_option;
  struct Pending {
    bool touched = false;
    bool armed = false;
    std::uint32_t serial = 0;
    value::Instant at;
  };
  std::array<Pending, timer_kind_count> timers_;
};

}  // namespace alur::machine
