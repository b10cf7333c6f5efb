// Phrases -> every way to say them: alternatives and optional words written out, words normalised.
#include <algorithm>

#include "dsl/emit/unit_builder.hpp"
#include "engine/value/phrase.hpp"

namespace alur::dsl {

using ast::PhrasePart;
using program::PhraseElement;
using Elements = std::vector<PhraseElement>;

namespace {

// More ways than this are not written out; dsl/check refuses a phrase that has them.
constexpr std::size_t ways_max = 256;

void append_words(const std::string& words, Elements& elements) {
  const std::string normalised = value::normalised_phrase(words);
  std::size_t at = 0;
  while (at < normalised.size()) {
    const std::size_t end = std::min(normalised.find(' ', at), normalised.size());
    elements.push_back({false, normalised.substr(at, end - at), 0});
    at = end + 1;
  }
}

// Pictures beside words say nothing, in what is heard either.
void drop_pictures(Elements& way) {
  const auto says_nothing = [](const PhraseElement& element) {
    return !element.capture && value::is_pictures(element.word);
  };
  if (!std::all_of(way.begin(), way.end(), says_nothing)) std::erase_if(way, says_nothing);
}

std::uint32_t slot_of(const std::string& capture, const std::vector<ast::Variable>* params) {
  for (std::size_t i = 0; params && i < params->size(); ++i) {
    if ((*params)[i].name.text == capture) return static_cast<std::uint32_t>(i);
  }
  return 0;
}

std::vector<Elements> ways_of(const std::vector<PhrasePart>& parts,
                              const std::vector<ast::Variable>* params);

// The ways to say one part.
std::vector<Elements> ways_of(const PhrasePart& part, const std::vector<ast::Variable>* params) {
  std::vector<Elements> ways;
  switch (part.kind) {
    case PhrasePart::Kind::words:
      append_words(part.words, ways.emplace_back());
      break;
    case PhrasePart::Kind::capture:
      ways.push_back({{true, "", slot_of(part.capture.text, params)}});
      break;
    case PhrasePart::Kind::optional:
      ways.emplace_back();
      [[fallthrough]];
    case PhrasePart::Kind::one_of:
      for (const std::vector<PhrasePart>& branch : part.branches) {
        for (Elements& way : ways_of(branch, params)) ways.push_back(std::move(way));
      }
      break;
  }
  return ways;
}

std::vector<Elements> ways_of(const std::vector<PhrasePart>& parts,
                              const std::vector<ast::Variable>* params) {
  std::vector<Elements> ways(1);
  for (const PhrasePart& part : parts) {
    const std::vector<Elements> tails = ways_of(part, params);
    std::vector<Elements> longer;
    for (const Elements& way : ways) {
      for (const Elements& tail : tails) {
        if (longer.size() >= ways_max) break;
        longer.push_back(way);
        longer.back().insert(longer.back().end(), tail.begin(), tail.end());
      }
    }
    ways = std::move(longer);
  }
  return ways;
}

}  // namespace

void UnitBuilder::add_phrases(const ast::Phrase& phrase, Index entry,
                              const std::vector<ast::Variable>* params, program::PhraseList& list) {
  for (Elements& way : ways_of(phrase.parts, params)) {
    drop_pictures(way);
    if (!way.empty()) list.push_back({std::move(way), entry});
  }
}

}  // namespace alur::dsl
