#include "adapters/registry/csv.hpp"

namespace alur::adapters {
namespace {

class CsvScan {
 public:
  explicit CsvScan(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }

  std::vector<std::string> take_row() {
    std::vector<std::string> row;
    do {
      row.push_back(take_field());
    } while (take(','));
    take('\r');
    take('\n');
    return row;
  }

 private:
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string take_field() {
    std::string field;
    if (take('"')) field = take_quoted();
    while (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      field += text_[at_++];
    }
    return field;
  }

  // After the opening quote, up to and with the closing one.
  std::string take_quoted() {
    std::string field;
    for (; !at_end(); ++at_) {
      const bool quote = text_[at_] == '"';
      const bool doubled = quote && at_ + 1 < text_.size() && text_[at_ + 1] == '"';
      if (quote && !doubled) {
        ++at_;
        break;
      }
      if (doubled) ++at_;
      field += text_[at_];
    }
    return field;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view CsvTable::cell(std::size_t row, std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == column) return rows[row][i];
  }
  return {};
}

CsvTable parse_csv(std::string_view text) {
  CsvTable table;
  CsvScan scan(text);
  if (!scan.at_end()) table.columns = scan.take_row();
  while (!scan.at_end()) {
    std::vector<std::string> row = scan.take_row();
    if (row.size() == 1 && row.front().empty()) continue;
    row.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace alur::adapters
