// The small conversation that turns are measured with: greet and ask a name, look it up among a
// thousand, branch, a menu of three, a choice, the end. Once as an app and once as a hand-written
// switch that says the same words.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/value/phrase.hpp"

namespace alur::benchmarks {

inline constexpr std::string_view app_yaml = R"(app: small
languages: [en]
timezone: Asia/Jakarta
start: main
channels: [console]
services:
  names.find:
    params:
      name: text(1..80)
    outcomes:
      known: text(1..80)
      unknown:
defaults:
  no_match:
    - en: Please type it again.
    - stop: true
)";

inline constexpr std::string_view flow_yaml = R"(flow: main
outcomes: [done]
vars:
  name: text(1..80)
  found: text(1..80)
states:
  start:
    - say:
        en: Welcome to the register.
    - ask:
        en: Which company shall I look up?
      into: name
    - goto: look
  look:
    - call: names.find(name = name)
      outcomes:
        known(found): menu
        unknown: unknown
        unavailable: unknown
  unknown:
    - say:
        en: "{name} is not on the list."
    - end: done
  menu:
    - choose:
        en: "{found} is on the list. What would you like to know?"
      options:
        - label: {en: Licence}
          goto: licence
        - label: {en: Address}
          goto: address
        - label: {en: Nothing}
          goto: bye
  licence:
    - say:
        en: "The licence of {found} is in order."
    - end: done
  address:
    - say:
        en: "{found} has its seat in Jakarta."
    - end: done
  bye:
    - say:
        en: "Thank you for asking about {found}."
    - end: done
)";

inline std::vector<std::string> thousand_names() {
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) names.push_back("company number " + std::to_string(i));
  return names;
}

// The same conversation by hand.
class HandWritten {
 public:
  struct State {
    unsigned char step = 0;
    std::string name;
  };
  struct Reply {
    std::vector<std::string> texts;
    std::vector<std::string> options;
  };

  explicit HandWritten(const std::vector<std::string>& names)
      : names_(names.begin(), names.end()) {}

  // Step 2 is the look-up's answer, a turn of its own as in the app.
  void turn(State& state, std::string_view input, Reply& reply) {
    value::normalise_phrase(input, words_);
    switch (state.step) {
      case 0:
        reply.texts.emplace_back("Welcome to the register.");
        reply.texts.emplace_back("Which company shall I look up?");
        state.step = 1;
        return;
      case 1:
        state.name = input;
        state.step = names_.contains(words_) ? 2 : 3;
        return;
      case 2: {
        std::string& text = reply.texts.emplace_back(state.name);
        text += " is on the list. What would you like to know?";
        reply.options = {"Licence", "Address", "Nothing"};
        state.step = 4;
        return;
      }
      case 3:
        reply.texts.push_back(state.name + " is not on the list.");
        state.step = 0;
        return;
      default:
        break;
    }
    if (words_ == "licence" || words_ == "1") {
      reply.texts.push_back("The licence of " + state.name + " is in order.");
    } else if (words_ == "address" || words_ == "2") {
      reply.texts.push_back(state.name + " has its seat in Jakarta.");
    } else if (words_ == "nothing" || words_ == "3") {
      reply.texts.push_back("Thank you for asking about " + state.name + ".");
    } else {
      reply.texts.emplace_back("Please type it again.");
      return;
    }
    state.step = 0;
  }

 private:
  std::unordered_set<std::string> names_;
  std::string words_;
};

}  // namespace alur::benchmarks
