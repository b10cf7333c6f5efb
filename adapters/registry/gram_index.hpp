// GramIndex: which names share most pieces of three letters with a query (of two letters too, for
// short names). Recall first: an exact scorer looks at what comes out of here.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace alur::registry {

using NameId = std::uint32_t;

class GramIndex {
 public:
  static constexpr std::size_t short_name_max = 8;  // letters
  static constexpr std::size_t lists_max = 128;     // that a query looks at
  static constexpr NameId names_max = 1u << 24;

  // Counts first, then fills: `each(take)` calls `take(id, search_form)` for every name, ids from 0
  // on, the same both times.
  template <class Each>
  void build(const Each& each);

  // Appends the ids of at most `wanted` names that share the most with the search form, best first.
  // Equally good ones come in the order of their ids.
  void find(std::string_view search_form, std::size_t wanted, std::vector<NameId>& out) const;

  std::size_t bytes() const;

 private:
  using Gram = std::uint32_t;

  struct List {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t size() const { return end - begin; }
  };
  using Lists = std::array<List, lists_max>;

  void begin_build();
  void count(NameId id, std::string_view search_form);
  void begin_fill();
  void fill(NameId id, std::string_view search_form);
  std::uint32_t slot_of(Gram gram) const;
  // The rarest of the query's lists, and how many of them.
  std::size_t choose_lists(std::string_view search_form, Lists& lists) const;
  NameId posting(std::size_t at) const;
  // It is just too long to be kept by its pieces of two letters: what it shares with a query that
  // is looked for by those too counts double.
  bool lacks_pairs(NameId id) const;

  NameId names_ = 0;
  std::vector<std::uint64_t> present_;   // a bit a gram
  std::vector<std::uint32_t> rank_;      // grams present before each word of `present_`
  std::vector<std::uint32_t> begins_;    // of each present gram's list; one more at the end
  std::vector<unsigned char> postings_;  // three bytes an id, ascending in a list
  std::vector<std::uint8_t> lengths_;    // letters of each name
  std::vector<std::uint32_t> counting_;  // while it is built: by gram
  std::vector<std::uint32_t> filled_;
};

template <class Each>
void GramIndex::build(const Each& each) {
  begin_build();
  each([&](NameId id, std::string_view search_form) { count(id, search_form); });
  begin_fill();
  each([&](NameId id, std::string_view search_form) { fill(id, search_form); });
  counting_ = {};
  filled_ = {};
}

}  // namespace alur::registry
