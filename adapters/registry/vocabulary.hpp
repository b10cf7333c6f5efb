// Vocabulary: what words of queries and names are worth. Data, not code: words.def, or the
// words.csv beside the lists.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace alur::registry {

struct Authority {
  std::string name;
  std::string reach;
};

class Vocabulary {
 public:
  // words.def.
  Vocabulary();
  // Lines `kind,word,meaning`: filler, generic, short (meaning: the long form), elsewhere (meaning:
  // name|reach). Replaces words.def. Says what is wrong with the first bad line in `error`.
  static Vocabulary parse(std::string_view csv, std::string& error);

  bool is_filler(std::string_view word) const { return filler_.contains(word); }
  bool is_generic(std::string_view word) const { return generic_.contains(word); }
  // Fillers and generic words.
  std::vector<std::string_view> common_words() const;
  // Who is in charge of names that begin so; null where the lists are.
  const Authority* elsewhere(std::string_view search_form) const;
  // The same with one kind of institution written the other way, short or long; one form for each
  // way that there is.
  std::vector<std::string> respelt(const std::string& search_form) const;
  // Without fillers; as it was where nothing else is in it.
  std::string without_filler(std::string_view search_form) const;

 private:
  struct Empty {};
  explicit Vocabulary(Empty) {}

  void add_short(std::string_view short_form, std::string_view long_form);
  void add_elsewhere(std::string_view words, std::string_view name, std::string_view reach);

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>()(word);
    }
  };
  using Words = std::unordered_set<std::string, Hash, std::equal_to<>>;

  Words filler_;
  Words generic_;
  std::vector<std::pair<std::string, std::string>> short_forms_;  // long, short
  std::vector<std::pair<std::string, Authority>> elsewhere_;
};

// Calls `take(word)` for each word of a search form.
template <class Take>
void for_each_word(std::string_view search_form, const Take& take) {
  while (!search_form.empty()) {
    const std::size_t end = std::min(search_form.find(' '), search_form.size());
    take(search_form.substr(0, end));
    search_form.remove_prefix(std::min(end + 1, search_form.size()));
  }
}

}  // namespace alur::registry
