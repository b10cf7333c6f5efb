#include "engine/machine/phrase_match.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "engine/value/phrase.hpp"

namespace alur::machine {

using program::PhraseTable;

namespace {

// A normalised word and the typed stretch that it came from.
struct Word {
  std::string normalised;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// One typed stretch may normalise to several words ("e-mail"), or to none ("-").
void add_words(std::string_view raw, std::size_t begin, std::size_t end, std::vector<Word>& words) {
  std::string normalised;
  value::normalise_phrase(raw.substr(begin, end - begin), normalised);
  std::size_t at = 0;
  while (at < normalised.size()) {
    const std::size_t blank = std::min(normalised.find(' ', at), normalised.size());
    words.push_back({normalised.substr(at, blank - at), begin, end});
    at = blank + 1;
  }
}

std::vector<Word> words_of(std::string_view raw) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < raw.size() && words.size() <= words_matched_max) {
    while (at < raw.size() && is_blank(raw[at])) ++at;
    const std::size_t begin = at;
    while (at < raw.size() && !is_blank(raw[at])) ++at;
    if (at > begin) add_words(raw, begin, at, words);
  }
  const auto says_nothing = [](const Word& word) { return value::is_pictures(word.normalised); };
  if (!std::all_of(words.begin(), words.end(), says_nothing)) std::erase_if(words, says_nothing);
  return words;
}

// What a citizen puts around a name without meaning it: "BCA?", "(BCA)".
std::string_view bare(std::string_view said) {
  constexpr std::string_view around = "?!.,;:\"'()[]";
  const std::size_t first = said.find_first_not_of(around);
  if (first == std::string_view::npos) return said;
  const std::size_t last = said.find_last_not_of("?!,;:\"'([");
  return said.substr(first, last - first + 1);
}

class Matcher {
 public:
  Matcher(const PhraseTable& table, const PhraseTable::Pattern& pattern, std::string_view raw,
          const std::vector<Word>& words, const AcceptCapture& accept)
      : table_(table),
        elements_(table.elements(pattern)),
        entry_(pattern.entry),
        raw_(raw),
        words_(words),
        accept_(accept) {}

  // Captures take as few words as they can; at most a few thousand steps for the words and
  // captures that are allowed.
  bool match(std::size_t element, std::size_t word) {
    if (element == elements_.size()) return word == words_.size();
    if (word == words_.size()) return false;
    const PhraseTable::Element& wanted = elements_[element];
    if (!wanted.capture) {
      return words_[word].normalised == table_.string(wanted.word) && match(element + 1, word + 1);
    }
    for (std::size_t end = word + 1; end <= words_.size(); ++end) {
      if (++steps_ > steps_max) return false;
      if (!match(element + 1, end)) continue;
      const std::size_t from = words_[word].begin;
      if (accept_(entry_, wanted.slot, bare(raw_.substr(from, words_[end - 1].end - from)))) {
        return true;
      }
    }
    return false;
  }

 private:
  static constexpr int steps_max = 10'000;
  const PhraseTable& table_;
  std::span<const PhraseTable::Element> elements_;
  std::uint32_t entry_;
  std::string_view raw_;
  const std::vector<Word>& words_;
  const AcceptCapture& accept_;
  int steps_ = 0;
};

}  // namespace

const PhraseTable::Pattern* match_patterns(const PhraseTable& table, std::string_view raw,
                                           const AcceptCapture& accept) {
  const std::vector<Word> words = words_of(raw);
  if (words.empty() || words.size() > words_matched_max) return nullptr;
  for (const Word& word : words) {
    for (const PhraseTable::Pattern& pattern : table.patterns_with(word.normalised)) {
      Matcher matcher(table, pattern, raw, words, accept);
      if (matcher.match(0, 0)) return &pattern;
    }
  }
  return nullptr;
}

}  // namespace alur::machine
