// Phrases as small machines over words: what two of them both take is what their product takes, so
// nothing is written out and nothing is missed, however many alternatives they have.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/ast/ast.hpp"

namespace alur::dsl {

// A word of a phrase, or a capture, which takes one word or more.
struct PhrasePlace {
  std::string word;     // normalised; empty for a capture
  std::string capture;  // the parameter's name
  bool is_capture() const { return word.empty(); }
  bool operator==(const PhrasePlace&) const = default;
};

// The places of a phrase, which of them may come first and last, and which after which (Glushkov's
// construction): no more places than the phrase has words.
struct PhraseMachine {
  std::vector<PhrasePlace> places;
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> last;
  std::vector<std::vector<std::uint32_t>> follow;
  // What cannot be said in common is mostly seen by one bit for each word; all bits where a
  // capture takes any.
  std::uint64_t first_words = 0;
  std::uint64_t last_words = 0;
  bool has_captures = false;

  bool empty() const { return places.empty(); }
  bool operator==(const PhraseMachine&) const = default;
};

PhraseMachine to_machine(const ast::Phrase& phrase);
// Of words as they stand: a label, a name.
PhraseMachine to_machine(std::string_view words);

// A message that two phrases both take: its words, and of each word which places took it.
struct SharedMessage {
  struct Step {
    std::uint32_t place_a = 0;
    std::uint32_t place_b = 0;
  };
  std::string words;  // where both capture, `capture_sample` stands
  std::vector<Step> steps;
};
inline constexpr std::string_view capture_sample = "...";

// The shortest; nothing if there is none, or none within some thousand steps.
std::optional<SharedMessage> shared_message(const PhraseMachine& a, const PhraseMachine& b);

// Whether a phrase without captures takes exactly these normalised words.
bool takes(const PhraseMachine& machine, std::string_view normalised);

// Every way to say a phrase without captures, normalised; at most so many.
std::vector<std::string> ways_to_say(const PhraseMachine& machine, std::size_t ways_max);

}  // namespace alur::dsl
