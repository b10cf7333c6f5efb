#include "adapters/registry/name_table.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "adapters/registry/exact_form.hpp"
#include "adapters/registry/search_form.hpp"

namespace alur::registry {
namespace {

constexpr std::uint32_t alert_bit = 0x8000'0000;
constexpr std::size_t same_names_max = 64;
constexpr std::size_t numbers_max = 255;
// Of a word of fewer than one in so many names it is not kept in how many.
constexpr std::size_t rare_share = 20'000;
constexpr std::uint32_t counted_min = 3;
// A word of so many names, and of such a share of all, says nothing alone.
constexpr std::uint32_t common_names_min = 8;
constexpr std::size_t common_share = 150;
constexpr float common_rarity = 0.1f;

}  // namespace

NameTable::NameTable(const RecordTable& licensed, const RecordTable& alerts,
                     const Vocabulary& vocabulary)
    : licensed_(&licensed), alerts_(&alerts), vocabulary_(&vocabulary) {
  begins_.push_back(0);
  add_list(ListKind::licensed);
  add_list(ListKind::alert);
  for (auto* vector : {&refs_, &begins_}) vector->shrink_to_fit();
  numbers_.shrink_to_fit();
  forms_.shrink_to_fit();
  exact_.reserve(size());
  std::string form;
  for (NameId id = 0; id < size(); ++id) {
    make_exact_form(text(id), form);
    if (!form.empty()) exact_.insert(hash_of(form), id);
  }
  grams_.build([this](const auto& take) {
    for (NameId id = 0; id < size(); ++id) take(id, search_form(id));
  });
  count_words();
}

const RecordTable& NameTable::list(ListKind kind) const {
  return kind == ListKind::licensed ? *licensed_ : *alerts_;
}

void NameTable::add_list(ListKind kind) {
  const RecordTable& table = list(kind);
  std::string form;
  for (Row row = 0; row < table.size(); ++row) {
    std::size_t number = 0;
    table.for_each_name(row, [&](std::string_view name, NameRole) {
      if (number > numbers_max || size() >= GramIndex::names_max - 2) return;
      make_search_form(name, form);
      forms_ += form;
      begins_.push_back(static_cast<std::uint32_t>(forms_.size()));
      refs_.push_back(row | (kind == ListKind::alert ? alert_bit : 0));
      numbers_.push_back(static_cast<std::uint8_t>(number++));
    });
  }
}

void NameTable::count_words() {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (NameId id = 0; id < size(); ++id) {
    std::string_view before;
    for_each_word(search_form(id), [&](std::string_view word) {
      if (word != before) ++counts[hash_of(word)];
      before = word;
    });
  }
  const auto frequent_min =
      std::max<std::uint32_t>(counted_min, static_cast<std::uint32_t>(size() / rare_share));
  std::erase_if(counts, [&](const auto& entry) { return entry.second < frequent_min; });
  for (const std::string_view word : vocabulary_->common_words())
    counts.try_emplace(hash_of(word), 1);
  words_.assign(std::bit_ceil(counts.size() + counts.size() / 4 + 2), {});
  const double all = std::log(1.0 + static_cast<double>(size()));
  for (const auto& [hash, count] : counts) {
    const double with = std::log(1.0 + static_cast<double>(count));
    slot_of(hash) = {static_cast<std::uint32_t>(hash >> 32), count,
                     static_cast<float>(std::clamp(1.1 - with / all, 0.15, 1.0))};
  }
  for (const std::string_view word : vocabulary_->common_words()) {
    slot_of(hash_of(word)).rarity = common_rarity;
  }
}

NameTable::WordCount& NameTable::slot_of(std::uint64_t hash) {
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  std::size_t at = hash & (words_.size() - 1);
  while (words_[at].names != 0 && words_[at].tag != tag) at = (at + 1) & (words_.size() - 1);
  return words_[at];
}

const NameTable::WordCount* NameTable::find_word(std::string_view word) const {
  const std::uint64_t hash = hash_of(word);
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  for (std::size_t at = hash & (words_.size() - 1); words_[at].names != 0;
       at = (at + 1) & (words_.size() - 1)) {
    if (words_[at].tag == tag) return &words_[at];
  }
  return nullptr;
}

NameRef NameTable::ref(NameId id) const {
  const std::uint32_t packed = refs_.at(id);
  const bool alert = (packed & alert_bit) != 0;
  return {{alert ? ListKind::alert : ListKind::licensed, packed & ~alert_bit}, numbers_[id]};
}

std::string_view NameTable::text(NameId id) const {
  const NameRef name = ref(id);
  return list(name.record.list).name(name.record.row, name.number);
}

std::string_view NameTable::search_form(NameId id) const {
  return std::string_view(forms_).substr(begins_[id], begins_[id + 1] - begins_[id]);
}

NameRole NameTable::role(NameId id) const {
  const NameRef name = ref(id);
  NameRole found = NameRole::legal;
  std::size_t at = 0;
  list(name.record.list).for_each_name(name.record.row, [&](std::string_view, NameRole role) {
    if (at++ == name.number) found = role;
  });
  return found;
}

std::vector<NameId> NameTable::with_exact_form(std::string_view exact_form) const {
  std::vector<NameId> found;
  if (exact_form.empty()) return found;
  std::string form;
  exact_.find(hash_of(exact_form), [&](NameId id) {
    make_exact_form(text(id), form);
    if (form == exact_form) found.push_back(id);
    return found.size() == same_names_max;
  });
  return found;
}

std::uint32_t NameTable::names_with(std::string_view word) const {
  const WordCount* found = find_word(word);
  return found ? found->names : 1;
}

double NameTable::rarity(std::string_view word) const {
  const WordCount* found = find_word(word);
  return found ? static_cast<double>(found->rarity) : 1.0;
}

bool NameTable::is_common(std::string_view word) const {
  if (vocabulary_->is_generic(word)) return true;
  const std::uint32_t names = names_with(word);
  return names >= common_names_min && names >= size() / common_share;
}

std::size_t NameTable::bytes() const {
  return refs_.size() * sizeof refs_[0] + numbers_.size() + forms_.size() +
         begins_.size() * sizeof begins_[0] + exact_.bytes() + grams_.bytes() +
         words_.size() * sizeof words_[0];
}

}  // namespace alur::registry
