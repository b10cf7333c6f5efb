// The exact scorer: how similar one listed name is to what was typed. By typing errors over the
// whole name, and by words, each of them worth what it says: *dana* says nothing, a rare word much.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/edit_pattern.hpp"
#include "adapters/registry/name_table.hpp"

namespace alur::registry {

struct Similarity {
  double score = 0;      // 0 to 1
  int edits = 0;         // over the letters of the whole names
  bool inside = false;   // it stands whole in what was typed
  bool close = false;    // few typing errors in a name long enough for that to mean something
  bool similar = false;  // enough to offer it
};

// What was typed, made ready to be compared with many names.
class Scorer {
 public:
  Scorer(std::string search_form, const NameTable& names);
  Scorer(const Scorer&) = delete;  // words are views of the form
  Scorer& operator=(const Scorer&) = delete;

  Similarity compare(NameId id) const;
  // Every word of it is a word of many names.
  bool all_common() const;
  const std::string& search_form() const { return form_; }

 private:
  struct Word {
    std::string_view text;
    double rarity;
    EditPattern pattern;
  };

  double word_score(std::string_view form) const;
  double worth(const Word& word, std::string_view other) const;

  static constexpr std::size_t words_max = 16;

  std::string form_;
  const NameTable& names_;
  EditPattern whole_;
  std::vector<Word> words_;
  double rarity_ = 0;  // of all words together
};

}  // namespace alur::registry
