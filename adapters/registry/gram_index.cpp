#include "adapters/registry/gram_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdlib>
#include <cstring>

namespace alur::registry {
namespace {

// Letters, digits, an edge, and three classes for all other letters.
constexpr std::uint32_t alphabet = 40;
constexpr std::uint32_t edge = 36;
constexpr std::uint32_t trigrams = alphabet * alphabet * alphabet;
constexpr std::uint32_t grams = trigrams + alphabet * alphabet;
constexpr std::size_t letters_max = 120;
constexpr std::size_t posting_bytes = 3;

// How many ids a query may walk through, whatever it asks: rarest lists first, and these many at
// least, since the rarest few alone would lose a name with two typing errors.
constexpr std::size_t walked_min = 3'500;
constexpr std::size_t walked_share = 7;  // of the names
constexpr std::size_t lists_min = 6;
// A short query may be a name a little longer that lost a letter or two.
constexpr std::size_t longer_max = 2;

std::uint32_t letter_class(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 26);
  return 37 + byte % 3;
}

struct Grams {
  std::array<std::uint32_t, GramIndex::lists_max> all;
  std::size_t count = 0;

  void add(std::uint32_t gram) {
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(count);
    if (count < all.size() && std::find(all.begin(), end, gram) == end) all[count++] = gram;
  }
};

// Each once. Blanks do not count; the edges of the whole name do.
Grams grams_of(std::string_view search_form) {
  std::array<std::uint32_t, letters_max + 2> letters{};
  std::size_t count = 0;
  letters[count++] = edge;
  for (const char c : search_form) {
    if (c != ' ' && count <= letters_max) letters[count++] = letter_class(c);
  }
  letters[count++] = edge;
  Grams found;
  for (std::size_t i = 0; i + 2 < count; ++i) {
    found.add((letters[i] * alphabet + letters[i + 1]) * alphabet + letters[i + 2]);
  }
  if (count <= GramIndex::short_name_max + 2) {
    for (std::size_t i = 0; i + 1 < count; ++i) {
      found.add(trigrams + letters[i] * alphabet + letters[i + 1]);
    }
  }
  return found;
}

int letters_of(std::string_view search_form) {
  const auto blanks = std::count(search_form.begin(), search_form.end(), ' ');
  return static_cast<int>(
      std::min<std::size_t>(search_form.size() - static_cast<std::size_t>(blanks), 255));
}

struct Found {
  int shared;
  int length_difference;
  NameId id;

  bool operator<(const Found& other) const {
    if (shared != other.shared) return shared > other.shared;
    if (length_difference != other.length_difference) {
      return length_difference < other.length_difference;
    }
    return id < other.id;
  }
};

// Counts of one query, kept between queries so that a million zeros are not written each time: who
// uses it leaves it all zero.
std::vector<std::uint8_t>& counts_of_thread(NameId names) {
  thread_local std::vector<std::uint8_t> counts;
  if (counts.size() < names) counts.resize(names);
  return counts;
}

}  // namespace

void GramIndex::begin_build() {
  names_ = 0;
  counting_.assign(grams, 0);
}

void GramIndex::count(NameId id, std::string_view search_form) {
  assert(id < names_max);
  names_ = std::max(names_, id + 1);
  const Grams found = grams_of(search_form);
  for (std::size_t i = 0; i < found.count; ++i) ++counting_[found.all[i]];
}

void GramIndex::begin_fill() {
  present_.assign((grams + 63) / 64, 0);
  rank_.assign(present_.size(), 0);
  begins_.clear();
  std::uint32_t begin = 0;
  for (Gram gram = 0; gram < grams; ++gram) {
    if (gram % 64 == 0) rank_[gram / 64] = static_cast<std::uint32_t>(begins_.size());
    if (counting_[gram] == 0) continue;
    present_[gram / 64] |= std::uint64_t{1} << gram % 64;
    begins_.push_back(begin);
    begin += counting_[gram];
  }
  begins_.push_back(begin);
  begins_.shrink_to_fit();
  filled_.assign(begins_.begin(), begins_.end());
  // A posting is read as four bytes.
  postings_.assign(begin * posting_bytes + 1, 0);
  postings_.shrink_to_fit();
  lengths_.assign(names_, 0);
}

