// PhraseTable: which entry a citizen's words name. Phrases come with their alternatives written
// out, as normalised words and captures; a phrase without captures is one look-up in a hash order,
// one with captures is tried only when its first word occurs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace alur::program {

struct StringRef {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
};

// A normalised word (capture is false), or a capture of one or more words for a parameter.
struct PhraseElement {
  bool capture = false;
  std::string word;
  std::uint32_t slot = 0;
  bool operator==(const PhraseElement&) const = default;
};

// One way to say it.
struct PlainPhrase {
  std::vector<PhraseElement> elements;
  std::uint32_t entry = 0;
  bool operator==(const PlainPhrase&) const = default;
};
using PhraseList = std::vector<PlainPhrase>;

// The 64-bit hash of the exact table; of a normalised phrase or word.
constexpr std::uint64_t phrase_hash(std::string_view phrase) {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  for (const char c : phrase) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  }
  return hash;
}

class PhraseTable {
 public:
  struct Exact {
    std::uint64_t hash = 0;
    StringRef phrase;
    std::uint32_t entry = 0;
  };
  struct Element {
    bool capture = false;
    StringRef word;
    std::uint32_t slot = 0;
  };
  struct Pattern {
    std::uint64_t first_word = 0;  // hash of its first literal word
    std::uint32_t begin = 0;       // of the elements
    std::uint32_t end = 0;
    std::uint32_t entry = 0;
  };

  PhraseTable() = default;
  // Of several ways to say the same thing the first in the list wins.
  explicit PhraseTable(const PhraseList& phrases);

  bool empty() const { return exact_.empty() && patterns_.empty(); }
  bool has_patterns() const { return !patterns_.empty(); }
  // The entry of a phrase without captures.
  std::optional<std::uint32_t> find(std::string_view normalised) const;
  // The patterns whose first word this is, in the list's order.
  std::span<const Pattern> patterns_with(std::string_view word) const;

  std::span<const Exact> exact() const { return exact_; }
  std::span<const Pattern> patterns() const { return patterns_; }
  std::span<const Element> elements(const Pattern& pattern) const {
    return std::span(elements_).subspan(pattern.begin, pattern.end - pattern.begin);
  }
  std::string_view string(StringRef ref) const {
    return std::string_view(strings_).substr(ref.begin, ref.size);
  }
  // As it was given to the constructor, for dumps.
  PhraseList phrases() const;

  // Its tables as they are kept, for compiled bytes; whoever makes one of them asks whether they
  // are well formed before anything else.
  struct Tables {
    std::vector<Exact> exact;
    std::vector<Pattern> patterns;
    std::vector<Element> elements;
    std::string strings;
  };
  static PhraseTable from_tables(Tables tables);
  std::span<const Element> elements() const { return elements_; }
  std::string_view strings() const { return strings_; }
  // Whether every reference is within its table, and every table in its order.
  bool is_well_formed() const;

 private:
  StringRef keep(std::string_view text);

  std::vector<Exact> exact_;       // by hash
  std::vector<Pattern> patterns_;  // by first word
  std::vector<Element> elements_;
  std::string strings_;
};

}  // namespace alur::program
