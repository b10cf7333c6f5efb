// Secrets: what a citizen typed into private variables, kept out of a recorded chat: in its place
// stands a sample of the same kind, and the bot's words expect anything where it would stand.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/program/program.hpp"

namespace alur::tools {

class Secrets {
 public:
  // What was typed, and the value that it became; unset when it was not taken, or not yet: it may
  // be a piece of a text that is gathered. Gives what a chat may say instead.
  std::string keep(std::string_view typed, const value::Value& value, const value::Type& type,
                   const program::Program& program);

  // A citizen's words with samples for secrets.
  std::string disguised(std::string text) const;
  // The bot's words with this character for each secret: no text holds it.
  static constexpr std::string_view gap = "\uE000";
  std::string gapped(std::string text) const;

 private:
  void add(std::string form, const std::string& sample);

  std::vector<std::pair<std::string, std::string>> forms_;  // longest first; and the sample
};

}  // namespace alur::tools
