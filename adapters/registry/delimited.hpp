// Reads and writes tables of text cells parted by commas or tabs (RFC 4180), strictly: what is not
// well formed is told with its line and does not spoil the rows after it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace alur::registry {

struct DelimitedRow {
  std::uint32_t line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
  std::string fault;  // why it is no good row; empty when it is
};

class DelimitedReader {
 public:
  static constexpr std::size_t cell_bytes_max = 8'192;
  static constexpr std::size_t cells_max = 256;

  // A byte order mark at the beginning is left out. `text` must outlive the reader.
  DelimitedReader(std::string_view text, char delimiter);

  // The next row that is not blank; false at the end.
  bool next(DelimitedRow& row);

 private:
  bool at_delimiter() const { return at_ < text_.size() && text_[at_] == delimiter_; }
  bool take_line_end();
  // Each says what is wrong with the cell; nothing when it is good.
  std::string_view take_cell(std::string& cell);
  std::string_view take_plain(std::string& cell);
  std::string_view take_quoted(std::string& cell);
  // A bad row ends with its first line, so that an open quote takes no other row with it.
  void fail(DelimitedRow& row, std::size_t row_begin, std::string_view fault);

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

// One cell, quoted where it must be.
void append_cell(std::string_view cell, char delimiter, std::string& out);

}  // namespace alur::registry
