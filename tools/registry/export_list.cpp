#include "tools/registry/export_list.hpp"

#include <boost/json.hpp>

#include "adapters/registry/delimited.hpp"
#include "adapters/registry/list_folder.hpp"

namespace alur::tools {

namespace json = boost::json;

using registry::Column;

namespace {

json::value cell_value(Column column, std::string_view cell) {
  if (!holds_several(column)) return json::value(cell);
  json::array parts;
  registry::for_each_part(cell, [&](std::string_view part) { parts.push_back(json::value(part)); });
  return parts;
}

std::string to_json(const registry::RecordTable& table, registry::ListKind kind) {
  std::string out = "[\n";
  for (registry::Row row = 0; row < table.size(); ++row) {
    json::object object;
    const registry::Cells cells = table.cells(row);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto column = static_cast<Column>(i);
      if (!has_column(kind, column) || cells[i].empty()) continue;
      object[to_text(column)] = cell_value(column, cells[i]);
    }
    out += (row > 0 ? ",\n" : "") + json::serialize(object);
  }
  return out + "\n]\n";
}

std::string to_tsv(const registry::RecordTable& table, registry::ListKind kind) {
  std::string out;
  const std::string csv = registry::to_csv(kind, table);
  registry::DelimitedReader reader(csv, ',');
  registry::DelimitedRow row;
  while (reader.next(row)) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (i > 0) out += '\t';
      registry::append_cell(row.cells[i], '\t', out);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::string export_list(const registry::RecordTable& table, registry::ListKind kind,
                        SourceFormat format) {
  if (format == SourceFormat::json) return to_json(table, kind);
  return format == SourceFormat::tsv ? to_tsv(table, kind) : registry::to_csv(kind, table);
}

}  // namespace alur::tools
