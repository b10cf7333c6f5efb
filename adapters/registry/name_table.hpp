// NameTable: every name of both lists, found by its exact form, by pieces of it, and counted by its
// words. Built once from two lists, then immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/gram_index.hpp"
#include "adapters/registry/hashed_ids.hpp"
#include "adapters/registry/record_table.hpp"
#include "adapters/registry/vocabulary.hpp"

namespace alur::registry {

struct RecordRef {
  ListKind list = ListKind::licensed;
  Row row = 0;
  bool operator==(const RecordRef&) const = default;
};

// One of the names of a record.
struct NameRef {
  RecordRef record;
  std::uint8_t number = 0;  // as RecordTable::name counts them
};

class NameTable {
 public:
  NameTable(const RecordTable& licensed, const RecordTable& alerts, const Vocabulary& vocabulary);

  std::size_t size() const { return refs_.size(); }
  NameRef ref(NameId id) const;
  std::string_view text(NameId id) const;         // as listed
  std::string_view search_form(NameId id) const;  // in words
  NameRole role(NameId id) const;

  // The names whose exact form this is, at most 64.
  std::vector<NameId> with_exact_form(std::string_view exact_form) const;
  const GramIndex& grams() const { return grams_; }

  // How many names hold a word; 1 for a word of fewer than three.
  std::uint32_t names_with(std::string_view word) const;
  // How much it says that a name holds this word: near 0 for *dana*, 1 for a word of one name.
  double rarity(std::string_view word) const;
  // Whether so many names hold it that alone it says nothing.
  bool is_common(std::string_view word) const;

  std::size_t bytes() const;

 private:
  struct WordCount {
    std::uint32_t tag = 0;    // the upper half of the word's hash
    std::uint32_t names = 0;  // none: an empty slot
    float rarity = 1;
  };
  WordCount& slot_of(std::uint64_t hash);
  const WordCount* find_word(std::string_view word) const;

  const RecordTable& list(ListKind kind) const;
  void add_list(ListKind kind);
  void count_words();

  const RecordTable* licensed_;
  const RecordTable* alerts_;
  const Vocabulary* vocabulary_;
  std::vector<std::uint32_t> refs_;
  std::vector<std::uint8_t> numbers_;
  std::string forms_;                  // search forms, one after the other
  std::vector<std::uint32_t> begins_;  // of each; one more at the end
  HashedIds exact_;
  GramIndex grams_;
  std::vector<WordCount> words_;  // by hash, open addressing
};

}  // namespace alur::registry
