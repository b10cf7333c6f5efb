#include "adapters/registry/sample_registry.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/value/named_fields.hpp"
#include "engine/value/phrase.hpp"

namespace alur::adapters {

using value::Value;

namespace {

constexpr std::string_view source = "Daftar contoh";
constexpr std::array<std::string_view, 4> licensed_standings{"full", "restricted", "candidate",
                                                             "sandbox"};
constexpr std::array<std::string_view, 3> legal_forms{"pt", "tbk", "persero"};
// A word that so many names hold says nothing by itself.
constexpr std::size_t generic_names_min = 3;

template <class Take>
void for_each_part(std::string_view text, char separator, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

template <class Words>
bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

const value::Type* payload_type(const program::Service& service, std::string_view outcome) {
  for (const program::ServiceOutcome& declared : service.outcomes) {
    if (declared.name == outcome) return declared.payload.get();
  }
  return nullptr;
}

Value text_or_unset(std::string_view text) {
  return text.empty() ? Value() : Value(text);
}

Value date_or_unset(std::string_view text) {
  const auto date = value::parse_date(text);
  return date ? Value(*date) : Value();
}

}  // namespace

std::string compared_name(std::string_view name) {
  std::string out;
  for_each_part(value::normalised_phrase(name), ' ', [&](std::string_view word) {
    if (holds(legal_forms, word)) return;
    if (!out.empty()) out += ' ';
    out += word;
  });
  return out;
}

SampleRegistry::SampleRegistry(std::string_view registry_csv, std::string_view alerts_csv)
    : institutions_(parse_csv(registry_csv)), alerts_(parse_csv(alerts_csv)) {
  index(institutions_, &Entry::institution);
  index(alerts_, &Entry::alert);
}

// Of two rows with one name the first counts.
void SampleRegistry::index(const CsvTable& table, std::size_t Entry::* row) {
  const auto keep = [&](Entry& entry, std::size_t i) {
    if (entry.*row == no_row) entry.*row = i;
  };
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::string_view name = table.cell(i, "name");
    keep(by_key_[std::string(table.cell(i, "key"))], i);
    keep(by_name_[compared_name(name)], i);
    for_each_part(table.cell(i, "aliases"), '|',
                  [&](std::string_view alias) { keep(by_name_[compared_name(alias)], i); });
    std::set<std::string> words;
    for_each_part(compared_name(name), ' ', [&](std::string_view word) {
      if (words.emplace(word).second) ++word_counts_[std::string(word)];
    });
  }
}

RegistryAnswer SampleRegistry::lookup(const program::Service& service, std::string_view name,
                                      value::Date today) const {
  const std::string compared = compared_name(name);
  const auto found = by_name_.find(compared);
  if (found != by_name_.end()) return answer(service, found->second, today);
  if (is_too_generic(compared)) return {"too_generic", {}};
  return answer(service, {}, today);
}

RegistryAnswer SampleRegistry::confirm(const program::Service& service, std::string_view key,
                                       value::Date today) const {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return answer(service, {}, today);
  // The other list may know the same name under a key of its own.
  const Entry& entry = found->second;
  const bool institution = entry.institution != no_row;
  const CsvTable& table = institution ? institutions_ : alerts_;
  const std::string_view name = table.cell(institution ? entry.institution : entry.alert, "name");
  return answer(service, by_name_.find(compared_name(name))->second, today);
}

RegistryAnswer SampleRegistry::answer(const program::Service& service, const Entry& entry,
                                      value::Date today) const {
  const auto of = [&](std::string_view outcome, const CsvTable& table, std::size_t row) {
    return RegistryAnswer{std::string(outcome), fields(service, outcome, table, row, today)};
  };
  const bool alert = entry.alert != no_row;
  if (entry.institution == no_row) {
    return alert ? of("alert", alerts_, entry.alert) : of("not_found", alerts_, no_row);
  }
  const bool licensed =
      holds(licensed_standings, institutions_.cell(entry.institution, "standing"));
  if (licensed) return of(alert ? "both" : "licensed", institutions_, entry.institution);
  return alert ? of("alert", alerts_, entry.alert) : of("former", institutions_, entry.institution);
}

Value SampleRegistry::fields(const program::Service& service, std::string_view outcome,
                             const CsvTable& table, std::size_t row, value::Date today) const {
  const value::Type* type = payload_type(service, outcome);
  if (!type) return {};
  std::vector<value::NamedField> fields{
      {"stale", Value(false)}, {"as_of", Value(today)}, {"source", Value(source)}};
  if (row != no_row) {
    const auto cell = [&](std::string_view column) { return table.cell(row, column); };
    for (const std::string_view name : {"key", "name", "category", "licence", "note"}) {
      fields.push_back({name, text_or_unset(cell(name))});
    }
    fields.push_back({"standing", Value::choice(cell("standing"))});
    fields.push_back({"date", date_or_unset(cell("date"))});
  }
  return value::record_of(*type, fields);
}

bool SampleRegistry::is_too_generic(const std::string& name) const {
  const auto word = word_counts_.find(name);
  return name.empty() || (word != word_counts_.end() && word->second >= generic_names_min);
}

}  // namespace alur::adapters
