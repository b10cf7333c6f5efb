#include "tools/registry/source_rows.hpp"

#include "adapters/registry/delimited.hpp"

namespace alur::tools {

using registry::Column;

namespace {

std::string_view trimmed(std::string_view cell) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = std::min(cell.find_first_not_of(blanks), cell.size());
  cell.remove_prefix(begin);
  return cell.substr(0, cell.find_last_not_of(blanks) + 1);
}

// Columns that the mapping names and the file lacks; empty when none.
std::string missing(const ColumnMap& map, const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& wanted : map.wanted()) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    out += (out.empty() ? "" : ", ") + wanted;
  }
  return out;
}

bool has_name(const std::vector<std::optional<Column>>& columns) {
  return std::find(columns.begin(), columns.end(), Column::name) != columns.end();
}

}  // namespace

SourceFormat format_of(std::string_view path) {
  if (path.ends_with(".json")) return SourceFormat::json;
  return path.ends_with(".tsv") ? SourceFormat::tsv : SourceFormat::csv;
}

bool for_each_row(std::string_view text, SourceFormat format, const ColumnMap& map,
                  const std::function<void(SourceRow&)>& take, std::string& error) {
  if (format == SourceFormat::json) return for_each_json_row(text, map, take, error);
  registry::DelimitedReader reader(text, format == SourceFormat::tsv ? '\t' : ',');
  registry::DelimitedRow raw;
  if (!reader.next(raw) || !raw.fault.empty()) {
    error = raw.fault.empty() ? "it is empty" : "line 1: " + raw.fault;
    return false;
  }
  const std::vector<std::string> names = raw.cells;
  if (const std::string lacking = missing(map, names); !lacking.empty()) {
    error = "it has no column " + lacking;
    return false;
  }
  const auto columns = map.columns(names);
  if (!has_name(columns)) {
    error = "none of its columns is the name; say which in a mapping (--columns)";
    return false;
  }
  SourceRow row;
  while (reader.next(raw)) {
    row.line = raw.line;
    row.fault = raw.fault;
    if (row.fault.empty() && raw.cells.size() > columns.size()) {
      row.fault = "it has " + std::to_string(raw.cells.size()) + " cells, and there are " +
                  std::to_string(columns.size()) + " columns";
    }
    for (std::string& cell : row.cells) cell.clear();
    for (std::size_t i = 0; i < std::min(columns.size(), raw.cells.size()); ++i) {
      if (columns[i]) row.at(*columns[i]) = map.meaning(*columns[i], trimmed(raw.cells[i]));
    }
    take(row);
  }
  return true;
}

}  // namespace alur::tools
