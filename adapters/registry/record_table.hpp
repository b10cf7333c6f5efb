// RecordTable: the rows of one list as they were imported, packed into one text. What a row's cells
// mean is column.def's; which rows are good is the reader's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry/standing.hpp"
#include "engine/value/civil_time.hpp"

namespace alur::registry {

enum class ListKind : std::uint8_t { licensed, alert };
std::string_view to_text(ListKind kind);

enum class Column : std::uint8_t {
#define COLUMN(name, licensed, alert, several) name,
#include "adapters/registry/column.def"
#undef COLUMN
};
inline constexpr std::size_t column_count = static_cast<std::size_t>(Column::note) + 1;

std::string_view to_text(Column column);
std::optional<Column> parse_column(std::string_view name);
bool has_column(ListKind kind, Column column);
bool holds_several(Column column);

using Row = std::uint32_t;
using Cells = std::array<std::string_view, column_count>;

// What a name is to its record.
enum class NameRole : std::uint8_t { legal, brand, alias, former };

class RecordTable {
 public:
  // Characters below U+0020 become blanks.
  void add(const Cells& cells);
  void reserve(std::size_t rows, std::size_t bytes);

  std::size_t size() const { return begins_.size(); }
  std::string_view cell(Row row, Column column) const;
  Cells cells(Row row) const;
  value::Date date(Row row, Column column, value::Date otherwise) const;
  Standing standing(Row row) const;

  // Calls `take(name, role)` for each name of the row: the legal one first, none of them empty.
  template <class Take>
  void for_each_name(Row row, const Take& take) const;
  // The name with that number in the order above.
  std::string_view name(Row row, std::size_t number) const;

 private:
  std::string_view bytes_of(Row row) const;

  std::string bytes_;  // cells, each ended by `cell_end`
  std::vector<std::uint32_t> begins_;
};

// The parts of a cell that holds several, none of them empty.
template <class Take>
void for_each_part(std::string_view cell, const Take& take) {
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find('|'), cell.size());
    if (end > 0) take(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
}

template <class Take>
void RecordTable::for_each_name(Row row, const Take& take) const {
  const Cells all = cells(row);
  const auto at = [&](Column column) { return all[static_cast<std::size_t>(column)]; };
  if (!at(Column::name).empty()) take(at(Column::name), NameRole::legal);
  for_each_part(at(Column::brands), [&](std::string_view name) { take(name, NameRole::brand); });
  for_each_part(at(Column::aliases), [&](std::string_view name) { take(name, NameRole::alias); });
  for_each_part(at(Column::former_names),
                [&](std::string_view name) { take(name, NameRole::former); });
}

}  // namespace alur::registry
