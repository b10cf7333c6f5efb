// TypedScan: a cursor over what a citizen typed, folded for reading: lower case, plain digits,
// plain dashes and single blanks, punctuation kept. The readers of numbers, dates and addresses
// share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace alur::value {

// Whose words are understood. Indonesian and English speakers are understood in both; what only
// figures and their separators can say is decided by the language of the conversation.
enum class Tongue : std::uint8_t { indonesian, english, other };
// By a code such as id, id-ID or en-GB.
Tongue tongue_of(std::string_view language);

// A word and what it stands for, in tables of a dozen or two.
struct Word {
  std::string_view word;
  std::int64_t meaning;
};
// Null when there is none.
const Word* find_word(std::span<const Word> words, std::string_view word);

std::string folded_typed(std::string_view input);

// A copy is a place to come back to.
class TypedScan {
 public:
  explicit TypedScan(std::string_view folded) : text_(folded) {}

  bool at_end() const { return text_.empty(); }
  char front() const { return text_.empty() ? '\0' : text_.front(); }
  std::string_view rest() const { return text_; }

  bool take(char wanted);
  // Any of these characters, or 0.
  char take_any(std::string_view wanted);
  // The whole of the next word, after a blank or none, if it is this one.
  bool take_word(std::string_view wanted);
  // The same from a table; null when the next word is not in it.
  const Word* take_word(std::span<const Word> words);
  // All letters from here, or none.
  std::string_view take_letters();
  // All digits from here, or none.
  std::string_view take_digits();
  // Digits with single dots and commas between them: 1.500.000,50.
  std::string_view take_figures();
  void skip_blank() { take(' '); }
  // Nothing is left but what ends a sentence, which is taken.
  bool take_end();

 private:
  std::string_view take_first(std::size_t count);

  std::string_view text_;
};

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace alur::value
