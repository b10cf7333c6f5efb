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

std::uint64_t first_word_hash(std::span<const PhraseTable::Element> elements,
                              std::string_view strings) {
  for (const PhraseTable::Element& element : elements) {
    if (element.capture) continue;
    return phrase_hash(strings.substr(element.word.begin, element.word.size));
  }
  return 0;
}

}  // namespace

PhraseTable PhraseTable::from_tables(Tables tables) {
  PhraseTable table;
  table.exact_ = std::move(tables.exact);
  table.patterns_ = std::move(tables.patterns);
  table.elements_ = std::move(tables.elements);
  table.strings_ = std::move(tables.strings);
  return table;
}

bool PhraseTable::is_well_formed() const {
  const auto within = [this](StringRef ref) {
    return ref.begin <= strings_.size() && ref.size <= strings_.size() - ref.begin;
  };
  for (const Element& element : elements_) {
    if (!within(element.word)) return false;
  }
  for (const Exact& exact : exact_) {
    if (!within(exact.phrase) || exact.hash != phrase_hash(string(exact.phrase))) return false;
  }
  for (const Pattern& pattern : patterns_) {
    if (pattern.begin >= pattern.end || pattern.end > elements_.size()) return false;
    if (pattern.first_word != first_word_hash(elements(pattern), strings_)) return false;
  }
  return std::is_sorted(exact_.begin(), exact_.end(),
                        [](const Exact& a, const Exact& b) { return a.hash < b.hash; }) &&
         std::is_sorted(patterns_.begin(), patterns_.end(), [](const Pattern& a, const Pattern& b) {
           return a.first_word < b.first_word;
         });
}

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
