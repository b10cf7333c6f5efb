#include "adapters/registry/record_table.hpp"

#include <algorithm>

namespace alur::registry {
namespace {

constexpr char cell_end = '\x1f';

struct ColumnRow {
  std::string_view name;
  bool licensed;
  bool alert;
  bool several;
};

constexpr std::array columns{
#define COLUMN(name, licensed, alert, several) ColumnRow{#name, licensed, alert, several},
#include "adapters/registry/column.def"
#undef COLUMN
};
static_assert(columns.size() == column_count);

}  // namespace

std::string_view to_text(ListKind kind) {
  return kind == ListKind::licensed ? "licensed" : "alert";
}

std::string_view to_text(Column column) {
  return columns.at(static_cast<std::size_t>(column)).name;
}

std::optional<Column> parse_column(std::string_view name) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<Column>(i);
  }
  return std::nullopt;
}

bool has_column(ListKind kind, Column column) {
  const ColumnRow& row = columns.at(static_cast<std::size_t>(column));
  return kind == ListKind::licensed ? row.licensed : row.alert;
}

bool holds_several(Column column) {
  return columns.at(static_cast<std::size_t>(column)).several;
}

void RecordTable::add(const Cells& cells) {
  begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  for (const std::string_view cell : cells) {
    for (const char c : cell) {
      bytes_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    bytes_ += cell_end;
  }
}

void RecordTable::reserve(std::size_t rows, std::size_t bytes) {
  begins_.reserve(rows);
  bytes_.reserve(bytes + rows * column_count);
}

std::string_view RecordTable::bytes_of(Row row) const {
  const std::size_t begin = begins_.at(row);
  const std::size_t end = row + 1 < begins_.size() ? begins_[row + 1] : bytes_.size();
  return std::string_view(bytes_).substr(begin, end - begin);
}

std::string_view RecordTable::cell(Row row, Column column) const {
  std::string_view rest = bytes_of(row);
  for (std::size_t i = 0; i < static_cast<std::size_t>(column); ++i) {
    rest.remove_prefix(rest.find(cell_end) + 1);
  }
  return rest.substr(0, rest.find(cell_end));
}

Cells RecordTable::cells(Row row) const {
  Cells all;
  std::string_view rest = bytes_of(row);
  for (std::string_view& cell : all) {
    const std::size_t end = rest.find(cell_end);
    cell = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  return all;
}

value::Date RecordTable::date(Row row, Column column, value::Date otherwise) const {
  return value::parse_date(cell(row, column)).value_or(otherwise);
}

Standing RecordTable::standing(Row row) const {
  return parse_standing(cell(row, Column::standing)).value_or(Standing::restricted);
}

std::string_view RecordTable::name(Row row, std::size_t number) const {
  std::string_view found;
  std::size_t at = 0;
  for_each_name(row, [&](std::string_view name, NameRole) {
    if (at++ == number) found = name;
  });
  return found;
}

}  // namespace alur::registry