std::uint32_t GramIndex::slot_of(Gram gram) const {
  const std::uint64_t before = present_[gram / 64] & ((std::uint64_t{1} << gram % 64) - 1);
  return rank_[gram / 64] + static_cast<std::uint32_t>(std::popcount(before));
}

void GramIndex::fill(NameId id, std::string_view search_form) {
  lengths_[id] = static_cast<std::uint8_t>(letters_of(search_form));
  const Grams found = grams_of(search_form);
  for (std::size_t i = 0; i < found.count; ++i) {
    const std::uint32_t at = filled_[slot_of(found.all[i])]++;
    std::memcpy(postings_.data() + at * posting_bytes, &id, posting_bytes);
  }
}

NameId GramIndex::posting(std::size_t at) const {
  std::uint32_t id = 0;
  std::memcpy(&id, postings_.data() + at * posting_bytes, sizeof id);
  return id & (names_max - 1);
}

std::size_t GramIndex::choose_lists(std::string_view search_form, Lists& lists) const {
  const Grams asked = grams_of(search_form);
  std::size_t count = 0;
  for (std::size_t i = 0; i < asked.count && names_ > 0; ++i) {
    const Gram gram = asked.all[i];
    if ((present_[gram / 64] >> gram % 64 & 1) == 0) continue;
    const std::uint32_t slot = slot_of(gram);
    lists[count++] = {begins_[slot], begins_[slot + 1]};
  }
  std::sort(lists.begin(), lists.begin() + static_cast<std::ptrdiff_t>(count),
            [](const List& a, const List& b) { return a.size() < b.size(); });
  const std::size_t walked_max = std::max<std::size_t>(walked_min, names_ / walked_share);
  std::size_t walked = 0;
  std::size_t used = 0;
  while (used < count && (used < lists_min || walked + lists[used].size() <= walked_max)) {
    walked += lists[used++].size();
  }
  return used;
}

bool GramIndex::lacks_pairs(NameId id) const {
  return lengths_[id] > short_name_max && lengths_[id] <= short_name_max + longer_max;
}

void GramIndex::find(std::string_view search_form, std::size_t wanted,
                     std::vector<NameId>& out) const {
  Lists lists;
  const std::size_t used = choose_lists(search_form, lists);
  std::vector<std::uint8_t>& counts = counts_of_thread(names_);
  std::array<std::uint32_t, 256> reached{};  // how many names have reached each count
  for (std::size_t i = 0; i < used; ++i) {
    for (std::size_t at = lists[i].begin; at < lists[i].end; ++at) {
      ++reached[++counts[posting(at)]];
    }
  }
  // The least count that the best `wanted` names have.
  std::size_t least = used;
  while (least > 1 && reached[least] < wanted) --least;
  std::vector<Found> best;
  const int length = letters_of(search_form);
  const bool in_pairs = length <= static_cast<int>(short_name_max);
  for (std::size_t i = 0; i < used; ++i) {
    for (std::size_t at = lists[i].begin; at < lists[i].end; ++at) {
      const NameId id = posting(at);
      const std::size_t shared = in_pairs && lacks_pairs(id) ? 2u * counts[id] : counts[id];
      if (shared >= least) {
        best.push_back({static_cast<int>(shared), std::abs(lengths_[id] - length), id});
      }
      counts[id] = 0;
    }
  }
  const std::size_t kept = std::min(wanted, best.size());
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(kept), best.end());
  for (std::size_t i = 0; i < kept; ++i) out.push_back(best[i].id);
}

std::size_t GramIndex::bytes() const {
  return present_.size() * sizeof present_[0] + rank_.size() * sizeof rank_[0] +
         begins_.size() * sizeof begins_[0] + postings_.size() + lengths_.size();
}

}  // namespace alur::registry
