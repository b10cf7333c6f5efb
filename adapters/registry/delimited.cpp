#include "adapters/registry/delimited.hpp"

#include <algorithm>

namespace alur::registry {

DelimitedReader::DelimitedReader(std::string_view text, char delimiter)
    : text_(text), delimiter_(delimiter) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

bool DelimitedReader::next(DelimitedRow& row) {
  while (take_line_end()) {
  }
  if (at_ >= text_.size()) return false;
  const std::size_t row_begin = at_;
  row.line = line_;
  row.fault.clear();
  std::size_t count = 0;
  std::string_view fault;
  while (true) {
    if (row.cells.size() <= count) row.cells.emplace_back();
    fault = take_cell(row.cells[count++]);
    if (!fault.empty() || !at_delimiter()) break;
    if (count == cells_max) fault = "it has more than 256 cells";
    if (!fault.empty()) break;
    ++at_;
  }
  row.cells.resize(count);
  if (fault.empty() && at_ < text_.size() && !take_line_end()) {
    fault = "something follows a closing quote";
  }
  if (!fault.empty()) fail(row, row_begin, fault);
  return true;
}

bool DelimitedReader::take_line_end() {
  if (at_ < text_.size() && text_[at_] == '\r') {
    at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
  } else if (at_ < text_.size() && text_[at_] == '\n') {
    ++at_;
  } else {
    return false;
  }
  ++line_;
  return true;
}

std::string_view DelimitedReader::take_cell(std::string& cell) {
  cell.clear();
  const bool quoted = at_ < text_.size() && text_[at_] == '"';
  return quoted ? take_quoted(cell) : take_plain(cell);
}

std::string_view DelimitedReader::take_plain(std::string& cell) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' &&
         text_[at_] != '\r') {
    if (text_[at_] == '"') return "a cell with a quote in it has to stand in quotes";
    if (text_[at_] == '\0') return "there is a zero byte in it";
    ++at_;
  }
  if (at_ - begin > cell_bytes_max) return "a cell has more than 8192 bytes";
  cell.assign(text_.substr(begin, at_ - begin));
  return {};
}

std::string_view DelimitedReader::take_quoted(std::string& cell) {
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      ++at_;
      if (at_ == text_.size() || text_[at_] != '"') return {};
    }
    if (c == '\0') return "there is a zero byte in it";
    if (c == '\n') ++line_;
    if (cell.size() == cell_bytes_max) return "a cell has more than 8192 bytes, or is not closed";
    cell += c;
  }
  return "a quote is not closed";
}

void DelimitedReader::fail(DelimitedRow& row, std::size_t row_begin, std::string_view fault) {
  row.fault = fault;
  at_ = std::min(text_.find_first_of("\r\n", row_begin), text_.size());
  line_ = row.line;
  take_line_end();
}

void append_cell(std::string_view cell, char delimiter, std::string& out) {
  const bool plain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                     cell.find(delimiter) == std::string_view::npos;
  if (plain) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace alur::registry
