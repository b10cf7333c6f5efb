// Comma-separated values with a line of column names, as the sample lists are kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace alur::adapters {

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`

  // Empty where there is no such column.
  std::string_view cell(std::size_t row, std::string_view column) const;
};

// A field in double quotes may hold commas, line breaks and doubled quotes. Never fails: what is
// missing is empty, what is too many is left out, blank lines are skipped.
CsvTable parse_csv(std::string_view text);

}  // namespace alur::adapters
