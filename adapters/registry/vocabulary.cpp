#include "adapters/registry/vocabulary.hpp"

#include <algorithm>

#include "adapters/registry/delimited.hpp"
#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

// Whether the words stand at that place as whole words.
bool stands_at(std::string_view text, std::size_t at, std::string_view words) {
  const std::size_t end = at + words.size();
  return text.substr(at).starts_with(words) && (at == 0 || text[at - 1] == ' ') &&
         (end == text.size() || text[end] == ' ');
}

std::size_t place_of(std::string_view text, std::string_view words) {
  std::size_t at = text.find(words);
  while (at != std::string_view::npos && !stands_at(text, at, words)) at = text.find(words, at + 1);
  return at;
}

}  // namespace

Vocabulary::Vocabulary() {
#define FILLER(word) filler_.insert(word);
#define GENERIC(word) generic_.insert(word);
#define SHORT(short_form, long_form) add_short(short_form, long_form);
#define ELSEWHERE(words, name, reach) add_elsewhere(words, name, reach);
#include "adapters/registry/words.def"
#undef FILLER
#undef GENERIC
#undef SHORT
#undef ELSEWHERE
}

Vocabulary Vocabulary::parse(std::string_view csv, std::string& error) {
  Vocabulary made{Empty()};
  DelimitedReader reader(csv, ',');
  DelimitedRow row;
  while (error.empty() && reader.next(row)) {
    const auto cell = [&](std::size_t i) {
      return i < row.cells.size() ? std::string_view(row.cells[i]) : std::string_view();
    };
    const std::string word = search_form(cell(1));
    const std::string_view meaning = cell(2);
    if (!row.fault.empty()) {
      error = "line " + std::to_string(row.line) + ": " + row.fault;
    } else if (cell(0) == "kind") {
      continue;
    } else if (cell(0) == "filler" && !word.empty()) {
      made.filler_.insert(word);
    } else if (cell(0) == "generic" && !word.empty()) {
      made.generic_.insert(word);
    } else if (cell(0) == "short" && !word.empty() && !meaning.empty()) {
      made.add_short(word, search_form(meaning));
    } else if (cell(0) == "elsewhere" && !word.empty() && meaning.find('|') < meaning.size()) {
      const std::size_t bar = meaning.find('|');
      made.add_elsewhere(word, meaning.substr(0, bar), meaning.substr(bar + 1));
    } else {
      error = "line " + std::to_string(row.line) +
              ": wanted is filler,WORD or generic,WORD or short,WORD,LONG FORM or "
              "elsewhere,WORDS,WHO|WHERE";
    }
  }
  return made;
}

void Vocabulary::add_short(std::string_view short_form, std::string_view long_form) {
  short_forms_.emplace_back(long_form, short_form);
}

void Vocabulary::add_elsewhere(std::string_view words, std::string_view name,
                               std::string_view reach) {
  elsewhere_.push_back({std::string(words), {std::string(name), std::string(reach)}});
}

std::vector<std::string_view> Vocabulary::common_words() const {
  std::vector<std::string_view> words(filler_.begin(), filler_.end());
  words.insert(words.end(), generic_.begin(), generic_.end());
  return words;
}

const Authority* Vocabulary::elsewhere(std::string_view search_form) const {
  for (const auto& [words, authority] : elsewhere_) {
    if (stands_at(search_form, 0, words)) return &authority;
  }
  return nullptr;
}

std::vector<std::string> Vocabulary::respelt(const std::string& search_form) const {
  std::vector<std::string> forms;
  for (const auto& [long_form, short_form] : short_forms_) {
    for (const auto& [from, to] : {std::pair(&long_form, &short_form), {&short_form, &long_form}}) {
      const std::size_t at = place_of(search_form, *from);
      if (at == std::string::npos) continue;
      forms.push_back(search_form);
      forms.back().replace(at, from->size(), *to);
    }
  }
  return forms;
}

std::string Vocabulary::without_filler(std::string_view search_form) const {
  std::string out;
  for_each_word(search_form, [&](std::string_view word) {
    if (is_filler(word)) return;
    if (!out.empty()) out += ' ';
    out += word;
  });
  return out.empty() ? std::string(search_form) : out;
}

}  // namespace alur::registry
