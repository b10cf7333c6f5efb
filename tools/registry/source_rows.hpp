// The rows of a file that is to be imported, whatever its format: CSV, TSV or JSON, by the ending
// of its name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tools/registry/column_map.hpp"

namespace alur::tools {

struct SourceRow {
  std::uint32_t line = 0;  // of a JSON file: which item, from 1
  std::array<std::string, registry::column_count> cells;
  std::string fault;  // why it cannot be read

  std::string& at(registry::Column column) { return cells[static_cast<std::size_t>(column)]; }
};

enum class SourceFormat : std::uint8_t { csv, tsv, json };
SourceFormat format_of(std::string_view path);

// Calls `take` for each row in order. False, and why in `error`, when the whole cannot be read.
bool for_each_row(std::string_view text, SourceFormat format, const ColumnMap& map,
                  const std::function<void(SourceRow&)>& take, std::string& error);

// The same for a JSON list of objects, or an object that holds one.
bool for_each_json_row(std::string_view text, const ColumnMap& map,
                       const std::function<void(SourceRow&)>& take, std::string& error);

}  // namespace alur::tools
