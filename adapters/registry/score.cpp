#include "adapters/registry/score.hpp"

#include <algorithm>
#include <array>
#include <bitset>

#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

constexpr double offered_min = 0.62;     // the least score that is offered
constexpr double whole_is_enough = 0.9;  // then words say nothing new
constexpr double half_word = 0.7;    // what a word with a typing error is worth of the right one
constexpr double words_only = 0.95;  // the same words in another order are not the same name

std::size_t letters_of(std::string_view form) {
  const auto blanks = static_cast<std::size_t>(std::count(form.begin(), form.end(), ' '));
  return std::min(form.size() - blanks, EditPattern::length_max);
}

// How many typing errors a name of that length is still offered with.
int errors_offered(std::size_t letters) {
  if (letters <= 3) return 1;
  if (letters <= 8) return 2;
  return letters <= 14 ? 3 : 4;
}

// How many it may have and still be nearly that name.
int errors_close(std::size_t letters) {
  if (letters < 5) return 0;
  if (letters < 10) return 1;
  return letters < 18 ? 2 : 3;
}

// How many a word may have and still count for the right one.
int errors_in_word(std::size_t letters) {
  if (letters <= 3) return 0;
  return letters <= 7 ? 1 : 2;
}

}  // namespace

Scorer::Scorer(std::string search_form, const NameTable& names)
    : form_(std::move(search_form)), names_(names), whole_(joined(form_)) {
  for_each_word(form_, [&](std::string_view word) {
    if (words_.size() == words_max) return;
    words_.push_back({word, names.rarity(word), EditPattern(word)});
    rarity_ += words_.back().rarity;
  });
}

bool Scorer::all_common() const {
  return std::all_of(words_.begin(), words_.end(),
                     [&](const Word& word) { return names_.is_common(word.text); });
}

double Scorer::worth(const Word& word, std::string_view other) const {
  if (word.text == other) return 1;
  const std::size_t shorter = std::min(word.text.size(), other.size());
  const std::size_t longer = std::max(word.text.size(), other.size());
  const int allowed = errors_in_word(shorter);
  if (static_cast<int>(longer - shorter) > allowed) return 0;
  return word.pattern.distance(other) <= allowed ? half_word : 0;
}

// What the words that both have say, of what all words of both say. A name that is whole inside the
// other, or lacks only words that say little, counts nearly as much.
double Scorer::word_score(std::string_view form) const {
  std::bitset<words_max> taken;
  double shared = 0;
  double of_other = 0;
  double missing = 0;
  for_each_word(form, [&](std::string_view other) {
    const double rarity = names_.rarity(other);
    of_other += rarity;
    double best = 0;
    std::size_t best_at = 0;
    for (std::size_t i = 0; i < words_.size() && best < 1; ++i) {
      const double fits = taken[i] ? 0 : worth(words_[i], other);
      if (fits > best) {
        best = fits;
        best_at = i;
      }
    }
    if (best > 0) taken[best_at] = true;
    shared += best * rarity;
    missing += (1 - best) * rarity;
  });
  const double all = rarity_ + of_other - shared;
  if (all <= 0) return 0;
  const double overlap = shared / all;
  // Contained: at least one rare word of it is there, and nothing of it is missing.
  const double contained = missing == 0 && shared >= 0.5 ? 0.55 + 0.4 * shared / rarity_ : 0;
  const double containing = shared >= 0.5 ? 0.9 * shared / std::max(rarity_, 0.1) *
                                                std::min(1.0, 0.6 + 0.4 * shared / of_other)
                                          : 0;
  return std::min(1.0, std::max({overlap, contained, shared >= rarity_ - 0.001 ? containing : 0}));
}

Similarity Scorer::compare(NameId id) const {
  const std::string_view form = names_.search_form(id);
  Similarity found;
  const std::size_t letters = std::max(whole_.length(), letters_of(form));
  if (letters == 0) return found;
  found.edits = whole_.distance(form);
  const double whole = 1 - static_cast<double>(found.edits) / static_cast<double>(letters);
  found.score = whole < whole_is_enough ? std::max(whole, words_only * word_score(form)) : whole;
  found.close = found.edits <= errors_close(letters);
  found.similar = found.score >= offered_min || found.edits <= errors_offered(letters);
  return found;
}

}  // namespace alur::registry
