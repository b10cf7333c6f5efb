// Talk: a person at a terminal takes the citizen's part. Lines are what the citizen types; those
// that begin with `:` are for whoever tries the flows out.
#pragma once

#include <memory>
#include <optional>
#include <ostream>

#include "adapters/registry/snapshot.hpp"
#include "dsl/chat/chat.hpp"
#include "tools/chat/recording.hpp"
#include "tools/chat/screen.hpp"
#include "tools/replay/conversation.hpp"

namespace alur::tools {

struct TalkSettings {
  std::shared_ptr<const program::Program> program;
  registry::SnapshotRef lists;  // may be null
  program::Index channel = 0;
  program::Index language = 0;
  // Time stands still but for `:time` and five seconds a line; without it the clock is the real
  // one.
  std::optional<value::Instant> clock;
  Screen screen;
  bool prompt = false;  // else each line is shown before what it leads to
};

class Talk {
 public:
  Talk(TalkSettings settings, std::ostream& out);

  void greet();
  // One line that was typed. False when it was `:quit`.
  bool line(std::string_view typed);
  // The real clock may have moved on: fires what is due and shows what it says.
  void tick();
  void prompt();
  // The terminal has another width now.
  void resize(std::size_t columns) { settings_.screen.columns = columns; }
  // Until something comes of itself, a timer or what is due at the desk; nothing when nothing does
  // or time stands still.
  std::optional<std::int64_t> until_next_due_ms() const;

 private:
  struct Before {
    std::shared_ptr<const Conversation::Snapshot> snapshot;
    std::size_t recorded = 0;
    std::pair<std::uint32_t, bool> desk_told;
    std::uint32_t call_told = 0;
    std::string owner_told;
    bool without_desk = false;
    value::Instant at;
  };

  value::Instant now() const;
  void let_time_pass(value::Instant until);
  void begin_act();
  void round_typing_time();
  void keep_history();
  void end_act();
  void show_new();
  void tell_who_waits();
  void tell_owner();
  void remark(std::string_view text);

  void say(std::string_view text);
  const value::Type* private_question() const;
  std::optional<machine::Rule> rule_taken() const;
  void hide(std::string_view text, const value::Type& type);
  void hide_private_values();

  void command(std::string_view name, std::string_view rest);
  std::optional<dsl::ChatLine> read_line(std::string_view line);
  const machine::Choice* find_choice(std::string_view wanted) const;
  void tap(std::string_view rest);
  void send(std::string_view rest);
  void act(std::string_view words);
  void agent(std::string_view words);
  void show_template(std::string_view name);
  bool can_seat_desk();
  void fail_service(std::string_view name, std::string_view how, std::string_view command);
  void speak(std::string_view language);
  void pass_time(std::string_view rest);
  void back();
  void save(std::string_view path);
  void show_state();
  void show_why();

  TalkSettings settings_;
  ConversationSettings conversation_settings_;
  std::ostream& out_;
  Conversation conversation_;
  Recording recording_;
  std::vector<Before> history_;
  std::size_t shown_ = 0;
  std::pair<std::uint32_t, bool> desk_told_{};  // the handoff, and whether somebody has come
  std::uint32_t call_told_ = 0;                 // the call that nobody answers
  std::string owner_told_;                      // where agents play: who has the conversation
  bool without_desk_ = false;                   // people were played by `:desk`
  std::size_t act_turns_ = 0;                   // the first turn of what was done last
  std::size_t act_said_ = 0;                    // and its first message
  std::int64_t ahead_ms_ = 0;                   // how far the clock is ahead of the real one
};

}  // namespace alur::tools
