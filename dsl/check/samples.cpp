#include "dsl/check/samples.hpp"

#include <algorithm>
#include <utility>

#include "engine/value/phrase.hpp"
#include "engine/value/text.hpp"

namespace alur::dsl {
namespace {

// The cells of a line; a cell in double quotes may hold commas.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::size_t column(const std::vector<std::string>& heads, std::string_view name) {
  return static_cast<std::size_t>(std::find(heads.begin(), heads.end(), name) - heads.begin());
}

void add_names(std::string_view cell, const std::string& place, std::vector<SampleName>& names) {
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find('|'), cell.size());
    const std::string_view name = value::trimmed(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
    std::string normalised = value::normalised_phrase(name);
    if (normalised.empty() || names.size() >= sample_names_max) continue;
    const std::uint32_t letters = letters_of(normalised);
    names.push_back({std::string(name), std::move(normalised), place, letters});
  }
}

}  // namespace

std::uint32_t letters_of(std::string_view words) {
  std::uint32_t letters = 0;
  for (const char c : words) letters |= 1u << (static_cast<unsigned char>(c) & 31u);
  return letters;
}

void read_samples(std::string_view path, std::string_view csv, std::vector<SampleName>& names) {
  if (!value::is_valid_utf8(csv)) return;
  std::vector<std::string> heads;
  for (std::size_t number = 1; !csv.empty(); ++number) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    const std::vector<std::string> cells = cells_of(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (number == 1) {
      heads = cells;
      if (column(heads, "name") == heads.size()) return;
      continue;
    }
    const std::string place = std::string(path) + " line " + std::to_string(number);
    for (const std::string_view head : {"name", "aliases"}) {
      const std::size_t at = column(heads, head);
      if (at < cells.size() && at < heads.size()) add_names(cells[at], place, names);
    }
  }
}

}  // namespace alur::dsl
