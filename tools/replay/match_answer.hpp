// Whether all that the bot said in one answer is what a chat expects, and which expectation goes
// with which message where it is not.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsl/chat/rewrite.hpp"
#include "engine/machine/message.hpp"
#include "tools/replay/match_text.hpp"

namespace alur::tools {

// A message in the form in which chats speak of it.
struct Spoken {
  dsl::PlainMessage plain;  // the text is comparable
  const machine::Message* source = nullptr;
};
Spoken to_spoken(const machine::Message& message);

enum class Verdict : std::uint8_t { same, other_text, other_choices, other_attachments };
Verdict judge(const dsl::ExpectedMessage& expected, const Spoken& spoken, Captures& captures,
              MatchProgress* progress = nullptr);

using Expectations = std::vector<const dsl::Expectation*>;

// Expectations take the messages in their order, all of them unless nothing among them takes any;
// `not` takes none and holds for each. Binds captures when all is as expected.
bool match_answer(const Expectations& expected, std::span<const Spoken> said, Captures& captures);

// An expectation and the messages that go with it; either may be missing. `same` where they agree.
struct Pairing {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t expectation = none;
  std::size_t begin = 0;  // messages
  std::size_t end = 0;
  bool same = false;
};

// The pairing with the fewest that disagree, in order. `not`s that are violated come last.
std::vector<Pairing> align_answer(const Expectations& expected, std::span<const Spoken> said,
                                  const Captures& captures);

}  // namespace alur::tools
