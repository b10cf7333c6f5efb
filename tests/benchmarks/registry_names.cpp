#include "tests/benchmarks/registry_names.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "adapters/registry/delimited.hpp"
#include "adapters/registry/list_folder.hpp"
#include "tests/adapters/registry/adversary.hpp"

namespace alur::benchmarks {
namespace {

constexpr std::array<std::string_view, 40> common{
    "bank",   "bpr",      "artha",     "dana",    "mandiri",   "sejahtera", "mitra",  "indonesia",
    "jaya",   "utama",    "prima",     "makmur",  "nusantara", "sentosa",   "abadi",  "karya",
    "surya",  "bumi",     "kencana",   "lestari", "usaha",     "capital",   "multi",  "sekuritas",
    "mulia",  "asuransi", "syariah",   "finance", "teknologi", "digital",   "kredit", "pinjam",
    "rupiah", "modal",    "investama", "global",  "bersama",   "central",   "pasar",  "rakyat"};
constexpr std::array<std::string_view, 24> syllables{
    "ba", "cen", "da", "ga", "gan", "ka", "ki", "la", "lo", "ma", "mu", "na",
    "ni", "pa",  "ra", "ri", "ro",  "sa", "si", "ta", "tu", "wa", "ya", "yo"};

std::string rare_word(std::mt19937_64& random) {
  std::string word;
  for (std::uint64_t i = 0, count = 2 + random() % 3; i < count; ++i) {
    word += syllables.at(random() % syllables.size());
  }
  return word;
}

std::string made_up(std::mt19937_64& random) {
  std::string name;
  for (std::uint64_t i = 0, count = 1 + random() % 3; i < count; ++i) {
    if (i > 0) name += ' ';
    // The first few of the common words are most of them.
    const std::size_t which = random() % common.size() * (random() % common.size()) / common.size();
    name += random() % 2 == 0 ? std::string(common.at(which)) : rare_word(random);
  }
  return name + " " + rare_word(random);
}

}  // namespace

std::vector<std::string> benchmark_names(const std::string& what) {
  std::vector<std::string> names;
  std::set<std::string> known;
  const auto keep = [&](std::string name) {
    if (known.insert(tests::plain_identity(name)).second) names.push_back(std::move(name));
  };
  if (what.find_first_not_of("0123456789") == std::string::npos) {
    std::mt19937_64 random(157);
    while (names.size() < std::stoul(what)) keep(made_up(random));
    return names;
  }
  const std::string text = registry::read_whole(what).value_or("");
  registry::DelimitedReader reader(text, ',');
  registry::DelimitedRow row;
  reader.next(row);
  while (reader.next(row)) keep(row.cells.front());
  return names;
}

std::vector<MistypedName> mistyped_names(const std::vector<std::string>& names, std::size_t count,
                                         int errors) {
  tests::Adversary adversary({}, 42);
  std::mt19937_64 random(42);
  std::set<std::string> known;
  for (const std::string& name : names) known.insert(tests::plain_identity(name));
  std::vector<MistypedName> queries;
  while (queries.size() < count) {
    const std::size_t name = random() % names.size();
    std::string text = adversary.mistyped(names[name], errors);
    if (!known.contains(tests::plain_identity(text))) queries.push_back({std::move(text), name});
  }
  return queries;
}

}  // namespace alur::benchmarks
