#include "engine/program/phrase_table.hpp"

#include <algorithm>

namespace alur::program {
namespace {

bool has_capture(const PlainPhrase& phrase) {
  return std::any_of(phrase.elements.begin(), phrase.elements.end(),
                     [](const PhraseElement& element) { return element.capture; });
}

std::string joined(const PlainPhrase& phrase) {
  std::string words;
  for (const PhraseElement& element : phrase.elements) {
    if (!words.empty()) words += ' ';
    words += element.word;
  }
  return words;
}

}  // namespace

PhraseTable::PhraseTable(const PhraseList& phrases) {
  for (const PlainPhrase& phrase : phrases) {
    if (!has_capture(phrase)) {
      const std::string words = joined(phrase);
      exact_.push_back({phrase_hash(words), keep(words), phrase.entry});
      continue;
    }
    Pattern pattern{0, static_cast<std::uint32_t>(elements_.size()), 0, phrase.entry};
    for (const PhraseElement& element : phrase.elements) {
      elements_.push_back({element.capture, keep(element.word), element.slot});
      if (!element.capture && pattern.first_word == 0) {
        pattern.first_word = phrase_hash(element.word);
      }
    }
    pattern.end = static_cast<std::uint32_t>(elements_.size());
    patterns_.push_back(pattern);
  }
  std::stable_sort(exact_.begin(), exact_.end(),
                   [](const Exact& a, const Exact& b) { return a.hash < b.hash; });
  std::stable_sort(patterns_.begin(), patterns_.end(),
                   [](const Pattern& a, const Pattern& b) { return a.first_word < b.first_word; });
}

StringRef PhraseTable::keep(std::string_view text) {
  const StringRef ref{static_cast<std::uint32_t>(strings_.size()),
                      static_cast<std::uint32_t>(text.size())};
  strings_ += text;
  return ref;
}

std::optional<std::uint32_t> PhraseTable::find(std::string_view normalised) const {
  const std::uint64_t hash = phrase_hash(normalised);
  auto it = std::lower_bound(exact_.begin(), exact_.end(), hash,
                             [](const Exact& a, std::uint64_t b) { return a.hash < b; });
  for (; it != exact_.end() && it->hash == hash; ++it) {
    if (string(it->phrase) == normalised) return it->entry;
  }
  return std::nullopt;
}

std::span<const PhraseTable::Pattern> PhraseTable::patterns_with(std::string_view word) const {
  const std::uint64_t hash = phrase_hash(word);
  const auto first =
      std::lower_bound(patterns_.begin(), patterns_.end(), hash,
                       [](const Pattern& a, std::uint64_t b) { return a.first_word < b; });
  auto last = first;
  while (last != patterns_.end() && last->first_word == hash) ++last;
  return {first, last};
}

PhraseList PhraseTable::phrases() const {
  PhraseList list;
  for (const Exact& exact : exact_) {
    list.push_back({{{false, std::string(string(exact.phrase)), 0}}, exact.entry});
  }
  for (const Pattern& pattern : patterns_) {
    PlainPhrase phrase{{}, pattern.entry};
    for (const Element& element : elements(pattern)) {
      phrase.elements.push_back({element.capture, std::string(string(element.word)), element.slot});
    }
    list.push_back(std::move(phrase));
  }
  return list;
}

}  // namespace alur::program
