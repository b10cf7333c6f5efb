// Recording: what was done and said in a terminal, as a `.chat` file that replays. Nothing private
// is in it. Times are whole seconds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dsl/chat/rewrite.hpp"
#include "engine/machine/message.hpp"
#include "tools/chat/secrets.hpp"
#include "tools/replay/conversation.hpp"

namespace alur::tools {

class Recording {
 public:
  // The citizen writes; taps, or sends something that is no text (`line` as a chat has it).
  void said(std::string text, value::Instant at);
  void tapped(std::string line, value::Instant at);
  // `! registry.lookup unavailable`
  void acted(std::string line, value::Instant at);
  void fired(value::Instant at);
  // What the bot has said since.
  void answered(const machine::Message& message);

  // What was said last went into a private variable of this type, or was meant to.
  void hide_last(const value::Value& value, const value::Type& type,
                 const program::Program& program);
  // A private value that the conversation holds, wherever it came from.
  void hide(const value::Value& value, const value::Type& type, const program::Program& program);

  // What was said last is one of the app's own words: the name of a choice, a call for a person.
  void keep_last() { entries_.back().own_words = true; }

  // How long replay takes a citizen to have waited before a line that would come next; nothing
  // where it has to be written.
  std::optional<std::int64_t> pause_before_line() const;

  // For going back: how much there is, and forgetting what came after.
  std::size_t size() const { return entries_.size(); }
  void cut_to(std::size_t size);

  // `next_due`: when something is still to come of itself, for the chat to end before it.
  std::string chat(const program::Program& program, const ConversationSettings& settings,
                   std::string_view title, std::optional<value::Instant> next_due) const;

 private:
  struct Entry {
    enum class Kind : std::uint8_t { said, tapped, acted, fired };
    Kind kind = Kind::said;
    value::Instant at;
    std::string words;
    bool own_words = false;  // of the app, and no secret
    std::vector<dsl::PlainMessage> answers;
  };

  static std::optional<std::int64_t> pause_after(const Entry* before);
  static bool comes_by_itself(const Entry& entry, const Entry* before, std::int64_t passed);
  void append(const Entry& entry, std::string& out) const;

  std::vector<Entry> entries_;
  Secrets secrets_;
};

}  // namespace alur::tools
